"""How long a person had a record under the hands: noted for the figures of operators, on this laptop only."""

from p2kp_desktop import environment
from p2kp_desktop.store import Workspace, facts, keyed
from p2kp_desktop.store.keyed import Stint


class Sitting:
    """Counts keystrokes while one record is under the hands, from the first key on."""

    def __init__(self) -> None:
        self.started = ""
        self.keystrokes = self.corrections = 0

    def strike(self, *, corrects: bool = False) -> None:
        """Count a key; `corrects` for one that takes something back."""
        self.started = self.started or environment.now()
        self.keystrokes += 1
        self.corrections += corrects


def note(workspace: Workspace, form: str, record: str, sitting: Sitting) -> None:
    """Keep how a record was keyed that was just saved, under the name of whoever works now; nothing without a key."""
    if not sitting.keystrokes:
        return
    with workspace.changing() as connection:
        person = facts.facts(connection).person
        keyed.note(connection, Stint(
            record, form, person, sitting.started, environment.now(), sitting.keystrokes, sitting.corrections
        ))
