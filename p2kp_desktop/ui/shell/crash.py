"""The crash window: a bug is told in words, with a report to copy that names nobody."""

import hashlib
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from p2kp_desktop import environment, held_files
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import SECONDARY, Label, surface
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.messages import ErrorCard, Fault, fault_of
from p2kp_desktop.ui.look.measures import SPACE_12, SPACE_16, SPACE_20
from p2kp_desktop.ui.look.tokens import Token

log = logging.getLogger(__name__)

_LOUD = {
    QtMsgType.QtWarningMsg: logging.WARNING, QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashWindow(QDialog):
    """Four answers, the report, and three things to press; it never closes the program by itself."""

    ends_program = Signal()

    def __init__(self, error: BaseException, over: QWidget | None = None, *, unsaved: bool = False) -> None:
        super().__init__(over)
        self.setWindowTitle(say("Ada kesalahan dalam program"))
        self.resize(720, 460)
        self.report = report(error, qt=qVersion() or "")
        inside = QVBoxLayout()
        inside.setContentsMargins(SPACE_20, SPACE_16, SPACE_20, SPACE_16)
        inside.setSpacing(SPACE_12)
        inside.addWidget(ErrorCard(fault(error, unsaved=unsaved)))
        inside.addWidget(Label(say(
            "Laporan ini tidak memuat nama, jawaban, atau folder Anda. Salin dan kirimkan kepada pendamping teknis."
        ), SECONDARY, wraps=True))
        text = QPlainTextEdit(self.report)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(say("Laporan kesalahan"))
        inside.addWidget(text, 1)
        down((inside, 1), self._buttons(), into=self)
        self._go_on.setFocus()

    def _buttons(self) -> QFrame:
        bar = QFrame()
        surface(bar, Token.PANEL)
        self.copy_button = Button(say("Salin laporan"), icon="copy")
        end = Button(say("Tutup program"))
        self._go_on = go_on = Button(say("Lanjutkan bekerja"), Kind.PRIMARY)
        self.copy_button.clicked.connect(self.copy)
        end.clicked.connect(self.ends_program)
        go_on.clicked.connect(self.accept)
        across(self.copy_button, Stretch(), end, go_on, into=bar, gap=SPACE_12, margins=(SPACE_20, SPACE_12))
        go_on.setDefault(True)
        return bar

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report)
        self.copy_button.say(say("Sudah disalin"))


def fault(error: BaseException, *, unsaved: bool = False) -> Fault:
    """Return a bug in the four answers; `unsaved` says that something typed is in memory only."""
    safe = say("Data Anda aman: yang sudah disimpan ada di disk, yang sedang diketik ada sebagai draf.")
    if unsaved:
        safe = say("Yang sudah disimpan ada di disk, tetapi ada isian yang belum: jangan tutup program ini.")
    return Fault(
        say("Ada kesalahan dalam program ini, bukan pada pekerjaan Anda."), safe,
        say("Lanjutkan bekerja. Jika terulang, tutup program, buka lagi, dan kirim laporan di bawah."),
        code(error),
    )


class TroubleWindow(QDialog):
    """A known fault of the world that came up where no page could tell it: its four answers, and one way on."""

    def __init__(self, trouble: Trouble, over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setWindowTitle(environment.PROGRAM)
        self.resize(560, 200)
        self.go_on = Button(say("Lanjutkan bekerja"), Kind.PRIMARY)
        self.go_on.clicked.connect(self.accept)
        self.go_on.setDefault(True)
        bar = across(Stretch(), self.go_on)
        down(ErrorCard(fault_of(trouble)), Stretch(), bar, into=self, gap=SPACE_12, margins=(SPACE_20, SPACE_16))
        self.go_on.setFocus()


class Watch(QObject):
    """Catches what nobody caught, on any thread, and shows it once at a time."""

    ends_program = Signal()
    _met = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.window: CrashWindow | TroubleWindow | None = None
        self.met = False  # whether there was any
        self.over: QWidget | None = None
        self.unsaved: Callable[[], bool] = lambda: False  # whether something typed is in memory only
        self._met.connect(self.show_bug)

    def begin(self) -> None:
        """Take over from Python and Qt what nobody catches."""
        sys.excepthook = self._caught
        threading.excepthook = lambda caught: self._caught(
            caught.exc_type, caught.exc_value or caught.exc_type(), caught.exc_traceback
        )
        qInstallMessageHandler(_heard)

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self.ends_program.emit()
            return
        self._met.emit(error if error.__traceback__ else error.with_traceback(trace))

    def show_bug(self, error: BaseException) -> None:
        """Show the crash window, unless one is open; the report is also kept in the program's folder.

        A known trouble is no bug, wherever it came up: it is told in its own words. So is a file that others hold.
        """
        trouble = error if isinstance(error, Trouble) else held_files.behind(error)
        self.met = self.met or trouble is None
        if not isinstance(error, Trouble):
            _keep(error)
        if self.window is not None:
            return
        self.window = TroubleWindow(trouble, self.over) if trouble is not None else self._crashed(error)
        self.window.finished.connect(self._closed)
        self.window.open()

    def _crashed(self, error: BaseException) -> CrashWindow:
        window = CrashWindow(error, self.over, unsaved=self.unsaved())
        window.ends_program.connect(self.ends_program)
        return window

    def _closed(self) -> None:
        self.window = None


def _keep(error: BaseException) -> None:
    """Write the report where support can find it, and to the log; a full disk must not stop the window."""
    text = report(error, qt=qVersion() or "")
    log.error("%s", text)
    folder = environment.home() / "crashes"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{code(error)}.txt").write_text(text, encoding="utf-8")
    except OSError:
        log.warning("the crash report could not be kept")


def _heard(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Pass what Qt complains of to the log."""
    level = _LOUD.get(kind)
    if level is not None:
        log.log(level, "Qt: %s", message)


_PACKAGE = Path(environment.__file__).resolve().parent


def code(error: BaseException) -> str:
    """Return a short code that is the same wherever the same line fails the same way."""
    return f"B-{hashlib.sha256(_story(error).encode()).hexdigest()[:6].upper()}"


def report(error: BaseException, *, qt: str = "") -> str:
    """Return the report: versions, kinds of error and places in code; no messages, for they may quote answers."""
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    head = [environment.PROGRAM, f"{system}, Qt {qt}" if qt else system, f"Kode {code(error)}", environment.now()]
    return "\n".join([*head, "", _story(error)])


def _story(error: BaseException) -> str:
    """Return the chain of errors, the cause first, each with the lines it passed through."""
    told: list[str] = []
    one: BaseException | None = error
    while one is not None and len(told) < 5:
        frames = traceback.extract_tb(one.__traceback__)
        lines = [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        told.append("\n".join([f"{type(one).__module__}.{type(one).__qualname__}", *lines]))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n\n".join(reversed(told))


def _place(filename: str) -> str:
    """Return a file of the program by its path in the program; of any other only the name."""
    path = Path(filename)
    try:
        return str(Path("p2kp_desktop") / path.resolve().relative_to(_PACKAGE))
    except ValueError:
        return path.name
