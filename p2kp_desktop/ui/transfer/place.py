"""Kirim & Terima: five tabs, with the counts of conflicts and of what waits for a person."""

from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.actions.bundles import quarantine
from p2kp_desktop.actions.recording import conflicts
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.tabs import Tabbed, Tabs
from p2kp_desktop.ui.place import Destination, Paper, Place, Scope

from .log import LogPage
from .receiving import ReceivePage
from .sending import SendPage
from .settling import ConflictPage
from .waiting import WaitingPage

SEND, RECEIVE, CONFLICTS, LOG, WAITING = TABS = ("send", "receive", "conflicts", "log", "waiting")
_REPORTS = {SEND: "sent", RECEIVE: "received", CONFLICTS: "conflicts", WAITING: "quarantine",
            LOG: "transfers"}  # what each tab is a list of


class TransferPlace(Place):
    """Destination tabs are send, receive, conflicts, log and waiting; a record and question name a conflict."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.sending, self.receiving = SendPage(desk), ReceivePage(desk)
        self.settling, self.log = ConflictPage(desk), LogPage(desk)
        self.waiting = WaitingPage(desk)
        self._pages = (self.sending, self.receiving, self.settling, self.log, self.waiting)
        self._build()
        self.receiving.settle.connect(lambda: self.show_tab(CONFLICTS))
        self.receiving.wants.connect(self.wants)
        self.settling.counted.connect(self._show_count)
        self.waiting.counted.connect(self._show_waiting)
        desk.changed.connect(self._refresh)
        desk.ask(self, conflicts.count, self._show_count)
        desk.ask(self, quarantine.count, self._show_waiting)

    def _build(self) -> None:
        words = (say("Kirim"), say("Terima"), say("Konflik"), say("Catatan"), say("Menunggu keputusan"))
        self.tabs = Tabs(say("Kirim & Terima"), words)
        down(Tabbed(self.tabs, self._pages), into=self)
        self.tabs.currentChanged.connect(lambda _place: self._refresh())
        self.tabs.chosen.connect(lambda place: self._pages[place].begin())

    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the tab the destination names, or the one shown last."""
        self.sending.enter(scope)
        self.receiving.enter(scope)
        if destination.record:
            self.settling.open_at(destination.record, destination.question)
        tab = destination.tab or (CONFLICTS if destination.record else TABS[self.tabs.currentIndex()])
        self.show_tab(tab if tab in TABS else SEND)
        self.receiving.look_at([Path(file) for file in destination.files])

    @override
    def on_paper(self) -> Paper:
        """Say that the record of the conflict in sight is meant, with both answers; else what came and went."""
        tab = TABS[self.tabs.currentIndex()]
        heading = self.settling.heading if tab == CONFLICTS else None
        if heading is None:
            return Paper(what=f"report:{_REPORTS[tab]}")
        return Paper(heading.form, (heading.id,), what="record")

    @override
    def close_told(self) -> None:
        self.settling.told.hide()

    def show_tab(self, tab: str) -> None:
        """Show a tab by its key and put the focus where work begins."""
        place = TABS.index(tab)
        if place == self.tabs.currentIndex():
            self._refresh()
        self.tabs.setCurrentIndex(place)
        self._pages[place].begin()

    def _refresh(self, _touched: object = None) -> None:
        """Ask again for what the tab in sight shows, and how many conflicts are open."""
        page = self._pages[self.tabs.currentIndex()]
        if page is self.settling:
            self.settling.refresh()
            return
        self.desk.ask(self, conflicts.count, self._show_count)
        if page is self.waiting:
            self.waiting.refresh()
            return
        self.desk.ask(self, quarantine.count, self._show_waiting)
        if page is self.sending:
            self.sending.refresh()
        elif page is self.log:
            self.log.refresh()

    def _show_count(self, count: int) -> None:
        place = TABS.index(CONFLICTS)
        self.tabs.setTabText(place, say("Konflik ({count})", count=count) if count else say("Konflik"))

    def _show_waiting(self, count: int) -> None:
        words = say("Menunggu keputusan ({count})", count=count) if count else say("Menunggu keputusan")
        self.tabs.setTabText(TABS.index(WAITING), words)
