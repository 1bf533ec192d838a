"""What a meeting is about: the record it hangs on, those it is linked to, and those named in «Terkait dengan».

A link is kept by the id of the record, so that it holds when that one gets another number, and so that two offices
that link a meeting to different records do not contradict each other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.recording.named_acts import acting
from p2kp_desktop.actions.recording.recording import TYPED, record_within, refuse_locked
from p2kp_desktop.actions.recording.saves import Edits
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.meeting import ABOUT, Meeting
from p2kp_desktop.language import say
from p2kp_desktop.schema import Choice, Record
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.store import Connection, Workspace, records, views
from p2kp_desktop.store.views import Where

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
    """Return what a meeting is about, the record it hangs on first."""
    found: dict[str, Linked] = {}
    parent = str(meeting.answers.get("parent") or "")
    above = {parent: records.form_of(connection, parent)} if parent else {}
    for record_id, form in (above | linked_ids(meeting)).items():
        if form in record_names.KNOWN:
            found |= {each.id: _linked(each)
                      for each in views.found(connection, form_named(str(form)), Where(id=record_id))}
    about = str(meeting.answers.get("about") or "")
    if about:
        for each, names in _candidates(connection, _area(meeting)):
            if each.id not in found and any(_names(about, name) for name in names):
                found[each.id] = _linked(each)
    return tuple(sorted(found.values(), key=lambda each: (each.id != parent, _ORDER.get(each.form, len(_ORDER)))))


def linkable(workspace: Workspace, meeting: str) -> list[Linked]:
    """Return what a meeting can still be linked to, in the order of the forms and by name."""
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
