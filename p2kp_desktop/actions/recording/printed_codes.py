"""The code printed on paper: what it says of a record as it stands now, and the records that a code means.

Whoever prints and whoever reads a photo ask here, so that both take the same of a record for its printed content:
an agreement is its text and clauses, not the stage that it reaches by being signed, nor who is named in a clause: an
office that received it without names finds the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from p2kp_desktop.forms import BY_KEY
from p2kp_desktop.forms.agreement import Agreement, Clause
from p2kp_desktop.forms.meeting import Attendance, Decision, Meeting, Talk, Task
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.schema import Form, Record, is_begun_from
from p2kp_desktop.schema.printed_code import PrintedCode, Sheet, shape_of_ids, short_code, sign_of, version_digest
from p2kp_desktop.store import Connection, records, short_codes, views
from p2kp_desktop.store.views import Where

# Kinds of documents about a record, as their codes name them: what a meeting decided, and who came; the pages of an
# agreement that are signed, and the record of its rembug behind them. Up to 0.8.0 all pages printed with an agreement
# were SIGNING: that one is read, and printed no more.
MINUTES, OFFICIAL_RECORD, PRIORITIES, ATTENDANCE = "minutes", "official_record", "priorities", "attendance"
RULES, REMBUG, SIGNING = "rules", "rembug", "signing"
_TEXT: Mapping[str, tuple[str, ...]] = {  # by form: all that its paper says of the record, where that is not all
    Agreement.key: ("region", *(question.key for question in (
        Agreement.number, Agreement.name, Agreement.rts, Agreement.background, Agreement.version))),
    Clause.key: ("region", "parent", *(question.key for question in Clause.stored() if not question.private)),
}
_PARTS: Mapping[str, tuple[type[Form], ...]] = {Agreement.key: (Clause,)}  # records printed along, whatever is printed
_OF_MINUTES: Mapping[str, tuple[type[Form], ...]] = {Meeting.key: (Talk, Decision, Task, Attendance)}


def digest_now(connection: Connection, form: type[Form], record: str, document: str = "") -> str:
    """Return the digest that a record, or a document about it, would be printed with now; "" where it is gone."""
    found = next(views.found(connection, form, Where(id=record)), None)
    if found is None:
        return ""
    decided = _OF_MINUTES.get(form.key, ()) if document in (MINUTES, OFFICIAL_RECORD, PRIORITIES) else ()
    parts = (*_PARTS.get(form.key, ()), *decided)
    along = [each for part in parts for each in views.found(connection, part, Where(parent=record))]
    return version_digest(_cut(each) for each in (found, *along))


def _cut(record: Record) -> Record:
    keys = _TEXT.get(record.form.key)
    if keys is None:
        return record
    return Record(record.form, record.id, {key: record.answers[key] for key in keys if key in record.answers})


def version_of(record: Record) -> int:
    """Return the number of the version that a record is at, 0 where it counts none."""
    return record[Agreement.version] or 0 if record.form is Agreement else 0


def with_short_code(connection: Connection, short: str) -> list[tuple[str, str]]:
    """Return form and id of the living records that a short code means: their own, or that of their blank form."""
    own = [(form, record) for form, record in short_codes.with_ids_like(connection, shape_of_ids(short))
           if short_code(record) == short]
    blanks = [(each.form, each.id) for each in short_codes.numbered(connection)
              if PrintedCode.of_blank(each.form, each.region, each.rt, each.period, each.number).short == short]
    return list(dict.fromkeys([*own, *blanks]))


@dataclass(frozen=True)
class MeantRecords:
    """The records that a printed code means: none, one, or several of which nothing tells which."""

    form: str
    ids: tuple[str, ...] = ()


def meant(connection: Connection, code: PrintedCode) -> MeantRecords:
    """Return the living records that a code means."""
    if code.sheet is Sheet.BLANK:
        form = BY_KEY.get(code.form)
        return MeantRecords(code.form, tuple(_keyed_from(connection, form, code)) if form else ())
    form_key = records.form_of(connection, code.id) if code.id else None
    form = BY_KEY.get(form_key or "")
    there = form is not None and views.count(connection, form, Where(id=code.id))
    return MeantRecords(form_key or code.form, (code.id,) if there else ())


def _keyed_from(connection: Connection, form: type[Form], code: PrintedCode) -> list[str]:
    """Return the records that were keyed from a blank form."""
    given = {"region": code.region, "rt": code.rt, "period": code.period}
    if natural := form.natural_id(given) if set(form.natural) <= given.keys() else None:
        return [row["id"] for row in views.picked(connection, form, (), Where(id=natural))]
    where = Where(area=code.region, rt=code.rt or None, period=code.period if form.per_period else None)
    keys = ("region", *(question.key for question in form.runs_on))
    here = [row for row in views.picked(connection, form, keys, where) if row["region"] == code.region]
    numbered = [row["id"] for row in here if any(row[key] == code.number for key in keys[1:])]
    if numbered or not code.resident:
        return numbered if form.runs_on else [row["id"] for row in here]
    return _begun_from(connection, code, [row["id"] for row in here])


def _begun_from(connection: Connection, code: PrintedCode, here: list[str]) -> list[str]:
    """Return the households that were begun from the line of the residents' list for which a blank form was made."""
    lines = views.picked(connection, Resident, (Resident.household.key,), Where(area=code.region, rt=code.rt))
    mine = [row for row in lines if sign_of(row["id"]) == code.resident]
    said = {str(row[Resident.household.key]) for row in mine}
    return [each for each in here if each in said or any(is_begun_from(each, row["id"]) for row in mine)]
