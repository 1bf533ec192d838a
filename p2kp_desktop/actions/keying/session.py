"""The record under the hands, where somebody is in it, and what stands beside it: one value, with a step per key.

Whoever shows it keeps the newest one; a step changes nothing, it returns what is there after the key.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from p2kp_desktop.actions.recording.doubles import Alike
from p2kp_desktop.actions.review.comments import Thread
from p2kp_desktop.actions.review.review_state import Review
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import Answer, Choice

from .asides import Beside
from .keyed_drafts import Opened
from .record_keying import Keying
from .rows import PROPOSED, answer_text, by_section, first_of, troubled
from .sittings import Sitting

Step = Callable[["Session"], "Session"]

NAME = Household.head_name.key  # where other households that are alike are told


@dataclass(frozen=True)
class Session:
    """One record being typed: as it stands now, the question in focus, households that are like it, keys struck.

    `opened` is what was read of it, its review and what goes along among it, and follows what is typed.
    """

    opened: Opened
    focus: str = ""
    alike: tuple[Alike, ...] = ()
    sitting: Sitting = field(default_factory=Sitting)
    left_for_header: str = ""
    helped: bool = False  # the guide's text stands under the question in focus

    @classmethod
    def begin(cls, opened: Opened, question: str = "") -> "Session":
        """Begin with a record at a question, or where its draft was left, or where something is to be done."""
        begun = cls(opened)
        wanted = question or opened.question or begun._commented()
        return replace(begun, focus=wanted if wanted in begun.keying.focusable() else begun._first())

    def _commented(self) -> str:
        """Return the first question to be corrected, or for a reviewer looked at again; "" for none."""
        asked = self.keying.focusable()
        if self.review.is_mine:
            return next((key for key in asked if key in self.review.changed), "")
        threads = self.threads if self.review.is_returned else {}
        return next((key for key in asked if key in threads and threads[key].is_open), "")

    def _first(self) -> str:
        """Return where to begin: where its address is missing, a new record at its first empty question."""
        rows = [row for row in self.keying.rows() if row.can_focus]
        missing = [row.question.key for row in rows if row.in_head and not row.conflict and not row.text]
        waiting = [row.question.key for row in rows if row.state == "waiting" and self.keying.is_new]
        asked = self.keying.focusable()
        return next(iter([*missing, *waiting, *(r.question.key for r in rows if not r.in_head), *asked]), "")

    # What is there

    @property
    def keying(self) -> Keying:
        """Return the record being typed."""
        return self.opened.keying

    @property
    def record(self) -> str:
        """Return the id of the record."""
        return self.keying.record.id

    @property
    def review(self) -> Review:
        """Return how the record stands in the review."""
        return self.opened.review

    @property
    def beside(self) -> Beside:
        """Return the notes and reasons that go along with the record and are no answers of it."""
        return self.opened.beside

    @property
    def is_locked(self) -> bool:
        """Say whether the record takes no typing: nobody gave a reason for changing what is verified, or may not."""
        return not self.opened.may_type or (self.review.is_locked and not self.beside.reason)

    @property
    def is_touched(self) -> bool:
        """Say whether there is anything to keep as a draft."""
        return self.keying.is_touched or self.beside.is_touched

    def draft(self) -> dict[str, Answer]:
        """Return the draft to put on disk: that of the answers, and the notes and reasons beside them."""
        return self.keying.draft() | self.beside.draft()

    @property
    def in_conflict(self) -> bool:
        """Say whether several people gave different answers to the question in focus."""
        return self.focus in self.keying.choices.disputed

    @property
    def wants_reason(self) -> bool:
        """Say whether an answer is chosen in the conflict in focus and the reason is missing."""
        choices = self.keying.choices
        return self.focus in choices.picks and self.focus not in choices.decided()

    @property
    def chooses(self) -> bool:
        """Say whether one letter answers the question in focus."""
        return isinstance(self.keying.form.question(self.focus), Choice)

    @property
    def seeks_alike(self) -> bool:
        """Say whether look-alikes matter now: the household is new, or this office may verify it."""
        may_verify = self.review.is_mine and (self.review.waits or not self.review.is_locked)
        return self.keying.form is Household and (self.keying.is_new or may_verify)

    @property
    def unlike(self) -> tuple[Alike, ...]:
        """Return the households that are like this one and of which nobody said why they are not."""
        return tuple(each for each in self.alike if each.id not in self.beside.apart)

    @cached_property
    def threads(self) -> dict[str, Thread]:
        """Return the threads by the question under which they stand: their own, or the nearest one that is free."""
        if not self.review.threads:
            return {}
        order = [row.question.key for row in self.keying.rows()]
        asked = self.keying.focusable()
        placed = {thread.question: thread for thread in self.review.threads if thread.question in asked}
        for thread in self.review.threads:
            if thread.question in asked:
                continue
            here = order.index(thread.question) if thread.question in order else -1
            free = [key for key in asked if key not in placed]
            before = [key for key in free if order.index(key) < here]
            if free:
                placed[before[-1] if before else free[0]] = thread
        return placed

    def empty(self) -> list[str]:
        """Return the questions that still want an answer."""
        return [row.question.key for row in self.keying.rows() if row.state == "waiting" and row.question.required]

    def troubled(self) -> list[str]:
        """Return the questions with something to correct, explain, decide or answer, in order."""
        rows = self.keying.rows()
        asking = {key for key, thread in self.threads.items() if thread.is_open} | set(troubled(rows))
        asking |= {NAME} if self.unlike else set()
        return [row.question.key for row in rows if row.question.key in asking]

    # What is typed

    def typed(self, keying: Keying) -> "Session":
        """Return it with the record typed on."""
        return self if keying is self.keying else replace(self, opened=self.opened.typed(keying))

    def put(self, text: str) -> "Session":
        """Take what was typed for the question in focus; what is offered, where that was asked for."""
        offered = self._offered() if text.strip() == PROPOSED else None
        return self.typed(self.keying.put(self.focus, text if offered is None else offered))

    def choose(self, letter: str) -> "Session":
        """Choose a printed letter; one choice moves on, of several one stays.

        What is offered for an empty question is taken like a letter. In a conflict a choice stays too, and a digit
        that is not printed chooses the answer with that number.
        """
        if letter == PROPOSED:
            taken = self.put(letter) if self._offered() is not None else self
            return taken.step(1) if taken is not self and self.chooses else taken
        if not self.keying.prints(self.focus, letter):
            return self.pick(int(letter)) if letter.isdecimal() else self
        chosen = self.typed(self.keying.choose(self.focus, letter))
        return chosen.step(1) if self.chooses and not self.in_conflict else chosen

    def _offered(self) -> str | None:
        """Return the answer offered for the question in focus as it is typed, None for nothing."""
        row = next((row for row in self.keying.rows() if row.question.key == self.focus), None)
        if row is None or row.offered is None or self.in_conflict:
            return None
        return answer_text(row.question, row.offered) or str(row.offered)

    def pick(self, number: int) -> "Session":
        """Choose the answer with this number of those in conflict."""
        return self.typed(self.keying.pick(self.focus, number))

    def reason(self, text: str) -> "Session":
        """Note why an answer in conflict is the right one."""
        return self.typed(self.keying.reason(self.focus, text))

    def undo(self) -> "Session":
        """Take the last answer back and go to its question."""
        return self.typed(self.keying.undo()).go(self.keying.moments.undoes)._on_asked()

    def redo(self) -> "Session":
        """Give the answer again that was taken back, and go to its question."""
        return self.typed(self.keying.redo()).go(self.keying.moments.redoes)._on_asked()

    def _on_asked(self) -> "Session":
        """Undoing may pass over the very question in focus: then the one before it is next."""
        if self.focus in self.keying.focusable():
            return self
        return self.go(self.keying.before(self.focus) or self.keying.after(self.focus))

    # Where somebody goes

    def go(self, key: str | None) -> "Session":
        """Move to a question; nowhere if it is not asked."""
        if not key or key == self.focus or key not in self.keying.focusable():
            return self
        return replace(self, focus=key, helped=False)

    def help(self) -> "Session":
        """Show the guide's text for the question in focus, or hide it."""
        return replace(self, helped=not self.helped)

    def step(self, by: int) -> "Session":
        """Move to the next question that is asked, or the one before; at the ends nowhere."""
        return self.go(self.keying.after(self.focus) if by > 0 else self.keying.before(self.focus))

    def to_header(self) -> "Session":
        """Move to the first question, and from the header back to where the person was."""
        current, firsts = self._sectioned()
        if current == 0 and self.left_for_header:
            return replace(self, left_for_header="").go(self.left_for_header)
        left = self.left_for_header if current == 0 else self.focus
        return replace(self, left_for_header=left).go(firsts[0])

    def to_trouble(self, by: int) -> "Session":
        """Move to the next problem or the one before, round and round; without problems, to what is still empty."""
        order = [row.question.key for row in self.keying.rows()]
        keys, here = self.troubled() or self.empty(), order.index(self.focus)
        after = [key for key in keys if order.index(key) > here]
        before = [key for key in keys if order.index(key) < here]
        return self.go(next(iter([*after, *before] if by > 0 else [*before[::-1], *after[::-1]]), None))

    def to_section(self, by: int) -> "Session":
        """Move to the first question of the next section that asks anything, or of the one before."""
        current, firsts = self._sectioned()
        ahead = firsts[current + 1 :] if by > 0 else firsts[:current][::-1]
        return self.go(next((key for key in ahead if key), None))

    def _sectioned(self) -> tuple[int, list[str]]:
        """Return which section has the focus, and the first question of each."""
        sections = list(by_section(self.keying.rows()).values())
        here = [place for place, rows in enumerate(sections) if any(row.question.key == self.focus for row in rows)]
        return next(iter(here), -1), [first_of(rows) for rows in sections]

    # What stands beside

    def with_beside(self, beside: Beside) -> "Session":
        """Return it with other things that go along."""
        return replace(self, opened=replace(self.opened, beside=beside))

    def reviewed(self, review: Review) -> "Session":
        """Return it as it stands in the review now."""
        return replace(self, opened=replace(self.opened, review=review))

    def said(self, review: Review, about: str | None) -> "Session":
        """Return it once what was written about a question is said."""
        beside = self.beside if about is None else self.beside.with_remark(about, "").with_note(about, "")
        return self.with_beside(beside).reviewed(review)

    def struck(self, *, corrects: bool) -> "Session":
        """Return it with one more key counted."""
        return replace(self, sitting=self.sitting.struck(corrects=corrects))

    def handed_over(self) -> "Session":
        """Return it once it is in line to be saved: its keys are counted anew."""
        return replace(self, sitting=Sitting())

    def with_keys_of(self, handed: "Session") -> "Session":
        """Return it with the keys counted that were struck before a save which was refused."""
        first, later = handed.sitting, self.sitting
        return self if first.started == later.started else replace(self, sitting=first.together(later))

    def saved(self, handed: "Session") -> "Session":
        """Return it once it is on disk as it was handed over; what was typed since stays typed."""
        beside = self.beside.saved(handed.beside)
        return replace(self.typed(self.keying.saved(handed.keying)).with_beside(beside), alike=())

    def settled(self, key: str, value: Answer) -> "Session":
        """Return it with a conflict settled for a value."""
        return self.typed(self.keying.settled(key, value))
