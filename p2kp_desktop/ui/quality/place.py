"""Mutu Data: five tabs, and the form in which a drawn household is keyed again."""

from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.tabs import Tabbed, Tabs
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.place import Destination, Place, Scope

from .blind import Blind
from .doubles_page import DoublesPage
from .operators_page import OperatorsPage
from .recheck_page import RecheckPage
from .rules_page import RulesPage
from .unusual_page import UnusualPage

RULES, DOUBLES, UNUSUAL, OPERATORS, RECHECK = TABS = ("rules", "doubles", "unusual", "operators", "recheck")


class QualityPlace(Place):
    """A destination's tab is one of TABS; the tab used last is shown otherwise."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.rules, self.doubles, self.unusual = RulesPage(desk), DoublesPage(desk), UnusualPage(desk)
        self.operators, self.recheck = OperatorsPage(desk), RecheckPage(desk)
        self.pages: tuple[Page, ...] = (self.rules, self.doubles, self.unusual, self.operators, self.recheck)
        self.blind: Blind | None = None
        words = (say("Masalah"), say("Mungkin ganda"), say("Tidak lazim"), say("Petugas"), say("Ketik ulang"))
        self.tabs = Tabs(say("Mutu Data"), words)
        self._whole = QStackedWidget()
        self._lay_out()
        for page in self.pages:
            page.wants.connect(self.wants)
        self.doubles.counted.connect(self._show_count)
        self.recheck.keys_again.connect(self.key_again)
        self.tabs.currentChanged.connect(self._turn)
        desk.changed.connect(self._changed)

    def _lay_out(self) -> None:
        self._whole.addWidget(Tabbed(self.tabs, self.pages))
        down(self._whole, into=self)

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the tab the destination names, or the one used last, for the scope."""
        moved = self.pages[0].scope != scope
        for page in self.pages:
            page.scope = scope
        if moved and self.rules.chosen is not None:
            self.rules.back()
        for page in (self.unusual, self.operators) if moved else ():
            page.lists.setCurrentIndex(0)
        if destination.tab in TABS:
            self.tabs.setCurrentIndex(TABS.index(destination.tab))
        if self._is_keying() and self.blind is not None:
            self.blind.sheet.column.give_focus()
            return
        self._page.refresh()
        self._page.begin()
        if moved and self._page is not self.doubles:
            self.doubles.refresh()  # its tab says how many there are

    @property
    def _page(self) -> Page:
        return self.pages[self.tabs.currentIndex()]

    def _is_keying(self) -> bool:
        return self.blind is not None and self._whole.currentWidget() is self.blind

    def _turn(self) -> None:
        self._page.refresh()
        if self.isVisible():
            self._page.begin()

    def _changed(self, _touched: object) -> None:
        if self.isVisible() and not self._is_keying():
            self._page.refresh()

    def _show_count(self, count: int) -> None:
        self.tabs.setTabText(TABS.index(DOUBLES), say("Mungkin ganda ({count})", count=count) if count
                             else say("Mungkin ganda"))

    def key_again(self, record: str) -> None:
        """Show the form in which a drawn household is keyed again."""
        if self.blind is None:
            self.blind = Blind(self.desk)
            self.blind.finished.connect(self._compare)
            self.blind.left.connect(self._back)
            self._whole.addWidget(self.blind)
        self._whole.setCurrentWidget(self.blind)
        self.blind.begin(record)

    def _compare(self, record: str) -> None:
        self.recheck.look_at(record)
        self._back()

    def _back(self) -> None:
        self._whole.setCurrentIndex(0)
        self.recheck.refresh()
        self.recheck.begin()

    @override
    def may_leave(self) -> bool:
        if self._is_keying() and self.blind is not None:
            self.blind.hands.keep_typed()
        return True
