"""Asks whether a household is here twice while a new one is keyed, and before one is verified.

Off the screen's thread, not at every key. It is a note and never keeps a household from being saved: two people of
one name are common. It is verified once somebody said that it is another one.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from p2kp_desktop.actions.keying.session import Session
from p2kp_desktop.actions.recording import doubles
from p2kp_desktop.actions.recording.doubles import Alike
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.form.hands import Hands

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
        session = self._hands.session
        if session is not None and session.seeks_alike and self._sign(session) != self._asked:
            self._timer.start()

    def _sign(self, session: Session) -> tuple[object, ...]:
        return self._hands.turn, *doubles.compared(session.keying.record.answers)

    def _ask(self) -> None:
        session, turn = self._hands.session, self._hands.turn
        if session is None or not session.seeks_alike:
            return
        record, answers = session.record, session.keying.record.answers
        self._asked = self._sign(session)

        def found(alike: tuple[Alike, ...]) -> None:
            now = self._hands.session
            if now is not None and self._hands.turn == turn and now.seeks_alike and now.alike != alike:
                self._hands.take_on(record, lambda session: replace(session, alike=alike))
                self._hands.show()

        self._desk.ask(self, lambda workspace: doubles.alike(workspace, record, answers), found)

    def look(self) -> None:
        """Open the household that is most like this one."""
        session = self._hands.session
        if session is not None and session.alike:
            self.look_wanted.emit((session.unlike or session.alike)[0].id)
