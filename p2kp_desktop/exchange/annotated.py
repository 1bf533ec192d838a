"""A copy of a workbook in which every cell that kept its row out is coloured and explained."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from . import faults
from .looks import ACCENT_SOFT, WARNING_SOFT
from .tables import Place
from .writing import appearing

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ERRORS = "Kesalahan"
_HEADINGS = ("Lembar", "Sel", "Isi", "Pertanyaan", "Aturan", "Yang harus dilakukan")
_WIDTHS = (24, 8, 24, 40, 50, 60)
_AUTHOR = "P2KP Desktop"


class Remark(NamedTuple):
    """What is wrong with one cell."""

    place: Place
    value: str
    question: str
    rule: str
    remedy: str


def annotate(source: Path, target: Path, remarks: Sequence[Remark]) -> None:
    """Write the copy: cells coloured, each with a note, and a sheet that lists them. Raises Trouble.

    The copy appears under its name only when it is whole; formulas and formats stay as they are.
    """
    from openpyxl import load_workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    with appearing(target) as draft:
        try:
            book = load_workbook(source)
        except (ValueError, KeyError, TypeError) as error:  # what the library makes of a workbook it cannot rebuild
            raise faults.damaged(source.name) from error
        fill = PatternFill("solid", fgColor=WARNING_SOFT.removeprefix("#"))
        for remark in remarks:
            cell = book[remark.place.sheet].cell(remark.place.row, remark.place.column + 1)
            if cell.__class__.__name__ != "MergedCell":
                cell.fill = fill
                cell.comment = Comment(f"{remark.rule}\n{remark.remedy}", _AUTHOR, height=120, width=320)
        if ERRORS in book.sheetnames:
            del book[ERRORS]
        _list(book.create_sheet(ERRORS, 0), remarks)
        book.save(draft)


def _list(sheet: "Worksheet", remarks: Sequence[Remark]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), start=1):
        cell = sheet.cell(1, column, heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=ACCENT_SOFT.removeprefix("#"))
        sheet.column_dimensions[cell.column_letter].width = width
    for row, remark in enumerate(remarks, start=2):
        said = (remark.place.sheet, remark.place.name, remark.value, remark.question, remark.rule, remark.remedy)
        for column, text in enumerate(said, start=1):
            cell = sheet.cell(row, column)
            cell.value, cell.data_type = text, "s"  # never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 2).hyperlink = f"#'{remark.place.sheet}'!{remark.place.name}"
    sheet.freeze_panes = "A2"
