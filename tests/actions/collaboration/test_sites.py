"""An activity in several RTs, each with its volume; and the yearly update from finished work until a survey comes."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.actions.collaboration import needs, work_effects, works, yearly_updates
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.activity import Activity, ActivitySite, Progress
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.reports import catalogue
from p2kp_desktop.rules import sites
from p2kp_desktop.schema.table import Scope
from tests.conftest import KELURAHAN
from tests.examples import a_record
from tests.records import RECAP

RTS = ("014/005", "015/005")


@pytest.fixture
def scored(workspace):
    """Give a workspace with two RTs of 320 m damaged road out of 400 (80 %, score 5) in 2026."""
    for rt in RTS:
        recording.record(workspace, RtRecap, {"region": KELURAHAN, "rt": rt, "period": "2026", **RECAP})
    return workspace


def build(workspace, *volumes, physical=100, **more):
    """Record paving of 320 m, standing in the two RTs with these volumes."""
    recording.record(workspace, Activity, {
        "id": "a", "region": KELURAHAN, "period": "2026", "name": "Paving", "component": "lingkungan",
        "rt_label": "RT 14, 15", "criteria": ["c2b"], "volume": "320", "unit_name": "meter", "source": "dak",
        "amount": 90_000_000, **more})
    for rt, volume in zip(RTS, volumes, strict=False):
        recording.record(workspace, ActivitySite, {"parent": "a", "rt": rt, "volume": volume})
    recording.record(workspace, Progress, {"parent": "a", "date": "2026-11-01", "physical": physical, "financial": 0})


def test_the_effect_is_told_in_each_rt_with_its_own_volume(scored):
    build(scored, 240, 80, physical=50)
    found = work_effects.effects(scored, "a")
    assert [(each.rt, each.changes[0].volume, each.changes[0].hoped.score) for each in found] == [
        ("014/005", 240, 0), ("015/005", 80, 3)]
    (told,) = works.works(scored, KELURAHAN)
    assert "**Lokasi:** RT 014/005 240 · RT 015/005 80" in told.about
    costs = {each.rt: work_effects.outlook(scored, KELURAHAN, each.rt, "2026") for each in found}
    assert all(costs.values())


def test_without_sites_an_activity_of_several_rts_still_says_that_nobody_can_tell(scored):
    build(scored)
    (found,) = work_effects.effects(scored, "a")
    assert found.rt == ""


def test_a_need_is_met_by_what_stands_in_its_own_rt(scored):
    for rt in RTS:
        recording.record(scored, Need, {"id": rt, "region": KELURAHAN, "rt": rt, "criterion": "c2b", "what": "Paving",
                                        "volume": 100, "unit_name": "meter"})
    build(scored, 240, 80, need=RTS[0])
    found = {each.rt: each for each in needs.lines(scored, KELURAHAN)}
    assert (found[RTS[0]].done, found[RTS[0]].is_met, found[RTS[1]].done) == (240, True, 0)


def test_the_shares_of_an_activity_are_exact_and_never_more_than_the_whole():
    activity = a_record(Activity, volume=300)
    places = [a_record(ActivitySite, volume=volume, rt=rt) for volume, rt in ((100, "001"), (50, "001"), (50, "002"))]
    assert [(spot.rt, spot.share) for spot in sites.spots(activity, None, places)] == [
        ("001", Fraction(1, 2)), ("002", Fraction(1, 6))]


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=8), st.integers(0, 20_000))
def test_shares_add_up_to_the_whole_or_less(volumes, whole):
    activity = a_record(Activity, volume=whole)
    places = [a_record(ActivitySite, volume=each, rt=f"{number:03d}") for number, each in enumerate(volumes, start=1)]
    total = sum(spot.share for spot in sites.spots(activity, None, places))
    assert total == min(Fraction(1), Fraction(sum(volumes), max(whole, 1)))


def update(workspace, period, rt=RTS[0]):
    return next(each for each in yearly_updates.updates(workspace, KELURAHAN, period) if each.rt == rt)


def test_a_year_without_a_survey_is_computed_from_finished_work_and_marked_until_one_comes(scored):
    build(scored, 240, 80)
    assert update(scored, "2026").standing == "surveyed"
    computed = update(scored, "2027")
    assert (computed.standing, computed.base, computed.works) == ("computed", "2026", ("Paving",))
    assert computed.before.score.total - computed.now.score.total == 5  # 80 % → 20 %
    table = catalogue.make(scored, "yearly_update", Scope(KELURAHAN, None, "2027"))
    words = [table.column("standing").of(line).word for line in table.lines]
    assert words == ["dihitung dari pekerjaan selesai, belum disurvei"] * 2
    recording.record(scored, RtRecap, {"region": KELURAHAN, "rt": RTS[0], "period": "2027", **RECAP})
    assert (update(scored, "2027").standing, update(scored, "2027").now.score.total) == (
        "surveyed", update(scored, "2026").now.score.total)
    assert update(scored, "2027", RTS[1]).standing == "computed"


def test_unfinished_work_changes_nothing_and_nothing_is_called_computed(scored):
    build(scored, 240, 80, physical=99)
    assert (update(scored, "2027").standing, update(scored, "2027").works) == ("unchanged", ())
