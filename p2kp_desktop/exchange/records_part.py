"""The machine's part of each record: read, checked, and joined with what the visible cells say."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from p2kp_desktop.language import say
from p2kp_desktop.schema.causality import Dot, Save, Vector, Version, covers, withhold
from p2kp_desktop.schema.forms import ALIVE
from p2kp_desktop.schema.state import unpack
from p2kp_desktop.schema.values import Answer

from .bundle import Arrived, EditedCell, is_vector
from .cells import as_written, column_letter, is_rounded, settled
from .digests import CELL_FIGURES, cell_digest, row_digest
from .front import FormEntry
from .layout import ALWAYS_EXTRA
from .machine import RECORD_TAG, is_name, logical_rows, must_be_text, read_name, read_object


class Hidden(NamedTuple):
    """One row of a records sheet as it was written."""

    form: str
    record: str
    digest: str
    figures: str
    state: str
    extras: str

    @property
    def holds(self) -> bool:
        """Say whether the row still has its digest."""
        return self.digest == row_digest(self.form, self.record, self.figures, self.state, self.extras)


class Seen(NamedTuple):
    """The visible row of a record: its cells in the order of the dictionary, and in which column they stand.

    `columns` counts from 0 and has None where a column is gone.
    """

    sheet: str
    row: int
    cells: Sequence[object]
    columns: Sequence[int | None]


def read_hidden(physical: Iterable[Sequence[object]]) -> Iterable[Hidden]:
    """Yield the records of a hidden sheet."""
    width = 1 + len(Hidden._fields)
    for row in logical_rows(physical):
        if row[0] == RECORD_TAG:
            form, *rest = (row + [""] * width)[1:width]
            yield Hidden(sys.intern(form), *rest)


def assemble(hidden: Hidden, entry: FormEntry | None, seen: Seen | None) -> Arrived:
    """Return the record as it can be merged: answers edited outside, or gone, are withheld.

    Without an entry in the dictionary all answers are among the extra values.
    """
    where = {"sheet": seen.sheet, "row": seen.row} if seen else {}
    try:
        form, record = read_name(hidden.form), read_name(hidden.record)
    except ValueError:
        return Arrived(hidden.form, hidden.record, None, damage=_damage(), **where)  # type: ignore[arg-type]
    columns = entry.columns if entry else ()
    try:
        if not hidden.holds or len(hidden.figures) != CELL_FIGURES * len(columns):
            raise ValueError("the row digest does not hold")
        carried = _plain_values(read_object(hidden.extras))
        read, edited, missing = _look(hidden, record, entry, seen, carried)
        gone = [cell.key for cell in edited if cell.key not in ALWAYS_EXTRA] + list(missing)
        kept = {key: value for key, value in {**read, **carried}.items() if key not in gone}
        must_be_text(hidden.state)
        version = unpack(form, record, kept, hidden.state)
        must_be_sound(version)
    except ValueError:
        return Arrived(form, record, None, damage=_damage(), **where)  # type: ignore[arg-type]
    contexts = {cell.key: version.context(cell.key) for cell in edited}
    if gone:
        marked = replace(version, overrides={**version.overrides, **{key: {} for key in gone}})
        version = withhold(marked, gone)
    return Arrived(
        form, record, version, edited=edited, missing=missing, contexts=contexts, **where,  # type: ignore[arg-type]
    )


def _look(
    hidden: Hidden, record: str, entry: FormEntry | None, seen: Seen | None, carried: Mapping[str, Answer]
) -> tuple[dict[str, Answer], tuple[EditedCell, ...], tuple[str, ...]]:
    """Compare each visible cell with its digest; return values, edited cells and the keys of missing ones."""
    read: dict[str, Answer] = {}
    edited, missing = [], []
    for number, codec in enumerate(entry.codecs if entry else ()):
        key = codec.column.key
        genuine = hidden.figures[number * CELL_FIGURES : (number + 1) * CELL_FIGURES]
        column = seen.columns[number] if seen else None
        if seen is None or column is None:
            if key not in carried and key not in ALWAYS_EXTRA:
                missing.append(key)
            continue
        cell = seen.cells[number]
        value = codec.decode(cell)
        is_genuine = cell_digest(record, key, value) == genuine
        if not is_genuine:
            value = codec.decode(settled(cell))  # computed anew it may still be the genuine one
            is_genuine = cell_digest(record, key, value) == genuine
        if is_genuine:
            read[key] = value
        else:
            where = seen.sheet, seen.row, column_letter(column)
            edited.append(EditedCell(*where, key, as_written(cell), value, genuine, is_rounded(cell)))
    return read, tuple(edited), tuple(missing)


def _plain_values(content: Mapping[str, object]) -> dict[str, Answer]:
    """Return the extra values; raise ValueError for one that no answer can have."""
    found: dict[str, Answer] = {}
    for key, value in content.items():
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise ValueError(f"{key} is no plain value")  # noqa: TRY004  the bundle is at fault
        found[key] = value
    return found


def _damage() -> str:
    return say("Bagian baris ini yang dibaca program rusak atau pernah diubah; datanya tidak diterima.")


LARGEST = 1 << 63  # whole numbers are smaller than this in every database


def must_be_sound(version: Version) -> None:
    """Raise ValueError for a version that no workspace could have made; a true seal proves nothing."""
    vectors = [version.vector, *_items(version.overrides)]
    if not version.vector or not all(is_vector(vector) for vector in vectors):
        raise ValueError("a version vector is damaged")
    if not all(covers(version.vector, dot) for vector in vectors for dot in _dots(vector)):
        raise ValueError("more was carried than the record includes")
    if not all(is_name(key) for key in {*version.answers, *version.overrides}):
        raise ValueError("the key of an answer is none")
    saves = {sibling.save for siblings in version.answers.values() for sibling in siblings}
    values = (sibling.value for siblings in version.answers.values() for sibling in siblings)
    if not (all(version.answers.values()) and all(map(_is_save, saves)) and all(map(_is_value, values))):
        raise ValueError("an answer is none")
    if not all(covers(version.vector, save.dot) for save in saves):
        raise ValueError("an answer stems from an edit that the record does not include")
    if any(sibling.value not in (0, 1, None) for sibling in version.answers.get(ALIVE, ())):
        raise ValueError("alive is neither 1 nor 0")
    regions = {str(sibling.value) for sibling in version.answers.get("region", ()) if sibling.value}
    if not all(isinstance(place, str) for place in version.places) or not regions <= version.places:
        raise ValueError("the regions that the record belonged to are damaged")


def _items(overrides: object) -> Iterable[Vector]:
    if not isinstance(overrides, dict):
        raise ValueError("what was withheld is damaged")  # noqa: TRY004  the bundle is at fault
    return overrides.values()


def _dots(vector: Vector) -> Iterable[Dot]:
    return (Dot(node, tick) for node, tick in vector.items())


def _is_save(save: Save) -> bool:
    dot, *told = save
    texts: list[object] = [dot.node, *told]
    return len(texts) == len(Save._fields) and all(isinstance(one, str) for one in texts) and dot.tick > 0


def _is_value(value: object) -> bool:
    return value is None or isinstance(value, str) or (type(value) is int and -LARGEST <= value < LARGEST)
