"""What the keys do to the record: answer, move, take back, explain. Every answer is handed over to be kept."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from p2kp_desktop.actions.keying.keyed_drafts import Opened
from p2kp_desktop.schema import Choice
from p2kp_desktop.ui.form.keeper import DraftKeeper
from p2kp_desktop.ui.form.sheet import FormSheet
from p2kp_desktop.ui.form.walking import Walk


class Hands(QObject):
    """Connects what is typed with the record, and shows where it led."""

    settling_wanted = Signal(str)  # the question whose conflict is to be settled
    note_wanted = Signal()  # on an answer of which nobody said anything yet
    changed = Signal()  # an answer, or the question in focus
    undone = Signal()
    refused = Signal()  # somebody typed although the record is locked

    def __init__(self, sheet: FormSheet, keeper: DraftKeeper, parent: QObject) -> None:
        super().__init__(parent)
        self.walk: Walk | None = None
        self._sheet, self._keeper = sheet, keeper
        self._helped = False
        box, column = sheet.column.focused, sheet.column
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
        sheet.troubles.opened.connect(self.go)

    def take_up(self, opened: Opened, question: str = "") -> Walk:
        """Begin with a record at a question, or where its draft was left, or at its first empty question."""
        return self.take_up_again(Walk(opened, question))

    def take_up_again(self, walk: Walk) -> Walk:
        """Go on with a record as it was left."""
        self.walk = walk
        self._helped = False
        self._sheet.show_strip(None)
        self._sheet.hide_past()
        self._sheet.open_record(self.walk)
        self._sheet.show_record(self.walk.focus, helped=False)
        self._sheet.column.give_focus()
        self.changed.emit()
        return self.walk

    def is_at_beginning(self) -> bool:
        """Say whether a record is in sight of which nothing was typed yet."""
        box = self._sheet.column.focused
        return self.walk is not None and self._sheet.isVisible() and not (self.walk.is_touched or box.is_edited())

    def show(self) -> None:
        """Show the record as it stands; what is being typed and where the keyboard is stay as they are."""
        if self.walk is not None:
            self._sheet.show_record(self.walk.focus, helped=self._helped)

    def _is_locked(self) -> bool:
        """Say whether nothing may be typed now; whoever tries is told what to do."""
        locked = self.walk is not None and self.walk.asides.is_locked
        if locked:
            self.refused.emit()
        return locked

    def keep_typed(self) -> None:
        """Take what stands in the field, and hand the draft over."""
        box = self._sheet.column.focused
        if self.walk is not None and box.is_edited():
            self.walk.keying.put(self.walk.focus, box.text())
            self._keeper.note(self.walk)

    def walked(self, walk_on: Callable[[Walk], object]) -> None:
        """Take the answer, walk, show where it led, and keep the draft."""
        if self.walk is None:
            return
        self.keep_typed()
        focus = self.walk.focus
        walk_on(self.walk)
        if focus != self.walk.focus:
            self._helped = False
            self._sheet.hide_past()
        self._sheet.close_question()
        self._sheet.show_record(self.walk.focus, helped=self._helped)
        self._sheet.column.give_focus()
        self._keeper.note(self.walk)
        self.changed.emit()

    def refresh(self) -> None:
        """Show the record as it stands after something about it was saved, its draft too."""
        if self.walk is not None:
            self.walked(lambda walk: walk)

    def step(self, by: int) -> None:
        """Take the answer and move to the next question, or the one before.

        An answer just chosen in a conflict leads to its reason first.
        """
        self.keep_typed()
        if by > 0 and self.walk is not None and self.walk.wants_reason:
            self.stay()
            self.to_reason()
        else:
            self.walked(lambda walk: walk.step(by))

    def leave_reason(self, by: int) -> None:
        """Move on from the reason of a decision, or back to its question; what is written stays in the draft."""
        if by > 0:
            self.walked(lambda walk: walk.step(by))
        else:
            self.stay()

    def to_reason(self) -> None:
        """Put the keyboard where the reason of a decision is written."""
        self._sheet.column.decision.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, key: str) -> None:
        """Take the answer and move to a question."""
        self.walked(lambda walk: walk.go(key))

    def stay(self) -> None:
        """Take the answer and come back to its question."""
        self.walked(lambda walk: walk)

    def choose(self, letter: str) -> None:
        """Choose a letter of the question in focus; in a conflict the reason comes next."""
        if self._is_locked():
            return
        self.walked(lambda walk: walk.choose(letter))
        walk = self.walk
        if walk is not None and walk.wants_reason and isinstance(walk.keying.form.question(walk.focus), Choice):
            self.to_reason()

    def pick(self, number: int) -> None:
        """Choose the answer with this number of those in conflict, and go to the reason."""
        if self._is_locked():
            return
        self.walked(lambda walk: walk.keying.pick(walk.focus, number))
        if self.walk is not None and self.walk.focus in self.walk.keying.choices.picks:
            self.to_reason()

    def reason(self, text: str) -> None:
        """Note the reason of a decision while it is written."""
        if self.walk is not None and not self._is_locked():
            self.walk.keying.reason(self.walk.focus, text)
            self._keeper.note(self.walk)

    def undo(self) -> None:
        """Take back what is typed in the field, else the last answer."""
        box = self._sheet.column.focused
        if box.is_edited():
            box.take_back()
        elif not self._is_locked():
            self.walked(Walk.undo)
        self.undone.emit()

    def redo(self) -> None:
        """Give the answer again that was taken back."""
        if not self._is_locked():
            self.walked(Walk.redo)

    def explain(self, key: str, reason: str) -> None:
        """Note why an unlikely answer is right."""
        if self.walk is not None and not self._is_locked():
            self.walk.keying.explain(key, reason)
            self.go(key)

    def tell_apart(self, record: str, reason: str) -> None:
        """Note why another household, which is like this one, is not the same."""
        if self.walk is not None:
            self.walk.asides = self.walk.asides.with_beside(self.walk.asides.beside.with_apart(record, reason))
            self.stay()

    def help(self) -> bool:
        """Show or hide the guide's text for the question in focus; say whether it is shown now."""
        self._helped = not self._helped
        self.stay()
        return self._helped

    def close_help(self) -> bool:
        """Hide the guide's text; say whether it was shown."""
        return self._helped and not self.help()

    def note(self) -> None:
        """Go to the field for a reason or a comment, again to the next one; from a decision to all conflicts."""
        column = self._sheet.column
        again = column.is_deciding()
        fields = column.reason_fields(self.walk.focus) if self.walk is not None else []
        here = next((place for place, field in enumerate(fields) if field.hasFocus()), -1)
        self.stay()
        if self.walk is None:
            return
        fields = column.reason_fields(self.walk.focus)
        if again and len(fields) == 1:
            self.settling_wanted.emit(self.walk.focus)
        elif not fields:
            self.note_wanted.emit()
        else:
            fields[(here + 1) % len(fields)].setFocus(Qt.FocusReason.OtherFocusReason)
