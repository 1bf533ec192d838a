"""An agreement in the words and lines of its page."""

from collections.abc import Iterable, Sequence

from p2kp_desktop.actions import agreement_steps, agreement_todos
from p2kp_desktop.actions.agreement_todos import Todo
from p2kp_desktop.actions.agreements import Whole, by_aspect, is_open, text, whole_number
from p2kp_desktop.forms.agreement import CAPACITIES, Signature, Violation, Visit
from p2kp_desktop.forms.elements import ASPECTS
from p2kp_desktop.forms.meeting import Meeting
from p2kp_desktop.language import say
from p2kp_desktop.rules.agreements import (
    AGREED,
    DATES,
    DRAFT,
    IN_FORCE,
    LEGALISED,
    REVOKED,
    STAGES,
    TESTED,
    UNDER_REVIEW,
)
from p2kp_desktop.schema import Record
from p2kp_desktop.ui.kit.entries import Entry
from p2kp_desktop.ui.look.tokens import Token

from .clause_sheet import Group, Row
from .stages import Dot, Step
from .words import short_date

_ICONS = {
    agreement_todos.SIGN: "pencil-line", agreement_todos.LEGALISE: "calendar", agreement_todos.ENFORCE: "users",
    agreement_todos.MONITOR: "search", agreement_todos.VIOLATION: "flag", agreement_todos.REVIEW: "history",
    agreement_todos.DECISION: "list-checks",
}


def heading(whole: Whole) -> tuple[str, str]:
    """Return title and what stands below it: number, RTs, version."""
    record = whole.record
    rts = text(record, "rts")
    parts = (text(record, "number"), say("RT {rts}", rts=rts) if rts else "",
             say("Versi {number}", number=whole_number(record, "version")))
    return text(record, "name"), " · ".join(part for part in parts if part)


def steps(whole: Whole) -> list[Step]:
    """Return the stages of an agreement; a revoked one ends with that."""
    shown = [stage for stage in STAGES if stage != (UNDER_REVIEW if whole.stage == REVOKED else REVOKED)]
    here = shown.index(whole.stage)
    found = []
    for place, stage in enumerate(shown):
        word = agreement_steps.stage_words(stage)
        date = text(whole.record, DATES[stage].key)
        if place <= here:
            found.append(Step(word, Dot.DONE, short_date(date) if date else ""))
        elif place == here + 1:
            found.append(Step(word, Dot.NEXT, _waits(whole, stage)))
        else:
            found.append(Step(word, Dot.LATER, _later(whole, stage)))
    return found


def _waits(whole: Whole, stage: str) -> str:
    unsigned = len(whole.parts.signatures) - len(whole.signed)
    if stage in (AGREED, LEGALISED) and unsigned:
        return say("menunggu {count} tanda tangan", count=unsigned)
    if stage == UNDER_REVIEW:
        return _later(whole, stage)
    words = {TESTED: say("menunggu rembug"), AGREED: say("menunggu kesepakatan"),
             LEGALISED: say("menunggu SK lurah"), IN_FORCE: say("menunggu sosialisasi"), DRAFT: ""}
    return words.get(stage, "")


def _later(whole: Whole, stage: str) -> str:
    due = text(whole.record, "review_due")
    return say("sebelum {date}", date=short_date(due)) if stage == UNDER_REVIEW and due else ""


def groups(whole: Whole) -> list[Group]:
    """Return the clauses by aspect."""
    changed = whole.comparison.records if whole.comparison else frozenset()
    return [
        Group(say(ASPECTS.show(code)) if code else say("Tanpa aspek"), tuple(_row(clause, changed) for clause in some))
        for code, some in by_aspect(whole.parts.clauses)
    ]


def _row(clause: Record, changed: frozenset[str]) -> Row:
    incentive = text(clause, "incentive")
    sanction = "\n".join(filter(None, (
        text(clause, "sanction"), say("Insentif: {words}", words=incentive) if incentive else "")))
    number = str(whole_number(clause, "clause_number") or "–")
    return Row(clause.id, number, text(clause, "factual"), text(clause, "ideal"), text(clause, "rule"), sanction,
               clause.id in changed)


def signatures(whole: Whole) -> list[Entry]:
    """Return a line for every capacity: signed when, or whose signature is not there."""
    by_capacity: dict[str, list[Record]] = {}
    for each in whole.parts.signatures:
        by_capacity.setdefault(text(each, "capacity"), []).append(each)
    order = {code: place for place, code in enumerate(CAPACITIES.codes)}
    return [_signature(code, some, whole) for code, some in
            sorted(by_capacity.items(), key=lambda item: order.get(item[0], len(order)))]


def _signature(code: str, some: Sequence[Record], whole: Whole) -> Entry:
    signed = [each for each in some if each in whole.signed]
    left = [each for each in some if each not in whole.signed]
    words = say(CAPACITIES.show(code)) if code else say("Penanda tangan")
    if len(some) > 1:
        words = say("{capacity}, {signed} dari {count}", capacity=words, signed=len(signed), count=len(some)) if left \
            else f"{words}, {len(some)}"
    first = (left or list(some))[0].id
    if not left:
        latest = max(text(each, "signed") for each in signed)
        return Entry("circle-check", Token.OK, words, short_date(latest), form=Signature.key, record=first)
    who = ", ".join(_of_whom(each) for each in left[:2]) if len(some) > 1 else ""
    right = say("{who} belum", who=who) if who else say("belum")
    return Entry("circle", Token.TEXT2, words, right, Token.WARN, Signature.key, first)


def _of_whom(signature: Record) -> str:
    rt = text(signature, "rt_label")
    return say("RT {rt}", rt=rt) if rt else text(signature, "name")


def meetings(whole: Whole) -> list[Entry]:
    """Return the meetings of an agreement."""
    return [
        Entry("users", Token.TEXT2, text(each, "name"), short_date(text(each, "date")), form=Meeting.key,
              record=each.id)
        for each in whole.meetings
    ]


def todos(found: Iterable[Todo], *, named: bool = False) -> list[Entry]:
    """Return what is to be done, with the number of its agreement where they are of several."""
    return [
        Entry(_ICONS[todo.kind], Token.WARN if todo.late else Token.TEXT2,
              f"{todo.number} · {todo.words}" if named and todo.number else todo.words,
              short_date(todo.due) if todo.due else "", Token.WARN if todo.late else Token.TEXT2,
              todo.form, todo.record)
        for todo in found
    ]


def monitoring(whole: Whole) -> list[Entry]:
    """Return visits and violations together, the newest first."""
    found = [(text(each, "date"), _visit(each)) for each in whole.parts.visits]
    found += [(text(each, "date"), _violation(each)) for each in whole.parts.violations]
    return [entry for _date, entry in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _visit(visit: Record) -> Entry:
    kept = text(visit, "kept") == "ya"
    words = say("Dipantau: dijalankan") if kept else say("Dipantau: belum dijalankan")
    icon, tone = ("circle-check", Token.OK) if kept else ("circle-alert", Token.WARN)
    return Entry(icon, tone, words, short_date(text(visit, "date")), form=Visit.key, record=visit.id)


def _violation(violation: Record) -> Entry:
    number = whole_number(violation, "clause_number")
    sanctions = violation.show(Violation.sanctions)
    words = say("Pelanggaran pasal {number}", number=number) + (f": {sanctions}" if sanctions else "")
    tone = Token.WARN if is_open(violation) else Token.OK
    return Entry("flag", tone, words, short_date(text(violation, "date")), form=Violation.key, record=violation.id)
