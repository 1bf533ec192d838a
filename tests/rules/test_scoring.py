"""Percents, scores, means and levels, against published records and at the edges."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.rules import Share, contribution, regulation, score
from p2kp_desktop.rules.scoring import half_up, points
from tests.rules import workbook

NEW = regulation("2018")
PUBLISHED = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "scored_rt_samples.jsonl").read_text("utf-8").splitlines()
]
numbers = st.fractions(-10, 200, max_denominator=1000)


def published_shares(record: dict) -> dict[str, Share]:
    volumes = {each["code"]: Fraction(str(each["volume"])) for each in record["criteria"]}
    return {c.code: Share(volumes[c.code], Fraction(str(record[c.denominator]))) for c in NEW.criteria}


def all_at(percent: str, code: str = "2018"):
    rules = regulation(code)
    return score(rules, {c.code: Share(Fraction(percent), Fraction(100)) for c in rules.criteria})


@pytest.mark.parametrize("record", PUBLISHED, ids=lambda record: record["rt"])
def test_published_scores_percents_and_totals_come_out(record):
    result = score(NEW, published_shares(record))
    assert {c["code"]: c["score"] for c in record["criteria"]} == {k: v.score for k, v in result.criteria.items()}
    assert result.total == record["total"]
    for each in record["criteria"]:
        if each["code"] != "4a":  # the area is published with two decimals, the percent was made from more
            assert float(result.criteria[each["code"]].percent) == each["percent"]
    means = dict(zip("1234567", record["aspect_means"], strict=True))
    assert all(float(result.aspects[code]) == mean for code, mean in means.items() if code != "4")


@pytest.mark.parametrize("record", PUBLISHED, ids=lambda record: record["rt"])
def test_published_drainage_means_follow_from_the_published_percents(record):
    percents = [each["percent"] for each in record["criteria"] if each["code"].startswith("4")]
    exact = score(NEW, {c.code: Share(Fraction(str(p)), Fraction(100))
                        for c, p in zip(NEW.aspects[3].criteria, percents, strict=True)})  # fmt: skip
    assert float(exact.aspects["4"]) == record["aspect_means"][3]


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        ("0", 0), ("24.99", 0), ("24.994999", 0), ("24.995", 1), ("25", 1), ("50.91", 1), ("50.99", 1),
        ("50.994999", 1), ("50.995", 3), ("51", 3), ("75.90", 3), ("75.994999", 3), ("75.995", 5), ("76", 5),
        ("100", 5), ("307.8", 5), ("-43.46", 0),
    ],
)  # fmt: skip
@pytest.mark.parametrize("code", ["2018", "2016"])
def test_bands_hold_at_their_edges(percent, expected, code):
    assert {each.score for each in all_at(percent, code).criteria.values()} == {expected}


@pytest.mark.parametrize(
    ("code", "total", "expected"),
    [
        ("2018", 80, "berat"), ("2018", 60, "berat"), ("2018", 59, "sedang"), ("2018", 38, "sedang"),
        ("2018", 37, "ringan"), ("2018", 16, "ringan"), ("2018", 15, "tidak_kumuh"), ("2018", 0, "tidak_kumuh"),
        ("2016", 95, "berat"), ("2016", 71, "berat"), ("2016", 70, "sedang"), ("2016", 45, "sedang"),
        ("2016", 44, "ringan"), ("2016", 19, "ringan"), ("2016", 18, "tidak_kumuh"),
    ],
)  # fmt: skip
def test_levels_start_where_the_regulation_says(code, total, expected):
    rules = regulation(code)
    assert rules.level(total).code == expected
    assert rules.is_slum(total) == (expected != "tidak_kumuh")


@given(numbers, numbers)
def test_the_score_is_that_of_the_workbooks_unrounded_fraction(volume, of):
    share = Share(volume, of)
    assert NEW.score(share.percent()) == workbook.score(float(volume), float(of)) or of < 0


@given(st.fractions(-1000, 1000), st.integers(0, 3))
def test_half_up_is_the_nearest_and_symmetric(number, places):
    rounded = half_up(number, places)
    assert abs(Fraction(rounded) - number) <= Fraction(1, 2 * 10**places)
    assert half_up(-number, places) == -rounded
    assert half_up(Fraction(rounded), places) == rounded


def test_halves_are_rounded_up():
    assert [half_up(Fraction(n, 2)) for n in (1, 3, 5)] == [1, 2, 3]
    assert half_up(Fraction("0.125"), 2) == Decimal("0.13")


def test_the_mean_is_made_of_rounded_percents():
    thirds = score(NEW, {"2a": Share(Fraction(1), Fraction(3)), "2b": Share(Fraction(1), Fraction(3))})
    assert thirds.aspects["2"] == Decimal("33.33")
    halves = score(NEW, {"2a": Share(Fraction("33.33"), Fraction(100)), "2b": Share(Fraction("33.34"), Fraction(100))})
    assert halves.aspects["2"] == Decimal("33.34")


def test_an_unknown_criterion_makes_the_result_provisional():
    result = score(NEW, {"1a": Share(Fraction(9), Fraction(10)), "1b": None})
    assert (result.total, result.level, result.provisional) == (5, "tidak_kumuh", True)
    assert (
        result.criteria["1b"].percent is result.criteria["1b"].score is result.aspects["1"] is result.sectoral is None
    )
    assert not all_at("30").provisional
    assert all_at("30").sectoral == 30


def test_a_zero_denominator_gives_zero():
    result = score(NEW, {"2a": Share(Fraction(0), Fraction(0))})
    assert (result.criteria["2a"].percent, result.criteria["2a"].score, result.warnings) == (0, 0, ())


def test_volumes_that_cannot_be_are_scored_and_reported():
    result = score(NEW, {"4a": Share(Fraction("-0.61"), Fraction("1.4")), "1b": Share(Fraction(1), Fraction("0.57")),
                         "2a": Share(Fraction(5), Fraction(0))})  # fmt: skip
    assert [result.criteria[code].score for code in ("4a", "1b", "2a")] == [0, 5, 0]
    assert result.warnings == (
        "1b Kepadatan bangunan: volume 1 Ha melebihi keseluruhannya, 0,57 Ha.",
        "2a Cakupan pelayanan jalan lingkungan: volume 5 m melebihi keseluruhannya, 0 m.",
        "4a Ketidakmampuan mengalirkan limpasan air: volume -0,61 Ha kurang dari 0.",
    )


def test_the_workbook_leaves_percents_that_scored_nothing_out_of_its_mean():
    result = score(NEW, {"2a": Share(Fraction(20), Fraction(100)), "2b": Share(Fraction(60), Fraction(100))})
    assert result.aspects["2"] == 40
    assert result.official.aspects["2"] == 30


def test_contribution_is_what_was_removed_of_the_sectoral_mean():
    assert contribution(Decimal(40), Decimal(10)) == Fraction(3, 4)
    assert contribution(Decimal(40), Decimal(-5)) == 1
    assert contribution(Decimal(40), Decimal(50)) == Fraction(-1, 4)
    assert contribution(Decimal(0), Decimal(3)) is None


@given(numbers, st.one_of(st.integers(0, 60), st.fractions(0, 200, max_denominator=1000)))
def test_the_points_of_a_volume_are_those_of_its_percent(volume, of):
    assert points(NEW, volume, of) == NEW.score(Share(volume, Fraction(of)).percent())


@pytest.mark.parametrize("percent", ["24.994", "24.995", "25", "50.99", "50.995", "51", "75.9949", "75.995", "76"])
def test_points_turn_where_the_percent_half_up_reaches_a_bound(percent):
    volume = Fraction(percent)
    assert points(NEW, volume, 100) == NEW.score(Share(volume, Fraction(100)).percent())
