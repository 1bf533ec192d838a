"""The Mangkuk Masyarakat: shoots say which parts are ready, the water says how many."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit import vessel
from p2kp_desktop.ui.kit.painting import painting, ring
from p2kp_desktop.ui.kit.pressable import Pressable, reach_with_tab, step_to
from p2kp_desktop.ui.kit.words import plain
from p2kp_desktop.ui.look.measures import RADIUS_CHECK
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token


@dataclass(frozen=True)
class Part:
    """A part of the bowl: whether it is ready, and the whole sentence a person hears about it."""

    ready: bool
    sentence: str


def draw_bowl(painter: QPainter, frame: QRectF, ready: list[bool]) -> None:
    """Paint the bowl as large as `frame` allows, in its middle."""
    painter.save()
    scale = min(frame.width() / vessel.SIZE.width(), frame.height() / vessel.SIZE.height())
    left = frame.center().x() - vessel.SIZE.width() * scale / 2
    painter.translate(left, frame.center().y() - vessel.SIZE.height() * scale / 2)
    painter.scale(scale, scale)
    _paint_body(painter, sum(ready) / max(len(ready), 1))
    _paint_shoots(painter, ready)
    _paint_outline(painter)
    painter.restore()


def _pen(width: float) -> QPen:
    pen = QPen(colour(Token.ACCENT), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _paint_body(painter: QPainter, share: float) -> None:
    painter.setPen(_pen(2))
    painter.setBrush(colour(Token.SUNKEN))
    painter.drawEllipse(vessel.BACK_RIM)
    painter.setBrush(colour(Token.BOWL_BODY))
    painter.drawPath(vessel.foot())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPath(vessel.body())
    if share > 0:
        painter.setBrush(colour(Token.BOWL_WATER))
        painter.drawPath(vessel.water(share))
        painter.setBrush(colour(Token.BOWL_SURFACE))
        painter.drawEllipse(vessel.surface(share))


def _paint_shoots(painter: QPainter, ready: list[bool]) -> None:
    painter.setPen(_pen(1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(vessel.band())
    painter.setPen(_pen(1.3))
    for shoot, is_ready in zip(vessel.shoots(len(ready)), ready, strict=True):
        painter.setBrush(colour(Token.ACCENT if is_ready else Token.PANEL))
        painter.drawPath(shoot)


def _paint_outline(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(2.5))
    painter.drawPath(vessel.wall())
    painter.setPen(_pen(2))
    painter.drawPath(vessel.front_rim())


class Bowl(QWidget):
    """The bowl; each shoot is a link to its part, reached with Tab and the arrow keys."""

    part_opened = Signal(int)

    def __init__(self, parts: tuple[Part, ...], name: str) -> None:
        super().__init__()
        self._shoots: list[Pressable] = []
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_parts(parts)

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """Show which parts are ready now."""
        self._parts = parts
        for shoot in self._shoots[len(parts) :]:
            shoot.deleteLater()
        del self._shoots[len(parts) :]
        while len(self._shoots) < len(parts):
            self._shoots.append(self._link(len(self._shoots)))
        for shoot, part in zip(self._shoots, parts, strict=True):
            shoot.setAccessibleName(plain(part.sentence))
            shoot.setToolTip(plain(part.sentence))
        reach_with_tab(self._shoots, None)
        self._place()
        self.update()

    def _link(self, place: int) -> Pressable:
        shoot = _Shoot(self)
        shoot.clicked.connect(lambda: self.part_opened.emit(place))
        return shoot

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        focused = self.focusWidget()
        if isinstance(focused, _Shoot) and event.key() in steps:
            step_to(self._shoots, self._shoots.index(focused) + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(vessel.SIZE.width() * 0.8), round(vessel.SIZE.height() * 0.8))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, 108)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        """Lay each link over its shoot."""
        scale = min(self.width() / vessel.SIZE.width(), self.height() / vessel.SIZE.height())
        left = (self.width() - vessel.SIZE.width() * scale) / 2
        top = (self.height() - vessel.SIZE.height() * scale) / 2
        for shoot, path in zip(self._shoots, vessel.shoots(len(self._shoots)), strict=True):
            at = path.boundingRect()
            frame = QRectF(left + at.x() * scale, top + at.y() * scale, at.width() * scale, at.height() * scale)
            shoot.setGeometry(frame.adjusted(-2, -3, 2, 3).toAlignedRect())
            shoot.show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            draw_bowl(painter, self.rect().toRectF(), [part.ready for part in self._parts])


class _Shoot(Pressable):
    """The link over one shoot; the bowl paints the shoot, this only shows the focus."""

    def __init__(self, bowl: Bowl) -> None:
        super().__init__("", bowl)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def sizeHint(self) -> QSize:
        return self.size()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            with painting(self) as painter:
                ring(painter, self.rect().toRectF(), RADIUS_CHECK, Token.TEXT)
