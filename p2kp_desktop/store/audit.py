"""What people did here with what the workspace holds: rows that are only ever added, each signed, each naming the last.

A row's hash covers the hash before it and a digest of what it says, so that whoever knows an earlier hash and the
digests since can tell that a later one goes on from it, without being told what anybody did. Each row has a signature
of its own: who can write into the file can add a row that fits, but not sign it. A file alone cannot show that its end
was cut off: how far it had come is known to the registry of nodes outside it (node.py), and to the offices that its
bundles told (actions/trust/checkpoints.py).

What a row says never names a citizen; a number as long as an identity number is masked, should a reason hold one.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from p2kp_desktop import environment
from p2kp_desktop.language import say

from . import facts, node
from .node import Reached
from .tables import audit
from .workspace import after_change

Sign = Callable[[str], str]

GAP = "gap"  # rows that this laptop had counted are not in the file: it was put back, or cut
FROM, TO, WAS = "lacks_from", "lacks_to", "lacks_hash"  # which, and the hash of the last

SIGNED_WITH = "event_keys"  # the note of the public keys that events here were signed with
TRIGGERS = f"{audit.name}_*"
_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){14,}")
_REFUSED = "RAISE(ABORT, 'rows of audit are only added')"


@dataclass(frozen=True)
class Noted:
    """What somebody did: the act, what it was about (JSON values), when, and the row's place in the chain."""

    number: int
    time: str
    person: str
    act: str
    what: Mapping[str, Any]
    previous: str
    hash: str
    signature: str


def digest_of(number: int, time: str, person: str, act: str, what: str) -> bytes:
    """Return the digest of what a row says; `what` is its text as it is kept."""
    told = json.dumps([number, time, person, act, what], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()


def next_hash(previous: str, digest: bytes) -> str:
    """Return the hash of a row from that of the row before («» for the first) and the digest of what it says."""
    return hashlib.sha256(previous.encode() + digest).hexdigest()


def head(connection: sa.Connection) -> Reached:
    """Return how far the events reach: number and hash of the last row; 0 and «» where there is none."""
    row = connection.execute(sa.select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)).first()
    return Reached(row.number, row.hash) if row else Reached(0, "")


def hash_at(connection: sa.Connection, number: int) -> str:
    """Return the hash of a row; «» where there is none."""
    return connection.scalar(sa.select(audit.c.hash).where(audit.c.number == number)) or ""


def append(
    connection: sa.Connection, act: str, what: Mapping[str, Any], sign: Sign, *, person: str = "", time: str = "",
    explains_gap: bool = False,
) -> int:
    """Add a row in this transaction and return its number; the registry hears of it once it is on the disk.

    Where this laptop counted rows that the file lacks, that is noted first, unless the act itself `explains_gap`;
    the workspace then goes on under another node, as after any other return to an earlier state.
    """
    lacking = _lacking(connection)
    if lacking and not explains_gap:
        _add(connection, GAP, lacking, sign, person, time)
    if lacking:
        node.doubt(connection)
    return _add(connection, act, {**what, **(lacking if explains_gap else {})}, sign, person, time)


def _add(
    connection: sa.Connection, act: str, what: Mapping[str, Any], sign: Sign, person: str, time: str
) -> int:
    last = head(connection)
    number, when = last.number + 1, time or environment.now()
    who = person or facts.facts(connection).person
    text = _LONG_NUMBER.sub("…", json.dumps(dict(what), ensure_ascii=False, sort_keys=True))
    own = next_hash(last.hash, digest_of(number, when, who, act, text))
    connection.execute(audit.insert().values(
        number=number, time=when, person=who, act=act, what=text, previous=last.hash, hash=own, signature=sign(own),
    ))
    after_change(connection, audit.name, node.reaching(connection, Reached(number, own)))
    return number


def _lacking(connection: sa.Connection) -> dict[str, Any]:
    """Return which rows the registry knows and the file does not hold; nothing where it holds them."""
    known = node.reached(connection)
    if known is None or hash_at(connection, known.number) == known.hash:
        return {}
    return {FROM: min(head(connection).number, known.number - 1) + 1, TO: known.number, WAS: known.hash}


def noted(connection: sa.Connection, *, act: str = "") -> list[Noted]:
    """Return the events, the oldest first; of one act, where it is named."""
    chosen = sa.select(audit).order_by(audit.c.number)
    return [_read(row) for row in connection.execute(chosen.where(audit.c.act == act) if act else chosen)]


def tells(connection: sa.Connection, key: str) -> bool:
    """Say whether any row tells something under a key; of the first one that is known at once."""
    found = sa.select(audit.c.number).where(audit.c.what.contains(f'"{key}": ', autoescape=True)).limit(1)
    first = connection.execute(found.where(audit.c.number == 1)).first()
    return (first or connection.execute(found).first()) is not None


def last_of(connection: sa.Connection, act: str, person: str, most: int) -> list[Noted]:
    """Return the newest rows of an act by a person, the newest first."""
    chosen = sa.select(audit).where(audit.c.act == act, audit.c.person == person)
    return [_read(row) for row in connection.execute(chosen.order_by(audit.c.number.desc()).limit(most))]


def digests(connection: sa.Connection, after: int) -> list[bytes]:
    """Return the digests of what the rows after a number say."""
    rows = connection.execute(sa.select(audit).where(audit.c.number > after).order_by(audit.c.number))
    return [digest_of(row.number, row.time, row.person, row.act, row.what) for row in rows]


def _read(row: sa.Row[Any]) -> Noted:
    try:
        what = json.loads(row.what)
    except (ValueError, TypeError):  # a damaged row makes its hash fail
        what = {}
    return Noted(row.number, row.time, row.person, row.act, what if isinstance(what, dict) else {}, row.previous,
                 row.hash, row.signature)


def faults(connection: sa.Connection, location: str) -> Iterator[str]:
    """Yield in words where the chain is broken: a row altered, missing or put in between, or the end cut off."""
    previous, expected = "", 1
    for row in connection.execute(sa.select(audit).order_by(audit.c.number)):
        if row.number != expected:
            yield say("Catatan kejadian hilang: nomor {first} sampai {last}.", first=expected, last=row.number - 1)
        own = next_hash(previous, digest_of(row.number, row.time, row.person, row.act, row.what))
        if row.number == expected and (row.previous != previous or row.hash != own):
            yield say("Catatan kejadian nomor {number} diubah di luar program.", number=row.number)
        previous, expected = row.hash, row.number + 1
    known = node.reached(connection, location)
    if known is not None and hash_at(connection, known.number) != known.hash:
        yield say("Catatan kejadian tidak sama dengan yang dihitung laptop ini: di berkas ada {here} baris, laptop ini "
                  "mencatat nomor {number}. Barisnya dipotong atau ditulis ulang, atau berkas ini salinan lama.",
                  here=expected - 1, number=known.number)


def take_over(connection: sa.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add the rows of a damaged file that go on from what is here, up to the first that does not."""
    found = {row["number"]: row for row in rows if isinstance(row.get("number"), int)}
    last = head(connection)
    while row := found.get(last.number + 1):
        said = [row.get(key) for key in ("time", "person", "act", "what")]
        if not all(isinstance(each, str) for each in said) or row.get("previous") != last.hash:
            return
        own = next_hash(last.hash, digest_of(row["number"], *(str(each) for each in said)))
        if row.get("hash") != own:
            return
        connection.execute(audit.insert().values({column.name: row[column.name] for column in audit.columns}))
        last = Reached(row["number"], own)


def _guards() -> Iterator[str]:
    for event in ("UPDATE", "DELETE"):
        yield (f"CREATE TRIGGER {audit.name}_no_{event.lower()} BEFORE {event} ON {audit.name} "
               f"BEGIN SELECT {_REFUSED}; END")


def is_guarded(connection: sa.Connection) -> bool:
    """Say whether the triggers are there that let nobody change or take away a row; at a server there are none."""
    if connection.dialect.name != "sqlite":
        return True
    here = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB ?"
    return {sql for (sql,) in connection.exec_driver_sql(here, (TRIGGERS,)).all()} == {*_guards()}


def make(connection: sa.Connection) -> None:
    """Make the triggers; whoever can change the file can take them away, which its next opening mends."""
    if connection.dialect.name != "sqlite":
        return
    here = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB ?"
    for (name,) in connection.exec_driver_sql(here, (TRIGGERS,)).all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for statement in _guards():
        connection.exec_driver_sql(statement)
