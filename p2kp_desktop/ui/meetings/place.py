"""The place Pertemuan: the list of meetings, what is still to be carried out, and one meeting as a page."""

from collections.abc import Set
from dataclasses import replace

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.community import meetings
from p2kp_desktop.forms.meeting import Meeting
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.tabs import Tabbed, Tabs
from p2kp_desktop.ui.look.measures import PAGE_SIDE, PAGE_TOP
from p2kp_desktop.ui.place import Destination, Paper, Place, Scope

from .list_page import ListPage
from .meeting_page import MeetingPage
from .open_page import OpenPage
from .page import MeetingsPage

MEETINGS, OPEN = TABS = ("meetings", "open")


class MeetingsPlace(Place):
    """A destination's tab is one of TABS; its record is a meeting, or hangs on the meeting that is its parent."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list, self.open, self.meeting = ListPage(desk), OpenPage(desk), MeetingPage(desk)
        self.pages: tuple[MeetingsPage, ...] = (self.list, self.open)
        self.tabs = Tabs(say("Pertemuan"), (say("Pertemuan"), say("Keputusan terbuka")))
        self._whole = QStackedWidget()
        self._lay_out()
        for page in (*self.pages, self.meeting):
            page.wants.connect(self.wants)
        self.open.counted.connect(self._show_count)
        self.list.list.opened.connect(lambda line: self.show_meeting(line.id))
        self.open.meeting_wanted.connect(self.show_meeting)
        self.meeting.left.connect(self._back)
        self.tabs.currentChanged.connect(self._turn)

    def _lay_out(self) -> None:
        self.meeting.column.setContentsMargins(PAGE_SIDE, PAGE_TOP, PAGE_SIDE, 0)
        self._whole.addWidget(Tabbed(self.tabs, self.pages))
        self._whole.addWidget(self.meeting)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._whole)

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the meeting the destination leads to, the tab it names, or what was shown last in this scope."""
        super().enter(destination, scope)
        moved = self.list.scope.area != scope.area
        for page in (*self.pages, self.meeting):
            page.scope = scope
        self.open.refresh()
        if destination.form == Meeting.key and destination.record:
            self.show_meeting(destination.record)
        elif destination.parent:
            self.show_meeting(destination.parent, destination.record, destination.form)
        elif destination.tab in TABS or moved or not self._shows_meeting():
            self._show_tab(destination.tab)
        else:
            self.meeting.show_meeting(self.meeting.meeting)

    def _show_tab(self, tab: str) -> None:
        self._whole.setCurrentIndex(0)
        if tab in TABS:
            self.tabs.setCurrentIndex(TABS.index(tab))
        self._page.refresh()
        self._page.begin()

    def show_meeting(self, meeting: str, record: str = "", form: str = "") -> None:
        """Show one meeting, with the focus on what hangs on it."""
        self._whole.setCurrentWidget(self.meeting)
        self.meeting.setFocus()
        self.meeting.show_meeting(meeting, record, form)

    @override
    def on_paper(self) -> Paper:
        if not self._shows_meeting():
            return super().on_paper()
        return Paper(Meeting.key, (self.meeting.meeting,), what="attendance")

    @override
    def standing(self, destination: Destination) -> Destination:
        if self._shows_meeting():
            return replace(destination, form=Meeting.key, record=self.meeting.meeting, parent="", tab="")
        return replace(destination, form="", record="", parent="", tab=TABS[self.tabs.currentIndex()])

    def _shows_meeting(self) -> bool:
        return self._whole.currentWidget() is self.meeting

    @property
    def _page(self) -> MeetingsPage:
        return self.pages[self.tabs.currentIndex()]

    def _turn(self) -> None:
        self._page.refresh()
        if self.isVisible() and not self._shows_meeting():
            self._page.begin()

    def _back(self, meeting: str) -> None:
        """Show the list again, at the meeting that was shown."""
        self._show_tab("")
        if meeting:
            self.list.choose(meeting)

    @property
    @override
    def concerns(self) -> Set[str]:
        return meetings.TOUCHING

    @override
    def catch_up(self, touched: frozenset[str]) -> None:
        self.open.refresh()
        shown = self.meeting if self._shows_meeting() else self._page
        if shown is not self.open:
            shown.refresh()

    def _show_count(self, count: int) -> None:
        words = say("Keputusan terbuka ({count})", count=count) if count else say("Keputusan terbuka")
        self.tabs.setTabText(TABS.index(OPEN), words)
