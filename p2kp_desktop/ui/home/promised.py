"""What meetings decided and nobody has done yet, in one line that leads to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from p2kp_desktop.actions.home.overview import Promised
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.link import IconLine, Link
from p2kp_desktop.ui.look.measures import SPACE_12
from p2kp_desktop.ui.look.tokens import Token


class PromisedLine(QWidget):
    """Hidden while nothing is open; what is late is told in the colour of what waits too long."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.icon, self.link, self.late = IconLine("users", "", NOTE), Link(""), Label("", NOTE)
        self.link.clicked.connect(self.opened)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_12, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.icon, self.link, self.late):
            row.addWidget(part)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_promised(self, promised: Promised) -> None:
        """Show how much is open."""
        words = say("{number} keputusan terbuka", number=written.number(promised.open))
        late = say("{number} lewat tenggat", number=written.number(promised.late)) if promised.late else ""
        self.link.say(words)
        self.late.say(f"· {late}" if late else "")
        self.late.colour(Token.WARN if late else Token.TEXT2)
        self.icon.show_icon("users", Token.WARN if late else Token.TEXT2)
        self.setAccessibleName(" · ".join(part for part in (words, late) if part))
        self.setVisible(bool(promised.open))
