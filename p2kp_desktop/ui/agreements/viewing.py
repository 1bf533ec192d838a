"""An agreement in the words and lines of its page."""

from collections.abc import Iterable, Sequence

from p2kp_desktop.actions.community import agreement_steps, agreement_todos
from p2kp_desktop.actions.community.agreement_todos import Todo
from p2kp_desktop.actions.community.agreements import WholeAgreement, by_aspect, is_open, text, whole_number
from p2kp_desktop.forms.agreement import (
    CAPACITIES,
    Agreement,
    FormerVersion,
    Incentive,
    Signature,
    Violation,
    Visit,
)
from p2kp_desktop.forms.elements import ASPECTS
from p2kp_desktop.forms.meeting import Meeting
from p2kp_desktop.language import say
from p2kp_desktop.rules.agreements import (
    AGREED,
    DRAFT,
    IN_FORCE,
    LEGALISED,
    REVOKED,
    STAGES,
    TESTED,
    UNDER_REVIEW,
    Edition,
)
from p2kp_desktop.schema import ALIVE, Record, written
from p2kp_desktop.ui.kit.entries import Entry
from p2kp_desktop.ui.look.tokens import Token

from .clause_sheet import Group, Row
from .stages import Dot, Step

_ICONS = {
    agreement_todos.SIGN: "pencil-line", agreement_todos.LEGALISE: "calendar", agreement_todos.ENFORCE: "users",
    agreement_todos.MONITOR: "search", agreement_todos.VIOLATION: "flag", agreement_todos.REVIEW: "history",
    agreement_todos.DECISION: "list-checks",
}


def heading(whole: WholeAgreement) -> tuple[str, str]:
    """Return title and what stands below it: number, RTs, version, what else binds, when it was printed."""
    record, bound = whole.record, whole.binding
    rts = record.show(Agreement.rts)
    parts = [text(record, "number"), say("RT {rts}", rts=rts) if rts else "",
             say("Versi {number}", number=whole.edition.number)]
    if bound is not None and bound.number != whole.edition.number:
        since = written.short_day(bound.since) if bound.since else ""
        parts.append(say("versi {number} tetap berlaku sejak {date}", number=bound.number, date=since) if since
                     else say("versi {number} tetap berlaku", number=bound.number))
    if whole.printed is not None:
        parts.append(whole.printed.words)
    return text(record, "name"), " · ".join(part for part in parts if part)


def step_words(now: str, following: str) -> str:
    """Return the words on the button that takes an agreement from a stage to the following one."""
    if agreement_steps.is_confirmed(now, following):
        return say("Nyatakan tetap berlaku")
    return say("Nyatakan {stage}", stage=agreement_steps.stage_words(following))


def steps(whole: WholeAgreement) -> list[Step]:
    """Return the stages of an agreement; a revoked one ends with that."""
    shown = [stage for stage in STAGES if stage != (UNDER_REVIEW if whole.stage == REVOKED else REVOKED)]
    here = shown.index(whole.stage)
    return [_step(whole, stage, place - here) for place, stage in enumerate(shown)]


def _step(whole: WholeAgreement, stage: str, ahead: int) -> Step:
    word, day = agreement_steps.stage_words(stage), whole.edition.said(stage)
    date = written.short_day(day) if day else ""
    skipped = whole.stage == REVOKED != stage and not date
    if ahead > 1 or skipped:
        return Step(word, Dot.LATER, _later(whole, stage))
    if ahead == 1:
        return Step(word, Dot.NEXT, say("mulai {date}", date=date) if date else _waits(whole, stage))
    restored = whole.edition.record[Agreement.restored] if stage == IN_FORCE else None
    return Step(word, Dot.DONE, say("lagi sejak {date}", date=written.short_day(restored)) if restored else date)


def _waits(whole: WholeAgreement, stage: str) -> str:
    unsigned = len(whole.parts.signatures) - len(whole.signed)
    if stage in (AGREED, LEGALISED) and unsigned:
        return say("menunggu {count} tanda tangan", count=unsigned)
    if stage == UNDER_REVIEW:
        return _later(whole, stage)
    words = {TESTED: say("menunggu rembug"), AGREED: say("menunggu kesepakatan"),
             LEGALISED: say("menunggu SK lurah"), IN_FORCE: say("menunggu sosialisasi"), DRAFT: ""}
    return words.get(stage, "")


def _later(whole: WholeAgreement, stage: str) -> str:
    due = text(whole.record, "review_due")
    return say("sebelum {date}", date=written.short_day(due)) if stage == UNDER_REVIEW and due else ""


def groups(whole: WholeAgreement) -> list[Group]:
    """Return the clauses by aspect."""
    changed = whole.comparison.records if whole.comparison else frozenset()
    return [
        Group(say(ASPECTS.show(code)) if code else say("Tanpa aspek"), tuple(_row(clause, changed) for clause in some))
        for code, some in by_aspect(whole.parts.clauses)
    ]


def _row(clause: Record, changed: frozenset[str]) -> Row:
    number = str(whole_number(clause, "clause_number") or "–")
    named = ((words, text(clause, key)) for key, words in _details().items())
    details = " · ".join(f"{words}: {said}" for words, said in named if said)
    factual, ideal, rule, sanction = (text(clause, key) for key in ("factual", "ideal", "rule", "sanction"))
    return Row(clause.id, number, factual, ideal, rule, sanction, details, clause.id in changed)


def _details() -> dict[str, str]:
    """Return the labels of the details below a clause, by the answer that each tells."""
    return {
        "responsible": say("Penanggung jawab"), "monitor": say("Memantau"), "upkeep": say("Memelihara"),
        "liable": say("Menanggung kerusakan"), "in_return": say("Imbalan yang tidak ikut"), "funding": say("Biaya"),
        "incentive": say("Insentif"),
    }


def signatures(whole: WholeAgreement) -> list[Entry]:
    """Return a line for every capacity: signed when, or whose signature is not there."""
    by_capacity: dict[str, list[Record]] = {}
    for each in whole.parts.signatures:
        by_capacity.setdefault(text(each, "capacity"), []).append(each)
    order = {code: place for place, code in enumerate(CAPACITIES.codes)}
    return [_signature(code, some, whole) for code, some in
            sorted(by_capacity.items(), key=lambda item: order.get(item[0], len(order)))]


def _signature(code: str, some: Sequence[Record], whole: WholeAgreement) -> Entry:
    signed = [each for each in some if each in whole.signed]
    left = [each for each in some if each not in whole.signed]
    words = say(CAPACITIES.show(code)) if code else say("Penanda tangan")
    if len(some) > 1:
        words = say("{capacity}, {signed} dari {count}", capacity=words, signed=len(signed), count=len(some)) if left \
            else f"{words}, {len(some)}"
    first = (left or list(some))[0].id
    if not left:
        latest = max(text(each, "signed") for each in signed)
        return Entry("circle-check", Token.OK, words, written.short_day(latest), form=Signature.key, record=first)
    who = ", ".join(_of_whom(each) for each in left[:2]) if len(some) > 1 else ""
    right = say("{who} belum", who=who) if who else say("belum")
    return Entry("circle", Token.TEXT2, words, right, Token.WARN, Signature.key, first)


def _of_whom(signature: Record) -> str:
    rt = text(signature, "rt_label")
    return say("RT {rt}", rt=rt) if rt else text(signature, "name")


def meetings(whole: WholeAgreement) -> list[Entry]:
    """Return the meetings of an agreement."""
    return [
        Entry("users", Token.TEXT2, text(each, "name"), written.short_day(text(each, "date")), form=Meeting.key,
              record=each.id)
        for each in whole.meetings
    ]


def todos(found: Iterable[Todo], *, named: bool = False) -> list[Entry]:
    """Return the entries for things to be done, with the number of the agreement where they are of several."""
    return [
        Entry(_ICONS[todo.kind], Token.WARN if todo.late else Token.TEXT2,
              f"{todo.number} · {todo.words}" if named and todo.number else todo.words,
              written.short_day(todo.due), Token.WARN if todo.late else Token.TEXT2,
              todo.form, todo.record)
        for todo in found
    ]


def monitoring(whole: WholeAgreement) -> list[Entry]:
    """Return visits, violations and incentives together, the newest first."""
    found = [(text(each, "date"), _visit(each)) for each in whole.parts.visits]
    found += [(text(each, "date"), _violation(each)) for each in whole.parts.violations]
    found += [(text(each, "date"), _incentive(each)) for each in whole.parts.incentives]
    return [entry for _date, entry in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _visit(visit: Record) -> Entry:
    kept = text(visit, "kept") == "ya"
    words = say("Dipantau: dijalankan") if kept else say("Dipantau: belum dijalankan")
    icon, tone = ("circle-check", Token.OK) if kept else ("circle-alert", Token.WARN)
    return Entry(icon, tone, words, written.short_day(text(visit, "date")), form=Visit.key, record=visit.id)


def _incentive(incentive: Record) -> Entry:
    number = whole_number(incentive, "clause_number")
    words = say("Insentif pasal {number}: {what}", number=number, what=text(incentive, "what")) if number else say(
        "Insentif: {what}", what=text(incentive, "what"))
    amount = incentive.show(Incentive.amount)
    return Entry("handshake", Token.OK, f"{words}, {amount}" if amount else words,
                 written.short_day(text(incentive, "date")), form=Incentive.key, record=incentive.id)


def _violation(violation: Record) -> Entry:
    number = whole_number(violation, "clause_number")
    sanctions = violation.show(Violation.sanctions)
    words = say("Pelanggaran pasal {number}", number=number) + (f": {sanctions}" if sanctions else "")
    tone = Token.WARN if is_open(violation) else Token.OK
    return Entry("flag", tone, words, written.short_day(text(violation, "date")), form=Violation.key,
                 record=violation.id)


def versions(whole: WholeAgreement) -> list[Entry]:
    """Return the former versions, the newest first: what became of each, and since when it was in force."""
    return [_version(Edition(each), whole) for each in whole.former]


def _version(edition: Edition, whole: WholeAgreement) -> Entry:
    bound = whole.binding is not None and whole.binding.number == edition.number
    stage = say("masih berlaku") if bound else agreement_steps.stage_words(edition.stage)
    since = written.short_day(edition.since) if edition.since else ""
    words = say("Versi {number}: {stage}", number=edition.number, stage=stage)
    kept = FormerVersion.key if edition.record.answers.get(ALIVE) else ""  # else it is read from the history
    return Entry("history", Token.OK if bound else Token.TEXT2, words, since, form=kept, record=edition.record.id)
