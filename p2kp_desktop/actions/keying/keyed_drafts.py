"""Taking up a record for keying, keeping what is typed as a draft, and saving it with the draft gone.

A draft has the id of its record, and is of whoever typed it. Saving and dropping the draft are one transaction: after a
power cut there is either the draft or the saved record, never neither.
"""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from p2kp_desktop import environment
from p2kp_desktop.actions.recording import conflicts, doubles, named_acts, recording
from p2kp_desktop.actions.recording.conflicts import Alternative, Decision, Side, settle_within
from p2kp_desktop.actions.recording.record_places import site_of
from p2kp_desktop.actions.recording.recording import TYPED, Recorded, keep_within
from p2kp_desktop.actions.recording.saves import Edits, editing
from p2kp_desktop.actions.residents import line_ends
from p2kp_desktop.actions.review import comments, review_state
from p2kp_desktop.actions.review.review_state import Review
from p2kp_desktop.actions.review.reviewable import ReviewSubject
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import ALIVE, Answer, Form, Record, new_id, roles
from p2kp_desktop.schema.causality import Sibling, Version, shown
from p2kp_desktop.schema.conditions import DEFAULT_RULES
from p2kp_desktop.schema.review import SEEN
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Connection, Workspace, drafts, listing, node, records, rights, transfers
from p2kp_desktop.store.drafts import Draft
from p2kp_desktop.store.facts import facts

from . import addresses, period_before
from . import asides as beside
from .asides import Beside
from .conflict_choices import PICK, Choices
from .record_keying import BEGAN, Keying, is_of_saved

__all__ = [
    "Draft", "Filled", "Opened", "Place", "Saved", "drop", "keep", "move_records", "move_rt", "open_draft",
    "open_record", "save", "save_filled", "waiting",
]


_NOTHING, _UNREVIEWED = Beside(), Review()
_SOMETHING_ELSE = ""  # no answer is an empty text: it differs from all that a record can answer


@dataclass(frozen=True)
class Place:
    """Where a new record stands: a region of any level by its code or "", an RT or none, a period, a parent or ""."""

    region: str
    rt: str | None
    period: str
    parent: str = ""

    def site(self, form: type[Form]) -> str | None:
        """Return where a record of this form stands, None where the region is too wide to tell."""
        return site_of(form, self.region)


@dataclass(frozen=True)
class Saved:
    """Who saved a record last, and when by their clock."""

    person: str
    time: str


@dataclass(frozen=True)
class Opened:
    """A record taken up for keying, and as it stands since.

    `question` is where the draft was left, `drafted` when it was kept last; `number` is the household's place
    in its RT, from 1 (0 without an RT), and `count` how many are saved there.
    """

    keying: Keying
    question: str = ""
    drafted: str = ""
    saved: Saved | None = None
    number: int = 0
    count: int = 0
    rt: str = ""  # the RT in which it was counted
    line: str = ""  # of the list of residents, from which it was begun
    review: Review = _UNREVIEWED
    beside: Beside = _NOTHING
    typists: tuple[str, ...] = ()  # who else has a draft of it that is not saved
    may_type: bool = True  # whether whoever works here may change it
    may_verify: bool = True  # whether they may verify it, where this office reviews

    @property
    def disputed(self) -> dict[str, tuple[Side, ...]]:
        """Return the sides of every answer in conflict."""
        disputed = self.keying.choices.disputed
        return {key: tuple(side for each in found for side in each.sides) for key, found in disputed.items()}

    def numbered(self) -> tuple[int, int]:
        """Return number and count in the RT that the record names now; 0 without one."""
        rt = str(self.keying.record.answers.get("rt") or "")
        if rt == self.rt:
            return self.number, self.count
        count = self.keying.address.households(self.keying.record.answers)
        return (count + 1, count) if rt else (0, 0)

    def typed(self, keying: Keying) -> "Opened":
        """Return it with the record typed on."""
        return replace(self, keying=keying)

    def following(self) -> "Opened":
        """Return the next one of the stack, once this one is saved."""
        count = max(self.numbered())  # with this one, though it was saved before somebody goes on
        keying = self.keying.next_one()
        keying = replace(keying, address=keying.address.with_households(keying.record.answers, count))
        rt, review = str(keying.record.answers.get("rt") or ""), Review(self.review.role, self.review.applies)
        return Opened(keying, number=count + 1, count=count, rt=rt, review=review)


def waiting(workspace: Workspace) -> list[Draft]:
    """Return the draft of each record that has any, the last one touched first."""
    with workspace.asking() as connection:
        return drafts.waiting(connection)


def keep(workspace: Workspace, form: type[Form], record: str, answers: Mapping[str, Answer], question: str) -> str:
    """Put what is typed on disk in place of one's earlier draft; return the time by the device's clock."""
    time = environment.now()
    with workspace.changing() as connection:
        rights.must(connection, Deed.CHANGE)
        drafts.keep(connection, Draft(record, form.key, answers, question, facts(connection).person, time))
    return time


def drop(workspace: Workspace, record: str) -> None:
    """Throw one's draft of a record away, until Ctrl+Z; nothing happens where there is none."""
    named_acts.discard(workspace, record)


def move_rt(connection: Connection, region: str, here: str, there: str, period: str = "") -> None:
    """Give every draft in an RT its new name, so that saving one brings none back; with a period only those of it."""
    for draft in drafts.all_of_them(connection):
        answers = draft.answers
        if (answers.get("region"), answers.get("rt")) == (region, here) and period in ("", answers.get("period")):
            drafts.keep(connection, replace(draft, answers={**answers, "rt": there}))


def move_records(connection: Connection, ids: Collection[str], there: str) -> None:
    """Give the drafts of these records another RT, where they say one."""
    for draft in drafts.all_of_them(connection):
        if draft.id in ids and draft.answers.get("rt"):
            drafts.keep(connection, replace(draft, answers={**draft.answers, "rt": there}))


@dataclass(frozen=True)
class Filled:
    """What a record is saved with: answers, decisions on conflicts as (value, reason, values in conflict), what stays.

    `left` is what stays as a draft, `question` where it was left: answers chosen in a conflict without a reason.
    `apart` says of other households why they are not this one; `notes` are the first comments on questions.
    `began` is what a saved record answered when its author began to change it, None for one that is new.
    """

    given: Mapping[str, Answer]
    decided: Mapping[str, tuple[Answer, str, Collection[Answer]]] = field(default_factory=dict)
    left: Mapping[str, Answer] = field(default_factory=dict)
    question: str = ""
    apart: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    began: Mapping[str, Answer] | None = None

    @classmethod
    def of(cls, keying: Keying, question: str, goes_along: Beside = _NOTHING) -> "Filled":
        """Return the answers, decisions and notes that a record under the hands is saved with."""
        choices, remarks = keying.choices, replace(goes_along.saved(), reason="")
        left = choices.draft(only_open=True) | remarks.draft()
        began = None if keying.is_new else keying.began
        decided = {key: (value, why, choices.values(key)) for key, (value, why) in choices.decided().items()}
        return cls(keying.given(), decided, left, question, goes_along.apart, goes_along.notes, began)


def save(
    workspace: Workspace, form: type[Form], record: str, given: Mapping[str, Answer], *, is_new: bool, reason: str = ""
) -> Recorded:
    """Save answers and drop the draft, both or neither; on disk when it returns. Raises Refused and Trouble.

    A verified record is changed only with a reason.
    """
    return save_filled(workspace, form, record, Filled(given), is_new=is_new, reason=reason)


def save_filled(
    workspace: Workspace, form: type[Form], record: str, filled: Filled, *, is_new: bool, reason: str = ""
) -> Recorded:
    """Save answers, settle what is decided, and drop the draft, all or nothing; raise as `save` does.

    No conflict is settled by the way: an answer given to a question in conflict, as may have come in meanwhile,
    stays in the draft as one more answer to choose from. Nor is anything replaced that its author never saw: an answer
    that somebody else changed since this one was opened becomes a conflict of both.
    """
    with editing(workspace) as edits:
        _refuse_second(edits, form, record, filled.given, is_new=is_new)
        for key, decision in filled.decided.items():
            settle_within(edits, Decision(form.key, record, key, *decision))
        disputed = edits.version(form.key, record).conflicts()
        given = {key: value for key, value in filled.given.items() if key not in disputed}
        began = {} if is_new and edits.version(form.key, record).values().get(ALIVE) else filled.began
        recorded = keep_within(edits, form, {"id": record, **given}, origin=TYPED, reason=reason, began=began)
        if form is Household:
            _beside_itself(edits, record, filled)
        for about, text in filled.notes.items():
            comments.note(edits, ReviewSubject(form, edits.version(form.key, record)), about, text)
        _drop_saved(edits, form, record)
        left = {**filled.left, **{f"{PICK}{key}": v for key, v in filled.given.items() if key in disputed}}
        if left:
            kept = Draft(record, form.key, left, filled.question, edits.facts.person, environment.now())
            drafts.keep(edits.connection, kept)
    return recorded


def _drop_saved(edits: Edits, form: type[Form], record: str) -> None:
    """Drop one's draft of a record that is saved now, and those of others that say nothing else than it does."""
    values = edits.version(form.key, record).values()
    for draft in drafts.of_record(edits.connection, record):
        said = {key: value for key, value in draft.answers.items() if not key.startswith(BEGAN)}
        if draft.person == edits.facts.person or all(values.get(key) == value for key, value in said.items()):
            drafts.drop(edits.connection, record, draft.person)


def _beside_itself(edits: Edits, record: str, filled: Filled) -> None:
    """Say which households it is not, and let its line of the resident list end as surveyed."""
    for other, why in filled.apart.items():
        doubles.apart(edits, record, other, reason=why)
    line_ends.match_touched(edits)


def _refuse_second(edits: Edits, form: type[Form], record: str, given: Mapping[str, Answer], *, is_new: bool) -> None:
    """Raise Trouble where the place says which record it is and that one is there already."""
    named = form.natural_id(dict(given) | form.complete(given)) if is_new else None
    if named not in (None, record) and edits.version(form.key, str(named)).values().get(ALIVE):
        raise Trouble(
            say("{title} ini sudah tercatat.", title=say(form.title)),
            safe="Data Anda aman: catatan yang sudah ada tidak berubah.",
            remedy="Buka catatan yang sudah ada dan ubah di sana.",
            code="F02",
        )


def open_draft(workspace: Workspace, record: str = "") -> Opened | None:
    """Take up a draft where it was left, the one touched last unless a record is named; None without any.

    One's own go before those of others, which are taken up as one's own: theirs stay theirs.
    """
    with workspace.asking() as connection:
        person, found = facts(connection).person, drafts.all_of_them(connection)
    wanted = [draft for draft in found if record in ("", draft.id)]
    draft = next((each for each in wanted if each.person == person), next(iter(wanted), None))
    return _open(workspace, form_named(draft.form), draft.id, {}, draft) if draft else None


def open_record(workspace: Workspace, form: type[Form], place: Place, record: str = "") -> Opened:
    """Take up a record with its draft, if it has one; without a record begin one at `place`.

    Where the place alone tells which record it is (an RT's survey), the one that stands there is taken up.
    Raises Trouble for a record that is not here.
    """
    address = {"region": place.site(form), "rt": place.rt, "period": place.period or None}
    wanted = [key for key, needed in (("region", form.place or form.begins_here), ("rt", form.place == "rt"),
                                      ("period", form.per_period)) if needed]
    answers = {key: address[key] for key in wanted if address[key] is not None}
    if place.parent:
        answers["parent"] = place.parent
    known = {**form.complete(answers), **answers}
    natural = form.natural_id(known) if all(known.get(key) for key in form.natural) else None
    ident = record or natural or new_id()
    draft = _to_go_on_with(workspace, form, ident)
    opened = _open(workspace, form, ident, known, draft)
    if record and not draft and opened.keying.is_new:
        raise Trouble("Catatan ini tidak ada lagi.", remedy="Kembali ke daftar, lalu pilih yang lain.", code="F01")
    return opened


def _to_go_on_with(workspace: Workspace, form: type[Form], record: str) -> Draft | None:
    """Return one's draft of a record, or the last one of others where nothing else is known of it."""
    with workspace.asking() as connection:
        mine = drafts.found(connection, record, facts(connection).person)
        if mine or listing.is_saved(connection, form.key, record):
            return mine
        return next(iter(drafts.of_record(connection, record)), None)


def _open(
    workspace: Workspace, form: type[Form], record: str, begin: Mapping[str, Answer], draft: Draft | None
) -> Opened:
    with workspace.asking() as connection:
        version = records.read(connection, form.key, [record]).get(record, Version(form.key, record))
        draft = draft and _with_what_it_saw(connection, version, draft)
        is_new = not version.values().get(ALIVE) and not (draft and is_of_saved(draft.answers))
        answers = begin if is_new else {key: value for key, value in version.values().items() if value is not None}
        its_address = {**answers, **(draft.answers if draft else {})}
        sides = ({key: side.value} for key, found in version.conflicts().items() for side in found)
        address = addresses.address(connection, form, its_address, sides)
        if not is_new:
            address = address.without("region")  # a record of an older release may stand nowhere
        elif form.place and not its_address.get("region") and len(address.sites) == 1:
            answers = {"region": address.sites[0], **answers}
        period = (draft.answers if draft and is_new else answers).get("period")
        rules = address.rules.get(str(period), DEFAULT_RULES)
        its_record = Record(form, record, {} if draft and is_new else answers, rules)
        choices = Choices({} if is_new else _disputed(connection, version))
        keying = Keying(its_record, is_new=is_new, address=address, choices=choices)
        if draft:
            keying = Keying.from_draft(its_record, draft.answers, is_new=is_new, address=address, choices=choices)
        others = recording.records_beside(connection, form, record, keying.record.answers)
        earlier = period_before.earlier(connection, keying.record) if form is Household else period_before.NEVER
        keying = replace(keying, others=others, earlier=earlier)
        number, count = _numbered(connection, keying.record) if form is Household else (0, 0)
        review = review_state.review_within(connection, form, version)
        line = line_ends.begun_at(connection, keying.record) if form is Household and is_new else ""
        me = facts(connection).person
        typists = tuple(each.person for each in drafts.of_record(connection, record) if each.person != me)
        may_type, may_verify = (roles.may(rights.role(connection), deed)
                                for deed in (roles.deed_of(form.key), Deed.REVIEW))
    saved = None if is_new else _saved(version)
    rt = str(keying.record.answers.get("rt") or "")
    left, since = (draft.question, draft.time) if draft else ("", "")
    goes_along = beside.taken_up(draft.answers if draft else {})
    return Opened(keying, left, since, saved, number, count, rt, line, review, goes_along, typists, may_type,
                  may_verify)


def _with_what_it_saw(connection: Connection, version: Version, draft: Draft) -> Draft:
    """Return the draft with what its author can have seen of the record, where it does not say so itself.

    Releases before 0.7.0 kept drafts so; and of a record that was not saved yet there was nothing to see, but somebody
    else may have saved it meanwhile. What changed since the draft was written then stands beside it as a conflict.
    """
    if is_of_saved(draft.answers) or not version.vector:
        return draft
    since, values = _Since(connection, draft.time), version.values()
    saw: dict[str, Answer] = {ALIVE: 1}
    for key in draft.answers:
        changed = any(since.came(sibling) for sibling in version.answers.get(key, ()))
        saw[key] = _SOMETHING_ELSE if changed else values.get(key)
    return replace(draft, answers={**draft.answers, **{f"{BEGAN}{key}": value for key, value in saw.items()}})


class _Since:
    """What came after a moment: saved here later, or of another workspace, of which a file was read since."""

    def __init__(self, connection: Connection, moment: str) -> None:
        self._moment = _moment(moment)
        self._own = node.own_nodes(connection)
        self._received = any(not line.is_sent and _moment(line.time) >= self._moment
                             for line in transfers.log(connection))

    def came(self, sibling: Sibling) -> bool:
        if sibling.save.dot.node not in self._own:
            return self._received
        return _moment(sibling.save.time) >= self._moment


def _moment(time: str) -> datetime.datetime:
    """Return a moment of the device's clock; what tells none was long ago, so that all has come since."""
    try:
        return datetime.datetime.fromisoformat(time).astimezone()
    except ValueError:
        return datetime.datetime.fromtimestamp(0, datetime.UTC)


def _disputed(connection: Connection, version: Version) -> dict[str, tuple[Alternative, ...]]:
    """Return the answers in conflict with their sides; what a reviewer saw is settled by the next review."""
    disputed = [key for key in version.conflicts() if not key.startswith(SEEN)]
    return {key: conflicts.alternatives(connection, version, key) for key in disputed}


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
    return listing.place_in_rt(connection, record.id, (str(region), str(rt), str(period)))
