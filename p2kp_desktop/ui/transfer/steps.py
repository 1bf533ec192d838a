"""Baca, Gladi, Terapkan: the three steps of receiving, and beside them what is safe to know now."""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.layouts import Stretch, across
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting
from p2kp_desktop.ui.kit.words import BODY, Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import ICON_TEXT, SPACE_8, SPACE_12, SPACE_28, tall
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token

READ, REHEARSE, APPLY, DONE = range(4)
_DISC = 22


class Steps(QWidget):
    """The steps at the left, one sentence at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._path = StepPath()
        self.sentence = IconLine("shield-check", "", Style(tone=Token.OK))
        across(self._path, Stretch(), self.sentence, into=self, gap=SPACE_12)

    def show_step(self, step: int, sentence: str) -> None:
        """Show at which step it is (DONE: after the last), and the sentence."""
        self._path.show_step(step)
        self.sentence.say(sentence)
        self.sentence.setVisible(bool(sentence))


class StepPath(QWidget):
    """Three discs with words: done with a check, the one in use filled, the later ones in outline."""

    def __init__(self) -> None:
        super().__init__()
        self._step = READ
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_step(READ)

    def show_step(self, step: int) -> None:
        """Show at which step it is."""
        self._step = step
        names = _names()
        here = names[step] if step < len(names) else say("selesai")
        self.setAccessibleName(say("Langkah: {step}", step=here))
        self.updateGeometry()
        self.update()

    def _words(self, place: int) -> Words:
        tone = Token.OK if place < self._step else Token.TEXT if place == self._step else Token.TEXT3
        return Words(_names()[place], Style(bold=place == self._step, tone=tone))

    @override
    def sizeHint(self) -> QSize:
        words = sum(self._words(place).width + _DISC + SPACE_8 for place in range(APPLY + 1))
        return QSize(ceil(words + APPLY * (SPACE_28 + 2 * SPACE_12)), tall(_DISC + 4, metrics(BODY.size)))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        x, middle = 0.0, self.height() / 2
        with painting(self) as painter:
            for place in range(APPLY + 1):
                if place:
                    painter.setPen(QPen(colour(Token.LINE2), 1))
                    y = round(middle) + 0.5
                    painter.drawLine(QPointF(x + SPACE_12, y), QPointF(x + SPACE_12 + SPACE_28, y))
                    x += SPACE_28 + 2 * SPACE_12
                self._paint_disc(painter, QRectF(x, middle - _DISC / 2, _DISC, _DISC), place)
                words = self._words(place)
                words.draw(painter, x + _DISC + SPACE_8, middle - words.height / 2)
                x += _DISC + SPACE_8 + words.width

    def _paint_disc(self, painter: QPainter, spot: QRectF, place: int) -> None:
        if place < self._step:
            box(painter, spot, fill=Token.PANEL, line=Token.OK, width=1.5, radius=_DISC / 2)
            inset = (_DISC - ICON_TEXT) / 2
            draw_icon(painter, "check", spot.x() + inset, spot.y() + inset, ICON_TEXT, Token.OK)
            return
        here = place == self._step
        fill, line = (Token.ACCENT, Token.ACCENT) if here else (Token.PANEL, Token.LINE2)
        box(painter, spot, fill=fill, line=line, radius=_DISC / 2)
        number = Words(str(place + 1), Style(Type.CAPTION, bold=here, tone=Token.ON_ACCENT if here else Token.TEXT3))
        number.draw_in(painter, spot, Qt.AlignmentFlag.AlignHCenter)


def _names() -> tuple[str, ...]:
    return say("Baca"), say("Gladi"), say("Terapkan")
