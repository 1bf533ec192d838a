import datetime
import errno
import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.common import backups, workspaces
from p2kp_desktop.actions.home.window_edge import EdgeStanding, Lacking
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.databases import library
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.reports.upkeep import backup_moment
from p2kp_desktop.store import open_workspace, pages, views
from p2kp_desktop.store.oversight import LastSave
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.safety import keeping
from p2kp_desktop.ui.safety.rescue import RescuePage
from p2kp_desktop.ui.shell import edge
from p2kp_desktop.ui.shell.first_start import FirstStart
from tests.ui.windows import AREAS, Running

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
KELURAHAN = "16.71.01.1001"


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """Let the first backup come at once."""
    monkeypatch.setattr(keeping, "START", 1)


def save(workspace, number):
    recording.record(workspace, Household, {"rt": "014/005", "building": str(number), "head_name": f"Kepala {number}"})


@pytest.fixture
def file(tmp_path):
    """A closed workspace with two households."""
    path = tmp_path / "lorok.p2kp"
    with workspaces.init(path, role="facilitator", name="Rina Marlina", regions=[KELURAHAN]) as made:
        save(made, 1)
        save(made, 2)
    return path


@pytest.fixture
def running(qtbot, file):
    made = Running(qtbot, file)
    yield made
    made.close()


def kept(running):
    running.qtbot.waitUntil(lambda: bool(backups.made(Path(running.window.desk.workspace.name))), timeout=60_000)
    running.until_quiet()


def buildings(path):
    with open_workspace(path) as workspace, workspace.asking() as connection:
        return sorted(each.answers["building"] for each in views.found(connection, Household))


def words_of(widget):
    return " ".join(label.text() for label in widget.findChildren(Label))


def test_the_first_backup_is_made_by_itself_and_told_in_the_status_line(running):
    kept(running)
    status = running.window.board.status
    running.qtbot.waitUntil(lambda: status._facts.backup.startswith("Cadangan terakhir"), timeout=60_000)
    assert status._facts.fault == ""


def test_a_backup_that_fails_is_told_in_the_status_line_without_a_dialog(qtbot, file, monkeypatch):
    def full(*_rest):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(pages, "fill", full)
    made = Running(qtbot, file)
    status = made.window.board.status
    qtbot.waitUntil(lambda: bool(status._facts.fault), timeout=60_000)
    assert status._facts.fault == "Cadangan gagal: disk penuh. Kosongkan ruang disk."
    assert QApplication.activeModalWidget() is None
    for area in AREAS:
        made.resize(*area)
        (told,) = [line for line in (status._fault, status._fault_short) if line.isVisible()]
        assert told.width() >= told.sizeHint().width()
        assert status._copies.width() >= status._copies.sizeHint().width()
    monkeypatch.undo()
    made.press("b", modifier=CTRL | SHIFT)
    made.until_quiet()
    assert "C02" in words_of(made.window.place)
    made.window.place.now.setFocus()
    made.press(Key.Key_Space)
    qtbot.waitUntil(lambda: not status._facts.fault, timeout=60_000)
    made.until_quiet()
    assert "C02" not in words_of(made.window.place)
    made.close()


def test_a_backup_is_restored_by_keys_and_the_state_of_now_can_be_had_again(running, file):
    kept(running)
    running.window.desk.change(running.window, lambda workspace: save(workspace, 3), touches=["household"])
    running.until_quiet()
    running.press("b", modifier=CTRL | SHIFT)
    running.until_quiet()
    place = running.window.place
    assert place.list.table.hasFocus()
    running.press(Key.Key_Return)
    assert place.confirming.isVisible()
    assert place.confirming.no.hasFocus()
    running.press(Key.Key_Escape)
    assert not place.confirming.isVisible()
    running.press(Key.Key_Return, Key.Key_Tab)
    assert place.confirming.yes.hasFocus()
    before = running.window
    running.press(Key.Key_Space)
    running.qtbot.waitUntil(lambda: running.window is not before, timeout=60_000)
    running.until_open()
    assert "sudah dipulihkan" in words_of(running.window.board.notice)
    running.window.keeping.end()
    running.until_quiet()
    assert buildings(file) == ["1", "2"]
    assert max(each.holdings.households for each in backups.listed(file)) == 3
    running.press("x", modifier=CTRL | SHIFT)
    assert running.window.board.notice is None


def test_a_damaged_backup_is_refused_and_the_workspace_stays_open(running, file):
    kept(running)
    (bad,) = backups.made(file)
    running.press("b", modifier=CTRL | SHIFT)
    running.until_quiet()
    bad.write_bytes(bad.read_bytes()[:9000])
    before = running.window
    running.press(Key.Key_Return, Key.Key_Tab, Key.Key_Space)
    running.qtbot.waitUntil(lambda: running.window is not before, timeout=60_000)
    running.until_open()
    assert "C03" in words_of(running.window.board.fault)
    assert buildings(file) == ["1", "2"]


def rescue(qtbot, path):
    made = Running(qtbot)
    made.program.open(str(path))
    qtbot.waitUntil(lambda: isinstance(made.page, RescuePage), timeout=60_000)
    return made


@pytest.fixture
def damaged(file):
    """A workspace cut off in the middle, with a good backup and a household saved after it."""
    with open_workspace(file) as workspace:
        backups.back_up(workspace)
        save(workspace, 3)
    file.write_bytes(file.read_bytes()[:20_000])
    return file


def test_a_damaged_workspace_leads_to_its_good_backups_and_enter_restores_the_newest(qtbot, damaged):
    made = rescue(qtbot, damaged)
    assert "terpotong" in words_of(made.page)
    first = made.page.ways[0]
    assert first.hasFocus()
    assert "2 rumah" in first.accessibleName() + first.text()
    made.press(Key.Key_Space)
    made.until_open()
    assert "sudah dipulihkan" in words_of(made.window.board.notice)
    made.close()
    assert buildings(damaged) == ["1", "2"]
    assert [path for path in damaged.parent.iterdir() if "rusak" in path.name]


def test_what_can_be_read_is_salvaged_by_keys(qtbot, file):
    with open_workspace(file) as workspace:
        backups.back_up(workspace)
        save(workspace, 3)
    with closing(library.connect(file)) as here:  # a damage that opening meets: the notes of the workspace are gone
        here.execute("DELETE FROM workspace WHERE key = 'regions'")
        here.commit()
    made = rescue(qtbot, file)
    way = next(way for way in made.page.ways if "Selamatkan" in way.accessibleName() + way.text())
    while not way.hasFocus():
        made.press(Key.Key_Tab)
    made.press(Key.Key_Space)
    made.until_open()
    assert "3 rumah dan 0 catatan lain diselamatkan" in words_of(made.window.board.notice)
    made.close()
    assert buildings(file) == ["1", "2", "3"]


def test_a_missing_workspace_with_backups_can_be_restored(qtbot, file):
    with open_workspace(file) as workspace:
        backups.back_up(workspace)
    file.unlink()
    made = rescue(qtbot, file)
    made.press(Key.Key_Space)
    made.until_open()
    made.close()
    assert buildings(file) == ["1", "2"]


def test_from_the_rescue_page_a_new_workspace_can_be_begun(qtbot, damaged):
    made = rescue(qtbot, damaged)
    made.page.ways[-1].setFocus()
    made.press(Key.Key_Space)
    assert isinstance(made.page, FirstStart)
    made.close()


def test_pages_that_rot_while_the_file_opens_are_told_of_and_no_backup_is_made_of_them(qtbot, file):
    with open_workspace(file) as workspace:
        for number in range(3, 60):
            save(workspace, number)
    with closing(library.connect(file)) as here:
        (root,) = here.execute("SELECT rootpage FROM sqlite_master WHERE name = 'history_by_record'").fetchone()
    with file.open("r+b") as there:
        there.seek((root - 1) * 4096)
        there.write(b"\xa5" * 4096)
    made = Running(qtbot, file)
    qtbot.waitUntil(lambda: made.window.board.notice is not None, timeout=60_000)
    assert "rusak" in words_of(made.window.board.notice)
    assert backups.made(file) == []
    made.close()


def test_a_copy_is_told_of_once(qtbot, file, tmp_path):
    copied = tmp_path / "salinan.p2kp"
    shutil.copyfile(file, copied)
    for number in (3, 4):
        with open_workspace(file) as original:
            save(original, number)
    made = Running(qtbot, copied)
    qtbot.waitUntil(lambda: made.window.board.notice is not None, timeout=60_000)
    assert "lebih lama daripada aslinya: 2 simpanan" in words_of(made.window.board.notice)
    assert "dihitung sendiri, terpisah dari aslinya" in words_of(made.window.board.notice)
    made.window.desk.change(made.window, lambda workspace: save(workspace, 9), touches=["household"])
    made.close()
    again = Running(qtbot, copied)
    again.until_quiet()
    assert again.window.board.notice is None
    again.close()


def test_the_loss_line_says_how_many_wait_for_a_receipt(running):
    standing = EdgeStanding(
        None, Lacking(23, 30, 18, 20), "2026-11-24T10:00:00+07:00", "", "2026-11-24T14:00:00", ""
    )
    facts = edge.status(standing, practice=False, today=datetime.date(2026, 11, 24))
    assert facts.copies == "Jika laptop ini hilang sekarang, **23 rumah +7 lain** belum ada salinannya"
    assert facts.waiting == "(20 sudah dikirim, menunggu tanda terima)"
    status = running.window.board.status
    for area in AREAS:
        running.resize(*area)
        status.show_facts(facts)
        assert status._copies.isVisible()
        assert status._send.isVisible()
        assert status.minimumSizeHint().width() <= area[0]
    assert not edge.status(standing, practice=True, today=datetime.date(2026, 11, 24)).waiting


def test_a_fault_fits_both_work_areas(running):
    trouble = Trouble("Cadangan gagal: disk penuh.", remedy="Kosongkan ruang disk.", code="C02")
    standing = EdgeStanding(
        LastSave("Rina Marlina", "2026-11-24T10:00:00+07:00"), Lacking(1234, 1300, 18, 20),
        "2026-11-24T10:00:00+07:00", "", "2026-11-24T14:00:00", "",
    )
    facts = edge.status(standing, practice=False, today=datetime.date(2026, 11, 24), trouble=trouble)
    status = running.window.board.status
    for area in AREAS:
        running.resize(*area)
        status.show_facts(facts)
        QApplication.processEvents()
        assert status.minimumSizeHint().width() <= area[0]
        assert status._see.geometry().right() <= status.width()


def test_a_backup_of_a_time_to_come_says_that_the_clock_was_wrong():
    def shown(made):
        return backup_moment(backups.Backup(Path("a.p2kp"), made, 1, None, second=False))

    assert shown(datetime.datetime(2026, 11, 24, 14, 0, 7)) == "24 November 2026, 14.00.07"
    assert shown(datetime.datetime(2099, 1, 1, 8, 0, 0)).endswith("(jam laptop waktu itu salah)")
