"""Targets as data: against what an area has come to, what serves them, and those that are offered with a source."""

from fractions import Fraction

import pytest

from p2kp_desktop.actions.collaboration import targets
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.forms.meeting import Decision, Meeting
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.target import Milestone, Target
from p2kp_desktop.reports import catalogue
from p2kp_desktop.rules.indicators import BY_KEY
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import drafts, views
from tests.conftest import KELURAHAN
from tests.records import RECAP, save

YEAR, CITY = "2026", "16.71"


def target(workspace, ident="t", **said):
    given = {"id": ident, "indicator": "water_safe", "baseline": 40, "baseline_year": 2020, "end_year": 2030,
             "end_value": 100, "decree": "RPJMD", **said}
    return recording.record(workspace, Target, given).id


@pytest.fixture
def surveyed(workspace):
    """Give a workspace of four houses, three of them with safe water."""
    for source in ("a", "a", "a", "h"):
        save(workspace, water_source=source, water_distance=None)
    return workspace


def line(workspace, ident="t", area=KELURAHAN, period=YEAR):
    return next(each for each in targets.lines(workspace, area, period) if each.id == ident)


def test_a_target_is_measured_in_the_area_in_sight_and_told_against_its_path(surveyed):
    target(surveyed)
    found = line(surveyed)
    assert (found.area, found.measured, found.actual, found.expected) == (CITY, KELURAHAN, 75, 76)
    assert found.words == "tertinggal 1 titik dari jalur 2030"
    recording.record(surveyed, Milestone, {"parent": "t", "year": 2026, "value": 70})
    assert line(surveyed).words == "5 titik di depan jalur 2030"
    assert [step.year for step in line(surveyed).steps] == [2026]


def test_without_data_no_target_is_called_missed_or_reached(workspace):
    target(workspace)
    found = line(workspace)
    assert (found.actual, found.words, found.standing) == (None, "", "")


def test_hectares_are_compared_only_over_the_whole_area_of_the_target(make_workspace):
    city = make_workspace("kota", "district", (CITY,))
    recording.record(city, RtRecap, {**RECAP, "region": KELURAHAN, "rt": "014/005", "period": YEAR,
                                     "missing_road_m": 400, "unsafe_water_kk": 60, "short_water_kk": 60,
                                     "missing_drain_m": 500, "no_latrine_kk": 60})
    target(city, indicator="slum_ha", baseline=20, end_value=0, region=CITY)
    assert line(city, area=CITY).actual == 2
    assert line(city, area=KELURAHAN).actual is None
    target(city, "own", indicator="slum_ha", area=KELURAHAN, baseline=3, end_value=0)
    assert line(city, "own", area=CITY).measured == KELURAHAN


def test_a_decision_and_an_activity_serve_a_target(surveyed):
    target(surveyed)
    recording.record(surveyed, Meeting, {"id": "m", "region": KELURAHAN, "name": "Forum"})
    recording.record(surveyed, Decision, {"parent": "m", "text": "Ya", "responsible": "RT", "target": "t"})
    recording.record(surveyed, Activity, {"region": KELURAHAN, "period": YEAR, "name": "Sumur", "target": "t"})
    found = line(surveyed)
    assert (found.decisions, found.activities) == (1, 1)


def test_of_several_targets_that_of_the_narrowest_area_and_the_next_end_is_in_force(surveyed):
    target(surveyed, "late", end_year=2019)
    target(surveyed, "far", end_year=2045)
    target(surveyed, "near", end_year=2030)
    assert targets.in_force(targets.lines(surveyed, KELURAHAN, YEAR))["water_safe"].id == "near"
    target(surveyed, "own", end_year=2045, area=KELURAHAN)
    assert targets.in_force(targets.lines(surveyed, KELURAHAN, YEAR))["water_safe"].id == "own"


def test_what_ships_has_a_source_and_is_offered_until_it_is_recorded_never_recorded_by_itself(workspace):
    offers = targets.offered(workspace, KELURAHAN)
    assert [each.id for each in offers] == [each.id for each in targets.shipped()]
    assert all(each.source and each.decree for each in offers)
    seed = [each for each in offers if each.end_year == 2019]
    assert [(each.indicator, each.baseline, each.end_value) for each in seed] == [
        ("water_safe", Fraction("41.34"), 100), ("slum_households", Fraction("16.56"), 0),
        ("sanitation_technical", Fraction("58.41"), 100)]
    with workspace.asking() as connection:
        assert views.count(connection, Target) == 0
    record = targets.begin(workspace, seed[0], KELURAHAN)
    with workspace.asking() as connection:
        (draft,) = drafts.waiting(connection)
        assert views.count(connection, Target) == 0
    assert (draft.id, draft.answers["baseline"], draft.answers["region"]) == (record, "41.34", CITY)
    recording.record(workspace, Target, {"indicator": "water_safe", "end_year": 2019, "end_value": 100})
    assert seed[0] not in targets.offered(workspace, KELURAHAN)


def test_every_offer_is_a_target_without_a_problem(workspace):
    for each in targets.shipped():
        targets.begin(workspace, each, KELURAHAN)
    with workspace.asking() as connection:
        found = [draft.answers for draft in drafts.waiting(connection)]
    for answers in found:
        made = recording.record(workspace, Target, answers)
        assert made.problems == (), made.problems
    assert targets.offered(workspace, KELURAHAN) == []


def test_the_report_tells_numbers_exactly(surveyed):
    target(surveyed)
    table = catalogue.make(surveyed, "targets", Scope(KELURAHAN, None, YEAR))
    (found,) = table.lines
    values = {key: table.column(key).of(found) for key in ("expected", "actual", "off", "end_value")}
    assert values == {"expected": 76, "actual": 75, "off": -1, "end_value": 100}
    offered = catalogue.make(surveyed, "offered_targets", Scope(KELURAHAN))
    assert len(offered.lines) == len(targets.shipped())


def test_what_only_the_indicators_tell_is_compared_too(surveyed):
    save(surveyed, water_source="a", water_distance=None, defecation="c", closet=None, faeces=None)
    target(surveyed, indicator="open_defecation", baseline=40, end_value=0)
    found = line(surveyed)
    assert (found.actual, found.expected, found.words) == (20, 16, "tertinggal 4 titik dari jalur 2030")
    target(surveyed, "d", indicator="decent_housing", baseline=None, end_year=2026, end_value=67)
    assert line(surveyed, "d").actual is not None


def test_every_indicator_of_a_target_that_the_program_counts_is_called_as_there():
    counted = {"water_safe", "water_enough", "water_bps", "water_piped", "toilet", "sanitation_technical",
               "sanitation_bps", "slum_ha", "slum_households", "open_defecation", "decent_housing"}
    assert counted == {*Target.indicator.options.codes} & {*BY_KEY}
