"""From volumes and denominators to percents, scores, aspect means, total and level, in exact arithmetic."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.schema.values import show_number

from .regulation import Aspect, Criterion, Regulation

PLACES = 2  # decimals of every printed percent


@dataclass(frozen=True)
class Share:
    """A volume and the denominator it is a part of, in the criterion's unit."""

    volume: Fraction
    of: Fraction

    def percent(self) -> Decimal:
        """Return volume ÷ denominator × 100, half up to two decimals; 0 for a zero denominator."""
        return half_up(self.volume / self.of * 100, PLACES) if self.of else Decimal("0.00")


Shares = Mapping[str, Share | None]  # by code of the criterion; None = unknown


@dataclass(frozen=True)
class CriterionScore:
    """What one criterion has; both are None while its volume or denominator is unknown."""

    percent: Decimal | None
    score: int | None


@dataclass(frozen=True)
class Score:
    """The slum score (nilai kekumuhan) of an area; provisional while a criterion is unknown."""

    criteria: Mapping[str, CriterionScore]
    aspects: Mapping[str, Decimal | None]
    sectoral: Decimal | None
    total: int
    level: str
    provisional: bool
    warnings: tuple[str, ...]


def half_up(number: Fraction, places: int = 0) -> Decimal:
    """Return the number rounded to the nearest, halves away from zero, with that many decimals."""
    scaled = abs(number) * 10**places
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(rounded if number >= 0 else -rounded).scaleb(-places)


def score(regulation: Regulation, shares: Shares) -> Score:
    """Score an area; a criterion that is missing or None counts nothing and makes the result provisional."""
    criteria = {each.code: _criterion(regulation, shares.get(each.code)) for each in regulation.criteria}
    aspects = {
        aspect.code: _mean(criteria[each.code].percent for each in aspect.criteria) for aspect in regulation.aspects
    }
    total = sum(each.score or 0 for each in criteria.values())
    return Score(
        criteria=criteria,
        aspects=aspects,
        sectoral=_mean(aspects.values()),
        total=total,
        level=regulation.level(total).code,
        provisional=any(each.score is None for each in criteria.values()),
        warnings=tuple(_warnings(regulation, shares)),
    )


def _criterion(regulation: Regulation, share: Share | None) -> CriterionScore:
    if share is None:
        return CriterionScore(None, None)
    percent = share.percent()
    return CriterionScore(percent, regulation.score(percent))


def _mean(percents: Iterable[Decimal | None]) -> Decimal | None:
    """Return the mean half up to two decimals, or None while one is unknown."""
    exact = [None if percent is None else Fraction(percent) for percent in percents]
    known = [percent for percent in exact if percent is not None]
    return half_up(sum(known, Fraction()) / len(known), PLACES) if len(known) == len(exact) and known else None


def mean_as_in_workbook(aspect: Aspect, criteria: Mapping[str, CriterionScore]) -> Decimal | None:
    """Return an aspect's mean as the baseline workbook prints it: percents that scored 0 count as 0."""
    scores = [criteria[each.code] for each in aspect.criteria]
    return _mean(each.percent if each.score else (None if each.score is None else Decimal(0)) for each in scores)


def contribution(previous: Decimal, current: Decimal) -> Fraction | None:
    """Return the share of the sectoral mean that was removed (kontribusi penanganan), at most 1.

    None where there was nothing to remove; negative where the settlement grew worse.
    """
    if previous == 0:
        return None
    return min(Fraction(1), (Fraction(previous) - Fraction(current)) / Fraction(previous))


def _warnings(regulation: Regulation, shares: Shares) -> Iterator[str]:
    for criterion in regulation.criteria:
        share = shares.get(criterion.code)
        if share is not None:
            yield from _impossible(criterion, share)


def _impossible(criterion: Criterion, share: Share) -> Iterator[str]:
    """Yield why a volume cannot be."""
    volume, of = (f"{_shown(number)} {criterion.unit}" for number in (share.volume, share.of))
    if share.of < 0:
        yield f"{criterion.code} {criterion.name}: pembagi {of} kurang dari 0."
    if share.volume < 0:
        yield f"{criterion.code} {criterion.name}: volume {volume} kurang dari 0."
    elif share.volume > share.of:
        yield f"{criterion.code} {criterion.name}: volume {volume} melebihi keseluruhannya, {of}."


def _shown(number: Fraction) -> str:
    return show_number((Decimal(number.numerator) / Decimal(number.denominator)).normalize())
