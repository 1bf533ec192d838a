"""Check box and choice: Qt's own behaviour with our drawing."""

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.painting import box, draw_icon, icon_in, painting, ring
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import metrics
from p2kp_desktop.ui.look.measures import ICON_SMALL, RADIUS_BUTTON, RADIUS_CHECK, SPACE_4, SPACE_8, tall
from p2kp_desktop.ui.look.tokens import Token

CHECK = 16
_LEAST = 24


def draw_check(painter: QPainter, x: float, y: float, *, checked: bool, enabled: bool = True) -> None:
    """Paint the box of a check, 16 wide, with its upper left corner at x, y."""
    spot = QRectF(round(x), round(y), CHECK, CHECK)
    if checked:
        fill, tone = (Token.ACCENT, Token.ON_ACCENT) if enabled else (Token.NEUTRAL_BG, Token.TEXT3)
        box(painter, spot, fill=fill, radius=RADIUS_CHECK)
        draw_icon(painter, "check", spot.x() + 2, spot.y() + 2, CHECK - 4, tone)
    else:
        fill, line = (Token.PANEL, Token.LINE2) if enabled else (Token.SUNKEN, Token.LINE)
        box(painter, spot, fill=fill, line=line, radius=RADIUS_CHECK)


class CheckBox(QCheckBox):
    """A box to check, with words beside it that are part of the target."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = ""
        self.say(words)

    def say(self, words: str) -> None:
        """Show other words beside the box."""
        self._words = words
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        width = SPACE_4 + CHECK + SPACE_8 + metrics().horizontalAdvance(self._words) + SPACE_8
        return QSize(ceil(width), tall(_LEAST, metrics()))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        tone = Token.TEXT if self.isEnabled() else Token.TEXT3
        with painting(self) as painter:
            top = (rect.height() - CHECK) / 2
            draw_check(painter, SPACE_4, top, checked=self.isChecked(), enabled=self.isEnabled())
            words = Words(self._words, Style(tone=tone))
            words.draw_in(painter, rect.adjusted(SPACE_4 + CHECK + SPACE_8, 0, 0, 0))
            if self.hasFocus():
                ring(painter, rect, RADIUS_BUTTON)


class Choice(QComboBox):
    """One of a few, in a list that opens; the wheel scrolls the page over it and chooses nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page: what is chosen holds at once, and nobody who scrolls by means to choose."""
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tone = Token.TEXT2 if self.isEnabled() else Token.TEXT3
        with painting(self) as painter:
            rect = self.rect().toRectF()
            before = rect.width() - ICON_SMALL - SPACE_8
            icon_in(painter, "chevron-down", rect.adjusted(before, 0, 0, 0), ICON_SMALL, tone)

    @override
    def minimumSizeHint(self) -> QSize:
        texts = [self.itemText(place) for place in range(self.count())]
        widest = max((metrics().horizontalAdvance(text) for text in texts), default=0)
        return QSize(ceil(widest) + ICON_SMALL + 4 * SPACE_8, super().minimumSizeHint().height())

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint().expandedTo(QSize(0, super().sizeHint().height()))
