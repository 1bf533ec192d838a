"""An account of what each workspace must know, kept beside the program: it knows no vectors and no merge.

It keeps, for every workspace, record and answer, the very set of saves that reached it, and says which
values are in force by asking which save had been seen, and so replaced, by which later one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from p2kp_desktop.schema.branches import MARK, origin
from p2kp_desktop.schema.causality import Save, Sibling, Version
from p2kp_desktop.schema.forms import ALIVE, ERASED
from p2kp_desktop.schema.values import Answer

Place = tuple[str, str]  # record, answer


class Dot(NamedTuple):
    """A save as it happened: whatever its node is called now, and whoever else used its count."""

    node: str
    tick: int
    person: str


def saved(save: Save) -> Dot:
    return Dot(origin(save.dot.node), save.dot.tick, save.person)


def asked(key: str) -> str:
    """Return the key of an answer as it was when it was given: an answer of a copy's own may be called after it."""
    return key.partition(MARK)[0]


def answered(version: Version) -> dict[str, frozenset[Sibling]]:
    """Return the siblings of every answer by its key as it was when they were given."""
    found: dict[str, frozenset[Sibling]] = {}
    for key, siblings in version.answers.items():
        found[asked(key)] = found.get(asked(key), frozenset()) | siblings
    return found


Seen = Mapping[Place, frozenset[Dot]]
Versions = Mapping[str, Version]
NONE: frozenset[Dot] = frozenset()


tally: Counter[str] | None = None  # while somebody counts here how often each law is broken, none stops the history


class Broken(AssertionError):
    """A law does not hold."""

    def __init__(self, name: str, why: object) -> None:
        super().__init__(f"{name}: {why}")
        self.law = name


@contextmanager
def law(name: str) -> Iterator[None]:
    """Name the law that is broken where an assertion fails; it can be put before a function, too."""
    try:
        yield
    except Broken:
        raise
    except AssertionError as failure:
        if tally is None:
            raise Broken(name, failure) from failure
        tally[name] += 1


@dataclass(frozen=True)
class Event:
    """A save of one answer: who made it, the value, the saves of the same answer that it replaced.

    `witnessed` are all the saves of the record that its author had seen.
    """

    save: Save
    value: Answer
    replaced: frozenset[Dot]
    witnessed: frozenset[Dot]


def united(one: Seen, other: Seen) -> Seen:
    return {place: one.get(place, NONE) | other.get(place, NONE) for place in {*one, *other}}


def only(seen: Seen, records: Iterable[str]) -> Seen:
    wanted = set(records)
    return {place: dots for place, dots in seen.items() if place[0] in wanted}


def without(seen: Seen, hidden: Iterable[str]) -> Seen:
    gone = set(hidden)
    return {place: dots for place, dots in seen.items() if place[1] not in gone}


@dataclass
class Account:
    """What really happened, and what of it reached whom."""

    events: dict[Place, dict[Dot, Event]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    dots: set[Dot] = field(default_factory=set)

    @law("no count is used twice")
    def observe(self, at: int, before: Versions, after: Versions) -> None:
        """Take down the saves that an act of a person here added; no count may be used twice."""
        had = self.seen[at]
        fresh: dict[Place, frozenset[Dot]] = {}
        for record, version in after.items():
            if version is before.get(record):
                continue
            here = answered(before[record]) if record in before else {}
            for key, siblings in answered(version).items():
                for save, value in siblings - here.get(key, frozenset()):
                    assert saved(save) not in self.dots, f"{save.dot} was used twice"
                    place = record, key
                    seen = had.get(place, NONE)
                    self.events.setdefault(place, {})[saved(save)] = Event(save, value, seen, of(had, record))
                    fresh[place] = frozenset([saved(save)])
        self.dots |= {dot for dots in fresh.values() for dot in dots}
        self.seen[at] = united(self.seen[at], fresh)

    def observe_taken_over(self, at: int, after: Versions, had: Seen) -> None:
        """Take down the save that was made here of an edit in a file, whose author had seen no more than `had`."""
        fresh: dict[Place, frozenset[Dot]] = {}
        for record, version in after.items():
            for key, siblings in answered(version).items():
                for save, value in siblings:
                    if saved(save) not in self.dots:
                        event = Event(save, value, had.get((record, key), NONE), of(had, record))
                        self.events.setdefault((record, key), {})[saved(save)] = event
                        fresh[record, key] = frozenset([saved(save)])
        self.dots |= {dot for dots in fresh.values() for dot in dots}
        self.seen[at] = united(self.seen[at], fresh)

    def of(self, at: int, record: str) -> frozenset[Dot]:
        """Return all saves of a record that reached a workspace."""
        return of(self.seen[at], record)

    def arrive(self, at: int, brought: Seen) -> None:
        """Take down what a bundle brought; the mark of an erasure brings the erasure itself, names withheld or not."""
        erasures = {
            (record, key.removeprefix(ERASED)): NONE | {dot for dot in dots if dot in self.at(record, key)}
            for (record, key), dots in brought.items() if key.startswith(ERASED)
        }
        self.seen[at] = united(united(self.seen[at], brought), erasures)

    def at(self, record: str, key: str) -> Mapping[Dot, Event]:
        """Return the saves of an answer; of a mark, those of the answer that it tells of."""
        return self.events.get((record, key.removeprefix(ERASED)), {})

    def erased(self, at: int) -> set[tuple[Place, Dot]]:
        """Return the saves whose values were erased, as far as a workspace knows of the erasures."""
        marks = [place for place, dots in self.seen[at].items() if place[1].startswith(ERASED) and dots]
        return {
            ((record, key.removeprefix(ERASED)), gone) for record, key in marks
            for dot in self.seen[at][record, key] if dot in self.at(record, key)
            for gone in self.at(record, key)[dot].replaced
        }

    def untouched(self, place: Place) -> bool:
        """Say whether nobody erased this answer; where somebody did, the history tells less of others' saves too."""
        return (place[0], f"{ERASED}{place[1]}") not in self.events and not place[1].startswith(ERASED)

    def put_back(self, at: int, records: Iterable[str], earlier: Seen) -> None:
        """Take down that some records are again as they were."""
        gone = set(records)
        kept = {place: dots for place, dots in self.seen[at].items() if place[0] not in gone}
        self.seen[at] = united(kept, only(earlier, gone))

    def in_force(self, at: int, place: Place) -> set[tuple[Dot, Answer]]:
        known = self.seen[at].get(place, NONE)
        events = self.events.get(place, {})
        gone = NONE.union(*(events[dot].replaced for dot in known))
        return {(dot, events[dot].value) for dot in known - gone}

    @law("in force is exactly what no seen save replaced")
    def must_agree(self, at: int, versions: Versions) -> None:
        """Every answer of every record has exactly the values that no seen save replaced."""
        places = {place for place, dots in self.seen[at].items() if dots}
        answers = {record: answered(version) for record, version in versions.items()}
        places |= {(record, key) for record, its in answers.items() for key in its}
        for record, key in places:
            shown = {(saved(s.save), plain(s.value)) for s in answers.get(record, {}).get(key, ())}
            expected = {(dot, plain(value)) for dot, value in self.in_force(at, (record, key))}
            assert shown == expected, f"{record} {key} in workspace {at}"

    @law("a delete never hides an unseen edit")
    def must_not_hide(self, at: int, versions: Versions) -> None:
        for record, version in versions.items():
            if version.values().get(ALIVE) == 0:
                events = self.events[record, ALIVE]
                deletes = [dot for dot, value in self.in_force(at, (record, ALIVE)) if value == 0]
                seen = NONE.union(deletes, *(events[dot].witnessed for dot in deletes))
                assert self.of(at, record) <= seen, f"{record} in workspace {at}"

    @law("knowledge is true")
    def must_know(self, at: int, claims: Callable[[Save], bool]) -> None:
        """What a workspace claims to have, it has."""
        for place, events in self.events.items():
            for dot, event in events.items():
                if claims(event.save):
                    assert dot in self.seen[at].get(place, NONE), f"workspace {at} claims {dot} of {place}"

    def everywhere(self) -> set[tuple[str, str, Answer]]:
        """Return every value of a save that some workspace still holds, where nobody erased anything."""
        known = {(place, dot) for seen in self.seen for place, dots in seen.items() for dot in dots}
        return {(*place, plain(self.events[place][dot].value)) for place, dot in known if self.untouched(place)}

    def ever_saved(self) -> set[tuple[str, str, Answer]]:
        """Return every value of a save, where nobody erased anything."""
        return {
            (*place, plain(event.value)) for place, events in self.events.items() if self.untouched(place)
            for event in events.values()
        }


def of(seen: Seen, record: str) -> frozenset[Dot]:
    """Return all saves of a record among these."""
    return NONE.union(*(dots for place, dots in seen.items() if place[0] == record))


def plain(value: Answer) -> Answer:
    """Return an answer without the names of nodes in it, where it holds any: they may be called otherwise later."""
    return "…" if isinstance(value, str) and value.startswith("{") else value


def value_sides(before: object) -> list[Answer]:
    """Return the values that a row of history says stood there before."""
    return list(before) if isinstance(before, list) else [before]  # type: ignore[list-item]
