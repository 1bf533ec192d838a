"""Hears that the system ends the session, that the laptop goes to sleep, or that its screen is locked.

The window is locked at once where Windows says so.

Elsewhere the system says so over a bus that this program does not carry: there the window is locked by the first event
after waking, before anything of it is painted or a key reaches it, and by the minutes of the settings.
"""

import ctypes
import logging
import signal
import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray
from typing_extensions import override

log = logging.getLogger(__name__)

POWER, SUSPENDS = 0x218, 4  # WM_POWERBROADCAST, PBT_APMSUSPEND
SESSION, IS_LOCKED = 0x2B1, 7  # WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK
_THIS_SESSION = 0
_MESSAGE = b"windows_generic_MSG"


def heed_the_end(ends: Callable[[], object]) -> None:
    """Close as a person does when the system ends the session without asking; Windows asks the window itself."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, lambda *_: ends())


class SystemWatch(QAbstractNativeEventFilter):
    """Calls `locks` when the laptop goes to sleep or somebody locks its screen."""

    def __init__(self, locks: Callable[[], object]) -> None:
        super().__init__()
        self._locks = locks

    def hear(self, window: int) -> None:
        """Ask Windows to tell a window when the screen is locked; sleep is told to every window."""
        if sys.platform == "win32" and not ctypes.windll.wtsapi32.WTSRegisterSessionNotification(
            wintypes.HWND(window), _THIS_SESSION
        ):
            log.warning("Windows does not tell when its screen is locked")

    @override
    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Look at a message of Windows; it goes on to whoever it is for."""
        if kind == _MESSAGE:
            told = wintypes.MSG.from_address(int(message))
            if (told.message, told.wParam) in ((POWER, SUSPENDS), (SESSION, IS_LOCKED)):
                self._locks()
        return False, 0
