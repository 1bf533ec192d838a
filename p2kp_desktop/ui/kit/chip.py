"""Status chips: an icon and a word, so that the state of a record is never told by colour alone."""

from dataclasses import dataclass
from enum import Enum
from math import ceil

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.painting import box, icon_in, painting
from p2kp_desktop.ui.kit.words import Style, write
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import CHIP, ICON_TEXT, RADIUS_CHIP, tall
from p2kp_desktop.ui.look.scales import Slum
from p2kp_desktop.ui.look.tokens import Token

_SIDE = 8
_GAP = 6


@dataclass(frozen=True)
class ChipLook:
    """What a chip shows: its icon, its word, the colour of both, the ground when it is filled."""

    icon: str
    word: str
    tone: Token
    fill: Token


class Status(Enum):
    """Where a record stands: icon, colour, ground."""

    MISSING = "circle-dashed", Token.TEXT2, Token.NEUTRAL_BG
    DRAFT = "pencil-line", Token.TEXT2, Token.NEUTRAL_BG
    READY = "send", Token.ACCENT_TEXT, Token.ACCENT_SOFT
    SENT = "check", Token.ACCENT_TEXT, Token.ACCENT_SOFT
    WAITING = "inbox", Token.ACCENT_TEXT, Token.ACCENT_SOFT
    CHANGED = "history", Token.WARN, Token.WARN_BG
    RETURNED = "corner-up-left", Token.WARN, Token.WARN_BG
    CONFLICT = "git-compare", Token.CONF, Token.CONF_BG
    VERIFIED = "lock", Token.OK, Token.OK_BG
    MUST_FIX = "octagon-x", Token.ERR, Token.ERR_BG
    PROBLEM = "triangle-alert", Token.WARN, Token.WARN_BG
    INCOMPLETE = "circle-dot", Token.TEXT2, Token.NEUTRAL_BG
    COMPLETE = "circle-check", Token.ACCENT_TEXT, Token.ACCENT_SOFT

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody must act; only then is the chip filled in a table."""
        return self in (Status.RETURNED, Status.CONFLICT)

    @property
    def look(self) -> ChipLook:
        """The chip of this status, its word in the language in use."""
        icon, tone, fill = self.value
        return ChipLook(icon, _word(self), tone, fill)


def _word(status: Status) -> str:
    words = {
        Status.MISSING: say("Belum didata"),
        Status.DRAFT: say("Draf"),
        Status.READY: say("Siap kirim"),
        Status.SENT: say("Terkirim"),
        Status.WAITING: say("Siap diperiksa"),
        Status.CHANGED: say("Berubah"),
        Status.RETURNED: say("Dikembalikan"),
        Status.CONFLICT: say("Konflik"),
        Status.VERIFIED: say("Diverifikasi"),
        Status.MUST_FIX: say("Harus diperbaiki"),
        Status.PROBLEM: say("Ada masalah"),
        Status.INCOMPLETE: say("Belum lengkap"),
        Status.COMPLETE: say("Lengkap"),
    }
    return words[status]


def slum_look(level: Slum, word: str) -> ChipLook:
    """Return the chip of a slum level with the official word for it."""
    return ChipLook("layers", word, level.value.figure, level.value.fill)


def chip_size(look: ChipLook, *, filled: bool = True) -> QSize:
    """Return the size of a chip in logical pixels."""
    letters = metrics(Type.CAPTION)
    width = ICON_TEXT + _GAP + ceil(letters.horizontalAdvance(look.word)) + (2 * _SIDE + 1 if filled else 0)
    return QSize(width, tall(CHIP, letters, room=2))


def draw_chip(painter: QPainter, rect: QRectF, look: ChipLook, *, filled: bool = True) -> None:
    """Paint a chip at the left of `rect`, in the middle of its height; plain ones are icon and word only."""
    size = chip_size(look, filled=filled)
    spot = QRectF(rect.x(), rect.y() + (rect.height() - size.height()) / 2, size.width(), size.height())
    if filled:
        box(painter, spot, fill=look.fill, radius=max(RADIUS_CHIP, size.height() / 2))
        spot.adjust(_SIDE, 0, 0, 0)
    icon_in(painter, look.icon, spot, ICON_TEXT, look.tone)
    write(painter, spot.adjusted(ICON_TEXT + _GAP, 0, 0, 0), look.word, Style(Type.CAPTION, tone=look.tone))


class Chip(QWidget):
    """A status as icon and word, filled or plain."""

    def __init__(self, look: ChipLook, *, filled: bool = True) -> None:
        super().__init__()
        self._look, self._filled = look, filled
        self.setAccessibleName(look.word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_look(self, look: ChipLook) -> None:
        """Show another status."""
        self._look = look
        self.setAccessibleName(look.word)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return chip_size(self._look, filled=self._filled)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            draw_chip(painter, self.rect().toRectF(), self._look, filled=self._filled)
