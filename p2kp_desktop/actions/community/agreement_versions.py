"""The former versions of agreements: what is kept of one when the next begins, and what is read of it later.

Its dates and legal basis go into a record of its own, which stays true while the next version is made, and can be
put right or revoked by itself. Of a version that a release before 0.3.0 left behind they are read from the history.
"""

import uuid
from collections.abc import Iterable

from p2kp_desktop.actions.recording.recording import TYPED, record_within
from p2kp_desktop.actions.recording.saves import Edits
from p2kp_desktop.forms.agreement import Agreement, FormerVersion
from p2kp_desktop.schema import Answer, Record
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.store import Connection, history, views
from p2kp_desktop.store.views import Where

from .editions import answers_at, editions

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
