"""What is done with the agreement that is open: stage, version, clauses, attachments; asked below, never over it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame

from p2kp_desktop.actions.community import agreement_steps
from p2kp_desktop.actions.community.agreement_steps import Example
from p2kp_desktop.actions.recording import named_acts, recording
from p2kp_desktop.actions.recording.recording import Refused
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.agreement import Clause
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.lists.asking import Asking
from p2kp_desktop.ui.lists.removal import Removal

from .sheet_page import SheetPage
from .stage_strip import StageStrip

T = TypeVar("T")
TOUCHED = frozenset(form.key for form in FORMS)


class Doing(QObject):
    """Asks, does it through the desk, and says how it ended; the last act can be taken back."""

    left = Signal()  # nothing is asked any more: back to the sheet

    def __init__(self, desk: Desk, page: SheetPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._act = ""
        self.strip, self.asking, self.removal = StageStrip(), Asking(), Removal()
        self.told = Label("", SECONDARY, wraps=True)
        self.told.hide()
        self.strip.given.connect(self._advance)
        self.asking.given.connect(lambda _texts: self._begin_version())
        self.removal.given.connect(self._remove)
        for strip in (self.strip, self.asking, self.removal):
            strip.left.connect(self.left)

    @property
    def strips(self) -> tuple[QFrame, ...]:
        """Return the strips that may stand below the page."""
        return self.strip, self.asking, self.removal, self.told

    def close(self) -> None:
        """Ask and tell nothing any more."""
        for strip in self.strips:
            strip.hide()

    def tell(self, words: str) -> None:
        """Say how it ended."""
        self.told.say(words)
        self.told.show()

    def _done(self, words: str) -> None:
        self.left.emit()
        self.tell(words)

    # What is asked

    def ask_stage(self) -> None:
        """Ask for the next stage and its date."""
        if self._page.whole is not None:
            self.close()
            self.strip.ask(self._page.whole)

    def ask_version(self) -> None:
        """Ask whether the next version is meant."""
        self.close()
        words = say("Mulai versi baru? Versi sekarang tetap berlaku sampai yang baru berlaku, dan teksnya tetap dapat "
                    "dibandingkan. Yang baru mulai dari draf; tanda tangan dikumpulkan lagi.")
        self.asking.ask(words, say("Versi baru"))

    def ask_removal(self) -> None:
        """Ask why the clause in use goes."""
        sheet = self._page.sheet
        row = next((row for row in sheet.rows if row.record == sheet.current), None)
        if row is not None and sheet.isVisible():
            self.close()
            self.removal.ask(say("Hapus pasal {number}?", number=row.number), needs_reason=True)

    # What is done

    def _advance(self, stage: str, date: str, basis: str, due: str) -> None:
        agreement, words = self._page.agreement, agreement_steps.stage_words(stage)
        self._do(
            lambda workspace: agreement_steps.advance(workspace, agreement, stage, date, legal_basis=basis,
                                                       review_due=due),
            lambda _nothing: self._done(say("Status sekarang {stage}. Ctrl+Z membatalkan.", stage=words)),
            self._refused_date,
        )

    def _refused_date(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.strip.refuse(error.question, say(str(error)))
        else:
            self._refused(error)

    def _begin_version(self) -> None:
        agreement = self._page.agreement
        self._do(lambda workspace: agreement_steps.begin_version(workspace, agreement),
                 lambda number: self._done(say("Versi {number} dimulai. Ctrl+Z membatalkan.", number=number)))

    def _remove(self, reason: str) -> None:
        record = self._page.sheet.current
        self._do(lambda workspace: recording.delete(workspace, Clause, record, reason=reason),
                 lambda _nothing: self._done(say("Pasal ada di tempat sampah.")), self._not_removed)

    def _not_removed(self, error: Exception) -> None:
        """Tell why the clause stays, and ask again with the reason that was typed."""
        self._refused(error)
        self.removal.ask_again()

    def insert(self, examples: Sequence[Example]) -> None:
        """Put example clauses into the agreement."""
        agreement = self._page.agreement

        def inserted(made: list[str]) -> None:
            self._done(say("{count} pasal ditambahkan. Ctrl+Z membatalkan.", count=len(made)))
            self._page.sheet.show_current(made[0] if made else "")

        self._do(lambda workspace: agreement_steps.insert_examples(workspace, agreement, examples), inserted)

    def _do(
        self, action: Callable[[Workspace], T], then: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        def act(workspace: Workspace) -> tuple[T, str]:
            before = named_acts.last(workspace)
            result = action(workspace)
            last = named_acts.last(workspace)
            return result, last.id if last and last != before else ""

        def done(found: tuple[T, str]) -> None:
            self._act = found[1]
            then(found[0])

        self._desk.change(self, act, done, failed or self._refused, touches=TOUCHED)

    def take_back(self) -> None:
        """Take the last act back, where it is one that can be."""
        act, self._act = self._act, ""
        if act:
            self._desk.change(
                self, lambda workspace: named_acts.take_back(workspace, act),
                lambda _back: self.tell(say("Dibatalkan.")), self._refused, touches=TOUCHED,
            )

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Trouble):
            self._done(f"{say(error.what)} {say(error.safe)} {say(error.remedy)} ({error.code})")
        elif isinstance(error, Refused):
            self._done(say(str(error)))
        else:
            self._desk.failed.emit(error)
