"""Who works here: handing the laptop over, retiring the workspace, taking it up again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from p2kp_desktop.actions.common.office_words import when
from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.upkeep import handing_over
from p2kp_desktop.actions.upkeep.handing_over import Event, LeftBehind
from p2kp_desktop.language import say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.labels import NOTE, Label

from .sure import Sure
from .upkeep_card import UpkeepCard, typed

State = tuple[str, LeftBehind, list[Event]]


class HandingOver(UpkeepCard):
    """The name of the successor; edits keep the name of whoever made them."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, say("Serah terima"), "", Sure(
            say("Serahkan…"), say("pindah tugas"), say("Ya, serahkan")
        ), Deed.PERSONS)
        self.person = QLineEdit()
        self.add_field(say("Petugas baru"), self.person)
        self.body.addWidget(self.sure)
        self.past = Label("", NOTE, wraps=True)
        self.body.addWidget(self.past)
        self.body.addStretch(1)
        self.sure.wanted.connect(self._ask)
        self.sure.given.connect(self._give)

    def show_state(self, state: State) -> None:
        """Show who works here now and what happened before."""
        person, _, events = state
        self.about.say(say("Petugas sekarang: {person}. Isian yang sudah ada tetap atas nama pengisinya.",
                           person=person))
        self.past.say("\n".join(_told(event) for event in events))
        self.past.setVisible(bool(events))

    def _ask(self) -> None:
        self.sure.ask(say("Sesudah itu isian di laptop ini atas nama {person}; di balik kata sandi, sejak ia masuk "
                          "dengan kata sandinya sendiri.", person=typed(self.person)))

    def _give(self, reason: str) -> None:
        person = typed(self.person)
        self.do(lambda workspace: handing_over.hand_over(workspace, person=person, reason=reason), self._given)

    def _given(self, event: Event) -> None:
        self.person.clear()
        self.sure.tell(say("Diserahkan kepada {person}.", person=event.after))
        self.changed.emit()


class Retiring(UpkeepCard):
    """Lets the workspace rest, or work again."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, say("Istirahatkan ruang kerja"), "", Sure(
            say("Istirahatkan…"), say("survei selesai"), say("Ya, istirahatkan")
        ), Deed.PERSONS)
        self.body.addWidget(self.sure)
        self.body.addStretch(1)
        self._is_retired = False
        self._left = ""
        self.sure.wanted.connect(self._ask)
        self.sure.given.connect(self._give)

    def show_state(self, state: State) -> None:
        """Show whether it rests, and what would be left behind."""
        _, pending, events = state
        last = [event.what for event in events if event.what != handing_over.HANDED][-1:]
        self._is_retired, self._left = last == [handing_over.RETIRED], pending.words()
        if self._is_retired:
            self.about.say(say("Sedang diistirahatkan: dapat dilihat, dikirim, dan dicetak, tetapi tidak diubah."))
        elif self._left:
            self.about.say(say("Belum semuanya sampai: {left}.", left=self._left))
        else:
            self.about.say(say("Semua sudah diterima kantor lain. Sesudah diistirahatkan, isian tidak dapat diubah."))
        self.sure.go.say(say("Aktifkan kembali…") if self._is_retired else say("Istirahatkan…"))
        self.sure.yes.say(say("Ya, aktifkan") if self._is_retired else say("Ya, istirahatkan"))

    def _ask(self) -> None:
        if self._is_retired:
            self.sure.ask(say("Isian dapat diubah lagi."))
        elif self._left:
            self.sure.ask(say("Belum semuanya sampai: {left}. Tetap istirahatkan?", left=self._left))
        else:
            self.sure.ask(say("Isian tidak dapat diubah lagi sampai diaktifkan kembali."))

    def _give(self, reason: str) -> None:
        if self._is_retired:
            self.do(lambda workspace: handing_over.revive(workspace, reason=reason), self._done)
        else:
            anyway = bool(self._left)
            self.do(lambda workspace: handing_over.retire(workspace, reason=reason, anyway=anyway), self._done)

    def _done(self, event: Event) -> None:
        is_retired = event.what == handing_over.RETIRED
        self.sure.tell(say("Ruang kerja ini diistirahatkan.") if is_retired else say("Ruang kerja ini aktif lagi."))
        self.changed.emit()

    @override
    def refused(self, error: Exception) -> None:
        super().refused(error)
        self.changed.emit()


def state_of(workspace: Workspace) -> State:
    """Return who works here, what is pending, and what happened."""
    about = window_edge.about(workspace)
    return about.person, handing_over.pending(workspace), handing_over.events(workspace)


def _told(event: Event) -> str:
    words = {
        handing_over.HANDED: say("{before} menyerahkan kepada {after}", before=event.before, after=event.after),
        handing_over.RETIRED: say("Diistirahatkan oleh {person}", person=event.before),
        handing_over.REVIVED: say("Diaktifkan lagi oleh {person}", person=event.before),
    }
    return f"{when(event.time)} · {words[event.what]} · {event.reason}"
