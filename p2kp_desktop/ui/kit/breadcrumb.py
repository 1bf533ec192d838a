"""Where I am, and the way elsewhere: every part is a button, the last one bold."""

from math import ceil

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.painting import box, draw_icon, icon_in, painting, ring
from p2kp_desktop.ui.kit.pressable import Pressable, reach_with_tab, step_to
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import metrics
from p2kp_desktop.ui.look.measures import BUTTON, ICON_TEXT, RADIUS_BUTTON, SPACE_4, SPACE_8, tall
from p2kp_desktop.ui.look.tokens import Token

_SEPARATOR = ICON_TEXT + SPACE_4 + 2  # width between two parts


class Breadcrumb(QWidget):
    """Parts from the widest area to the narrowest; when room is short the widest ones are left out.

    The mouse opens the list of a part and leaves the focus where work goes on once it is closed.
    """

    part_opened = Signal(int)

    def __init__(self, parts: tuple[str, ...]) -> None:
        super().__init__()
        self._crumbs: list[Pressable] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_parts(parts)

    def show_parts(self, parts: tuple[str, ...]) -> None:
        """Show another place."""
        for crumb in self._crumbs:
            crumb.hide()
            crumb.deleteLater()
        self._crumbs = [self._crumb(place, text, last=place == len(parts) - 1) for place, text in enumerate(parts)]
        self.setAccessibleName(" › ".join(parts))
        self._place()
        self.updateGeometry()

    def _crumb(self, place: int, text: str, *, last: bool) -> Pressable:
        crumb = _Crumb(text, self, last=last)
        crumb.clicked.connect(lambda: self.part_opened.emit(place))
        return crumb

    def below(self, place: int) -> QPoint:
        """Return the point of the screen where the list of this part opens."""
        crumb = self._crumbs[place]
        return crumb.mapToGlobal(QPoint(0, crumb.height()))

    @property
    def left_out(self) -> int:
        """How many parts, from the widest, have no room now."""
        return sum(crumb.isHidden() for crumb in self._crumbs)

    @override
    def sizeHint(self) -> QSize:
        width = sum(crumb.sizeHint().width() for crumb in self._crumbs)
        return QSize(width + _SEPARATOR * max(len(self._crumbs) - 1, 0), tall(BUTTON, metrics(bold=True)))

    @override
    def minimumSizeHint(self) -> QSize:
        last = self._crumbs[-1].sizeHint().width() if self._crumbs else 0
        return QSize(last, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        """Lay the parts out from the left, leaving out as many of the first as do not fit."""
        widths = [crumb.sizeHint().width() for crumb in self._crumbs]
        first = 0
        while first < len(widths) - 1 and sum(widths[first:]) + _SEPARATOR * (len(widths) - first - 1) > self.width():
            first += 1
        x = 0
        for place, crumb in enumerate(self._crumbs):
            crumb.setVisible(place >= first)
            if place >= first:
                crumb.setGeometry(x, 0, widths[place], self.height())
                x += widths[place] + _SEPARATOR
        reach_with_tab(self._crumbs, self._crumbs[-1] if self._crumbs else None, clicks=False)
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        shown = [crumb for crumb in self._crumbs if not crumb.isHidden()]
        focused = self.focusWidget()
        if isinstance(focused, _Crumb) and event.key() in steps:
            step_to(shown, shown.index(focused) + steps[Qt.Key(event.key())], clicks=False)
        elif isinstance(focused, _Crumb) and event.key() == Qt.Key.Key_Down:
            focused.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        shown = [crumb for crumb in self._crumbs if not crumb.isHidden()]
        with painting(self) as painter:
            for crumb in shown[1:]:
                x = crumb.x() - _SEPARATOR + (_SEPARATOR - ICON_TEXT) / 2
                draw_icon(painter, "chevron-right", x, (self.height() - ICON_TEXT) / 2, ICON_TEXT, Token.TEXT3)


class _Crumb(Pressable):
    """One part with the sign that a list opens."""

    def __init__(self, text: str, around: QWidget, *, last: bool) -> None:
        super().__init__(text, around)
        self._words = Words(text, Style(bold=last))

    @override
    def sizeHint(self) -> QSize:
        width = SPACE_4 + self._words.width + SPACE_4 + ICON_TEXT + SPACE_4
        return QSize(ceil(width), tall(BUTTON - SPACE_8, metrics(bold=True)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            if self.lit:
                box(painter, rect, fill=Token.SUNKEN, radius=RADIUS_BUTTON)
            self._words.draw_in(painter, rect.adjusted(SPACE_4, 0, 0, 0))
            after = SPACE_4 + self._words.width + SPACE_4
            icon_in(painter, "chevron-down", rect.adjusted(after, 0, 0, 0), ICON_TEXT, Token.TEXT2)
            if self.hasFocus():
                ring(painter, rect, RADIUS_BUTTON)
