"""One answer to choose in the focused question: its keycap, its text as on paper, and a hint."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from p2kp_desktop.ui.kit.keycap import Cap, cap_side, draw_keycap
from p2kp_desktop.ui.kit.painting import painting, ring
from p2kp_desktop.ui.kit.pressable import Pressable
from p2kp_desktop.ui.kit.words import BODY, CAPTION, Words, plain
from p2kp_desktop.ui.look.measures import OPTION, OPTION_SMALL, RADIUS_BUTTON, SPACE_4, SPACE_8
from p2kp_desktop.ui.look.tokens import Token

_GAP = 10  # between keycap, text and hint


@dataclass(frozen=True)
class Option:
    """An answer: the letter or digit on paper, the text beside it, and what helps to choose."""

    letter: str
    text: str
    hint: str = ""


class OptionRow(Pressable):
    """A row that asks to choose its answer; whether it is chosen is told from outside by setChecked."""

    chosen = Signal(str)

    def __init__(self, option: Option, *, small: bool = False) -> None:
        super().__init__("")
        self._ringed = False
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda: self.chosen.emit(self._option.letter))
        self.show_option(option, small=small)

    def show_option(self, option: Option, *, small: bool = False) -> None:
        """Show another option: a form keeps its rows and moves them from question to question."""
        self._option = option
        self._least = OPTION_SMALL if small else OPTION
        self.setAccessibleName(f"{option.letter} {plain(option.text)}")
        self.setAccessibleDescription(plain(option.hint))
        self.updateGeometry()
        self.update()

    def show_ring(self, ringed: bool) -> None:
        """Show the ring although the focus is on the question as a whole."""
        if ringed != self._ringed:
            self._ringed = ringed
            self.update()

    @override
    def nextCheckState(self) -> None:
        """Leave it to the form whether the answer is taken."""

    @override
    def sizeHint(self) -> QSize:
        text, hint = self._laid_out(100_000)
        width = self._text_left() + text.width + (_GAP + hint.width if self._option.hint else 0) + SPACE_8
        return QSize(ceil(width), self.heightForWidth(ceil(width)))

    @override
    def minimumSizeHint(self) -> QSize:
        width = self._text_left() + cap_side() * 4
        return QSize(width, self._least)

    @override
    def heightForWidth(self, width: int) -> int:
        text, hint = self._laid_out(width)
        height = text.height + (hint.height if self._below(text, hint, width) else 0)
        return ceil(max(self._least, height + SPACE_8, cap_side() + SPACE_4))

    def _text_left(self) -> int:
        return SPACE_4 + cap_side() + _GAP

    def _laid_out(self, width: int) -> tuple[Words, Words]:
        room = width - self._text_left() - SPACE_8
        return Words(self._option.text, BODY, room), Words(self._option.hint, CAPTION, room)

    def _below(self, text: Words, hint: Words, width: int) -> bool:
        """Tell whether the hint has no room on the line of the text."""
        if not self._option.hint:
            return False
        return text.lines > 1 or self._text_left() + text.width + _GAP + hint.width + SPACE_8 > width

    def _cap(self) -> Cap:
        if not self.isEnabled():
            return Cap.DISABLED
        if self.isChecked():
            return Cap.CHOSEN
        return Cap.HOVER if self.lit else Cap.FOCUS

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            side = cap_side()
            spot = QRectF(SPACE_4, round((self._first_line() - side) / 2), side, side)
            draw_keycap(painter, spot, self._option.letter, self._cap())
            self._paint_texts(painter)
            if self.hasFocus() or self._ringed:
                ring(painter, self.rect().toRectF(), RADIUS_BUTTON)

    def _first_line(self) -> float:
        """Return the height of the part that the keycap is in the middle of."""
        text, hint = self._laid_out(self.width())
        wraps = text.lines > 1 or self._below(text, hint, self.width())
        return self._least if wraps else self.height()

    def _paint_texts(self, painter: QPainter) -> None:
        text, hint = self._laid_out(self.width())
        below = self._below(text, hint, self.width())
        tone = None if self.isEnabled() else Token.TEXT3
        left = self._text_left()
        top = (self.height() - text.height - (hint.height if below else 0)) / 2
        text.draw(painter, left, top, tone=tone)
        if below:
            hint.draw(painter, left, top + text.height)
        elif self._option.hint:
            hint.draw(painter, left + text.width + _GAP, top + (text.height - hint.height) / 2)
