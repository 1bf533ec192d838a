"""Three parts of a page: one at the left, two behind tabs at the right; without room for both, three tabs."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.tabs import Tabs
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_4

_ROOM = 1060  # below this width there is no left and right


class Panes(QWidget):
    """Keeps the three parts; which tab is in sight is the user's choice, in both shapes."""

    def __init__(self, left: QWidget, *right: QWidget, shares: tuple[int, int]) -> None:
        super().__init__()
        self._parts = (left, *right)
        self._narrow: bool | None = None
        self._shares = shares
        self.tabs = Tabs("", [""] * len(self._parts), number="", steps=("Ctrl+Tab", "Ctrl+Shift+Tab"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(CARD_GAP)
        self._grid.setVerticalSpacing(SPACE_4)
        self._grid.setRowStretch(1, 1)
        self._fit()  # before anything is shown: a part without a parent would be a window
        self.tabs.currentChanged.connect(lambda _place: self._show())
        self.tabs.setCurrentIndex(1)

    def name(self, words: Sequence[str]) -> None:
        """Show the words of the tabs."""
        for place, text in enumerate(words):
            if self.tabs.tabText(place) != text:
                self.tabs.setTabText(place, text)

    def bring(self, place: int) -> None:
        """Bring a part into sight."""
        if self._narrow or place:
            self.tabs.setCurrentIndex(place)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < _ROOM
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for widget in (self.tabs, *self._parts):
            self._grid.removeWidget(widget)
        left, *right = self._parts
        self._grid.addWidget(self.tabs, 0, 0 if narrow else 1, 1, 2 if narrow else 1)
        self._grid.addWidget(left, *((1, 0, 1, 2) if narrow else (0, 0, 2, 1)))
        for part in right:
            self._grid.addWidget(part, *((1, 0, 1, 2) if narrow else (1, 1, 1, 1)))
        for column, share in enumerate(self._shares):
            self._grid.setColumnStretch(column, share)
        self.tabs.setTabVisible(0, narrow)
        if not narrow and self.tabs.currentIndex() == 0:
            self.tabs.setCurrentIndex(1)
        self._show()

    def _show(self) -> None:
        here = self.tabs.currentIndex()
        for place, part in enumerate(self._parts):
            part.setVisible(place == here or (place == 0 and not self._narrow))
