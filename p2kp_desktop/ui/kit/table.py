"""A table of records: rows as a whole, one current, any number selected, opened with Enter."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting, painting_of
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.tablecells import EDGE, Content, Index, TableDelegate, kind_of
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import ICON_TEXT, RADIUS_CARD, SPACE_4, SPACE_8, TABLE_HEAD, tall
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token

Flags = QItemSelectionModel.SelectionFlag
_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
)


class Table(QTableView):
    """Arrow keys move the current row and leave the selection alone; Space or its check box selects it."""

    row_opened = Signal(int)
    enters = ""  # what Enter does, as the line of keys calls it; "" opens the row
    selects = False  # whether its rows have a box, which Space checks

    def __init__(self, *, two_lines: bool = False) -> None:
        super().__init__()
        self._delegate = TableDelegate(self, two_lines=two_lines)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(TableHead(self))
        self._set_up_rows()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda index: self.row_opened.emit(index.row()))

    def mark_current(self) -> None:
        """Let the current row show without the focus too: what stands beside the table is of it."""
        self._delegate.marks_current = True

    @property
    def opens(self) -> bool:
        """Say whether Enter opens a row."""
        return is_heard(self, "row_opened(int)")

    def _set_up_rows(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(self._delegate.row_height())
        rows.setDefaultSectionSize(self._delegate.row_height())

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    @override
    def selectionCommand(self, index: Index, event: QEvent | None = None) -> Flags:
        toggle = Flags.Toggle | Flags.Rows
        if isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Space:
                return toggle
            if event.key() in _MOVES and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return Flags.NoUpdate
        plain = isinstance(event, QMouseEvent) and event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event is not None and event.type() == QEvent.Type.MouseButtonPress:
            return toggle if kind_of(index) is Content.CHECK else Flags.NoUpdate
        return Flags.NoUpdate if plain else super().selectionCommand(index, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.currentIndex().isValid():
            self.row_opened.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape and self.model() is not None and self.selectionModel().hasSelection():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._light(self.rowAt(round(event.position().y())))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._light(-1)

    def _light(self, row: int) -> None:
        if row != self._delegate.lit_row:
            self._delegate.lit_row = row
            self.viewport().update()


def is_heard(sender: QObject, signal: str) -> bool:
    """Say whether anything is connected to a signal, which is named as Qt does: `row_opened(int)`."""
    described = sender.metaObject()  # QMetaMethod.fromSignal would keep the sender, and its page, in memory for ever
    return sender.isSignalConnected(described.method(described.indexOfSignal(signal)))


class TableHead(QHeaderView):
    """Column titles; the one sorted by has an arrow after it."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(2 * EDGE + ICON_TEXT)
        self.setFixedHeight(tall(TABLE_HEAD, metrics(Type.CAPTION), room=SPACE_8))

    def _title(self, section: int) -> Words:
        title = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        return Words("" if title is None else str(title), Style(Type.CAPTION, tone=Token.TEXT3))

    def _sorted_by(self, section: int) -> bool:
        return self.isSortIndicatorShown() and self.sortIndicatorSection() == section

    def _at_right(self, section: int) -> bool:
        first = self.model().index(0, section)
        return first.isValid() and kind_of(first) is Content.NUMBER

    @override
    def sizeHint(self) -> QSize:
        """Return its height, which is fixed: Qt would ask up to 200 titles for theirs, each time a column changes."""
        return QSize(0, self.height())

    @override
    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        width = 2 * EDGE + self._title(logicalIndex).width + ICON_TEXT + SPACE_4
        return QSize(round(width + 0.5), self.height())

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        whole = rect.toRectF()
        title = self._title(logicalIndex)
        with painting_of(painter):
            box(painter, whole, fill=Token.SUNKEN)
            box(painter, whole.adjusted(0, whole.height() - 1, 0, 0), fill=Token.LINE2)
            inner = whole.adjusted(EDGE, 0, -EDGE, 0)
            x = inner.right() - title.width if self._at_right(logicalIndex) else inner.x()
            title.draw(painter, x, inner.center().y() - title.height / 2)
            if self._sorted_by(logicalIndex):
                after = x - ICON_TEXT - SPACE_4 if self._at_right(logicalIndex) else x + title.width + SPACE_4
                self._paint_arrow(painter, after, inner.center().y())

    def _paint_arrow(self, painter: QPainter, x: float, middle: float) -> None:
        painter.translate(x + ICON_TEXT / 2, middle)
        if self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder:
            painter.rotate(180)
        draw_icon(painter, "arrow-down", -ICON_TEXT / 2, -ICON_TEXT / 2, ICON_TEXT, Token.TEXT2)


class TableCard(QFrame):
    """The sheet a table lies on, its corners round."""

    def __init__(self, table: QAbstractItemView) -> None:
        super().__init__()
        down(table, into=self, margins=(1, 1))
        self._corners = _Corners(self)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._corners.setGeometry(self.rect())
        self._corners.raise_()


class _Corners(QWidget):
    """Rounds what lies below it: the desk outside the corners, and the border."""

    def __init__(self, card: QWidget) -> None:
        super().__init__(card)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        outside = QPainterPath()
        outside.addRect(rect)
        inside = QPainterPath()
        inside.addRoundedRect(rect, RADIUS_CARD, RADIUS_CARD)
        with painting(self) as painter:
            painter.fillPath(outside.subtracted(inside), colour(Token.WINDOW))
            box(painter, rect, line=Token.LINE, radius=RADIUS_CARD)
