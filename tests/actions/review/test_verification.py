"""Handing in, verifying, returning and opening again, and how all that travels."""

import itertools

import pytest
import sqlalchemy as sa

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.actions.review import comments, handing_in, rollup, verification
from p2kp_desktop.actions.review import stamps as approving
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.schema.review import is_untouched
from p2kp_desktop.store import history, records
from tests.conftest import KELURAHAN
from tests.examples import PERIOD, RT, a_record, unlike

KOTA = "16.71"
CHANGED = verification.CHANGED


def a_household(**more):
    given = {key: value for key, value in a_record(Household).answers.items() if value is not None}
    return {**given, **more}


def put(workspace, *ids, **answers):
    for ident in ids:
        other = unlike() if ident in ("i", "bad", "there") else {}
        recording.record(workspace, Household, a_household(id=ident, **{**other, **answers}))


def change(workspace, ident="h", reason="", **answers):
    return recording.record(workspace, Household, {"id": ident, **answers}, reason=reason)


def version(workspace, ident="h", form="household"):
    with workspace.asking() as connection:
        return records.read(connection, form, [ident])[ident]


def standing(workspace, ident="h"):
    """Return the review status, which the column beside the record must say too."""
    computed = verification.standing(version(workspace, ident))
    with workspace.asking() as connection:
        column = records.RECORDS["household"].c
        kept = connection.scalar(sa.select(column.review).where(column.id == ident))
    assert (kept or "") == computed
    return computed


@pytest.fixture
def office(make_workspace):
    return make_workspace("Kota", role="district", regions=(KOTA,))


@pytest.fixture
def carry(tmp_path):
    """Give a function that carries everything from one workspace to another by file."""
    number = itertools.count()

    def carry(here, there, **options):
        folder = tmp_path / f"stik {next(number)}"
        folder.mkdir()
        to = options.pop("to", "facilitator")
        received = receiving.receive(there, sending.send(here, folder, to=to, full=True, **options).path)
        assert received.error is None
        return received

    return carry


def rt_review(workspace):
    (found,) = rollup.rts(workspace, KELURAHAN, PERIOD)
    return found


def test_records_of_forms_that_are_reviewed_are_handed_in_and_no_others(workspace):
    assert {form.key for form in FORMS if not form.reviewed} == {
        "resident", "readiness_rule", "comment", "approval", "edition", "edition_rt", "price",
    }
    put(workspace, "h")
    handing_in.submit(workspace, area=KELURAHAN)
    ident = approving.stamp_acknowledged(workspace, KELURAHAN, RT, PERIOD, name="Lurah", date="14/11/2022")
    with pytest.raises(Trouble, match="tidak ada"):
        handing_in.submit(workspace, ids=[ident])


def test_an_incomplete_record_is_handed_in_and_an_impossible_one_is_refused_with_reasons(workspace):
    put(workspace, "good")
    recording.record(workspace, Household, {"id": "part", "rt": "1/1"})
    change(workspace, "good", kk_count=1)
    put(workspace, "bad", survey_date="2022-10-04", members_disabled=-1)
    done = handing_in.submit(workspace, area=KELURAHAN)
    assert set(done.ready) == {"good", "part"}
    (refused,) = done.refused
    assert (refused.form, refused.id) == ("household", "bad")
    assert refused.reasons
    assert handing_in.submit(workspace, ids=["good"]).already == ("good",)


def test_a_record_in_conflict_is_neither_handed_in_nor_verified(workspace, office, carry):
    put(workspace, "h")
    carry(workspace, office, to="district")
    change(workspace, kk_count=2)
    change(office, kk_count=3)
    carry(workspace, office, to="district")
    for refused in (handing_in.submit(office, ids=["h"]).refused, verification.verify(office, ids=["h"]).refused):
        assert any("konflik" in reason for reason in refused[0].reasons)
    assert any("konflik" in reason for reason in verification.obstacles(office, "h"))


def test_handing_in_a_whole_rt_stamps_it_and_one_with_a_refusal_is_not_stamped(workspace):
    put(workspace, "h")
    recording.record(workspace, Rt, {"rt": RT})
    put(workspace, "bad", rt="1/1", members_disabled=-1)
    handing_in.submit(workspace, area=KELURAHAN, person="Budi")
    by_rt = {each.rt: each for each in rollup.rts(workspace, KELURAHAN, PERIOD)}
    stamp = by_rt[RT].submitted
    assert (stamp.name, stamp.holds) == ("Budi", True)
    assert by_rt[RT].status == verification.READY
    assert by_rt["001/001"].submitted is None


def test_handing_in_again_keeps_the_stamp_until_something_new_is_handed_in(workspace):
    put(workspace, "h")
    handing_in.submit(workspace, area=KELURAHAN, rt=RT, person="Budi")
    handing_in.submit(workspace, area=KELURAHAN, rt=RT, person="Wati")
    assert rt_review(workspace).submitted.name == "Budi"
    put(workspace, "i")
    assert not rt_review(workspace).submitted.holds
    handing_in.submit(workspace, area=KELURAHAN, rt=RT, person="Wati")
    assert (rt_review(workspace).submitted.name, rt_review(workspace).submitted.holds) == ("Wati", True)


def test_naming_records_one_by_one_stamps_nothing(office):
    put(office, "h")
    handing_in.submit(office, ids=["h"])
    verification.verify(office, ids=["h"])
    assert (rt_review(office).submitted, rt_review(office).verified) == (None, None)
    assert rt_review(office).status == verification.VERIFIED
    verification.verify(office, area=KELURAHAN, rt=RT)
    assert rt_review(office).verified.holds


def test_only_the_period_asked_for_is_handed_in_and_only_the_rt(workspace):
    put(workspace, "old", period="2021")
    put(workspace, "h")
    put(workspace, "there", rt="1/1")
    assert handing_in.submit(workspace, area=KELURAHAN, rt=RT, period=PERIOD).ready == ("h",)


def test_what_was_handed_in_is_taken_back_into_work(workspace):
    put(workspace, "h")
    handing_in.submit(workspace, ids=["h"])
    assert standing(workspace) == verification.READY
    handing_in.withdraw(workspace, "h")
    assert standing(workspace) == ""
    with pytest.raises(Trouble, match="menunggu"):
        handing_in.withdraw(workspace, "h")


def test_who_reports_how_far_it_is_may_stop_the_work_and_what_is_done_stays(workspace):
    put(workspace, "h")
    put(workspace, "i", rt="15/5")
    heard = []

    def stop_at_the_second(done, total):
        heard.append((done, total))
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        handing_in.submit(workspace, area=KELURAHAN, report=stop_at_the_second)
    assert heard == [(0, 2), (1, 2)]
    assert (standing(workspace, "h"), standing(workspace, "i")) == (verification.READY, "")


def test_a_verified_record_is_changed_only_with_a_reason_which_the_history_keeps(office):
    put(office, "h")
    verification.verify(office, ids=["h"])
    with pytest.raises(recording.Refused, match="terkunci") as refused:
        change(office, kk_count=4)
    assert refused.value.question == "status"
    change(office, kk_count=1)  # as it is already: nothing changes
    assert standing(office) == verification.VERIFIED
    change(office, kk_count=4, reason="Salah ketik")
    assert standing(office) == CHANGED
    with office.asking() as connection:
        assert history.of_record(connection, "h")[-1].reason == "Salah ketik"
    with pytest.raises(recording.Refused, match="terkunci"):
        change(office, kk_count=5)  # whoever verified it is to see every change with its reason
    verification.reopen(office, "h", reason="Diperiksa lagi")
    change(office, kk_count=5)


def test_a_verified_record_is_deleted_only_with_a_reason(office):
    put(office, "h")
    verification.verify(office, ids=["h"])
    with pytest.raises(Trouble, match="Alasan belum diisi"):
        recording.delete(office, Household, "h", reason=" ")
    recording.delete(office, Household, "h", reason="Dua kali didata")
    for act in (lambda: verification.verify(office, ids=["h"]), lambda: handing_in.submit(office, ids=["h"])):
        with pytest.raises(Trouble, match="dihapus"):
            act()


def test_of_many_lines_a_locked_one_is_refused_and_none_is_saved(office):
    put(office, "h", "i")
    verification.verify(office, ids=["h"])
    lines = [(1, {"id": "i", "kk_count": 3}), (2, {"id": "h", "kk_count": 3})]
    result = recording.record_all(office, Household, lines, origin="x")
    assert [(number, refusal.question) for number, refusal in result.refused] == [(2, "status")]
    assert version(office, "i").values()["kk_count"] == 1
    assert recording.record_all(office, Household, lines, origin="x", reason="Hitung ulang").refused == ()


def test_opening_again_takes_a_reason_and_is_for_verified_records(office):
    put(office, "h")
    with pytest.raises(Trouble, match="tidak terkunci"):
        verification.reopen(office, "h", reason="Salah")
    verification.verify(office, ids=["h"])
    with pytest.raises(Trouble, match="Alasan"):
        verification.reopen(office, "h", reason=" ")
    verification.reopen(office, "h", reason="Didata ulang")
    assert standing(office) == ""
    change(office, kk_count=4)


def test_a_facilitator_opens_a_verified_record_again_and_does_not_verify_itself(workspace, office, carry):
    put(workspace, "h")
    carry(workspace, office, to="district")
    verification.verify(office, area=KOTA)
    carry(office, workspace)
    for act in (lambda: verification.verify(workspace), lambda: verification.give_back(workspace, "h", comment="x")):
        with pytest.raises(Trouble, match="fasilitator"):
            act()
    verification.reopen(workspace, "h", reason="Warga pindah")
    carry(workspace, office, to="district")
    assert standing(office) == ""


def test_a_returned_record_waits_until_it_was_changed_or_is_handed_in_by_name(office):
    put(office, "h", "i")
    verification.give_back_all(office, ["h", "i"], comment="Periksa lagi")
    assert is_untouched(version(office))
    assert {refusal.id for refusal in handing_in.submit(office, area=KOTA).refused} == {"h", "i"}
    assert {refusal.id for refusal in verification.verify(office, area=KOTA).refused} == {"h", "i"}
    change(office, kk_count=2)
    assert handing_in.submit(office, area=KOTA).ready == ("h",)
    assert handing_in.submit(office, ids=["i"]).ready == ("i",)
    assert rt_review(office).status == verification.READY


def test_a_return_needs_words_and_names_a_question_of_the_form(office):
    put(office, "h")
    for wrong in ({"comment": " "}, {"comment": "x", "about": "kolam_renang"}):
        with pytest.raises(Trouble):
            verification.give_back(office, "h", **wrong)
    with pytest.raises(Trouble):
        verification.give_back_all(office, ["h", "tidak ada"], comment="x")
    assert standing(office) == ""
    assert comments.open_count(office) == 0


def test_a_whole_loop_travels_and_ends_alike_on_both_sides(workspace, office, carry):
    put(workspace, "h", "i")
    handing_in.submit(workspace, area=KELURAHAN, person="Budi")
    approving.stamp_acknowledged(workspace, KELURAHAN, RT, PERIOD, name="Pak RT", date="14/11/2022")
    carry(workspace, office, to="district")
    assert rt_review(office).todo("district") == 2
    verification.verify(office, ids=["i"])
    verification.give_back(office, "h", comment="Atap bocor?", about="roof")
    carry(office, workspace)
    assert [line.id for line in rollup.waiting(workspace, KELURAHAN, PERIOD, "facilitator")] == ["h"]
    assert not rt_review(workspace).submitted.holds
    (thread,) = comments.threads(workspace, "h")
    comments.reply(workspace, "h", "roof", "Sudah diganti.")
    comments.settle_comment(workspace, thread.comments[0].id)
    change(workspace, kk_count=2)
    handing_in.submit(workspace, area=KELURAHAN, person="Budi")
    carry(workspace, office, to="district")
    assert standing(office) == verification.READY
    (thread,) = comments.threads(office, "h")
    assert [(said.role, said.text) for said in thread.comments] == [
        ("district", "Atap bocor?"), ("facilitator", "Sudah diganti."),
    ]
    verification.verify(office, area=KELURAHAN, rt=RT, person="Ibu Sri")
    carry(office, workspace)
    review = rt_review(workspace)
    assert (review.status, review.todo("facilitator")) == (verification.VERIFIED, 0)
    stamps = review.submitted, review.acknowledged, review.verified
    assert [(stamp.name, stamp.holds) for stamp in stamps] == [("Budi", True), ("Pak RT", True), ("Ibu Sri", True)]
    assert review.acknowledged.date == "2022-11-14"
    assert soundness.digest(workspace) == soundness.digest(office)
    assert soundness.check(office) == soundness.check(workspace) == []


def test_a_verification_that_meets_an_unseen_edit_blesses_nothing_on_either_side(workspace, office, carry):
    put(workspace, "h")
    carry(workspace, office, to="district")
    verification.verify(office, area=KELURAHAN, rt=RT)
    change(workspace, kk_count=2)
    carry(office, workspace)
    carry(workspace, office, to="district")
    for here in (workspace, office):
        assert standing(here) == CHANGED
        review = rt_review(here)
        assert (review.records.changed, review.status, review.verified.holds) == (1, CHANGED, False)
        assert (review.todo("district"), review.todo("facilitator")) == (1, 0)
    assert verification.verify(office, area=KELURAHAN, rt=RT).verified == ("h",)
    assert rt_review(office).verified.holds


def test_two_offices_that_verify_at_once_do_not_contradict_each_other(workspace, office, make_workspace, carry):
    province = make_workspace("Provinsi", role="province", regions=("16",))
    put(workspace, "h")
    for there, to in ((office, "district"), (province, "province")):
        carry(workspace, there, to=to)
        verification.verify(there, ids=["h"])
    carry(office, province, to="province")
    carry(province, office, to="district")
    for here in (office, province):
        assert standing(here) == verification.VERIFIED
        assert version(here).conflicts() == {}


def test_a_verification_without_the_names_does_not_vouch_for_them(workspace, office, carry):
    put(workspace, "h")
    carry(workspace, office, to="district", withhold=True)
    verification.verify(office, ids=["h"])
    assert standing(office) == verification.VERIFIED
    carry(workspace, office, to="district")
    assert standing(office) == CHANGED


def test_a_comment_on_a_verified_record_does_not_take_its_verification_away(office):
    put(office, "h")
    verification.verify(office, ids=["h"])
    comments.reply(office, "h", "", "Bagus.")
    assert standing(office) == verification.VERIFIED


def test_what_a_damaged_verification_saw_is_nothing(office):
    put(office, "h")
    for damaged in ("", "{", "[]", '{"v": 1}', '{"v": {"a": "x"}}', '{"v": {}, "o": []}'):
        with editing(office) as edits:
            edits.save("household", "h", {"status": verification.VERIFIED, "seen.x": damaged}, origin="x")
        assert standing(office) == CHANGED


def test_acknowledging_takes_a_name_and_a_day(workspace):
    for wrong in ({"name": " ", "date": "1/1/2026"}, {"name": "Lurah", "date": ""}):
        with pytest.raises(Trouble):
            approving.stamp_acknowledged(workspace, KELURAHAN, RT, PERIOD, **wrong)
    with pytest.raises(Unreadable, match="bukan tanggal"):
        approving.stamp_acknowledged(workspace, KELURAHAN, RT, PERIOD, name="Lurah", date="kemarin")
