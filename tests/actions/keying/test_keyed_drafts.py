import pytest

from p2kp_desktop.actions.keying import answer_history, keyed_drafts, persons
from p2kp_desktop.actions.keying.keyed_drafts import Filled, Place
from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.actions.recording import conflicts, named_acts, recording
from p2kp_desktop.forms import Household, Period, Rt, RtSurvey
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import Record
from p2kp_desktop.store import drafts, records
from tests.conftest import KELURAHAN
from tests.examples import a_record

HERE = Place(KELURAHAN, "014/005", "2022")


def keep(workspace, keying, question=""):
    return keyed_drafts.keep(workspace, keying.form, keying.record.id, keying.draft(), question)


def save(workspace, keying):
    return keyed_drafts.save(workspace, keying.form, keying.record.id, keying.given(), is_new=keying.is_new)


def test_a_new_household_stands_where_it_was_begun_and_is_numbered_after_the_others(workspace):
    recording.record(workspace, Household, {"rt": "014/005", "period": "2022", "kk_count": 1})
    opened = keyed_drafts.open_record(workspace, Household, HERE)
    assert opened.keying.record.answers == {"region": KELURAHAN, "rt": "014/005", "period": "2022"}
    assert (opened.number, opened.count, opened.keying.is_new) == (2, 1, True)
    assert not opened.keying.is_touched


def test_a_draft_comes_back_at_its_question_with_what_could_not_be_read(workspace):
    keying = keyed_drafts.open_record(workspace, Household, HERE).keying
    keying = keying.put("head_name", "Siti")
    keying = keying.put("kk_count", "1,5")
    kept = keep(workspace, keying, "mbr")
    opened = keyed_drafts.open_draft(workspace)
    assert (opened.question, opened.drafted) == ("mbr", kept)
    assert opened.keying.draft() == keying.draft()
    assert opened.keying.is_new
    assert opened.keying.is_touched
    assert [draft.id for draft in keyed_drafts.waiting(workspace)] == [keying.record.id]


def test_the_draft_of_a_saved_record_lies_over_it_and_saves_only_what_changed(workspace):
    saved = recording.record(workspace, Household, {**a_record(Household).answers, "kk_count": 1}).id
    keying = keyed_drafts.open_record(workspace, Household, HERE, saved).keying
    keying = keying.put("kk_count", "2")
    keep(workspace, keying, "mbr")
    opened = keyed_drafts.open_record(workspace, Household, HERE, saved)
    assert opened.keying.given() == {"kk_count": 2}
    assert opened.saved.person == "Siti"
    assert opened.number == 1


def test_saving_takes_the_draft_away_and_dropping_too(workspace):
    first = keyed_drafts.open_record(workspace, Household, HERE).keying
    second = keyed_drafts.open_record(workspace, Household, HERE).keying
    first, second = (keying.put("head_name", "Siti") for keying in (first, second))
    for keying in (first, second):
        keep(workspace, keying)
    save(workspace, first)
    keyed_drafts.drop(workspace, second.record.id)
    assert keyed_drafts.waiting(workspace) == []
    assert keyed_drafts.open_draft(workspace) is None
    again = keyed_drafts.open_record(workspace, Household, HERE, first.record.id)
    assert again.keying.record.answers["head_name"] == "Siti"


def drafts_of(workspace):
    return {each.id: each.answers.get("head_name") for each in keyed_drafts.waiting(workspace)}


def test_a_draft_thrown_away_comes_back_and_goes_again(workspace):
    keying = keyed_drafts.open_record(workspace, Household, HERE).keying.put("head_name", "Siti").put("kk_count", "1,5")
    keep(workspace, keying, "mbr")
    (whole,) = keyed_drafts.waiting(workspace)
    keyed_drafts.drop(workspace, keying.record.id)
    act = named_acts.last(workspace)
    assert (act.name, act.records) == ("Draf Siti dibuang", 1)
    back = named_acts.take_back(workspace, act.id)
    assert (back.records, back.left) == (1, ())
    assert keyed_drafts.waiting(workspace) == [whole]
    named_acts.take_back(workspace, named_acts.offer(workspace, 0).redo.id)
    assert keyed_drafts.waiting(workspace) == []
    named_acts.take_back(workspace, named_acts.last(workspace).id)
    assert keyed_drafts.waiting(workspace) == [whole]


def test_a_draft_begun_anew_since_is_left_as_it_is_and_named(workspace):
    keying = keyed_drafts.open_record(workspace, Household, HERE).keying.put("head_name", "Siti")
    keep(workspace, keying)
    keyed_drafts.drop(workspace, keying.record.id)
    keep(workspace, keying.put("head_name", "Siti Aminah"))
    back = named_acts.take_back(workspace, named_acts.last(workspace).id)
    assert (back.records, [each.name for each in back.left]) == (0, ["Siti Aminah"])
    assert drafts_of(workspace) == {keying.record.id: "Siti Aminah"}


def test_a_record_and_the_draft_over_it_are_one_act(workspace):
    saved = recording.record(workspace, Household, {**a_record(Household).answers, "kk_count": 1}).id
    keep(workspace, keyed_drafts.open_record(workspace, Household, HERE, saved).keying.put("kk_count", "2"))
    (whole,) = keyed_drafts.waiting(workspace)
    recording.delete(workspace, Household, saved, reason="dobel")
    keyed_drafts.drop(workspace, saved)
    back = named_acts.take_back(workspace, named_acts.last(workspace).id)
    assert (back.records, back.left) == (1, ())
    assert keyed_drafts.waiting(workspace) == [whole]
    assert keyed_drafts.open_record(workspace, Household, HERE, saved).keying.given() == {"kk_count": 2}
    named_acts.take_back(workspace, named_acts.offer(workspace, 0).redo.id)
    assert keyed_drafts.waiting(workspace) == []
    with workspace.asking() as connection:
        assert records.read(connection, "household", [saved])[saved].values()["alive"] == 0


@pytest.mark.parametrize(("typed", "kept"), [("1,218", "1.218"), ("1.218", "1218"), ("1218", "1218")])
def test_a_number_is_saved_as_the_form_understood_it(workspace, typed, kept):
    keying = keyed_drafts.open_record(workspace, RtSurvey, HERE).keying
    keying = keying.put("road_m", typed)
    save(workspace, keying)
    opened = keyed_drafts.open_record(workspace, RtSurvey, HERE).keying
    (row,) = [row for row in opened.rows() if row.question.key == "road_m"]
    opened.put("road_m", row.text)  # as Enter does over an answer that stands there
    assert (opened.record.answers["road_m"], opened.is_touched) == (kept, False)


def test_a_refused_save_leaves_the_draft(workspace):
    keying = keyed_drafts.open_record(workspace, Period, HERE).keying
    keying = keying.put("note", "uji")
    keep(workspace, keying)
    assert keying.undecided() == ["year"]
    with pytest.raises(recording.Refused):
        save(workspace, keying)
    assert len(keyed_drafts.waiting(workspace)) == 1


def test_an_rt_has_one_survey_however_often_it_is_begun(workspace):
    keying = keyed_drafts.open_record(workspace, RtSurvey, HERE).keying
    keying = keying.put("area_ha", "2,5")
    save(workspace, keying)
    again = keyed_drafts.open_record(workspace, RtSurvey, HERE)
    assert again.keying.record.answers["area_ha"] == "2.5"
    assert not again.keying.is_new


def test_an_rt_that_is_recorded_already_is_not_begun_a_second_time(workspace):
    recording.record(workspace, Rt, {"rt": "014/005", "head_name": "Pak Amir"})
    keying = keyed_drafts.open_record(workspace, Rt, Place(KELURAHAN, None, "2022")).keying
    keying = keying.put("rt_number", "14")
    keying = keying.put("rw_number", "5")
    assert keying.undecided() == []
    with pytest.raises(Trouble, match="sudah tercatat"):
        save(workspace, keying)


def test_the_rules_of_the_period_decide_what_is_asked_in_a_draft_too(workspace):
    recording.record(workspace, Period, {"year": 2016, "rules": "2016"})
    keying = keyed_drafts.open_record(workspace, RtSurvey, Place(KELURAHAN, "014/005", "2016")).keying
    assert keying.record.rules == "2016"
    keying = keying.choose("waste_sound", "a")
    keep(workspace, keying)
    assert keyed_drafts.open_draft(workspace).keying.record.rules == "2016"


def test_the_next_of_the_stack_carries_place_date_and_interviewer(workspace):
    keying = keyed_drafts.open_record(workspace, Household, HERE).keying
    for key, text in (("survey_date", "4/10/22"), ("interviewer", "Rina"), ("head_name", "Siti")):
        keying = keying.put(key, text)
    following = keying.next_one()
    assert following.record.answers == {
        "region": KELURAHAN, "rt": "014/005", "period": "2022", "survey_date": "2022-10-04", "interviewer": "Rina",
    }
    assert following.record.id != keying.record.id
    assert following.is_new


def test_a_record_that_is_not_here_is_told(workspace):
    with pytest.raises(Trouble):
        keyed_drafts.open_record(workspace, Household, HERE, "nothing")


def test_the_history_of_an_answer_names_each_change(workspace):
    ident = recording.record(workspace, Household, {"rt": "1/1", "kk_count": 1}).id
    recording.record(workspace, Household, {"id": ident, "kk_count": 2})
    steps = answer_history.answer_history(workspace, Household, ident, "kk_count")
    assert [(step.person, step.before, step.after) for step in steps] == [("Siti", "1", "2")]
    assert answer_history.answer_history(workspace, Household, ident, "rt")[0].after == "001/001"


def test_what_could_not_be_read_does_not_empty_a_saved_answer():
    keying = Keying(Record(Household, "h", {"kk_count": 1}), is_new=False)
    keying = keying.put("kk_count", "satu")
    assert [row.question.key for row in keying.unread()] == ["kk_count"]
    assert keying.given() == {}


def test_a_draft_of_a_record_is_kept_once(workspace):
    keying = keyed_drafts.open_record(workspace, Household, HERE).keying
    for name in ("S", "Si", "Siti"):
        keying = keying.put("head_name", name)
        keep(workspace, keying)
    with workspace.asking() as connection:
        assert [draft.answers["head_name"] for draft in drafts.waiting(connection)] == ["Siti"]
        assert records.read(connection, "household", [keying.record.id]) == {}


def two_at_once(workspace):
    """Return a household that two people have open, as each of them has it."""
    saved = recording.record(workspace, Household, {**a_record(Household).answers, "kk_count": 1}).id
    return saved, *(keyed_drafts.open_record(workspace, Household, HERE, saved).keying for _ in range(2))


def save_opened(workspace, keying):
    return keyed_drafts.save_filled(
        workspace, Household, keying.record.id, Filled.of(keying, ""), is_new=keying.is_new
    )


def sides(workspace, record, key):
    with workspace.asking() as connection:
        version = records.read(connection, "household", [record])[record]
    return {sibling.value for sibling in version.conflicts().get(key, ())}, version.values()


def test_two_with_one_record_open_replace_nothing_that_the_other_said(workspace):
    saved, first, second = two_at_once(workspace)
    save_opened(workspace, first.put("kk_count", "2").put("head_name", "Siti Aminah"))
    recorded = save_opened(workspace, second.put("kk_count", "3"))
    found, values = sides(workspace, saved, "kk_count")
    assert (recorded.contested, found) == (("kk_count",), {2, 3})
    assert values["head_name"] == "Siti Aminah"  # what only one of them changed is theirs


def test_two_who_say_the_same_do_not_contradict_each_other(workspace):
    saved, first, second = two_at_once(workspace)
    save_opened(workspace, first.put("kk_count", "2"))
    recorded = save_opened(workspace, second.put("kk_count", "2"))
    assert (recorded.contested, sides(workspace, saved, "kk_count")[0]) == ((), set())


def test_a_draft_of_yesterday_does_not_replace_what_came_in_since(workspace):
    saved, first, second = two_at_once(workspace)
    keep(workspace, second.put("kk_count", "3"))
    save_without_drafts(workspace, first.put("kk_count", "2"))
    taken_up = keyed_drafts.open_draft(workspace).keying
    assert taken_up.record.answers["kk_count"] == 3
    assert save_opened(workspace, taken_up).contested == ("kk_count",)
    assert sides(workspace, saved, "kk_count")[0] == {2, 3}


def save_without_drafts(workspace, keying):
    recording.record(workspace, Household, {"id": keying.record.id, **keying.given()})


def test_a_record_deleted_while_another_changes_it_asks_whether_it_is_deleted(workspace):
    saved, _first, second = two_at_once(workspace)
    keep(workspace, second.put("kk_count", "3"))
    recording.delete(workspace, Household, saved, reason="ganda")
    taken_up = keyed_drafts.open_draft(workspace).keying
    assert (taken_up.is_new, taken_up.record.answers["head_name"]) == (False, a_record(Household).answers["head_name"])
    assert save_opened(workspace, taken_up).contested == ("alive",)
    assert sides(workspace, saved, "alive")[0] == {0, 1}


def test_a_conflict_of_two_here_travels_and_is_settled_like_any_other(workspace):
    saved, first, second = two_at_once(workspace)
    save_opened(workspace, first.put("kk_count", "2"))
    save_opened(workspace, second.put("kk_count", "3"))
    conflicts.settle(workspace, "household", saved, "kk_count", 2, reason="ditanyakan lagi")
    found, values = sides(workspace, saved, "kk_count")
    assert (found, values["kk_count"]) == (set(), 2)


def sits_down(workspace, person):
    """Let a person work here from now on, entered when they come for the first time."""
    if person not in {each.name for each in persons.listed(workspace)}:
        persons.add(workspace, person, "1234")
    persons.change_to(workspace, person, "1234" if person != "Siti" else "")


def test_two_clerks_have_a_draft_each_of_one_record(workspace):
    saved, first, second = two_at_once(workspace)
    keep(workspace, first.put("kk_count", "2"))
    sits_down(workspace, "Budi")
    opened = keyed_drafts.open_record(workspace, Household, HERE, saved)
    assert (opened.keying.record.answers["kk_count"], opened.drafted, opened.typists) == (1, "", ("Siti",))
    keep(workspace, second.put("kk_count", "3"))
    assert keyed_drafts.open_draft(workspace).keying.record.answers["kk_count"] == 3
    sits_down(workspace, "Siti")
    assert keyed_drafts.open_draft(workspace, saved).keying.record.answers["kk_count"] == 2
    assert len(keyed_drafts.waiting(workspace)) == 1  # a list has the record once


def test_what_one_clerk_saves_or_throws_away_leaves_the_draft_of_the_other(workspace):
    saved, first, second = two_at_once(workspace)
    keep(workspace, first.put("kk_count", "2"))
    sits_down(workspace, "Budi")
    keyed_drafts.drop(workspace, saved)  # Budi has none
    keep(workspace, second.put("kk_count", "3"))
    save_opened(workspace, keyed_drafts.open_draft(workspace).keying)
    sits_down(workspace, "Siti")
    assert save_opened(workspace, keyed_drafts.open_draft(workspace).keying).contested == ("kk_count",)
    assert sides(workspace, saved, "kk_count")[0] == {2, 3}
    assert keyed_drafts.waiting(workspace) == []


def test_a_draft_of_a_colleague_is_gone_once_all_that_it_says_is_saved(workspace):
    keying = keyed_drafts.open_record(workspace, Household, HERE).keying.put("head_name", "Siti").put("kk_count", "2")
    keep(workspace, keying)
    sits_down(workspace, "Budi")
    taken_up = keyed_drafts.open_draft(workspace).keying
    assert taken_up.record.id == keying.record.id
    save_opened(workspace, taken_up.put("mbr", "a"))
    with workspace.asking() as connection:
        assert drafts.all_of_them(connection) == []


def test_a_colleague_who_finished_the_same_new_record_otherwise_is_not_replaced(workspace):
    keying = keyed_drafts.open_record(workspace, Household, HERE).keying.put("head_name", "Siti").put("kk_count", "2")
    keep(workspace, keying)
    sits_down(workspace, "Budi")
    save_opened(workspace, keyed_drafts.open_draft(workspace).keying.put("kk_count", "3"))
    sits_down(workspace, "Siti")
    assert save_opened(workspace, keying).contested == ("kk_count",)  # her window still has it as a new one
    assert sides(workspace, keying.record.id, "kk_count")[0] == {2, 3}


def test_the_draft_of_a_new_record_that_a_colleague_saved_meanwhile_is_one_of_a_saved_record(workspace):
    keying = keyed_drafts.open_record(workspace, Household, HERE).keying.put("head_name", "Siti").put("kk_count", "2")
    keep(workspace, keying)
    sits_down(workspace, "Budi")
    save_opened(workspace, keyed_drafts.open_draft(workspace).keying.put("kk_count", "3"))
    sits_down(workspace, "Siti")
    opened = keyed_drafts.open_draft(workspace)
    assert not opened.keying.is_new
    assert save_opened(workspace, opened.keying).contested == ("kk_count",)


def test_each_clerk_has_their_own_drafts_back_by_ctrl_z(workspace):
    saved, first, second = two_at_once(workspace)
    keep(workspace, first.put("kk_count", "2"))
    sits_down(workspace, "Budi")
    keep(workspace, second.put("kk_count", "3"))
    keyed_drafts.drop(workspace, saved)
    assert [(each.person, each.answers["kk_count"]) for each in keyed_drafts.waiting(workspace)] == [("Siti", 2)]
    sits_down(workspace, "Siti")
    named_acts.take_back(workspace, named_acts.last(workspace).id)
    with workspace.asking() as connection:
        found = {each.person: each.answers["kk_count"] for each in drafts.all_of_them(connection)}
    assert found == {"Siti": 2, "Budi": 3}


def as_an_old_release_kept_it(workspace, record, answers, time="2020-01-01T08:00:00+07:00"):
    """Keep a draft that says nothing of what its author had seen."""
    with workspace.changing() as connection:
        drafts.keep(connection, drafts.Draft(record, "household", answers, "", "Siti", time))


def test_a_draft_of_an_old_release_stands_as_a_conflict_beside_what_changed_since(workspace):
    saved, _first, _second = two_at_once(workspace)
    as_an_old_release_kept_it(workspace, saved, {"kk_count": 3, "head_name": None})
    keying = keyed_drafts.open_draft(workspace).keying
    assert keying.record.answers["kk_count"] == 3
    assert set(save_opened(workspace, keying).contested) == {"kk_count", "head_name"}
    assert sides(workspace, saved, "kk_count")[0] == {1, 3}


def test_a_draft_of_an_old_release_is_saved_as_ever_where_nothing_changed_since(workspace):
    saved, _first, _second = two_at_once(workspace)
    as_an_old_release_kept_it(workspace, saved, {"kk_count": 3}, "2199-01-01T08:00:00+07:00")
    assert save_opened(workspace, keyed_drafts.open_draft(workspace).keying).contested == ()
    assert sides(workspace, saved, "kk_count")[1]["kk_count"] == 3


def test_a_draft_of_an_old_release_does_not_bring_a_deleted_record_back_by_itself(workspace):
    saved, _first, _second = two_at_once(workspace)
    as_an_old_release_kept_it(workspace, saved, {"kk_count": 3})
    recording.delete(workspace, Household, saved, reason="ganda")
    assert save_opened(workspace, keyed_drafts.open_draft(workspace).keying).contested[-1] == "alive"


def test_a_draft_of_an_old_release_does_not_fill_unseen_what_somebody_emptied(workspace):
    saved, _first, _second = two_at_once(workspace)
    recording.record(workspace, Household, {"id": saved, "kk_count": None})
    as_an_old_release_kept_it(workspace, saved, {"kk_count": 3})
    assert save_opened(workspace, keyed_drafts.open_draft(workspace).keying).contested == ("kk_count",)
