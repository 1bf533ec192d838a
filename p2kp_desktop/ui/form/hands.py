"""Whose hands the record is in: the one owner of the session. Every key asks it for a step, and it shows the result."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from p2kp_desktop.actions.keying.keyed_drafts import Opened
from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.actions.keying.session import Session, Step
from p2kp_desktop.ui.form.keeper import DraftKeeper
from p2kp_desktop.ui.form.sheet import FormSheet

_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_TAKEN_BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class Hands(QObject):
    """Holds the session, takes it on by a step for every key, shows it, and hands every answer over to be kept."""

    settling_wanted = Signal(str)  # the question whose conflict is to be settled
    note_wanted = Signal()  # on an answer of which nobody said anything yet
    changed = Signal()  # an answer, or the question in focus
    refused = Signal()  # somebody typed although the record is locked

    def __init__(self, sheet: FormSheet, keeper: DraftKeeper, parent: QObject) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self.turn = 0  # counts the records that were taken up
        self._sheet, self._keeper = sheet, keeper
        box, column = sheet.column.focused, sheet.column
        for watched in (box, box.field):
            watched.installEventFilter(self)
        box.chose.connect(self.choose)
        box.stepped.connect(self.step)
        box.field.undo_wanted.connect(self.undo)
        box.field.redo_wanted.connect(self.redo)
        box.sided.connect(self.pick)
        column.decision.picked.connect(self.pick)
        column.decision.reasoned.connect(self.reason)
        column.decision.stepped.connect(self.leave_reason)
        column.opened.connect(self.go)
        column.explained.connect(self.explain)
        column.told_apart.connect(self.tell_apart)
        sheet.section_wanted.connect(self.go)
        sheet.resized.connect(self.show)
        sheet.troubles.opened.connect(self.go)

    @property
    def session(self) -> Session | None:
        """Return the session as it stands now, None while no record is under the hands."""
        return self._session

    @property
    def keying(self) -> Keying | None:
        """Return the record under the hands."""
        return self._session.keying if self._session else None

    def holds(self, record: str) -> bool:
        """Say whether this record is under the hands."""
        return self._session is not None and self._session.record == record

    def take_up(self, opened: Opened, question: str = "") -> Session:
        """Begin with a record at a question, or where its draft was left, or at its first empty question."""
        return self.take_up_again(Session.begin(opened, question))

    def take_up_again(self, session: Session) -> Session:
        """Go on with a record as it was left."""
        self._session = session = replace(session, helped=False)
        self.turn += 1
        self._sheet.show_strip(None)
        self._sheet.hide_past()
        self._sheet.open_record(session)
        self.show()
        self._sheet.column.give_focus()
        self.changed.emit()
        return session

    def put_down(self) -> Session | None:
        """Have no record under the hands any longer; return the session that was."""
        done, self._session = self._session, None
        return done

    def take_on(self, record: str, step: Step) -> bool:
        """Let a step be done with a record: under the hands, which is told, or in memory only; nothing is shown."""
        if self._session is not None and self._session.record == record:
            self._session = step(self._session)
            return True
        held = self._keeper.held(record)
        if held is not None:
            self._keeper.note(step(held))
        return False

    def is_at_beginning(self) -> bool:
        """Say whether a record is in sight of which nothing was typed yet."""
        box = self._sheet.column.focused
        is_untouched = self._session is not None and not (self._session.is_touched or box.is_edited())
        return is_untouched and self._sheet.isVisible()

    def show(self) -> None:
        """Show the record as it stands; what is being typed and where the keyboard is stay as they are."""
        if self._session is not None:
            self._sheet.show_record(self._session)

    def _is_locked(self) -> bool:
        """Say whether nothing may be typed now; whoever tries is told what to do."""
        locked = self._session is not None and self._session.is_locked
        if locked:
            self.refused.emit()
        return locked

    def keep_typed(self) -> None:
        """Take what stands in the field, and hand the draft over, once: whoever takes over next may not write it."""
        if self._session is not None and self._sheet.column.focused.is_edited():
            before, self._session = self._session, self._with_typed(self._session)
            if self._session.draft() != before.draft():
                self._keeper.note(self._session)

    def _with_typed(self, session: Session) -> Session:
        box = self._sheet.column.focused
        return session.put(box.text()) if box.is_edited() else session

    def walked(self, step: Step) -> None:
        """Take the answer, do a step, show where it led, and keep the draft."""
        before = self._session
        if before is None:
            return
        self._session = session = step(self._with_typed(before))
        if session.focus != before.focus:
            self._sheet.hide_past()
        self._sheet.close_question()
        self.show()
        self._sheet.column.give_focus()
        self._keeper.note(session)
        self.changed.emit()

    def stay(self) -> None:
        """Take the answer and come back to its question, as after something about the record was saved."""
        self.walked(lambda session: session)

    def step(self, by: int) -> None:
        """Take the answer and move to the next question, or the one before.

        An answer just chosen in a conflict leads to its reason first.
        """
        session = self._session
        if by > 0 and session is not None and self._with_typed(session).wants_reason:
            self.stay()
            self.to_reason()
        else:
            self.walked(lambda session: session.step(by))

    def leave_reason(self, by: int) -> None:
        """Move on from the reason of a decision, or back to its question; what is written stays in the draft."""
        self.walked(lambda session: session.step(by) if by > 0 else session)

    def to_reason(self) -> None:
        """Put the keyboard where the reason of a decision is written."""
        self._sheet.column.decision.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, key: str) -> None:
        """Take the answer and move to a question."""
        self.walked(lambda session: session.go(key))

    def choose(self, letter: str) -> None:
        """Choose a letter of the question in focus; in a conflict the reason comes next."""
        if self._is_locked():
            return
        self.walked(lambda session: session.choose(letter))
        if self._session is not None and self._session.wants_reason and self._session.chooses:
            self.to_reason()

    def pick(self, number: int) -> None:
        """Choose the answer with this number of those in conflict, and go to the reason."""
        if self._is_locked():
            return
        self.walked(lambda session: session.pick(number))
        if self._session is not None and self._session.focus in self._session.keying.choices.picks:
            self.to_reason()

    def reason(self, text: str) -> None:
        """Note the reason of a decision while it is written."""
        if not self._is_locked():
            self.note_aside(lambda session: session.reason(text))

    def note_aside(self, step: Step) -> None:
        """Take what is written beside the answers, and hand the draft over; the form stays as it is shown."""
        if self._session is not None:
            self._session = step(self._session)
            self._keeper.note(self._session)

    def undo(self) -> None:
        """Take back what is typed in the field, else the last answer."""
        box = self._sheet.column.focused
        if box.is_edited():
            box.take_back()
        elif not self._is_locked():
            self.walked(Session.undo)
        self._strike(corrects=True)

    def redo(self) -> None:
        """Give the answer again that was taken back."""
        if not self._is_locked():
            self.walked(Session.redo)

    def explain(self, key: str, reason: str) -> None:
        """Note why an unlikely answer is right."""
        if self._session is not None and not self._is_locked():
            self._session = self._session.typed(self._session.keying.explain(key, reason))
            self.go(key)

    def tell_apart(self, record: str, reason: str) -> None:
        """Note why another household, which is like this one, is not the same."""
        self.walked(lambda session: session.with_beside(session.beside.with_apart(record, reason)))

    def _strike(self, *, corrects: bool) -> None:
        """Count a key: what a record costs stands in figures that never leave this laptop."""
        if self._session is not None:
            self._session = self._session.struck(corrects=corrects)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() not in _HELD:
            self._strike(corrects=Qt.Key(event.key()) in _TAKEN_BACK)
        return False

    def help(self) -> None:
        """Show or hide the guide's text for the question in focus."""
        self.walked(Session.help)

    def close_help(self) -> bool:
        """Hide the guide's text; say whether it was shown."""
        shown = self._session is not None and self._session.helped
        if shown:
            self.help()
        return shown

    def note(self) -> None:
        """Go to the field for a reason or a comment, again to the next one; from a decision to all conflicts."""
        column, session = self._sheet.column, self._session
        if session is None:
            return
        again, fields = column.is_deciding(), column.reason_fields(session.focus)
        here = next((place for place, field in enumerate(fields) if field.hasFocus()), -1)
        self.stay()
        fields = column.reason_fields(session.focus)
        if again and len(fields) == 1:
            self.settling_wanted.emit(session.focus)
        elif not fields:
            self.note_wanted.emit()
        else:
            fields[(here + 1) % len(fields)].setFocus(Qt.FocusReason.OtherFocusReason)
