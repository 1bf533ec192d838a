"""Menunggu keputusan: records that wait for a person, answer by answer, old and new; taken in or left with a reason."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from p2kp_desktop.actions.bundles import quarantine
from p2kp_desktop.actions.bundles.quarantine import HeldAnswer, Quarantined
from p2kp_desktop.actions.common.office_words import role_words, when
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports import transfer
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files.parts import ActionBar, Calm, action
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import BODY, NOTE, Label, mark
from p2kp_desktop.ui.kit.layouts import across, clear, down
from p2kp_desktop.ui.kit.messages import ErrorCard, fault_of
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import PAGE_SIDE, SPACE_8, SPACE_12

from .intake import TOUCHED

Act = Callable[..., int]


class WaitingPage(QWidget):
    """A table of the answers; below it whose record is in use, why it waits, the reason, and what can be done."""

    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.list: TableList[HeldAnswer] = TableList(desk, transfer.held_records())
        self.list.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_record())
        self._stack = QStackedWidget()
        self._stack.addWidget(Calm(say("Tidak ada yang menunggu keputusan"), say(
            "Yang tiba dengan paket dan mengubah atau menghapus catatan terverifikasi, menghapus data orang lain, atau "
            "mengaku hasil pemeriksaan, tanpa berhak atasnya, menunggu keputusan Anda di sini.")))
        self._stack.addWidget(self._sheet())
        down((self._stack, 1), self._foot(), into=self)
        self._connect()

    def _sheet(self) -> QWidget:
        self._about, self._change = Label("", BODY, wraps=True), Label("", BODY, wraps=True)
        self._why = Label("", NOTE, wraps=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(say("Alasan"))
        self.reason.setPlaceholderText(say("alasan: bagaimana Anda tahu, misalnya sudah ditelepon"))
        self.reason.textChanged.connect(lambda _text: mark(self.reason, "status", ""))
        label = Label(say("Alasan"), BODY)
        label.setBuddy(self.reason)
        card = Card()
        for part in (self._about, self._change, self._why):
            card.body.addWidget(part)
        card.body.addLayout(across(label, (self.reason, 1), gap=SPACE_8))
        self._fault = QVBoxLayout()
        sheet = QWidget()
        down((self.list, 1), self._fault, card, into=sheet, gap=SPACE_12, margins=(PAGE_SIDE, 0, PAGE_SIDE, SPACE_12))
        return sheet

    def _foot(self) -> QWidget:
        self.bar = ActionBar()
        self.leaving = Button(say("Biarkan catatan ini"), keys=("Ctrl", "Shift", "Backspace"))
        self.team = Button(say("Terima semua dari pengirim ini"), keys=("Ctrl", "Shift", "Enter"))
        self.taking = Button(say("Terima catatan ini"), Kind.PRIMARY, icon="check", keys=("Ctrl", "Enter"))
        for button in (self.leaving, self.team, self.taking):
            self.bar.row.addWidget(button)
        self.bar.hide()
        return self.bar

    def _connect(self) -> None:
        acts = (
            (self.taking, say("Terima catatan ini"), ("Ctrl+Return", "Ctrl+Enter"), self.take),
            (self.team, say("Terima semua dari pengirim ini"), ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
             self.take_team),
            (self.leaving, say("Biarkan catatan ini"), ("Ctrl+Shift+Backspace",), self.leave),
        )
        self._acts: list[QAction] = []
        for button, words, keys, act in acts:
            button.clicked.connect(act)
            doing = action(self, words, *keys)
            self._acts.append(doing)
            doing.triggered.connect(lambda _checked=False, act=act: act())
            self._desk.rights.guard(Deed.ADMIT, button, doing)
        self._desk.rights.guard(Deed.ADMIT, self.reason)

    @property
    def current(self) -> Quarantined | None:
        """Return the record in use."""
        line = self.list.current()
        return line.held if line else None

    def begin(self) -> None:
        """Put the focus on the table."""
        self.list.table.setFocus()

    def refresh(self) -> None:
        """Read anew what waits."""
        self._desk.ask(self, quarantine.waiting, self._show)

    def _show(self, waits: Sequence[Quarantined]) -> None:
        lines = quarantine.answers(waits)
        if list(self.list.shows.lines) != lines:
            self.list.show_table(transfer.held_records(lines))
        self._stack.setCurrentIndex(1 if lines else 0)
        self.bar.setVisible(bool(lines))
        for each in self._acts:
            each.setVisible(bool(lines))
        self.counted.emit(len(waits))
        self._show_record()

    def _show_record(self) -> None:
        clear(self._fault)
        line, each = self.list.current(), self.current
        if line is None or each is None:
            return
        change = transfer.held_change(line)  # in full: the table cuts what is long
        self._change.say(change)
        self._change.setVisible(bool(change))
        sender = each.sender
        signed = (say("Tanda pengirim: {words}", words=sender.fingerprint) if sender.fingerprint
                  else say("Tanpa tanda tangan"))
        self._about.say(f"**{each.subject.words}** · {sender.person} ({sender.workspace}, {role_words(sender.role)}), "
                        f"{when(each.arrived)}")
        self._why.say(say("Menunggu karena {why}. {signed}. Belum ada yang berubah; yang diterima dapat "
                          "dibatalkan dari Catatan.", why=each.why, signed=signed))

    def take(self) -> None:
        """Take in the record in use."""
        if each := self.current:
            self._decide(quarantine.apply, each, each.subject.id)

    def take_team(self) -> None:
        """Take in everything of its sender, who is known from then on."""
        if each := self.current:
            self._decide(quarantine.apply, each, each.sender.node)

    def leave(self) -> None:
        """Leave the record in use as it is here."""
        if each := self.current:
            self._decide(quarantine.leave, each, each.subject.id)

    def _decide(self, act: Act, each: Quarantined, name: str) -> None:
        """Decide what that sender brought under a name, and nothing that another one did."""
        reason = self.reason.text().strip()
        if not reason:
            mark(self.reason, "status", "err")
            self.reason.setFocus()
            return

        def decide(workspace: Workspace) -> int:
            return act(workspace, [name], reason=reason, whose=quarantine.of(each.sender))

        self._desk.change(self, decide, self._decided, self._refuse, touches=TOUCHED)

    def _decided(self, _count: int) -> None:
        self.reason.clear()
        self.refresh()
        self.list.table.setFocus()

    def _refuse(self, error: Exception) -> None:
        clear(self._fault)
        if isinstance(error, Trouble):
            self._fault.addWidget(ErrorCard(fault_of(error)))
        else:
            self._desk.failed.emit(error)
