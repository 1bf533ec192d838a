"""Ways to break the merge: each must break a law. Run `python -m pytest tests/laws/test_mutations.py -rP`."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from p2kp_desktop.schema import branches, causality, erasure, knowing, review
from p2kp_desktop.schema.causality import Sibling, Vector, Version
from p2kp_desktop.schema.knowing import Span

Patches = pytest.MonkeyPatch
edit, merge, withhold = causality.edit, causality.merge, causality.withhold


def covers_one_less(patches: Patches) -> None:
    """`>` in place of `>=`: a save is not taken for seen by the vector that ends with it."""
    patches.setattr(causality, "covers", lambda vector, dot: vector.get(dot.node, 0) > dot.tick)


def covers_one_more(patches: Patches) -> None:
    """A vector is taken to include the save after its last one."""
    patches.setattr(causality, "covers", lambda vector, dot: vector.get(dot.node, 0) + 1 >= dot.tick)
    patches.setattr(causality, "edit", lambda version, save, changes: _edit_unchecked(version, save, changes))


def _edit_unchecked(version: Version, save: Any, changes: Any) -> Version:
    with pytest.MonkeyPatch.context() as inner:
        inner.setattr(causality, "covers", lambda *_: False)
        return edit(version, save, changes)


def context_is_the_vector(patches: Patches) -> None:
    """Withheld answers are compared against the record's vector."""
    patches.setattr(Version, "context", lambda self, _: self.vector)


def only_common_siblings(patches: Patches) -> None:
    """What one side alone has is dropped."""
    def kept(one: Version, other: Version, key: str) -> Any:
        mine, theirs = (side.answers.get(key, frozenset()) for side in (one, other))
        return mine & theirs or mine or theirs

    patches.setattr(causality, "_kept", kept)


def all_siblings(patches: Patches) -> None:
    """Nothing is ever replaced by a merge."""
    def kept(one: Version, other: Version, key: str) -> Any:
        none: frozenset[Sibling] = frozenset()
        return one.answers.get(key, none) | other.answers.get(key, none)

    patches.setattr(causality, "_kept", kept)


def mine_wins(patches: Patches) -> None:
    """What is here stays, whatever arrives."""
    patches.setattr(causality, "_kept", lambda one, other, key: one.answers.get(key) or other.answers.get(key))


def newest_wins(patches: Patches) -> None:
    """The clock decides."""
    def kept(one: Version, other: Version, key: str) -> Any:
        both = {*one.answers.get(key, ()), *other.answers.get(key, ())}
        return frozenset([max(both, key=lambda s: (s.save.time, s.save.dot))]) if both else frozenset()

    patches.setattr(causality, "_kept", kept)


def overrides_dropped(patches: Patches) -> None:
    """After a merge nothing counts as withheld any more."""
    patches.setattr(causality, "merge", lambda one, other: replace(merge(one, other), overrides={}))


def overrides_not_advanced(patches: Patches) -> None:
    """An edit does not count in the contexts of withheld answers."""
    def edited(version: Version, save: Any, changes: Any) -> Version:
        return replace(edit(version, save, changes), overrides=version.overrides)

    patches.setattr(causality, "edit", edited)


def withheld_is_emptied(patches: Patches) -> None:
    """A bundle without names says that there are none."""
    patches.setattr(causality, "withhold", lambda version, keys: replace(withhold(version, keys), overrides={}))


def alive_not_rewritten(patches: Patches) -> None:
    """An edit leaves «alive» as it was."""
    def edited(version: Version, save: Any, changes: Any) -> Version:
        after = edit(version, save, changes)
        if "alive" in changes or "alive" not in version.answers:
            return after
        return replace(after, answers={**after.answers, "alive": version.answers["alive"]})

    patches.setattr(causality, "edit", edited)


def vector_of_one_side(patches: Patches) -> None:
    """A merged record has the vector of what was here."""
    patches.setattr(causality, "merge", lambda one, other: replace(merge(one, other), vector=one.vector))


def anything_is_news_or_nothing(patches: Patches) -> None:
    """A record is sent only when all its edits are unknown to the receiver."""
    patches.setattr(
        causality, "goes_beyond",
        lambda vector, known: all(count > known.get(node, 0) for node, count in vector.items()),
    )


def verified_is_verified(patches: Patches) -> None:
    """A verification stays in force whatever was edited."""
    patches.setattr(review, "standing", lambda version: str(version.values().get("status") or ""))


def erasure_forgotten(patches: Patches) -> None:
    """The mark of an erasure has no effect on what arrives."""
    patches.setattr(erasure, "applied", lambda version: version)


def seen_by_either(patches: Patches) -> None:
    """Whoever wrote over a cell is taken to have seen what the receiver knows of it, too."""
    patches.setattr(causality, "meet", lambda one, other: {
        node: max(one[node], other[node]) for node in one.keys() & other.keys()
    })


def holes_overlooked(patches: Patches) -> None:
    """What a bundle brings counts, whatever was before it."""
    reached = knowing.reached
    patches.setattr(knowing, "reached", lambda known, spans: reached(known, [each._replace(since=0) for each in spans]))


def spans_forgotten(patches: Patches) -> None:
    """What came too early never counts."""
    def only_once(known: Vector, spans: Iterable[Span]) -> dict[str, int]:
        found = dict(known)
        for node, since, tick in spans:
            if since <= known.get(node, 0):
                found[node] = max(tick, found.get(node, 0))
        return found

    patches.setattr(knowing, "reached", only_once)


def copies_are_one(patches: Patches) -> None:
    """Copies of one laptop are not told apart."""
    patches.setattr(branches, "parting", lambda *_: None)


def first_come_keeps_the_name(patches: Patches) -> None:
    """A branch is called after what came first here."""
    names = count()
    patches.setattr(branches, "named", lambda node, _seal: f"{branches.origin(node)}{branches.MARK}{next(names)}")


def copies_know_each_other(patches: Patches) -> None:
    """A copy is taken to have what the other saved under the same counts."""
    path = branches.path

    def all_of(tree: Any, name: str) -> Any:
        root = path(tree, name)[0].node
        others = [branches.Stretch(each, branch.first, branches.FOR_EVER) for each, branch in tree.items()]
        return path(tree, name) + tuple(one for one in others if one.node not in (root, name))

    patches.setattr(branches, "path", all_of)


def the_fork_is_one_later(patches: Patches) -> None:
    """The first save that was made twice is taken for both."""
    parting = branches.parting

    def later(one: Any, other: Any, start: int = 1) -> Any:
        found = parting(one, other, start)
        return found and found + 1

    patches.setattr(branches, "parting", later)


OF_COPIES: tuple[Callable[[Patches], None], ...] = (
    copies_are_one, first_come_keeps_the_name, copies_know_each_other, the_fork_is_one_later,
)
ALL: tuple[Callable[[Patches], None], ...] = (
    covers_one_less, covers_one_more, context_is_the_vector, only_common_siblings, all_siblings, mine_wins, newest_wins,
    overrides_dropped, overrides_not_advanced, withheld_is_emptied, alive_not_rewritten, vector_of_one_side,
    anything_is_news_or_nothing, verified_is_verified, erasure_forgotten, seen_by_either, holes_overlooked,
    spans_forgotten,
)
