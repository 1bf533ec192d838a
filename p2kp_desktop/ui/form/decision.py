"""A conflict under the open question: the answers side by side, each with its number, and the reason below."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.actions.keying.rows import KeyedRow
from p2kp_desktop.language import say
from p2kp_desktop.ui.form.field import AnswerField
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.labels import mark
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting
from p2kp_desktop.ui.kit.sides import SideCard
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import FIELD, ICON_SMALL, RADIUS_CARD, SPACE_4, SPACE_8, SPACE_12, tall
from p2kp_desktop.ui.look.tokens import Token

_NARROWEST = 230  # of a card
_SHORT = 700  # below this width the first line says less
_SAID = Style(Type.CAPTION, tone=Token.CONF)
_OBJECTED = Style(Type.CAPTION, tone=Token.ERR)


class Decision(QWidget):
    """Shows what may be chosen and what is chosen; it settles nothing itself."""

    picked = Signal(int)  # the number of an answer
    reasoned = Signal(str)
    stepped = Signal(int)
    settle_wanted = Signal()
    entered = Signal()  # the keyboard came into the reason

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[SideCard] = []
        self._row: KeyedRow | None = None
        self._objection = ""
        self.reason = AnswerField()
        self.reason.setParent(self)
        self.reason.setAccessibleName(say("Alasan"))
        self.reason.setPlaceholderText(say("alasan wajib diisi: bagaimana Anda tahu"))
        self.reason.textEdited.connect(self._tell)
        self.reason.stepped.connect(self.stepped)
        self.reason.sided.connect(self.picked)
        self.reason.undo_wanted.connect(self.reason.undo)
        self.reason.redo_wanted.connect(self.reason.redo)
        self.reason.installEventFilter(self)
        self._button = Button(say("Putuskan"), keys=("Ctrl", "Enter"))
        self._button.setFocusPolicy(self._button.focusPolicy().NoFocus)
        self._button.setParent(self)
        self._button.clicked.connect(self.settle_wanted)
        self.deciding = self.reason, self._button

    def show_row(self, row: KeyedRow) -> None:
        """Show the answers in conflict to a question, and what is chosen."""
        before = self._row
        if before is None or before.question is not row.question or before.conflict != row.conflict:
            for card in self.cards:
                card.hide()
                card.deleteLater()
            self.cards = [self._card(place, row) for place in range(len(row.conflict))]
        for place, card in enumerate(self.cards):
            card.setChecked(place == row.picked)
        if before is None or before.question is not row.question or self.reason.text() != row.reason:
            self.reason.setText(row.reason)
        if before is None or before.question is not row.question or before.picked != row.picked:
            self.object_to("")
        self._row = row
        self.setAccessibleName(". ".join([self._said(), *(card.accessibleName() for card in self.cards)]))
        self.update()

    def _card(self, place: int, row: KeyedRow) -> SideCard:
        card = SideCard(place + 1, row.conflict[place], row.question.key, tight=True)
        card.setFocusPolicy(card.focusPolicy().NoFocus)  # its number works from everywhere in the question
        card.setParent(self)
        card.taken.connect(self.picked)
        card.show()
        return card

    def _tell(self, text: str) -> None:
        self.object_to("")
        self.reasoned.emit(text)

    def object_to(self, words: str) -> None:
        """Say what is missing for a decision; "" takes it back."""
        if words != self._objection:
            self._objection = words
            mark(self.reason, "status", "err" if words else "")
            self.update()

    def _said(self) -> str:
        if self.width() < _SHORT:
            return say("**Konflik.** Alt+angka memilih jawaban. Lalu tulis alasannya.")
        return say("**Konflik.** Alt+angka memilih jawaban; jawaban lain boleh diketik di atas. Lalu tulis alasannya.")

    def _top_line(self, width: float) -> Words:
        return Words(self._said(), _SAID, width - 2 * SPACE_12 - ICON_SMALL - SPACE_8)

    def arrange(self, width: int) -> int:
        """Place the cards and the reason in so many pixels; return the height in logical pixels."""
        self.resize(width, self.height())
        room = width - 2 * SPACE_12
        top = SPACE_8 + self._top_line(width).height + SPACE_4
        beside = max(1, min(len(self.cards), (room + SPACE_8) // (_NARROWEST + SPACE_8)))
        wide = (room - SPACE_8 * (beside - 1)) // beside
        for start in range(0, len(self.cards), beside):
            line = self.cards[start : start + beside]
            height = max(card.heightForWidth(wide) for card in line)
            for place, card in enumerate(line):
                card.setGeometry(SPACE_12 + place * (wide + SPACE_8), int(top), wide, height)
            top += height + SPACE_8
        button = self._button.sizeHint()
        height = tall(FIELD, metrics(), room=SPACE_8)
        self.reason.setGeometry(SPACE_12, int(top), room - button.width() - SPACE_8, height)
        self._button.setGeometry(width - SPACE_12 - button.width(), int(top), button.width(), height)
        return int(top) + height + SPACE_8

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        words = Words(self._objection, _OBJECTED) if self._objection else self._top_line(self.width())
        icon, tone = ("circle-alert", Token.ERR) if self._objection else ("git-compare", Token.CONF)
        with painting(self) as painter:
            box(painter, self.rect().toRectF(), fill=Token.CONF_BG, radius=RADIUS_CARD)
            middle = SPACE_8 + words.height / words.lines / 2
            draw_icon(painter, icon, SPACE_12, middle - ICON_SMALL / 2, ICON_SMALL, tone)
            words.draw(painter, SPACE_12 + ICON_SMALL + SPACE_8, SPACE_8)
