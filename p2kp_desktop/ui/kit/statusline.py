"""The status line: saved when and by whom, what a lost laptop would cost, when the last backup was made."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.link import IconLine, Link
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_16, SPACE_28, STATUS_LINE, tall
from p2kp_desktop.ui.look.tokens import Token


@dataclass(frozen=True)
class StatusFacts:
    """What the line says, with ** around what is bold; without `send` every copy is safe."""

    saved: str
    saved_by: str
    copies: str
    send: str
    backup: str


class StatusLine(QWidget):
    """Always at the foot of the window; when room is short it drops the backup, then the name."""

    send_pressed = Signal()

    def __init__(self, facts: StatusFacts) -> None:
        super().__init__()
        style = Style(Type.CAPTION, tone=Token.TEXT2)
        self._saved = IconLine("circle-check", "", style, icon_tone=Token.OK)
        self._saved_by = IconLine("", "", style)
        self._copies = IconLine("hard-drive", "", style, icon_tone=Token.OK)
        self._send = Link("")
        self._backup = IconLine("", "", style)
        self._send.clicked.connect(self.send_pressed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self.show_facts(facts)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_16, 1, SPACE_16, 0)
        row.setSpacing(0)
        row.addWidget(self._saved)
        row.addSpacing(SPACE_4)
        row.addWidget(self._saved_by)
        row.addSpacing(SPACE_28)
        row.addWidget(self._copies)
        row.addSpacing(SPACE_4)
        row.addWidget(self._send)
        row.addStretch(1)
        row.addWidget(self._backup)

    def show_facts(self, facts: StatusFacts) -> None:
        """Show how things stand now."""
        self._facts = facts
        self._saved.say(facts.saved)
        self._saved_by.say(facts.saved_by)
        self._copies.show_icon("hard-drive", Token.WARN if facts.send else Token.OK)
        self._copies.say(facts.copies)
        self._send.say(facts.send)
        self._backup.say(facts.backup)
        self._fit()

    def _fit(self) -> None:
        """Show as much as there is room for; the loss line never goes."""
        self._send.setVisible(bool(self._facts.send))
        room = self.width() - 2 * SPACE_16
        for with_name, with_backup in ((True, True), (True, False), (False, False)):
            if self._needed(with_name=with_name, with_backup=with_backup) <= room or not with_name:
                self._saved_by.setVisible(with_name)
                self._backup.setVisible(with_backup)
                return

    def _needed(self, *, with_name: bool, with_backup: bool) -> int:
        width = self._saved.sizeHint().width() + 2 * SPACE_4 + SPACE_28 + self._copies.sizeHint().width()
        width += self._send.sizeHint().width() if self._facts.send else 0
        width += self._saved_by.sizeHint().width() if with_name else 0
        return width + (SPACE_28 + self._backup.sizeHint().width() if with_backup else 0)

    @override
    def sizeHint(self) -> QSize:
        width = self._needed(with_name=True, with_backup=True) + 2 * SPACE_16
        return QSize(width, tall(STATUS_LINE, metrics(Type.CAPTION), room=SPACE_4 * 2))

    @override
    def minimumSizeHint(self) -> QSize:
        width = self._needed(with_name=False, with_backup=False) + 2 * SPACE_16
        return QSize(width, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            box(painter, rect, fill=Token.PANEL)
            box(painter, rect.adjusted(0, 0, 0, 1 - rect.height()), fill=Token.LINE)
