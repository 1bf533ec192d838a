"""Whole records in a workspace, of which a test says only what matters to it."""

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.tables.household_pages import Wanted
from p2kp_desktop.forms import Household
from tests.conftest import KELURAHAN
from tests.examples import a_record, unlike

YEAR = "2026"


def save(workspace, form=Household, **answers):
    """Save a whole record but for the given answers; None leaves one empty. No household is like another one."""
    if form is Household:
        answers = {**unlike(), **answers}
    made = a_record(form, **{"period": YEAR, **answers}) if form.per_period else a_record(form, **answers)
    address = {"region": KELURAHAN, "rt": made.answers.get("rt")} if form.place else {}
    kept = {question.key: made.answers.get(question.key) for question in form.stored()}
    period = {"period": made.answers["period"]} if form.per_period else {}
    return recording.record(workspace, form, {**address, **period, **kept}).id


def wanted(**conditions):
    return Wanted(KELURAHAN, YEAR, **conditions)


RECAP = {
    "official": "ya", "luas_ha": "2", "bangunan": 50, "penduduk": 200, "kk": 60, "jalan_ideal_m": 400,
    "drainase_ideal_m": 500, "irregular_buildings": 0, "dense_ha": "0", "substandard_buildings": 5,
    "missing_road_m": 0, "damaged_road_m": 320, "unsafe_water_kk": 0, "short_water_kk": 0, "flooded_ha": "0",
    "missing_drain_m": 200, "damaged_drain_m": 0, "no_latrine_kk": 0, "unfit_latrine_kk": 0,
    "waste_facility_kk": 0, "uncollected_kk": 0, "fire_works_buildings": 0, "fire_equipment_buildings": 0,
}
