"""The trash: which records lie in it, who put each there, when and why. bulk.py brings them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from p2kp_desktop.forms import FORMS
from p2kp_desktop.schema import ALIVE, Answer, Form, written
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.store import Connection, Workspace, history, records, tabling, views
from p2kp_desktop.store.tabling import Filter, Order

from . import record_names
from .record_names import Subject


@dataclass(frozen=True)
class Deletion:
    """One record in the trash; `person`, `time` (ISO), `reason` and the save's `origin` are "" where nobody told."""

    subject: Subject
    person: str = ""
    time: str = ""
    reason: str = ""
    origin: str = ""

    @property
    def words(self) -> str:
        """Return record, person, day and reason in one line."""
        told = " · ".join(part for part in (self.person, written.day(self.time) if self.time else "", self.reason)
                          if part)
        return f"{self.subject.words}: {told}" if told else self.subject.words


def counts(workspace: Workspace, wanted: Filter) -> dict[str, int]:
    """Return how many records of each form lie in the trash of an area and period; forms without any are left out."""
    with workspace.asking() as connection:
        rules = views.rule_sets(connection)
        forms = records.kept_of(connection, FORMS)
        found = {form.key: tabling.count(connection, form, wanted, rules) for form in forms}
    return {key: count for key, count in found.items() if count}


def deletions(workspace: Workspace, form: type[Form], ids: Sequence[str]) -> list[Deletion]:
    """Return who put these records into the trash, as far as the history here tells."""
    with workspace.asking() as connection:
        return deletions_within(connection, form, ids)


def everything(workspace: Workspace, wanted: Filter) -> list[Deletion]:
    """Return the deleted records of an area, form by form; of forms that know a period or an RT only those of it."""
    found = []
    with workspace.asking() as connection:
        rules = views.rule_sets(connection)
        for form in records.kept_of(connection, FORMS):
            its = replace(wanted, period=wanted.period if form.per_period else "", deleted=True)
            ids = tabling.ids(connection, form, tabling.handles(connection, form, its, Order(), rules))
            found += deletions_within(connection, form, ids)
    return found


def deletions_within(connection: Connection, form: type[Form], ids: Sequence[str]) -> list[Deletion]:
    """Return the same in a transaction that is open."""
    found = records.read(connection, form.key, ids)
    told = {record: history.of_record(connection, record) for record in ids}
    return [_deletion(form, record, found[record].values(), told[record]) for record in ids if record in found]


def _deletion(
    form: type[Form], record: str, values: Mapping[str, Answer], rows: Sequence[HistoryRow]
) -> Deletion:
    subject = record_names.subject(form.key, record, values)
    for row in reversed(rows):
        change = row.changes.get(ALIVE)
        if change is not None and change.after == 0:
            return Deletion(subject, row.save.person, row.save.time, row.reason, row.origin)
    return Deletion(subject)
