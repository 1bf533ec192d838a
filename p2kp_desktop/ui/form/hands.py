"""What the keys do to the record: answer, move, take back, explain. Every answer is handed over to be kept."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from p2kp_desktop.actions.drafting import Opened
from p2kp_desktop.ui.form.keeper import DraftKeeper
from p2kp_desktop.ui.form.sheet import FormSheet
from p2kp_desktop.ui.form.walking import Walk


class Hands(QObject):
    """Connects what is typed with the record, and shows where it led."""

    settling_wanted = Signal(str)  # the question whose conflict is to be settled

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
        column.opened.connect(self.go)
        column.explained.connect(self.explain)
        sheet.section_wanted.connect(self.go)
        sheet.troubles.opened.connect(self.go)

    def take_up(self, opened: Opened, question: str = "") -> Walk:
        """Begin with a record at a question, or where its draft was left, or at its first empty question."""
        self.walk = Walk(opened, question)
        self._helped = False
        self._sheet.show_strip(None)
        self._sheet.hide_past()
        self._sheet.open_record(opened)
        self._sheet.show_record(self.walk.focus, helped=False)
        self._sheet.column.give_focus()
        return self.walk

    def keep_typed(self) -> None:
        """Take what stands in the field, and hand the draft over."""
        box = self._sheet.column.focused
        if self.walk is not None and box.is_edited():
            self.walk.keying.put(self.walk.focus, box.text())
            self._keeper.note(self.walk.keying, self.walk.focus)

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
        self._keeper.note(self.walk.keying, self.walk.focus)

    def step(self, by: int) -> None:
        """Take the answer and move to the next question, or the one before."""
        self.walked(lambda walk: walk.step(by))

    def go(self, key: str) -> None:
        """Take the answer and move to a question."""
        self.walked(lambda walk: walk.go(key))

    def stay(self) -> None:
        """Take the answer and come back to its question."""
        self.walked(lambda walk: walk)

    def choose(self, letter: str) -> None:
        """Choose a letter of the question in focus."""
        self.walked(lambda walk: walk.choose(letter))

    def undo(self) -> None:
        """Take back what is typed in the field, else the last answer."""
        box = self._sheet.column.focused
        if box.is_edited():
            box.take_back()
        else:
            self.walked(Walk.undo)

    def redo(self) -> None:
        """Give the answer again that was taken back."""
        self.walked(Walk.redo)

    def explain(self, key: str, reason: str) -> None:
        """Note why an unlikely answer is right."""
        if self.walk is not None:
            self.walk.keying.explain(key, reason)
            self.go(key)

    def help(self) -> bool:
        """Show or hide the guide's text for the question in focus; say whether it is shown now."""
        self._helped = not self._helped
        self.stay()
        return self._helped

    def close_help(self) -> bool:
        """Hide the guide's text; say whether it was shown."""
        return self._helped and not self.help()

    def note(self) -> None:
        """Go to the field for the reason of an unlikely answer, or to where a conflict is settled."""
        self.stay()
        if self.walk is None:
            return
        field = self._sheet.column.reason_field(self.walk.focus)
        if field is not None:
            field.setFocus()
        elif self.walk.focus in self.walk.opened.disputed:
            self.settling_wanted.emit(self.walk.focus)
