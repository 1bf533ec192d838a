"""A world of workspaces in memory: the merge core alone, with knowledge and receipts as sync.md states them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from p2kp_desktop.schema import causality, erasure, knowing, review
from p2kp_desktop.schema.causality import Save, Version
from p2kp_desktop.schema.forms import STATUS
from p2kp_desktop.schema.knowing import Span
from p2kp_desktop.schema.state import canonical
from p2kp_desktop.schema.values import Answer

from .account import Dot, answered, asked, plain, saved
from .office import Arrival, Refusal, Sent, World

PRIVATE = ("name",)
NEXT = {"facilitator": "district", "district": "province", "province": "district"}

Known = Mapping[str, int]


@dataclass(frozen=True)
class Receipt:
    """What another workspace said that it has, in its newest bundle."""

    role: str
    serial: int
    includes: Known


@dataclass(frozen=True)
class Letter:
    """What a bundle carries."""

    versions: Mapping[str, Version]
    since: Known
    node: str
    receipt: Receipt
    number: int  # of all letters


@dataclass
class Import:
    """What it takes to take an import back."""

    before: dict[str, Version | None]
    after: dict[str, Version]
    known: Known
    number: int = 0
    sent: bool = False
    undone: bool = False
    taken: object = None
    node: str = ""  # under which the edit was saved that was taken over with it


@dataclass
class Office:
    """One workspace. `made` are its own saves, `known` all it has without a hole."""

    role: str
    node: str
    records: dict[str, Version] = field(default_factory=dict)
    known: Known = field(default_factory=dict)
    made: Known = field(default_factory=dict)
    met: dict[str, Receipt] = field(default_factory=dict)
    serial: int = 0
    imports: list[Import] = field(default_factory=list)
    arrived: int = 0
    spans: list[tuple[int, Span]] = field(default_factory=list)  # what each import brought
    taken: list[object] = field(default_factory=list)  # the edits of others' files that were taken over
    copied: bool = False
    days: int = 0


class Memory(World):
    """Six workspaces at most, none of them on a disk."""

    def __init__(self) -> None:
        self.all: list[Office] = []
        self.minted = self.letters = 0
        self.past: set[tuple[str, str, Answer]] = set()  # what a row of history holds as the value before

    def open(self, role: str) -> int:
        self.all.append(Office(role, self._fresh()))
        return len(self.all) - 1

    def _fresh(self) -> str:
        self.minted += 1
        return f"n{self.minted * 7 % 10}{self.minted}"  # in another order than they were made

    def role(self, at: int) -> str:
        return self.all[at].role

    def versions(self, at: int) -> Mapping[str, Version]:
        return self.all[at].records

    def set_clock(self, at: int, days: int) -> None:
        self.all[at].days = days

    def edit(self, at: int, record: str, changes: Mapping[str, Answer]) -> None:
        office = self.all[at]
        self._mint(office)
        tick = office.known.get(office.node, 0) + 1
        time = (date(2026, 1, 1) + timedelta(days=office.days)).isoformat()
        save = Save(causality.Dot(office.node, tick), f"p{at}", office.role, f"w{at}", time)
        before = office.records.get(record) or Version("form", record)
        written = {"alive": 1, **changes}
        sides = {(record, asked(key), plain(s.value)) for key in written for s in before.answers.get(key, ())}
        self.past |= sides
        office.records[record] = causality.edit(before, save, changes)
        office.known = {**office.known, office.node: tick}
        office.made = {**office.made, office.node: tick}

    def _mint(self, office: Office) -> None:
        if office.copied:
            office.node, office.copied = self._fresh(), False

    def delete(self, at: int, record: str) -> None:
        self.edit(at, record, {"alive": 0})

    def verify(self, at: int, record: str) -> bool:
        version = self.all[at].records[record]
        if version.conflicts() or review.standing(version) == review.VERIFIED:
            return False
        self._mint(self.all[at])
        node = self.all[at].node
        self.edit(at, record, {STATUS: review.VERIFIED, f"{review.SEEN}{node}": review.seen(version)})
        return True

    def give_back(self, at: int, record: str) -> None:
        self.edit(at, record, {STATUS: review.RETURNED})

    def reopen(self, at: int, record: str) -> None:
        self.edit(at, record, {STATUS: None})

    def settle(self, at: int, record: str, key: str, value: Answer) -> None:
        self.edit(at, record, {key: value})

    def erase(self, at: int, record: str) -> None:
        self.edit(at, record, erasure.changes(self.all[at].records[record], PRIVATE))

    def send(self, at: int, to: str, *, redacted: bool, full: bool) -> Sent:
        office = self.all[at]
        self._mint(office)
        since = {} if full else _least([each.includes for each in office.met.values() if each.role == to])
        hidden = PRIVATE if redacted else ()
        carried = {
            record: causality.withhold(version, hidden)
            for record, version in office.records.items() if causality.goes_beyond(version.vector, since)
        }
        office.serial += 1
        for each in office.imports:
            each.sent = True
        self.letters += 1
        letter = Letter(
            carried, since, office.node, Receipt(office.role, office.serial, office.known), self.letters
        )
        return Sent(at, redacted, bool(since), frozenset(carried), frozenset(hidden), office.known, letter,
                    {record: version.values() for record, version in carried.items()})

    def receive(self, at: int, bundle: Sent) -> Arrival:
        return self._take_in(at, bundle, bundle.content.versions, {})

    def accept(self, at: int, bundle: Sent, record: str, key: str, value: Answer) -> Arrival:
        office, version = self.all[at], bundle.content.versions[record]
        marked = replace(version, overrides={**version.overrides, key: {}})
        written_over = causality.withhold(marked, [key])
        here = together(office.records.get(record), written_over)
        seen = replace(written_over, overrides={
            **written_over.overrides, key: causality.meet(version.context(key), here.context(key)),
        })
        accepted: dict[str, Version] = {}
        if _takes_over(here, version, key) and (bundle.content.number, record, key, value) not in office.taken:
            save = Save(causality.Dot(self._fresh(), 1), f"p{at}", office.role, f"w{at}", "2026-01-01")
            self.past |= {(record, asked(key), plain(s.value)) for s in here.answers.get(key, ())}
            accepted[record] = causality.edit(seen, save, {key: value})
            office.taken.append((bundle.content.number, record, key, value))
        versions = {**bundle.content.versions, record: written_over}
        arrival = self._take_in(at, bundle, versions, accepted)
        if accepted:
            arrival.token.taken, arrival.token.node, arrival.taken_over = office.taken[-1], save.dot.node, True
            office.known = causality.join(office.known, {save.dot.node: 1})
            office.made = causality.join(office.made, {save.dot.node: 1})
        return arrival

    def _take_in(
        self, at: int, bundle: Sent, versions: Mapping[str, Version], accepted: Mapping[str, Version]
    ) -> Arrival:
        office, letter = self.all[at], bundle.content
        office.arrived += 1
        done = Import({}, {}, office.known, office.arrived)
        counts: Counter[str] = Counter()
        for record, version in versions.items():
            before = office.records.get(record)
            after = together(before, version)
            if record in accepted:
                after = together(after, accepted[record])
            counts[_outcome(before, version, after)] += 1
            if after != before:
                done.before[record], done.after[record] = before, after
                office.records[record] = after
        gap = causality.goes_beyond(letter.since, office.known)
        if not bundle.redacted and versions is letter.versions:
            office.spans += [(done.number, span) for span in knowing.brought(letter.since, letter.receipt.includes)]
            office.known = knowing.reached(office.known, [span for _, span in office.spans])
        self._meet(office, letter)
        office.imports.append(done)
        return Arrival(counts, gap, done)

    def _meet(self, office: Office, letter: Letter) -> None:
        met = office.met.get(letter.node)
        if letter.node != office.node and (met is None or met.serial <= letter.receipt.serial):
            office.met[letter.node] = letter.receipt

    def undo(self, at: int, token: Import) -> None:
        office = self.all[at]
        if token.undone or token.sent or not token.before:
            raise Refusal
        if any(office.records.get(record) != version for record, version in token.after.items()):
            raise Refusal
        for record, version in token.before.items():
            if version is None:
                del office.records[record]
            else:
                office.records[record] = version
        office.made = {node: tick for node, tick in office.made.items() if node != token.node}
        office.known = causality.join(_least([office.known, token.known]), office.made)
        office.spans = [(number, span) for number, span in office.spans if number < token.number]
        office.taken = [each for each in office.taken if each != token.taken]
        token.undone = True

    def back_up(self, at: int) -> Office:
        office = self.all[at]
        return replace(
            office, records=dict(office.records), met=dict(office.met), imports=[], taken=[*office.taken],
            spans=[*office.spans],
        )

    def restore(self, at: int, backup: Office) -> None:
        self.all[at] = replace(
            backup, records=dict(backup.records), met=dict(backup.met), imports=[], spans=[*backup.spans], copied=True
        )

    def clone(self, at: int, *, elsewhere: bool) -> int:  # noqa: ARG002  there are no laptops here
        self.all.append(replace(self.back_up(at), copied=True))
        return len(self.all) - 1

    def known_values(self, at: int) -> set[tuple[str, str, Answer]]:
        """Return what is shown, or was seen by the save that replaced it; that history travels is shown in files."""
        shown = {
            (record, key, plain(s.value)) for record, version in self.versions(at).items()
            for key, siblings in answered(version).items() for s in siblings
        }
        return shown | self.past

    def told(self, at: int) -> set[tuple[tuple[str, str], Dot]]:
        """Return the saves whose values a workspace shows; the history is shown to forget them in files."""
        return {
            ((record, key), saved(s.save)) for record, version in self.versions(at).items()
            for key, siblings in answered(version).items() for s in siblings
        }

    def digest(self, at: int) -> object:
        return {record: canonical(version) for record, version in self.versions(at).items()}

    def faults(self, at: int) -> list[str]:  # noqa: ARG002  there is no file that could have any
        return []

    def close(self) -> None:
        self.all.clear()


def _least(vectors: list[Known]) -> dict[str, int]:
    """Return what every one of these has; nothing where there is none."""
    nodes: set[str] = set.intersection(*(set(vector) for vector in vectors)) if vectors else set()
    return {node: min(vector[node] for vector in vectors) for node in nodes}


def _takes_over(here: Version, version: Version, key: str) -> bool:
    """Say whether the record surely lives, and the answer was not erased without the file knowing of it."""
    lives = "alive" not in here.conflicts() and all(each.values().get("alive") != 0 for each in (here, version))
    erased = erasure.marks_of(here).get(key, ())
    return lives and all(causality.covers(version.vector, save.dot) for save, _ in erased)


def _outcome(before: Version | None, arrived: Version, after: Version) -> str:
    if before is None:
        return "new"
    if after == before:
        return "identical" if arrived == before else "older"
    return "conflict" if after.conflicts() else "updated"


def known_of(bundles: Iterable[Sent]) -> Known:
    """Return what an empty workspace knows after these bundles, in the order in which they come."""
    world = Memory()
    at = world.open("district")
    for bundle in bundles:
        world.receive(at, bundle)
    return world.all[at].known


def together(here: Version | None, arrived: Version) -> Version:
    """Return what receiving makes of a record: merged, and without what was erased."""
    return erasure.applied(causality.merge(here, arrived) if here else arrived)


def merged(bundles: Iterable[Sent]) -> dict[str, bytes]:
    """Return what an empty workspace holds after these bundles."""
    here: dict[str, Version] = {}
    for bundle in bundles:
        for record, version in bundle.content.versions.items():
            here[record] = together(here.get(record), version)
    return {record: canonical(version) for record, version in here.items()}
