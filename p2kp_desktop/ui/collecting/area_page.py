"""A kelurahan with its RTs, or a wider area with its kelurahan; all households, kawasan and periods beside."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from p2kp_desktop.actions.recording import binder
from p2kp_desktop.actions.recording.binder import Sheet
from p2kp_desktop.actions.recording.record_names import new_words
from p2kp_desktop.actions.residents.residents import Completeness
from p2kp_desktop.actions.review.review_queue import Queue
from p2kp_desktop.actions.review.verification import REVIEWERS
from p2kp_desktop.actions.scores import progress
from p2kp_desktop.actions.scores.progress import RtLine, VillageLine
from p2kp_desktop.actions.tables.household_pages import CHANGED, READY, RETURNED, WAITING
from p2kp_desktop.forms import Kawasan, Period, Rt
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.reports import areas
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region, region_name
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.letters import Letters
from p2kp_desktop.ui.kit.messages import Emptiness, EmptyState
from p2kp_desktop.ui.kit.search import SearchField, begin_search
from p2kp_desktop.ui.kit.tabs import Tabs
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12
from p2kp_desktop.ui.place import Scope

from .household_list import FILTERS, SEARCH_WIDTH, HouseholdList
from .queue_list import QueueList
from .resident_lines import area_words

QUEUE, PLACES, HOUSEHOLDS, KAWASAN, PERIODS = TABS = ("queue", "places", "households", "kawasan", "periods")


class AreaPage(QWidget):
    """Lists under tabs: what waits for this office, how far the places of the area are, and what lies in them.

    The queue comes first for an office that reviews; a facilitator sees it when something came back.
    """

    goes = Signal(object)  # Scope
    opens = Signal(str, str)  # form, record: "" begins a new one

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._scope = desk, Scope("", None, "")
        self.rts: TableList[RtLine] = TableList(desk, areas.rts())
        self.villages: TableList[VillageLine] = TableList(desk, areas.villages())
        self.kawasan: TableList[Sheet] = TableList(desk, areas.kawasan())
        self.periods: TableList[Sheet] = TableList(desk, areas.periods())
        self.households, self.queue = HouseholdList(desk, with_rt=True), QueueList(desk)
        self._role, self._wish, self._focus_waits = "", "", False
        self.tabs, self.stack = Tabs(say("Daftar yang ditampilkan"), [""] * len(TABS)), QStackedWidget()
        self.search = SearchField(say("Cari RT"), ("Ctrl", "F"), width=SEARCH_WIDTH)
        self.new = Button(say("Rumah baru"), Kind.PRIMARY, icon="plus", keys=("Ctrl", "N"))
        self.other = Button("", icon="plus", keys=("B",))
        self._title, self._caption = Label("", PAGE_TITLE), Label("", SECONDARY, wraps=True)
        self.empty = _empty()
        self._lay_out()
        self._connect()
        desk.rights.guard(Deed.CHANGE, self.new, self.other, self.empty.action)

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._caption)
        head = QHBoxLayout()
        head.setSpacing(SPACE_12)
        head.addLayout(names, 1)
        head.addWidget(self.other)
        head.addWidget(self.new)
        self.tabs.setTabVisible(TABS.index(QUEUE), False)
        self.tabs.setCurrentIndex(TABS.index(PLACES))
        row = QHBoxLayout()
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.search)
        card = Card()
        card.body.addWidget(self.empty)
        card.setMinimumHeight(1)  # it is shown only where nothing else takes its room
        for page in (self.queue, self.rts, self.villages, self.households, self.kawasan, self.periods, card):
            self.stack.addWidget(page)
        self._empty_card = card
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8 + 2)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.rts.opened.connect(lambda line: self.goes.emit(Scope(line.region, line.rt, self._scope.period)))
        self.villages.opened.connect(lambda line: self.goes.emit(Scope(line.region, None, self._scope.period)))
        for sheets in (self.kawasan, self.periods):
            sheets.opened.connect(lambda sheet: self.opens.emit(sheet.form, sheet.record))
        self.tabs.currentChanged.connect(lambda _place: self._show_tab())
        self.tabs.chosen.connect(lambda _place: self.focus_list())
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.focus_list)
        self.new.clicked.connect(lambda: self.opens.emit(Household.key, ""))
        self.empty.pressed.connect(lambda: self.opens.emit(Household.key, ""))
        self.other.clicked.connect(lambda: self.opens.emit(self.other_form(), ""))
        self.households.counts.connect(self._show_counts)
        self.queue.counted.connect(self._show_queue)

    @property
    def tab(self) -> str:
        """Return the key of the tab in use."""
        return TABS[self.tabs.currentIndex()]

    @property
    def is_village(self) -> bool:
        """Say whether the area is a kelurahan or desa."""
        return bool(self._scope.area) and region(self._scope.area).is_village

    def list_in_use(self) -> Any:
        """Return the list of the tab in use."""
        first = self.rts if self.is_village else self.villages
        lists = (self.queue, first, self.households, self.kawasan, self.periods)
        return dict(zip(TABS, lists, strict=True))[self.tab]

    def focus_list(self) -> None:
        """Put the focus on the rows, as soon as there are any."""
        table = self.list_in_use().table
        table.setFocus(Qt.FocusReason.TabFocusReason)
        self._focus_waits = not table.isVisible()

    def other_form(self) -> str:
        """Return the form that the second button begins in this tab."""
        return {KAWASAN: Kawasan.key, PERIODS: Period.key}.get(self.tab, Rt.key)

    def begin_search(self, typed: str = "") -> None:
        """Put the cursor into the search field of the tab, with what was typed in the rows already."""
        begin_search(self.households.search if self.tab == HOUSEHOLDS else self.search, typed)

    def let_type(self, place: QWidget) -> None:
        """Let a letter in the rows be a command of the place, and several the beginning of a search."""
        self.households.let_type(place)
        for listed in (self.queue, self.rts, self.villages, self.kawasan, self.periods):
            Letters(listed.table, place).sought.connect(self.begin_search)

    def take_role(self, role: str) -> None:
        """Put what waits for this office first, and go where it was asked to go before this was known."""
        self._role = role
        if role in REVIEWERS:
            self.tabs.setTabVisible(TABS.index(QUEUE), True)
            if not self._wish:
                self.tabs.setCurrentIndex(TABS.index(QUEUE))
        if self._scope.area:
            self._go_to(self._wish)
            self._label_tabs({})

    def show_scope(self, scope: Scope, tab: str = "") -> None:
        """Show an area; another area begins with its places, or with what waits there.

        `tab` names a list; "households:problem" the households that stand so; "returned", "waiting", "ready",
        "changed" and "verified" what the review says.
        """
        if scope.area != self._scope.area:
            self.search.clear()
            if self.tab != QUEUE or self._role not in REVIEWERS:
                self.tabs.setCurrentIndex(TABS.index(PLACES))
        self._scope = scope
        self._focus_waits = False
        self._wish = tab
        self.queue.show_scope(scope)
        self._go_to(tab)
        self._title.say(region_name(scope.area))
        self._label_tabs({})
        self._show_tab()
        self.refresh()

    def _go_to(self, tab: str) -> None:
        wanted, mark, standing = tab.partition(":")
        waits = (RETURNED,) if self._role not in REVIEWERS else (READY, CHANGED)
        if tab == WAITING or tab in waits:
            self.tabs.setTabVisible(TABS.index(QUEUE), True)
            self.tabs.setCurrentIndex(TABS.index(QUEUE))
            self.queue.show_scope(self._scope, "" if tab == WAITING or len(waits) == 1 else tab)
        elif tab in FILTERS:
            wanted, mark, standing = HOUSEHOLDS, ":", tab
        if wanted in TABS:
            self.tabs.setCurrentIndex(TABS.index(wanted))
        if mark:
            self.households.show_place(self._scope.area, None, self._scope.period, standing)

    def _show_queue(self, queue: Queue) -> None:
        asked = self._wish == WAITING or self._wish in queue.counts
        self.tabs.setTabVisible(TABS.index(QUEUE), queue.reviews or bool(queue.total) or asked)
        self._label_tabs({QUEUE: queue.total})
        if self.tab == QUEUE and not queue.total and not self._wish:  # nothing waits: the places are of more use
            self.tabs.setCurrentIndex(TABS.index(PLACES))
        self._show_tab()
        if self._focus_waits:
            self.focus_list()

    def refresh(self) -> None:
        """Ask again for everything shown."""
        scope = self._scope
        self.queue.refresh()
        lists = progress.rts if self.is_village else progress.villages
        self._desk.ask(
            self,
            lambda workspace: lists(workspace, scope.area, scope.period),
            lambda found: self._show_places(scope, found),
        )
        self._desk.ask(
            self,
            lambda workspace: (binder.kawasan(workspace, scope.area), binder.periods(workspace)),
            lambda found: self._show_sheets(*found),
        )
        self.households.show_place(scope.area, None, scope.period)

    def _show_places(self, scope: Scope, lines: list[Any]) -> None:
        if scope != self._scope:
            return
        if self.is_village:
            self.rts.show_table(areas.rts(lines), scope)
        else:
            self.villages.show_table(areas.villages(lines), scope)
        self._has_places, self._listed = bool(lines), progress.list_of(lines)
        self._show_caption()
        self._label_tabs({PLACES: len(lines)})
        self._show_tab()

    _has_places, _households = True, 0
    _listed: Completeness | None = None

    def _show_sheets(self, kawasan: list[Sheet], periods: list[Sheet]) -> None:
        self.kawasan.show_table(areas.kawasan(kawasan), self._scope)
        self.periods.show_table(areas.periods(periods), self._scope)
        self._label_tabs({KAWASAN: len(kawasan), PERIODS: len(periods)})

    def _show_counts(self, counts: dict[str, int]) -> None:
        self._households = sum(counts.values())
        self._label_tabs({HOUSEHOLDS: self._households})
        self._show_caption()

    def _show_caption(self) -> None:
        self._caption.say(area_words(self._households, self._scope.period, self._listed))

    def _label_tabs(self, counts: dict[str, int]) -> None:
        waits = say("Menunggu diperiksa") if self._role in REVIEWERS else say("Dikembalikan")
        places = say("RT") if self.is_village else say("Kelurahan")
        words = (waits, places, say("Rumah"), say("Kawasan"), say("Periode"))
        for place, (key, word) in enumerate(zip(TABS, words, strict=True)):
            if key in counts:
                self.tabs.setTabText(place, f"{word} {written.number(counts[key])}")
            elif not self.tabs.tabText(place).startswith(word):
                self.tabs.setTabText(place, word)

    def _search(self, text: str) -> None:
        if self.tab != HOUSEHOLDS:
            self.list_in_use().search(text)

    def _show_tab(self) -> None:
        shown = self.list_in_use()
        if self.tab == PLACES and self.is_village and not self._has_places:
            shown = self._empty_card
        self.stack.setCurrentWidget(shown)
        self.search.setVisible(self.tab != HOUSEHOLDS)
        self.new.setVisible(self.is_village and shown is not self._empty_card)
        self.other.setVisible(self.is_village or self.tab == PERIODS)
        self.other.say(new_words(form_named(self.other_form())))
        asks = {QUEUE: say("Cari catatan"), KAWASAN: say("Cari kawasan"), PERIODS: say("Cari periode")}
        self.search.setPlaceholderText(asks.get(self.tab, say("Cari RT") if self.is_village else say("Cari kelurahan")))
        self.search.updateGeometry()
        self._search(self.search.text())


def _empty() -> EmptyState:
    return EmptyState(Emptiness(
        say("Mulai dari tumpukan kertas Anda"),
        say("Ambil formulir paling atas, lalu tekan **Ctrl N**. RT-nya ditulis di formulir itu."),
        say("Isi rumah pertama"), ("Ctrl", "N"),
    ))
