"""Meetings: lists, one meeting as a whole, open decisions, what a meeting is about, and how it all travels."""

import json
from pathlib import Path

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.community import agreements, meetings
from p2kp_desktop.actions.community.turnout import Turnout
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.named_acts import last, take_back
from p2kp_desktop.forms import form
from p2kp_desktop.forms.meeting import Attendance, Attendee, Decision, Meeting, Talk
from p2kp_desktop.store import views
from tests.cli.conftest import init, p2kp
from tests.conftest import KELURAHAN

__all__ = ["p2kp"]  # the fixture

OTHER = "16.71.01.1002"
TODAY = "2026-11-24"
FILE = Path(__file__).parents[2] / "data/workshop.jsonl"
WORKSHOP = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
FORMS = ("meeting", "policy", "stakeholder", "target", "talk", "attendance", "attendee", "decision", "task")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(meetings.environment, "now", lambda: f"{TODAY}T10:00:00+07:00")


def meet(workspace, ident="m1", **said):
    given = {"id": ident, "region": KELURAHAN, "kind": "rembug", "name": "Rembug warga", "level": "kelurahan",
             "date": "2026-10-04", **said}
    return recording.record(workspace, Meeting, {k: v for k, v in given.items() if v is not None}).id


def below(workspace, form_, parent="m1", **said):
    return recording.record(workspace, form_, {"parent": parent, **said}).id


def regions(workspace, *forms):
    with workspace.asking() as connection:
        return {record.answers.get("region") for each in forms for record in views.found(connection, each)}


def test_a_line_sums_who_came_and_counts_what_is_open_and_late(workspace):
    meet(workspace)
    below(workspace, Attendance, element="warga", men=20, women=14, mbr=9)
    below(workspace, Attendance, element="bkm", men=3)
    below(workspace, Decision, text="Iuran", responsible="KPP", done="terbuka", due="2026-11-01")
    below(workspace, Decision, text="Gotong royong", responsible="RT", due="2026-12-01")
    below(workspace, Decision, text="Surat", responsible="BKM", done="selesai")
    below(workspace, Decision, text="Pagar", responsible="RT", done="batal")
    (line,) = meetings.lines(workspace, KELURAHAN)
    assert (line.came, line.came.people) == (Turnout(23, 14, 9), 37)
    assert (line.decisions, line.open, line.late) == (4, 2, 1)
    assert meetings.totals([line, line]).came == Turnout(46, 28, 18)


def test_meetings_stand_newest_first_and_an_area_sees_its_own_and_those_of_nobody(make_workspace):
    city = make_workspace("Kota", "district", ("16.71",))
    meet(city, "old", date="2026-01-02")
    meet(city, "new", date="2026-09-01")
    meet(city, "far", region=OTHER)
    meet(city, "wide", region=None, level="kota", date="2026-03-03")
    assert [line.id for line in meetings.lines(city, KELURAHAN)] == ["new", "wide", "old"]
    assert len(meetings.lines(city, "16.71")) == 4


def test_one_meeting_is_read_with_all_that_hangs_on_it_in_its_order(workspace):
    meet(workspace)
    below(workspace, Talk, order=2, institution="P2KP", topics="b")
    below(workspace, Talk, order=1, institution="Bappeda", topics="a")
    below(workspace, Attendance, element="warga", men=1)
    below(workspace, Attendance, element="bappeda", women=2)
    below(workspace, Attendee, name="Wati")
    below(workspace, Attendee, name="Anto")
    below(workspace, Decision, text="selesai", responsible="x", done="selesai", due="2026-01-01")
    below(workspace, Decision, text="tanpa hari", responsible="x")
    below(workspace, Decision, text="dekat", responsible="x", due="2026-11-30")
    whole = meetings.whole(workspace, "m1")
    assert [each.answers["topics"] for each in whole.talks] == ["a", "b"]
    assert [each.answers["element"] for each in whole.attendance] == ["bappeda", "warga"]
    assert [each.answers["name"] for each in whole.attendees] == ["Anto", "Wati"]
    assert [each.answers["text"] for each in whole.decisions] == ["dekat", "tanpa hari", "selesai"]
    assert (whole.came, len(whole.open)) == (Turnout(1, 2, 0), 2)
    assert meetings.whole(workspace, "no such meeting") is None


def test_a_meeting_in_the_trash_takes_its_open_decisions_along(workspace):
    meet(workspace)
    below(workspace, Decision, text="Iuran", responsible="KPP")
    assert len(meetings.open_decisions(workspace, KELURAHAN)) == 1
    recording.delete(workspace, Meeting, "m1", reason="dobel")
    assert meetings.open_decisions(workspace, KELURAHAN) == []


def test_open_decisions_stand_by_their_day_and_say_which_are_late(workspace):
    meet(workspace)
    for text, due in (("c", None), ("b", "2026-12-01"), ("a", "2026-11-23")):
        below(workspace, Decision, text=text, responsible="RT", due=due)
    found = meetings.open_decisions(workspace, KELURAHAN)
    assert [(each.text, each.late) for each in found] == [("a", True), ("b", False), ("c", False)]
    assert meetings.open_decisions(workspace, OTHER) == []


def test_a_decision_is_marked_done_today_opened_again_and_taken_back(workspace):
    meet(workspace)
    ident = below(workspace, Decision, text="Iuran", responsible="KPP", done="terbuka")

    def stands():
        (found,) = meetings.whole(workspace, "m1").decisions
        return found.answers.get("done"), found.answers.get("done_date")

    meetings.mark(workspace, ident, done=True)
    assert stands() == ("selesai", TODAY)
    take_back(workspace, last(workspace).id)
    assert stands() == ("terbuka", None)
    meetings.mark(workspace, ident, done=True)
    meetings.mark(workspace, ident, done=False)
    assert stands() == ("terbuka", None)


def test_a_meeting_is_linked_by_its_parent_and_by_what_its_words_name(workspace):
    recording.record(workspace, form("agreement"), {"id": "a1", "number": "AB-03", "name": "Tepian Musi"})
    recording.record(workspace, form("agreement"), {"id": "a2", "number": "AB-031", "name": "Gang Lorok"})
    recording.record(workspace, form("bkm"), {"id": "b1", "name": "BKM Sejahtera"})
    recording.record(workspace, form("plan_document"), {"id": "p1", "kind": "rplp"})
    meet(workspace, parent="a2", about="Uji publik ab-03 bersama BKM Sejahtera, RPLP")
    found = meetings.whole(workspace, "m1").links
    assert [each.id for each in found] == ["a2", "b1", "p1", "a1"]
    assert found[0].words.startswith("Aturan Bersama · AB-031 · Gang Lorok")


def test_a_link_is_chosen_from_what_there_is(workspace):
    recording.record(workspace, form("agreement"), {"id": "a1", "number": "AB-03", "name": "Tepian Musi"})
    recording.record(workspace, form("bkm"), {"id": "b1", "name": "BKM Sejahtera"})
    meet(workspace)
    offered = meetings.linkable(workspace, "m1")
    assert [each.id for each in offered] == ["b1", "a1"]
    for each in offered:
        meetings.link(workspace, "m1", each)
    whole = meetings.whole(workspace, "m1")
    assert {each.id for each in whole.links} == {"a1", "b1"}
    assert meetings.linkable(workspace, "m1") == []


def test_a_link_holds_when_the_record_gets_another_number_and_is_taken_back(workspace, make_workspace, tmp_path):
    recording.record(workspace, form("agreement"), {"id": "a1", "number": "AB-1", "name": "Tepian Musi"})
    meet(workspace)
    meetings.link(workspace, "m1", meetings.linkable(workspace, "m1")[0])
    recording.record(workspace, form("agreement"), {"id": "a1", "number": "AB-1A"})
    district = make_workspace("Budi", role="district", regions=("16.71",))
    receiving.receive(district, sending.send(workspace, tmp_path).path)
    for office in (workspace, district):
        assert [each.name for each in meetings.whole(office, "m1").links] == ["AB-1A · Tepian Musi"]
        assert [each.id for each in agreements.whole(office, "a1").meetings] == ["m1"]
    recording.record(workspace, Meeting, {"id": "m1", "about": "AB-1A; bantaran"})
    meetings.unlink(workspace, "m1", meetings.whole(workspace, "m1").links[0])
    whole = meetings.whole(workspace, "m1")
    assert (whole.links, whole.record.answers.get("about")) == ((), "bantaran")
    assert agreements.whole(workspace, "a1").meetings == ()


def test_two_offices_that_link_a_meeting_to_different_records_do_not_contradict_each_other(
    workspace, make_workspace, tmp_path
):
    for number in ("AB-1", "AB-2"):
        recording.record(workspace, form("agreement"), {"id": number, "number": number, "name": "Tepian Musi"})
    meet(workspace, about="lihat berita acara")
    district = make_workspace("Budi", role="district", regions=("16.71",))
    receiving.receive(district, sending.send(workspace, tmp_path).path)
    for office, number in ((workspace, "AB-1"), (district, "AB-2")):
        link = next(each for each in meetings.linkable(office, "m1") if each.id == number)
        meetings.link(office, "m1", link)
    received = receiving.receive(workspace, sending.send(district, tmp_path, to="facilitator").path)
    assert received.conflicts == ()
    assert {each.id for each in meetings.whole(workspace, "m1").links} == {"AB-1", "AB-2"}


def test_a_meeting_begun_in_a_kelurahan_belongs_to_it_and_one_of_the_city_to_nobody(workspace):
    here = keyed_drafts.open_record(workspace, Meeting, keyed_drafts.Place(KELURAHAN, None, "2026"))
    wide = keyed_drafts.open_record(workspace, Meeting, keyed_drafts.Place("16.71", None, "2026"))
    assert (here.keying.record.answers.get("region"), wide.keying.record.answers.get("region")) == (KELURAHAN, None)


def test_what_hangs_on_a_meeting_stands_where_it_stands(workspace):
    meet(workspace)
    for each in (Talk, Attendance, Attendee, Decision):
        below(workspace, each)
    assert regions(workspace, Talk, Attendance, Attendee, Decision) == {KELURAHAN}
    meet(workspace, "wide", region=None)
    wide = below(workspace, Talk, "wide")
    with workspace.asking() as connection:
        (record,) = views.found(connection, Talk, views.Where(id=wide))
    assert "region" not in record.answers


def give(giver, taker, folder, **more):
    """Let one workspace send to another; return what was told of the bundle."""
    told = receiving.receive(taker, sending.send(giver, folder, **more).path)
    assert told.error is None
    return told


def test_a_meeting_travels_with_its_kelurahan_up_and_back_and_no_other_sees_it(make_workspace, tmp_path):
    rina, other = make_workspace("Rina"), make_workspace("Anto", regions=(OTHER,))
    city, province = make_workspace("Kota", "district", ("16.71",)), make_workspace("Sumsel", "province", ("16",))
    meet(rina)
    decision = below(rina, Decision, text="Iuran", responsible="KPP")
    below(rina, Attendee, name="Siti", address="RT 14")
    for each in (rina, other):
        give(each, city, tmp_path)
    meet(city, "wide", region=None, level="kota", date="2026-03-03")
    give(city, province, tmp_path)
    assert [line.id for line in meetings.lines(province, KELURAHAN)] == ["m1", "wide"]
    assert len(meetings.whole(province, "m1").attendees) == 1
    meetings.mark(province, decision, done=True)
    give(province, city, tmp_path, to="district")
    give(city, rina, tmp_path, to="facilitator", areas=[KELURAHAN])
    give(city, other, tmp_path, to="facilitator", areas=[OTHER])
    assert meetings.open_decisions(rina, KELURAHAN) == []
    assert [line.id for line in meetings.lines(rina, KELURAHAN)] == ["m1", "wide"]
    assert [line.id for line in meetings.lines(other, "")] == ["wide"]
    with other.asking() as connection:
        assert views.count(connection, Attendee) == 0


def told(p2kp, file, form_):
    """Return what a workspace holds of a form, without what the program adds."""
    found = p2kp("records", file, "get", form_).lines()
    return sorted(
        ({key: value for key, value in each.items() if key != "identity"} for each in found),
        key=lambda each: each["id"],
    )


def test_the_workshop_from_which_this_program_starts_is_recorded_completely_and_read_back_everywhere(p2kp):
    province, city = init(p2kp, "sumsel", "province", "16"), init(p2kp, "palembang", "district", "16.71")
    for key in FORMS:
        lines = [{k: v for k, v in each.items() if k != "form"} for each in WORKSHOP if each["form"] == key]
        ran = p2kp("records", province, "put", key, "--all-or-nothing", lines=lines)
        assert (ran.code, len(ran.lines())) == (0, len(lines)), ran.err
        hard = [problem for line in ran.lines() for problem in line["problems"] if problem["severity"] == "hard"]
        assert hard == []
    sent = p2kp("send", province, ".", "--to", "district", "--json").json()["path"]
    assert p2kp("receive", city, sent).code == 0
    for file in (province, city):
        for key in FORMS:
            wanted = [{k: v for k, v in each.items() if k != "form"} for each in WORKSHOP if each["form"] == key]
            wanted = [each | ({"period": int(each["period"])} if "period" in each else {}) for each in wanted]
            assert told(p2kp, file, key) == sorted(wanted, key=lambda each: each["id"])


def test_the_workshop_holds_what_the_article_tells():
    said = {key: [each for each in WORKSHOP if each["form"] == key] for key in FORMS}
    came = {each["element"] for each in said["attendance"]}
    assert came == {"bappeda", "dprd", "perguruan_tinggi", "bank", "opd", "media", "pusat", "p2kp"}
    assert [each["element"] for each in said["talk"]] == ["bappeda", "pusat", "p2kp"]
    assert "Mangkuk Masyarakat" in said["talk"][2]["topics"]
    mandate = [each["role"] for each in said["decision"] if each["element"] == "opd"]
    assert mandate == ["kebijakan", "sinergi", "sinkronisasi", "pengendalian"]
    assert [each["text"].partition(":")[0] for each in said["decision"] if each["element"] == "pusat"] == [
        "100%", "0%", "100%",
    ]
