"""What adds up over RTs: hectares and RTs by level, bad volumes, households that are served, records by status.

The sums of an area are those of its RTs added up, so that a province is read as quickly as a kelurahan. A criterion of
an area is scored from such sums (its bad metres of all its metres), as the regulation says, never from the mean of
the scores of its RTs. Everything is exact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .assessment import RtAssessment
from .regulation import Regulation
from .scoring import Share, score

Amounts = Mapping[str, Fraction]

RTS, PROVISIONAL, LACKING, UNBOUNDED = "rts", "provisional", "lacking", "unbounded"
HOUSEHOLDS, HECTARES, SLUM_HECTARES, SLUM_RTS = "households", "ha", "slum_ha", "slum_rts"
WATER, ENOUGH_WATER, LATRINE, FIT_LATRINE = SERVED = ("water", "enough_water", "latrine", "fit_latrine")
IMPROVED_WATER, IMPROVED_SANITATION = "bps_water", "bps_sanitation"  # layak to BPS
_LEVEL, _LEVEL_HA, _VOLUME, _OF, _STANDING = "level ", "ha ", "volume ", "of ", "standing "


def amounts(rt: RtAssessment, standings: Mapping[str, int]) -> dict[str, Fraction]:
    """Return the sums an RT adds to its area; `standings` counts households by review status, "" for a draft."""
    tally, level = rt.tally, rt.score.level
    found: dict[str, Fraction | int] = {
        RTS: 1, PROVISIONAL: int(rt.score.provisional), HECTARES: rt.area_ha,
        SLUM_RTS: int(rt.is_slum), SLUM_HECTARES: rt.area_ha if rt.is_slum else 0,
        f"{_LEVEL}{level}": 1, f"{_LEVEL_HA}{level}": rt.area_ha,
        HOUSEHOLDS: tally.households, WATER: tally.households - tally.unsafe_water,
        ENOUGH_WATER: tally.households - tally.short_water, LATRINE: tally.households - tally.no_latrine,
        FIT_LATRINE: tally.households - tally.unfit_latrine,
        IMPROVED_WATER: tally.households - tally.unimproved_water,
        IMPROVED_SANITATION: tally.households - tally.unimproved_sanitation,
    }
    if tally.households:
        lacking = rt.coverage.lacking
        found |= {UNBOUNDED: 1} if lacking is None else {LACKING: lacking}
    for code, share in rt.shares.items():
        if share is not None:
            found |= {f"{_VOLUME}{code}": share.volume, f"{_OF}{code}": share.of}
    found |= {f"{_STANDING}{standing}": number for standing, number in standings.items()}
    return {name: Fraction(amount) for name, amount in found.items() if amount}


def added(parts: Iterable[Amounts]) -> dict[str, Fraction]:
    """Return the sums of several amounts."""
    sums: dict[str, Fraction] = {}
    for part in parts:
        for name, amount in part.items():
            sums[name] = sums.get(name, Fraction()) + amount
    return sums


@dataclass(frozen=True)
class Sums:
    """The sums of an area."""

    amounts: Amounts

    def get(self, name: str) -> Fraction:
        """Return one sum, 0 where nothing added to it."""
        return self.amounts.get(name, Fraction())

    def number(self, name: str) -> int:
        """Return a sum of things that are counted."""
        return int(self.get(name))

    def level(self, code: str) -> tuple[int, Fraction]:
        """Return how many RTs have a level, and their hectares."""
        return self.number(f"{_LEVEL}{code}"), self.get(f"{_LEVEL_HA}{code}")

    def standing(self, standing: str) -> int:
        """Return how many households have a review status, "" for a draft."""
        return self.number(f"{_STANDING}{standing}")

    def share(self, name: str) -> Fraction | None:
        """Return the share of households, 0 to 1, that have something; None without households."""
        return self.get(name) / self.get(HOUSEHOLDS) if self.get(HOUSEHOLDS) else None

    @property
    def slum_share(self) -> Fraction | None:
        """Return the share of the assessed hectares that is slum, 0 to 1; None while no area is known."""
        return self.get(SLUM_HECTARES) / self.get(HECTARES) if self.get(HECTARES) else None

    def shares(self, rules: Regulation) -> dict[str, Share]:
        """Return volume and denominator by criterion, of those that anybody knows."""
        return {
            each.code: Share(self.get(f"{_VOLUME}{each.code}"), self.get(f"{_OF}{each.code}"))
            for each in rules.criteria if f"{_OF}{each.code}" in self.amounts
        }

    def total(self, rules: Regulation, method: str) -> int:
        """Return the score of the area as one: its sums scored again."""
        known = self.shares(rules)
        return score(rules, {each.code: known.get(each.code) for each in rules.criteria}, method).total
