"""A row of tabs, each a key away and named in the menu, and what they show."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.commands import mark_leading
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.look.measures import PAGE_SIDE, SPACE_8, SPACE_12


class Tabs(QTabBar):
    """Alt and its number leads to a tab; two more keys step through those in sight, round and round."""

    chosen = Signal(int)  # by a key or the menu, not with the tabs in focus: work goes on in what it shows

    def __init__(
        self, name: str, words: Sequence[str], *, number: str = "Alt+{}",
        steps: tuple[str, str] = ("Ctrl+PgDown", "Ctrl+PgUp"),
    ) -> None:
        super().__init__()
        self._ways: list[QAction] = []
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setAccessibleName(name)
        for text, keys, by in ((say("Tab berikutnya"), steps[0], 1), (say("Tab sebelumnya"), steps[1], -1)):
            self._action(text, keys).triggered.connect(lambda _checked=False, by=by: self.step(by))
        for place, text in enumerate(words):
            self._ways.append(self._action("", number.format(place + 1) if number else ""))
            self._ways[place].triggered.connect(lambda _checked=False, place=place: self._choose(place))
            self.addTab("")
            self.setTabText(place, text)

    def _action(self, words: str, keys: str) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.setPriority(QAction.Priority.LowPriority)  # the tabs are in sight anyway
        mark_leading(action)
        self.addAction(action)
        return action

    def step(self, by: int) -> None:
        """Go so many tabs on, or back."""
        shown = [place for place in range(self.count()) if self.isTabVisible(place)]
        here = shown.index(self.currentIndex())
        self._choose(shown[(here + by) % len(shown)])

    def _choose(self, place: int) -> None:
        self.setCurrentIndex(place)
        self.chosen.emit(place)

    @override
    def setTabText(self, index: int, text: str) -> None:
        """Show other words, in the menu too."""
        super().setTabText(index, text)
        self._ways[index].setText(say("Tab {name}", name=text).replace("&", "&&") if text else "")

    @override
    def setTabVisible(self, index: int, visible: bool) -> None:
        super().setTabVisible(index, visible)
        self._ways[index].setVisible(visible)
        self._ways[index].setEnabled(visible)


class Tabbed(QWidget):
    """Tabs at the top, and below them the page of the tab in sight."""

    def __init__(self, tabs: Tabs, pages: Sequence[QWidget]) -> None:
        super().__init__()
        stack = QStackedWidget()
        for page in pages:
            stack.addWidget(page)
        tabs.currentChanged.connect(stack.setCurrentIndex)
        row = across(tabs, Stretch(), gap=None, margins=(PAGE_SIDE, SPACE_8, PAGE_SIDE, 0))
        down(row, (stack, 1), into=self, gap=SPACE_12)
