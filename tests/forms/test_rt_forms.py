"""Format B, the recap, and the RT itself."""

import pytest

from p2kp_desktop.forms import Period, Rt, RtRecap, RtSurvey
from p2kp_desktop.rules import Criterion, regulation
from p2kp_desktop.schema import Choice, Form, Several
from tests.examples import a_record

ONLY_2016 = {"23", "24", "25", "26", "31"}
CODES_2018 = ["1a", "1b", "1c", "2a", "2b", "3a", "3b", "4a", "4b", "4c", "5a", "5b", "6a", "6b", "7a", "7b"]


def problems(form: type[Form], **answers: object) -> set[tuple[str, str]]:
    return {(each.question, each.severity) for each in a_record(form, **answers).problems()}


def test_format_b_asks_1_to_39_in_order() -> None:
    assert [q.number for q in RtSurvey.questions if q.number] == [str(n) for n in range(1, 40)]


@pytest.mark.parametrize(("rules", "asked"), [("2018", set()), ("2016", ONLY_2016)])
def test_the_older_rules_ask_five_more_questions(rules: str, asked: set[str]) -> None:
    record = a_record(RtSurvey, rules=rules, connection_needed="a")
    assert {q.number for q in record.asked()} & ONLY_2016 == asked


def test_yes_and_present_come_first_in_format_b() -> None:
    pairs = [q for q in RtSurvey.questions if isinstance(q, Choice) and "Tidak" in [o.label for o in q.options]]
    assert len(pairs) == 10
    assert all(q.options.all[0].label in ("Ya", "Ada") for q in pairs)


@pytest.mark.parametrize(
    ("answers", "skipped"),
    [
        ({"flood_height": "a"}, {"16", "17", "18", "19"}),
        ({"new_drain_needed": "b"}, {"22"}),
        ({"fires": "a"}, {"33"}),
    ],
)
def test_skips_are_as_printed(answers: dict[str, str], skipped: set[str]) -> None:
    record = a_record(RtSurvey, **answers)
    asked = {q.number for q in record.asked()}
    assert {str(n) for n in range(1, 40)} - asked == ONLY_2016 | skipped


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("settlement_ha", "2.6"), ("wide_m", 401), ("wide_paved_m", 301), ("wide_paved_good_m", 251),
        ("wide_earth_good_m", 51), ("narrow_paved_good_m", 101), ("narrow_earth_good_m", 51),
        ("wide_drained_m", 301), ("narrow_drained_m", 101), ("sound_drain_m", 301), ("steep_percent", 101),
    ],
)  # fmt: skip
def test_the_official_sheet_refuses_what_cannot_be(key: str, value: object) -> None:
    assert (key, "hard") in problems(RtSurvey, **{key: value})


def test_no_fire_protection_stands_alone() -> None:
    assert problems(RtSurvey, fire_protection=["a", "c"]) == set()
    assert problems(RtSurvey, fire_protection=["a", "d"]) == {("fire_protection", "hard")}
    assert isinstance(RtSurvey.fire_protection, Several)


def test_recap_volumes_carry_the_codes_of_the_criteria() -> None:
    numbered = {q.number: q.key for q in RtRecap.questions if q.number}
    assert [number for number in numbered if not number.startswith("2016")] == CODES_2018
    assert {numbered[c.code]: c.unit for c in regulation("2018").criteria} == {
        c.volume: RtRecap.question(c.volume).unit for c in regulation("2018").criteria
    }
    older = {"4c": "2016-4c", "4d": "2016-4d", "4e": "4c", "6c": "2016-6c"}
    for criterion in regulation("2016").criteria:
        assert numbered[older.get(criterion.code, criterion.code)] == criterion.volume


def test_what_only_the_older_rules_count_is_asked_only_under_them() -> None:
    assert len(list(a_record(RtRecap, rules="2016").asked())) - len(list(a_record(RtRecap).asked())) == 3


@pytest.mark.parametrize("criterion", regulation("2016").criteria, ids=lambda c: c.code)
def test_a_volume_below_zero_or_above_its_denominator_is_impossible(criterion: Criterion) -> None:
    volume, of = criterion.volume, criterion.denominator
    given = {of: 20}
    for wrong in (-1, 21):
        found = list(a_record(RtRecap, rules="2016", **given, **{volume: wrong}).problems())
        assert (volume, "hard") in {(each.question, each.severity) for each in found}
    assert not list(a_record(RtRecap, rules="2016", **given, **{volume: "18.98"}).problems())


def test_road_and_drain_parts_above_the_whole_are_unlikely() -> None:
    assert problems(RtRecap, missing_road_m=150, damaged_road_m=51) == {("damaged_road_m", "soft")}
    assert problems(RtRecap, missing_drain_m=1000, damaged_drain_m=116) == {("damaged_drain_m", "soft")}


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("014/005", {"rt_number": 14, "rw_number": 5}),
        ("201/DS04", {"rt_number": 201, "dusun": "DS04"}),
        ("006/001 SAMPUNG KIDUL", {"rt_number": 6, "rw_number": 1, "dusun": "SAMPUNG KIDUL"}),
        ("DUSUN TIKUNG", {"dusun": "DUSUN TIKUNG"}),
        ("014", {"rt_number": 14}),
    ],
)
def test_an_rt_is_known_by_label_or_by_numbers(label: str, said: dict[str, object]) -> None:
    assert Rt.complete({"rt": label}) == said
    assert Rt.complete(said) == {"rt": label}


def test_an_rt_south_of_the_equator_has_a_place_on_the_map() -> None:
    found = a_record(Rt, latitude="-2,9831", longitude="104,7754")
    assert {key: found.answers[key] for key in ("latitude", "longitude")} == {
        "latitude": "-2.9831", "longitude": "104.7754",
    }
    assert not list(found.problems())
    assert ("latitude", "hard") in problems(Rt, latitude="-98")


def test_completing_an_rt_leaves_what_was_typed() -> None:
    assert Rt.complete({"rt": "014/005", "rt_number": 14, "dusun": "Melati"}) == {"rw_number": 5}
    assert Rt.complete({"dusun": "—"}) == {}
    assert Rt.complete({}) == {}


def test_the_same_rt_has_the_same_id_everywhere() -> None:
    assert a_record(Rt).id == a_record(Rt, head_name="Budi").id != a_record(Rt, rt="015/005").id


def test_a_year_is_written_without_a_thousands_sign() -> None:
    assert Period.year.show(2022) == "2022"
