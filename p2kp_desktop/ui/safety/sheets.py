"""The frame of the pages around a password: one card in the middle, with what went wrong above what can be done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from p2kp_desktop.ui.kit.labels import PAGE_TITLE, SECONDARY, Label, surface
from p2kp_desktop.ui.kit.layouts import Stretch, across, clear, down
from p2kp_desktop.ui.kit.messages import ErrorCard, Fault
from p2kp_desktop.ui.look.measures import CARD_GAP, CARD_SIDE, CARD_TOP, PAGE_SIDE, PAGE_TOP, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

_WIDTH = 760


class Sheet(QWidget):
    """A title, a sentence, a card; `show_fault` tells why it did not go on, and lets it be tried again."""

    def __init__(self, title: str, told: str) -> None:
        super().__init__()
        surface(self, Token.WINDOW)
        self.told = Label(told, SECONDARY, wraps=True)
        self._faults = QVBoxLayout()
        card = QFrame()
        card.setProperty("frame", "card")
        self.card = down(into=card, gap=SPACE_12, margins=(CARD_SIDE, CARD_TOP))
        inside = QWidget()
        inside.setProperty("surface", "none")
        inside.setMaximumWidth(_WIDTH)
        down(Label(title, PAGE_TITLE), self.told, self._faults, card, Stretch(), into=inside, gap=CARD_GAP,
             margins=(PAGE_SIDE, PAGE_TOP))
        middle = QWidget()
        middle.setProperty("surface", "none")
        across(Stretch(), (inside, 100), Stretch(), into=middle, gap=None)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(middle)
        down(area, into=self)

    def show_fault(self, fault: Fault | None) -> None:
        """Show why it did not go on; None takes that away."""
        clear(self._faults)
        if fault is not None:
            self._faults.addWidget(ErrorCard(fault))
        self.show_busy(busy=False)

    def show_busy(self, *, busy: bool) -> None:
        """Take no second order while the first is carried out."""
        raise NotImplementedError
