"""Reads a bundle: what arrived, what was changed on the way, and what cannot be taken.

A bundle is read with its own dictionary, never with the reader's forms: that is what lets questions, options and
whole forms of a newer release pass through an older one unchanged.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from p2kp_desktop.language import say
from p2kp_desktop.schema.history import HistoryRow, from_json
from p2kp_desktop.schema.save_signing import LONGEST

from . import torn
from .apart import Beat
from .bundle import MACHINE, Arrived, DamagedRow, Finding, Manifest
from .digests import line_digest, part_digest
from .foreign import ForeignWorkbook, inspect, opened
from .front import Front, read_front
from .guard import Inspected
from .machine import HISTORY_ROWS, HISTORY_TAG, RECORDS, logical_rows, must_be_text
from .package import LIMITS, Limits
from .records_part import Hidden, assemble, read_hidden
from .visible import Placed, place


@dataclass(frozen=True)
class Parcel:
    """A bundle that was read and whose manifest holds.

    `findings` are what people changed beside single cells; each edited cell stands with its record. Records
    and history are read from the file when they are asked for, so the file must stay where it is.
    """

    path: Path
    manifest: Manifest
    seal: str
    signature: tuple[str, str] | None
    findings: tuple[Finding, ...]
    _front: Front
    _inspected: Inspected
    _limits: Limits
    _hidden: dict[tuple[str, str], Hidden]
    _placed: Placed

    @property
    def rows(self) -> int:
        """Return how many records and history rows it holds."""
        return len(self._hidden) + sum(part.rows for part in self._front.parts_with(HISTORY_ROWS))

    def arrived(self) -> Iterator[Arrived]:
        """Yield every record: in the order of the visible rows, edited ones after the others of their sheet.

        Those that no row shows come last.
        """
        left = dict.fromkeys(self._hidden)
        with opened(self.path, self._inspected, self._limits) as book:
            for entry, rows in self._placed.sheets(book):
                edited = []
                for seen, record in rows:
                    del left[entry.key, record]
                    hidden = self._hidden[entry.key, record]
                    arrived = assemble(hidden, entry, seen)
                    if arrived.edited:
                        edited.append(torn.Held(hidden, seen, arrived))
                    else:
                        yield arrived
                yield from torn.settled(edited, entry)
        for form, record in left:
            yield assemble(self._hidden[form, record], self._front.forms.get(form), None)

    def history(self) -> Iterator[HistoryRow | DamagedRow]:
        """Yield the history rows in the order they were written; those that do not hold as DamagedRow."""
        with opened(self.path, self._inspected, self._limits) as book:
            lines = (line for part in self._front.parts_with(HISTORY_ROWS) for line in _lines(book, part.title))
            for number, (line, mark) in enumerate(lines, start=1):
                yield _history_row(number, line, mark)


def read(path: Path, *, limits: Limits = LIMITS, beat: Beat | None = None) -> Parcel:
    """Read a bundle, in a process of its own.

    Raises Trouble, with a code per kind, for every file that is none or no longer one, and whatever `beat` raises,
    which is called meanwhile.
    """
    inspected = inspect(path, limits, beat=beat)
    with opened(path, inspected, limits, beat) as book:
        front = read_front(path.name, book.rows(MACHINE))
        hidden, findings = _records(book, front)
        findings += _history_findings(book, front)
        placed = place(book, front, set(hidden))
    findings += placed.findings
    return Parcel(
        path, front.manifest, front.seal, front.signature, tuple(findings), front, inspected, limits, hidden, placed
    )


def _records(book: ForeignWorkbook, front: Front) -> tuple[dict[tuple[str, str], Hidden], list[Finding]]:
    """Return the machine's part of all records by form and id, and what is missing there."""
    found: dict[tuple[str, str], Hidden] = {}
    findings = []
    for part in front.parts_with(RECORDS):
        digests = []
        for hidden in read_hidden(book.rows(part.title)):
            digests.append(hidden.digest)
            found.setdefault((hidden.form, hidden.record), hidden)
        if part_digest(digests) != part.digest:
            findings.append(_altered(part.title, part.rows - len(digests)))
    return found, findings


def _history_findings(book: ForeignWorkbook, front: Front) -> list[Finding]:
    findings = []
    for part in front.parts_with(HISTORY_ROWS):
        digests = [line_digest(line) for line, _mark in _lines(book, part.title)]
        if part_digest(digests) != part.digest:
            findings.append(_altered(part.title, part.rows - len(digests)))
    return findings


def _altered(title: str, lacking: int) -> Finding:
    if lacking > 0:
        message = say("Pada lembar tersembunyi «{sheet}» hilang {count} baris.", sheet=title, count=lacking)
    else:
        message = say("Lembar tersembunyi «{sheet}» pernah diubah.", sheet=title)
    return Finding("machine_altered", message, title)


def _lines(book: ForeignWorkbook, title: str) -> Iterator[tuple[str, str]]:
    """Yield the text of each save and the signature beside it."""
    rows = (row for row in logical_rows(book.rows(title)) if row[0] == HISTORY_TAG and len(row) > 1)
    return ((row[1], row[2] if len(row) > 2 else "") for row in rows)


def _history_row(number: int, line: str, mark: str) -> HistoryRow | DamagedRow:
    try:
        must_be_text(line)
        row = from_json(line)
        if row.hash == row.computed_hash():
            return replace(row, mark=mark[:LONGEST])
    except (ValueError, TypeError, AttributeError, RecursionError):
        return DamagedRow(number, line, say("Catatan riwayat ini tidak dapat dibaca."))
    return DamagedRow(number, line, say("Catatan riwayat ini pernah diubah."))

