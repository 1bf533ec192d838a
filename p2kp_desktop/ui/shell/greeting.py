"""The half of the first start that greets: program, promise, bowl."""

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.bowl import draw_bowl
from p2kp_desktop.ui.kit.labels import WELCOME, Label, surface
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.painting import painting
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_28
from p2kp_desktop.ui.look.tokens import Token

_WIDTH = 470


class Greeting(QWidget):
    """The half that greets: program, promise, bowl."""

    def __init__(self) -> None:
        super().__init__()
        surface(self, Token.PANEL)
        self.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(64, 56, 40, 40)
        column.setSpacing(SPACE_8)
        column.addWidget(IconLine("bowl", "P2KP Desktop", Style(Type.PAGE, bold=True, tone=Token.ACCENT_TEXT)))
        column.addSpacing(44)
        column.addWidget(Label(say("Tiga pertanyaan, lalu bekerja."), WELCOME, wraps=True))
        column.addWidget(Label(
            say("Semua data tersimpan di laptop ini. Tidak perlu jaringan, tidak perlu akun."),
            Style(Type.TITLE, tone=Token.TEXT2), wraps=True,
        ))
        column.addSpacing(SPACE_28)
        column.addWidget(_EmptyBowl(), 1)


class _EmptyBowl(QWidget):
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            draw_bowl(painter, self.rect().toRectF().adjusted(20, 0, -20, -20), [False] * 10)
