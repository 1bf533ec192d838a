"""The window's two verbs towards the core: *ask* and *change*.

    desk.ask(self, lambda workspace: scoring.assessments(workspace), self.show_rows)
    desk.change(self, lambda workspace: recording.record(workspace, form, given), self.saved, touches=[form.key])

Both run off the GUI thread and answer on it, unless their owner was closed meanwhile. Changes run one after
another on one thread; questions on others, and see one unchanging state. After a change the desk says what
was touched; open views decide for themselves whether to ask again. A desk that is finished begins nothing and tells
nobody anything: its window is on the way out, and what still ends behind it has nobody to hear of it. Changes in line
and files being made are carried through then; questions are dropped in the middle of what they read.

Places say where they want to go (ui/place.py) and never hold the window.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThreadPool, Signal, Slot
from shiboken6 import isValid

from p2kp_desktop.actions.common.long_work import Cancelled as Cancelled
from p2kp_desktop.actions.common.long_work import Report as Report
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.kit.rights import Rights
from p2kp_desktop.ui.unsaved import Unsaved

log = logging.getLogger(__name__)

T = TypeVar("T")

_EVERY = 10  # milliseconds between two looks whether a question that is dropped reads again


class Broke(Exception):
    """Stands for what ended work and is no Exception, as the panic of a library; its cause says what it was."""


class Work:
    """What a thread holds of a task: no Qt object, for the task may be gone before the thread has left it."""

    def __init__(self, action: Callable[[Report], Any], courier: "Courier") -> None:
        self._action, self._courier = action, courier
        self._cancelled = self._dropped = False
        self._thread: int | None = None  # the one in which it is under way
        self._held = threading.Lock()

    def cancel(self) -> None:
        """Stop at the next report of progress."""
        self._cancelled = True

    def drop(self, workspace: Workspace) -> bool:
        """Stop in the middle of what it reads; say whether it is under way still."""
        self._cancelled = self._dropped = True
        with self._held:
            if self._thread is not None:
                workspace.interrupt(self._thread)
            return self._thread is not None

    def run(self) -> None:
        """Carry it out in a thread, and let the GUI thread know."""
        try:
            result = self._carried_out()
        except BaseException as error:  # whatever it is, it is told on the GUI thread
            self._courier.returned.emit(self, None, _told(error))
        else:
            self._courier.returned.emit(self, result, None)

    def _carried_out(self) -> Any:
        with self._held:
            self._thread = threading.get_ident()
        try:
            if self._dropped:
                raise Cancelled
            return self._action(self._report)
        except Exception as error:
            if self._dropped:  # nothing went wrong: it was not let read on
                raise Cancelled from error
            raise
        finally:
            with self._held:  # nobody interrupts what this thread does next
                self._thread = None

    def _report(self, done: int, total: int) -> None:
        if self._cancelled:
            raise Cancelled
        self._courier.reported.emit(self, done, total)

    def forget(self) -> None:
        """Let go of what was to be done, on the GUI thread: pages that it knows must not end in another one."""
        self._action = _nothing


def _nothing(_report: Report) -> None:
    """Stand in for what was done."""


class Courier(QObject):
    """Carries what comes of work from its threads to the GUI thread, and outlives them."""

    returned = Signal(object, object, object)  # the Work, its result, the Exception that ended it
    reported = Signal(object, int, int)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self.tasks: dict[Work, Task] = {}  # keeps a task alive when the view that started it is closed
        self.returned.connect(self._settle)
        self.reported.connect(self._progress)

    def deliver(self) -> None:
        """Carry what has come, at once."""
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    @Slot(object, object, object)
    def _settle(self, work: Work, result: Any, error: Exception | None) -> None:
        work.forget()
        self.tasks.pop(work).settle(result, error)

    @Slot(object, int, int)
    def _progress(self, work: Work, done: int, total: int) -> None:
        self.tasks[work].progressed.emit(done, total)


class Task(QObject):
    """One piece of work off the GUI thread; its signals arrive on it."""

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(
        self, desk: "Desk", owner: QObject, action: Callable[[Report], Any], pool: "Pool", *, is_asked: bool = False,
        can_stop: bool = False, only_tries: bool = False,
    ) -> None:
        super().__init__()
        self._desk, self._owner, self._pool = desk, owner, pool
        self._is_asked = is_asked  # nothing stays of it but the answer
        self.can_stop = can_stop  # it hears of `cancel`
        self.only_tries = only_tries  # a change that is taken back in the end: nothing is lost where it is stopped
        self._work = Work(action, pool.courier)
        self._then: Callable[[Any], object] | None = None
        self._failed: Callable[[Exception], object] | None = None
        self._touches: frozenset[str] = frozenset()

    def cancel(self) -> None:
        """Ask the work to stop at its next report of progress; its transaction is taken back."""
        self._work.cancel()

    def drop(self) -> bool:
        """Stop a question, of which nothing stays but the answer; say whether it is under way still."""
        return self._is_asked and self._work.drop(self._desk.workspace)

    def start(
        self,
        then: Callable[[Any], object] | None,
        failed: Callable[[Exception], object] | None,
        touches: Iterable[str],
    ) -> None:
        """Put the work in line, unless its desk is finished."""
        if self._desk.is_finished:
            return
        self._then, self._failed, self._touches = then, failed, frozenset(touches)
        self._pool.courier.tasks[self._work] = self
        self._pool.start(self._work.run)

    def settle(self, result: Any, error: Exception | None) -> None:
        """Tell whoever wanted it how it ended."""
        if error is None and self._touches and not self._desk.is_finished:
            self._desk.changed.emit(self._touches)
        if isValid(self._owner) and not self._desk.is_finished:
            self._tell(result, error)
        elif error is not None:
            _note(error)
        self.ended.emit()
        self.deleteLater()  # what hears of its end often holds the task, which would keep both in memory

    def _tell(self, result: Any, error: Exception | None) -> None:
        if error is None:
            if self._then is not None:
                self._then(result)
        elif isinstance(error, Cancelled):
            return
        elif self._failed is not None:
            self._failed(error)
        elif self._pool is self._desk.writing:
            self._desk.failed.emit(error)
        else:
            self._desk.unanswered.emit(error)


def _note(error: Exception) -> None:
    """Note in the log what nobody is there to hear any more: of a known fault its code, of a bug where it was."""
    if isinstance(error, Trouble):
        log.warning("a task failed after its owner was closed (%s)", error.code)
    elif not isinstance(error, Cancelled):
        log.error("a task failed after its owner was closed", exc_info=error)


def _told(error: BaseException) -> Exception:
    """Return the error that ended work as an exception that views can be given."""
    if isinstance(error, Exception):
        return error
    broke = Broke(type(error).__name__)
    broke.__cause__ = error
    return broke


class Pool(QThreadPool):
    """Threads with whoever carries from them."""

    def __init__(self, desk: "Desk", threads: int) -> None:
        super().__init__(desk)
        self.courier = Courier(desk)
        self.setMaxThreadCount(threads)


class Desk(QObject):
    """An open workspace as the window uses it. `changed` says which forms (or "drafts") a change touched."""

    changed = Signal(object)  # frozenset[str]
    failed = Signal(object)  # an Exception that no view wanted: shown by the main window
    worked = Signal()  # long work came to its end
    unanswered = Signal(object)  # the same of a question that a view asked: nothing was lost by it
    hinted = Signal(str)  # in few words, why nothing came of a key: said in passing

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.is_finished = False
        self.rights = Rights(self)
        self.rights.refused.connect(self.hinted)
        self.writing, self.reading = Pool(self, 1), Pool(self, 2)
        self.unsaved = Unsaved(self)

    @property
    def tasks(self) -> frozenset[Task]:
        """What is under way."""
        return frozenset((*self.writing.courier.tasks.values(), *self.reading.courier.tasks.values()))

    def ask(
        self,
        owner: QObject,
        question: Callable[[Workspace], T],
        then: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> Task:
        """Answer a question off the GUI thread, then call `then` with the answer on it."""
        task = Task(self, owner, lambda _report: question(self.workspace), self.reading, is_asked=True)
        task.start(then, failed, ())
        return task

    def read(
        self,
        owner: QObject,
        question: Callable[[Workspace, Report], T],
        then: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> Task:
        """Like `ask`, for a long question that reports its progress and can be cancelled."""
        task = Task(self, owner, lambda report: question(self.workspace, report), self.reading, is_asked=True)
        task.start(then, failed, ())
        return task

    def make(
        self,
        owner: QObject,
        action: Callable[[Workspace, Report], T],
        then: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> Task:
        """Like `read`, for what stays when the window is gone, as a file or a print: it is carried through."""
        task = Task(self, owner, lambda report: action(self.workspace, report), self.reading)
        task.start(then, failed, ())
        return task

    def change(
        self,
        owner: QObject,
        action: Callable[[Workspace], T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        touches: Iterable[str],
    ) -> Task:
        """Carry out an action after those before it, then call `then` with its result on the GUI thread."""
        task = Task(self, owner, lambda _report: action(self.workspace), self.writing)
        task.start(then, failed, touches)
        return task

    def work(
        self,
        owner: QObject,
        action: Callable[[Workspace, Report], T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        *,
        touches: Iterable[str] = (),
        only_tries: bool = False,
    ) -> Task:
        """Like `change`, for long work that reports its progress and can be cancelled."""
        task = Task(self, owner, lambda report: action(self.workspace, report), self.writing, can_stop=True,
                    only_tries=only_tries)
        if not self.is_finished:
            task.ended.connect(self.worked)
        task.start(then, failed, touches)
        return task

    @property
    def changing(self) -> frozenset[Task]:
        """The changes that are in line or under way."""
        return frozenset(self.writing.courier.tasks.values())

    def settle(self, within: float | None = None) -> bool:
        """Wait for the changes in line, and let their owners hear how each went, also of what they change then.

        Say whether nothing is left of them after so many seconds; None for as long as it takes.
        """
        until = None if within is None else monotonic() + within
        while self.writing.courier.tasks:
            left = -1 if until is None else max(round((until - monotonic()) * 1000), 0)
            if not self.writing.waitForDone(left):
                return False
            self.writing.courier.deliver()
        return True

    def finish(self) -> None:
        """Wait for what stays, and let go of the workspace; what was saved is in its file then."""
        self.is_finished = True
        asked = list(self.reading.courier.tasks.values())
        while asked := [task for task in asked if task.drop()]:
            self.reading.waitForDone(_EVERY)
        self.reading.waitForDone()
        self.wait()
        for pool in (self.writing, self.reading):
            pool.courier.deliver()
        try:
            self.workspace.put_down()
        except Trouble as trouble:  # another program has it open too: what was saved is safe in its log
            log.warning("what was saved stays in the log (%s)", trouble.code)
        self.workspace.close()

    def wait(self) -> None:
        """Wait for the changes that are in line."""
        self.writing.waitForDone()
