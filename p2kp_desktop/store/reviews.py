"""How far the review is: records by the review status in force, which a column keeps beside the answers."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.schema import ALIVE, Form
from p2kp_desktop.schema.places import is_wide
from p2kp_desktop.schema.review import VERIFIED

from .areas import concerning, inside
from .living import living
from .records import kept_of
from .tables import RECORDS, REVIEW

REVIEWED: tuple[type[Form], ...] = tuple(form for form in FORMS if form.reviewed)
IN_VILLAGES = tuple(form for form in REVIEWED if form.in_village)
OF_RTS = tuple(form for form in REVIEWED if form.place == "rt")

_comments = RECORDS[Comment.key].c
_asks = sa.or_(
    _comments.done == "tidak", sa.and_(_comments.done.is_(None), _comments.after.is_(None))
)  # a comment that asks for something nobody said was done; an answer to one asks for nothing


@dataclass(frozen=True)
class Count:
    """How many records of a form stand how in one RT; `rt` is "" for records of the whole kelurahan."""

    form: str
    region: str
    rt: str
    standing: str
    number: int


def counts(connection: sa.Connection, area: str, period: str) -> Iterator[Count]:
    """Yield the living records of an area by form, place and standing: those of the period and those of every one."""
    for form in kept_of(connection, REVIEWED):
        if form.in_village:
            column = RECORDS[form.key].c
            grouped = (column.region, column.rt, column[REVIEW])
            chosen = sa.select(*grouped, sa.func.count()).where(*_living(form, area, period)).group_by(*grouped)
            for region, rt, standing, number in connection.execute(chosen):
                yield Count(form.key, str(region or ""), str(rt or ""), standing or "", number)


def unverified(
    connection: sa.Connection, area: str, period: str, *, by_rt: bool, forms: Sequence[type[Form]] = OF_RTS
) -> dict[tuple[str, str], int]:
    """Count the living records that no office verified, by kelurahan and RT label; all under "" if not `by_rt`."""
    found: dict[tuple[str, str], int] = {}
    for form in kept_of(connection, forms):
        column = RECORDS[form.key].c
        grouped = (column.region, column.rt) if by_rt else (column.region,)
        waiting = sa.func.coalesce(column[REVIEW], "") != VERIFIED
        chosen = sa.select(sa.func.count(), *grouped).where(*_living(form, area, period), waiting)
        for number, code, *label in connection.execute(chosen.group_by(*grouped)):
            place = str(code or ""), str(label[0] or "") if label else ""
            if not is_wide(place[0]):  # a letter beside a commitment of the city is of no kelurahan
                found[place] = found.get(place, 0) + number
    return found


@dataclass(frozen=True)
class Line:
    """A record with its place and its review status."""

    form: str
    id: str
    region: str
    rt: str
    standing: str


def lines(
    connection: sa.Connection, area: str | None, period: str | None, standings: Collection[str]
) -> Iterator[Line]:
    """Yield the living records of an area that stand so, by form, place and id; None is no condition."""
    for form in kept_of(connection, REVIEWED):
        if form.in_village:
            column = RECORDS[form.key].c
            wanted = sa.func.coalesce(column[REVIEW], "").in_(standings)
            chosen = sa.select(column.id, column.region, column.rt, column[REVIEW])
            ordered = chosen.where(*_living(form, area, period), wanted).order_by(column.region, column.rt, column.id)
            for record, region, rt, standing in connection.execute(ordered):
                yield Line(form.key, record, region or "", rt or "", standing or "")


def places(
    connection: sa.Connection, area: str | None, rt: str | None, period: str | None
) -> list[tuple[str | None, str | None]]:
    """Return kelurahan and RT of all living records of an area, an RT and a period; None is no condition.

    Records of a whole kelurahan stand under the RT None; they come with no RT that was asked for.
    """
    found = set()
    for form in kept_of(connection, REVIEWED):
        column = RECORDS[form.key].c
        chosen = sa.select(column.region, column.rt).where(*_living(form, area, period)).distinct()
        if form.in_village:
            found |= {(region, its) for region, its in connection.execute(chosen) if rt in (None, its)}
    return sorted(found, key=lambda place: (place[0] or "", place[1] or ""))


def ids(
    connection: sa.Connection, form: type[Form], region: str | None, rt: str | None, period: str | None
) -> list[str]:
    """Return the living records of a form that stand right at this kelurahan and RT, in order of id."""
    column = RECORDS[form.key].c
    conditions = [*_living(form, None, period), column.region == region, column.rt == rt]
    return list(connection.scalars(sa.select(column.id).where(*conditions).order_by(column.id)))


def comments_on(connection: sa.Connection, record: str) -> list[str]:
    """Return the ids of the living comments on a record."""
    chosen = sa.select(_comments.id).where(_comments.parent == record, _comments[ALIVE] == 1)
    return list(connection.scalars(chosen.order_by(_comments.id)))


def commented(connection: sa.Connection, area: str) -> list[str]:
    """Return the ids of the records of an area that have living comments."""
    chosen = sa.select(_comments.parent).where(living(Comment), concerning(Comment, area)).distinct()
    return [str(parent) for parent in connection.scalars(chosen) if parent]


def open_comments(connection: sa.Connection, area: str | None = None, record: str | None = None) -> dict[str, int]:
    """Count by record the comments that ask for something which nobody said was done; deleted records have none."""
    conditions = [living(Comment), _asks]
    if area is not None:
        conditions.append(concerning(Comment, area))
    if record is not None:
        conditions.append(_comments.parent == record)
    chosen = sa.select(_comments.parent, sa.func.count()).where(*conditions).group_by(_comments.parent)
    return {str(parent or ""): number for parent, number in connection.execute(chosen)}


def first_question(connection: sa.Connection, record: str) -> str:
    """Return the question that the oldest open comment on a record is about, by id; "" for none or the whole."""
    chosen = sa.select(_comments.about).where(_comments[ALIVE] == 1, _asks, _comments.parent == record)
    return str(connection.scalar(chosen.order_by(_comments.id).limit(1)) or "")


def _living(form: type[Form], area: str | None, period: str | None) -> list[sa.ColumnElement[bool]]:
    table = RECORDS[form.key]
    conditions = [living(form)]
    if area is not None:
        conditions.append(inside(table, area))
    if period is not None and form.per_period:
        conditions.append(table.c.period == period)
    return conditions
