"""What letters and lists are made of, one block after another: resources/paper/letter.typ sets them, word.py too.

A block is a value that JSON has, so that the PDF and the .docx of a document cannot differ in what they say.
"""

from collections.abc import Iterable, Sequence
from typing import Any

Block = dict[str, Any]
Cell = dict[str, Any]

ODD, EVEN = "odd", "even"  # where in its column a signature stands: left for odd numbers, right for even ones
BREAK: Block = {"kind": "break", "of": ""}


def title(*lines: str) -> Block:
    """Return the title of a document: its first line large, what stands below it smaller."""
    return {"kind": "title", "lines": [line for line in lines if line]}


def heading(text: str) -> Block:
    """Return a heading; it stays with what follows."""
    return {"kind": "heading", "text": text}


def paragraph(text: str, *, small: bool = False, strong: bool = False) -> Block:
    """Return a paragraph; line breaks in it stay."""
    return {"kind": "paragraph", "text": text, "small": small, "strong": strong}


def aside(text: str) -> Block:
    """Return a line at the right: where and when a letter was written."""
    return {"kind": "aside", "text": text}


def texts(text: str) -> list[Block]:
    """Return somebody's words as paragraphs, one for each of its lines."""
    return [paragraph(line.strip()) for line in text.splitlines() if line.strip()]


def facts(pairs: Iterable[tuple[str, str]]) -> Block:
    """Return lines of «what : how it is»."""
    return {"kind": "facts", "pairs": [list(pair) for pair in pairs]}


def numbered(items: Iterable[str]) -> Block:
    """Return a numbered list."""
    return {"kind": "numbered", "items": list(items)}


def cell(text: str = "", notes: Iterable[str] = (), *, strong: bool = False, side: str = "") -> Cell:
    """Return a cell: its text, smaller notes below it, and where a signature stands in it (ODD, EVEN)."""
    return {"text": text, "notes": list(notes), "strong": strong, "side": side}


def table(
    heads: Sequence[str], widths: Sequence[float], groups: Iterable[tuple[str, Iterable[Sequence[Cell]]]], *,
    feet: Iterable[str] = (), right: Iterable[int] = (), row_height: int = 0,
) -> Block:
    """Return a table of groups of rows; a group that is called "" has no line of its own.

    `widths` are shares of the page, those below 0 millimetres. `right` are the places of columns with numbers.
    `row_height` is the least height of a row in millimetres; `feet` are lines that go all across below the rows.
    """
    return {
        "kind": "table", "heads": list(heads), "widths": list(widths), "right": list(right), "row_height": row_height,
        "groups": [{"name": name, "rows": [list(row) for row in rows]} for name, rows in groups],
        "feet": list(feet),
    }


def place(role: str, name: str = "", below: str = "") -> dict[str, str]:
    """Return the place for one signature."""
    return {"role": role, "name": name, "below": below}


def signatures(
    groups: Iterable[tuple[str, Sequence[dict[str, str]]]], *, closing: str = "", dated: str = "", told: str = "",
    columns: int = 3, to_the_right: bool = False,
) -> Block:
    """Return places for signatures, some under a title of their own; the closing words stay with them.

    Where they do not fit one page, `told` says on each what is signed.
    """
    return {"kind": "signatures", "closing": closing, "dated": dated, "told": told, "columns": columns,
            "right": to_the_right,
            "groups": [{"name": name, "places": list(places)} for name, places in groups if places]}


def part(of: str) -> Block:
    """Return the end of a page after which another part of a document begins: its pages have a code of their own."""
    return {"kind": "break", "of": of}


def turned(inside: Iterable[Block], of: str = "") -> Block:
    """Return blocks on sheets that lie on their side; a part of its own where it is said of what."""
    return {"kind": "turned", "blocks": list(inside), "of": of}


def bar(label: str, share: float, told: str, *, short: bool = False) -> Block:
    """Return a share of 0 to 1 as a bar, with its words; a `short` one stands beside them."""
    return {"kind": "bar", "label": label, "short": short, "share": min(1.0, max(0.0, share)), "told": told}
