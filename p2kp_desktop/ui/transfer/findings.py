"""What to know after receiving: troubles in four lines, conflicts that wait, cells edited outside, gaps."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from p2kp_desktop.actions.arriving import Outcome
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import BODY, Label
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.messages import ErrorCard, Fault
from p2kp_desktop.ui.kit.words import BODY as PLAIN
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8
from p2kp_desktop.ui.look.tokens import Token

from .parts import clear, scrolling

MOST = 200  # lines of one file that are listed; what lies beyond is counted


def error_card(trouble: Trouble, action: str = "") -> ErrorCard:
    """Return the four lines of a trouble."""
    return ErrorCard(Fault(trouble.what, trouble.safe, trouble.remedy, trouble.code), action)


class Findings(QWidget):
    """Everything that a person should know or do about the files shown."""

    settle = Signal()

    def __init__(self) -> None:
        super().__init__()
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(content))

    def show_outcomes(self, outcomes: Sequence[Outcome]) -> int:
        """Show what is to be known about these files; return how many things that are."""
        clear(self._column)
        cards = [card for outcome in outcomes for card in self._cards(outcome, several=len(outcomes) > 1)]
        conflicts = sum(outcome.counts["conflict"] for outcome in outcomes)
        if conflicts:
            cards.insert(0, self._conflicts(conflicts))
        for card in cards or [_nothing()]:
            self._column.addWidget(card)
        self._column.addStretch(1)
        return len(cards)

    def _cards(self, outcome: Outcome, *, several: bool) -> list[QWidget]:
        if outcome.trouble is not None:
            return [error_card(outcome.trouble)]
        notes = outcome.received.notes if outcome.received else ()
        if not notes:
            return []
        card = Card()
        card.body.setSpacing(SPACE_4)
        title = say("{count} hal pada berkas ini", count=len(notes))
        card.body.addWidget(IconLine("triangle-alert", title, Style(bold=True), icon_tone=Token.WARN))
        if several:
            card.body.addWidget(Label(outcome.file.path.name, Style(tone=Token.TEXT2), wraps=True))
        for note in notes[:MOST]:
            card.body.addWidget(Label(note, PLAIN, wraps=True))
        if len(notes) > MOST:
            card.body.addWidget(Label(say("dan {count} lainnya", count=len(notes) - MOST), PLAIN))
        return [card]

    def _conflicts(self, count: int) -> QWidget:
        card = Card()
        card.body.addWidget(IconLine(
            "git-compare", say("{count} catatan berkonflik", count=count), Style(bold=True), icon_tone=Token.CONF
        ))
        card.body.addWidget(Label(
            say("Kedua jawaban disimpan. Boleh menunggu, sampai ada yang memutuskan dengan alasan."), BODY, wraps=True
        ))
        button = Button(say("Putuskan konflik"), icon="git-compare")
        button.clicked.connect(self.settle)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card


def _nothing() -> QWidget:
    card = Card()
    card.body.addWidget(IconLine(
        "circle-check", say("Tidak ada yang perlu ditindaklanjuti"), Style(bold=True), icon_tone=Token.OK
    ))
    card.body.addWidget(Label(say("Tidak ada konflik, sel yang diubah di luar program, atau paket yang terlewat."),
                              BODY, wraps=True))
    return card
