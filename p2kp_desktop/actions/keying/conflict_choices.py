"""What is chosen, and why, for answers in conflict while a record is typed; nothing is settled here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from p2kp_desktop.actions.recording.conflicts import Alternative, another, effects
from p2kp_desktop.actions.recording.record_names import NO_TITLES, Titles
from p2kp_desktop.schema import Answer, Record

PICK, REASON = "pick.", "reason."  # in a draft, before the key of an answer in conflict
BESIDE = "beside."  # in a draft, before what goes along with the record and is no answer of it

Disputed = Mapping[str, tuple[Alternative, ...]]


@dataclass(frozen=True)
class Choices:
    """The answers in conflict by key, the value chosen for each so far, and the reasons."""

    disputed: Disputed = field(default_factory=dict)
    picks: Mapping[str, Answer] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def pick(self, key: str, value: Answer) -> "Choices":
        """Choose a value, one of the sides or another."""
        return replace(self, picks={**self.picks, key: value})

    def explain(self, key: str, reason: str) -> "Choices":
        """Note why."""
        return replace(self, reasons={**self.reasons, key: reason})

    def without(self, key: str) -> "Choices":
        """Return the choices that are left once a conflict is settled."""
        return Choices(
            {k: sides for k, sides in self.disputed.items() if k != key},
            {k: value for k, value in self.picks.items() if k != key},
            {k: reason for k, reason in self.reasons.items() if k != key},
        )

    def values(self, key: str) -> tuple[Answer, ...]:
        """Return the values that are in conflict, as they were read."""
        return tuple(each.value for each in self.disputed[key])

    def alternatives(self, record: Record, key: str, titles: Titles = NO_TITLES) -> tuple[Alternative, ...]:
        """Return the answers to choose from, a new one last, each with what it does to the verdict as it stands.

        `titles` says what the records are called that may be pointed to.
        """
        found = list(self.disputed[key])
        if key in self.picks and all(each.value != self.picks[key] for each in found):
            found.append(another(record.form.key, key, self.picks[key], titles))
        judged = effects(record, key, [each.value for each in found])
        return tuple(replace(each, effects=judged[each.value]) for each in found)

    def picked(self, key: str, among: tuple[Alternative, ...]) -> int:
        """Return the place of the chosen answer, -1 for none."""
        values = [each.value for each in among]
        return values.index(self.picks[key]) if key in self.picks else -1

    def decided(self) -> dict[str, tuple[Answer, str]]:
        """Return value and reason of what is ready to be settled."""
        reasons = {key: reason.strip() for key, reason in self.reasons.items()}
        return {key: (value, reasons[key]) for key, value in self.picks.items() if reasons.get(key)}

    def draft(self, *, only_open: bool = False) -> dict[str, Answer]:
        """Return the chosen answers and their reasons, to be put on disk; with `only_open` without those ready."""
        ready = self.decided() if only_open else {}
        kept: dict[str, Answer] = {f"{PICK}{key}": v for key, v in self.picks.items() if key not in ready}
        return kept | {f"{REASON}{key}": v for key, v in self.reasons.items() if v and key not in ready}


def taken_up(draft: Mapping[str, Answer], disputed: Disputed) -> Choices:
    """Return the choices of a draft; of a draft from before the conflict the answer is one more alternative."""
    choices = Choices(disputed)
    for key in disputed:
        if f"{PICK}{key}" in draft or key in draft:
            choices = choices.pick(key, draft.get(f"{PICK}{key}", draft.get(key)))
        if f"{REASON}{key}" in draft:
            choices = choices.explain(key, str(draft[f"{REASON}{key}"]))
    return choices


def is_choice(key: str) -> bool:
    """Say whether a key of a draft belongs to a choice or to what goes along, and holds no answer."""
    return key.startswith((PICK, REASON, BESIDE))
