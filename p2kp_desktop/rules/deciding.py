"""What is certain of a condition while answers are missing: it holds, it fails, or may still turn out either way."""

from collections.abc import Iterable, Sequence

from p2kp_desktop.schema import Except
from p2kp_desktop.schema.conditions import Among, Answers, Both, Condition

Standing = bool | None  # None: an answer that is missing could still decide it


def standing(condition: Condition, asked: Answers) -> Standing:
    """Say whether a condition holds, fails, or may still turn out either way."""
    if isinstance(condition, Except):
        holds = standing(Among(condition.question, condition.codes), asked)
        return None if holds is None else not holds
    if isinstance(condition, Both):
        return every((condition.first, condition.second), asked)
    if isinstance(condition, Among):
        return _all_of((standing(condition.question.when, asked), _chosen(condition, asked)))
    lacking = any(asked.get(each.key) is None for each in condition.leans_on())
    return None if lacking else condition.holds(asked)


def every(conditions: Iterable[Condition], asked: Answers) -> Standing:
    """Say whether all conditions hold: one that fails decides, whatever is missing."""
    return _all_of(tuple(standing(condition, asked) for condition in conditions))


def any_of(standings: Sequence[Standing]) -> Standing:
    """Say whether one of these holds."""
    if True in standings:
        return True
    return None if None in standings else False


def _all_of(standings: Sequence[Standing]) -> Standing:
    if False in standings:
        return False
    return None if None in standings else True


def _chosen(condition: Among, asked: Answers) -> Standing:
    return None if asked.get(condition.question.key) is None else condition.holds(asked)
