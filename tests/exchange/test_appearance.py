"""A bundle is a document that a person can read, filter and print."""

import datetime
import errno
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from p2kp_desktop.exchange.layout import layouts, short_title
from p2kp_desktop.exchange.writing import write
from p2kp_desktop.forms import FORMS as REAL_FORMS
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.causality import Version, edit
from p2kp_desktop.schema.history import Change

from .sample_bundles import FORMS, a_chain, a_conflict, a_manifest, a_save, a_version, cell_of, written

SHEET = "Sumur Warga"


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    version = a_version(record="satu")
    deleted = edit(a_version(record="dua"), a_save(8), {"alive": 0})
    doubtful = a_conflict("source", "bor", "ledeng")
    changes = {"source": Change("ledeng", "bor", "a"), "depth": Change(None, "7.2", "b"), "alive": Change(1, 0, "c")}
    rows = a_chain((version, {}), (version, changes), (version, {"nik": Change(None, None, "", ("x", "y"))}))
    path = written(tmp_path / "paket.xlsx", [version, deleted, doubtful, a_version("tank", litres=9)], rows)
    return load_workbook(path)


def texts(book: Workbook, sheet: str) -> list[str]:
    return [str(cell.value) for row in book[sheet].iter_rows() for cell in row if cell.value is not None]


def test_the_sheets_stand_in_reading_order_and_the_machine_part_is_hidden(book: Workbook) -> None:
    visible = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert visible == ["Sampul", SHEET, "Bak Penampung Air desa", "Riwayat", "Kamus"]
    assert [sheet.title for sheet in book if sheet.sheet_state == "hidden"] == ["p2kp", "p2kp 2", "p2kp 3"]
    assert book.active.title == "Sampul"


def test_answers_stand_as_words_numbers_and_days(book: Workbook) -> None:
    assert cell_of(book, "source").value == "b. Sumur bor/pompa"
    assert cell_of(book, "uses").value == "a. Minum; c. Cuci"
    assert cell_of(book, "depth").value == 7.2
    assert cell_of(book, "users").value == 3
    assert cell_of(book, "dug").value == datetime.datetime(2022, 10, 4)
    assert cell_of(book, "dug").number_format == "dd/mm/yyyy"
    assert cell_of(book, "nik").value == "0671010101010001"
    assert cell_of(book, "region").value == "Tiga-puluh-lima Ilir"
    assert cell_of(book, "~per_user").value == 2.4


def test_a_text_that_looks_like_a_formula_is_a_text(book: Workbook) -> None:
    assert (cell_of(book, "note").value, cell_of(book, "note").data_type) == ("=1+1", "s")


def test_headings_carry_keys_hidden_then_printed_numbers_then_wordings(book: Workbook) -> None:
    sheet = book[SHEET]
    column = cell_of(book, "depth").column
    assert [sheet.cell(row, column).value for row in (1, 2, 3)] == ["depth", "5", "Kedalaman (m)"]
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    assert sheet.freeze_panes == "E4"
    assert sheet.auto_filter.ref.startswith("A3:")


def test_choices_have_a_drop_down_with_the_wordings(book: Workbook) -> None:
    (rule,) = book[SHEET].data_validations.dataValidation
    column = cell_of(book, "source").column_letter
    assert str(rule.sqref) == f"{column}4:{column}6"
    name, _, cells = rule.formula1.partition("!")
    assert name == "Kamus"
    assert [cell.value for (cell,) in book["Kamus"][cells.replace("$", "")]] == [
        "a. Ledeng meteran (SR)", "b. Sumur bor/pompa", "c. Air hujan; ditampung",
    ]


def test_deleted_records_and_conflicts_say_so(book: Workbook) -> None:
    assert [cell_of(book, "~note", row).value for row in (4, 5, 6)] == [None, "Dihapus", "Sementara (konflik)"]
    assert cell_of(book, "source", 6).fill.start_color.rgb != cell_of(book, "source", 4).fill.start_color.rgb


def test_the_cover_says_who_where_when_and_how_many(book: Workbook) -> None:
    cover = " | ".join(texts(book, "Sampul"))
    for words in (
        "Rina Marlina, Fasilitator kelurahan", "Kabupaten/Kota", "Tiga-puluh-lima Ilir", "2026", "014/005",
        "6 Oktober 2026, pukul 16.45", "4 data; 1 di antaranya sudah dihapus; 1 dengan", "tekan Terima",
    ):
        assert words in cover


def test_the_cover_of_the_practice_village_is_stamped(tmp_path: Path) -> None:
    path = written(tmp_path / "paket.xlsx", [], manifest=a_manifest(practice=True))
    assert "LATIHAN" in " ".join(texts(load_workbook(path), "Sampul"))


def test_the_history_tells_changes_in_words(book: Workbook) -> None:
    rows = [[cell.value for cell in row] for row in book["Riwayat"].iter_rows(min_row=2)]
    assert [row[6] for row in rows] == [
        "Data baru dibuat.",
        "3. Sumber air: Ledeng meteran (SR) → Sumur bor/pompa\n5. Kedalaman: (kosong) → 7,2\nData: ada → dihapus",
        "2. NIK: (tidak disertakan)",
    ]
    assert rows[0][:6] == [
        datetime.datetime(2026, 10, 4, 9, 30), "Rina", "Laptop Rina", "Z. Sumur Warga",
        "Tiga-puluh-lima Ilir", "014/005",
    ]


def test_the_dictionary_explains_every_question(book: Workbook) -> None:
    rows = {row[2].value: [cell.value for cell in row] for row in book["Kamus"].iter_rows() if row[2].value}
    wordings = "a. Ledeng meteran (SR)\nb. Sumur bor/pompa\nc. Air hujan; ditampung"
    assert rows["source"][3:7] == ["Sumber air", "satu pilihan", None, wordings]
    assert rows["cost"][7] == "3 = b"
    assert "Paling banyak 500 jiwa." in rows["users"][8]
    assert "Pemakai paling banyak" in rows["users"][8]
    assert rows["per_user"][8] == "= 5 ÷ 6"


def test_sheet_names_fit_and_differ_for_every_form() -> None:
    names = [layout.title for layout in layouts([*REAL_FORMS, *FORMS, *FORMS])]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 28 and not set(name) & set("[]:*?/\\") for name in names)
    assert short_title("A. Rumah Tangga") == "Rumah Tangga"
    assert short_title("'") == "Formulir"


def test_nothing_appears_under_the_name_when_writing_breaks_off(tmp_path: Path) -> None:
    def broken() -> Iterator[Version]:
        yield a_version()
        raise KeyboardInterrupt

    path = written(tmp_path / "paket.xlsx", [])
    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        write(path, a_manifest(), broken(), [], forms=FORMS)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_or_a_missing_folder_gets_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Trouble, match=r"Folder .* tidak ada.*B16"):
        write(tmp_path / "tidak" / "ada.xlsx", a_manifest(), [], [], forms=FORMS)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Trouble, match=r"penuh.*B15"):
        write(tmp_path / "paket.xlsx", a_manifest(), [a_version()], [], forms=FORMS)
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_a_plain_workbook_without_macros_or_links(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path / "paket.xlsx", [a_version()])) as package:
        assert not [name for name in package.namelist() if "vba" in name.lower() or "external" in name.lower()]


def test_importing_the_exchange_loads_no_workbook_library() -> None:
    code = (
        "import sys, p2kp_desktop.exchange.reading, p2kp_desktop.exchange.writing;"
        "sys.exit(bool({'xlsxwriter', 'python_calamine', 'openpyxl'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
