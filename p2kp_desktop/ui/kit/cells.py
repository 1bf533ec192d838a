"""How far a form is filled: one cell per question, its problems taller than the rest."""

from enum import Enum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.look.tokens import Token

_APART = 3
_TALLEST = 14
_LEAST = 5


class Cell(Enum):
    """The state of one question: its colour and the height of its cell in logical pixels."""

    TO_DO = Token.NEUTRAL_BG, 6
    DONE = Token.ACCENT, 6
    SKIPPED = Token.LINE2, 8
    SOFT = Token.WARN_LINE, 14
    HARD = Token.ERR, 14
    CONFLICT = Token.CONF, 14


class ProgressCells(QWidget):
    """A thin row of cells; the question in focus is outlined."""

    def __init__(self, cells: tuple[Cell, ...], here: int | None = None, name: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_cells(cells, here, name)

    def show_cells(self, cells: tuple[Cell, ...], here: int | None = None, name: str = "") -> None:
        """Show other states; `name` says in words how far the form is."""
        self._cells, self._here = cells, here
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(len(self._cells) * (18 + _APART), _TALLEST)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(len(self._cells) * (_LEAST + _APART), _TALLEST)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        pitch = (self.width() + _APART) / max(len(self._cells), 1)
        with painting(self) as painter:
            for place, cell in enumerate(self._cells):
                left, right = round(place * pitch), round((place + 1) * pitch) - _APART
                self._paint_cell(painter, cell, left, right - left, here=place == self._here)

    def _paint_cell(self, painter: QPainter, cell: Cell, x: int, width: int, *, here: bool) -> None:
        token, height = cell.value
        if here:
            around = QRectF(x - 1, self.height() / 2 - 6, width + 2, 12)
            line = token if height == _TALLEST else Token.ACCENT
            box(painter, around, fill=Token.PANEL, line=line, width=2, radius=3)
            return
        spot = QRectF(x, (self.height() - height) / 2, width, height)
        if cell is Cell.SKIPPED:
            for tick in range(0, width - 1, 4):
                box(painter, QRectF(x + tick, spot.y(), 2, height), fill=token)
        else:
            box(painter, spot, fill=token, radius=2)
