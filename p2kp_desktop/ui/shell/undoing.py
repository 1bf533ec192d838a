"""Ctrl+Z and Ctrl+Y in every list: the acts of this sitting are taken back and done again, each by its name."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from p2kp_desktop.actions.recording import named_acts
from p2kp_desktop.actions.recording.named_acts import TakenBack, UndoRedo
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace

from .commands import Command, bind
from .seat import Seat

UNDO, REDO = "Ctrl+Z", ("Ctrl+Y", "Ctrl+Shift+Z")
_ALL = (*(form.key for form in FORMS), "drafts")


class Undoing(QObject):
    """Keeps the words of both commands true."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._seat = seat
        self._since = 0
        self._offered = UndoRedo()
        self.undo, self.redo = self.actions = bind(seat.board, (
            Command(say("Urungkan"), UNDO, self._undo, deed=Deed.CHANGE),
            Command(say("Ulangi"), REDO[0], self._redo, deed=Deed.CHANGE),
        ), seat.desk.rights)
        self.undo.setIconText(say("urungkan"))
        self.redo.setShortcuts([QKeySequence(key) for key in REDO])
        seat.desk.changed.connect(lambda _touched: self._ask())
        seat.desk.ask(self, named_acts.step, self._begin)

    def _begin(self, step: int) -> None:
        self._since = step
        self._show(UndoRedo())

    def _ask(self) -> None:
        since = self._since
        self._seat.desk.ask(self, lambda workspace: named_acts.offer(workspace, since), self._show)

    def _show(self, offered: UndoRedo) -> None:
        self._offered = offered
        for action, act, plain, named in (
            (self.undo, offered.undo, say("Urungkan"), say("Urungkan: {act}")),
            (self.redo, offered.redo, say("Ulangi"), say("Ulangi: {act}")),
        ):
            action.setText((named.format(act=act.name) if act else plain).replace("&", "&&"))
            action.setEnabled(act is not None)

    def _undo(self) -> None:
        if self._offered.undo is not None:
            self._take_back(self._offered.undo.id, lambda name: say("Diurungkan: {act}.", act=name))

    def _redo(self) -> None:
        if self._offered.redo is not None:
            self._take_back(self._offered.redo.id, lambda name: say("Diulangi: {act}.", act=name))

    def _take_back(self, act: str, words: Callable[[str], str]) -> None:
        self._show(UndoRedo())  # until what comes next is known, so that a second press does nothing twice

        def take_back(workspace: Workspace) -> TakenBack:
            return named_acts.take_back(workspace, act)

        self._seat.desk.change(self, take_back, lambda back: self._tell(words(back.name), back), touches=_ALL)

    def _tell(self, title: str, back: TakenBack) -> None:
        counts = say("{count} catatan berubah kembali.", count=written.number(back.records))
        if back.left:
            names = ", ".join(subject.words for subject in back.left[:3])
            counts += " " + say("{count} dibiarkan, karena sudah diubah lagi: {names}.",
                                count=written.number(len(back.left)), names=names)
        if self._seat.place is not None:
            self._seat.place.close_told()
        self._seat.board.show_notice(title, counts)
