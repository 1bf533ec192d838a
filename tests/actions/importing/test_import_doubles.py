"""From Excel: numbers that a workbook computed are read as it shows them, wherever they stand."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.importing import import_plan, layouts
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household, RtRecap
from p2kp_desktop.schema import Measure, Unreadable, Whole
from p2kp_desktop.schema.values import as_shown, of_double, plain_decimal
from tests.edited_bundle import WHY, edited
from tests.foreign_tables import HERE, book, found
from tests.office import converted
from tests.official_workbook import SITI, SURVEY, filled

DATA = Path(__file__).parents[2] / "data"
SAMPLES = [json.loads(line) for line in (DATA / "scored_rt_samples.jsonl").read_text("utf-8").splitlines()]
DENOMINATORS = ["luas_ha", "bangunan", "penduduk", "kk", "jalan_ideal_m", "drainase_ideal_m"]
AREA = Measure("Luas", unit="Ha")
FIELD = st.decimals(min_value=0, max_value=10_000, places=6, allow_nan=False, allow_infinity=False)

WAYS = [  # how a sheet comes to a number: the formula, and what a double makes of it
    ("={0}+{1}-{1}", lambda number, other: number + other - other),
    ("={0}/{1}*{1}", lambda number, other: number / other * other),
    ("={0}/3+{0}/3+{0}/3", lambda number, _: number / 3 + number / 3 + number / 3),
    ("={0}*10000/3/10000*3", lambda number, _: number * 10_000 / 3 / 10_000 * 3),
    ("={1}-({1}-{0})", lambda number, other: other - (other - number)),
]


def recaps():
    """Yield 125 recaps: the true numbers in the order of the headings, formula and way in which each is computed."""
    for number in range(125):
        sample, (formula, way) = SAMPLES[number % len(SAMPLES)], WAYS[number % len(WAYS)]
        area = round(sample["luas_ha"] * (1 + number / 1000) / 10, 6)
        volumes = [each["volume"] / 10 + number / 1000 for each in sample["criteria"]]
        volumes[1] = volumes[7] = round(area / 7, 6)
        counts = [sample[key] for key in DENOMINATORS[1:]]
        yield [area, *counts, *(round(each, 6) for each in volumes)], formula, way


CODES = [each["code"] for each in SAMPLES[0]["criteria"]]
HEADINGS = ["RT/RW", *DENOMINATORS, *CODES]
KEYS = [*DENOMINATORS, *(next(q.key for q in RtRecap.questions if q.number == code) for code in CODES)]
OTHERS = (2, 1218.5, 0.7)


def computed(way, numbers):
    return [way(float(each), OTHERS[place % 3]) for place, each in enumerate(numbers)]


def check_all(workspace, path):
    """Check that every recap of a table is read with its true numbers."""
    (made,) = layouts.plans(workspace, RtRecap, path, PlaceOfRows(HERE), {})
    assert (made.errors, len(made.rows)) == ((), 125)
    for row, (numbers, _, _) in zip(made.rows, recaps(), strict=True):
        assert [Decimal(str(row.given[key])) for key in KEYS] == [Decimal(str(each)) for each in numbers]


def test_125_recaps_that_a_workbook_computed_are_read_with_the_numbers_it_shows(workspace, tmp_path):
    rows = [[f"{place:03d}/001", *computed(way, numbers)] for place, (numbers, _, way) in enumerate(recaps(), 1)]
    assert sum(any(len(repr(each)) > 16 for each in row[1:]) for row in rows) > 60
    check_all(workspace, book(tmp_path / "rekap.xlsx", rows, HEADINGS))
    with (tmp_path / "rekap.csv").open("w", newline="", encoding="utf-8") as file:
        told = ([str(each).replace(".", ",") for each in row] for row in rows)
        csv.writer(file, delimiter=";").writerows([HEADINGS, *told])
    check_all(workspace, tmp_path / "rekap.csv")


def test_what_libreoffice_computes_and_saves_again_is_read_so_too(workspace, tmp_path):
    path = tmp_path / "rekap.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        looks = [made.add_format({"num_format": each}) for each in ("General", "0.00", "#,##0", "0.000000")]
        sheet.write_row(0, 0, HEADINGS)
        for place, (numbers, formula, way) in enumerate(recaps(), 1):
            sheet.write_string(place, 0, f"{place:03d}/001")
            for at, (each, result) in enumerate(zip(numbers, computed(way, numbers), strict=True)):
                said = formula.format(repr(each), repr(OTHERS[at % 3]))
                sheet.write_formula(place, at + 1, said, looks[at % 4], result)
    check_all(workspace, path)
    for kind in ("ods", "xlsx"):
        (tmp_path / kind).mkdir()
        check_all(workspace, converted(tmp_path / kind, kind, path)[0])


def test_the_official_sheet_may_compute_its_measures(workspace, tmp_path):
    path = filled(tmp_path / "resmi.xlsx", {**SITI, "R": 0.1 + 0.2, "U": 4.000000000000001, "V": 0.9999999999999999},
                  survey={**SURVEY, "B19": 2.004724 - 2, "C19": 2.004724 - 2, "D19": 59.99999999999997})
    households, surroundings = layouts.plans(workspace, Household, path, PlaceOfRows(), {})
    assert (households.errors, surroundings.errors) == ((), ())
    assert [households.rows[0].given[key] for key in ("floor_length", "occupants", "roof")] == ["0.3", 4, "tidak_bocor"]
    assert [surroundings.rows[0].given[key] for key in ("area_ha", "buildings")] == ["0.004724", 60]


def test_a_filled_template_and_a_pasted_block_may_hold_computed_numbers(workspace, tmp_path):
    path = tmp_path / "templat.xlsx"
    import_plan.template(RtRecap, path)
    made = load_workbook(path)
    sheet = made.worksheets[1]
    given = {"rt": "14/5", "luas_ha": 2.004724 - 2, "kk": 58.99999999999999, "dense_ha": 0.0047 / 3}
    for column, cell in enumerate(sheet[1], start=1):
        sheet.cell(4, column, given.get(cell.value))
    made.save(path)
    (row,) = import_plan.plan_file(workspace, RtRecap, path).rows
    assert [row.given[key] for key in ("luas_ha", "kk", "dense_ha")] == ["0.004724", 59, "0.001566666666667"]
    block = "RT/RW\tluas_ha\tkk\n14/5\t0,30000000000000004\t58,99999999999999\n"
    (row,) = import_plan.plan_pasted(workspace, RtRecap, block).rows
    assert [row.given[key] for key in ("luas_ha", "kk")] == ["0.3", 59]


def test_a_note_and_a_house_number_say_what_their_cell_shows(workspace, tmp_path):
    path = book(tmp_path / "a.xlsx", [["Siti", "14/5", 0.1 + 0.2, 7.000000000000001]],
                ["Nama", "RT/RW", "Petugas", "Nomor Rumah"])
    (row,) = import_plan.plan_file(workspace, Household, path).rows
    assert (row.given["interviewer"], row.given["building"]) == ("0.3", "7")


def test_a_cell_of_a_bundle_that_was_computed_anew_is_no_edit_or_the_edit_it_shows(make_workspace, workspace, tmp_path):
    answers = {"id": "h", "rt": "14/5", "head_name": "Herlina", "floor_length": "0.3", "floor_width": "6.5"}
    recording.record(workspace, Household, answers)
    bundle, city = sending.send(workspace, tmp_path).path, make_workspace("Kota", "district", ("16.71",))
    again = edited(bundle, floor_length=2.3 - 2)
    assert receiving.receive(city, again, rehearse=True).edited_outside == 0
    received = receiving.receive(city, edited(bundle, floor_length=2.3 - 2, floor_width=1218.45 - 1211), accept=WHY)
    assert (received.error, received.edited_outside) == (None, 1)
    (saved,) = found(city, Household)
    assert [saved.answers[key] for key in ("floor_length", "floor_width")] == ["0.3", "7.45"]


@given(FIELD, FIELD, FIELD)
def test_what_is_computed_from_numbers_of_the_field_is_what_people_compute(one, other, third):
    for meant, way in (
        (one + other, float(one) + float(other)), (one - other, float(one) - float(other)),
        (one + other - third, float(one) + float(other) - float(third)), (one * 3, float(one) * 3),
        (one, float(one) / 7 * 7), (one, float(one) * 0.1 * 10), (one, float(one) * 10_000 / 10_000),
        (one, sum([float(one) / 10] * 10)),
    ):
        assert of_double(way) == meant


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=9).filter(lambda it: len(it.as_tuple().digits) <= 15))
def test_a_number_of_up_to_nine_decimals_is_what_it_says(number):
    assert as_shown(number) == of_double(float(number)) == number
    assert as_shown(number / 10) == number / 10 or abs(number) > 10**5


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double_of_up_to_fifteen_figures_is_an_answer(number):
    if abs(number) >= 10**15:
        return
    plain = AREA.read(number)
    assert plain == AREA.read(float(plain)) == AREA.read(plain.replace(".", ","))
    assert abs(Decimal(plain) - Decimal(number)) <= max(Decimal("1e-10"), abs(Decimal(number)) * Decimal("1e-14"))


@pytest.mark.parametrize(("number", "plain"), [
    (0.1 + 0.2, "0.3"), (2.004724 - 2, "0.004724"), (1218.5 - 1218.45, "0.05"), (1 / 3, "0.333333333333333"),
    (100.1 - 100 - 0.1, "0"), (0.0047 / 3, "0.001566666666667"), (58.99999999999997, "59"), (1e-9, "0.000000001"),
    (123456789.123456, "123456789.123456"), (-2.9876543211, "-2.9876543211"),
])
def test_a_double_is_read_as_excel_shows_it(number, plain):
    typed = format(Decimal(repr(number)), "f")
    assert plain_decimal(of_double(number)) == AREA.read(number) == AREA.read(typed) == plain
    assert AREA.read(typed.replace(".", ",")) == plain


def test_a_count_that_was_computed_is_whole_and_half_a_house_is_none():
    assert Whole("Jumlah").read(58.99999999999999) == 59
    with pytest.raises(Unreadable, match="bukan bilangan bulat"):
        Whole("Jumlah").read(58.5)


def test_a_number_of_sixteen_figures_is_no_measure():
    with pytest.raises(Unreadable, match="terlalu panjang"):
        AREA.read("1671064507800003")
