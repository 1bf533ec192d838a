"""A known fault is told in its own words wherever it comes up, and never as a bug of the program."""

import pytest
from PySide6.QtWidgets import QLabel

from p2kp_desktop import environment, settings
from p2kp_desktop.language import Trouble
from p2kp_desktop.settings import Settings
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.messages import ErrorCard
from p2kp_desktop.ui.shell.crash import CrashWindow, TroubleWindow
from p2kp_desktop.ui.shell.first_start import FirstStart
from tests.ui.windows import Running


@pytest.fixture
def running(qtbot):
    made = Running(qtbot)
    yield made
    made.close()


def test_settings_that_cannot_be_kept_are_no_bug(running, home, monkeypatch):
    def refuse(_settings):
        raise Trouble("Pengaturan tidak dapat disimpan.", remedy="Kosongkan ruang disk.", code="S03")

    monkeypatch.setattr(settings, "save", refuse)
    with pytest.raises(Trouble) as met:
        settings.save(Settings())
    running.program.watch.show_bug(met.value)
    shown = running.program.watch.window
    assert isinstance(shown, TroubleWindow)
    assert shown.findChild(ErrorCard).accessibleName() == "Pengaturan tidak dapat disimpan."
    assert not (home / "crashes").exists()
    shown.go_on.click()
    assert running.program.watch.window is None
    running.program.watch.show_bug(PermissionError(13, "Access is denied", str(home / "daftar.xlsx")))
    shown = running.program.watch.window
    assert isinstance(shown, TroubleWindow)
    assert "daftar.xlsx sedang dipakai program lain" in shown.findChild(ErrorCard).accessibleName()
    shown.go_on.click()
    running.program.watch.show_bug(ValueError())
    assert isinstance(running.program.watch.window, CrashWindow)
    running.program.watch.window.accept()


def said(page):
    return [each.accessibleName() or each.text() for each in page.findChildren(QLabel) + page.findChildren(Label)
            if not each.isHidden()]


def test_the_first_start_says_why_data_do_not_lie_among_synchronised_documents(qtbot, tmp_path, monkeypatch):
    documents = tmp_path / "OneDrive" / "Documents"
    monkeypatch.setattr(environment, "documents", lambda: documents)
    monkeypatch.setenv("OneDrive", str(tmp_path / "OneDrive"))
    page = FirstStart(environment.for_workspaces(), "id")
    qtbot.addWidget(page)
    assert any("bukan di Dokumen: OneDrive menyalin" in each for each in said(page))
    chosen = FirstStart(documents / "P2KP", "id")
    qtbot.addWidget(chosen)
    assert any("Pilih folder lain" in each for each in said(chosen))
    usual = FirstStart(tmp_path / "Documents" / "P2KP", "id")
    qtbot.addWidget(usual)
    assert not any("OneDrive" in each for each in said(usual))
