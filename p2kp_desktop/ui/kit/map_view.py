"""A map in the window: places coloured by class, one of them current; arrows go to the next, a click opens one.

What is painted once stands in a picture; the mouse and the keys repaint only what changes over it.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.schema.area_map import AreaMap, Band, MapPlace, Pattern, Spot
from p2kp_desktop.schema.drawing import Box, Drawing, Shape, drawn, fitting
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.words import CAPTION, Style, Words
from p2kp_desktop.ui.look.lettering import Type, font, metrics
from p2kp_desktop.ui.look.measures import RADIUS_ROW, SPACE_4, SPACE_8
from p2kp_desktop.ui.look.scales import Level, Slum, completeness
from p2kp_desktop.ui.look.theme import colour, scheme
from p2kp_desktop.ui.look.tokens import Token

_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_LEVELS = {"berat": Slum.HEAVY, "sedang": Slum.MEDIUM, "ringan": Slum.LIGHT, "tidak_kumuh": Slum.NONE}
_BRUSHES = {
    Pattern.DOTS: Qt.BrushStyle.Dense6Pattern, Pattern.SLANTED: Qt.BrushStyle.BDiagPattern,
    Pattern.CROSSED: Qt.BrushStyle.CrossPattern, Pattern.DENSE: Qt.BrushStyle.DiagCrossPattern,
    Pattern.HATCHED: Qt.BrushStyle.FDiagPattern,
}
_DOT, _NEAR = 3.5, 7.0  # pixels of a record's half width, and from how far the mouse finds it
_MANY = 500  # shapes, of more of which borders are thin and never broken
_AROUND = 4  # pixels around what is repainted


def level_of(band: Band) -> Level:
    """Return the colours of a class."""
    if band.look in _LEVELS:
        return _LEVELS[band.look].value
    return completeness(float(band.look)) if band.look.isdigit() else Level(Token.PANEL, line=Token.LINE2)


def draw_band(painter: QPainter, rect: QRectF, band: Band) -> None:
    """Paint the swatch of a class."""
    level = level_of(band)
    box(painter, rect, fill=level.fill, line=level.line or Token.LINE2, radius=2)
    if band.pattern in _BRUSHES:
        painter.fillRect(rect.adjusted(1, 1, -1, -1), _over(band))


def _over(band: Band) -> QBrush:
    """Return the pattern of a class, faint where nobody knows the figure: most of a map may be so."""
    ink = QColor(colour(Token.LINE2 if band.pattern is Pattern.HATCHED else Token.TEXT))
    ink.setAlphaF(0.45 if band.pattern is Pattern.HATCHED else 0.3)
    return QBrush(ink, _BRUSHES[band.pattern])


class MapView(QWidget):
    """Shows a map; `opened` and `pointed` bring a MapPlace, the latter where keys or the mouse went, None for none."""

    opened = Signal(object)
    pointed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.shown: AreaMap | None = None
        self.drawing = Drawing(1, 1, ())
        self.current: int | None = None
        self._hover: int | None = None
        self._mouse = QPointF()
        self._dot = ""
        self._picture: QPixmap | None = None
        self._dressed: object = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_map(self, shown: AreaMap) -> None:
        """Show another map, or the same with other figures; the place that was current stays so where it is there."""
        before = self.place.spot if self.place is not None else None
        self.shown = shown
        self._lay_out()
        self.current = self._number_of(before)
        if self.current is None and self.drawing.shapes:
            known = (number for number, each in enumerate(self.drawing.shapes) if each.place.value is not None)
            self.current = next(known, 0)
        self._tell()

    def go_to(self, spot: Spot) -> None:
        """Make a place current without telling anybody."""
        number = self._number_of(spot)
        if number is not None and number != self.current:
            self._step_to(number)

    @property
    def place(self) -> MapPlace | None:
        """Return the current place."""
        return self.drawing.shapes[self.current].place if self.current is not None else None

    def _number_of(self, spot: Spot | None) -> int | None:
        return next((number for number, each in enumerate(self.drawing.shapes) if each.place.spot == spot), None)

    def _lay_out(self) -> None:
        if self.shown is not None:
            self.drawing = drawn(self.shown, max(self.width(), 1), max(self.height(), 1))
        self._hover, self._dot, self._picture = None, "", None
        self.update()

    def _tell(self) -> None:
        place = self.place
        self.setAccessibleDescription(place.words if place is not None else "")
        self.pointed.emit(place)

    def _step_to(self, number: int) -> None:
        for each in (self.current, number):
            self._touch(each)
        self.current = number

    def _touch(self, number: int | None) -> None:
        """Have a shape painted anew."""
        if number is not None and number < len(self.drawing.shapes):
            self.update(_rect(self.drawing.shapes[number].box).toAlignedRect().adjusted(
                -_AROUND, -_AROUND, _AROUND, _AROUND))

    @override
    def sizeHint(self) -> QSize:
        return QSize(560, 420)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(260, 160)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._touch(self.current)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._touch(self.current)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self.current is not None:
                self._step_to(self.drawing.beside(self.current, *_STEPS[Qt.Key(event.key())]))
                self._tell()
        else:
            super().keyPressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point_at(event.position())

    def point_at(self, at: QPointF) -> None:
        """Show what lies under the mouse."""
        dot = self.drawing.dot_at(at.x(), at.y(), _NEAR)
        found, told = self.drawing.at(at.x(), at.y()), dot.dot.told if dot is not None else ""
        before = self._bubble()
        if (found, told) != (self._hover, self._dot):
            self._touch(self._hover)
            self._touch(found)
        self._hover, self._dot, self._mouse = found, told, at
        for each in (before, self._bubble()):
            self.update(each.toAlignedRect().adjusted(-2, -2, 2, 2))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover, self._dot = None, ""
        self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.drawing.at(event.position().x(), event.position().y())
        if event.button() is Qt.MouseButton.LeftButton and number is not None:
            self._step_to(number)
            self._tell()
            self.opened.emit(self.drawing.shapes[number].place)

    # Painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.drawPixmap(0, 0, self._painted())
            if self.current is not None:
                tone = Token.ACCENT if self.hasFocus() else Token.TEXT2
                self._outline(painter, self.drawing.shapes[self.current], tone, 3)
            if self._hover is not None and self._hover < len(self.drawing.shapes):
                self._outline(painter, self.drawing.shapes[self._hover], Token.TEXT, 1.5)
                self._paint_bubble(painter)

    def _outline(self, painter: QPainter, shape: Shape, tone: Token, wide: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(tone), wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                            Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(_path(shape))

    def _painted(self) -> QPixmap:
        """Return the picture of all places, painted anew after another size, map or scheme."""
        worn = scheme(), self.devicePixelRatioF()
        if self._picture is None or self._dressed != worn:
            ratio = self.devicePixelRatioF()
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(colour(Token.PANEL))
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.shown is not None:
                paint_drawing(painter, self.drawing, self.shown.bands)
            painter.end()
            self._picture, self._dressed = picture, worn
        return self._picture

    def _bubble_words(self) -> list[Words]:
        if self._hover is None or self._hover >= len(self.drawing.shapes):
            return []
        place = self.drawing.shapes[self._hover].place
        room = max(self.width() * 0.6, 120)
        lines = [Words(place.name, Style(Type.CAPTION, bold=True), room), Words(place.shown, Style(Type.CAPTION), room),
                 Words(place.told, CAPTION, room)]
        return [each for each in (*lines, Words(self._dot, Style(Type.CAPTION), room)) if each.text]

    def _bubble(self) -> QRectF:
        """Return where the words about the place under the mouse stand: beside it, inside the map."""
        lines = self._bubble_words()
        if not lines:
            return QRectF()
        wide = max(each.width for each in lines) + 2 * SPACE_8
        high = sum(each.height for each in lines) + 2 * SPACE_4
        x = self._mouse.x() + 14 if self._mouse.x() + 14 + wide < self.width() else self._mouse.x() - 14 - wide
        y = min(max(self._mouse.y() + 10, 0), max(self.height() - high, 0))
        return QRectF(max(x, 0), y, wide, high)

    def _paint_bubble(self, painter: QPainter) -> None:
        rect = self._bubble()
        box(painter, rect, fill=Token.PANEL, line=Token.LINE2, radius=RADIUS_ROW)
        y = rect.y() + SPACE_4
        for each in self._bubble_words():
            each.draw(painter, rect.x() + SPACE_8, y)
            y += each.height


def paint_drawing(painter: QPainter, drawing: Drawing, bands: Sequence[Band]) -> None:
    """Paint places by class, then their names, records, and the scale."""
    by_band: dict[int, list[Shape]] = {}
    for shape in drawing.shapes:
        by_band.setdefault(shape.place.band, []).append(shape)
    paths = {number: [_path(shape) for shape in some] for number, some in by_band.items()}
    few = len(drawing.shapes) <= _MANY
    for number, some in paths.items():
        _fill(painter, some, bands[number])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pens = {True: _border(few=few, sure=True), False: _border(few=few, sure=False)}
    for number, some in paths.items():
        for shape, path in zip(by_band[number], some, strict=True):
            painter.setPen(pens[shape.place.sure])
            painter.drawPath(path)
    _paint_names(painter, drawing, {number: level_of(band) for number, band in enumerate(bands)})
    painter.setPen(QPen(colour(Token.PANEL), 1))
    painter.setBrush(colour(Token.ACCENT))
    for dot in drawing.dots:
        painter.drawEllipse(QPointF(dot.x, dot.y), _DOT, _DOT)
    _paint_scale(painter, drawing)


def _border(*, few: bool, sure: bool) -> QPen:
    pen = QPen(colour(Token.LINE2), 1.0 if few else 0.6)
    if few and not sure:
        pen.setDashPattern([3, 2])
        pen.setColor(colour(Token.TEXT2))
    return pen


def _path(shape: Shape) -> QPainterPath:
    path = QPainterPath()
    for each in shape.paths:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in zip(each[0::2], each[1::2], strict=True)]))
        path.closeSubpath()
    return path


def _fill(painter: QPainter, paths: Sequence[QPainterPath], band: Band) -> None:
    """Fill shapes with the colour of a class, and over it its pattern."""
    painter.setPen(Qt.PenStyle.NoPen)
    brushes = [QBrush(colour(level_of(band).fill))]
    if band.pattern in _BRUSHES:
        brushes.append(_over(band))
    for brush in brushes:
        painter.setBrush(brush)
        for path in paths:
            painter.drawPath(path)


def _paint_names(painter: QPainter, drawing: Drawing, levels: Mapping[int, Level]) -> None:
    """Write name and figure where they fit, on a ground of the class's colour so that no pattern runs through them."""
    letters = metrics(Type.CAPTION)
    size, high = letters.height() * 0.75, letters.height()
    for shape in drawing.shapes:
        lines = fitting(shape, size)
        middle = (shape.room.top + shape.room.bottom) / 2 if lines else 0.0
        across = (shape.room.left + shape.room.right) / 2 if lines else 0.0
        level = levels[shape.place.band]
        for number, words in enumerate(lines):
            bold = number == len(lines) - 1 and bool(shape.place.brief)
            wide = metrics(Type.CAPTION, bold=bold).horizontalAdvance(words)
            spot = QRectF(across - wide / 2, middle + (number - len(lines) / 2) * high, wide, high)
            box(painter, spot.adjusted(-2, 1, 2, -1), fill=level.fill, radius=3)
            painter.setFont(font(Type.CAPTION, bold=bold))
            painter.setPen(colour(level.figure))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, words)


def _paint_scale(painter: QPainter, drawing: Drawing) -> None:
    if drawing.scale is None:
        return
    length, told = drawing.scale
    words = Words(told, CAPTION)
    x, y = SPACE_8, drawing.height - SPACE_8
    box(painter, QRectF(x - 4, y - 14, length + words.width + 14, 20), fill=Token.PANEL, radius=3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(Token.TEXT2), 1.2))
    corners = (x, y - 4), (x, y), (x + length, y), (x + length, y - 4)
    painter.drawPolyline(QPolygonF([QPointF(*each) for each in corners]))
    words.draw(painter, x + length + 6, y - words.height + 4)


def _rect(shape: Box) -> QRectF:
    return QRectF(shape.left, shape.top, shape.width, shape.height)
