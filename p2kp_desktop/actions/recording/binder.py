"""What lies beside the households: the forms an RT has once, the kawasan of a kelurahan, the periods."""


from dataclasses import dataclass
from decimal import Decimal

from p2kp_desktop.forms import Kawasan, Period, Rt, RtRecap, RtSurvey
from p2kp_desktop.rules.decree_ledger import Decrees
from p2kp_desktop.schema import Form, Record
from p2kp_desktop.schema.values import plain_decimal
from p2kp_desktop.store import Connection, Workspace, decreed, drafts, listing, views
from p2kp_desktop.store.standing import COMPLETE, CONFLICT, DRAFT, INCOMPLETE, PROBLEM

OF_AN_RT: tuple[type[Form], ...] = (RtSurvey, RtRecap, Rt)
MISSING = "missing"


@dataclass(frozen=True)
class Sheet:
    """One filled or empty form; `record` is "" while nobody began it, `problems` counts what nobody explained.

    `standing` is also what the review says of it. `name` and `facts` are what tells it from others: a kawasan its
    decree, a period its rules.
    """

    form: str
    title: str
    record: str
    standing: str
    problems: int = 0
    empty: int = 0
    name: str = ""
    facts: tuple[str, ...] = ()


def of_rt(workspace: Workspace, region: str, rt: str, period: str) -> list[Sheet]:
    """Return the area survey, the recap and the record of an RT itself, those not begun among them."""
    with workspace.asking() as connection:
        surroundings = Surroundings(connection)
        return [surroundings.sheet_of_rt(form, region, rt, period) for form in OF_AN_RT]


def kawasan(workspace: Workspace, area: str) -> list[Sheet]:
    """Return the slum areas recorded in an area, by name."""
    with workspace.asking() as connection:
        known = {each.record.id: each.decrees for each in decreed.kawasan(connection, area)}
        found = list(views.found(connection, Kawasan, views.Where(area=area)))
        sheets = [Surroundings(connection).sheet(record, _kawasan_name(record, known[record.id])) for record in found]
    return sorted(sheets, key=lambda sheet: sheet.name)


def periods(workspace: Workspace) -> list[Sheet]:
    """Return the periods recorded, the newest first."""
    with workspace.asking() as connection:
        found = list(views.found(connection, Period))
        sheets = [Surroundings(connection).sheet(record, (views.period_key(record), _of_period(record)))
                  for record in found]
    return sorted(sheets, key=lambda sheet: sheet.name, reverse=True)


def _kawasan_name(record: Record, decrees: Decrees) -> tuple[str, tuple[str, ...]]:
    """Return the name with number, hectares and RTs of the newest decree."""
    ha = decrees.decreed
    hectares = "" if ha is None else plain_decimal(Decimal(ha.numerator) / ha.denominator)
    return record.show(Kawasan.name), (decrees.newest.number, hectares, str(len(decrees.rts)))


def _of_period(record: Record) -> tuple[str, ...]:
    return record.show(Period.kind), record.show(Period.rules), record.show(Period.method)


class Surroundings:
    """What is known about records from outside them: drafts and open conflicts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._drafts = drafts.waiting(connection)
        self._disputed = listing.disputed(connection)

    def sheet_of_rt(self, form: type[Form], region: str, rt: str, period: str) -> Sheet:
        """Return the one record of this form for an RT, its draft, or an empty sheet."""
        where = views.Where(area=region, rt=rt, period=period if form.per_period else None)
        record = next(views.found(self._connection, form, where), None)
        if record is not None:
            return self.sheet(record, ("", ()))
        address = {"region": region, "rt": rt} | ({"period": period} if form.per_period else {})
        begun = next((each.id for each in self._drafts if each.form == form.key and _agrees(each, address)), "")
        return Sheet(form.key, form.title, begun, DRAFT if begun else MISSING)

    def sheet(self, record: Record, named: tuple[str, tuple[str, ...]]) -> Sheet:
        """Return a saved record as a sheet."""
        found = list(record.problems())
        empty = sum(record.answers.get(each.question) is None for each in found)
        wrong = sum(not each.note for each in found) - empty
        if (record.form.key, record.id) in self._disputed:
            standing = CONFLICT
        elif any(each.id == record.id for each in self._drafts):
            standing = DRAFT
        else:
            filled = PROBLEM if wrong else INCOMPLETE if empty else COMPLETE
            standing = listing.reviewed(self._connection, record.form.key, [record.id]).get(record.id, filled)
        return Sheet(record.form.key, record.form.title, record.id, standing, wrong, empty, *named)


def _agrees(draft: drafts.Draft, address: dict[str, str]) -> bool:
    return all(draft.answers.get(key) == value for key, value in address.items())


