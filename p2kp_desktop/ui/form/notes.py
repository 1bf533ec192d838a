"""The notes under the questions: problems from the kit, answers in conflict, comments, households that are alike."""

from math import ceil

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.form.folded import NoteText, Voice
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.layouts import across
from p2kp_desktop.ui.kit.note import Note, Weight
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import ICON_SMALL, NOTE, RADIUS_ROW, SPACE_8, SPACE_12, tall
from p2kp_desktop.ui.look.tokens import Token


class ConflictNote(QWidget):
    """Says that an answer is only one of several that people gave, and leads to where it is settled."""

    settling_wanted = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        marked = f"**{say('Konflik.')}** {text}"
        self.settle = Button(say("Putuskan"), Kind.LINK)
        self.settle.clicked.connect(self.settling_wanted)
        across(
            (Label(marked, Style(Type.CAPTION, tone=Token.CONF), wraps=True), 1), self.settle, into=self,
            gap=SPACE_12, margins=(SPACE_12 + ICON_SMALL + SPACE_8, 3, SPACE_8, 3),
        )
        self.setMinimumHeight(tall(NOTE, metrics(Type.CAPTION), room=SPACE_8))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        label = self.findChild(QLabel)
        middle = label.geometry().center().y() + 0.5 if label else self.height() / 2
        with painting(self) as painter:
            box(painter, self.rect().toRectF(), fill=Token.CONF_BG, radius=RADIUS_ROW)
            draw_icon(painter, "git-compare", SPACE_12, middle - ICON_SMALL / 2, ICON_SMALL, Token.CONF)


class RemarkNote(QWidget):
    """A thread of comments folded to one line; a click opens its question."""

    opened = Signal()

    def __init__(self, note: NoteText) -> None:
        super().__init__()
        is_open = note.voice is Voice.REMARK
        self._tone, self._ground = (Token.WARN, Token.WARN_BG) if is_open else (Token.OK, Token.OK_BG)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_12 + ICON_SMALL + SPACE_8, 3, SPACE_8, 3)
        row.addWidget(Label(f"**{note.lead}** {note.text}", Style(Type.CAPTION, tone=self._tone), wraps=True), 1)
        self.setMinimumHeight(tall(NOTE, metrics(Type.CAPTION), room=SPACE_8))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        label = self.findChild(QLabel)
        middle = label.geometry().center().y() + 0.5 if label else self.height() / 2
        with painting(self) as painter:
            box(painter, self.rect().toRectF(), fill=self._ground, radius=RADIUS_ROW)
            draw_icon(painter, "message-square-text", SPACE_12, middle - ICON_SMALL / 2, ICON_SMALL, self._tone)


class AlikeNote(Note):
    """Says that another household is like this one, opens it, or takes the reason why it is not the same."""

    look_wanted = Signal()

    def __init__(self, text: str, lead: str, *, small: bool) -> None:
        asks = say("Bukan, karena…") if small else say("Bukan duplikat, karena…")
        super().__init__(Weight.SOFT, text, asks=asks, lead=lead)
        look = Button(say("Buka"), Kind.LINK, keys=KEYS_ALIKE)
        look.setFocusPolicy(look.focusPolicy().NoFocus)
        look.clicked.connect(self.look_wanted)
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(1, look)


KEYS_ALIKE = ("Ctrl", "G")

AnyNote = Note | ConflictNote | RemarkNote


def made(note: NoteText, *, small: bool) -> AnyNote:
    """Return the widget of a note."""
    if note.voice in (Voice.REMARK, Voice.SETTLED):
        return RemarkNote(note)
    if note.voice is Voice.ALIKE:
        return AlikeNote(note.text, note.lead, small=small)
    if note.weight is None:
        return ConflictNote(note.text)
    return Note(note.weight, note.text, asks=say("Catatan…") if small else "", lead=note.lead)


def note_height(note: QWidget, width: int) -> int:
    """Return the height in logical pixels that a note takes in this width."""
    layout = note.layout()
    needed = layout.totalHeightForWidth(width) if layout and layout.hasHeightForWidth() else note.sizeHint().height()
    return ceil(max(needed, note.minimumHeight()))


def asks_reason(note: QWidget) -> bool:
    """Say whether a note has a field for a reason."""
    return isinstance(note, Note) and hasattr(note, "reason")


__all__ = ["AlikeNote", "AnyNote", "ConflictNote", "RemarkNote", "Weight", "asks_reason", "made", "note_height"]
