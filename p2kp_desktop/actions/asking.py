"""Which questions a form shows at all, and in words why one of them is passed over."""

from collections.abc import Iterator

from p2kp_desktop.schema.choices import Choice
from p2kp_desktop.schema.conditions import Answers, Both, Condition, UnderRules


def is_known_under(condition: Condition, rules: str) -> bool:
    """Say whether a rule set knows the question at all; one of another rule set is not even shown as skipped."""
    if isinstance(condition, UnderRules):
        return condition.rules == rules
    if isinstance(condition, Both):
        return is_known_under(condition.first, rules) and is_known_under(condition.second, rules)
    return True


def why_skipped(condition: Condition, asked: Answers) -> str:
    """Return for instance «12 = a», or which question has to be answered first."""
    return " · ".join(dict.fromkeys(_reasons(condition, asked)))


def _reasons(condition: Condition, asked: Answers) -> Iterator[str]:
    for question in condition.leans_on():
        named = question.number or question.label
        answer = asked.get(question.key)
        if answer is None:
            yield f"{named} ?"
        elif isinstance(question, Choice) and answer in question.options.codes:
            yield f"{named} = {question.options.letter(str(answer))}"
        else:
            yield named

