"""Conflicts that receiving would open, one at a time, both answers beside each other; F8 shows the next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from p2kp_desktop.actions.bundles.receipt_outcome import ReceivedChange
from p2kp_desktop.language import say
from p2kp_desktop.reports.transfer import asked, told
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import BODY, NOTE, Label, mark
from p2kp_desktop.ui.kit.layouts import across, clear, down
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

_ANSWER = Style(Type.TITLE)


class Clashes(Card):
    """Shows both sides; once they are stored, a button leads to where they are settled."""

    settle = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._changes: tuple[ReceivedChange, ...] = ()
        self.place = 0
        self._title = IconLine("git-compare", "", Style(bold=True), icon_tone=Token.CONF)
        self._whose = Label("", NOTE, wraps=True)
        self.next = Button(say("Berikutnya"), keys=("F8",))
        self.next.clicked.connect(lambda: self.step(1))
        self._sides = across(gap=SPACE_12)
        self._fate = Label("", BODY, wraps=True)
        self.button = Button(say("Putuskan konflik"), icon="git-compare")
        self.button.clicked.connect(self.settle)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title)
        head.addSpacing(SPACE_8)
        head.addWidget(self._whose, 1)
        head.addWidget(self.next)
        foot.addWidget(self._fate, 1)
        foot.addWidget(self.button)
        self.body.addLayout(head)
        self.body.addLayout(self._sides)
        self.body.addLayout(foot)

    def show_conflicts(self, changes: Sequence[ReceivedChange], *, stored: bool) -> None:
        """Show the first of these; `stored` says that they are open now and can be settled."""
        self._changes, self.place = tuple(changes), 0
        self._fate.say(
            say("Kedua jawaban disimpan. Boleh menunggu, sampai ada yang memutuskan dengan alasan.") if stored
            else say("Sesudah diterapkan kedua jawaban disimpan, dan dapat diputuskan di tab Konflik.")
        )
        self.button.setVisible(stored)
        self.next.setVisible(len(changes) > 1)
        self._show()

    def step(self, step: int) -> None:
        """Go to the next conflict, or the one before."""
        if self._changes:
            self.place = (self.place + step) % len(self._changes)
            self._show()
            if self.button.isVisible():
                self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        clear(self._sides)
        if not self._changes:
            return
        change = self._changes[self.place]
        words = told(change)
        number, of = self.place + 1, len(self._changes)
        self._title.say(say("Konflik {number} dari {of}", number=number, of=of))
        self._whose.say(" · ".join(part for part in (words.record, words.place, asked(words)) if part))
        for title, value, answer, giver in (
            (say("Di laptop ini"), change.before, words.before, ""),
            (say("Dari paket"), change.after, words.after, words.by),
        ):
            holds = say("Dipakai sampai diputuskan") if value == change.in_force else ""
            self._sides.addWidget(_side(title, answer, "\n".join(filter(None, (holds, giver)))), 1)
        self.setAccessibleName(f"{words.record}, {asked(words)}: {words.before}; {words.after}")


def _side(title: str, answer: str, below: str) -> QFrame:
    frame = QFrame()
    mark(frame, "frame", "side")
    column = down(into=frame, gap=2, margins=(SPACE_12, SPACE_8))
    for text, style in ((title, Style(bold=True)), (answer, _ANSWER), (below, NOTE)):
        column.addWidget(Label(text, style, wraps=True))
    column.addStretch(1)
    return frame
