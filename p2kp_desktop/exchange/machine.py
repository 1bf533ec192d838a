"""The machine's part of a bundle: rows of text in the hidden sheets, and what they mean.

«p2kp» holds rows of three cells (tag, name, text):

    p2kp       "1" (the format) and a sentence for whoever opens the sheet
    manifest   name of a field, its JSON value
    form       key; JSON {"title", "sheets": [names], "columns": [[key, kind, {code: wording}], …]}
    part       name of a hidden sheet; JSON {"holds": "records" | "history", "rows": n, "digest": …}
    seal       "sha256", the digest over all rows above
    signature  name of the method, the signature of the seal; left out where nobody signs

«p2kp 2» and on hold the parts. A row of records is: record, form, id, row digest, cell digests (8 figures
per column of the form's dictionary, in order), packed state (schema/state.py), extra values {key: value}.
A row of history is: history, text (schema/history.py), and the signature of its node over its hash, which proves
itself and is under no digest; releases that signed no saves write none and pass over it. A text beyond 30,000
characters goes on in the same column of the rows below, whose first cell is «+». Rows with other tags are passed over.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

FORMAT_TAG, MANIFEST_TAG, FORM_TAG, PART_TAG = "p2kp", "manifest", "form", "part"
SEAL_TAG, SIGNATURE_TAG = "seal", "signature"
RECORD_TAG, HISTORY_TAG, MORE_TAG = "record", "history", "+"
RECORDS, HISTORY_ROWS = "records", "history"

NOTICE = "Lembar ini dibaca program P2KP Desktop. Jangan diubah: paket tidak akan dapat diterima."

CHUNK = 30_000
LONGEST_NAME = 200

_RISKY = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[^\x20-\x7e\u00a1-\u02ff\u2010-\u2027\u2030-\u205e]")

_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # perhaps one half of a letter that takes two


def compact_json(content: object) -> str:
    """Return the content as JSON text that every office suite keeps letter by letter."""
    return armoured(json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def armoured(text: str) -> str:
    r"""Return JSON text with the letters that workbooks may change written as \uXXXX; it means the same."""
    return _RISKY.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at:at + 4]}" for at in range(0, len(units), 4))


def chunks(text: str) -> list[str]:
    """Return the text in pieces that fit a cell; no piece begins or ends with a space."""
    pieces = []
    while len(text) > CHUNK:
        cut = CHUNK
        while cut > 1 and (text[cut] == " " or text[cut - 1] == " "):
            cut -= 1
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


def physical_rows(cells: Sequence[str]) -> Iterator[list[str]]:
    """Yield the rows that carry one logical row: the first as it is, then what does not fit."""
    columns = [chunks(cell) for cell in cells]
    for number in range(max(map(len, columns))):
        row = [column[number] if number < len(column) else "" for column in columns]
        yield row if number == 0 else [MORE_TAG, *row[1:]]


def logical_rows(rows: Iterable[Sequence[object]]) -> Iterator[list[str]]:
    """Yield the logical rows of a hidden sheet, their texts joined again; blank rows are passed over."""
    current: list[str] | None = None
    for cells in rows:
        texts = [cell if isinstance(cell, str) else "" if cell is None else str(cell) for cell in cells]
        tag = texts[0] if texts else ""
        if tag == MORE_TAG and current is not None:
            current = [current[0], *(a + b for a, b in zip(current[1:], texts[1:], strict=True))]
        elif tag:
            if current is not None:
                yield current
            current = texts
    if current is not None:
        yield current


def read_value(text: str) -> Any:
    """Read a JSON value; raise ValueError when the text is none, or hides letters that no text can have."""
    try:
        must_be_text(text)
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def must_be_text(text: str) -> None:
    """Raise ValueError where JSON text hides half a letter, which no file and no database can keep."""
    if _HALF.search(text):
        json.dumps(json.loads(text), ensure_ascii=False).encode()  # an error of encoding is a ValueError


def read_object(text: str) -> Mapping[str, Any]:
    """Read a JSON object; raise ValueError when the text is none."""
    content = read_value(text)
    if not isinstance(content, dict):
        raise ValueError("no JSON object")  # noqa: TRY004  the text is at fault, not its type
    return content


def written_name(name: str) -> str:
    """Return a form key or record id as hidden and visible sheets carry it; ordinary ones stand unchanged."""
    return compact_json(name)[1:-1]


def read_name(written: str) -> str:
    """Return the form key or record id; raise ValueError when it is none, as one that cannot travel on is."""
    name = str(read_value(f'"{written}"'))
    if not is_name(name):
        raise ValueError("no name")
    return name


def is_name(name: object) -> bool:
    """Say whether this can be the name of something: a short text."""
    return isinstance(name, str) and 0 < len(name) <= LONGEST_NAME
