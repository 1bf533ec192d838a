"""Reports on paper: every one of them, their figures, their heads, their columns."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2kp_desktop.exchange.official import recap
from p2kp_desktop.printing import making, writing
from p2kp_desktop.printing.figures import columns, tables
from p2kp_desktop.printing.pages import letters
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.pages.paper import A4, F4
from p2kp_desktop.printing.pages.veils import initials
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Column, Kind, Part, Scope, Table
from p2kp_desktop.schema.table_words import head, value_words, words
from tests import conftest

from .looking import MARGIN, letters_outside
from .pdf_text import boxes, outside, pages_of, plain


def set_out(workspace, table, sheet=A4):
    return making.set_out(workspace, table.name, Asked(sheet=sheet), tables.of_table(table, sheet)).pdf


def some(count, *, sums=None, **others):
    """Return a table of so many lines."""
    return Table("contoh", "Contoh", (
        Column("name", "Nama kepala rumah tangga", Kind.NAME, lambda line: f"Rumah {line}"),
        Column("number", "Jumlah anggota", Kind.WHOLE, lambda line: 1000 * line),
        Column("share", "Bagian", Kind.SHARE, lambda line: Fraction(line, 2000)),
    ), range(count), sums=sums or {}, **others)


@pytest.mark.parametrize("name", conftest.some(catalogue.reports()))
def test_every_report_is_set_within_its_pages_with_its_figures(village, name):
    table = catalogue.make(village, name, Scope())
    pdf = set_out(village, table)
    text = plain("".join(pages_of(pdf)))
    assert outside(pdf) == []
    assert plain(table.title) in text or table.sheets is not None
    if table.sheets is None:
        for column in table.in_sight:
            if column.kind.is_number:
                said = {plain(words(column, line)) for line in table.lines} - {""}
                assert [each for each in said if each not in text] == [], column.key
        for key, value in table.sums.items():
            if value and key in {each.key for each in table.in_sight}:
                assert plain(value_words(table.column(key).kind, value)) in text


@pytest.mark.parametrize("sheet", [A4, F4], ids=lambda sheet: sheet.name)
def test_heads_stand_on_every_page_and_no_last_line_stands_alone(workspace, sheet):
    counts = set()
    for count in range(96, 116):
        pages = pages_of(set_out(workspace, some(count, sums={"number": 1218}), sheet))
        assert all("Nama kepala rumah tangga" in each for each in pages)
        assert "1.218" in pages[-1]
        counts.add(pages[-1].count("Rumah "))
    assert min(counts) >= 2
    assert len(counts) > 10


def test_each_part_begins_on_a_page_of_its_own(workspace):
    table = some(6, part=lambda line: Part(str(line // 2), (f"Daftar {line // 2}", "Tahun 2026")))
    pages = pages_of(set_out(workspace, table))
    assert len(pages) == 3
    for number, each in enumerate(pages):
        assert f"Daftar {number}" in each
        assert each.count("Rumah ") == 2


def test_what_every_line_says_alike_is_told_once_above_and_what_none_says_is_left_out():
    table = replace(some(3), columns=(
        *some(3).columns, Column("region", "Kelurahan", Kind.REGION, lambda _line: "16.71.01.1001", varies=True),
        Column("empty", "Kosong", Kind.TEXT, lambda _line: ""),
        Column("aside", "Untuk berkas", Kind.WHOLE, lambda line: line, is_aside=True)))
    found, _rows, same = tables.shown(table)
    assert [column.key for column in found] == ["name", "number", "share"]
    assert same == [f"Kelurahan: {value_words(Kind.REGION, '16.71.01.1001')}"]


def test_a_sheet_for_the_pen_keeps_its_empty_columns():
    table = replace(some(3), columns=(
        *some(3).columns, Column("box", "Didata", Kind.BOX, lambda _line: None),
        Column("note", "Catatan", Kind.TEXT, lambda _line: "")))
    assert [column.key for column in tables.shown(table)[0]][-2:] == ["box", "note"]


def test_a_few_lines_of_many_columns_stand_side_by_side(village):
    pages = pages_of(set_out(village, catalogue.make(village, "rt_survey", Scope())))
    assert "002/005" in pages[0]
    assert "Bagian 1" not in pages[0]


def test_a_table_in_parts_says_in_each_which_line_it_is_of(village):
    table = catalogue.make(village, "household", Scope())
    pages = pages_of(set_out(village, table))
    parts = [int(page.split("Bagian ")[1].split()[0]) for page in pages]  # each page says of which it is
    begun = [page for number, page in enumerate(pages) if parts[number] not in parts[:number]]
    name = initials(words(table.column("head_name"), table.lines[0]))
    assert len(begun) > 2
    assert all(name in page and "No" in page for page in begun)


@pytest.mark.parametrize("words", [12, 200])
def test_a_line_of_a_table_is_not_parted_between_two_pages_unless_it_is_endless(village, words):
    table = replace(some(60), columns=(
        *some(3).columns,
        Column("note", "Catatan", Kind.TEXT, lambda line: f"awal{line} {'panjang ' * words}akhir{line}")))
    pdf = set_out(village, table)
    assert outside(pdf) == []
    pages = pages_of(pdf)
    alone = [sum((f"awal{line} " in page) != (f"akhir{line}\r" in page or f"akhir{line}\n" in page) for page in pages)
             for line in table.lines]
    assert len(pages) > 1
    assert any(alone) == (words > 100)


def test_filters_and_the_source_stand_on_paper(village):
    table = replace(catalogue.make(village, "rt", Scope()), narrowed=("RT 001",))
    [page] = pages_of(set_out(village, table))
    assert "Disaring: RT 001." in page
    assert "Permen PUPR 14/2018" in page
    assert "bangunan didata" in page


def test_the_official_sheet_has_every_cell_of_its_workbook(village):
    table = catalogue.make(village, "rt_slum", Scope(rt="001/005"))
    [page] = pages_of(set_out(village, table))
    [sheet] = table.sheets(table.lines)
    layout = recap.laid_out(sheet)
    for cell in layout.cells:
        if isinstance(cell.found, str) and cell.column in layout.widths:
            assert plain(cell.found) in plain(page)
    assert "RT001-RW005" in page


WORD = st.text("abcdefghijklmnopqrstuvwxyz/-", min_size=1, max_size=30)
TEXT = st.lists(WORD, min_size=1, max_size=9).map(" ".join)
KINDS = st.sampled_from((Kind.TEXT, Kind.NAME, Kind.WHOLE, Kind.MONEY, Kind.DATE, Kind.RT))


@given(st.lists(st.tuples(KINDS, TEXT, TEXT, st.integers(0, 10**11)), min_size=1, max_size=40))
@settings(max_examples=60)
def test_no_column_is_wider_than_the_sheet_and_no_number_is_wrapped(made):
    of = [Column(str(place), title, kind, lambda _line: None) for place, (kind, title, _text, _number) in
          enumerate(made)]
    row = [value_words(kind, number) if kind.is_number else text for kind, _title, text, number in made]
    found = columns.laid(of, [row], A4)
    room = (A4.height if found.landscape else A4.width) - 2 * columns.MARGIN
    assert {place for part in found.parts for place, _wide in part} == set(range(len(of)))
    for part in found.parts:
        whole = sum(wide for _place, wide in part)
        assert whole <= room + 0.01 or len(part) <= 2  # a word that no page holds
        for place, wide in part:
            if of[place].kind.is_number:
                assert letters.width(row[place], found.size) <= wide - 2 * columns.INSET


def test_headings_of_many_columns_do_not_run_into_each_other(village):
    pdf = set_out(village, catalogue.make(village, "houses", Scope()))
    by_line = {}
    for letter, (left, bottom, right, top) in boxes(pdf, 0):
        if letter.strip() and right > left and top - bottom < 15:  # the word behind the page is larger
            by_line.setdefault(round(bottom), []).append((left, right))
    for line in by_line.values():
        for before, after in pairwise(sorted(line)):
            assert before == after or before[1] <= after[0] + 1.5  # two letters of one sign have one box


def test_words_are_hyphenated_between_indonesian_syllables():
    assert letters.syllables("Kelengkapan") == ["Ke", "leng", "ka", "pan"]
    assert letters.syllables("Bangunan") == ["Ba", "ngu", "nan"]
    assert letters.syllables("masyarakat") == ["ma", "sya", "ra", "kat"]
    assert letters.syllables("RT") == ["RT"]


@pytest.mark.parametrize("letters_of_last", [300, 1500, 6000])
def test_last_lines_that_no_page_holds_are_broken_and_not_cut(workspace, letters_of_last):
    long = "Saluran tepian Sungai Musi tersumbat sampah. " * (letters_of_last // 45)
    table = replace(some(30, sums={"number": 5}), columns=(*some(1).columns, Column(
        "told", "Keterangan", Kind.TEXT, lambda line: long if line > 27 else "")))
    pdf = set_out(workspace, table)
    assert letters_outside(pdf, MARGIN) == []
    pages = pages_of(pdf)  # where one ends its foot stands between two words
    said = plain("".join(pages)).count("tersumbatsampah")
    assert said >= 2 * (letters_of_last // 45) - len(pages)


@pytest.mark.parametrize("count", range(48, 60))
def test_a_note_stands_on_the_page_of_the_last_line(workspace, count):
    pages = pages_of(set_out(workspace, some(count, notes=("Nama ditulis dengan huruf awalnya.",))))
    assert f"Rumah {count - 1}" in pages[-1]
    assert "hurufawalnya" in plain(pages[-1])


def test_a_heading_is_parted_at_its_stroke_before_a_syllable():
    assert letters.hyphenated("Kelurahan/desa", 18, 8.5, bold=True) == "Kelurahan/\u200bdesa"
    assert letters.hyphenated("Kelurahan/desa", 40, 8.5, bold=True) == "Kelurahan/desa"
    assert letters.hyphenated("Kelurahan/desa", 9, 8.5, bold=True) == "Ke\u00adlu\u00adra\u00adhan/\u200bdesa"


def test_a_number_stands_with_its_unit_and_an_endless_word_is_broken():
    assert letters.breakable("69 dari 96 KK = 67,71 %, skor 5") == "69 dari 96\u00a0KK = 67,71\u00a0%, skor 5"
    assert letters.breakable("Rumah warga") == "Rumah warga"
    assert max(map(len, letters.pieces("https://contoh.go.id/" + "a" * 90))) <= 26


@pytest.mark.parametrize("sheet", [A4, F4], ids=lambda sheet: sheet.name)
def test_no_heading_takes_the_room_of_the_lines(village, sheet):
    for name in ("progress", "household", "senders", "rt_recap", "activity"):
        table = catalogue.make(village, name, Scope())
        shown, rows, _same = tables.shown(table)
        found = columns.laid(shown, rows, sheet)
        assert all(letters.width(head(shown[place]), found.size, bold=True) <= 46 for place in found.turned), name


def test_many_narrow_columns_turn_their_headings(workspace):
    table = replace(some(30), columns=(some(3).columns[0], *(
        Column(str(place), f"Ketidakteraturan {place}", Kind.WHOLE, lambda line: line % 6) for place in range(38))))
    found, rows, _same = tables.shown(table)
    laid = columns.laid(found, rows, A4)
    assert len(laid.parts) == 1
    assert laid.turned
    assert outside(set_out(workspace, table)) == []


def test_the_widths_of_signs_outside_the_text_font_are_those_of_theirs():
    assert letters.width("→", 10) > letters.width("n", 10)


def test_a_list_is_saved_as_pdf_with_its_source(workspace, tmp_path):
    assert writing.save_list(workspace, some(3), tmp_path / "daftar.PDF") == 3
    [page] = pages_of((tmp_path / "daftar.PDF").read_bytes())
    assert "Rumah 2" in page
    assert "konflik terbuka" in page
    assert writing.save_list(workspace, some(3), tmp_path / "daftar.csv") == 3
