"""Small lines: a link inside a text or a card, and an icon with a few words."""

from math import ceil

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.painting import icon_in, painting, ring
from p2kp_desktop.ui.kit.pressable import Pressable
from p2kp_desktop.ui.kit.words import Style, Words, plain
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import ICON_SMALL, RADIUS_CHECK, SPACE_4, SPACE_8
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token


class Link(Pressable):
    """Bold words in the colour of links, underlined under the mouse."""

    def __init__(self, words: str, size: Type = Type.CAPTION) -> None:
        super().__init__(words)
        self._size = size
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(words)

    def say(self, words: str) -> None:
        """Show other words."""
        self._text = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def _words(self) -> Words:
        tone = Token.ACCENT_TEXT if self.isEnabled() else Token.TEXT3
        return Words(self._text, Style(self._size, bold=True, tone=tone))

    @override
    def sizeHint(self) -> QSize:
        words = self._words()
        return QSize(ceil(words.width) + 2 * SPACE_4, ceil(words.height) + SPACE_4)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        words = self._words()
        rect = self.rect().toRectF()
        with painting(self) as painter:
            words.draw_in(painter, rect, Qt.AlignmentFlag.AlignHCenter)
            if self.lit:
                y = rect.center().y() + words.height / 2 - 2.5
                painter.setPen(QPen(colour(words.style.tone), 1))
                left = (rect.width() - words.width) / 2
                painter.drawLine(QPointF(left, y), QPointF(left + words.width, y))
            if self.hasFocus():
                ring(painter, rect, RADIUS_CHECK)


class IconLine(QWidget):
    """An icon and a few words on one line."""

    def __init__(self, icon: str, marked: str, style: Style, *, icon_tone: Token | None = None) -> None:
        super().__init__()
        self._icon, self._style = icon, style
        self._icon_tone = icon_tone or style.tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(marked)

    def say(self, marked: str) -> None:
        """Show other words."""
        self._words = Words(marked, self._style)
        self.setAccessibleName(plain(marked))
        self.updateGeometry()
        self.update()

    def show_icon(self, icon: str, tone: Token) -> None:
        """Show another icon in another colour."""
        self._icon, self._icon_tone = icon, tone
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = (ICON_SMALL + SPACE_8 - 1 if self._icon else 0) + self._words.width
        return QSize(ceil(width), ceil(max(self._words.height, ICON_SMALL)))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            if self._icon:
                icon_in(painter, self._icon, rect, ICON_SMALL, self._icon_tone)
                rect.adjust(ICON_SMALL + SPACE_8 - 1, 0, 0, 0)
            self._words.draw_in(painter, rect)
