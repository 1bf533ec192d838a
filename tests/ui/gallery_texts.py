"""Reads every text the gallery paints: does it fit, does it touch another, can it be read on its ground?

python -m tests.ui.gallery_texts prints what is wrong, at the dots per inch Qt is started with.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QPoint, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QRegion, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from p2kp_desktop.ui.look.tokens import Scheme
from tests.ui.gallery import Specimen, dressed, shown, specimens

SVG = "{http://www.w3.org/2000/svg}"
LEAST_POINTS = 10.0
LEAST_CONTRAST = 4.5


@dataclass(frozen=True)
class Painted:
    """A piece of text as it was painted: where, in which colour and size."""

    text: str
    rect: QRectF
    colour: QColor
    points: float


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours after WCAG 2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def texts(widget: QWidget, flags: QWidget.RenderFlag) -> list[Painted]:
    """Return what a widget writes, in its own coordinates."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(widget.logicalDpiX())
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    painter = QPainter(generator)
    widget.render(painter, QPoint(0, 0), QRegion(), flags)
    painter.end()
    return list(_read(bytes(buffer.data().data()), widget.logicalDpiX()))


def _read(svg: bytes, dpi: int) -> Iterator[Painted]:
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        matrix = group.get("transform", "matrix(1,0,0,1,0,0)")[7:-1]
        a, b, c, d, dx, dy = (float(number) for number in matrix.split(","))
        for text in group.findall(f"{SVG}text"):
            yield _painted(text, QTransform(a, b, c, d, dx, dy), dpi)


def _painted(text: ElementTree.Element, placed: QTransform, dpi: int) -> Painted:
    words = (text.text or "").strip("\n")
    points = round(float(text.get("font-size", "0")) * 72 / dpi, 1)
    letters = QFont(text.get("font-family", ""))
    letters.setPointSizeF(points)
    letters.setWeight(QFont.Weight(int(text.get("font-weight", "400"))))
    measures = QFontMetricsF(letters)
    x, y = float(text.get("x", "0")), float(text.get("y", "0"))
    height = measures.ascent() + measures.descent()
    rect = QRectF(x, y - measures.ascent(), measures.horizontalAdvance(words), height)
    return Painted(words, placed.mapRect(rect), QColor(text.get("fill", "")), points)


def problems(specimen: Specimen) -> list[str]:
    """Return what is wrong with the texts of a specimen, in words."""
    window = shown(specimen)
    found = [*_cut(window), *_too_small(window), *_touching(window), *_hard_to_read(window)]
    window.close()
    window.deleteLater()
    return [f"{specimen.name}: {problem}" for problem in found]


def _cut(window: QWidget) -> Iterator[str]:
    """Every widget, seen alone, must hold its own texts; half a pixel of rounding is allowed."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        inside = widget.rect().toRectF().adjusted(-0.6, -1.5, 0.6, 1.5)
        for painted in texts(widget, QWidget.RenderFlag(0)):
            if not inside.contains(painted.rect):
                yield f"“{painted.text}” is cut off in {type(widget).__name__}"


def _all(window: QWidget) -> list[Painted]:
    return texts(window, QWidget.RenderFlag.DrawWindowBackground | QWidget.RenderFlag.DrawChildren)


def _too_small(window: QWidget) -> Iterator[str]:
    for painted in _all(window):
        if painted.points < LEAST_POINTS:
            yield f"“{painted.text}” is only {painted.points} pt"


def _touching(window: QWidget) -> Iterator[str]:
    found = _all(window)
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            if one.rect.adjusted(0.5, 3, -0.5, -3).intersects(other.rect.adjusted(0.5, 3, -0.5, -3)):
                yield f"“{one.text}” lies over “{other.text}”"


def _hard_to_read(window: QWidget) -> Iterator[str]:
    picture = window.grab().toImage()
    for painted in _all(window):
        ground = _ground(picture, painted.rect)
        reached = contrast(painted.colour, ground)
        if reached < LEAST_CONTRAST:
            yield f"“{painted.text}” {painted.colour.name()} on {ground.name()} has contrast {reached:.2f}"


def _ground(picture: QImage, rect: QRectF) -> QColor:
    """Return the commonest colour behind a text."""
    ratio = picture.devicePixelRatio()
    seen: Counter[int] = Counter()
    for x in range(round(rect.left()), round(rect.right())):
        for y in range(round(rect.top()), round(rect.bottom())):
            spot = QPoint(round(x * ratio), round(y * ratio))
            if picture.valid(spot):
                seen[picture.pixel(spot)] += 1
    return QColor(seen.most_common(1)[0][0]) if seen else QColor()


def all_problems() -> list[str]:
    """Return what is wrong with all texts of the gallery in both schemes."""
    found = []
    for scheme in Scheme:
        dressed(scheme)
        found += [f"{scheme.value}, {problem}" for specimen in specimens() for problem in problems(specimen)]
    return found


if __name__ == "__main__":
    wrong = all_problems()
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)
