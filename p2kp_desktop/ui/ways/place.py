"""Jalan termurah: the cheapest works out of slum, and the unit prices that they go by, behind two tabs."""

from collections.abc import Set

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.forms import Kawasan
from p2kp_desktop.forms.places import SCORES
from p2kp_desktop.forms.price import Price
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.lists.tabbed_place import TabbedPlace
from p2kp_desktop.ui.place import Destination

from .prices_page import PricesPage
from .ways_page import WaysPage

WAYS, PRICES = "ways", "prices"
_OF_FORM = {Price.key: PRICES, Kawasan.key: WAYS}


class WaysPlace(TabbedPlace[Page]):
    """A price that somebody comes back from leads to the list of prices, a kawasan to its cheapest works."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.ways, self.prices = WaysPage(desk), PricesPage(desk)
        super().__init__(desk, parent, say("Jalan termurah"), {WAYS: self.ways, PRICES: self.prices},
                         (say("Jalan termurah"), say("Harga satuan")))

    @override
    def tab_for(self, destination: Destination) -> str:
        return _OF_FORM.get(destination.form, destination.tab)

    @override
    def prepare(self, destination: Destination) -> None:
        self.prices.wish = destination.record
        self.ways.asked.wish = destination.record if destination.form == Kawasan.key else ""

    @property
    @override
    def concerns(self) -> Set[str]:
        return {SCORES, Price.key, Kawasan.key}

    @override
    def may_leave(self) -> bool:
        self.ways.stop()
        return True
