"""One conflict laid out: the question, the answers as equal cards, and the reason of the decision."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.recording.conflicts import Weighing
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Answer
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import BODY, CARD_TITLE, SECONDARY, Label, mark
from p2kp_desktop.ui.kit.layouts import Stretch, across, clear, down
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.messages import ErrorCard, fault_of
from p2kp_desktop.ui.kit.sides import SideCard
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

_BESIDE = 2  # cards in a row


class Weighed(QWidget):
    """Shows a conflict and keeps what is chosen; a digit chooses and goes to the reason."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[SideCard] = []
        self._title = IconLine("git-compare", "", CARD_TITLE, icon_tone=Token.CONF)
        self._record, self._question = Label("", SECONDARY, wraps=True), Label("", BODY, wraps=True)
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE_12)
        self._refusal = Label("", BODY, wraps=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(say("Alasan"))
        self.reason.setPlaceholderText(say("wajib diisi: bagaimana Anda tahu mana yang benar"))
        self.reason.textChanged.connect(lambda _text: self._hint(""))
        self._objection = Label("", Style(Type.CAPTION, tone=Token.ERR), wraps=True)
        self._fault = QVBoxLayout()
        card = Card()
        card.body.setSpacing(SPACE_12)
        for widget in (self._title, self._record, self._question):
            card.body.addWidget(widget)
        card.body.addLayout(self._grid)
        card.body.addWidget(self._refusal)
        card.body.addWidget(self._asking())
        card.body.addWidget(self._objection)
        down(self._fault, card, Stretch(), into=self, gap=None)

    def _asking(self) -> QWidget:
        label = Label(say("Alasan"), BODY)
        label.setBuddy(self.reason)
        self._asks = QWidget()
        across(label, (self.reason, 1), into=self._asks, gap=SPACE_8)
        return self._asks

    def show_weighing(self, weighing: Weighing, number: int, of: int, refusal: str) -> None:
        """Lay out a conflict; nothing is chosen yet, and nothing can be where there is a refusal to be told."""
        heading = weighing.heading
        self.show_place(number, of)
        self._record.say(" · ".join(part for part in (f"**{heading.record}**", heading.place) if part))
        self._question.say(f"**{heading.number}** {heading.wording}" if heading.number else heading.wording)
        clear(self._grid)
        clear(self._fault)
        self.cards = [SideCard(place, each, heading.question) for place, each in enumerate(weighing.alternatives, 1)]
        for place, card in enumerate(self.cards):
            card.taken.connect(self.choose)
            card.setEnabled(not refusal)
            self._grid.addWidget(card, *divmod(place, _BESIDE))
            card.show()  # now, so that it can take the focus
        self._refusal.say(refusal)
        self._refusal.setVisible(bool(refusal))
        self._asks.setVisible(not refusal)
        self.reason.clear()
        self._hint("")

    def show_place(self, number: int, of: int) -> None:
        """Show which of how many conflicts this is."""
        self._title.say(say("Konflik {number} dari {of}", number=number, of=of))

    def focus(self) -> None:
        """Put the focus on the answer chosen, or on the first."""
        chosen = [card for card in self.cards if card.isChecked()] or self.cards
        if chosen:
            chosen[0].setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self, number: int) -> None:
        """Choose the answer with this number, and go to the reason."""
        if not (0 < number <= len(self.cards) and self.cards[number - 1].isEnabled()):
            return
        for card in self.cards:
            card.setChecked(card.number == number)
        self._hint("")
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def decision(self) -> tuple[Answer, str] | None:
        """Return value and reason; where one is missing say so, go there, and return None."""
        chosen = [card for card in self.cards if card.isChecked()]
        reason = self.reason.text().strip()
        if not chosen:
            self._hint(say("Belum ada jawaban yang dipilih. Tekan angkanya."))
            self.focus()
            return None
        if not reason:
            self._hint(say("Alasan belum diisi."))
            mark(self.reason, "status", "err")
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
            return None
        return chosen[0].value, reason

    def object_to(self, trouble: Trouble) -> None:
        """Show why the decision was not taken."""
        clear(self._fault)
        self._fault.addWidget(ErrorCard(fault_of(trouble)))

    def _hint(self, text: str) -> None:
        self._objection.say(text)
        self._objection.setVisible(bool(text))
        mark(self.reason, "status", "")

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab stay in the reason: nothing comes after it, and what is typed on shall not press a button."""
        return (forward and self.reason.hasFocus()) or super().focusNextPrevChild(forward)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        here = next((place for place, card in enumerate(self.cards) if card.hasFocus()), -1)
        if event.key() in steps and here >= 0:
            there = here + steps[Qt.Key(event.key())]
            if 0 <= there < len(self.cards):
                self.cards[there].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
