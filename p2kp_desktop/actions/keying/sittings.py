"""How long a person had a record under the hands: noted for the figures of operators, on this laptop only."""

from dataclasses import dataclass

from p2kp_desktop import environment
from p2kp_desktop.store import Workspace, facts, keyed
from p2kp_desktop.store.keyed import Stint


@dataclass(frozen=True)
class Sitting:
    """The keys struck while one record is under the hands, since when, and how many of them take something back."""

    started: str = ""
    keystrokes: int = 0
    corrections: int = 0

    def struck(self, *, corrects: bool = False) -> "Sitting":
        """Return it with one more key; `corrects` for one that takes something back."""
        return Sitting(self.started or environment.now(), self.keystrokes + 1, self.corrections + corrects)

    def together(self, later: "Sitting") -> "Sitting":
        """Return both as one, as after a save that was refused."""
        keys, corrections = self.keystrokes + later.keystrokes, self.corrections + later.corrections
        return Sitting(self.started or later.started, keys, corrections)


def note(workspace: Workspace, form: str, record: str, sitting: Sitting) -> None:
    """Keep how a record was keyed that was just saved, under the name of whoever works now; nothing without a key."""
    if not sitting.keystrokes:
        return
    with workspace.changing() as connection:
        person = facts.facts(connection).person
        keyed.note(connection, Stint(
            record, form, person, sitting.started, environment.now(), sitting.keystrokes, sitting.corrections
        ))
