"""Review acts on many records, what waits for whom, and what a list says of a record under review."""

import pytest

from p2kp_desktop.actions.common.long_work import Cancelled
from p2kp_desktop.actions.importing import resident_lists
from p2kp_desktop.actions.keying import household_of_line, keyed_drafts
from p2kp_desktop.actions.recording import binder, recording
from p2kp_desktop.actions.residents import residents
from p2kp_desktop.actions.residents.residents import ResidentLine
from p2kp_desktop.actions.review import comments, handing_in, review_acts, review_queue, verification
from p2kp_desktop.actions.review.review_acts import ReviewTarget
from p2kp_desktop.actions.tables import household_pages
from p2kp_desktop.forms import Household, Resident, RtSurvey
from p2kp_desktop.language import Trouble
from tests.conftest import KELURAHAN
from tests.records import YEAR, save, wanted

RT = "014/005"


@pytest.fixture
def office(make_workspace):
    return make_workspace("Kota", role="district", regions=("16.71",))


def heard(done, total):
    del done, total


def standings(workspace, *ids):
    lines = household_pages.page(workspace, ids)
    return [lines[each].standing for each in ids]


def test_stopping_keeps_what_is_done(workspace, monkeypatch):
    monkeypatch.setattr(review_acts, "PORTION", 1)
    ids = tuple(save(workspace, building=str(number)) for number in (1, 2))

    def report(done, _total):
        if done:
            raise Cancelled

    attended = review_acts.submit_many(workspace, ReviewTarget(ids), report)
    assert (attended.done, attended.stopped) == (1, True)
    assert standings(workspace, *ids) == [household_pages.READY, household_pages.COMPLETE]


def test_a_refusal_names_record_place_question_and_reason(workspace):
    record = save(workspace, building="2", head_name="Budi", occupants=3)
    attended = review_acts.submit_many(workspace, ReviewTarget((), KELURAHAN, RT, YEAR), heard)
    (line,) = attended.hindered
    assert (line.id, line.rt, line.name, line.question) == (record, RT, "2 · Budi", "occupants")
    assert line.reasons[0].startswith(f"{Household.occupants.number}: ")


def test_what_is_not_locked_or_does_not_wait_is_passed_over(office):
    locked, free = save(office, building="1"), save(office, building="2")
    verification.verify(office, ids=[locked])
    opened = review_acts.reopen_many(office, ReviewTarget((free, locked)), heard, reason="salah rumah")
    assert (opened.done, [line.id for line in opened.hindered]) == (1, [free])
    back = review_acts.withdraw_many(office, ReviewTarget((free,)), heard)
    assert [line.id for line in back.hindered] == [free]
    with pytest.raises(Trouble):
        review_acts.reopen_many(office, ReviewTarget((locked,)), heard, reason="")


def test_a_draft_is_never_taken_on(workspace):
    address = {"region": KELURAHAN, "rt": RT, "period": YEAR}
    keyed_drafts.keep(workspace, Household, "new", {**address, "head_name": "Sukarman"}, "roof")
    attended = review_acts.submit_many(workspace, ReviewTarget(("new",)), heard)
    assert (attended.done, [line.id for line in attended.hindered]) == (0, ["new"])


def test_the_review_goes_before_what_is_filled_in_and_after_drafts(office):
    ids = [save(office, building=str(number)) for number in range(5)]
    lacking = save(office, roof=None)
    handing_in.submit(office, ids=[*ids, lacking])
    verification.verify(office, ids=ids[:2])
    recording.record(office, Household, {"id": ids[1], "head_name": "Lain"}, reason="salah tulis")
    verification.give_back(office, ids[2], comment="periksa", about="roof")
    keyed_drafts.keep(office, Household, ids[3], {"roof": "b"}, "roof")
    assert standings(office, *ids, lacking) == [
        household_pages.VERIFIED,
        household_pages.CHANGED,
        household_pages.RETURNED,
        household_pages.DRAFT,
        household_pages.READY,
        household_pages.READY,
    ]
    for standing, number in household_pages.counts(office, wanted()).items():
        assert len(household_pages.roll(office, wanted(standing=standing)).ids) == number
    line = household_pages.page(office, ids)[ids[2]]
    assert (line.comments, line.asked, household_pages.page(office, ids)[ids[4]].chip) == (
        1,
        "roof",
        household_pages.WAITING,
    )


def test_what_is_done_about_a_comment_is_counted_no_more(office):
    record = save(office)
    verification.give_back(office, record, comment="periksa")
    (thread,) = comments.threads(office, record)
    comments.settle_comment(office, thread.comments[0].id)
    assert household_pages.page(office, [record])[record].comments == 0


def test_the_queue_holds_every_form_and_what_was_handed_in_first(office, monkeypatch):
    changed, survey, house = save(office, building="9"), save(office, RtSurvey, rt="14/5"), save(office)
    verification.verify(office, ids=[changed])
    recording.record(office, Household, {"id": changed, "head_name": "Lain"}, reason="salah tulis")
    handing_in.submit(office, ids=[survey, house])
    queue = review_queue.queue(office, "16.71", YEAR)
    assert [line.id for line in queue.lines] == [house, survey, changed]
    assert (queue.total, queue.counts) == (3, {"ready": 2, "changed": 1})
    assert [line.id for line in review_queue.queue(office, KELURAHAN, YEAR, "changed").lines] == [changed]
    monkeypatch.setattr(review_queue, "AT_MOST", 1)
    cut = review_queue.queue(office, KELURAHAN, YEAR)
    assert (len(cut.lines), cut.total) == (1, 3)


def test_a_facilitator_is_led_to_what_was_returned(workspace):
    save(workspace)
    assert review_queue.role(workspace) == "facilitator"
    assert review_queue.queue(workspace, KELURAHAN, YEAR).lines == ()


def test_the_forms_of_an_rt_say_what_the_review_said(office):
    survey = save(office, RtSurvey, rt="14/5")
    verification.verify(office, ids=[survey])
    assert binder.of_rt(office, KELURAHAN, RT, YEAR)[0].standing == household_pages.VERIFIED


def test_a_line_that_is_gone_begins_nothing(workspace):
    with pytest.raises(Trouble):
        household_of_line.begin(workspace, "tidak ada")


def test_a_line_begins_with_the_day_and_the_interviewer_of_the_household_before(workspace):
    lines = [ResidentLine("", "Siti"), ResidentLine("", "Siti")]
    put = resident_lists.put_list(workspace, KELURAHAN, RT, YEAR, lines, origin="x")
    saved = {"rt": RT, "period": YEAR, "head_name": "Budi", "survey_date": "2026-03-02", "interviewer": "Rina"}
    recording.record(workspace, Household, saved)
    second = household_of_line.begin(workspace, put.new[1])
    known = {draft.id: draft.answers for draft in keyed_drafts.waiting(workspace)}[second]
    assert (known["survey_date"], known["interviewer"], known["head_name"]) == ("2026-03-02", "Rina", "Siti")
    assert "building" not in known
    assert keyed_drafts.open_draft(workspace, second).line == put.new[1]


def test_a_household_ends_the_line_that_it_was_begun_from_whatever_its_name_became(workspace):
    lines = [ResidentLine("", "Siti"), ResidentLine("", "Siti")]
    put = resident_lists.put_list(workspace, KELURAHAN, RT, YEAR, lines, origin="x")
    second = household_of_line.begin(workspace, put.new[1])
    given = {"region": KELURAHAN, "rt": RT, "period": YEAR, "head_name": "Nur Halimah"}
    keyed_drafts.save(workspace, Household, second, given, is_new=True)
    ended = {each.id: each[Resident.household] for each in residents.lines(workspace, KELURAHAN, RT, YEAR)}
    assert ended == {put.new[0]: None, put.new[1]: second}


def test_a_line_begins_one_draft_with_its_number_and_name(workspace):
    lines = [ResidentLine("7a", "Siti"), ResidentLine("", "Budi")]
    put = resident_lists.put_list(workspace, KELURAHAN, RT, YEAR, lines, origin="x")
    siti = household_of_line.begin(workspace, put.new[0])
    assert household_of_line.begin(workspace, put.new[0]) == siti
    assert household_of_line.begin(workspace, put.new[1]) != siti
    known = {draft.id: draft.answers for draft in keyed_drafts.waiting(workspace)}[siti]
    assert known == {"region": KELURAHAN, "rt": RT, "period": YEAR, "building": "7a", "head_name": "Siti"}
