"""The guided first household: eight things to do once, in this order or another; no screen is needed for it."""

from dataclasses import dataclass, replace

RT, ENTER, LETTER, HELP, TROUBLE, REASON, SAVE, NEXT = STEPS = (
    "rt", "enter", "letter", "help", "trouble", "reason", "save", "next",
)


@dataclass(frozen=True)
class Progress:
    """What somebody has done of the eight."""

    done: frozenset[str] = frozenset()

    def after(self, step: str) -> "Progress":
        """Return the progress once this is done; what is not among the steps changes nothing."""
        return replace(self, done=self.done | {step}) if step in STEPS else self

    @property
    def step(self) -> str | None:
        """Return the first thing not done yet; None when all are."""
        return next((step for step in STEPS if step not in self.done), None)

    @property
    def number(self) -> int:
        """Return the place of that step, from 1."""
        return STEPS.index(self.step) + 1 if self.step else len(STEPS)
