"""The place Laporan: the dashboard, the list of reports, and one report as a table."""

from collections.abc import Set
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.reports import catalogue, shelf
from p2kp_desktop.reports.shelf import Question
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.tabs import Tabbed, Tabs
from p2kp_desktop.ui.lists.page import EVERYTHING, Page
from p2kp_desktop.ui.place import TABLES, Destination, Paper, Place, Scope

from .board_page import BoardPage
from .map_page import MapPage
from .report_page import NAME, Asked, ReportPage
from .shelf_page import ShelfPage

BOARD, SHELF, MAP = TABS = ("board", "shelf", "map")


class ReportingPlace(Place):
    """A destination's tab is one of TABS, or names a report after NAME; a digit asks a question from any of them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._scope = Scope("", None, "")
        self.board, self.shelf, self.report = BoardPage(desk), ShelfPage(desk), ReportPage(desk)
        self.map = MapPage(desk)
        self.pages: tuple[Page, ...] = (self.board, self.shelf, self.map)
        self.tabs = Tabs(say("Laporan"), (say("Dasbor"), say("Semua laporan"), say("Peta")))
        self.whole = QStackedWidget()
        self.whole.addWidget(Tabbed(self.tabs, self.pages))
        self.whole.addWidget(self.report)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.whole)
        self.shelf.opened.connect(self.open_report)
        self.board.reports.connect(self.open_report)
        self.report.closed.connect(self.close_report)
        for page in (*self.pages, self.report):
            page.wants.connect(self.wants)
        self.tabs.currentChanged.connect(self._turn)
        asking = offer(self, [
            Command(each.words, (each.key,), partial(self._answer, each), rare=True, leads=True)
            for each in shelf.questions()
        ])
        for page in (*self.pages, self.report):
            page.addActions(asking)  # so that a digit typed in a list asks, too

    @property
    def page(self) -> Page:
        """Return the page in sight."""
        return self.report if self.whole.currentWidget() is self.report else self.pages[self.tabs.currentIndex()]

    @property
    @override
    def concerns(self) -> Set[str]:
        return EVERYTHING

    @override
    def catch_up(self, touched: frozenset[str]) -> None:
        self.page.refresh()

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show what the destination names, or what was in sight before, in the scope."""
        super().enter(destination, scope)
        self._scope = scope
        for page in (*self.pages, self.report):
            page.scope = scope
        named, _, sought = destination.tab.removeprefix(NAME).partition(":")
        if destination.tab.startswith(NAME):
            self.open_report(named, sought)
        elif self.page is self.report and not destination.tab and self.report.asked is not None:
            before = self.report.asked
            self.report.open(before if before.scope == scope else replace(
                before, scope=scope, sought=self.report.search.text()))
        else:
            self.close_report()
            if destination.tab in TABS:
                self.tabs.setCurrentIndex(TABS.index(destination.tab))

    @override
    def on_paper(self) -> Paper:
        """Say that the dashboard is meant where it is in sight, and the figures of the map where that is."""
        if self.page is self.board:
            return Paper(what="dashboard")
        listed = self.map.list if self.page is self.map else None
        return super().on_paper() if listed is None else listed.on_paper()

    def open_report(self, name: str, sought: str = "") -> None:
        """Show a report in the scope; the records of a form stand in Semua data."""
        if name == shelf.ONE_PAGE:
            self.tabs.setCurrentIndex(TABS.index(BOARD))
            self.close_report()
            self.board.save_page()
            return
        form = catalogue.reports()[name].form
        if form:
            self.wants.emit(Destination(TABLES, self._scope, form=form))
            return
        self.whole.setCurrentWidget(self.report)
        self.report.open(Asked(name, self._scope, sought=sought))

    def _answer(self, question: Question) -> None:
        name = shelf.answer(question)
        if name:
            self.open_report(name)

    def close_report(self) -> None:
        """Show the list or the dashboard again, where it was."""
        self.whole.setCurrentIndex(0)
        self._turn()

    def _turn(self) -> None:
        self.page.refresh()
        if self.isVisible() or not self.page.isHidden():
            self.page.begin()
