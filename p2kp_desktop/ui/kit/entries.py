"""Lines of a card that tell of records: icon, words, and a date or a warning at the right; one opens what it tells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.focus import holds_focus
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.layouts import clear, down
from p2kp_desktop.ui.kit.painting import box, icon_in, painting, ring
from p2kp_desktop.ui.kit.pressable import Pressable
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import ICON_SMALL, RADIUS_CHECK, SPACE_4, SPACE_8
from p2kp_desktop.ui.look.tokens import Token

_LEFT = Style(Type.CAPTION)


@dataclass(frozen=True)
class Entry:
    """A line of a card: its icon, words, words at the right, and what pressing it opens (form, record)."""

    icon: str
    tone: Token
    words: str
    right: str = ""
    right_tone: Token = Token.TEXT2
    form: str = ""
    record: str = ""


class EntryLine(Pressable):
    """An icon, words, and a date or a warning at the right; below them where there is no room."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"{entry.words} {entry.right}".strip())
        self.entry = entry
        if not entry.form:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def laid(self, width: int) -> tuple[Words, Words, bool]:
        """Return the words, those at the right, and whether they share a line."""
        room = width - ICON_SMALL - SPACE_8
        right = Words(self.entry.right, Style(Type.CAPTION, tone=self.entry.right_tone), room)
        left = Words(self.entry.words, _LEFT)
        beside = right.lines == 1 and left.width + SPACE_8 + right.width <= room
        return (left if beside else Words(self.entry.words, _LEFT, room)), right, beside or not self.entry.right

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        left, right, beside = self.laid(width)
        return ceil(left.height + (0 if beside else right.height)) + SPACE_8

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(self.width() or 260))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, ICON_SMALL)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        left, right, beside = self.laid(self.width())
        with painting(self) as painter:
            if self.lit and self.entry.form:
                box(painter, rect, fill=Token.SUNKEN, radius=RADIUS_CHECK)
            icon_in(painter, self.entry.icon, QRectF(0, SPACE_4, ICON_SMALL, Words("x", _LEFT).height), ICON_SMALL,
                    self.entry.tone)
            x = ICON_SMALL + SPACE_8
            left.draw(painter, x, SPACE_4)
            if beside:
                right.draw(painter, rect.width() - right.width, SPACE_4)
            else:
                right.draw(painter, x, SPACE_4 + left.height)
            if self.hasFocus():
                ring(painter, rect, RADIUS_CHECK)


class EntriesCard(Card):
    """A card of lines; a line opens what it tells of. What can be added stands below them, with its keys."""

    opened = Signal(str, str)  # form, record

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.right = Label("", NOTE)
        self.head.addWidget(self.right)
        self.body.setSpacing(SPACE_4)
        self.lines: list[EntryLine] = []
        self.rows = down()
        self.body.addLayout(self.rows)
        self._empty = Label("", NOTE, wraps=True)
        self.body.addWidget(self._empty)
        self.offers = QWidget()
        self._offers = Flow(self.offers, gap=0)
        self.offers.hide()
        self.body.addWidget(self.offers)

    def offer(self, words: str, key: str, act: Callable[[], object], icon: str = "plus") -> Button:
        """Offer something to do below the lines: its words and the key that does it too."""
        button = Button(words, Kind.LINK, icon=icon, keys=(key,))
        button.clicked.connect(lambda _checked=False: act())
        self._offers.addWidget(button)
        self.offers.show()
        return button

    def show_entries(self, entries: Sequence[Entry], empty: str = "", right: str = "") -> None:
        """Show other lines, `empty` where there are none, and words beside the title; the record in focus keeps it."""
        before = next((line.entry for line in self.lines if holds_focus(line)), None)
        clear(self.rows)
        self.lines = [EntryLine(entry) for entry in entries]
        for line in self.lines:
            self.rows.addWidget(line)
            line.show()  # at once, so that it can have the keyboard
            line.clicked.connect(lambda _checked=False, line=line: self._open(line))
            if before is not None and (before.form, before.record) == (line.entry.form, line.entry.record):
                line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._empty.say(empty)
        self._empty.setVisible(not entries and bool(empty))
        self.right.say(right)

    def _open(self, line: EntryLine) -> None:
        if line.entry.form:
            self.opened.emit(line.entry.form, line.entry.record)
