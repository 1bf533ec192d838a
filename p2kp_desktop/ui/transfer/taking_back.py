"""Batalkan penerimaan ini: asked once more at the foot of the page, never in a dialog."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from p2kp_desktop.actions.bundles import import_undo
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files.parts import ActionBar
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.pressable import ENTER

KEYS = "Ctrl+Backspace"
SHOWN = ("Ctrl", "Backspace")


class TakeBack(ActionBar):
    """A bar with the question; Enter takes the import back, Escape leaves it."""

    closed = Signal()  # nothing was done
    done = Signal(int)  # so many records are as before
    refused = Signal(object)  # a Trouble: what stands in the way; nothing has changed

    def __init__(self, desk: Desk, touches: frozenset[str]) -> None:
        super().__init__()
        self._desk, self._touches = desk, touches
        self._transfers: tuple[str, ...] = ()
        self.no = Button(say("Jangan"), keys=("Esc",))
        self.no.clicked.connect(self.closed)
        self.yes = Button(say("Ya, batalkan penerimaan"), Kind.DANGER, icon="history")
        self.yes.clicked.connect(self._take_back)
        self.row.addWidget(self.no)
        self.row.addWidget(self.yes)
        self.hide()

    def ask(self, transfers: Sequence[str], question: str) -> None:
        """Ask whether these imports, the first received first, are to be taken back."""
        self._transfers = tuple(transfers)
        self.note.say(question)
        self.setEnabled(True)
        self.show()
        self.yes.setFocus(Qt.FocusReason.TabFocusReason)

    def _take_back(self) -> None:
        if not self.isEnabled():
            return
        self.setEnabled(False)
        transfers = self._transfers
        self._desk.change(self, lambda workspace: import_undo.undo_all(workspace, transfers), self.done.emit,
                          self._refuse, touches=self._touches)

    def _refuse(self, error: Exception) -> None:
        self.setEnabled(True)
        if isinstance(error, Trouble):
            self.refused.emit(error)
        else:
            self._desk.failed.emit(error)
            self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in ENTER and self.yes.hasFocus():
            self._take_back()
        else:
            super().keyPressEvent(event)
