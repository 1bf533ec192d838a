"""Pengaturan: language, colours, key legend; which workspace is open; the office; what program this is."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop import settings
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.home.window_edge import About
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.controls import CheckBox, Choice
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import CARD_TITLE, PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.look.measures import (
    CARD_GAP,
    CARD_SIDE,
    CARD_TOP,
    PAGE_SIDE,
    PAGE_TOP,
    SPACE_8,
    SPACE_12,
    SPACE_20,
)
from p2kp_desktop.ui.place import UPDATING, Destination, Place, Scope
from p2kp_desktop.ui.safety.enrolment_card import EnrolmentCard
from p2kp_desktop.ui.safety.opening_card import OpeningCard
from p2kp_desktop.ui.safety.protection_card import ProtectionCard

from . import trail
from .about_card import AboutCard
from .edge import role_name
from .office_card import OfficeCard
from .picking import ask_workspace
from .places import BACKUPS, UPKEEP

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}


class SettingsPlace(Place):
    """What the user may choose; every choice holds at once and is kept."""

    chose = Signal(object)  # Settings
    wants_workspace = Signal(str)
    wants_first_start = Signal()
    wants_village = Signal(str)  # the person for whom the practice village is made anew

    wants_protection = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.language = _choice(say("Bahasa"), LANGUAGES)
        self.look = _choice(say("Warna layar"), looks())
        self.legend = CheckBox(say("Tampilkan baris tombol di bawah setiap layar"))
        self.places = CheckBox(say("Catat di lampirannya tempat foto diambil"))
        self.facts = QGridLayout()
        self._shown: list[Label] = []
        self.again = Button(say("Mulai latihan lagi"), icon="graduation-cap")
        self.about, self.office = AboutCard(desk), OfficeCard(desk)
        self.protection, self.enrolment, self.opening = ProtectionCard(desk), EnrolmentCard(desk), OpeningCard(desk)
        self.protection.wants_protection.connect(self.wants_protection)
        self._person = ""
        self._asked = False  # whether the practice village is to be made anew
        self._lay_out()
        self.language.activated.connect(self._choose)
        self.look.activated.connect(self._choose)
        self.legend.toggled.connect(self._choose)
        self.places.toggled.connect(self._choose)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("surface", "none")
        row = across((self._screen_card(), 1), (self.about, 1), gap=CARD_GAP)
        down(
            Label(say("Pengaturan"), PAGE_TITLE), row, self._workspace_card(), self.protection, self.enrolment,
            self.opening, self.office, Stretch(), into=page, gap=CARD_GAP, margins=(PAGE_SIDE, PAGE_TOP),
        )
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        down(area, into=self)

    def _screen_card(self) -> QFrame:
        card, column = _card(say("Layar"))
        fields = QGridLayout()
        fields.setHorizontalSpacing(SPACE_20)
        fields.setVerticalSpacing(SPACE_12)
        fields.setColumnStretch(1, 1)
        for row, (words, choice) in enumerate(((say("Bahasa"), self.language), (say("Warna layar"), self.look))):
            fields.addWidget(Label(words, SECONDARY), row, 0)
            fields.addWidget(choice, row, 1)
        column.addLayout(fields)
        column.addWidget(self.legend)
        column.addStretch(1)
        return card

    def _workspace_card(self) -> QFrame:
        card, column = _card(say("Ruang kerja"))
        self.facts.setHorizontalSpacing(SPACE_20)
        self.facts.setVerticalSpacing(SPACE_8)
        self.facts.setColumnStretch(1, 1)
        column.addLayout(self.facts)
        column.addWidget(self.places)
        buttons = QWidget()
        row = Flow(buttons)
        other = Button(say("Buka ruang kerja lain"), keys=("Ctrl", "O"))
        other.clicked.connect(self.open_other)
        fresh = Button(say("Ruang kerja baru atau desa latihan"))
        fresh.clicked.connect(self.wants_first_start)
        backups = Button(say("Cadangan dan pemulihan"), icon="shield-check", keys=("Ctrl", "Shift", "B"))
        backups.clicked.connect(lambda: self.wants.emit(Destination(BACKUPS)))
        upkeep = Button(say("Perawatan data"), icon="users")
        upkeep.clicked.connect(lambda: self.wants.emit(Destination(UPKEEP)))
        update = Button(say("Perbarui program"))
        update.clicked.connect(lambda: self.wants.emit(Destination(UPKEEP, tab=UPDATING)))
        self.again.clicked.connect(self._practise_again)
        for button in (other, fresh, backups, upkeep, update, self.again):
            row.addWidget(button)
        column.addWidget(buttons)
        return card

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the settings and the workspace as they are now."""
        del destination, scope
        kept = settings.load()
        self.language.setCurrentIndex(self.language.findData(kept.language))
        self.look.setCurrentIndex(self.look.findData(kept.look))
        for box, chosen in ((self.legend, kept.key_legend), (self.places, kept.photo_places)):
            with QSignalBlocker(box):
                box.setChecked(chosen)
        self._asked = False
        self.again.say(say("Mulai latihan lagi"))
        self.about.enter()
        self.office.enter()
        self.protection.enter()
        self.enrolment.enter()
        self.opening.enter()
        self.desk.ask(self, window_edge.about, self._show_about)

    def _practise_again(self) -> None:
        """Ask once, for what was done in the village is gone then; the second press makes it anew."""
        if self._asked:
            self.wants_village.emit(self._person)
        self._asked = True
        self.again.say(say("Ya, hapus isi latihan dan mulai lagi"))

    def _show_about(self, about: About) -> None:
        self._person = about.person
        self.again.setVisible(about.practice)
        for shown in self._shown:
            shown.deleteLater()
        self._shown = []
        for row, (name, fact) in enumerate(_facts(about)):
            labels = [Label(name, SECONDARY), Label(fact, wraps=True)]
            for column, label in enumerate(labels):
                self.facts.addWidget(label, row, column)
            self._shown += labels

    def _choose(self) -> None:
        kept = replace(
            settings.load(), language=str(self.language.currentData()), look=str(self.look.currentData()),
            key_legend=self.legend.isChecked(),
            photo_places=self.places.isChecked(),
        )
        settings.save(kept)
        self.chose.emit(kept)

    def open_other(self) -> None:
        """Ask for the file of another workspace."""
        path = ask_workspace(self, self.desk.workspace.name)
        if path:
            self.wants_workspace.emit(path)


def looks() -> dict[str, str]:
    """Return the looks there are, by key."""
    return {"system": say("Mengikuti sistem"), "light": say("Terang"), "dark": say("Gelap")}


def _choice(name: str, options: dict[str, str]) -> Choice:
    choice = Choice()
    for key, words in options.items():
        choice.addItem(words, key)
    choice.setAccessibleName(name)
    return choice


def _card(title: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("frame", "card")
    column = down(Label(title, CARD_TITLE), into=card, gap=SPACE_12, margins=(CARD_SIDE, CARD_TOP))
    return card, column


def _facts(about: About) -> list[tuple[str, str]]:
    places = [", ".join(filter(None, (region_name(code), trail.place_of(code)))) for code in about.regions]
    return [
        (say("Nama"), about.person),
        (say("Tugas"), role_name(about.role)),
        (say("Wilayah"), "; ".join(places)),
        (say("Periode"), about.period),
        (say("Berkas"), about.file),
        (say("Dibuat"), written.day(about.made)),
        (say("Jenis"), say("Desa latihan: tidak ada yang sungguhan") if about.practice else say("Data sebenarnya")),
    ]
