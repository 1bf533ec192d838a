"""How a shared agreement stands on a day: which version is in work, which one binds, how far it has come.

An agreement is one record for the version in work and one for every former version; each tells on which days it
reached its stages. A new version in the making leaves the one in force in force. The bowl and the indicator both
ask here, so that they cannot contradict each other.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from p2kp_desktop.forms.agreement import Agreement
from p2kp_desktop.schema import Record

DRAFT, TESTED, AGREED, LEGALISED, IN_FORCE, UNDER_REVIEW, REVOKED = STAGES = (
    "draf", "uji_publik", "disepakati", "disahkan", "berlaku", "ditinjau", "dicabut",
)
DATES = dict(zip(STAGES, (
    Agreement.drafted, Agreement.public_test, Agreement.agreed, Agreement.legalised, Agreement.in_force,
    Agreement.review_date, Agreement.revoked,
), strict=True))
_STEPS = STAGES[: STAGES.index(UNDER_REVIEW)]  # each takes the ones before it for granted
_PLANNED = {IN_FORCE: LEGALISED}  # a day that counts already at an earlier stage: it is in force from a day to come


@dataclass(frozen=True)
class Day:
    """A day as of which is judged; on a past one only dates tell, for the stage is that of today."""

    date: datetime.date
    past: bool = False

    @classmethod
    def of(cls, period: str, today: datetime.date) -> "Day":
        """Give the day as of which a period is judged: today, or its last day once it is over."""
        year = period.partition("-")[0]
        last = datetime.date(int(year), 12, 31) if year.isdigit() else today
        return cls(min(today, last), last < today)


@dataclass(frozen=True)
class Edition:
    """One version of an agreement: the record of the version in work, or of a former one."""

    record: Record

    @property
    def number(self) -> int:
        """Return the number of the version; 1 where nobody gave one."""
        return self.record[Agreement.version] or 1

    @property
    def stage(self) -> str:
        """Return the stage it is at; one that nobody named is a draft."""
        stage = self.record.understood(Agreement.stage)
        return str(stage) if stage in STAGES else DRAFT

    def said(self, stage: str) -> datetime.date | None:
        """Return the day written for a stage of this very version.

        A release before 0.3.0 left the days of the version before in place: they lie before this one's draft.
        """
        day, drafted = self.record[DATES[stage]], self.record[Agreement.drafted]
        return None if day and drafted and self.number > 1 and day < drafted else day

    @property
    def legal_basis(self) -> str:
        """Return the legal basis of this very version; one that stands beside a day of the version before is not it."""
        left_over = self.record[Agreement.legalised] is not None and self.said(LEGALISED) is None
        return "" if left_over else self.record[Agreement.legal_basis] or ""

    @property
    def since(self) -> datetime.date | None:
        """Return the day from which it binds: in force, or else legalised."""
        return self._counts(IN_FORCE) or self._counts(LEGALISED)

    def reached(self, stage: str, day: Day) -> bool:
        """Say whether it had come as far as a stage up to «berlaku»; a stage without a day counts for the present."""
        reached = self._reached_on(stage)
        if reached:
            return reached <= day.date
        return not day.past and self.stage != REVOKED and self._is_at_least(stage)

    def has_bound(self, day: Day) -> bool:
        """Say whether it had ever come to bind, whatever became of it."""
        if self.since:
            return self.since <= day.date
        return not day.past and self.stage in (IN_FORCE, UNDER_REVIEW)

    def is_over(self, day: Day) -> bool:
        """Say whether it was revoked by then, and not put into force again."""
        revoked = self.said(REVOKED)
        if revoked is None:
            return self.stage == REVOKED and not day.past
        back = self._back(revoked)
        return revoked <= day.date and not (back and back <= day.date)

    def stage_on(self, day: Day) -> str:
        """Return the stage it was at."""
        if self.is_over(day):
            return REVOKED
        reviewed = self.said(UNDER_REVIEW)
        if self.stage == UNDER_REVIEW and (reviewed <= day.date if reviewed else not day.past):
            return UNDER_REVIEW
        return next((stage for stage in reversed(_STEPS) if self.reached(stage, day)), DRAFT)

    def _back(self, revoked: datetime.date) -> datetime.date | None:
        """Return the day it came back after it was revoked; a release before 0.3.0 wrote it as the day in force."""
        restored, in_force = self.record[Agreement.restored], self.record[Agreement.in_force]
        if restored and restored >= revoked:
            return restored
        return in_force if in_force and in_force >= revoked and self.stage != REVOKED else None

    def _counts(self, stage: str) -> datetime.date | None:
        """Return the day of a stage, as far as the agreement has come that far."""
        return self.said(stage) if self._is_at_least(_PLANNED.get(stage, stage)) else None

    def _reached_on(self, stage: str) -> datetime.date | None:
        """Return the day a stage was reached: its own, or the first of a later one."""
        days = [day for each in _STEPS[_STEPS.index(stage) :] if (day := self._counts(each))]
        return self._counts(stage) or min(days, default=None)

    def _is_at_least(self, stage: str) -> bool:
        return STAGES.index(self.stage) >= STAGES.index(stage)


@dataclass(frozen=True)
class Standing:
    """How an agreement stood on a day: what of it had been reached by a version that was not superseded or revoked."""

    agreement: Record
    exists: bool
    agreed: bool
    legalised: bool
    working: Edition | None  # the newest that had begun
    binding: Edition | None  # the one in force

    @property
    def in_force(self) -> bool:
        """Say whether a version was in force."""
        return self.binding is not None


def editions(agreement: Record, former: Sequence[Record]) -> tuple[Edition, ...]:
    """Return the versions of an agreement, the newest first; `former` are the records of the earlier ones."""
    current = Edition(agreement)
    earlier = {each.number: each for each in map(Edition, former) if each.number < current.number}
    return (current, *(earlier[number] for number in sorted(earlier, reverse=True)))


def standing(agreement: Record, former: Sequence[Record], day: Day) -> Standing:
    """Return how an agreement stood on a day; revoking the agreement revokes all its versions."""
    current, *_earlier = every = editions(agreement, former)
    begun = [each for each in every if each.reached(DRAFT, day)]
    working = begun[0] if begun else None if day.past else current
    last = next((each for each in begun if each.has_bound(day)), None)
    living = [] if current.is_over(day) else begun[: begun.index(last) + 1] if last else begun
    living = [each for each in living if not each.is_over(day)]
    return Standing(
        agreement, exists=bool(living), agreed=any(each.reached(AGREED, day) for each in living),
        legalised=any(each.reached(LEGALISED, day) for each in living), working=working,
        binding=last if last in living else None,
    )
