"""A password on the file that is sent: typed twice, hidden unless shown, with what it means in words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.common import passwords
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.controls import CheckBox
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.new_password import NewPassword
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8


class PasswordPart(QWidget):
    """A box to check; checked, it opens two fields. `problem` says what is missing before it can be used."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted = CheckBox(say("Kunci dengan kata sandi"))
        self.new = NewPassword(_meaning(), passwords.weakness, passwords.offered)
        self.first, self.again, self.shown, self.offer = self.new.first, self.new.again, self.new.shown, self.new.offer
        self._meaning, self._fields = self.new.meaning, QWidget()
        down(self.new, into=self._fields, margins=(SPACE_8 * 3, 0, 0, 0))
        down(self.wanted, self._fields, into=self, gap=SPACE_4)
        self._fields.hide()
        self.wanted.toggled.connect(self._open)
        self.new.changed.connect(self.changed)

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
        return self.new.problem()

    def forget(self) -> None:
        """Take the password out of the fields."""
        self.new.forget()
        self.wanted.setChecked(False)

    def _open(self, wanted: bool) -> None:
        self._fields.setVisible(wanted)
        if wanted:
            self.first.setFocus()
        self.changed.emit()


def _meaning() -> str:
    return say(
        "Penerima memerlukan kata sandi ini; sampaikan lewat telepon. Tanpa kata sandi tidak seorang pun dapat "
        "membuka berkas ini."
    )
