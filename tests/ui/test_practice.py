"""The practice village in the window: striped and stamped wherever one goes, at both sizes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QScrollArea

from p2kp_desktop.actions.practice import first_start
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import Destination, Scope
from p2kp_desktop.ui.shell.places import SPOTS
from tests import villages

from .windows import AREAS, Running

FORM = {"form": "household"}


@pytest.fixture
def running(qtbot, village_file, tmp_path):
    made = Running(qtbot, villages.copied(village_file, tmp_path))
    yield made
    made.close()


@pytest.mark.parametrize("area", AREAS)
def test_every_place_is_striped_says_latihan_and_cuts_nothing_at_its_right(running, area):
    running.resize(*area)
    scope = Scope(first_start.KELURAHAN, "002/005", str(running.window.about.period))
    for spot in SPOTS:
        running.window.go(Destination(spot.key, scope, **(FORM if spot.key == "form" else {})))
        running.until_quiet()
        mark = running.window.board.top.practice
        assert mark.isVisible(), spot.key
        assert mark.width() >= mark.sizeHint().width()
        assert running.frame.windowTitle().startswith("LATIHAN")
        edge = running.frame.grab().toImage()
        left = {QColor(edge.pixel(2, y)).name() for y in range(0, edge.height(), 3)}
        assert colour(Token.WARN_BG).name() in left, spot.key
        for sheet in running.window.place.findChildren(QScrollArea):
            if sheet.isVisible() and sheet.widget() is not None:
                assert sheet.widget().width() <= sheet.viewport().width(), spot.key


def test_a_real_workspace_and_the_first_start_bear_no_stamp(running, make_workspace):
    running.program.open(make_workspace("Siti").name)
    running.until_open()
    assert not running.window.board.top.practice.isVisible()
    assert running.frame.windowTitle() == "P2KP Desktop"
    running.program.show_first_start()
    assert running.frame.windowTitle() == "P2KP Desktop"


def test_the_first_step_of_the_guide_can_be_read_in_the_window(running):
    running.press("n", modifier=Qt.KeyboardModifier.ControlModifier)
    running.until_quiet()
    note = running.window.place.guide
    assert note._words.accessibleName().startswith("Langkah 1 dari 8")
    for part in (note._words, note._close):
        assert note.rect().contains(part.geometry())
