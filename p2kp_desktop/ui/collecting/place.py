"""The place Pendataan: it shows an area or an RT, and sends to the form."""

from collections.abc import Set
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.keying import period_before
from p2kp_desktop.actions.keying.period_before import LeftBefore
from p2kp_desktop.actions.review import review_queue
from p2kp_desktop.actions.review.review_acts import Hindered
from p2kp_desktop.actions.review.review_queue import PendingRecord
from p2kp_desktop.actions.tables.household_pages import DRAFT, HouseholdLine
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms import listed_in
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.kawasan import Kawasan
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import region, seen_from
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.table import Subject
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.search import SearchField
from p2kp_desktop.ui.lists.removal import Removal
from p2kp_desktop.ui.lists.table import ListTable
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, PAGE_TOP, SPACE_12
from p2kp_desktop.ui.place import COLLABORATION, COLLECTING, EDITIONS, Destination, Place, Scope, why

from . import targets
from .acts import TOUCHED, Acts
from .area_page import HOUSEHOLDS, KAWASAN, QUEUE, AreaPage
from .foot import Foot
from .household_list import HouseholdList
from .list_keeper import ListKeeper
from .rt_page import RtPage

FORM = "form"  # the key of the place that shows forms
DRAFTS = "drafts"  # what the desk says when a draft was kept or dropped
TOUCHING = {form.key for form in listed_in(COLLECTING)} | TOUCHED | {DRAFTS}


class CollectingPlace(Place):
    """Lists of RTs and households; Enter opens, N begins a household, Del asks why and puts away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._scope = Scope("", None, "")
        self._doomed: targets.Doomed | None = None
        self.area, self.rt, self.removal, self.foot = AreaPage(desk), RtPage(desk), Removal(), Foot(desk)
        self.acts = Acts(
            desk, self.foot, lambda: targets.chosen(self.area, self.rt, self._scope), lambda: targets.whole(self._scope)
        )
        self.lists = ListKeeper(desk, self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.area)
        self.stack.addWidget(self.rt)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_SIDE, PAGE_TOP, PAGE_SIDE, SPACE_12)
        column.setSpacing(CARD_GAP)
        column.addWidget(self.stack, 1)
        column.addWidget(self.removal)
        column.addWidget(self.foot)
        self._connect()
        self._offered = offer(self, self._commands(), desk.rights)
        self._reviewing = [(offer(self, [command], desk.rights)[0], reviewing)
                           for command, reviewing in self.acts.commands()]
        self._in_area = offer(self, self._area_commands(), desk.rights)
        self._in_rt = offer(self, self._rt_commands(), desk.rights)
        desk.rights.guard(Deed.DELETE, self.foot.bar.remove)
        self.area.let_type(self)
        self.rt.households.let_type(self)
        desk.ask(self, review_queue.role, self._take_role)

    def _connect(self) -> None:
        self.area.goes.connect(lambda scope: self.wants.emit(Destination(COLLECTING, scope)))
        for page in (self.area, self.rt):
            page.opens.connect(self._open)
            page.households.opened.connect(self._open_line)
            page.households.selected.connect(lambda _number: self._count_selected())
        self.rt.begins_draft.connect(lambda form, record: self._go(form, record, draft=True))
        self.removal.given.connect(self._remove)
        self.removal.left.connect(self._keep)
        self.rt.again.begins.connect(self._begin_again)
        self.rt.begins_household.connect(lambda record: self._go(Household.key, record, draft=True))
        self.rt.stamps.acknowledges.connect(self._acknowledge)
        self.rt.residents.said.connect(self.foot.tell)
        self.area.queue.opened.connect(self._open_pending)
        self.area.tabs.currentChanged.connect(lambda _tab: self._count_selected())
        self.area.tabs.currentChanged.connect(lambda _tab: self._name_commands())
        self.rt.turned.connect(self._name_commands)
        self.area.queue.selected.connect(lambda _number: self._count_selected())
        self.foot.outcome.opened.connect(self._open_pending)
        self.foot.ended.connect(self._focus_rows)
        self.foot.lists.connect(self.rt.make_room)
        self.foot.bar.cleared.connect(lambda: self.table().clearSelection())
        self.foot.bar.cleared.connect(self._focus_rows)
        self.foot.bar.remove.clicked.connect(self._ask_removal)
        self.acts.done.connect(self._after_act)

    def _take_role(self, role: str) -> None:
        """Offer what this office may do; the others' acts are not in its menu."""
        self.acts.take_role(role)
        self.area.take_role(role)
        self.lists.keeps = not self.acts.is_reviewer
        self.lists.look(self._scope)
        self._name_commands()

    def _name_commands(self) -> None:
        """Offer what can be done with the list in use; the others' acts and those on what it does not list are not."""
        for action, reviewing in self._reviewing:
            of_rows = not action.shortcut().toString().startswith("Shift")  # with Shift it is of all that lies here
            may = reviewing in (None, self.acts.is_reviewer) and (
                not of_rows or targets.lists_records(self.area, self.rt, self._scope))
            action.setEnabled(may)
            action.setVisible(may)
        there = {"Del": targets.lists_removable(self.area, self.households()), "A": self.households() is not None,
                 "P": self.households() is not None}
        for action in self._offered:
            action.setVisible(there.get(action.shortcut().toString(), True))

    def _commands(self) -> list[Command]:
        return [
            Command(say("Rumah baru"), ("Ctrl+N", "N"), lambda: self._open(Household.key, ""), leads=True,
                    deed=Deed.CHANGE),
            Command(say("Cari di daftar"), ("Ctrl+F",), self._search, say("cari"), rare=True, leads=True),
            Command(say("Ke tempat sampah"), ("Del",), self._ask_removal, say("buang"), deed=Deed.DELETE),
            Command(say("Andil rumah ini pada nilai RT"), ("A",), self._explain_house, say("andil rumah"), rare=True,
                    leads=True),
            Command(say("Data lagi di periode sekarang"), ("P",), self._survey_again, say("data lagi"), rare=True,
                    leads=True, deed=Deed.CHANGE),
        ]

    def _area_commands(self) -> list[Command]:
        return [
            Command(say("RT, kawasan, atau periode baru"), ("B",), self._begin_other, say("baru"), leads=True,
                    deed=Deed.CHANGE),
            Command(say("Buku SK dan kelas kawasan"), ("K",), self._show_ledger, say("buku SK"), rare=True, leads=True),
            Command(say("Edisi resmi"), ("E",), lambda: self.wants.emit(Destination(EDITIONS, self._scope)),
                    say("edisi resmi"), rare=True, leads=True),
            Command(say("Mengapa nilai wilayah ini begitu"), ("Shift+J",), self._explain, say("mengapa nilai wilayah"),
                    rare=True, leads=True),
        ]

    def _rt_commands(self) -> list[Command]:
        return [
            Command(say("Survei lingkungan RT"), ("L",), self.rt.cards[0].click, say("lingkungan"), leads=True),
            Command(say("Rekap RT"), ("R",), self.rt.cards[1].click, say("rekap"), leads=True),
            Command(say("Catatan RT"), ("T",), self.rt.cards[2].click, say("RT"), leads=True),
            Command(say("Daftar warga"), ("W",), self._show_residents, leads=True),
            Command(say("Mengapa nilainya begitu"), ("J", "Ctrl+J"), self._explain, say("mengapa nilainya"),
                    leads=True),
            Command(say("Catat siapa yang mengetahui"), ("D",), self._acknowledge, say("diketahui"), deed=Deed.CHANGE),
            Command(say("Semua RT"), ("Backspace",), self._go_up, leads=True),
        ]

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the RT or the area of the scope; `tab` names a list, or a filter of it."""
        super().enter(destination, scope)
        self._scope = scope
        self._keep()
        self.foot.close_all()
        page = self.area if scope.rt is None else self.rt
        self.stack.setCurrentWidget(page)
        for actions, there in ((self._in_area, scope.rt is None), (self._in_rt, scope.rt is not None)):
            for action in actions:
                action.setVisible(there)
        if page is self.area:
            self.area.show_scope(scope, destination.tab)
        else:
            self.rt.show_scope(scope, destination.tab)
        self._count_selected()
        self._name_commands()
        self.lists.look(scope)
        if page is self.area:
            self.area.focus_list()
        elif self.rt.shows_residents:
            self.rt.residents.focus()
        else:
            self.table().setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    @override
    def concerns(self) -> Set[str]:
        return TOUCHING

    @override
    def catch_up(self, touched: frozenset[str]) -> None:
        self._page().refresh()
        if Household.key in touched:
            self.lists.look(self._scope)

    @override
    def close_told(self) -> None:
        self.foot.close_all()

    def _page(self) -> AreaPage | RtPage:
        return self.area if self._scope.rt is None else self.rt

    def table(self) -> ListTable:
        """Return the table in use."""
        if self._scope.rt is not None:
            return self.rt.table()
        table: ListTable = self.area.list_in_use().table
        return table

    def households(self) -> HouseholdList | None:
        """Return the household list if it is the one in use."""
        if self._scope.rt is not None:
            return self.rt.households if self.rt.shows_households else None
        return self.area.households if self.area.tab == HOUSEHOLDS else None

    def _search(self) -> None:
        households = self.households()
        if households is not None:
            households.begin_search()
        elif self._scope.rt is None:
            self.area.begin_search()

    def _search_field(self) -> SearchField:
        households = self.households()
        return households.search if households is not None else self.area.search

    def _begin_other(self) -> None:
        self._open(self.area.other_form(), "")

    def _show_ledger(self) -> None:
        """Go to the ledger of the slum area in the list, else to all of them."""
        line = self.area.kawasan.current() if self.area.tab == KAWASAN else None
        self.wants.emit(Destination(COLLABORATION, self._scope.at(None), Kawasan.key, line.record if line else "",
                                    tab="decrees"))

    def _go_up(self) -> None:
        self.wants.emit(Destination(COLLECTING, self._scope.at(None)))

    def _open(self, form: str, record: str) -> None:
        """Open a record, or begin one: a household anywhere, for its form asks where it stands."""
        anywhere = form == Household.key or not form_named(form).in_village
        if record or anywhere or region(self._scope.area).is_village:
            self._go(form, record)

    def _open_line(self, line: HouseholdLine) -> None:
        scope = replace(self._scope, area=line.region or self._scope.area, rt=line.rt or self._scope.rt)
        self._go(Household.key, line.id, draft=line.standing == DRAFT, scope=scope, question=line.asked)

    def _open_pending(self, line: PendingRecord | Hindered) -> None:
        """Open a record of any form at the question that a comment or a reason is about."""
        scope = Scope(seen_from(self._scope.area, line.region), line.rt or None, self._scope.period)
        self._go(line.form, line.id, scope=scope, question=line.question)

    def _go(
        self, form: str, record: str, *, draft: bool = False, scope: Scope | None = None, question: str = ""
    ) -> None:
        its_scope = scope or self._new_scope(form, record)
        self.wants.emit(Destination(FORM, its_scope, form, record, "" if draft else question, draft=draft))

    def _new_scope(self, form: str, record: str) -> Scope:
        """Return the scope in use; a household begun in the RT list belongs to the RT in focus."""
        line = self.area.rts.current() if self._scope.rt is None and self.area.is_village else None
        begins = form == Household.key and not record and self.households() is None
        return self._scope.at(line.rt) if line is not None and begins else self._scope

    # Review

    def _count_selected(self) -> None:
        shown = self.households() or (self.area.queue if self._scope.rt is None and self.area.tab == QUEUE else None)
        self.foot.bar.remove.setVisible(self.households() is not None)
        self.foot.show_selected(len(shown.table.selected_rows()) if shown is not None else 0)

    def _focus_rows(self) -> None:
        if self.isVisible():
            self.table().setFocus(Qt.FocusReason.OtherFocusReason)

    def _after_act(self) -> None:
        """Let go of what was selected; the focus stays on what could not be taken on, else goes to the rows."""
        self.table().clearSelection()
        if not self.foot.outcome.lines.isVisible():
            self._focus_rows()

    def _acknowledge(self) -> None:
        if self._scope.rt is not None:
            self.acts.acknowledge(self._scope, self.rt.head_name)

    def _explain(self) -> None:
        """Go to the explanation of the RT or the area that is shown."""
        self.wants.emit(why(Subject(self._scope)))

    def _explain_house(self) -> None:
        """Go to what the house in focus adds to the score of its RT."""
        shown = self.households()
        line = shown.current() if shown is not None else None
        if line is not None and line.saved:
            scope = replace(self._scope, area=line.region or self._scope.area, rt=line.rt or self._scope.rt)
            self.wants.emit(why(Subject(scope, house=line.id)))

    def _survey_again(self) -> None:
        """Take the house in focus, of an earlier period, up again; in the present one list those that are left."""
        shown, scope = self.households(), self._scope
        line = shown.current() if shown is not None else None
        self.desk.ask(self, lambda workspace: period_before.left(workspace, scope.area, scope.rt),
                      lambda found: self._again(found, scope, line))

    def _again(self, found: LeftBefore, scope: Scope, line: HouseholdLine | None) -> None:
        if scope != self._scope:
            return
        if scope.period != found.now and line is not None and line.saved:
            self._begin_again(line.id)
        elif scope.period == found.now and scope.rt is not None and found.lines:
            self.rt.show_again(found)
        else:
            self.foot.tell(say("Tidak ada rumah periode lalu yang belum didata lagi di RT ini."))

    def _begin_again(self, household: str) -> None:
        """Take a house of an earlier period up again in the present one; what stood then is offered."""
        self.desk.change(
            self, lambda workspace: period_before.begin(workspace, household),
            lambda again: self._go(Household.key, again.id, draft=again.is_draft, scope=replace(
                self._scope, area=again.region or self._scope.area, rt=again.rt or self._scope.rt,
                period=again.period)),
            touches=[DRAFTS])

    def _show_residents(self) -> None:
        if self.rt.shows_residents:
            self.rt.show_households()
        else:
            self.rt.show_residents()

    def _ask_removal(self) -> None:
        self._doomed = targets.doomed(self.area, self.households())
        if self._doomed is None:
            return
        self.foot.close_all()
        self.foot.hide()  # one thing is asked at a time; _keep brings the bar of what is selected back
        self.removal.ask(self._doomed.question, needs_reason=self._doomed.saved)

    @override
    def why_kept(self) -> str:
        return targets.why_kept(self.area) or super().why_kept()

    def _remove(self, reason: str) -> None:
        doomed = self._doomed
        if doomed is not None:
            self.desk.change(self, lambda workspace: targets.put_away(workspace, doomed, reason), self._removed,
                             lambda error: self._not_removed(doomed, error), touches=[doomed.form, DRAFTS])
            self._keep()

    def _not_removed(self, doomed: targets.Doomed, error: Exception) -> None:
        """Tell why they stay, and ask again with the reason that was typed."""
        self._doomed = doomed
        self.foot.hide()
        self.removal.ask_again()
        self.desk.failed.emit(error)

    def _removed(self, words: str) -> None:
        """Say how many went, where several did."""
        if words:
            self.table().clearSelection()
            self.foot.tell(words)

    def _keep(self) -> None:
        """Close the strip and go back to the rows."""
        if self.removal.isVisible():
            self.removal.hide()
            self._count_selected()
            self.table().setFocus(Qt.FocusReason.OtherFocusReason)
        self._doomed = None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the strip wherever the focus is, and what is asked or told; then it ends a search."""
        if event.key() == Qt.Key.Key_Escape and self.removal.isVisible():
            self._keep()
        elif event.key() == Qt.Key.Key_Escape and self.foot.is_open:
            self.foot.close_all()
        elif event.key() == Qt.Key.Key_Escape and self._scope.rt is not None and self.rt.shows_residents:
            self.rt.show_households()
        elif event.key() == Qt.Key.Key_Escape and (self._search_field().text() or self._search_field().hasFocus()):
            self._search_field().clear()
            self._focus_rows()
        else:
            super().keyPressEvent(event)

