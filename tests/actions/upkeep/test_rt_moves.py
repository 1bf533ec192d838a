"""An RT renumbered, split, merged: everything moves with one reason, travels, and can be taken back."""

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.actions.review import verification
from p2kp_desktop.actions.upkeep import moves_followed, rt_moves
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.kawasan import Kawasan
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import review
from p2kp_desktop.store import history, records, views
from tests.examples import a_record

HERE = "16.71.01.1001"
YEAR = "2026"


@pytest.fixture
def kelurahan(workspace):
    """Record an RT with two households, its own record, survey, recap, a comment and a slum area."""
    for number in (1, 2):
        recording.record(workspace, Household, {"id": f"h{number}", "rt": "1/1", "period": YEAR, "kk_count": number})
    recording.record(workspace, Household, {"id": "old", "rt": "1/1", "period": "2025"})
    recording.record(workspace, Rt, {"rt": "1/1", "head_name": "Pak Ali"})
    survey = recording.record(workspace, RtSurvey, {"rt": "1/1", "period": YEAR, "area_ha": "2.5"}).id
    recording.record(workspace, RtRecap, {"rt": "1/1", "period": YEAR})
    recording.record(workspace, Comment, {"id": "c", "parent": survey, "text": "cek lagi"})
    recording.record(workspace, Kawasan, {"id": "k", "name": "Tepi", "rts": ["1/1", "9/9"]})
    return workspace


def ids(workspace, form, rt, period=None):
    with workspace.asking() as connection:
        return sorted(r.id for r in views.found(connection, form, views.Where(area=HERE, rt=rt, period=period)))


def values(workspace, form, record):
    with workspace.asking() as connection:
        return records.read(connection, form.key, [record])[record].values()


def only(workspace, form, rt):
    (record,) = ids(workspace, form, rt)
    return values(workspace, form, record)


def test_renaming_moves_everything_of_the_rt_with_one_reason(kelurahan):
    done = rt_moves.rename_rt(kelurahan, HERE, "1/1", "5/1", reason="SK Lurah 12")
    assert (done.households, done.not_taken) == (3, ())
    assert sorted(form for form, _ in done.made) == ["rt", "rt_recap", "rt_survey"]
    assert ids(kelurahan, Household, "005/001") == ["h1", "h2", "old"]
    assert ids(kelurahan, Household, "001/001") == ids(kelurahan, RtSurvey, "001/001") == []
    assert only(kelurahan, RtSurvey, "005/001")["area_ha"] == "2.5"
    rt = only(kelurahan, Rt, "005/001")
    assert (rt["head_name"], rt["rt_number"], rt["rw_number"]) == ("Pak Ali", 5, 1)
    assert values(kelurahan, Kawasan, "k")["rts"] == "005/001,009/009"
    (survey,) = ids(kelurahan, RtSurvey, "005/001")
    assert values(kelurahan, Comment, "c")["parent"] == survey
    with kelurahan.asking() as connection:
        assert {row.reason for row in history.of_record(connection, "h1")} == {"", "SK Lurah 12"}
    assert soundness.check(kelurahan) == []


def test_a_rehearsal_says_the_same_and_changes_nothing(kelurahan):
    before = soundness.digest(kelurahan)
    seen = rt_moves.rename_rt(kelurahan, HERE, "1/1", "5/1", reason="", rehearse=True)
    assert soundness.digest(kelurahan) == before
    done = rt_moves.rename_rt(kelurahan, HERE, "1/1", "5/1", reason="SK")
    assert (seen.households, seen.made) == (done.households, done.made)


def test_taking_a_move_back_is_the_reverse_edit(kelurahan):
    forms = (Household, Rt, RtSurvey, RtRecap, Kawasan, Comment)

    def shown():
        with kelurahan.asking() as connection:
            found = [record for form in forms for record in views.found(connection, form)]
        return {(each.form.key, each.id): dict(each.answers) for each in found}

    before = shown()
    done = rt_moves.rename_rt(kelurahan, HERE, "1/1", "5/1", reason="SK")
    assert shown() != before
    assert moves_followed.take_back(kelurahan, done.act, reason="SK dicabut") > 0
    assert shown() == before
    assert moves_followed.late(kelurahan) == []
    assert soundness.check(kelurahan) == []


def test_a_move_is_not_taken_back_over_later_work_on_what_it_changed(kelurahan):
    done = rt_moves.rename_rt(kelurahan, HERE, "1/1", "5/1", reason="SK")
    recording.record(kelurahan, Household, {"id": "h1", "rt": "7/1"})
    before = soundness.digest(kelurahan)
    with pytest.raises(Trouble, match="RT 007/001"):
        moves_followed.take_back(kelurahan, done.act, reason="salah")
    assert soundness.digest(kelurahan) == before


def test_moving_one_period_leaves_the_others_and_the_rt_itself(kelurahan):
    rt_moves.rename_rt(kelurahan, HERE, "1/1", "5/1", period=YEAR, reason="SK")
    assert ids(kelurahan, Household, "001/001") == ["old"]
    assert ids(kelurahan, Household, "005/001") == ["h1", "h2"]
    assert len(ids(kelurahan, Rt, "001/001")) == len(ids(kelurahan, Rt, "005/001")) == 1
    assert values(kelurahan, Kawasan, "k")["rts"] == "001/001,005/001,009/009"
    assert moves_followed.late(kelurahan) == []


def test_renaming_onto_an_rt_that_is_there_asks_to_merge(kelurahan):
    recording.record(kelurahan, Household, {"id": "x", "rt": "5/1", "period": YEAR})
    with pytest.raises(Trouble, match="sudah ada"):
        rt_moves.rename_rt(kelurahan, HERE, "1/1", "5/1", reason="SK")


def test_merging_leaves_what_the_target_has_and_lists_what_was_not_taken_over(kelurahan):
    recording.record(kelurahan, RtSurvey, {"rt": "5/1", "period": YEAR, "area_ha": "4"})
    recording.record(kelurahan, Household, {"id": "x", "rt": "5/1", "period": YEAR})
    done = rt_moves.merge_rts(kelurahan, HERE, ["1/1"], "5/1", reason="SK")
    assert ids(kelurahan, Household, "005/001") == ["h1", "h2", "old", "x"]
    assert only(kelurahan, RtSurvey, "005/001")["area_ha"] == "4"
    assert [(left.form, left.left, left.stays) for left in done.not_taken if left.form == "rt_survey"] == [
        ("rt_survey", "2,5 Ha", "4 Ha")
    ]
    moves_followed.take_back(kelurahan, done.act, reason="salah")
    assert only(kelurahan, RtSurvey, "001/001")["area_ha"] == "2.5"
    assert ids(kelurahan, Household, "005/001") == ["x"]


def test_splitting_moves_the_chosen_households_only(kelurahan):
    done = rt_moves.split_rt(kelurahan, HERE, "1/1", ["h2"], "1B/1", period=YEAR, reason="SK")
    assert done.households == 1
    assert ids(kelurahan, Household, "001/001", YEAR) == ["h1"]
    assert only(kelurahan, RtSurvey, "001/001")["area_ha"] == "2.5"
    with pytest.raises(Trouble, match="tidak semuanya"):
        rt_moves.split_rt(kelurahan, HERE, "1/1", ["h2"], "2/1", period=YEAR, reason="SK")
    moves_followed.take_back(kelurahan, done.act, reason="salah")
    assert ids(kelurahan, Household, "001/001", YEAR) == ["h1", "h2"]


def test_records_that_come_later_under_the_old_name_are_found_and_moved_on_request(make_workspace, tmp_path):
    here, other, district = make_workspace("a"), make_workspace("b"), make_workspace("d", role="district")
    recording.record(here, Household, {"id": "h1", "rt": "1/1"})
    rt_moves.rename_rt(here, HERE, "1/1", "5/1", reason="SK")
    rt_moves.rename_rt(here, HERE, "5/1", "6/1", reason="SK lagi")
    receiving.receive(district, sending.send(here, tmp_path, to="district", withhold=True).path)
    assert moves_followed.late(district) == []
    recording.record(other, Household, {"id": "h2", "rt": "1/1"})
    recording.record(other, RtSurvey, {"rt": "1/1", "area_ha": "3"})
    receiving.receive(district, sending.send(other, tmp_path).path)
    (late,) = moves_followed.late(district)
    assert (late.old, late.new, late.households, late.others) == ("001/001", "006/001", 1, 1)
    moves_followed.move_late(district, late, reason="SK")
    assert ids(district, Household, "006/001") == ["h1", "h2"]
    assert moves_followed.late(district) == []


def test_a_household_edited_elsewhere_meanwhile_follows_and_a_move_elsewhere_is_a_conflict(make_workspace, tmp_path):
    here, other = make_workspace("a"), make_workspace("b")
    recording.record(here, Household, {"id": "h", "rt": "1/1", "kk_count": 1})
    receiving.receive(other, sending.send(here, tmp_path, full=True).path)
    recording.record(other, Household, {"id": "h", "kk_count": 2})
    rt_moves.rename_rt(here, HERE, "1/1", "5/1", reason="SK")
    receiving.receive(here, sending.send(other, tmp_path, full=True).path)
    assert (values(here, Household, "h")["rt"], values(here, Household, "h")["kk_count"]) == ("005/001", 2)
    rt_moves.rename_rt(other, HERE, "1/1", "8/1", reason="SK lain")
    assert receiving.receive(other, sending.send(here, tmp_path, full=True).path).counts["conflict"] > 0


def test_going_there_and_back_leaves_no_old_name_behind(kelurahan):
    rt_moves.rename_rt(kelurahan, HERE, "1/1", "5/1", reason="SK")
    rt_moves.rename_rt(kelurahan, HERE, "5/1", "1/1", reason="SK dicabut")
    assert moves_followed.late(kelurahan) == []
    assert ids(kelurahan, Household, "001/001") == ["h1", "h2", "old"]
    assert only(kelurahan, RtSurvey, "001/001")["area_ha"] == "2.5"


def test_an_rt_that_lives_on_under_its_old_name_is_no_longer_offered(kelurahan):
    rt_moves.rename_rt(kelurahan, HERE, "1/1", "5/1", reason="SK")
    recording.record(kelurahan, Household, {"id": "new", "rt": "1/1"})
    (late,) = moves_followed.late(kelurahan)
    moves_followed.keep_old(kelurahan, late, reason="RT baru memakai nomor lama")
    assert moves_followed.late(kelurahan) == []


def test_drafts_follow_their_rt(kelurahan):
    keyed_drafts.keep(
        kelurahan, Household, "h1", {"rt": "001/001", "region": HERE, "period": YEAR, "kk_count": 5}, "mbr"
    )
    rt_moves.rename_rt(kelurahan, HERE, "1/1", "5/1", reason="SK")
    assert [draft.answers["rt"] for draft in keyed_drafts.waiting(kelurahan)] == ["005/001"]


@pytest.mark.parametrize(("old", "new", "reason", "code"), [
    ("1/1", "RT 1 RW 1", "SK", "P01"), ("1/1", "5/1", " ", "P03"), ("3/3", "5/1", "SK", "P05"),
])
def test_what_cannot_be_moved_is_refused_and_nothing_changes(kelurahan, old, new, reason, code):
    before = soundness.digest(kelurahan)
    with pytest.raises(Trouble) as refused:
        rt_moves.rename_rt(kelurahan, HERE, old, new, reason=reason)
    assert refused.value.code == code
    assert soundness.digest(kelurahan) == before


def test_a_verified_household_that_moved_is_counted_and_must_be_verified_again(make_workspace):
    district = make_workspace("d", role="district")
    answers = {key: value for key, value in a_record(Household, period=YEAR).answers.items() if value is not None}
    recording.record(district, Household, {**answers, "id": "h", "rt": "1/1", "region": HERE, "period": YEAR})
    assert verification.verify(district, ids=["h"]).verified == ("h",)
    assert rt_moves.rename_rt(district, HERE, "1/1", "5/1", reason="SK").verified == 1
    with district.asking() as connection:
        assert review.standing(records.read(connection, "household", ["h"])["h"]) == review.CHANGED


def test_an_rt_that_an_older_release_called_0_can_be_renamed(workspace):
    with editing(workspace) as edits:
        answers = {"region": HERE, "rt": "000", "period": YEAR}
        edits.save(Household.key, "h", answers, origin="lama")
    assert rt_moves.rename_rt(workspace, HERE, "000", "1/1", reason="RT 1").households == 1
    assert ids(workspace, Household, "001/001") == ["h"]
