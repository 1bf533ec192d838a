"""Erasing answers on a person's request (UU 27/2022), wherever their record travelled, now or later.

An erasure is an ordinary edit: it empties the answers and gives, beside each, the mark «erased.KEY». The
mark's value is the vector of all edits of that answer which the erasure saw. Whoever holds the mark leaves
out every value those edits gave, also one that arrives later, or that a bundle without names could not
take away. A value given by an edit that the erasure did not see stays, as a conflict that a person decides.

A mark restores the state of one answer right after the erasure, and joins it like any other state; so the
order in which marks and values arrive makes no difference.

Old backups and received originals are named, and deleted on request.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from .causality import Dot, Save, Sibling, Siblings, Vector, Version, covers, goes_beyond, join
from .forms import ABOUT_SAVE, ERASED, FIRST, FIRST_PRIVATE, MOVED
from .history import Change, HistoryRow
from .records import DISTINCT
from .review import is_about_review
from .values import Answer

Marks = Mapping[str, frozenset[tuple[Save, tuple[tuple[str, int], ...]]]]  # by answer: erasures and what each saw


@lru_cache(maxsize=4096)  # a few hundred keys, asked about once for each answer of a bundle
def is_public(key: str) -> bool:
    """Say whether an answer to no question travels in every bundle: what it holds is never about a person."""
    return key.startswith((ERASED, MOVED, DISTINCT)) or is_about_review(key)


def changes(version: Version, keys: Iterable[str]) -> dict[str, Answer]:
    """Return the answers that an erasure writes to a record: those it empties, and beside each a mark of the erasure.

    Reasons and sources of earlier saves get a mark too.
    """
    seen = {**dict.fromkeys(ABOUT_SAVE, version.vector), **{key: version.context(key) for key in keys}}
    marks = {f"{ERASED}{key}": _written(join(context, _seen(version, key))) for key, context in seen.items()}
    emptied: dict[str, Answer] = {key: None for key in seen if key not in ABOUT_SAVE}
    return {**emptied, **marks}


def _written(vector: Vector) -> str:
    return json.dumps(dict(sorted(vector.items())), separators=(",", ":"))


def _read(value: Answer) -> dict[str, int]:
    """Return the vector that a mark holds; nothing where a damaged bundle brought something else."""
    try:
        content = json.loads(str(value))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {node: count for node, count in content.items() if type(count) is int and count > 0}


def marks_of(version: Version) -> Marks:
    """Return the erasures of a record by answer."""
    return {
        key.removeprefix(ERASED): frozenset((s.save, tuple(sorted(_read(s.value).items()))) for s in siblings)
        for key, siblings in version.answers.items() if key.startswith(ERASED)
    }


def _seen(version: Version, key: str) -> Vector:
    """Return the edits of an answer that earlier erasures took away."""
    return _taken(marks_of(version).get(key, frozenset()))


def takes_only_own(before: Version, after: Version, mark: str) -> bool:
    """Say whether what a record is erased of anew under a mark was each given by whoever erased it, or gone before.

    No mark that stood there may be gone, for what it took away could come back.
    """
    was, now = (version.answers.get(mark, frozenset()) for version in (before, after))
    key = mark.removeprefix(ERASED)
    taken = _seen(before, key)
    return not goes_beyond(taken, _seen(after, key)) and all(
        name == each.save.dot.node or count <= taken.get(name, 0)
        for each in now - was for name, count in _read(each.value).items()
    )


def _taken(erasures: Iterable[tuple[Save, tuple[tuple[str, int], ...]]]) -> dict[str, int]:
    taken: dict[str, int] = {}
    for save, seen in erasures:
        taken = join(join(taken, dict(seen)), {save.dot.node: save.dot.tick})
    return taken


def applied(version: Version) -> Version:
    """Return the version without the values that were erased; nothing else changes."""
    answers, overrides = dict(version.answers), dict(version.overrides)
    for key, erasures in marks_of(version).items():
        if key in ABOUT_SAVE:
            continue
        context, here = version.context(key), answers.get(key, frozenset())
        left = _left(here, context, erasures)
        if left:
            answers[key] = left
        else:
            answers.pop(key, None)
        if key in overrides:
            overrides[key] = _within(join(context, _taken(erasures)), version.vector)
            if overrides[key] == version.vector:
                del overrides[key]
    if answers == version.answers and overrides == version.overrides:
        return version
    return replace(version, answers=answers, overrides=overrides)


def blanked(version: Version, marks: Marks) -> Version:
    """Take out of a version that does not know these erasures the values that they took; what they did not see stays.

    It claims no less than before: wherever it is joined to their record, those values are gone.
    """
    answers = dict(version.answers)
    for key, erasures in marks.items():
        taken, here = _taken(erasures), answers.get(key, frozenset())
        left = frozenset(s for s in here if s.value is None or not covers(taken, s.save.dot))
        if here and not left:
            del answers[key]
        elif here:
            answers[key] = left
    return replace(version, answers=answers)


def _left(here: Siblings, context: Vector, erasures: Iterable[tuple[Save, tuple[tuple[str, int], ...]]]) -> Siblings:
    """Join the siblings with the state right after each erasure: one empty value."""
    left = here
    for save, seen in erasures:
        emptied = Sibling(save, None)
        taken = join(dict(seen), {save.dot.node: save.dot.tick})
        kept = [s for s in left if s == emptied or not covers(taken, s.save.dot)]
        left = frozenset([*kept, emptied] if emptied in left or not covers(context, save.dot) else kept)
        context = join(context, taken)
    return left


def _within(vector: Vector, limit: Vector) -> dict[str, int]:
    return {node: min(count, limit[node]) for node, count in vector.items() if node in limit}


def cleared(row: HistoryRow, marks: Marks) -> HistoryRow:
    """Return a row of the record's history without what was erased; its hash still holds.

    Of a save that the erasures did not see, what it gave stays, and only what stood there before goes, for
    that may have been erased. The erasing save itself keeps its reason.
    """
    is_erasure = any(key.startswith(ERASED) for key in row.changes)
    less = dict(row.changes)
    for key, erasures in marks.items():
        change = less.get(key)
        if change is None or (key in ABOUT_SAVE and is_erasure):
            continue
        less[key] = _less(change, row.save.dot, erasures)
    gone = [key for key in marks if key not in ABOUT_SAVE and covers(_taken(marks[key]), row.save.dot)]
    less |= {key: less[key].kept_back() for key in _digests_of(row, gone)}
    return row if less == row.changes else replace(row, changes=less)


def _digests_of(row: HistoryRow, gone: Iterable[str]) -> set[str]:
    """Return under which keys a save keeps digests of first answers by which these could be guessed."""
    told = row.changes.get(FIRST)
    private = str(told.after).split(" ")[2:] if told and not told.withheld else None
    found = {each for key in gone for each in (
        (FIRST, FIRST_PRIVATE) if private is None else (FIRST_PRIVATE,) if key in private else (FIRST,)
    )}
    return found & row.changes.keys()


def _less(change: Change, dot: Dot, erasures: Iterable[tuple[Save, tuple[tuple[str, int], ...]]]) -> Change:
    if change.withheld:
        return change
    if covers(_taken(erasures), dot):
        return change.kept_back()
    later = any(save.dot.node == dot.node and save.dot.tick < dot.tick for save, _ in erasures)
    return change if later else change.without_before()
