"""Which criterion of an edition an option of the forms is, for the numbers of editions differ."""

from .regulation import Criterion, Regulation


def criterion_of(rules: Regulation, code: str) -> Criterion | None:
    """Return the criterion of an edition for an option of the forms, None where the edition does not score it."""
    return next((each for each in rules.criteria if each.option == code), None)
