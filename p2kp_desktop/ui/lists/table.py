"""The table of every list: as wide as its columns fit, or any number of them, wider than the window if need be."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView
from typing_extensions import override

from p2kp_desktop.schema.table import Column, Kind
from p2kp_desktop.ui.kit.table import Table, is_heard
from p2kp_desktop.ui.kit.tablecells import lines_of
from p2kp_desktop.ui.look.lettering import metrics

from . import looks

WIDEST_TITLE = 250  # pixels that a title may ask for where there are many columns
_STEP = 120  # pixels that ← and → move the columns


class ListTable(Table):
    """Letters are left to the place, which knows what they do.

    Columns that do not fit give way one after another; of a wide one they may be wider than the window, can be drawn
    wider, and ← and → move them.
    """

    sorted_by = Signal(str, bool)  # the key of a column, descending
    opener: Any = None  # whose signal `opened` is what Enter means, where it is not the table's own

    def __init__(
        self, model: QAbstractItemModel, columns: Sequence[Column[Any]], name: str, *, wide: bool = False
    ) -> None:
        super().__init__(two_lines=looks.two_lines(columns))
        self.columns = tuple(columns)
        self._wide, self._order, self._fitted = wide, ("", False), -1
        self.selects = wide or any(column.kind is Kind.CHECK for column in columns)
        self._kept_out: frozenset[str] = frozenset()
        self._lines: tuple[Any, ...] = ()  # by which columns are measured where room is short
        model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(name)
        head = self.horizontalHeader()
        head.sectionClicked.connect(self._sort)
        if wide:
            head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            head.setStretchLastSection(False)
            head.sectionResized.connect(lambda section, *_: self._fill(section))
        else:
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelReset.connect(self._grow_rows)
        self._lay_out()

    def show_columns(self, columns: Sequence[Column[Any]]) -> None:
        """Show other columns, which the model shows already."""
        self.columns = tuple(columns)
        self._lay_out()

    @property
    @override
    def opens(self) -> bool:
        if self.opener is None:
            return super().opens
        return is_heard(self.opener, "opened(PyObject)")

    # Sorting

    def _sort(self, section: int) -> None:
        column, (key, descending) = self.columns[section], self._order
        if not looks.is_sorted_by(column):
            self.show_order(key, descending=descending)  # the head has turned its arrow already
            return
        turned = column.key == key and not descending
        self.show_order(column.key, descending=turned)
        self.sorted_by.emit(column.key, turned)

    def show_order(self, key: str, *, descending: bool) -> None:
        """Show by which column the rows are sorted; "" for the usual order."""
        self._order = key, descending
        head, keys = self.horizontalHeader(), [column.key for column in self.columns]
        head.setSortIndicatorShown(key in keys)
        if key in keys:
            turned = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(keys.index(key), turned)
        head.viewport().update()

    def next_order(self, step: int) -> None:
        """Sort by the next column to the right (or left) that can be sorted by."""
        able = [place for place, column in enumerate(self.columns)
                if looks.is_sorted_by(column) and not self.isColumnHidden(place)]
        if able:
            here = next((place for place in able if self.columns[place].key == self._order[0]), None)
            place = able.index(here) + step if here is not None else 0
            self._sort(able[place % len(able)])

    # Widths

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._wide:
            super().resizeEvent(event)
            self._fill()
        else:
            if not self._has_lost_its_bar(event):
                self._fit()
            super().resizeEvent(event)

    def _has_lost_its_bar(self, event: QResizeEvent) -> bool:
        """Say whether there is more room only since no scroll bar is needed any more.

        The columns stay as they are then: laid out for the wider room the rows may be higher, and need the bar again,
        for ever.
        """
        return self.width() == self._fitted and event.size().width() > event.oldSize().width()

    def _lay_out(self) -> None:
        if not self._wide:
            self._fit()
            return
        for place, column in enumerate(self.columns):
            self.setColumnWidth(place, looks.width(column, widest_title=WIDEST_TITLE))
        self._fill()

    def _fill(self, resized: int = -1) -> None:
        """Let the last column take the room that the others leave, so that the rows end where the table does."""
        last = len(self.columns) - 1
        if last >= 0 and resized != last:
            left = self.viewport().width() - sum(map(self.columnWidth, range(last)))
            self.setColumnWidth(last, max(looks.width(self.columns[last], widest_title=WIDEST_TITLE), left))

    def _fit(self) -> None:
        """Drop as many columns as have no room, and share the rest of the room among those that stretch.

        Where room is short, lines that are at hand say how much each column needs; one that says nothing goes first.
        Where those that stay have no room either, the widest is narrower: its text ends in …, and a tip tells it all.
        """
        self._fitted = self.width()
        room = self.viewport().width()
        widths = [looks.width(column) for column in self.columns]
        shown = {place for place, column in enumerate(self.columns) if column.key not in self._kept_out}
        empty: set[int] = set()
        if self._lines and sum(widths[each] for each in shown) > room:
            needs = {place: looks.needed(self.columns[place], self._lines) for place in shown}
            empty = {place for place, need in needs.items() if not need}
            for place in shown - empty:
                widths[place] = min(widths[place], needs[place])
        for place in sorted(shown, key=lambda place: (place not in empty, self.columns[place].gives_way)):
            if sum(widths[each] for each in shown) > room and self.columns[place].gives_way:
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

    def keep_out(self, keys: Iterable[str]) -> None:
        """Leave out these columns, which would say the same in every row."""
        if frozenset(keys) != self._kept_out:
            self._kept_out = frozenset(keys)
            self._fit()

    def renew(self, columns: Sequence[Column[Any]], without: Iterable[str], lines: Iterable[Any] = ()) -> None:
        """Lay out columns of the same keys, but for some that would tell nothing, for lines that are all at hand."""
        self.columns, self._kept_out, self._lines = tuple(columns), frozenset(without), tuple(lines)
        self._fit()

    def _grow_rows(self) -> None:
        """Give each row as many lines as its longest text takes, where a column wraps: only lists at hand have one."""
        wrapping = [place for place, each in enumerate(self.columns) if each.wraps and not self.isColumnHidden(place)]
        rows = self.verticalHeader()
        line = metrics().height()
        for row in range(self.model().rowCount()) if wrapping else ():
            lines = max(
                lines_of(str(self.model().index(row, place).data() or ""), looks.content(self.columns[place]),
                         self.columnWidth(place))
                for place in wrapping
            )
            rows.resizeSection(row, rows.defaultSectionSize() + ceil((lines - 1) * line))

    # Rows

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        steps = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}
        if self._wide and event.key() in steps and plain:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        elif event.text().isalnum() and plain:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _ranges(self) -> Iterator[range]:
        """Yield the selected parts: each takes whole rows; a list of any length is quick."""
        selection = self.selectionModel().selection()
        for place in range(selection.count()):
            part = selection.at(place)
            yield range(part.top(), part.bottom() + 1)

    @property
    def selected(self) -> int:
        """Return how many rows are selected."""
        return sum(len(part) for part in self._ranges())

    def selected_rows(self) -> list[int]:
        """Return the selected rows in order."""
        rows: set[int] = set()
        for part in self._ranges():
            rows.update(part)
        return sorted(rows)

    def chosen_rows(self) -> list[int]:
        """Return the selected rows in order, or the current one while none is."""
        current = self.currentIndex().row()
        return self.selected_rows() or ([current] if current >= 0 else [])

    def select_rows(self, rows: Iterable[int]) -> None:
        """Select these rows, given in order, and no others."""
        chosen, last = QItemSelection(), self.model().columnCount() - 1
        for first, end in _runs(rows):
            chosen.select(self.model().index(first, 0), self.model().index(end, last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def show_row(self, row: int) -> None:
        """Make a row the current one and bring it into sight."""
        if 0 <= row < self.model().rowCount() and self.columns:
            first = next(place for place in range(len(self.columns)) if not self.isColumnHidden(place))
            place = self.model().index(row, first)
            self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(place)


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of rows that follow one another."""
    first = last = -1
    for row in rows:
        if row == last + 1 and first >= 0:
            last = row
            continue
        if first >= 0:
            yield first, last
        first = last = row
    if first >= 0:
        yield first, last
