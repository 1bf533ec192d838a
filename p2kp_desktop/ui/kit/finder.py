"""Type to find: a list that a field narrows and drives, as a card over the window.

Ctrl+K does with Enter only what is marked as leading somewhere; an unmarked command has to be chosen.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.schema.names import fit
from p2kp_desktop.ui.kit.focus import give_back
from p2kp_desktop.ui.kit.labels import CAPTION, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.search import SearchField
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12

from .found_list import Entry, FoundList

WIDTH = 380
MOST_ROWS = 9
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


def matching(entries: Iterable[Entry], typed: str) -> list[Entry]:
    """Return the entries that hold every word typed, names that begin with it first: names.fit."""
    ranked = [(fit(typed, entry.name, entry.detail), entry) for entry in entries]
    found = [(rank, entry) for rank, entry in ranked if rank is not None]
    return [entry for _rank, entry in sorted(found, key=lambda each: each[0])]


@dataclass(frozen=True)
class Offer:
    """What a finder lists: its question, its entries, the place of the one in use (-1: none)."""

    asks: str
    entries: tuple[Entry, ...]
    current: int = -1


class Driver(QObject):
    """Lets ↑ ↓ PgUp PgDn and Enter in a field work on a list; the typing stays with the field."""

    def __init__(self, field: QLineEdit, found: FoundList) -> None:
        super().__init__(field)
        self._found = found
        field.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _STEPS and self._found.isVisible():
            self._found.step(_STEPS[Qt.Key(event.key())])
            return True
        if event.key() in ENTER and self._found.isVisible():
            self._found.choose()
            return True
        return False


class ListCard(QFrame):
    """A card over the window that holds a list; `chosen` brings the value of the entry taken."""

    chosen = Signal(object)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("frame", "card")
        self.found = FoundList()
        self.found.chosen.connect(self._take)
        self.note = Label("", CAPTION, wraps=True)
        self.column = down(self.found, self.note, into=self, gap=SPACE_8, margins=(SPACE_8, SPACE_8))
        self.hide()

    def list_entries(self, entries: list[Entry], current: int = 0) -> None:
        """Show these entries, one of them current, or say that there is none.

        With -1 none is current: Enter takes one only after an arrow went to it.
        """
        self.found.list_entries(entries, current)
        self.found.setFixedHeight(self.found.height_of(min(len(entries), MOST_ROWS)))
        self.found.setVisible(bool(entries))
        chosen_first = say("Perintah ini mengerjakan sesuatu: pilih dengan ↓, lalu Enter.")
        self.note.say(chosen_first if entries else say("Tidak ada yang cocok. Coba kata lain."))
        self.note.setVisible(not entries or current < 0)
        self.adjustSize()

    def open_below(self, corner: QPoint, width: int) -> None:
        """Appear with the upper left corner at this point of the screen, moved so that nothing is cut."""
        around = self._over
        here = around.mapFromGlobal(corner)
        wide = min(width, around.width() - 2 * SPACE_12)
        self.setFixedWidth(wide)
        self.adjustSize()
        left = max(SPACE_12, min(here.x(), around.width() - wide - SPACE_12))
        self.move(left, here.y())
        self.show()
        self.raise_()

    def _take(self, value: object) -> None:
        self.hide()
        self.chosen.emit(value)


class Finder(ListCard):
    """A list with a field of its own; Esc, or leaving it, closes it and gives the focus back."""

    closed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.field = SearchField(say("Ketik untuk mencari"), width=0)
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self._driver = Driver(self.field, self.found)
        self.column.insertWidget(0, self.field)
        self._offer = Offer("", ())
        self._before: QWidget | None = None

    def offer(self, offer: Offer, corner: QPoint, width: int = WIDTH) -> None:
        """Open below a point of the screen with everything in sight; typing narrows it."""
        self._offer = offer
        self._before = self.window().focusWidget()
        self.field.setPlaceholderText(offer.asks)
        self.field.setAccessibleName(offer.asks)
        self.field.clear()
        self.list_entries(list(offer.entries), max(offer.current, 0))
        self.open_below(corner, width)
        self.found.scroll_to_current()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _narrow(self, typed: str) -> None:
        self.list_entries(matching(self._offer.entries, typed))

    def close_it(self) -> None:
        """Disappear; the focus goes back to where it was."""
        self.hide()
        give_back(self._before)
        self.closed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escapes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.KeyPress and escapes and not self.field.text():
            self.close_it()
            return True
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return False
