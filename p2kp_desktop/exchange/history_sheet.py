"""The sheet «Riwayat»: every save that travels, told to people. The machine's copy stands in its own part."""

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from p2kp_desktop.schema import Form, Reference, written
from p2kp_desktop.schema.forms import ALIVE, ERASED, MOVED, REASON, SOURCE
from p2kp_desktop.schema.history import Before, Change, HistoryRow
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.records import WHY
from p2kp_desktop.schema.values import Answer

from .bundle import HISTORY, continued
from .cells import NO_TITLES, presentable
from .looks import Looks, page

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_COLUMNS = (
    ("Waktu", 17), ("Petugas", 22), ("Laptop", 20), ("Formulir", 20), ("Kelurahan/Desa", 20), ("RT/RW", 11),
    ("Perubahan", 64), ("Cara mengisi", 22), ("Alasan", 30),
)
_NAMES = {
    "region": "Kelurahan/Desa", "rt": "RT/RW", "period": "Periode", "parent": "Bagian dari",
    "identity": "Rumah tangga tetap", "status": "Status", ALIVE: "Data",
    REASON: "Alasan perubahan", SOURCE: "Asal berkas",
}
_EMPTY, _WITHHELD, _GONE, _CREATED = "(kosong)", "(tidak disertakan)", "(dihapus)", "Data baru dibuat."
_ERASED = "Data pribadi dihapus atas permintaan"
_LONGEST_VALUE = 160


class HistorySheets:
    """Writes the rows as they come, going on in «Riwayat 2» when a sheet is full."""

    def __init__(
        self, book: "Workbook", looks: Looks, forms: Mapping[str, type[Form]], rows_per_sheet: int, footer: str,
        titles: Mapping[str, str] = NO_TITLES,
    ) -> None:
        self._book, self._looks, self._forms, self._footer = book, looks, forms, footer
        self._rows_per_sheet, self._titles = rows_per_sheet, titles
        self._sheet: Worksheet | None = None
        self._count = self._row = 0

    def add(self, row: HistoryRow, rt: str) -> None:
        """Write one save; `rt` is the RT of its record, empty where unknown."""
        if self._sheet is None or self._row > self._rows_per_sheet:
            self.finish()
            self._sheet = self._open()
        form = self._forms.get(row.form)
        title = form.title if form else row.form
        change = "\n".join(describe(row, form, self._titles))
        moment, place = _moment(row.save.time), region_name(row.place)
        if moment is None:
            self._sheet.write_string(self._row, 0, row.save.time, self._looks.cell("change"))
        else:
            self._sheet.write_datetime(self._row, 0, moment, self._looks.cell("moment"))
        texts = (row.save.person, row.save.workspace, title, place, rt, change, _origin(row), _told(row, REASON))
        for column, text in enumerate(texts, start=1):
            if text and (shown := presentable(text)):
                self._sheet.write_string(self._row, column, shown, self._looks.cell("change"))
        self._row += 1

    def _open(self) -> "Worksheet":
        self._count += 1
        sheet = self._book.add_worksheet(continued(HISTORY, self._count))
        for column, (title, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, self._looks.style("head"))
        sheet.freeze_panes(1, 0)
        page(sheet, landscape=True, footer=f"{HISTORY} · {self._footer}")
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        self._row = 1
        return sheet

    def finish(self) -> None:
        """Add the filter to the sheet written last."""
        if self._sheet is not None:
            self._sheet.autofilter(0, 0, self._row - 1, len(_COLUMNS) - 1)


def describe(row: HistoryRow, form: type[Form] | None, titles: Mapping[str, str] = NO_TITLES) -> Iterator[str]:
    """Yield one line per changed answer, for instance «12. Sumber air: a. Ledeng → c. Sumur bor»."""
    if not row.answers:
        yield _CREATED
    for key, change in row.answers.items():
        if key.startswith(ERASED):
            yield f"{_ERASED}: {_name(form, key.removeprefix(ERASED))}"
            continue
        yield f"{_name(form, key)}: {_difference(form, key, change, titles)}"


def _origin(row: HistoryRow) -> str:
    return " ".join(part for part in (row.origin, _told(row, SOURCE)) if part)


def _told(row: HistoryRow, key: str) -> str:
    change = row.changes.get(key)
    return "" if change is None else _WITHHELD if change.withheld else str(change.after or "")


def _name(form: type[Form] | None, key: str) -> str:
    question = form.question(key) if form else None
    if question is None and key.startswith(MOVED):
        return "Nama RT yang baru"
    if question is None and form and (about := form.question(key.removeprefix(WHY))):
        return f"Catatan untuk {about.number or about.label}"
    if question is None:
        return _NAMES.get(key, key)
    return f"{question.number}. {question.label}" if question.number else question.label


def _difference(form: type[Form] | None, key: str, change: Change, titles: Mapping[str, str]) -> str:
    if change.withheld:
        return _WITHHELD
    before = _GONE if change.lost else _sides(form, key, change.before, titles)
    return f"{before} → {_sides(form, key, change.after, titles)}"


def _sides(form: type[Form] | None, key: str, value: Before, titles: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return " | ".join(_sides(form, key, one, titles) for one in value)
    text = _shown(form, key, value, titles)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def _shown(form: type[Form] | None, key: str, value: Answer, titles: Mapping[str, str]) -> str:
    if value is None:
        return _EMPTY
    if key == ALIVE:
        return "dihapus" if value == 0 else "ada"
    if key == "region":
        return region_name(str(value))
    question = form.question(key) if form else None
    if isinstance(question, Reference):
        return titles.get(str(value)) or question.show(value)
    with written.in_indonesian():
        return question.show(value) if question else str(value)


def _moment(text: str) -> datetime.datetime | None:
    """Return the sender's own clock reading as cells can hold it, None for what is no time."""
    try:
        moment = datetime.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return moment if moment.year >= 1901 else None
