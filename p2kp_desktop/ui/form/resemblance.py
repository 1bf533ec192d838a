"""Asks whether a household is here twice while a new one is keyed, and before one is verified.

Off the screen's thread, not at every key. It is a note and never keeps a household from being saved: two people of
one name are common. It is verified once somebody said that it is another one.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from p2kp_desktop.actions.recording import resemblances
from p2kp_desktop.actions.recording.resemblances import Alike
from p2kp_desktop.forms.household import Household
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.form.hands import Hands
from p2kp_desktop.ui.form.walking import Walk

QUIET = 300  # milliseconds without another answer before it is asked


class Resemblance(QObject):
    """Follows the record under the hands and puts a note at its name; the keyboard stays where it is."""

    look_wanted = Signal(str)  # at another household

    def __init__(self, desk: Desk, hands: Hands, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._hands = desk, hands
        self._asked: tuple[object, ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=QUIET)
        self._timer.timeout.connect(self._ask)
        hands.changed.connect(self._follow)

    def _follow(self) -> None:
        walk = self._hands.walk
        if walk is None or not _is_asked(walk):
            return
        if (walk, *resemblances.sign(walk.keying.record.answers)) != self._asked:
            self._timer.start()

    def _ask(self) -> None:
        walk = self._hands.walk
        if walk is None or not _is_asked(walk):
            return
        record, answers = walk.keying.record.id, dict(walk.keying.record.answers)
        self._asked = (walk, *resemblances.sign(answers))

        def found(alike: tuple[Alike, ...]) -> None:
            if self._hands.walk is walk and _is_asked(walk) and alike != walk.asides.alike:
                walk.asides = replace(walk.asides, alike=alike)
                self._hands.show()

        self._desk.ask(self, lambda workspace: resemblances.alike(workspace, record, answers), found)

    def look(self) -> None:
        """Open the household that is most like this one."""
        walk = self._hands.walk
        if walk is not None and walk.asides.alike:
            unlike = walk.asides.unlike() or walk.asides.alike
            self.look_wanted.emit(unlike[0].id)


def _is_asked(walk: Walk) -> bool:
    """Say whether look-alikes matter now: the household is new, or this office may verify it."""
    review = walk.asides.review
    may_verify = review.is_mine and (review.waits or not review.is_locked)
    return walk.keying.form is Household and (walk.keying.is_new or may_verify)
