"""Which RTs have open conflicts in answers that count for something."""

from collections import Counter
from collections.abc import Collection, Mapping

import sqlalchemy as sa

from .tables import RECORDS, conflicts

Place = tuple[str, str]  # region (kelurahan), RT label


def open_by_rt(
    connection: sa.Connection, answers: Mapping[str, Collection[str]], period: str
) -> dict[str, Counter[Place]]:
    """Count by form and RT the open conflicts in these answers, of a period; those of no RT stand under ("", "")."""
    found: dict[str, Counter[Place]] = {}
    for form, keys in answers.items():
        table = RECORDS[form]
        chosen = (
            sa.select(table.c.region, table.c.rt, sa.func.count())
            .join(conflicts, (conflicts.c.form == form) & (conflicts.c.record == table.c.id))
            .where(conflicts.c.question.in_(keys), sa.or_(table.c.period == period, table.c.period.is_(None)))
            .group_by(table.c.region, table.c.rt)
        )
        rows = connection.execute(chosen)
        found[form] = Counter({(str(region or ""), str(rt or "")): number for region, rt, number in rows})
    return found
