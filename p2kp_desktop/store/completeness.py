"""How much of the lists of residents has been visited, RT by RT, added up by the database.

A line that ended as surveyed by a household which is no longer recorded there (in the trash, taken back with its
import, moved to another RT) counts as not visited, until that household is back or another one answers the line.
Nothing is edited for that: the condition is said once, here.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.resident import SURVEYED, Resident

from .areas import inside
from .living import living
from .records import AT_ONCE
from .tables import RECORDS

_table = RECORDS[Resident.key]
_lines = _table.c
_houses = RECORDS[Household.key].c

ENDED = (Resident.outcome.key, Resident.household.key)  # what a line says of its visit


def _lapsed() -> sa.ColumnElement[bool]:
    """Return the condition that the household by which a line ended as surveyed is not recorded there any more."""
    there = sa.select(_houses.id).where(
        _houses.id == _lines[Resident.household.key], living(Household),
        *(_houses[key] == _lines[key] for key in ("region", "rt", "period")),
    )
    referred = _lines[Resident.household.key].is_not(None)
    return sa.and_(_lines[Resident.outcome.key] == SURVEYED, referred, ~there.exists())


def in_force(key: str) -> sa.ColumnElement[Any]:
    """Return the answer of a line of residents about its visit, by a key of ENDED.

    NULL while the line counts as not visited.
    """
    return sa.type_coerce(sa.case((_lapsed(), sa.null()), else_=_lines[key]), sa.Text)


def outcomes(connection: sa.Connection, area: str | None, period: str) -> dict[tuple[str, str], Counter[str]]:
    """Return per region and RT of an area (a region of any level; None for all) how many lines ended how.

    «» is not visited.
    """
    outcome = sa.func.coalesce(in_force(Resident.outcome.key), "")
    chosen = (
        sa.select(_lines.region, _lines.rt, outcome, sa.func.count())
        .where(living(Resident), _lines.period == period, *([inside(_table, area)] if area else []))
        .group_by(_lines.region, _lines.rt, outcome)
    )
    found: dict[tuple[str, str], Counter[str]] = {}
    for region, rt, ended, number in connection.execute(chosen):
        found.setdefault((region or "", rt or ""), Counter())[ended] = number
    return found


def lapsed(connection: sa.Connection, area: str, period: str) -> set[str]:
    """Return the lines of an area whose household is not recorded there any more: they wait for a visit again."""
    chosen = sa.select(_lines.id).where(_lines.period == period, inside(_table, area), _lapsed())
    return set(connection.scalars(chosen))


def lapsed_among(connection: sa.Connection, ids: Sequence[str]) -> frozenset[str]:
    """Return those of some lines whose household is not recorded there any more."""
    portions = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    chosen = (sa.select(_lines.id).where(_lines.id.in_(some), _lapsed()) for some in portions)
    return frozenset(line for each in chosen for line in connection.scalars(each))
