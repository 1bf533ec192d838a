"""Branches: what two copies of one workspace saved under one sign, told apart afterwards by every office alike.

A whole laptop that is copied, its registry of nodes included, goes on counting twice: two saves are (node, 5), and
the vector {node: 7} no longer says which of them it includes. Each of the copies should have taken a node of its own
when it was made. So that is done afterwards, wherever both are known:

- A **line** is the saves that one copy has of a node. Two lines part at the first count which they used for two
  different saves, told by the hashes of their rows of history, or at which one chain of theirs goes on in two ways.
- Before that count the node stands as it is. From it on each line is a **branch**, a node of its own, called after
  the first save of it: «node~hash». Nobody's branch is the true one, and no order of arrival has a say in the name;
  so all offices that know the same saves call them alike, and their records, digests and conflicts are the same.
- Whatever was written under the forked node is **read as** its branch: counts in vectors, dots of saves, and vectors
  that answers hold (what a review saw, what an erasure took). Which line a file speaks of, its own saves tell, or the
  last ones that it left out since its receiver has them. A file comes from one copy, or from somebody who knows both
  and says which; where nothing tells, a count is believed up to the fork only. To claim less than one has seen is
  always safe: values stay beside each other until a file that says more arrives, and then the merge is as if it
  had come first.

From there on nothing is special: branches merge as the saves of any two laptops do (causality.py). What both changed
is an ordinary conflict with both values; what one changed is no conflict; nothing is refused. A row of history keeps
the hash that it was sealed with, over the node as it was then.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, NamedTuple

from .causality import Dot, Save, Sibling, Siblings, Vector, Version, join
from .forms import ERASED
from .values import Answer

MARK = "~"
SHORT = 16  # letters of a hash that stand for it
FOR_EVER = 1 << 60


def origin(node: str) -> str:
    """Return the node that a branch was part of when its saves were made; of any other node itself."""
    return node.partition(MARK)[0]


def named(node: str, seal: str) -> str:
    """Return the name of the branch of a node that begins with the save of this hash."""
    return f"{origin(node)}{MARK}{seal[:SHORT]}"


class Row(NamedTuple):
    """What tells a row of history from others of its node."""

    tick: int
    place: str
    number: int
    hash: str
    previous: str


Line = Mapping[str, Row]  # by hash


class Stretch(NamedTuple):
    """The counts of a line that belong to one node."""

    node: str
    first: int
    last: int


Path = tuple[Stretch, ...]
PathOf = Callable[[str], Path | None]  # of a node as it is written; None where it is read as it stands


@dataclass(frozen=True)
class Branch:
    """A stretch of the saves of a forked node: what it grew out of («» for nothing), its first count, its saves."""

    parent: str
    first: int
    rows: Line


Tree = Mapping[str, Branch]  # by name; a node that is not forked is a tree of one branch


def line(rows: Iterable[Row]) -> dict[str, Row]:
    """Return rows as a line."""
    return {row.hash: row for row in rows}


def parting(one: Line, other: Line, start: int = 1) -> int | None:
    """Return the first count from `start` on that the lines used for different saves; None while they agree.

    A save that goes on another chain than the one there tells that they parted at the save before it, or earlier.
    """
    ticks = {row.tick: row for row in one.values() if row.tick >= start}
    numbers = {(row.place, row.number): row for row in ticks.values()}
    found = []
    for row in other.values():
        if row.tick < start or row.hash in one:
            continue
        same, before, after = (numbers.get((row.place, row.number + step)) for step in (0, -1, 1))
        found += [row.tick] if row.tick in ticks or (after and after.previous != row.hash) else []
        found += [min(row.tick, same.tick)] if same else []
        found += [before.tick] if before and before.hash != row.previous else []
    return min(found, default=None)


def grow(node: str, lines: Sequence[Line]) -> Tree:
    """Return the branches of a node, of which these lines are known."""
    found: dict[str, Branch] = {}
    _grow(found, (node, "", 1), list(lines), {})
    return found


def _grow(found: dict[str, Branch], stem: tuple[str, str, int], lines: list[Line], below: Line) -> None:
    name, parent, first = stem
    start = first + (MARK in name)  # all lines of a branch have its first save
    while True:
        partings = (parting(one, other, start) for one, other in combinations(lines, 2))
        fork = min((each for each in partings if each is not None), default=None)
        groups = _groups(lines, fork) if fork else []
        if fork is None or len(groups) > 1:
            break
        start = fork + 1
    here = line(row for each in lines for row in each.values() if fork is None or row.tick < fork)
    found[name] = Branch(parent, first, here)
    for group in groups:
        begins = min((row for each in group for row in each.values()), key=lambda row: (row.tick, row.hash))
        grown_from = {**below, **here} if _follows(group, {**below, **here}) else {}
        stem = named(name, begins.hash), name if grown_from or fork == 1 else "", fork or 1
        _grow(found, stem, group, grown_from)


def _follows(group: Iterable[Line], below: Line) -> bool:
    """Say whether every chain of these lines goes on from one of the saves below, or begins here."""
    firsts: dict[str, Row] = {}
    for row in (row for each in group for row in each.values()):
        if row.place not in firsts or row.number < firsts[row.place].number:
            firsts[row.place] = row
    return all(row.number == 1 or row.previous in below for row in firsts.values())


def _groups(lines: Sequence[Line], fork: int) -> list[list[Line]]:
    """Return the lines from the fork on, those together that share a save."""
    groups: list[list[Line]] = []
    for each in lines:
        later = line(row for row in each.values() if row.tick >= fork)
        if later:
            near = [group for group in groups if any(later.keys() & other.keys() for other in group)]
            groups = [group for group in groups if group not in near] + [[later, *(one for g in near for one in g)]]
    return groups


def settled(known: Sequence[Line], arrived: Sequence[Line]) -> list[Line]:
    """Return all lines, each with whatever is known of what it follows upon.

    Saves that a known line had of another copy are moved to the line that shows whose they are: that happens where
    a few saves of one copy came before anything told them from the other's.
    """
    every = {seal: row for each in (*known, *arrived) for seal, row in each.items()}
    arrived = [_completed(each, every) for each in arrived]
    lines = []
    for each in known:
        kept = dict(each)
        for other in arrived:
            fork = parting(each, other)
            if fork is not None:
                kept = {seal: row for seal, row in kept.items() if row.tick < fork or seal not in other}
        lines.append(kept)
    return [*(_completed(each, every) for each in lines if each), *arrived]


def _completed(one: Line, every: Line) -> Line:
    """Return a line with all saves that its chains follow upon, as far as they are known."""
    found = dict(one)
    waiting = [row.previous for row in one.values()]
    while waiting:
        seal = waiting.pop()
        if seal in every and seal not in found:
            found[seal] = every[seal]
            waiting.append(every[seal].previous)
    return found


def regrown(old: Tree, arrived: Mapping[str, Line], came: Iterable[int] = ()) -> Tree:
    """Return the branches of a node that are known with the lines that arrived, each by the name it came under.

    `came` are the counts of saves which are kept under the node itself only since these lines arrived.
    """
    (root, *_others) = old
    new = set(came)
    before = {**old, root: replace(old[root], rows=line(row for row in old[root].rows.values() if row.tick not in new))}
    known = [line_to(before, name) for name in leaves(before) if before[name].rows or name == root]
    return grow(root, settled(known, list(arrived.values())))


def leaves(tree: Tree) -> list[str]:
    """Return the branches that did not part again, the root where there is only that."""
    parents = {branch.parent for branch in tree.values()}
    return [name for name in tree if name not in parents]


def path(tree: Tree, name: str) -> Path:
    """Return from which count to which a line goes along each branch, up to this one."""
    found = [Stretch(name, tree[name].first, FOR_EVER)]
    while parent := tree[found[0].node].parent:
        found.insert(0, Stretch(parent, tree[parent].first, found[0].first - 1))
    return tuple(each for each in found if each.last >= each.first)


def cut(way: Path, last: int) -> Path:
    """Return a path as far as this count."""
    return tuple(each._replace(last=min(each.last, last)) for each in way if each.first <= last)


def line_to(tree: Tree, name: str) -> Line:
    """Return the saves of the line that ends in a branch."""
    return {seal: row for each in _upwards(tree, name) for seal, row in tree[each].rows.items()}


def _upwards(tree: Tree, name: str) -> Iterable[str]:
    while name:
        yield name
        name = tree[name].parent


def home(tree: Tree, seals: Iterable[str]) -> str | None:
    """Return the farthest branch in which one of these saves lies; None where none of them is known."""
    wanted = set(seals)
    holding = [name for name, branch in tree.items() if not wanted.isdisjoint(branch.rows)]
    return max(holding, key=lambda name: (tree[name].first, name), default=None)


def begun_with(tree: Tree, marks: Iterable[str]) -> list[str]:
    """Return the hashes among a tree's saves that stand for these, in short."""
    wanted = set(marks)
    seals = (seal for branch in tree.values() for seal in branch.rows) if wanted else ()
    return [seal for seal in seals if seal[:SHORT] in wanted]


def fork_of(tree: Tree) -> int:
    """Return the first count that was used twice."""
    return min((branch.first for name, branch in tree.items() if MARK in name), default=FOR_EVER)


def up_to_fork(node: str, tree: Tree) -> Path:
    """Return the path of a line of which nothing is known: as far as all lines are the same."""
    last = fork_of(tree) - 1
    return (Stretch(node, 1, last),) if last else ()


def vector_read(vector: Vector, path_of: PathOf) -> dict[str, int]:
    """Return a vector with the counts of forked nodes as those of their branches."""
    found: dict[str, int] = {}
    for node, count in vector.items():
        stretches = path_of(node)
        for each in (Stretch(node, 1, FOR_EVER),) if stretches is None else stretches:
            if count >= each.first:
                found[each.node] = max(found.get(each.node, 0), min(count, each.last))
    return found


def dot_read(dot: Dot, path_of: PathOf) -> Dot | None:
    """Return a save under its branch; None where nothing tells which save it is."""
    stretches = path_of(dot.node)
    if stretches is None:
        return dot
    return next((Dot(each.node, dot.tick) for each in stretches if each.first <= dot.tick <= each.last), None)


def ways(old: Tree, new: Tree) -> dict[str, Path]:
    """Return the present path of each branch whose counts are now named otherwise, or reach into another branch."""
    found = {}
    for name, branch in old.items():
        last = max(branch.rows.values(), key=lambda row: row.tick, default=None)
        now = home(new, [last.hash]) if last else name if name in new else None
        if now is not None and not (now == name and new[now].first <= branch.first):
            found[name] = path(new, now)
    return found


class Reader:
    """How names are read: every node along a path, and the saves in `places` as what stands there.

    Of a node whose saves turn out to be of several lines (`mixed`) a record is read by the saves that it shows: it
    includes what they follow upon, and nothing else is sure.
    """

    def __init__(self, path_of: PathOf, places: Mapping[Dot, Dot] | None = None, mixed: Mapping[str, Tree] | None = None
                 ) -> None:
        self._path_of, self._places, self._mixed = path_of, places or {}, mixed or {}

    @classmethod
    def between(cls, old: Tree, new: Tree) -> "Reader":
        """Return how names of one tree are read in another."""
        place = {seal: name for name, branch in new.items() for seal in branch.rows}
        places = {
            Dot(name, row.tick): Dot(place[row.hash], row.tick)
            for name, branch in old.items() for row in branch.rows.values() if row.hash in place
        }
        found = ways(old, new)
        ends = {name: {places[dot].node for dot in places if dot.node == name} for name in found}
        lined = {name: {each.node for each in way} for name, way in found.items()}
        return cls(found.get, places, {name: new for name in found if not ends[name] <= lined[name]})

    def vector(self, vector: Vector, shown: Iterable[Dot] = ()) -> dict[str, int]:
        """Return a vector with the counts of forked nodes as those of their branches."""
        plain = {node: count for node, count in vector.items() if node not in self._mixed}
        found = vector_read(plain, self._path_of)
        for node in vector.keys() & self._mixed.keys():
            tree, count = self._mixed[node], vector[node]
            own = [dot for dot in shown if dot.node == node and dot.tick <= count and dot in self._places]
            known = [(dot.tick, path(tree, self._places[dot].node)) for dot in own]
            for tick, way in known or [(count, up_to_fork(node, tree))]:
                found = join(found, vector_read({node: tick}, {node: way}.get))
        return found

    def dot(self, dot: Dot) -> Dot | None:
        """Return a save under its branch; None where nothing tells which save it is."""
        return self._places[dot] if dot in self._places else dot_read(dot, self._path_of)

    def version(self, version: Version) -> tuple[Version, tuple[str, ...]]:
        """Return a version with forked nodes read as their branches, and the answers that are withheld for it.

        An answer is withheld where nothing tells whose save gave it: as if the file had come without it.
        """
        if all(self._path_of(node) is None for node in version.vector):
            return version, ()
        shown = {s.save.dot for siblings in version.answers.values() for s in siblings}
        answers: dict[str, Siblings] = {}
        gone = set()
        for key, siblings in version.answers.items():
            for name, sibling in (self._sibling(key, each, shown) for each in siblings):
                gone |= {key} if sibling is None else set()
                answers[name] = answers.get(name, frozenset()) | ({sibling} if sibling else set())
        vector = self.vector(version.vector, shown)
        contexts = {key: self.vector(context, shown) for key, context in version.overrides.items()}
        contexts |= {key: {} for key in gone}
        return replace(
            version, vector=vector, answers={key: each for key, each in answers.items() if key not in gone and each},
            overrides={key: context for key, context in contexts.items() if context != vector},
        ), tuple(sorted(gone))

    def _sibling(self, key: str, sibling: Sibling, shown: Iterable[Dot]) -> tuple[str, Sibling | None]:
        save: Save = sibling.save
        dot = self.dot(save.dot)
        if dot is None:
            return key, None
        end = f".{save.dot.node}"
        if key.endswith(end):  # an answer of the workspace's own, beside those of others
            key = f"{key[: -len(end)]}.{dot.node}"
        elif not key.startswith(ERASED):
            return key, Sibling(save._replace(dot=dot), sibling.value)
        value = held_read(sibling.value, lambda vector: self.vector(vector, shown))
        return key, Sibling(save._replace(dot=dot), value)


def held_read(value: Answer, read: Callable[[Vector], Vector]) -> Answer:
    """Return an answer that holds vectors, as JSON or as «node:count node:count», with each of them read."""
    if not isinstance(value, str):
        return value
    try:
        content = json.loads(value)
    except (ValueError, RecursionError):
        return _words_read(value, read)
    if not isinstance(content, dict):
        return value
    spaces = (", ", ": ") if ": " in value else (",", ":")
    return json.dumps(_nested_read(content, read), separators=spaces)


def _nested_read(content: Mapping[str, Any], read: Callable[[Vector], Vector]) -> dict[str, Any]:
    nested = {key: _nested_read(each, read) for key, each in content.items() if isinstance(each, dict)}
    counts = {key: each for key, each in content.items() if type(each) is int}
    others = {key: each for key, each in content.items() if key not in nested and key not in counts}
    return {**others, **dict(sorted(read(counts).items())), **nested}


def _words_read(text: str, read: Callable[[Vector], Vector]) -> str:
    parts = [part.rpartition(":") for part in text.split(" ")]
    if not all(colon and tick.isdigit() for _node, colon, tick in parts):
        return text
    counts = read({node: int(tick) for node, _colon, tick in parts})
    return " ".join(f"{node}:{tick}" for node, tick in sorted(counts.items()))


def with_stems(name: str, lines: Mapping[str, Line], given: Tree) -> Line:
    """Return a line from its root on, as far as the sender of a bundle says what its branches grew out of."""
    found, seen = dict(lines[name]), {name}
    while name in given and (parent := given[name].parent) and parent not in seen:
        found |= {seal: row for seal, row in lines.get(parent, {}).items() if row.tick < given[name].first}
        name = parent
        seen.add(name)
    return found
