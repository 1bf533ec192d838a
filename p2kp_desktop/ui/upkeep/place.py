"""Perawatan data: what is rarely done and must be done rightly, each with a reason and a question; and the program."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files.updating import UpdateCard, at_desk, backed_up
from p2kp_desktop.ui.kit.labels import PAGE_TITLE, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, PAGE_TOP
from p2kp_desktop.ui.place import UPDATING, Destination, Place, Scope

from .erasing_card import Erasing
from .keeper_card import HandingOver, Retiring, State, state_of
from .rt_card import RtChanges


class UpkeepPlace(Place):
    """Five cards: the RT, a person's data, the successor, the rest of a workspace, another version of the program."""

    restarts = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.rts, self.erasing = RtChanges(desk), Erasing(desk)
        self.handing, self.retiring = HandingOver(desk), Retiring(desk)
        self.update_card = UpdateCard(at_desk(desk), lambda: backed_up(desk.workspace))
        self.update_card.restarts.connect(self.restarts)
        page = QWidget()
        page.setProperty("surface", "none")
        column = down(
            Label(say("Perawatan data"), PAGE_TITLE), into=page, gap=CARD_GAP, margins=(PAGE_SIDE, PAGE_TOP),
        )
        for pair in ((self.rts, self.erasing), (self.handing, self.retiring)):
            row = across(gap=CARD_GAP)
            for card in pair:
                row.addWidget(card, 1)
            column.addLayout(row)
        column.addWidget(self.update_card)
        column.addStretch(1)
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        down(area, into=self)
        self.handing.changed.connect(self._ask_state)
        self.retiring.changed.connect(self._ask_state)

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show how things stand now."""
        self.rts.show_scope(scope)
        self.erasing.refresh()
        self._ask_state()
        self.update_card.refresh()
        if destination.tab == UPDATING:
            self.update_card.choose.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.update_card))
            for file in destination.files:
                self.update_card.look(Path(file))
        else:
            self.rts.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_state(self) -> None:
        self.desk.ask(self, state_of, self._show_state)

    def _show_state(self, state: State) -> None:
        self.handing.show_state(state)
        self.retiring.show_state(state)
