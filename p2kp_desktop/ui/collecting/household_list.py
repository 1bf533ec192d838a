"""The household list: filters that are the legend of the coverage bar, search as you type, a table of any length."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.tables import household_pages
from p2kp_desktop.actions.tables.household_pages import (
    CHANGED,
    COMPLETE,
    CONFLICT,
    DRAFT,
    INCOMPLETE,
    PROBLEM,
    READY,
    RETURNED,
    VERIFIED,
    HouseholdLine,
    Roll,
    Wanted,
)
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.coverage import FilterBar, Ground, Share
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.letters import Letters
from p2kp_desktop.ui.kit.search import SearchField, begin_search
from p2kp_desktop.ui.kit.table import TableCard
from p2kp_desktop.ui.lists.table import ListTable
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

from .household_model import HouseholdModel, columns

SEARCH_WIDTH = 190
_LOOKS = {
    VERIFIED: (Status.VERIFIED, Token.SHARE_100, Ground.SOLID),
    READY: (Status.READY, Token.SHARE_80, Ground.SOLID),
    COMPLETE: (Status.COMPLETE, Token.SHARE_50, Ground.SOLID),
    INCOMPLETE: (Status.INCOMPLETE, Token.LINE2, Ground.HATCHED),
    PROBLEM: (Status.PROBLEM, Token.WARN_LINE, Ground.HATCHED),
    RETURNED: (Status.RETURNED, Token.WARN_LINE, Ground.SOLID),
    CHANGED: (Status.CHANGED, Token.WARN, Ground.SOLID),
    CONFLICT: (Status.CONFLICT, Token.CONF, Ground.SOLID),
    DRAFT: (Status.DRAFT, Token.SHARE_80, Ground.HATCHED),
}
FILTERS = tuple(_LOOKS)
MISSING = "missing"  # houses of the list of residents that nobody recorded: no filter, but a way to that list


def shares(counts: dict[str, int]) -> tuple[Share, ...]:
    """Return the parts of the coverage bar, which are the filters."""
    words = {READY: say("Siap")}
    return tuple(
        Share(key, words.get(key, status.look.word), counts.get(key, 0), token, ground)
        for key, (status, token, ground) in _LOOKS.items()
    )


def missing(number: int) -> Share:
    """Return the part of the coverage bar for what is not recorded yet."""
    return Share(MISSING, say("Belum didata"), number, Token.LINE2, Ground.OUTLINED)


class HouseholdList(QWidget):
    """Households of an area or an RT; `counts` says how many stand how, whenever that may have changed.

    Space selects a row; what is selected stays so while the list is asked for again.
    """

    opened = Signal(object)  # HouseholdLine
    counts = Signal(object)  # dict of standing to number
    shown = Signal()  # the ids wanted last are on the screen
    selected = Signal(int)  # so many rows have a check
    missing_chosen = Signal()

    def __init__(self, desk: Desk, *, with_rt: bool) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = self._listed = Wanted("", "")
        self._roll = Roll(())
        self._running = self._again = False
        self._counts: dict[str, int] = {}
        self._missing = 0
        shown = columns(with_rt=with_rt)
        self.model = HouseholdModel(desk, shown)
        self.table = ListTable(self.model, shown, say("Daftar rumah"))
        self.search = SearchField(say("Cari rumah"), ("Ctrl", "F"), width=SEARCH_WIDTH)
        self.search.setToolTip(say("Cari nama, nomor, NIK"))
        self.filters = FilterBar(say("Semua"), (*shares({}), missing(0)), hides_none=True)
        self._stack, self._nothing = QStackedWidget(), Label("", SECONDARY)
        self._lay_out()
        self.search.textChanged.connect(self._search)
        self.filters.chosen.connect(self._filter)
        self.table.sorted_by.connect(lambda order, turned: self._want(order=order, descending=turned))
        self.table.row_opened.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._tell_selected())

    def _tell_selected(self) -> None:
        self.selected.emit(len(self.table.selected_rows()))

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids with a check, in order."""
        return tuple(self.model.keys[row] for row in self.table.selected_rows())

    def chosen_ids(self) -> tuple[str, ...]:
        """Return the ids with a check, else the one in focus."""
        current = self.current_id()
        return self.selected_ids() or ((current,) if current else ())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_12)
        top.addWidget(self.filters, 1)
        top.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(TableCard(self.table))
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8 + 2)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    def show_place(self, area: str, rt: str | None, period: str, standing: str | None = None) -> None:
        """Show the households of an area, or of one RT; search and filter begin anew in another place.

        With a standing only the households that stand so are shown, "" is all of them.
        """
        same = (self._wanted.area, self._wanted.rt, self._wanted.period) == (area, rt, period)
        if not same:
            self._wanted, self._roll = Wanted(area, period, rt), Roll((), ())
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self.table.show_order("", descending=False)
            self.model.show_keys(())
        if standing is not None:
            self._wanted = replace(self._wanted, standing=standing)
        self.refresh()

    def refresh(self) -> None:
        """Ask again for everything shown."""
        self._ask_ids()
        if self._wanted.area:
            wanted = self._wanted
            self._desk.ask(self, lambda workspace: household_pages.counts(workspace, wanted), self._show_counts)

    def _search(self, text: str) -> None:
        """Narrow the list to what was typed; only a very long list needs the database for it."""
        self._wanted = replace(self._wanted, text=text)
        if self._roll.texts is None:
            self._ask_ids()
        elif not self._running:
            self._show_ids(self._roll.matching(text))

    def _want(self, **changes: Any) -> None:
        self._wanted = replace(self._wanted, **changes)
        self._ask_ids()

    def _ask_ids(self) -> None:
        """Ask for the ids wanted now; while an answer is on its way only the last wish is remembered."""
        if self._running or not self._wanted.area:
            self._again = bool(self._wanted.area)
            return
        self._running = True
        many = self._roll.texts is None and self._wanted.text.strip()
        wanted = self._wanted if many else replace(self._wanted, text="")
        self._desk.ask(
            self,
            lambda workspace: household_pages.roll(workspace, wanted),
            lambda roll: self._take(wanted, roll),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._running = False
        self._desk.failed.emit(error)

    def _take(self, wanted: Wanted, roll: Roll) -> None:
        self._running = False
        if self._again:
            self._again = False
            self._ask_ids()
        now = self._wanted
        if (wanted.area, wanted.rt, wanted.period, wanted.standing) != (now.area, now.rt, now.period, now.standing):
            return
        self._roll = roll
        if roll.texts is None and wanted.text != now.text:
            self._ask_ids()
        self._show_ids(roll.matching(now.text))

    def _show_ids(self, ids: tuple[str, ...]) -> None:
        current = self.current_id()
        if ids == self.model.keys:
            self.model.renew()
        else:
            checked, before = set(self.selected_ids()), self.model.keys
            self.model.show_keys(ids)
            behind = before[before.index(current):] if current and self._wanted == self._listed else (current,)
            known = frozenset(ids)
            there = next((each for each in behind if each in known), "")  # the next one, where the current one is gone
            self.table.show_row(ids.index(there) if there else 0)
            if checked:
                self.table.select_rows(row for row, record in enumerate(ids) if record in checked)
                self._tell_selected()
        self._listed = self._wanted
        self._nothing.say(self._why_nothing(self._wanted))
        self._stack.setCurrentIndex(0 if ids else 1)
        if not self._running:
            self.shown.emit()

    def _why_nothing(self, wanted: Wanted) -> str:
        if wanted.text.strip():
            return say("Tidak ada rumah yang cocok dengan «{words}».", words=wanted.text.strip())
        return say("Tidak ada rumah dengan status ini.") if wanted.standing else say("Belum ada rumah terdata.")

    def _filter(self, standing: str) -> None:
        if standing == MISSING:
            self._show_filters()
            self.missing_chosen.emit()
        else:
            self._want(standing=standing)

    def show_missing(self, number: int) -> None:
        """Show how many houses of the list of residents nobody recorded yet."""
        self._missing = number
        self._show_filters()

    def _show_filters(self) -> None:
        parts, listed = shares(self._counts), sum(self._counts.values())
        self.filters.show_shares((*parts, missing(self._missing)), self._wanted.standing, all_of_them=listed)

    def _show_counts(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self._show_filters()
        self.counts.emit(counts)

    def current_id(self) -> str:
        """Return the id of the current row, "" when there is none."""
        row = self.table.currentIndex().row()
        return self.model.keys[row] if 0 <= row < len(self.model.keys) else ""

    def current(self) -> HouseholdLine | None:
        """Return the current row if it is at hand."""
        return self.model.line(self.table.currentIndex().row()) if self.current_id() else None

    def _open(self, row: int) -> None:
        line = self.model.line(row)
        if line is not None:
            self.opened.emit(line)

    def begin_search(self, typed: str = "") -> None:
        """Put the cursor into the search field, with what was typed in the rows already."""
        begin_search(self.search, typed)

    def let_type(self, place: QWidget) -> None:
        """Let a letter in the rows be a command of the place, and several the beginning of a search."""
        Letters(self.table, place).sought.connect(self.begin_search)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the search field ↓ and Enter lead to the rows, Esc back to all of them."""
        if self.search.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.model.keys:
                self.table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
