"""A list for the road: the houses that nobody has visited yet, RT by RT, with boxes to tick, ready to print on A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from p2kp_desktop.language import say

from . import stamp
from .looks import Looks, height, page
from .writing import appearing, new_workbook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = 5, 11, 30, 9, 9, 9, 9, 26  # letters
_HEAD = 4  # rows above the names: title, place, counts, a gap
_ROW = 22  # points, room for a pen
BOX = "☐"


@dataclass(frozen=True)
class House:
    """One line of the list of residents: its running number, house number, name and note, each may be ""."""

    line: str
    number: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Visit:
    """The houses of one RT that are left; `place` names RT and kelurahan, `counts` says how many of how many."""

    rt: str
    place: str
    counts: str
    houses: Sequence[House]


def write(path: Path, visits: Sequence[Visit], *, footer: str, practice: bool = False) -> None:
    """Write a sheet for each RT; the file appears under its name only when it is whole. Raises Trouble."""
    with appearing(path) as draft, new_workbook(draft) as book:
        looks = Looks(book)
        for visit in visits:
            sheet = book.add_worksheet(visit.rt.replace("/", "-")[:31])
            _fill(sheet, looks, visit, practice=practice)
            page(sheet, landscape=False, footer=footer)
        book.set_properties(stamp.properties(say("Rumah yang belum didata"), practice=practice))


def _fill(sheet: "Worksheet", looks: Looks, visit: Visit, *, practice: bool) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    title = say("Rumah yang belum didata")
    sheet.write_string(0, 0, f"{stamp.PRACTICE} — {title}" if practice else title, looks.style("title"))
    sheet.write_string(1, 0, visit.place, looks.style("subtitle"))
    sheet.write_string(2, 0, visit.counts, looks.style("label"))
    heads = (say("No"), say("No. rumah"), say("Nama kepala keluarga"), say("Didata"), say("Kosong"), say("Menolak"),
             say("Pindah"), say("Catatan"))
    for column, head in enumerate(heads):
        sheet.write_string(_HEAD, column, head, looks.style("head"))
    for row, house in enumerate(visit.houses, start=_HEAD + 1):
        cells = (house.line, house.number, house.name, BOX, BOX, BOX, BOX, house.note)
        sheet.set_row(row, max(_ROW, height(list(zip(cells, _WIDTHS, strict=True)))))
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, looks.style("box" if text == BOX else "row"))
    sheet.repeat_rows(_HEAD)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(_HEAD + 1, 0)
