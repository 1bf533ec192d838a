"""All cards beside the clauses, in one column at the right or in three of their own."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from p2kp_desktop.actions.community import agreement_todos, clauses
from p2kp_desktop.actions.community.agreements import WholeAgreement, text, whole_number
from p2kp_desktop.actions.community.clauses import ClauseChange
from p2kp_desktop.actions.community.turnout import Turnout
from p2kp_desktop.forms.agreement import Incentive, Signature, Violation, Visit
from p2kp_desktop.forms.elements import ELEMENTS
from p2kp_desktop.forms.meeting import Meeting
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.attachments.card import AttachmentsCard
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.entries import EntriesCard, EntryLine
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, clear, down
from p2kp_desktop.ui.kit.pressable import Pressable
from p2kp_desktop.ui.kit.progress import Bar
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_4, SPACE_12

from . import viewing
from .words import Difference, NumberBox

_MOST_CHANGES = 6
_MOST_COLUMNS = 3


class Column(QWidget):
    """Cards one below the other, room at the end."""

    def __init__(self) -> None:
        super().__init__()
        self._cards = down(Stretch(), into=self, gap=CARD_GAP)

    def take(self, card: Card) -> None:
        """Put a card below the others, out of the column where it was."""
        self._cards.removeWidget(card)  # it may be here already, which would count twice
        self._cards.insertWidget(self._cards.count() - 1, card)


class ChangeLine(QWidget):
    """A clause that was changed: its boxed number as in the sheet, and the difference in a few words."""

    def __init__(self, change: ClauseChange) -> None:
        super().__init__()
        across(
            (NumberBox(str(change.number)), 0, Qt.AlignmentFlag.AlignTop),
            (Difference(clauses.sentence(change), small=True), 1), into=self, gap=None,
        )


class SideColumn(QWidget):
    """Emits what a line opens, form and record, and what is begun: the form of one more record."""

    opened = Signal(str, str)
    begins = Signal(str)
    attaches = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "none")
        self.signatures, self.meetings = EntriesCard(say("Tanda tangan")), EntriesCard(say("Rembug warga"))
        self.todos, self.monitoring = EntriesCard(say("Tindak lanjut")), EntriesCard(say("Pemantauan"))
        self.versions, self.attachments = EntriesCard(say("Versi")), AttachmentsCard()
        self.bar, self.people = Bar(thin=True), People()
        self.signatures.body.insertWidget(1, self.bar)
        self.meetings.body.insertWidget(1, self.people)
        self._changed = QVBoxLayout()
        self.versions.body.insertLayout(1, self._changed)
        self.cards: Sequence[EntriesCard] = (
            self.signatures, self.meetings, self.todos, self.monitoring, self.attachments, self.versions)
        for card in self.cards:
            if card is not self.attachments:
                card.opened.connect(self.opened)
        self.adding = self._offer()
        row = across(into=self, gap=CARD_GAP)
        self._columns = [Column() for _place in range(_MOST_COLUMNS)]
        for column in self._columns:
            row.addWidget(column, 1)
        self._spread = 0
        self.spread(1)

    def _offer(self) -> tuple[QWidget, ...]:
        made = [card.offer(words, key, partial(self.begins.emit, form.key)) for card, words, key, form in (
            (self.signatures, say("Penanda tangan"), "T", Signature), (self.meetings, say("Rembug"), "R", Meeting),
            (self.monitoring, say("Pemantauan"), "P", Visit), (self.monitoring, say("Pelanggaran"), "L", Violation),
            (self.monitoring, say("Insentif"), "I", Incentive),
        )]
        return *made, self.attachments.offer(say("Lampiran"), "A", self.attaches.emit)

    def spread(self, count: int) -> None:
        """Lay the cards out in so many columns, 3 at most, downwards."""
        if self._spread == count:
            return
        self._spread = count
        for place, card in enumerate(self.cards):
            self._columns[place % count].take(card)
        for place, column in enumerate(self._columns):
            column.setVisible(place < count)

    def lines(self) -> list[EntryLine]:
        """Return the lines of all cards."""
        return [line for card in self.cards for line in card.lines]

    def reachable(self) -> list[Pressable]:
        """Return the lines that take the keyboard, in the order of the cards."""
        return [line for line in self.lines() if line.focusPolicy() != Qt.FocusPolicy.NoFocus]

    def show_whole(self, whole: WholeAgreement) -> None:
        """Show what belongs to an agreement."""
        signed, total = len(whole.signed), len(whole.parts.signatures)
        self.signatures.show_entries(
            viewing.signatures(whole), say("Belum ada penanda tangan."),
            say("**{signed}** dari {count}", signed=signed, count=total) if total else "")
        self.bar.setVisible(bool(total))
        self.bar.show_share(signed / total if total else 0.0)
        date = text(whole.meetings[0], "date") if whole.meetings else ""
        self.people.show_people(whole)
        self.meetings.show_entries(viewing.meetings(whole), right=written.short_day(date))
        self.todos.show_entries(viewing.todos(agreement_todos.of_agreement(whole)), say("Tidak ada yang menunggu."))
        self.monitoring.show_entries(viewing.monitoring(whole), say("Belum pernah dipantau."))
        self._show_changes(whole)
        self.versions.show_entries(viewing.versions(whole))

    def _show_changes(self, whole: WholeAgreement) -> None:
        clear(self._changed)
        found = whole.comparison
        self.versions.setVisible(found is not None or bool(whole.former))
        if found is None:
            return
        if isinstance(self.versions.title, Label):
            self.versions.title.say(say("Perubahan dari versi {number}", number=found.old))
        for answer in found.head:
            self._changed.addWidget(Difference(answer.parts, lead=f"{answer.label}: ", small=True))
        for change in found.changes[:_MOST_CHANGES]:
            self._changed.addWidget(ChangeLine(change))
        left = len(found.changes) - _MOST_CHANGES
        words = say("{count} lagi: B membandingkan.", count=left) if left > 0 else say("Belum ada yang berubah.")
        if left > 0 or not (found.changes or found.head):
            self._changed.addWidget(Label(words, NOTE, wraps=True))


class People(QWidget):
    """Participants, women and MBR side by side; below them what the attendance of the meetings adds up to."""

    def __init__(self) -> None:
        super().__init__()
        self._figures = [Label("", PAGE_TITLE) for _place in range(3)]
        self.came = Label("", NOTE, wraps=True)
        row = across(gap=SPACE_12)
        for figure, word in zip(self._figures, (say("peserta"), say("perempuan"), say("MBR")), strict=True):
            column = down(figure, Label(word, NOTE))
            row.addLayout(column, 1)
        down(row, self.came, into=self, gap=SPACE_4)

    def show_people(self, whole: WholeAgreement) -> None:
        """Show how many took part; a dash where nobody said."""
        men, women, mbr = (whole_number(whole.record, key) for key in ("men", "women", "mbr"))
        for figure, count in zip(self._figures, (men + women, women, mbr), strict=True):
            figure.say(written.number(count) if count else "–")
        self.came.say(attendance(whole))
        self.came.setVisible(bool(whole.came))


def attendance(whole: WholeAgreement) -> str:
    """Return how many came to the meetings, together and by element."""
    every = sum((head for _element, head in whole.came), Turnout())
    total = say("Daftar hadir rembug: **{people}** orang ({women} perempuan, {mbr} MBR).",
                people=written.number(every.people), women=written.number(every.women), mbr=written.number(every.mbr))
    parts = (f"{_element(element)} {written.number(head.people)}" for element, head in whole.came)
    return f"{total} {' · '.join(parts)}"


def _element(code: str) -> str:
    return say(ELEMENTS.show(code)) if code else say("Unsur tidak disebut")
