"""What the window knows of a place (Beranda, Pendataan, Kirim & Terima …), and how places send one another.

A place is a widget that shows a scope and asks the window to go somewhere. It never holds the window.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from typing_extensions import override

from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms import places, touched_by
from p2kp_desktop.language import say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.table import Scope as Scope
from p2kp_desktop.schema.table import Subject, Table
from p2kp_desktop.store import Workspace

from .desk import Desk, Report


@dataclass(frozen=True)
class Paper:
    """What is in front of somebody who wants it printed: a record of a form, or a list as it is shown, or neither.

    `makes` makes the table of the list, `title` is what that is called; `what` names the usual print of it.
    """

    form: str = ""
    records: tuple[str, ...] = ()
    title: str = ""
    makes: Callable[[Workspace, Report], Table[Any]] | None = None
    what: str = ""


NOTHING_IN_FRONT = Paper()


@dataclass(frozen=True)
class Destination:
    """Where to go: a place by its key, in a scope, and there perhaps to a record, a question or a tab.

    With a form and no record a new record is begun, under `parent` when one is named; `draft` resumes what was
    being typed. `within` is the place of the rail from which a form was opened, told by the window. `paper` is what
    is to be printed, `files` what is to be looked at there, once.
    """

    place: str
    scope: Scope | None = None
    form: str = ""
    record: str = ""
    question: str = ""
    tab: str = ""
    draft: bool = False
    parent: str = ""
    within: str = ""
    paper: Paper = NOTHING_IN_FRONT
    files: tuple[str, ...] = ()


RESIDENTS = "residents"  # the tab of Pendataan with an RT's list of residents
HOME, COLLECTING, TRANSFER, SETTINGS, FORM = "home", places.COLLECTING, "transfer", "settings", "form"
BOWL, AGREEMENTS, MEETINGS, COLLABORATION = places.BOWL, places.AGREEMENTS, places.MEETINGS, places.COLLABORATION
WAYS = places.WAYS
PHOTOS = "photos"
TABLES, EXPLAINING, REPORTING, EDITIONS = places.ALL_DATA, "explaining", "reporting", "editions"
PRINTING = "printing"
UPKEEP, UPDATING = "upkeep", "update"  # Perawatan, and the tab of it with another version of the program
_KAWASAN, _HOUSE = "kawasan", "household"  # the forms of what is explained, but for areas and RTs


def place_of(form: str) -> str:
    """Return the key of the place that lists the records of a form; Pendataan, where none is named."""
    return form_named(form).listed_in if form else COLLECTING


def why(subject: Subject) -> Destination:
    """Return the way to the explanation of a score, percent or level."""
    form = _KAWASAN if subject.kawasan else _HOUSE if subject.house else ""
    return Destination(EXPLAINING, subject.scope, form, subject.kawasan or subject.house, tab=subject.criterion)


def explained_at(destination: Destination, scope: Scope) -> Subject:
    """Return the subject that a way leads to the explanation of."""
    record = destination.record
    return Subject(scope, kawasan=record if destination.form == _KAWASAN else "", criterion=destination.tab,
                   house=record if destination.form == _HOUSE else "")


class Place(QWidget):
    """One place of the window. Subclasses show what lies in the scope and emit `wants` to go elsewhere.

    What is shown is asked for again when a change touches what it `concerns`, as the heads of the forms have it; a
    hidden place waits until it is shown.
    """

    wants = Signal(object)  # Destination
    returns = Signal(object)  # Destination of the list of a record that is done with, unless it was opened elsewhere

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._entered, self._touched = False, frozenset[str]()
        desk.changed.connect(self._notice)

    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show what the destination names; called whenever the user comes here or the scope changes."""
        del destination
        self._entered, self._touched = bool(scope.area), frozenset()

    @property
    def concerns(self) -> Set[str]:
        """Return the forms, the figures (forms/places.py), or "drafts", of which this place shows something."""
        return frozenset()

    def catch_up(self, touched: frozenset[str]) -> None:
        """Ask again for what is shown, these forms of it having changed."""

    def _notice(self, touched: frozenset[str]) -> None:
        changed = touched_by(touched)
        if self._entered and changed & self.concerns:
            self._touched |= changed
            if self.isVisible():
                self._go_on()

    def _go_on(self) -> None:
        touched, self._touched = self._touched, frozenset()
        if touched:
            self.catch_up(touched)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._go_on()

    def show_legend(self, *, shown: bool) -> bool:
        """Show or hide the place's own line of keys; say whether it has one, so that the window needs none."""
        del shown
        return False

    def on_paper(self) -> Paper:
        """Say what is in front here for somebody who wants it printed; a list with the focus answers for itself."""
        return NOTHING_IN_FRONT

    def standing(self, destination: Destination) -> Destination:
        """Return the way back to what is in front here; it was gone to by `destination`, but may have moved on."""
        return replace(destination, files=())

    def close_told(self) -> None:
        """Take away what is said of an act: it was taken back, or done again."""

    @staticmethod
    def around(widget: QWidget) -> "Place | None":
        """Return the place that a widget is a part of, None where it stands alone."""
        above: QWidget | None = widget
        while above is not None and not isinstance(above, Place):
            above = above.parentWidget()
        return above

    def may_leave(self) -> bool:
        """Say whether the user may go now; a place that keeps drafts always says yes."""
        return True

    def why_kept(self) -> str:
        """Say in few words why Del takes away nothing of the list with the focus."""
        return say("Di daftar ini tidak ada yang dapat dibuang.")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer Del in a list that has no use for it: a key that does nothing seems broken."""
        if event.key() == Qt.Key.Key_Delete and isinstance(QApplication.focusWidget(), QTableView):
            if not self.desk.rights.refuses(Deed.DELETE):
                self.desk.hinted.emit(self.why_kept())
        else:
            super().keyPressEvent(event)
