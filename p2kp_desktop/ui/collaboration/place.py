"""Kolaborasi: needs, their money, activities, commitments, partners, targets, policies behind tabs."""

from collections.abc import Set

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.forms.places import SCORES
from p2kp_desktop.language import say, say_many
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.tabs import Tabbed, Tabs
from p2kp_desktop.ui.place import Destination, Place, Scope

from .decrees_page import DecreesPage
from .listing import ListPage
from .matrix_page import MatrixPage
from .needs_page import NeedsPage
from .people_page import PeoplePage
from .policies_page import PoliciesPage
from .promises_page import PromisesPage
from .targets_page import TargetsPage
from .works_page import WorksPage

NEEDS, MATRIX, WORKS, PROMISES, PEOPLE, TARGETS, DECREES, POLICIES = TABS = (
    "needs", "matrix", "works", "promises", "people", "targets", "decrees", "policies")


class CollaborationPlace(Place):
    """A destination's tab is one of TABS; its form and record say where somebody comes back from."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.needs, self.matrix, self.works = NeedsPage(desk), MatrixPage(desk), WorksPage(desk)
        self.promises, self.people, self.policies = PromisesPage(desk), PeoplePage(desk), PoliciesPage(desk)
        self.targets, self.decrees = TargetsPage(desk), DecreesPage(desk)
        self.pages: tuple[ListPage, ...] = (
            self.needs, self.matrix, self.works, self.promises, self.people, self.targets, self.decrees,
            self.policies)
        self._kinds = {kind for page in self.pages for kind in page.kinds}
        words = (say_many("Kebutuhan"), say("Matriks"), say_many("Kegiatan"), say_many("Komitmen"), say_many("Pihak"),
                 say("Sasaran"), say("Buku SK"), say_many("Kebijakan"))
        self.tabs = Tabs(say("Kolaborasi"), words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Tabbed(self.tabs, self.pages))
        for page in self.pages:
            page.wants.connect(self.wants)
        self.tabs.currentChanged.connect(self._turn)

    @property
    def page(self) -> ListPage:
        """Return the page in sight."""
        return self.pages[self.tabs.currentIndex()]

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the tab that is named, that lists the form somebody comes from, or that was used last."""
        super().enter(destination, scope)
        for page in self.pages:
            page.scope = scope.at(None)
        tab = destination.tab if destination.tab in TABS else ""
        if destination.form and not tab and destination.form not in self.page.kinds:
            tab = next((name for name, page in zip(TABS, self.pages, strict=True)
                        if destination.form in page.kinds), "")
        if tab:
            self.tabs.setCurrentIndex(TABS.index(tab))
        self.page.wish, self.page.parent_wish = destination.record, destination.parent
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
        return self._kinds | {SCORES}

    @override
    def catch_up(self, touched: frozenset[str]) -> None:
        self.page.refresh()
