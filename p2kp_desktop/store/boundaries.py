"""The boundaries that an office keeps: the outline of a region, or of an RT of a kelurahan.

They stand in the workspace, so that its backups and a laptop that is handed over have them; they are no records: they
have no history, and no bundle takes them along, for every office can read the file they came from. Each is kept whole
and thinned twice, so that a province is on the screen as quickly as a kelurahan.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from p2kp_desktop.schema.area_map import Spot
from p2kp_desktop.schema.outline import Outline, packed, thinned, unpacked

from .tables import boundaries

NOTE = "boundaries"  # the fact that says which boundaries there are: backups know by it that they changed
MIDDLE, COARSE = 300, 1500  # micro-degrees that a thinned outline may be off: 30 m and 170 m
_BATCH = 500
_here = boundaries.c


@dataclass(frozen=True)
class Boundary:
    """An outline of a place: what the file calls it, the file, when it was read; `derived` from those inside it."""

    spot: Spot
    name: str
    file: str
    time: str  # ISO 8601
    outline: Outline
    derived: bool = False


@dataclass(frozen=True)
class KeptBoundary:
    """What is told of a boundary without its points."""

    spot: Spot
    name: str
    file: str
    time: str
    derived: bool


def keep(connection: sa.Connection, found: Iterable[Boundary]) -> Iterator[int]:
    """Keep outlines in place of those that stood there; yield how many are kept after each batch."""
    rows: list[dict[str, object]] = []
    number = 0
    for each in found:
        rows.append(_row(each))
        number += 1
        if len(rows) == _BATCH:
            _put(connection, rows)
            rows = []
            yield number
    if rows:
        _put(connection, rows)
    yield number


def keep_one(connection: sa.Connection, each: Boundary) -> None:
    """Keep an outline in place of the one that stood there."""
    _put(connection, [_row(each)])


def _put(connection: sa.Connection, rows: Sequence[Mapping[str, object]]) -> None:
    connection.execute(
        boundaries.delete().where(_here.region == sa.bindparam("its_region"), _here.rt == sa.bindparam("its_rt")),
        [{"its_region": row["region"], "its_rt": row["rt"]} for row in rows],
    )
    connection.execute(boundaries.insert(), rows)


def _row(each: Boundary) -> dict[str, object]:
    middle = thinned(each.outline, MIDDLE)
    return {
        "region": each.spot.region, "rt": each.spot.rt, "name": each.name, "file": each.file, "time": each.time,
        "derived": int(each.derived), "whole": packed(each.outline), "middle": packed(middle),
        "coarse": packed(thinned(middle, COARSE)),
    }


def remove(connection: sa.Connection, spots: Iterable[Spot]) -> int:
    """Keep the boundaries of some places no longer; return how many there were."""
    return sum(
        connection.execute(boundaries.delete().where(_here.region == spot.region, _here.rt == spot.rt)).rowcount
        for spot in spots
    )


def listed(connection: sa.Connection) -> list[KeptBoundary]:
    """Return which boundaries are kept, in order of place."""
    chosen = sa.select(_here.region, _here.rt, _here.name, _here.file, _here.time, _here.derived)
    return [
        KeptBoundary(Spot(row.region, row.rt), row.name, row.file, row.time, bool(row.derived))
        for row in connection.execute(chosen.order_by(_here.region, _here.rt))
    ]


def outlines(connection: sa.Connection, spots: Iterable[Spot], tolerance: int = 0) -> dict[Spot, Outline]:
    """Return the outlines of some places, as far as they are kept, off by at most so many micro-degrees."""
    wanted = {*spots}
    column = _here.coarse if tolerance >= COARSE else _here.middle if tolerance >= MIDDLE else _here.whole
    regions = {spot.region for spot in wanted}
    few = (_here.region.in_(regions),) if len(regions) <= _BATCH else ()
    rows = connection.execute(sa.select(_here.region, _here.rt, column.label("content")).where(*few))
    return {Spot(row.region, row.rt): unpacked(row.content) for row in rows if (row.region, row.rt) in wanted}
