"""Kecamatan, kabupaten/kota and the province: their RTs taken together, never averaged."""

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import RtRecap
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Scope
from tests.records import RECAP, YEAR

ILIR, OTHER, OKU = "16.71.01.1001", "16.71.06.1005", "16.01.07.2001"


def test_areas_of_every_level_score_the_sums_of_their_rts(make_workspace):
    workspace = make_workspace("Provinsi", "province", ["16"])
    for region, bad in ((ILIR, 60), (OTHER, 0), (OKU, 60)):
        recording.record(workspace, RtRecap, {**RECAP, "region": region, "rt": "014/005", "period": YEAR,
                                              "unsafe_water_kk": bad, "short_water_kk": bad, "unfit_latrine_kk": bad})
    found = {name: catalogue.make(workspace, name, Scope("16", None, YEAR)) for name in (
        "kelurahan", "kecamatan", "kota", "provinsi")}
    assert {name: len(table.lines) for name, table in found.items()} == {
        "kelurahan": 3, "kecamatan": 3, "kota": 2, "provinsi": 1}
    assert {line.name: (line.rts, line.total) for line in found["kota"].lines} == {
        "Kabupaten Ogan Komering Ulu": (1, 21), "Kota Palembang": (2, 9)}  # half of the KK: 1 point a criterion
    (province,) = found["provinsi"].lines
    assert (province.region, province.rts, province.total) == ("16", 3, 15)
    assert {name: table.sums["slum"] for name, table in found.items()} == dict.fromkeys(found, 4)
    assert catalogue.make(workspace, "kota", Scope("16.71", None, YEAR)).sums["rts"] == 2
