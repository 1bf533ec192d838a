"""LATIHAN: stripes and the word itself wherever the practice village is open."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.measures import RADIUS_CARD, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token

_STRIPE = 10 * 2**0.5  # 10 px wide at 45 degrees


def draw_stripes(painter: QPainter, rect: QRectF, radius: float = 0) -> None:
    """Paint the ground of the practice village into `rect`."""
    painter.save()
    clip = QPainterPath()
    clip.addRoundedRect(rect, radius, radius)
    painter.setClipPath(clip)
    painter.fillRect(rect, colour(Token.PANEL))
    x = rect.left()
    while x < rect.right() + rect.height():
        top, down = QPointF(x, rect.top()), QPointF(-rect.height(), rect.height())
        wide = QPointF(_STRIPE, 0)
        painter.setPen(colour(Token.WARN_BG))
        painter.setBrush(colour(Token.WARN_BG))
        painter.drawPolygon(QPolygonF([top, top + wide, top + wide + down, top + down]))
        x += 2 * _STRIPE
    painter.restore()


class PracticeBanner(QWidget):
    """Says in words that nothing here is real."""

    def __init__(self, text: str) -> None:
        super().__init__()
        down(
            Label(say("LATIHAN"), Style(bold=True, tone=Token.WARN)), Label(text, Style(tone=Token.WARN), wraps=True),
            into=self, margins=(SPACE_12, SPACE_8),
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(f"{say('LATIHAN')}. {text}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            rect = self.rect().toRectF()
            draw_stripes(painter, rect, RADIUS_CARD)
            box(painter, rect, line=Token.WARN_LINE, radius=RADIUS_CARD)
