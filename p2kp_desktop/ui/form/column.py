"""The column of questions: folded rows that are painted, the open one, their notes. It moves, the eye does not."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.keying import Row
from p2kp_desktop.ui.form.focused import FocusedQuestion, Room
from p2kp_desktop.ui.form.folded import NoteText, folded, section_name
from p2kp_desktop.ui.form.notes import ConflictNote, made, note_height
from p2kp_desktop.ui.kit.labels import CAPTION, CARD_TITLE, Label, surface
from p2kp_desktop.ui.kit.note import Note
from p2kp_desktop.ui.kit.question import QuestionRow, SectionHead, number_column
from p2kp_desktop.ui.look.measures import (
    ANSWER_COLUMN,
    ANSWER_COLUMN_SMALL,
    QUESTION_ROW,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_20,
)
from p2kp_desktop.ui.look.tokens import Token

_AT, _AT_SMALL = 0.6, 1 / 3  # where the focused question stands in the column


class Column(QWidget):
    """Shows the rows of a form around the question in focus."""

    opened = Signal(str)
    explained = Signal(str, str)
    settling_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        surface(self, Token.PANEL)
        self._content = QWidget(self)
        self.focused = FocusedQuestion()
        self.focused.setParent(self._content)
        self.focused.hide()
        self._opening: QWidget | None = None
        self._heads: dict[str, list[QWidget]] = {}
        self._rows: dict[str, QuestionRow] = {}
        self._notes: dict[str, list[tuple[NoteText, Note | ConflictNote]]] = {}
        self._heights: dict[QWidget, tuple[object, int]] = {}
        self._order: list[Row] = []
        self._focus = ""
        self._small = False

    def show_opening(self, title: str, sentence: str) -> None:
        """Show above the first question which form this is and where the record stands."""
        if self._opening is not None:
            self._opening.deleteLater()
        self._opening = QWidget(self._content)
        lines = QVBoxLayout(self._opening)
        lines.setContentsMargins(0, SPACE_12, 0, SPACE_12)
        lines.setSpacing(SPACE_4)
        lines.addWidget(Label(title, CARD_TITLE, wraps=True))
        lines.addWidget(Label(sentence, CAPTION, wraps=True))
        self._opening.show()

    def show_rows(
        self, rows: Sequence[Row], focus: str, notes: Mapping[str, list[NoteText]], *, helped: bool, small: bool
    ) -> None:
        """Show these rows with the question `focus` open."""
        if [row.question.key for row in rows] != list(self._rows) or small != self._small:
            self._small = small
            self._make_rows(rows)
        width = self._answer_width()
        before = {row.question.key: row for row in self._order}
        for row in rows:
            key = row.question.key
            if row != before.get(key):
                self._rows[key].show_question(folded(row, width))
                self._heights.pop(self._rows[key], None)
            self._rows[key].setVisible(key != focus)
            self._show_notes(key, notes.get(key, []))
        self._order, self._focus = list(rows), focus
        open_row = next((row for row in rows if row.question.key == focus), None)
        self.focused.setVisible(open_row is not None)
        if open_row is not None:
            self.focused.show_row(open_row, helped=helped, small=small)
        self.arrange()

    def reason_field(self, key: str) -> QWidget | None:
        """Return where the reason for the unlikely answer to a question is written."""
        return next((note.reason for _, note in self._notes.get(key, []) if hasattr(note, "reason")), None)

    def reason_has_focus(self) -> bool:
        """Say whether somebody is writing such a reason."""
        return any(note.isAncestorOf(self.focusWidget()) for notes in self._notes.values() for _, note in notes)

    def _answer_width(self) -> int:
        return ANSWER_COLUMN_SMALL if self._small else ANSWER_COLUMN

    def _make_rows(self, rows: Sequence[Row]) -> None:
        gone = [*self._rows.values(), *(head for heads in self._heads.values() for head in heads)]
        for widget in [*gone, *(note for notes in self._notes.values() for _, note in notes)]:
            widget.hide()
            widget.deleteLater()
        self._rows, self._heads, self._notes, self._heights, self._order = {}, {}, {}, {}, []
        section = None
        for row in rows:
            key = row.question.key
            if row.question.section is not section:
                section = row.question.section
                self._heads[key] = [SectionHead(*section_name(section.title))] if section.title else []
            widget = self._rows[key] = QuestionRow(folded(row, self._answer_width()), self._answer_width())
            widget.opened.connect(lambda key=key: self.opened.emit(key))
            for made_here in [*self._heads.get(key, []), widget]:
                made_here.setParent(self._content)
                made_here.show()

    def _show_notes(self, key: str, wanted: list[NoteText]) -> None:
        present = self._notes.get(key, [])
        if [text for text, _ in present] == wanted:
            return
        for _, note in present:
            note.hide()
            note.deleteLater()
        self._notes[key] = [(text, self._note(key, text)) for text in wanted]

    def _note(self, key: str, text: NoteText) -> Note | ConflictNote:
        note = made(text, small=self._small)
        note.setParent(self._content)
        if isinstance(note, ConflictNote):
            note.settling_wanted.connect(lambda: self.settling_wanted.emit(key))
        else:
            note.explained.connect(lambda reason: self.explained.emit(key, reason))
        note.show()
        return note

    def arrange(self) -> None:
        """Place everything so that the top edge of the focused question keeps its place."""
        margin = SPACE_12 if self._small else SPACE_20
        width = self.width() - 2 * margin
        if width <= number_column() + self._answer_width():
            return
        top = self._place_opening(margin, width)
        box = QRect()
        for row in self._order:
            key = row.question.key
            for head in self._heads.get(key, []):
                top = self._place(head, margin, top, width, head.sizeHint().height())
            if key == self._focus:
                box = self._place_box(margin, top + SPACE_8, width)
                top = box.bottom() + 1 + SPACE_8
            else:
                widget = self._rows[key]
                top = self._place(widget, margin, top, width, self._height(widget, width))
            for _, note in self._notes.get(key, []):
                indent = number_column()
                height = note_height(note, width - indent)
                top = self._place(note, margin + indent, top + SPACE_4, width - indent, height) + SPACE_4
        top += SPACE_20
        self._content.setGeometry(0, self._scrolled_to(box, top), self.width(), top)

    def _place_opening(self, margin: int, width: int) -> int:
        if self._opening is None:
            return 0
        layout = self._opening.layout()
        height = layout.totalHeightForWidth(width) if layout else 0
        return self._place(self._opening, margin, 0, width, height)

    @staticmethod
    def _place(widget: QWidget, left: int, top: int, width: int, height: int) -> int:
        widget.setGeometry(left, top, width, height)
        return top + height

    def _place_box(self, margin: int, top: int, width: int) -> QRect:
        overhang = margin // 2
        room = Room(width + overhang, overhang, self._small)
        box = QRect(QPoint(margin - overhang, top), QSize(room.width, self.focused.arrange(room)))
        self.focused.setGeometry(box)
        return box

    def _height(self, row: QuestionRow, width: int) -> int:
        known, height = self._heights.get(row, (None, 0))
        if known != width:
            height = row.heightForWidth(width)
            self._heights[row] = (width, height)
        return height

    def _scrolled_to(self, box: QRect, total: int) -> int:
        """Return where the content starts: the box at its place, higher only where it would not fit below."""
        if box.isEmpty():
            return min(0, max(self._content.y(), self.height() - total))
        wanted = round(self.height() * (_AT_SMALL if self._small else _AT))
        lowest = self.height() - box.height() - SPACE_4
        return max(min(wanted, lowest), SPACE_8) - box.top()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Look around with the wheel; the next key brings the question back to its place."""
        lowest = self.height() - self._content.height()
        step = event.angleDelta().y() // 120 * 3 * QUESTION_ROW
        self._content.move(0, max(min(self._content.y() + step, max(self.height() // 2, 0)), min(lowest, 0)))
        event.accept()

    def rows_in_sight(self) -> list[str]:
        """Return the keys of the questions that are wholly visible, the open one among them."""
        seen = self.rect().translated(-self._content.pos())
        inside = {key: row.geometry() for key, row in self._rows.items() if key != self._focus}
        inside[self._focus] = self.focused.geometry()
        return [row.question.key for row in self._order if seen.contains(inside[row.question.key])]

    def box_top(self) -> int:
        """Return where the upper edge of the open question stands in the column."""
        return self._content.y() + self.focused.y()

    @override
    def sizeHint(self) -> QSize:
        return QSize(782, 532)

    def give_focus(self) -> None:
        """Put the keyboard into the open question."""
        self.focused.give_focus()
