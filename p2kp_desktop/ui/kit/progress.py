"""Long work: how far it is, how long it still takes, and a way to stop it."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.layouts import across
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.look.measures import SPACE_12
from p2kp_desktop.ui.look.tokens import Token

_BAR = 8
_THIN = 6


class Bar(QWidget):
    """A share of 0 to 1 as a filled track."""

    def __init__(self, share: float = 0.0, *, thin: bool = False) -> None:
        super().__init__()
        self._share, self._height = share, _THIN if thin else _BAR
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """Show another share."""
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(180, self._height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, self._height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        radius = self._height / 2
        with painting(self) as painter:
            box(painter, rect, fill=Token.NEUTRAL_BG, radius=radius)
            if self._share > 0:
                width = max(rect.width() * self._share, self._height)
                box(painter, rect.adjusted(0, 0, width - rect.width(), 0), fill=Token.ACCENT, radius=radius)


class ProgressPanel(QWidget):
    """A bar, the estimate in words, and Batal."""

    cancelled = Signal()

    def __init__(self, text: str = "", share: float = 0.0) -> None:
        super().__init__()
        self._bar, self._text = Bar(share), Label(text, NOTE)
        cancel = Button(say("Batal"))
        cancel.clicked.connect(self.cancelled)
        self.setFocusProxy(cancel)
        across((self._bar, 1), self._text, cancel, into=self, gap=SPACE_12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_progress(self, share: float, text: str) -> None:
        """Show how far it is, 0 to 1, and the estimate in words."""
        self._bar.show_share(share)
        self._text.say(text)
        self._bar.setAccessibleName(text)
