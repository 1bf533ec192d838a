"""A list whose rows have a name, a line below it and a state at the right; nothing in it is ever cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from p2kp_desktop.ui.kit.painting import box, icon_in, painting_of, ring, rule
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import ICON, ICON_SMALL, SPACE_8, SPACE_12, SPACE_16
from p2kp_desktop.ui.look.tokens import Token

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
ENTRY = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Mark:
    """A state as icon and words in a colour."""

    icon: str
    tone: Token
    words: str


@dataclass(frozen=True)
class Entry:
    """A row: its icon, its name, the line below, the state at its right."""

    title: str
    caption: str
    icon: str = ""
    mark: Mark | None = None

    @property
    def sentence(self) -> str:
        """Return the row as it is read aloud."""
        return ", ".join(part for part in (self.title, self.caption, self.mark.words if self.mark else "") if part)


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
    """Arrow keys move, Enter opens; it is as high as its rows up to a limit, or fills its place without one."""

    moved = Signal(int)
    opened = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.entries = Entries(self)
        self._most = 0
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
        self._most = most
        if self.entries.rows != tuple(rows):
            self.entries.show_rows(rows)
        self.go_to(min(here, len(rows) - 1))
        self._fit()

    @property
    def place(self) -> int:
        """Return the number of the current row, -1 without rows."""
        return self.currentIndex().row()

    def go_to(self, place: int) -> None:
        """Make this row the current one."""
        self.setCurrentIndex(self.entries.index(place, 0))

    def _fit(self) -> None:
        if not self._most:
            return
        heights = [self.sizeHintForRow(place) for place in range(len(self.entries.rows))]
        self.setFixedHeight(sum(heights[: self._most]))

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


class _Painter(QStyledItemDelegate):
    """Paints a row on two lines; both wrap."""

    def __init__(self, view: EntryList) -> None:
        super().__init__(view)
        self._view = view

    def _words(self, row: Entry, width: float) -> tuple[Words, Words, Words]:
        mark = row.mark or Mark("", Token.TEXT2, "")
        state = Words(mark.words, Style(Type.CAPTION, tone=mark.tone))
        room = width - _left(row) - SPACE_16
        room -= state.width + ICON_SMALL + SPACE_8 + SPACE_16 if row.mark else 0
        name = Words(row.title, Style(bold=True), room)
        return name, Words(row.caption, Style(Type.CAPTION, tone=Token.TEXT2), room), state

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
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
        if row.mark:
            spot = QRectF(rect.right() - SPACE_16 - state.width - ICON_SMALL - SPACE_8, rect.y(), ICON, rect.height())
            icon_in(painter, row.mark.icon, spot, ICON_SMALL, row.mark.tone)
            state.draw_in(painter, rect.adjusted(spot.x() - rect.x() + ICON_SMALL + SPACE_8, 0, 0, 0))


def _left(row: Entry) -> int:
    return SPACE_16 + ICON + SPACE_8 if row.icon else SPACE_12
