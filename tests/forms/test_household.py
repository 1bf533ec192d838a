"""Format A: order, letters, skips and checks as in the official questionnaire."""

import pytest

from p2kp_desktop.forms import Household
from p2kp_desktop.schema import SOFT, Choice
from tests.examples import a_record

PRINTED = [
    *("1", "2", "3", "4", "5", "6a", "6b", "6c", "6"),
    *(str(number) for number in range(7, 29)),
]
OPTIONS = {"1": 2, "2": 2, "3": 3, "4": 3, "5": 2, "9": 2, "10": 2, "11": 2, "12": 11, "13": 2, "14": 3, "15": 3}
OPTIONS |= {"16": 2, "17": 2, "18": 5, "19": 2, "20": 7, "21": 5, "22": 6, "23": 3, "24": 5, "25": 3, "26": 2}
OPTIONS |= {"27": 3, "28": 4}
HEADER = ["survey_date", "head_name", "nik", "building", "kk_count", "mbr", "members_male", "members_female"]


def problems(**answers: object) -> set[tuple[str, str]]:
    return {(each.question, each.severity) for each in a_record(Household, **answers).problems()}


def by_number(number: str) -> Choice:
    (found,) = (q for q in Household.questions if q.number == number)
    assert isinstance(found, Choice)
    return found


def test_a_survey_in_another_year_than_the_period_is_a_soft_problem_at_its_date() -> None:
    def said(day: str, period: str) -> list[tuple[str, str]]:
        problems = a_record(Household, survey_date=day, period=period).problems()
        return [(each.message, each.severity) for each in problems if each.question == "survey_date"]

    assert said("2021-10-04", "2022") == [("Di luar periode 2022. Periksa tahunnya.", SOFT)]
    assert said("2021-10-04", "2022-awal") == [("Di luar periode 2022-awal. Periksa tahunnya.", SOFT)]
    assert said("2022-10-04", "2022") == said("2021-10-04", "uji coba") == []


def test_the_questions_stand_in_the_printed_order() -> None:
    assert [q.number for q in Household.questions if q.number] == PRINTED


def test_the_lists_are_as_long_as_printed() -> None:
    assert {n: len(by_number(n).options.all) for n in OPTIONS} == OPTIONS


def test_scripts_find_the_header_under_its_agreed_keys() -> None:
    keys = [q.key for q in Household.questions if q.number is None]
    assert [key for key in keys if key in HEADER] == HEADER
    assert "members_disabled" in keys
    assert Household.mbr.options.codes == ("mbr", "non_mbr")


def test_names_and_identity_numbers_may_be_withheld() -> None:
    assert Household.head_name.private
    assert Household.nik.private
    assert Household.kk_number.private


@pytest.mark.parametrize(("number", "letter", "label"), [("4", "b", "Tidak"), ("4", "c", "Ya"), ("5", "a", "Tidak")])
def test_no_stands_before_yes_where_it_is_printed_so(number: str, letter: str, label: str) -> None:
    options = by_number(number).options
    assert options.show(options.code(letter)) == label


def test_skips_are_as_printed() -> None:
    assert by_number("13").when.sentence() == "12 = c / d / e"
    assert by_number("16").when.sentence() == "15 bukan c"
    assert by_number("17").when.sentence() == "15 bukan c"
    assert by_number("19").when.sentence() == "18 bukan c / d / e"


@pytest.mark.parametrize(("letter", "asked"), [("a", True), ("b", True), ("c", False), (None, True)])
def test_the_closet_is_asked_unless_there_is_none(letter: str | None, asked: bool) -> None:
    assert ("closet" in a_record(Household, defecation=letter).asked_answers()) is asked


@pytest.mark.parametrize(("letter", "asked"), [("a", True), ("b", True), ("d", False), (None, True)])
def test_hauling_is_asked_unless_the_waste_goes_elsewhere(letter: str | None, asked: bool) -> None:
    assert ("waste_collection" in a_record(Household, waste_disposal=letter).asked_answers()) is asked


def test_an_answer_to_a_question_not_asked_is_a_soft_problem() -> None:
    assert problems(water_source="a", pit_distance="b") == {("pit_distance", "soft")}


def test_area_and_area_per_person_follow_from_other_answers() -> None:
    record = a_record(Household, floor_length="7,2", floor_width=4, floors=1, members_male=1, members_female=3)
    assert record.derived()["floor_area"] == "28,8"
    assert record.derived()["area_per_person"] == "7,2"
    assert record.derived()["members_total"] == "4"


def test_disabled_members_are_among_the_members() -> None:
    assert problems(members_disabled=4) == set()
    assert problems(members_disabled=5) == {("members_disabled", "hard")}


def test_a_household_without_anybody_is_unlikely() -> None:
    assert problems(members_male=0, members_female=0, occupants=0) == {("members_male", "soft")}


def test_more_occupants_than_members_are_unlikely_and_fewer_impossible() -> None:
    assert problems(occupants=9) == {("occupants", "soft")}
    assert problems(occupants=3) == {("occupants", "hard")}


def test_a_negative_length_is_impossible() -> None:
    assert problems(floor_length=-1) == {("floor_length", "hard")}


def test_a_record_tells_what_follows_from_its_answers_from_those_that_can_be() -> None:
    house = a_record(Household, floor_length="6", floor_width="4", floors=2)
    assert house[Household.floor_area] == 48
    assert a_record(Household, floor_length="-6")[Household.floor_area] is None
