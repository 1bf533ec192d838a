"""Closing what is open: first what is typed goes to disk, and what is under way is carried through in sight.

What takes long, as receiving a large bundle, would hold a window that answers nothing: a bar above the place says that
it closes by itself once that has ended, and lets a person stop it, which takes all of it back, or stay.
"""

from collections.abc import Callable
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from p2kp_desktop.actions.bundles.pace import left_words
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Task
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.progress import Bar
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8, SPACE_12, SPACE_16

from .seat import Seat
from .unsaved_bar import UnsavedBar

SOON = 0.7  # seconds that a change may take before it is spoken of


class WaitingBar(QFrame):
    """Says what closing waits for and how far it is."""

    stopped = Signal()
    stayed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setProperty("status", "soft")
        self.title, self._left, self._bar = Label("", Style(bold=True), wraps=True), Label("", NOTE), Bar()
        self.stay = Button(say("Jangan tutup"), keys=("Esc",))
        self.stop = Button(say("Hentikan dan tutup"), Kind.DANGER)
        self._begun = 0.0
        words = down(self.title, across((self._bar, 1), self._left, gap=SPACE_12), gap=SPACE_4)
        across((words, 1), self.stay, self.stop, into=self, gap=SPACE_12, margins=(SPACE_16, SPACE_8))
        self.stay.clicked.connect(self.stayed)
        self.stop.clicked.connect(self.stopped)
        self.hide()

    def begin(self, *, can_stop: bool) -> None:
        """Appear; the focus is on what changes nothing."""
        self._begun = monotonic()
        self.title.say(say("Pekerjaan yang berjalan diselesaikan dulu, lalu program menutup sendiri. Jangan matikan "
                           "laptop sebelum itu."))
        self._bar.show_share(0.0)
        self._left.say("")
        self.stop.setVisible(can_stop)
        self.setAccessibleName(self.title.text())
        self.show()
        self.stay.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_done(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._bar.show_share(done / max(total, 1))
        self._left.say(left_words(done, total, monotonic() - self._begun))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.stayed.emit()
        else:
            super().keyPressEvent(event)


class Closing(QObject):
    """Says whether a workspace can be let go of, and does what was to follow as soon as it can."""

    ended = Signal()  # nobody is asked any more, and the window stays

    def __init__(self, seat: Seat, unsaved_bar: UnsavedBar) -> None:
        super().__init__(seat)
        self._seat, self._unsaved_bar, self.bar = seat, unsaved_bar, WaitingBar()
        self._then: Callable[[], object] | None = None
        self._followed: set[Task] = set()
        seat.board.put_above(self.bar)
        self.bar.stayed.connect(self._stay)
        self.bar.stopped.connect(self._stop)
        seat.desk.failed.connect(lambda _error: self._stay())

    def keeps_all(self, within: float | None = None) -> bool:
        """Put on disk what is being typed; say whether all of it is there, and nothing else is under way."""
        desk = self._seat.desk
        if self._seat.place is not None:
            self._seat.place.may_leave()
        desk.unsaved.flush()
        return desk.settle(within) and not desk.unsaved.typed

    def may_close(self, then: Callable[[], object]) -> bool:
        """Say whether all is on disk; else ask, and do what was to follow once it is, or is given up."""
        desk = self._seat.desk
        for task in desk.changing:
            if task.only_tries:
                task.cancel()
        in_sight = self._seat.board.isVisible()  # under a lock nobody could be asked
        if self.keeps_all(SOON if in_sight else None):
            return True
        if desk.changing:
            self._wait(then)
            return False

        def give_up() -> None:
            desk.unsaved.let_all_go()
            then()

        self._unsaved_bar.ask(desk.unsaved.typed, desk.unsaved.trouble, give_up)
        return False

    def _wait(self, then: Callable[[], object]) -> None:
        self._then = then
        self._follow()
        if self.bar.isHidden():
            self.bar.begin(can_stop=any(task.can_stop for task in self._followed))
            self._seat.board.leave_room_above()

    def _follow(self) -> None:
        for task in self._seat.desk.changing - self._followed:
            self._followed.add(task)
            task.progressed.connect(self.bar.show_done)
            task.ended.connect(partial(self._look, task))

    def _look(self, task: Task) -> None:
        """Go on once nothing is under way any more."""
        self._followed.discard(task)
        then = self._then
        if then is None:
            return
        self._follow()  # what was put in line meanwhile
        if not self._followed:
            self._end()
            QTimer.singleShot(0, self, then)

    def _stop(self) -> None:
        for task in self._followed:
            task.cancel()

    def _stay(self) -> None:
        if self._then is not None:
            self._end()
            self.ended.emit()

    def _end(self) -> None:
        self._then = None
        self.bar.hide()
        self._seat.board.leave_room_above()
