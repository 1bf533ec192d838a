"""Keying a drawn household again: the form itself, empty but for its place; what is typed stays apart."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.actions.keying.keyed_drafts import Opened
from p2kp_desktop.actions.keying.session import Session
from p2kp_desktop.actions.quality import second_keying
from p2kp_desktop.actions.quality.keying_differences import Difference
from p2kp_desktop.language import say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.form.hands import Hands
from p2kp_desktop.ui.form.keeper import DraftKeeper
from p2kp_desktop.ui.form.sheet import FormSheet
from p2kp_desktop.ui.form.strip import error_card
from p2kp_desktop.ui.form.viewing import title
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.look.measures import PAGE_SIDE, SPACE_4
from p2kp_desktop.ui.unsaved import Sheet

LOTS = "rechecks"  # what a change here touches
PLACE, TAB = "quality", "recheck"  # where it is gone on with


class Apart(DraftKeeper):
    """Keeps what is typed beside the drawn record, never as a draft of it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.record = ""

    @override
    def note(self, session: Session) -> None:
        self._desk.unsaved.hold(self.sheet(session))

    @override
    def sheet(self, session: Session) -> Sheet:
        record, answers, question = self.record, session.draft(), session.focus
        return Sheet(
            self.key(record), say("Ketik ulang {name}", name=title(session.opened, small=False)),
            lambda workspace: second_keying.keep(workspace, record, answers, question), frozenset({LOTS}),
            PLACE, record, TAB, session,
        )

    @override
    def key(self, record: str) -> str:
        return f"{LOTS} {record}"


class BlindSheet(FormSheet):
    """The form, with another word on its button."""

    @override
    def _say_button(self, session: Session) -> None:
        self.head.show_button(say("Selesai, bandingkan"), ("Ctrl", "Enter"))


class Blind(QWidget):
    """The form for one drawn household; Ctrl+Enter ends the second keying, Esc leaves it for later."""

    finished = Signal(str)  # the record
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.sheet = BlindSheet()
        self.sheet.show_legend(False)  # the window's own line names these keys
        self.keeper = Apart(desk, self)
        self.hands = Hands(self.sheet, self.keeper, self)
        self.head = Label(say(
            "Ketik ulang dari kertas, tanpa melihat ketikan pertama. Isian ini disimpan terpisah, untuk dibandingkan."
        ), SECONDARY, wraps=True)
        self.head.setContentsMargins(PAGE_SIDE, SPACE_4, PAGE_SIDE, SPACE_4)
        down(self.head, (self.sheet, 1), into=self)
        self.sheet.head.pressed.connect(self.finish)
        walked = self.hands.walked
        offer(self, [
            Command(say("Selesai mengetik ulang"), ("Ctrl+Return",), self.finish, say("selesai"), deed=Deed.CHANGE),
            Command(say("Urungkan jawaban"), ("Ctrl+Z",), self.hands.undo, say("urungkan")),
            Command(say("Masalah berikutnya"), ("F8",), lambda: walked(lambda session: session.to_trouble(1)),
                    say("masalah")),
            Command(say("Ke informasi umum dan kembali"), ("F7",), lambda: walked(Session.to_header),
                    say("informasi umum")),
            Command(say("Petunjuk pertanyaan"), ("F1",), self.hands.help, say("petunjuk")),
            Command(say("Lanjutkan nanti"), ("Esc",), self.leave),
        ], desk.rights)

    def begin(self, record: str) -> None:
        """Take up a drawn record."""
        self.keeper.record = record
        held = self.keeper.held(record)
        if held is not None:
            self.hands.take_up_again(held)
        else:
            self.desk.ask(self, lambda workspace: second_keying.open_blind(workspace, record), self._open)

    def _open(self, opened: Opened) -> None:
        self.hands.take_up(opened, opened.question)

    def finish(self) -> None:
        """End the second keying; the differences are shown where it was drawn."""
        self.hands.keep_typed()
        session, record = self.hands.session, self.keeper.record
        if session is None:
            return
        answers, sheet = session.keying.given(), self.keeper.hand_over(session)

        def done(_found: list[Difference]) -> None:
            self.keeper.saved(sheet)
            if self.hands.holds(session.record):
                self.hands.put_down()
                self.finished.emit(record)

        self.desk.change(self, lambda workspace: second_keying.finish(workspace, record, answers), done,
                         lambda error: self._not_finished(sheet, error), touches={LOTS})

    def _not_finished(self, sheet: Sheet, error: Exception) -> None:
        """Say why; what is typed is still in the form."""
        self.keeper.not_saved(sheet, lambda _kept: self.keeper.show_refusal(
            self.sheet, error_card(error, self.keeper.safe_words())))

    def leave(self) -> None:
        """Leave it for later; what is typed is kept."""
        if self.sheet.hide_strip() or self.hands.close_help():
            self.hands.stay()
            return
        self.hands.keep_typed()
        self.keeper.flush()
        self.hands.put_down()
        self.left.emit()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        if not self.isVisible():
            return super().focusNextPrevChild(forward)
        self.sheet.column.give_focus()
        return True
