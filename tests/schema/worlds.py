"""Random histories of up to six workspaces, for the algebra of versions; the laws themselves are in tests/laws."""

from dataclasses import dataclass, field

import hypothesis.strategies as st

from p2kp_desktop.schema.causality import Dot, Save, Version, edit, merge, withhold

RECORDS = ("r1", "r1", "r2")  # mostly one, so that its versions meet
KEYS = ("name", "roof", "new question")
PRIVATE = ("name",)
VALUES = st.sampled_from(["a", "b", "c", 1, 2, None])
ROLES = ("facilitator", "facilitator", "facilitator", "district", "district", "province")
WORKSPACES = len(ROLES)

places = st.one_of(st.integers(0, 2), st.integers(0, WORKSPACES - 1))  # mostly three, so that they meet often
changes = st.dictionaries(st.sampled_from((*PRIVATE, *KEYS)), VALUES, max_size=3)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), places, st.sampled_from(RECORDS), changes),
        st.tuples(st.just("delete"), places, st.sampled_from(RECORDS)),
        st.tuples(st.just("hand"), places, places, st.booleans()),
    ),
    min_size=4,
    max_size=30,
)


@dataclass
class World:
    """Six workspaces that edit records and hand them over, with or without names."""

    here: list[dict[str, Version]] = field(default_factory=lambda: [{} for _ in range(WORKSPACES)])
    ticks: list[int] = field(default_factory=lambda: [0] * WORKSPACES)

    def run(self, history: list[tuple]) -> "World":
        for name, *rest in history:
            getattr(self, name)(*rest)
        return self

    def edit(self, at: int, record: str, changed: dict[str, object]) -> None:
        self.ticks[at] += 1
        save = Save(Dot(f"n{at}", self.ticks[at]), f"p{at}", ROLES[at], f"w{at}", f"{2030 - at}-01-01")
        self.here[at][record] = edit(self.here[at].get(record) or Version("form", record), save, changed)

    def delete(self, at: int, record: str) -> None:
        if record in self.here[at]:
            self.edit(at, record, {"alive": 0})

    def hand(self, giver: int, taker: int, redacted: bool) -> None:
        for record, version in self.here[giver].items():
            carried = withhold(version, PRIVATE if redacted else ())
            mine = self.here[taker].get(record)
            self.here[taker][record] = merge(mine, carried) if mine else carried
