"""A disk that is full, broken or pulled while somebody keys: nothing typed vanishes, and nothing is told that is not so."""

import threading
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions import drafting, workspaces
from p2kp_desktop.forms import Household
from p2kp_desktop.store import open_workspace, views
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.place import Destination, Scope
from p2kp_desktop.ui.shell import crash
from tests import failing
from tests.conftest import KELURAHAN

from .windows import Running

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
PLACE = Scope(KELURAHAN, "014/005", "2026")


class Keying(Running):
    """The program with a new household under the hands."""

    def __init__(self, qtbot, location):
        super().__init__(qtbot, location, guide="closed")
        self.until(lambda: self.window.keeping.busy or self.window.keeping._timer.isActive())
        self.window.keeping.end()  # the backup of the start would come in between
        self.window.go(Destination("form", PLACE, form="household", question="head_name"))
        self.until_quiet()

    @property
    def form(self):
        return self.window._places["form"]

    @property
    def unsaved(self):
        return self.window.desk.unsaved

    @property
    def bar(self):
        return self.window.unsaved_bar

    def key(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.press(key, modifier=modifier)
            self.until_quiet()

    @property
    def name(self):
        return self.form.keying.record.answers.get("head_name")

    def said(self):
        """All that is told now, in cards and bars, in the head of the form and in the status line."""
        words = [label.text() for label in self.frame.findChildren(Label) if label.isVisible()]
        return " ".join([*words, self.form.sheet.head.accessibleDescription()])

    def board_notice(self):
        notice = self.window.board.notice
        return notice.accessibleName() if notice is not None else ""

    def until_held(self):
        self.until(lambda: self.unsaved.trouble is not None)
        self.until_quiet()

    def try_again(self):
        self.unsaved.flush()
        self.until_quiet()


def on_disk(file):
    """Return names in drafts and in records of a workspace."""
    with open_workspace(file) as workspace:
        drafts = [draft.answers.get("head_name") for draft in drafting.waiting(workspace)]
        with workspace.asking() as connection:
            return drafts, [record.answers.get("head_name") for record in views.found(connection, Household)]


@pytest.fixture(params=["broken", "pulled", "full"])
def failing_disk(request, qtbot, tmp_path):
    """The program on a disk that fails while the block lasts: it writes nothing, is gone, or is full."""
    if request.param == "full":
        with failing.small_disk(tmp_path / "kecil") as disk:
            yield from keyed(qtbot, disk.folder, lambda: full(disk))
        return
    stick = tmp_path / "flashdisk"
    stick.mkdir()
    yield from keyed(qtbot, stick, failing.no_write_succeeds if request.param == "broken"
                     else lambda: failing.pulled(stick))


@contextmanager
def full(disk):
    disk.fill()
    try:
        yield
    finally:
        disk.free()


def keyed(qtbot, folder, failing_now):
    file = folder / "kerja.p2kp"
    workspaces.init(file, role="facilitator", name="Siti", regions=[KELURAHAN]).close()
    running = Keying(qtbot, file)
    yield running, failing_now, file
    running.unsaved.let_all_go()
    running.close()


def late(running, act):
    """Let what is put in line by an act fail only after what is typed next: the disk takes its time."""
    gate = threading.Event()
    running.window.desk.change(running.window, lambda _workspace: gate.wait(), touches=())
    act()
    gate.set()
    running.until_quiet()


LONG = "Siti Nurhaliza binti Abdullah " * 40  # more than a full disk still takes


def test_ctrl_enter_stays_with_the_household_until_the_disk_is_back(failing_disk):
    running, failing_now, file = failing_disk
    running.key(LONG, ENTER)
    with failing_now():
        running.key("1671", ENTER)
        running.until_held()
        running.key(ENTER, modifier=CTRL)
        assert running.name == LONG.strip()
        assert running.form.keying.record.answers["nik"] == "1671"
        assert "aman: drafnya" not in running.said()
        assert "Belum ada di disk: isian ini hanya ada di layar" in running.said()
        assert running.bar.isVisible()
        assert "1 isian belum ada di disk" in running.bar.accessibleName()
    running.key(Qt.Key.Key_F8)
    assert running.bar.isHidden()
    assert "Yang tertahan sekarang sudah ada di disk." in running.board_notice()
    assert on_disk(file) == ([LONG.strip()], [])


def test_what_is_held_goes_to_disk_by_itself_and_the_save_goes_on(failing_disk):
    running, failing_now, file = failing_disk
    running.unsaved._timer.setInterval(1)
    with failing_now():
        running.key(LONG, ENTER)
        running.until_held()
    running.until(lambda: running.unsaved.trouble is None)
    running.until_quiet()
    assert running.bar.isHidden()
    assert on_disk(file) == ([LONG.strip()], [])
    running.key(ENTER, modifier=CTRL)
    assert running.name is None
    assert on_disk(file) == ([], [LONG.strip()])


def test_a_save_that_fails_late_leads_back_to_its_household(failing_disk):
    running, failing_now, file = failing_disk
    running.key(LONG, ENTER)
    with failing_now():
        late(running, lambda: running.press(ENTER, modifier=CTRL))
        assert running.name == LONG.strip()
        assert "Belum ada di disk: isian ini hanya ada di layar" in running.said()
    running.try_again()
    running.key(ENTER, modifier=CTRL)
    assert on_disk(file) == ([], [LONG.strip()])


def test_a_save_that_fails_while_the_next_household_is_typed_takes_nothing_from_either(failing_disk):
    running, failing_now, file = failing_disk
    running.key(LONG, ENTER)

    def go_on():
        running.press(ENTER, modifier=CTRL)
        running.press("Rina " * 400, ENTER)

    with failing_now():
        late(running, go_on)
        assert running.name.startswith("Rina")
        assert "aman: drafnya" not in running.said()
        assert len(running.unsaved.typed) == 2
        button = next(each for each in running.form.findChildren(Button) if each.accessibleName() == "Buka lagi")
        button.click()
        running.until_quiet()
        assert running.name == LONG.strip()
    running.try_again()
    drafts, records = on_disk(file)
    assert sorted(name[:4] for name in drafts) == ["Rina", "Siti"]
    assert records == []


def test_what_is_typed_after_a_save_that_fails_late_stays(failing_disk):
    running, failing_now, file = failing_disk
    running.key(LONG, ENTER)

    def type_on():
        running.press(Qt.Key.Key_S, modifier=CTRL)
        running.press("1671024410870003", ENTER)

    with failing_now():
        late(running, type_on)
        assert running.form.keying.is_new
        assert running.form.keying.record.answers["nik"] == "1671024410870003"
        assert running.form.hands.walk.focus != "nik"
    running.key(Qt.Key.Key_S, modifier=CTRL)
    assert not running.form.keying.is_touched
    assert on_disk(file) == ([], [LONG.strip()])


def test_what_is_typed_after_a_save_that_succeeds_late_stays_as_a_draft(qtbot, tmp_path):
    for running, _failing_now, file in keyed(qtbot, tmp_path, failing.no_write_succeeds):
        running.key("Siti", ENTER)

        def type_on(running=running):
            running.press(Qt.Key.Key_S, modifier=CTRL)
            running.press("1671024410870003", ENTER)

        late(running, type_on)
        assert not running.form.keying.is_new
        assert running.form.keying.given() == {"nik": "1671024410870003"}
        with open_workspace(file) as workspace:
            (draft,) = drafting.waiting(workspace)
            assert draft.answers["nik"] == "1671024410870003"


WAYS = {
    "escape": lambda running: running.key(ESC, ESC),
    "a place of the rail": lambda running: running.key("2", modifier=CTRL),
    "back": lambda running: running.key(Qt.Key.Key_Left, modifier=Qt.KeyboardModifier.AltModifier),
    "the breadcrumb": lambda running: (running.window._narrow_to(Scope(KELURAHAN, None, "2026")),
                                       running.until_quiet()),
    "search": lambda running: running.key(Qt.Key.Key_K, modifier=CTRL) or running.key("kirim", ENTER),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_whoever_leaves_the_form_finds_what_was_typed_again(qtbot, tmp_path, way):
    for running, failing_now, file in keyed(qtbot, tmp_path, failing.no_write_succeeds):
        with failing_now():
            running.key("Siti", ENTER)
            running.press("1671")
            way(running)
            running.until_held()
            assert running.window.here.place != "form"
            assert running.bar.isVisible()
            running.bar.go_back.click()
            running.until_quiet()
            assert (running.window.here.place, running.name) == ("form", "Siti")
            assert running.form.keying.record.answers["nik"] == "1671"
            running.key("1", modifier=CTRL)
            assert "Semua yang diketik sudah disimpan" not in running.window.place.todo.draft.accessibleName()
            running.key(ENTER)
            assert running.name == "Siti"
        running.try_again()
        assert on_disk(file) == (["Siti"], [])


def test_the_window_stays_open_until_what_was_typed_is_on_disk(failing_disk):
    running, failing_now, file = failing_disk
    with failing_now():
        running.key(LONG, ENTER)
        running.press("1671")
        running.frame.close()
        assert running.frame.isVisible()
        assert "1 isian belum ada di disk dan hilang jika ditutup" in running.bar.accessibleName()
        assert QApplication.focusWidget() is running.bar.stay
        running.key(ESC)
        assert running.bar.throw_away.isHidden()
        assert running.name == LONG.strip()
        running.window.quits.emit()
        assert running.frame.isVisible()
    running.bar.try_again.click()
    running.until_quiet()
    assert running.bar.isHidden()
    running.frame.close()
    assert not running.frame.isVisible()
    assert on_disk(file) == ([LONG.strip()], [])


def test_whoever_says_so_closes_without_what_was_typed(qtbot, tmp_path):
    for running, failing_now, file in keyed(qtbot, tmp_path, failing.no_write_succeeds):
        with failing_now():
            running.key("Siti", ENTER)
            running.until_held()
            running.frame.close()
            running.key(TAB, TAB)
            assert QApplication.focusWidget() is running.bar.throw_away
            running.press(Qt.Key.Key_Space)
            assert not running.frame.isVisible()
        assert running.window is None
        assert on_disk(file) == ([], [])


OTHERS = {
    "another workspace": lambda running, file: running.window.wants_workspace.emit(str(file)),
    "the first start": lambda running, _file: running.window.wants_first_start.emit(),
    "a backup": lambda running, file: running.window.wants_backup.emit(str(file)),
    "the village again": lambda running, _file: running.window.wants_village.emit("Siti"),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_nothing_else_is_opened_in_place_of_what_is_not_on_disk(qtbot, tmp_path, other):
    for running, failing_now, file in keyed(qtbot, tmp_path, failing.no_write_succeeds):
        window = running.window
        with failing_now():
            running.key("Siti", ENTER)
            other(running, file)
            running.until_quiet()
            assert running.window is window
            assert running.bar.throw_away.isVisible()
        running.try_again()
        assert running.bar.isHidden()
        assert on_disk(file) == (["Siti"], [])


def test_nobody_takes_over_while_something_typed_is_not_on_disk(qtbot, tmp_path):
    for running, failing_now, _file in keyed(qtbot, tmp_path, failing.no_write_succeeds):
        with failing_now():
            running.key("Siti", ENTER)
            running.key(Qt.Key.Key_F12)
            assert "Petugas belum dapat diganti" in running.window.board.fault.accessibleName()
            assert running.window.menus._shift.card is None
        running.try_again()
        running.key(Qt.Key.Key_F12)
        assert running.window.menus._shift.card.isVisible()
        running.key(ESC)


def test_a_backup_that_fails_claims_nothing_of_what_is_not_on_disk(qtbot, tmp_path):
    for running, failing_now, _file in keyed(qtbot, tmp_path, failing.no_write_succeeds):
        keeping = running.window.keeping
        keeping._ended = False
        with failing_now():
            running.key("Siti", ENTER)
            keeping.keep()
            running.until(lambda: not keeping.busy)
            assert keeping.trouble is not None
            assert "aman" not in keeping.trouble.safe
            running.until(lambda: running.window.board.status._facts.alarm)
            assert running.window.board.status._facts.copies == "**1 isian** belum ada di disk"
        running.try_again()
        keeping.keep()
        running.until(lambda: not keeping.busy)
        assert keeping.trouble is None
        keeping.end()


def test_a_bug_claims_no_draft_that_is_not_there():
    assert "ada sebagai draf" in crash.fault(ValueError()).data_safe
    assert "jangan tutup" in crash.fault(ValueError(), unsaved=True).data_safe
