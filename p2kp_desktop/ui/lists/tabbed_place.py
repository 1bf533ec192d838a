"""A place whose pages stand behind tabs: the one in sight asks for what it shows, and has the keyboard."""

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.tabs import Tabbed, Tabs
from p2kp_desktop.ui.place import Destination, Place, Scope

from .page import Page

OnePage = TypeVar("OnePage", bound=Page)


class TabbedPlace(Place, Generic[OnePage]):
    """Pages by the names of their tabs, which a destination may name, in order; `words` are those of the tabs."""

    def __init__(
        self, desk: Desk, parent: QWidget | None, title: str, pages: Mapping[str, OnePage], words: Sequence[str]
    ) -> None:
        super().__init__(desk, parent)
        self._names, self.pages = tuple(pages), tuple(pages.values())
        self.tabs = Tabs(title, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Tabbed(self.tabs, self.pages))
        for page in self.pages:
            page.wants.connect(self.wants)
        self.tabs.currentChanged.connect(self._turn)

    @property
    def page(self) -> OnePage:
        """Return the page in sight."""
        return self.pages[self.tabs.currentIndex()]

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the tab that is meant, or the one used last, in a scope."""
        super().enter(destination, scope)
        for page in self.pages:
            page.scope = scope
        tab = self.tab_for(destination)
        if tab in self._names:
            self.tabs.setCurrentIndex(self._names.index(tab))
        self.prepare(destination)
        self.page.refresh()
        self.page.begin()

    def tab_for(self, destination: Destination) -> str:
        """Return the name of the tab that is meant, "" for the one used last."""
        return destination.tab

    def prepare(self, destination: Destination) -> None:
        """Tell the pages what else the destination says, before the one in sight asks for what it shows."""

    def _turn(self) -> None:
        if self.page.scope.area:
            self.page.refresh()
        if self.isVisible():
            self.page.begin()

    @override
    def catch_up(self, touched: frozenset[str]) -> None:
        self.page.refresh()
