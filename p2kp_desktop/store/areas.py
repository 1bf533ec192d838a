"""Which rows are of an area, said once: those that stand in it, and of a kabupaten/kota what stands around it too."""

from collections.abc import Callable

import sqlalchemy as sa

from p2kp_desktop.schema import Form
from p2kp_desktop.schema.places import parents, regions

from .tables import RECORDS

Clause = sa.ColumnElement[bool]
Within = Callable[[sa.Table, str], Clause]

_FEW_DOTS = 2  # in the code of a kecamatan; that of a wider region has fewer


def inside(table: sa.Table, area: str) -> Clause:
    """Return the condition that a row lies in an area; for a kelurahan one that the index by place answers."""
    if area in regions() and regions()[area].is_village:
        return table.c.region == area
    return sa.or_(table.c.region == area, sa.and_(table.c.region > f"{area}.", table.c.region < f"{area}/"))


def scanned(table: sa.Table, area: str) -> Clause:
    """Return the same for a whole table that is walked through: of a wide area the index would jump about."""
    if area.count(".") >= _FEW_DOTS:
        return inside(table, area)
    within = f"{area}."
    return sa.func.substr(table.c.region + ".", 1, len(within)) == within


def concerning(form: type[Form], area: str, within: Within = inside) -> Clause:
    """Return the condition that a record is of an area, as schema.places.concerns has it.

    A form of kelurahan has nothing around an area, but for what hangs on any record: a letter beside a commitment.
    """
    table = RECORDS[form.key]
    if form.in_village and not (form.parent and not form.parent.to):
        return within(table, area)
    around = [place.code for place in parents(area)]
    return sa.or_(within(table, area), table.c.region.in_(around), table.c.region.is_(None))
