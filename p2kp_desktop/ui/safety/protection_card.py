"""Sandi dan pemulihan: whether the workspace is behind a password, changing it, and the recovery sheet again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QVBoxLayout, QWidget

from p2kp_desktop import settings
from p2kp_desktop.actions.common import backups, passwords
from p2kp_desktop.actions.protection import conversion, office_slot, password
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing import recovery_sheet, writing
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.workspace import is_server
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.controls import Choice
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import CARD_TITLE, NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, clear, down
from p2kp_desktop.ui.kit.messages import ErrorCard, fault_of
from p2kp_desktop.ui.kit.new_password import NewPassword, password_field
from p2kp_desktop.ui.kit.sight import bring_into_sight
from p2kp_desktop.ui.look.measures import CARD_SIDE, CARD_TOP, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token


@dataclass(frozen=True)
class State:
    """Whose passwords open the workspace (none: it is in clear), which copies of it are in clear.

    The offices open it with their own keys.
    """

    protected: bool
    people: tuple[str, ...]
    in_clear: tuple[Path, ...]
    offices: tuple[str, ...] = ()


def state(workspace: Workspace) -> State:
    """Return how the workspace and its copies are protected."""
    file = Path(workspace.name)
    bare = conversion.in_clear(file, backups.second_folder(workspace))
    return State(password.is_protected(file), tuple(password.people(file)), tuple(bare),
                 tuple(office_slot.offices(file)))


class Act(Enum):
    """What one of the buttons begins; each asks for the present password first."""

    CHANGE = auto()
    SHEET = auto()
    WORDS = auto()


class ProtectionCard(QFrame):
    """Says how things stand, and opens a field or two when one of its buttons is pressed."""

    wants_protection = Signal()
    wants_words = Signal(str)  # other recovery words, by whoever has this password

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("frame", "card")
        self.told, self.bare = Label("", SECONDARY, wraps=True), Label("", NOTE, wraps=True)
        self.protect = Button(say("Beri sandi"), Kind.PRIMARY, icon="shield-check")
        self.change, self.sheet = Button(say("Ganti kata sandi")), Button(say("Cetak lagi lembar pemulihan"))
        self.words = Button(say("Ganti kata pemulihan"))
        self.now: QLineEdit = password_field(say("Kata sandi sekarang"))
        meaning = say("Berkas tidak ditulis ulang. Salinan berkas kunci di tempat lain masih terbuka oleh sandi lama.")
        self.new = NewPassword(meaning, passwords.weakness, passwords.offered)
        self.meaning, self.go = Label("", NOTE, wraps=True), Button("", Kind.PRIMARY)
        self.minutes, self._locking = Choice(), QWidget()
        self.done = Label("", NOTE, wraps=True)
        self.done.colour(Token.OK)
        self._fields = QWidget()
        self._faults = QVBoxLayout()
        self._begun = Act.CHANGE
        self._lay_out()
        self.protect.clicked.connect(self.wants_protection)
        desk.rights.guard(Deed.PERSONS, self.protect, self.sheet, self.words)
        for button, act in ((self.change, Act.CHANGE), (self.sheet, Act.SHEET), (self.words, Act.WORDS)):
            button.clicked.connect(partial(self._open, act))
        self.minutes.activated.connect(self._choose_minutes)
        self.now.returnPressed.connect(self._on_enter)
        self.new.confirmed.connect(self._act)
        self.go.clicked.connect(self._act)
        for signal in (self.now.textChanged, self.new.changed):
            signal.connect(self._judge)

    def _lay_out(self) -> None:
        buttons = QWidget()
        row = Flow(buttons)
        for button in (self.protect, self.change, self.sheet, self.words):
            row.addWidget(button)
        down(self.meaning, across((self.now, 1), Stretch(1), gap=SPACE_8), self.new, across(self.go, Stretch()),
             into=self._fields, gap=SPACE_8)
        self.minutes.setAccessibleName(say("Kunci layar sesudah"))
        for minutes, words in ((5, say("5 menit")), (10, say("10 menit")), (30, say("30 menit")), (0, say("tidak"))):
            self.minutes.addItem(words, minutes)
        down(across(Label(say("Kunci layar sesudah"), SECONDARY), self.minutes, Stretch(), gap=SPACE_8),
             into=self._locking)
        down(Label(say("Sandi dan pemulihan"), CARD_TITLE), self.told, self.bare, buttons, self.done,
             self._locking, self._fields, self._faults, into=self, gap=SPACE_12, margins=(CARD_SIDE, CARD_TOP))

    def enter(self) -> None:
        """Show how the workspace is protected now."""
        self._fields.hide()
        self.new.forget()
        self.now.clear()
        self.done.hide()
        self.minutes.setCurrentIndex(max(self.minutes.findData(settings.load().lock_minutes), 0))
        clear(self._faults)
        if is_server(self.desk.workspace.name):
            self._show(None)
        else:
            self.desk.ask(self, state, self._show)

    def _show(self, found: State | None) -> None:
        self.protect.setVisible(found is not None and not found.protected)
        for button in (self.change, self.sheet, self.words):
            button.setVisible(found is not None and found.protected)
        self._locking.setVisible(found is not None and found.protected)
        if found is None:
            self.told.say(say("Ruang kerja ini ada di server: perlindungannya urusan server itu."))
        elif found.protected:
            self.told.say(" ".join(filter(None, [
                say("Berkas ini dan cadangannya disandikan. Yang punya sandi: {people}. Tidak ikut disandikan: "
                    "apa yang Anda ekspor, cetak, atau kirim tanpa segel.", people=", ".join(found.people) or "–"),
                say("Yang juga dapat membukanya: pemegang lembar pemulihan, dan {office} dengan kunci kantornya.",
                    office=", ".join(found.offices)) if found.offices else "",
            ])))
        else:
            self.told.say(say("Belum terlindungi: siapa pun yang memegang laptop, berkas ini, atau cadangannya dapat "
                              "membaca nama dan NIK."))
        self.told.colour(Token.TEXT2 if found is None or found.protected else Token.WARN)
        left = found.in_clear if found is not None and found.protected else ()
        self.bare.say(say("Salinan yang belum disandikan: {files}.", files=", ".join(path.name for path in left)))
        self.bare.setVisible(bool(left))

    def _choose_minutes(self) -> None:
        settings.save(replace(settings.load(), lock_minutes=int(self.minutes.currentData())))

    def _open(self, act: Act) -> None:
        self._begun = act
        self.new.setVisible(act is Act.CHANGE)
        self.go.say({Act.CHANGE: say("Ganti"), Act.SHEET: say("Simpan sebagai PDF"),
                     Act.WORDS: say("Ganti kata pemulihan")}[act])
        self.meaning.say(say(
            "Berkas dan cadangannya ditulis ulang dengan kunci baru; lembar lama tidak membukanya lagi. Orang lain "
            "yang punya sandi di sini memilih sandinya lagi. Cadangan di flashdisk yang tidak terpasang masih terbuka "
            "dengan lembar lama."))
        self.meaning.setVisible(act is Act.WORDS)
        self._fields.show()
        clear(self._faults)
        self.done.hide()
        self.now.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(self._fields)
        self._judge()

    def _judge(self) -> None:
        ready = not passwords.objection(self.now.text())
        self.go.setEnabled(ready and not (self._begun is Act.CHANGE and self.new.problem()))

    def _on_enter(self) -> None:
        if self._begun is Act.CHANGE:
            self.new.first.setFocus()
        else:
            self._act()

    def _act(self) -> None:
        if not self.go.isEnabled():
            return
        before, after = self.now.text(), self.new.first.text()
        if self._begun is Act.CHANGE:
            self._ask(lambda workspace: password.change(Path(workspace.name), before, after),
                      lambda _person: self._finish(self.change, say("Kata sandi sudah diganti.")))
            return
        if self._begun is Act.WORDS:
            self._ask(lambda workspace: password.unlock(Path(workspace.name), before),
                      lambda _person: self.wants_words.emit(before))
            return
        name = say("Lembar pemulihan {name}", name=Path(self.desk.workspace.name).stem)
        path, _ = QFileDialog.getSaveFileName(self, say("Simpan lembar pemulihan"), str(Path.home() / f"{name}.pdf"),
                                              "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the recovery sheet, for whoever knows the password that was typed."""
        typed = self.now.text()
        self._ask(lambda workspace: _written(Path(workspace.name), typed, path), lambda _path: self._finish(
            self.sheet, say("Tersimpan di {path}. Cetak, lalu hapus berkasnya: siapa pun yang membacanya dapat membuka "
                            "data.", path=path)))

    def _ask(self, act: Callable[[Workspace], object], then: Callable[[object], None]) -> None:
        self.go.setEnabled(False)
        self.desk.make(self, lambda workspace, _report: act(workspace), then, self._failed)

    def _finish(self, begun: Button, said: str) -> None:
        """Say what was done and go back to its button: the next field on the page is no place for a password."""
        begun.setFocus(Qt.FocusReason.OtherFocusReason)
        self.enter()
        self.done.say(said)
        self.done.show()
        bring_into_sight(self.done)

    def _failed(self, error: Exception) -> None:
        self._judge()
        clear(self._faults)
        if isinstance(error, Trouble):
            fault = ErrorCard(fault_of(error))
            self._faults.addWidget(fault)
            bring_into_sight(fault)
        else:
            self.desk.failed.emit(error)


def _written(file: Path, typed: str, path: Path) -> Path:
    """Write the recovery sheet of a workspace for whoever knows its password."""
    protection = password.protection_of(file, typed)
    person = next(iter(password.people(file)), file.stem)
    writing.save(recovery_sheet.recovery_sheet(file, person, protection.words), path)
    return path
