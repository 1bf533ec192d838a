"""RT tiles: a grid coloured by completeness, each tile a way to its RT."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting, ring
from p2kp_desktop.ui.kit.pressable import Pressable, reach_with_tab, step_to
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import ICON_TEXT, RADIUS_ROW, SPACE_4, tall
from p2kp_desktop.ui.look.scales import completeness
from p2kp_desktop.ui.look.tokens import Token

WIDTH, HEIGHT = 50, 40  # least; tiles grow to fill their row
RING = 3  # pixels around a tile kept free for its ring
_OVERLAP = 1  # of the rooms for the rings of two rows


@dataclass(frozen=True)
class TileFacts:
    """An RT: its number, the per cent surveyed, what waits in it (returned, conflict), the sentence to hear."""

    number: str
    percent: float
    sentence: str
    waiting: Status | None = None


class RtTile(Pressable):
    """One RT; the current one wears a ring in the colour of text, the focused one in accent."""

    def __init__(self, facts: TileFacts, *, current: bool = False) -> None:
        super().__init__(facts.sentence)
        self._facts, self._current = facts, current
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(facts.sentence)

    @property
    def number(self) -> str:
        """Return the number that stands on it."""
        return self._facts.number

    def show_current(self, *, current: bool) -> None:
        """Show whether this is the RT in use."""
        self._current = current
        self.update()

    def _inner_width(self) -> float:
        number = metrics(Type.CAPTION).horizontalAdvance(self._facts.number)
        return number + (SPACE_4 + ICON_TEXT if self._facts.waiting else 0)

    @override
    def sizeHint(self) -> QSize:
        width = max(WIDTH, ceil(self._inner_width()) + 2 * SPACE_4)
        height = tall(HEIGHT, metrics(Type.CAPTION), room=SPACE_4 * 2)
        return QSize(width + 2 * RING, height + 2 * RING)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        level = completeness(self._facts.percent)
        rect = self.rect().toRectF()
        tile = rect.adjusted(RING, RING, -RING, -RING)
        with painting(self) as painter:
            line = Token.ACCENT if self.lit else level.line
            box(painter, tile, fill=level.fill, line=line, radius=RADIUS_ROW)
            self._paint_number(painter, tile, level.figure)
            if self.hasFocus() or self._current:
                ring(painter, rect, RADIUS_ROW + RING, Token.ACCENT if self.hasFocus() else Token.TEXT)

    def _paint_number(self, painter: QPainter, tile: QRectF, figure: Token) -> None:
        number = Words(self._facts.number, Style(Type.CAPTION, tone=figure))
        x = tile.center().x() - self._inner_width() / 2
        number.draw_in(painter, tile.adjusted(x - tile.x(), 0, 0, 0))
        if self._facts.waiting:
            icon = self._facts.waiting.look.icon
            draw_icon(painter, icon, x + number.width + SPACE_4, tile.center().y() - ICON_TEXT / 2, ICON_TEXT, figure)


class RtGrid(QWidget):
    """Tiles in as many columns as fit; Tab enters the grid, the arrow keys move in it, Enter opens."""

    opened = Signal(str)

    def __init__(self, tiles: tuple[TileFacts, ...], current: str = "") -> None:
        super().__init__()
        self._tiles: list[Pressable] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_tiles(tiles, current)

    def show_tiles(self, tiles: tuple[TileFacts, ...], current: str = "") -> None:
        """Show other RTs."""
        for tile in self._tiles:
            tile.deleteLater()
        self._tiles = [self._tile(facts, current=facts.number == current) for facts in tiles]
        names = [facts.number for facts in tiles]
        reach_with_tab(self._tiles, self._tiles[names.index(current)] if current in names else None)
        self._place()

    @property
    def in_focus(self) -> str:
        """Return the number on the tile in focus, "" where none is."""
        tile = self.focusWidget()
        return tile.number if isinstance(tile, RtTile) and tile.hasFocus() else ""

    def _tile(self, facts: TileFacts, *, current: bool) -> Pressable:
        tile = RtTile(facts, current=current)
        tile.setParent(self)
        tile.clicked.connect(lambda: self.opened.emit(facts.number))
        tile.show()
        return tile

    def _tile_size(self) -> QSize:
        hints = [tile.sizeHint() for tile in self._tiles]
        return QSize(max((h.width() for h in hints), default=WIDTH), max((h.height() for h in hints), default=HEIGHT))

    def _columns(self, width: int) -> int:
        return max(1, width // self._tile_size().width())

    @override
    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._tiles) // self._columns(width))
        return rows * (self._tile_size().height() - _OVERLAP) + _OVERLAP

    @override
    def sizeHint(self) -> QSize:
        width = max(self.width(), self.minimumSizeHint().width())
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        size = self._tile_size()
        return QSize(size.width() * min(4, max(len(self._tiles), 1)), size.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        columns, height = self._columns(self.width()), self._tile_size().height()
        width = self.width() / columns
        for place, tile in enumerate(self._tiles):
            row, column = divmod(place, columns)
            left, right = round(column * width), round((column + 1) * width)
            tile.setGeometry(left, row * (height - _OVERLAP), right - left, height)
        self.updateGeometry()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = self._columns(self.width())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        focused = self.focusWidget()
        if isinstance(focused, RtTile) and event.key() in steps:
            step_to(self._tiles, self._tiles.index(focused) + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
