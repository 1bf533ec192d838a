"""A scale of steps side by side, as bands of percent or levels of a total, with a mark where a figure stands."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.painting import box, draw_level, painting
from p2kp_desktop.ui.kit.words import CAPTION, Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import LINE_STRONG, SPACE_4
from p2kp_desktop.ui.look.scales import Level
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token

_BAR = 24
_POINTER = 8  # the triangle above the bar
_GAP = 2
_EDGE = 4  # of the bar above and below its words


@dataclass(frozen=True)
class Step:
    """From where on a step reaches, what stands in it, and how it looks."""

    start: float
    word: str
    level: Level


@dataclass(frozen=True)
class ScaleFacts:
    """The steps from the lowest up to an `end`; the figure stands `at` one place, and may come to lie between two.

    `starts` are the words below the bar, where each step but the first begins.
    """

    steps: tuple[Step, ...]
    end: float
    starts: tuple[str, ...]
    at: float | None
    between: tuple[float, float] | None
    sentence: str


class Scale(QWidget):
    """Steps in proportion to their length, a triangle at the figure, a bracket below what it could become."""

    def __init__(self) -> None:
        super().__init__()
        self._facts: ScaleFacts | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_facts(self, facts: ScaleFacts) -> None:
        """Show another scale."""
        self._facts = facts
        self.setAccessibleName(facts.sentence)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(220, ceil(_POINTER + _BAR + SPACE_4 + metrics(Type.CAPTION).height()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(140, self.sizeHint().height())

    def _x(self, facts: ScaleFacts, figure: float) -> float:
        return min(max(figure / facts.end, 0.0), 1.0) * (self.width() - 1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        facts = self._facts
        if facts is None:
            return
        with painting(self) as painter:
            ends = [*(step.start for step in facts.steps[1:]), facts.end]
            for step, end in zip(facts.steps, ends, strict=True):
                left, right = self._x(facts, step.start), self._x(facts, end)
                spot = QRectF(left, _POINTER, max(right - left - _GAP, 1), _BAR)
                draw_level(painter, spot, step.level, 2)
                word = Words(step.word, Style(Type.CAPTION, bold=True, tone=step.level.figure))
                if word.width <= spot.width() - 2:
                    word.draw_in(painter, spot, Qt.AlignmentFlag.AlignHCenter)
            self._paint_starts(painter, facts)
            if facts.between is not None:
                self._paint_between(painter, facts, *facts.between)
            if facts.at is not None:
                self._paint_mark(painter, self._x(facts, facts.at))

    def _paint_starts(self, painter: QPainter, facts: ScaleFacts) -> None:
        """Write where the steps begin; a word that would touch the one before is left out."""
        end = 0.0
        for step, start in zip(facts.steps[1:], facts.starts, strict=True):
            word = Words(start, CAPTION)
            x = max(min(self._x(facts, step.start) - word.width / 2, self.width() - word.width), 0)
            if x >= end:
                word.draw(painter, x, _POINTER + _BAR + SPACE_4 / 2)
                end = x + word.width + SPACE_4

    def _paint_between(self, painter: QPainter, facts: ScaleFacts, lowest: float, highest: float) -> None:
        """Paint a line along the foot of the bar, with an upright at both ends."""
        left, right = self._x(facts, lowest), self._x(facts, highest)
        foot = float(_POINTER + _BAR)
        box(painter, QRectF(left, foot - LINE_STRONG, max(right - left, LINE_STRONG), LINE_STRONG + 1), fill=Token.TEXT)
        for x in (left, right):
            box(painter, QRectF(x - 1, foot - _EDGE, LINE_STRONG, _EDGE + 1), fill=Token.TEXT)

    def _paint_mark(self, painter: QPainter, x: float) -> None:
        inner = min(max(x, _POINTER * 0.7), self.width() - _POINTER * 0.7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(Token.TEXT))
        painter.drawPolygon(QPolygonF([
            QPointF(inner - _POINTER * 0.7, 0), QPointF(inner + _POINTER * 0.7, 0), QPointF(inner, _POINTER)]))
        for top in (_POINTER, _POINTER + _BAR - _EDGE):  # the word between is read, not struck through
            painter.setPen(QPen(colour(Token.PANEL), LINE_STRONG + 2))
            painter.drawLine(QPointF(inner, top), QPointF(inner, top + _EDGE))
            painter.setPen(QPen(colour(Token.TEXT), LINE_STRONG))
            painter.drawLine(QPointF(inner, top), QPointF(inner, top + _EDGE))
