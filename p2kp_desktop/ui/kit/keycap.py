"""Keycaps: the letter of an answer as on paper, and the small caps that name a key of the keyboard."""

from enum import Enum
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type, measured, metrics
from p2kp_desktop.ui.look.measures import (
    KEY_HINT,
    KEYCAP,
    KEYCAP_IN_ROW,
    RADIUS_CHECK,
    RADIUS_ROW,
    SPACE_4,
    SPACE_8,
    tall,
)
from p2kp_desktop.ui.look.tokens import Token


class Cap(Enum):
    """The state of a keycap: its fill, its border, its letter, and whether the letter is bold."""

    REST = Token.PANEL, Token.LINE2, Token.TEXT, True
    HOVER = Token.ACCENT_SOFT, Token.ACCENT, Token.TEXT, True
    FOCUS = Token.PANEL, Token.ACCENT, Token.ACCENT, True
    CHOSEN = Token.ACCENT, Token.ACCENT, Token.ON_ACCENT, True
    WAITING = Token.PANEL, Token.LINE, Token.TEXT3, False
    DISABLED = Token.SUNKEN, Token.LINE, Token.TEXT3, True


class Ink(Enum):
    """The look of a key hint: on a sheet, or on a button filled with accent."""

    ON_SHEET = Token.SUNKEN, Token.LINE, Token.TEXT2
    ON_PRIMARY = None, Token.ON_ACCENT, Token.ON_ACCENT
    ON_DISABLED = None, Token.LINE, Token.TEXT3


@measured
def cap_side(*, in_row: bool = False) -> int:
    """Return the side of a keycap in logical pixels, never smaller than its letter needs."""
    return tall(KEYCAP_IN_ROW if in_row else KEYCAP, metrics(bold=True), room=2)


def draw_keycap(painter: QPainter, rect: QRectF, letter: str, state: Cap) -> None:
    """Paint one keycap."""
    fill, line, tone, bold = state.value
    box(painter, rect, fill=fill, line=line, radius=RADIUS_ROW)
    Words(letter, Style(bold=bold, tone=tone)).draw_in(painter, rect, Qt.AlignmentFlag.AlignHCenter)


@measured
def hint_size(key: str) -> QSize:
    """Return the size of a key hint in logical pixels."""
    letters = metrics(Type.CAPTION)
    height = tall(KEY_HINT, letters, room=2)
    return QSize(max(height, ceil(letters.horizontalAdvance(key)) + SPACE_4 * 3), height)


def draw_hint(painter: QPainter, rect: QRectF, key: str, ink: Ink = Ink.ON_SHEET) -> None:
    """Paint one key hint."""
    fill, line, tone = ink.value
    box(painter, rect, fill=fill, line=line, radius=RADIUS_CHECK)
    Words(key, Style(Type.CAPTION, tone=tone)).draw_in(painter, rect, Qt.AlignmentFlag.AlignHCenter)


@measured
def hints_width(keys: tuple[str, ...]) -> int:
    """Return the width of several key hints in a row."""
    return sum(hint_size(key).width() for key in keys) + SPACE_8 * max(len(keys) - 1, 0)


def draw_hints(painter: QPainter, rect: QRectF, keys: tuple[str, ...], ink: Ink = Ink.ON_SHEET) -> None:
    """Paint key hints from the left of `rect`, in the middle of its height."""
    x = rect.x()
    for key in keys:
        size = hint_size(key)
        draw_hint(painter, QRectF(x, rect.center().y() - size.height() / 2, size.width(), size.height()), key, ink)
        x += size.width() + SPACE_8


class Keycap(QWidget):
    """The letter of an answer as on paper."""

    def __init__(self, letter: str, state: Cap = Cap.REST, *, in_row: bool = False) -> None:
        super().__init__()
        self._letter, self._state, self._in_row = letter, state, in_row
        self.setAccessibleName(letter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, state: Cap) -> None:
        """Show another state."""
        self._state = state
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = cap_side(in_row=self._in_row)
        return QSize(side, side)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            draw_keycap(painter, self.rect().toRectF(), self._letter, self._state)


class KeyHints(QWidget):
    """The keys that do something, such as Ctrl and Enter, beside the word for it."""

    def __init__(self, *keys: str) -> None:
        super().__init__()
        self._keys = keys
        self.setAccessibleName(" ".join(keys))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(hints_width(self._keys), max(hint_size(key).height() for key in self._keys))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            draw_hints(painter, self.rect().toRectF(), self._keys)
