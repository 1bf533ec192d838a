"""Open conflicts: answers for which two people gave different values, both kept until somebody settles.

A decision taken back opens its conflict again: each side gets a save of its own that still names who gave it, so it
is open wherever the decision travelled. What each answer would do to the verdict on a household is told beside it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass, replace

from p2kp_desktop.actions.recording.record_names import masked
from p2kp_desktop.forms import BY_KEY
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules import census
from p2kp_desktop.schema import ALIVE, Answer, Choice, Record, Several, Unreadable
from p2kp_desktop.schema.causality import Sibling, Version, shown
from p2kp_desktop.schema.conditions import DEFAULT_RULES
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.places import concerns
from p2kp_desktop.schema.review import is_verdict, reviews
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Connection, Workspace, facts, history, node, records, views

from . import named_acts, record_names, record_titles
from .record_names import Subject, Titles
from .recording import AT_ONCE, SCRIPT, TYPED, understood
from .saves import Edits, editing


@dataclass(frozen=True)
class VerdictEffect:
    """What an answer does to the score: the aspect, whether it is good, the questions still missing for it."""

    aspect: str
    good: bool
    missing: tuple[str, ...] = ()


def effects(record: Record, key: str, values: Iterable[Answer]) -> dict[Answer, tuple[VerdictEffect, ...]]:
    """Return by value the aspects of a household that ask this question, or that differ between the values."""
    told = list(values)
    question = record.form.question(key)
    if record.form.key != Household.key or question is None:
        return dict.fromkeys(told, ())
    judged = {value: _judged(replace(record, answers={**record.answers, key: value})) for value in told}
    aspects = [
        aspect for aspect, numbers in _aspects().items()
        if question.number in numbers or len({each[aspect] for each in judged.values()}) > 1
    ]
    return {value: tuple(each[aspect] for aspect in aspects) for value, each in judged.items()}


def _aspects() -> dict[str, tuple[str, ...]]:
    """Return the aspects in the order of a verdict, each with the questions it asks."""
    return {
        say("Keteraturan bangunan"): ("1", "2", "3", "4", "5"),
        say("Atap, dinding, lantai"): ("9", "10", "11"),
        say("Luas lantai per jiwa"): ("6a", "6b", "6c"),
        say("Akses air minum aman"): ("12", "13"),
        say("Kecukupan air"): ("14",),
        say("Akses jamban"): ("15",),
        say("Teknis air limbah"): ("16", "17"),
        say("Pengangkutan sampah"): ("18", "19"),
    }


def _judged(record: Record) -> dict[str, VerdictEffect]:
    """Return the verdict on a household by aspect, with the questions that still lack an answer."""
    asked, goods = record.asked_answers(), astuple(census.verdict(record))
    lacking = {q.number for q in record.form.stored() if q.key in asked and asked[q.key] is None}
    return {
        aspect: VerdictEffect(aspect, good, () if good else tuple(number for number in numbers if number in lacking))
        for (aspect, numbers), good in zip(_aspects().items(), goods, strict=True)
    }



DECIDED = "keputusan"  # the origin of a save that settles a conflict


@dataclass(frozen=True)
class Side:
    """One value of a conflict: as data, in words, and who gave it where and when by which clock.

    `here` says that it was given in this workspace; `reason` is what the person noted with it, `origin` in words
    how it came in: typed, pasted, by a script, as a decision.
    """

    value: Answer
    shown: str
    person: str
    role: str
    workspace: str
    time: str
    here: bool = False
    reason: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Conflict:
    """An answer with several values; `question` is its key, or alive, status, region."""

    form: str
    id: str
    question: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Heading:
    """A conflict as people name it: whose record, where, which question with its number and wording."""

    form: str
    id: str
    question: str
    record: str
    place: str
    number: str
    wording: str


@dataclass(frozen=True)
class Alternative:
    """One distinct value with everybody who gave it; `in_force` says that it is shown until somebody settles."""

    value: Answer
    letters: tuple[str, ...]
    shown: str
    sides: tuple[Side, ...]
    effects: tuple[VerdictEffect, ...]
    in_force: bool


@dataclass(frozen=True)
class Disputed:
    """An open conflict with the record it is in and its distinct values, the one in force first."""

    heading: Heading
    subject: Subject
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True)
class Decision:
    """A value chosen for an answer in conflict, and why; `among` are the values that were chosen from, if known."""

    form: str
    id: str
    question: str
    value: Answer
    reason: str
    among: Collection[Answer] | None = None


@dataclass(frozen=True)
class Weighing:
    """A conflict laid out for the person who decides it; `refusal` says why nobody decides it in this workspace."""

    heading: Heading
    alternatives: tuple[Alternative, ...]
    refusal: str = ""


def open_conflicts(workspace: Workspace) -> list[Conflict]:
    """Return every open conflict with all its sides, in order of form, record and question."""
    with workspace.asking() as connection:
        found = []
        for version, question in _open(connection):
            siblings = sorted(version.answers[question], key=lambda s: s.save.dot)
            titles = _titles(connection, version, question)
            sides = tuple(_side(version.form, question, sibling, titles) for sibling in siblings)
            found.append(Conflict(version.form, version.id, question, sides))
    return found


def count(workspace: Workspace) -> int:
    """Return how many conflicts are open."""
    with workspace.asking() as connection:
        return len(records.open_conflicts(connection))


def headings(workspace: Workspace) -> list[Heading]:
    """Return every open conflict by name; whether a record was deleted comes before its other questions."""
    with workspace.asking() as connection:
        rules = views.rule_sets(connection)
        found = [_heading(version, _record(version, rules), question) for version, question in _open(connection)]
    return sorted(found, key=_order)


def disputed(workspace: Workspace, area: str, rt: str | None = None) -> list[Disputed]:
    """Return the open conflicts of an area, of any period, as `headings` orders them; those of no place too."""
    found = []
    with workspace.asking() as connection:
        rules = views.rule_sets(connection)
        for version, question in _open(connection):
            record = _record(version, rules)
            subject = record_names.subject(version.form, version.id, record.answers)
            if concerns(subject.region, area) and rt in (None, subject.rt):
                values = sorted(alternatives(connection, version, question), key=lambda each: not each.in_force)
                found.append(Disputed(_heading(version, record, question), subject, tuple(values)))
    return sorted(found, key=lambda each: _order(each.heading))


def _order(heading: Heading) -> tuple[str, str, str, bool]:
    return heading.place, heading.record, heading.id, heading.question != ALIVE


def weigh(workspace: Workspace, heading: Heading) -> Weighing | None:
    """Return the distinct values of a conflict with what each does to the score; None when it is settled."""
    with workspace.asking() as connection:
        version = records.read(connection, heading.form, [heading.id]).get(heading.id)
        if version is None or heading.question not in version.conflicts():
            return None
        record = _record(version, views.rule_sets(connection))
        laid_out = alternatives(connection, version, heading.question)
        not_here = _for_reviewers(facts.facts(connection).role, version, heading.question)
    found = effects(record, heading.question, [each.value for each in laid_out])
    weighed = tuple(replace(each, effects=found[each.value]) for each in laid_out)
    refusal = f"**{not_here.what}** {not_here.remedy}" if not_here else ""
    return Weighing(_heading(version, record, heading.question), weighed, refusal)


def alternatives(connection: Connection, version: Version, question: str) -> tuple[Alternative, ...]:
    """Return the distinct values of an answer in conflict, each with everybody who gave it, oldest save first."""
    siblings = sorted(version.answers[question], key=lambda s: s.save.dot)
    noted = {row.save.dot: row for row in history.by_dots(connection, [s.save.dot for s in siblings])}
    own = node.own_nodes(connection)
    titles = _titles(connection, version, question)
    given: dict[Answer, list[Side]] = {}
    for sibling in siblings:
        row = noted.get(sibling.save.dot)
        here = sibling.save.dot.node in own and (row is None or row.save.workspace == sibling.save.workspace)
        side = _side(version.form, question, sibling, titles, here=here, row=row)
        given.setdefault(sibling.value, []).append(side)
    in_force = shown(question, version.answers[question])
    return tuple(
        Alternative(value, letters(version.form, question, value), sides[0].shown, tuple(sides), (), value == in_force)
        for value, sides in given.items()
    )


def _titles(connection: Connection, version: Version, question: str) -> Titles:
    """Return the titles of the records between which an answer is in conflict."""
    sides = ({question: sibling.value} for sibling in version.answers[question])
    return record_titles.titles(connection, record_names.form_of(version.form), sides)


def another(form: str, question: str, value: Answer, titles: Titles) -> Alternative:
    """Return an answer that nobody gave yet as one more alternative."""
    told = record_names.shown(form, question, value, titles)
    return Alternative(value, letters(form, question, value), told, (), (), False)


def settle(
    workspace: Workspace, form: str, record: str, question: str, value: Answer, *, reason: str, person: str = "",
    among: Collection[Answer] | None = None,
) -> str:
    """Decide an open conflict for a value, as an edit that covers every side; the decision travels.

    It is an act, which can be taken back as every other. Return it in words: whose answer to what is which value.

    `value` may be one of the sides or, of a question of the form, another one. Deciding that the record is deleted
    decides its other open questions with it. Raises Trouble without a reason, when there is no such conflict (any
    more), for a value that may not be, when another answer has come in that was not `among` those chosen from, or while
    it is open whether the record is deleted, for every edit says that it lives.
    """
    with editing(workspace, Deed.SETTLE) as edits:
        before = edits.version(form, record)
        settle_within(edits, Decision(form, record, question, value, reason, among), person=person)
        about = _about(before, question)
        named_acts.keep(edits, say("Keputusan konflik {about}", about=about))
        return say("{about} = {answer}", about=about, answer=_answer(edits.connection, before, question, value))


def _about(version: Version, question: str) -> str:
    """Return whose answer to what: «Herlina, 12 Sumber air»."""
    record = record_names.subject(version.form, version.id, version.values()).title
    return f"{record}, {' '.join(record_names.asked(version.form, question)).strip()}"


def _answer(connection: Connection, version: Version, question: str, value: Answer) -> str:
    """Return a value in words; of an identity number only the ends."""
    if value is not None and record_names.is_identity(version.form, question):
        return masked(value)
    titles = record_titles.titles(connection, record_names.form_of(version.form), [{question: value}])
    return record_names.shown(version.form, question, value, titles)


def settle_within(edits: Edits, decision: Decision, *, person: str = "") -> None:
    """Decide an open conflict in a transaction that others may share. Raises Trouble as `settle` does."""
    form, record, question, reason = decision.form, decision.id, decision.question, decision.reason.strip()
    if not reason:
        raise Trouble(say("Alasan belum diisi."), remedy=say("Tuliskan alasan keputusan ini."), code="K10")
    version = edits.version(form, record)
    if question not in version.conflicts():
        raise Trouble(say("Konflik ini sudah diselesaikan."), remedy=say("Muat ulang daftar konflik."), code="K11")
    if question != ALIVE and ALIVE in version.conflicts():
        raise Trouble(
            say("Belum diputuskan apakah catatan ini dihapus."),
            remedy=say("Putuskan dahulu konflik «dihapus atau diubah» pada catatan ini."), code="K12",
        )
    _must_be_possible(version, question, decision.value)
    if not_here := _for_reviewers(edits.facts.role, version, question):
        raise not_here
    if decision.among is not None and any(side.value not in decision.among for side in version.answers[question]):
        raise Trouble(
            say("Sementara itu datang jawaban lain untuk {what}.", what=_about(version, question)),
            safe=say("Semua jawaban masih ada; belum ada yang diputuskan."),
            remedy=say("Lihat semua jawabannya, lalu putuskan lagi."), code="K15",
        )
    changes = _decided(version, question, decision.value, edits.facts.role)
    edits.save(form, record, changes, origin=DECIDED, reason=reason, person=person)


def _must_be_possible(version: Version, question: str, value: Answer) -> None:
    """Raise Trouble where a record would get an address or a state that nobody gave it."""
    sides = {sibling.value for sibling in version.answers[question]}
    known = BY_KEY.get(version.form)
    if value in sides or (known and known.question(question)):
        return
    raise Trouble(
        say("Nilai itu bukan salah satu sisi konflik."),
        remedy=say("Pilih salah satu: {sides}.", sides=", ".join(sorted(str(side) for side in sides))), code="K13",
    )


def _for_reviewers(role: str, version: Version, question: str) -> Trouble | None:
    """Say why an office that does not review decides nothing of what a review said; None where it decides."""
    if reviews(role) or not any(is_verdict(question, side.value) for side in version.answers[question]):
        return None
    return Trouble(
        say("Hanya kabupaten/kota yang memutuskan hasil pemeriksaan."),
        safe=say("Semua jawaban masih ada; belum ada yang diputuskan."),
        remedy=say("Kirim ke kabupaten/kota: di sana diputuskan. Bila datanya masih dikerjakan, buka kembali."),
        code="K16",
    )


def _decided(version: Version, question: str, value: Answer, role: str) -> dict[str, Answer]:
    """Return the answers that the save of a decision changes: a deleted record stays deleted, and asks nothing more.

    What a review said of it is no answer of somebody who does not review, and is let go with it.
    """
    values = version.values()
    if question == ALIVE and value == 0:
        open_ones = {
            key: None if is_verdict(key, values[key]) and not reviews(role) else values[key]
            for key in version.conflicts()
        }
        return {**open_ones, ALIVE: 0}
    return {question: value, **({ALIVE: 0} if values.get(ALIVE) == 0 and question != ALIVE else {})}


def _open(connection: Connection) -> list[tuple[Version, str]]:
    named = records.open_conflicts(connection)
    versions = {
        form: records.read(connection, form, list(dict.fromkeys(record for its, record, _ in named if its == form)))
        for form in {form for form, _, _ in named}
    }
    return [(versions[form][record], question) for form, record, question in named]


def _side(
    form: str, key: str, sibling: Sibling, titles: Titles, *, here: bool = False, row: HistoryRow | None = None
) -> Side:
    save = sibling.save
    told = record_names.shown(form, key, sibling.value, titles)
    reason, origin = (row.reason, f"{origin_words(row.origin)} {row.source}".strip()) if row else ("", "")
    return Side(
        sibling.value, told, save.person, save.role, save.workspace, save.time, here, reason, origin
    )


def origin_words(origin: str) -> str:
    """Return in words how an answer came in; what came from a file says so itself."""
    words = {
        TYPED: say("diketik"), SCRIPT: say("lewat perintah"), DECIDED: say("keputusan"), "dihapus": say("dihapus"),
        AT_ONCE: say("diubah bersamaan"),
    }
    return words.get(origin, origin)


def letters(form: str, key: str, value: Answer) -> tuple[str, ...]:
    """Return the printed letters of an answer that is picked from a list."""
    question = BY_KEY[form].question(key) if form in BY_KEY else None
    if value is None or not isinstance(question, Choice | Several):
        return ()
    codes = str(value).split(",") if isinstance(question, Several) else [str(value)]
    return tuple(question.options.letter(code) for code in codes if code in question.options.codes)


def _record(version: Version, rules: Mapping[str, str]) -> Record:
    """Return the record as it is shown; a form that this release does not know has no questions."""
    values = version.values()
    rule_set = rules.get(str(values.get("period")), DEFAULT_RULES)
    return Record(record_names.form_of(version.form), version.id, values, rule_set)


def _heading(version: Version, record: Record, key: str) -> Heading:
    subject = record_names.subject(version.form, version.id, record.answers)
    return Heading(version.form, version.id, key, subject.title, subject.place, *record_names.asked(version.form, key))


def settle_by_text(workspace: Workspace, record: str, question: str, text: str, *, reason: str) -> None:
    """Settle a conflict for a value as a script writes it: letter, code, number, date; raise Trouble, Unreadable."""
    workspace.must(Deed.SETTLE)
    found = [each for each in open_conflicts(workspace) if (each.id, each.question) == (record, question)]
    if not found:
        raise Trouble("Konflik ini tidak ada atau sudah diselesaikan.", remedy="Lihat: p2kp conflicts.", code="K11")
    (conflict,) = found
    sides = {str(side.value): side.value for side in conflict.sides if side.value is not None}
    value: Answer = sides.get(text)
    if value is None and text not in ("", "null"):
        form = BY_KEY.get(conflict.form)
        asked = form.question(question) if form else None
        if form is None or asked is None:
            raise Unreadable(
                say("«{value}» bukan salah satu sisi konflik: {names}.", value=text, names=", ".join(sides))
            )
        with workspace.asking() as connection:
            value = understood(connection, form, question, text)
    settle(workspace, conflict.form, record, question, value, reason=reason)
