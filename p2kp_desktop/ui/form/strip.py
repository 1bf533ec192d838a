"""What stands above the questions for a moment: what saving will clear, or that saving went wrong. Never a dialog."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.language import say
from p2kp_desktop.schema import Question
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.messages import ErrorCard, Fault
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.words import CAPTION, Style
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8, SPACE_12, SPACE_16


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
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_16, SPACE_12, SPACE_16, SPACE_12)
        column.setSpacing(SPACE_4)
        column.addWidget(Label(title, Style(bold=True), wraps=True))
        for line in lines:
            column.addWidget(Label(line, CAPTION, wraps=True))
        row = QHBoxLayout()
        row.setSpacing(SPACE_8)
        row.addStretch(1)
        back = Button(say("Kembali"), keys=("Esc",))
        back.clicked.connect(self.refused)
        row.addWidget(back)
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


def asking(keying: Keying) -> AskingStrip | None:
    """Return what has to be asked before this record is saved, or None."""
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
