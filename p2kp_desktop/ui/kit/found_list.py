"""The list of what was found: a name, where it lies, and perhaps a box to check."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.controls import CHECK, draw_check
from p2kp_desktop.ui.kit.painting import box, icon_in, painting_of, ring, rule
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import ICON_SMALL, RADIUS_ROW, SPACE_8, SPACE_12, TABLE_ROW, tall
from p2kp_desktop.ui.look.tokens import Token

Index = QModelIndex | QPersistentModelIndex
_COLUMN, _NARROWEST = 200, 110  # pixels from the name to the detail
_LEAST = 40  # pixels below which a detail says nothing

_TOP = QModelIndex()
ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Entry:
    """One line of a list: its name, where it lies, what it stands for, an icon, a box (None: no box)."""

    name: str
    detail: str = ""
    value: object = None
    icon: str = ""
    checked: bool | None = None


class _Entries(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[Entry] = ()

    def put(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.entries)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.name}, {entry.detail}" if entry.detail else entry.name
        return None


class FoundList(QListView):
    """Entries to choose from, by ↑ ↓ and Enter, or with the mouse; a field may drive it from outside."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._entries = _Entries()
        self.setModel(self._entries)
        self._line = _Line(self)
        self.setItemDelegate(self._line)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)

    def list_entries(self, entries: Sequence[Entry], current: int = 0) -> None:
        """Show these entries, one of them current."""
        self._line.widest = max((metrics(Type.CAPTION).horizontalAdvance(each.detail) for each in entries), default=0)
        self._entries.put(entries)
        self._make_current(current)

    @property
    def current(self) -> int:
        """Return the place of the current entry; -1 without one."""
        return self.currentIndex().row()

    def height_of(self, rows: int) -> int:
        """Return the height, in logical pixels, of so many rows."""
        return rows * row_height() + 2

    def step(self, by: int) -> None:
        """Move the current entry, never beyond the ends."""
        self._make_current(max(0, min(self.current + by, len(self._entries.entries) - 1)))

    def scroll_to_current(self) -> None:
        """Bring the current entry into sight."""
        self.scrollTo(self.currentIndex())

    def _make_current(self, row: int) -> None:
        if 0 <= row < len(self._entries.entries):
            self.setCurrentIndex(self._entries.index(row, 0))

    def choose(self) -> None:
        """Take the current entry."""
        if 0 <= self.current < len(self._entries.entries):
            self.chosen.emit(self._entries.entries[self.current].value)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._make_current(index.row())
            self.choose()


def row_height() -> int:
    """Return the height of a line, in logical pixels."""
    return tall(TABLE_ROW + 1, metrics(bold=True), room=SPACE_8)


class _Line(QStyledItemDelegate):
    """Paints a line: box or icon, name bold, detail behind it."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.widest = 0.0  # detail of the list, in logical pixels: all begin where that one has room, if any

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, row_height())

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        with painting_of(painter):
            if state & QStyle.StateFlag.State_Selected:
                box(painter, rect, fill=Token.ACCENT_SOFT)
            elif state & QStyle.StateFlag.State_MouseOver:
                box(painter, rect, fill=Token.SUNKEN)
            rule(painter, rect)
            _paint_entry(painter, rect, index.data(ENTRY), self.widest)
            if state & QStyle.StateFlag.State_Selected:
                ring(painter, rect.adjusted(0, 0, 0, -1), RADIUS_ROW)


def _paint_entry(painter: QPainter, rect: QRectF, entry: Entry, widest: float) -> None:
    x = rect.x() + SPACE_12
    if entry.checked is not None:
        draw_check(painter, x, rect.y() + (rect.height() - CHECK) / 2, checked=entry.checked)
        x += CHECK + SPACE_12 - 2
    elif entry.icon:
        icon_in(painter, entry.icon, QRectF(x, rect.y(), ICON_SMALL, rect.height()), ICON_SMALL, Token.TEXT2)
        x += ICON_SMALL + SPACE_12 - 2
    room = rect.right() - x - SPACE_12
    shown = metrics(bold=True).elidedText(entry.name, Qt.TextElideMode.ElideRight, room)
    name = Words(shown, Style(bold=True))
    name.draw_in(painter, QRectF(x, rect.y(), name.width, rect.height()))
    rest = room - name.width - SPACE_12
    told = metrics(Type.CAPTION).elidedText(entry.detail, Qt.TextElideMode.ElideRight, rest) if rest > _LEAST else ""
    detail = Words(told, Style(Type.CAPTION, tone=Token.TEXT2))
    common = room - widest
    column = max(name.width + SPACE_12, common if _NARROWEST <= common < _COLUMN else _COLUMN)
    left = x + min(column, max(name.width + SPACE_12, rect.right() - x - detail.width - SPACE_12))
    detail.draw_in(painter, QRectF(left, rect.y(), detail.width, rect.height()))
