"""What a review act did, and the records it could not take on: each a way to the question that stands in its way."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.review.review_acts import Attended, Hindered
from p2kp_desktop.language import say
from p2kp_desktop.reports import review
from p2kp_desktop.schema import written
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_16
from p2kp_desktop.ui.look.tokens import Token

LEAST, ROWS = 2, 3  # rows in sight at once: a reason may take two


class Outcome(QFrame):
    """Stays until the next act, or until Esc."""

    opened = Signal(object)  # Hindered
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.sentence = IconLine("circle-check", "", Style())
        self.lines: TableList[Hindered] = TableList(desk, review.hindered())
        self.lines.opened.connect(self.opened)
        close = Button(say("Tutup"), Kind.LINK, keys=("Esc",))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self.sentence)
        head.addStretch(1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_16, SPACE_8 - 2, SPACE_8, SPACE_8 - 2)
        column.setSpacing(SPACE_8 - 2)
        column.addLayout(head)
        column.addWidget(self.lines)
        self.hide()

    def show_attended(self, attended: Attended, done: str, hindered: str) -> None:
        """Show what was done; `done` and `hindered` are the words after the figures."""
        parts = [f"**{written.number(attended.done)}** {done}"]
        if attended.already:
            parts.append(say("{number} sudah sebelumnya", number=written.number(attended.already)))
        if attended.hindered:
            parts.append(f"**{written.number(len(attended.hindered))}** {hindered}")
        if attended.stopped:
            parts = [say("Dihentikan. Yang sudah selesai tetap berlaku.")] + (parts if attended.done else [])
        clean = not attended.hindered and not attended.stopped
        self.sentence.show_icon("circle-check" if clean else "circle-alert", Token.OK if clean else Token.WARN)
        self.tell(" · ".join(parts))
        self._show_lines(attended)

    def tell(self, words: str) -> None:
        """Say something, without lines."""
        self.sentence.say(words)
        self.setAccessibleName(words.replace("**", ""))
        self.lines.hide()
        self.show()

    def _show_lines(self, attended: Attended) -> None:
        self.lines.show_table(review.hindered(attended.hindered))
        table = self.lines.table
        rows = min(max(len(attended.hindered), LEAST), ROWS)
        high = table.horizontalHeader().height() + rows * table.verticalHeader().defaultSectionSize() + 2
        self.lines.setFixedHeight(high)
        self.lines.setVisible(bool(attended.hindered))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
