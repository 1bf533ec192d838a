"""The lock of the window: after minutes without a key, on a command, or when the laptop woke, nothing is seen of it.

What was typed is put on disk first, as when somebody logs off; the workspace stays open behind the cover, so the
password leads back to the very question. What holds more than a cover is closing the program.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, QThreadPool, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from typing_extensions import override

from p2kp_desktop import settings
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.ui.kit.messages import fault_of
from p2kp_desktop.ui.shell.frame import Frame
from p2kp_desktop.ui.shell.system_watch import SystemWatch

if TYPE_CHECKING:
    from p2kp_desktop.ui.safety.unlock_page import UnlockPage

_LOOK = 5_000  # milliseconds
_SLEPT = 60  # seconds that the clock jumped: the laptop was asleep
_FORGET = 60_000  # milliseconds that an identity number may stay where everything may be pasted
_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
_AT_WORK = (QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
            QEvent.Type.TouchBegin)
_WAKING = (*_AT_WORK, QEvent.Type.Expose, QEvent.Type.FocusIn, QEvent.Type.UpdateRequest)


def no_lock_words() -> str:
    """Say why the window of a workspace in clear is not locked, and where it gets a password."""
    return say("Tanpa sandi layar tidak terkunci. Pengaturan: Ctrl+,")


class WindowLock(QObject):
    """Covers the window of a workspace behind a password; `rests` puts on disk what was typed.

    Whose password opens it is who works from then on: `signs_in` lets them, off the GUI thread.
    """

    relieved = Signal()  # somebody else than before opened it
    opened = Signal()  # nothing covers the window any more
    _judged = Signal(object)  # None, or the Exception

    def __init__(
        self, frame: Frame, file: Path, rests: Callable[[], object], signs_in: Callable[[str], object]
    ) -> None:
        super().__init__(frame)
        self._frame, self._file, self._rests, self._signs_in = frame, file, rests, signs_in
        self._person = ""  # who worked when it was covered
        self.page: UnlockPage | None = None
        self.touched = self._looked = time.time()
        self._judged.connect(self._settle)
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        number = frame.winId()
        frame.windowHandle().installEventFilter(self)  # of keys and the mouse alone: an application's sees every event
        self._system = SystemWatch(self.lock_by_system)
        self._system.hear(int(number))
        QAbstractEventDispatcher.instance().installNativeEventFilter(self._system)

    def end(self) -> None:
        """Cover nothing any more: the workspace is closed."""
        self._timer.stop()
        QAbstractEventDispatcher.instance().removeNativeEventFilter(self._system)
        if self.page is not None:
            self._frame.uncover()
            self.page = None
        self.deleteLater()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _WAKING and time.time() - self._looked > _SLEPT:
            self.look()  # it was asleep: nothing is painted, and no key arrives, before the cover stands
        if event.type() in _AT_WORK:
            self.touched = time.time()
        return super().eventFilter(watched, event)

    def lock_by_system(self) -> None:
        """Lock because the system does, or goes to sleep, unless nobody wants the window locked by itself."""
        if settings.load().lock_minutes > 0:
            self.lock()

    def look(self) -> None:
        """Lock where nobody did anything for as long as the settings say, or the laptop was asleep meanwhile."""
        now, minutes = time.time(), settings.load().lock_minutes
        slept = now - self._looked > _SLEPT
        self._looked = now
        if self.page is None and minutes > 0 and (slept or now - self.touched >= minutes * 60):
            self.lock()

    def lock(self) -> None:
        """Cover the window at once, then put on disk what was typed."""
        from p2kp_desktop.ui.safety.unlock_page import UnlockPage

        if self.page is not None:
            return
        self._person = _signed_in(self._file)
        self._put_away_others()
        self.page = UnlockPage(self._file, locked=True, last=self._person)
        self.page.opens.connect(self._try)
        self.page.recovers.connect(self._try_words)
        self._frame.cover(self.page)
        self.page.field.setFocus()
        self._rests()

    def _put_away_others(self) -> None:
        """Close dialogs as with Esc, and menus and hints; none of them stays over the cover."""
        for widget in QApplication.topLevelWidgets():
            if widget is self._frame or not widget.isVisible():
                continue
            if isinstance(widget, QDialog):
                widget.reject()
            else:
                widget.close()

    def _try(self, typed: str) -> None:
        def judge() -> None:
            from p2kp_desktop.actions.protection import password

            self._signs_in(password.unlock(self._file, typed))

        self._judge(judge)

    def _try_words(self, words: str, fresh: str) -> None:
        def judge() -> None:
            from p2kp_desktop.actions.protection import password

            person = self._person or next(iter(password.people(self._file)), self._file.stem)
            password.reset(self._file, words, person, fresh)
            self._signs_in(person)

        self._judge(judge)

    def _judge(self, judge: Callable[[], None]) -> None:
        def work() -> None:
            try:
                judge()
            except Exception as error:  # told on the GUI thread, whatever it is
                self._judged.emit(error)
            else:
                self._judged.emit(None)

        QThreadPool.globalInstance().start(work)

    def _settle(self, error: Exception | None) -> None:
        if self.page is None:
            return
        if error is None:
            self.page = None
            self.touched = self._looked = time.time()
            self._frame.uncover()
            if self._person != _signed_in(self._file):
                self.relieved.emit()  # before anything is painted
            self.opened.emit()
        elif isinstance(error, Trouble):
            self.page.show_fault(fault_of(error))
        else:
            raise error


def _signed_in(file: Path) -> str:
    from p2kp_desktop.actions.protection import password

    return password.signed_in(file)


class ClipboardWatch(QObject):
    """Takes an identity number out of the clipboard a minute after this program put it there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._timer = QTimer(self, singleShot=True, interval=_FORGET)
        self._timer.timeout.connect(self.forget)
        self._clipboard.dataChanged.connect(self._look)

    def _look(self) -> None:
        self._timer.stop()
        if self._holds_a_number_of_ours():
            self._timer.start()

    def _holds_a_number_of_ours(self) -> bool:
        return bool(self.is_ours() and _NIK.search(self._clipboard.text()))

    def is_ours(self) -> bool:
        """Say whether this program put there what is in the clipboard."""
        return self._clipboard.ownsClipboard()

    def forget(self) -> None:
        """Empty the clipboard, unless something else was copied meanwhile, here or elsewhere."""
        if self._holds_a_number_of_ours():
            self._clipboard.clear()
