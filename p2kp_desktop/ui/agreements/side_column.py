"""All cards beside the clauses, in one column at the right or in three below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from p2kp_desktop.actions import agreement_todos, clauses
from p2kp_desktop.actions.agreements import Whole, text, whole_number
from p2kp_desktop.actions.clauses import ClauseChange
from p2kp_desktop.language import say
from p2kp_desktop.ui.attachments.card import AttachmentsCard
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.entries import EntriesCard, clear
from p2kp_desktop.ui.kit.equation import grouped
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, Label
from p2kp_desktop.ui.kit.progress import Bar
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_12

from . import viewing
from .words import Difference, NumberBox, short_date

_MOST_CHANGES = 6
_MOST_COLUMNS = 3


class People(QWidget):
    """Three figures side by side: participants, women, MBR."""

    def __init__(self) -> None:
        super().__init__()
        self._figures = [Label("", PAGE_TITLE) for _place in range(3)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_12)
        for figure, word in zip(self._figures, (say("peserta"), say("perempuan"), say("MBR")), strict=True):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(figure)
            column.addWidget(Label(word, NOTE))
            row.addLayout(column, 1)

    def show_people(self, whole: Whole) -> None:
        """Show how many took part; a dash where nobody said."""
        men, women, mbr = (whole_number(whole.record, key) for key in ("men", "women", "mbr"))
        for figure, count in zip(self._figures, (men + women, women, mbr), strict=True):
            figure.say(grouped(count) if count else "–")


class Column(QWidget):
    """Cards one below the other, room at the end."""

    def __init__(self) -> None:
        super().__init__()
        self._cards = QVBoxLayout(self)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(CARD_GAP)
        self._cards.addStretch(1)

    def take(self, card: Card) -> None:
        """Put a card below the others, out of the column where it was."""
        self._cards.removeWidget(card)  # it may be here already, which would count twice
        self._cards.insertWidget(self._cards.count() - 1, card)


class ChangeLine(QWidget):
    """A clause that was changed: its boxed number as in the sheet, and the difference in a few words."""

    def __init__(self, change: ClauseChange) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(NumberBox(str(change.number)), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Difference(clauses.sentence(change), small=True), 1)


class SideColumn(QWidget):
    """Emits what a line opens: form and record."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "none")
        self.signatures = EntriesCard(say("Tanda tangan"))
        self.bar = Bar(thin=True)
        self.signatures.body.insertWidget(1, self.bar)
        self.meetings = EntriesCard(say("Rembug warga"))
        self.people = People()
        self.meetings.body.insertWidget(1, self.people)
        self.changes = Card(say("Perubahan"))
        self._changed = QVBoxLayout()
        self.changes.body.addLayout(self._changed)
        self.todos = EntriesCard(say("Tindak lanjut"))
        self.monitoring = EntriesCard(say("Pemantauan"))
        self.attachments = AttachmentsCard()
        self.cards: Sequence[Card] = (
            self.signatures, self.meetings, self.changes, self.todos, self.monitoring, self.attachments)
        for card in (self.signatures, self.meetings, self.todos, self.monitoring):
            card.opened.connect(self.opened)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(CARD_GAP)
        self._columns = [Column() for _place in range(_MOST_COLUMNS)]
        for column in self._columns:
            row.addWidget(column, 1)
        self._spread = 0
        self.spread(1)

    def spread(self, count: int) -> None:
        """Lay the cards out in so many columns, 3 at most, downwards."""
        if self._spread == count:
            return
        self._spread = count
        for place, card in enumerate(self.cards):
            self._columns[place % count].take(card)
        for place, column in enumerate(self._columns):
            column.setVisible(place < count)

    def show_whole(self, whole: Whole) -> None:
        """Show what belongs to an agreement."""
        signed, total = len(whole.signed), len(whole.parts.signatures)
        self.signatures.show_entries(
            viewing.signatures(whole), say("T menambah penanda tangan."),
            say("**{signed}** dari {count}", signed=signed, count=total) if total else "")
        self.bar.setVisible(bool(total))
        self.bar.show_share(signed / total if total else 0.0)
        date = text(whole.meetings[0], "date") if whole.meetings else ""
        self.people.show_people(whole)
        self.meetings.show_entries(viewing.meetings(whole), say("R mencatat rembug atau pertemuan."), short_date(date))
        self._show_changes(whole)
        self.todos.show_entries(viewing.todos(agreement_todos.of_agreement(whole)), say("Tidak ada yang menunggu."))
        self.monitoring.show_entries(viewing.monitoring(whole), say("P mencatat pemantauan, L pelanggaran."))

    def _show_changes(self, whole: Whole) -> None:
        clear(self._changed)
        found = whole.comparison
        self.changes.setVisible(found is not None)
        if found is None:
            return
        if isinstance(self.changes.title, Label):
            self.changes.title.say(say("Perubahan dari versi {number}", number=found.old))
        for change in found.changes[:_MOST_CHANGES]:
            self._changed.addWidget(ChangeLine(change))
        left = len(found.changes) - _MOST_CHANGES
        words = say("{count} lagi: B membandingkan.", count=left) if left > 0 else say("Belum ada yang berubah.")
        if left > 0 or not found.changes:
            self._changed.addWidget(Label(words, NOTE, wraps=True))
