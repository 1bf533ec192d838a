"""Start the window: settings, language, look, frame; then the workspace, off the GUI thread.

The window asks for its turn after 0.2 ms, not after 5: laying out a page asks for Python dozens of times, and each
time waited for a worker's full turn. A paste of 2,000 × 60 cells stopped the window for 450 ms, now for 80.

Garbage is collected on the window's thread, a little at a time: Python's own collector ran on whatever thread was at
work, stopped everything for tenths of a second, and could take a Qt object apart on a thread not its own.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThreadPool, Signal
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

from p2kp_desktop import environment, language, screen, settings
from p2kp_desktop.language import Trouble
from p2kp_desktop.settings import Settings
from p2kp_desktop.ui import rescuing
from p2kp_desktop.ui.gate import Gate
from p2kp_desktop.ui.kit import focus
from p2kp_desktop.ui.kit.messages import fault_of
from p2kp_desktop.ui.lockscreen import ClipboardWatch, WindowLock, no_lock_words
from p2kp_desktop.ui.look import theme
from p2kp_desktop.ui.look.tokens import Scheme
from p2kp_desktop.ui.shell import brought, stick_page, system_watch
from p2kp_desktop.ui.shell.board import Board
from p2kp_desktop.ui.shell.crash import Watch
from p2kp_desktop.ui.shell.doorbell import Doorbell
from p2kp_desktop.ui.shell.first_start import FirstStart
from p2kp_desktop.ui.shell.frame import Frame
from p2kp_desktop.ui.shell.picking import ask_workspace
from p2kp_desktop.ui.shell.places import FORM, SPOTS
from p2kp_desktop.ui.shell.preparing import Preparing
from p2kp_desktop.ui.shell.qt_words import QtWords
from p2kp_desktop.ui.shell.stick_page import StickPage
from p2kp_desktop.ui.shell.sweeping import Sweeping
from p2kp_desktop.ui.shell.trial import Trial, went_back

if TYPE_CHECKING:
    from p2kp_desktop.actions.protection.password import Keys
    from p2kp_desktop.store import Workspace
    from p2kp_desktop.ui.window import Window

log = logging.getLogger(__name__)

Opening = Callable[[], "Workspace"]

TURN = 0.0002  # seconds that work elsewhere may hold Python before the window has its turn; usually 0.005


def main(words: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; a workspace and files to receive may be named. Returns the exit code."""
    arguments = list(sys.argv[1:] if words is None else words)
    QCoreApplication.setApplicationName("P2KP Desktop")
    sys.setswitchinterval(TURN)
    environment.keep_private()
    screen.introduce()
    app = QApplication([sys.argv[0]])
    program = Program(app)
    given = brought.named(arguments)
    wanted = given.workspace or program.settings.workspace
    if program.doorbell.finds(wanted, given.files):
        return 0
    program.brought.add(given.files)
    program.watch.begin()
    program.sweeping.begin()
    program.start(wanted)
    system_watch.heed_the_end(program.end)
    if program.frame is not None:
        program.preparing.begin(program.frame.windowHandle())
    return program.trial.end(app.exec())


class Program(QObject):
    """The running program: one frame, and in it the first start or one open workspace."""

    _opened = Signal(int, object, object)  # which opening, its workspace, or None and the error
    _opening = Signal(int, int)  # how many records are brought up to date, of how many

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.app = app
        self.settings = settings.load()
        self.sweeping = Sweeping(self, lambda: self.preparing.is_quiet)
        self.preparing = Preparing(self, (partial(import_module, "lokal.nik"), *(spot.load for spot in SPOTS)))
        self.watch = Watch(self)
        self.watch.ends_program.connect(app.quit)
        self.watch.unsaved = lambda: bool(self.window is not None and self.window.desk.unsaved.typed)
        app.commitDataRequest.connect(self._end_session, Qt.ConnectionType.DirectConnection)
        self.trial = Trial(self.watch)
        self.frame: Frame | None = None
        self.window: Window | None = None
        self.gate = Gate(self, self._fetch)
        self.gate.wants_other.connect(self._open_other)
        self.gate.wants_first_start.connect(self.show_first_start)
        self.lock: WindowLock | None = None
        self.clipboard = ClipboardWatch(self)
        self._location = ""  # the workspace that is being opened
        self._first_form = ""  # the form that the first door leads to
        self._left = ""  # the workspace from which somebody went to the first start
        self.doorbell = Doorbell(self, self._come_to_the_front)
        self.brought = brought.Brought(self._receive)
        self._words: QtWords | None = None
        self._openings = 0  # how many were begun: only the last one counts
        self._closed_notices: dict[str, set[str]] = {}  # of the workspace opened last, which F12 opens anew
        self._said = rescuing.Said()
        self._said.fault = went_back()
        self._speak()
        self._dress()
        focus.follow(app)
        self._opened.connect(self._settle)
        self._opening.connect(self._show_opening)

    def start(self, named: str = "") -> None:
        """Show the frame at once; what takes long follows its first paint."""
        self.frame = Frame()
        self.watch.over = self.frame
        self.frame.may_close = self._may_close
        self.frame.closes.connect(self.doorbell.take_down)
        self.frame.closes.connect(self._close_workspace)
        if stick_page.is_due(self.settings.stick):
            self._ask_where_data_lie(named)
        else:
            self._start(named)
        self.frame.open_fitting()

    def _ask_where_data_lie(self, named: str) -> None:
        """Ask, before anything is written anywhere, whether data lie on this laptop or on the stick."""
        page = StickPage(self.settings)

        def go_on(chosen: Settings) -> None:
            self.settings = chosen
            self._start(named)

        page.settled.connect(go_on)
        if self.frame is not None:
            self.frame.show_page(page)
            page.laptop.setFocus()

    def _start(self, named: str) -> None:
        if self.frame is None:
            return
        wanted = named or self.settings.workspace
        self.doorbell.hang(wanted)
        if wanted:
            self.frame.show_page(Board())
            self._once_painted(lambda: self.open(wanted))
        else:
            self.show_first_start()
            self._once_painted(_import_core)
            self._once_painted(self._stands)

    def _once_painted(self, act: Callable[[], object]) -> None:
        if self.frame is not None and self.frame.was_painted:
            act()
        elif self.frame is not None:
            self.frame.painted.connect(act, Qt.ConnectionType.SingleShotConnection)

    def _stands(self) -> None:
        self.trial.stands(self.window.board if self.window is not None else None)

    def begin_again(self) -> None:
        """Close as a person does, and start anew: another version was taken."""
        self.trial.begins_again = self.frame is not None and self.frame.close()

    def _speak(self) -> None:
        """Speak the language of the settings, Qt's own words too."""
        language.use(self.settings.language, environment.resources() / "language")
        if self._words is not None:
            self.app.removeTranslator(self._words)
            self._words = None
        if self.settings.language == language.SOURCE:
            self._words = QtWords(self)
            self.app.installTranslator(self._words)

    def _dress(self) -> None:
        chosen = self.settings.look
        theme.apply(self.app, Scheme(chosen) if chosen in ("light", "dark") else None)

    def _come_to_the_front(self, files: Sequence[str]) -> None:
        """Be seen: somebody started the program a second time with what is open here, and perhaps brought files."""
        if self.frame is not None:
            self.frame.come_to_the_front()
        self.brought.add(files)

    def _receive(self, files: tuple[str, ...]) -> bool:
        """Look at files that were brought, where a workspace stands open to whoever sits here."""
        page = self.frame.centralWidget() if self.frame is not None else None
        if isinstance(page, FirstStart):
            page.show_waiting(files)
        if self.window is None or self.window.about is None or (self.lock is not None and self.lock.page is not None):
            return False
        brought.receive(self.window.go, files)
        return True

    # Opening

    def open(self, location: str) -> None:
        """Open another workspace in place of the one that is open."""
        self._let_go(lambda: self._open(location))

    def _open(self, location: str) -> None:
        if self.frame is None:
            return
        used = self.window is not None or not isinstance(self.frame.centralWidget(), Board)
        self._close_workspace()
        if used:
            self.frame.show_page(Board())
        self._location = location
        self._fetch(lambda: rescuing.opened(location, self._opening.emit))

    def restore(self, location: str, backup: str) -> None:
        """Put a backup in the place of a workspace, what stands there saved first, and open it."""
        self._rework(lambda: rescuing.restored(location, backup, self._said))

    def salvage(self, location: str, base: Path | None) -> None:
        """Put what can be saved of a damaged workspace in its place, and open it."""
        self._rework(lambda: rescuing.salvaged(location, base, self._said))

    def _rework(self, opening: Opening) -> None:
        def rework() -> None:
            if self.frame is not None:
                self._close_workspace()
                self.frame.show_page(Board())
                self._fetch(opening)

        self._let_go(rework)

    def _let_go(self, then: Callable[[], object]) -> None:
        """Do what closes the workspace, at once or when whoever typed something gives up what is not on disk."""
        if self.window is None or self.window.may_close(then):
            then()

    def _may_close(self) -> bool:
        """Say whether all that is typed is on disk; what is not is asked about."""
        return self.window is None or self.frame is None or self.window.may_close(self.frame.close)

    def _end_session(self, session: QSessionManager) -> None:
        """Have all that is typed and saved in the file before the system ends; what cannot be put there holds it up."""
        if not self.rest():
            session.cancel()

    def _fetch(self, opening: Opening) -> None:
        """Import the core and open the workspace off the GUI thread; `_settle` gets what comes of it."""
        self._openings += 1
        number = self._openings

        def work() -> None:
            workspace, failure = None, None
            try:
                workspace = opening()
            except Exception as error:  # told on the GUI thread, whatever it is
                failure = error
            self._opened.emit(number, workspace, failure)

        QThreadPool.globalInstance().start(work)

    def _show_opening(self, done: int, total: int) -> None:
        if self.frame is not None and isinstance(board := self.frame.centralWidget(), Board):
            board.opening.show_done(done, total)

    def _settle(self, opening: int, workspace: "Workspace | None", error: Exception | None) -> None:
        if self.frame is None:
            return
        if opening != self._openings:  # another was asked for meanwhile: two windows would share one board
            if workspace is not None:
                workspace.close()
            return
        if workspace is None:
            self._refuse(error)
            return
        self._remember(workspace.name)
        self.doorbell.hang(workspace.name)
        board = self.frame.centralWidget()
        if not isinstance(board, Board):
            board = Board()
            self.frame.show_page(board)
        self._put_to_work(board, workspace)

    def protect(self, location: str) -> None:
        """Ask for a password for the open workspace, and put it behind that."""
        self._let_go(lambda: self._protect(location))

    def _protect(self, location: str) -> None:
        if self.window is None or self.frame is None:
            return
        person = rescuing.person_of_bare(self.window.desk.workspace)
        self._close_workspace()
        self._location = location
        self.gate.protect(self.frame, location, person)

    def renew_words(self, location: str, typed: str) -> None:
        """Give the open workspace, which is behind this password, other recovery words."""
        self._let_go(lambda: self._renew_words(location, typed))

    def _renew_words(self, location: str, typed: str) -> None:
        if self.frame is None:
            return
        self._close_workspace()
        self._location = location
        self.frame.show_page(Board())

        def go_on(error: Exception | None) -> None:
            self._said.fault = fault_of(error) if isinstance(error, Trouble) else None
            self._fetch(lambda: rescuing.opened(location))
            if error is not None and not isinstance(error, Trouble):
                raise error

        self.gate.renew(self.frame, Path(location), typed, go_on)

    def _guard(self, location: str) -> None:
        """Let the window of a protected workspace be locked; of one in clear, that would protect nothing."""
        window = self.window
        if self.frame is None or window is None:
            return
        if rescuing.is_protected(location):
            signs_in = partial(rescuing.signed_in, window.desk.workspace)
            self.lock = WindowLock(self.frame, Path(location), window.rest, signs_in)
            window.wants_lock.connect(self.lock.lock)
            self.lock.relieved.connect(window.shift.follow)
            self.lock.opened.connect(self.brought.hand_over)
        else:
            window.wants_lock.connect(lambda: window.board.status.tell(no_lock_words()))

    def _put_to_work(self, board: Board, workspace: "Workspace") -> None:
        from p2kp_desktop.ui.desk import Desk
        from p2kp_desktop.ui.place import HOME, Destination
        from p2kp_desktop.ui.window import Window

        self.sweeping.leave_alone()
        start = Destination(FORM, form=self._first_form) if self._first_form else Destination(HOME)
        self._first_form = ""
        self._closed_notices = {workspace.name: self._closed_notices.get(workspace.name, set())}
        board.closed_notices = self._closed_notices[workspace.name]
        self.window = Window(board, Desk(workspace, self), start)
        self.window.wants_workspace.connect(self.open)
        self.window.wants_first_start.connect(self.show_first_start)
        self.window.wants_village.connect(lambda person: self.practise_again(person, Path(workspace.name)))
        self.window.wants_words.connect(lambda typed: self.renew_words(workspace.name, typed))
        self.window.wants_protection.connect(lambda: self.protect(workspace.name))
        self.window.wants_backup.connect(lambda backup: self.restore(workspace.name, backup))
        self.window.chose.connect(self.take_settings)
        self.window.met_bug.connect(self.watch.show_bug)
        self.window.ready.connect(self._stands)
        self.window.ready.connect(self.brought.hand_over)
        self.window.restarts.connect(self.begin_again)
        self.window.quits.connect(self.frame.close if self.frame else self.app.quit)
        self._guard(workspace.name)
        self._said.tell(board)

    def _refuse(self, error: Exception | None) -> None:
        """Tell why there is no workspace: where there are backups, on their page, else on the first start's."""
        if self.frame is not None and self.gate.takes(self.frame, error, self._location):
            self._stands()
            return
        self._first_form = ""
        if isinstance(error, rescuing.Damaged) and self.frame is not None:
            self._show_rescue(self.frame, error)
            return
        if not isinstance(error, Trouble):
            self.watch.show_bug(error or RuntimeError())
        if self.frame is not None and not isinstance(self.frame.centralWidget(), FirstStart):
            self.show_first_start()
            self._stands()
        page = self.frame.centralWidget() if self.frame else None
        if isinstance(error, Trouble) and isinstance(page, FirstStart):
            page.show_fault(fault_of(error))

    def _show_rescue(self, frame: Frame, damaged: "rescuing.Damaged") -> None:
        """Offer the good backups of a workspace that cannot be opened, and what can still be read of it."""
        from p2kp_desktop.ui.safety.rescue import RescuePage

        page, location = RescuePage(fault_of(damaged.trouble), damaged.damage), str(damaged.damage.file)
        page.restores.connect(lambda backup: self.restore(location, str(backup)))
        page.salvages.connect(lambda base: self.salvage(location, base))
        page.wants_other.connect(partial(self._open_other, location))
        page.wants_first_start.connect(self.show_first_start)
        page.restarts.connect(self.begin_again)
        frame.show_page(page)
        page.ways[0].setFocus()
        self._stands()

    def _open_other(self, near: str) -> None:
        path = ask_workspace(self.frame, near) if self.frame else ""
        if path:
            self.open(path)

    def _remember(self, location: str) -> None:
        self.settings = Settings(**vars(settings.load()) | {"workspace": location})
        try:
            settings.save(self.settings)
        except Trouble as trouble:  # nobody asked for it, and the work goes on without
            log.warning("the workspace is not remembered: %s", trouble.code)

    def rest(self) -> bool:
        """Have all that is typed and saved in the workspace's file: the person logs off; say whether it is on disk."""
        return self.window is None or self.window.rest()

    def end(self) -> None:
        """Close the window as a person does, once what is under way has ended."""
        if self.rest() and self.frame is not None:
            self.frame.close()
        self.app.quit()

    def _close_workspace(self) -> None:
        if self.lock is not None:
            self.lock.end()
            self.lock = None
        if self.window is not None:
            self.window.leave()
            self.window.desk.finish()
            self.window.desk.deleteLater()
            self.window = None

    # First start and settings

    def show_first_start(self) -> None:
        """Ask the three questions; the open workspace is closed, and one key leads back to it."""
        self._let_go(self._show_first_start)

    def _show_first_start(self) -> None:
        if self.frame is None:
            return
        if self.window is not None:
            self._left = self.window.desk.workspace.name
        self._close_workspace()
        self.doorbell.hang("")
        page = FirstStart(environment.for_workspaces(), self.settings.language, self._left)
        page.begins.connect(self._begin)
        page.practises.connect(self._practise)
        page.practises_again.connect(self.practise_again)
        page.opens.connect(self.open)
        page.speaks.connect(self._speak_other)
        self.frame.show_page(page)
        page.name.setFocus()
        fault, self._said.fault = self._said.fault, None
        if fault is not None:
            page.show_fault(fault)
        self.brought.hand_over()

    def _begin(self, name: str, role: str, codes: tuple[str, ...], folder: Path, enrols: bool) -> None:
        from p2kp_desktop.actions.practice import first_start as beginning

        if self.frame is None:
            return
        self._first_form = "household" if role == "facilitator" else ""
        answers = beginning.Answers(name, role, codes, enrols)
        try:
            beginning.make_folder(folder)  # before anybody thinks of a password
        except Trouble as trouble:
            self._refuse(trouble)
            return

        def go_on(protection: "Keys | None") -> None:
            self._fetch(lambda: beginning.begin(answers, folder, protection))

        self.gate.ask_password(self.frame, beginning.file_for(answers, folder), name, go_on, is_new=True)

    def _practise(self, name: str, folder: Path) -> None:
        self._first_form = ""
        self._fetch(lambda: _beginning().begin_practice(name, folder))

    def practise_again(self, name: str, file: Path) -> None:
        """Make the practice village in a file anew, the guide of the first household included."""
        if self.window is not None and not self.window.may_close(lambda: self.practise_again(name, file)):
            return
        self.settings = Settings(**vars(settings.load()) | {"guide": ""})
        settings.save(self.settings)
        self._rework(lambda: _beginning().practise_again(name, file))

    def _speak_other(self, other: str) -> None:
        self.settings = Settings(**vars(settings.load()) | {"language": other})
        settings.save(self.settings)
        self._speak()
        self.show_first_start()

    def take_settings(self, chosen: Settings) -> None:
        """Let changed settings hold at once; another language makes the window anew."""
        spoken, self.settings = self.settings.language, chosen
        self._dress()
        if chosen.language != spoken and self.window is not None:
            self._speak()
            self.open(self.window.desk.workspace.name)


def _beginning() -> Any:
    """Return the module that the first door needs; to import it takes a while."""
    return import_module("p2kp_desktop.actions.practice.first_start")


def _import_core() -> None:
    """Import what the first door needs, while the user reads the first question."""
    QThreadPool.globalInstance().start(_beginning)
