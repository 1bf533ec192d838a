"""A disk that is full, broken or pulled while somebody keys: nothing typed vanishes, nothing untrue is told."""

import threading
import weakref
from contextlib import closing, contextmanager

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.quality import second_keying
from p2kp_desktop.databases import library
from p2kp_desktop.forms import Household
from p2kp_desktop.store import open_workspace, views
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.place import Destination, Scope
from p2kp_desktop.ui.shell import crash
from p2kp_desktop.ui.unsaved import Sheet, Unsaved
from tests import failing
from tests.conftest import KELURAHAN
from tests.ui.windows import Running

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
        return self.window.places["form"]

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
        drafts = [draft.answers.get("head_name") for draft in keyed_drafts.waiting(workspace)]
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


@pytest.fixture
def broken_disk(qtbot, tmp_path):
    """The program on a disk that writes nothing while the block lasts."""
    yield from keyed(qtbot, tmp_path, failing.no_write_succeeds)


@contextmanager
def full(disk):
    with closing(library.connect(disk.folder / "kerja.p2kp")) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # or what is written next might find room in the log
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
    if running.window is not None:
        running.unsaved.let_all_go()
    running.close()


def late(running, act):
    """Let what is put in line by an act fail only after what is typed next: the disk takes its time."""
    gate = threading.Event()
    running.window.desk.change(running.window, lambda _workspace: gate.wait(), touches=())
    act()
    gate.set()
    running.until_quiet()


def test_ctrl_enter_stays_with_the_household_until_the_disk_is_back(failing_disk):
    running, failing_now, file = failing_disk
    running.key("Siti", ENTER)
    with failing_now():
        running.key("1671", ENTER)
        running.until_held()
        running.key(ENTER, modifier=CTRL)
        assert running.name == "Siti"
        assert running.form.keying.record.answers["nik"] == "1671"
        assert "aman: drafnya" not in running.said()
        assert "Belum ada di disk: isian ini hanya ada di layar" in running.said()
        assert running.bar.isVisible()
        assert "1 isian belum ada di disk" in running.bar.accessibleName()
    running.key(Qt.Key.Key_F8)
    assert running.bar.isHidden()
    assert "hanya ada di layar" not in running.said()
    assert "Yang tertahan sekarang sudah ada di disk." in running.board_notice()
    assert on_disk(file) == (["Siti"], [])


def test_what_is_held_goes_to_disk_by_itself_and_the_save_goes_on(broken_disk):
    running, failing_now, file = broken_disk
    with failing_now():
        running.key("Siti", ENTER)
        running.until_held()
        running.unsaved._timer.start(1)
    running.until(lambda: running.unsaved.trouble is None)
    running.until_quiet()
    assert running.bar.isHidden()
    assert on_disk(file) == (["Siti"], [])
    running.key(ENTER, modifier=CTRL)
    assert running.name is None
    assert on_disk(file) == ([], ["Siti"])


def test_a_save_that_fails_late_leads_back_to_its_household(broken_disk):
    running, failing_now, file = broken_disk
    running.key("Siti", ENTER)
    with failing_now():
        late(running, lambda: running.press(ENTER, modifier=CTRL))
        assert running.name == "Siti"
        assert "Belum ada di disk: isian ini hanya ada di layar" in running.said()
    running.try_again()
    running.key(ENTER, modifier=CTRL)
    assert on_disk(file) == ([], ["Siti"])


def test_a_save_that_fails_while_the_next_household_is_typed_takes_nothing_from_either(broken_disk):
    running, failing_now, file = broken_disk
    running.key("Siti", ENTER)

    def go_on():
        running.press(ENTER, modifier=CTRL)
        running.form.hands.go("head_name")
        running.press("Rina", ENTER)

    with failing_now():
        late(running, go_on)
        assert running.name == "Rina"
        assert "aman: drafnya" not in running.said()
        assert [sheet.hands.keying.record.answers["head_name"] for sheet in running.unsaved.typed] == ["Siti", "Rina"]
        button = next(each for each in running.form.findChildren(Button) if each.accessibleName() == "Buka lagi")
        button.click()
        running.until_quiet()
        assert running.name == "Siti"
    running.try_again()
    drafts, records = on_disk(file)
    assert sorted(drafts) == ["Rina", "Siti"]
    assert records == []


def test_what_is_typed_after_a_save_that_fails_late_stays(broken_disk):
    running, failing_now, file = broken_disk
    running.key("Siti", ENTER)

    def type_on():
        running.press(Qt.Key.Key_S, modifier=CTRL)
        running.press("1671024410870003", ENTER)

    with failing_now():
        late(running, type_on)
        assert running.form.keying.is_new
        assert running.form.keying.record.answers["nik"] == "1671024410870003"
        assert running.form.hands.session.focus != "nik"
    running.key(Qt.Key.Key_S, modifier=CTRL)
    assert not running.form.keying.is_touched
    assert on_disk(file) == ([], ["Siti"])


def test_what_is_typed_after_a_save_that_succeeds_late_stays_as_a_draft(broken_disk):
    running, _failing_now, file = broken_disk
    running.key("Siti", ENTER)

    def type_on():
        running.press(Qt.Key.Key_S, modifier=CTRL)
        running.press("1671024410870003", ENTER)

    late(running, type_on)
    assert not running.form.keying.is_new
    assert running.form.keying.given() == {"nik": "1671024410870003"}
    with open_workspace(file) as workspace:
        (draft,) = keyed_drafts.waiting(workspace)
        assert draft.answers["nik"] == "1671024410870003"


WAYS = (
    lambda running: running.key(ESC, ESC),
    lambda running: running.key("2", modifier=CTRL),
    lambda running: running.key(Qt.Key.Key_Left, modifier=Qt.KeyboardModifier.AltModifier),
    lambda running: (running.window._narrow_to(Scope(KELURAHAN, None, "2026")), running.until_quiet()),
)


def test_whoever_leaves_the_form_finds_what_was_typed_again(broken_disk):
    running, failing_now, file = broken_disk
    with failing_now():
        running.key("Siti", ENTER)
        running.press("1671")
        for way in WAYS:
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


class Session:
    """The system's session as it is about to end."""

    is_held_up = False

    def cancel(self):
        self.is_held_up = True


def test_the_window_stays_open_until_what_was_typed_is_on_disk(failing_disk):
    running, failing_now, file = failing_disk
    with failing_now():
        running.key("Siti", ENTER)
        running.press("1671")
        running.frame.close()
        assert running.frame.isVisible()
        assert "1 isian belum ada di disk dan hilang jika ditutup" in running.bar.accessibleName()
        assert QApplication.focusWidget() is running.bar.stay
        running.key(ESC)
        assert running.bar.throw_away.isHidden()
        assert running.name == "Siti"
        running.window.quits.emit()
        assert running.frame.isVisible()
        session = Session()
        running.program._end_session(session)
        assert session.is_held_up
    running.bar.try_again.click()
    running.until_quiet()
    assert running.bar.isHidden()
    running.frame.close()
    assert not running.frame.isVisible()
    assert on_disk(file) == (["Siti"], [])


def test_when_the_person_logs_off_what_is_being_typed_is_a_draft_on_disk(broken_disk):
    running, _failing_now, file = broken_disk
    running.key("Siti", ENTER)
    running.press("1671")
    session = Session()
    running.program._end_session(session)
    assert not session.is_held_up
    assert on_disk(file) == (["Siti"], [])


def test_whoever_says_so_closes_without_what_was_typed(broken_disk):
    running, failing_now, file = broken_disk
    with failing_now():
        running.key("Siti", ENTER)
        running.until_held()
        running.frame.close()
        running.key(TAB)
        assert QApplication.focusWidget() is running.bar.throw_away
        running.press(Qt.Key.Key_Space)
        assert not running.frame.isVisible()
    assert running.window is None
    assert on_disk(file) == ([], [])


OTHERS = (
    lambda running, file: running.window.wants_workspace.emit(str(file)),
    lambda running, _file: running.window.wants_first_start.emit(),
    lambda running, file: running.window.wants_backup.emit(str(file)),
    lambda running, _file: running.window.wants_village.emit("Siti"),
)


def test_nothing_else_is_opened_in_place_of_what_is_not_on_disk(broken_disk):
    running, failing_now, file = broken_disk
    window = running.window
    with failing_now():
        running.key("Siti", ENTER)
        for other in OTHERS:
            other(running, file)
            running.until_quiet()
            assert running.window is window
            assert running.bar.throw_away.isVisible()
            running.key(ESC)
            assert running.bar.throw_away.isHidden()
    running.try_again()
    assert running.bar.isHidden()
    assert on_disk(file) == (["Siti"], [])


def test_nobody_takes_over_while_something_typed_is_not_on_disk(broken_disk):
    running, failing_now, _file = broken_disk
    with failing_now():
        running.key("Siti", ENTER)
        running.key(Qt.Key.Key_F12)
        assert "Petugas belum dapat diganti" in running.window.board.fault.accessibleName()
        assert running.window.shift.card.isHidden()
    running.try_again()
    running.key(Qt.Key.Key_F12)
    assert running.window.shift.card.isVisible()
    running.key(ESC)


def test_a_backup_that_fails_claims_nothing_of_what_is_not_on_disk(broken_disk):
    running, failing_now, _file = broken_disk
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


def test_a_household_keyed_again_stays_in_the_form_until_it_is_on_disk(broken_disk):
    running, failing_now, _file = broken_disk
    running.key("Siti", ENTER)
    running.key(ENTER, modifier=CTRL)
    workspace = running.window.desk.workspace
    (record,) = second_keying.draw(workspace, "Siti", 100)
    running.window.go(Destination("quality", PLACE, tab="recheck"))
    quality = running.window.place
    quality.key_again(record)
    running.until_quiet()
    with failing_now():
        quality.blind.hands.go("head_name")
        running.key("Sity", ENTER)
        running.key(ENTER, modifier=CTRL)
        running.until_held()
        assert "Belum ada di disk: isian ini hanya ada di layar" in running.said()
        running.key(ESC, ESC)
        assert running.bar.isVisible()
        running.bar.go_back.click()
        running.until_quiet()
        quality.key_again(record)
        assert quality.blind.hands.session.keying.record.answers["head_name"] == "Sity"
    running.try_again()
    assert second_keying.open_blind(workspace, record).keying.record.answers["head_name"] == "Sity"
    running.key(ENTER, modifier=CTRL)
    assert [each.question for each in second_keying.differences(workspace, record)] == ["head_name"]


@pytest.mark.usefixtures("qapp")
def test_a_desk_ends_with_whoever_held_it_last(workspace):
    desk = Desk(workspace)
    seen = weakref.ref(desk)
    del desk
    assert seen() is None  # else it would end on whatever thread collects what holds each other, its timer with it


class BusyDisk(QObject):
    """Stands for the desk: what it is to change stays in line."""

    def __init__(self):
        super().__init__()
        self.line = []

    def change(self, _owner, action, _then=None, _failed=None, *, touches):
        self.line.append((action, touches))


@pytest.mark.usefixtures("qtbot")
def test_what_is_typed_while_a_save_is_in_line_goes_to_disk_after_it():
    disk = BusyDisk()
    unsaved = Unsaved(disk)
    saved = Sheet("rumah 1", "Siti", lambda _workspace: "", frozenset({"drafts"}))
    typed = Sheet("rumah 2", "Budi", lambda _workspace: "", frozenset({"drafts"}))
    unsaved.hold_for_save(saved)
    unsaved.hold(typed)  # the next house is typed before the save of the last one is through
    assert disk.line == []
    unsaved.saved(saved)
    assert disk.line == [(typed.write, typed.touches)]
