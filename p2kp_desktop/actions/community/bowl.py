"""The records of the community bowl: listed by form with the day, the name and what tells one from another."""

from collections.abc import Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording.binder import Sheet, Surroundings
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms import listed_in
from p2kp_desktop.forms.meeting import Meeting
from p2kp_desktop.forms.places import BOWL
from p2kp_desktop.forms.readiness_rule import ReadinessRule
from p2kp_desktop.language import say
from p2kp_desktop.rules import bowl
from p2kp_desktop.schema import Choice, Date, Form, Record, new_id
from p2kp_desktop.schema.places import concerns, region, region_name
from p2kp_desktop.store import Connection, Workspace, drafts, listing, views
from p2kp_desktop.store.standing import DRAFT

OF_INSTITUTIONS = tuple(form.key for form in listed_in(BOWL) if form is not ReadinessRule)
EVERYTHING, RULES = "all", "rules"  # beside the parts: every form of the institutions, and the rules themselves


@dataclass(frozen=True)
class BowlRecord:
    """One record of a list: how it stands, its day (ISO, "" without one), its kelurahan ("" for none)."""

    sheet: Sheet
    day: str
    region: str
    period: str
    brief: tuple[str, ...] = ()  # the facts of the sheet without the words of the questions
    begun: bool = False  # a draft that was never saved

    @property
    def told(self) -> str:
        """Return the facts that tell this record from others, with the words of the questions."""
        return " · ".join(self.sheet.facts)


def forms_of(part: str) -> tuple[str, ...]:
    """Return the keys of the forms whose records bear a part out; of EVERYTHING and RULES too."""
    if part == EVERYTHING:
        return OF_INSTITUTIONS
    if part == RULES:
        return (ReadinessRule.key,)
    return next((rule.forms for rule in bowl.suggested() if rule.key == part), ())


def part_of(form: str) -> str:
    """Return the part of the bowl that lists a form first, EVERYTHING where none does."""
    if form == ReadinessRule.key:
        return RULES
    return next((rule.key for rule in bowl.suggested() if form in rule.forms), EVERYTHING)


def counts(workspace: Workspace, forms: Sequence[str], area: str) -> dict[str, int]:
    """Return how many records of each form an area has; those of its city and of no place too."""
    with workspace.asking() as connection:
        return {key: len(_found(connection, form_named(key), area)) for key in forms}


def kept(workspace: Workspace, form: str, area: str) -> list[BowlRecord]:
    """Return the records of a form in an area, of every period, the latest day first."""
    with workspace.asking() as connection:
        surroundings = Surroundings(connection)
        saved = _found(connection, form_named(form), area)
        lines = [_kept(surroundings, each) for each in saved]
        lines += _begun(connection, form_named(form), area, {each.id for each in saved})
    return sorted(lines, key=lambda line: (line.day or line.period, line.sheet.name), reverse=True)


def _found(connection: Connection, form: type[Form], area: str) -> list[Record]:
    found = views.found(connection, form, views.Where(area=area))
    return [each for each in found if form is not Meeting or each.understood(Meeting.kind) == "forum"]


def _begun(connection: Connection, form: type[Form], area: str, saved: set[str]) -> list[BowlRecord]:
    """Return the records of a form that were begun in an area and never saved."""
    made = []
    for draft in drafts.waiting(connection):
        where = str(draft.answers.get("region") or "")
        fresh = draft.id not in saved and not listing.is_saved(connection, form.key, draft.id)
        if draft.form == form.key and fresh and concerns(where, area):
            sheet = Sheet(form.key, form.title, draft.id, DRAFT, name=form.called(draft.answers, say))
            made.append(BowlRecord(sheet, "", where, str(draft.answers.get("period") or ""), begun=True))
    return made


def _kept(surroundings: Surroundings, record: Record) -> BowlRecord:
    keys = [key for key in record.form.told_by if record.answers.get(key) is not None]
    named = (record.form.called(record.answers, say), tuple(_told(record, key) for key in keys))
    first = next((each for each in record.form.questions if isinstance(each, Date)), None)
    day = str(record.understood(first) or "") if first is not None else ""
    where, period = (str(record.answers.get(key) or "") for key in ("region", "period"))
    brief = tuple(_shown(record, key) for key in keys)
    return BowlRecord(surroundings.sheet(record, named), day, where, period, brief)


def _shown(record: Record, key: str) -> str:
    question = record.form.question(key)
    if question is None:
        return ""
    shown = record.show(question)
    if isinstance(question, Choice):
        return say(shown)
    return f"{shown} {say(question.unit)}" if question.unit else shown


def _told(record: Record, key: str) -> str:
    question = record.form.question(key)
    shown = _shown(record, key)
    return shown if question is None or key == "active" else f"{say(question.label)}: {shown}"


def begin(workspace: Workspace, form: str, area: str, period: str) -> str:
    """Return the draft of a new record that has to say more than where it stands, "" where an empty form will do.

    A meeting of the forum belongs to its kelurahan by what it says, for meetings as such stand nowhere.
    """
    if form != Meeting.key or not region(area).is_village:
        return ""
    record = new_id()
    answers = {"kind": "forum", "level": "kelurahan", "area": region_name(area), "region": area, "period": period}
    keyed_drafts.keep(workspace, Meeting, record, answers, Meeting.name.key)
    return record


