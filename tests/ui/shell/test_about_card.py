"""Tentang program: the versions stand in the card, and one press copies them for whoever is asked for help."""


import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from p2kp_desktop import environment
from p2kp_desktop.databases import library
from p2kp_desktop.ui.shell.about_card import AboutCard
from tests.ui.windows import Running


@pytest.fixture
def running(qtbot, make_workspace):
    made = Running(qtbot, make_workspace().name)
    made.press(",", modifier=Qt.KeyboardModifier.ControlModifier)
    made.until_quiet()
    yield made
    made.close()


def test_the_card_tells_the_versions_and_copies_them(running, qtbot):
    card = running.frame.findChild(AboutCard)
    assert f"SQLite {library.sqlite_version}" in card.versions.accessibleName()
    qtbot.mouseClick(card.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(environment.PROGRAM)
    assert f"SQLite {library.sqlite_version}\n" in copied
    assert card.copy.text() == "Sudah disalin"
