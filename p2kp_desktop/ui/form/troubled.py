"""The list of problems at the right of the form."""

from math import ceil

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.form.asides import Trouble
from p2kp_desktop.ui.form.assessed import text_line
from p2kp_desktop.ui.form.folded import Voice
from p2kp_desktop.ui.kit.keycap import draw_hints, hints_width
from p2kp_desktop.ui.kit.note import Weight
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting, ring
from p2kp_desktop.ui.kit.pressable import Pressable
from p2kp_desktop.ui.kit.words import CAPTION, Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import ICON_SMALL, RADIUS_BUTTON, SPACE_4, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

_BELOW_TITLE, _BELOW_TITLE_SMALL = 8, 4
_PAD, _PAD_SMALL = 7, 5
_CONFLICT = "git-compare", Token.CONF, Token.CONF
_REMARK = "message-square-text", Token.WARN, Token.WARN_LINE


def _look(trouble: Trouble) -> tuple[str, Token, Token]:
    """Return icon, colour and border."""
    if trouble.weight is None:
        return _REMARK if trouble.voice is Voice.REMARK else _CONFLICT
    icon, tone, _ground = trouble.weight.value
    return icon, tone, Token.ERR_LINE if trouble.weight is Weight.HARD else Token.WARN_LINE


class TroubleCard(Pressable):
    """One problem; a click goes to its question."""

    def __init__(self, trouble: Trouble, *, small: bool) -> None:
        super().__init__(f"{trouble.number} {trouble.text}. {trouble.remedy}")
        self._trouble = trouble
        self._pad = _PAD_SMALL if small else _PAD
        self._brief = False
        self.setFocusPolicy(self.focusPolicy().NoFocus)  # F8 goes there

    def shorten(self, brief: bool) -> None:
        """Leave out what to do where room is short: icon, colour and the note under the question say it too."""
        if brief != self._brief:
            self._brief = brief
            self.update()

    def _words(self, width: float) -> tuple[Words, Words]:
        room = width - 2 * SPACE_12 - ICON_SMALL - SPACE_8
        text = Words(f"**{self._trouble.number}** {self._trouble.text}", Style(Type.CAPTION), room)
        return text, Words(self._trouble.remedy, Style(Type.CAPTION, tone=_look(self._trouble)[1]), room)

    @override
    def heightForWidth(self, width: int) -> int:
        text, remedy = self._words(width)
        return ceil(text.height + (0 if self._brief else remedy.height) + 2 * self._pad)

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        icon, tone, line = _look(self._trouble)
        text, remedy = self._words(rect.width())
        left = SPACE_12 + ICON_SMALL + SPACE_8
        with painting(self) as painter:
            fill = Token.SUNKEN if self.lit else Token.PANEL
            box(painter, rect, fill=fill, line=line, radius=RADIUS_BUTTON)
            middle = self._pad + text.height / text.lines / 2
            draw_icon(painter, icon, SPACE_12, middle - ICON_SMALL / 2, ICON_SMALL, tone)
            text.draw(painter, left, self._pad)
            if not self._brief:
                remedy.draw(painter, left, self._pad + text.height)
            if self.hasFocus():
                ring(painter, rect, RADIUS_BUTTON)


class Troubles(QWidget):
    """As many problems as fit from the one nearest to the focus on; the rest is counted."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._troubles: list[Trouble] = []
        self._cards: list[TroubleCard] = []
        self._small = False
        self._more = self._below = 0

    def show_troubles(self, troubles: list[Trouble], *, small: bool) -> None:
        """Show these problems."""
        if (troubles, small) == (self._troubles, self._small):
            return
        self._troubles, self._small = troubles, small
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = [self._card(trouble) for trouble in troubles]
        said = say("{count} masalah", count=len(troubles)) if troubles else say("Tidak ada masalah.")
        self.setAccessibleName(said)
        self.arrange()
        self.update()

    def _card(self, trouble: Trouble) -> TroubleCard:
        card = TroubleCard(trouble, small=self._small)
        card.setParent(self)
        card.clicked.connect(lambda: self.opened.emit(trouble.key))
        return card

    def _title(self) -> int:
        return text_line() + (_BELOW_TITLE_SMALL if self._small else _BELOW_TITLE)

    def wanted_height(self, width: int) -> int:
        """Return the height that shows all of them."""
        self._shorten(False)
        return self._needed(width)

    def _shorten(self, brief: bool) -> None:
        for card in self._cards:
            card.shorten(brief)

    def _needed(self, width: int) -> int:
        if not self._cards:
            return self._title() + text_line()
        return self._title() + sum(card.heightForWidth(width) + SPACE_4 for card in self._cards)

    def arrange(self) -> None:
        """Place the cards that fit."""
        self._shorten(False)
        self._shorten(self._needed(self.width()) > self.height() + SPACE_4)
        top, shown = self._title(), 0
        for place, card in enumerate(self._cards):
            height = card.heightForWidth(self.width())
            last = place == len(self._cards) - 1
            fits = top + height <= self.height() - (0 if last else text_line()) and place == shown
            card.setVisible(fits)
            if fits:
                card.setGeometry(0, top, self.width(), height)
                top, shown = top + height + SPACE_4, shown + 1
        self._more, self._below = len(self._cards) - shown, top
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        line = QRectF(0, 0, self.width(), text_line())
        with painting(self) as painter:
            Words(say("Masalah"), Style(bold=True)).draw_in(painter, line)
            if not self._troubles:
                none = QRectF(0, self._title() - 2, self.width(), text_line())
                Words(say("Tidak ada masalah."), CAPTION).draw_in(painter, none)
                return
            following = Words(say("berikutnya"), CAPTION)
            left = self.width() - following.width
            following.draw_in(painter, line.adjusted(left, 0, 0, 0))
            draw_hints(painter, line.adjusted(left - SPACE_8 - hints_width(("F8",)), 0, 0, 0), ("F8",))
            if self._more:
                more = QRectF(0, self._below, self.width(), text_line())
                Words(say("dan {count} masalah lagi", count=self._more), CAPTION).draw_in(painter, more)
