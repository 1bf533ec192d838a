"""What a save gave, held against what a record says that it gave.

The row of a save keeps what was sealed and signed. Where a node went on in several copies (branches.py), a record calls
these by their branches, and so do the vectors in its answers: «seen up to 3 of N» is «up to 1 of N, up to 3 of N~a»
there. That is the same answer. Of such a node it may also include less, where nothing told which copy was meant: to
claim less than was seen is always safe. Of every other node it must say the very same.

A save that changed a record names every answer that it changed, those too that are kept back: it gave no others.
"""

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from .branches import Tree, origin, path
from .causality import Sibling, Vector
from .first_answers import FirstAnswers
from .forms import ABOUT_FIRST, ABOUT_SAVE, ALIVE, ERASED, FIRST
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
