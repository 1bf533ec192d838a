"""The live assessment of a household: seven lines, each decided or still open."""

from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.rules.live import Aspect, Judgement
from p2kp_desktop.ui.kit.painting import draw_icon, painting
from p2kp_desktop.ui.kit.words import CAPTION, Style, Words
from p2kp_desktop.ui.look.lettering import Type, measured, metrics
from p2kp_desktop.ui.look.measures import ICON_SMALL, SPACE_8, tall
from p2kp_desktop.ui.look.tokens import Token

_LINE = 20
_BELOW_TITLE, _BELOW_TITLE_SMALL = 8, 4
_APART, _APART_SMALL = 7, 2
_LOOKS = {
    Judgement.FIT: ("circle-check", Token.OK),
    Judgement.UNFIT: ("circle-x", Token.ERR),
    Judgement.OPEN: ("circle", Token.TEXT3),
}


@measured
def text_line() -> int:
    """Return the height in logical pixels of a line of small text."""
    return tall(_LINE, metrics(Type.CAPTION), room=1)


class Assessed(QWidget):
    """Shows the aspects with an icon, a word, and the reason where there is one."""

    def __init__(self) -> None:
        super().__init__()
        self._aspects: tuple[Aspect, ...] = ()
        self._small = False

    def show_aspects(self, aspects: tuple[Aspect, ...], *, small: bool) -> None:
        """Show how the aspects stand now."""
        if (aspects, small) == (self._aspects, self._small):
            return
        self._aspects, self._small = aspects, small
        self.setAccessibleName("; ".join(f"{say(each.name)}: {say(each.judgement.value)}" for each in aspects))
        self.update()

    def wanted_height(self, width: int) -> int:
        """Return the height that all lines take."""
        return ceil(self._title() + sum(self._height(aspect, width) for aspect in self._aspects))

    def _title(self) -> int:
        return text_line() + (_BELOW_TITLE_SMALL if self._small else _BELOW_TITLE)

    def _height(self, aspect: Aspect, width: int) -> float:
        reason = self._reason(aspect, width)
        apart = _APART_SMALL if self._small else _APART
        return text_line() + apart + (reason.height if reason else 0)

    def _reason(self, aspect: Aspect, width: int) -> Words | None:
        if aspect.reason is None:
            return None
        text = aspect.reason.short if self._small else aspect.reason.words
        return Words(text, CAPTION, width - ICON_SMALL - SPACE_8)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            line = QRectF(0, 0, self.width(), text_line())
            Words(say("Penilaian rumah ini"), Style(bold=True)).draw_in(painter, line)
            top = float(self._title())
            for aspect in self._aspects:
                self._paint_line(painter, aspect, top)
                top += self._height(aspect, self.width())

    def _paint_line(self, painter: QPainter, aspect: Aspect, top: float) -> None:
        icon, tone = _LOOKS[aspect.judgement]
        line = QRectF(0, top, self.width(), text_line())
        draw_icon(painter, icon, 0, line.center().y() - ICON_SMALL / 2, ICON_SMALL, tone)
        name = Words(say(aspect.name), Style(Type.CAPTION))
        left = ICON_SMALL + SPACE_8
        name.draw_in(painter, line.adjusted(left, 0, 0, 0))
        said = Words(say(aspect.judgement.value), Style(Type.CAPTION, tone=tone))
        said.draw(painter, self.width() - said.width, line.center().y() - said.height / 2)
        reason = self._reason(aspect, self.width())
        if reason:
            reason.draw(painter, left, top + text_line() - 1)
