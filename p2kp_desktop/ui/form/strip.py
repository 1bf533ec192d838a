"""What stands above the questions for a moment: what saving will clear, what hinders a step, what went wrong.

Never a dialog.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from p2kp_desktop.actions.keying.next_record import Obstacle
from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.language import say
from p2kp_desktop.schema import Question
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.messages import ErrorCard, Fault
from p2kp_desktop.ui.kit.option import Option, OptionRow
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.words import CAPTION, Style
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8, SPACE_12, SPACE_16

_MOST = 6  # that are listed; F8 leads through all of them


class AskingStrip(QFrame):
    """Lists something before it happens: Enter lets it happen, Esc goes back."""

    confirmed = Signal()
    refused = Signal()

    def __init__(self, title: str, lines: list[str], action: str) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setProperty("status", "unusual")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(". ".join([title, *lines]))
        column = down(
            Label(title, Style(bold=True), wraps=True), into=self, gap=SPACE_4, margins=(SPACE_16, SPACE_12),
        )
        for line in lines:
            column.addWidget(Label(line, CAPTION, wraps=True))
        back = Button(say("Kembali"), keys=("Esc",))
        back.clicked.connect(self.refused)
        row = across(Stretch(), back, gap=SPACE_8)
        if action:
            go_on = Button(action, Kind.PLAIN, keys=("Enter",))
            go_on.clicked.connect(self.confirmed)
            row.addWidget(go_on)
        self._confirms = bool(action)
        column.addSpacing(SPACE_4)
        column.addLayout(row)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            (self.confirmed if self._confirms else self.refused).emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.refused.emit()
        else:
            super().keyPressEvent(event)


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
        self._rows = [self._row(place) for place in range(len(self._obstacles))]
        column = down(
            Label(title, Style(bold=True), wraps=True), *self._rows, into=self, gap=SPACE_4,
            margins=(SPACE_16, SPACE_12),
        )
        if len(obstacles) > _MOST:
            column.addWidget(Label(say("dan {count} lagi: F8", count=len(obstacles) - _MOST), CAPTION))
        foot = across(Stretch(), gap=None)
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


def asking(keying: Keying) -> AskingStrip | None:
    """Return the strip that asks about this record before it is saved, or None."""
    missing = [question for key in keying.undecided() if (question := keying.form.question(key)) is not None]
    if keying.undecided():
        named = ", ".join(_named(question) for question in missing) or say("RT")
        return AskingStrip(say("Belum dapat disimpan: isi dahulu {questions}.", questions=named), [], "")
    cleared = [f"{_named(row.question)}: {keying.record.show(row.question)}" for row in keying.no_longer_asked()]
    unread = [f"{_named(row.question)}: «{row.text}»" for row in keying.unread()]
    if unread:
        lines = [*unread, *(say("Dihapus karena dilewati: {answer}", answer=line) for line in cleared)]
        return AskingStrip(say("Tidak terbaca, jadi tidak ikut disimpan:"), lines, say("Simpan tanpa itu"))
    if cleared:
        title = say("Jawaban yang dilewati ini akan dihapus:")
        return AskingStrip(title, cleared, say("Hapus dan simpan"))
    return None


def _named(question: Question[Any]) -> str:
    return " ".join(part for part in (question.number, say(question.label)) if part)


def error_card(error: Exception, safe: str, action: str = "") -> ErrorCard:
    """Return the four lines of what went wrong."""
    what = str(getattr(error, "what", error)) or error.__class__.__name__
    remedy = str(getattr(error, "remedy", "")) or say("Perbaiki jawaban itu, lalu simpan lagi.")
    code = str(getattr(error, "code", "F03"))
    return ErrorCard(Fault(say(what), safe, say(remedy), code), action)


def place_over(strip: QWidget, around: QWidget, margin: int) -> None:
    """Lay a strip over the top of a widget, as wide as it, as high as it needs."""
    strip.setParent(around)
    width = around.width() - 2 * margin
    layout = strip.layout()
    needed = layout.totalHeightForWidth(width) if layout and layout.hasHeightForWidth() else strip.sizeHint().height()
    strip.setGeometry(margin, SPACE_8, width, max(needed, strip.sizeHint().height()))
    strip.show()
    strip.raise_()
