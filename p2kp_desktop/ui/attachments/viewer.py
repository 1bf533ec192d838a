"""A photo or scan looked at inside the window: what is sealed on the disk is shown from memory, to no other program.

A copy for another program is saved by whoever wants one, where they want it.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.focus import give_back
from p2kp_desktop.ui.kit.labels import CARD_TITLE, NOTE, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.preview import Preview
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12, SPACE_16

_TURNS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Left: -1}
_KEYS = {*_TURNS, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape, Qt.Key.Key_S, Qt.Key.Key_Z}


class Viewer(QFrame):
    """Covers a place with one photo or scan; Esc closes it and gives the focus back."""

    saves = Signal(object)  # Path of the kept file, of which a copy is wanted

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over, self._path = over, Path()
        self._before: QWidget | None = None
        self.setProperty("frame", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title, self.said = Label("", CARD_TITLE), Label("", NOTE, wraps=True)
        self.pages = Preview(say("Foto atau pindaian"))
        self.enlarge = Button(say("Perbesar"), keys=("Z",))
        self.save = Button(say("Simpan salinan"), keys=("S",))
        self.leave = Button(say("Tutup"), keys=("Esc",))
        self.enlarge.clicked.connect(self.pages.enlarge)
        self.save.clicked.connect(lambda: self.saves.emit(self._path))
        self.leave.clicked.connect(self.close_it)
        buttons = across(Stretch(), self.enlarge, self.save, self.leave, gap=SPACE_8)
        down(self.title, (self.pages, 1), self.said, buttons, into=self, gap=SPACE_8, margins=(SPACE_16, SPACE_12))
        over.installEventFilter(self)
        self.hide()

    def show_pages(self, path: Path, title: str, pdf: bytes) -> None:
        """Show a kept file by its pages; without any it says that a copy can be saved."""
        if self.isHidden():
            self._before = self.window().focusWidget()
        self._path = path
        self.title.say(title.replace("*", "∗"))
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.pages.show_page(0)
        why = self._show(pdf, title)
        self.pages.setVisible(not why)
        self.said.setHidden(not why)
        self.said.say(why)
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _show(self, pdf: bytes, title: str) -> str:
        """Show the pages of a PDF; return why there are none to be shown."""
        if pdf:
            try:
                self.pages.show_foreign(pdf, title)
            except Trouble as trouble:
                return say(trouble.what)
            return ""
        self.pages.show_pdf(b"")
        return say("Jenis berkas ini tidak dapat diperlihatkan di sini. Simpan salinannya untuk membukanya dengan "
                   "program lain.")

    def close_it(self) -> None:
        """Disappear, and let go of what was shown."""
        self.hide()
        self.pages.show_pdf(b"")
        give_back(self._before)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(not event.modifiers() and event.key() in _KEYS)  # before those of the place below
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        bar = self.pages.area.verticalScrollBar()
        steps = {Qt.Key.Key_Down: bar.singleStep(), Qt.Key.Key_Up: -bar.singleStep()}
        acts = {Qt.Key.Key_Escape: self.leave, Qt.Key.Key_S: self.save, Qt.Key.Key_Z: self.enlarge}
        if key in _TURNS:
            self.pages.turn(_TURNS[key])
        elif key in steps:
            bar.setValue(bar.value() + steps[key])
        elif key in acts:
            acts[key].click()
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        elif event.type() == QEvent.Type.Hide and not self.isHidden():
            self.close_it()
        return super().eventFilter(watched, event)
