"""Skip logic as values: a condition can be asked, and can be read aloud."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from p2kp_desktop.language import say

from .values import Answer

Answers = Mapping[str, Answer]

RULES = "@rules"  # the key under which a record's surroundings name the rule set of its period
DEFAULT_RULES = "2018"


class Asked(Protocol):
    """What a condition needs of a question: what it is called on paper, and when it is asked itself."""

    key: str
    label: str
    number: str | None
    when: "Condition"


class Lettered(Protocol):
    """Answers that are printed with letters."""

    def letter(self, code: str) -> str:
        """Return the letter of the answer with this code."""
        ...


class Picked(Asked, Protocol):
    """A question that is answered by picking from a list, one of it or `many`."""

    many: bool

    @property
    def options(self) -> Lettered:
        """Return the list."""
        ...


class Condition(Protocol):
    """Decides from the answers so far whether a question is asked."""

    def holds(self, answers: Answers) -> bool:
        """Say whether the question is asked, given the answers to the questions before it."""
        ...

    def sentence(self) -> str:
        """Say the condition in words, for paper, workbook and help; empty when there is none."""
        ...

    def leans_on(self) -> tuple[Asked, ...]:
        """Return the questions whose answers decide."""
        ...


@dataclass(frozen=True)
class Always:
    """No condition."""

    def holds(self, answers: Answers) -> bool:  # noqa: ARG002
        """Hold."""
        return True

    def sentence(self) -> str:
        """Return nothing: there is nothing to say."""
        return ""

    def leans_on(self) -> tuple[Asked, ...]:
        """Return nothing."""
        return ()


@dataclass(frozen=True)
class Among:
    """The question was answered with one of these codes (for several choices: with at least one)."""

    question: Picked
    codes: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        """Hold when one of the codes was chosen."""
        answer = answers.get(self.question.key)
        return isinstance(answer, str) and not set(self.codes).isdisjoint(answer.split(","))

    def sentence(self) -> str:
        """Return for instance «12 = c / d / e»."""
        named = " / ".join(self.question.options.letter(code) for code in self.codes)
        return f"{self.question.number or self.question.label} = {named}"

    def leans_on(self) -> tuple[Asked, ...]:
        """Return the one question."""
        return (self.question,)


@dataclass(frozen=True)
class Except:
    """The question was not answered with one of these codes; while it is empty the condition holds."""

    question: Picked
    codes: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        """Hold unless one of the codes was chosen."""
        return not Among(self.question, self.codes).holds(answers)

    def sentence(self) -> str:
        """Return for instance «15 bukan c»."""
        return Among(self.question, self.codes).sentence().replace(" = ", " bukan ")

    def leans_on(self) -> tuple[Asked, ...]:
        """Return the one question."""
        return (self.question,)


@dataclass(frozen=True)
class UnderRules:
    """The period of the record uses this rule set."""

    rules: str

    def holds(self, answers: Answers) -> bool:
        """Hold when the period names this rule set."""
        return answers.get(RULES, DEFAULT_RULES) == self.rules

    def sentence(self) -> str:
        """Return the condition on the period in words."""
        return f"periode memakai aturan {self.rules}"

    def leans_on(self) -> tuple[Asked, ...]:
        """Return nothing: the period decides."""
        return ()


@dataclass(frozen=True)
class Both:
    """Both conditions hold."""

    first: Condition
    second: Condition

    def holds(self, answers: Answers) -> bool:
        """Hold when both do."""
        return self.first.holds(answers) and self.second.holds(answers)

    def sentence(self) -> str:
        """Join the two with «dan»."""
        return f"{self.first.sentence()} dan {self.second.sentence()}"

    def leans_on(self) -> tuple[Asked, ...]:
        """Return the questions of both."""
        return self.first.leans_on() + self.second.leans_on()


ALWAYS = Always()


def condition_words(condition: Condition) -> str:
    """Return a condition in the language spoken; `sentence` is what files keep, which is Indonesian everywhere."""
    if isinstance(condition, Both):
        first, second = condition_words(condition.first), condition_words(condition.second)
        return say("{first} dan {second}", first=first, second=second)
    if isinstance(condition, UnderRules):
        return say("periode memakai aturan {rules}", rules=condition.rules)
    if isinstance(condition, Among | Except):
        question = condition.question
        letters = " / ".join(question.options.letter(code) for code in condition.codes)
        called = question.number or say(question.label)
        if isinstance(condition, Except):
            return say("{question} bukan {letters}", question=called, letters=letters)
        return f"{called} = {letters}"
    return condition.sentence()
