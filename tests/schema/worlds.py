"""Random histories of up to six workspaces, and an independent account of what each must know.

The account (`Seen`) knows nothing of vectors: it keeps, for every workspace, record and answer, the very
set of saves that reached it, and says which values are in force by asking which save had replaced which.
"""

from dataclasses import dataclass, field

import hypothesis.strategies as st

from p2kp_desktop.schema.causality import Dot, Save, Version, edit, merge, withhold

RECORDS = ("r1", "r1", "r2")  # mostly one, so that its versions meet
KEYS = ("name", "roof", "new question")
PRIVATE = ("name",)
VALUES = st.sampled_from(["a", "b", "c", 1, 2, None])
WORKSPACES = 6

places = st.one_of(st.integers(0, 2), st.integers(0, WORKSPACES - 1))  # mostly three, so that they meet often
changes = st.dictionaries(st.sampled_from((*PRIVATE, *KEYS)), VALUES, max_size=3)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), places, st.just("r1"), st.dictionaries(st.just("name"), VALUES)),
        st.tuples(st.just("hand"), places, places, st.just(value=True)),
        st.tuples(st.just("edit"), places, st.sampled_from(RECORDS), changes),
        st.tuples(st.just("delete"), places, st.sampled_from(RECORDS)),
        st.tuples(st.just("hand"), places, places, st.booleans()),
        st.tuples(st.just("send"), places, st.booleans()),
        st.tuples(st.just("receive"), places, st.integers(0, 30)),
    ),
    min_size=4,
    max_size=40,
)

Event = tuple[Dot, str, object, frozenset[Dot]]  # a save of one answer, and the saves of it that it replaced


@dataclass
class Seen:
    """What reached a workspace: per record and answer, the saves; and every event there ever was."""

    saves: dict[tuple[str, str], frozenset[Dot]] = field(default_factory=dict)

    def __add__(self, other: "Seen") -> "Seen":
        both = {*self.saves, *other.saves}
        none: frozenset[Dot] = frozenset()
        return Seen({at: self.saves.get(at, none) | other.saves.get(at, none) for at in both})


@dataclass(frozen=True)
class Bundle:
    """What one workspace sent at one moment."""

    versions: dict[str, Version]
    seen: Seen


@dataclass
class World:
    """Six workspaces, the bundles on the way, and what really happened."""

    here: list[dict[str, Version]] = field(default_factory=lambda: [{} for _ in range(WORKSPACES)])
    seen: list[Seen] = field(default_factory=lambda: [Seen() for _ in range(WORKSPACES)])
    ticks: list[int] = field(default_factory=lambda: [0] * WORKSPACES)
    bundles: list[Bundle] = field(default_factory=list)
    events: dict[tuple[str, str], list[Event]] = field(default_factory=dict)
    replaced: set[tuple[str, str, object]] = field(default_factory=set)  # values that a history row holds as before

    def run(self, history: list[tuple]) -> "World":
        for name, *rest in history:
            getattr(self, name)(*rest)
        return self

    def edit(self, at: int, record: str, changed: dict[str, object]) -> None:
        self.ticks[at] += 1
        dot = Dot(f"n{at}", self.ticks[at])
        role = ("facilitator", "facilitator", "facilitator", "district", "district", "province")[at]
        save = Save(dot, f"p{at}", role, f"w{at}", f"{2030 - at}-01-01")  # clocks that are years apart
        before = self.here[at].get(record) or Version("form", record)
        for key in {"alive": 1, **changed}:
            there = before.answers.get(key, frozenset())
            self.replaced |= {(record, key, s.value) for s in there}
            gone = frozenset(s.save.dot for s in there)
            self.events.setdefault((record, key), []).append((dot, key, {"alive": 1, **changed}[key], gone))
        self.here[at][record] = edit(before, save, changed)
        marks = {(record, key): frozenset([dot]) for key in (*KEYS, "alive")}
        self.seen[at] = self.seen[at] + Seen(marks)

    def delete(self, at: int, record: str) -> None:
        if record in self.here[at]:
            self.edit(at, record, {"alive": 0})

    def send(self, at: int, redacted: bool) -> None:
        hidden = PRIVATE if redacted else ()
        versions = {ident: withhold(version, hidden) for ident, version in self.here[at].items()}
        saves = {place: dots for place, dots in self.seen[at].saves.items() if place[1] not in hidden}
        self.bundles.append(Bundle(versions, Seen(saves)))

    def hand(self, giver: int, taker: int, redacted: bool) -> None:
        self.send(giver, redacted)
        self.receive(taker, len(self.bundles) - 1)

    def receive(self, at: int, number: int) -> None:
        if self.bundles:
            bundle = self.bundles[number % len(self.bundles)]
            self.here[at] = received(self.here[at], bundle)
            self.seen[at] = self.seen[at] + bundle.seen

    def in_force(self, at: int, record: str, key: str) -> set[tuple[Dot, object]]:
        """Return the saves and values that must be in force, by the account alone."""
        known = self.seen[at].saves.get((record, key), frozenset())
        events = [event for event in self.events.get((record, key), []) if event[0] in known]
        gone = frozenset().union(*(event[3] for event in events))
        return {(dot, value) for dot, _, value, _ in events if dot not in gone}


def received(here: dict[str, Version], bundle: Bundle) -> dict[str, Version]:
    """Return what a workspace holds after a bundle."""
    merged = dict(here)
    for record, version in bundle.versions.items():
        merged[record] = merge(merged[record], version) if record in merged else version
    return merged
