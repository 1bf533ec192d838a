"""Commitments with what was given of them: how each stands today, the late ones first."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from p2kp_desktop import environment
from p2kp_desktop.actions.recording import attachments
from p2kp_desktop.forms.collaboration import Commitment, Need, Realisation
from p2kp_desktop.language import say
from p2kp_desktop.rules import commitments
from p2kp_desktop.rules.commitments import FIRM, LATE, STATES, Pledge
from p2kp_desktop.schema import Record, written
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where


@dataclass(frozen=True)
class Given:
    """One instalment of a commitment: what was given on a day, and what proves it; `date` is ISO, "" without one."""

    id: str
    region: str
    who: str  # gives it
    date: str
    amount: int
    goods: Decimal | None
    unit: str
    evidence: str
    is_attached: bool  # a scan or photo hangs on it
    note: str


@dataclass(frozen=True)
class Promise:
    """A commitment as it is listed; `need` and `stakeholder` are "" where it names none, or one thrown away."""

    id: str
    region: str
    who: str
    stakeholder: str
    what: str
    year: int
    source: str
    amount: int
    goods: str  # what is given beside money, in words
    unit: str
    reached: str
    letter: str
    need: str
    decision: str
    pledge: Pledge
    steps: tuple[Given, ...]

    @property
    def firm(self) -> bool:
        """Say whether it is agreed or paid."""
        return self.reached in FIRM

    @property
    def is_late(self) -> bool:
        """Say whether its day has passed and it is not kept."""
        return self.pledge.state == LATE


_ORDER = {state: place for place, state in enumerate((LATE, *(each for each in STATES if each != LATE)))}


def promises(workspace: Workspace, area: str) -> list[Promise]:
    """Return the commitments of an area: late ones first, then those that wait, the one due first before the others."""
    with workspace.asking() as connection:
        found = within(connection, area)
    return sorted(found, key=lambda each: (
        _ORDER[each.pledge.state], each.pledge.due or datetime.date.max, each.who.casefold(), each.id))


def within(connection: Connection, area: str) -> list[Promise]:
    """Return the same in the order of their ids, inside a transaction."""
    gone = {each["id"] for each in views.picked(connection, Need, (), Where(deleted=True))}
    given: dict[str, list[Record]] = {}
    for each in views.counted(connection, Realisation):
        given.setdefault(str(each.answers.get("parent") or ""), []).append(each)
    attached = attachments.parents(connection)
    return [_promise(each, given, gone, attached) for each in views.counted(connection, Commitment, Where(area=area))]


def _promise(
    record: Record, given: Mapping[str, Sequence[Record]], gone: set[str], attached: set[str]
) -> Promise:
    need, steps = str(record.answers.get("need") or ""), given.get(record.id, ())
    found = commitments.pledge(record, steps, environment.today())
    told = sorted((_given(each, record, attached) for each in steps), key=lambda each: (each.date, each.id))
    region, stakeholder, decision = (str(record.answers.get(key) or "") for key in
                                     ("region", "stakeholder", "decision"))
    return Promise(
        record.id, region, record.show(Commitment.who), stakeholder, record.show(Commitment.what),
        record[Commitment.year] or 0, str(record.understood(Commitment.source) or ""), found.money,
        _goods(record, found), say(record.show(Commitment.goods_unit)),
        str(record.understood(Commitment.reached) or ""), record.show(Commitment.letter),
        "" if need in gone else need, decision, found, tuple(reversed(told)),
    )


def _goods(record: Record, found: Pledge) -> str:
    """Return the goods given beside money in words: 200 Sak semen."""
    if Commitment.goods.key not in record.asked_answers():
        return ""
    number = written.number(found.goods) if found.goods else ""
    return " ".join(part for part in (number, say(record.show(Commitment.goods_unit)), record.show(Commitment.goods))
                    if part)


def _given(step: Record, of: Record, attached: set[str]) -> Given:
    return Given(
        step.id, str(of.answers.get("region") or ""), of.show(Commitment.who),
        str(step.understood(Realisation.date) or ""), step[Realisation.amount] or 0, step[Realisation.goods_volume],
        say(of.show(Commitment.goods_unit)), step.show(Realisation.evidence), step.id in attached,
        step.show(Realisation.note),
    )


def told(promise: Promise) -> tuple[str, ...]:
    """Return a commitment in sentences: what, how it stands, what proves the promise."""
    found = promise.pledge
    by = say("tenggat {day}", day=written.day(found.due)) if found.due else say("tanpa tenggat")
    usual = "" if found.is_said or not found.due else say("akhir tahunnya")
    state = say("**{state}** · {due}", state=commitments.state_word(found.state),
                due=" · ".join(part for part in (by, usual) if part))
    reached = say(Commitment.reached.show(promise.reached)) if promise.reached else ""
    promised = " · ".join(part for part in (
        written.money(promise.amount) if promise.amount else "", promise.goods, reached, promise.letter) if part)
    given = commitments.told(found, promise.unit)
    rest = left_words(promise)
    return tuple(part for part in (
        f"**{promise.who}**: {promise.what}", promised, state,
        say("**Diberikan:** {given}", given=given) if given and (promise.steps or found.given) else "",
        say("**Sisa:** {rest}", rest=rest) if rest and promise.steps else "",
    ) if part)


def left_words(promise: Promise) -> str:
    """Return the rest that is still to be given, in words, "" for nothing."""
    found = promise.pledge
    goods = f"{written.number(found.left_goods)} {promise.unit}".strip() if found.left_goods else ""
    return " · ".join(part for part in (written.money(found.left) if found.left else "", goods) if part)
