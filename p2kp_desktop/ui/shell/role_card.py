"""A role to choose at the first start: keycap, name, what such a person does."""

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.keycap import Cap, cap_side, draw_keycap
from p2kp_desktop.ui.kit.layouts import across
from p2kp_desktop.ui.kit.painting import box, painting, ring
from p2kp_desktop.ui.kit.pressable import Pressable, reach_with_tab, step_to
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import RADIUS_CARD, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

ROLES = ("facilitator", "district", "province")


class RoleCards(QWidget):
    """Three cards side by side; 1, 2, 3 choose, ← → move, Enter goes on."""

    chosen = Signal(str)
    confirmed = Signal()  # Enter, Space or the mouse: on to the next question
    typed = Signal(str)  # a letter: it belongs to the next question

    def __init__(self) -> None:
        super().__init__()
        texts = (
            (say("Fasilitator kelurahan"), say("mendata rumah dan mendampingi warga")),
            (say("Kabupaten/kota"), say("menerima dan memverifikasi")),
            (say("Provinsi"), say("merekap dan menganalisis")),
        )
        self.cards: list[Pressable] = [_RoleCard(str(place + 1), *text) for place, text in enumerate(texts)]
        row = across(into=self, gap=SPACE_12 - 2)
        for place, card in enumerate(self.cards):
            row.addWidget(card, 1)
            card.clicked.connect(lambda _checked=False, place=place: self._press(place))
        reach_with_tab(self.cards, None)

    def choose(self, place: int) -> None:
        """Choose the role at this place."""
        for each, card in enumerate(self.cards):
            card.setChecked(each == place)
        reach_with_tab(self.cards, self.cards[place])
        self.chosen.emit(ROLES[place])

    def _press(self, place: int) -> None:
        self.choose(place)
        self.confirmed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.text() in ("1", "2", "3"):
            self.choose(int(event.text()) - 1)
            self.cards[int(event.text()) - 1].setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.text().isalpha():
            self.typed.emit(event.text())
        elif isinstance(focused, _RoleCard) and event.key() in steps:
            step_to(self.cards, self.cards.index(focused) + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class _RoleCard(Pressable):
    def __init__(self, letter: str, name: str, task: str) -> None:
        super().__init__(f"{letter}. {name}: {task}")
        self._letter, self._name, self._task = letter, name, task
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @override
    def nextCheckState(self) -> None:
        """Leave it to the cards together which one is chosen."""

    def _left(self) -> int:
        return SPACE_12 + cap_side() + SPACE_12 - 2

    def _words(self, width: float) -> tuple[Words, Words]:
        room = width - self._left() - SPACE_12
        name = Words(self._name, Style(bold=True), room)
        return name, Words(self._task, Style(Type.CAPTION, tone=Token.TEXT2), room)

    @override
    def sizeHint(self) -> QSize:
        return QSize(220, self.heightForWidth(220))

    @override
    def minimumSizeHint(self) -> QSize:
        longest = max((*self._name.split(), *self._task.split()), key=len)
        return QSize(ceil(self._left() + Words(longest, Style(bold=True)).width + SPACE_12), 0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        name, task = self._words(width)
        return ceil(SPACE_8 + 2 + name.height + task.height + SPACE_8 + 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        name, task = self._words(rect.width())
        with painting(self) as painter:
            fill = Token.ACCENT_SOFT if self.isChecked() else Token.SUNKEN if self.lit else Token.PANEL
            line = Token.ACCENT if self.isChecked() else Token.LINE2
            box(painter, rect, fill=fill, line=line, width=2 if self.isChecked() else 1, radius=RADIUS_CARD)
            state = Cap.CHOSEN if self.isChecked() else Cap.FOCUS
            draw_keycap(painter, QRectF(SPACE_12, SPACE_8 + 2, cap_side(), cap_side()), self._letter, state)
            name.draw(painter, self._left(), SPACE_8 + 2)
            task.draw(painter, self._left(), SPACE_8 + 2 + name.height)
            if self.hasFocus():
                ring(painter, rect.adjusted(3, 3, -3, -3), RADIUS_CARD - 3)
