"""The status line of an agreement: a dot for every stage, with its date or what it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.painting import box, draw_icon, painting
from p2kp_desktop.ui.kit.words import BODY, Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import (
    CARD_SIDE,
    ICON_TEXT,
    LINE_STRONG,
    RADIUS_CARD,
    SPACE_4,
    SPACE_8,
    SPACE_12,
)
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token

_DOT = 20
_THICK = 5  # of the ring of the stage that is awaited


class Dot(Enum):
    """How far a stage is: reached, awaited next, or later."""

    DONE = "done"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True)
class Step:
    """One stage: its word, its state, a line below."""

    word: str
    dot: Dot
    below: str = ""


class StageLine(QWidget):
    """All stages in a row on a sheet; they share the width."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: tuple[Step, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show other stages."""
        self.steps = tuple(steps)
        self.setAccessibleName("; ".join(f"{step.word}: {step.below or step.dot.value}" for step in steps))
        self.updateGeometry()
        self.update()

    def _column(self, width: int) -> float:
        return (width - 2 * CARD_SIDE) / max(len(self.steps), 1)

    def _below(self, step: Step, column: float) -> Words:
        """Return the line below a step, as wide as its own column and those after it that have none."""
        tone = Token.WARN if step.dot is Dot.NEXT else Token.TEXT2
        after = takewhile(lambda each: not each.below, self.steps[self.steps.index(step) + 1 :])
        room = column * (1 + len(list(after)))
        return Words(step.below, Style(Type.CAPTION, tone=tone), room - _DOT - SPACE_8 - SPACE_4)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        column = self._column(width)
        lowest = max((self._below(step, column).height for step in self.steps), default=0)
        return ceil(2 * SPACE_8 + max(_DOT, metrics(bold=True).height()) + lowest)

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, self.heightForWidth(self.width() or 600))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        column = self._column(self.width())
        with painting(self) as painter:
            box(painter, rect, fill=Token.PANEL, line=Token.LINE, radius=RADIUS_CARD)
            for place, step in enumerate(self.steps):
                self._paint_step(painter, step, CARD_SIDE + place * column, column, last=step is self.steps[-1])

    def _paint_step(self, painter: QPainter, step: Step, x: float, column: float, *, last: bool) -> None:
        dot = QRectF(x, SPACE_8, _DOT, _DOT)
        if step.dot is Dot.DONE:
            box(painter, dot, fill=Token.ACCENT, radius=_DOT / 2)
            draw_icon(painter, "check", dot.x() + 3, dot.y() + 3, ICON_TEXT, Token.ON_ACCENT)
        elif step.dot is Dot.NEXT:
            box(painter, dot, line=Token.ACCENT, width=_THICK, radius=_DOT / 2)
        else:
            box(painter, dot, line=Token.LINE2, width=LINE_STRONG, radius=_DOT / 2)
        tone = {Dot.DONE: Token.TEXT, Dot.NEXT: Token.ACCENT_TEXT, Dot.LATER: Token.TEXT2}[step.dot]
        word = Words(step.word, Style(BODY.size, bold=step.dot is Dot.NEXT, tone=tone))
        left = x + _DOT + SPACE_8
        word.draw(painter, left, dot.center().y() - word.height / 2)
        self._below(step, column).draw(painter, left, dot.bottom() + 1)
        start, end = left + word.width + SPACE_8, x + column - SPACE_8
        if not last and end - start > SPACE_12 / 2:
            painter.setPen(QPen(colour(Token.ACCENT if step.dot is Dot.DONE else Token.LINE), LINE_STRONG))
            painter.drawLine(QPointF(start, dot.center().y()), QPointF(end, dot.center().y()))
