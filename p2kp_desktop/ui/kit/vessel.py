"""The shape of the Mangkuk Masyarakat: bowl, water and bamboo shoots in a drawing of 320 × 216."""

from math import cos, radians, sin
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainterPath

SIZE: Final = QSizeF(320, 216)
BACK_RIM: Final = QRectF(20, 29, 280, 34)

# The surface of the water at 0 to 10 tenths: height of its centre, radii. Each tenth adds the same area.
_LEVELS: Final = (
    (176.0, 60.0, 7.3),
    (156.5, 84.4, 10.2),
    (142.3, 100.2, 12.2),
    (129.8, 110.7, 13.4),
    (118.4, 118.4, 14.4),
    (107.5, 124.3, 15.1),
    (97.1, 129.0, 15.7),
    (87.0, 132.6, 16.1),
    (77.2, 135.5, 16.5),
    (67.5, 137.5, 16.7),
    (58.0, 139.0, 16.9),
)

_BASE: Final = (101.0, 127.3, 15.0)  # ellipse the shoots stand on: centre height, radii
_TIP: Final = (66.0, 137.8, 16.5)  # ellipse of their tips
_BULGE: Final = 129.1  # how far their sides swell
_FIRST_ANGLE: Final = 166.0
_LAST_ANGLE: Final = 14.0
_AIR: Final = 0.08  # of the share of one shoot left free on each side
_WIDEST: Final = 8.0  # degrees to each side of a shoot, however few there are


def body() -> QPainterPath:
    """Return the wall of the bowl with its rim, closed."""
    path = _wall()
    path.arcTo(BACK_RIM, 0, -180)
    path.closeSubpath()
    return path


def wall() -> QPainterPath:
    """Return the outline of the body without the rim."""
    return _wall()


def _wall() -> QPainterPath:
    path = QPainterPath(QPointF(20, 46))
    path.cubicTo(23, 112, 66, 164, 116, 176)
    path.arcTo(116, 171, 88, 10, 180, 180)
    path.cubicTo(254, 164, 297, 112, 300, 46)
    return path


def foot() -> QPainterPath:
    """Return the ring the bowl stands on, closed."""
    path = QPainterPath(QPointF(116, 176))
    path.lineTo(108, 195)
    path.arcTo(108, 189, 104, 12, 180, 180)
    path.lineTo(204, 176)
    path.arcTo(116, 171, 88, 10, 0, -180)
    path.closeSubpath()
    return path


def band() -> QPainterPath:
    """Return the line the shoots stand on."""
    path = QPainterPath()
    path.arcMoveTo(34.9, 91, 250.2, 30, 192)
    path.arcTo(34.9, 91, 250.2, 30, 192, 156)
    return path


def front_rim() -> QPainterPath:
    """Return the near half of the rim."""
    path = QPainterPath(QPointF(20, 46))
    path.arcTo(BACK_RIM, 180, 180)
    return path


def water(share: float) -> QPainterPath:
    """Return the water under its surface for a share of 0 to 1."""
    path = QPainterPath()
    path.addRect(QRectF(0, surface(share).center().y(), 320, 200))
    return body().intersected(path)


def surface(share: float) -> QRectF:
    """Return the frame of the ellipse that is the surface of the water for a share of 0 to 1."""
    tenths = min(max(share, 0.0), 1.0) * 10
    lower = min(int(tenths), 9)
    y, rx, ry = (
        low + (high - low) * (tenths - lower) for low, high in zip(_LEVELS[lower], _LEVELS[lower + 1], strict=True)
    )
    return QRectF(160 - rx, y - ry, 2 * rx, 2 * ry)


def shoots(count: int) -> list[QPainterPath]:
    """Return the shoots from left to right, the band shared equally among them."""
    share = (_FIRST_ANGLE - _LAST_ANGLE) / max(count, 1)
    half = min(share / 2 * (1 - 2 * _AIR), _WIDEST)
    return [_shoot(_FIRST_ANGLE - share * (place + 0.5), half) for place in range(count)]


def _shoot(middle: float, half: float) -> QPainterPath:
    """Return a shoot standing at this angle, so many degrees to each side."""
    left, right = _on(_BASE, middle + half), _on(_BASE, middle - half)
    tip = _on(_TIP, middle)
    path = QPainterPath(left)
    path.quadTo(_side(left, tip, middle + half * 0.8), tip)
    path.quadTo(_side(right, tip, middle - half * 0.8), right)
    below = _on(_BASE, middle)
    control = QPointF(2 * below.x() - (left.x() + right.x()) / 2, 2 * below.y() - (left.y() + right.y()) / 2)
    path.quadTo(control, left)
    path.closeSubpath()
    return path


def _on(ellipse: tuple[float, float, float], angle: float) -> QPointF:
    y, rx, ry = ellipse
    return QPointF(160 + rx * cos(radians(angle)), y + ry * sin(radians(angle)))


def _side(foot_point: QPointF, tip: QPointF, angle: float) -> QPointF:
    return QPointF(160 + _BULGE * cos(radians(angle)), foot_point.y() * 0.38 + tip.y() * 0.62)
