"""The first row of Beranda: the draft to go on with, then what waits."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles.acknowledgements import Inbox
from p2kp_desktop.actions.home.overview import Begun, Tasks, Waiting
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.card import Draft, DraftCard, Todo, TodoCard
from p2kp_desktop.ui.look.measures import CARD_GAP
from p2kp_desktop.ui.look.tokens import Token

_DRAFT, _CARD = 468, 201  # shares of the row
_SHORT = 6  # letters: a longer name of a question does not fit on the card


def held_words(name: str) -> Draft:
    """Return the first card while something typed is not on disk yet: the way back to it."""
    return Draft(name, say("Belum ada di disk, hanya di layar"), say("Lanjutkan"), "Enter")


def draft_words(begun: Begun | None) -> Draft:
    """Return the first card: the draft to go on with, or the way to a new household."""
    if begun is None:
        return Draft(say("Tidak ada draf"), say("Semua yang diketik sudah disimpan"), say("Rumah baru"), "Enter")
    number, _, _rw = begun.rt.partition("/")
    where = [say("RT {number}", number=number) if number else ""]
    if begun.number:
        where.append(say("pertanyaan {number}", number=begun.number) if len(begun.number) <= _SHORT else "")
    others = say("{number} draf lain: Ctrl K, draf", number=written.number(begun.others)) if begun.others else ""
    where.append(others or _clock(begun.time))
    return Draft(begun.name, " · ".join(part for part in where if part), say("Lanjutkan"), "Enter")


def looking_words() -> Draft:
    """Return the first card of whoever may only look: the way to the lists."""
    told = say("Untuk mengisi, ganti petugas (F12)")
    return Draft(say("Hanya melihat"), told, say("Lihat data"), "Enter", "list-checks")


def _clock(time: str) -> str:
    """Return the time of today, or the day of an earlier draft."""
    if time[:10] == environment.today().isoformat():
        return say("pukul {time}", time=written.clock(time))
    return written.short_day(time, year=environment.this_year())


def inbox_words(inbox: Inbox) -> Draft:
    """Return the first card of an office that reviews: the way to what comes in."""
    where = say("Belum ada paket yang diterima")
    if inbox.time:
        sender = inbox.sender or say("pengirim lama")
        where = say("Terakhir dari {sender}, {time}", sender=sender, time=_clock(inbox.time))
    if inbox.asking:
        where = say("{count} tim minta didaftarkan: Pengaturan › Pendaftaran", count=inbox.asking)
    return Draft(say("Kotak masuk"), where, say("Terima"), "Enter", "inbox")


def cards(tasks: Tasks) -> tuple[Todo, Todo, Todo]:
    """Return the cards of waiting records: returned (or to review, for a reviewing office), in conflict, unfinished."""
    unfinished = tasks.incomplete.records + tasks.problems.records
    caption = _in_rts(Waiting(unfinished, max(tasks.incomplete.rts, tasks.problems.rts)))
    if tasks.problems.records:
        caption = say("{number} ada masalah", number=written.number(tasks.problems.records))
    first = Todo("corner-up-left", Token.WARN, tasks.returned.records, say("Dikembalikan"), _asked(tasks.comments))
    if tasks.reviews:
        waits = say("Menunggu diperiksa")
        first = Todo("list-checks", Token.ACCENT_TEXT, tasks.review.records, waits, _in_rts(tasks.review))
    return (
        first,
        Todo("git-compare", Token.CONF, tasks.conflicts.records, say("Konflik"), say("perlu dipilih")),
        Todo("circle-dot", Token.TEXT2, unfinished, say("Belum lengkap"), caption),
    )


def _asked(comments: int) -> str:
    if not comments:
        return say("ada catatan pemeriksa")
    return say("{number} catatan pemeriksa", number=written.number(comments))


def _in_rts(waiting: Waiting) -> str:
    return say("di {number} RT", number=written.number(waiting.rts))


def first_of(tasks: Tasks) -> Waiting:
    """Return how many records the first of the small cards counts, and in how many RTs."""
    return tasks.review if tasks.reviews else tasks.returned


class TodoRow(QWidget):
    """Four cards in a row, each a button as a whole."""

    held = Signal()  # what is in memory only
    drafted = Signal(object)  # Begun, or None for a new household
    receives = Signal()
    waiting = Signal(object)  # Tasks: what was returned, or for an office that reviews what waits for it
    conflicts = Signal()
    unfinished = Signal(object)  # Tasks

    def __init__(self) -> None:
        super().__init__()
        nothing = Waiting(0, 0)
        self._tasks, self._held = Tasks(None, nothing, nothing, nothing, nothing), ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(CARD_GAP)
        self.types = True  # whether whoever works here fills in or receives anything
        self.draft = DraftCard(draft_words(None))
        self.draft.clicked.connect(self._go_on)
        row.addWidget(self.draft, _DRAFT)
        self.cards = [TodoCard(todo) for todo in cards(self._tasks)]
        for card in self.cards:
            row.addWidget(card, _CARD)
        first, conflicts, unfinished = self.cards
        first.clicked.connect(lambda: self.waiting.emit(self._tasks) if first_of(self._tasks).records else None)
        conflicts.clicked.connect(lambda: self.conflicts.emit() if self._tasks.conflicts.records else None)
        unfinished.clicked.connect(lambda: self.unfinished.emit(self._tasks))

    def show_tasks(self, tasks: Tasks) -> None:
        """Show what waits now."""
        self._tasks = tasks
        for card, todo in zip(self.cards, cards(tasks), strict=True):
            card.show_todo(todo)
        if self._held:
            self.draft.show_draft(held_words(self._held))
            return
        typed = draft_words(tasks.draft) if self.types else looking_words()
        self.draft.show_draft(inbox_words(tasks.inbox) if self._receives() else typed)

    def _receives(self) -> bool:
        """Say whether the first card leads to what comes in: at an office that reviews, for who may receive it."""
        return self.types and self._tasks.reviews and self._tasks.draft is None

    def show_held(self, name: str) -> None:
        """Show what was typed last and is in memory only, "" for nothing."""
        self._held = name
        self.show_tasks(self._tasks)

    def _go_on(self) -> None:
        if self._held:
            self.held.emit()
        elif self._receives():
            self.receives.emit()
        else:
            self.drafted.emit(self._tasks.draft if self.types else None)
