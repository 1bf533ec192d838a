"""A copy of a workbook in which every cell that kept its row out is coloured and explained."""

import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import apart, faults, opendocument, writing
from .looks import ACCENT_SOFT, WARNING_SOFT
from .package import TABLES, Limits
from .tables import Place, tables_in, words
from .workbook import Broken

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    Sheets = dict[str, Worksheet]  # by their names in the file

ERRORS = "Kesalahan"
ONLY = "Data"  # the sheet of a CSV, which has no name
_HEADINGS = ("Lembar", "Sel", "Isi", "Pertanyaan", "Aturan", "Yang harus dilakukan", "Kode")
_WIDTHS = (24, 8, 24, 40, 50, 60, 8)
_WIDEST = 40  # of the columns of a file whose looks are not kept
_NO_TITLE, _LONGEST_TITLE = re.compile(r"[\\*?:/\[\]]"), 31  # what a sheet of a workbook may not be called
_AUTHOR = "P2KP Desktop"


class Remark(NamedTuple):
    """What is wrong with one cell."""

    place: Place
    value: str
    question: str
    rule: str
    remedy: str
    code: str


def annotate(source: Path, target: Path, remarks: Sequence[Remark]) -> None:
    """Write the copy, an .xlsx: cells coloured, each with a note, and a sheet that lists them. Raises Trouble.

    The copy appears under its name only when it is whole. Formulas and formats of an .xlsx stay as they are; of
    every other file the copy holds what its cells say. It is made in a process of its own, whose end leaves nothing.
    """
    told = [((each.place.sheet, each.place.row, each.place.column), *each[1:]) for each in remarks]
    with writing.appearing(target) as draft:
        apart.ask(source, TABLES, "annotate", str(draft), str(target), told)


def remarks_of(told: Iterable[Sequence[Any]]) -> list[Remark]:
    """Return remarks that came to the process as plain lists."""
    return [Remark(Place(*place), *more) for place, *more in told]


def annotate_here(source: Path, draft: Path, target: Path, remarks: Sequence[Remark], limits: Limits) -> None:
    """Write the draft of the copy in this process; raise Trouble."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    with writing.told(target), _scraps_in(draft.parent):
        book, sheets = _rebuilt(source) if keeps_looks(source) else _book_of_values(source, limits)
        fill = PatternFill("solid", fgColor=WARNING_SOFT.removeprefix("#"))
        for remark in remarks:
            cell = sheets[remark.place.sheet].cell(remark.place.row, remark.place.column + 1)
            if cell.__class__.__name__ != "MergedCell":
                cell.fill = fill
                told = _bare(f"{remark.rule}\n{remark.remedy}\n{remark.code}")
                cell.comment = Comment(told, _AUTHOR, height=120, width=320)
        titles = {name: sheet.title for name, sheet in sheets.items()}
        if ERRORS in book.sheetnames:
            del book[ERRORS]
        _list(book.create_sheet(ERRORS, 0), remarks, titles)
        book.save(draft)


@contextmanager
def _scraps_in(folder: Path) -> Iterator[None]:
    """Let the library put its own temporary files into a folder that is taken away, whatever becomes of it."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def keeps_looks(source: Path) -> bool:
    """Say whether the copy of a workbook keeps its formulas and formats."""
    return zipfile.is_zipfile(source) and not opendocument.is_spreadsheet(source)


def _rebuilt(source: Path) -> "tuple[Workbook, Sheets]":
    from openpyxl import load_workbook

    try:
        with source.open("rb") as file:  # whatever its name ends with
            book = load_workbook(file)
            return book, {sheet.title: sheet for sheet in book.worksheets}
    except (ValueError, KeyError, TypeError) as error:  # what the library makes of a workbook it cannot rebuild
        raise faults.damaged(source.name) from error


def _book_of_values(source: Path, limits: Limits) -> "tuple[Workbook, Sheets]":
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = {}
    for table in tables_in(source, limits):
        sheet = sheets[table.sheet] = book.create_sheet(_title(table.sheet))
        for place, value in (each for row in range(1, len(table.rows) + 1) for each in table.cells(row)):
            held = _bare(str(value)) if isinstance(value, Broken | str) else value
            cell = sheet.cell(place.row, place.column + 1, held)
            cell.data_type = "s" if isinstance(value, Broken | str) else cell.data_type  # never a formula
            column = sheet.column_dimensions[cell.column_letter]
            column.width = max(column.width, min(_WIDEST, len(words(value)) + 2))
    return book, sheets


def _title(name: str) -> str:
    """Return the title of a sheet in a workbook, with room for a number where another is called alike."""
    title = _NO_TITLE.sub("_", name) or ONLY
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 3]


def _bare(text: str) -> str:
    """Return a text without the signs that no workbook can hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def _list(sheet: "Worksheet", remarks: Sequence[Remark], titles: Mapping[str, str]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink
    from openpyxl.worksheet.properties import PageSetupProperties

    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), start=1):
        cell = sheet.cell(1, column, heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=ACCENT_SOFT.removeprefix("#"))
        sheet.column_dimensions[cell.column_letter].width = width
    for row, remark in enumerate(remarks, start=2):
        sheet_name = titles[remark.place.sheet]
        said = (sheet_name, remark.place.name, remark.value, remark.question, remark.rule, remark.remedy, remark.code)
        for column, text in enumerate(said, start=1):
            cell = sheet.cell(row, column)
            cell.value, cell.data_type = _bare(text), "s"  # never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        quoted = sheet_name.replace("'", "''")
        sheet.cell(row, 2).hyperlink = Hyperlink(f"B{row}", location=f"'{quoted}'!{remark.place.name}")
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = sheet.ORIENTATION_LANDSCAPE, sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
