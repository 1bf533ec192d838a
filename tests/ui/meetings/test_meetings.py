"""Pertemuan with keys alone: the list and its filters, one meeting, what hangs on it, decisions carried out."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.community import meetings
from p2kp_desktop.actions.recording import recording, trash
from p2kp_desktop.actions.review import verification
from p2kp_desktop.actions.tables.form_table import Filter
from p2kp_desktop.forms import form
from p2kp_desktop.forms.meeting import Attendance, Decision, Meeting, Talk
from p2kp_desktop.store import views
from p2kp_desktop.ui.meetings.place import MeetingsPlace
from p2kp_desktop.ui.meetings.sheet import LINKS
from p2kp_desktop.ui.place import Destination, Scope
from tests.ui.windows import AREAS, Running, press

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
KELURAHAN = "16.71.01.1001"
WORKSHOP = Path(__file__).parents[2] / "data/workshop.jsonl"
MEETINGS = (
    {"id": "m1", "kind": "rembug", "name": "Rembug warga Lorok", "date": "2026-10-04", "about": "AB-03"},
    {"id": "m2", "kind": "pelatihan", "name": "Pelatihan KPP", "date": "2026-09-01"},
    {"id": "m3", "kind": "rembug", "name": "Rembug tahun lalu", "date": "2025-03-01", "period": "2025"},
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "lorok.p2kp"
    with workspaces.init(path, role="facilitator", name="Rina Marlina", regions=[KELURAHAN]) as made:
        for given in MEETINGS:
            recording.record(made, Meeting, {"region": KELURAHAN, "level": "kelurahan", **given})
        recording.record(made, Attendance, {"parent": "m1", "element": "warga", "men": 20, "women": 14, "mbr": 9})
        recording.record(made, Attendance, {"parent": "m1", "element": "bkm", "men": 3, "women": 2})
        recording.record(made, Talk, {"parent": "m1", "order": 1, "institution": "TIPP", "topics": "Parit"})
        for number, due in enumerate(("2020-01-01", "2035-01-01")):
            recording.record(made, Decision, {
                "id": f"d{number}", "parent": "m1", "text": f"Keputusan {number}", "responsible": "KPP", "due": due,
                "done": "terbuka",
            })
        recording.record(made, form("agreement"), {"id": "a1", "number": "AB-03", "name": "Tepian Musi"})
        recording.record(made, form("bkm"), {"id": "b1", "name": "BKM Sejahtera"})
    return path


@pytest.fixture
def running(qtbot, file):
    made = Running(qtbot, file)
    go(made)
    yield made
    made.close()


def go(running, **more):
    running.window.go(Destination("meetings", Scope(KELURAHAN, None, "2026"), **more))
    running.until_quiet()


def place(running) -> MeetingsPlace:
    shown = running.window.place
    assert isinstance(shown, MeetingsPlace)
    return shown


def ids(running):
    return [line.id for line in place(running).list.list.model.lines]


def shown(running, key):
    return [row.said for row in place(running).meeting.sheet.parts[key].rows]


def focused(running):
    row = place(running).meeting.sheet.current
    return row.said.record if row else None


def test_letters_filter_the_list_and_its_sums(running):
    page = place(running).list
    assert ids(running) == ["m1", "m2", "m3"]
    assert page.sums.accessibleName() == (
        "3 pertemuan · 39 orang: 23 L, 16 P, 9 MBR · 2 keputusan, 2 terbuka, 1 lewat tenggat"
    )
    press(running, "p")
    assert ids(running) == ["m1", "m2"]
    press(running, "t")
    assert ids(running) == ["m1"]
    press(running, "t", "p", "j")
    assert page.kinds.currentText() == "Rembug warga (2)"
    assert ids(running) == ["m1", "m3"]
    press(running, "j", "j")
    assert ids(running) == ["m1", "m2", "m3"]


def test_enter_shows_a_meeting_and_escape_comes_back_to_its_line(running):
    press(running, Key.Key_Down, Key.Key_Return)
    assert place(running).meeting.isVisible()
    assert focused(running) == "m2"
    press(running, Key.Key_Escape)
    assert place(running).list.list.current().id == "m2"
    assert place(running).list.list.table.hasFocus()


def test_a_meeting_shows_who_came_by_element_and_in_all(running):
    press(running, Key.Key_Return)
    lines = [(said.title, said.figures) for said in shown(running, "attendance")]
    assert lines == [
        ("Unsur", ("L", "P", "Jumlah", "MBR")), ("BKM/LKM", ("3", "2", "5", "–")), ("Warga", ("20", "14", "34", "9")),
        ("Semua", ("23", "16", "39", "9")),
    ]
    assert [said.figures for said in shown(running, "decision")] == [
        ("lewat sejak 1 Januari 2020",), ("sebelum 1 Januari 2035",),
    ]
    assert [said.record for said in shown(running, LINKS)] == ["a1"]


def test_arrows_reach_every_line_and_enter_opens_its_form(running):
    press(running, Key.Key_Return)
    reached = [focused(running)]
    for _ in range(3):
        press(running, Key.Key_Down)
        reached.append(focused(running))
    assert reached[:3] == ["m1", "d0", "d1"]
    press(running, Key.Key_Up, Key.Key_Return)
    assert running.window.place.keying.record.id == "d1"
    press(running, Key.Key_Escape)
    assert focused(running) == "d1"
    press(running, Key.Key_Right)
    assert focused(running) not in (None, "d1")


@pytest.mark.parametrize(("letter", "key"), [("p", "talk"), ("k", "decision"), ("h", "attendance"), ("d", "attendee")])
def test_a_letter_begins_one_more_record_of_a_kind_under_the_meeting(running, letter, key):
    press(running, Key.Key_Return)
    press(running, letter)
    keying = running.window.place.keying
    assert (keying.form.key, keying.record.answers["parent"]) == (key, "m1")


def test_a_decision_is_keyed_and_stands_on_the_page_with_the_kelurahan_of_its_meeting(running):
    press(running, Key.Key_Return)
    press(running, "k")
    press(running, "Bersihkan parit", Key.Key_Return, "Ketua RT", Key.Key_Return)
    press(running, Key.Key_S, modifier=CTRL)
    press(running, Key.Key_Escape)
    made = next(said for said in shown(running, "decision") if said.title == "Bersihkan parit")
    assert focused(running) == made.record
    (each,) = (each for each in meetings.whole(running.window.desk.workspace, "m1").decisions if each.id == made.record)
    assert each.answers["region"] == KELURAHAN


def test_s_marks_the_decision_in_focus_done_and_opens_it_again(running):
    press(running, Key.Key_Return)
    press(running, Key.Key_Down, Key.Key_Down, "s")
    assert focused(running) == "d1"
    assert [said.record for said in shown(running, "decision")] == ["d0", "d1"]
    assert shown(running, "decision")[1].figures[0].startswith("Selesai · ")
    press(running, "s")
    assert shown(running, "decision")[1].figures == ("sebelum 1 Januari 2035",)


def test_a_verified_decision_stays_and_the_page_says_what_to_do(running, tmp_path):
    desk = running.window.desk.workspace
    city = tmp_path / "kota.p2kp"
    with workspaces.init(city, role="district", name="Budi", regions=["16.71"]) as office:
        receiving.receive(office, sending.send(desk, tmp_path).path)
        assert verification.verify(office, ids=["d1"]).refused == ()
        receiving.receive(desk, sending.send(office, tmp_path, to="facilitator").path)
    press(running, Key.Key_Return)
    press(running, Key.Key_Down, Key.Key_Down, "s")
    told = place(running).meeting.told
    assert told.isVisible()
    assert told.text().endswith("Enter membukanya, Ctrl+B membuka kuncinya.")
    assert shown(running, "decision")[1].figures == ("sebelum 1 Januari 2035",)


def test_t_links_the_meeting_to_an_institution_that_enter_opens(running):
    press(running, Key.Key_Return)
    press(running, "t")
    choice = place(running).meeting.linking.choice
    assert choice.hasFocus()
    assert choice.currentText().startswith("BKM/LKM · BKM Sejahtera")
    press(running, Key.Key_Return)
    assert [said.record for said in shown(running, LINKS)] == ["b1", "a1"]
    assert focused(running) == "b1"
    press(running, Key.Key_Return)
    assert running.window.place.keying.record.id == "b1"


def test_n_begins_a_meeting_of_the_kelurahan_that_is_shown_once_it_is_saved(running):
    press(running, "n")
    keying = running.window.place.keying
    assert (keying.form, keying.record.answers["region"]) == (Meeting, KELURAHAN)
    press(running, "c", "Rembug kesiapan RT 14", Key.Key_Return)
    press(running, Key.Key_Return, modifier=CTRL)
    assert place(running).meeting.isVisible()
    assert place(running).meeting.sheet.top.rows[0].said.title == "Rembug kesiapan RT 14"


def test_open_decisions_are_listed_shown_in_their_meeting_and_marked_done(running):
    go(running, tab="open")
    page = place(running).open
    assert [each.decision for each in page.list.model.lines] == ["d0", "d1"]
    assert place(running).tabs.tabText(1) == "Keputusan terbuka (2)"
    assert page.whole.text() == "<b>Rembug warga Lorok · 4 Oktober 2026</b>: Keputusan 0"
    press(running, Key.Key_C, modifier=CTRL)
    assert [line.split("\t")[0] for line in QApplication.clipboard().text().splitlines()] == [
        "Tenggat", "2020-01-01", "2035-01-01"]
    press(running, Key.Key_Down, Key.Key_Return)
    assert focused(running) == "d1"
    press(running, Key.Key_Escape, "s")
    assert [each.decision for each in page.list.model.lines] == ["d0"]
    assert place(running).tabs.tabText(1) == "Keputusan terbuka (1)"


def test_control_page_down_turns_the_tabs_and_the_focus_follows(running):
    for tab in (1, 0):
        press(running, Key.Key_PageDown, modifier=CTRL)
        assert place(running).tabs.currentIndex() == tab
        assert place(running).pages[tab].isAncestorOf(QApplication.focusWidget())


def test_beranda_tells_of_open_decisions_and_leads_to_them(running):
    running.window.go(Destination("home", Scope(KELURAHAN, None, "2026")))
    running.until_quiet()
    line = running.window.place.promised
    assert line.link.accessibleName() == "2 keputusan terbuka"
    assert line.accessibleName() == "2 keputusan terbuka · 1 lewat tenggat"
    for _ in range(12):
        if QApplication.focusWidget() is line.link:
            break
        running.press(Key.Key_Tab)
    press(running, Key.Key_Return)
    assert place(running).open.list.table.hasFocus()


def test_a_meeting_that_is_gone_leads_back_to_the_list(running):
    press(running, Key.Key_Return)
    recording.delete(running.window.desk.workspace, Meeting, "m1", reason="dobel")
    go(running)
    assert not place(running).meeting.isVisible()
    assert ids(running) == ["m2", "m3"]


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("view", ["list", "open", "meeting"])
def test_everything_fits_both_work_areas(running, area, view):
    with_workshop(running)
    running.resize(*area)
    go(running, tab="open" if view == "open" else "meetings")
    if view == "meeting":
        go(running, form="meeting", record="lokakarya-p2kp-sumsel")
        sheet = place(running).meeting.sheet
        assert sheet.widget().width() <= sheet.viewport().width()
        assert sheet.widget().minimumSizeHint().width() <= sheet.viewport().width()
    running.until_quiet()
    page = place(running)
    assert page.minimumSizeHint().width() <= page.width() <= area[0]
    assert page.minimumSizeHint().height() <= page.height()


def with_workshop(running):
    for line in WORKSHOP.read_text("utf-8").splitlines():
        given = json.loads(line)
        recording.record(running.window.desk.workspace, form(given.pop("form")), given)


def kept(running, form_):
    with running.window.desk.workspace.asking() as connection:
        return {record.id for record in views.found(connection, form_)}


def test_a_meeting_goes_into_the_trash_with_all_that_hangs_on_it_and_comes_back(running):
    workspace = running.window.desk.workspace
    press(running, Key.Key_Delete)
    assert place(running).list.removal.isVisible()
    press(running, Key.Key_Return)
    assert "m1" in kept(running, Meeting)  # without a reason nothing goes
    press(running, "salah catat", Key.Key_Return)
    assert ids(running) == ["m2", "m3"]
    assert place(running).list.list.table.hasFocus()
    assert kept(running, Decision) == kept(running, Attendance) == set()
    assert meetings.open_decisions(workspace, KELURAHAN) == []
    assert trash.counts(workspace, Filter(KELURAHAN, deleted=True))["meeting"] == 1
    press(running, "z", modifier=CTRL)
    assert ids(running) == ["m1", "m2", "m3"]
    assert len(kept(running, Decision)) == 2


def test_one_line_of_a_meeting_goes_alone_and_escape_leaves_it(running):
    press(running, Key.Key_Return)
    press(running, Key.Key_Down)
    assert focused(running) == "d0"
    press(running, Key.Key_Delete, Key.Key_Escape)
    assert focused(running) == "d0"
    press(running, Key.Key_Delete, "dobel", Key.Key_Return)
    assert kept(running, Decision) == {"d1"}
    assert place(running).meeting.isVisible()
    press(running, "z", modifier=CTRL)
    assert kept(running, Decision) == {"d0", "d1"}


def test_the_meeting_that_is_shown_goes_and_the_list_is_back(running):
    press(running, Key.Key_Return)
    press(running, Key.Key_Delete, "salah catat", Key.Key_Return)
    assert ids(running) == ["m2", "m3"]
    assert not place(running).meeting.isVisible()


def test_delete_on_a_link_only_takes_the_link_back(running):
    press(running, Key.Key_Return)
    place(running).meeting.sheet.give_focus("a1")
    press(running, Key.Key_Delete)
    assert not place(running).meeting.removal.isVisible()
    assert kept(running, form("agreement")) == {"a1"}


@pytest.mark.parametrize("leaving", ["save", "leave"])
def test_a_meeting_begun_from_an_agreement_leads_back_to_it(running, leaving):
    running.window.go(Destination("agreements", Scope(KELURAHAN, None, "2026"), "agreement", "a1"))
    running.until_quiet()
    press(running, "r")
    assert (running.window.here.place, running.window.here.form) == ("form", "meeting")
    if leaving == "save":
        running.window.place.hands.go("name")
        press(running, "Rembug pasal", Key.Key_Return)
        press(running, Key.Key_Return, modifier=CTRL)
    else:
        press(running, Key.Key_Escape)
    assert running.window.here.place == "agreements"
    assert running.window.place.agreement == "a1"


@pytest.mark.parametrize("size", AREAS)
def test_the_question_before_the_trash_is_whole_in_either_work_area(running, size):
    running.resize(*size)
    press(running, Key.Key_Return)
    press(running, Key.Key_Delete)
    strip = place(running).meeting.removal
    assert strip.isVisible()
    assert place(running).rect().contains(strip.geometry().translated(strip.parentWidget().pos()))


def test_u_gives_the_institution_a_task_and_s_marks_one_done(running):
    press(running, Key.Key_Return)
    press(running, Key.Key_Down, "u")
    tasks = [said for said in shown(running, "decision") if said.form == "task"]
    assert [(said.title, said.inside, said.figures) for said in tasks] == [
        ("KPP", True, ("lewat sejak 1 Januari 2020",))]
    assert focused(running) == "d0"
    press(running, Key.Key_Down, "s")
    assert focused(running) == tasks[0].record
    assert next(said for said in shown(running, "decision") if said.record == tasks[0].record).icon == "circle-check"
    press(running, Key.Key_Return)
    assert running.window.place.keying.form.key == "task"


@pytest.mark.parametrize(("letter", "key"), [("m", "commitment"), ("a", "target"), ("b", "need")])
def test_a_letter_begins_what_the_decision_in_focus_becomes(running, letter, key):
    press(running, Key.Key_Return)
    press(running, letter)
    assert "Pilih keputusannya" in place(running).meeting.told.text()
    press(running, Key.Key_Down, letter)
    keying = running.window.place.keying
    assert (keying.form.key, keying.record.answers["decision"]) == (key, "d0")
