"""The former versions of agreements: what is kept of one when the next begins, and what is read of it later.

Its dates and legal basis go into a record of its own, which stays true while the next version is made, and can be
put right or revoked by itself. Of a version that a release before 0.3.0 left behind they are read from the history.

A version keeps no copy of its text. When the next one begins, the agreement notes which saves the earlier version
holds; its text is then read back from the history. A mark by a clock, or a number typed into each clause, would say
something else at the receiver or after two laptops worked at once; the saves are the same everywhere.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence

from p2kp_desktop.actions.recording.recording import TYPED, record_within
from p2kp_desktop.actions.recording.saves import Edits
from p2kp_desktop.forms.agreement import EDITION, Agreement, FormerVersion
from p2kp_desktop.schema import ALIVE, Answer, Record
from p2kp_desktop.schema.causality import Vector, Version, covers, join
from p2kp_desktop.schema.history import Before, HistoryRow
from p2kp_desktop.store import Connection, history, views
from p2kp_desktop.store.views import Where

_NAMES = uuid.UUID("0b6f6d2e-5d0c-5c0e-9a53-6f6b7f0f2a11")  # of the ids of former versions; frozen with the format
_KEPT = tuple(question.key for question in FormerVersion.stored())
NOT_YET: dict[str, Answer] = {  # what a new version has to reach by itself
    key: None for key in _KEPT if key not in (Agreement.version.key, Agreement.stage.key)
}


def record_id(agreement: str, version: int) -> str:
    """Return the id of the record of a former version; offices that begin the next one at once write the same one."""
    return str(uuid.uuid5(_NAMES, f"{agreement}|{version}"))


def keep(edits: Edits, agreement: Version, version: int) -> None:
    """Keep what stands in an agreement as the dates and legal basis of a version that is followed by another."""
    now = agreement.values()
    given = {key: now.get(key) for key in _KEPT} | {"version": version}
    place = {"id": record_id(agreement.id, version), "parent": agreement.id, "region": now.get("region")}
    record_within(edits, FormerVersion, {**place, **given}, origin=TYPED)


def of_one(connection: Connection, agreement: Record) -> list[Record]:
    """Return the former versions of an agreement."""
    return _completed(connection, agreement, views.found(connection, FormerVersion, Where(parent=agreement.id)))


def of_area(connection: Connection, area: str, agreements: Iterable[Record]) -> dict[str, list[Record]]:
    """Return the former versions of the agreements of an area, by the agreement's id."""
    found: dict[str, list[Record]] = {}
    for each in views.found(connection, FormerVersion, Where(area=area or None)):
        found.setdefault(str(each.answers.get("parent")), []).append(each)
    return {each.id: _completed(connection, each, found.get(each.id, ())) for each in agreements}


def _completed(connection: Connection, agreement: Record, kept: Iterable[Record]) -> list[Record]:
    """Return the records that there are, and for marked versions without one what the history tells."""
    found = list(kept)
    there = {each[FormerVersion.version] for each in found}
    lacking = {number: held for number, held in editions(agreement).items() if number not in there}
    rows = history.of_record(connection, agreement.id) if lacking else []
    for number, held in lacking.items():
        then = answers_at(agreement.answers, rows, held, _KEPT)
        if then is not None:
            place = {"parent": agreement.id, "region": agreement.answers.get("region"), "version": number}
            answers = {key: value for key, value in (then | place).items() if value is not None}
            found.append(Record(FormerVersion, record_id(agreement.id, number), answers))
    return found


def editions(agreement: Record) -> dict[int, Vector]:
    """Return the saves that each earlier version of an agreement holds, by its number."""
    found: dict[int, Vector] = {}
    for key, value in agreement.answers.items():
        number = key.removeprefix(EDITION).split(".")[0] if key.startswith(EDITION) else ""
        if number.isdigit() and isinstance(value, str):
            found[int(number)] = join(found.get(int(number), {}), _vector(value))
    return dict(sorted(found.items()))


def edition_mark(version: int, node: str, versions: Iterable[Version]) -> tuple[str, str]:
    """Return the key and the answer by which an agreement notes what a version holds, as one node knows it."""
    held: Vector = {}
    for each in versions:
        held = join(held, each.vector)
    return f"{EDITION}{version}.{node}", " ".join(f"{name}:{tick}" for name, tick in sorted(held.items()))


def _vector(text: str) -> Vector:
    pairs = (part.rpartition(":") for part in text.split())
    return {name: int(tick) for name, _colon, tick in pairs if tick.isdigit()}


def answers_at(
    now: Mapping[str, Answer], rows: Sequence[HistoryRow], held: Vector, keys: Iterable[str]
) -> dict[str, Answer] | None:
    """Return these answers of a record as the saves `held` left them; None where it was not there, or in the trash."""
    later = [row for row in rows if not covers(held, row.save.dot)]
    if rows and len(later) == len(rows):
        return None
    then = {key: _before(key, later, now.get(key)) for key in (*keys, ALIVE)}
    return None if then[ALIVE] == 0 else then


def _before(key: str, later: Sequence[HistoryRow], now: Answer) -> Answer:
    """Return the value that an answer had before all of these saves changed it.

    Within a node saves are in order; of the first ones of several nodes that one counts which did not build on
    another. Only where that is not to be told do the clocks decide, for reading.
    """
    first: dict[str, HistoryRow] = {}
    for row in sorted(later, key=lambda each: each.save.dot):
        if key in row.changes:
            first.setdefault(row.save.dot.node, row)
    built_on = {row.changes[key].after for row in later if key in row.changes}
    candidates = sorted(first.values(), key=lambda row: row.save.time)
    candidates = [row for row in candidates if _one(row.changes[key].before) not in built_on] or candidates
    if not candidates:
        return now
    change = candidates[0].changes[key]
    return now if change.withheld or change.lost else _one(change.before)


def _one(before: Before) -> Answer:
    return " / ".join(str(each) for each in before) if isinstance(before, list) else before
