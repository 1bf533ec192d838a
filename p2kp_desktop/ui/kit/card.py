"""Cards: a white sheet with a title, and the cards of what to do next, which are buttons as a whole."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.focus import ring_outside
from p2kp_desktop.ui.kit.keycap import Ink, draw_hints, hints_width
from p2kp_desktop.ui.kit.labels import CARD_TITLE, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting
from p2kp_desktop.ui.kit.pressable import Pressable
from p2kp_desktop.ui.kit.words import UNBOUNDED, Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import (
    BUTTON,
    CARD_SIDE,
    CARD_TOP,
    ICON,
    RADIUS_BUTTON,
    RADIUS_CARD,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    TODO_CARD,
    tall,
)
from p2kp_desktop.ui.look.tokens import Token


class Card(QFrame):
    """A sheet on the desk; `body` takes what it holds, `head` what stands to the right of the title."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.body = down(into=self, gap=SPACE_8, margins=(CARD_SIDE, CARD_TOP))
        self.head = QHBoxLayout()
        self.title: QWidget | None = None
        if title:
            self.title = Label(title, CARD_TITLE)
            self.head.addWidget(self.title)
            self.head.addStretch(1)
            self.body.addLayout(self.head)
            self.setAccessibleName(title)


@dataclass(frozen=True)
class Todo:
    """Something to do: its icon and colour, how many, the word for it, and a line below."""

    icon: str
    tone: Token
    count: int
    word: str
    caption: str


class TodoCard(Pressable):
    """A card that opens what it counts; at zero it stays, grey, and says there is none."""

    def __init__(self, todo: Todo) -> None:
        super().__init__("")
        ring_outside(self, RADIUS_CARD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_todo(todo)

    def show_todo(self, todo: Todo) -> None:
        """Show another count."""
        self._todo = todo
        tone = Token.TEXT if todo.count else Token.TEXT3
        self._count = Words(written.number(todo.count), Style(Type.PAGE, bold=True, tone=tone))
        self._word = Words(todo.word, Style(bold=True, tone=tone))
        caption = todo.caption if todo.count else say("tidak ada")
        self._caption = Words(caption, Style(Type.CAPTION, tone=Token.TEXT2 if todo.count else Token.TEXT3))
        self.setAccessibleName(f"{self._count.text} {todo.word}, {caption}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        first = self._count.width + SPACE_8 + self._word.width
        width = SPACE_12 + ICON + SPACE_8 + max(first, self._caption.width) + SPACE_12
        return QSize(ceil(width), ceil(max(TODO_CARD, self._count.height + self._caption.height + SPACE_16)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            fill = Token.SUNKEN if self.lit else Token.PANEL
            box(painter, rect, fill=fill, line=Token.LINE, radius=RADIUS_CARD)
            self._paint_content(painter, (rect.height() - self._count.height - self._caption.height) / 2)

    def _paint_content(self, painter: QPainter, top: float) -> None:
        tone = self._todo.tone if self._todo.count else Token.TEXT3
        line = QRectF(SPACE_12, top, self.width(), self._count.height)
        draw_icon(painter, self._todo.icon, line.x(), line.center().y() - ICON / 2, ICON, tone)
        left = SPACE_12 + ICON + SPACE_8
        self._count.draw(painter, left, top)
        self._word.draw_in(painter, line.adjusted(left - line.x() + self._count.width + SPACE_8, 0, 0, 0))
        self._caption.draw(painter, left, top + self._count.height)


@dataclass(frozen=True)
class Draft:
    """The draft to go on with: whose household, where it stopped, the word of the button and its key, its icon."""

    name: str
    where: str
    action: str
    key: str
    icon: str = "pencil-line"


class DraftCard(Pressable):
    """The first, wide card: the whole of it goes on with the draft; a long name takes a second line."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("")
        ring_outside(self, RADIUS_CARD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_draft(draft)

    def show_draft(self, draft: Draft) -> None:
        """Show another draft."""
        self._draft = draft
        self._action = Words(draft.action, Style(bold=True, tone=Token.ON_ACCENT))
        self._keys = (draft.key,) if draft.key else ()
        self.setAccessibleName(f"{draft.action}: {draft.name}, {draft.where}")
        self.updateGeometry()
        self.update()

    def _words(self, width: float = UNBOUNDED) -> tuple[Words, Words]:
        name = Words(self._draft.name, Style(Type.TITLE, bold=True), width)
        return name, Words(self._draft.where, Style(Type.CAPTION, tone=Token.TEXT2), width)

    def _button(self) -> QSize:
        keys = SPACE_8 + hints_width(self._keys) if self._keys else 0
        return QSize(ceil(self._action.width) + keys + 2 * SPACE_16 - 2, tall(BUTTON, metrics(bold=True)))

    def _around(self) -> float:
        """Return the width of everything but the words."""
        return SPACE_12 + ICON + SPACE_16 + SPACE_16 + self._button().width() + SPACE_12

    @override
    def sizeHint(self) -> QSize:
        name, where = self._words()
        width = self._around() + max(name.width, where.width)
        two_lines = 2 * name.height + where.height + SPACE_4
        return QSize(ceil(width), ceil(max(TODO_CARD, two_lines)))

    @override
    def minimumSizeHint(self) -> QSize:
        _name, where = self._words()
        return QSize(ceil(self._around() + where.width), self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        name, where = self._words(rect.width() - self._around())
        with painting(self) as painter:
            box(painter, rect, fill=Token.ACCENT_SOFT, line=Token.ACCENT_LINE, radius=RADIUS_CARD)
            draw_icon(painter, self._draft.icon, SPACE_12, (rect.height() - ICON) / 2, ICON, Token.ACCENT_TEXT)
            top = (rect.height() - name.height - where.height) / 2
            left = SPACE_12 + ICON + SPACE_16
            name.draw(painter, left, top)
            where.draw(painter, left, top + name.height)
            size = self._button()
            spot = QRectF(
                rect.width() - SPACE_12 - size.width(), (rect.height() - size.height()) / 2, size.width(), size.height()
            )
            self._paint_button(painter, spot)

    def _paint_button(self, painter: QPainter, spot: QRectF) -> None:
        box(painter, spot, fill=Token.ACCENT_HOVER if self.lit else Token.ACCENT, radius=RADIUS_BUTTON)
        inner = spot.adjusted(SPACE_16 - 1, 0, 0, 0)
        self._action.draw_in(painter, inner, Qt.AlignmentFlag.AlignLeft)
        if self._keys:
            after = self._action.width + SPACE_4 + SPACE_4
            draw_hints(painter, inner.adjusted(after, 0, 0, 0), self._keys, Ink.ON_PRIMARY)
