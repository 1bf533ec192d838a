"""Two versions of an agreement, its head and clause by clause: what went, what came, who changed it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.actions.community.clauses import ADDED, REMOVED, AnswerChange, ClauseChange, Comparison, Hand
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across, clear, down
from p2kp_desktop.ui.kit.scrolling import scrolling
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_4, SPACE_8

from .words import Difference


class ComparePage(QWidget):
    """← → compare with an older or a newer version, ↑ ↓ scroll, Esc goes back."""

    steps = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.comparison: Comparison | None = None
        self.title, self.same = Label("", PAGE_TITLE), Label("", SECONDARY, wraps=True)
        older, newer = Button(say("Lebih lama"), keys=("←",)), Button(say("Lebih baru"), keys=("→",))
        back = Button(say("Kembali"), keys=("Esc",))
        older.clicked.connect(lambda: self.steps.emit(-1))
        newer.clicked.connect(lambda: self.steps.emit(1))
        back.clicked.connect(self.left)
        head = across((self.title, 1), older, newer, back, gap=SPACE_8)
        content = QWidget()
        self._cards = down(into=content, gap=CARD_GAP)
        self._cards.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.area = scrolling(content)
        down(head, self.same, (self.area, 1), into=self, gap=CARD_GAP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_comparison(self, found: Comparison) -> None:
        """Show another comparison."""
        self.comparison = found
        self.title.say(say("Versi {new} dibandingkan dengan versi {old}", new=found.new, old=found.old))
        same = ", ".join(map(str, found.same))
        words = say("Tidak berubah: pasal {numbers}.", numbers=same) if same else ""
        nothing = "" if found.changes else say("Tidak ada pasal yang berubah.")
        self.same.say(" ".join(filter(None, (nothing, words))))
        self.same.setVisible(bool(nothing or words))
        clear(self._cards)
        if found.head:
            self._cards.addWidget(_head_card(found.head))
        for change in found.changes:
            self._cards.addWidget(_card(change))
        self.area.verticalScrollBar().setValue(0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        bar = self.area.verticalScrollBar()
        turns = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        scrolls = {Qt.Key.Key_Up: -60, Qt.Key.Key_Down: 60, Qt.Key.Key_PageUp: -400, Qt.Key.Key_PageDown: 400}
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in turns:
            self.steps.emit(turns[Qt.Key(key)])
        elif key in scrolls:
            bar.setValue(bar.value() + scrolls[Qt.Key(key)])
        else:
            super().keyPressEvent(event)


def _head_card(answers: tuple[AnswerChange, ...]) -> Card:
    card = Card(say("Judul, wilayah, pengesahan, peserta"))
    card.body.setSpacing(SPACE_4)
    for answer in answers:
        card.body.addWidget(Label(" · ".join(filter(None, (answer.label, _hands(answer.hands[-1:])))), NOTE))
        card.body.addWidget(Difference(answer.parts))
    return card


def _card(change: ClauseChange) -> Card:
    kinds = {ADDED: say("ditambah"), REMOVED: say("dihapus")}
    words = say("Pasal {number} · {aspect}", number=change.number, aspect=change.aspect)
    kind = kinds.get(change.kind, "")
    card = Card(f"{words} · {kind}" if kind else words)
    card.head.addWidget(Label(_hands(change.hands[-1:]), NOTE))
    card.body.setSpacing(SPACE_4)
    for answer in change.answers:
        card.body.addWidget(Label(_asked(answer, change), NOTE))
        card.body.addWidget(Difference(answer.parts))
    return card


def _asked(answer: AnswerChange, change: ClauseChange) -> str:
    several = len(change.hands) > 1 and answer.hands
    return f"{answer.label} · {_hands(answer.hands)}" if several else answer.label


def _hands(hands: tuple[Hand, ...]) -> str:
    return ", ".join(dict.fromkeys(f"{hand.person}, {written.short_day(hand.time)}" for hand in hands))
