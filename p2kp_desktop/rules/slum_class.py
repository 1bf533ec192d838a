"""Class, priority and pattern of handling of a slum area: its level, the other considerations, whether it is legal.

All figures stand in the file of the regulation with their sources, those unverified marked so. The authority by
hectares is of UU 23/2014: below 10 ha the kabupaten/kota, from 10 to 15 the province, above 15 the national
government.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .regulation import Handling, Regulation, SlumClass, Threshold

CITY, PROVINCE, NATION = "kota", "provinsi", "pusat"
_PROVINCE_FROM, _PROVINCE_TO = 10, 15  # hectares
STRATEGIC, DENSITY, POTENTIAL = "strategic", "population_density", "potential"


@dataclass(frozen=True)
class Considered:
    """The other considerations: the value of each that is known, their sum and its class once all are known."""

    values: Mapping[str, int]
    total: int | None
    code: str | None

    @property
    def lacking(self) -> tuple[str, ...]:
        """Return the items that nobody answered."""
        return tuple(each for each in (STRATEGIC, DENSITY, POTENTIAL) if each not in self.values)


def considered(
    rules: Regulation, *, strategic: bool | None, potential: bool | None, density: Fraction | None
) -> Considered:
    """Return the values of the considerations; `density` in persons per hectare."""
    answers = {STRATEGIC: _said(strategic), POTENTIAL: _said(potential), DENSITY: density_class(rules, density)}
    values = {each.code: each.values[answer] for each in rules.considerations if (answer := answers.get(each.code))}
    if len(values) < len(rules.considerations):
        return Considered(values, None, None)
    total = sum(values.values())
    return Considered(values, total, _class(rules.consideration_bands, Fraction(total)))


def density_class(rules: Regulation, density: Fraction | None) -> str | None:
    """Return the class of a population density; one that starts at a number begins above it."""
    if density is None:
        return None
    return next((each.code for each in rules.population_density if density > each.number), None)


def _class(bands: Sequence[Threshold], number: Fraction) -> str | None:
    return next((each.code for each in bands if number >= each.number), None)


def _said(answer: bool | None) -> str | None:
    return None if answer is None else "ya" if answer else "tidak"


def is_legal(*items: bool | None) -> bool | None:
    """Say whether the land is legal: each item counts + or −, a negative sum is not; None while it may be either."""
    known = sum(1 if each else -1 for each in items if each is not None)
    unknown = items.count(None)
    if known - unknown >= 0:
        return True
    return False if known + unknown < 0 else None


def slum_class(rules: Regulation, level: str, considerations: str | None, *, legal: bool | None) -> SlumClass | None:
    """Return the class of a level; None while something is unknown, or where it is no slum."""
    return next((each for each in rules.classes
                 if (each.level, each.consideration, each.legal) == (level, considerations, legal)), None)


def handling(rules: Regulation, level: str, *, legal: bool | None) -> Handling | None:
    """Return the pattern of handling."""
    return next((each for each in rules.handling if (each.level, each.legal) == (level, legal)), None)


def authority(hectares: Fraction) -> str:
    """Return who is in charge of an area of this size."""
    if hectares < _PROVINCE_FROM:
        return CITY
    return PROVINCE if hectares <= _PROVINCE_TO else NATION
