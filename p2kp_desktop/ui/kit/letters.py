"""Letters typed in a list: one alone is a command of the place around it, several are what is sought."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.rights import is_refused, refused_deed

PAUSE = 220  # milliseconds after which a letter stands alone; 0: at once


def is_letter(event: QEvent) -> bool:
    """Say whether somebody pressed a letter or a digit, without Ctrl or Alt, or is about to."""
    presses = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
    return presses and isinstance(event, QKeyEvent) and event.text().isalnum() and not event.modifiers() & ~_KEYPAD


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Letters(QObject):
    """Waits a moment after a letter: another one makes them the beginning of a search."""

    sought = Signal(str)

    def __init__(self, listed: QWidget, place: QWidget) -> None:
        super().__init__(listed)
        self._listed, self._place, self._typed = listed, place, ""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._decide)
        listed.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_letter(event) and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # no shortcut before it is known what was meant
            elif not event.isAutoRepeat():
                self._take(event.text())
            return True
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.FocusOut):
            self._timer.stop()
            self._typed = ""
        return False

    def _take(self, letter: str) -> None:
        self._typed += letter
        if PAUSE and len(self._typed) == 1:
            self._timer.start(PAUSE)
        else:
            self._timer.stop()
            self._decide()

    def _decide(self) -> None:
        typed, self._typed = self._typed, ""
        action = self._command(typed)
        if action is None:
            self.sought.emit(typed)
        elif not is_refused(action):
            action.trigger()

    def _command(self, typed: str) -> QAction | None:
        """Find the command that a letter stands for in the list or the place: one that works now, or is refused."""
        return next((
            action for action in (*self._listed.actions(), *self._place.actions())
            if (action.isEnabled() or refused_deed(action)) and action.isVisible()
            and any(keys.toString().casefold() == typed.casefold() for keys in action.shortcuts())
        ), None)


class QuietFrame(QFrame):
    """A strip that asks something: while it has the focus, letters are no commands of the place around it.

    Where it is written in, Tab goes round what is written in and never to a button, which a space typed on would
    press; the buttons have keys of their own.
    """

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_letter(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        fields = [
            each for each in self.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled()
            and not isinstance(each, QAbstractButton)
        ]
        focused = self.focusWidget()
        if not fields or focused is None:
            return super().focusNextPrevChild(forward)
        here = fields.index(focused) if focused in fields else -1
        there = fields[(here + (1 if forward else -1)) % len(fields)]
        there.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True
