"""What a version claims of edits, held against the rows of history that are there.

A count in a vector, a save, what a review saw and what an erasure took away say «this edit was made, and I know it».
Whoever claims an edit that no row tells of could hide everything that its author saves later, bless what nobody
reviewed, or take away what nobody erased. To claim less than one knows is always safe.
"""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from .branches import MARK, origin
from .causality import Vector, Version, covers, meet
from .erasure import is_public
from .forms import ERASED
from .review import BEHELD, SEEN
from .values import Answer

Reach = Callable[[str], int]  # of a node: the count of its last save that a row tells of

HOLDING = (SEEN, BEHELD, ERASED)  # how the keys of answers begin that hold vectors


def overclaims(version: Version, reach: Reach) -> bool:
    """Say whether a version claims edits that no row of history tells of, here or in its bundle."""
    if any(count > reach(node) for node, count in version.vector.items()):
        return True
    return any(_goes_beyond(vector, version.vector, reach) for vector in _held(version))


def bounded(version: Version, reach: Reach) -> Version:
    """Return the version with what rows tell of and nothing beyond: counts are cut, values without a row left out.

    Of an answer with a value left out nothing is claimed to be known: what that value replaced would be lost with it.
    """
    vector = {node: min(count, reach(node)) for node, count in version.vector.items() if reach(node)}
    answers = {
        key: frozenset(
            s for s in siblings if covers(vector, s.save.dot) and not (
                key.startswith(HOLDING) and any(_goes_beyond(each, vector, reach) for each in _vectors(s.value))
            )
        )
        for key, siblings in version.answers.items()
    }
    overrides = {key: meet(context, vector) for key, context in version.overrides.items()}
    overrides |= {key: {} for key, siblings in version.answers.items() if answers[key] != siblings}
    return replace(version, vector=vector, answers={key: each for key, each in answers.items() if each},
                   overrides={key: context for key, context in overrides.items() if context != vector})


def _goes_beyond(vector: Vector, whole: Vector, reach: Reach) -> bool:
    """Say whether a vector that an answer holds claims more than its record; of branches only what rows tell."""
    forked = {origin(node) for node in (*whole, *vector) if MARK in node}
    return any(
        count > (reach(node) if origin(node) in forked else whole.get(node, 0)) for node, count in vector.items()
    )


def is_work_of(version: Version, nodes: Collection[str]) -> bool:
    """Say whether at least half of what a record tells was given under these nodes."""
    given = [
        sibling.save.dot.node for key, siblings in version.answers.items() if not is_public(key)
        for sibling in siblings if sibling.value is not None
    ]
    return 2 * sum(name in nodes for name in given) >= len(given)


def is_part_of_work_of(version: Version, nodes: Collection[str], above: Callable[[Version], Version | None]) -> bool:
    """Say whether a record is the work of these nodes, or the one that it says something of, found by `above`.

    Who put it under that one himself made it no part of his own work by doing so.
    """
    if is_work_of(version, nodes):
        return True
    own = {origin(name) for name in nodes}
    if any(origin(each.save.dot.node) in own for each in version.answers.get("parent", ())):
        return False
    whole = above(version)
    return whole is not None and is_work_of(whole, nodes)


def _held(version: Version) -> Iterator[Vector]:
    for key, siblings in version.answers.items():
        if key.startswith(HOLDING):
            for sibling in siblings:
                yield from _vectors(sibling.value)


def _vectors(value: Answer) -> Iterator[Vector]:
    try:
        content = json.loads(str(value))
    except (ValueError, RecursionError):
        return
    waiting = [content]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield {str(node): count for node, count in each.items() if type(count) is int}
            waiting += each.values()
