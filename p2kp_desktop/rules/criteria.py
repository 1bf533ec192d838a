"""Which criterion of an edition an option of the forms is, for numbers of editions differ; in what steps it goes."""

from fractions import Fraction

from .regulation import Criterion, Regulation

# What can be counted or measured of a unit: whole buildings and KK, centimetres, square metres.
_STEPS = {"unit": Fraction(1), "KK": Fraction(1), "m": Fraction(1, 100), "Ha": Fraction(1, 10_000)}


def criterion_of(rules: Regulation, code: str) -> Criterion | None:
    """Return the criterion of an edition for an option of the forms, None where the edition does not score it."""
    return next((each for each in rules.criteria if each.option == code), None)


def step_of(criterion: Criterion) -> Fraction:
    """Return the step in which volumes of a criterion go, in its unit."""
    return _STEPS[criterion.unit]
