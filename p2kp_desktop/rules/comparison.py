"""What changed from one period to another: only what was assessed in both is compared, the rest is named."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .assessment import RtAssessment
from .targets import Hundreds, hundreds

Place = tuple[str, str]  # region (kelurahan), RT label
Measured = Callable[[RtAssessment], bool]


@dataclass(frozen=True)
class Matched:
    """The RTs that one figure is known of in both periods, and those of which it is known only before or only now.

    `before_ha` and `now_ha` are the slum hectares of those compared, `new_ha` and `gone_ha` of the others.
    """

    compared: tuple[Place, ...] = ()
    new: tuple[Place, ...] = ()
    gone: tuple[Place, ...] = ()
    before_ha: Fraction = Fraction()
    now_ha: Fraction = Fraction()
    new_ha: Fraction = Fraction()
    gone_ha: Fraction = Fraction()

    @property
    def same(self) -> bool:
        """Say whether the figure is known of the same RTs in both periods."""
        return bool(self.compared) and not self.new and not self.gone

    @property
    def slum_ha(self) -> Fraction:
        """Return by how much the slum hectares grew in the RTs compared; below 0 they shrank."""
        return self.now_ha - self.before_ha


@dataclass(frozen=True)
class Comparison:
    """How an area moved from a period to the next: the slum in `land`, the shares of households in `homes`.

    `before` and `now` are the figures of the RTs of `homes` that are compared.
    """

    land: Matched
    homes: Matched
    before: Hundreds
    now: Hundreds

    def grown(self, share: Callable[[Hundreds], Decimal | None]) -> tuple[Decimal, Decimal] | None:
        """Return a share before and now over the RTs compared, None where there are none."""
        then, now = share(self.before), share(self.now)
        return None if then is None or now is None else (then, now)


def earlier(period: str, known: Iterable[str]) -> str:
    """Return the newest of the known periods of the same kind before this one; "" for none, or one that is no year."""
    year, _mark, kind = period.partition("-")
    years = [each.partition("-") for each in known if each.partition("-")[2] == kind]
    before = [int(each) for each, _, _ in years if each.isdigit() and year.isdigit() and int(each) < int(year)]
    return f"{max(before)}{'-' if kind else ''}{kind}" if before else ""


def compare(before: Iterable[RtAssessment], now: Iterable[RtAssessment]) -> Comparison:
    """Compare two periods RT by RT."""
    then, here = _by_place(before), _by_place(now)
    homes = _matched(then, here, lambda rt: rt.tally.households > 0)
    return Comparison(
        _matched(then, here, has_land), homes,
        hundreds(then[place] for place in homes.compared), hundreds(here[place] for place in homes.compared),
    )


def has_land(rt: RtAssessment) -> bool:
    """Say whether it is known how much of an RT is slum: its area, and every criterion."""
    return rt.figures.get("luas_ha") is not None and all(each.score is not None for each in rt.score.criteria.values())


def _by_place(rts: Iterable[RtAssessment]) -> Mapping[Place, RtAssessment]:
    return {(rt.region, rt.rt): rt for rt in rts}


def _matched(before: Mapping[Place, RtAssessment], now: Mapping[Place, RtAssessment], known: Measured) -> Matched:
    then = {place for place, rt in before.items() if known(rt)}
    here = {place for place, rt in now.items() if known(rt)}
    both, new, gone = sorted(then & here), sorted(here - then), sorted(then - here)
    return Matched(
        tuple(both), tuple(new), tuple(gone), _slum(before, both), _slum(now, both), _slum(now, new),
        _slum(before, gone),
    )


def _slum(rts: Mapping[Place, RtAssessment], places: Iterable[Place]) -> Fraction:
    return sum((rts[place].area_ha for place in places if rts[place].is_slum), Fraction())
