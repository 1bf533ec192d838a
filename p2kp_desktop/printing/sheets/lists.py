"""Lists to take along and to sign, as data of lists.typ: facts, tables, houses, words, and places to sign."""

import json
from collections.abc import Sequence

from p2kp_desktop.language import say
from p2kp_desktop.printing.pages.document import Document
from p2kp_desktop.printing.pages.qr import qr_svg
from p2kp_desktop.schema.printed_code import PrintedCode, content_digest
from p2kp_desktop.schema.table import Source

BOX = "☐"

Block = dict[str, object]


def sheet(
    name: str, title: str, place: Sequence[str], blocks: Sequence[Block], *, source: Source, signed: Sequence[str] = ()
) -> Document:
    """Return a list as a document with the code of a report; `signed` says for what there is room to sign."""
    code = PrintedCode.of_report(name, content_digest(json.dumps([title, place, blocks], ensure_ascii=False)))
    data = {"place": list(place), "blocks": list(blocks), "code": qr_svg(code.text), "short": code.short,
            "stamps": stamps(signed)}
    return Document(title, "lists", data, source=source, letterhead=True)


def stamps(titles: Sequence[str]) -> list[dict[str, object]]:
    """Return places to sign with lines for name and date."""
    lines = [{"label": label, "text": ""} for label in (say("Nama"), say("Tanggal"))]
    return [{"title": title, "lines": lines} for title in titles]


def facts(pairs: Sequence[tuple[str, str]]) -> Block:
    """Return pairs of words."""
    return {"kind": "facts", "pairs": [[label, words] for label, words in pairs]}


def words(text: str) -> Block:
    """Return a paragraph."""
    return {"kind": "words", "words": text}


def table(
    title: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]], *, note: str = "", empty: str = "",
    roomy: bool = False,
) -> Block:
    """Return a table of these heads and widths (0 is as wide as its words); `roomy` is one that is written into."""
    return {"kind": "list", "title": title, "note": note, "empty": empty, "roomy": roomy,
            "heads": [head for head, _width in columns], "widths": [width for _head, width in columns],
            "rows": [list(row) for row in rows]}
