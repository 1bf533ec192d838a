"""One of the answers in conflict as a card that is a button: its number, the answer, who gave it, what it does.

In a form the card is tight: the answer stands beside the number, and fewer lines say the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from p2kp_desktop.actions.common.office_words import role_words, when
from p2kp_desktop.actions.recording.conflicts import Alternative, Side, VerdictEffect
from p2kp_desktop.language import say
from p2kp_desktop.schema import Answer
from p2kp_desktop.ui.kit.focus import ring_outside
from p2kp_desktop.ui.kit.keycap import Cap, cap_side, draw_keycap
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting
from p2kp_desktop.ui.kit.pressable import Pressable
from p2kp_desktop.ui.kit.words import BODY, CAPTION, Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import (
    ICON_SMALL,
    LINE,
    LINE_STRONG,
    RADIUS_CARD,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
)
from p2kp_desktop.ui.look.tokens import Token

_ANSWER = Style(Type.TITLE)
_TITLE = Style(bold=True)
_WHO = Style(Type.CAPTION, tone=Token.TEXT2)
_IN_FORCE = Style(Type.CAPTION, tone=Token.CONF)


@dataclass(frozen=True)
class _Line:
    """Words with what stands before them: a sign or keycaps; `left` and `top` in the card."""

    words: Words
    left: float
    top: float
    icon: str = ""
    tone: Token = Token.TEXT2
    caps: tuple[str, ...] = ()
    cap_state: Cap = Cap.REST


class SideCard(Pressable):
    """An alternative; whether it is chosen is told from outside by setChecked."""

    taken = Signal(int)

    def __init__(self, number: int, alternative: Alternative, question: str, *, tight: bool = False) -> None:
        super().__init__("")
        self.number, self.alternative, self._question, self._tight = number, alternative, question, tight
        self.setCheckable(True)
        ring_outside(self, RADIUS_CARD)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self._sentence())
        self.clicked.connect(lambda: self.taken.emit(self.number))

    @override
    def nextCheckState(self) -> None:
        """Leave it to the page which answer is chosen."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Space alone: it may belong to a reason that somebody is still typing."""
        if event.key() == Qt.Key.Key_Space:
            event.accept()
        else:
            super().keyPressEvent(event)

    @property
    def value(self) -> Answer:
        """Return the value that is chosen with this card."""
        return self.alternative.value

    def _sentence(self) -> str:
        effects = [_effect(effect) for effect in self.alternative.effects]
        givers = [line for side in self.alternative.sides for line in _giver(side)]
        return ". ".join((str(self.number), self._title(), self._answer(), *givers, *effects))

    def _title(self) -> str:
        if not self.alternative.sides:
            return say("Jawaban baru")
        if any(side.here for side in self.alternative.sides):
            return say("Di laptop ini")
        return say("Dari {laptop}", laptop=", ".join(dict.fromkeys(s.workspace for s in self.alternative.sides)))

    def _answer(self) -> str:
        if self._question == "alive":
            return say("Diubah: catatan tetap ada") if self.alternative.value else say("Dihapus")
        return self.alternative.shown

    def _lines(self, width: float) -> Iterator[_Line]:
        return self._tight_lines(width) if self._tight else self._wide_lines(width)

    def _tight_lines(self, width: float) -> Iterator[_Line]:
        side, room = cap_side(), width - 2 * SPACE_12
        chosen = self._cap()
        caps = (str(self.number), *self.alternative.letters)
        spare = self._chosen_words().width + ICON_SMALL + SPACE_8
        before = len(caps) * (side + SPACE_4) + SPACE_4
        answer = Words(self._answer(), _TITLE, room - before - spare)
        yield _Line(answer, SPACE_12, SPACE_8, caps=caps, cap_state=chosen)
        top = SPACE_8 + max(answer.height, side) + SPACE_4
        for line in self._told_tightly(room):
            yield _Line(line.words, line.left, top, line.icon, line.tone)
            top += line.words.height

    def _cap(self) -> Cap:
        """Give the look of the number: of what cannot be chosen it is grey, and the answer as clear as ever."""
        return Cap.CHOSEN if self.isChecked() else Cap.FOCUS if self.isEnabled() else Cap.DISABLED

    def _told_tightly(self, room: float) -> Iterator[_Line]:
        if not self.alternative.sides:
            yield _Line(Words(f"**{self._title()}**", _WHO, room), SPACE_12, 0)
        for side in self.alternative.sides:
            here = say("di laptop ini") if side.here else say("laptop {laptop}", laptop=side.workspace)
            how = " · ".join(part for part in (when(side.time), side.origin) if part)
            for text in (f"**{side.person}**, {here}", how, *_giver(side)[2:]):
                yield _Line(Words(text, _WHO, room), SPACE_12, 0)
        if self.alternative.in_force:
            yield _Line(Words(say("Dipakai sementara"), _IN_FORCE, room - ICON_SMALL - SPACE_8), SPACE_12, 0,
                        "git-compare", Token.CONF)
        for effect in self.alternative.effects:
            icon, tone = _sign(effect)
            yield _Line(Words(_effect(effect), _WHO, room - ICON_SMALL - SPACE_8), SPACE_12, 0, icon, tone)

    def _wide_lines(self, width: float) -> Iterator[_Line]:
        side, room = cap_side(), width - 2 * SPACE_16
        chosen = self._cap()
        top = float(SPACE_12)
        spare = self._chosen_words().width + ICON_SMALL + SPACE_8 * 2
        title = Words(self._title(), _TITLE, room - side - SPACE_8 - spare)
        yield _Line(title, SPACE_16, top, caps=(str(self.number),), cap_state=chosen)
        top += max(title.height, side) + SPACE_8
        before = len(self.alternative.letters) * (side + SPACE_4) + (SPACE_4 if self.alternative.letters else 0)
        answer = Words(self._answer(), _ANSWER, room - before)
        yield _Line(answer, SPACE_16, top, caps=self.alternative.letters, cap_state=Cap.DISABLED)
        top += max(answer.height, side if before else 0) + SPACE_4
        for line in self._told(room):
            yield _Line(line.words, line.left, top, line.icon, line.tone)
            top += line.words.height + (SPACE_4 if line.icon else 0)

    def _told(self, room: float) -> Iterator[_Line]:
        for side in self.alternative.sides:
            for text in _giver(side):
                yield _Line(Words(text, _WHO, room), SPACE_16, 0)
        if self.alternative.in_force:
            text = say("Dipakai sementara, sampai diputuskan")
            yield _Line(Words(text, CAPTION, room), SPACE_16, 0)
        for effect in self.alternative.effects:
            icon, tone = _sign(effect)
            words = Words(_effect(effect), BODY, room - ICON_SMALL - SPACE_8)
            yield _Line(words, SPACE_16, 0, icon, tone)

    def _chosen_words(self) -> Words:
        return Words(say("dipilih"), Style(Type.CAPTION, tone=Token.ACCENT_TEXT))

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(300))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(220, self.heightForWidth(max(self.width(), 220)))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        last = list(self._lines(width))[-1]
        below = SPACE_8 if self._tight else SPACE_12
        return ceil(last.top + max(last.words.height, cap_side() if last.caps else 0) + below)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        checked = self.isChecked()
        fill = Token.ACCENT_SOFT if checked else Token.SUNKEN if self.lit else Token.PANEL
        with painting(self) as painter:
            box(painter, rect, fill=fill, line=Token.ACCENT if checked else Token.LINE2,
                width=LINE_STRONG if checked else LINE, radius=RADIUS_CARD)
            for line in self._lines(rect.width()):
                _paint(painter, line)
            if checked:
                self._paint_chosen(painter, rect)

    def _paint_chosen(self, painter: QPainter, rect: QRectF) -> None:
        words = self._chosen_words()
        edge, top = (SPACE_12, SPACE_8) if self._tight else (SPACE_16, SPACE_12)
        left = rect.right() - edge - words.width
        middle = top + cap_side() / 2
        words.draw(painter, left, middle - words.height / 2)
        draw_icon(painter, "check", left - ICON_SMALL - SPACE_4, middle - ICON_SMALL / 2, ICON_SMALL, Token.ACCENT_TEXT)


def _paint(painter: QPainter, line: _Line) -> None:
    left, side = line.left, cap_side()
    for place, cap in enumerate(line.caps):
        state = line.cap_state if not place else Cap.DISABLED  # the number is the key; letters are as on paper
        draw_keycap(painter, QRectF(left, line.top, side, side), cap, state)
        left += side + SPACE_4
    if line.caps:
        left += SPACE_4
        line.words.draw(painter, left, line.top + max((side - line.words.height) / 2, 0))
        return
    if line.icon:
        middle = line.top + line.words.height / 2
        draw_icon(painter, line.icon, left, middle - ICON_SMALL / 2, ICON_SMALL, line.tone)
        left += ICON_SMALL + SPACE_8
    line.words.draw(painter, left, line.top)


def _giver(side: Side) -> tuple[str, ...]:
    """Return who gave an answer, when by their clock, on which laptop, and what they noted."""
    how = " · ".join(part for part in (when(side.time), side.workspace, side.origin) if part)
    lines = (f"{side.person}, {role_words(side.role)}", how)
    return (*lines, say("Alasan: {reason}", reason=side.reason)) if side.reason else lines


def _sign(effect: VerdictEffect) -> tuple[str, Token]:
    """Return icon and colour; what only lacks an answer is not red."""
    if effect.missing:
        return "circle-dashed", Token.TEXT2
    return ("check", Token.OK) if effect.good else ("x", Token.ERR)


def _effect(effect: VerdictEffect) -> str:
    if effect.missing:
        return say("{aspect}: perlu {numbers}", aspect=effect.aspect, numbers=", ".join(effect.missing))
    return f"{effect.aspect}: {say('layak') if effect.good else say('tidak layak')}"
