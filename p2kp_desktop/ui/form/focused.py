"""The one open question: its full wording, its help, and the editor, moved from question to question."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.actions.keying.offers import OfferingQuestion
from p2kp_desktop.actions.keying.record_keying import KeyedRow
from p2kp_desktop.language import say
from p2kp_desktop.schema import Choice, Question, Several
from p2kp_desktop.ui.form.field import AnswerField, side_of, step_of
from p2kp_desktop.ui.form.folded import echo, help_words, is_wide, offered_words
from p2kp_desktop.ui.form.offers import OfferList
from p2kp_desktop.ui.form.options import OptionList, Seeking
from p2kp_desktop.ui.kit.keycap import draw_hints, hints_width
from p2kp_desktop.ui.kit.labels import mark
from p2kp_desktop.ui.kit.option import Option
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.question import number_column
from p2kp_desktop.ui.kit.words import CAPTION, Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import (
    FIELD,
    LINE_STRONG,
    RADIUS_CARD,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    tall,
)
from p2kp_desktop.ui.look.tokens import Token

_FIGURE_FIELD, _IDENTITY_FIELD, _WIDE_FIELD = 150, 220, 460
_ASKED = Style(Type.TITLE, bold=True)
_HELP = Style(Type.CAPTION, tone=Token.TEXT2)


@dataclass(frozen=True)
class Room:
    """The width of the box, how far it stands out at the left, whether the window is small, options left out."""

    width: int
    overhang: int
    small: bool
    brief: bool = False


class FocusedQuestion(QWidget):
    """Shows a question and takes its answer: `chose` a letter, or `stepped` away with `text()` to be taken."""

    chose = Signal(str)
    stepped = Signal(int)
    sided = Signal(int)  # the number of an answer in conflict
    help_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field = AnswerField()
        self.field.setParent(self)
        self.field.stepped.connect(self.stepped)
        self.field.textEdited.connect(self._retell)
        self.field.sided.connect(self.sided)
        self.field.rings.connect(self._move_ring)
        self.offers = OfferList()
        self.offers.setParent(self)
        self.offers.picked.connect(lambda: self.stepped.emit(1))
        self.options = OptionList()
        self.options.setParent(self)
        self.options.chosen.connect(self.chose)
        self._row: KeyedRow | None = None
        self._room = Room(700, 10, small=False)
        self._help, self.offered = "", ""
        self._seeking = Seeking(self.options)

    def show_row(self, row: KeyedRow, *, helped: bool, small: bool) -> None:
        """Show this question; what stands in the field is replaced only by another answer or question."""
        question = row.question
        chooses = isinstance(question, Choice | Several) or question.kind == "standing"
        moved = self._row is None or self._row.question is not question
        if moved:
            self._seeking.end()
        if isinstance(question, Choice | Several):
            options = tuple(Option(option.letter, say(option.label)) for option in question.options)
            self.options.show_options(options, row.letters, small=small)
        elif chooses:
            self.options.show_options((), (), small=small)
        elif moved or self._row is None or self._row.text != row.text:
            self.field.setText(row.text)
            self.field.selectAll()
            self._show_offers(question, typed=False)
        self.field.has_list = isinstance(question, OfferingQuestion)
        self._row = row
        self.offered = offered_words(row)
        self._help = help_words(question) if helped else self.offered
        if chooses and self.field.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.options.setVisible(chooses)
        self.field.setVisible(not chooses)
        self.offers.setVisible(isinstance(question, OfferingQuestion))
        mark(self.field, "status", {"error": "err", "unusual": "unusual"}.get(row.state, ""))
        self._name(row, chooses=chooses)
        self.update()

    def lock(self, locked: bool) -> None:
        """Take no typing while the record is locked."""
        self.field.setReadOnly(locked)

    def _show_offers(self, question: Question[Any], *, typed: bool) -> None:
        """Show the known places below the field of an address."""
        if isinstance(question, OfferingQuestion):
            self.offers.show_known(question, self.field.text(), typed=typed)
            self.field.setAccessibleDescription(self.offers.words())
        self.field.setPlaceholderText(question.example if isinstance(question, OfferingQuestion) else "")

    def _move_ring(self, step: int) -> None:
        self.offers.move_ring(step)
        self.field.setAccessibleDescription(self.offers.words())
        self.update()

    def _name(self, row: KeyedRow, *, chooses: bool) -> None:
        named = f"{row.question.number or ''} {say(row.question.label)}".strip()
        self.setAccessibleName(named)
        self.setAccessibleDescription(row.shown)
        self.field.setAccessibleName("" if chooses else named)

    def give_focus(self) -> None:
        """Put the keyboard into the editor."""
        (self if self.field.isHidden() else self.field).setFocus(Qt.FocusReason.OtherFocusReason)

    def is_edited(self) -> bool:
        """Say whether the field holds something else than the answer that was taken."""
        return self._row is not None and not self.field.isHidden() and self.text() != self._row.text

    def text(self) -> str:
        """Return the text in the field, or that of the known place that has the ring."""
        taken = None if self.offers.isHidden() else self.offers.taken()
        return taken.text if taken else self.field.text()

    def take_back(self) -> None:
        """Put the taken answer into the field again."""
        self.field.setText(self._row.text if self._row else "")
        if self._row is not None:
            self._show_offers(self._row.question, typed=False)
        self.update()

    def arrange(self, room: Room) -> int:
        """Place the editor for a box of this width; return the box's height in logical pixels."""
        self._room = room
        left = self._text_left()
        top = self._body_top()
        width = room.width - left - SPACE_8
        if not self.options.isHidden():
            options_left = left - SPACE_4
            height = 0 if room.brief else self.options.arrange(room.width - options_left - SPACE_8)
            self.options.setGeometry(options_left, top, room.width - options_left - SPACE_8, height)
        else:
            height = tall(FIELD, metrics(), room=SPACE_8)
            self.field.setGeometry(left, top + SPACE_4, min(self._field_width(), width), height)
            height += SPACE_8 + (self._lines_below() * ceil(metrics().height()) if self._row else 0)
            if not self.offers.isHidden():
                known = self.offers.wanted_height()
                wide = width if self._is_wide() else min(_WIDE_FIELD, width)
                self.offers.setGeometry(left, top + height, wide, known)
                height += known
        return top + height + SPACE_8

    def _lines_below(self) -> int:
        """Return how many lines below the field say how a list is understood: it has no room beside it."""
        return 2 if self._row is not None and self._row.question.kind == "rt" else 0

    def _text_left(self) -> int:
        return self._room.overhang + number_column() + SPACE_12

    def _is_wide(self) -> bool:
        return self._row is not None and is_wide(self._row.question)

    def _field_width(self) -> int:
        if self._row is None or self._is_wide():
            return _WIDE_FIELD
        return _IDENTITY_FIELD if self._row.question.kind in ("identity", "place") else _FIGURE_FIELD

    def _asked(self) -> Words:
        label = say(self._row.question.label) if self._row else ""
        hint = 0 if self._room.small else self._hint_width() + SPACE_12
        return Words(label, _ASKED, self._room.width - self._text_left() - SPACE_12 - hint)

    def _hint_width(self) -> int:
        return hints_width(("F1",)) + SPACE_8 + int(metrics(Type.CAPTION).horizontalAdvance(say("petunjuk"))) + 1

    def _helped(self) -> Words | None:
        if not self._help:
            return None
        return Words(self._help, _HELP, self._room.width - self._text_left() - SPACE_12)

    def _body_top(self) -> int:
        top = SPACE_8 + self._asked().height + SPACE_4
        helped = self._helped()
        return int(top + (helped.height + SPACE_8 if helped else 0))

    def _retell(self) -> None:
        if self._row is not None:
            self._show_offers(self._row.question, typed=True)
        self.update()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Take Tab as the way to the next question; Qt calls this for a widget that was hidden, too."""
        if self.isVisible():
            self.stepped.emit(1 if forward else -1)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if self._seeking.is_on and plain and self._seeking.takes(event):
            if event.key() in ENTER:
                self._take_ringed()
            self.update()
            return
        step = step_of(event, arrows=False)
        if step or side_of(event):
            (self.stepped if step else self.sided).emit(step or side_of(event))
            return
        rings = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in rings and plain:
            self.options.move_ring(rings[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space and plain:
            self._take_ringed()
        elif plain and event.text().strip():
            if self._seeking.begins_with(event.text()):
                self.update()
            else:
                self.chose.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _take_ringed(self) -> None:
        option = self.options.ringed_option()
        if option is not None:
            self.chose.emit(option.letter)

    def end_seeking(self) -> bool:
        """Stop seeking an option by its wording; say whether anybody was."""
        self.update()
        return self._seeking.end()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._row is None:
            return
        with painting(self) as painter:
            around = self.rect().toRectF()
            box(painter, around, fill=Token.SUNKEN, line=Token.ACCENT, width=LINE_STRONG, radius=RADIUS_CARD)
            asked, left = self._asked(), self._text_left()
            first = QRectF(self._room.overhang, SPACE_8, number_column(), asked.height / asked.lines)
            Words(self._row.question.number or "", _ASKED).draw_in(painter, first, Qt.AlignmentFlag.AlignRight)
            asked.draw(painter, left, SPACE_8)
            helped = self._helped()
            if helped:
                helped.draw(painter, left, SPACE_8 + asked.height + SPACE_4)
            if self._seeking.is_on:
                self._seeking.paint(painter, first, self.width() - SPACE_12)
            elif not self._room.small:
                self._paint_hint(painter, first)
            if self.options.isHidden():
                self._paint_echo(painter)

    def _paint_hint(self, painter: QPainter, line: QRectF) -> None:
        spot = line.adjusted(0, 0, 0, 0)
        spot.moveLeft(self.width() - SPACE_12 - self._hint_width())
        draw_hints(painter, spot, ("F1",))
        Words(say("petunjuk"), CAPTION).draw_in(painter, spot.adjusted(hints_width(("F1",)) + SPACE_8, 0, 0, 0))

    def _paint_echo(self, painter: QPainter) -> None:
        """Paint the unit beside the field, and how the number or date is understood."""
        if self._row is None:
            return
        question = self._row.question
        at = self.field.geometry().toRectF()
        listed = "" if self.offers.isHidden() or self._is_wide() else self.offers.words()
        said = listed or echo(question, self.field.text()) or say(question.unit or "")
        style = Style(tone=Token.TEXT2)
        if self._lines_below():
            Words(said, style, self.width() - at.x() - SPACE_12).draw(painter, at.x(), at.bottom() + SPACE_4)
            return
        at.moveLeft(at.right() + SPACE_12)
        Words(said, style).draw_in(painter, at)
