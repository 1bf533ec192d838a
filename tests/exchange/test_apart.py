"""Foreign files are read in a process of their own: what is in them comes over, and its crash is a sentence."""

import datetime
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.exchange import annotated, apart, foreign, frames
from p2kp_desktop.exchange.package import LIMITS, TABLES
from p2kp_desktop.exchange.reading import read
from p2kp_desktop.exchange.tables import read_tables
from p2kp_desktop.exchange.workbook import Broken
from p2kp_desktop.language import Trouble
from tests.systems import limits_processes

from .sample_bundles import a_version, written

ROWS = 3_000  # more than one piece


class Enough(Exception):
    """What somebody raises who wants no more of it."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "daftar.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        for name in ("Satu", "Dua"):
            sheet = made.add_worksheet(name)
            for row in range(ROWS):
                sheet.write_row(row, 0, (f"{name} {row}", row / 8, "Ya"))
    return path


def repacked(path: Path, part: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = re.sub(old, new, parts.get(part, b'<sst uniqueCount="0"/>'))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def promising(path: Path, count: int) -> Path:
    """Let the list of texts say that it holds so many."""
    return repacked(path, "xl/sharedStrings.xml", rb'uniqueCount="\d+"', b'uniqueCount="%d"' % count)


def code(path: Path, **limits: int) -> str:
    with pytest.raises(Trouble) as trouble:
        read_tables(path, limits=replace(TABLES, **limits))
    assert trouble.value.what.endswith(".")
    return trouble.value.code


CELLS = st.one_of(
    st.text(), st.integers(-(2**63), 2**63), st.floats(allow_nan=False), st.booleans(), st.none(), st.dates(),
    st.datetimes(), st.times(), st.timedeltas(), st.decimals(allow_nan=False), st.builds(Broken, st.text()),
)


@given(st.lists(CELLS))
def test_every_value_of_a_cell_comes_over_as_it_was(row):
    back = frames.Frame(1, 0, frames.VALUE, frames.encode(row)).value
    assert back == row
    assert [type(each) for each in back] == [type(each) for each in row]


def test_what_no_cell_holds_does_not_travel():
    with pytest.raises(TypeError):
        frames.encode([object()])


@pytest.mark.parametrize("count", [2**31 - 1, 2**32 - 1, 2**63 - 1, 2**64 - 1, 10**30])
def test_a_list_that_promises_more_texts_than_it_has_is_damage(book: Path, tmp_path: Path, count: int) -> None:
    assert code(promising(book, count)) == "B14"
    bundle = promising(written(tmp_path / "paket.xlsx", [a_version(tick=1)]), count)
    with pytest.raises(Trouble) as trouble:
        read(bundle)
    assert trouble.value.code == "B14"


def test_a_writer_that_miscounts_its_texts_by_a_few_is_read(book: Path) -> None:
    assert len(read_tables(promising(book, ROWS * 2 + 500))[0].rows) == ROWS


def test_a_library_that_ends_its_process_is_a_sentence_and_the_next_file_is_read(book: Path, tmp_path: Path) -> None:
    sound = tmp_path / "utuh.csv"
    sound.write_text("RT;Nama\n001/001;Siti\n", encoding="utf-8")
    known = [("Satu", ROWS, 3, ROWS * 3)]
    with pytest.raises(Trouble) as trouble:  # what the guard would not let through
        apart.ask(promising(book, 2**31 - 1), LIMITS, "rows", known, "Satu")
    assert trouble.value.code == "B25"
    assert len(read_tables(sound)[0].rows) == 2


def test_a_panic_of_a_library_is_a_sentence(book: Path) -> None:
    known = [("Satu", ROWS, 3, ROWS * 3)]
    with pytest.raises(Trouble) as trouble:
        apart.ask(promising(book, 2**63 - 1), LIMITS, "rows", known, "Satu")
    assert trouble.value.code == "B25"
    assert isinstance(trouble.value.__cause__, apart.Broke)


def test_a_day_beyond_all_days_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "hari.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet("Daftar").write_number("A1", -(2.0**63), made.add_format({"num_format": "dd/mm/yyyy"}))
    assert code(path) == "B25"


@limits_processes
def test_memory_has_an_end(book: Path) -> None:
    assert code(book, memory=1 << 20) in ("B11", "B25")


@limits_processes
def test_processor_time_has_an_end(tmp_path: Path) -> None:
    path = tmp_path / "lama.ods"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind)
        package.writestr("content.xml", "<x>" + "<table:table-row/>" * 4_000_000 + "</x>")
    assert code(path, seconds=0, ratio=1 << 20) == "B26"


def test_whoever_wants_no_more_ends_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "lama.csv"
    path.write_text("RT;Nama\n" + "001/001;Siti\n" * 99_000, encoding="utf-8")
    apart.end()  # so that a process has to be started, which takes longer than a beat

    def enough() -> None:
        raise Enough

    with pytest.raises(Enough):
        read_tables(path, beat=enough)
    assert len(read_tables(path)[0].rows) == 99_001


def test_one_process_reads_file_after_file(book: Path) -> None:
    with apart.reader(TABLES) as first:
        pass
    read_tables(book)
    with apart.reader(TABLES) as second:
        assert second is first


def test_two_sheets_may_be_read_side_by_side(book: Path) -> None:
    seen = foreign.inspect(book, holds="")
    with foreign.opened(book, seen, LIMITS) as opened:
        pairs = list(zip(opened.rows("Satu"), opened.rows("Dua"), strict=True))
    assert [(one[0], other[0]) for one, other in pairs] == [(f"Satu {row}", f"Dua {row}") for row in range(ROWS)]


def test_a_sheet_that_somebody_leaves_halfway_disturbs_no_other(book: Path) -> None:
    seen = foreign.inspect(book, holds="")
    with foreign.opened(book, seen, LIMITS) as opened:
        assert next(opened.rows("Satu"))[0] == "Satu 0"
        assert [row[0] for row in opened.rows("Dua")][-1] == f"Dua {ROWS - 1}"
    book.unlink()  # nobody holds it any more


def test_numbers_of_every_kind_survive() -> None:
    told = [Decimal("0.10"), datetime.timedelta(days=3, seconds=5), 0.1 + 0.2, float("inf")]
    assert frames.Frame(1, 0, frames.VALUE, frames.encode(told)).value == told


NAMES = ("office", "table", "text")
SPACES = " ".join(f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in NAMES)
CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'


@pytest.mark.parametrize(("row", "cell", "said"), [
    (' table:number-rows-repeated="1000000"', "", "100.000 baris"),
    (' table:number-rows-repeated="1500"', ' table:number-columns-repeated="16000"', "sangat jauh"),
])
def test_few_bytes_that_stand_for_millions_of_cells_are_refused(tmp_path: Path, row: str, cell: str, said: str) -> None:
    path = tmp_path / "ulang.ods"
    body = f'<table:table table:name="S"><table:table-row{row}>{CELL.format(cell) * 3}</table:table-row></table:table>'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f"<office:document-content {SPACES}>{body}</office:document-content>")
    with pytest.raises(Trouble, match=said):
        read_tables(path, limits=replace(TABLES, memory=256 << 20))


@pytest.mark.parametrize(("text", "said"), [
    ("a;b;c\n" * 1_900_000, "100.000 baris"), ("a;b;c\n" + ";" * 20_000 + "\n", "16384 kolom"),
    ("a;b;c\n" * 5_000 + ";" * 15_000 + "x\n", "terlalu banyak sel"),
])
def test_a_text_with_more_cells_than_can_be_held_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "besar.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Trouble, match=said):
        read_tables(path, limits=replace(TABLES, memory=256 << 20))


@pytest.mark.parametrize("corner", ["X1000001", "WQK1501", "XFD1048576", "C1000000"])
def test_a_workbook_of_corner_cells_is_refused_before_it_is_held(tmp_path: Path, corner: str) -> None:
    path = tmp_path / "pojok.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet("S").write("A1", "RT")
    far = f'<row r="{corner[1:].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{corner}"><v>1</v></c></row></sheetData>'
    repacked(path, "xl/worksheets/sheet1.xml", b"</sheetData>", far.encode())
    with pytest.raises(Trouble, match="sangat jauh"):
        read_tables(path, limits=replace(TABLES, memory=256 << 20))


def test_one_long_text_in_very_many_cells_is_refused_before_the_program_holds_it(book: Path) -> None:
    repacked(book, "xl/sharedStrings.xml", b"Ya", b"Ya " * 5_000)
    with pytest.raises(Trouble, match="terlalu banyak") as trouble:
        read_tables(book, limits=replace(TABLES, handed=20 << 20))
    assert trouble.value.code == "B11"
    assert len(read_tables(repacked(book, "xl/sharedStrings.xml", b"(Ya )+", b"Ya"))) == 2


@pytest.mark.parametrize("doing", [r"os.write(1, b'\xff' * 13)", "os.close(1)"])
def test_a_process_that_lives_and_says_no_answer_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doing: str
) -> None:
    monkeypatch.setattr(apart, "_START", f"import os, sys, time; sys.stdin.readline(); {doing}; time.sleep(600)")
    apart.end()
    with pytest.raises(Trouble) as trouble:
        apart.ask(tmp_path, LIMITS, "inspect", "")
    assert trouble.value.code == "B25"


def test_what_a_library_prints_by_itself_is_no_answer(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chatty = """
import os, sys
sys.path[:0] = sys.argv[1:]
from p2kp_desktop.exchange import guard, serving
inspect = guard.inspect
def chat(*given, **more):
    os.write(1, b"warning: this sheet is odd")
    return inspect(*given, **more)
guard.inspect = chat
serving.main()
"""
    monkeypatch.setattr(apart, "_START", chatty)
    apart.end()
    assert foreign.inspect(book, holds="").sheets == ("Satu", "Dua")
    apart.end()


def test_a_process_that_cannot_be_started_is_a_sentence(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart.end()
    monkeypatch.setattr(apart.sys, "executable", str(tmp_path / "tidak ada"))
    assert code(book) == "B27"


def test_a_copy_with_remarks_whose_process_ends_leaves_nothing(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scraps, out = tmp_path / "sementara", tmp_path / "meja"
    scraps.mkdir()
    out.mkdir()
    dying = """
import os, sys, tempfile
sys.path[:0] = sys.argv[1:]
from openpyxl.worksheet import _writer
from p2kp_desktop.exchange import serving
begin = _writer.WorksheetWriter.write_top
def write(self):
    begin(self)
    os.abort()
_writer.WorksheetWriter.write_top = write
serving.main()
"""
    monkeypatch.setattr(apart, "_START", dying)
    monkeypatch.setenv("TMPDIR", str(scraps))
    apart.end()
    with pytest.raises(Trouble) as trouble:
        annotated.annotate(book, out / "salinan.xlsx", [])
    assert trouble.value.code == "B25"
    assert [*scraps.iterdir(), *out.iterdir()] == []
