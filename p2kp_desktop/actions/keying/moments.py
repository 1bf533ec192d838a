"""What was typed before and after: the ground for undoing and redoing inside a record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from p2kp_desktop.actions.recording.conflict_choices import Choices
from p2kp_desktop.schema import Answer, Record


@dataclass(frozen=True)
class Moment:
    """All that was typed, and the question that was answered next."""

    record: Record
    typed: Mapping[str, str]
    choices: Choices
    question: str

    def with_settled(self, key: str, value: Answer) -> "Moment":
        """Return the moment as if a conflict had been settled before it."""
        record = replace(self.record, answers={**self.record.answers, key: value})
        return replace(self, record=record, choices=self.choices.without(key))


Now = Callable[[str], Moment]  # what stands now, before the question that is gone back to


class Moments:
    """The moments one can go back to, and those one came back from."""

    def __init__(self) -> None:
        self._past: list[Moment] = []
        self._future: list[Moment] = []

    @property
    def undoes(self) -> str | None:
        """Return the question whose answer undoing takes back, or None at the beginning."""
        return self._past[-1].question if self._past else None

    @property
    def redoes(self) -> str | None:
        """Return the question whose answer redoing gives again, or None."""
        return self._future[-1].question if self._future else None

    def remember(self, moment: Moment) -> None:
        """Remember how it was before an answer; what was undone is gone."""
        self._past.append(moment)
        self._future.clear()

    def back(self, now: Now) -> Moment | None:
        """Return the moment before, or None at the beginning."""
        return _step(self._past, self._future, now)

    def forth(self, now: Now) -> Moment | None:
        """Return the moment that was undone last, or None."""
        return _step(self._future, self._past, now)

    def settle(self, key: str, value: Answer) -> None:
        """Let no moment lead back before a settled conflict."""
        self._past = [each.with_settled(key, value) for each in self._past]
        self._future = [each.with_settled(key, value) for each in self._future]


def _step(source: list[Moment], target: list[Moment], now: Now) -> Moment | None:
    if not source:
        return None
    moment = source.pop()
    target.append(now(moment.question))
    return moment
