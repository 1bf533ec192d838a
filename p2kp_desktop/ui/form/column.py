"""The column of questions: folded rows that are painted, the open one, their notes. It moves, the eye does not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.actions.keying.record_keying import KeyedRow
from p2kp_desktop.actions.review.comments import Thread
from p2kp_desktop.ui.form.decision import Decision
from p2kp_desktop.ui.form.focused import FocusedQuestion, Room
from p2kp_desktop.ui.form.folded import NoteText, folded, section_name
from p2kp_desktop.ui.form.notes import AlikeNote, AnyNote, ConflictNote, RemarkNote, asks_reason, made, note_height
from p2kp_desktop.ui.form.threads import ThreadPanel
from p2kp_desktop.ui.kit.labels import CAPTION, CARD_TITLE, Label, surface
from p2kp_desktop.ui.kit.layouts import down
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
    told_apart = Signal(str, str)  # another household, and why it is not this one
    look_wanted = Signal(str)  # at another household

    def __init__(self) -> None:
        super().__init__()
        surface(self, Token.PANEL)
        self._content = QWidget(self)
        self.focused = FocusedQuestion()
        self.focused.setParent(self._content)
        self.focused.hide()
        self.decision = Decision()
        self.decision.setParent(self._content)
        self.decision.hide()
        self.decision.entered.connect(self.arrange)
        self.panel = ThreadPanel()
        self.panel.setParent(self._content)
        self.panel.hide()
        self.panel.entered.connect(self.arrange)
        self._opening: QWidget | None = None
        self._where: Label | None = None
        self._heads: dict[str, list[QWidget]] = {}
        self._rows: dict[str, QuestionRow] = {}
        self._notes: dict[str, list[tuple[NoteText, AnyNote]]] = {}
        self._heights: dict[QWidget, tuple[object, int]] = {}
        self._order: list[KeyedRow] = []
        self._focus = ""
        self._small = False

    def show_opening(self, title: str, sentence: str) -> None:
        """Show above the first question which form this is and where the record stands."""
        if self._opening is not None:
            self._opening.deleteLater()
        self._opening = QWidget(self._content)
        self._where = Label(sentence, CAPTION, wraps=True)
        down(
            Label(title, CARD_TITLE, wraps=True), self._where, into=self._opening, gap=SPACE_4, margins=(0, SPACE_12),
        )
        self._opening.show()

    def name_place(self, sentence: str) -> None:
        """Show where the record stands now."""
        if self._where is not None and self._where.text() != sentence:
            self._where.say(sentence)

    def show_rows(
        self, rows: Sequence[KeyedRow], focus: str, notes: Mapping[str, list[NoteText]], *, helped: bool, small: bool
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
        self._show_open(next((row for row in rows if row.question.key == focus), None), helped=helped)
        self.arrange()

    def show_thread(self, question: str, thread: Thread | None, remark: str, note: str) -> None:
        """Show what was said about the open question; nothing where nothing was and nothing is to be."""
        self.panel.show_thread(question, thread, remark, note, small=self._small)
        self.panel.setVisible(self.panel.is_wanted())

    def _show_open(self, row: KeyedRow | None, *, helped: bool) -> None:
        """Open this question, and below it what several people answered."""
        self.focused.setVisible(row is not None)
        if row is not None:
            self.focused.show_row(row.in_hand(), helped=helped, small=self._small)
        if row is not None and row.conflict:
            self.decision.show_row(row)
        self.decision.setVisible(row is not None and bool(row.conflict))

    def reason_fields(self, key: str) -> list[QWidget]:
        """Return where something is written about a question: a decision, reasons, an answer to a comment."""
        found: list[QWidget] = [self.decision.reason] if not self.decision.isHidden() else []
        found += [note.reason for _, note in self._notes.get(key, []) if isinstance(note, Note) and asks_reason(note)]
        return found + ([self.panel.field] if not self.panel.isHidden() else [])

    def reason_has_focus(self) -> bool:
        """Say whether somebody is writing such a reason."""
        notes = (note for notes in self._notes.values() for _, note in notes)
        return self.is_writing() or any(note.isAncestorOf(self.focusWidget()) for note in notes)

    def is_writing(self) -> bool:
        """Say whether somebody is writing the reason of a decision or a comment."""
        return self.is_deciding() or self.is_remarking()

    def is_remarking(self) -> bool:
        """Say whether somebody is writing a comment."""
        return self.panel.isVisible() and self.panel.field.hasFocus()

    def is_deciding(self) -> bool:
        """Say whether somebody is writing the reason of a decision."""
        return self.decision.isVisible() and self.decision.reason.hasFocus()

    def _answer_width(self) -> int:
        return ANSWER_COLUMN_SMALL if self._small else ANSWER_COLUMN

    def _make_rows(self, rows: Sequence[KeyedRow]) -> None:
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

    def _note(self, key: str, text: NoteText) -> AnyNote:
        note = made(text, small=self._small)
        note.setParent(self._content)
        if isinstance(note, ConflictNote):
            note.settling_wanted.connect(lambda: self.opened.emit(key))
        elif isinstance(note, RemarkNote):
            note.opened.connect(lambda: self.opened.emit(key))
        elif isinstance(note, AlikeNote):
            note.look_wanted.connect(lambda: self.look_wanted.emit(text.about))
            note.explained.connect(lambda reason: self.told_apart.emit(text.about, reason))
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
                box = self._place_below(box)
                top = box.bottom() + 1 + SPACE_8
            else:
                widget = self._rows[key]
                top = self._place(widget, margin, top, width, self._height(widget, width))
            for _, note in self._notes.get(key, []):
                indent = number_column()
                height = note_height(note, width - indent)
                top = self._place(note, margin + indent, top + SPACE_4, width - indent, height) + SPACE_4
                if key == self._focus:
                    box.setBottom(top)
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
        height = self.focused.arrange(room)
        below = self.decision if self.is_deciding() else self.panel if self.is_remarking() else None
        if below is not None and height + below.arrange(room.width) > self.height() - SPACE_20:
            height = self.focused.arrange(replace(room, brief=True))  # what may be chosen matters less now
        box = QRect(QPoint(margin - overhang, top), QSize(room.width, height))
        self.focused.setGeometry(box)
        return box

    def _place_below(self, box: QRect) -> QRect:
        """Place the answers in conflict and the comments under the open question; return the room of all."""
        for below in (self.decision, self.panel):
            if not below.isHidden():
                height = below.arrange(box.width())
                below.setGeometry(box.x(), box.bottom() + 1 + SPACE_4, box.width(), height)
                box = box.adjusted(0, 0, 0, SPACE_4 + height)
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
        highest = lowest if self.is_writing() else SPACE_8  # while the reason is written, it is what must be seen
        return max(min(wanted, lowest), min(highest, SPACE_8)) - box.top()

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
