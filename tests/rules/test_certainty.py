"""How sure a figure is: what is missing, contradictory or impossible is said, and makes a score provisional."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.forms import Household, RtRecap, RtSurvey
from p2kp_desktop.rules import assess, assess_area, hundreds, regulation, score, tally, terms, to_json
from p2kp_desktop.rules.census import verdict
from p2kp_desktop.rules.certainty import between, span, span_of_area, unknown
from p2kp_desktop.rules.coverage import NO_ROLL, Roll
from p2kp_desktop.rules.live import assess as live
from p2kp_desktop.rules.scoring import Share
from p2kp_desktop.schema import HARD
from tests.examples import REGION, RT, a_record
from tests.rules.strategies import households, records

WORKBOOK, UNITS = terms(None), terms(None, method="units")
GOOD = {"water_source": "a"}


def home(**answers):
    return a_record(Household, **GOOD | answers)


def made(census=(), *, survey=None, recap=None, by=WORKBOOK, roll=NO_ROLL):
    return assess(REGION, RT, terms=by, tally=tally(census), survey=survey, recap=recap, roll=roll)


def survey(**answers):
    return a_record(RtSurvey, **answers)


def said(found):
    return " ".join(found.reasons)


# An answer that cannot be is unanswered for every figure


@given(st.one_of(records(Household), records(RtSurvey), records(RtRecap), records(RtRecap, rules="2016")))
def test_what_is_impossible_is_what_has_a_hard_problem(record):
    hard = {problem.question for problem in record.problems() if problem.severity == HARD}
    assert record.impossible() == hard
    assert not record.counted().impossible() & hard
    assert record.counted_answers() == record.counted().asked_answers()


def test_sixty_kk_in_one_house_do_not_move_the_denominator():
    census = [home(kk_count=1) for _ in range(9)] + [home(kk_count=60)]
    found = made(census, survey=survey(buildings=10))
    assert found.figures["kk"] == 9
    assert found.score.provisional
    assert "1 jawaban tidak mungkin, dihitung belum terjawab." in said(found)


@pytest.mark.parametrize(
    ("answers", "name", "expected"),
    [
        ({"members_male": 600}, "male", 0), ({"members_disabled": 5}, "disabled", 0), ({"kk_count": 0}, "kk", 0),
        ({"floor_length": 900}, "small", 1), ({"members_disabled": 4}, "disabled", 4),
    ],
)  # fmt: skip
def test_impossible_numbers_count_nothing(answers, name, expected):
    assert getattr(tally([home(**answers)]), name) == expected


def test_an_impossible_area_answer_is_unanswered_and_said():
    found = made([home() for _ in range(60)], survey=survey(sound_drain_m=900))
    assert found.figures["damaged_drain_m"] == 300  # as if nobody had answered, and not 0
    assert found.score.provisional
    assert "Survei lingkungan: jawaban 27 tidak mungkin, dihitung belum terjawab." in said(found)


def test_an_impossible_volume_of_a_recap_is_scored_as_published_and_said():
    found = made(recap=a_record(RtRecap, unsafe_water_kk=60, kk=59))
    assert (found.score.criteria["3a"].score, found.score.provisional) == (5, True)
    assert found.open == ("Rekap: isian 3a tidak mungkin, dinilai sebagaimana adanya.",)


def test_figures_of_a_house_are_not_made_of_what_cannot_be():
    assert home(members_male=600).show(Household.area_per_person) == ""
    assert home(members_male=600).derived()["members_total"] == ""
    assert home(members_male=2).show(Household.area_per_person) == "13"


# A level from a fraction of the houses is provisional, and the reasons are said


def test_eight_of_sixty_four_houses_give_no_firm_level():
    found = made([home() for _ in range(8)], survey=survey(buildings=64))
    assert found.score.provisional
    assert "Baru 8 dari 64 bangunan di survei lingkungan (3) yang didata." in said(found)
    document = to_json(found)
    assert (document["provisional"], document["reasons"]) == (True, list(found.reasons))
    assert (document["coverage"]["buildings"], document["coverage"]["buildings_in_area_survey"]) == (8, 64)


def test_a_list_of_residents_says_what_is_missing_too():
    census = [home() for _ in range(60)]
    found = made(census, survey=survey(), roll=Roll(lines=62, unvisited=2))
    assert found.score.provisional
    assert said(found) == "2 dari 62 rumah di daftar warga belum dikunjungi."
    assert not made(census, survey=survey(), roll=Roll(lines=60)).score.provisional


def test_a_contradicting_building_is_a_reason():
    census = [home(building="1", roof="a"), home(building="1", roof="b")]
    found = made(census, survey=survey(buildings=1))
    assert found.score.provisional
    assert "1 bangunan dengan jawaban 1–11 yang berbeda antarkuesioner." in said(found)


def test_the_other_method_is_a_reason_where_it_gives_another_total():
    bad = {"water_source": "k", "defecation": "c", "waste_disposal": "e", "water_sufficiency": "c"}
    census = [home(kk_count=50, **bad), *(home(kk_count=1) for _ in range(9))]
    found = made(census, survey=survey(buildings=10))
    other = found.by_other_method
    assert other.score.total > found.score.total
    assert f"Menurut cara per bangunan dan KK: {other.standing}." in found.asides
    assert found.reasons[-1] == found.asides[-1]
    assert not found.score.provisional  # both are known for certain


def test_the_recap_beside_a_census_is_a_reason_where_it_gives_another_total():
    recap = a_record(RtRecap, official="b", unsafe_water_kk=59, no_latrine_kk=59)
    found = made([home() for _ in range(60)], survey=survey(), recap=recap)
    assert found.asides == (f"Menurut rekap: {found.by_other_source.standing}.",)


def test_a_recap_that_lacks_criteria_names_them():
    found = made(recap=a_record(RtRecap, missing_road_m=None, short_water_kk=None))
    assert found.open == ("Kriteria 2a, 3b belum dapat dinilai.",)


# Blank answers are named; no target is reached on a handful


def test_ten_houses_without_swan_neck_and_septic_tank_are_served_but_not_technically():
    found = hundreds([made([home(closet="b", faeces="b") for _ in range(10)], survey=survey(buildings=10))])
    assert (found.latrine.percent, found.fit_latrine.percent) == (100, 0)
    assert (found.base.households, found.base.kk) == (10, 10)


def test_blanks_are_told_from_those_not_served():
    census = [
        *(home() for _ in range(9)), home(defecation="c"), home(defecation=None, closet="b"), home(defecation=None),
        home(water_source="c", pit_distance=None), home(water_source=None), home(water_sufficiency=None),
    ]
    found = hundreds([made(census)])
    assert (found.latrine.good, found.latrine.of, found.latrine.open, found.latrine.answered) == (12, 15, 2, 13)
    assert found.fit_latrine.open == 0
    assert (found.water.open, found.enough_water.open) == (2, 1)


@given(st.lists(households(), max_size=6))
def test_who_has_not_said_is_open_in_the_live_assessment_too(census):
    found = tally(census)
    lines = {"Akses air minum aman": "unsafe_water", "Kecukupan air minum": "short_water",
             "Akses jamban": "no_latrine", "Teknis air limbah": "unfit_latrine"}  # fmt: skip
    for title, name in lines.items():
        judged = [next(each for each in live(record) if each.name == title).judgement.name for record in census]
        served = [getattr(verdict(record), {"unsafe_water": "safe_water", "short_water": "enough_water",
                                            "no_latrine": "latrine", "unfit_latrine": "fit_latrine"}[name])
                  for record in census]  # fmt: skip
        assert getattr(found, f"{name}_open") == sum(
            each == "OPEN" and not good for each, good in zip(judged, served, strict=True)
        )


def test_what_stands_behind_the_figures_of_an_area_is_said():
    census = [home() for _ in range(40)]
    whole = hundreds([made(census, survey=survey(buildings=40))])
    assert whole.base.reasons == ()
    some = hundreds([made(census, survey=survey(buildings=64)), made(census)], unassessed=3)
    words = "; ".join(some.base.reasons)
    for part in ("24 rumah belum didata", "3 RT belum ada data", "1 RT tanpa survei lingkungan",
                 "nilai 2 dari 5 RT sementara"):  # fmt: skip
        assert part in words
    listed = hundreds([made(census, roll=Roll(lines=45, unvisited=5))])
    assert "5 rumah belum didata" in listed.base.reasons


# Means as the method says


def test_under_the_workbook_percents_that_scored_nothing_count_as_nothing():
    rules = regulation("2018")
    shares = {each.code: Share(Fraction(0), Fraction(100)) for each in rules.criteria}
    shares |= {"2a": Share(Fraction(20), Fraction(100)), "2b": Share(Fraction(60), Fraction(100))}
    official, plain = score(rules, shares, "workbook"), score(rules, shares, "units")
    assert (official.aspects["2"], plain.aspects["2"]) == (30, 40)
    assert (official.sectoral, plain.sectoral) == (Decimal("4.29"), Decimal("5.71"))
    assert (official.plain, plain.official) == (plain.main, official.main)
    assert score(rules, shares).main == plain.main  # a published table names no method
    assert (official.total, official.level) == (plain.total, plain.level)


def test_the_means_of_an_rt_and_an_area_follow_the_method_and_stand_side_by_side():
    census = [*(home() for _ in range(8)), home(roof="b"), home(roof="b")]
    by_workbook, by_units = made(census, survey=survey()), made(census, survey=survey(), by=UNITS)
    assert (by_workbook.score.aspects["1"], by_units.score.aspects["1"]) == (0, Decimal("6.67"))
    first, second = to_json(by_workbook), to_json(by_units)
    assert (first["aspects"]["1"], second["aspects"]["1"]) == (0.0, 6.67)
    assert first["means"] == second["means"]
    assert first["means"]["aspects"]["1"] == {"official": 0.0, "mean": 6.67}
    assert first["sectoral"] == first["means"]["sectoral"]["official"] < second["sectoral"]


# What a level could still become


def could_become(found):
    return between(found.regulation, found.score, *span(found))


def test_a_level_from_some_of_the_houses_says_what_it_could_still_be():
    some = made([home() for _ in range(8)], survey=survey(buildings=64))
    lowest, highest = span(some)
    assert lowest <= some.score.total < highest
    assert could_become(some).startswith("Tidak kumuh sampai Kumuh ")
    assert could_become(some).endswith(f" ({lowest}–{highest})")
    whole = made([home() for _ in range(8)], survey=survey(buildings=8))
    assert (span(whole), could_become(whole)) == ((whole.score.total,) * 2, "")


def test_criteria_that_nobody_knows_yet_may_all_turn_out_bad():
    found = made([home() for _ in range(8)])
    assert span(found) == (found.score.total,) * 2
    assert unknown(found.regulation, found.score) == 45
    assert could_become(found).startswith("Tidak kumuh sampai ")


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3)), min_size=1, max_size=3))
def test_what_an_area_could_become_lies_between_all_good_and_all_bad(rts):
    members = [made([home() for _ in range(here)], survey=survey(buildings=here + lacking)) for here, lacking in rts]
    whole = assess_area(members, members[0].regulation)
    lowest, highest = span_of_area(members, whole)
    assert lowest <= whole.score.total <= highest
    if len(members) == 1:
        assert (lowest, highest) == span(members[0])


def test_what_is_to_be_known_of_a_figure_stands_behind_it():
    bad = {"water_source": "k", "defecation": "c", "waste_disposal": "e", "water_sufficiency": "c", "roof": "b"}
    census = [home(kk_count=50, **bad), *(home(kk_count=1) for _ in range(9)), home(roof=None)]
    recap = a_record(RtRecap, official="b", unsafe_water_kk=59, no_latrine_kk=59, unfit_latrine_kk=59,
                     irregular_buildings=51, damaged_road_m=200, substandard_buildings=51)
    rt = made(census, survey=survey(buildings=11), recap=recap)
    base = hundreds([rt], unverified=12).base
    assert (base.incomplete, base.unverified, base.other_method, base.other_source) == (1, 12, 1, 1)
    assert "1 kuesioner belum lengkap, yang kosong dihitung tidak baik" in base.of_homes
    assert base.beside == (
        "cara hitung lain memberi tingkat lain di 1 RT", "sensus dan rekap berbeda tingkat di 1 RT",
        "12 catatan belum diverifikasi",
    )
