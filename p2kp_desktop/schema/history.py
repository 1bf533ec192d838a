"""The history: one row per save, chained by hash per node and kelurahan.

A bundle carries unbroken stretches of a chain, so that a missing or altered row is found and named.
The hash covers salted hashes of the values before and after: where an answer is withheld, its values
and its salt are withheld with it, and the chain still holds.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from .causality import Dot, Save, Siblings, Version
from .values import Answer

Before = Answer | list[Answer]  # all sides, where an edit settled a conflict

START = ""  # the hash before the first row of a chain


@dataclass(frozen=True)
class Change:
    """What a save did to one answer; `before` and `after` are None with `withheld` when they were kept back."""

    before: Before
    after: Answer
    salt: str
    withheld: tuple[str, str] | None = None  # the two salted hashes, where values and salt are kept back

    def hashes(self) -> tuple[str, str]:
        """Return the salted hashes of the values before and after."""
        return self.withheld or (_salted(self.salt, self.before), _salted(self.salt, self.after))

    def kept_back(self) -> "Change":
        """Return the change as a bundle without this answer carries it."""
        return Change(None, None, "", self.hashes())


@dataclass(frozen=True)
class HistoryRow:
    """One save. `number` counts within the chain of (node, kelurahan) from 1; creating has no changes."""

    save: Save
    place: str
    number: int
    form: str
    record: str
    changes: Mapping[str, Change]
    origin: str
    reason: str
    previous: str
    hash: str = field(default="")

    def computed_hash(self) -> str:
        """Return the hash that the row must have."""
        content = [
            *self.save.dot, *self.save[1:], self.place, self.number, self.form, self.record,
            sorted([key, *change.hashes()] for key, change in self.changes.items()),
            self.origin, self.reason, self.previous,
        ]
        return hashlib.sha256(_json(content)).hexdigest()

    def sealed(self) -> "HistoryRow":
        """Return the row with its hash."""
        return replace(self, hash=self.computed_hash())

    def without(self, keys: frozenset[str]) -> "HistoryRow":
        """Return the row with the changes of these answers kept back; its hash still holds."""
        return replace(self, changes={k: c.kept_back() if k in keys else c for k, c in self.changes.items()})


def changes_between(before: Version, after: Mapping[str, Answer]) -> dict[str, Change]:
    """Return what a save with these new answers changes; a new record has no copy of its answers."""
    if not before.vector:
        return {}
    return {
        key: Change(_sides(before.answers.get(key, frozenset())), value, secrets.token_hex(8))
        for key, value in after.items()
    }


def _sides(siblings: Siblings) -> Before:
    values = sorted({sibling.value for sibling in siblings}, key=str)
    if len(values) > 1:
        return values
    return values[0] if values else None


def _salted(salt: str, value: Before) -> str:
    return hashlib.sha256(salt.encode() + _json(value)).hexdigest()[:32]


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Fault:
    """A place where a chain is altered (`altered`) or has rows missing before it (`gap`)."""

    row: HistoryRow
    kind: str


def faults(rows: Iterable[HistoryRow]) -> Iterator[Fault]:
    """Yield what is wrong with the rows of one chain, given in order of their number."""
    ordered = list(rows)
    if ordered and (ordered[0].number != 1 or ordered[0].previous != START):
        yield Fault(ordered[0], "gap")
    yield from (Fault(row, "altered") for row in ordered if row.hash != row.computed_hash())
    for earlier, later in pairwise(ordered):
        if later.number != earlier.number + 1:
            yield Fault(later, "gap")
        elif later.previous != earlier.hash:
            yield Fault(later, "altered")


def to_json(row: HistoryRow) -> str:
    """Return the row as the compact text that bundles carry."""
    content = [
        *row.save.dot, *row.save[1:], row.place, row.number, row.form, row.record, changes_to_json(row.changes),
        row.origin, row.reason, row.previous, row.hash,
    ]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> HistoryRow:
    """Read a row from its compact text; raise ValueError when damaged."""
    try:
        node, count, person, role, workspace, time, place, number, form, record, changes, *rest = json.loads(text)
        return HistoryRow(
            Save(Dot(node, int(count)), person, role, workspace, time), place, int(number), form, record,
            changes_from_json(changes), *rest,
        )
    except (TypeError, KeyError, AttributeError, IndexError) as error:
        raise ValueError("a history row is damaged") from error


def _change(entry: Mapping[str, Any]) -> Change:
    if "h" in entry:
        first, second = entry["h"]
        return Change(None, None, "", (str(first), str(second)))
    return Change(entry["b"], entry["a"], str(entry["s"]))


def changes_to_json(changes: Mapping[str, Change]) -> str:
    """Return the changes alone as text, as the database keeps them."""
    content = {k: {"h": list(c.withheld)} if c.withheld else {"b": c.before, "a": c.after, "s": c.salt}
               for k, c in changes.items()}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def changes_from_json(text: str) -> dict[str, Change]:
    """Read changes from text; raise ValueError when damaged."""
    try:
        return {key: _change(entry) for key, entry in json.loads(text).items()}
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("the changes of a history row are damaged") from error
