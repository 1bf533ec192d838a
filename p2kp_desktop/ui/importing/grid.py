"""The rows of an import as a table of any size: what each row does at the left, what each column answers above."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QTableView, QWidget
from typing_extensions import override

from p2kp_desktop.actions.importing.import_preview import Cell, ColumnHead, Preview, PreviewLine
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.labels import surface
from p2kp_desktop.ui.kit.note import Weight
from p2kp_desktop.ui.kit.painting import box, icon_in, painting_of, ring, rule
from p2kp_desktop.ui.kit.table import Table, TableHead
from p2kp_desktop.ui.kit.tablecells import EDGE, KIND, PROBLEM, Content, Index, TableDelegate
from p2kp_desktop.ui.kit.words import Style, write
from p2kp_desktop.ui.lists.looks import NOWHERE
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import ICON_TEXT, RADIUS_ROW, SPACE_4, SPACE_8
from p2kp_desktop.ui.look.tokens import Token

from .outcomes import LOOKS

_NARROW, _WIDE = 84, 230  # pixels of a column
_SAMPLE = 40  # rows that are measured
_OVER = Style(Type.CAPTION, tone=Token.TEXT3)
_ANSWERED = Style(Type.CAPTION, bold=True, tone=Token.TEXT)
_UNANSWERED = Style(Type.CAPTION, tone=Token.WARN)


class GridModel(QAbstractTableModel):
    """The lines of one preview that have the outcome wanted; a cell is read when it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.preview: Preview | None = None
        self.heads: tuple[ColumnHead, ...] = ()
        self.lines: tuple[PreviewLine, ...] = ()

    def show_preview(self, preview: Preview | None, outcomes: Sequence[str] = ()) -> None:
        """Show the lines with one of these outcomes; all without one."""
        self.beginResetModel()
        self.preview = preview
        self.heads = preview.heads if preview else ()
        lines = preview.lines if preview else ()
        self.lines = tuple(line for line in lines if not outcomes or line.outcome in outcomes)
        self.endResetModel()

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the cell in a row and column; None where there is none."""
        if self.preview is None or not (0 <= row < len(self.lines) and 0 <= column < len(self.heads)):
            return None
        return self.preview.cell(self.lines[row], self.heads[column])

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.heads)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, PROBLEM, KIND):
            return None
        cell = self.cell(index.row(), index.column())
        if cell is None:
            return None
        if role == PROBLEM:
            return Weight.HARD if cell.error else None
        if role == KIND:
            return Content.DATE if cell.aside else Content.TEXT  # what is not taken is written small
        return cell.text if role == Qt.ItemDataRole.DisplayRole else self._spoken(index, cell)

    def _spoken(self, index: Index, cell: Cell) -> str:
        head, line = self.heads[index.column()], self.lines[index.row()]
        outcome = LOOKS[line.outcome].word()
        why = f"{cell.error.rule} {cell.error.remedy}" if cell.error else ""
        number = say("Baris {row}", row=line.row.place.row)
        return f"{number}, {outcome}. {head.label or head.heading}: {cell.text} {why}".strip()

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            head = self.heads[section]
            return f"{head.letter} {head.heading}: {head.label or say('tidak dibaca')}"
        return str(self.lines[section].row.place.row)


class Grid(Table):
    """Arrow keys move cell by cell; Enter gives the column to another question, Delete skips the row."""

    moved = Signal()
    gives = Signal(int)  # the column whose question is to be changed
    skips = Signal()

    def __init__(self, model: GridModel) -> None:
        super().__init__()
        self._delegate: TableDelegate = _Cells(self)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(_Heads(self, model))
        self.setVerticalHeader(_Marks(self, model))
        self._set_up_rows()
        self.verticalHeader().show()
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
        model.setParent(self)
        self.setModel(model)
        self._model = model
        self.setAccessibleName(say("Baris yang akan masuk"))
        corner = QWidget()
        surface(corner, Token.PANEL)
        self.setCornerWidget(corner)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().sectionClicked.connect(self.gives)

    def fit(self) -> None:
        """Give each column the width of what stands in its first rows."""
        letters, small = metrics(), metrics(Type.CAPTION, bold=True)
        for column, head in enumerate(self._model.heads):
            cells = (self._model.cell(row, column) for row in range(min(_SAMPLE, len(self._model.lines))))
            texts = [letters.horizontalAdvance(each.text) for each in cells if each]
            above = [small.horizontalAdvance(text) for text in _titles(head)]
            self.setColumnWidth(column, round(max(_NARROW, min(max([*texts, *above], default=0) + 2 * EDGE, _WIDE))))

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one and bring it into sight."""
        index = self._model.index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Space):
            self.skips.emit()
        elif event.key() == Qt.Key.Key_Escape or (event.text().isalnum() and not event.modifiers()):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.gives.emit(self.currentIndex().column())
        else:
            super().keyPressEvent(event)


def _titles(head: ColumnHead) -> tuple[str, str]:
    """Return the two lines over a column: its place and heading in the file, and below them the question it answers."""
    return f"{head.letter}  {head.heading}".strip(), head.label or say("tidak dibaca")


class _Cells(TableDelegate):
    """Paints the ring around one cell."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index == self._table.currentIndex():
            with painting_of(painter):
                rect = QRectF(option.rect)  # type: ignore[attr-defined]
                ring(painter, rect, RADIUS_ROW, Token.ACCENT if self._table.hasFocus() else Token.LINE2)

    @override
    def _paint_ring(self, painter: QPainter, rect: QRectF, column: int) -> None:
        """Leave the row without one: cells are current here."""


class _Heads(TableHead):
    """Two lines over each column: what the file says, what it answers."""

    def __init__(self, table: QTableView, model: GridModel) -> None:
        super().__init__(table)
        self._model = model
        self.setStretchLastSection(False)
        self.setFixedHeight(round(2 * metrics(Type.CAPTION).height() + 2 * SPACE_4 + 1))

    @override
    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        return QSize(_NARROW, self.height())

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        whole = rect.toRectF()
        head = self._model.heads[logicalIndex]
        above, below = _titles(head)
        with painting_of(painter):
            painter.setClipRect(whole)
            box(painter, whole, fill=Token.SUNKEN)
            box(painter, whole.adjusted(0, whole.height() - 1, 0, 0), fill=Token.LINE2)
            box(painter, whole.adjusted(whole.width() - 1, SPACE_8, 0, -SPACE_8), fill=Token.LINE)
            inner = whole.adjusted(EDGE, SPACE_4, -EDGE, -SPACE_4 - 1)
            half = inner.height() / 2
            style = _ANSWERED if head.key else _UNANSWERED
            if above:
                write(painter, inner.adjusted(0, 0, 0, -half), _short(above, _OVER, inner.width()), _OVER)
                inner.adjust(0, half, 0, 0)
            write(painter, inner, _short(below, style, inner.width()), style)


def _short(text: str, style: Style, width: float) -> str:
    return metrics(style.size, bold=style.bold).elidedText(text, Qt.TextElideMode.ElideRight, width)


class _Marks(QHeaderView):
    """At the left, always in sight: the row's number in the file and what it does here."""

    def __init__(self, table: QTableView, model: GridModel) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self._model = model
        self.setHighlightSections(False)
        small = metrics(Type.CAPTION)
        self._number = small.horizontalAdvance("00000")
        words = max(small.horizontalAdvance(look.word()) for look in LOOKS.values())
        self.setFixedWidth(round(EDGE + self._number + SPACE_8 + ICON_TEXT + SPACE_4 + words + EDGE))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not 0 <= logicalIndex < len(self._model.lines):
            return
        line = self._model.lines[logicalIndex]
        look = LOOKS[line.outcome]
        whole = rect.toRectF()
        with painting_of(painter):
            box(painter, whole, fill=Token.SUNKEN)
            rule(painter, whole)
            box(painter, whole.adjusted(whole.width() - 1, 0, 0, 0), fill=Token.LINE2)
            at = whole.adjusted(EDGE, 0, -EDGE, 0)
            number = QRectF(at.x(), at.y(), self._number, at.height())
            write(painter, number, str(line.row.place.row), _OVER, Qt.AlignmentFlag.AlignRight)
            at.adjust(self._number + SPACE_8, 0, 0, 0)
            icon_in(painter, look.icon, at, ICON_TEXT, look.tone)
            write(painter, at.adjusted(ICON_TEXT + SPACE_4, 0, 0, 0), look.word(), Style(Type.CAPTION, tone=look.tone))
