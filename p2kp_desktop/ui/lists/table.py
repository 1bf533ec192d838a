"""The tables of Pendataan: columns as wide as their widest plausible text, dropped from the right when narrow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QMetaMethod,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView
from typing_extensions import override

from p2kp_desktop.ui.kit.chip import Status, chip_size
from p2kp_desktop.ui.kit.controls import CHECK
from p2kp_desktop.ui.kit.table import Table
from p2kp_desktop.ui.kit.tablecells import EDGE, Content, lines_of
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import ICON_TEXT, SPACE_4, SPACE_8

SHARE_BAR = 44  # the track of a share, before its words


@dataclass(frozen=True)
class Column:
    """One column: `sample` is the widest plausible text, `drop` when it goes (1 first, 0 never).

    A column that wraps lets a row grow where its text has no room on one line; only lists that are all at hand have
    one. Its order is the key by which rows are sorted, empty for a column that cannot be sorted by. A column of
    statuses names those it may show, each with the longest remark after it.
    """

    key: str
    title: str
    content: Content = Content.TEXT
    sample: str = ""
    drop: int = 0
    order: str = ""
    stretches: bool = False
    wraps: bool = False
    statuses: tuple[tuple[Status, str], ...] = ()

    def width(self) -> int:
        """Return its width in logical pixels."""
        if self.content is Content.CHECK:
            return CHECK + 2 * EDGE
        small = self.content in (Content.STATUS, Content.VERDICT, Content.SHARE, Content.DATE)
        letters = metrics(Type.CAPTION) if small else metrics(bold=self.content in (Content.NAME, Content.LINK))
        inside = letters.horizontalAdvance(self.sample)
        if self.content is Content.VERDICT:
            inside += ICON_TEXT + SPACE_8
        elif self.content is Content.SHARE:
            inside += SHARE_BAR + SPACE_8
        elif self.content is Content.STATUS:
            inside = max(_status_width(status, remark) for status, remark in self.statuses)
        title = metrics(Type.CAPTION).horizontalAdvance(self.title) + (ICON_TEXT + SPACE_4 if self.order else 0)
        return ceil(max(inside, title)) + 2 * EDGE


def _status_width(status: Status, remark: str) -> float:
    chip = chip_size(status.look, filled=status.needs_a_person).width()
    return chip + (SPACE_8 + metrics(Type.CAPTION).horizontalAdvance(remark) if remark else 0)


class ListTable(Table):
    """A table whose columns fit; letters are left to the place, which knows what they do."""

    sorted_by = Signal(str, bool)  # the order of a column, descending
    opener: Any = None  # whose signal `opened` is what Enter means, where it is not the table's own

    def __init__(
        self, model: QAbstractItemModel, columns: Sequence[Column], name: str, *, two_lines: bool = False
    ) -> None:
        super().__init__(two_lines=two_lines)
        self.columns = tuple(columns)
        self.selects = any(column.content is Content.CHECK for column in columns)
        self._kept_out: frozenset[str] = frozenset()
        model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.sectionClicked.connect(self._sort)
        model.modelReset.connect(self._grow_rows)
        self._fit()

    @property
    @override
    def opens(self) -> bool:
        if self.opener is None:
            return super().opens
        return bool(self.opener.isSignalConnected(QMetaMethod.fromSignal(self.opener.opened)))

    def _sort(self, section: int) -> None:
        column, head = self.columns[section], self.horizontalHeader()
        if not column.order:
            return
        again = head.isSortIndicatorShown() and head.sortIndicatorSection() == section
        turned = again and head.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        self.show_order(column.order, descending=turned)
        self.sorted_by.emit(column.order, turned)

    def show_order(self, order: str, *, descending: bool) -> None:
        """Show by which column the rows are sorted."""
        head = self.horizontalHeader()
        orders = [column.order for column in self.columns]
        head.setSortIndicatorShown(order in orders and bool(order))
        if order and order in orders:
            turned = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(orders.index(order), turned)

    def next_order(self, step: int) -> None:
        """Sort by the next column to the right (or left) that can be sorted by."""
        head = self.horizontalHeader()
        able = [place for place, column in enumerate(self.columns) if column.order and not head.isSectionHidden(place)]
        if able:
            here = head.sortIndicatorSection() if head.isSortIndicatorShown() else -1
            place = able.index(here) + step if here in able else 0
            self._sort(able[place % len(able)])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """Drop as many columns as have no room, and share the rest of the room among those that stretch.

        Where those that stay have no room either, the widest is narrower: its text ends in …, and a tip tells it all.
        """
        room = self.viewport().width()
        widths = [column.width() for column in self.columns]
        shown = {place for place, column in enumerate(self.columns) if column.key not in self._kept_out}
        for place in sorted(shown, key=lambda place: self.columns[place].drop or len(widths) + 1):
            if sum(widths[each] for each in shown) > room and self.columns[place].drop:
                shown.discard(place)
        if shown and (over := sum(widths[each] for each in shown) - room) > 0:
            widest = max(shown, key=widths.__getitem__)
            widths[widest] = max(widths[widest] - over, widths[widest] // 2)
        stretching = [place for place in shown if self.columns[place].stretches]
        spare = max(room - sum(widths[each] for each in shown), 0) // max(len(stretching), 1)
        with QSignalBlocker(self.horizontalHeader()):
            for place, column in enumerate(self.columns):
                self.setColumnHidden(place, place not in shown)
                self.setColumnWidth(place, widths[place] + (spare if column.stretches else 0))
        self._grow_rows()
        self.updateGeometries()
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def _grow_rows(self) -> None:
        """Give each row as many lines as its longest text takes, where a column wraps."""
        wrapping = [place for place, each in enumerate(self.columns) if each.wraps and not self.isColumnHidden(place)]
        rows = self.verticalHeader()
        line = metrics().height()
        for row in range(self.model().rowCount()) if wrapping else ():
            lines = max(
                lines_of(str(self.model().index(row, place).data() or ""), self.columns[place].content,
                         self.columnWidth(place))
                for place in wrapping
            )
            rows.resizeSection(row, rows.defaultSectionSize() + ceil((lines - 1) * line))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.text().isalnum() and plain:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def selected_rows(self) -> list[int]:
        """Return the rows with a check, in order; a list of any length is quick, for it is kept as ranges."""
        ranges = self.selectionModel().selection().toList()
        return sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})

    def select_rows(self, rows: Iterable[int]) -> None:
        """Give these rows a check, and no others."""
        chosen = QItemSelection()
        last = self.model().columnCount() - 1
        for row in rows:
            chosen.select(self.model().index(row, 0), self.model().index(row, last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keep_out(self, keys: Iterable[str]) -> None:
        """Leave out these columns, which would say the same in every row."""
        self.lay_out(self.columns, keys)

    def lay_out(self, columns: Sequence[Column], without: Iterable[str]) -> None:
        """Lay these columns out, as many and in the order as at first, but for some that would tell nothing."""
        if (tuple(columns), frozenset(without)) != (self.columns, self._kept_out):
            self.columns, self._kept_out = tuple(columns), frozenset(without)
            self._fit()

    def show_row(self, row: int) -> None:
        """Make a row the current one and bring it into sight."""
        if 0 <= row < self.model().rowCount():
            first = next(place for place in range(len(self.columns)) if not self.isColumnHidden(place))
            place = self.model().index(row, first)
            self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(place)
