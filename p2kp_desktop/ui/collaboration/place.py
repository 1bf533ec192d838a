"""Kolaborasi: needs, their money, activities, commitments, partners, targets, policies behind tabs."""

from collections.abc import Set

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.forms.places import SCORES
from p2kp_desktop.language import say, say_many
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.lists.tabbed_place import TabbedPlace
from p2kp_desktop.ui.place import Destination, Scope

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


class CollaborationPlace(TabbedPlace[ListPage]):
    """A destination's form and record say where somebody comes back from."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.needs, self.matrix, self.works = NeedsPage(desk), MatrixPage(desk), WorksPage(desk)
        self.promises, self.people, self.policies = PromisesPage(desk), PeoplePage(desk), PoliciesPage(desk)
        self.targets, self.decrees = TargetsPage(desk), DecreesPage(desk)
        pages: tuple[ListPage, ...] = (
            self.needs, self.matrix, self.works, self.promises, self.people, self.targets, self.decrees, self.policies)
        words = (say_many("Kebutuhan"), say("Matriks"), say_many("Kegiatan"), say_many("Komitmen"), say_many("Pihak"),
                 say("Sasaran"), say("Buku SK"), say_many("Kebijakan"))
        super().__init__(desk, parent, say("Kolaborasi"), dict(zip(TABS, pages, strict=True)), words)
        self._kinds = {kind for page in self.pages for kind in page.kinds}

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the tab that is named, that lists the form somebody comes from, or that was used last; of all RTs."""
        super().enter(destination, scope.at(None))

    @override
    def tab_for(self, destination: Destination) -> str:
        if destination.tab in TABS or not destination.form or destination.form in self.page.kinds:
            return destination.tab
        return next((name for name, page in zip(TABS, self.pages, strict=True) if destination.form in page.kinds), "")

    @override
    def prepare(self, destination: Destination) -> None:
        self.page.wish, self.page.parent_wish = destination.record, destination.parent

    @property
    @override
    def concerns(self) -> Set[str]:
        return self._kinds | {SCORES}
