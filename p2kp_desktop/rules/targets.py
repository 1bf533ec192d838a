"""100-0-100: safe water for all, no slum, sanitation for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .assessment import RtAssessment
from .census import Tally, add_up
from .scoring import PLACES, half_up


@dataclass(frozen=True)
class Hundreds:
    """The three targets of one area; shares are percents of surveyed households, None while there are none."""

    households: int
    water: Decimal | None  # A.3 akses
    enough_water: Decimal | None  # A.3 kecukupan, reported beside it
    latrine: Decimal | None  # A.4 akses
    fit_latrine: Decimal | None  # A.4 teknis
    rts: int
    rts_without_census: int
    slum_rts: int
    slum_ha: Fraction
    decree_ha: Fraction | None  # luas menurut SK
    slum_of_decree: Decimal | None  # percent of the decree's hectares that are still slum
    disputed: int = 0  # answers behind these figures that are in conflict


def hundreds(rts: Iterable[RtAssessment], *, decree_ha: Decimal | None = None) -> Hundreds:
    """Return how far an area is on the way to 100-0-100; `decree_ha` is the area of its decree in ha."""
    members = tuple(rts)
    tally = add_up(rt.tally for rt in members)
    slums = [rt for rt in members if rt.is_slum]
    slum_ha = sum((rt.area_ha for rt in slums), Fraction())
    decreed = None if decree_ha is None else Fraction(decree_ha)
    return Hundreds(
        households=tally.households,
        water=_passing(tally, tally.unsafe_water),
        enough_water=_passing(tally, tally.short_water),
        latrine=_passing(tally, tally.no_latrine),
        fit_latrine=_passing(tally, tally.unfit_latrine),
        rts=len(members),
        rts_without_census=sum(not rt.tally.households for rt in members),
        slum_rts=len(slums),
        slum_ha=slum_ha,
        decree_ha=decreed,
        slum_of_decree=half_up(slum_ha / decreed * 100, PLACES) if decreed else None,
        disputed=sum(rt.disputed for rt in members),
    )


def _passing(tally: Tally, failing: int) -> Decimal | None:
    if not tally.households:
        return None
    return half_up(Fraction(100 * (tally.households - failing), tally.households), PLACES)
