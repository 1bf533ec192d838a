"""One of the three rings 100 · 0 · 100: a share, last year's mark, the target, and the difference in words."""

from dataclasses import dataclass
from math import ceil, cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.focus import ring_outside
from p2kp_desktop.ui.kit.painting import painting
from p2kp_desktop.ui.kit.pressable import Pressable
from p2kp_desktop.ui.kit.words import Style, Words, plain
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import RADIUS_ROW, SPACE_4, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token

DIAMETER = 112
STROKE = 12
_MARK = 7  # how far last year's line and the target stand out
_DIAMOND = 10


@dataclass(frozen=True)
class RingFacts:
    """What a ring shows; shares are 0 to 1 of the whole circle, from 12 o'clock; None where not known.

    `known` stands under the base (how sure that is), `beside` under the ring: figures that belong to this one, a line
    each, as many as in the rings beside it. `rule` says on pointing what is counted.
    """

    title: str
    base: str
    figure: str
    share: float | None
    last_year: float | None = None
    target: float | None = None
    change: str | None = ""  # None where no ring beside it has one
    distance: str = ""
    reached: bool = False
    fill: Token = Token.ACCENT  # the ring of slum hectares takes a slum colour
    known: str = ""
    beside: tuple[str, ...] = ("", "")
    rule: str = ""


class Ring(Pressable):
    """A ring with its title above and its change and distance to the target below: a way to what it counts."""

    def __init__(self, facts: RingFacts) -> None:
        super().__init__("")
        ring_outside(self, RADIUS_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_facts(facts)

    def show_facts(self, facts: RingFacts) -> None:
        """Show other values."""
        self._facts = facts
        texts = (facts.title, facts.figure, facts.base, facts.known, *facts.beside, facts.change, facts.distance)
        self.setAccessibleName(", ".join(plain(text) for text in texts if text))
        self.setAccessibleDescription(facts.rule)
        self.setToolTip(facts.rule)
        self.updateGeometry()
        self.update()

    def _above(self) -> list[Words]:
        title = Words(self._facts.title, Style(bold=True))
        return [
            title, Words(self._facts.base, Style(Type.CAPTION, tone=Token.TEXT3)),
            Words(self._facts.known, Style(Type.CAPTION, tone=Token.WARN)),
        ]

    def _below(self) -> list[Words]:
        distance = Style(Type.CAPTION, tone=Token.OK if self._facts.reached else Token.WARN)
        plainly = Style(Type.CAPTION, tone=Token.TEXT2)
        told = [Words(each, plainly) for each in (*self._facts.beside, self._facts.change) if each is not None]
        return [*told, Words(self._facts.distance, distance)]

    def _figure(self) -> Words:
        """Return the figure in the largest type that leaves the ring at its usual size."""
        for size in (Type.PAGE, Type.TITLE):
            figure = Words(self._facts.figure, Style(size, bold=True))
            if figure.width <= DIAMETER - 2 * STROKE - SPACE_4:
                return figure
        return Words(self._facts.figure, Style(Type.BODY, bold=True))

    def _diameter(self) -> float:
        return max(DIAMETER, self._figure().width + 2 * STROKE + SPACE_4)

    @override
    def sizeHint(self) -> QSize:
        lines = self._above() + self._below()
        around = self._diameter() + 2 * (_MARK + _DIAMOND)
        width = max(around, *(line.width for line in lines)) + SPACE_8
        height = sum(line.height for line in lines) + self._diameter() + 2 * (_MARK + SPACE_8)
        return QSize(ceil(width), ceil(height))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            y = self._paint_lines(painter, self._above(), 0)
            diameter = self._diameter()
            y += _MARK + SPACE_8
            middle = QPointF(self.width() / 2, y + diameter / 2)
            self._paint_ring(painter, middle, diameter / 2)
            self._paint_lines(painter, self._below(), y + diameter + _MARK + SPACE_8)

    def _paint_lines(self, painter: QPainter, lines: list[Words], y: float) -> float:
        for line in lines:
            line.draw_in(painter, QRectF(0, y, self.width(), line.height), Qt.AlignmentFlag.AlignHCenter)
            y += line.height
        return y

    def _paint_ring(self, painter: QPainter, middle: QPointF, radius: float) -> None:
        facts = self._facts
        _arc(painter, middle, radius, 1.0, Token.NEUTRAL_BG)
        if facts.share:
            _arc(painter, middle, radius, min(facts.share, 1.0), facts.fill)
        if facts.last_year is not None:
            _line_across(painter, middle, radius, facts.last_year)
        if facts.target is not None:
            diamond(painter, _on_circle(middle, radius + _MARK, facts.target))
        square = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
        self._figure().draw_in(painter, square, Qt.AlignmentFlag.AlignHCenter)


def _on_circle(middle: QPointF, radius: float, share: float) -> QPointF:
    angle = 2 * pi * share
    return QPointF(middle.x() + radius * sin(angle), middle.y() - radius * cos(angle))


def _arc(painter: QPainter, middle: QPointF, radius: float, share: float, token: Token) -> None:
    inner = radius - STROKE / 2
    painter.setPen(QPen(colour(token), STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    around = QRectF(middle.x() - inner, middle.y() - inner, 2 * inner, 2 * inner)
    painter.drawArc(around, 90 * 16, -round(360 * 16 * share))


def _line_across(painter: QPainter, middle: QPointF, radius: float, share: float) -> None:
    """Paint last year's mark: 2 px across the ring with 2 px of sheet on both sides."""
    start, end = _on_circle(middle, radius - STROKE - 1, share), _on_circle(middle, radius + _MARK - 1, share)
    for token, width in ((Token.PANEL, 6), (Token.TEXT, 2)):
        painter.setPen(QPen(colour(token), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(start, end)


def diamond(painter: QPainter, at: QPointF) -> None:
    """Paint the mark of the target, 10 px wide."""
    half = _DIAMOND / 2
    corners = [QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(Token.WARN))
    painter.drawPolygon(QPolygonF([at + corner for corner in corners]))


class RingLegend(QWidget):
    """Says what the line and the diamond of the rings mean."""

    def __init__(self, last_year: str, target: str) -> None:
        super().__init__()
        self._texts = (last_year, target)
        self.setAccessibleName(f"{last_year}, {target}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _words(self) -> tuple[Words, Words]:
        style = Style(Type.CAPTION, tone=Token.TEXT3)
        return Words(self._texts[0], style), Words(self._texts[1], style)

    @override
    def sizeHint(self) -> QSize:
        last_year, target = self._words()
        width = SPACE_8 + last_year.width + SPACE_12 + _DIAMOND + SPACE_8 + target.width
        return QSize(ceil(width), ceil(max(last_year.height, DIAMETER / 7)))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        last_year, target = self._words()
        rect = self.rect().toRectF()
        middle = rect.center().y()
        with painting(self) as painter:
            painter.setPen(QPen(colour(Token.TEXT), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(1, middle - 6), QPointF(1, middle + 6))
            last_year.draw_in(painter, rect.adjusted(SPACE_8, 0, 0, 0))
            x = SPACE_8 + last_year.width + SPACE_12
            diamond(painter, QPointF(x + _DIAMOND / 2, middle))
            target.draw_in(painter, rect.adjusted(x + _DIAMOND + SPACE_8, 0, 0, 0))
