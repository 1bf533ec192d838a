"""The history: one row per save, chained by hash per node and kelurahan.

A bundle carries unbroken stretches of a chain, so that a missing or altered row is found and named.
The hash covers salted hashes of the values before and after: where an answer is withheld, its values
and its salt are withheld with it, and the chain still holds. Why a save was made, and from which file it came,
are changes as well, under keys of their own.

A reason is salted in the history like an answer: it may name a person, so it can be withheld and erased.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from .branches import origin
from .causality import Dot, Save, Siblings, Version
from .forms import ABOUT_FIRST, ABOUT_SAVE, REASON, SOURCE
from .values import Answer

Before = Answer | list[Answer]  # all sides, where an edit settled a conflict

_NO_ANSWERS = {*ABOUT_SAVE, *ABOUT_FIRST}

# How saves came in that opened a conflict again, and name who gave each side of it (actions/recording/saves.py).
AT_ONCE, UNDONE = REOPENING = "diubah bersamaan", "tindakan dibatalkan"

START = ""  # the hash before the first row of a chain


@dataclass(frozen=True)
class Change:
    """What a save did to one answer.

    Values that were kept back are None, and their salted hashes stand in `withheld`; where only what stood
    there before is gone, its hash stands in `lost`. The salt of `after` follows from that of `before`, never
    the other way, and is all that `salt` holds once `before` is gone.
    """

    before: Before
    after: Answer
    salt: str
    withheld: tuple[str, str] | None = None
    lost: str = ""

    def hashes(self) -> tuple[str, str]:
        """Return the salted hashes of the values before and after."""
        if self.withheld:
            return self.withheld
        if self.lost:
            return self.lost, _salted(self.salt, self.after)
        return _salted(self.salt, self.before), _salted(_following(self.salt), self.after)

    def kept_back(self) -> "Change":
        """Return the change as a bundle without this answer carries it."""
        return Change(None, None, "", self.hashes())

    def without_before(self) -> "Change":
        """Return the change without what stood there before; nothing is gone where nothing stood."""
        if self.withheld or self.lost or self.before is None:
            return self
        return Change(None, self.after, _following(self.salt), lost=self.hashes()[0])

    def completed(self, other: "Change") -> "Change":
        """Return the change with whatever the same change tells in another copy of it."""
        return other if self._told() < other._told() else self

    def _told(self) -> int:
        return 0 if self.withheld else 1 if self.lost else 2


@dataclass(frozen=True)
class HistoryRow:
    """One save. `number` counts within the chain of (node, kelurahan) from 1.

    Creating changes no answers, and keeps a digest of the first ones (first_answers.py).

    `mark` is the signature of its node over the hash (save_signing.py), "" where there is none; it is no part of what
    the save says.
    """

    save: Save
    place: str
    number: int
    form: str
    record: str
    changes: Mapping[str, Change]
    origin: str
    previous: str
    hash: str = field(default="")
    mark: str = field(default="", compare=False)

    @property
    def answers(self) -> Mapping[str, Change]:
        """Return the changes of answers alone."""
        return {key: change for key, change in self.changes.items() if key not in _NO_ANSWERS}

    @cached_property
    def told(self) -> Mapping[str, Answer]:
        """Return by key the values that the save tells, without those that are kept back."""
        return {key: change.after for key, change in self.changes.items() if not change.withheld}

    @cached_property
    def kept_back(self) -> frozenset[str]:
        """Return the keys of the changes that are kept back."""
        return frozenset(self.changes.keys() - self.told.keys())

    @property
    def replaced(self) -> dict[str, Before]:
        """Return the values that stood before in the answers that the save changed, as far as they are told."""
        return {key: each.before for key, each in self.answers.items() if not (each.withheld or each.lost)}

    @property
    def reason(self) -> str:
        """Return why the save was made; empty where nobody said so or it was kept back."""
        return self._told(REASON)

    @property
    def source(self) -> str:
        """Return from which file and row it came; empty where it came from none or that was kept back."""
        return self._told(SOURCE)

    def _told(self, key: str) -> str:
        told = self.changes.get(key)
        return str(told.after or "") if told else ""

    def computed_hash(self) -> str:
        """Return the hash that the row must have: over the node as it was when the save was made."""
        content = [
            origin(self.save.dot.node), self.save.dot.tick, *self.save[1:],
            self.place, self.number, self.form, self.record,
            sorted([key, *change.hashes()] for key, change in self.changes.items()),
            self.origin, self.previous,
        ]
        return hashlib.sha256(_json(content)).hexdigest()

    def sealed(self) -> "HistoryRow":
        """Return the row with its hash."""
        return replace(self, hash=self.computed_hash())

    def without(self, keys: frozenset[str]) -> "HistoryRow":
        """Return the row with the changes of these answers kept back; its hash still holds."""
        return replace(self, changes={k: c.kept_back() if k in keys else c for k, c in self.changes.items()})


def changes_between(
    before: Version, after: Mapping[str, Answer], reason: str = "", source: str = ""
) -> dict[str, Change]:
    """Return the answers that a save changes, why, and from where; a new record has no copy of them."""
    told = {key: Change(None, text, salt()) for key, text in ((REASON, reason), (SOURCE, source)) if text}
    if not before.vector:
        return told
    sides = {key: _sides(before.answers.get(key, frozenset())) for key in after}
    return {key: Change(sides[key], value, salt()) for key, value in after.items()} | told


def salt() -> str:
    """Return a fresh salt, by which an answer cannot be guessed from its hash."""
    return secrets.token_hex(8)


def _following(salt: str) -> str:
    return hashlib.sha256(salt.encode()).hexdigest()[:16]


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
    """A place where a row is altered (`altered`), does not follow the one before (`parted`), or rows lack (`gap`)."""

    row: HistoryRow
    kind: str


def faults(rows: Iterable[HistoryRow], stem: HistoryRow | None = None) -> Iterator[Fault]:
    """Yield what is wrong with the rows of one chain, given in order of their number.

    `stem` is the row that the chain of a branch goes on from.
    """
    ordered = list(rows)
    if ordered and stem is None and (ordered[0].number != 1 or ordered[0].previous != START):
        yield Fault(ordered[0], "gap")
    yield from (Fault(row, "altered") for row in ordered if row.hash != row.computed_hash())
    for earlier, later in pairwise([stem, *ordered] if stem else ordered):
        if later.number != earlier.number + 1:
            yield Fault(later, "gap")
        elif later.previous != earlier.hash:
            yield Fault(later, "parted")


def to_json(row: HistoryRow) -> str:
    """Return the row as the compact text that bundles carry."""
    content = [
        *row.save.dot, *row.save[1:], row.place, row.number, row.form, row.record, changes_to_json(row.changes),
        row.origin, row.previous, row.hash,
    ]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> HistoryRow:
    """Read a row from its compact text; raise ValueError when damaged."""
    try:
        (node, tick, person, role, workspace, time, place, number, form, record, changes, origin, previous,
         seal) = json.loads(text)
    except (TypeError, RecursionError) as error:
        raise ValueError("a history row is damaged") from error
    texts = (node, person, role, workspace, time, place, form, record, changes, origin, previous, seal)
    counts = (tick, number)
    if not all(isinstance(one, str) for one in texts) or not all(type(one) is int and one > 0 for one in counts):
        raise ValueError("a history row is damaged")
    save = Save(Dot(node, tick), person, role, workspace, time)
    return HistoryRow(save, place, number, form, record, changes_from_json(changes), origin, previous, seal)


def changes_to_json(changes: Mapping[str, Change]) -> str:
    """Return the changes alone as text, as the database keeps them."""
    return json.dumps({k: _entry(c) for k, c in changes.items()}, ensure_ascii=False, separators=(",", ":"))


def _entry(change: Change) -> dict[str, Any]:
    if change.withheld:
        return {"h": list(change.withheld)}
    if change.lost:
        return {"l": change.lost, "a": change.after, "s": change.salt}
    return {"b": change.before, "a": change.after, "s": change.salt}


def changes_from_json(text: str) -> dict[str, Change]:
    """Read changes from text; raise ValueError when damaged."""
    try:
        return {str(key): _change(entry) for key, entry in json.loads(text).items()}
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("the changes of a history row are damaged") from error


def _change(entry: Mapping[str, Any]) -> Change:
    if "h" in entry:
        first, second = entry["h"]
        return Change(None, None, "", (str(first), str(second)))
    before, after = entry.get("b"), entry["a"]
    if not all(_is_answer(one) for one in (after, *(before if isinstance(before, list) else [before]))):
        raise ValueError("a value of a history row is none")
    if "l" in entry:
        return Change(None, after, str(entry["s"]), lost=str(entry["l"]))
    return Change(entry["b"], after, str(entry["s"]))


def _is_answer(value: object) -> bool:
    return value is None or isinstance(value, str) or type(value) is int
