"""The two official recap sheets, cell for cell, against what an office suite calculates of the same answers."""

import json
import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from p2kp_desktop.actions.common import practice_mark
from p2kp_desktop.actions.importing import official_workbook
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.scores import recap_sheets, slum_scores
from p2kp_desktop.cli import main
from p2kp_desktop.exchange.official.recap import headings
from p2kp_desktop.forms import Household, Period, RtRecap, RtSurvey
from p2kp_desktop.reports import catalogue, saving
from p2kp_desktop.rules import regulation
from p2kp_desktop.rules.scoring import half_up
from p2kp_desktop.schema import Choice
from p2kp_desktop.schema.conditions import RULES
from p2kp_desktop.schema.table import Scope
from tests import office
from tests.conftest import KELURAHAN
from tests.official_formulas import LOGBOOK, SLUM, logbook, scored, slum
from tests.records import save

PUBLISHED = [json.loads(line) for line in (
    Path(__file__).parents[1] / "data" / "scored_rt_samples.jsonl").read_text("utf-8").splitlines()]
RTS, YEAR = ("001/005", "002/005", "003/005"), "2026"
SHEETS = {"rt_logbook": LOGBOOK, "rt_slum": SLUM}
WRITTEN = {SLUM: ("C16", "E14", "E17", "F37", "F39", "F41"), LOGBOOK: ("D18", "D44", "D109")}


def answered(dice):
    """Return answers of a household, by chance; those of questions that are not asked are left out."""
    men, women = dice.randint(1, 5), dice.randint(0, 4)
    seen = {RULES: "2018"}
    for question in Household.questions:
        if isinstance(question, Choice) and question.when.holds(seen):
            seen[question.key] = dice.choice(question.options.codes[:3] * 3 + question.options.codes)
    seen.pop(RULES)
    return {**seen, "members_male": men, "members_female": women, "occupants": men + women, "members_disabled": 0,
            "kk_count": 1 + men // 3, "floor_length": dice.randint(3, 12), "floor_width": dice.choice(("3.5", "6")),
            "floors": 1}


def surveyed(dice):
    drain = dice.randint(100, 400)
    return {"flood_height": dice.choice("bc"), "flood_ha": "0.4", "drain_m": drain, "sound_drain_m": drain - 61,
            "clean_drain_m": 90, "new_drain_m": dice.randint(1, 200), "waste_site": dice.choice("ab"),
            "fire_protection": dice.choice((["a"], ["b"], ["c"], ["d"], ["a", "c"])), "fire_road": dice.choice("ab"),
            "buildings": dice.choice((60, 700)), "strategic": dice.choice("ab"), "potential": dice.choice("ab"),
            "sewage_separate": dice.choice("ab")}


def put_published(workspace):
    """Record the ten published RTs as recaps of a year of their own."""
    places = [f"{number:03d}/009" for number in range(1, len(PUBLISHED) + 1)]
    for rt, each in zip(places, PUBLISHED, strict=True):
        volumes = {one["code"]: str(one["volume"]) for one in each["criteria"]}
        plain = {key: str(each[key]) for key in regulation("2018").denominators}
        plain |= {"bangunan": each["bangunan"], "kk": each["kk"], "penduduk": each["penduduk"]}
        save(workspace, RtRecap, rt=rt, period="2025", official="a", **plain,
             **{one.volume: volumes[one.code] for one in regulation("2018").criteria})
    return places


@pytest.fixture
def kelurahan(workspace):
    """Give a workspace with three RTs of a census and the ten published ones."""
    dice = random.Random(20160216)
    for rt in RTS:
        for _ in range(dice.randint(5, 12)):
            save(workspace, rt=rt, **answered(dice))
        save(workspace, RtSurvey, rt=rt, **surveyed(dice))
    put_published(workspace)
    return workspace


def saved(workspace, name, path, rt=None, period=YEAR):
    saving.save(workspace, catalogue.make(workspace, name, Scope(KELURAHAN, rt, period)), path)
    return load_workbook(path)


def typed_of(each):
    rows = (14, 15, 16, 18, 19, 21, 22, 24, 25, 26, 28, 29, 31, 32, 34, 35)
    heads = {f"E{row}": each[key] for row, key in ((3, "luas_ha"), (5, "bangunan"), (6, "penduduk"), (7, "kk"))}
    volumes = {row: one["volume"] for row, one in zip(rows, each["criteria"], strict=True)}
    return scored(volumes, heads, {"road": each["jalan_ideal_m"], "drain": each["drainase_ideal_m"]})


def recalculated(tmp_path, workspace):
    """Return what an office suite makes of the formulas, by RT and sheet, of all workbooks in one start."""
    paths = []
    for rt in RTS:
        (path,) = official_workbook.write_back(workspace, PlaceOfRows(KELURAHAN, rt, YEAR), tmp_path)
        book = load_workbook(path)
        for title, cells in ((LOGBOOK, logbook()), (SLUM, slum())):
            sheet = book.create_sheet(title)
            for cell, formula in cells.items():
                sheet[cell] = formula
        book.save(path)
        paths.append(path)
    published = load_workbook(paths[0])
    for number, each in enumerate(PUBLISHED, start=1):
        sheet = published.create_sheet(f"{number:03d}")
        for cell, formula in typed_of(each).items():
            sheet[cell] = formula
    published.save(tmp_path / "terbit.xlsx")
    folder = tmp_path / "hitung"
    folder.mkdir()
    made = office.converted(folder, "xlsx:Calc MS Excel 2007 XML", *paths, tmp_path / "terbit.xlsx")
    return [load_workbook(path, data_only=True) for path in made]


def alike(ours, theirs):
    return ours == theirs or (isinstance(theirs, int | float) and ours is not None and abs(ours - theirs) < 1e-9)


def test_every_cell_is_what_an_office_suite_calculates_of_the_same_answers(kelurahan, tmp_path):
    *books, published = recalculated(tmp_path, kelurahan)
    compared, differing = 0, []
    for rt, theirs in zip(RTS, books, strict=True):
        for name, title in SHEETS.items():
            ours = saved(kelurahan, name, tmp_path / f"{name}.xlsx", rt)[title]
            for cell in logbook() if title == LOGBOOK else slum():
                compared += 1
                if not alike(ours[cell].value, theirs[title][cell].value):
                    differing.append((rt, title, cell, ours[cell].value, theirs[title][cell].value))
    ours = saved(kelurahan, "rt_slum", tmp_path / "terbit-kita.xlsx", period="2025")
    for number, each in enumerate(PUBLISHED, start=1):
        for cell in typed_of(each):
            compared += 1
            if not alike(ours[f"RT{number:03d}-RW009"][cell].value, published[f"{number:03d}"][cell].value):
                differing.append((each["rt"], cell))
    assert differing == []
    assert compared == 1100


@pytest.mark.parametrize(("name", "title"), SHEETS.items())
def test_every_heading_stands_where_the_official_sheet_has_it(kelurahan, tmp_path, name, title):
    sheet = saved(kelurahan, name, tmp_path / "lembar.xlsx", RTS[0])[title]
    assert {cell: sheet[cell].value for cell in headings(title)} == headings(title)
    for cell in WRITTEN[title]:
        assert sheet[cell].value is not None


def test_the_published_records_come_out_on_their_sheets(kelurahan, tmp_path):
    book = saved(kelurahan, "rt_slum", tmp_path / "terbit.xlsx", period="2025")
    for number, each in enumerate(PUBLISHED, start=1):
        sheet = book[f"RT{number:03d}-RW009"]
        assert sheet["F37"].value == each["total"]
        rows = (14, 15, 16, 18, 19, 21, 22, 24, 25, 26, 28, 29, 31, 32, 34, 35)
        for row, one in zip(rows, each["criteria"], strict=True):
            assert (sheet[f"C{row}"].value, sheet[f"F{row}"].value) == (one["volume"], one["score"])
            if one["code"] != "4a":  # the area is published with two decimals, the percent was made from more
                assert half_up(Fraction(sheet[f"E{row}"].value).limit_denominator(10**7) * 100, 2) == Decimal(
                    str(one["percent"])), (each["rt"], one["code"])


def test_a_kelurahan_sums_its_rts_and_scores_the_sums(kelurahan, tmp_path):
    book = saved(kelurahan, "rt_slum", tmp_path / "kumuh.xlsx")
    assert len(book.sheetnames) == 4
    whole, *rts = book.worksheets
    for cell in ("E3", "E5", "E6", "E7", "C14", "C19", "C22", "C26", "C35"):
        assert whole[cell].value == pytest.approx(sum(sheet[cell].value for sheet in rts)), cell
    village = catalogue.make(kelurahan, "kelurahan", Scope(KELURAHAN, None, YEAR)).lines[0]
    assert whole["F37"].value == village.total
    assert whole["B7"].value == "3 RT"
    counted = saved(kelurahan, "rt_logbook", tmp_path / "rekap.xlsx").worksheets
    for row in (7, 18, 41, 55, 85, 106):
        assert counted[0][f"D{row}"].value == pytest.approx(sum(sheet[f"D{row}"].value for sheet in counted[1:])), row
    assert counted[0]["D19"].value == pytest.approx(counted[0]["D18"].value / counted[0]["D7"].value)


def test_the_total_of_the_sheet_is_the_program_s_and_its_means_to_two_decimals_those_of_the_score(kelurahan):
    scores = {each.rt: each for each in slum_scores.assessments(kelurahan, area=KELURAHAN, period=YEAR)}
    for each in recap_sheets.slums(kelurahan, KELURAHAN, None, YEAR):
        if each.rt:
            assert each.together.score.total == scores[each.rt].score.total
            for code, mean in each.means.aspects.items():
                assert abs(mean * 100 - Fraction(scores[each.rt].score.official.aspects[code])) <= Fraction(1, 100)


def test_rows_for_scripts_say_the_same_as_the_cells(kelurahan, tmp_path, capsys):
    kelurahan.close()
    assert main(["report", "rt_slum", kelurahan.name, "-", "--rt", RTS[0], "--period", YEAR]) == 0
    rows = {row["row"]: row for row in json.loads(capsys.readouterr().out)["rows"]}
    assert main(["report", "rt_slum", kelurahan.name, str(tmp_path / "a.xlsx"), "--rt", RTS[0], "--period", YEAR]) == 0
    sheet = load_workbook(tmp_path / "a.xlsx")[SLUM]
    assert rows[14]["volume"] == sheet["C14"].value
    assert rows[14]["percent"] == pytest.approx(100 * sheet["E14"].value, abs=1e-6)
    assert (rows[37]["score"], rows[41]["percent"]) == (
        sheet["F37"].value, pytest.approx(100 * sheet["F41"].value, abs=1e-6))
    assert sheet["F39"].value.lower() == f"kumuh {rows[39]['level']}".replace("kumuh tidak_kumuh", "tidak kumuh")
    assert rows[3]["volume"] == sheet["E3"].value
    assert rows[17] == {"region": KELURAHAN, "rt": RTS[0], "row": 17, "part": headings(SLUM)["A17"],
                        "line": headings(SLUM)["A17"], "volume": None, "unit": "", "score": None, "level": None,
                        "percent": rows[17]["percent"]}


def test_what_was_removed_of_the_sectoral_mean_is_of_the_period_before(workspace, tmp_path):
    whole = {"official": "a", "luas_ha": "2", "bangunan": 50, "penduduk": 200, "kk": 60, "jalan_ideal_m": "400",
             "drainase_ideal_m": "500", **{each.volume: 0 for each in regulation("2018").criteria}}
    save(workspace, RtRecap, rt="014/005", period="2025", **{**whole, "damaged_road_m": 400, "short_water_kk": 60})
    save(workspace, RtRecap, rt="014/005", period=YEAR, **{**whole, "damaged_road_m": 400})
    now, before = (saved(workspace, "rt_slum", tmp_path / f"{year}.xlsx", "014/005", year)[SLUM]
                   for year in (YEAR, "2025"))
    assert (before["F41"].value, now["F41"].value) == (pytest.approx(1 / 7), pytest.approx(0.5 / 7))
    assert now["F42"].value == pytest.approx(0.5)
    assert before["F42"].value is None


def test_the_sheet_of_sixteen_criteria_is_not_filled_by_a_rule_with_nineteen(workspace, capsys):
    recording.record(workspace, Period, {"year": 2016, "rules": "2016"})
    save(workspace, RtRecap, rt="014/005", period="2016")
    workspace.close()
    assert main(["report", "rt_slum", workspace.name, "-", "--period", "2016"]) == 1
    assert "16 kriteria" in capsys.readouterr().err
    assert main(["report", "rt_logbook", workspace.name, "-", "--period", "2016"]) == 0


def test_a_sheet_of_the_practice_village_says_so_below_and_in_its_footer(workspace, tmp_path):
    save(workspace, rt="014/005")
    practice_mark.mark(workspace)
    sheet = saved(workspace, "rt_slum", tmp_path / "a.xlsx", "014/005")[SLUM]
    assert "LATIHAN" in [cell.value for row in sheet.iter_rows(min_row=43) for cell in row]
    assert sheet.oddFooter.left.text.startswith("LATIHAN")


def test_without_an_area_survey_its_cells_stay_empty_and_the_sheet_says_that_it_is_provisional(workspace, tmp_path):
    save(workspace, rt="014/005")
    sheet = saved(workspace, "rt_slum", tmp_path / "a.xlsx", "014/005")[SLUM]
    assert (sheet["C18"].value, sheet["E18"].value, sheet["F41"].value) == (None, None, None)
    below = [cell.value for row in sheet.iter_rows(min_row=43) for cell in row if cell.value]
    assert below[0].startswith("Sementara: ")
