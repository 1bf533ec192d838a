"""What is to be sent: to whom, of which area, with or without names, behind a password or not, and where to."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.bundles import outbox
from p2kp_desktop.actions.bundles.bundle_selection import Office
from p2kp_desktop.actions.bundles.outbox import Order, SaveFolder, Sending
from p2kp_desktop.actions.common.office_words import role_words
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.ui.files.parts import Numbered
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.controls import CheckBox, Choice
from p2kp_desktop.ui.kit.labels import BODY, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.scrolling import scrolling
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12

from .password import PasswordPart

_BOLD = Style(bold=True)
_OFFICE = "office:"  # before the node of a known workspace among the areas
_FEW = 2  # so many kelurahan are named; so many areas, all and the only one, are no choice


class OrderCard(Card):
    """All choices in one card that scrolls."""

    asked = Signal()  # what goes has changed: it is to be counted again
    changed = Signal()  # something else has
    folder_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sending = Sending((), (), "")
        self.targets: list[SaveFolder] = []
        self._to, self._area, self.folder = "", "", Path()
        self._in_sight: str | None = None  # the area that the window shows, until the choices begin with it
        self._picked: SaveFolder | None = None
        self._office = Label("", BODY)
        self.offices = Numbered(say("Kepada"))
        self.offices.chosen.connect(self._choose_receiver)
        self._place = Label("", BODY, wraps=True)
        self.areas = Choice()
        self.areas.setAccessibleName(say("Wilayah"))
        self.areas.activated.connect(self._choose_area)
        self.nameless = CheckBox(say("Tanpa nama dan NIK"))
        self.full = CheckBox(say("Kirim lengkap, abaikan tanda terima"))
        self.program = CheckBox("")  # the update goes along, by which the program came here
        self.program.setChecked(True)
        self.program.hide()
        self.sealed = CheckBox("")
        self.sealed.setChecked(True)
        self.sealed.hide()
        self.password = PasswordPart()
        self.folders = Numbered(say("Simpan ke"))
        self.folders.chosen.connect(self._choose_target)
        self.nameless.toggled.connect(self.changed)
        self.program.toggled.connect(self.changed)
        self.full.clicked.connect(self.asked)
        self.sealed.toggled.connect(self.changed)
        self.password.wanted.toggled.connect(lambda wanted: self.sealed.setEnabled(not wanted))
        self.password.changed.connect(self.changed)
        self._lay_out()

    def _lay_out(self) -> None:
        content = QWidget()
        column = down(into=content, gap=SPACE_8 // 2, margins=(0, 0, SPACE_8, 0))
        groups = (
            (say("Simpan ke"), (self.folders,)), (say("Kepada"), (self._office, self.offices)),
            (say("Wilayah"), (self._place, self.areas)),
            (say("Cara"), (self.sealed, self.nameless, self.full, self.program, self.password)),
        )
        for title, widgets in groups:
            column.addWidget(Label(title, _BOLD))
            for widget in widgets:
                column.addWidget(widget)
            column.addSpacing(SPACE_12)
        column.addStretch(1)
        self.view = scrolling(content)
        self.body.addWidget(self.view, 1)
        self.password.wanted.toggled.connect(self._scroll_to_password)

    def _scroll_to_password(self) -> None:
        """Bring the fields into sight once they are laid out."""
        QTimer.singleShot(0, self, lambda: self.view.ensureWidgetVisible(self.password))

    @property
    def order(self) -> Order:
        """Return the order for a bundle as it is chosen now."""
        is_office = self._area.startswith(_OFFICE)
        return Order(
            self._to, "" if is_office else self._area, self._area.removeprefix(_OFFICE) if is_office else "",
            full=self.full.isChecked(), withhold=self.nameless.isChecked(), password=self.password.password,
            in_clear=not self.sealed.isChecked(),
        )

    @property
    def passes_on(self) -> bool:
        """Say whether the update is to go along."""
        return self.program.isChecked() and not self.program.isHidden()

    @property
    def is_back(self) -> bool:
        """Say whether a return bundle is chosen."""
        return outbox.is_back(self._sending.role, self._to)

    @property
    def target(self) -> SaveFolder | None:
        """Return where it is saved."""
        return next((target for target in self.targets if target.folder == self.folder), None)

    def begin(self, sending: Sending) -> None:
        """Choose the office and the area to begin with, and what it needs; later keep what was chosen."""
        self._sending = sending
        if self._to not in sending.receivers:
            self._take_receiver(sending.first)
        if self._in_sight is not None:
            self._area, self._in_sight = sending.area_in_sight(self._in_sight), None

    def see(self, area: str) -> None:
        """Begin with another area: the window shows it now."""
        self._in_sight = area

    def _take_receiver(self, to: str) -> None:
        self._to = to
        self.nameless.setChecked(outbox.withholds_by_default(self._sending.role, to))

    def show_choices(self, targets: list[SaveFolder]) -> None:
        """Show what can be chosen, and what is."""
        self._show_receivers()
        self._show_areas()
        self._show_targets(targets)

    def _show_receivers(self) -> None:
        offices = self._sending.receivers
        self._office.say(role_words(self._to))
        self._office.setVisible(len(offices) == 1)
        self.offices.setVisible(len(offices) > 1)
        back = say("paket balik: tanda terima, status, catatan, perbaikan")
        ways = [
            (role_words(each), back if outbox.is_back(self._sending.role, each) else "")
            for each in offices
        ]
        self.offices.show_ways(ways, offices.index(self._to))

    def _show_areas(self) -> None:
        villages, area = self._sending.villages, self._sending.area
        known = self._sending.offices if self.is_back else ()
        self.areas.clear()
        several = say("{area}: semua {count} kelurahan", area=area, count=len(villages))
        self.areas.addItem(several if len(villages) > 1 else say("Semua di {area}", area=area), "")
        for office in known:
            self.areas.addItem(_office_words(office), _OFFICE + office.node)
        beside = () if self._area in ("", *villages) or self._area.startswith(_OFFICE) else (self._area,)
        for code in (*beside, *villages):
            self.areas.addItem(region_name(code), code)
        self.areas.setCurrentIndex(max(self.areas.findData(self._area), 0))
        self._area = str(self.areas.currentData())
        is_choice = self.areas.count() > _FEW or bool(self._area)
        self._place.say(area)
        self._place.setVisible(not is_choice)
        self.areas.setVisible(is_choice)

    def _show_targets(self, targets: list[SaveFolder]) -> None:
        self.targets = targets
        if self._picked is not None and self._picked.folder not in [target.folder for target in targets]:
            self.targets = [self._picked, *targets]
        folders = [target.folder for target in self.targets]
        if self.folder not in folders:
            self.folder = folders[0] if folders else Path()
        ways = [(_target_words(target), _target_hint(target)) for target in self.targets]
        ways.append((say("Pilih folder lain…"), ""))
        self.folders.show_ways(ways, folders.index(self.folder) if folders else -1)

    def take_folder(self, target: SaveFolder) -> None:
        """Save into a folder that the user picked."""
        self._picked, self.folder = target, target.folder
        self._show_targets([each for each in self.targets if each.kind != target.kind])
        self.changed.emit()

    def offer_program(self, version: str) -> None:
        """Offer to put the update to a version beside the bundle; "" where there is none to pass on."""
        self.program.setText(say("Sertakan pembaruan program ({version})", version=version))
        self.program.setVisible(bool(version))

    def offer_seal(self, offices: Sequence[str]) -> None:
        """Offer to seal the bundle to offices that are enrolled, which is the usual way; nobody: there is no seal."""
        self.sealed.setText(say("Segel: hanya {offices} yang dapat membukanya", offices=", ".join(offices)))
        self.sealed.setVisible(bool(offices))

    def _choose_receiver(self, place: int) -> None:
        self._take_receiver(self._sending.receivers[place])
        self.asked.emit()

    def _choose_area(self, place: int) -> None:
        self._area = str(self.areas.itemData(place))
        self.asked.emit()

    def _choose_target(self, place: int) -> None:
        if place < len(self.targets):
            self.folder = self.targets[place].folder
            self.changed.emit()
        else:
            self.folder_wanted.emit()


def _office_words(office: Office) -> str:
    """Return a known workspace with its kelurahan, or how many they are."""
    places = ", ".join(region_name(code) for code in office.places)
    if len(office.places) > _FEW:
        places = say("{count} kelurahan", count=len(office.places))
    return f"{office.name} ({places})"


def _target_words(target: SaveFolder) -> str:
    return say("Flashdisk {name}", name=target.name) if target.kind == "drive" else target.name


def _target_hint(target: SaveFolder) -> str:
    free = outbox.free_words(target)
    return f"{target.folder} · {free}" if free else str(target.folder)
