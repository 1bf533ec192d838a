"""From volumes and denominators to percents, scores, aspect means, total and level, in exact arithmetic."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.schema import written

from .regulation import Criterion, Regulation

PLACES = 2  # decimals of every printed percent
OFFICIAL_MEANS = "workbook"  # the method under which the means of the official sheet count


@dataclass(frozen=True)
class Share:
    """A volume and the denominator it is a part of, in the criterion's unit."""

    volume: Fraction
    of: Fraction

    def percent(self) -> Decimal:
        """Return volume ÷ denominator × 100, half up to two decimals; 0 for a zero denominator."""
        if not self.of:
            return Decimal("0.00")
        volume, of = self.volume, self.of
        return _rounded(100 * volume.numerator * of.denominator, volume.denominator * of.numerator, PLACES)


def volume_at(of: Fraction, percent: Decimal) -> Fraction:
    """Return the volume from which on a part of `of` has this percent, half up to two decimals."""
    return of * (Fraction(percent) - Fraction(1, 2 * 10**PLACES)) / 100


Shares = Mapping[str, Share | None]  # by code of the criterion; None = unknown


@dataclass(frozen=True)
class CriterionScore:
    """What one criterion has; both are None while its volume or denominator is unknown."""

    percent: Decimal | None
    score: int | None


@dataclass(frozen=True)
class Means:
    """The means of the aspects by code, and the mean of these (rata-rata kekumuhan sektoral); None while unknown."""

    aspects: Mapping[str, Decimal | None]
    sectoral: Decimal | None


@dataclass(frozen=True)
class Score:
    """The slum score (nilai kekumuhan) of an area; provisional while a criterion is unknown.

    `main` are the means that count by the method, `official` those of the official sheet, in which a percent that
    scored 0 counts as 0, `plain` those of the percents as they are.
    """

    criteria: Mapping[str, CriterionScore]
    main: Means
    official: Means
    plain: Means
    total: int
    level: str
    provisional: bool
    warnings: tuple[str, ...]

    @property
    def aspects(self) -> Mapping[str, Decimal | None]:
        """Return the means of the aspects that count."""
        return self.main.aspects

    @property
    def sectoral(self) -> Decimal | None:
        """Return the sectoral mean that counts."""
        return self.main.sectoral


def half_up(number: Fraction, places: int = 0) -> Decimal:
    """Return the number rounded to the nearest, halves away from zero, with that many decimals."""
    return _rounded(number.numerator, number.denominator, places)


def _rounded(numerator: int, denominator: int, places: int) -> Decimal:
    """Return a ratio half up, in whole numbers alone: 20,000 RTs have 320,000 of them."""
    whole, part = abs(numerator) * 10**places, abs(denominator)
    rounded = (2 * whole + part) // (2 * part)
    return Decimal(rounded if (numerator >= 0) == (denominator > 0) else -rounded).scaleb(-places)


def score(regulation: Regulation, shares: Shares, method: str = "") -> Score:
    """Score an area; a criterion that is missing or None counts nothing and makes the result provisional.

    Under the method `workbook` the means of the official sheet count; of volumes that nobody counted by a method
    here, as of published tables, the plain ones.
    """
    criteria = {each.code: _criterion(regulation, shares.get(each.code)) for each in regulation.criteria}
    official, plain = _means(regulation, criteria, _as_in_workbook), _means(regulation, criteria, _as_it_is)
    total = sum(each.score or 0 for each in criteria.values())
    return Score(
        criteria=criteria,
        main=official if method == OFFICIAL_MEANS else plain,
        official=official,
        plain=plain,
        total=total,
        level=regulation.level(total).code,
        provisional=any(each.score is None for each in criteria.values()),
        warnings=tuple(_warnings(regulation, shares)),
    )


def points(regulation: Regulation, volume: int | Fraction, of: int | Fraction) -> int:
    """Return the score of a volume, the same as of its percent, without making that: a map scores 3,259 kelurahan.

    A percent half up reaches a bound where 10,000 × volume ÷ of + ½ reaches a hundred times that.
    """
    if not of:
        return regulation.score(Decimal())
    twice = 2 * 100 * 10**PLACES * volume + of
    return next((score for bound, score in regulation.doubled_bounds if twice >= bound * of), 0)


def _criterion(regulation: Regulation, share: Share | None) -> CriterionScore:
    if share is None:
        return CriterionScore(None, None)
    percent = share.percent()
    return CriterionScore(percent, regulation.score(percent))


def _mean(percents: Iterable[Decimal | None]) -> Decimal | None:
    """Return the mean half up to two decimals, or None while one is unknown."""
    all_of_them = tuple(percents)
    known = [int(percent.scaleb(PLACES)) for percent in all_of_them if percent is not None]
    if not known or len(known) < len(all_of_them):
        return None
    return _rounded(sum(known), len(known) * 10**PLACES, PLACES)


def _means(
    regulation: Regulation, criteria: Mapping[str, CriterionScore], percent: Callable[[CriterionScore], Decimal | None]
) -> Means:
    aspects = {
        aspect.code: _mean(percent(criteria[each.code]) for each in aspect.criteria) for aspect in regulation.aspects
    }
    return Means(aspects, _mean(aspects.values()))


def _as_in_workbook(criterion: CriterionScore) -> Decimal | None:
    return Decimal(0) if criterion.score == 0 else criterion.percent


def _as_it_is(criterion: CriterionScore) -> Decimal | None:
    return criterion.percent


def contribution(previous: Decimal | Fraction, current: Decimal | Fraction) -> Fraction | None:
    """Return the share of the sectoral mean that was removed (kontribusi penanganan), at most 1.

    Both are the means that count by the method, or both the others. None where there was nothing to remove; negative
    where the settlement grew worse.
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
    if share.of < 0:
        yield f"{criterion.code} {criterion.name}: pembagi {_shown(share.of, criterion)} kurang dari 0."
    if share.volume < 0:
        yield f"{criterion.code} {criterion.name}: volume {_shown(share.volume, criterion)} kurang dari 0."
    elif share.volume > share.of:
        volume, of = _shown(share.volume, criterion), _shown(share.of, criterion)
        yield f"{criterion.code} {criterion.name}: volume {volume} melebihi keseluruhannya, {of}."


def _shown(number: Fraction, criterion: Criterion) -> str:
    return f"{written.number((Decimal(number.numerator) / Decimal(number.denominator)).normalize())} {criterion.unit}"
