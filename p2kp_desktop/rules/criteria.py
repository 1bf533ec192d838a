"""Which option of the forms a criterion of a regulation is: by what it measures, for the numbers of editions differ."""

from collections.abc import Mapping
from functools import cache

from p2kp_desktop.schema.conditions import DEFAULT_RULES

from .regulation import Criterion, Regulation, regulation

UNITS = {"unit": "unit", "m": "meter", "Ha": "ha", "KK": "kk"}  # of a criterion → of the forms

# What only the edition of 2016 measures, by the name of its volume in the form rt_recap
_ONLY_2016 = {
    "unconnected_drain_m": "c4_terhubung", "dirty_drain_m": "c4_terpelihara",
    "worn_waste_facility_kk": "c6_terpelihara",
}


@cache
def _codes() -> Mapping[str, str]:
    """Return the option by the name of the volume."""
    return {each.volume: f"c{each.code}" for each in regulation(DEFAULT_RULES).criteria} | _ONLY_2016


def code_of(criterion: Criterion) -> str:
    """Return the option of the forms for a criterion: c2b for 2b, c4c for 4c of 2018 and for 4e of 2016."""
    return _codes()[criterion.volume]


def criterion_of(rules: Regulation, code: str) -> Criterion | None:
    """Return the criterion of an edition for an option of the forms, None where the edition does not score it."""
    return next((each for each in rules.criteria if code_of(each) == code), None)
