"""Jalan termurah: the cheapest works out of slum, and the unit prices that they go by, behind two tabs."""

from collections.abc import Set

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.forms import Kawasan
from p2kp_desktop.forms.places import SCORES
from p2kp_desktop.forms.price import Price
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.tabs import Tabbed, Tabs
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.place import Destination, Place, Scope

from .prices_page import PricesPage
from .ways_page import WaysPage

WAYS, PRICES = TABS = ("ways", "prices")


class WaysPlace(Place):
    """A destination's tab is one of TABS; a price that somebody comes back from leads to the list of prices."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.ways, self.prices = WaysPage(desk), PricesPage(desk)
        self.pages: tuple[Page, ...] = (self.ways, self.prices)
        self.tabs = Tabs(say("Jalan termurah"), (say("Jalan termurah"), say("Harga satuan")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Tabbed(self.tabs, self.pages))
        for page in self.pages:
            page.wants.connect(self.wants)
        self.tabs.currentChanged.connect(self._turn)

    @property
    def page(self) -> Page:
        """Return the page in sight."""
        return self.pages[self.tabs.currentIndex()]

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        super().enter(destination, scope)
        for page in self.pages:
            page.scope = scope
        self.prices.wish = destination.record
        self.ways.asked.wish = destination.record if destination.form == Kawasan.key else ""
        tab = {Price.key: PRICES, Kawasan.key: WAYS}.get(destination.form, destination.tab)
        if tab in TABS:
            self.tabs.setCurrentIndex(TABS.index(tab))
        self.page.refresh()
        self.page.begin()

    def _turn(self) -> None:
        if self.page.scope.area:
            self.page.refresh()
        if self.isVisible():
            self.page.begin()

    @property
    @override
    def concerns(self) -> Set[str]:
        return {SCORES, Price.key, Kawasan.key}

    @override
    def catch_up(self, touched: frozenset[str]) -> None:
        self.page.refresh()

    @override
    def may_leave(self) -> bool:
        self.ways.stop()
        return True
