"""Small words and paints that the pages of Aturan Bersama share: short dates, differences between texts."""

import html
from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.actions.community.clauses import ADDED, REMOVED, Part
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import RADIUS_CHECK, SPACE_8
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token

BOXED = Style(Type.CAPTION, bold=True, tone=Token.ACCENT_TEXT)


class Difference(QLabel):
    """A text in which what went is struck through and what came is bold; it wraps and is read aloud in words."""

    def __init__(self, parts: Iterable[Part], *, lead: str = "", small: bool = False) -> None:
        super().__init__()
        self.setProperty("type", "CAPTION" if small else "BODY")
        self.setWordWrap(True)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        shown = tuple(parts)
        self.setText(_rich(shown, lead))
        self.setAccessibleName(lead + "".join(part.text for part in shown))


class NumberBox(QWidget):
    """The number of a changed clause in a box."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number
        self.setAccessibleName(number)

    @override
    def sizeHint(self) -> QSize:
        words = Words(self._number, BOXED)
        return QSize(ceil(max(words.height, words.width + SPACE_8)), ceil(words.height))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            box(painter, rect, line=Token.ACCENT, radius=RADIUS_CHECK)
            Words(self._number, BOXED).draw_in(painter, rect, Qt.AlignmentFlag.AlignHCenter)


def _rich(parts: Iterable[Part], lead: str) -> str:
    gone, came = (colour(token).name() for token in (Token.TEXT3, Token.TEXT))
    said = [html.escape(lead)]
    for part in parts:
        text = html.escape(part.text)
        if part.kind == REMOVED:
            text = f'<s style="color:{gone}">{text.rstrip()}</s> '
        elif part.kind == ADDED:
            text = f'<b style="color:{came}">{text}</b>'
        said.append(text)
    return "".join(said)
