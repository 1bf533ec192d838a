"""Buttons: one primary per screen, plain ones, dangerous ones, links; icon, words and keys inside."""

from enum import Enum
from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter
from typing_extensions import override

from p2kp_desktop.ui.kit.keycap import Ink, draw_hints, hints_width
from p2kp_desktop.ui.kit.painting import icon_in
from p2kp_desktop.ui.kit.pressable import ENTER, is_plain_enter
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import metrics
from p2kp_desktop.ui.look.measures import BUTTON, BUTTON_FIRST_RUN, ICON_SMALL, SPACE_8, SPACE_12, SPACE_16, tall
from p2kp_desktop.ui.look.tokens import Token


class Kind(Enum):
    """What a button is for: the value of its `kind` property, and the colour and weight of its words."""

    PRIMARY = "primary", Token.ON_ACCENT, True
    PLAIN = "plain", Token.TEXT, False
    DANGER = "danger", Token.ERR, False
    LINK = "link", Token.ACCENT_TEXT, True


class Button(QPushButton):
    """A button with an optional icon before its words and the keys that press it after them."""

    def __init__(
        self,
        words: str,
        kind: Kind = Kind.PLAIN,
        *,
        icon: str = "",
        keys: tuple[str, ...] = (),
        tall_one: bool = False,
    ) -> None:
        super().__init__()
        self._kind, self._icon, self._keys, self._tall = kind, icon, keys, tall_one
        self._words = ""
        self.setProperty("kind", kind.value[0])
        self.setProperty("fit", "tall" if tall_one else "usual")
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind is Kind.LINK else Qt.CursorShape.ArrowCursor)
        self.say(words)

    def say(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.updateGeometry()

    def show_icon(self, name: str) -> None:
        """Show another icon, or none."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def _side(self) -> int:
        if self._kind is Kind.LINK:
            return SPACE_8 - 2
        return SPACE_16 + 4 if self._tall else SPACE_16 - 2

    def _inner_width(self) -> float:
        width = metrics(bold=self._kind.value[2]).horizontalAdvance(self._words)
        width += ICON_SMALL + SPACE_8 if self._icon else 0
        return width + (SPACE_8 + hints_width(self._keys) if self._keys else 0)

    @override
    def sizeHint(self) -> QSize:
        height = tall(BUTTON_FIRST_RUN if self._tall else BUTTON, metrics(bold=True), room=SPACE_12)
        return QSize(ceil(self._inner_width()) + 2 * self._side() + 2, height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def event(self, event: QEvent) -> bool:
        """Take Enter before a shortcut of the page around does: the button in focus is what it means."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_plain_enter(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_plain_enter(event):
            self.click()
        elif event.key() in ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""  # type: ignore[attr-defined]
        painter = QStylePainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        self._paint_content(painter)
        painter.end()

    def _paint_content(self, painter: QPainter) -> None:
        _name, tone, bold = self._kind.value
        tone = tone if self.isEnabled() else Token.TEXT3
        words = Words(self._words, Style(bold=bold, tone=tone))
        rect = self.rect().toRectF()
        x = (self.width() - self._inner_width()) / 2
        if self._icon:
            icon_in(painter, self._icon, QRectF(x, 0, ICON_SMALL, self.height()), ICON_SMALL, tone)
            x += ICON_SMALL + SPACE_8
        words.draw_in(painter, rect.adjusted(x, 0, 0, 0))
        if self._keys:
            draw_hints(painter, rect.adjusted(x + words.width + SPACE_8, 0, 0, 0), self._keys, self._ink())

    def _ink(self) -> Ink:
        if not self.isEnabled():
            return Ink.ON_DISABLED
        return Ink.ON_PRIMARY if self._kind is Kind.PRIMARY else Ink.ON_SHEET
