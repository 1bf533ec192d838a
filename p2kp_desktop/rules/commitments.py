"""How a commitment stands: waiting, under way, kept, late; computed from what is recorded and the day, never typed.

It is late when it was agreed, its day has passed, and what was given is less than what was promised; its day is its
due date, or the last day of its year. An offer that nobody agreed to is never late. What was given is the sum of its
instalments; one that is marked as paid and has none recorded counts as given wholly.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from p2kp_desktop.forms.collaboration import Commitment, Realisation
from p2kp_desktop.language import say
from p2kp_desktop.schema import Record, written

WAITING, RUNNING, KEPT, LATE, DROPPED = STATES = ("menunggu", "berjalan", "ditepati", "terlambat", "batal")
OFFERED, AGREED, PAID, CANCELLED = "tawaran", "disepakati", "cair", "batal"
FIRM = (AGREED, PAID)


@dataclass(frozen=True)
class Pledge:
    """A commitment beside what was given: rupiah and goods, each promised and given; `due` None without a day."""

    state: str
    due: datetime.date | None
    is_said: bool  # the day is its due date, not the end of its year
    money: int
    given: int
    goods: Decimal
    given_goods: Decimal

    @property
    def left(self) -> int:
        """Return the rupiah that are still to be given."""
        return max(0, self.money - self.given)

    @property
    def left_goods(self) -> Decimal:
        """Return how much of the goods is still to be given."""
        return max(Decimal(), self.goods - self.given_goods)


def pledge(commitment: Record, realised: Iterable[Record], today: datetime.date) -> Pledge:
    """Return how a commitment stands on a day, given its instalments."""
    asked, steps = commitment.asked_answers(), tuple(realised)
    money = (commitment[Commitment.amount] or 0) if Commitment.amount.key in asked else 0
    goods = (commitment[Commitment.goods_volume] or Decimal()) if Commitment.goods_volume.key in asked else Decimal()
    given = sum(each[Realisation.amount] or 0 for each in steps)
    given_goods = sum((each[Realisation.goods_volume] or Decimal() for each in steps), Decimal())
    reached, due = str(commitment.understood(Commitment.reached) or ""), _due(commitment)
    if reached == PAID and not steps:
        given, given_goods = money, goods
    kept = bool(money or goods or steps or reached == PAID) and given >= money and given_goods >= goods
    passed = due is not None and due < today
    state = _state(reached, kept=kept, begun=bool(steps), passed=passed)
    return Pledge(state, due, commitment[Commitment.due] is not None, money, given, goods, given_goods)


def _state(reached: str, *, kept: bool, begun: bool, passed: bool) -> str:
    if reached == CANCELLED:
        return DROPPED
    if kept:
        return KEPT
    if passed and reached in FIRM:
        return LATE
    return RUNNING if begun else WAITING


def _due(commitment: Record) -> datetime.date | None:
    year = commitment[Commitment.year]
    return commitment[Commitment.due] or (datetime.date(year, 12, 31) if year else None)


def state_word(state: str) -> str:
    """Return a state in words."""
    return {
        WAITING: say("Menunggu"), RUNNING: say("Berjalan"), KEPT: say("Ditepati"), LATE: say("Terlambat"),
        DROPPED: say("Batal"),
    }.get(state, state)


def told(found: Pledge, unit: str) -> str:
    """Return the part of a promise that was given, in words; `unit` is that of the goods."""
    parts = []
    if found.money or found.given:
        parts.append(say("{given} dari {money}", given=written.money(found.given), money=written.money(found.money)))
    if found.goods or found.given_goods:
        goods = say("{given} dari {goods}", given=written.number(found.given_goods), goods=written.number(found.goods))
        parts.append(f"{goods} {unit}".strip())
    return " · ".join(parts)
