"""Bundles made by somebody who has seen a genuine one and has the program, but nobody's key."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from p2kp_desktop.actions.trust.signed_saves import SIGNERS
from p2kp_desktop.exchange import reading, signing, writing
from p2kp_desktop.exchange.bundle import DamagedRow, Manifest
from p2kp_desktop.schema import save_signing
from p2kp_desktop.schema.causality import Dot, Save, Sibling, Version
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.values import Answer

STRANGER = "f" * 16  # a node that nobody has


@dataclass
class Loot:
    """What stands in a bundle that somebody got hold of, to be written anew otherwise."""

    manifest: Manifest
    versions: list[Version]
    rows: list[HistoryRow]
    key: str = field(default_factory=signing.new_key)  # a key of the forger's own; «» signs nothing

    def write(self, path: Path) -> Path:
        """Write it as a sound bundle that is sealed, and signed by the forger's key where there is one."""
        sign = partial(signing.signed, self.key) if self.key else None
        writing.write(path, self.manifest, self.versions, self.rows, sign=sign)
        return path

    def sent_by(self, *, node: str = STRANGER, role: str = "facilitator", name: str = "Orang Lain") -> "Loot":
        """Say in the manifest that somebody else sent it, whom it includes no edits of."""
        more = {key: value for key, value in self.manifest.more.items() if key != "laptop"}
        self.manifest = replace(
            self.manifest, node=node, role=role, workspace=name, person=name, bundle=f"{node}-{role}", more=more,
        )
        return self

    def claims(self, node: str, tick: int) -> "Loot":
        """Say in the manifest that it includes so many edits of a node."""
        places = self.manifest.includes or {"": {}}
        self.manifest = replace(
            self.manifest, includes={place: {**edits, node: tick} for place, edits in places.items()}
        )
        return self

    def since(self, node: str, tick: int) -> "Loot":
        """Say in the manifest that so many edits of a node were sent before."""
        since = {place: {**self.manifest.since.get(place, {}), node: tick} for place in self.manifest.includes}
        self.manifest = replace(self.manifest, since=since)
        return self

    def signs(self) -> "Loot":
        """Sign all saves with the forger's key, and say in the manifest that this is the key of their nodes."""
        self.rows = [replace(each, mark=save_signing.signed(self.key, each.hash)) for each in self.rows]
        told = {each.save.dot.node: [signing.public_of(self.key)] for each in self.rows}
        self.manifest = replace(self.manifest, more={**self.manifest.more, SIGNERS: told})
        return self

    def each(self, change: Callable[[Version], Version]) -> "Loot":
        """Change every record."""
        self.versions = [change(version) for version in self.versions]
        return self


def loot(path: Path) -> Loot:
    """Read a genuine bundle."""
    parcel = reading.read(path)
    versions = [arrived.version for arrived in parcel.arrived() if arrived.version]
    return Loot(parcel.manifest, versions, [row for row in parcel.history() if not isinstance(row, DamagedRow)])


def counted(version: Version, node: str, tick: int) -> Version:
    """Return a version that says it includes so many edits of a node."""
    return replace(version, vector={**version.vector, node: tick})


def answered(version: Version, save: Save, answers: dict[str, Answer]) -> Version:
    """Return a version with answers that a save gave, whatever stood there; its count is in the vector."""
    given = {key: frozenset([Sibling(save, value)]) for key, value in answers.items()}
    return counted(replace(version, answers={**version.answers, **given}), save.dot.node,
                   max(save.dot.tick, version.vector.get(save.dot.node, 0)))


def save(node: str = STRANGER, tick: int = 1, *, role: str = "facilitator", person: str = "Orang Lain") -> Save:
    """Return a save that nobody made."""
    return Save(Dot(node, tick), person, role, person, "2026-11-30T10:00:00+07:00")


def row(given: Save, like: HistoryRow, *, number: int = 1, previous: str = "") -> HistoryRow:
    """Return a sealed row of history for a save, about the record of another row."""
    return replace(like, save=given, number=number, previous=previous, changes={}, hash="").sealed()


def chain(node: str, like: Iterable[HistoryRow], *, role: str) -> list[HistoryRow]:
    """Return a chain of rows of a node, one for the record of each of these rows."""
    found: list[HistoryRow] = []
    for tick, each in enumerate(like, start=1):
        previous = found[-1].hash if found else ""
        found.append(row(save(node, tick, role=role), each, number=tick, previous=previous))
    return found
