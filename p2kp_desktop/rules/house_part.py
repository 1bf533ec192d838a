"""What one house adds to the score of its RT: in which criteria it counts, and what they would be without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from p2kp_desktop.language import say
from p2kp_desktop.schema import Record, written

from .assessment import RtAssessment
from .causes import OF_A_HOUSE, lacking
from .census import tally
from .regulation import Criterion
from .scoring import Score, Share, score


@dataclass(frozen=True)
class HouseShare:
    """One criterion of an RT with a house and without it; `counts` says whether the house is not good in it."""

    criterion: Criterion
    counts: bool
    now: Share | None
    without: Share | None
    score: int | None
    score_without: int | None

    @property
    def percent(self) -> Decimal | None:
        """Return the percent of the RT as it is."""
        return None if self.now is None else self.now.percent()

    @property
    def percent_without(self) -> Decimal | None:
        """Return the percent of the RT without the house."""
        return None if self.without is None else self.without.percent()

    @property
    def differs(self) -> bool:
        """Say whether the criterion would be another without the house."""
        return self.percent != self.percent_without


@dataclass(frozen=True)
class HousePart:
    """What a house adds to its RT, criterion by criterion; `without` is the score of the RT without it."""

    id: str
    named: str
    shares: tuple[HouseShare, ...]
    now: Score
    without: Score

    @property
    def words(self) -> str:
        """Return it in sentences: Rumah ini: 1c ya, 3a ya. Tanpa rumah ini 1c 20,00 % → 11,11 %; nilai RT tetap 8."""
        bad = [say("{code} ya", code=each.criterion.code) for each in self.shares if each.counts]
        first = say("Rumah ini: {criteria}.", criteria=", ".join(bad)) if bad else say(
            "Rumah ini baik di semua kriteria rumah.")
        moved = [f"{each.criterion.code} {_percent(each.percent)} → {_percent(each.percent_without)}"
                 for each in self.shares if each.differs]
        total = (say("nilai RT tetap {total}", total=self.now.total) if self.now.total == self.without.total else
                 say("nilai RT {before} → {after}", before=self.now.total, after=self.without.total))
        return f"{first} " + say("Tanpa rumah ini {changes}.", changes="; ".join([*moved, total]))


def _percent(percent: Decimal | None) -> str:
    return say("belum diketahui") if percent is None else f"{written.number(percent)} %"


def house_part(rt: RtAssessment, households: Sequence[Record], house: str) -> HousePart | None:
    """Return the part of a house in its RT, of whose records it is one; None where the census does not count."""
    record = next((each for each in households if each.id == house), None)
    census = rt if rt.source == "census" else rt.by_other_source
    if record is None or census is None or census.again is None:
        return None
    left = census.again(tally(each for each in households if each is not record))
    without = score(rt.regulation, left, census.method)
    floor_area = rt.regulation.census.floor_area_counts_in_1c
    shares = tuple(
        HouseShare(each, any(True for _ in lacking(each.volume, record, floor_area=floor_area)),
                   census.shares.get(each.code), left.get(each.code), census.score.criteria[each.code].score,
                   without.criteria[each.code].score)
        for each in rt.regulation.criteria if each.volume in OF_A_HOUSE
    )
    return HousePart(record.id, record.form.called(record.answers, say), shares, census.score, without)
