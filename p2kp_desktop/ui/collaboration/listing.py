"""What the pages of Kolaborasi share: a head with the commands as buttons, lists, and a strip to throw away."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.table import Table
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.focus import holds_focus
from p2kp_desktop.ui.kit.labels import NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.messages import Emptiness, EmptyState
from p2kp_desktop.ui.kit.scrolling import scrolling
from p2kp_desktop.ui.lists.discarding import DiscardingPage
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import BUTTON, CARD_GAP, NARROW_WINDOW, RAIL_FOLDED, SPACE_4, SPACE_8
from p2kp_desktop.ui.place import Destination

FORM = "form"
_ASIDE, _ASIDE_SMALL = 392, 340  # logical pixels
_UNLIMITED = 16777215  # QWIDGETSIZE_MAX


class ListPage(DiscardingPage):
    """A page of one or two lists; `kinds` names the forms whose records it lists."""

    kinds: tuple[str, ...] = ()

    def __init__(self, desk: Desk, emptiness: Emptiness) -> None:
        super().__init__(desk)
        self.wish, self.parent_wish = "", ""  # the record to go to as soon as it is listed, and what it hangs on
        self.intro = Label("", SECONDARY, wraps=True)
        self.aside: QScrollArea | None = None
        self.whole, self.empty = QWidget(), EmptyState(emptiness)
        self.inside = QVBoxLayout(self.whole)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(SPACE_8)
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE_8)
        self.head.addWidget(self.intro, 1)
        self.inside.addLayout(self.head)
        self.column.addWidget(self.whole, 1)
        self.column.addWidget(self.empty, 1)
        self.empty.hide()
        self.empty.pressed.connect(self.start)
        desk.rights.guard(Deed.CHANGE, self.empty.action)

    def finish_layout(self) -> None:
        """Put what was told and the strip below everything."""
        self.column.addWidget(self.told)
        self.column.addWidget(self.removal)

    def has_line(self) -> bool:
        """Say whether there is a line to do something with."""
        return bool(self.main_list().model.lines)

    def lay_out_beside(self, main: QLayout, *cards: QWidget) -> None:
        """Put the lists at the left, and what tells of the line in focus at the right, where it scrolls."""
        content = QWidget()
        told = QVBoxLayout(content)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(CARD_GAP)
        for card in cards:
            told.addWidget(card)
        told.addStretch(1)
        self.aside = scrolling(content)
        both = QHBoxLayout()
        both.setSpacing(CARD_GAP)
        both.addLayout(main, 1)
        both.addWidget(self.aside)
        self.inside.addLayout(both, 1)
        self.offer(say("Gulir keterangan ke bawah"), "Shift+PgDown", lambda: self._scroll(1),
                   say("gulir keterangan"), rare=True, needs=self.has_lines)
        self.offer(say("Gulir keterangan ke atas"), "Shift+PgUp", lambda: self._scroll(-1), rare=True,
                   needs=self.has_lines)

    def _scroll(self, step: int) -> None:
        if self.aside is not None:
            bar = self.aside.verticalScrollBar()
            bar.setValue(bar.value() + step * bar.pageStep())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.aside is not None:
            self.aside.setFixedWidth(_ASIDE if self.width() >= NARROW_WINDOW - RAIL_FOLDED else _ASIDE_SMALL)

    def show_whether_empty(self, empty: bool) -> None:
        """Show what to do first in place of everything while there is nothing."""
        had_focus = holds_focus(self)
        turned = empty is not self.whole.isHidden()
        self.whole.setVisible(not empty)
        self.empty.setVisible(empty)
        if turned and had_focus:
            self.begin()

    def start(self) -> None:
        """Do what is done first where there is nothing."""
        raise NotImplementedError

    def command(
        self, words: str, key: str, act: Callable[[], object], *, icon: str = "", primary: bool = False,
        needs: Callable[[], bool] | None = None, deed: Deed | None = Deed.CHANGE,
    ) -> Button:
        """Offer something under a key and as a button of the head, perhaps only while there is what it `needs`.

        A `deed` is what not everybody may do: None for what only shows something.
        """
        self.offer(words, key, act, needs=needs, deed=deed)
        button = Button(words, Kind.PRIMARY if primary else Kind.PLAIN, icon=icon, keys=(key,))
        button.clicked.connect(lambda _checked=False: act())
        self.head.addWidget(button)
        self.desk.rights.guard(deed, button)
        return button

    def main_list(self) -> TableList[Any]:
        """Return the list where work begins."""
        raise NotImplementedError

    @override
    def begin(self) -> None:
        if self.whole.isHidden():
            self.empty.action.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.main_list().table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_wish(self, found: TableList[Any], ids: Sequence[str]) -> None:
        """Make the record somebody comes back from the current one."""
        if self.wish and self.wish in ids:
            row, self.wish = ids.index(self.wish), ""
            found.table.show_row(row)
            found.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_line(self, found: TableList[Any], below: Mapping[str, Sequence[str]]) -> None:
        """Make the line somebody comes back to the current one; of a record `below` a line, that line."""
        ids = list(below)
        above = next((line for line, records in below.items() if self.wish in records), self.parent_wish)
        if above in ids:
            found.table.show_row(ids.index(above))
            self.parent_wish = ""
        self.go_to_wish(found, ids)

    def show_below(self, found: TableList[Any], table: Table[Any], known: Callable[[Any], str]) -> None:
        """Show the records below the line in focus, each `known` by its id; without any the keyboard goes to begin.

        What says that there are none takes the room of one line, and the list above the rest.
        """
        had_focus = holds_focus(found.table)
        found.show_table(table, self.scope)
        found.setMaximumHeight(_UNLIMITED if found.model.lines else BUTTON + SPACE_8)
        self.go_to_wish(found, [known(each) for each in found.model.lines])
        if had_focus and not found.model.lines:
            self.begin()

    def open_record(self, form: str, record: str, region: str = "", *, draft: bool = False) -> None:
        """Go to the form of a record."""
        scope = replace(self.scope, area=region or self.scope.area, rt=None)
        self.wants.emit(Destination(FORM, scope, form, record, draft=draft))

    def begin_new(self, form: str) -> None:
        """Go to an empty form."""
        self.wants.emit(Destination(FORM, self.scope, form))

    def begin_from(self, form: str, prepared: Callable[[Workspace], str], region: str = "") -> None:
        """Go to a form that was prepared with what is known."""
        self.do(prepared, lambda record: self.open_record(form, record, region, draft=True))


class Told(Card):
    """A card of a few sentences about the line in focus."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._lines: list[Label] = []
        self._room = QVBoxLayout()
        self._room.setSpacing(SPACE_4)
        self.body.addLayout(self._room)
        self.body.addStretch(1)

    def say(self, sentences: Sequence[str]) -> None:
        """Show other sentences, each on a line of its own; a card without any is not shown."""
        told = [each for each in sentences if each]
        while len(self._lines) < len(told):
            self._lines.append(Label("", NOTE, wraps=True))
            self._room.addWidget(self._lines[-1])
        for place, line in enumerate(self._lines):
            line.say(told[place] if place < len(told) else "")
            line.setVisible(place < len(told))
        self.setVisible(bool(told))

    def text(self) -> str:
        """Return the text that the card shows."""
        return " ".join(line.accessibleName() for line in self._lines if not line.isHidden())
