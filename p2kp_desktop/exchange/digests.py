"""The digests of a bundle: SHA-256 over typed, normalised content, never over bytes of the file.

cell      8 hexadecimal figures over record id, key and plain value: what tells a cell edited outside
row       over form, id, cell digests, packed state and extra values of one record
part      over the sorted row digests of one hidden sheet, so that sorting is no edit; history lines alike
seal      over all rows of the sheet «p2kp», the digests of the parts among them: what a signature signs
"""

import hashlib
import json
from collections.abc import Iterable, Sequence

from p2kp_desktop.schema.values import Answer

CELL_FIGURES = 8


def cell_digest(record: str, key: str, plain: Answer) -> str:
    """Return the short digest of one answer; a text never has that of a number, nor of an empty cell."""
    mark = "-" if plain is None else f"={plain}" if isinstance(plain, str) else f"#{plain:d}"
    return _hash(f"{record}\n{key}\n{mark}")[:CELL_FIGURES]


def row_digest(form: str, record: str, cells: str, state: str, extras: str) -> str:
    """Return the digest of one record's machine part; none of the texts contains a line end."""
    return _hash("\n".join((form, record, cells, state, extras)))


def line_digest(line: str) -> str:
    """Return the digest of one history row as it is written."""
    return _hash(line)


def part_digest(digests: Iterable[str]) -> str:
    """Return the digest over the digests of a sheet's rows, whatever their order."""
    return _hash("\n".join(sorted(digests)))


def seal(rows: Iterable[Sequence[str]]) -> str:
    """Return the digest over the rows (tag, name, text) of the sheet «p2kp»."""
    return _hash("\n".join(json.dumps(list(row), ensure_ascii=True) for row in rows))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
