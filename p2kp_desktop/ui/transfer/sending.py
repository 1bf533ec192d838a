"""Kirim: to whom, what, where to; then the file that was made and what to do with it."""

from pathlib import Path
from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from p2kp_desktop.actions import transferring
from p2kp_desktop.actions.sending import Sent
from p2kp_desktop.actions.transferring import Contents, Sending, Target
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.controls import Choice
from p2kp_desktop.ui.kit.equation import grouped
from p2kp_desktop.ui.kit.labels import BODY, Label
from p2kp_desktop.ui.kit.messages import ErrorCard, Fault
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, SPACE_8, SPACE_12

from . import drives
from .choosing import choose_folder
from .contents import ContentsTable
from .parts import ActionBar, Numbered, action, clear, scrolling
from .result import SentCard

_BOLD = Style(bold=True)
_SECOND = 1000  # milliseconds


class SendPage(QWidget):
    """Everything needed to send, on one page; Ctrl+Enter sends."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sending, self._contents = Sending((), (), ""), Contents((), 0, ())
        self._targets: list[Target] = []
        self._to, self._area, self._folder = "", "", Path()
        self._chosen: Path | None = None
        self._busy_since = 0.0
        self._clock = QTimer(self, interval=_SECOND)
        self._clock.timeout.connect(self._show_time)
        self._build()
        action(self, say("Kirim paket"), "Ctrl+Return", "Ctrl+Enter").triggered.connect(self.send)
        action(self, say("Cari flashdisk lagi"), "F5").triggered.connect(self.refresh)

    def _build(self) -> None:
        self.bar = ActionBar()
        self.button = Button(say("Kirim"), Kind.PRIMARY, icon="send", keys=("Ctrl", "Enter"))
        self.button.clicked.connect(self.send)
        self.bar.row.addWidget(self.button)
        self.inside, self.result = ContentsTable(), SentCard()
        self.result.again.connect(self.start_over)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._form())
        self._stack.addWidget(self.result)
        self._fault = QVBoxLayout()
        inside = QVBoxLayout()
        inside.setContentsMargins(PAGE_SIDE, 0, PAGE_SIDE, SPACE_12)
        inside.setSpacing(SPACE_8)
        inside.addLayout(self._fault)
        inside.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inside, 1)
        column.addWidget(self.bar)

    def _form(self) -> QWidget:
        form = QWidget()
        row = QHBoxLayout(form)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(CARD_GAP)
        row.addWidget(self._choices(), 2)
        row.addWidget(self.inside, 3)
        return form

    def _choices(self) -> QWidget:
        card = Card()
        self._office = Label("", BODY)
        self.offices = Numbered(say("Kepada"))
        self.offices.chosen.connect(self._choose_receiver)
        self._place = Label("", BODY, wraps=True)
        self.areas = Choice()
        self.areas.setAccessibleName(say("Wilayah"))
        self.areas.activated.connect(self._choose_area)
        self.folders = Numbered(say("Simpan ke"))
        self.folders.chosen.connect(self._choose_target)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8 // 2)
        groups = (
            (say("Kepada"), (self._office, self.offices)), (say("Wilayah"), (self._place, self.areas)),
            (say("Simpan ke"), (self.folders,)),
        )
        for title, widgets in groups:
            column.addWidget(Label(title, _BOLD))
            for widget in widgets:
                column.addWidget(widget)
            column.addSpacing(SPACE_12)
        column.addStretch(1)
        card.body.addWidget(scrolling(content), 1)
        return card

    def begin(self) -> None:
        """Put the focus where work begins."""
        first = self.result.open_folder if self._stack.currentWidget() is self.result else self.folders
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self) -> None:
        """Ask again what can be sent and where to."""
        area, plugged, papers = self._area or None, drives.removable(), drives.documents()
        self._desk.ask(
            self,
            lambda workspace: (
                transferring.choices(workspace), transferring.contents(workspace, area),
                transferring.targets(workspace, plugged, papers),
            ),
            self._show,
        )

    def _show(self, found: tuple[Sending, Contents, list[Target]]) -> None:
        self._sending, self._contents, self._targets = found
        self._show_receivers()
        self._show_areas()
        self._show_targets()
        self.inside.show_contents(self._contents)
        self._show_bar()

    def _show_receivers(self) -> None:
        offices = self._sending.receivers
        if self._to not in offices:
            self._to = offices[0]
        self._office.say(transferring.role_words(self._to))
        self._office.setVisible(len(offices) == 1)
        self.offices.setVisible(len(offices) > 1)
        hints = {"facilitator": say("paket balik: status dan perbaikan")}
        ways = [(transferring.role_words(office), hints.get(office, "")) for office in offices]
        self.offices.show_ways(ways, offices.index(self._to))

    def _show_areas(self) -> None:
        villages = self._sending.villages
        self._place.say(self._sending.area)
        self._place.setVisible(len(villages) < 2)
        self.areas.setVisible(len(villages) > 1)
        self.areas.clear()
        self.areas.addItem(say("{area}: semua {count} kelurahan", area=self._sending.area, count=len(villages)), "")
        for code in villages:
            self.areas.addItem(region_name(code), code)
        self.areas.setCurrentIndex(max(self.areas.findData(self._area), 0))

    def _show_targets(self) -> None:
        folders = [target.folder for target in self._targets]
        if self._chosen is not None and self._chosen not in folders:
            self._targets = [Target(self._chosen, say("Folder pilihan"), "chosen"), *self._targets]
            folders = [target.folder for target in self._targets]
        if self._folder not in folders:
            self._folder = folders[0] if folders else Path()
        ways = [(_target_words(target), str(target.folder)) for target in self._targets]
        ways.append((say("Pilih folder lain…"), ""))
        self.folders.show_ways(ways, folders.index(self._folder) if folders else -1)

    def _show_bar(self) -> None:
        ready = bool(self._contents.total and self._targets)
        self.button.say(say("Kirim {count} catatan", count=grouped(self._contents.total)))
        self.button.setEnabled(ready and not self._busy_since)
        if self._busy_since:
            return
        if not self._contents.total:
            self.bar.note.say(say("Belum ada catatan untuk dikirim. Mulailah di Pendataan."))
        elif not self._targets:
            self.bar.note.say(say("Pilih dahulu folder tempat paket disimpan."))
        else:
            self.bar.note.say(say("Paket disimpan di {folder}", folder=self._folder))

    def _choose_receiver(self, place: int) -> None:
        self._to = self._sending.receivers[place]

    def _choose_area(self, place: int) -> None:
        self._area = self.areas.itemData(place)
        self.refresh()

    def _choose_target(self, place: int) -> None:
        if place < len(self._targets):
            self._folder = self._targets[place].folder
            self._show_bar()
            return
        start = self._folder if self._targets else None
        choose_folder(self, start, self._take_folder)

    def _take_folder(self, folder: Path) -> None:
        self._chosen = self._folder = folder
        self._show_targets()
        self._show_bar()

    def send(self) -> None:
        """Write the bundle; the page says so until it is done."""
        if not self.button.isEnabled() or self._stack.currentWidget() is self.result:
            return
        to, area, folder = self._to, self._area or None, self._folder
        clear(self._fault)
        self._busy_since = monotonic()
        self._clock.start()
        self._show_time()
        self._show_bar()
        self._desk.change(
            self, lambda workspace: transferring.send(workspace, folder, to=to, area=area),
            self._sent, self._refused, touches=["transfers"],
        )

    def _show_time(self) -> None:
        seconds = int(monotonic() - self._busy_since)
        self.bar.note.say(say("Menulis paket… {seconds} detik", seconds=seconds))

    def _done(self) -> None:
        self._clock.stop()
        self._busy_since = 0.0
        self._show_bar()

    def _sent(self, sent: Sent) -> None:
        self._done()
        kind = next((target.kind for target in self._targets if target.folder == self._folder), "")
        self.result.show_sent(sent, transferring.role_words(self._to), on_stick=kind == "drive")
        self.bar.hide()
        self._stack.setCurrentWidget(self.result)
        self.result.open_folder.setFocus()

    def _refused(self, error: Exception) -> None:
        self._done()
        if not isinstance(error, Trouble):
            self._desk.failed.emit(error)
            return
        card = ErrorCard(Fault(error.what, error.safe, error.remedy, error.code), say("Kirim lagi"))
        card.pressed.connect(self.send)
        self._fault.addWidget(card)

    def start_over(self) -> None:
        """Show the choices again."""
        self._stack.setCurrentIndex(0)
        self.bar.show()
        self.refresh()
        self.begin()


def _target_words(target: Target) -> str:
    return say("Flashdisk {name}", name=target.name) if target.kind == "drive" else target.name
