"""Strokes every painted widget shares: boxes, rings, icons, hatching."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from p2kp_desktop.ui.look import icons
from p2kp_desktop.ui.look.measures import LINE_STRONG
from p2kp_desktop.ui.look.scales import Level
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token


@contextmanager
def painting(widget: QWidget) -> Iterator[QPainter]:
    """Give a smooth painter on this widget, ended whatever happens."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.end()


@contextmanager
def painting_of(painter: QPainter) -> Iterator[None]:
    """Make a borrowed painter smooth for a while and give it back as it was."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield
    finally:
        painter.restore()


def box(
    painter: QPainter,
    rect: QRectF,
    *,
    fill: Token | None = None,
    line: Token | None = None,
    width: float = 1,
    radius: float = 0,
) -> None:
    """Paint a rounded box whose border lies wholly inside `rect`."""
    if fill and not line and not radius:
        painter.fillRect(rect, colour(fill))
        return
    painter.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(line), width) if line else Qt.PenStyle.NoPen)
    inset = width / 2 if line else 0
    inner = rect.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(inner, max(radius - inset, 0), max(radius - inset, 0))


def ring(painter: QPainter, rect: QRectF, radius: float, token: Token = Token.ACCENT) -> None:
    """Paint the focus ring, 2 wide, just inside `rect`."""
    box(painter, rect, line=token, width=LINE_STRONG, radius=radius)


def rule(painter: QPainter, rect: QRectF, token: Token = Token.LINE) -> None:
    """Paint a 1 px line along the bottom of `rect`."""
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colour(token))


def draw_icon(painter: QPainter, name: str, x: float, y: float, size: int, token: Token = Token.TEXT2) -> None:
    """Paint an icon with its upper left corner at x, y, sharp at the painter's pixel ratio."""
    ratio = painter.device().devicePixelRatio()
    drawn = icons.pixmap(name, token, size, ratio)
    painter.drawPixmap(QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio), drawn)


def icon_in(painter: QPainter, name: str, rect: QRectF, size: int, token: Token = Token.TEXT2) -> None:
    """Paint an icon at the left of `rect`, in the middle of its height."""
    draw_icon(painter, name, rect.x(), rect.y() + (rect.height() - size) / 2, size, token)


def hatched(painter: QPainter, rect: QRectF, token: Token, *, step: float = 5, width: float = 1.5) -> None:
    """Paint diagonal lines of this token in `rect`, the same on every screen and printer."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour(token), width))
    x = rect.left() - rect.height() + step / 2
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += step
    painter.restore()


def draw_level(painter: QPainter, rect: QRectF, level: Level, radius: float = 0) -> None:
    """Paint the fill of a level, its pattern (text colour at 40 per cent, for black and white) and its border."""
    box(painter, rect, fill=level.fill, radius=radius)
    if level.pattern != Qt.BrushStyle.NoBrush:
        ink = QColor(colour(Token.TEXT))
        ink.setAlphaF(0.4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(ink, level.pattern))
        painter.drawRoundedRect(rect, radius, radius)
    if level.line:
        box(painter, rect, line=level.line, radius=radius)
