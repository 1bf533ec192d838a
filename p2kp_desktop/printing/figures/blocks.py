"""What pages are made of, one below the other: headings, sentences, tables, charts; pages.typ sets each of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from p2kp_desktop.printing.pages.document import runs as runs

Block = Mapping[str, Any]
TABLE = "table"
_FEW_LETTERS = 600  # of notes that stay with the table above them


def title(text: str) -> Block:
    """Return the title of a document, or of a chapter of it."""
    return {"kind": "heading", "level": 1, "text": text}


def heading(text: str, level: int = 2) -> Block:
    """Return a heading; it never stands alone at the foot of a page."""
    return {"kind": "heading", "level": level, "text": text}


def paragraph(text: str) -> Block:
    """Return a paragraph; words between ** are bold."""
    return {"kind": "paragraph", "runs": runs(text)}


def note(text: str) -> Block:
    """Return a small paragraph."""
    return {"kind": "note", "runs": runs(text)}


def listed(texts: Sequence[str], *, numbered: bool = False) -> Block:
    """Return a list of sentences, numbered or not."""
    return {"kind": "list", "numbered": numbered, "items": [runs(text) for text in texts]}


def facts(pairs: Sequence[tuple[str, str]]) -> Block:
    """Return facts about something: names and values in two columns."""
    return {"kind": "facts", "pairs": [list(each) for each in pairs]}


def new_page() -> Block:
    """Return the end of a page."""
    return {"kind": "page"}


def table(
    size: float, widths: Sequence[float], align: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[str]],
    sums: Sequence[Sequence[str]] = (), *, turned: Sequence[bool] = (), bold: Sequence[int] = (),
    by_pen: bool = False, held: int = 2,
) -> Block:
    """Return a table: letters in points, columns in millimetres, `bold` rows that head those after them.

    One that is filled in `by_pen` has high rows. So many of the last rows are `held` together on a page with the sums
    and the notes below.
    """
    return {"kind": TABLE, "size": size, "widths": [round(each, 2) for each in widths], "align": list(align),
            "heads": list(heads), "rows": [list(row) for row in rows], "sums": [list(row) for row in sums],
            "turned": list(turned) or [False] * len(heads), "bold": list(bold),
            "pen": by_pen, "held": held, "notes": []}


def noted(parts: Iterable[Block], notes: Sequence[str]) -> list[Block]:
    """Return blocks with notes below them: those of a table stay with its end, for a note says nothing alone."""
    *before, last = parts
    if last["kind"] == TABLE and sum(map(len, notes)) <= _FEW_LETTERS:
        return [*before, {**last, "notes": list(map(runs, notes))}]
    return [*before, last, *map(note, notes)]


def room(share: float) -> Block:
    """Return that so much of a page must be left for what follows, else that begins on the next one."""
    return {"kind": "room", "share": share}


def sheet(parts: Sequence[Block], *, landscape: bool) -> Block:
    """Return blocks on pages of their own, turned or not."""
    return {"kind": "sheet", "landscape": landscape, "blocks": list(parts)}


def beside(parts: Sequence[Sequence[Block]], shares: Sequence[int] = ()) -> Block:
    """Return columns of blocks side by side, as wide to each other as the shares say."""
    return {"kind": "beside", "columns": [list(part) for part in parts], "shares": list(shares) or [1] * len(parts)}


def whole(parts: Sequence[Block]) -> Block:
    """Return blocks that stay together on a page."""
    return {"kind": "whole", "blocks": list(parts)}


def fitted(parts: Sequence[Block]) -> Block:
    """Return blocks that stay on one page whatever they hold: they are made smaller until they fit."""
    return {"kind": "fit", "blocks": list(parts)}


def contents(text: str) -> Block:
    """Return the list of headings with their pages, below its title."""
    return {"kind": "contents", "text": text}


def signatures(places: Sequence[tuple[str, str, str]]) -> Block:
    """Return places for signatures side by side: as what, name ("" is a line), what stands below."""
    return {"kind": "signatures",
            "places": [{"role": role, "name": name, "below": below} for role, name, below in places]}


def space(millimetres: int) -> Block:
    """Return so much white."""
    return {"kind": "space", "high": millimetres}
