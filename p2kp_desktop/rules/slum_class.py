"""The class of a slum settlement (A1 to C6), its priority and handling, by level, other considerations and legality.

All values stand in resources/regulations; what lacks is named by what is to be answered, and nothing is guessed. Who
has authority follows from the hectares alone: under 10 the city, 10 to 15 the province, over 15 the nation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .regulation import Handling, Regulation, SlumClass, Threshold

YES, NO = "ya", "tidak"
DENSITY = "population_density"


@dataclass(frozen=True)
class Classified:
    """What a settlement is by the regulation; None where it cannot be told, `lacking` names the codes it lacks.

    A settlement that is no slum has no class. `points` are the sum of the considerations that are answered.
    """

    level: str
    is_slum: bool
    points: int
    consideration: str | None
    legal: bool | None
    slum_class: SlumClass | None
    handling: Handling | None
    lacking: tuple[str, ...]


def classify(
    rules: Regulation, *, total: int | None, considered: Mapping[str, str | None], legality: Mapping[str, str | None]
) -> Classified:
    """Return the class of a settlement: `considered` and `legality` are its answers by the codes of the regulation."""
    level = rules.level(total) if total is not None else None
    asked = {each.code: considered.get(each.code) for each in rules.considerations}
    legal_answers = {each.code: legality.get(each.code) for each in rules.legality}
    values = [each.values[str(asked[each.code])] for each in rules.considerations
              if asked[each.code] in each.values]
    missing = [*([] if level else ["total"]),
               *(each.code for each in rules.considerations if asked[each.code] not in each.values),
               *(code for code, answer in legal_answers.items() if answer not in (YES, NO))]
    points, known = sum(values), len(values) == len(rules.considerations)
    consideration = _band(rules.consideration_bands, points) if known else None
    legal = _legal(legal_answers)
    is_slum = total is not None and rules.is_slum(total)
    found = next((each for each in rules.classes if level is not None and each.level == level.code
                  and each.consideration == consideration and each.legal is legal), None)
    handling = next((each for each in rules.handling if level is not None and each.level == level.code
                     and each.legal is legal), None)
    return Classified(level.code if level else "", is_slum, points, consideration, legal, found, handling,
                      tuple(missing))


def _legal(answers: Mapping[str, str | None]) -> bool | None:
    """Say whether a settlement is legal: each item counts + or −, a negative sum is not; None while one lacks."""
    if any(answer not in (YES, NO) for answer in answers.values()):
        return None
    return sum(1 if answer == YES else -1 for answer in answers.values()) >= 0


def _band(bands: Sequence[Threshold], number: int) -> str | None:
    return next((band.code for band in bands if number >= band.number), None)


def density_class(rules: Regulation, people: Fraction | None, hectares: Fraction | None) -> str | None:
    """Return the class of a population density in persons per ha of RT area, None where it is not known."""
    if people is None or not hectares:
        return None
    return next((each.code for each in rules.population_density if people / hectares > each.number), None)


CITY, PROVINCE, NATION = "kabupaten_kota", "provinsi", "pusat"
CITY_BELOW, PROVINCE_UP_TO = 10, 15  # hectares; UU 23/2014 as quoted with the annex pattern of by-law Madiun 45/2018


def authority(hectares: Fraction | None) -> str | None:
    """Return who has authority over a settlement of so many hectares, None while they are not known."""
    if hectares is None:
        return None
    if hectares < CITY_BELOW:
        return CITY
    return PROVINCE if hectares <= PROVINCE_UP_TO else NATION
