"""What to do when nothing is here yet, and what to do when something went wrong."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.focus import ring_outside
from p2kp_desktop.ui.kit.labels import CAPTION, PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Space, Stretch, across, down
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting
from p2kp_desktop.ui.kit.pressable import Pressable
from p2kp_desktop.ui.kit.words import BODY, Style, Words, plain
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import (
    ICON,
    RADIUS_CARD,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_20,
    SPACE_28,
    WAY_IN,
)
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token


@dataclass(frozen=True)
class Fault:
    """An error in four answers: what happened, is my data safe, what to do now, the code for support."""

    what_happened: str
    data_safe: str
    what_to_do: str
    code: str


def fault_of(trouble: Trouble) -> Fault:
    """Return a known trouble in the language in use."""
    return Fault(say(trouble.what), say(trouble.safe), say(trouble.remedy), trouble.code)


class ErrorCard(QFrame):
    """A white card with the four answers and at most one thing to press."""

    pressed = Signal()

    def __init__(self, fault: Fault, action: str = "", keys: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setProperty("status", "err")
        row = across(
            (_lines(fault), 1), into=self, gap=SPACE_16,
            margins=(SPACE_16 + ICON + SPACE_12, SPACE_12, SPACE_16 - 2, SPACE_12),
        )
        if action:
            button = Button(action, keys=keys)
            button.clicked.connect(self.pressed)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(fault.what_happened)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with painting(self) as painter:
            draw_icon(painter, "circle-alert", SPACE_16 - 2, SPACE_12 + 1, ICON + 2, Token.ERR)


class NoticeCard(QFrame):
    """A white card that tells something once, without alarm; its button, with these keys, takes it away."""

    closed = Signal()
    pressed = Signal()

    def __init__(self, title: str, text: str, action: str = "", keys: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.title = title
        self.setProperty("frame", "card")
        column = down(Label(title, Style(bold=True), wraps=True), Label(text, BODY, wraps=True))
        row = across(
            (column, 1), into=self, gap=SPACE_12,
            margins=(SPACE_16 + ICON + SPACE_12, SPACE_8, SPACE_16 - 2, SPACE_8),
        )
        for words, hints, signal in ((action, (), self.pressed), (say("Tutup"), keys, self.closed)):
            if words:
                button = Button(words, keys=hints)
                button.clicked.connect(signal)
                row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{title} {text}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with painting(self) as painter:
            draw_icon(painter, "shield-check", SPACE_16 - 2, SPACE_8 + 1, ICON + 2, Token.ACCENT)


def _lines(fault: Fault) -> QVBoxLayout:
    return down(
        Label(fault.what_happened, Style(bold=True), wraps=True), Label(fault.data_safe, BODY, wraps=True),
        Label(fault.what_to_do, BODY, wraps=True), Label(say("Kode {code}", code=fault.code), CAPTION), Stretch(),
    )


@dataclass(frozen=True)
class WayIn:
    """Another way to begin: its icon, its name, what it does."""

    icon: str
    name: str
    text: str


@dataclass(frozen=True)
class Emptiness:
    """An empty place: a title, one sentence, the one thing to press with its keys."""

    title: str
    sentence: str
    action: str
    keys: tuple[str, ...] = ()
    icon: str = "plus"


class EmptyState(QWidget):
    """Says what to do first; up to three other ways in stand below."""

    pressed = Signal()
    way_chosen = Signal(int)

    def __init__(self, emptiness: Emptiness, ways: tuple[WayIn, ...] = ()) -> None:
        super().__init__()
        middle = Qt.AlignmentFlag.AlignHCenter
        column = down(
            Stretch(), (PaperStack(), 0, middle), Space(SPACE_8), into=self, gap=SPACE_8, margins=(SPACE_20, SPACE_8),
        )
        for text, style in ((emptiness.title, PAGE_TITLE), (emptiness.sentence, SECONDARY)):
            label = Label(text, style, wraps=True)
            label.setAlignment(middle)
            column.addWidget(label)
        column.addSpacing(SPACE_8)
        self.action = Button(
            emptiness.action, Kind.PRIMARY, icon=emptiness.icon, keys=emptiness.keys, tall_one=True)
        self.action.clicked.connect(self.pressed)
        column.addWidget(self.action, 0, middle)
        self.ways = [WayCard(way) for way in ways]
        if ways:
            column.addSpacing(SPACE_28)
            column.addLayout(self._in_a_row())
        column.addStretch(1)

    def _in_a_row(self) -> QHBoxLayout:
        row = across(Stretch(), gap=SPACE_12)
        for place, card in enumerate(self.ways):
            card.clicked.connect(lambda _checked=False, place=place: self.way_chosen.emit(place))
            row.addWidget(card, 100)
        row.addStretch(1)
        return row


class WayCard(Pressable):
    """Another way in, as a card that is a button."""

    def __init__(self, way: WayIn) -> None:
        super().__init__(f"{way.name}: {plain(way.text)}")
        self._way = way
        ring_outside(self, RADIUS_CARD)
        self.setMaximumWidth(max(WAY_IN, self.sizeHint().width()))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _words(self, width: float) -> tuple[Words, Words]:
        room = width - SPACE_16 - ICON - SPACE_12 - SPACE_16
        name, text = (Token.TEXT, Token.TEXT2) if self.isEnabled() else (Token.TEXT3, Token.TEXT3)
        return (Words(self._way.name, Style(bold=True, tone=name), room),
                Words(self._way.text, Style(Type.CAPTION, tone=text), room))

    @override
    def sizeHint(self) -> QSize:
        width = max(WAY_IN, self.minimumSizeHint().width())
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        name = Words(self._way.name, Style(bold=True))
        return QSize(ceil(SPACE_16 + ICON + SPACE_12 + name.width + SPACE_16), 0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        name, text = self._words(width)
        return ceil(SPACE_12 + name.height + SPACE_4 + text.height + SPACE_12)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        name, text = self._words(rect.width())
        left = SPACE_16 + ICON + SPACE_12
        with painting(self) as painter:
            fill = Token.SUNKEN if self.lit else Token.PANEL
            box(painter, rect, fill=fill, line=Token.LINE, radius=RADIUS_CARD)
            tone = Token.ACCENT_TEXT if self.isEnabled() else Token.TEXT3
            draw_icon(painter, self._way.icon, SPACE_16, SPACE_12 + 1, ICON, tone)
            name.draw(painter, left, SPACE_12)
            text.draw(painter, left, SPACE_12 + name.height + SPACE_4)


class PaperStack(QWidget):
    """A small drawing of a stack of questionnaires."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(100, 108)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            for angle in (-5.0, 6.0):
                painter.save()
                painter.translate(50, 54)
                painter.rotate(angle)
                box(painter, QRectF(-42, -48, 84, 98), fill=Token.PANEL, line=Token.LINE2, width=1.5, radius=4)
                painter.restore()
            box(painter, QRectF(8, 4, 84, 98), fill=Token.PANEL, line=Token.ACCENT, width=2, radius=4)
            self._paint_lines(painter)

    def _paint_lines(self, painter: QPainter) -> None:
        _stroke(painter, 18, 18, 40)
        for place, width in enumerate((40, 30, 36)):
            top = 31 + 19 * place
            checked = place == 1
            spot = QRectF(17, top, 15, 15)
            fill = Token.ACCENT if checked else Token.PANEL
            box(painter, spot, fill=fill, line=Token.ACCENT, width=1.5, radius=4)
            if checked:
                draw_icon(painter, "check", spot.x() + 1.5, spot.y() + 1.5, 12, Token.ON_ACCENT)
            _stroke(painter, 38, top + 7.5, width)


def _stroke(painter: QPainter, x: float, y: float, width: float) -> None:
    pen = QPen(colour(Token.LINE2), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(round(x), round(y), round(x + width), round(y))
