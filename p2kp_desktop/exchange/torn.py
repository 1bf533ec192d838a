"""Rows that were sorted without their hidden column of ids: what stands in one belongs to another record.

A record's cells carry digests, salted with its id, so that a row in the wrong place is known by the record
whose digests all its cells match. It counts only where that record's own row no longer holds either, as after
sorting; a row that was merely copied over another one is an edit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from p2kp_desktop.schema.values import Answer

from .bundle import Arrived
from .digests import CELL_FIGURES, cell_digest
from .front import FormEntry
from .records_part import Hidden, Seen

Cells = tuple[Answer, ...]


class Held(NamedTuple):
    """A record with cells that are not its own, its machine part, and the row where it is seen."""

    hidden: Hidden
    seen: Seen
    arrived: Arrived


def settled(held: Sequence[Held], entry: FormEntry) -> Iterator[Arrived]:
    """Yield the records of one sheet whose cells were edited; all of them torn where rows changed places.

    In a sheet with such rows nobody can say whose the other edits are.
    """
    torn = _changed_places(held, entry)
    for _, _, arrived in held:
        gone = (*arrived.missing, *(cell.key for cell in arrived.edited))
        yield replace(arrived, edited=(), missing=gone, torn=True) if torn else arrived


def _changed_places(held: Sequence[Held], entry: FormEntry) -> bool:
    """Say whether a row holds, cell by cell, what belongs to another of these records."""
    if not held:
        return False
    columns = [at for at, column in enumerate(held[0].seen.columns) if column is not None]
    keys = [entry.columns[at].key for at in columns]
    rows = [tuple(entry.codecs[at].decode(each.seen.cells[at]) for at in columns) for each in held]
    known = _grown(range(len(rows)), rows, _few_values_first(rows))
    for number, (hidden, _, arrived) in enumerate(held):
        own = [hidden.figures[at * CELL_FIGURES : (at + 1) * CELL_FIGURES] for at in columns]
        for other in known.among(arrived.id, keys, own):
            its = zip(keys, rows[other], own, strict=True)
            if other != number and all(cell_digest(arrived.id, key, value) == figures for key, value, figures in its):
                return True
    return False


def _few_values_first(rows: Sequence[Cells]) -> list[int]:
    """Return the columns that tell rows apart, those with the fewest values first: they are tried one by one."""
    values = [len(set(column)) for column in zip(*rows, strict=True)]
    return sorted((at for at, number in enumerate(values) if number > 1), key=lambda at: values[at])


@dataclass(frozen=True)
class _Tree:
    """Rows by number, told apart by their value in one column after the other until each stands alone."""

    rows: Sequence[int]
    column: int = 0
    branches: Mapping[Answer, "_Tree"] = field(default_factory=dict)

    def among(self, record: str, keys: Sequence[str], figures: Sequence[str]) -> Sequence[int]:
        """Return the few rows among which that of a record with these digests must be, if it is here."""
        if not self.branches:
            return self.rows
        for value, tree in self.branches.items():
            if cell_digest(record, keys[self.column], value) == figures[self.column]:
                return tree.among(record, keys, figures)
        return ()


def _grown(some: Sequence[int], rows: Sequence[Cells], columns: Sequence[int]) -> _Tree:
    if len(some) == 1 or not columns:
        return _Tree(some)
    column, *later = columns
    groups: dict[Answer, list[int]] = {}
    for number in some:
        groups.setdefault(rows[number][column], []).append(number)
    return _Tree(some, column, {value: _grown(group, rows, later) for value, group in groups.items()})
