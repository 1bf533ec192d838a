"""The page for a workspace that cannot be opened: what happened, the good backups, what can still be saved.

One that a newer program wrote is whole: the first way on is the update, the second a backup from before.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from p2kp_desktop.actions.common.backups import Backup
from p2kp_desktop.actions.upkeep.salvage import Damage
from p2kp_desktop.language import say
from p2kp_desktop.reports.upkeep import backup_moment, held, place_of
from p2kp_desktop.ui.files.updating import Alone, UpdateCard
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import CARD_TITLE, NOTE, PAGE_TITLE, SECONDARY, Label, surface
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.messages import ErrorCard, Fault
from p2kp_desktop.ui.look.measures import CARD_GAP, CARD_SIDE, CARD_TOP, PAGE_SIDE, PAGE_TOP, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

_WIDTH = 900


class RescuePage(QWidget):
    """Every way on is a button; the first of them is the newest good backup."""

    restores = Signal(object)  # a Path
    salvages = Signal(object)  # the Path of the backup to begin with, or None
    wants_other = Signal()
    wants_first_start = Signal()
    restarts = Signal()

    def __init__(self, fault: Fault, damage: Damage) -> None:
        super().__init__()
        self.damage = damage
        self.ways: list[Button] = []
        surface(self, Token.WINDOW)
        inside = QWidget()
        inside.setProperty("surface", "none")
        inside.setMaximumWidth(_WIDTH)
        title = say("Ruang kerja ini perlu program yang lebih baru") if damage.newer else say(
            "Ruang kerja ini tidak dapat dibuka")
        column = down(
            Label(title, PAGE_TITLE), ErrorCard(fault), *([self._update()] if damage.newer else []), self._backups(),
            into=inside, gap=CARD_GAP, margins=(PAGE_SIDE, PAGE_TOP),
        )
        if damage.there:
            column.addWidget(self._salvage())
        column.addLayout(self._others())
        column.addStretch(1)
        self._frame(inside)

    def _frame(self, inside: QWidget) -> None:
        middle = QWidget()
        middle.setProperty("surface", "none")
        across(Stretch(), (inside, 100), Stretch(), into=middle, gap=None)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(middle)
        down(area, into=self)

    def _backups(self) -> QFrame:
        good = self.damage.good
        card, column = _card(say("Cadangan yang dapat dibuka versi ini") if self.damage.newer else say(
            "Cadangan yang sudah diperiksa dan baik"))
        if not good:
            column.addWidget(Label(say("Tidak ada cadangan yang dapat dipakai di samping berkas ini."), SECONDARY,
                                   wraps=True))
            return card
        column.addWidget(Label(say(
            "Isian sesudahnya tidak ada di dalamnya. Berkas yang sekarang disimpan dengan nama lain, dan dapat dibuka "
            "sesudah program diperbarui.") if self.damage.newer else say(
            "Berkas yang rusak tidak dihapus: ia disimpan dengan nama lain."), SECONDARY, wraps=True))
        for place, backup in enumerate(good):
            column.addWidget(self._restore(backup, newest=place == 0), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _restore(self, backup: Backup, *, newest: bool) -> Button:
        said = say("Pulihkan cadangan {moment} · {households} · {where}", moment=backup_moment(backup),
                   households=held(backup.holdings), where=place_of(backup).word)
        button = Button(said, Kind.PRIMARY if newest and not self.damage.newer else Kind.PLAIN)
        button.clicked.connect(lambda: self.restores.emit(backup.path))
        self.ways.append(button)
        return button

    def _update(self) -> UpdateCard:
        card = UpdateCard(Alone(self), list)
        card.restarts.connect(self.restarts)
        card.refresh()
        self.ways.append(card.choose)
        return card

    def _salvage(self) -> QFrame:
        card, column = _card(say("Selamatkan yang masih terbaca"))
        base = self.damage.good[0] if self.damage.good else None
        if base is not None:
            said = say("Mulai dari cadangan {moment}, lalu gabungkan semua catatan yang masih terbaca dari berkas yang "
                       "rusak. Biasanya ini yang paling lengkap.", moment=backup_moment(base))
        else:
            said = say("Baca semua catatan yang masih utuh dari berkas yang rusak ke ruang kerja baru.")
        column.addWidget(Label(said, SECONDARY, wraps=True))
        button = Button(say("Selamatkan yang masih terbaca"), Kind.PLAIN if base else Kind.PRIMARY)
        button.clicked.connect(lambda: self.salvages.emit(base.path if base else None))
        self.ways.append(button)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _others(self) -> QVBoxLayout:
        buttons = QWidget()
        row = Flow(buttons)
        for said, signal in ((say("Buka berkas lain"), self.wants_other),
                             (say("Mulai dengan ruang kerja baru"), self.wants_first_start)):
            button = Button(said)
            button.clicked.connect(signal)
            self.ways.append(button)
            row.addWidget(button)
        return down(buttons, Label(str(self.damage.file), NOTE, wraps=True), gap=SPACE_8)


def _card(title: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("frame", "card")
    column = down(Label(title, CARD_TITLE), into=card, gap=SPACE_12, margins=(CARD_SIDE, CARD_TOP))
    return card, column
