"""Where somebody is in a record: moving on and back, to the header, to problems, to sections. No widgets."""

from p2kp_desktop.actions.drafting import Opened
from p2kp_desktop.actions.keying import Keying
from p2kp_desktop.schema import Choice
from p2kp_desktop.ui.form.viewing import sections, troubles


class Walk:
    """A record and the question in focus; it changes only when the person asks for it."""

    def __init__(self, opened: Opened, question: str = "") -> None:
        self.opened = opened
        focusable = self.keying.focusable()
        wanted = question or opened.question
        self.focus = wanted if wanted in focusable else self._first(focusable)
        self._left_for_header = ""

    @property
    def keying(self) -> Keying:
        """Return the record being typed."""
        return self.opened.keying

    def _first(self, focusable: list[str]) -> str:
        """Return where to begin: a new record at its first empty question, a saved one at the top."""
        waiting = [row.question.key for row in self.keying.rows() if row.state == "waiting"]
        return next(iter([*(waiting if self.keying.is_new else []), *focusable]), "")

    def step(self, by: int) -> bool:
        """Move to the next question that is asked, or the one before; False at the ends."""
        return self.go(self.keying.after(self.focus) if by > 0 else self.keying.before(self.focus))

    def go(self, key: str | None) -> bool:
        """Move to a question; False where it is not asked."""
        if not key or key not in self.keying.focusable():
            return False
        self.focus = key
        return True

    def choose(self, letter: str) -> bool:
        """Choose a printed letter; one choice moves on, of several one stays. False for a letter not printed."""
        if not self.keying.choose(self.focus, letter):
            return False
        if isinstance(self.keying.form.question(self.focus), Choice):
            self.step(1)
        return True

    def to_header(self) -> bool:
        """Move to the first question, and from the header back to where the person was."""
        _, current, firsts = sections(self.keying, self.focus)
        if current == 0 and self._left_for_header:
            back, self._left_for_header = self._left_for_header, ""
            return self.go(back)
        if current != 0:
            self._left_for_header = self.focus
        return self.go(firsts[0])

    def to_trouble(self, by: int) -> bool:
        """Move to the next problem or the one before, round and round."""
        order = [row.question.key for row in self.keying.rows()]
        keys = list(dict.fromkeys(each.key for each in troubles(self.keying, self.opened.disputed)))
        here = order.index(self.focus)
        after = [key for key in keys if order.index(key) > here]
        before = [key for key in keys if order.index(key) < here]
        ahead = [*after, *before] if by > 0 else [*before[::-1], *after[::-1]]
        return self.go(next(iter(ahead), None))

    def to_section(self, by: int) -> bool:
        """Move to the first question of the next section that asks anything, or of the one before."""
        _, current, firsts = sections(self.keying, self.focus)
        ahead = firsts[current + 1 :] if by > 0 else firsts[:current][::-1]
        return self.go(next((key for key in ahead if key), None))

    def undo(self) -> bool:
        """Take the last answer back and go to its question."""
        key = self.keying.undo()
        self.go(key)
        self._stay_on_asked()
        return key is not None

    def redo(self) -> bool:
        """Give the answer again that was taken back, and go to its question."""
        key = self.keying.redo()
        self.go(key)
        self._stay_on_asked()
        return key is not None

    def _stay_on_asked(self) -> None:
        """Undoing may pass over the very question in focus: then the one before it is next."""
        if self.focus not in self.keying.focusable():
            self.go(self.keying.before(self.focus) or self.keying.after(self.focus))
