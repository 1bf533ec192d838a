"""What moving an RT asks the database: its records, the saves of one act, and what RTs are called now."""

from collections.abc import Sequence

import sqlalchemy as sa

from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.schema import ALIVE, Form
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.forms import MOVED
from p2kp_desktop.schema.history import HistoryRow

from . import history, records
from .tables import RECORDS
from .tables import history as rows


def living(connection: sa.Connection, form: type[Form], region: str, rt: str, period: str = "") -> list[Version]:
    """Return the living records of a form in an RT; with a period only those of it."""
    column = RECORDS[form.key].c
    conditions = [column[ALIVE] == 1, column.region == region, column.rt == rt]
    if period and form.per_period:
        conditions.append(column.period == period)
    return records.read_where(connection, form.key, *conditions)


def all_living(connection: sa.Connection, form: type[Form]) -> list[Version]:
    """Return every living record of a form."""
    return records.read_where(connection, form.key, RECORDS[form.key].c[ALIVE] == 1)


def of_act(connection: sa.Connection, nodes: Sequence[str], mark: str) -> list[HistoryRow]:
    """Return the saves made here whose origin ends with the mark of an act, in order."""
    chosen = sa.select(rows).where(rows.c.node.in_(nodes), rows.c.origin.endswith(mark, autoescape=True))
    return [history.row_of(row) for row in connection.execute(chosen.order_by(rows.c.tick))]


def renamed(connection: sa.Connection) -> list[Version]:
    """Return the RTs, deleted ones too, that are called otherwise now, in all periods or in some."""
    column = RECORDS[Rt.key].c
    return records.read_where(connection, Rt.key, column.extra.contains(f'"{MOVED}', autoescape=True))
