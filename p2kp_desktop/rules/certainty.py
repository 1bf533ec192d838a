"""What the houses that nobody surveyed could still be: all good, or all bad.

A level from a part of the houses is provisional; between these two lies what it can become.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction

from .census import Tally
from .coverage import Coverage

_OF_THE_HOUSES = ("households", "buildings", "kk")
_TOLD_APART = (  # what is counted of households without being a failing of theirs
    "male", "female", "disabled", "mbr", "non_mbr", "with_permit", "with_land_letter", "without_kk_count", "incomplete",
    "differing_buildings", "impossible", "refill_water",
)
FAILINGS = tuple(
    each.name for each in fields(Tally)
    if each.name not in (*_OF_THE_HOUSES, *_TOLD_APART) and not each.name.endswith("_open")
)


def completed(tally: Tally, covered: Coverage) -> Iterator[Tally]:
    """Yield the tally with every building that nobody surveyed all good, then all bad; nothing where none lacks.

    A building that lacks is one household with as many KK as the others have.
    """
    lacking = covered.lacking or 0
    if not lacking or not tally.households:
        return
    kk = lacking * max(1, round(Fraction(tally.kk, tally.households)))
    good = Tally(households=lacking, buildings=lacking, kk=kk)
    yield tally + good
    yield tally + replace(good, **{name: kk if name.endswith("_kk") else lacking for name in FAILINGS})
