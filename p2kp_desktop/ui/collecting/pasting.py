"""Where the list of the head of an RT is pasted or typed: it says what was read before anything is kept."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions import pasted
from p2kp_desktop.actions.residents import Line
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.equation import grouped
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.look.lettering import metrics
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12, SPACE_16

ROWS = 4


class Pasting(QFrame):
    """A small box for the list; Ctrl Enter adds what was read, Esc leaves it."""

    given = Signal(object)  # tuple[Line, ...]
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setProperty("status", "soft")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(say("Daftar warga"))
        self.text.setTabChangesFocus(False)
        self.text.setPlaceholderText(
            say("Tempel daftar dari Excel di sini, atau ketik satu nama per baris: nomor rumah, Tab, nama.")
        )
        self.text.setFixedHeight(round(metrics().height() * ROWS + 2 * SPACE_8))
        self._read = Label("", NOTE, wraps=True)
        self.yes = Button(say("Tambahkan"), Kind.PRIMARY, keys=("Ctrl", "Enter"))
        self.no = Button(say("Batal"), keys=("Esc",))
        row = QHBoxLayout()
        row.setSpacing(SPACE_12)
        row.addWidget(self._read, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_16, SPACE_12, SPACE_12, SPACE_8)
        column.setSpacing(SPACE_8)
        column.addWidget(self.text)
        column.addLayout(row)
        self.text.textChanged.connect(self._tell)
        self.yes.clicked.connect(self._give)
        self.no.clicked.connect(self.left)
        self.hide()

    def begin(self, text: str = "") -> None:
        """Show the box with a text in it."""
        self.text.setPlainText(text)
        self._tell()
        self.show()
        (self.yes if text.strip() else self.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def lines(self) -> list[Line]:
        """Return what was read."""
        return pasted.read_list(self.text.toPlainText())

    def _tell(self) -> None:
        lines = self.lines()
        self.yes.setEnabled(bool(lines))
        if not lines:
            self._read.say(say("Yang sudah ada di daftar tidak ditambahkan lagi."))
            return
        ends = [lines[0], lines[-1]] if len(lines) > 1 else lines
        shown = " … ".join(f"{line.number} {line.name}".strip() for line in ends)
        self._read.say(say("**{number} baris** terbaca: {lines}", number=grouped(len(lines)), lines=shown))

    def _give(self) -> None:
        lines = self.lines()
        if lines:
            self.given.emit(tuple(lines))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER and (control or self.yes.hasFocus()):
            self._give()
        else:
            super().keyPressEvent(event)
