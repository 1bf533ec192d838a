"""The clauses of an agreement as on paper: four columns, grouped by aspect, who keeps each of them below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.painting import box, painting, ring, rule
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.words import CAPTION, Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import RADIUS_CARD, RADIUS_CHECK, SPACE_8, SPACE_12, TABLE_HEAD, tall
from p2kp_desktop.ui.look.tokens import Token

_NUMBER = 50  # the column of the number
_SHARES = (0.234, 0.233, 0.277, 0.256)  # of the rest: factual, ideal, rule, sanction
_BOX = 18
_ASPECT = Style(Type.CAPTION, bold=True, tone=Token.ACCENT_TEXT)
_TEXT = Style(Type.CAPTION, tone=Token.TEXT2)
_RULE = Style(Type.CAPTION)
_DETAILS = Style(Type.CAPTION, tone=Token.TEXT3)


@dataclass(frozen=True)
class Row:
    """One clause in words; `details` say who keeps it and how, `changed` since the version before."""

    record: str
    number: str
    factual: str
    ideal: str
    rule: str
    sanction: str
    details: str
    changed: bool


@dataclass(frozen=True)
class Group:
    """The clauses of one aspect."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Laid:
    row: Row
    top: float
    height: float
    cells: tuple[Words, ...]
    details: Words | None  # below the cells, as wide as all of them


class ClauseSheet(QWidget):
    """Arrow keys go from clause to clause, Enter opens one; it is as high as its text."""

    opened = Signal(str)
    moved = Signal(QRect)  # where the current clause stands, to be brought into sight

    def __init__(self) -> None:
        super().__init__()
        self.groups: tuple[Group, ...] = ()
        self.current = ""
        self._laid: list[_Laid] = []
        self._heads: list[tuple[str, float]] = []
        self._height = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def rows(self) -> list[Row]:
        """Return the clauses in the order of the sheet."""
        return [row for group in self.groups for row in group.rows]

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show other clauses; the current one stays current where it is still there."""
        self.groups = tuple(groups)
        rows = self.rows
        if self.current not in [row.record for row in rows]:
            self.current = rows[0].record if rows else ""
        self._lay_out(self.width())
        self.updateGeometry()
        self._say()

    def show_current(self, record: str) -> None:
        """Make a clause the current one and bring it into sight."""
        if record in [row.record for row in self.rows]:
            self.current = record
            self._say()

    def _say(self) -> None:
        row = next((row for row in self.rows if row.record == self.current), None)
        words = say("Pasal {number}: {rule}", number=row.number, rule=row.rule) if row else say("Belum ada pasal.")
        words = f"{words} {row.details}".strip() if row else words
        self.setAccessibleName(words)
        spot = next((laid for laid in self._laid if laid.row.record == self.current), None)
        if spot is not None:
            self.moved.emit(QRect(0, int(spot.top), self.width(), ceil(spot.height)))
        self.update()

    # Layout

    def _columns(self, width: float) -> list[tuple[float, float]]:
        """Return left edge and width of the four columns of text."""
        room, x, found = width - _NUMBER - SPACE_8, float(_NUMBER), []
        for share in _SHARES:
            found.append((x, room * share - SPACE_12))
            x += room * share
        return found

    def _lay_out(self, width: int) -> None:
        columns = self._columns(width)
        self._laid, self._heads = [], []
        top = float(self._head_height())
        for group in self.groups:
            self._heads.append((group.title, top))
            top += self._group_height()
            for row in group.rows:
                texts = ((row.factual, _TEXT), (row.ideal, _TEXT), (row.rule, _RULE), (row.sanction, _TEXT))
                cells = tuple(Words(text, style, column[1])
                              for (text, style), column in zip(texts, columns, strict=True))
                details = Words(row.details, _DETAILS, width - _NUMBER - SPACE_12) if row.details else None
                height = max(cell.height for cell in cells) + (details.height if details else 0) + 2 * SPACE_8 - 1
                self._laid.append(_Laid(row, top, height, cells, details))
                top += height
        self._height = top if self._laid else top + self._group_height() + SPACE_12

    def _head_height(self) -> int:
        return tall(TABLE_HEAD, metrics(Type.CAPTION), room=SPACE_8)

    def _group_height(self) -> int:
        return ceil(metrics(Type.CAPTION, bold=True).height()) + SPACE_8

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        self._lay_out(width)
        return ceil(self._height)

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, ceil(self._height))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out(self.width())
        super().resizeEvent(event)

    # Keys and mouse

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.current:
            self.opened.emit(self.current)
            return
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -4, Qt.Key.Key_PageDown: 4,
                 Qt.Key.Key_Home: -9999, Qt.Key.Key_End: 9999}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        ids = [row.record for row in self.rows]
        if ids:
            here = ids.index(self.current) if self.current in ids else 0
            self.show_current(ids[min(max(here + step, 0), len(ids) - 1)])

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        found = self._at(event.position().y())
        if found:
            self.show_current(found)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position().y())
        if found:
            self.opened.emit(found)

    def _at(self, y: float) -> str:
        return next((laid.row.record for laid in self._laid if laid.top <= y < laid.top + laid.height), "")

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # Paint

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint_head(painter)
            if not self._laid:
                spot = QRectF(_NUMBER, self._head_height(), self.width(), self._group_height() + SPACE_12)
                Words(say("Belum ada pasal. N menambah, C memilih dari contoh."), _TEXT).draw_in(painter, spot)
            for title, top in self._heads:
                spot = QRectF(0, top, self.width(), self._group_height())
                Words(title, _ASPECT).draw_in(painter, spot.adjusted(SPACE_12 - 2, 0, 0, 0))
                rule(painter, spot)
            for laid in self._laid:
                if event.rect().intersects(QRect(0, int(laid.top), self.width(), ceil(laid.height))):
                    self._paint_row(painter, laid)

    def _paint_head(self, painter: QPainter) -> None:
        head = QRectF(0, 0, self.width(), self._head_height())
        box(painter, head, fill=Token.SUNKEN, radius=RADIUS_CARD)
        box(painter, head.adjusted(0, head.height() / 2, 0, 0), fill=Token.SUNKEN)
        rule(painter, head, Token.LINE2)
        titles = (say("Kondisi faktual"), say("Kondisi ideal"), say("Aturan yang disepakati"), say("Sanksi"))
        for title, (x, width) in zip(titles, self._columns(self.width()), strict=True):
            Words(title, CAPTION).draw_in(painter, QRectF(x, 0, width, head.height()))

    def _paint_row(self, painter: QPainter, laid: _Laid) -> None:
        rect = QRectF(0, laid.top, self.width(), laid.height)
        current = laid.row.record == self.current and self.hasFocus()
        if current:
            box(painter, rect, fill=Token.SUNKEN)
        rule(painter, rect)
        number = Words(laid.row.number, Style(Type.CAPTION, bold=True,
                                              tone=Token.ACCENT_TEXT if laid.row.changed else Token.TEXT))
        width = max(_BOX, number.width + SPACE_8)
        spot = QRectF(_NUMBER - SPACE_8 - width, laid.top + SPACE_8 - 1, width, number.height)
        if laid.row.changed:
            box(painter, spot, line=Token.ACCENT, radius=RADIUS_CHECK)
        number.draw_in(painter, spot, Qt.AlignmentFlag.AlignHCenter)
        for cell, (x, _width) in zip(laid.cells, self._columns(self.width()), strict=True):
            cell.draw(painter, x, laid.top + SPACE_8 - 1)
        if laid.details:
            below = max(cell.height for cell in laid.cells)
            laid.details.draw(painter, _NUMBER, laid.top + SPACE_8 - 1 + below)
        if current:
            ring(painter, rect, 0)
