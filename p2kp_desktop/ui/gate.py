"""The gate before a workspace: pages that ask for its password, give it one, and show its recovery words.

It knows the frame and how a workspace is fetched; what is worked out slowly, the key of a password, is worked out off
the GUI thread.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.language import Trouble
from p2kp_desktop.ui import rescuing
from p2kp_desktop.ui.kit.messages import fault_of
from p2kp_desktop.ui.shell.frame import Frame

if TYPE_CHECKING:
    from p2kp_desktop.actions.protection.password import Keys
    from p2kp_desktop.store import Workspace

Fetch = Callable[[Callable[[], "Workspace"]], None]
Then = Callable[["Keys | None"], None]
LOCKED = "R32"  # what a file says that is behind a password


class Gate(QObject):
    """Takes what was refused for want of a password, and asks for one where a workspace is to have one."""

    wants_other = Signal(str)  # the file near which another one is sought
    wants_first_start = Signal()
    _made = Signal(object, object)  # a Keys, or None and the error

    def __init__(self, parent: QObject, fetch: Fetch) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._then: Callable[[Keys], None] | None = None
        self._failed: Callable[[Exception | None], object] | None = None
        self._made.connect(self._take)

    def takes(self, frame: Frame, error: Exception | None, location: str) -> bool:
        """Show the page that can help with a trouble: the one that was tried from, or the one that asks."""
        from p2kp_desktop.ui.safety.sheets import Sheet

        if not isinstance(error, Trouble):
            return False
        page = frame.centralWidget()
        if isinstance(page, Sheet):
            page.show_fault(fault_of(error))
            return True
        if error.code == LOCKED:
            self._ask_to_unlock(frame, Path(location))
            return True
        return False

    def _ask_to_unlock(self, frame: Frame, file: Path) -> None:
        from p2kp_desktop.ui.safety.unlock_page import UnlockPage

        page = UnlockPage(file)
        page.opens.connect(lambda typed: self._fetch(partial(rescuing.unlocked, file, typed)))
        page.recovers.connect(lambda words, fresh: self._fetch(partial(rescuing.recovered, file, words, fresh)))
        page.wants_other.connect(lambda: self.wants_other.emit(str(file)))
        page.wants_first_start.connect(self.wants_first_start)
        frame.show_page(page)
        page.field.setFocus()

    def protect(self, frame: Frame, location: str, person: str) -> None:
        """Ask for the password of a workspace that lies in clear and is closed, put it behind that, and open it."""
        file = Path(location)

        def go_on(protection: "Keys | None") -> None:
            if protection is None:
                self._fetch(partial(rescuing.opened, location))
            else:
                self._fetch(partial(rescuing.enciphered, file, protection))

        self.ask_password(frame, file, person, go_on, is_new=False)

    def ask_password(self, frame: Frame, file: Path, person: str, then: Then, *, is_new: bool) -> None:
        """Ask for the password of a workspace and show its recovery words; `then` gets the protection, None for none.

        One that is not new lies there in clear.
        """
        from p2kp_desktop.ui.safety.protect_page import ProtectPage

        page = ProtectPage(is_new=is_new, name=file.stem)
        page.protects.connect(lambda typed: self._make(frame, file, person, typed, then))
        page.skips.connect(lambda: then(None))
        frame.show_page(page)
        page.new.first.setFocus()

    def renew(self, frame: Frame, file: Path, typed: str, then: Callable[[Exception | None], None]) -> None:
        """Give a protected workspace that is closed other words, and show them; `then` hears why not, if so."""
        def shown(made: "Keys") -> None:
            person = made.slots.people[0].person
            self._show_words(frame, file, person, made, lambda _made: then(None))

        self._then, self._failed = shown, then

        def work() -> "Keys":
            from p2kp_desktop.actions.protection import conversion

            return conversion.renew(file, typed)

        self._work(work)

    def _make(self, frame: Frame, file: Path, person: str, typed: str, then: Then) -> None:
        page = frame.centralWidget()
        self._then = lambda made: self._show_words(frame, file, person, made, then)
        self._failed = lambda error: self._tell(page, error)

        def work() -> "Keys":
            from p2kp_desktop.actions.protection import conversion

            return conversion.begun(file, person, typed)

        self._work(work)

    def _work(self, make: Callable[[], "Keys"]) -> None:
        def work() -> None:
            try:
                made = make()
            except Exception as error:  # told on the GUI thread, whatever it is
                self._made.emit(None, error)
            else:
                self._made.emit(made, None)

        QThreadPool.globalInstance().start(work)

    def _take(self, made: "Keys | None", error: Exception | None) -> None:
        if made is not None and self._then is not None:
            self._then(made)
        elif error is not None and self._failed is not None:
            self._failed(error)

    def _tell(self, page: QWidget | None, error: Exception | None) -> None:
        from p2kp_desktop.ui.safety.sheets import Sheet

        if isinstance(error, Trouble) and isinstance(page, Sheet):
            page.show_fault(fault_of(error))
        elif error is not None:
            raise error

    def _show_words(self, frame: Frame, file: Path, person: str, made: "Keys", then: Then) -> None:
        from p2kp_desktop.ui.safety.recovery_page import RecoveryPage

        page = RecoveryPage(file, person, made)
        page.goes_on.connect(lambda: then(made))
        frame.show_page(page)
        page.save.setFocus()
