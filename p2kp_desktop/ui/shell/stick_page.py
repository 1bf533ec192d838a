"""The question at the first start from a stick: do data lie on this laptop, which is usual, or on the stick."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop import portable, settings
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.settings import Settings
from p2kp_desktop.ui.files import drives
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import BODY, NOTE, PAGE_TITLE, Label, surface
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.messages import ErrorCard, fault_of
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

_WIDTH = 720


def is_due(answered: str) -> bool:
    """Say whether to ask: the program lies on a stick, keeps no data there, and nobody answered on this laptop."""
    place = portable.place()
    if answered or place is None or portable.data() is not None:
        return False
    return any(place.is_relative_to(root) for _name, root in drives.removable())


class StickPage(QWidget):
    """Two doors; Enter takes the usual one."""

    settled = Signal(object)  # Settings, kept where the data lie

    def __init__(self, chosen: Settings) -> None:
        super().__init__()
        self._chosen = chosen
        surface(self, Token.WINDOW)
        self.laptop = Button(say("Di laptop ini"), Kind.PRIMARY, keys=("Enter",), tall_one=True)
        self.stick = Button(say("Di flashdisk ini"), icon="hard-drive", tall_one=True)
        self.laptop.clicked.connect(lambda: self._keep(lambda: replace(chosen, stick="laptop")))
        self.stick.clicked.connect(lambda: self._keep(self._carried))
        self._faults = QVBoxLayout()
        card = Card()
        card.setMaximumWidth(_WIDTH)
        place = portable.place() or Path()
        words = (
            (say("Program ini berjalan dari flashdisk. Di mana data Anda disimpan?"), PAGE_TITLE),
            (say("Di laptop ini: flashdisk boleh dicabut sesudah selesai, dan data tetap ada di sini."), BODY),
            (say("Di flashdisk ini: data ikut ke laptop mana pun, dan tidak ada yang tertinggal di laptop. Flashdisk "
                 "yang hilang atau rusak membawa semuanya: buat cadangan ke tempat lain, dan jangan cabut selagi "
                 "program terbuka."), BODY),
        )
        for text, style in words:
            card.body.addWidget(Label(text, style, wraps=True))
        card.body.addLayout(across(self.laptop, self.stick, Stretch(), gap=SPACE_12))
        card.body.addLayout(self._faults)
        card.body.addWidget(Label(str(place), NOTE, wraps=True))
        middle = across(Stretch(), (card, 100), Stretch(), gap=None)
        down(Stretch(), middle, Stretch(2), into=self, gap=SPACE_8, margins=(CARD_GAP, CARD_GAP))

    def _keep(self, made: Callable[[], Settings]) -> None:
        """Keep settings where the data are to lie; where that cannot be, say why: the other door is still open."""
        try:
            settings.save(made())
        except Trouble as trouble:
            self._faults.addWidget(ErrorCard(fault_of(trouble)))
            self.laptop.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.settled.emit(settings.load())

    def _carried(self) -> Settings:
        """Keep data beside the program from now on; return the settings to begin with there. Raises Trouble."""
        try:
            portable.begin()
        except OSError as error:
            raise Trouble(
                say("Flashdisk ini tidak dapat ditulis: {why}.", why=error.strerror or str(error)),
                remedy=say("Buka kunci flashdisknya, atau simpan data di laptop ini."), code="U20") from error
        return replace(settings.load(), language=self._chosen.language, look=self._chosen.look)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.stick if self.stick.hasFocus() else self.laptop).click()
        else:
            super().keyPressEvent(event)
