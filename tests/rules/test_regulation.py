"""What the shipped regulations say."""

import re
from decimal import Decimal

import pytest

from p2kp_desktop import environment
from p2kp_desktop.forms import RtRecap
from p2kp_desktop.forms.period import RULES
from p2kp_desktop.rules import available, regulation
from p2kp_desktop.rules.regulation import parse
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.schema.places import regions

BOTH = [regulation(code) for code in available()]
TAGS = ("[seen]", "[computed]", "[inferred]", "[unverified]")


def test_a_period_can_name_every_regulation():
    assert available() == RULES.codes == ("2018", "2016")


def test_an_unknown_regulation_is_refused_in_words():
    with pytest.raises(Unreadable, match="2018, 2016"):
        regulation("2099")


@pytest.mark.parametrize(("code", "count", "highest"), [("2018", 16, 80), ("2016", 19, 95)])
def test_criteria_and_highest_total(code, count, highest):
    rules = regulation(code)
    assert (len(rules.criteria), rules.highest_total, len(rules.aspects)) == (count, highest, 7)
    assert [c.code for c in rules.criteria] == sorted(c.code for c in rules.criteria)


@pytest.mark.parametrize("rules", BOTH, ids=lambda rules: rules.code)
def test_volumes_and_denominators_are_questions_of_the_recap(rules):
    for criterion in rules.criteria:
        assert RtRecap.question(criterion.volume).unit == criterion.unit
        assert RtRecap.question(criterion.denominator).unit == criterion.unit


@pytest.mark.parametrize("rules", BOTH, ids=lambda rules: rules.code)
def test_every_source_carries_a_tag(rules):
    assert rules.sources
    assert all(any(tag in source for tag in TAGS) for source in rules.sources.values())


@pytest.mark.parametrize("rules", BOTH, ids=lambda rules: rules.code)
def test_every_kabupaten_and_kota_has_a_class_of_city(rules):
    assert set(rules.cities) == {r.code for r in regions().values() if r.level == "kabupaten_kota"}
    assert rules.density_limit("16.71.01.1001") == 250
    assert rules.density_limit("16.05") == 200
    assert rules.density_limit("16") == 200


@pytest.mark.parametrize("rules", BOTH, ids=lambda rules: rules.code)
def test_there_are_18_classes_and_a_way_of_handling_for_each(rules):
    assert [c.code for c in rules.classes] == [f"{letter}{n}" for letter in "ABC" for n in range(1, 7)]
    assert {c.code: c.priority for c in rules.classes if c.legal} == {
        "A1": 1, "A3": 4, "A5": 7, "B1": 2, "B3": 5, "B5": 8, "C1": 3, "C3": 6, "C5": 9,
    }  # fmt: skip
    assert {(c.level, c.legal) for c in rules.classes} == {(h.level, h.legal) for h in rules.handling}
    considered = {band.code for band in rules.consideration_bands}
    assert {c.consideration for c in rules.classes} == considered


@pytest.mark.parametrize("rules", BOTH, ids=lambda rules: rules.code)
def test_the_floor_area_is_7_2_m2_and_stays_out_of_1c(rules):
    assert rules.census.floor_area_per_person == Decimal("7.2")
    assert rules.census.floor_area_counts_in_1c is False


@pytest.mark.parametrize("rules", BOTH, ids=lambda rules: rules.code)
def test_the_bands_of_considerations_reach_the_highest_and_lowest_sum(rules):
    highest = sum(max(item.values.values()) for item in rules.considerations)
    bands = sorted(band.number for band in rules.consideration_bands)
    assert bands[0] <= sum(min(item.values.values()) for item in rules.considerations)
    assert bands[-1] <= highest


@pytest.mark.parametrize("code", available())
def test_a_band_or_level_counts_wherever_it_stands_in_the_file(code):
    head, *blocks = re.split(r"(?m)^(?=\[)", regulation_text(code))
    turned = parse(head + "".join(sorted(blocks, key=lambda block: block.startswith("[[bands]]\nfrom = 76"))))
    assert turned.bands == regulation(code).bands
    levels = parse(head + "".join(reversed(blocks))).levels
    assert levels == regulation(code).levels


def regulation_text(code):
    return (environment.resources() / "regulations" / f"{code}.toml").read_text(encoding="utf-8")
