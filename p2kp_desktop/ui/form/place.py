"""The place where records are keyed: opens them, keeps their drafts, saves them, without one dialog."""

from dataclasses import replace

from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop import settings
from p2kp_desktop.actions.keying import answer_history, keyed_drafts
from p2kp_desktop.actions.keying.keyed_drafts import Opened
from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.actions.keying.session import Session
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.kawasan import Kawasan
from p2kp_desktop.forms.places import SCORES
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import seen_from
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.table import Subject
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.form.filing import Filing
from p2kp_desktop.ui.form.hands import Hands
from p2kp_desktop.ui.form.head import Disk
from p2kp_desktop.ui.form.keeper import DraftKeeper
from p2kp_desktop.ui.form.resemblance import Resemblance
from p2kp_desktop.ui.form.reviewing import Reviewing
from p2kp_desktop.ui.form.saving import AGAIN, BACK, NEXT, STAY, Saving
from p2kp_desktop.ui.form.sheet import SUBMITTING, VERIFYING, FormSheet, primary
from p2kp_desktop.ui.form.viewing import commands, draft_words, saved_words
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import COLLECTING, RESIDENTS, TRANSFER, Destination, Paper, Place, Scope, place_of, why

_REPEATED = ("F8", "Ctrl+Z")  # what a key held down does again and again
CONFLICTS = "conflicts"  # the tab of the transfer place where they are settled


class FormPlace(Place):
    """One record under the hands, of any form."""

    key = "form"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.sheet = FormSheet()
        self.keeper = DraftKeeper(desk, self)
        self.hands = Hands(self.sheet, self.keeper, self)
        self.saving = Saving(desk, self.sheet, self.hands, self.keeper, self)
        self.reviewing = Reviewing(desk, self.sheet, self.hands, self.keeper, self.saving, self)
        self.resemblance = Resemblance(desk, self.hands, self)
        self.filing = Filing(desk, self.sheet, self.hands, self)
        self._scope: Scope | None = None
        self._beside = ""  # the draft from which another household is looked at
        down(self.sheet, into=self)
        self._connect()
        self._offers = self._offered()

    def _connect(self) -> None:
        self.sheet.head.pressed.connect(self.press)
        self.sheet.column.decision.settle_wanted.connect(self.saving.settle)
        self.sheet.column.look_wanted.connect(self._look_at)
        self.resemblance.look_wanted.connect(self._look_at)
        self.hands.settling_wanted.connect(self._settle_conflict)
        self.hands.changed.connect(self._name_actions)
        self.filing.wants.connect(self.wants)
        for told in (self.saving.told, self.reviewing.told, self.filing.told):
            told.connect(self._show_disk)
        for following in (self.saving.goes_on, self.saving.reopened, self.reviewing.goes_on):
            following.connect(self._open)
        self.saving.taken_up.connect(self._take_up_again)
        for finished in (self.saving.finished, self.reviewing.finished):
            finished.connect(self._go_to_list)
        self.saving.wants_draft.connect(self._open_again)
        self.keeper.kept.connect(self._draft_kept)
        self.keeper.failed.connect(self._draft_failed)

    def _offered(self) -> dict[str, QAction]:
        """Offer what can be done; return the actions by their first keys."""
        offered = self._commands()
        column, banner = self.sheet.column, self.sheet.banner
        self.desk.rights.guard(Deed.CHANGE, *column.panel.answering, *banner.unlocking)
        self.desk.rights.guard(Deed.REVIEW, column.panel.returns, banner.returns)
        self.desk.rights.guard(Deed.SETTLE, *column.decision.deciding)
        actions = offer(self, offered, self.desk.rights)
        found = {command.keys[0]: action for command, action in zip(offered, actions, strict=True)}
        for keys, action in found.items():
            action.setAutoRepeat(keys in _REPEATED)
        return found

    def _commands(self) -> list[Command]:
        walked = self.hands.walked
        return [
            Command(say("Simpan, lalu berikutnya"), ("Ctrl+Return", "Ctrl+Enter"), self.finish,
                    deed=Deed.CHANGE),
            Command(say("Simpan"), ("Ctrl+S",), lambda: self.save(STAY), deed=Deed.CHANGE),
            Command(say("Simpan, lalu catatan baru"), ("Ctrl+N",), lambda: self.save(NEXT), deed=Deed.CHANGE),
            Command(say("Urungkan jawaban"), ("Ctrl+Z",), self.hands.undo, deed=Deed.CHANGE),
            Command(say("Ulangi jawaban"), ("Ctrl+Shift+Z", "Ctrl+Y"), self.hands.redo, deed=Deed.CHANGE),
            Command(say("Serahkan untuk diperiksa"), ("Ctrl+Shift+S",), self.reviewing.submit,
                    deed=Deed.CHANGE),
            Command(say("Verifikasi, lalu berikutnya"), ("Ctrl+Shift+V",), self.reviewing.verify,
                    deed=Deed.REVIEW),
            Command(say("Kembalikan dengan catatan"), ("Ctrl+Shift+C",), self.reviewing.give_back,
                    deed=Deed.REVIEW),
            Command(say("Tandai catatan selesai"), ("Ctrl+T",), self.reviewing.settle, deed=Deed.CHANGE),
            Command(say("Buka untuk diubah"), ("Ctrl+B",), self.reviewing.unlock, deed=Deed.CHANGE),
            Command(say("Lihat rumah yang mirip"), ("Ctrl+G",), self.resemblance.look),
            Command(say("Masalah berikutnya"), ("F8",), lambda: walked(lambda session: session.to_trouble(1))),
            Command(say("Masalah sebelumnya"), ("Shift+F8",), lambda: walked(lambda session: session.to_trouble(-1))),
            Command(say("Ke informasi umum dan kembali"), ("F7",), lambda: walked(Session.to_header)),
            Command(say("Bagian berikutnya"), ("Ctrl+PgDown",), lambda: walked(lambda session: session.to_section(1))),
            Command(say("Bagian sebelumnya"), ("Ctrl+PgUp",), lambda: walked(lambda session: session.to_section(-1))),
            Command(say("Lampirkan foto atau pindaian"), ("Ctrl+L",), self.filing.choose, deed=Deed.CHANGE),
            Command(say("Ke lampiran"), ("Ctrl+Shift+L",), self.sheet.attachments.give_focus),
            Command(say("Petunjuk pertanyaan"), ("F1",), self.hands.help),
            Command(say("Catatan atau keputusan"), ("F2",), self.hands.note, deed=Deed.CHANGE),
            Command(say("Putuskan konflik ini"), ("Alt+Return",), self.saving.settle, deed=Deed.SETTLE),
            Command(say("Riwayat jawaban"), ("F4",), self.show_history),
            Command(say("Mengapa nilainya begitu"), ("Ctrl+J",), self.explain, leads=True),
            Command(say("Kembali"), ("Esc",), self.leave),
        ]

    def _name_actions(self) -> None:
        """Say in the menu what undoing takes back, and leave out what cannot be done with this record."""
        if self.hands.session is not None:
            for keys, (words, there) in commands(self.hands.session).items():
                self._offers[keys].setVisible(there)
                self._offers[keys].setText(words or self._offers[keys].text())
            self._offers["Ctrl+J"].setVisible(SCORES in self.hands.session.keying.form.touches)

    @property
    def keying(self) -> Keying | None:
        """Return the record under the hands."""
        return self.hands.keying

    @override
    def on_paper(self) -> Paper:
        """Return the record under the hands, once it is saved; else its blank form."""
        keying = self.keying
        if keying is None:
            return super().on_paper()
        return Paper(keying.form.key, () if keying.is_new else (keying.record.id,),
                     what=f"blank:{keying.form.key}" if keying.is_new else "record")

    @override
    def standing(self, destination: Destination) -> Destination:
        """Return the way to the record under the hands: the next house, say, or one that was begun here."""
        keying = self.keying
        if keying is None:
            return destination
        is_kept = keying.is_touched or not keying.is_new  # else there is nothing to come back to but a new one
        return replace(destination, form=keying.form.key, record=keying.record.id if is_kept else "", question="",
                       draft=False)

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Open what the destination names; the record under the hands stays where it is named again."""
        self.show_legend(shown=settings.load().key_legend)
        self.hands.keep_typed()
        self._beside = ""
        self._scope = self.reviewing.scope = scope
        if self._is_here(destination):
            self.hands.go(destination.question)
            return
        held = self.keeper.held(destination.record) if destination.record or destination.draft else None
        if held is not None:
            self._take_up_again(held, destination.question)
            return
        if destination.draft or not destination.form:
            self.desk.ask(
                self, lambda workspace: keyed_drafts.open_draft(workspace, destination.record),
                lambda opened: self._open(opened, destination.question),
            )
            return
        form = form_named(destination.form)
        place = keyed_drafts.Place(scope.area, scope.rt, scope.period, destination.parent)
        self.desk.ask(
            self, lambda workspace: keyed_drafts.open_record(workspace, form, place, destination.record),
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
        held = self.keeper.held(opened.keying.record.id)
        if held is not None:
            self._take_up_again(held, question)
            return
        if opened.drafted:
            self.keeper.knows(opened.keying.record.id)
        self.hands.take_up(opened, question)
        words, brief = "", ""
        if opened.drafted:
            words, brief = (draft_words(opened.drafted, small=small) for small in (self.sheet.small, True))
        elif opened.saved:
            words, brief = (saved_words(opened.saved, small=small) for small in (self.sheet.small, True))
        self._show_disk(words, brief)
        self.filing.take_up(opened.keying, self._its_scope(opened.keying))

    def _take_up_again(self, session: Session, question: str = "") -> None:
        """Take up what is in memory only, as it was left."""
        self.hands.take_up_again(session)
        if question:
            self.hands.go(question)
        self._show_not_kept()
        self.filing.take_up(session.keying, self._its_scope(session.keying))

    def _show_disk(self, words: str, brief: str = "") -> None:
        self.sheet.head.show_disk(Disk("circle-check", Token.OK, words, brief) if words else None)

    def _draft_kept(self, record: str, time: str) -> None:
        if self.keying is not None and self.keying.record.id == record:
            self._show_disk(draft_words(time, small=self.sheet.small), draft_words(time, small=True))

    def _draft_failed(self, record: str) -> None:
        if self.keying is not None and self.keying.record.id == record:
            self._show_not_kept()

    def _show_not_kept(self) -> None:
        if not self.keeper.is_well:
            self.sheet.head.show_disk(Disk("circle-alert", Token.ERR, say("Belum ada di disk")))

    def press(self) -> None:
        """Do what the primary button says."""
        keys = primary(self.hands.session, small=False)[1] if self.hands.session else None
        if keys == VERIFYING:
            self.reviewing.verify()
        elif keys == SUBMITTING:
            self.reviewing.submit()
        else:
            self.finish()

    def finish(self) -> None:
        """Save, and begin the next household of the stack; other forms, and lines of a list, go back to the list.

        While the reason of a decision is written this settles the conflict, and it says what a comment says.
        """
        session = self.hands.session
        if self.sheet.column.is_deciding():
            self.saving.settle()
        elif not self.reviewing.take() and session is not None:
            reviewed = session.review.is_mine and not session.keying.is_new
            stacked = session.keying.form is Household and not (reviewed or session.opened.line)
            self.save(BACK if not stacked else AGAIN if session.keying.earlier.period else NEXT)

    def _look_at(self, record: str) -> None:
        """Open another household; Esc leads back from it to the draft of this one."""
        if self.keying is not None:
            scope, draft = self._its_scope(self.keying), self.keying.record.id
            self.wants.emit(Destination(self.key, scope, Household.key, record, question=Household.head_name.key))
            self._beside = draft

    def save(self, then: str) -> None:
        """Save the record, and go on, stay or go back."""
        self.saving.save(then)

    def _open_again(self, record: str, question: str) -> None:
        """Take up a draft whose save was refused after the next record was begun."""
        if self._scope is not None:
            self.enter(Destination(self.key, record=record, question=question, draft=True), self._scope)

    def show_history(self) -> None:
        """Show or hide the history of the answer in focus."""
        session = self.hands.session
        if session is None or self.sheet.hide_past():
            return
        keying, focus = session.keying, session.focus
        question = keying.form.question(focus)
        number = (question.number or say(question.label)) if question else ""
        self.desk.ask(
            self, lambda workspace: answer_history.answer_history(workspace, keying.form, keying.record.id, focus),
            lambda steps: self.sheet.show_past(number, steps),
        )

    def explain(self) -> None:
        """Go to what this house adds to its RT, or why the RT or slum area of this record has its score."""
        keying = self.keying
        scope = self._its_scope(keying) if keying is not None else None
        if keying is None or scope is None:
            return
        saved = "" if keying.is_new else keying.record.id
        self.wants.emit(why(Subject(scope, kawasan=saved if keying.form is Kawasan else "",
                                    house=saved if keying.form is Household else "")))

    @override
    def show_legend(self, *, shown: bool) -> bool:
        self.sheet.show_legend(shown)
        return True

    def leave(self) -> None:
        """Close what is open above the form, else go back to the list; the draft stays."""
        sheet = self.sheet
        above = sheet.column.focused.end_seeking() or sheet.hide_strip() or self.reviewing.close()
        closed = above or sheet.hide_past() or self.hands.close_help()
        if closed or sheet.column.reason_has_focus() or sheet.attachments.line_in_focus() is not None:
            self.hands.stay()
        elif self.hands.session is not None:
            self.may_leave()
            if self._beside:
                self._open_again(self._beside, "")
            else:
                self._go_to_list(self.hands.session)

    def _its_scope(self, keying: Keying) -> Scope | None:
        answers = keying.record.answers
        where = str(answers.get("region") or "")
        if self._scope is None or seen_from(self._scope.area, where) != where:
            return self._scope
        rt = str(answers["rt"]) if answers.get("rt") else None
        return Scope(where, rt, str(answers.get("period") or self._scope.period))

    def _go_to_list(self, session: Session) -> None:
        """Go to the list of such records, or to that of the residents where it was begun from one of its lines."""
        scope, tab = self._its_scope(session.keying), RESIDENTS if session.opened.line else ""
        self.filing.lead_back(session.keying, lambda form, record, above: self.returns.emit(
            Destination(place_of(form), scope, form, record, parent=above, tab=tab)))

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
