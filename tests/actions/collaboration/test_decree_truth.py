"""Whoever names the hectares or RTs of a kawasan names those of the newest decree that holds."""

from fractions import Fraction

import pytest

from p2kp_desktop.actions.home import overview
from p2kp_desktop.actions.recording import binder, recording
from p2kp_desktop.actions.scores import cheapest_works, explanations
from p2kp_desktop.actions.scores.cheapest_works import WorksWanted
from p2kp_desktop.forms import Kawasan
from p2kp_desktop.forms.kawasan import Decree
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.language import Trouble
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Scope, Subject
from tests.conftest import KELURAHAN
from tests.records import RECAP

YEAR = "2026"
HERE = Scope(KELURAHAN, None, YEAR)
BAD = {"missing_road_m": 80, "unsafe_water_kk": 60, "short_water_kk": 60, "missing_drain_m": 500, "no_latrine_kk": 60}


@pytest.fixture
def decreed(workspace):
    """Give a kawasan of two slum RTs; a later decree swaps one of them for another and takes hectares away."""
    for rt in ("014/005", "015/005", "016/005"):
        recording.record(workspace, RtRecap, {"region": KELURAHAN, "rt": rt, "period": YEAR, **RECAP, **BAD})
    recording.record(workspace, Kawasan, {
        "id": "kw", "region": KELURAHAN, "name": "Tepian Musi", "rts": "014/005, 015/005",
        "sk_number": "488/2014", "sk_date": "2014-07-01", "sk_ha": "12.5"})
    decree(workspace, id="d", kind="dikurangi", number="77/2020", date="2020-11-01", hectares="9.4",
           rts="015/005, 016/005")
    return workspace


def decree(workspace, **answers):
    recording.record(workspace, Decree, {"parent": "kw", **answers})


def told(workspace):
    """Return hectares and RTs as each of them has it: ledger, annex, list, Beranda; RTs of explanation and works."""
    ledger = catalogue.make(workspace, "sk_ledger", HERE).lines
    (annexed,) = catalogue.make(workspace, "sk", HERE).lines
    (listed,) = binder.kawasan(workspace, KELURAHAN)
    number, hectares, count = listed.facts
    explained = explanations.explain(workspace, Subject(HERE, kawasan="kw")).explanation.parts
    works = cheapest_works.solve(workspace, WorksWanted(kawasan="kw"), area=KELURAHAN, period=YEAR).rts
    slum = overview.picture(workspace, KELURAHAN, YEAR).now.slum
    assert slum.by_decree
    kept = ledger[0].kawasan.ledger
    return (
        {kept.decreed, annexed.hectares, Fraction(hectares), slum.whole},
        {tuple(sorted(rt for _region, rt in kept.rts)), tuple(sorted(rt for _region, rt in annexed.places)),
         tuple(rt for _region, rt in explained), tuple(each.rt for each in works)},
        {annexed.number, number}, {len(annexed.places), int(count)})


def test_ledger_annex_beranda_explanation_and_works_name_the_same(decreed):
    assert told(decreed) == ({Fraction("9.4")}, {("015/005", "016/005")}, {"77/2020"}, {2})


def test_what_a_decree_leaves_open_holds_on(decreed):
    decree(decreed, kind="diubah", number="5/2022", date="2022-01-01")
    assert told(decreed) == ({Fraction("9.4")}, {("015/005", "016/005")}, {"5/2022"}, {2})


def test_a_decree_without_a_day_is_the_newest_for_all(decreed):
    decree(decreed, kind="diubah", number="baru", hectares="7", rts="014/005")
    assert told(decreed) == ({Fraction(7)}, {("014/005",)}, {"baru"}, {1})


def test_after_it_was_revoked_no_decree_holds(decreed):
    decree(decreed, kind="dicabut", number="9/2024", date="2024-01-01")
    assert not overview.picture(decreed, KELURAHAN, YEAR).now.slum.by_decree
    assert not catalogue.make(decreed, "sk", HERE).lines
    with pytest.raises(Trouble, match="Tepian Musi"):
        explanations.explain(decreed, Subject(HERE, kawasan="kw"))
    with pytest.raises(Trouble, match="Tepian Musi"):
        cheapest_works.solve(decreed, WorksWanted(kawasan="kw"), area=KELURAHAN, period=YEAR)
    ledger = catalogue.make(decreed, "sk_ledger", HERE).lines
    assert ledger[0].kawasan.ledger.rts == frozenset()
