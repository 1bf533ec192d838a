"""Perbarui program in the window: from a stick, with a backup, back again; what comes beside a bundle; a newer file."""

import os
import sys
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.bundles import sending
from p2kp_desktop.actions.common import backups, workspaces
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.upkeep import updates
from p2kp_desktop.databases import library
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import open_workspace
from p2kp_desktop.ui.files import drives
from p2kp_desktop.ui.files.updating import UpdateCard
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.safety.rescue import RescuePage
from p2kp_desktop.ui.upkeep.place import UpkeepPlace
from p2kp_desktop.versions import HERE
from tests.conftest import KELURAHAN
from tests.program_folder import PUBLIC, ProgramFolder, update_of
from tests.ui.windows import AREAS, Running

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the folder is made with links")

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SPACE, TAB = Qt.Key.Key_Space, Qt.Key.Key_Tab


@pytest.fixture
def program(tmp_path, monkeypatch):
    """The program in a folder of its own, for what asks where this one lies."""
    made = ProgramFolder(tmp_path / "program")
    for name, value in vars(made.here).items():
        monkeypatch.setattr(HERE, name, value)
    monkeypatch.setattr(sys, "executable", str(made.python))
    monkeypatch.setattr(updates, "keys", lambda: (PUBLIC,))
    return made


@pytest.fixture
def stick(tmp_path, monkeypatch):
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(drives, "removable", lambda: [("FLASH", folder)])
    return folder


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "lorok.p2kp"
    with workspaces.init(path, role="facilitator", name="Rina Marlina", regions=[KELURAHAN]) as made:
        recording.record(made, Household, {"id": "h1", "rt": "1/1"})
    return path


@pytest.fixture
def running(qtbot, file):
    made = Running(qtbot, file)
    yield made
    made.close()


def upkeep(running):
    running.press(Qt.Key.Key_P, modifier=CTRL | SHIFT)
    running.until_quiet()
    assert isinstance(running.window.place, UpkeepPlace)
    return running.window.place.update_card


def tab_to(running, widget):
    for _ in range(80):
        if QApplication.focusWidget() is widget:
            return
        running.press(TAB)
    raise AssertionError(f"Tab never reached {widget}")


def press(running, widget):
    tab_to(running, widget)
    running.press(SPACE)
    running.until_quiet()


def words(widget):
    return " ".join(each.text() for each in widget.findChildren(Label) if each.isVisibleTo(widget))


def test_a_program_that_takes_none_says_what_to_do_instead(running):
    card = upkeep(running)
    assert "kode sumber" in card.about.text()
    assert not card.choose.isVisibleTo(card)
    assert card.ways == []


@pytest.mark.parametrize("area", AREAS)
def test_an_update_on_a_stick_is_seen_taken_after_a_backup_and_begun(running, program, stick, file, area):
    update_of(stick, "0.9.1")
    before = {path: path.read_bytes() for path in program.root.rglob("*.py")}
    running.resize(*area)
    card = upkeep(running)
    (way,) = card.ways
    assert way.text() == "0.9.1 di FLASH…"
    press(running, way)
    assert card.take.hasFocus()
    assert (card.name.text(), card.news.text()) == ("P2KP Desktop 0.9.1", "- Baru.")
    assert not program.shelf.exists()
    running.press(SPACE)
    running.until(card.restart.isVisible)
    assert HERE.awaited == "0.9.1"
    assert {path: path.read_bytes() for path in before} == before
    (backup,) = backups.made(file)
    with open_workspace(backup) as kept:
        assert backups.marks.holdings(kept).households == 1
    assert card.restart.hasFocus()
    assert card.restart.visibleRegion().boundingRect() == card.restart.rect()
    running.press(SPACE)
    assert running.program.trial.begins_again
    assert not running.frame.isVisible()
    assert program.run() == "0.9.1 0.9.1"


def test_what_is_wrong_with_a_file_is_told_and_nothing_is_written(running, program, stick):
    card = upkeep(running)
    assert card.ways == []
    bad = stick / "P2KP-0.9.1.p2kpupdate"
    bad.write_bytes(update_of(stick, "0.9.1").read_bytes()[:2000])
    card.look(bad)
    running.until(lambda: "U02" in words(card))
    assert not card.take.isVisibleTo(card)
    card.look(update_of(stick, "0.9.0"))
    running.until(lambda: "U15" in words(card))
    card.look(update_of(stick, "0.9.2", needs={"lapis-lain": ("9.9",)}))
    running.until(lambda: "Pasang berkas pemasangan lengkap P2KP Desktop 0.9.2" in words(card))
    card.look(update_of(stick, "0.9.3", imports=("PySide6.QtBluetooth2",)))
    running.until(lambda: "PySide6.QtBluetooth2" in words(card))
    assert not program.shelf.exists()


def test_where_the_backup_fails_no_program_is_written(running, program, stick, monkeypatch):
    def fails(_workspace):
        raise updates.Trouble("Cadangan gagal: disk penuh.", remedy="Kosongkan.", code="C02")

    monkeypatch.setattr(backups, "back_up", fails)
    update_of(stick, "0.9.1")
    card = upkeep(running)
    press(running, card.ways[0])
    running.press(SPACE)
    running.until(lambda: "C02" in words(card))
    assert not program.shelf.exists()
    assert card.choose.isEnabled()


def test_one_goes_back_after_being_told_what_that_means(running, program, stick, monkeypatch):
    updates.take(update_of(stick, "0.9.1"), list)
    assert program.run() == "0.9.1 0.9.1"
    monkeypatch.setattr(HERE, "package", program.shelf / "0.9.1" / "p2kp_desktop")
    card = upkeep(running)
    (way,) = card.ways
    press(running, way)
    assert "mungkin belum terbaca oleh 0.9.0" in card.told.text()
    assert card.leave.hasFocus()
    press(running, card.take)
    running.until(card.restart.isVisible)
    assert program.run() == "0.9.0 0.9.0"


def test_an_update_beside_a_bundle_is_told_and_one_among_the_files_is_looked_at(running, program, stick, tmp_path):
    other = workspaces.init(tmp_path / "rekan.p2kp", role="facilitator", name="Rekan", regions=[KELURAHAN])
    with other:
        recording.record(other, Household, {"id": "h2", "rt": "1/1"})
        bundle = sending.send(other, stick, to="facilitator").path
    update = update_of(stick, "0.9.1")
    running.go("transfer")
    running.window.place.show_tab("receive")
    page = running.window.place.receiving
    page.look_at([bundle])
    running.until(lambda: page._notice is not None)
    running.until_quiet()
    assert "P2KP Desktop 0.9.1" in page._notice.title
    page._notice.pressed.emit()
    running.until_quiet()
    card = running.window.place.update_card
    running.until(lambda: card.offer is not None)
    running.go("transfer")
    page.look_at([update])
    running.until_quiet()
    assert isinstance(running.window.place, UpkeepPlace)
    running.until(lambda: card.offer is not None)
    assert not program.shelf.exists()


def test_the_update_by_which_the_program_came_travels_on_beside_a_bundle(running, program, stick, monkeypatch):
    path = update_of(stick, "0.9.1")
    updates.take(path, list)
    program.run()
    monkeypatch.setattr(HERE, "package", program.shelf / "0.9.1" / "p2kp_desktop")
    path.unlink()
    running.go("transfer")
    page = running.window.place.sending
    running.until(lambda: page.button.isEnabled())
    assert page.choices.program.text() == "Sertakan pembaruan program (0.9.1)"
    running.press(Qt.Key.Key_Return, modifier=CTRL)
    running.until(page.result.isVisible)
    assert {each.suffix for each in stick.iterdir()} == {".xlsx", ".p2kpupdate"}
    assert path.name in page.result._steps.text()
    assert updates.look(path).trouble.code == "U15"


def test_a_workspace_of_a_newer_program_leads_to_the_update_or_to_a_backup_from_before(qtbot, program, stick, file):
    with open_workspace(file) as workspace:
        backups.back_up(workspace)
    with closing(library.connect(file)) as here:
        here.execute("UPDATE workspace SET value = 'P2KP Desktop 99.0.0' WHERE key = 'program'")
        here.execute("UPDATE workspace SET value = 'newer' WHERE key = 'shape'")
        here.commit()
    update_of(stick, "0.9.1")
    made = Running(qtbot)
    made.program.open(str(file))
    made.until(lambda: isinstance(made.page, RescuePage))
    assert "ditulis P2KP Desktop 99.0.0" in words(made.page)
    assert not made.page.damage.there
    card = made.page.findChild(UpdateCard)
    made.until(lambda: bool(card.ways))
    press_alone(made, card.ways[0])
    made.until(card.take.isVisible)
    made.press(SPACE)
    made.until(card.restart.isVisible)
    assert program.here.awaited == "0.9.1"
    backup = next(way for way in made.page.ways if "Pulihkan" in way.text())
    press_alone(made, backup)
    made.until_open()
    aside = made.window.board.notice.accessibleName()
    assert "lorok-versi-baru-" in aside
    made.close()
    (kept,) = file.parent.glob("lorok-versi-baru-*.p2kp")
    with closing(library.connect(kept)) as there:
        assert there.execute("SELECT value FROM workspace WHERE key = 'shape'").fetchone() == ("newer",)


def press_alone(made, widget):
    tab_to(made, widget)
    made.press(SPACE)
