"""A list whose rows have a name, a line below or beside it and a state at the right; nothing is ever cut."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from p2kp_desktop.ui.kit.painting import box, icon_in, painting_of, ring, rule
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.words import Style, Words, write
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import ICON, ICON_SMALL, SPACE_8, SPACE_12, SPACE_16, SPACE_20, TABLE_ROW, tall
from p2kp_desktop.ui.look.tokens import Token

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
ENTRY = Qt.ItemDataRole.UserRole + 1
_STEP = 40  # how far apart columns may be set beyond what they need


@dataclass(frozen=True)
class Mark:
    """A state as icon and words in a colour."""

    icon: str
    tone: Token
    words: str


@dataclass(frozen=True)
class Entry:
    """A row: its icon, its name, the line below, a remark to that line, the state at its right."""

    title: str
    caption: str
    icon: str = ""
    mark: Mark | None = None
    remark: str = ""

    @property
    def below(self) -> str:
        """Return caption and remark as one line."""
        return " · ".join(part for part in (self.caption, self.remark) if part)

    @property
    def sentence(self) -> str:
        """Return the row as it is read aloud."""
        parts = (self.title, self.caption, self.remark, self.mark.words if self.mark else "")
        return ", ".join(part for part in parts if part)


class Entries(QAbstractListModel):
    """The rows in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Entry, ...] = ()

    def show_rows(self, rows: Sequence[Entry]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ENTRY:
            return row
        return row.sentence if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class EntryList(QListView):
    """Arrow keys move, Enter opens; it is as high as its rows up to a limit, or fills its place without one.

    With `columns` a row is one line, name, caption and remark each in its column, as long as all rows fit so.
    """

    moved = Signal(int)
    opened = Signal(int)

    def __init__(self, name: str, *, columns: bool = False) -> None:
        super().__init__()
        self.entries = Entries(self)
        self._most = 0
        self._in_columns = columns
        self._wanted: tuple[float, ...] = ()
        self.setModel(self.entries)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)
        self.selectionModel().currentChanged.connect(lambda index, _before: self.moved.emit(index.row()))

    def show_rows(self, rows: Sequence[Entry], *, most: int = 0, at: int | None = None) -> None:
        """Show these rows, at most `most` of them in sight (0: no limit), the current one kept or put `at` a row."""
        here = max(self.place, 0) if at is None else at
        if self.entries.rows != tuple(rows):
            self._wanted = _widths(rows) if self._in_columns else ()
            self.entries.show_rows(rows)
        self.go_to(min(here, len(rows) - 1))
        self.keep_in_sight(most)

    def keep_in_sight(self, most: int) -> None:
        """Be as high as so many rows (0: as high as the page gives)."""
        self._most = most
        self._fit()

    @property
    def place(self) -> int:
        """Return the number of the current row, -1 without rows."""
        return self.currentIndex().row()

    def go_to(self, place: int) -> None:
        """Make this row the current one."""
        self.setCurrentIndex(self.entries.index(place, 0))

    @property
    def columns(self) -> tuple[float, ...]:
        """Return where the three texts of a row begin beside each other; nothing where they do not fit."""
        if not self._wanted:
            return ()
        title, caption, remark, alone, mark = self._wanted
        first = SPACE_16 + ICON + SPACE_8
        beside = max(caption + SPACE_20 + remark, alone)
        used = first + title + SPACE_20 + beside + SPACE_20 + mark + SPACE_16
        spare = self.width() - 2 * self.frameWidth() - self.verticalScrollBar().sizeHint().width() - used
        if spare < 0:
            return ()
        step = min(spare / 3, _STEP)
        second = first + title + SPACE_20 + step
        return first, second, second + caption + SPACE_20 + step

    def _fit(self) -> None:
        """Take the height of the rows in sight, one less where they take two lines each."""
        if not self._most:
            return
        most = self._most if self.columns or not self._in_columns else max(self._most - 1, 2)
        self.setFixedHeight(sum(self.sizeHintForRow(place) for place in range(min(len(self.entries.rows), most))))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.place >= 0:
            self.opened.emit(self.place)
        elif event.text() and not event.text().isspace():
            event.ignore()  # digits choose an answer, letters do not search
        else:
            super().keyPressEvent(event)


def _widths(rows: Sequence[Entry]) -> tuple[float, ...]:
    """Return how wide at most are name, caption, remark, a caption without a remark, and the state."""
    bold, small = metrics(bold=True), metrics(Type.CAPTION)

    def widest(texts: Iterable[str]) -> float:
        return max((small.horizontalAdvance(text) for text in texts), default=0.0)

    return (
        max((bold.horizontalAdvance(row.title) for row in rows), default=0.0),
        widest(row.caption for row in rows if row.remark),
        widest(row.remark for row in rows),
        widest(row.caption for row in rows if not row.remark),
        widest(row.mark.words for row in rows if row.mark) + ICON_SMALL + SPACE_8,
    )


class _Painter(QStyledItemDelegate):
    """Paints a row on one line in columns where that fits, else on two lines, which wrap."""

    def __init__(self, view: EntryList) -> None:
        super().__init__(view)
        self._view = view

    def _words(self, row: Entry, width: float) -> tuple[Words, Words, Words]:
        mark = row.mark or Mark("", Token.TEXT2, "")
        state = Words(mark.words, Style(Type.CAPTION, tone=mark.tone))
        room = width - _left(row) - SPACE_16
        room -= state.width + ICON_SMALL + SPACE_8 + SPACE_16 if row.mark else 0
        name = Words(row.title, Style(bold=True), room)
        return name, Words(row.below, Style(Type.CAPTION, tone=Token.TEXT2), room), state

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        if self._view.columns:
            return QSize(width, tall(TABLE_ROW, metrics(bold=True), room=SPACE_8))
        name, caption, _ = self._words(index.data(ENTRY), width)
        return QSize(width, ceil(name.height + caption.height + SPACE_12))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Entry = index.data(ENTRY)
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        current = index.row() == self._view.place
        with painting_of(painter):
            box(painter, rect, fill=Token.ACCENT_SOFT if current else Token.PANEL)
            rule(painter, rect)
            if columns := self._view.columns:
                self._paint_columns(painter, rect, row, columns)
            else:
                self._paint_row(painter, rect, row)
            if current and self._view.hasFocus():
                ring(painter, rect, 0)

    def _paint_row(self, painter: QPainter, rect: QRectF, row: Entry) -> None:
        name, caption, state = self._words(row, rect.width())
        if row.icon:
            icon_in(painter, row.icon, rect.adjusted(SPACE_16, 0, 0, 0), ICON, Token.ACCENT_TEXT)
        top = rect.y() + (rect.height() - name.height - caption.height) / 2
        name.draw(painter, rect.x() + _left(row), top)
        caption.draw(painter, rect.x() + _left(row), top + name.height)
        self._paint_mark(painter, rect, row, state)

    def _paint_columns(self, painter: QPainter, rect: QRectF, row: Entry, columns: Sequence[float]) -> None:
        if row.icon:
            icon_in(painter, row.icon, rect.adjusted(SPACE_16, 0, 0, 0), ICON, Token.ACCENT_TEXT)
        small = Style(Type.CAPTION, tone=Token.TEXT2)
        texts = ((row.title, Style(bold=True)), (row.caption, small), (row.remark, small))
        for left, (text, style) in zip(columns, texts, strict=True):
            write(painter, rect.adjusted(left, 0, 0, 0), text, style)
        if row.mark:
            state = Words(row.mark.words, Style(Type.CAPTION, tone=row.mark.tone))
            self._paint_mark(painter, rect, row, state)

    def _paint_mark(self, painter: QPainter, rect: QRectF, row: Entry, state: Words) -> None:
        if row.mark:
            spot = QRectF(rect.right() - SPACE_16 - state.width - ICON_SMALL - SPACE_8, rect.y(), ICON, rect.height())
            icon_in(painter, row.mark.icon, spot, ICON_SMALL, row.mark.tone)
            state.draw_in(painter, rect.adjusted(spot.x() - rect.x() + ICON_SMALL + SPACE_8, 0, 0, 0))


def _left(row: Entry) -> int:
    return SPACE_16 + ICON + SPACE_8 if row.icon else SPACE_12
