"""The review acts of Pendataan: on the rows selected, the one in focus, or a whole RT or kelurahan."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from p2kp_desktop import environment
from p2kp_desktop.actions.review import review_acts, stamps
from p2kp_desktop.actions.review.review_acts import Attended, ReviewTarget
from p2kp_desktop.actions.review.verification import REVIEWERS
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.approval import Approval
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.language import say
from p2kp_desktop.schema import Unreadable, written
from p2kp_desktop.schema.places import rt_words
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk, Report, Task
from p2kp_desktop.ui.kit.commands import Command
from p2kp_desktop.ui.lists.asking import Wish
from p2kp_desktop.ui.place import Scope

from .bulk_bar import BarAct
from .foot import Foot

TOUCHED = frozenset(form.key for form in FORMS if form.reviewed) | {Approval.key, Comment.key}
DATE_WIDTH = 130


@dataclass(frozen=True)
class Words:
    """How an act is spoken of: while it runs, after the figure of those done, and of those it could not take."""

    working: str
    done: str
    hindered: str


class Acts(QObject):
    """Carries out what this office may do; `chosen` and `whole` say on what, and what to call it; None for nothing."""

    done = Signal()  # an act came to its end

    def __init__(
        self, desk: Desk, foot: Foot, chosen: Callable[[], tuple[ReviewTarget, str] | None],
        whole: Callable[[], tuple[ReviewTarget, str] | None],
    ) -> None:
        super().__init__(foot)
        self._desk, self._foot, self._chosen, self._whole = desk, foot, chosen, whole
        self._role = ""
        self._then: Callable[[tuple[str, ...]], None] = lambda _texts: None
        self._task: Task | None = None
        foot.asking.given.connect(lambda texts: self._then(texts))
        foot.work.panel.cancelled.connect(self._cancel)

    def take_role(self, role: str) -> None:
        """Offer what this role may do."""
        self._role = role
        self._foot.bar.show_acts(self._bar_acts(), self._desk.rights)

    def _bar_acts(self) -> tuple[BarAct, ...]:
        if self._role in REVIEWERS:
            return (
                BarAct(say("Verifikasi"), "lock", "V", self.verify, Deed.REVIEW),
                BarAct(say("Kembalikan"), "corner-up-left", "K", self.give_back, Deed.REVIEW),
                BarAct(say("Buka kembali"), "history", "U", self.reopen, Deed.CHANGE),
            )
        return (
            BarAct(say("Serahkan"), "send", "S", self.submit, Deed.CHANGE),
            BarAct(say("Tarik kembali"), "corner-up-left", "Y", self.withdraw, Deed.CHANGE),
            BarAct(say("Buka kembali"), "history", "U", self.reopen, Deed.CHANGE),
        )

    def commands(self) -> tuple[tuple[Command, bool | None], ...]:
        """Return every act with its keys, and whether it is for offices that review, None for all."""
        return (
            (Command(say("Serahkan untuk diperiksa"), ("S",), self.submit, say("serahkan"), deed=Deed.CHANGE), False),
            (Command(say("Serahkan semuanya"), ("Shift+S",), self.submit_whole, deed=Deed.CHANGE), False),
            (Command(say("Tarik kembali dari pemeriksaan"), ("Y",), self.withdraw, say("tarik kembali"), rare=True,
                     deed=Deed.CHANGE), False),
            (Command(say("Verifikasi"), ("V",), self.verify, deed=Deed.REVIEW), True),
            (Command(say("Verifikasi semuanya"), ("Shift+V",), self.verify_whole, deed=Deed.REVIEW), True),
            (Command(say("Kembalikan dengan catatan"), ("K",), self.give_back, say("kembalikan"),
                     deed=Deed.REVIEW), True),
            (Command(say("Buka kembali yang sudah diverifikasi"), ("U",), self.reopen, say("buka kembali"), rare=True,
                     deed=Deed.CHANGE), None),
        )

    @property
    def is_reviewer(self) -> bool:
        """Say whether this office reviews."""
        return self._role in REVIEWERS

    # Acts

    def submit(self) -> None:
        """Hand in what is selected or in focus, once it was asked whether that is meant."""
        self._on_chosen(False, say("Serahkan"), review_acts.submit_many, _submitting())

    def verify(self) -> None:
        """Verify what is selected or in focus, once it was asked whether that is meant."""
        self._on_chosen(True, say("Verifikasi"), review_acts.verify_many, _verifying())

    def submit_whole(self) -> None:
        """Hand in the whole RT or kelurahan that is shown."""
        self._on_whole(False, say("Serahkan"), review_acts.submit_many, _submitting())

    def verify_whole(self) -> None:
        """Verify the whole RT or kelurahan that is shown."""
        self._on_whole(True, say("Verifikasi"), review_acts.verify_many, _verifying())

    def withdraw(self) -> None:
        """Take what is selected or in focus back into work."""
        words = Words(say("Menarik kembali"), say("ditarik kembali"), say("tidak sedang menunggu"))
        self._on_named(False, lambda target, named: self._confirm(
            say("Tarik kembali"), (target, named), review_acts.withdraw_many, words
        ))

    def give_back(self) -> None:
        """Ask what is to be corrected, then return."""
        words = Words(say("Mengembalikan"), say("dikembalikan"), say("belum dapat dikembalikan"))
        wish = Wish(say("Catatan pemeriksa"), say("Apa yang harus diperbaiki"))

        def ask(target: ReviewTarget, named: str) -> None:
            self._ask(say("Kembalikan **{what}**?", what=named), say("Kembalikan"), wish, lambda text: self._start(
                target, partial(review_acts.give_back_many, comment=text), words
            ))

        self._on_named(True, ask)

    def reopen(self) -> None:
        """Ask for the reason, then open again."""
        words = Words(say("Membuka kembali"), say("dibuka kembali"), say("tidak terkunci"))
        wish = Wish(say("Alasan"), say("Mengapa dibuka kembali"))

        def ask(target: ReviewTarget, named: str) -> None:
            self._ask(say("Buka kembali **{what}**?", what=named), say("Buka kembali"), wish, lambda text: self._start(
                target, partial(review_acts.reopen_many, reason=text), words
            ))

        self._on_named(None, ask)

    def acknowledge(self, scope: Scope, name: str) -> None:
        """Ask who acknowledged the forms of an RT and when, then stamp it."""
        wishes = (
            Wish(say("Nama"), say("Siapa yang mengetahui"), name),
            Wish(say("Tanggal"), "14/11/2026", _today(), DATE_WIDTH),
        )
        self._then = partial(self._acknowledge, scope)
        asks = say("Formulir **{rt}** diketahui oleh", rt=rt_words(scope.rt or ""))
        self._foot.asking.ask(asks, say("Catat"), wishes)
        self._foot.arrange_asking()

    def _acknowledge(self, scope: Scope, texts: tuple[str, ...]) -> None:
        name, date = texts

        def stamp(workspace: Workspace) -> str:
            return stamps.stamp_acknowledged(
                workspace, scope.area, scope.rt or "", scope.period, name=name, date=date
            )

        self._desk.change(self, stamp, lambda _id: self._stamped(name), self._not_stamped, touches=TOUCHED)

    def _stamped(self, name: str) -> None:
        self._foot.asking.hide()
        self._foot.tell(say("Diketahui oleh **{name}** dicatat.", name=name))
        self.done.emit()

    def _not_stamped(self, error: Exception) -> None:
        if isinstance(error, Unreadable):
            self._foot.asking.refuse(1, say("Tanggal ini tidak terbaca. Contoh: 14/11/2026"))
        else:
            self._desk.failed.emit(error)

    # On what

    def _may(self, reviewing: bool | None) -> bool:
        return bool(self._role) and self._task is None and reviewing in (None, self.is_reviewer)

    def _on_chosen(
        self, reviewing: bool, yes: str, act: Callable[[Workspace, ReviewTarget, Report], Attended], words: Words
    ) -> None:
        found = self._chosen() if self._may(reviewing) else None
        if found is not None:
            self._confirm(yes, found, act, words)

    def _on_whole(
        self, reviewing: bool, yes: str, act: Callable[[Workspace, ReviewTarget, Report], Attended], words: Words
    ) -> None:
        found = self._whole() if self._may(reviewing) else None
        if found is not None:
            self._confirm(yes, found, act, words)

    def _on_named(self, reviewing: bool | None, go: Callable[[ReviewTarget, str], None]) -> None:
        found = self._chosen() if self._may(reviewing) else None
        if found is not None and found[0].ids:
            go(*found)

    def _confirm(
        self, yes: str, found: tuple[ReviewTarget, str], act: Callable[[Workspace, ReviewTarget, Report], Attended],
        words: Words,
    ) -> None:
        target, named = found
        self._then = lambda _texts: self._start(target, act, words)
        asked = say("{act} **{what}**?", act=yes, what=named) if target.ids else say(
            "{act} semua catatan **{place}**?", act=yes, place=named
        )
        said = f"{asked} {say('Yang belum dapat akan disebutkan satu per satu.')}"
        self._foot.asking.ask(said, yes)
        self._foot.arrange_asking()

    def _ask(self, what: str, yes: str, wish: Wish, then: Callable[[str], None]) -> None:
        self._then = lambda texts: then(texts[0])
        self._foot.asking.ask(what, yes, (wish,))
        self._foot.arrange_asking()

    # Work

    def _start(
        self, target: ReviewTarget, act: Callable[[Workspace, ReviewTarget, Report], Attended], words: Words
    ) -> None:
        if self._task is not None:
            return
        self._foot.show_work(words.working)
        self._task = self._desk.work(
            self, lambda workspace, report: act(workspace, target, report),
            lambda attended: self._end(attended, words), self._fail, touches=TOUCHED,
        )
        self._task.progressed.connect(self._foot.work.show_done)

    def _end(self, attended: Attended, words: Words) -> None:
        self._task = None
        self._foot.show_outcome(attended, words.done, words.hindered)
        self.done.emit()

    def _fail(self, error: Exception) -> None:
        self._task = None
        self._foot.work.hide()
        self._foot.close_all()
        self._desk.failed.emit(error)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()


def _submitting() -> Words:
    return Words(say("Menyerahkan"), say("diserahkan"), say("belum dapat diserahkan"))


def _verifying() -> Words:
    return Words(say("Memverifikasi"), say("diverifikasi"), say("belum dapat diverifikasi"))


def _today() -> str:
    year, month, day = environment.now()[:10].split("-")
    return f"{day}/{month}/{year}"


def named(ids: tuple[str, ...], one: str) -> str:
    """Return how the records chosen are called: one by its name, several by their number."""
    return one if len(ids) == 1 and one else say("{number} catatan", number=written.number(len(ids)))


