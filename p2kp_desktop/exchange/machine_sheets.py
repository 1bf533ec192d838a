"""Writes the hidden sheets; machine.py says what they mean."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from p2kp_desktop.schema.history import HistoryRow, to_json

from .bundle import FORMAT, MACHINE, Manifest, continued
from .digests import line_digest, part_digest, row_digest, seal
from .machine import (
    FORM_TAG,
    FORMAT_TAG,
    HISTORY_ROWS,
    HISTORY_TAG,
    MANIFEST_TAG,
    NOTICE,
    PART_TAG,
    RECORD_TAG,
    RECORDS,
    SEAL_TAG,
    SIGNATURE_TAG,
    armoured,
    compact_json,
    physical_rows,
    written_name,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Sign = Callable[[str], tuple[str, str]]  # from a seal to the name of the method and the signature


@dataclass
class _Part:
    title: str
    holds: str
    sheet: "Worksheet"
    row: int = 0
    digests: list[str] = field(default_factory=list)


class MachineSheets:
    """Writes the machine's part while records and history pass by, and seals it at the end."""

    def __init__(self, book: "Workbook", rows_per_part: int) -> None:
        self._book, self._rows_per_part = book, rows_per_part
        self._style = book.add_format({"num_format": "@"})
        self._front = self._hidden(MACHINE)
        self._parts: list[_Part] = []
        self._open: dict[str, _Part] = {}

    def add_record(self, form: str, record: str, figures: str, state: str, extras: Mapping[str, Any]) -> None:
        """Write the machine's part of one record."""
        names = (written_name(form), written_name(record))
        texts = (figures, armoured(state), compact_json(extras))
        digest = row_digest(*names, *texts)
        self._add(RECORDS, [RECORD_TAG, *names, digest, *texts], digest)

    def add_history(self, row: HistoryRow) -> None:
        """Write one history row."""
        line = armoured(to_json(row))
        self._add(HISTORY_ROWS, [HISTORY_TAG, line, *([row.mark] if row.mark else [])], line_digest(line))

    def finish(self, manifest: Manifest, forms: Mapping[str, Mapping[str, Any]], sign: Sign | None) -> None:
        """Write manifest, dictionary and the parts' digests, seal them, and have the seal signed."""
        rows = [[FORMAT_TAG, str(FORMAT), NOTICE]]
        rows += [[MANIFEST_TAG, name, compact_json(value)] for name, value in manifest.to_json().items()]
        rows += [[FORM_TAG, written_name(key), compact_json(content)] for key, content in forms.items()]
        for part in self._parts:
            digest = part_digest(part.digests)
            content = {"holds": part.holds, "rows": len(part.digests), "digest": digest}
            rows.append([PART_TAG, part.title, compact_json(content)])
        sealed = seal(rows)
        rows.append([SEAL_TAG, "sha256", sealed])
        if sign:
            rows.append([SIGNATURE_TAG, *sign(sealed)])
        self._write(self._front, 0, rows)

    def _add(self, holds: str, cells: list[str], digest: str) -> None:
        part = self._open.get(holds)
        if part is None or len(part.digests) >= self._rows_per_part:
            title = continued(MACHINE, len(self._parts) + 2)
            part = self._open[holds] = _Part(title, holds, self._hidden(title))
            self._parts.append(part)
        part.digests.append(digest)
        part.row = self._write(part.sheet, part.row, [cells])

    def _write(self, sheet: "Worksheet", row: int, rows: Iterable[Sequence[str]]) -> int:
        for cells in rows:
            for texts in physical_rows(cells):
                for column, text in enumerate(texts):
                    if text:
                        sheet.write_string(row, column, text, self._style)
                row += 1
        return row

    def _hidden(self, title: str) -> "Worksheet":
        sheet = self._book.add_worksheet(title)
        sheet.hide()
        sheet.set_column(0, 6, 20)
        return sheet
