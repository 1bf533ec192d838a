"""Likely duplicates: a new household that may be one which is here already under another id."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.store import Connection, views

from . import naming
from .received import Duplicate

MOST = 500  # that are listed of one bundle
KEYS = ("region", "rt", "period", "head_name", "nik", "building")

Row = Mapping[str, Any]  # id and the answers above


def normal_name(name: object) -> str:
    """Return a name without case, accents, titles' dots and double spaces, to be compared."""
    plain = unicodedata.normalize("NFKD", str(name or "")).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def likely(connection: Connection, new: Sequence[str]) -> tuple[Duplicate, ...]:
    """Return the households among the new ones that another one of the same RT and period resembles."""
    found: list[Duplicate] = []
    for (region, rt, period), arriving in _by_place(connection, new).items():
        ours = {row["id"] for row in arriving}
        where = views.Where(area=region, rt=rt, period=period)
        there = [row for row in views.picked(connection, Household, KEYS, where) if row["id"] not in ours]
        named, numbered = _by(there, _name), _by(there, _nik)
        for row in arriving:
            found += _pairs(row, named.get(_name(row), []), numbered.get(_nik(row), []))
            if len(found) >= MOST:
                return tuple(found[:MOST])
    return tuple(found)


def _by_place(connection: Connection, new: Sequence[str]) -> dict[tuple[str, str, str], list[Row]]:
    places: dict[tuple[str, str, str], list[Row]] = {}
    for row in views.picked(connection, Household, KEYS, ids=new):
        region, rt, period = row["region"], row["rt"], row["period"]
        if region and rt and period:
            places.setdefault((region, rt, period), []).append(row)
    return places


def _by(rows: Sequence[Row], sign: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if sign(row):
            found.setdefault(sign(row), []).append(row)
    return found


def _name(row: Row) -> str:
    return normal_name(row["head_name"])


def _nik(row: Row) -> str:
    return str(row["nik"] or "")


def _pairs(mine: Row, namesakes: Sequence[Row], same_nik: Sequence[Row]) -> Iterator[Duplicate]:
    """Yield the households that have the NIK of this one, or its name and no other house number."""
    for other in same_nik:
        yield _pair(mine, other, say("NIK sama"))
    seen = {other["id"] for other in same_nik}
    for other in namesakes:
        if other["id"] not in seen and (not mine["building"] or other["building"] in (None, mine["building"])):
            yield _pair(mine, other, say("nama dan RT sama"))


def _pair(mine: Row, other: Row, why: str) -> Duplicate:
    one, two = (naming.subject(Household.key, row["id"], row) for row in (mine, other))
    return Duplicate(one, two, why)
