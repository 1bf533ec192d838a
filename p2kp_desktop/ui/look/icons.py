"""The icons: Lucide and the bowl, drawn in any token, kept for each scheme, size and pixel ratio."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from p2kp_desktop import environment
from p2kp_desktop.ui.look.measures import ICON
from p2kp_desktop.ui.look.theme import scheme
from p2kp_desktop.ui.look.tokens import Token

SMALL = 16  # up to this size the pen is 2 wide, above 1.75, of the 24 units of the drawing


def is_shipped(name: str) -> bool:
    """Say whether there is a drawing of this name in resources/icons."""
    return (environment.resources() / "icons" / f"{name}.svg").is_file()


def icon(name: str, token: Token = Token.TEXT2, size: int = ICON) -> QIcon:
    """Return an icon for a button or a menu in the scheme worn now; raises FileNotFoundError."""
    return QIcon(pixmap(name, token, size, _finest_ratio()))


def pixmap(name: str, token: Token = Token.TEXT2, size: int = ICON, ratio: float = 1.0) -> QPixmap:
    """Return the icon `size` logical pixels wide for a screen of this pixel ratio; raises FileNotFoundError."""
    key = f"p2kp {name} {token.name} {scheme().value} {size} {ratio}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return kept
    drawn = _drawn(name, token.in_scheme(scheme()), size, ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def _finest_ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


def _drawn(name: str, stroke: str, size: int, ratio: float) -> QPixmap:
    width = "2" if size <= SMALL else "1.75"
    svg = _source(name).replace("currentColor", stroke).replace('stroke-width="2"', f'stroke-width="{width}"')
    pixels = round(size * ratio)
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)


@cache
def _source(name: str) -> str:
    return (environment.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
