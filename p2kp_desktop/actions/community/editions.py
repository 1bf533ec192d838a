"""What a record of an agreement said in an earlier version of it, read back from the history.

A version keeps no copy of its text. When the next one begins, the agreement notes which saves the earlier version
holds; its text is then read back from the history. A mark by a clock, or a number typed into each clause, would say
something else at the receiver or after two laptops worked at once; the saves are the same everywhere.
"""

from collections.abc import Iterable, Mapping, Sequence

from p2kp_desktop.forms.agreement import EDITION
from p2kp_desktop.schema import ALIVE, Answer, Record
from p2kp_desktop.schema.causality import Vector, Version, covers, join
from p2kp_desktop.schema.history import Before, HistoryRow


def editions(agreement: Record) -> dict[int, Vector]:
    """Return the saves that each earlier version of an agreement holds, by its number."""
    found: dict[int, Vector] = {}
    for key, value in agreement.answers.items():
        number = key.removeprefix(EDITION).split(".")[0] if key.startswith(EDITION) else ""
        if number.isdigit() and isinstance(value, str):
            found[int(number)] = join(found.get(int(number), {}), _vector(value))
    return dict(sorted(found.items()))


def edition_mark(version: int, node: str, versions: Iterable[Version]) -> tuple[str, str]:
    """Return the key and the answer by which an agreement notes what a version holds, as one node knows it."""
    held: Vector = {}
    for each in versions:
        held = join(held, each.vector)
    return f"{EDITION}{version}.{node}", " ".join(f"{name}:{tick}" for name, tick in sorted(held.items()))


def _vector(text: str) -> Vector:
    pairs = (part.rpartition(":") for part in text.split())
    return {name: int(tick) for name, _colon, tick in pairs if tick.isdigit()}


def answers_at(
    now: Mapping[str, Answer], rows: Sequence[HistoryRow], held: Vector, keys: Iterable[str]
) -> dict[str, Answer] | None:
    """Return these answers of a record as the saves `held` left them; None where it was not there, or in the trash."""
    later = [row for row in rows if not covers(held, row.save.dot)]
    if rows and len(later) == len(rows):
        return None
    then = {key: _before(key, later, now.get(key)) for key in (*keys, ALIVE)}
    return None if then[ALIVE] == 0 else then


def _before(key: str, later: Sequence[HistoryRow], now: Answer) -> Answer:
    """Return what stood in an answer before all of these saves changed it.

    Within a node saves are in order; of the first ones of several nodes that one counts which did not build on
    another. Only where that is not to be told do the clocks decide, for reading.
    """
    first: dict[str, HistoryRow] = {}
    for row in sorted(later, key=lambda each: each.save.dot):
        if key in row.changes:
            first.setdefault(row.save.dot.node, row)
    built_on = {row.changes[key].after for row in later if key in row.changes}
    candidates = sorted(first.values(), key=lambda row: row.save.time)
    candidates = [row for row in candidates if _one(row.changes[key].before) not in built_on] or candidates
    if not candidates:
        return now
    change = candidates[0].changes[key]
    return now if change.withheld or change.lost else _one(change.before)


def _one(before: Before) -> Answer:
    return " / ".join(str(each) for each in before) if isinstance(before, list) else before
