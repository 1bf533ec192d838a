"""What it takes to take an import back, kept beside the log of transfers."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

import sqlalchemy as sa

from p2kp_desktop.schema.causality import Dot, Version
from p2kp_desktop.schema.state import pack, unpack

from . import records
from .drafts import IN_PLACE_OF_A_FORM as DRAFT
from .drafts import Draft
from .history import Kept
from .tables import undo_history, undo_records

Touched = Mapping[tuple[str, str], Version | None]  # form and id → the record as it was before


def note(connection: sa.Connection, transfer: str, touched: Touched, kept: Kept) -> None:
    """Keep how the touched records were, which saves' history came, and which of them say more now."""
    rows = []
    for form in {form for form, _ in touched}:
        ids = [record for its, record in touched if its == form]
        after = records.seals(connection, form, ids)
        rows += [
            {"transfer": transfer, "form": form, "id": record, "before": _written(touched[form, record]),
             "after": after.get(record, "")}
            for record in ids
        ]
    if rows:
        connection.execute(undo_records.insert(), rows)
    told = {**dict.fromkeys(kept.new, ""), **{dot: json.dumps(hidden) for dot, hidden in kept.completed.items()}}
    dots = [
        {"transfer": transfer, "node": dot.node, "tick": dot.tick, "hidden": hidden} for dot, hidden in told.items()
    ]
    if dots:
        connection.execute(undo_history.insert(), dots)


def _written(version: Version | None) -> str:
    return json.dumps(pack(version), ensure_ascii=False) if version else ""


def note_draft(
    connection: sa.Connection, act: str, whose: tuple[str, str], before: Draft | None, after: Draft | None
) -> None:
    """Keep the draft that a person had of a record before an act, and when the one after it was kept, if there is one.

    Until drafts were of a person too, the form of such a row was DRAFT alone.
    """
    record, person = whose
    row = {"transfer": act, "form": f"{DRAFT}:{person}", "id": record,
           "before": json.dumps(asdict(before)) if before else "", "after": after.time if after else ""}
    connection.execute(undo_records.insert().values(row))


@dataclass(frozen=True)
class TakenDraft:
    """A person's draft of a record before an act, None for none; `after` is the time of the one since, «» for none."""

    before: Draft | None
    after: str


@dataclass(frozen=True)
class Taken:
    """What an import changed: records before, their seals right after, saves that came, answers told by it.

    An act may have changed drafts too, by the id of their record and their author («» in an act of an old release).
    """

    before: Touched
    after: Mapping[tuple[str, str], str]
    came: Sequence[Dot]
    hidden: Mapping[Dot, Mapping[str, str]]
    drafts: Mapping[tuple[str, str], TakenDraft] = field(default_factory=dict)


def taken(connection: sa.Connection, transfer: str) -> Taken:
    """Return the records and history that an import changed, as far as they are still known."""
    before: dict[tuple[str, str], Version | None] = {}
    after: dict[tuple[str, str], str] = {}
    drafts: dict[tuple[str, str], TakenDraft] = {}
    for row in connection.execute(sa.select(undo_records).where(undo_records.c.transfer == transfer)):
        if is_draft(row.form):
            before_it = Draft(**json.loads(row.before)) if row.before else None
            person = row.form.partition(":")[2] or (before_it.person if before_it else "")
            drafts[row.id, person] = TakenDraft(before_it, row.after)
            continue
        key = row.form, row.id
        before[key] = unpack(row.form, row.id, *json.loads(row.before)) if row.before else None
        after[key] = row.after
    came, hidden = [], {}
    for row in connection.execute(sa.select(undo_history).where(undo_history.c.transfer == transfer)):
        dot = Dot(row.node, row.tick)
        if row.hidden.startswith("{"):
            hidden[dot] = json.loads(row.hidden)
        else:
            came.append(dot)
    return Taken(before, after, came, hidden, drafts)


def came_of_others(connection: sa.Connection, transfer: str, sender: str) -> list[Dot]:
    """Return the saves of other nodes than its sender that an import brought, while it can still be taken back."""
    here = undo_history.c
    its = (here.transfer == transfer) & (here.hidden == "") & (here.node != sender)
    return [Dot(row.node, row.tick) for row in connection.execute(sa.select(undo_history).where(its))]


def is_draft(form: str) -> bool:
    """Say whether a row is about a draft, and not about a record."""
    return form.partition(":")[0] == DRAFT


def reread(
    connection: sa.Connection, words: str, read: Callable[[Version], Version], seals: Mapping[str, str]
) -> None:
    """Read anew how touched records were before, where these words stand in them; `seals` are old and new ones."""
    there = undo_records.c
    for row in connection.execute(sa.select(undo_records)).mappings().all():
        if is_draft(row["form"]):
            continue
        before = row["before"]
        if before and words in before:
            before = _written(read(unpack(row["form"], row["id"], *json.loads(before))))
        after = seals.get(row["after"], row["after"])
        if (before, after) != (row["before"], row["after"]):
            same = (there.transfer == row["transfer"]) & (there.form == row["form"]) & (there.id == row["id"])
            connection.execute(undo_records.update().where(same).values(before=before, after=after))


def drop(connection: sa.Connection, transfers: Sequence[str]) -> None:
    """Forget how imports could be taken back: they were, or are too old."""
    for table in (undo_records, undo_history):
        connection.execute(table.delete().where(table.c.transfer.in_(list(transfers))))


def drop_part(connection: sa.Connection, transfer: str, part: Taken) -> None:
    """Forget how a part of an import could be taken back: it was."""
    records_of, saves_of = undo_records.c, undo_history.c
    for form, record in part.before:
        its = (records_of.transfer == transfer) & (records_of.form == form) & (records_of.id == record)
        connection.execute(undo_records.delete().where(its))
    for dot in (*part.came, *part.hidden):
        its = (saves_of.transfer == transfer) & (saves_of.node == dot.node) & (saves_of.tick == dot.tick)
        connection.execute(undo_history.delete().where(its))


def undoable(connection: sa.Connection) -> list[str]:
    """Return the imports that can still be taken back, in any order."""
    held = (sa.select(table.c.transfer) for table in (undo_records, undo_history))
    return list(connection.scalars(sa.union(*held)))
