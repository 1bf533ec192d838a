"""The lines of a meeting's sheet: each a button that opens its record, with wrapped words and figures at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from p2kp_desktop.ui.kit.painting import box, draw_icon, painting, ring, rule
from p2kp_desktop.ui.kit.pressable import Pressable
from p2kp_desktop.ui.kit.words import UNBOUNDED, Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import ICON_SMALL, RADIUS_CHECK, RADIUS_ROW, SPACE_4, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

_NOTE = Style(Type.CAPTION, tone=Token.TEXT2)
_LEAST = 120  # logical pixels that the words keep beside the figures


@dataclass(frozen=True)
class Said:
    """What a line says: words, a note below them, figures at the right, each as wide as `wide` asks (0: as it needs).

    `form` and `record` are what Enter opens; a line without a form is a head or a sum and is not reached. One that is
    `inside` stands under the line before it.
    """

    title: str
    note: str = ""
    figures: tuple[str, ...] = ()
    icon: str = ""
    tone: Token = Token.TEXT2
    form: str = ""
    record: str = ""
    bold: bool = False
    wide: int = 0
    size: Type = Type.BODY
    figure_tone: Token = Token.TEXT2
    inside: bool = False


class SheetRow(Pressable):
    """One line; the arrow keys are left to the sheet."""

    reached = Signal()

    def __init__(self, said: Said) -> None:
        super().__init__("")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_said(said)

    def show_said(self, said: Said) -> None:
        """Show other words."""
        self.said = said
        spoken = ". ".join(part.strip(" .") for part in (said.title, said.note, ", ".join(said.figures)) if part)
        self.setAccessibleName(spoken)
        self.setEnabled(bool(said.form))
        self.updateGeometry()
        self.update()

    def _figures(self) -> list[Words]:
        said = self.said
        style = Style(Type.CAPTION, bold=said.bold and len(said.figures) > 1, tone=said.figure_tone)
        return [Words(figure, style) for figure in said.figures]

    def _at_right(self) -> float:
        figures = self._figures()
        return sum(max(words.width, self.said.wide) + SPACE_8 for words in figures)

    def _left(self) -> int:
        return self._inset() + (ICON_SMALL + SPACE_8 if self.said.icon else 0)

    def _inset(self) -> int:
        return SPACE_8 + (ICON_SMALL + SPACE_8 if self.said.inside else 0)

    def _words(self, width: float) -> tuple[Words, Words]:
        said = self.said
        room = max(width - self._left() - self._at_right() - SPACE_8, _LEAST)
        title = Style(said.size, bold=said.bold, tone=Token.TEXT if said.form or said.bold else Token.TEXT3)
        return Words(said.title, title, room), Words(said.note, _NOTE, room)

    def _height(self, width: float) -> float:
        title, note = self._words(width)
        return title.height + (note.height if self.said.note else 0) + SPACE_8

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width() + SPACE_12, ceil(self._height(UNBOUNDED)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(ceil(self._left() + _LEAST + self._at_right() + SPACE_8), SPACE_8)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return ceil(self._height(width))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        title, note = self._words(rect.width())
        with painting(self) as painter:
            if self.lit:
                box(painter, rect, fill=Token.SUNKEN, radius=RADIUS_ROW)
            else:
                rule(painter, rect)
            first = QRectF(0, SPACE_4, rect.width() - SPACE_8, title.height / title.lines)
            if self.said.icon:
                middle = first.center().y() - ICON_SMALL / 2
                draw_icon(painter, self.said.icon, self._inset(), middle, ICON_SMALL, self.said.tone)
            title.draw(painter, self._left(), SPACE_4)
            if self.said.note:
                note.draw(painter, self._left(), SPACE_4 + title.height)
            right = first.right()
            for words in reversed(self._figures()):
                spot = QRectF(right - words.width, first.y(), words.width, first.height())
                words.draw_in(painter, spot)
                right -= max(words.width, self.said.wide) + SPACE_8
            if self.hasFocus():
                ring(painter, rect, RADIUS_CHECK)


def step(columns: Sequence[Sequence[SheetRow]], row: SheetRow, key: Qt.Key) -> SheetRow | None:
    """Return where an arrow key leads: along a column, or to the line of the other column that stands beside."""
    here = next((place for place, column in enumerate(columns) if row in column), 0)
    column = columns[here]
    if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        wanted = list(column).index(row) + (1 if key == Qt.Key.Key_Down else -1)
        return column[wanted] if 0 <= wanted < len(column) else None
    there = here + (1 if key == Qt.Key.Key_Right else -1)
    if not 0 <= there < len(columns) or not columns[there]:
        return None
    top = row.mapToGlobal(row.rect().topLeft()).y()
    return min(columns[there], key=lambda each: abs(each.mapToGlobal(each.rect().topLeft()).y() - top))
