"""100-0-100 over time: a row per area and period, every indicator, RTs that became slum or left it."""

from decimal import Decimal

import pytest

from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.exchange import table_files
from p2kp_desktop.forms import Household, Rt, RtRecap, RtSurvey
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Scope
from tests.conftest import KELURAHAN
from tests.records import YEAR, save

LAST = str(int(YEAR) - 1)
SLUM = {"irregular_buildings": 51, "damaged_road_m": 200, "unsafe_water_kk": 59, "no_latrine_kk": 59}
OTHER = "16.71.01.1002"


def rows(workspace, name, area="", rt=None, period=""):
    return table_files.as_document(catalogue.make(workspace, name, Scope(area, rt, period)))["rows"]


@pytest.fixture
def two_years(workspace):
    """Give a workspace of two years: of RT 001 both, of RT 002 the last, of RT 009 the first one."""
    for rt, period in (("1/5", LAST), ("1/5", YEAR), ("2/5", YEAR), ("9/5", LAST)):
        save(workspace, RtRecap, rt=rt, period=period, luas_ha="0.04", **SLUM)
    return workspace


def test_the_progress_of_a_kelurahan_and_its_rts_has_the_shape_that_offices_script_against(workspace):
    save(workspace, rt="1/5", water_source="g")
    save(workspace, rt="1/5", water_source="a", closet="b")
    save(workspace, rt="2/5", water_source="c", pit_distance="b", defecation="b")
    whole, first, second = rows(workspace, "progress")
    keys = ("region", "rt", "period", "households", "water_safe", "water_bps", "toilet", "sanitation_technical",
            "sanitation_bps", "slum_ha")  # fmt: skip
    assert [whole[key] for key in keys] == [KELURAHAN, None, YEAR, 3, 1, 2, 2, 2, 1, 0]
    assert [(each["rt"], each["water_safe"], each["water_refill"]) for each in (first, second)] == [
        ("001/005", 1, 1), ("002/005", 0, 0)
    ]
    assert {"compared", "new", "gone", "slum_ha"} <= whole["change"].keys()
    assert "sementara" in whole["doubts"]


def test_a_change_is_only_of_rts_assessed_in_both_periods(two_years):
    table = rows(two_years, "progress")
    whole = {each["period"]: each for each in table if each["whole"]}
    change = whole[YEAR]["change"]
    assert (change["compared"], change["new"], change["gone"], change["slum_ha"]) == (1, 1, 1, 0)
    assert (change["new_ha"], change["gone_ha"], whole[YEAR]["since"]) == (0.04, 0.04, LAST)
    assert (whole[LAST]["slum_ha"], whole[YEAR]["slum_ha"], whole[LAST]["change"]["compared"]) == (0.08, 0.08, 0)
    assert whole[YEAR]["doubts"].startswith("sementara: 1 RT belum ada data")
    (only,) = [each for each in rows(two_years, "progress", period=YEAR) if each["whole"]]
    assert only == whole[YEAR]


def test_the_areas_are_those_just_below_the_one_asked_for(make_workspace):
    province = make_workspace("Provinsi", "province", ("16",))
    for region in (KELURAHAN, OTHER, "16.72.01.1001"):
        recording.record(province, Household, {"region": region, "rt": "1/5", "period": YEAR, "head_name": region})
    assert [each["region"] for each in rows(province, "progress")] == ["16", "16.71", "16.72"]
    assert [each["region"] for each in rows(province, "progress", "16.71")] == ["16.71", KELURAHAN, OTHER]
    assert [each["households"] for each in rows(province, "progress", "16.71.01")] == [2, 1, 1]
    below = rows(province, "progress", KELURAHAN)
    assert [(each["region"], each["rt"]) for each in below] == [(KELURAHAN, None), (KELURAHAN, "001/005")]
    assert [each["rt"] for each in rows(province, "progress", KELURAHAN, "1/5")] == ["001/005"]


def test_poor_households_without_safe_water_are_told_by_the_sex_of_their_head(workspace):
    for number, (sex, source) in enumerate((("b", "j"), ("b", "a"), ("a", "j"), (None, "j"))):
        save(workspace, rt="1/5", mbr="a", head_sex=sex, water_source=source, nik=None, building=str(number))
    save(workspace, RtSurvey, rt="1/5", health_facilities="bidan")
    found = {(each["group"], each["indicator"]): each for each in rows(workspace, "indicator_table") if each["whole"]}
    women = found["mbr_head_female", "water_safe"]
    assert (women["good"], women["of"], women["percent"], women["family"]) == (1, 2, 50, "programme")
    assert found["mbr_head_unsaid", "water_safe"]["good"] == 0
    assert ("non_mbr", "water_safe") not in found
    poor = rows(workspace, "mbr_water")[0]
    keys = ("mbr", "mbr_of", "mbr_head_female", "mbr_head_female_of", "mbr_head_male", "mbr_head_unsaid")
    assert [poor[key] for key in keys] == [3, 4, 1, 2, 1, 1]
    assert found["all", "health_facilities:bidan"]["percent"] == 100
    assert found["all", "head_female"]["open"] == 1


def test_a_household_changed_is_counted_anew(workspace):
    ident = save(workspace, rt="1/5", water_source="a")

    def safe():
        return next(each["good"] for each in rows(workspace, "indicator_table")
                    if each["whole"] and (each["group"], each["indicator"]) == ("all", "water_safe"))

    assert safe() == 1
    recording.record(workspace, Household, {"id": ident, "water_source": "j"})
    assert safe() == 0


def test_rts_that_became_slum_or_left_are_told_with_the_criteria_that_made_it(two_years):
    for period, volumes in ((LAST, SLUM), (YEAR, {**SLUM, "unsafe_water_kk": 0, "no_latrine_kk": 0,
                                                  "damaged_road_m": 0})):
        save(two_years, RtRecap, rt="3/5", period=period, **volumes)
    told = {each["rt"]: each for each in rows(two_years, "slum_changes")}
    assert {rt: each["change"] for rt, each in told.items()} == {"002/005": "new", "003/005": "left", "009/005": "gone"}
    left = told["003/005"]
    assert left["before"] - left["total"] == 15
    assert left["why"] == (
        "2b 100,00 % (skor 5) → 0,00 % (skor 0); 3a 100,00 % (skor 5) → 0,00 % (skor 0); "
        "5a 100,00 % (skor 5) → 0,00 % (skor 0)"
    )
    assert told["002/005"]["why"] == f"pada {LAST} belum dinilai, atau belum pasti kumuh atau tidak"


def test_what_an_rt_without_any_data_means_is_said(workspace):
    save(workspace, rt="1/5")
    save(workspace, Rt, rt="2/5", rt_number=2)
    last = rows(workspace, "progress")[-1]
    assert (last["rt"], last["households"]) == ("002/005", 0)
    assert "1 RT belum ada data" in last["doubts"]
    assert Decimal(str(last["slum_ha"])) == 0


def test_an_area_counts_what_those_below_it_count_together(make_workspace):
    workspace = make_workspace(regions=(demo_journey.KELURAHAN,))
    demo_journey.fill(workspace)
    whole, *below = rows(workspace, "progress")
    for key in ("households", "water_safe", "water_enough", "water_bps", "toilet", "sanitation_technical",
                "sanitation_bps", "slum_ha", "slum_rts", "rts", "kk", "lacking", "unverified"):  # fmt: skip
        assert whole[key] == pytest.approx(sum(each[key] for each in below)), key
    found = rows(workspace, "indicator_table")
    for key in ("mbr", "head_female", "decent_housing", "livelihood:perdagangan_jasa", "members_disabled"):
        mine = [each for each in found if (each["group"], each["indicator"]) == ("all", key)]
        for number in ("good", "of", "open"):
            assert mine[0][number] == sum(each[number] for each in mine[1:]), key
