"""The foot of a card whose work needs a reason: the reason, a button, and the question asked once more below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.lists.strip import ReasonField
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token


class Sure(QWidget):
    """`wanted` asks for what would happen; `ask` shows it with Ya and Batal; `given` means Ya, with the reason.

    The focus is on Batal then, so that a second Enter does nothing. `tell` and `tell_trouble` show how it ended.
    """

    wanted = Signal()
    given = Signal(str)

    def __init__(self, words: str, example: str, yes: str, *, dangerous: bool = False) -> None:
        super().__init__()
        self.reason, self._example = ReasonField(), example
        self.go = Button(words)
        self.yes = Button(yes, Kind.DANGER if dangerous else Kind.PRIMARY)
        self.no = Button(say("Batal"), keys=("Esc",))
        self.told = Label("", SECONDARY, wraps=True)
        self._what = Label("", wraps=True)
        self._lay_out()
        self.go.clicked.connect(self._want)
        self.yes.clicked.connect(self._give)
        self.no.clicked.connect(self.leave)
        self.reason.ask(example)

    def _lay_out(self) -> None:
        row = across((self.reason, 1), self.go, gap=SPACE_8)
        self._question = QFrame()
        self._question.setProperty("frame", "card")
        self._question.setProperty("status", "unusual")
        buttons = across(Stretch(), self.no, self.yes, gap=None)
        down(self._what, buttons, into=self._question, gap=None, margins=(SPACE_12, SPACE_8))
        self._question.hide()
        down(row, self._question, self.told, into=self, gap=SPACE_8)
        self.told.hide()

    def _want(self) -> None:
        if self.reason.given():
            self.told.hide()
            self.wanted.emit()

    def ask(self, what: str) -> None:
        """Say what will happen, and ask once more."""
        self._what.say(what)
        self._question.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        self._question.hide()
        self.given.emit(self.reason.text().strip())

    def leave(self) -> None:
        """Take the question away; nothing has happened."""
        self._question.hide()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, words: str) -> None:
        """Say how it ended well."""
        self.reason.ask(self._example)
        self._tell(words, Token.TEXT2)

    def tell_trouble(self, trouble: Trouble) -> None:
        """Say why it was refused."""
        lines = (say(trouble.what), say(trouble.safe), say(trouble.remedy))
        self._tell(f"{' '.join(lines)} ({trouble.code})", Token.ERR)

    def _tell(self, words: str, tone: Token) -> None:
        self._question.hide()
        self.told.colour(tone)
        self.told.say(words)
        self.told.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._question.isVisible():
            self.leave()
        elif event.key() in ENTER and self.reason.hasFocus():
            self._want()
        else:
            super().keyPressEvent(event)
