"""Text laid out for painting: it wraps, and what stands between ** and ** is bold."""

import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextOption

from p2kp_desktop.language import harmless
from p2kp_desktop.ui.look.lettering import Type, font, lately_measured
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token

UNBOUNDED = 100_000.0


@dataclass(frozen=True)
class Style:
    """How a text is written: its size, its weight, its colour."""

    size: Type = Type.BODY
    bold: bool = False
    tone: Token = Token.TEXT


BODY = Style()
CAPTION = Style(Type.CAPTION, tone=Token.TEXT3)


def write(
    painter: QPainter, rect: QRectF, text: str, style: Style, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> None:
    """Write an unmarked text on one line in the middle of the height of `rect`: quicker than Words, for cells."""
    painter.setFont(font(style.size, bold=style.bold))
    painter.setPen(colour(style.tone))
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)


def plain(marked: str) -> str:
    """Return the text without its ** marks, and with nothing that turns the letters around it."""
    bare = marked.replace("**", "")
    return bare if bare.isprintable() else harmless(bare)


class Words:
    """A text laid out in lines of at most `width` logical pixels; it never cuts, it wraps."""

    def __init__(self, marked: str, style: Style = BODY, width: float = UNBOUNDED) -> None:
        self.style = style
        self.text, self._layout, self.width, self.height = _laid(marked, style.size, style.bold, width)

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return self._layout.lineCount()

    def draw(self, painter: QPainter, x: float, y: float, *, tone: Token | None = None) -> None:
        """Write it with its upper left corner at x, y."""
        painter.setPen(colour(tone or self.style.tone))
        self._layout.draw(painter, QPointF(x, y))

    def draw_in(
        self,
        painter: QPainter,
        rect: QRectF,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        *,
        tone: Token | None = None,
    ) -> None:
        """Write it in the middle of the height of `rect`, at its left, its centre or its right."""
        spare = rect.width() - self.width
        before = {Qt.AlignmentFlag.AlignRight: spare, Qt.AlignmentFlag.AlignHCenter: spare / 2}.get(align, 0.0)
        self.draw(painter, rect.x() + before, rect.y() + (rect.height() - self.height) / 2, tone=tone)


@lately_measured(1_000)  # a page asks for the same lines tens of times: their height for a width, their width, to paint
def _laid(marked: str, size: Type, bold: bool, width: float) -> tuple[str, QTextLayout, float, float]:
    """Lay a text out; return it without marks, its layout, the width of its widest line, the height of all lines."""
    text = plain(marked)
    layout = QTextLayout(text, font(size, bold=bold))
    layout.setFormats(_bold_ranges(marked))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    return (text, layout, *_broken(layout, width))


def _broken(layout: QTextLayout, width: float) -> tuple[float, float]:
    """Break into lines; return the widest line and the height of all."""
    widest = top = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        line.setPosition(QPointF(0, top))
        top += line.height()
        widest = max(widest, line.naturalTextWidth())
    layout.endLayout()
    return widest, top


def _bold_ranges(marked: str) -> list[QTextLayout.FormatRange]:
    ranges = []
    start = 0
    for part, text in enumerate(re.split(r"\*\*", marked)):
        if part % 2:
            ranges.append(_bold(start, _length(text)))
        start += _length(text)
    return ranges


def _length(text: str) -> int:
    """Return the length as Qt counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _bold(start: int, length: int) -> QTextLayout.FormatRange:
    span = QTextLayout.FormatRange()
    span.start = start  # type: ignore[attr-defined]
    span.length = length  # type: ignore[attr-defined]
    shape = QTextCharFormat()
    shape.setFontWeight(700)
    span.format = shape  # type: ignore[attr-defined]
    return span
