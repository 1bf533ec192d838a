"""A password on the file that is sent: typed twice, hidden unless shown, with what it means in words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from p2kp_desktop.actions.common import passwords
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.controls import CheckBox
from p2kp_desktop.ui.kit.labels import NOTE, Label, mark
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8
from p2kp_desktop.ui.look.tokens import Token


class PasswordPart(QWidget):
    """A box to check; checked, it opens two fields. `problem` says what is missing before it can be used."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted = CheckBox(say("Kunci dengan kata sandi"))
        self.first, self.again = _field(say("Kata sandi")), _field(say("Ketik sekali lagi"))
        self.shown = CheckBox(say("Tampilkan"))
        self.offer = Button(say("Pakai empat kata"))
        self._meaning = Label(_meaning(), NOTE, wraps=True)
        self._fields = QWidget()
        pair = across(gap=SPACE_8)
        for field in (self.first, self.again):
            pair.addWidget(field, 1)
            field.textChanged.connect(self._notice)
        below = across(self.shown, self.offer, Stretch(), gap=SPACE_8)
        down(pair, below, self._meaning, into=self._fields, gap=SPACE_4, margins=(SPACE_8 * 3, 0, 0, 0))
        down(self.wanted, self._fields, into=self, gap=SPACE_4)
        self._fields.hide()
        self.wanted.toggled.connect(self._open)
        self.shown.toggled.connect(self._show)
        self.offer.clicked.connect(self._fill)

    @property
    def password(self) -> str:
        """Return the password; "" for none."""
        return self.first.text() if self.wanted.isChecked() else ""

    def problem(self) -> str:
        """Return the sentence on why the password cannot be used yet; "" when it can, or none is wanted."""
        if not self.wanted.isChecked():
            return ""
        if not self.first.text().strip():
            return say("Ketik kata sandinya, atau hapus centang «Kunci dengan kata sandi».")
        if objection := passwords.weakness(self.first.text()):
            return objection
        return "" if self.first.text() == self.again.text() else say("Kedua kata sandi belum sama.")

    def forget(self) -> None:
        """Take the password out of the fields."""
        for field in (self.first, self.again):
            field.clear()
        self.shown.setChecked(False)
        self.wanted.setChecked(False)

    def _fill(self) -> None:
        """Fill in a good password, in sight: it has to be read out."""
        words = passwords.offered()
        self.shown.setChecked(True)
        for field in (self.first, self.again):
            field.setText(words)
        self.first.setFocus()
        self.first.selectAll()

    def _open(self, wanted: bool) -> None:
        self._fields.setVisible(wanted)
        if wanted:
            self.first.setFocus()
        self.changed.emit()

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for field in (self.first, self.again):
            field.setEchoMode(mode)

    def _notice(self) -> None:
        differs = bool(self.again.text()) and not self.first.text().startswith(self.again.text())
        mark(self.again, "status", "err" if differs else "")
        weak = passwords.weakness(self.first.text()) if self.first.text() and self.again.text() else ""
        self._meaning.say(say("Kedua kata sandi belum sama.") if differs else weak or _meaning())
        self._meaning.colour(Token.ERR if differs or weak else Token.TEXT2)
        self.changed.emit()


def _meaning() -> str:
    return say(
        "Penerima memerlukan kata sandi ini; sampaikan lewat telepon. Tanpa kata sandi tidak seorang pun dapat "
        "membuka berkas ini."
    )


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    return field
