"""Membukakan laptop: the office opens the workspace of somebody who left or forgot the password, by its own key."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.protection import recovery_words
from p2kp_desktop.actions.protection.office_slot import OpenedByOffice
from p2kp_desktop.actions.trust import seals
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace, facts
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.labels import BODY, CARD_TITLE, NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, clear, down
from p2kp_desktop.ui.kit.messages import ErrorCard, fault_of
from p2kp_desktop.ui.kit.sight import bring_into_sight
from p2kp_desktop.ui.look.measures import CARD_SIDE, CARD_TOP, SPACE_12

OFFICES = ("district", "province")


class OpeningCard(QFrame):
    """Takes a key file and shows the twelve words of that one workspace, until the page is left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("frame", "card")
        self.choose = Button(say("Pilih berkas kunci…"), icon="lock")
        self.words, self.told = Label("", BODY, wraps=True), Label("", NOTE, wraps=True)
        self._faults = QVBoxLayout()
        down(Label(say("Bukakan laptop tim"), CARD_TITLE),
             Label(say("Untuk laptop yang pemakainya pergi atau lupa sandi, bila ia terdaftar di kantor ini. Minta "
                       "berkas kuncinya (berakhiran .kunci, di sebelah ruang kerjanya); isinya tidak terbaca orang "
                       "lain."), SECONDARY, wraps=True),
             across(self.choose, Stretch()), self.words, self.told, self._faults, into=self, gap=SPACE_12,
             margins=(CARD_SIDE, CARD_TOP))
        self.choose.clicked.connect(self._ask)
        desk.rights.guard(Deed.PERSONS, self.choose)
        self.setVisible(False)

    def enter(self) -> None:
        """Show it to an office, with no words."""
        self._show_words(None)
        self.desk.ask(self, _role, lambda role: self.setVisible(role in OFFICES))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no words behind for whoever comes to the screen next."""
        self._show_words(None)
        super().hideEvent(event)

    def _ask(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, say("Pilih berkas kunci"), str(Path.home()), "*.kunci *.p2kp")
        if path:
            self.take(Path(path))

    def take(self, told: Path) -> None:
        """Open a key file, or that beside a workspace."""
        self._show_words(None)
        self.desk.ask(self, lambda workspace: seals.opened_key_file(workspace, told), self._show_words, self._failed)

    def _show_words(self, found: OpenedByOffice | None) -> None:
        clear(self._faults)
        for label in (self.words, self.told):
            label.setVisible(found is not None)
        if found is None:
            self.words.say("")
            return
        self.words.say("   ".join(f"**{each}**" for each in recovery_words.numbered(found.words)))
        self.told.say(say(
            "Milik: {owner}. Pastikan dahulu siapa yang menelepon, lalu bacakan kata-kata ini satu per satu; di "
            "laptop itu diketik lewat «Buka dengan kunci kantor». Hanya ruang kerja itu yang terbuka olehnya. "
            "Sesudahnya, minta kata pemulihan diganti di Pengaturan laptop itu.",
            owner=found.owner))
        bring_into_sight(self.told)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Trouble):
            self.desk.failed.emit(error)
            return
        fault = ErrorCard(fault_of(error))
        self._faults.addWidget(fault)
        bring_into_sight(fault)
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)


def _role(workspace: Workspace) -> str:
    with workspace.asking() as connection:
        return facts.facts(connection).role
