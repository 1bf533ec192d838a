"""What rows are before anybody reads them: an address in two columns, sums, headings again, a signature below.

Rows that are no records are left and named: sums, headings said again, signatures. An RT in a title, or in a row over
its houses, is that of the rows below that say none. A file is known by what lies in it, never by its name.
"""

import re
from collections.abc import Collection, Mapping
from itertools import pairwise

from p2kp_desktop.exchange.columns import Matched
from p2kp_desktop.exchange.headings import RW, is_numbering
from p2kp_desktop.exchange.tables import Table, words
from p2kp_desktop.schema import ADDRESS, Unreadable
from p2kp_desktop.schema.places import rt_with_rw

from .cell_text import is_day, without_apostrophe

_TOTAL = re.compile(
    r"(sub[\s-]*|grand\s*)?(jumlah|jml|total|rata[\s-]*rata|rerata)(\s+(total|seluruh(nya)?|keseluruhan|semua|umum|r[tw]\b.*"
    r"|kel(urahan)?\b.*|desa\b.*))?[\s.:=]*", re.IGNORECASE,
)

_SIGNED = re.compile(  # what stands below a table: who knows of it, where and when, notes
    r"\W*(mengetahui|menyetujui|disetujui|hormat kami|tanda tangan|ttd|dibuat oleh|disusun oleh|yang membuat|pendata"
    r"|petugas|surveyor|fasilitator|ketua r[tw]|lurah|kepala desa|camat|nip\b|catatan\s*:|keterangan\s*:|sumber\s*:).*"
    r"|[^\d,]+,\s*[\d.…_]*\s*(jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)[a-z]*\s+\d{4}", re.IGNORECASE,
)
_HEADINGS = 3  # rows that headings stand in at most
_FULL = 3  # cells from which a row belongs to the table

Headings = Mapping[int, Collection[str]]
Cells = Mapping[int, object]  # the filled cells of a row by column


def adds_up(matched: Matched, cells: Cells) -> bool:
    """Say whether a row holds the sums of others: «JUMLAH» stands first, in its address, or where nothing is read."""
    said = {
        column: words(value) for column, value in cells.items()
        if column == min(cells) or matched.columns.get(column) in (None, *ADDRESS)
    }
    return any(map(is_sum, said.values()))


def is_sum(text: str) -> bool:
    """Say whether a cell announces the sums of others: «JUMLAH», «Total RT 14»."""
    return bool(_TOTAL.fullmatch(text))


def headings_of(matched: Matched, table: Table) -> Headings:
    """Return what stands above the rows of a table, by column, in small letters."""
    said: dict[int, set[str]] = {}
    for row in table.rows[max(0, matched.heading - _HEADINGS) : matched.heading]:
        for column, value in enumerate(row):
            said.setdefault(column, set()).add(words(value).casefold())
    return said


def repeats_headings(headings: Headings, cells: Cells) -> bool:
    """Say whether a row says the headings again, or numbers the columns, as at the top of every printed page."""
    if len(cells) > 1 and all(words(value).casefold() in headings.get(at, ()) for at, value in cells.items()):
        return True
    return words(cells[min(cells)]).strip("() ") == "1" and is_numbering([words(value) for value in cells.values()])


def signed_from(table: Table, matched: Matched) -> int:
    """Return the number of the first row of what is signed or noted below a table; one past the last for nothing."""
    full = max(2, min(_FULL, len(matched.columns)))
    tail: list[tuple[int, list[str]]] = []
    for number in range(len(table.rows), matched.heading, -1):
        said = [words(value) for _, value in table.cells(number)]
        tail.append((number, said))
        if len(said) >= full:
            break
    for (_, above), (number, said) in pairwise(reversed(tail)):
        if (not above or any(map(is_sum, above))) and any(map(_SIGNED.fullmatch, said)):
            return number
    return len(table.rows) + 1


def in_one_label(matched: Matched, cells: Cells) -> dict[int, object]:
    """Return the cells with the RT as one label where its RW stands in a column of its own."""
    at = {key: column for column, key in matched.columns.items()}
    rt, rw = at.get("rt", -1), at.get(RW, -1)
    found = {column: value for column, value in cells.items() if column != rw}
    if rt in cells and rw in cells and not (is_day(cells[rt]) or is_day(cells[rw])):  # told by whoever reads the cell
        try:
            found[rt] = rt_with_rw(words(without_apostrophe(cells[rt])), words(without_apostrophe(cells[rw])))
        except Unreadable:  # told by whoever reads the cell
            return found
    return found
