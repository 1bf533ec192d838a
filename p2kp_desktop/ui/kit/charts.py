"""Charts as values (schema/chart.py), laid out and painted: on a card of the window, and the same on paper.

Nothing is told by colour alone: levels and standings have patterns, lines have dashes and marks of their own, and every
bar, part and line says its name and its figure.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from p2kp_desktop.schema.chart import Chart, Point, Series, Shape
from p2kp_desktop.ui.kit.painting import box, draw_icon, draw_level, rule
from p2kp_desktop.ui.kit.ring import diamond
from p2kp_desktop.ui.kit.words import CAPTION, Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import ICON_TEXT, SPACE_4, SPACE_8, SPACE_12, SPACE_16
from p2kp_desktop.ui.look.scales import Level, Slum
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token

BOLD, SMALL = Style(bold=True), Style(Type.CAPTION, tone=Token.TEXT2)
_PART, _TRACK, _SWATCH, _GAP = 26, 6, 12, 2
_PLOT = 112  # pixels of height of the plot of lines
_MARK = 4.5  # half of the mark of a line
_LEAST = 6  # pixels of a part in which anything lies

LOOKS: Mapping[str, Level] = {
    "berat": Slum.HEAVY.value, "sedang": Slum.MEDIUM.value, "ringan": Slum.LIGHT.value, "tidak_kumuh": Slum.NONE.value,
    "unassessed": Level(Token.PANEL, line=Token.LINE2, pattern=Qt.BrushStyle.CrossPattern),
    "verified": Level(Token.SHARE_100), "ready": Level(Token.SHARE_50, pattern=Qt.BrushStyle.BDiagPattern),
    "changed": Level(Token.WARN_BG, line=Token.WARN_LINE, pattern=Qt.BrushStyle.Dense6Pattern),
    "returned": Level(Token.WARN_LINE), "draft": Level(Token.NEUTRAL_BG, pattern=Qt.BrushStyle.Dense6Pattern),
    "missing": Level(Token.PANEL, line=Token.LINE2), "": Level(Token.ACCENT),
}
_SIGNS = {
    "late": ("triangle-alert", Token.WARN), "quiet": ("circle-dashed", Token.WARN), "heard": ("inbox", Token.OK),
    "": ("circle", Token.TEXT3),
}
_STROKES = (  # of the lines of a chart, in their order
    (Token.ACCENT, Qt.PenStyle.SolidLine), (Token.ACCENT_LINE, Qt.PenStyle.DashLine),
    (Token.SLUM_MEDIUM, Qt.PenStyle.DotLine), (Token.TEXT2, Qt.PenStyle.SolidLine),
    (Token.LINE2, Qt.PenStyle.DashLine),
)
_CORNERS: tuple[tuple[tuple[float, float], ...], ...] = (  # of the marks of these lines; none is a disc
    (), ((-1, -0.8), (1, -0.8), (0, 1)), ((-1, 0.8), (1, 0.8), (0, -1)),
    ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)), ((-0.4, -1), (0.4, -1), (0.4, 1), (-0.4, 1)),
)


class Laid(Protocol):
    """A chart laid out at a width: how high it is, where its buttons are, and what paints it from 0, 0 on."""

    height: float
    spots: tuple[tuple[QRectF, Point], ...]

    def paint(self, painter: QPainter) -> None:
        """Paint the chart."""


def laid(chart: Chart, width: float) -> Laid:
    """Lay a chart out at a width in logical pixels."""
    kinds: Mapping[Shape, Callable[[Chart, float], Laid]] = {
        Shape.PARTS: _Parts, Shape.BARS: _Bars, Shape.LINES: _Lines, Shape.ROWS: _Rows,
    }
    return kinds[chart.shape](chart, width)


def least_width(chart: Chart) -> float:
    """Return the width below which words of a chart would break."""
    widest = max((Words(point.label, BOLD).width + Words(point.shown, BOLD).width for point in chart.points), default=0)
    if chart.shape is Shape.LINES:
        widest = max((_End.width_of(each) for each in chart.series), default=0) + 160
    return min(widest + SPACE_16 + ICON_TEXT, 300)


class _Parts:
    """Parts of a whole side by side, and below them a block for each with its name and figures."""

    def __init__(self, chart: Chart, width: float) -> None:
        self._width, self._points = width, [point for point in chart.points if point.value is not None]
        self._blocks = [_Block(point) for point in self._points]
        least = max((block.width for block in self._blocks), default=1.0)
        most = max(1, min(len(self._blocks) or 1, int((width + SPACE_12) // (least + SPACE_12))))
        columns = ceil(len(self._blocks) / ceil(len(self._blocks) / most)) if self._blocks else 1  # rows of one length
        step = (width + SPACE_12) / columns
        high = max((block.height for block in self._blocks), default=0.0)
        top = _PART + SPACE_8
        self.spots = tuple(
            (QRectF(place % columns * step, top + place // columns * (high + SPACE_4), step - SPACE_12, high),
             block.point)
            for place, block in enumerate(self._blocks)
        )
        self.height = max((spot.bottom() for spot, _point in self.spots), default=float(_PART))

    def paint(self, painter: QPainter) -> None:
        shown = [point for point in self._points if point.value]
        whole = sum((point.value or Fraction() for point in shown), Fraction())
        room = self._width - _GAP * (len(shown) - 1) - _LEAST * len(shown)
        x = 0.0
        for point in shown:
            wide = _LEAST + max(room, 0) * float((point.value or Fraction()) / whole)
            draw_level(painter, QRectF(x, 0, wide, _PART), _look(point), 4)
            x += wide + _GAP
        if not shown:
            box(painter, QRectF(0, 0, self._width, _PART), fill=Token.PANEL, line=Token.LINE2, radius=4)
        for (spot, _point), block in zip(self.spots, self._blocks, strict=True):
            block.paint(painter, spot)


def _look(point: Point) -> Level:
    return LOOKS.get(point.look, LOOKS[""])


class _Block:
    """The swatch and the words of a part."""

    def __init__(self, point: Point) -> None:
        self.point = point
        self._lines = (Words(point.label, SMALL), Words(point.shown, BOLD), Words(point.told, CAPTION))
        self.width = max(line.width for line in self._lines) + _SWATCH + SPACE_8
        self.height = sum(line.height for line in self._lines if line.text)

    def paint(self, painter: QPainter, spot: QRectF) -> None:
        y = spot.y()
        draw_level(painter, QRectF(spot.x(), y + (self._lines[0].height - _SWATCH) / 2, _SWATCH, _SWATCH),
                   _look(self.point), 3)
        for line in self._lines:
            if line.text:
                line.draw(painter, spot.x() + _SWATCH + SPACE_8, y)
                y += line.height


class _Bars:
    """For each point its name and figure on one line, small words, and a bar on a track below."""

    def __init__(self, chart: Chart, width: float) -> None:
        values = [point.value for point in chart.points if point.value is not None]
        self._whole = chart.whole or max(values, default=Fraction(1)) or Fraction(1)
        self._rows = [_BarRow(point, width) for point in chart.points]
        y, spots = 0.0, []
        for row in self._rows:
            spots.append((QRectF(0, y, width, row.height), row.point))
            y += row.height + SPACE_8
        self.spots = tuple(spots)
        self.height = max(y - SPACE_8, 0)

    def paint(self, painter: QPainter) -> None:
        for (spot, _point), row in zip(self.spots, self._rows, strict=True):
            row.paint(painter, spot, self._whole)


class _BarRow:
    def __init__(self, point: Point, width: float) -> None:
        self.point, self._shown = point, Words(point.shown, BOLD)
        self._label = Words(point.label, Style(), max(width - self._shown.width - SPACE_12, 60))
        beside = width - self._label.width - self._shown.width - 2 * SPACE_12
        told = Words(point.told, CAPTION)
        self._beside = told.width <= beside
        self._told = told if self._beside else Words(point.told, CAPTION, width)
        below = self._told.height if point.told and not self._beside else 0
        self._words = max(self._label.height, self._shown.height) + below
        self.height = self._words + SPACE_4 + _TRACK

    def paint(self, painter: QPainter, spot: QRectF, whole: Fraction) -> None:
        self._label.draw(painter, spot.x(), spot.y())
        self._shown.draw(painter, spot.right() - self._shown.width, spot.y())
        if self.point.told and self._beside:
            lower = (self._label.height - self._told.height) / 2 + 1
            self._told.draw(painter, spot.x() + self._label.width + SPACE_12, spot.y() + lower)
        elif self.point.told:
            self._told.draw(painter, spot.x(), spot.y() + self._label.height)
        track = QRectF(spot.x(), spot.bottom() - _TRACK, spot.width(), _TRACK)
        box(painter, track, fill=Token.NEUTRAL_BG, radius=_TRACK / 2)
        if self.point.value:
            wide = max(track.width() * min(float(self.point.value / whole), 1.0), _TRACK)
            bar = QRectF(track.x(), track.y(), wide, track.height())
            look = _look(self.point)
            if self.point.look:
                draw_level(painter, bar, look, _TRACK / 2)
            else:
                box(painter, bar, fill=look.fill, radius=_TRACK / 2)


class _Rows:
    """For each point a sign, its name, small words, and its figure at the right."""

    def __init__(self, chart: Chart, width: float) -> None:
        self._rows = [(Words(point.shown, BOLD), point) for point in chart.points]
        self._left = ICON_TEXT + SPACE_8
        spots, y = [], 0.0
        self._words = []
        for shown, point in self._rows:
            room = width - self._left - shown.width - SPACE_12
            label, told = Words(point.label, BOLD, room), Words(point.told, SMALL, width - self._left)
            self._words.append((label, told, shown))
            high = max(label.height, shown.height) + (told.height if point.told else 0) + SPACE_8
            spots.append((QRectF(0, y, width, high), point))
            y += high
        self.spots = tuple(spots)
        self.height = y

    def paint(self, painter: QPainter) -> None:
        for (spot, point), (label, told, shown) in zip(self.spots, self._words, strict=True):
            icon, tone = _SIGNS.get(point.look, _SIGNS[""])
            y = spot.y() + SPACE_4
            draw_icon(painter, icon, spot.x(), y + (label.height - ICON_TEXT) / 2, ICON_TEXT, tone)
            label.draw(painter, spot.x() + self._left, y)
            shown.draw(painter, spot.right() - shown.width, y)
            if point.told:
                told.draw(painter, spot.x() + self._left, y + label.height)
            rule(painter, spot)


@dataclass(frozen=True)
class _End:
    """The name and figure at the end of a line, and where its line ends."""

    words: Words
    at: float

    @staticmethod
    def width_of(series: Series) -> float:
        """Return the width that the words at the end of a line take."""
        return _End.words_of(series).width + SPACE_12 + 2 * _MARK

    @staticmethod
    def words_of(series: Series) -> Words:
        """Return the words at the end of a line."""
        last = next((point for point in reversed(series.points) if point.value is not None), None)
        return Words(f"{series.name} **{last.shown}**" if last else series.name, Style(Type.CAPTION))


class _Lines:
    """Lines over labels, from 0 to the whole; the aims stand at the right as diamonds, the names at their ends."""

    def __init__(self, chart: Chart, width: float) -> None:
        self._series = chart.series
        self._whole = chart.whole or Fraction(1)
        labels = chart.series[0].points if chart.series else ()
        self._labels = [(Words(point.label, CAPTION), Words(point.told, CAPTION)) for point in labels]
        self._scale = [(Fraction(part, 2) * self._whole, Words(f"{50 * part} %", CAPTION)) for part in range(3)]
        left = max(words.width for _at, words in self._scale) + SPACE_8
        right = max((_End.width_of(each) for each in chart.series), default=0) + 14
        self._plot = QRectF(left, 10, max(width - left - right, 40), _PLOT)
        below = self._plot.bottom() + SPACE_4
        high = sum(max((pair[line].height for pair in self._labels), default=0) for line in range(2))
        self.height = below + high
        step = self._plot.width() / max(len(labels), 1)
        self._step = step
        self.spots = tuple(
            (QRectF(self._plot.x() + place * step, 0, step, self.height), point) for place, point in enumerate(labels)
        )

    def _at(self, place: int, value: Fraction) -> QPointF:
        share = min(float(value / self._whole), 1.0)
        return QPointF(self._plot.x() + (place + 0.5) * self._step, self._plot.bottom() - share * self._plot.height())

    def _aim(self, series: Series) -> list[QPointF]:
        """Return where the diamond of a line stands, if it has one."""
        return [] if series.aim is None else [QPointF(self._plot.right() + 6, self._at(0, series.aim).y())]

    def paint(self, painter: QPainter) -> None:
        for value, words in self._scale:
            y = self._at(0, value).y()
            painter.fillRect(QRectF(self._plot.x(), y - 0.5, self._plot.width(), 1), colour(Token.LINE))
            words.draw(painter, self._plot.x() - SPACE_8 - words.width, y - words.height / 2)
        for place, (label, told) in enumerate(self._labels):
            middle = self._plot.x() + (place + 0.5) * self._step
            label.draw(painter, middle - label.width / 2, self._plot.bottom() + SPACE_4)
            if told.width < self._step + SPACE_16:
                told.draw(painter, middle - told.width / 2, self._plot.bottom() + SPACE_4 + label.height)
        ends = []
        for number, series in enumerate(self._series):
            token, dash = _STROKES[number % len(_STROKES)]
            self._paint_line(painter, series, token, dash, number)
            known = [(place, point.value) for place, point in enumerate(series.points) if point.value is not None]
            if known:
                ends.append((_End(_End.words_of(series), self._at(*known[-1]).y()), token, number))
            for at in self._aim(series):
                diamond(painter, at)
        self._paint_ends(painter, ends)

    def _paint_line(self, painter: QPainter, series: Series, token: Token, dash: Qt.PenStyle, number: int) -> None:
        found = [(self._at(place, point.value), point) for place, point in enumerate(series.points)
                 if point.value is not None]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        wanted = [self._at(place, value) for place, value in enumerate(series.wanted) if value is not None]
        if wanted:
            painter.setPen(QPen(colour(token), 1, Qt.PenStyle.DashDotDotLine))
            painter.drawPolyline(QPolygonF([*wanted, *self._aim(series)]))
        painter.setPen(QPen(colour(token), 2, dash))
        painter.drawPolyline(QPolygonF([at for at, _point in found]))
        for at, point in found:
            _paint_mark(painter, at, token, number, sure=point.sure)

    def _paint_ends(self, painter: QPainter, ends: list[tuple[_End, Token, int]]) -> None:
        """Write the names from the top down, none over another."""
        y = 0.0
        high = metrics(Type.CAPTION).height()
        below = [self._plot.bottom() + high / 2 - high * left for left in range(len(ends), 0, -1)]
        for (end, token, number), latest in zip(sorted(ends, key=lambda each: each[0].at), below, strict=True):
            y = min(max(end.at - high / 2, y), latest)
            x = self._plot.right() + 14
            _paint_mark(painter, QPointF(x + _MARK, y + high / 2), token, number, sure=True)
            end.words.draw(painter, x + 2 * _MARK + SPACE_8, y)
            y += high


def _paint_mark(painter: QPainter, at: QPointF, token: Token, number: int, *, sure: bool) -> None:
    """Paint the mark of a line, of another shape than those of the others; one that may still change is hollow."""
    painter.setPen(QPen(colour(token), 2))
    painter.setBrush(colour(token) if sure else colour(Token.PANEL))
    corners = _CORNERS[number % len(_CORNERS)]
    if not corners:
        painter.drawEllipse(at, _MARK - 1, _MARK - 1)
        return
    painter.drawPolygon(QPolygonF([at + QPointF(x * _MARK, y * _MARK) for x, y in corners]))


def height_of(chart: Chart, width: float) -> int:
    """Return the height, in logical pixels, of a chart at a width."""
    return ceil(laid(chart, width).height)
