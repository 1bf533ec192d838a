"""How much of the lists of residents has been visited, RT by RT, added up by the database."""

from collections import Counter

import sqlalchemy as sa

from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.schema import ALIVE

from .tables import RECORDS

_lines = RECORDS[Resident.key].c


def outcomes(connection: sa.Connection, area: str, period: str) -> dict[tuple[str, str], Counter[str]]:
    """Return per region and RT of an area (a region of any level) how many lines ended how; «» is not visited."""
    inside = (_lines.region == area) | _lines.region.startswith(f"{area}.", autoescape=True)
    outcome = sa.func.coalesce(_lines[Resident.outcome.key], "")
    chosen = (
        sa.select(_lines.region, _lines.rt, outcome, sa.func.count())
        .where(_lines[ALIVE] == 1, _lines.period == period, inside)
        .group_by(_lines.region, _lines.rt, outcome)
    )
    found: dict[tuple[str, str], Counter[str]] = {}
    for region, rt, ended, number in connection.execute(chosen):
        found.setdefault((region or "", rt or ""), Counter())[ended] = number
    return found
