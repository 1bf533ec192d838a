"""The bowl and the list of its ten parts, each said in words."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.overview import BASELINE, PARTS, Part
from p2kp_desktop.language import say
from p2kp_desktop.ui.collecting.area_lines import percent
from p2kp_desktop.ui.kit.bowl import Bowl
from p2kp_desktop.ui.kit.bowl import Part as Shoot
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.link import IconLine, Link
from p2kp_desktop.ui.kit.words import BODY, Style
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8
from p2kp_desktop.ui.look.tokens import Token

NARROW_CARD = 440  # below this width of the card the drawing is 200 wide
NARROW_BOWL = 135  # and so high
QWIDGETSIZE_MAX = 16_777_215


def title(key: str) -> str:
    """Return what a part of the bowl asks for."""
    words = {
        "bkm": say("Masa bakti BKM berlaku"),
        "notary": say("Notaris dan rekening bank tercatat"),
        "upl": say("UPL aktif"),
        "tipp": say("SK TIPP terbit"),
        "volunteers": say("Relawan cukup"),
        BASELINE: say("Data dasar lengkap"),
        "rplp": say("RPLP disahkan"),
        "rules": say("Aturan bersama disahkan"),
        "kpp": say("KPP untuk setiap prasarana"),
        "forum": say("Forum kolaborasi bertemu triwulan ini"),
    }
    return words[key]


@dataclass(frozen=True)
class Said:
    """A part as the list shows it."""

    title: str
    note: str
    ready: bool
    known: bool

    @property
    def sentence(self) -> str:
        """Return what a person hears of it."""
        state = say("siap") if self.ready else say("belum")
        return f"{self.title}: {state}, {self.note}" if self.note else f"{self.title}: {state}"


def said(part: Part) -> Said:
    """Return a part in words; what cannot be recorded yet says so."""
    if not part.noted:
        return Said(title(part.key), say("belum dicatat"), ready=False, known=False)
    share = "" if part.percent is None else percent(part.percent)
    return Said(title(part.key), share, part.ready, known=True)


class BowlCard(Card):
    """The bowl above the list of its parts; the parts that lead somewhere are links."""

    part_opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("Mangkuk Masyarakat"))
        unknown = tuple(Part(key, ready=False, noted=False) for key in PARTS)
        self._parts = unknown
        self._count = Label("")
        self.head.addWidget(self._count)
        self.bowl = Bowl(tuple(Shoot(part.ready, said(part).sentence) for part in unknown), say("Mangkuk Masyarakat"))
        self.bowl.part_opened.connect(lambda place: self._open(PARTS[place]))
        self.body.addWidget(self.bowl, 100)
        self._lines = {key: _PartLine(key) for key in PARTS}
        lines = QVBoxLayout()
        lines.setSpacing(SPACE_4)
        for line in self._lines.values():
            lines.addWidget(line)
            line.opened.connect(self._open)
        self.body.addLayout(lines)
        self.body.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the drawing is small, so that the list is in sight."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW_CARD
        self.bowl.setMinimumHeight(NARROW_BOWL)
        self.bowl.setMaximumHeight(NARROW_BOWL if narrow else QWIDGETSIZE_MAX)

    def _open(self, key: str) -> None:
        if key == BASELINE:
            self.part_opened.emit(key)

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """Show which parts are ready."""
        ready = sum(part.ready for part in parts)
        self._count.say(say("**{ready} dari {all}** bagian siap", ready=ready, all=len(parts)))
        self.bowl.show_parts(tuple(Shoot(part.ready, said(part).sentence) for part in parts))
        for part in parts:
            self._lines[part.key].show_part(said(part))


class _PartLine(QWidget):
    """One part: ready or not, its name, what is missing."""

    opened = Signal(str)

    def __init__(self, key: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_8)
        self._name = IconLine("circle", title(key), BODY, icon_tone=Token.TEXT3)
        self._link = Link("")
        self._link.clicked.connect(lambda: self.opened.emit(key))
        self._note = Label("", Style(Type.CAPTION, tone=Token.TEXT3))
        row.addWidget(self._name)
        row.addStretch(1)
        row.addWidget(self._note)
        row.addWidget(self._link)
        self._link.hide()

    def show_part(self, part: Said) -> None:
        """Show how the part stands."""
        self._name.show_icon("circle-check" if part.ready else "circle", Token.OK if part.ready else Token.TEXT3)
        self._name.say(part.title if part.ready or not part.known else f"**{part.title}**")
        self._note.setVisible(not part.known)
        self._link.setVisible(part.known)
        self._note.say(part.note)
        self._link.say(part.note or say("Buka"))
        self._link.setAccessibleName(part.sentence)
