"""The table of Semua data: any number of columns, wider than the window if need be, rows selected with Space."""

from collections.abc import Iterator

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.table import Table

from .model import TableModel, width

_STEP = 120  # pixels that ← and → move the columns


class Grid(Table):
    """Letters are left to the place; ← and → move the columns, Ctrl+A selects every row."""

    sorted_by = Signal(str)  # the key of the column whose head was clicked

    def __init__(self, model: TableModel) -> None:
        super().__init__()
        self.lines = model
        model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(say("Semua data"))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(False)
        head.sectionClicked.connect(lambda section: self.sorted_by.emit(model.columns[section].key))
        head.sectionResized.connect(lambda section, *_: self._fill(section))
        model.modelReset.connect(self._fit)

    def _fit(self) -> None:
        for place, column in enumerate(self.lines.columns):
            self.setColumnWidth(place, width(column))
        self._fill()

    def _fill(self, resized: int = -1) -> None:
        """Let the last column take the room that the others leave, so that the rows end where the table does."""
        last = len(self.lines.columns) - 1
        if last >= 0 and resized != last:
            left = self.viewport().width() - sum(map(self.columnWidth, range(last)))
            self.setColumnWidth(last, max(width(self.lines.columns[last]), left))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    def show_order(self, key: str, *, descending: bool) -> None:
        """Show by which column the rows are sorted; «» for the usual order."""
        head, keys = self.horizontalHeader(), [column.key for column in self.lines.columns]
        head.setSortIndicatorShown(key in keys)
        if key in keys:
            turned = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(keys.index(key), turned)
        head.viewport().update()

    def show_row(self, row: int) -> None:
        """Make a row the current one and bring it into sight."""
        if 0 <= row < self.lines.rowCount() and self.lines.columns:
            self.selectionModel().setCurrentIndex(
                self.lines.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
            self.scrollTo(self.lines.index(row, 0))

    def chosen_rows(self) -> list[int]:
        """Return the selected rows in order, or the current one while none is; a million of them in no time."""
        rows: set[int] = set()
        for part in self._ranges():
            rows.update(part)
        current = self.currentIndex().row()
        return sorted(rows) if rows else [current] if current >= 0 else []

    def chosen(self) -> list[int | str]:
        """Return the handles of the selected records, or of the current one."""
        return [self.lines.keys[row] for row in self.chosen_rows()]

    def selected(self) -> int:
        """Return how many rows are selected."""
        return sum(len(part) for part in self._ranges())

    def _ranges(self) -> Iterator[range]:
        """Yield the selected parts: each takes whole rows."""
        selection = self.selectionModel().selection()
        for place in range(selection.count()):
            part = selection.at(place)
            yield range(part.top(), part.bottom() + 1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        steps = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}
        if event.key() in steps and plain:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        elif event.text().isalnum() and plain:
            event.ignore()
        else:
            super().keyPressEvent(event)
