"""Certificates and revocations as they came, the roots that people here compared, and who asks to be certified."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import sqlalchemy as sa

from p2kp_desktop.schema.certificates import Certificate, Request, Revocation, from_json, to_json

from .records import upsert
from .tables import certificates, requests, revocations, roots

Said = TypeVar("Said", Certificate, Revocation, Request)


@dataclass(frozen=True)
class Root:
    """A key that a person here compared and takes for the root of all certificates."""

    key: str
    person: str
    reason: str
    time: str


@dataclass(frozen=True)
class Asked:
    """A request as it came here: with which import, when, and what became of it («» while it waits)."""

    request: Request
    transfer: str = ""
    time: str = ""
    decided: str = ""
    person: str = ""
    reason: str = ""


APPROVED, REFUSED = "approved", "refused"


_read_once: Callable[..., Any] = lru_cache(4096)(lambda kind, text: from_json(kind, json.loads(text)))


def keep_certificates(connection: sa.Connection, found: Iterable[Certificate], transfer: str, time: str) -> None:
    """Keep certificates; those that are here already stay as they came first."""
    _keep(connection, certificates, found, transfer, time)


def keep_revocations(connection: sa.Connection, found: Iterable[Revocation], transfer: str, time: str) -> None:
    """Keep revocations likewise."""
    _keep(connection, revocations, found, transfer, time)


def _keep(
    connection: sa.Connection, table: sa.Table, found: Iterable[Certificate] | Iterable[Revocation], transfer: str,
    time: str,
) -> None:
    said = {each.signature: each for each in found}
    there = set(connection.scalars(sa.select(table.c.signature).where(table.c.signature.in_(said)))) if said else set()
    rows = [
        {"signature": signature, "key": each.key, "issuer": each.issuer, "content": json.dumps(to_json(each)),
         "transfer": transfer, "time": time}
        for signature, each in said.items() if signature not in there
    ]
    if rows:
        connection.execute(table.insert(), rows)


def all_certificates(connection: sa.Connection) -> list[Certificate]:
    """Give every certificate that is here, the first that came first; one that a tool spoilt is none."""
    came = sa.literal_column("rowid") if connection.dialect.name == "sqlite" else certificates.c.signature
    chosen = sa.select(certificates.c.content).order_by(certificates.c.time, came)
    return list(_read(Certificate, connection.scalars(chosen)))


def all_revocations(connection: sa.Connection) -> list[Revocation]:
    """Give every revocation that is here, the first that came first."""
    chosen = sa.select(revocations.c.content).order_by(revocations.c.time, revocations.c.signature)
    return list(_read(Revocation, connection.scalars(chosen)))


def _read(kind: type[Said], texts: Iterable[str]) -> Iterator[Said]:
    for text in texts:
        try:
            yield _read_once(kind, text)
        except ValueError:
            continue


def root(connection: sa.Connection) -> Root | None:
    """Give the root that counts here; None where nobody compared any."""
    row = connection.execute(sa.select(roots).order_by(roots.c.number.desc()).limit(1)).mappings().first()
    return Root(row["key"], row["person"], row["reason"], row["time"]) if row else None


def take_root(connection: sa.Connection, found: Root) -> None:
    """Let another root count from now on."""
    number = 1 + (connection.scalar(sa.select(sa.func.max(roots.c.number))) or 0)
    connection.execute(roots.insert(), {"number": number, **vars(found)})


def ask(connection: sa.Connection, asked: Asked) -> None:
    """Note a request in place of what the same key asked before."""
    upsert(connection, requests, ("key",), [{
        "key": asked.request.key, "content": json.dumps(to_json(asked.request)), "transfer": asked.transfer,
        "time": asked.time, "decided": asked.decided, "person": asked.person, "reason": asked.reason,
    }])


def asked(connection: sa.Connection) -> list[Asked]:
    """Give all requests, the first that came first."""
    chosen = sa.select(requests).order_by(requests.c.time, requests.c.key)
    return [
        Asked(request, row["transfer"], row["time"], row["decided"], row["person"], row["reason"])
        for row in connection.execute(chosen).mappings() for request in _read(Request, [row["content"]])
    ]


def forget_requests(connection: sa.Connection, transfer: str) -> None:
    """Forget what an import that is taken back asked, where nobody decided it.

    Certificates and revocations stay: each proves itself whoever carried it, the next bundle would bring it again,
    and to forget that a laptop was stolen, or whose key a workspace has, would open a door.
    """
    if transfer:
        connection.execute(requests.delete().where((requests.c.transfer == transfer) & (requests.c.decided == "")))
