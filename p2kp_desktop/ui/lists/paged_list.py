"""A list of any length: its keys are at hand, its lines stay in the database and are fetched while it is painted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.reports.long import LongTable
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.table import Kind, Scope, Table
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk, Report
from p2kp_desktop.ui.kit.commands import Command
from p2kp_desktop.ui.place import Paper

from .paged_model import PagedModel
from .pane import ListPane, Makes, file_name, listed_paper
from .table import ListTable

Key = TypeVar("Key")
Line = TypeVar("Line")


class PagedList(ListPane[Line], Generic[Key, Line]):
    """Sorting, searching and filtering are for who asks for the keys; `wide` is one of many columns.

    What is selected stays so while other keys are shown, and the focus stays on its line.
    """

    def __init__(self, desk: Desk, long: LongTable[Key, Line], keys: Sequence[Key] = (), *, wide: bool = False) -> None:
        self.shows, self.scope, self._wide = long, Scope(), wide
        self.narrowed: tuple[str, ...] = ()  # the words and conditions by which somebody chose the keys
        self.model: PagedModel[Key, Line] = PagedModel(desk, long, keys)
        super().__init__(desk, ListTable(self.model, self.model.columns, long.put().title, wide=wide))
        self.table.row_opened.connect(self._open)

    @override
    def commands(self) -> list[Command]:
        found = super().commands()
        if self._wide or any(column.kind is Kind.IDENTITY for column in self.model.columns):
            found.insert(1, Command(say("Salin dengan NIK lengkap"), ("Ctrl+Shift+C",), lambda: self.copy(full=True),
                                    say("dengan NIK"), rare=True, deed=Deed.EXPORT))
        return found

    def _open(self, row: int) -> None:
        line = self.model.line(row)
        if line is not None:
            self.opened.emit(line)

    # What is shown

    def show_keys(
        self, keys: Sequence[Key], long: LongTable[Key, Line] | None = None, *, goes_on: bool = False,
    ) -> None:
        """Show other lines, perhaps in other columns; what is selected and in focus stays so.

        Where the line in focus is gone the first one is, or, when it `goes_on`, the next that is still there.
        """
        if keys == self.model.keys and long is None:
            self.model.renew()
            return
        row, before, chosen = self.table.currentIndex().row(), self.model.keys, self.table.selected_rows()
        self._put(keys, long)
        self.table.show_row(_place(keys, before[row:] if goes_on else before[row : row + 1]) if row >= 0 else 0)
        if chosen:
            checked = {before[each] for each in chosen}
            self.table.select_rows(place for place, key in enumerate(keys) if key in checked)
        self.selected.emit(self.table.selected)

    def show_anew(self, keys: Sequence[Key], long: LongTable[Key, Line] | None = None) -> None:
        """Show lines, perhaps of another table, from the first, none selected."""
        self._put(keys, long)
        self.table.show_row(0)
        self.selected.emit(0)

    def _put(self, keys: Sequence[Key], long: LongTable[Key, Line] | None) -> None:
        self.model.show(keys, long)
        if long is not None:
            self.shows = long
            self.table.show_columns(self.model.columns)

    def current_key(self) -> Key | None:
        """Return the key of the current line."""
        row = self.table.currentIndex().row()
        return self.model.keys[row] if 0 <= row < len(self.model.keys) else None

    def current(self) -> Line | None:
        """Return the current line if it is at hand."""
        return self.model.line(self.table.currentIndex().row())

    def chosen_keys(self) -> list[Key]:
        """Return the keys of the selected lines, else of the current one."""
        return [self.model.keys[row] for row in self.table.chosen_rows()]

    def selected_keys(self) -> list[Key]:
        """Return the keys of the selected lines."""
        return [self.model.keys[row] for row in self.table.selected_rows()]

    # What is put out

    @override
    def makes(self, *, full: bool = False) -> Makes:
        """Return the function that makes the table of the selected lines, or of all; in full of no more than chosen."""
        keys = self.chosen_keys() if full else self.selected_keys() or self.model.keys
        long, scope, narrowed, every = self.shows, self.scope, self.narrowed, len(self.model.keys)

        def make(workspace: Workspace, report: Report) -> Table[Any]:
            table = long.of(workspace, keys, full=full, report=report)
            return replace(table, scope=scope, narrowed=narrowed).out_of(every)

        return make

    @override
    def on_paper(self) -> Paper:
        """Return the list as it is shown, with the records of its selected lines, or of the current one."""
        table = self.shows.put()
        return listed_paper(table.title, self.makes(), table.record,
                            [self.model.line(row) for row in self.table.chosen_rows()])

    @override
    def file_name(self) -> str:
        return file_name(self.shows.put().title, self.scope.area, self.scope.rt, self.scope.period)


def _place(keys: Sequence[Key], wanted: Sequence[Key]) -> int:
    """Return the place of the first of some keys that is there, 0 for none."""
    try:
        return keys.index(wanted[0])
    except (IndexError, ValueError):
        known = frozenset(keys) if len(wanted) > 1 else frozenset()
    there = next((key for key in wanted if key in known), None)
    return 0 if there is None else keys.index(there)
