"""How versions of a record come to be and merge: multi-value registers with dotted version vectors.

Each save is a dot (node, tick). A version holds, answer by answer, the siblings: the values that no
later save it knows of has replaced. Merging is commutative, associative and idempotent, so bundles may
arrive in any order, any number of times. No clock is ever compared.

Preguiça et al., Dotted Version Vectors (arXiv:1011.5808); Shapiro et al., Conflict-free Replicated Data
Types (INRIA RR-7687). The rule for withheld answers is this program's own and is tested as a law.

Device clocks are shown, never compared. For `alive`, and only there, the living side is shown while two people
disagree: a household in doubt must not vanish from the list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .forms import ALIVE, ERASED
from .values import Answer

Vector = Mapping[str, int]

RANKS = {"facilitator": 1, "district": 2, "province": 3}  # a reviewer's value is shown before a facilitator's


class Dot(NamedTuple):
    """One save: the tick-th of a node."""

    node: str
    tick: int


class Save(NamedTuple):
    """Who made a save, in which workspace, and what its clock said (shown, never compared)."""

    dot: Dot
    person: str
    role: str
    workspace: str
    time: str


class Sibling(NamedTuple):
    """A value and the save that gave it."""

    save: Save
    value: Answer


Siblings = frozenset[Sibling]


@dataclass(frozen=True)
class Version:
    """What one workspace knows of one record.

    `overrides` holds, for answers that were withheld on the way here, the edits of that answer that
    really were carried; for every other answer the context is the record's `vector`. `places` are all
    the regions that the record ever belonged to, "" among them where it belonged to none before.
    """

    form: str
    id: str
    vector: Vector = field(default_factory=dict)
    answers: Mapping[str, Siblings] = field(default_factory=dict)
    overrides: Mapping[str, Vector] = field(default_factory=dict)
    places: frozenset[str] = frozenset()

    def context(self, key: str) -> Vector:
        """Return the edits that this version has seen of an answer."""
        return self.overrides.get(key, self.vector)

    def values(self) -> dict[str, Answer]:
        """Return the value in force of every answer."""
        return {key: shown(key, siblings) for key, siblings in self.answers.items()}

    def conflicts(self) -> dict[str, Siblings]:
        """Return the answers with more than one distinct value; erasures never contradict each other."""
        return {
            key: siblings for key, siblings in self.answers.items()
            if contradict(siblings) and not key.startswith(ERASED)
        }


def contradict(siblings: Siblings) -> bool:
    """Say whether the siblings hold more than one distinct value."""
    return len(siblings) > 1 and len({sibling.value for sibling in siblings}) > 1


def shown(key: str, siblings: Siblings) -> Answer:
    """Return the value shown until a person settles: a reviewer's first, then the larger dot.

    For `alive` the living side is shown, since a record in doubt must not disappear.
    """
    if len(siblings) == 1:
        (only,) = siblings
        return only.value
    if not siblings:
        return None
    if key == ALIVE:
        return max(int(sibling.value or 0) for sibling in siblings)
    return max(siblings, key=_weight).value


def _weight(sibling: Sibling) -> tuple[int, int, str, str]:
    """Return the key that sorts values beside each other the same everywhere.

    Only two copies of one workspace can give two of one dot.
    """
    save = sibling.save
    return RANKS.get(save.role, 0), save.dot.tick, save.dot.node, str(sibling.value)


def covers(vector: Vector, dot: Dot) -> bool:
    """Say whether the edits in `vector` include this one."""
    return vector.get(dot.node, 0) >= dot.tick


def join(one: Vector, other: Vector) -> dict[str, int]:
    """Return the edits included in either."""
    return {node: max(one.get(node, 0), other.get(node, 0)) for node in {*one, *other}}


def meet(one: Vector, other: Vector) -> dict[str, int]:
    """Return the edits included in both."""
    return {node: min(one[node], other[node]) for node in one.keys() & other.keys()}


def goes_beyond(vector: Vector, known: Vector) -> bool:
    """Say whether `vector` includes an edit that `known` does not."""
    return any(count > known.get(node, 0) for node, count in vector.items())


def merge(one: Version, other: Version) -> Version:
    """Return the version of a record that includes the edits of both these versions."""
    if (one.form, one.id) != (other.form, other.id):
        raise ValueError("only versions of one record merge")
    if one == other:
        return one
    vector = join(one.vector, other.vector)
    answers, overrides = {}, {}
    for key in {*one.answers, *other.answers, *one.overrides, *other.overrides}:
        kept = _kept(one, other, key)
        if kept:
            answers[key] = kept
        if key in one.overrides or key in other.overrides:
            context = join(one.context(key), other.context(key))
            if context != vector:
                overrides[key] = context
    return Version(one.form, one.id, vector, answers, overrides, one.places | other.places)


def _kept(one: Version, other: Version, key: str) -> Siblings:
    mine, theirs = one.answers.get(key, frozenset()), other.answers.get(key, frozenset())
    if mine == theirs:
        return mine
    return _unseen(mine, theirs, other.context(key)) | _unseen(theirs, mine, one.context(key))


def _unseen(mine: Siblings, theirs: Siblings, seen_there: Vector) -> Siblings:
    """Return the siblings that the other side has too or did not see.

    Who holds another value of one save, which only two copies of one workspace can make, did not see this one.
    """
    dots = {s.save.dot for s in theirs}
    return frozenset(
        s for s in mine if s in theirs or s.save.dot in dots or not covers(seen_there, s.save.dot)
    )


def edit(version: Version, save: Save, changes: Mapping[str, Answer]) -> Version:
    """Return the version after one save: the changed answers and, always, `alive` carry its dot.

    A change replaces the siblings seen so far. `changes` may set `alive` to 0: the record is deleted
    and stays as a tombstone. The dot must lie beyond every count its node has used before.
    """
    if covers(version.vector, save.dot):
        raise ValueError(f"the dot {save.dot} was used before")
    step = {save.dot.node: save.dot.tick}
    answers = dict(version.answers)
    for key, value in {ALIVE: 1, **changes}.items():
        answers[key] = frozenset([Sibling(save, value)])
    vector = join(version.vector, step)
    contexts = {key: join(context, step) for key, context in version.overrides.items()}
    overrides = {key: context for key, context in contexts.items() if context != vector}
    region = changes.get("region")
    places = {str(region)} | (version.places or ({""} if version.vector else set())) if region else version.places
    return Version(version.form, version.id, vector, answers, overrides, frozenset(places))


def withhold(version: Version, keys: Iterable[str]) -> Version:
    """Return the version as a bundle without these answers carries it: empty, and saying so.

    Their context is what is really carried, nothing, so that no receiver takes «withheld» for «emptied».
    """
    gone = [key for key in keys if key in version.answers or key in version.overrides]
    if not gone:
        return version
    answers = {key: siblings for key, siblings in version.answers.items() if key not in gone}
    return replace(version, answers=answers, overrides={**version.overrides, **{key: {} for key in gone}})
