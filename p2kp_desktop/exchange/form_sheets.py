"""The sheets that show the records of one form, a row each."""

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.forms import ALIVE
from p2kp_desktop.schema.values import Answer

from .bundle import FIRST_ROW, HEAD_ID, continued, header_mark
from .cells import NO_TITLES, Cell, column_letter
from .digests import cell_digest
from .layout import ALWAYS_EXTRA, ID_WIDTH, Heading, Layout
from .looks import DOUBT, GONE, PLAIN, Looks, height, page
from .machine import written_name

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

DELETED, PROVISIONAL = "Dihapus", "Sementara (konflik)"


class Shown(NamedTuple):
    """What the visible row of a record left for the machine's part: cell digests and extra values."""

    digests: str
    extras: dict[str, Answer]


class FormSheets:
    """Writes the records of one form, going on in a further sheet when one is full."""

    def __init__(
        self, book: "Workbook", looks: Looks, layout: Layout, rows_per_sheet: int, footer: str,
        titles: Mapping[str, str] = NO_TITLES,
    ) -> None:
        self.layout = layout
        self._titles = titles  # of the records that references point to, by id
        self.titles: list[str] = []
        self._book, self._looks, self._footer = book, looks, footer
        self._rows_per_sheet = rows_per_sheet
        self._sheets: list[Worksheet] = []
        self._ends: list[int] = []  # the row after the last one, sheet by sheet
        self._row = rows_per_sheet + FIRST_ROW
        self._keys = {column.key for column in layout.columns}

    def add(self, version: Version, values: Mapping[str, Answer], derived: Mapping[str, float]) -> Shown:
        """Write one record; return what the machine's part must carry for it."""
        if self._row >= self._rows_per_sheet + FIRST_ROW:
            self._open()
        sheet, conflicts = self._sheets[-1], version.conflicts()
        gone = values.get(ALIVE) == 0
        note = _note(gone=gone, doubtful=bool(conflicts))
        extras = {key: values[key] for key in values if key in ALWAYS_EXTRA or key not in self._keys}
        figures = []
        sheet.write_string(self._row, 0, written_name(version.id), self._looks.cell("id"))
        for column, heading in enumerate(self.layout.headings, start=1):
            style = self._format(heading, GONE if gone else DOUBT if heading.key in conflicts else PLAIN)
            if heading.codec is None:
                self._write(sheet, column, derived.get(heading.key) if heading.question else note, style)
                continue
            value = values.get(heading.key)
            cell, exact = heading.codec.encode(value, self._titles)
            if not exact:
                extras[heading.key] = value
            self._write(sheet, column, cell, style)
            figures.append(cell_digest(version.id, heading.key, value if exact else heading.codec.decode(cell)))
        self._row += 1
        self._ends[-1] = self._row
        return Shown("".join(figures), {key: value for key, value in extras.items() if value is not None})

    def blank(self, rows: int, filled: Sequence[Mapping[str, Answer]] = ()) -> None:
        """Write so many rows to be filled by hand; the first ones hold the answers given, without an id."""
        self._open()
        sheet = self._sheets[-1]
        styles = [(heading, self._format(heading, PLAIN)) for heading in self.layout.headings]
        for place in range(rows):
            answers = filled[place] if place < len(filled) else {}
            for column, (heading, style) in enumerate(styles, start=1):
                answer = answers.get(heading.key)
                cell = heading.codec.encode(answer, {str(answer): str(answer)})[0] if heading.codec else None
                self._write(sheet, column, cell, style)
            self._row += 1
        self._ends[-1] = self._row

    def _format(self, heading: Heading, tone: str) -> "Format":
        return self._looks.cell(heading.question.kind if heading.question else "address", tone)

    def _write(self, sheet: "Worksheet", column: int, cell: Cell | None, style: "Format") -> None:
        if isinstance(cell, str):
            sheet.write_string(self._row, column, cell, style)
        elif isinstance(cell, datetime.date):
            sheet.write_datetime(self._row, column, cell, style)
        elif cell is None:
            sheet.write_blank(self._row, column, None, style)
        else:
            sheet.write_number(self._row, column, cell, style)

    def _open(self) -> None:
        self.titles.append(continued(self.layout.title, len(self.titles) + 1))
        sheet = self._book.add_worksheet(self.titles[-1])
        headings = self.layout.headings
        sheet.set_column(0, 0, ID_WIDTH, None, {"hidden": True})
        for column, heading in enumerate(headings, start=1):
            sheet.set_column(column, column, heading.width)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_row(1, 18)
        sheet.set_row(2, height([(heading.wording, heading.width * 0.95) for heading in headings]))
        self._write_heads(sheet)
        fixed = 1 + len(self.layout.address)
        sheet.freeze_panes(FIRST_ROW, fixed)
        page(sheet, landscape=True, footer=f"{self.layout.form.title} · {self._footer}")
        sheet.set_print_scale(70)
        sheet.print_across()
        sheet.repeat_rows(1, 2)
        sheet.repeat_columns(0, fixed - 1)
        self._sheets.append(sheet)
        self._ends.append(FIRST_ROW)
        self._row = FIRST_ROW

    def _write_heads(self, sheet: "Worksheet") -> None:
        """Write the three rows above the data: machine keys, official numbers, wordings."""
        headings = self.layout.headings
        marks = [header_mark(self.layout.form.key), *(heading.key for heading in headings)]
        numbers = ["", *(heading.number for heading in headings)]
        titles = [HEAD_ID, *(heading.wording for heading in headings)]
        for row, (texts, style) in enumerate([(marks, "machine"), (numbers, "number"), (titles, "head")]):
            for column, text in enumerate(texts):
                if text:
                    sheet.write_string(row, column, text, self._looks.style(style))
                else:
                    sheet.write_blank(row, column, None, self._looks.style(style))

    def finish(self, lists: Mapping[tuple[str, str], str]) -> None:
        """Add filters and, from {(form, key): range of wordings}, the drop-down lists."""
        headings = self.layout.headings
        for sheet, end in zip(self._sheets, self._ends, strict=True):
            sheet.autofilter(FIRST_ROW - 1, 0, end - 1, len(headings))  # sorting takes the hidden ids along
            for column, heading in enumerate(headings, start=1):
                source = lists.get((self.layout.form.key, heading.key))
                if source and heading.question and heading.question.kind == "choice":
                    rules = _drop_down(source)
                    sheet.data_validation(FIRST_ROW, column, end - 1, column, rules)


def _drop_down(source: str) -> dict[str, object]:
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "Bukan salah satu pilihan",
        "error_message": "Pilih jawaban dari daftar. Perubahan di sini ditanyakan lagi ketika paket diterima.",
    }


def _note(*, gone: bool, doubtful: bool) -> str | None:
    said = [DELETED] if gone else []
    return "; ".join([*said, PROVISIONAL] if doubtful else said) or None


def option_range(sheet: str, column: int, first: int, last: int) -> str:
    """Return the reference to a column's cells, rows counted from 0, as a drop-down list names its source."""
    letter = column_letter(column)
    return f"={sheet}!${letter}${first + 1}:${letter}${last + 1}"
