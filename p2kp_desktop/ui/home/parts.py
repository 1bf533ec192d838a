"""The bowl and the list of its parts, each said in words and a way to its records."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from p2kp_desktop.actions.home.overview import PARTS, Part
from p2kp_desktop.language import say
from p2kp_desktop.rules.readiness import counted
from p2kp_desktop.ui.kit.bowl import Bowl
from p2kp_desktop.ui.kit.bowl import Part as Shoot
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.lists.part_lines import PartLines, sentence

NARROW_CARD = 440  # below this width of the card the drawing is 200 wide
NARROW_BOWL = 135  # and so high
QWIDGETSIZE_MAX = 16_777_215


class BowlCard(Card):
    """The bowl above the list of its parts; every shoot and every line opens its part."""

    part_opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("Mangkuk Masyarakat"))
        unknown = tuple(Part(key, ready=False, noted=False, note=say("belum dicatat")) for key in PARTS)
        self._parts = unknown
        self._count = Label("")
        self.head.addWidget(self._count)
        self.bowl = Bowl(_shoots(unknown), say("Mangkuk Masyarakat"))
        self.bowl.part_opened.connect(lambda place: self.part_opened.emit(self._parts[place].key))
        self.body.addWidget(self.bowl, 100)
        self.lines = PartLines(unknown, told=False, spacing=0)
        self.lines.opened.connect(self.part_opened)
        self.body.addWidget(self.lines)
        self.body.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the drawing is small, so that the list is in sight."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW_CARD
        self.bowl.setMinimumHeight(NARROW_BOWL)
        self.bowl.setMaximumHeight(NARROW_BOWL if narrow else QWIDGETSIZE_MAX)

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """Show which parts are ready; those that the district does not count are left out."""
        self._parts = counted(parts)
        ready = sum(part.ready for part in self._parts)
        self._count.say(say("**{ready} dari {all}** bagian siap", ready=ready, all=len(self._parts)))
        self.bowl.show_parts(_shoots(self._parts))
        self.lines.show_parts(self._parts)


def _shoots(parts: tuple[Part, ...]) -> tuple[Shoot, ...]:
    return tuple(Shoot(part.ready, sentence(part)) for part in parts)
