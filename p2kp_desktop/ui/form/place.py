"""The place where records are keyed: opens them, keeps their drafts, saves them, without one dialog."""

from dataclasses import replace

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop import settings
from p2kp_desktop.actions import drafting, retracing
from p2kp_desktop.actions.drafting import Opened
from p2kp_desktop.actions.keying import Keying
from p2kp_desktop.actions.recording import Recorded
from p2kp_desktop.environment import now
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import regions
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.form.commands import Command, offer
from p2kp_desktop.ui.form.hands import Hands
from p2kp_desktop.ui.form.head import Disk
from p2kp_desktop.ui.form.keeper import DRAFTS, DraftKeeper
from p2kp_desktop.ui.form.moments import clock
from p2kp_desktop.ui.form.sheet import FormSheet
from p2kp_desktop.ui.form.strip import asking, error_card
from p2kp_desktop.ui.form.viewing import draft_words, saved_words, title
from p2kp_desktop.ui.form.walking import Walk
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import COLLECTING, TRANSFER, Destination, Place, Scope

NEXT, STAY, BACK = "next", "stay", "back"  # what follows a save
CONFLICTS = "conflicts"  # the tab of the transfer place where they are settled


class FormPlace(Place):
    """One record under the hands, of any form."""

    key = "form"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.sheet = FormSheet()
        self.keeper = DraftKeeper(desk, self)
        self.hands = Hands(self.sheet, self.keeper, self)
        self._scope: Scope | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.sheet)
        self.sheet.head.pressed.connect(self.finish)
        self.sheet.column.settling_wanted.connect(self._settle_conflict)
        self.hands.settling_wanted.connect(self._settle_conflict)
        self.keeper.kept.connect(self._draft_kept)
        self.keeper.failed.connect(self._draft_failed)
        offer(self, self._commands())

    def _commands(self) -> list[Command]:
        walked = self.hands.walked
        return [
            Command(say("Simpan, lalu berikutnya"), ("Ctrl+Return", "Ctrl+Enter"), self.finish),
            Command(say("Simpan"), ("Ctrl+S",), lambda: self.save(STAY)),
            Command(say("Urungkan jawaban"), ("Ctrl+Z",), self.hands.undo),
            Command(say("Ulangi jawaban"), ("Ctrl+Shift+Z", "Ctrl+Y"), self.hands.redo),
            Command(say("Masalah berikutnya"), ("F8",), lambda: walked(lambda walk: walk.to_trouble(1))),
            Command(say("Masalah sebelumnya"), ("Shift+F8",), lambda: walked(lambda walk: walk.to_trouble(-1))),
            Command(say("Ke informasi umum dan kembali"), ("F7",), lambda: walked(Walk.to_header)),
            Command(say("Bagian berikutnya"), ("Ctrl+PgDown",), lambda: walked(lambda walk: walk.to_section(1))),
            Command(say("Bagian sebelumnya"), ("Ctrl+PgUp",), lambda: walked(lambda walk: walk.to_section(-1))),
            Command(say("Petunjuk pertanyaan"), ("F1",), self.hands.help),
            Command(say("Catatan atau keputusan"), ("F2",), self.hands.note),
            Command(say("Riwayat jawaban"), ("F4",), self.show_history),
            Command(say("Tampilkan atau sembunyikan tombol"), ("Ctrl+F1",), self.toggle_legend),
            Command(say("Kembali ke daftar"), ("Esc",), self.leave),
        ]

    @property
    def keying(self) -> Keying | None:
        """Return the record under the hands."""
        return self.hands.walk.keying if self.hands.walk else None

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Open what the destination names; the record under the hands stays where it is named again."""
        self.sheet.show_legend(settings.load().key_legend)
        self.hands.keep_typed()
        self._scope = scope
        if self._is_here(destination):
            self.hands.go(destination.question)
            return
        if destination.draft or not destination.form:
            self.desk.ask(
                self, lambda workspace: drafting.open_draft(workspace, destination.record),
                lambda opened: self._open(opened, destination.question),
            )
            return
        form, known = form_named(destination.form), regions().get(scope.area)
        place = drafting.Place(scope.area if known and known.is_village else "", scope.rt, scope.period)
        self.desk.ask(
            self, lambda workspace: drafting.open_record(workspace, form, place, destination.record),
            lambda opened: self._open(opened, destination.question),
        )

    def _is_here(self, destination: Destination) -> bool:
        if self.keying is None:
            return False
        if not destination.form and not destination.record:
            return not destination.draft
        return destination.record == self.keying.record.id

    def _open(self, opened: Opened | None, question: str = "") -> None:
        """Take a record under the hands; without one (no draft is left) go to the list."""
        if opened is None:
            self.wants.emit(Destination(COLLECTING, scope=self._scope))
            return
        if opened.drafted:
            self.keeper.knows(opened.keying.record.id)
        self.hands.take_up(opened, question)
        words = saved_words(opened.saved, small=self.sheet.small) if opened.saved else ""
        self._show_disk(draft_words(opened.drafted, small=self.sheet.small) if opened.drafted else words)

    def _show_disk(self, words: str) -> None:
        self.sheet.head.show_disk(Disk("circle-check", Token.OK, words) if words else None)

    def _draft_kept(self, record: str, time: str) -> None:
        if self.keying is not None and self.keying.record.id == record:
            self._show_disk(draft_words(time, small=self.sheet.small))

    def _draft_failed(self, error: Exception) -> None:
        self.sheet.head.show_disk(Disk("circle-alert", Token.ERR, say("Draf belum tersimpan")))
        self.sheet.show_strip(error_card(error, say("Draf belum tersimpan: isian ini hanya ada di layar.")))

    def finish(self) -> None:
        """Save, and begin the next household of the stack; other forms go back to the list."""
        if self.keying is not None:
            self.save(NEXT if self.keying.form is Household else BACK)

    def save(self, then: str) -> None:
        """Save the record; what saving would clear or leave out is listed before."""
        self.hands.stay()
        if self.keying is None:
            return
        strip = asking(self.keying)
        if strip is None:
            self._save(then)
            return
        strip.confirmed.connect(lambda: self._save(then))
        strip.refused.connect(self.hands.stay)
        self.sheet.show_strip(strip)
        strip.setFocus()

    def _save(self, then: str) -> None:
        keying, walk = self.keying, self.hands.walk
        if keying is None or walk is None:
            return
        self.sheet.show_strip(None)
        if keying.is_touched:
            self._hand_over(keying, walk.opened, then, walk.focus)
        elif keying.is_new:
            self._show_disk(say("Belum ada yang diisi"))
            self.sheet.column.give_focus()
            return
        if then == NEXT:
            count = walk.opened.count + keying.is_new
            self._open(Opened(keying.next_one(), number=count + 1, count=count))
        elif then == STAY:
            keying.saved()
            self.hands.stay()
        elif not keying.is_touched:
            self._go_to_list(keying)

    def _hand_over(self, keying: Keying, opened: Opened, then: str, focus: str) -> None:
        """Put the save in line behind the last draft; the draft goes with it, or stays if it fails."""
        form, record, given, is_new = keying.form, keying.record.id, keying.given(), keying.is_new
        draft, name = keying.draft(), title(opened, small=self.sheet.small).split(" · ")[0]
        self.keeper.flush()
        self.keeper.forget(record)

        def failed(error: Exception) -> None:
            self.keeper.knows(record)
            self.desk.change(
                self, lambda workspace: drafting.keep(workspace, form, record, draft, focus), touches={DRAFTS}
            )
            self._not_saved(record, focus, error)

        def saved(_recorded: Recorded) -> None:
            time = clock(now(), seconds=not self.sheet.small)
            self._show_disk(say("{name} tersimpan {clock}", name=name, clock=time))
            if then == BACK and self.keying is keying:
                self.hands.walk = None
                self._go_to_list(keying)

        self.desk.change(
            self, lambda workspace: drafting.save(workspace, form, record, given, is_new=is_new), saved, failed,
            touches={form.key, DRAFTS},
        )

    def _not_saved(self, record: str, focus: str, error: Exception) -> None:
        """Say so in four lines; the draft is still there, and a button leads back to it."""
        again = Destination(self.key, record=record, question=focus, draft=True)
        here = self.keying is not None and self.keying.record.id == record
        card = error_card(error, say("Data Anda aman: drafnya tersimpan."), "" if here else say("Buka lagi"))
        if here:

            def open_again(opened: Opened | None) -> None:
                self._open(opened, focus)
                self.sheet.show_strip(card)

            self.hands.walk = None
            self.desk.ask(self, lambda workspace: drafting.open_draft(workspace, record), open_again)
            return
        card.pressed.connect(lambda: self.enter(again, self._scope) if self._scope else None)
        self.sheet.show_strip(card)

    def show_history(self) -> None:
        """Show or hide the history of the answer in focus."""
        walk = self.hands.walk
        if walk is None or self.sheet.hide_past():
            return
        keying, focus = walk.keying, walk.focus
        question = keying.form.question(focus)
        number = (question.number or say(question.label)) if question else ""
        self.desk.ask(
            self, lambda workspace: retracing.answer_history(workspace, keying.form, keying.record.id, focus),
            lambda steps: self.sheet.show_past(number, steps),
        )

    def toggle_legend(self) -> None:
        """Show or hide the line of keys, from now on."""
        shown = not settings.load().key_legend
        settings.save(replace(settings.load(), key_legend=shown))
        self.sheet.show_legend(shown)

    def leave(self) -> None:
        """Close what is open above the form, else go back to the list; the draft stays."""
        closed = self.sheet.hide_strip() or self.sheet.hide_past() or self.hands.close_help()
        if closed or self.sheet.column.reason_has_focus():
            self.hands.stay()
        elif self.keying is not None:
            self.may_leave()
            self._go_to_list(self.keying)

    def _its_scope(self, keying: Keying) -> Scope | None:
        answers = keying.record.answers
        if self._scope is None or not answers.get("region"):
            return self._scope
        rt = str(answers["rt"]) if answers.get("rt") else None
        return Scope(str(answers["region"]), rt, str(answers.get("period") or self._scope.period))

    def _go_to_list(self, keying: Keying) -> None:
        record = keying.record
        scope = self._its_scope(keying)
        self.wants.emit(Destination(COLLECTING, scope=scope, form=record.form.key, record=record.id))

    def _settle_conflict(self, key: str) -> None:
        """Go to where the conflict of an answer is settled."""
        if self.keying is not None:
            record, scope = self.keying.record, self._its_scope(self.keying)
            self.wants.emit(
                Destination(TRANSFER, scope, record.form.key, record.id, question=key, tab=CONFLICTS)
            )

    @override
    def may_leave(self) -> bool:
        """Take what is typed and put the draft in line; then anybody may go."""
        self.hands.keep_typed()
        self.keeper.flush()
        return True

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.may_leave()
        super().hideEvent(event)

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab never wanders out of the questions: it comes back to the one in focus."""
        if not self.isVisible():
            return super().focusNextPrevChild(forward)
        self.sheet.column.give_focus()
        return True
