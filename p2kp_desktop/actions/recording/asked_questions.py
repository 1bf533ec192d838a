"""Which questions a form shows at all, and in words why one of them is passed over."""

from collections.abc import Iterator

from p2kp_desktop.language import say
from p2kp_desktop.schema.choices import Choice
from p2kp_desktop.schema.conditions import Answers, Asked, Both, Condition, UnderRules


def is_known_under(condition: Condition, rules: str) -> bool:
    """Say whether a rule set knows the question at all; one of another rule set is not even shown as skipped."""
    if isinstance(condition, UnderRules):
        return condition.rules == rules
    if isinstance(condition, Both):
        return is_known_under(condition.first, rules) and is_known_under(condition.second, rules)
    return True


def why_skipped(condition: Condition, asked: Answers) -> str:
    """Return why a question is passed over: «Dilewati karena 12 = a», «Menunggu jawaban 12»."""
    failed = [part for part in _parts(condition) if not part.holds(asked)]
    decided = [part for part in failed if not _waits(part, asked)]
    if failed and not decided:
        named = dict.fromkeys(_named(question) for part in failed for question in part.leans_on())
        return say("Menunggu jawaban {questions}", questions=", ".join(named))
    reasons = dict.fromkeys(_reason(question, asked) for part in decided for question in part.leans_on())
    return say("Dilewati karena {reason}", reason=" · ".join(reasons))


def _parts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, Both):
        yield from _parts(condition.first)
        yield from _parts(condition.second)
    else:
        yield condition


def _waits(part: Condition, asked: Answers) -> bool:
    """Say whether a condition does not hold because a question that is asked has no answer yet."""
    leans_on = part.leans_on()
    return bool(leans_on) and all(asked.get(each.key) is None and each.when.holds(asked) for each in leans_on)


def _named(question: Asked) -> str:
    return question.number or say(question.label)


def _reason(question: Asked, asked: Answers) -> str:
    answer = asked.get(question.key)
    if answer is None:
        return say("{question} dilewati", question=_named(question))
    if isinstance(question, Choice) and answer in question.options.codes:
        return f"{_named(question)} = {question.options.letter(str(answer))}"
    return _named(question)
