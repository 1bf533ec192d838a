"""Text on a sheet as a Qt label: size, weight and colour by name, wrapping, bold between ** and **."""

import html
import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from p2kp_desktop.language import harmless
from p2kp_desktop.ui.kit.words import BODY, CAPTION, Style, plain
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.tokens import Token

PAGE_TITLE = Style(Type.PAGE, bold=True)
CARD_TITLE = Style(Type.TITLE, bold=True)
WELCOME = Style(Type.WELCOME, bold=True)
SECONDARY = Style(Type.BODY, tone=Token.TEXT2)
NOTE = Style(Type.CAPTION, tone=Token.TEXT2)

__all__ = [
    "BODY",
    "CAPTION",
    "CARD_TITLE",
    "NOTE",
    "PAGE_TITLE",
    "SECONDARY",
    "WELCOME",
    "Label",
    "mark",
    "repolish",
    "rule",
    "surface",
]


class Label(QLabel):
    """A text that is shown, never read as HTML; with `wraps` it takes as many lines as it needs."""

    def __init__(self, marked: str, style: Style = BODY, *, wraps: bool = False) -> None:
        super().__init__()
        self.setProperty("type", style.size.name)
        self.setProperty("weight", "bold" if style.bold else "regular")
        self.setProperty("tone", style.tone.name)
        self.setWordWrap(wraps)
        if wraps:
            policy = self.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
            self.setSizePolicy(policy)
        self.say(marked)

    def say(self, marked: str) -> None:
        """Show another text."""
        marked = harmless(marked)
        rich = "**" in marked
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        self.setText(_as_html(marked) if rich else marked)
        self.setAccessibleName(plain(marked).replace("\N{NO-BREAK SPACE}", " "))

    def colour(self, tone: Token) -> None:
        """Show it in another colour."""
        self.setProperty("tone", tone.name)
        repolish(self)


def _as_html(marked: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(marked))


def surface(widget: QWidget, ground: Token) -> None:
    """Give a plain widget the ground of the desk, of a sheet or of a sunken part."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setProperty("surface", ground.name)


def rule() -> QFrame:
    """Return a separator 1 px high."""
    line = QFrame()
    line.setProperty("frame", "rule")
    return line


def mark(widget: QWidget, name: str, value: str) -> None:
    """Set a state the style sheet looks at, such as status or kind, and show it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        repolish(widget)


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at the widget's properties again."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
