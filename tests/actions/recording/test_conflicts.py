import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.home import overview
from p2kp_desktop.actions.recording import conflicts, named_acts, recording, saves
from p2kp_desktop.actions.scores import progress, slum_scores
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import ALIVE, Unreadable
from p2kp_desktop.store import records
from tests.examples import a_record

HERE = "16.71.01.1001"
HERLINA = {"rt": "14/5", "head_name": "Herlina", "kk_count": 1, "members_male": 2, "members_female": 1}


@pytest.fixture
def two(make_workspace, tmp_path):
    """Give two workspaces that both hold one household, its id, and what sends from one to the other."""
    ali, budi = make_workspace("Ali"), make_workspace("Budi")
    household = recording.record(ali, Household, HERLINA).id

    def pass_on(sender, receiver):
        received = receiving.receive(receiver, sending.send(sender, tmp_path).path)
        assert received.error is None
        return received

    pass_on(ali, budi)
    return ali, budi, household, pass_on


def change(workspace, household, **answers):
    recording.record(workspace, Household, {"id": household, **answers})


def alternatives(workspace):
    (heading,) = conflicts.headings(workspace)
    return heading, conflicts.weigh(workspace, heading).alternatives


def by_value(some):
    return {each.value: (each.in_force, [(side.person, side.workspace, side.here) for side in each.sides])
            for each in some}


def test_a_decision_travels_and_leaves_no_conflict_anywhere(two):
    ali, budi, household, pass_on = two
    change(ali, household, roof="a")
    change(budi, household, roof="b")
    pass_on(budi, ali)
    pass_on(ali, budi)
    assert (conflicts.count(ali), conflicts.count(budi)) == (1, 1)
    conflicts.settle(ali, "household", household, "roof", "bocor", reason="dilihat lagi")
    pass_on(ali, budi)
    assert (conflicts.count(ali), conflicts.count(budi)) == (0, 0)
    assert soundness.digest(ali) == soundness.digest(budi)
    with budi.asking() as connection:
        assert records.read(connection, "household", [household])[household].values()["roof"] == "bocor"


def test_a_conflict_is_named_by_record_place_number_and_wording(two):
    ali, budi, household, pass_on = two
    change(ali, household, roof="a")
    change(budi, household, roof="b")
    pass_on(budi, ali)
    heading, sides = alternatives(ali)
    assert (heading.record, heading.number, heading.wording) == ("Herlina", "9", "Kondisi atap terluas")
    assert heading.place.startswith("RT 014/005 · ")
    assert {side.letters for side in sides} == {("a",), ("b",)}
    assert {side.sides[0].here: side.sides[0].person for side in sides} == {True: "Ali", False: "Budi"}
    assert [side.in_force for side in sides].count(True) == 1


def test_each_answer_says_what_it_does_to_the_score_and_what_is_still_missing(two):
    ali, budi, household, pass_on = two
    change(ali, household, water_source="d")
    change(budi, household, water_source="a")
    pass_on(budi, ali)
    _, sides = alternatives(ali)
    told = {side.value: [(effect.aspect, effect.good, effect.missing) for effect in side.effects] for side in sides}
    assert told == {
        "sumur_terlindung": [("Akses air minum aman", False, ("13",))],
        "ledeng_meteran": [("Akses air minum aman", True, ())],
    }


def test_an_answer_that_changes_no_verdict_still_shows_the_verdict_it_belongs_to(two):
    ali, budi, household, pass_on = two
    change(ali, household, water_source="d")
    change(budi, household, water_source="c")
    pass_on(budi, ali)
    _, sides = alternatives(ali)
    assert {(effect.aspect, effect.good) for side in sides for effect in side.effects} == {
        ("Akses air minum aman", False)
    }


def test_equal_answers_of_several_people_are_one_alternative(two, make_workspace):
    ali, budi, household, pass_on = two
    cici = make_workspace("Cici")
    pass_on(ali, cici)
    for workspace, roof in ((ali, "a"), (budi, "b"), (cici, "b")):
        change(workspace, household, roof=roof)
    pass_on(budi, ali)
    pass_on(cici, ali)
    _, sides = alternatives(ali)
    assert sorted(len(side.sides) for side in sides) == [1, 2]


def test_a_delete_against_an_edit_is_told_in_words_with_its_reason(two):
    ali, budi, household, pass_on = two
    recording.delete(ali, Household, household, reason="dobel")
    change(budi, household, roof="b")
    pass_on(budi, ali)
    heading, sides = alternatives(ali)
    assert heading.wording == "Dihapus di satu laptop, diubah di laptop lain"
    assert {side.shown: side.sides[0].reason for side in sides} == {"dihapus": "dobel", "ada": ""}


def both_deleted_and_in_conflict(two):
    ali, budi, household, pass_on = two
    change(ali, household, roof="a")
    change(budi, household, roof="b")
    recording.delete(ali, Household, household, reason="dobel")
    change(budi, household, kk_count=2)
    pass_on(budi, ali)
    assert {heading.question for heading in conflicts.headings(ali)} == {"roof", ALIVE}
    return ali, budi, household, pass_on


def test_whether_a_record_is_deleted_is_decided_before_its_answers(two):
    ali, _, household, _ = both_deleted_and_in_conflict(two)
    assert [heading.question for heading in conflicts.headings(ali)] == [ALIVE, "roof"]
    with pytest.raises(Trouble, match="K12"):
        conflicts.settle(ali, "household", household, "roof", "bocor", reason="dilihat")
    assert conflicts.count(ali) == 2
    conflicts.settle(ali, "household", household, ALIVE, 1, reason="masih dihuni")
    conflicts.settle(ali, "household", household, "roof", "bocor", reason="dilihat")
    assert conflicts.count(ali) == 0


def test_deciding_for_deletion_decides_the_other_answers_and_arrives(two):
    ali, budi, household, pass_on = both_deleted_and_in_conflict(two)
    conflicts.settle(ali, "household", household, ALIVE, 0, reason="memang dobel")
    assert conflicts.count(ali) == 0
    pass_on(ali, budi)
    assert conflicts.count(budi) == 0
    with budi.asking() as connection:
        assert records.read(connection, "household", [household])[household].values()[ALIVE] == 0


def test_a_settlement_needs_a_reason_and_an_open_conflict(two):
    ali, budi, household, pass_on = two
    change(ali, household, roof="a")
    change(budi, household, roof="b")
    pass_on(budi, ali)
    with pytest.raises(Trouble, match="K10"):
        conflicts.settle(ali, "household", household, "roof", "bocor", reason="  ")
    heading, _ = alternatives(ali)
    conflicts.settle(ali, "household", household, "roof", "bocor", reason="dilihat")
    with pytest.raises(Trouble, match="K11"):
        conflicts.settle(ali, "household", household, "roof", "bocor", reason="dilihat")
    assert conflicts.weigh(ali, heading) is None


def test_an_answer_that_came_in_meanwhile_is_not_decided_unseen(two):
    ali, budi, household, pass_on = two
    change(ali, household, roof="a")
    change(budi, household, roof="b")
    pass_on(budi, ali)
    seen = [each.value for each in alternatives(ali)[1]]
    change(budi, household, roof=None)
    pass_on(budi, ali)
    with pytest.raises(Trouble, match="K15"):
        conflicts.settle(ali, "household", household, "roof", "bocor", reason="dilihat lagi", among=seen)
    seen = [each.value for each in alternatives(ali)[1]]
    conflicts.settle(ali, "household", household, "roof", "bocor", reason="dilihat lagi", among=seen)
    assert conflicts.count(ali) == 0


def test_regions_in_conflict_are_shown_by_name(make_workspace, tmp_path):
    ali, budi = (make_workspace(name, "district", ("16.71",)) for name in ("Ali", "Budi"))
    household = recording.record(ali, Household, HERLINA | {"region": "16.71.01.1001"}).id
    receiving.receive(budi, sending.send(ali, tmp_path).path)
    change(ali, household, region="16.71.01.1002")
    change(budi, household, region="16.71.01.1003")
    receiving.receive(ali, sending.send(budi, tmp_path).path)
    heading, sides = alternatives(ali)
    assert heading.wording == "Kelurahan/desa"
    assert all(not side.shown.startswith("16.") for side in sides)


@pytest.mark.parametrize("text", ["", "null", "x"])
@pytest.mark.parametrize("question", [ALIVE, "rt", "region"])
def test_where_a_record_stands_is_settled_only_for_one_of_the_sides(two, question, text):
    ali, budi, household, pass_on = two
    if question == ALIVE:
        recording.delete(ali, Household, household, reason="dobel")
        change(budi, household, kk_count=2)
    else:
        for workspace, value in ((ali, {"rt": "1/1"}), (budi, {"rt": "2/2"})):
            with saves.editing(workspace) as edits:
                given = value if question == "rt" else {"region": f"16.71.01.100{value['rt'][0]}"}
                edits.save("household", household, given, origin="x")
    pass_on(budi, ali)
    assert [each.question for each in conflicts.open_conflicts(ali)] == [question]
    with pytest.raises((Trouble, Unreadable)):
        conflicts.settle_by_text(ali, household, question, text, reason="x")
    assert [each.question for each in conflicts.open_conflicts(ali)] == [question]
    assert soundness.check(ali) == []


def test_a_score_made_of_answers_in_conflict_is_provisional(two):
    ali, budi, household, pass_on = two
    here = {"region": HERE, "rt": "14/5", "period": str(environment.this_year())}
    recording.record(ali, RtSurvey, a_record(RtSurvey).answers | here)
    change(ali, household, roof="a", head_name="Herlina Wati")
    change(budi, household, head_name="Herlina W.")
    pass_on(budi, ali)
    (row,) = slum_scores.assessments(ali)
    assert (row.disputed, "konflik" in " ".join(row.open)) == (0, False)
    change(budi, household, roof="b")
    pass_on(budi, ali)
    told = slum_scores.score_workspace(ali)
    (row,) = told["rows"]
    assert row["provisional"] is True
    assert row["reasons"][-1] == "1 jawaban yang dinilai masih dalam konflik."
    assert row["warnings"] == ["1 jawaban yang dinilai masih dalam konflik; nilai sementara."]
    assert told["warnings"] == [f"{HERE} 014/005: {row['warnings'][0]}"]
    (line,) = progress.villages(ali, HERE, told["period"])
    assert line.provisional
    assert overview.picture(ali, HERE, told["period"]).now.hundreds.base.disputed == 1
    conflicts.settle(ali, "household", household, "roof", "bocor", reason="dilihat lagi")
    assert "konflik" not in " ".join(slum_scores.assessments(ali)[0].open)


def test_a_decision_taken_back_opens_the_conflict_again_between_the_same_people_everywhere(two):
    ali, budi, household, pass_on = two
    change(ali, household, roof="a")
    change(budi, household, roof="b")
    pass_on(budi, ali)
    pass_on(ali, budi)
    before = alternatives(ali)[1]
    told = conflicts.settle(ali, "household", household, "roof", "bocor", reason="dilihat lagi")
    assert told == "Herlina, 9 Kondisi atap terluas = Bocor"
    pass_on(ali, budi)
    decided = soundness.digest(budi)
    act = named_acts.last(ali)
    assert act.name == "Keputusan konflik Herlina, 9 Kondisi atap terluas"
    assert named_acts.take_back(ali, act.id) == named_acts.TakenBack(1, (), act.name)
    pass_on(ali, budi)
    assert (conflicts.count(ali), conflicts.count(budi)) == (1, 1)
    assert soundness.digest(ali) == soundness.digest(budi) != decided
    assert (soundness.check(ali), soundness.check(budi)) == ([], [])
    after = alternatives(ali)[1]
    assert by_value(before) == by_value(after)
    named_acts.take_back(ali, named_acts.offer(ali, 0).redo.id)
    pass_on(ali, budi)
    assert (conflicts.count(ali), conflicts.count(budi)) == (0, 0)
    assert soundness.digest(ali) == soundness.digest(budi)


def test_taking_back_that_a_record_was_deleted_opens_all_its_conflicts_again(two):
    ali, budi, household, pass_on = two
    change(ali, household, roof="a")
    change(budi, household, roof="b")
    pass_on(budi, ali)
    pass_on(ali, budi)
    recording.delete(budi, Household, household, reason="dobel")
    change(ali, household, kk_count=2)
    pass_on(budi, ali)
    opened = {heading.question for heading in conflicts.headings(ali)}
    assert ALIVE in opened
    conflicts.settle(ali, "household", household, ALIVE, 0, reason="memang dobel")
    assert conflicts.count(ali) == 0
    named_acts.take_back(ali, named_acts.last(ali).id)
    assert {heading.question for heading in conflicts.headings(ali)} == opened
    assert soundness.check(ali) == []


def test_typing_the_value_that_is_shown_settles_the_conflict(two):
    """Whoever types it has said which it is, also where nothing on the screen changes."""
    ali, budi, household, pass_on = two
    change(ali, household, roof="a")
    change(budi, household, roof="b")
    pass_on(budi, ali)
    with ali.asking() as connection:
        shown = records.read(connection, "household", [household])[household].values()["roof"]
    change(ali, household, roof=shown)
    assert conflicts.count(ali) == 0
    pass_on(ali, budi)
    assert conflicts.count(budi) == 0
    assert soundness.digest(ali) == soundness.digest(budi)
