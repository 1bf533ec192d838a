"""Scoring a CSV file of volumes."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.exchange.score_csv import DENOMINATORS, columns, parse_score_csv, score_file
from p2kp_desktop.rules import regulation

NEW, OLD = regulation("2018"), regulation("2016")
PUBLISHED = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "scored_rt_samples.jsonl").read_text("utf-8").splitlines()
]
HEADER = (
    "rt,luas_ha,bangunan,penduduk,kk,jalan_ideal_m,drainase_ideal_m,1a,1b,1c,2a,2b,3a,3b,4a,4b,4c,5a,5b,6a,6b,7a,7b"
)
CELLS = ["RT 1", "2", "10", "40", "10", "100", "100", *["0"] * 16]


def table(*rows, header=HEADER, separator=","):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([header.split(","), *rows])
    return out.getvalue()


def changed(column, cell, name="RT 1"):
    cells = [*CELLS]
    cells[HEADER.split(",").index(column)] = cell
    cells[0] = name
    return cells


def scored(tmp_path, content, rules="2018"):
    path = tmp_path / "rt.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return score_file(path, rules)


def test_the_header_is_the_agreed_one():
    assert ",".join(columns(NEW)) == HEADER
    assert ",".join(columns(OLD)) == HEADER.replace("4c,", "4c,4d,4e,").replace("6b,", "6b,6c,")


def test_published_records_give_published_totals(tmp_path):
    rows = [
        [r["rt"], *(r[key] for key in DENOMINATORS), *(each["volume"] for each in r["criteria"])] for r in PUBLISHED
    ]
    document, refused = scored(tmp_path, table(*rows))
    assert refused == []
    assert [row["rt"] for row in document["rows"]] == [record["rt"] for record in PUBLISHED]
    assert [row["total"] for row in document["rows"]] == [record["total"] for record in PUBLISHED]
    (warning,) = [each for each in document["warnings"] if "4a" in each]
    assert (
        warning == "Baris 6 (RT004-RW009), 4a Ketidakmampuan mengalirkan limpasan air: volume -1,03 Ha kurang dari 0."
    )


def test_a_row_has_the_agreed_shape(tmp_path):
    document, _ = scored(tmp_path, table(changed("1a", "2")))
    (row,) = document["rows"]
    assert document["rules"] == "2018"
    assert row["criteria"]["1a"] == {"percent": 20.0, "score": 0}
    assert row["aspects"]["1"] == 6.67
    assert (row["total"], row["level"]) == (0, "tidak_kumuh")
    json.dumps(document)


@pytest.mark.parametrize(
    ("cell", "percent"), [("2", 20), ("2.5", 25), ("25e-1", 25), ("2.5E+0", 25), (".5", 5), ("+1", 10), (" 1 ", 10)]
)
def test_numbers_have_a_point_or_an_exponent(tmp_path, cell, percent):
    document, refused = scored(tmp_path, table(changed("1a", cell)))
    assert refused == []
    assert document["rows"][0]["criteria"]["1a"]["percent"] == percent


def test_a_volume_is_exact(tmp_path):
    document, _ = scored(tmp_path, table(changed("2b", "50.994999999"), changed("2b", "50.995")))
    assert [row["criteria"]["2b"]["score"] for row in document["rows"]] == [1, 3]


@pytest.mark.parametrize("computed", [repr(1218.495 - 1167.5), repr(50.995 - 2**-47), "50.994999999999997442"])
def test_a_volume_that_was_computed_is_what_excel_shows(tmp_path, computed):
    assert computed != "50.995"
    document, _ = scored(tmp_path, table(changed("2b", computed)))
    assert [row["criteria"]["2b"]["score"] for row in document["rows"]] == [3]


@pytest.mark.parametrize("cell", ["abc", "", "1,5", "1.000,5", "nan", "inf", "1e999", "1_000", "0x10", "٣", "1e-99"])
def test_an_unreadable_cell_is_reported_with_line_and_column_and_the_rest_is_scored(tmp_path, cell):
    document, refused = scored(tmp_path, table(CELLS, changed("4a", cell), changed("1a", "9", "RT 3")))
    assert [row["rt"] for row in document["rows"]] == ["RT 1", "RT 3"]
    (message,) = refused
    assert message.startswith("Baris 3, kolom 4a: ")


def test_too_few_and_too_many_cells_are_reported(tmp_path):
    document, refused = scored(tmp_path, table(CELLS[:-1], [*CELLS, "7"], [*CELLS, "", " "]))
    assert len(document["rows"]) == 1
    assert [message.split(":")[0] for message in refused] == ["Baris 2, kolom 7b", "Baris 3, kolom 24"]


def test_a_missing_column_is_reported_and_nothing_scored(tmp_path):
    document, refused = scored(tmp_path, table(CELLS, header=HEADER.replace("6b", "6x")))
    assert document["rows"] == []
    assert refused == ["Baris 1, kolom 6b: kolom ini tidak ada di baris judul."]
    assert scored(tmp_path, "")[1]


def test_semicolons_byte_order_mark_and_empty_lines_are_tolerated(tmp_path):
    text = table(changed("1a", "2,5"), separator=";").replace("\r\n", "\r\n\r\n")
    for content in (b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16"), text.encode("cp1252")):
        document, refused = scored(tmp_path, content)
        assert refused == []
        assert document["rows"][0]["criteria"]["1a"]["percent"] == 25


def test_columns_may_stand_in_another_order_and_case(tmp_path):
    names = HEADER.upper().split(",")[::-1]
    document, refused = scored(tmp_path, table(changed("7b", "10")[::-1], header=",".join(names)))
    assert refused == []
    assert document["rows"][0]["criteria"]["7b"]["score"] == 5


def test_the_older_rules_have_their_own_columns(tmp_path):
    content = table([*CELLS[:7], *["100"] * 19], header=",".join(columns(OLD)))
    document, _ = scored(tmp_path, content, "2016")
    assert (document["rules"], document["rows"][0]["total"], document["rows"][0]["level"]) == ("2016", 95, "berat")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_the_rt_is_free_text(label):
    read = parse_score_csv(table([label, *CELLS[1:]]), NEW)
    assert not read.faults
    assert len(read.rows) == 1


@given(st.text() | st.text().map(lambda text: f"{HEADER}\n{text}"))
def test_reading_never_fails(text):
    parse_score_csv(text, NEW)
