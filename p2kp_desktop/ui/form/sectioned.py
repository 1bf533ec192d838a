"""The sections at the left; where they do not all fit, the one in focus stays in sight."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea
from typing_extensions import override

from p2kp_desktop.ui.kit.labels import surface
from p2kp_desktop.ui.kit.sections import Section, SectionItem, SectionRail
from p2kp_desktop.ui.look.tokens import Token


class Sections(QScrollArea):
    """The section rail of any form, tight in a small window."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rail: SectionRail | None = None
        self._small = False

    def show_sections(self, sections: tuple[Section, ...], current: int, *, small: bool) -> None:
        """Show how the sections stand and which one has the focus."""
        if self._rail is None or small != self._small:
            self._small = small
            self._rail = SectionRail(sections, current, counts=not small)
            surface(self._rail, Token.WINDOW)
            self._rail.section_opened.connect(self.opened)
            self.setWidget(self._rail)
        self._rail.show_sections(sections, current)
        items = self._rail.findChildren(SectionItem)
        if 0 <= current < len(items):
            self.ensureWidgetVisible(items[current], 0, items[current].height())

    @override
    def sizeHint(self) -> QSize:
        return QSize(216, 400)
