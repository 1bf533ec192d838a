"""The log of files sent and received: what each was and how it ended."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from p2kp_desktop.schema.causality import Vector

from .tables import transfers

NEWEST = (transfers.c.step.desc(), transfers.c.id.desc())

# In the result of a line: that the delivery began and its end is not known; why it failed.
UNDER_WAY, FAILED = "under_way", "failed"
FOLDER = "folder"  # there too: where a file sent was put
ALONG = "along"  # places beyond the areas of what was sent, of which only what was saved here went
KNOWN_BEFORE = "known_before"  # and what this workspace knew to have of others' saves before an import, by place
ENROLLING = "enrolling"  # and whether a root of certificates was known here when it came


@dataclass(frozen=True)
class Transfer:
    """One file sent (`direction` "out") or received ("in"), with its SHA-256 and the counts it ended with.

    `step` numbers the lines as they were written, whatever the clock said; `note` sets it.
    """

    id: str
    direction: str
    bundle: str
    file: str
    sha256: str
    person: str
    time: str
    result: Mapping[str, object]
    step: int = 0

    @property
    def is_sent(self) -> bool:
        """Say whether a file went out, or may have gone out."""
        return self.direction == "out" and FAILED not in self.result

    @property
    def is_decision(self) -> bool:
        """Say whether no file came, but a person took in what waited."""
        return self.direction == "in" and not self.sha256


def note(connection: sa.Connection, transfer: Transfer) -> None:
    """Add a line to the log, after all others."""
    last = connection.scalar(sa.select(sa.func.max(transfers.c.step))) or 0
    row = asdict(transfer) | {"result": json.dumps(transfer.result, ensure_ascii=False), "step": last + 1}
    connection.execute(transfers.insert().values(row))


def log(connection: sa.Connection) -> list[Transfer]:
    """Return the log, the newest line first."""
    rows = connection.execute(sa.select(transfers).order_by(*NEWEST)).mappings()
    return [Transfer(**{**row, "result": json.loads(row["result"])}) for row in rows]


def newest(connection: sa.Connection, lines: Sequence[str]) -> list[str]:
    """Return these lines in the order of the log, the newest first."""
    return list(connection.scalars(sa.select(transfers.c.id).where(transfers.c.id.in_(lines)).order_by(*NEWEST)))


def line(connection: sa.Connection, transfer: str) -> Transfer | None:
    """Return one line of the log."""
    row = connection.execute(sa.select(transfers).where(transfers.c.id == transfer)).mappings().first()
    return Transfer(**{**row, "result": json.loads(row["result"])}) if row else None


def came_before_enrolment(connection: sa.Connection, key: str) -> bool:
    """Say whether a file that this key signed came before a root was known here, and was not taken back.

    Of what older releases received nobody knows; it counts.
    """
    signed = transfers.c.result.contains(f'"key": "{key}"', autoescape=True)
    later = (transfers.c.result.contains(said, autoescape=True) for said in ('"undone": ', f'"{ENROLLING}": true'))
    chosen = sa.select(transfers.c.id).where(transfers.c.direction == "in", transfers.c.sha256 != "", signed)
    return connection.execute(chosen.where(*(~each for each in later)).limit(1)).first() is not None


def known_before(connection: sa.Connection, transfer: str) -> dict[str, Vector]:
    """Return the saves known before an import, by place; nothing where an older release noted none."""
    found = line(connection, transfer)
    known = found.result.get(KNOWN_BEFORE) if found else None
    return dict(known) if isinstance(known, dict) else {}


def sent_since(connection: sa.Connection, step: int) -> list[Transfer]:
    """Return the lines of what was sent after a step."""
    later = (transfers.c.direction == "out") & (transfers.c.step > step)
    rows = connection.execute(sa.select(transfers).where(later).order_by(*NEWEST)).mappings()
    found = [Transfer(**{**row, "result": json.loads(row["result"])}) for row in rows]
    return [each for each in found if each.is_sent]


def amend(connection: sa.Connection, transfer: str, result: Mapping[str, object]) -> None:
    """Write a line's result anew, for instance that it was taken back."""
    text = json.dumps(result, ensure_ascii=False)
    connection.execute(transfers.update().where(transfers.c.id == transfer).values(result=text))
