"""What stands in the way of handing in or verifying, over the questions: a digit, or Enter, leads to the question."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.keying.next_record import Obstacle
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.option import Option, OptionRow
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.words import CAPTION, Style
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_12, SPACE_16

_MOST = 6  # that are listed; F8 leads through all of them


class ObstacleStrip(QFrame):
    """Lists obstacles with a digit each; the ring moves with ↓ ↑."""

    went = Signal(str)  # a question, "" for back to where the person was

    def __init__(self, title: str, obstacles: Sequence[Obstacle]) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setProperty("status", "unusual")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._obstacles, self._ringed = tuple(obstacles[:_MOST]), 0
        self.setAccessibleName(". ".join([title, *(each.words for each in obstacles)]))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_16, SPACE_12, SPACE_16, SPACE_12)
        column.setSpacing(SPACE_4)
        column.addWidget(Label(title, Style(bold=True), wraps=True))
        self._rows = [self._row(place) for place in range(len(self._obstacles))]
        for row in self._rows:
            column.addWidget(row)
        if len(obstacles) > _MOST:
            column.addWidget(Label(say("dan {count} lagi: F8", count=len(obstacles) - _MOST), CAPTION))
        foot = QHBoxLayout()
        foot.addStretch(1)
        for words, key, act in ((say("Kembali"), "Esc", self._back), (say("Ke pertanyaannya"), "Enter", self._go)):
            button = Button(words, keys=(key,))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(act)
            foot.addWidget(button)
        column.addLayout(foot)

    def _row(self, place: int) -> OptionRow:
        row = OptionRow(Option(str(place + 1), self._obstacles[place].words), small=True)
        row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.show_ring(place == 0)
        row.clicked.connect(lambda: self._lead(place))
        return row

    def _back(self) -> None:
        self.went.emit("")

    def _go(self) -> None:
        self._lead(self._ringed)

    def _lead(self, place: int) -> None:
        self.went.emit(self._obstacles[place].question)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, steps = event.key(), {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.text().isdigit() and 0 < int(event.text()) <= len(self._obstacles):
            self._lead(int(event.text()) - 1)
        elif key in ENTER:
            self._go()
        elif key == Qt.Key.Key_Escape:
            self._back()
        elif key in steps:
            self._ringed = (self._ringed + steps[Qt.Key(key)]) % len(self._rows)
            for place, row in enumerate(self._rows):
                row.show_ring(place == self._ringed)
        else:
            super().keyPressEvent(event)
