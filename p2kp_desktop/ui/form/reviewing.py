"""The review in the form: handing in, verifying, returning with a comment, answering one, opening a verified record."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal

from p2kp_desktop.actions.keying import next_record
from p2kp_desktop.actions.keying.asides import Beside
from p2kp_desktop.actions.keying.next_record import Advanced, ReviewedRecord
from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.actions.keying.session import Session
from p2kp_desktop.actions.review import review_state
from p2kp_desktop.actions.review.review_state import Review
from p2kp_desktop.environment import now
from p2kp_desktop.forms import Approval, Comment
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.form.hands import Hands
from p2kp_desktop.ui.form.keeper import DraftKeeper, only_here
from p2kp_desktop.ui.form.saving import SUBMIT, VERIFY, Saving
from p2kp_desktop.ui.form.sheet import FormSheet
from p2kp_desktop.ui.form.strip import AskingStrip, ObstacleStrip, error_card
from p2kp_desktop.ui.place import Scope


class Reviewing(QObject):
    """Does what a person of either office does about a record; the rules are those of the core."""

    told = Signal(str)  # words about the disk
    goes_on = Signal(object)  # the next record that waits, Opened
    finished = Signal(object)  # the Session that is done: nothing waits any more

    def __init__(
        self, desk: Desk, sheet: FormSheet, hands: Hands, keeper: DraftKeeper, saving: Saving, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._sheet, self._hands, self._keeper, self._saving = desk, sheet, hands, keeper, saving
        self.scope: Scope | None = None
        panel, banner = sheet.column.panel, sheet.banner
        panel.edited.connect(self._note_remark)
        panel.said.connect(lambda text: self._say(text, further=False))
        panel.return_wanted.connect(lambda: self._say(panel.field.text().strip(), further=True))
        panel.left.connect(hands.stay)
        panel.done_wanted.connect(self.settle)
        banner.open_wanted.connect(self.unlock)
        banner.opened.connect(self._unlocked)
        banner.closed.connect(self.close)
        banner.return_wanted.connect(self.give_back)
        saving.advances.connect(self._advance)
        saving.saved.connect(self._look_again)
        hands.note_wanted.connect(self.begin_note)
        hands.refused.connect(self._tell_locked)

    @property
    def _session(self) -> Session | None:
        return self._hands.session

    @property
    def _review(self) -> Review:
        return self._session.review if self._session else Review()

    def submit(self) -> None:
        """Save what was typed, then hand the record in."""
        if self._review.applies and not self._review.is_mine:
            self._saving.save(SUBMIT)

    def verify(self) -> None:
        """Save what was typed, then verify the record and go on to the next one that waits."""
        if self._review.applies and self._review.is_mine:
            self._saving.save(VERIFY)

    def give_back(self) -> None:
        """Open the field for what is to be corrected about the question in focus."""
        session = self._session
        if session is None or session.keying.is_new or not (self._review.applies and self._review.is_mine):
            return
        self._hands.stay()
        panel = self._sheet.column.panel
        panel.begin_return(session.focus)
        self._hands.show()
        panel.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_note(self) -> None:
        """Open the field for the first comment on the answer in focus; where none is kept, say so."""
        session, panel = self._session, self._sheet.column.panel
        if session is None:
            return
        if not self._review.applies:
            strip = AskingStrip(say("Formulir ini tidak menyimpan catatan per jawaban."), [
                say("Tulis di pertanyaan keterangan, bila ada."),
            ], "")
            strip.refused.connect(lambda: self._leave_strip(""))
            self._sheet.show_strip(strip)
            strip.setFocus()
            return
        panel.begin_note(session.focus)
        self._hands.show()
        panel.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Mark what the thread in focus asks for as done, or as not done after all."""
        session = self._session
        thread = session.threads.get(session.focus) if session else None
        if session is not None and thread is not None:
            form, record, about = session.keying.form, session.record, thread.question
            self._act(session.keying, lambda workspace: next_record.settle_thread(workspace, form, record, about))

    def _tell_locked(self) -> None:
        verified = say("Terkunci karena sudah diverifikasi. Tekan Ctrl+B, lalu tulis alasannya.")
        may_type = self._session is not None and self._session.opened.may_type
        self._sheet.banner.object_to(verified if may_type else say("Anda tidak dapat mengubah isian ini."))

    def unlock(self) -> None:
        """Ask why a verified record is to be changed."""
        if self._session is not None and self._session.is_locked and self._session.opened.may_type:
            self._hands.stay()
            self._sheet.banner.ask()

    def _unlocked(self, reason: str) -> None:
        self._hands.walked(lambda session: session.with_beside(replace(session.beside, reason=reason)))

    def close(self) -> bool:
        """Close the field that is open above or under the question; say whether one was."""
        panel = self._sheet.column.panel
        if self._sheet.banner.close_field():
            self._hands.stay()
            return True
        if panel.noting and (panel.field.hasFocus() or not panel.field.text()):
            panel.noting = bool(panel.field.text())  # what is written stays
            self._hands.stay()
            return True
        if panel.returning and self._session is not None:
            self._note_remark("")
            panel.clear()
            self._hands.stay()
            return True
        return False

    def take(self) -> bool:
        """Take what is written in one of these fields, as Ctrl+Enter does; say whether one was open."""
        panel, banner = self._sheet.column.panel, self._sheet.banner
        if banner.is_asking:
            banner.take()
        elif self._sheet.column.is_remarking():
            self._say(panel.field.text().strip(), further=panel.returning)
        else:
            return False
        return True

    # Comments

    def _note_remark(self, text: str) -> None:
        panel = self._sheet.column.panel
        noted, about = Beside.with_note if panel.noting else Beside.with_remark, panel.thread_question
        self._hands.note_aside(lambda session: session.with_beside(noted(session.beside, about, text)))

    def _say(self, text: str, *, further: bool) -> None:
        session, panel = self._session, self._sheet.column.panel
        if session is None:
            return
        if not text and panel.noting:
            self.close()
            return
        if not text:
            panel.object_to(say("Catatan belum diisi: tuliskan apa yang harus diperbaiki.") if panel.returning
                            else say("Jawaban belum diisi."))
            return
        keying, about = session.keying, panel.thread_question
        form, record = keying.form, keying.record.id
        if panel.noting and keying.is_new:
            self._hands.stay()  # it is said when the record is saved
        elif panel.noting:
            self._act(keying, lambda workspace: next_record.note(workspace, form, record, about, text), about)
        elif panel.returning:
            self._act(keying, lambda workspace: next_record.give_back(workspace, form, record, about, text), about,
                      say("Dikembalikan {clock}", clock=self._clock()), further=further)
        else:
            self._act(keying, lambda workspace: next_record.reply(workspace, form, record, about, text), about)

    def _act(
        self, keying: Keying, act: Callable[[Workspace], Review], about: str | None = None, words: str = "",
        *, further: bool = False,
    ) -> None:
        """Carry out something about comments; what was written about a question is said then."""
        def done(review: Review) -> None:
            if not self._hands.take_on(keying.record.id, lambda session: session.said(review, about)):
                return
            if about is not None:
                self._sheet.column.panel.clear()
            self._hands.stay()
            if words:
                self.told.emit(words)
            if further:
                subject = self._subject(keying)
                self._desk.ask(self, lambda workspace: next_record.following(workspace, subject),
                               lambda advanced: self._go_on(keying, advanced, words))

        self._keeper.flush()
        self._desk.change(self, act, done, self._failed, touches={keying.form.key, Comment.key})

    def _failed(self, error: Exception) -> None:
        safe = say("Data Anda aman.") if self._keeper.is_well else only_here()
        self._keeper.show_refusal(self._sheet, error_card(error, safe))

    # Steps

    def _subject(self, keying: Keying) -> ReviewedRecord:
        answers, scope = keying.record.answers, self.scope
        region, rt, period = (str(answers.get(key) or "") for key in ("region", "rt", "period"))
        area = scope.area if scope else region
        shown = scope.period if scope else ""
        return ReviewedRecord(keying.form, keying.record.id, area, period or shown, region, rt)

    def _advance(self, keying: Keying, step: str) -> None:
        subject = self._subject(keying)
        act = next_record.submit_and_advance if step == SUBMIT else next_record.verify_and_advance
        self._desk.change(
            self, lambda workspace: act(workspace, subject), lambda advanced: self._advanced(keying, step, advanced),
            self._failed, touches={keying.form.key, Approval.key},
        )

    def _advanced(self, keying: Keying, step: str, advanced: Advanced) -> None:
        done = say("Diserahkan {clock}", clock=self._clock())
        if step == VERIFY:
            done = say("Diverifikasi {clock}", clock=self._clock())
        if not self._hands.holds(keying.record.id):
            if advanced.obstacles:
                self._desk.hinted.emit(say("Ada yang belum dapat diteruskan."))
            else:
                self.told.emit(done)
        elif advanced.obstacles:
            title = say("Belum dapat diverifikasi:") if step == VERIFY else say("Belum dapat diserahkan:")
            strip = ObstacleStrip(title, advanced.obstacles)
            strip.went.connect(self._leave_strip)
            self._sheet.show_strip(strip)
            strip.setFocus()
            self._look_again(keying)
        elif advanced.ends:
            self._go_on(keying, advanced, done)
        else:
            self.told.emit(done)
            self._look_again(keying)

    def _leave_strip(self, question: str) -> None:
        self._sheet.show_strip(None)
        if question:
            self._hands.go(question)
        else:
            self._hands.stay()

    def _go_on(self, keying: Keying, advanced: Advanced, words: str) -> None:
        if not self._hands.holds(keying.record.id):
            return
        if advanced.following is None:
            self.finished.emit(self._hands.put_down())
            return
        self.goes_on.emit(advanced.following)
        self.told.emit(say("{done}, {count} lagi", done=words, count=advanced.waiting))

    def _look_again(self, keying: Keying) -> None:
        """Read how the record stands in the review now."""
        form, record = keying.form, keying.record.id

        def seen(review: Review) -> None:
            if self._hands.take_on(record, lambda session: session.reviewed(review)):
                self._hands.show()

        if form.reviewed:
            self._desk.ask(self, lambda workspace: review_state.review(workspace, form, record), seen)

    def _clock(self) -> str:
        return written.clock(now(), seconds=not self._sheet.small)
