"""What the cells of a row are before anybody reads them: an address in two columns, a row that only adds up others."""

import re
from collections.abc import Mapping

from p2kp_desktop.exchange.columns import Matched
from p2kp_desktop.exchange.headings import RW
from p2kp_desktop.exchange.tables import words
from p2kp_desktop.schema import ADDRESS, Unreadable
from p2kp_desktop.schema.places import rt_with_rw

from .deciphering import is_day, without_apostrophe

_TOTAL = re.compile(
    r"(sub[\s-]*|grand\s*)?(jumlah|jml|total|rata[\s-]*rata|rerata)(\s+(total|seluruh(nya)?|keseluruhan|semua|umum|r[tw]\b.*"
    r"|kel(urahan)?\b.*|desa\b.*))?[\s.:=]*", re.IGNORECASE,
)

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
