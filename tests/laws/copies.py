"""A world in memory where a whole laptop may be copied, so that two go on counting under one node, neither knowing.

Each save has a row of one chain, as the history has; bundles carry those that were not acknowledged, and say of a
node whose rows they leave out which was the last.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from p2kp_desktop.schema import branches, causality, naming_copies
from p2kp_desktop.schema.branches import Branch, Line, Reader, Row, Tree
from p2kp_desktop.schema.causality import Save, Version
from p2kp_desktop.schema.values import Answer

from .account import saved
from .memory import Import, Letter, Memory, Office
from .office import Arrival, Refusal, Sent


@dataclass
class Copied(Office):
    """An office with the history it knows: of every node its branches, of every row whose save it was."""

    trees: dict[str, Tree] = field(default_factory=dict)


@dataclass(frozen=True)
class CopiedLetter(Letter):
    """A bundle with rows by the name of their node, what its sender knows of copies, and what it left out."""

    lines: Mapping[str, Line] = field(default_factory=dict)
    told: naming_copies.Told = field(default_factory=naming_copies.Told)


@dataclass
class CopiedImport(Import):
    came: Mapping[str, frozenset[str]] = field(default_factory=dict)  # the hashes of the rows that came, by node


class Copies(Memory):
    """Workspaces whose laptops may be copied."""

    def __init__(self) -> None:
        super().__init__()
        self.saves: dict[str, Save] = {}  # by the hash of their row
        self.imaged: set[str] = set()

    def open(self, role: str) -> int:
        self.all.append(Copied(role, self._fresh()))
        return len(self.all) - 1

    def edit(self, at: int, record: str, changes: Mapping[str, Answer]) -> None:
        super().edit(at, record, changes)
        office = self.all[at]
        (save, _), = (s for s in office.records[record].answers["alive"])
        self._add(office, save)

    def _add(self, office: Copied, save: Save) -> None:
        node, tick = save.dot
        tree = office.trees.get(node, {node: Branch("", 1, {})})
        last = max(tree[node].rows.values(), key=lambda row: row.tick, default=None)
        seal = hashlib.sha256(str(saved(save)).encode()).hexdigest()
        row = Row(tick, "", tick, seal, last.hash if last else "")
        self.saves[seal] = save
        office.trees[node] = {**tree, node: replace(tree[node], rows={**tree[node].rows, seal: row})}

    def send(self, at: int, to: str, *, redacted: bool, full: bool) -> Sent:
        sent, office = super().send(at, to, redacted=redacted, full=full), self.all[at]
        lines, ends, since = {}, {}, sent.content.since
        for tree in office.trees.values():
            for name, branch in tree.items():
                news = {seal: row for seal, row in branch.rows.items() if row.tick > since.get(name, 0)}
                if news:
                    lines[name] = news
                elif branch.rows:
                    ends[name] = [max(branch.rows.values(), key=lambda row: row.tick).hash[: branches.SHORT]]
        given = {origin: _bare(tree) for origin, tree in office.trees.items() if len(tree) > 1}
        letter = CopiedLetter(**vars(sent.content), lines=lines, told=naming_copies.Told(given, ends))
        return replace(sent, content=letter)

    def lacks(self, at: int, bundle: Sent) -> bool:
        """Say whether something before a bundle did not arrive, as far as that can be told; nothing is changed."""
        held = self.all[at]
        office = replace(held, records={}, trees=dict(held.trees), met={}, imports=[])
        letter, _came = self._as_meant(office, bundle.content)
        return causality.goes_beyond(letter.since, office.known)

    def receive(self, at: int, bundle: Sent) -> Arrival:
        meant, came = self._as_meant(self.all[at], bundle.content)
        arrival = super().receive(at, replace(bundle, content=meant))
        arrival.token.came = came
        return arrival

    def accept(self, at: int, bundle: Sent, record: str, key: str, value: Answer) -> Arrival:
        meant, came = self._as_meant(self.all[at], bundle.content)
        arrival = super().accept(at, replace(bundle, content=meant), record, key, value)
        arrival.token.came = came
        if arrival.taken_over:
            (save,) = {
                s.save for s in self.all[at].records[record].answers["alive"] if s.save.dot.node == arrival.token.node
            }
            self._add(self.all[at], save)
        return arrival

    def _take_in(self, at: int, bundle: Sent, versions: object, accepted: object) -> Arrival:
        arrival = super()._take_in(at, bundle, versions, accepted)
        done = CopiedImport(**vars(arrival.token))
        self.all[at].imports[-1] = arrival.token = done
        return arrival

    def _as_meant(self, office: Copied, letter: CopiedLetter) -> tuple[CopiedLetter, dict[str, frozenset[str]]]:
        """Keep the rows of a bundle, tell copies apart, and return the bundle as it is meant here."""
        def tree(origin: str) -> Tree:
            return office.trees.get(origin, {origin: Branch("", 1, {})})

        forked = [origin for origin, each in office.trees.items() if len(each) > 1]
        reading = naming_copies.Reading(letter.told, forked, tree, self._saves_of(tree))
        expected = {
            name for name in letter.told.ends
            if name == office.node or letter.since.get(name, 0) <= office.known.get(name, 0)
        }
        lacking = [
            name for name in expected
            if not branches.begun_with(tree(name), letter.told.ends[name])
            and (name == office.node or any(branch.rows for branch in tree(name).values()))
        ]
        reading.doubt(lacking, office.node)
        came = {}
        for origin in sorted({branches.origin(name) for name in letter.lines}):
            old = tree(origin)
            lines = {name: line for name, line in letter.lines.items() if branches.origin(name) == origin}
            lines = reading.completed(old, lines)
            known = {seal for branch in old.values() for seal in branch.rows}
            came[origin] = frozenset(seal for line in lines.values() for seal in line) - known
            new = branches.regrown(old, lines)
            self._plant(office, origin, old, new)
            reading.follow(origin, new, lines)
            if origin == branches.origin(office.node) and came[origin]:
                office.copied = True
        office.copied |= reading.elsewhere or any(
            branches.origin(name) == office.node != name for name in letter.receipt.includes
        )
        versions = {record: reading.version(version)[0] for record, version in letter.versions.items()}
        receipt = replace(letter.receipt, includes=reading.vector(letter.receipt.includes))
        return replace(
            letter, versions=versions, since=reading.assumed(letter.since), node=reading.node(letter.node),
            receipt=receipt,
        ), came

    def _saves_of(self, tree_of):
        def saves(dots):
            return [
                self.saves[seal]._replace(dot=dot) for dot in dots
                for seal, row in tree_of(branches.origin(dot.node)).get(dot.node, Branch("", 1, {})).rows.items()
                if row.tick == dot.tick
            ]

        return saves

    @staticmethod
    def _plant(office: Copied, origin: str, old: Tree, new: Tree) -> None:
        office.trees[origin] = new
        reader, ways = Reader.between(old, new), branches.ways(old, new)
        if not ways:
            return

        def read(version: Version | None) -> Version | None:
            return reader.version(version)[0] if version else None

        cut = {name: branches.up_to_fork(name, new) if name == origin else way for name, way in ways.items()}
        office.records = {record: read(version) for record, version in office.records.items()}
        office.spans = [(number, span) for number, span in office.spans if span.node not in ways]
        office.known, office.made = (branches.vector_read(each, ways.get) for each in (office.known, office.made))
        office.met = {
            ways[node][-1].node if ways.get(node) else node:
                replace(each, includes=branches.vector_read(each.includes, cut.get))
            for node, each in office.met.items()
        }
        for each in office.imports:
            each.before = {record: read(version) for record, version in each.before.items()}
            each.after = {record: read(version) for record, version in each.after.items()}
            each.known = branches.vector_read(each.known, ways.get)
        office.copied |= origin == branches.origin(office.node) and len(new) > 1

    def undo(self, at: int, token: CopiedImport) -> None:
        super().undo(at, token)
        office = self.all[at]
        office.trees.pop(token.node, None)
        for origin, gone in token.came.items():
            old = {
                name: replace(branch, rows={seal: row for seal, row in branch.rows.items() if seal not in gone})
                for name, branch in office.trees[origin].items()
            }
            self._plant(office, origin, old, branches.regrown(old, {}))

    def back_up(self, at: int) -> Copied:
        return replace(super().back_up(at), trees=dict(self.all[at].trees))

    def restore(self, at: int, backup: Copied) -> None:
        super().restore(at, replace(backup, trees=dict(backup.trees)))

    def image(self, at: int) -> int:
        """Copy a whole laptop: neither knows of the other."""
        if self.all[at].copied:
            raise Refusal
        self.all.append(self.back_up(at))
        self.imaged.add(self.all[at].node)
        return len(self.all) - 1

    def claims(self, at: int, includes: Mapping[str, int], save: Save) -> bool:
        """Say whether an office claims a save: of one that another copy made it says nothing."""
        for tree in self.all[at].trees.values():
            for name, branch in tree.items():
                for seal, row in branch.rows.items():
                    if saved(self.saves[seal]) == saved(save):
                        return includes.get(name, 0) >= row.tick
        return branches.origin(save.dot.node) not in self.imaged and super().claims(at, includes, save)


def _bare(tree: Tree) -> Tree:
    return {name: replace(branch, rows={}) for name, branch in tree.items()}


def received(bundles: list[Sent], world: Copies) -> dict[str, bytes]:
    """Return what an empty workspace holds after these bundles, each taken as soon as nothing before it is missing."""
    at = world.open("district")
    deliver(world, at, bundles)
    return world.digest(at)


def deliver(world: Copies, at: int, bundles: list[Sent]) -> None:
    waiting = list(bundles)
    while waiting:
        ready = [bundle for bundle in waiting if not world.lacks(at, bundle)] or waiting
        for bundle in ready:
            world.receive(at, bundle)
        waiting = [bundle for bundle in waiting if bundle not in ready]
