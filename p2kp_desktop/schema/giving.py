"""What a save gave, held against what a record says that it gave.

The row of a save keeps what was sealed and signed. Where a node went on in several copies (branches.py), a record calls
these by their branches, and so do the vectors in its answers: «seen up to 3 of N» is «up to 1 of N, up to 3 of N~a»
there. That is the same answer. Of such a node it may also include less, where nothing told which copy was meant: to
claim less than was seen is always safe. Of every other node it must say the very same.

A save that changed a record names every answer that it changed, those too that are kept back: it gave no others.

What a save gave stands in every record that includes it, until a save replaces it, which tells what it replaced.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from .branches import Tree, origin, path
from .causality import Dot, Sibling, Vector, Version, covers
from .first_answers import FirstAnswers
from .forms import ABOUT_FIRST, ABOUT_SAVE, ALIVE, ERASED, FIRST
from .history import REOPENING, HistoryRow
from .values import Answer

Forked = Mapping[str, Tree]  # the nodes that went on in several copies, with the shapes of their branches


def gave(
    told: Mapping[str, Answer], kept: Collection[str], key: str, sibling: Sibling, forked: Forked,
    first: Callable[[], FirstAnswers],
) -> bool | None:
    """Say whether a save that told these answers, and `kept` others back, gave this one; None: it tells nothing.

    `first` judges the answers of the save that made a record, where that keeps a digest of them.
    """
    if FIRST in told and key not in told and key not in kept:
        return first().judge(key, sibling.value)
    return judged(told, key, sibling, forked, kept)


def judged(
    told: Mapping[str, Answer], key: str, sibling: Sibling, forked: Forked, kept: Collection[str] = ()
) -> bool | None:
    """Say the same of a save that names all answers that it gave."""
    node, value = sibling.save.dot.node, sibling.value
    if told.get(key, ...) == value:
        return True
    is_own = key.endswith(f".{node}")  # an answer of the workspace's own, beside those of others
    named = {key} | ({each for each in (*told, *kept) if origin(each) == origin(key)} if is_own else set())
    said = [told[each] for each in sorted(named & told.keys())]
    if not said and (not _changed({*told, *kept}) or named.intersection(kept) or (key == ALIVE and value == 1)):
        return None
    if not (is_own or key.startswith(ERASED)):
        return False
    return any(_is_within(value, each, node, forked) for each in said)


def _changed(named: set[str]) -> set[str]:
    """Return the answers among what a save tells: one that made a record tells none."""
    return named - {*ABOUT_SAVE, *ABOUT_FIRST}


def _is_within(value: Answer, said: Answer, node: str, forked: Forked) -> bool:
    here, there = _content(value), _content(said)
    if here is None or there is None or not any(root in str(said) for root in forked):
        return value == said
    return _includes(there, here, node, forked)


def _content(value: Answer) -> dict[str, Any] | None:
    """Return the vectors that an answer holds, as JSON or as «node:count node:count»; None where it holds none."""
    if not isinstance(value, str):
        return None
    try:
        content = json.loads(value)
    except (ValueError, RecursionError):
        parts = [part.rpartition(":") for part in value.split(" ")]
        readable = all(colon and tick.isdigit() for _node, colon, tick in parts)
        return {name: int(tick) for name, _colon, tick in parts} if readable else None
    return content if isinstance(content, dict) else None


def _includes(there: Mapping[str, Any], here: Mapping[str, Any], node: str, forked: Forked) -> bool:
    nested = {key for each in (there, here) for key in each if isinstance(each[key], dict)}
    if not all(isinstance(each.get(key), dict) for key in nested for each in (there, here)):
        return False
    if not all(_includes(there[key], here[key], node, forked) for key in nested):
        return False
    plain = [{key: each[key] for key in each.keys() - nested if origin(key) not in forked} for each in (there, here)]
    counts = [{key: each[key] for key in each.keys() - nested if origin(key) in forked} for each in (there, here)]
    return plain[0] == plain[1] and all(
        type(count) is int and count <= _reach(counts[0], name, node, forked) for name, count in counts[1].items()
    )


def _reach(said: Vector, name: str, node: str, forked: Forked) -> int:
    """Return how far a save of a node reached into a branch; what it said of its own node, it said of its own copy."""
    root = origin(name)
    if root == origin(node) and name not in said and name not in _line(forked[root], node):
        return 0
    return max((count for each, count in said.items() if origin(each) == root and type(count) is int), default=0)


def _line(tree: Tree, node: str) -> set[str]:
    return {each.node for each in path(tree, node)} if node in tree else {*tree}


def is_named(row: HistoryRow, key: str, sibling: Sibling, rows: Callable[[], Iterable[HistoryRow]]) -> bool | None:
    """Say whether an answer is told as of whoever signed that save: by whom, in which role, where, and when.

    One that opened a conflict again names who gave each side before; None where none of the saves of the record, its
    `rows`, is known to have given it.
    """
    if row.save == sibling.save or row.save[1:] == sibling.save[1:]:  # the second of a branch, under another name
        return True
    if row.origin not in REOPENING:
        return False
    return any(
        each.save[1:] == sibling.save[1:] and (FIRST in each.changes or each.told.get(key, ...) == sibling.value)
        for each in rows()
    ) or None


def left_behind(
    version: Version, rows: Sequence[HistoryRow], known: Vector, forked: Forked, is_whole: Callable[[], bool]
) -> set[str]:
    """Return the answers that signed saves gave and nobody replaced, of a record that includes these and lacks those.

    `rows` are the saves of the record and `known` those that are not asked about; `is_whole` says whether there are no
    others. Even where there may be, whatever a node gave before its own later save is behind.
    """
    found, replaced = set[str](), Replaced(rows)
    for row in rows:
        node, tick = row.save.dot
        if not row.mark or origin(node) in forked or tick <= known.get(node, 0):
            continue
        for key, change in row.answers.items():
            if covers(version.context(key), row.save.dot) and not _stands(version, key, row.save.dot) and (
                _is_older(version, key, row.save.dot)
                or (not (change.withheld or replaced.by_another(key, change.after, row.save.dot)) and is_whole())
            ):
                found.add(key)
    return found


def _stands(version: Version, key: str, dot: Dot) -> bool:
    """Say whether a record bears what a save gave, or lost it by an erasure; that it lives others say again."""
    here = version.answers.get(key, frozenset())
    return key == ALIVE or f"{ERASED}{key}" in version.answers or any(each.save.dot == dot for each in here)


def _is_older(version: Version, key: str, dot: Dot) -> bool:
    """Say whether all that the record has of an answer is of earlier saves of the same node."""
    here = version.answers.get(key, frozenset())
    return all(each.save.dot.node == dot.node and each.save.dot.tick < dot.tick for each in here)


class Replaced:
    """Which values the saves of a record replaced, by answer; a save that does not tell it may have replaced any."""

    def __init__(self, rows: Iterable[HistoryRow]) -> None:
        self._by: dict[tuple[str, Answer], set[Dot]] = defaultdict(set)
        self._untold: set[str] = set()
        for row in rows:
            told = row.replaced if row.mark else {}
            self._untold |= row.answers.keys() - told.keys()
            for key, before in told.items():
                for side in before if isinstance(before, list) else [before]:
                    self._by[key, side].add(row.save.dot)

    def by_another(self, key: str, value: Answer, dot: Dot) -> bool:
        """Say whether another save than this one replaced a value that it gave, or may have."""
        return key in self._untold or any(other != dot for other in self._by.get((key, value), ()))
