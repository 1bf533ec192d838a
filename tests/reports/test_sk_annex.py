"""The annex of a decree on slum areas, and activities summed up."""

import json
from decimal import Decimal

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.scores import sk_annex
from p2kp_desktop.cli import main
from p2kp_desktop.forms import Kawasan, Rt, RtRecap, RtSurvey, form
from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Scope
from tests.conftest import KELURAHAN
from tests.records import RECAP, YEAR, save

SK = {"name": "Kawasan Tepi Musi", "rts": "014/005, 015/005", "sk_number": "488/2014", "sk_date": "2014-09-01",
      "sk_ha": "12,5", "region": KELURAHAN}
BAD = {"irregular_buildings": 50, "substandard_buildings": 50, "short_water_kk": 60, "no_latrine_kk": 60,
       "unfit_latrine_kk": 60, "uncollected_kk": 60, "waste_facility_kk": 60, "unsafe_water_kk": 60}


def kawasan(workspace, **answers):
    return recording.record(workspace, Kawasan, {**SK, **answers}).id


def annex(workspace):
    (line,) = sk_annex.annex(workspace, KELURAHAN, YEAR)
    return line


def test_an_annex_says_what_the_law_wants_of_a_kawasan(workspace):
    for rt, east in (("014/005", "104.77"), ("015/005", "104.79")):
        save(workspace, RtRecap, rt=rt, **{**RECAP, **BAD})
        save(workspace, RtSurvey, rt=rt, area_ha="0.5", settlement_ha="0.4", strategic="b", potential="b")
        recording.record(workspace, Rt, {"region": KELURAHAN, "rt": rt, "latitude": "-2.98", "longitude": east})
    kawasan(workspace, land_clear="a", plan_fits="a", strategic="a")
    line = annex(workspace)
    assert line.lacking == ()
    assert (line.middle, line.hectares, line.authority) == (
        (Decimal("-2.98"), Decimal("104.78")), Decimal("12.5"), "provinsi")
    assert line.scope.endswith("RT 014/005, 015/005")
    assert (line.assessed.score.total, line.level) == (46, "sedang")
    assert (line.legal, line.considered.total, line.slum_class.code) == (True, 11, "B1")
    assert (line.slum_class.priority, line.handling.code) == (2, "peremajaan")


def test_what_nobody_recorded_is_named_with_the_form_that_asks_for_it(workspace):
    kawasan(workspace)
    line = annex(workspace)
    assert line.lacking == (
        "status penguasaan lahan (formulir Kawasan)", "kesesuaian tata ruang (formulir Kawasan)",
        "koordinat 2 RT (formulir RT)", "penilaian 2 RT (sensus atau rekap)",
    )
    save(workspace, RtRecap, rt="014/005", **RECAP)
    assert "penilaian 1 RT (sensus atau rekap)" in annex(workspace).lacking
    assert any(each.startswith("kepadatan penduduk") for each in annex(workspace).lacking)


def test_the_newest_decree_holds_and_a_revoked_kawasan_is_in_no_annex(workspace):
    parent = kawasan(workspace)
    later = {"parent": parent, "region": KELURAHAN, "kind": "dikurangi", "number": "62/2020", "date": "2020-01-02",
             "hectares": "8", "rts": "014/005"}
    recording.record(workspace, form("decree"), later)
    line = annex(workspace)
    assert (line.number, line.date, line.hectares, len(line.places)) == ("62/2020", "2020-01-02", Decimal(8), 1)
    assert line.authority == "kota"
    recording.record(workspace, form("decree"), {**later, "kind": "dicabut", "number": "1/2024", "date": "2024-01-02"})
    assert sk_annex.annex(workspace, KELURAHAN, YEAR) == []


def test_the_annex_goes_onto_a_map_and_says_what_lacks(workspace, tmp_path, capsys):
    recording.record(workspace, Rt, {"region": KELURAHAN, "rt": "014/005", "latitude": "-2.98", "longitude": "104.77"})
    kawasan(workspace)
    workspace.close()
    assert main(["report", "sk", workspace.name, str(tmp_path / "sk.geojson")]) == 0
    (feature,) = json.loads((tmp_path / "sk.geojson").read_text("utf-8"))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [104.77, -2.98]}
    assert feature["properties"]["lacking"].startswith("belum lengkap: ")
    assert main(["report", "sk", workspace.name, "-"]) == 0
    found = json.loads(capsys.readouterr().out.split("\n", 1)[1])
    assert found["sums"] == {"hectares": 12.5}
    assert found["notes"] == ["Belum lengkap: 1 lokasi; yang kurang disebut di kolom Kelengkapan."]


def test_activities_are_summed_by_year_component_and_source_and_no_rupiah_is_lost(workspace):
    whole = {"region": KELURAHAN, "component": "lingkungan", "rt_label": "014/005", "volume": 1, "unit_name": "meter"}
    for number, given in enumerate((
        {"source": "apbd_kota", "amount": 100, "period": "2026"},
        {"source": "apbd_kota", "amount": 300, "self_help": 50, "period": "2026"},
        {"source": "dak", "amount": 70, "period": "2025", "component": "sosial"},
    )):
        recording.record(workspace, Activity, {**whole, "name": f"Jalan {number}", **given})
    table = catalogue.make(workspace, "activity_totals", Scope(KELURAHAN))
    rows = [(line.year, line.component, line.source, len(line.works), line.amount) for line in table.lines]
    assert rows == [("2026", "lingkungan", "apbd_kota", 2, 350), ("2026", "lingkungan", "masyarakat", 1, 50),
                    ("2025", "sosial", "dak", 1, 70)]
    every = catalogue.make(workspace, "activities", Scope(KELURAHAN))
    assert table.sums["amount"] == every.sums["amount"] == 470
    assert "3 kegiatan" in table.notes[0]
