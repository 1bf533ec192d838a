"""The number of a question at the first start: a check once it is answered, filled while it is asked."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.painting import box, draw_icon, painting
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.measures import ICON_TEXT
from p2kp_desktop.ui.look.tokens import Token

_SIZE = 28


class StepMark(QWidget):
    """A round mark."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number, self._done, self._here = number, False, False
        self.setFixedSize(QSize(_SIZE + 2, _SIZE + 2))

    def show_state(self, *, done: bool, here: bool) -> None:
        """Show whether the question is answered, or asked now."""
        self._done, self._here = done, here
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(0, 0, _SIZE, _SIZE)
        fill = Token.ACCENT if self._here else Token.PANEL
        tone = Token.ON_ACCENT if self._here else Token.ACCENT
        with painting(self) as painter:
            box(painter, rect, fill=fill, line=Token.ACCENT, radius=_SIZE / 2)
            if self._done and not self._here:
                draw_icon(painter, "check", (_SIZE - ICON_TEXT) / 2, (_SIZE - ICON_TEXT) / 2, ICON_TEXT, Token.ACCENT)
            else:
                number = Words(str(self._number), Style(bold=True, tone=tone))
                number.draw_in(painter, rect, Qt.AlignmentFlag.AlignHCenter)
