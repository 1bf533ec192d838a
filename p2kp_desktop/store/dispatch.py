"""What a bundle might hold, cheaply: place and vector of every record without its answers, saves by number."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from p2kp_desktop.schema import ALIVE
from p2kp_desktop.schema.causality import Vector
from p2kp_desktop.schema.history import HistoryRow

from .history import shown
from .records import kept_forms
from .tables import RECORDS, history, other_records

_AT_ONCE = 2000
_IDS = 500


@dataclass(frozen=True)
class Mark:
    """One record by its form, where it stands now, whether it lives, its vector and all places it ever had."""

    form: str
    id: str
    region: str
    rt: str
    alive: bool
    vector: Vector
    places: frozenset[str]


def marks(connection: sa.Connection) -> Iterator[Mark]:
    """Yield every record, tombstones and those of unknown forms too."""
    for form in kept_forms(connection):
        here = RECORDS[form].c
        chosen = sa.select(here.id, here.region, here.rt, here[ALIVE], here.state)
        for ident, region, rt, alive, state in connection.execute(chosen).yield_per(_AT_ONCE):
            yield _mark(form, ident, region, rt, alive != 0, state)
    there = other_records.c
    chosen = sa.select(there.form, there.id, there.region, there.state)
    for form, ident, region, state in connection.execute(chosen):
        yield _mark(form, ident, region, "", True, state)


def _mark(form: str, ident: str, region: object, rt: object, alive: bool, state: str) -> Mark:
    causal = json.loads(state)
    return Mark(form, ident, str(region or ""), str(rt or ""), alive, causal["v"], frozenset(causal.get("p", ())))


def saved_at(connection: sa.Connection, record: str) -> dict[str, dict[str, int]]:
    """Return up to which count each node saved a record at each of its places, as far as the saves are here."""
    here = history.c
    chosen = sa.select(here.place, here.node, sa.func.max(here.tick)).where(here.record == record)
    found: dict[str, dict[str, int]] = {}
    for place, node, tick in connection.execute(chosen.group_by(here.place, here.node)):
        found.setdefault(place, {})[node] = tick
    return found


def saves_elsewhere(
    connection: sa.Connection, split: Mapping[str, Collection[str]], places: Collection[str],
    since: Mapping[str, Vector],
) -> int:
    """Return how many saves of these records go beside those of the places."""
    return sum(1 for _ in elsewhere(connection, split, places, since))


def elsewhere(
    connection: sa.Connection, split: Mapping[str, Collection[str]], places: Collection[str],
    since: Mapping[str, Vector],
) -> Iterator[HistoryRow]:
    """Yield the saves of these records, each with all its places, that do not go with the places themselves.

    A record that moved comes to somebody who was never sent what was saved of it elsewhere, though whoever works there
    has it: a save goes unless it is known of each of the record's places.
    """
    wanted, here = sorted(split), history.c

    def known(row: HistoryRow, place: str) -> bool:
        return row.save.dot.tick <= since.get(place, {}).get(row.save.dot.node, 0)

    for start in range(0, len(wanted), _IDS):
        some = here.record.in_(wanted[start : start + _IDS])
        for row in shown(connection, connection.execute(sa.select(history).where(some).order_by(here.node, here.tick))):
            goes_already = row.place in places and not known(row, row.place)
            if not goes_already and not all(known(row, place) for place in {row.place, *split[row.record]}):
                yield row


def saves_beyond(connection: sa.Connection, places: Iterable[str], since: Mapping[str, Vector]) -> int:
    """Return how many saves of these places there are that lie beyond what is known."""
    here = history.c
    heads = sa.select(here.node, here.place, sa.func.count(), sa.func.max(here.tick)).group_by(here.node, here.place)
    wanted, found = frozenset(places), 0
    for node, place, number, newest in connection.execute(heads).all():
        known = since.get(place, {}).get(node, 0)
        if place not in wanted or newest <= known:
            continue
        if known:
            beyond = sa.select(sa.func.count()).where(here.node == node, here.place == place, here.tick > known)
            number = connection.scalar(beyond) or 0
        found += number
    return found
