"""How a bundle names the nodes of which several copies went on, and what it means by that here (branches.py).

A bundle comes from somebody who knows of one copy only, and calls it by the node itself, or from somebody who knows
the branches. Which copy it speaks of is told by the saves it holds, else by the last saves that it left out, else,
for a single record, by the save that gave one of its answers. Where nothing tells, its counts are believed up to
where the copies parted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from . import branches
from .branches import Line, Path, Reader, Tree
from .causality import Dot, Save, Vector, Version


@dataclass(frozen=True)
class Told:
    """What a bundle says of copies: the forked nodes with their branches, and by node the ends of chains left out."""

    trees: Mapping[str, Tree] = field(default_factory=dict)
    ends: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Reading:
    """How one bundle is read.

    `lacking` counts the records of which something was held back since nothing tells which copy it speaks of.
    `elsewhere` says that another copy of this very workspace is at work.
    """

    def __init__(
        self, told: Told, forked: Iterable[str], tree: Callable[[str], Tree],
        saves: Callable[[Sequence[Dot]], Iterable[Save]],
    ) -> None:
        self.lacking, self.elsewhere = 0, False
        self._told, self._tree_of, self._saves = told, tree, saves
        self._forked = set(forked)
        self._trees: dict[str, Tree] = {}
        self._paths: dict[str, Path | None] = {}
        self._unclear: dict[str, int] = {}  # by node the first count of which nothing tells whose it is

    def doubt(self, names: Iterable[str], present: str) -> None:
        """Believe nothing of nodes of which the sender left out a save, as known here, that is not here.

        Another copy made it. `present` is this workspace's own node.
        """
        doubted = {name for name in names if branches.origin(name) not in self._forked}
        self.elsewhere = present in doubted
        self._paths |= dict.fromkeys(doubted, ())
        self._unclear |= dict.fromkeys(doubted, 1)

    def _tree(self, origin: str) -> Tree:
        if origin not in self._trees:
            self._trees[origin] = self._tree_of(origin)
        return self._trees[origin]

    def completed(self, old: Tree, lines: Mapping[str, Line]) -> dict[str, Line]:
        """Return the lines that a bundle shows, with the saves known here that it says they go on from."""
        whole = {}
        for name, line in lines.items():
            marked = branches.begun_with(old, self._marks(name))
            rows = {seal: row for branch in old.values() for seal, row in branch.rows.items()} if marked else {}
            whole[name] = {**{seal: rows[seal] for seal in marked}, **line}
        given = self._told.trees.get(branches.origin(next(iter(lines), "")), {})
        return {name: branches.with_stems(name, whole, given) for name in whole}

    def follow(self, origin: str, tree: Tree, lines: Mapping[str, Line]) -> None:
        """Note the branches of a node as they are known now, and which saves the bundle holds under each name."""
        self._trees[origin] = tree
        self._forked = self._forked - {origin} | ({origin} if len(tree) > 1 else set())
        self._paths = {name: way for name, way in self._paths.items() if branches.origin(name) != origin}
        self._unclear.pop(origin, None)
        for name, line in lines.items():
            end = branches.home(tree, line)
            if end is not None and end != name:
                self._paths[name] = branches.path(tree, end)
            elif end is not None and (branches.MARK in name or len(tree) == 1):
                self._paths[name] = None  # it is called so here too

    def _marks(self, name: str) -> list[str]:
        """Return by which hashes, in short, a bundle says what it left out of a line, or how its branch began."""
        begin = name.partition(branches.MARK)[2]
        return [*self._told.ends.get(name, ()), *([begin] if begin else [])]

    def path_of(self, name: str) -> Path | None:
        """Return the branches here that hold the counts of a node; None where the counts are read as they stand."""
        if name not in self._paths:
            self._paths[name] = self._looked_up(name)
        return self._paths[name]

    def _looked_up(self, name: str) -> Path | None:
        """Return the line of a node of which the bundle holds no saves, as far as one is proved."""
        origin = branches.origin(name)
        if name == origin and origin not in self._forked:
            return None
        tree, marks = self._tree(origin), self._marks(name)
        known = branches.begun_with(tree, marks)
        end = branches.home(tree, known)
        if end is None and name != origin:
            return None  # nothing of this branch is here
        if end is None:
            self._unclear[name] = branches.fork_of(tree)
            return branches.up_to_fork(name, tree)
        if name in self._told.ends and len(known) == len(set(marks)):
            return branches.path(tree, end)
        last = max(tree[end].rows[seal].tick for seal in known if seal in tree[end].rows)
        self._unclear[name] = last + 1  # what is here beyond that save may be another copy's
        return branches.cut(branches.path(tree, end), last)

    def node(self, name: str) -> str:
        """Return the name that a sender's node has here: the branch that it goes on counting in."""
        way = self.path_of(name)
        return name if not way or name in self._unclear else way[-1].node

    def vector(self, vector: Vector) -> dict[str, int]:
        """Return a vector of the bundle as it is meant."""
        return branches.vector_read(vector, self.path_of)

    def assumed(self, vector: Vector) -> dict[str, int]:
        """Return the saves, by node, that the sender assumes to be known here.

        Where nothing tells whose saves a count means, it stands under a name that nobody has.
        """
        unclear = {f"{node}{branches.MARK}": tick for node, tick in vector.items() if self._is_unclear(node, tick)}
        return self.vector(vector) | unclear

    def version(self, version: Version) -> tuple[Version, tuple[str, ...]]:
        """Return a version of the bundle as it is meant, and the answers held back as nothing tells whose they are."""
        unclear = [node for node, count in version.vector.items() if self._is_unclear(node, count)]
        if not unclear:
            return Reader(self.path_of).version(version)
        guessed = {node: self._guess(version, node) for node in unclear}
        self.lacking += any(way is None for way in guessed.values())
        return Reader(lambda name: guessed.get(name) or self.path_of(name)).version(version)

    def _is_unclear(self, node: str, count: int) -> bool:
        self.path_of(node)
        return count >= self._unclear.get(node, branches.FOR_EVER)

    def _guess(self, version: Version, node: str) -> Path | None:
        """Return the line that gave an answer in force of a record whose bundle does not say which it knows."""
        if branches.origin(node) not in self._forked:
            return None
        tree = self._tree(branches.origin(node))
        given = {s.save for siblings in version.answers.values() for s in siblings if s.save.dot.node == node}
        dots = [Dot(name, save.dot.tick) for save in given for name in tree if save.dot.tick >= self._unclear[node]]
        told = {(*save[1:], save.dot.tick) for save in given}
        ends = {save.dot.node for save in self._saves(dots) if (*save[1:], save.dot.tick) in told}
        return branches.path(tree, ends.pop()) if len(ends) == 1 else None
