"""The SK ledger of a kawasan, and its class, from records; what lacks leads to where it is answered."""

from fractions import Fraction

import pytest

from p2kp_desktop.actions.collaboration import decrees
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Kawasan, RtSurvey
from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.kawasan import Decree
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.reports import catalogue
from p2kp_desktop.reports.decrees import lacks
from p2kp_desktop.schema.table import Scope
from tests.conftest import KELURAHAN
from tests.records import RECAP, save

YEAR = "2026"
BAD = {"missing_road_m": 80, "unsafe_water_kk": 60, "short_water_kk": 60, "missing_drain_m": 500, "no_latrine_kk": 60}


@pytest.fixture
def decreed(workspace):
    """Give a workspace with a kawasan of two slum RTs, decreed in 2014 and reduced in 2020."""
    for rt in ("014/005", "015/005"):
        recording.record(workspace, RtRecap, {"region": KELURAHAN, "rt": rt, "period": YEAR, **RECAP, **BAD})
    recording.record(workspace, Kawasan, {
        "id": "kw", "region": KELURAHAN, "name": "Tepian Musi", "rts": "014/005, 015/005, 016/005",
        "sk_number": "488/2014", "sk_date": "2014-07-01", "sk_ha": "12.5"})
    recording.record(workspace, Decree, {
        "id": "d", "parent": "kw", "kind": "dikurangi", "number": "77/2020", "date": "2020-11-01", "hectares": "9.4",
        "rts": "014/005, 015/005", "exit": "ditangani"})
    return workspace


def built(workspace, ident="a", physical=100, **more):
    recording.record(workspace, Activity, {
        "id": ident, "region": KELURAHAN, "period": "2019", "name": "Paving", "component": "lingkungan",
        "rt_label": "016/005", "kawasan": "kw", "source": "apbn_pupr", "amount": 9, "self_help": 2, "volume": 320,
        "unit_name": "meter", "reduced_ha": "2.25", **more})
    recording.record(workspace, Progress, {"parent": ident, "date": "2019-12-01", "physical": physical, "financial": 0})


def line(workspace):
    (found,) = decrees.lines(workspace, KELURAHAN, YEAR)
    return found


def test_hectares_at_start_less_those_of_finished_work_are_left_and_the_difference_stands_alone(decreed):
    built(decreed)
    built(decreed, "b", physical=80, name="Drainase")
    kept = line(decreed).ledger
    assert (kept.start, kept.reduced, kept.left, kept.unexplained) == (
        Fraction("12.5"), Fraction("2.25"), Fraction("9.4"), Fraction("0.85"))
    table = catalogue.make(decreed, "sk_ledger", Scope(KELURAHAN, None, YEAR))
    assert [(row.kind, row.hectares) for row in table.lines] == [
        ("start", Fraction("12.5")), ("decree", Fraction("9.4")), ("reduced", Fraction("-2.25")),
        ("left", Fraction("9.4")), ("unexplained", Fraction("0.85"))]
    rows = {row.kind: row for row in table.lines}
    assert rows["decree"].reason == "keluar 016/005 (Sudah ditangani, tidak kumuh lagi)"
    assert (rows["reduced"].payer, rows["reduced"].day) == ("Masyarakat (swadaya), APBN Kementerian PUPR", "2019")


def test_a_kawasan_is_classed_once_everything_is_answered_and_says_what_lacks_until_then(decreed):
    before = line(decreed)
    assert before.slum_class is None
    assert {each.code: (each.form, each.question) for each in before.lacking} == {
        "strategic": ("kawasan", "strategic"), "potential": ("kawasan", "potential"),
        "population_density": ("rt_survey", "area_ha"),
        "land": ("kawasan", "land_clear"), "spatial_plan": ("kawasan", "plan_fits")}
    assert lacks(before).startswith("belum lengkap: ")
    for rt in ("014/005", "015/005"):
        save(decreed, RtSurvey, rt=rt, strategic="ya", potential="tidak", area_ha="2")
    recording.record(decreed, Kawasan, {"id": "kw", "land_clear": "ya", "plan_fits": "tidak"})
    after = line(decreed)
    assert (after.lacking, after.annex.considered.total) == ((), 7)  # 400 persons on 4 ha are rendah
    assert (after.total, after.slum_class.code, after.handling.code) == (25, "C3", "pemugaran")
    assert (after.authority, after.slum_ha, after.provisional) == ("kota", 4, False)
    table = catalogue.make(decreed, "kawasan_class", Scope(KELURAHAN, None, YEAR))
    assert (table.column("class").of(after), table.column("priority").of(after)) == ("C3", 6)


def test_the_class_is_that_of_the_annex(decreed):
    found = line(decreed)
    (annexed,) = catalogue.make(decreed, "sk", Scope(KELURAHAN, None, YEAR)).lines
    assert found.annex == annexed


def test_a_decree_that_is_revoked_leaves_nothing(decreed):
    recording.record(decreed, Decree, {"parent": "kw", "kind": "dicabut", "number": "9/2024", "date": "2024-01-01"})
    found = line(decreed)
    assert (found.annex, found.lacking, found.ledger.left) == (None, (), 0)
    assert found.ledger.rts == frozenset()
    assert found.ledger.changes[-1].left == {(KELURAHAN, "014/005"), (KELURAHAN, "015/005")}


def test_an_rt_without_data_and_finished_work_without_hectares_are_named(decreed):
    recording.record(decreed, Decree, {"id": "d", "rts": "014/005, 019/005"})
    built(decreed, reduced_ha=None)
    found = line(decreed)
    assert [(each.code, each.number) for each in found.lacking][:1] == [("rt_data", 1)]
    assert (found.unsaid, found.provisional) == (1, True)
    assert "luas yang berkurang di 1 kegiatan selesai" in lacks(found)
