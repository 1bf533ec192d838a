"""The household list: filters that are the legend of the coverage bar, search as you type, a table of any length."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
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
from p2kp_desktop.reports import households
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.coverage import FilterBar, Ground, Share
from p2kp_desktop.ui.kit.letters import Letters
from p2kp_desktop.ui.kit.search import SearchField, begin_search
from p2kp_desktop.ui.lists.paged_list import PagedList
from p2kp_desktop.ui.lists.pane import sought
from p2kp_desktop.ui.lists.wishes import Wishes
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

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
        self._counts: dict[str, int] = {}
        self._missing = 0
        self.list: PagedList[str, HouseholdLine] = PagedList(desk, households.LONG)
        self.model, self.table = self.list.model, self.list.table
        self.table.keep_out(() if with_rt else ("rt",))
        self._rolls: Wishes[Wanted, Roll] = Wishes(desk, self, self._wish, household_pages.roll, self._take)
        self.search = SearchField(say("Cari rumah"), ("Ctrl", "F"), width=SEARCH_WIDTH)
        self.search.setToolTip(say("Cari nama, nomor, NIK"))
        self.filters = FilterBar(say("Semua"), (*shares({}), missing(0)), hides_none=True)
        self._lay_out()
        self.search.textChanged.connect(self._search)
        self.filters.chosen.connect(self._filter)
        self.table.sorted_by.connect(lambda order, turned: self._want(order=order, descending=turned))
        self.list.opened.connect(self.opened)
        self.list.selected.connect(self.selected)

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids with a check, in order."""
        return tuple(self.list.selected_keys())

    def chosen_ids(self) -> tuple[str, ...]:
        """Return the ids with a check, else the one in focus."""
        return tuple(self.list.chosen_keys())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_12)
        top.addWidget(self.filters, 1)
        top.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8 + 2)
        column.addLayout(top)
        column.addWidget(self.list, 1)

    def show_place(self, area: str, rt: str | None, period: str, standing: str | None = None) -> None:
        """Show the households of an area, or of one RT; search and filter begin anew in another place.

        With a standing only the households that stand so are shown, "" is all of them.
        """
        same = (self._wanted.area, self._wanted.rt, self._wanted.period) == (area, rt, period)
        if not same:
            self._wanted, self._roll = Wanted(area, period, rt), Roll((), ())
            self.list.scope = Scope(area, rt, period)
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self.table.show_order("", descending=False)
            self.list.show_anew(())
        if standing is not None:
            self._wanted = replace(self._wanted, standing=standing)
        self.refresh()

    def refresh(self) -> None:
        """Ask again for everything shown."""
        self._rolls.ask()
        if self._wanted.area:
            wanted = self._wanted
            self._desk.ask(self, lambda workspace: household_pages.counts(workspace, wanted), self._show_counts)

    def _search(self, text: str) -> None:
        """Narrow the list to what was typed; only a very long list needs the database for it."""
        self._wanted = replace(self._wanted, text=text)
        if self._roll.texts is None:
            self._rolls.ask()
        elif not self._rolls.busy:
            self._show_ids(self._roll.matching(text))

    def _want(self, **changes: Any) -> None:
        self._wanted = replace(self._wanted, **changes)
        self._rolls.ask()

    def _wish(self) -> Wanted | None:
        """Return the conditions to ask households by: words only where the list is too long to search in memory."""
        many = self._roll.texts is None and self._wanted.text.strip()
        wanted = self._wanted if many else replace(self._wanted, text="")
        return wanted if wanted.area else None

    def _take(self, wanted: Wanted, roll: Roll) -> None:
        now = self._wanted
        if (wanted.area, wanted.rt, wanted.period, wanted.standing) != (now.area, now.rt, now.period, now.standing):
            return
        self._roll = roll
        if roll.texts is None and wanted.text != now.text:
            self._rolls.ask()
        self._show_ids(roll.matching(now.text))

    def _show_ids(self, ids: tuple[str, ...]) -> None:
        self.list.narrowed = (*self._standing(), *sought(self._wanted.text))
        self.list.show_keys(ids, goes_on=self._wanted == self._listed)
        self._listed = self._wanted
        self.list.show_emptiness(empty=not ids, why=self._why_nothing(self._wanted))
        if not self._rolls.busy:
            self.shown.emit()

    def _standing(self) -> tuple[str, ...]:
        wanted = self._wanted.standing
        return (f"{say('Status')} = {_LOOKS[wanted][0].look.word}",) if wanted in _LOOKS else ()

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
        return self.list.current_key() or ""

    def current(self) -> HouseholdLine | None:
        """Return the current row if it is at hand."""
        return self.list.current()

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
