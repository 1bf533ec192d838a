"""The bar that appears under a list while rows are selected: how many, and what can be done with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.rights import Rights
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.lettering import metrics
from p2kp_desktop.ui.look.measures import LINE_STRONG, RADIUS_CARD, SPACE_8, SPACE_16, tall
from p2kp_desktop.ui.look.tokens import Token

HEIGHT = 46


@dataclass(frozen=True)
class BarAct:
    """Something that can be done with what is selected: its words, icon, key, and how."""

    words: str
    icon: str
    key: str
    act: Callable[[], None]
    deed: Deed


class BulkBar(QWidget):
    """Hidden while nothing is selected."""

    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count = Label("", Style(bold=True))
        self._buttons: list[Button] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SPACE_16, SPACE_8 - 1, SPACE_8, SPACE_8 - 1)
        self._row.setSpacing(SPACE_8)
        self.remove = Button(say("Ke tempat sampah"), icon="trash", keys=("Del",))
        self._row.addWidget(self._count)
        self._row.addWidget(self.remove)
        self._row.addStretch(1)
        clear = Button(say("Batal pilih"), Kind.LINK, keys=("Esc",))
        clear.clicked.connect(self.cleared)
        self._row.addWidget(clear)
        self.setMinimumHeight(tall(HEIGHT, metrics(bold=True), room=SPACE_16))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_acts(self, acts: Sequence[BarAct], rights: Rights) -> None:
        """Show what this office can do; grey is what whoever works here may not."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(act) for act in acts]
        for place, (button, act) in enumerate(zip(self._buttons, acts, strict=True), start=1):
            self._row.insertWidget(place, button)
            rights.guard(act.deed, button)

    @staticmethod
    def _button(act: BarAct) -> Button:
        button = Button(act.words, icon=act.icon, keys=(act.key,))
        button.clicked.connect(lambda _checked=False: act.act())
        return button

    def show_count(self, number: int) -> None:
        """Show how many are selected; none hides the bar."""
        self._count.say(say("{number} dipilih", number=written.number(number)))
        self.setVisible(bool(number))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            box(painter, self.rect().toRectF(), fill=Token.PANEL, line=Token.ACCENT, width=LINE_STRONG,
                radius=RADIUS_CARD)
