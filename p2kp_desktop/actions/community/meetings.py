"""Pertemuan: the meetings of an area, one of them with all that hangs on it, and what was decided but not done.

A meeting of a kelurahan is in sight there and above; one that belongs to no kelurahan is in sight everywhere. It is
about the record it hangs on, those it is linked to, and those named in «Terkait dengan».

A link is kept by the id of the record, so that it holds when that one gets another number, and so that two offices
that link a meeting to different records do not contradict each other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from p2kp_desktop import environment
from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.recording.named_acts import acting
from p2kp_desktop.actions.recording.recording import TYPED, record_within, refuse_locked
from p2kp_desktop.actions.recording.saves import Edits
from p2kp_desktop.forms import BY_KEY, FORMS, listed_in
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.meeting import ABOUT, Attendance, Attendee, Decision, Meeting, Talk, Task
from p2kp_desktop.forms.places import MEETINGS
from p2kp_desktop.language import say
from p2kp_desktop.schema import Answer, Choice, Form, Record
from p2kp_desktop.schema.places import concerns, region_name
from p2kp_desktop.store import Connection, Workspace, records, views
from p2kp_desktop.store.views import Where

from .agreements import text, whole_number
from .decided import Followed, followed
from .turnout import ORDER, Turnout, head_of, of_meeting

_SPOKEN_OF = tuple(form for form in FORMS if form.spoken_of)  # what a meeting may be about
_ORDER = {form.key: place for place, form in enumerate(_SPOKEN_OF)}
_SHORTEST = 3  # letters of a name that is looked for in a text
SEPARATOR = "; "


@dataclass(frozen=True)
class Linked:
    """A record that a meeting is about: what it is called, where it stands, what it is."""

    form: str
    id: str
    name: str
    region: str
    spoken: frozenset[str] = frozenset()  # the names by which a text may mean it

    @property
    def words(self) -> str:
        """Return the kind of record, its name, and its kelurahan."""
        where = region_name(self.region) if self.region else ""
        title = say(record_names.form_of(self.form).title)
        return " · ".join(dict.fromkeys(part for part in (title, self.name, where) if part))


def links(connection: Connection, meeting: Record) -> tuple[Linked, ...]:
    """Return the records that a meeting is about, the one it hangs on first."""
    found: dict[str, Linked] = {}
    parent = str(meeting.answers.get("parent") or "")
    above = {parent: records.form_of(connection, parent)} if parent else {}
    for record_id, form in (above | linked_ids(meeting)).items():
        if form in BY_KEY:
            found |= {each.id: _linked(each)
                      for each in views.found(connection, form_named(str(form)), Where(id=record_id))}
    about = str(meeting.answers.get("about") or "")
    if about:
        for each, names in _candidates(connection, _area(meeting)):
            if each.id not in found and any(_names(about, name) for name in names):
                found[each.id] = _linked(each)
    return tuple(sorted(found.values(), key=lambda each: (each.id != parent, _ORDER.get(each.form, len(_ORDER)))))


def linkable(workspace: Workspace, meeting: str) -> list[Linked]:
    """Return the records that a meeting can still be linked to, in the order of the forms and by name."""
    with workspace.asking() as connection:
        its_record = next(views.found(connection, Meeting, Where(id=meeting)), None)
        if its_record is None:
            return []
        linked = {each.id for each in links(connection, its_record)}
        found = [_linked(each) for each, _names in _candidates(connection, _area(its_record)) if each.id not in linked]
    return sorted(found, key=lambda each: (_ORDER[each.form], each.name))


def linked_ids(meeting: Record) -> dict[str, str]:
    """Return the records that a meeting was linked to, by id, with the keys of their forms."""
    return {key.removeprefix(ABOUT): str(form) for key, form in meeting.answers.items()
            if key.startswith(ABOUT) and form}


def link(workspace: Workspace, meeting: str, other: Linked) -> None:
    """Link a meeting to a record. Raises Refused for a verified meeting."""
    with acting(workspace, say("Pertemuan ditautkan")) as edits:
        _mark(edits, meeting, other, other.form)


def unlink(workspace: Workspace, meeting: str, other: Linked) -> None:
    """Take a link back, and the name of the record out of the words where it stands by itself. Raises Refused."""
    with acting(workspace, say("Tautan pertemuan dilepas")) as edits:
        about = str(edits.version(Meeting.key, meeting).values().get("about") or "")
        left = SEPARATOR.join(part for part in about.split(SEPARATOR) if part not in {other.name, *other.spoken})
        record_within(edits, Meeting, {"id": meeting, "about": left}, origin=TYPED)
        _mark(edits, meeting, other, None)


def _mark(edits: Edits, meeting: str, other: Linked, form: str | None) -> None:
    refuse_locked(edits.version(Meeting.key, meeting), "")
    edits.save(Meeting.key, meeting, {f"{ABOUT}{other.id}": form}, origin=TYPED)


def _area(meeting: Record) -> str | None:
    return str(meeting.answers.get("region") or "") or None


def _candidates(connection: Connection, area: str | None) -> Iterator[tuple[Record, list[str]]]:
    """Yield what a meeting of an area may be about, with the names it goes by."""
    for form in _SPOKEN_OF:
        for each in views.found(connection, form, Where(area=area)):
            yield each, [*_spoken(each)]


def _spoken(record_: Record) -> Iterator[str]:
    """Yield the names by which a text may mean a record."""
    for key in record_.form.spoken_of:
        value, question = record_.answers.get(key), record_.form.question(key)
        if value is not None and question is not None:
            yield say(question.show(value)) if isinstance(question, Choice) else str(value)


def _names(about: str, name: str) -> bool:
    pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
    return len(name) >= _SHORTEST and re.search(pattern, about, re.IGNORECASE) is not None


def _linked(record_: Record) -> Linked:
    name, region = record_.form.called(record_.answers, say), str(record_.answers.get("region") or "")
    return Linked(record_.form.key, record_.id, name, region, frozenset(_spoken(record_)))


OPEN, DONE, DROPPED = "terbuka", "selesai", "batal"
CLOSED = (DONE, DROPPED)
TOUCHING = frozenset(form.key for form in listed_in(MEETINGS))


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in the list; `date` is ISO, "" where none is said. `late` counts open decisions past their day."""

    id: str
    name: str
    kind: str
    level: str
    date: str
    location: str
    area: str
    region: str
    period: str
    came: Turnout
    decisions: int
    open: int
    late: int


def lines(workspace: Workspace, area: str) -> list[MeetingLine]:
    """Return the meetings that are in sight of an area, the newest first."""
    today = environment.now()[:10]
    with workspace.asking() as connection:
        came = _heads(connection)
        decided = _decided(connection)
        found = [_line(each, came, decided, today) for each in views.counted(connection, Meeting) if _seen(each, area)]
    return sorted(found, key=lambda line: (line.date, line.period, line.id), reverse=True)


def _seen(record: Record, area: str) -> bool:
    return not area or concerns(text(record, "region"), area)


def _line(
    record: Record, came: dict[str, Turnout], decided: dict[str, list[tuple[str, str]]], today: str
) -> MeetingLine:
    made = decided.get(record.id, [])
    waiting = [due for state, due in made if state not in CLOSED]
    name, kind, level, date = (text(record, key) for key in ("name", "kind", "level", "date"))
    location, area, region, period = (text(record, key) for key in ("location", "area", "region", "period"))
    late = sum(bool(due) and due < today for due in waiting)
    return MeetingLine(
        record.id, name, kind, level, date, location, area, region, period,
        of_meeting(record, came.get(record.id, Turnout())), len(made), len(waiting), late,
    )


_COUNTED = ("men", "women", "mbr", "attended", "invited")


def _heads(connection: Connection) -> dict[str, Turnout]:
    """Return who came to each meeting by its id."""
    found: dict[str, Turnout] = {}
    for row in views.picked(connection, Attendance, ("parent", *_COUNTED)):
        men, women, mbr, attended, invited = (row[key] if isinstance(row[key], int) else 0 for key in _COUNTED)
        head = Turnout(men, women, mbr).of(attended, invited)
        found[row["parent"]] = found.get(row["parent"], Turnout()) + head
    return found


def _decided(connection: Connection) -> dict[str, list[tuple[str, str]]]:
    """Return state and due date of the decisions of each meeting by its id."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in views.picked(connection, Decision, ("parent", "done", "due")):
        found.setdefault(row["parent"], []).append((str(row["done"] or ""), str(row["due"] or "")))
    return found


@dataclass(frozen=True)
class MeetingTotals:
    """What the meetings of a list amount to."""

    meetings: int
    came: Turnout
    decisions: int
    open: int
    late: int


def totals(found: Sequence[MeetingLine]) -> MeetingTotals:
    """Return the sums of a list."""
    return MeetingTotals(
        len(found), sum((line.came for line in found), Turnout()), *(
            sum(getattr(line, key) for line in found) for key in ("decisions", "open", "late")
        ),
    )


@dataclass(frozen=True)
class WholeMeeting:
    """One meeting with all that hangs on it, each kind in its order, and what it is linked to."""

    record: Record
    talks: tuple[Record, ...] = ()
    decisions: tuple[Record, ...] = ()
    attendance: tuple[Record, ...] = ()
    attendees: tuple[Record, ...] = ()
    links: tuple[Linked, ...] = ()
    tasks: tuple[Record, ...] = ()
    followed: Mapping[str, tuple[Followed, ...]] = field(default_factory=dict)  # by decision what became of it

    @property
    def came(self) -> Turnout:
        """Return how many came, of all elements."""
        return of_meeting(self.record, sum((head_of(each) for each in self.attendance), Turnout()))

    @property
    def open(self) -> tuple[Record, ...]:
        """Return the decisions that are not done, then the tasks."""
        return tuple(each for each in (*self.decisions, *self.tasks) if is_open(each))

    def tasks_of(self, decision: str) -> tuple[Record, ...]:
        """Return the tasks that carry out a decision, those of none for ""."""
        known = {each.id for each in self.decisions}
        return tuple(each for each in self.tasks if (text(each, "decision") if text(each, "decision") in known else "")
                     == decision)


def whole(workspace: Workspace, meeting: str) -> WholeMeeting | None:
    """Return a meeting with all that hangs on it; None where it is not there (any more)."""
    with workspace.asking() as connection:
        record = next(views.found(connection, Meeting, Where(id=meeting)), None)
        if record is None:
            return None

        def below(form: type[Form]) -> Iterable[Record]:
            return views.found(connection, form, Where(parent=meeting))

        decisions = tuple(sorted(below(Decision), key=_decision_order))
        return WholeMeeting(
            record,
            tuple(sorted(below(Talk), key=lambda each: (whole_number(each, "order"), each.id))),
            decisions,
            tuple(sorted(below(Attendance), key=_element_order)),
            tuple(sorted(below(Attendee), key=lambda each: (text(each, "name").casefold(), each.id))),
            links(connection, record),
            tuple(sorted(below(Task), key=_decision_order)),
            followed(connection, decisions),
        )


def _decision_order(decision: Record) -> tuple[bool, str, str]:
    """Open ones first, the one due first before the others, those without a day last."""
    return not is_open(decision), text(decision, "due") or "9", decision.id


def _element_order(attendance: Record) -> tuple[int, str, str]:
    element = text(attendance, "element")
    return ORDER.get(element, len(ORDER)), text(attendance, "institution").casefold(), attendance.id


def is_open(decision: Record) -> bool:
    """Say whether a decision still waits to be carried out."""
    return text(decision, "done") not in CLOSED


def is_late(decision: Record, today: str = "") -> bool:
    """Say whether an open decision is past its day."""
    due = text(decision, "due")
    return is_open(decision) and bool(due) and due < (today or environment.now()[:10])


@dataclass(frozen=True)
class OpenDecision:
    """An open decision, or a task by one, and the meeting that made it; `region` is "" where it is of no kelurahan.

    `name` and `date` are those of the meeting.
    """

    decision: str
    meeting: str
    text: str
    responsible: str
    due: str
    region: str
    late: bool
    name: str
    date: str
    form: str = Decision.key


def open_decisions(workspace: Workspace, area: str) -> list[OpenDecision]:
    """Return the decisions of meetings in sight of an area that nobody has done, the one due first at the front."""
    with workspace.asking() as connection:
        return open_within(connection, area)


_OF_MEETING = ("region", "name", "date")


def open_within(connection: Connection, area: str) -> list[OpenDecision]:
    """Return the open decisions within a question; see `open_decisions`."""
    today = environment.now()[:10]
    kept = {row["id"]: tuple(str(row[key] or "") for key in _OF_MEETING)
            for row in views.picked(connection, Meeting, _OF_MEETING)}
    found = []
    for form, who in ((Decision, "responsible"), (Task, "institution")):
        for each in views.picked(connection, form, ("parent", "text", who, "due", "done")):
            if each["parent"] not in kept or each["done"] in CLOSED:
                continue
            (region, name, date), due = kept[each["parent"]], str(each["due"] or "")
            if area and not concerns(region, area):
                continue
            said, responsible = (str(each[key] or "") for key in ("text", who))
            late = bool(due) and due < today
            found.append(
                OpenDecision(each["id"], each["parent"], said, responsible, due, region, late, name, date, form.key))
    return sorted(found, key=lambda each: (each.due or "9", each.decision))


def mark(
    workspace: Workspace, decision: str, *, done: bool, form: type[Form] = Decision, reason: str = ""
) -> None:
    """Say that a decision, or a task, was carried out today, or that it was not after all; one act.

    Raises Refused for a verified record without a reason.
    """
    now = environment.now()[:10]
    said: dict[str, Answer] = {"done": DONE, "done_date": now} if done else {"done": OPEN, "done_date": None}
    name = say("{what} selesai", what=say(form.title)) if done else say("{what} dibuka lagi", what=say(form.title))
    with acting(workspace, name) as edits:
        record_within(edits, form, {"id": decision, **said}, origin=TYPED, reason=reason)
