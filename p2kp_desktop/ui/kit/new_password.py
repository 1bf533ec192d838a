"""A new password: typed twice, hidden unless shown, or four words that the program offers."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from p2kp_desktop.language import say
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8
from p2kp_desktop.ui.look.tokens import Token

from .buttons import Button
from .controls import CheckBox
from .labels import NOTE, Label, mark
from .layouts import Stretch, across, down


class NewPassword(QWidget):
    """Two fields and their judgement: `weakness` says why a password will not do, `meaning` what it is for."""

    changed = Signal()
    confirmed = Signal()  # Enter in the second field

    def __init__(self, meaning: str, weakness: Callable[[str], str], offered: Callable[[], str]) -> None:
        super().__init__()
        self._means, self._weakness, self._offered = meaning, weakness, offered
        self.first, self.again = password_field(say("Kata sandi")), password_field(say("Ketik sekali lagi"))
        self.shown = CheckBox(say("Tampilkan"))
        self.offer = Button(say("Pakai empat kata"))
        self.meaning = Label(meaning, NOTE, wraps=True)
        pair = across(gap=SPACE_8)
        for field in (self.first, self.again):
            pair.addWidget(field, 1)
            field.textChanged.connect(self._notice)
        below = across(self.shown, self.offer, Stretch(), gap=SPACE_8)
        down(pair, below, self.meaning, into=self, gap=SPACE_4)
        self.first.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.confirmed)
        self.shown.toggled.connect(self._show)
        self.offer.clicked.connect(self._fill)

    def problem(self) -> str:
        """Return the sentence on why the password cannot be used yet; "" when it can."""
        if objection := self._weakness(self.first.text()):
            return objection
        return "" if self.first.text() == self.again.text() else say("Kedua kata sandi belum sama.")

    def forget(self) -> None:
        """Take the password out of the fields."""
        for field in (self.first, self.again):
            field.clear()
        self.shown.setChecked(False)

    def _fill(self) -> None:
        """Fill in a good password, in sight: it has to be read out or learnt."""
        words = self._offered()
        self.shown.setChecked(True)
        for field in (self.first, self.again):
            field.setText(words)
        self.first.setFocus()
        self.first.selectAll()

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for field in (self.first, self.again):
            field.setEchoMode(mode)

    def _notice(self) -> None:
        differs = bool(self.again.text()) and not self.first.text().startswith(self.again.text())
        mark(self.again, "status", "err" if differs else "")
        weak = self._weakness(self.first.text()) if self.first.text() and self.again.text() else ""
        self.meaning.say(say("Kedua kata sandi belum sama.") if differs else weak or self._means)
        self.meaning.colour(Token.ERR if differs or weak else Token.TEXT2)
        self.changed.emit()


def password_field(name: str) -> QLineEdit:
    """Return a field whose letters are hidden."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    return field
