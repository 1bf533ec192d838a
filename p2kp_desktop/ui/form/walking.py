"""Where somebody is in a record: moving on and back, to the header, to problems, to sections. No widgets."""

from p2kp_desktop.actions.keying.keyed_drafts import Opened
from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.actions.keying.rows import PROPOSED
from p2kp_desktop.actions.keying.sittings import Sitting
from p2kp_desktop.schema import Answer, Choice
from p2kp_desktop.ui.form.asides import Asides
from p2kp_desktop.ui.form.viewing import sections, troubles


class Walk:
    """A record and the question in focus; it changes only when the person asks for it."""

    def __init__(self, opened: Opened, question: str = "") -> None:
        self.opened = opened
        self.asides = Asides(opened.review, opened.beside)
        focusable = self.keying.focusable()
        wanted = question or opened.question or self._commented()
        self.focus = wanted if wanted in focusable else self._first(focusable)
        self.sitting = Sitting()
        self._left_for_header = ""

    @property
    def keying(self) -> Keying:
        """Return the record being typed."""
        return self.opened.keying

    @property
    def is_touched(self) -> bool:
        """Say whether there is anything to keep as a draft."""
        return self.keying.is_touched or self.asides.beside.is_touched

    def draft(self) -> dict[str, Answer]:
        """Return what to put on disk as the draft."""
        return self.keying.draft() | self.asides.beside.draft()

    def _commented(self) -> str:
        """Return the first question to be corrected, or for a reviewer looked at again; "" for none."""
        asides, asked = self.asides, self.keying.focusable()
        if asides.review.is_mine:
            return next((key for key in asked if key in asides.review.changed), "")
        threads = asides.threads(self.keying) if asides.review.is_returned else {}
        return next((key for key in asked if key in threads and threads[key].is_open), "")

    def _first(self, focusable: list[str]) -> str:
        """Return where to begin: where its address is missing, a new record at its first empty question."""
        rows = [row for row in self.keying.rows() if row.can_focus]
        missing = [row.question.key for row in rows if row.in_head and not row.conflict and not row.text]
        waiting = [row.question.key for row in rows if row.state == "waiting" and self.keying.is_new]
        return next(iter([*missing, *waiting, *(r.question.key for r in rows if not r.in_head), *focusable]), "")

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
        """Choose a printed letter; one choice moves on, of several one stays. False for a letter not printed.

        What is offered for an empty question is taken like a letter. In a conflict a choice stays too, and a digit
        that is not printed chooses the answer with that number.
        """
        if letter == PROPOSED:
            return self._take_offered()
        if not self.keying.choose(self.focus, letter):
            return letter.isdigit() and self.keying.pick(self.focus, int(letter))
        if self.in_conflict:
            return True
        if isinstance(self.keying.form.question(self.focus), Choice):
            self.step(1)
        return True

    def _take_offered(self) -> bool:
        row = next((row for row in self.keying.rows() if row.question.key == self.focus), None)
        if row is None or row.offered is None or self.in_conflict:
            return False
        self.keying.put(self.focus, str(row.offered))
        return True

    @property
    def in_conflict(self) -> bool:
        """Say whether several people gave different answers to the question in focus."""
        return self.focus in self.keying.choices.disputed

    @property
    def wants_reason(self) -> bool:
        """Say whether an answer is chosen in the conflict in focus and the reason is missing."""
        choices = self.keying.choices
        return self.focus in choices.picks and self.focus not in choices.decided()

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
        """Move to the next problem or the one before, round and round; without problems, to what is still empty."""
        order = [row.question.key for row in self.keying.rows()]
        keys = list(dict.fromkeys(each.key for each in troubles(self.keying, self.asides))) or self.empty()
        here = order.index(self.focus)
        after = [key for key in keys if order.index(key) > here]
        before = [key for key in keys if order.index(key) < here]
        ahead = [*after, *before] if by > 0 else [*before[::-1], *after[::-1]]
        return self.go(next(iter(ahead), None))

    def empty(self) -> list[str]:
        """Return the questions that still want an answer."""
        return [row.question.key for row in self.keying.rows() if row.state == "waiting" and row.question.required]

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
