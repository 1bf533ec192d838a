"""The place Pendataan: it shows an area or an RT, and sends to the form."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions import drafting, recording
from p2kp_desktop.actions.binder import Sheet
from p2kp_desktop.actions.browsing import COMPLETE, DRAFT, HouseholdLine
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import region
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, PAGE_TOP, SPACE_12
from p2kp_desktop.ui.place import COLLECTING, Destination, Place, Scope

from .area_page import HOUSEHOLDS, KAWASAN, PERIODS, AreaPage
from .household_list import HouseholdList
from .listtable import ListTable
from .removal import Removal
from .rt_page import RtPage

FORM = "form"  # the key of the place that shows forms
DRAFTS = "drafts"  # what the desk says when a draft was kept or dropped
TOUCHING = {"household", "rt_survey", "rt_recap", "rt", "kawasan", "period", DRAFTS}


@dataclass(frozen=True)
class Doomed:
    """What Del was pressed on: a record, or a draft that was never saved."""

    form: str
    record: str
    name: str
    saved: bool


class CollectingPlace(Place):
    """Lists of RTs and households; Enter opens, N begins a household, Del asks why and puts away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._scope, self._stale = Scope("", None, ""), False
        self._doomed: Doomed | None = None
        self.area, self.rt, self.removal = AreaPage(desk), RtPage(desk), Removal()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.area)
        self.stack.addWidget(self.rt)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_SIDE, PAGE_TOP, PAGE_SIDE, SPACE_12)
        column.setSpacing(CARD_GAP)
        column.addWidget(self.stack, 1)
        column.addWidget(self.removal)
        self._connect()
        for words, keys, act in self._commands():
            self.addAction(self._action(words, keys, act))

    def _connect(self) -> None:
        self.area.goes.connect(lambda scope: self.wants.emit(Destination(COLLECTING, scope)))
        for page in (self.area, self.rt):
            page.opens.connect(self._open)
            page.households.opened.connect(self._open_line)
            page.told.connect(self._count)
        self.rt.begins_draft.connect(lambda form, record: self._go(form, record, draft=True))
        self.removal.given.connect(self._remove)
        self.removal.left.connect(self._keep)
        self.desk.changed.connect(self._notice)

    def _commands(self) -> tuple[tuple[str, tuple[str, ...], Callable[[], None]], ...]:
        return (
            (say("Rumah baru"), ("Ctrl+N", "N"), lambda: self._open(Household.key, "")),
            (say("Cari di daftar"), ("Ctrl+F",), self._search),
            (say("Ke tempat sampah"), ("Del",), self._ask_removal),
            (say("Urutkan menurut kolom berikutnya"), ("Ctrl+Right",), lambda: self._sort(1)),
            (say("Urutkan menurut kolom sebelumnya"), ("Ctrl+Left",), lambda: self._sort(-1)),
            (say("RT, kawasan, atau periode baru"), ("B",), self._begin_other),
            (say("Survei lingkungan RT"), ("L",), lambda: self._press_card(0)),
            (say("Rekap RT"), ("R",), lambda: self._press_card(1)),
            (say("Catatan RT"), ("T",), lambda: self._press_card(2)),
            (say("Semua RT"), ("Backspace",), self._go_up),
        )

    def _action(self, words: str, keys: tuple[str, ...], act: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.triggered.connect(lambda _checked=False: act())
        return action

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the RT or the area of the scope; `tab` names a list, or a filter of it."""
        self._scope, self._stale = scope, False
        self._keep()
        page = self.area if scope.rt is None else self.rt
        self.stack.setCurrentWidget(page)
        if page is self.area:
            self.area.show_scope(scope, destination.tab)
        else:
            self.rt.show_scope(scope, destination.tab)
        self.table().setFocus(Qt.FocusReason.OtherFocusReason)

    def _notice(self, touched: frozenset[str]) -> None:
        """Ask again when what is shown was touched; a hidden place waits until it is shown."""
        if touched & TOUCHING and self._scope.area:
            self._stale = not self.isVisible()
            if self.isVisible():
                self._page().refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._page().refresh()

    def _page(self) -> AreaPage | RtPage:
        return self.area if self._scope.rt is None else self.rt

    def _count(self, counts: dict[str, int]) -> None:
        self.counted.emit(sum(number for standing, number in counts.items() if standing != COMPLETE))

    def table(self) -> ListTable:
        """Return the table in use."""
        households = self.households()
        if households is not None:
            return households.table
        table: ListTable = self.area.list_in_use().table
        return table

    def households(self) -> HouseholdList | None:
        """Return the household list if it is the one in use."""
        if self._scope.rt is not None:
            return self.rt.households
        return self.area.households if self.area.tab == HOUSEHOLDS else None

    def _search(self) -> None:
        households = self.households()
        if households is not None:
            households.begin_search()
        else:
            self.area.begin_search()

    def _sort(self, step: int) -> None:
        self.table().next_order(step)

    def _begin_other(self) -> None:
        if self._scope.rt is None:
            self._open(self.area.other_form(), "")

    def _press_card(self, place: int) -> None:
        if self._scope.rt is not None:
            self.rt.cards[place].click()

    def _go_up(self) -> None:
        if self._scope.rt is not None:
            self.wants.emit(Destination(COLLECTING, self._scope.at(None)))

    def _open(self, form: str, record: str) -> None:
        """Open a record, or begin one where a new one can stand: in a kelurahan."""
        if record or not form_named(form).place or region(self._scope.area).is_village:
            self._go(form, record)

    def _open_line(self, line: HouseholdLine) -> None:
        scope = replace(self._scope, area=line.region or self._scope.area, rt=line.rt or self._scope.rt)
        self._go(Household.key, line.id, draft=line.standing == DRAFT, scope=scope)

    def _go(self, form: str, record: str, *, draft: bool = False, scope: Scope | None = None) -> None:
        self.wants.emit(Destination(FORM, scope or self._new_scope(form, record), form, record, draft=draft))

    def _new_scope(self, form: str, record: str) -> Scope:
        """Return the scope in use; a household begun in the RT list belongs to the RT in focus."""
        line = self.area.rts.current() if self._scope.rt is None and self.area.is_village else None
        begins = form == Household.key and not record and self.households() is None
        return self._scope.at(line.rt) if line is not None and begins else self._scope

    def _ask_removal(self) -> None:
        self._doomed = self._under_focus()
        if self._doomed is None:
            return
        if self._doomed.saved:
            words = say("Pindahkan **{name}** ke tempat sampah? Jawabannya tetap disimpan.", name=self._doomed.name)
        else:
            words = say("Buang draf **{name}**? Draf ini belum pernah disimpan.", name=self._doomed.name)
        self.removal.ask(words, needs_reason=self._doomed.saved)

    def _under_focus(self) -> Doomed | None:
        households = self.households()
        if households is not None:
            line = households.current()
            name = (line.name or say("(tanpa nama)")) if line else ""
            return Doomed(Household.key, line.id, name, bool(line.saved) and not line.begun) if line else None
        if self.area.tab in (KAWASAN, PERIODS):
            sheet: Sheet | None = self.area.list_in_use().current()
            return Doomed(sheet.form, sheet.record, sheet.name, saved=True) if sheet else None
        return None

    def _remove(self, reason: str) -> None:
        doomed = self._doomed
        if doomed is None:
            return

        def put_away(workspace: Workspace) -> None:
            if doomed.saved:
                recording.delete(workspace, form_named(doomed.form), doomed.record, reason=reason)
            drafting.drop(workspace, doomed.record)

        self.desk.change(self, put_away, touches=[doomed.form, DRAFTS])
        self._keep()

    def _keep(self) -> None:
        """Close the strip and go back to the rows."""
        if self.removal.isVisible():
            self.removal.hide()
            self.table().setFocus(Qt.FocusReason.OtherFocusReason)
        self._doomed = None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the strip wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape and self.removal.isVisible():
            self._keep()
        else:
            super().keyPressEvent(event)
