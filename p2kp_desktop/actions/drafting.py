"""Taking up a record for keying, keeping what is typed as a draft, and saving it with the draft gone.

A draft has the id of its record. Saving and dropping the draft are one transaction: after a power cut there
is either the draft or the saved record, never neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from p2kp_desktop import environment
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import ALIVE, Answer, Form, Record, new_id
from p2kp_desktop.schema.causality import Version, shown
from p2kp_desktop.schema.conditions import DEFAULT_RULES
from p2kp_desktop.store import Connection, Workspace, drafts, records, views
from p2kp_desktop.store.drafts import Draft
from p2kp_desktop.store.facts import facts

from . import conflicts
from .conflicts import Side
from .editing import editing
from .keying import Keying
from .recording import TYPED, Recorded, record_within

__all__ = ["Draft", "Opened", "Place", "Saved", "drop", "keep", "open_draft", "open_record", "save", "waiting"]


@dataclass(frozen=True)
class Place:
    """Where a new record stands: a kelurahan by its code ("" where there is none), an RT or none, a period."""

    region: str
    rt: str | None
    period: str


@dataclass(frozen=True)
class Saved:
    """Who saved a record last, and when by their clock."""

    person: str
    time: str


@dataclass(frozen=True)
class Opened:
    """A record taken up for keying.

    `question` is where the draft was left, `drafted` when it was kept last; `number` is the household's place
    in its RT, from 1, and `count` how many are saved there; `disputed` holds the sides of answers in conflict.
    """

    keying: Keying
    question: str = ""
    drafted: str = ""
    saved: Saved | None = None
    number: int = 0
    count: int = 0
    disputed: Mapping[str, tuple[Side, ...]] = field(default_factory=dict)


def waiting(workspace: Workspace) -> list[Draft]:
    """Return the drafts, the last one touched first."""
    with workspace.asking() as connection:
        return drafts.waiting(connection)


def keep(workspace: Workspace, form: type[Form], record: str, answers: Mapping[str, Answer], question: str) -> str:
    """Put what is typed on disk in place of the record's earlier draft; return the time by the device's clock."""
    time = environment.now()
    with workspace.changing() as connection:
        drafts.keep(connection, Draft(record, form.key, answers, question, facts(connection).person, time))
    return time


def drop(workspace: Workspace, record: str) -> None:
    """Throw the draft of a record away; nothing happens where there is none."""
    with workspace.changing() as connection:
        drafts.drop(connection, record)


def save(workspace: Workspace, form: type[Form], record: str, given: Mapping[str, Answer], *, is_new: bool) -> Recorded:
    """Save answers and drop the draft, both or neither; on disk when it returns. Raises Refused and Trouble."""
    with editing(workspace) as edits:
        named = form.natural_id(dict(given) | form.complete(given)) if is_new else None
        if named not in (None, record) and edits.version(form.key, str(named)).values().get(ALIVE):
            raise Trouble(
                f"{form.title} ini sudah tercatat.", safe="Data Anda aman: drafnya tersimpan.",
                remedy="Buka catatan yang sudah ada dan ubah di sana.", code="F02",
            )
        recorded = record_within(edits, form, {"id": record, **given}, origin=TYPED)
        drafts.drop(edits.connection, record)
    return recorded


def open_draft(workspace: Workspace, record: str = "") -> Opened | None:
    """Take up a draft where it was left, the one touched last unless a record is named; None without any."""
    found = next((draft for draft in waiting(workspace) if record in ("", draft.id)), None)
    return _open(workspace, form_named(found.form), found.id, {}, found) if found else None


def open_record(workspace: Workspace, form: type[Form], place: Place, record: str = "") -> Opened:
    """Take up a record with its draft, if it has one; without a record begin one at `place`.

    Where the place alone tells which record it is (an RT's survey), the one that stands there is taken up.
    Raises Trouble for a record that is not here.
    """
    address = {"region": place.region or None, "rt": place.rt, "period": place.period}
    wanted = [key for key, needed in (("region", form.place), ("rt", form.place == "rt"), ("period", form.per_period))
              if needed]
    answers = {key: address[key] for key in wanted if address[key] is not None}
    known = {**form.complete(answers), **answers}
    natural = form.natural_id(known) if all(known.get(key) for key in form.natural) else None
    ident = record or natural or new_id()
    draft = next((draft for draft in waiting(workspace) if draft.id == ident), None)
    opened = _open(workspace, form, ident, known, draft)
    if record and not draft and opened.keying.is_new:
        raise Trouble("Catatan ini tidak ada lagi.", remedy="Kembali ke daftar, lalu pilih yang lain.", code="F01")
    return opened


def _open(
    workspace: Workspace, form: type[Form], record: str, begin: Mapping[str, Answer], draft: Draft | None
) -> Opened:
    with workspace.asking() as connection:
        version = records.read(connection, form.key, [record]).get(record, Version(form.key, record))
        is_new = not version.values().get(ALIVE)
        answers = begin if is_new else {key: value for key, value in version.values().items() if value is not None}
        period = (draft.answers if draft and is_new else answers).get("period")
        rules = views.rule_sets(connection).get(str(period), DEFAULT_RULES)
        its_record = Record(form, record, {} if draft and is_new else answers, rules)
        keying = Keying(its_record, is_new=is_new)
        if draft:
            keying = Keying.from_draft(its_record, draft.answers, is_new=is_new)
        number, count = _numbered(connection, keying.record) if form is Household else (0, 0)
    disputed = _disputed(workspace, record) if version.conflicts() else {}
    saved = None if is_new else _saved(version)
    return Opened(
        keying, draft.question if draft else "", draft.time if draft else "", saved, number, count, disputed
    )


def _saved(version: Version) -> Saved:
    """Return the save that touched the record last: every save rewrites `alive`."""
    siblings = version.answers[ALIVE]
    alive = shown(ALIVE, siblings)
    save = max((sibling.save for sibling in siblings if sibling.value == alive), key=lambda save: save.dot.tick)
    return Saved(save.person, save.time)


def _numbered(connection: Connection, record: Record) -> tuple[int, int]:
    """Return the place of a household among those of its RT in the order they were made, and how many there are."""
    region, rt, period = (record.answers.get(key) for key in ("region", "rt", "period"))
    if region is None or rt is None:
        return 0, 0
    where = views.Where(area=str(region), rt=str(rt), period=str(period))
    ids = [found.id for found in views.found(connection, Household, where)]
    return (ids.index(record.id) + 1 if record.id in ids else len(ids) + 1), len(ids)


def _disputed(workspace: Workspace, record: str) -> dict[str, tuple[Side, ...]]:
    return {one.question: one.sides for one in conflicts.open_conflicts(workspace) if one.id == record}
