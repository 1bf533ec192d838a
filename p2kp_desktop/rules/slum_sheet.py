"""The means of the official sheet «Kekumuhan Awal_RT» as it counts them: of exact percents, rounded nowhere.

A percent that scored 0 counts as 0. Shown to two decimals they are those of the score, which is made of rounded
percents; a sheet of a spreadsheet holds these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .regulation import Regulation
from .scoring import Score, Share, Shares


@dataclass(frozen=True)
class SheetMeans:
    """Exact means as parts of 1: by code of the aspect, and of all aspects; None while a criterion is unknown."""

    aspects: Mapping[str, Fraction | None]
    sectoral: Fraction | None


def exact(share: Share | None) -> Fraction | None:
    """Return a volume as a part of its denominator, 0 of nothing; None while it is unknown."""
    if share is None:
        return None
    return share.volume / share.of if share.of else Fraction()


def means(rules: Regulation, shares: Shares, score: Score) -> SheetMeans:
    """Return the means of an RT, or of RTs taken together."""
    def counted(code: str) -> Fraction | None:
        return Fraction() if score.criteria[code].score == 0 else exact(shares.get(code))

    aspects = {each.code: _mean([counted(one.code) for one in each.criteria]) for each in rules.aspects}
    return SheetMeans(aspects, _mean(list(aspects.values())))


def _mean(parts: list[Fraction | None]) -> Fraction | None:
    known = [each for each in parts if each is not None]
    return sum(known, Fraction()) / len(known) if known and len(known) == len(parts) else None
