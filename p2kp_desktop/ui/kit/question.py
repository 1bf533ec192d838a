"""A question folded to one line: number, text and answer, painted so that a form of many stays light."""

from dataclasses import dataclass
from enum import Enum
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.keycap import Cap, cap_side, draw_keycap
from p2kp_desktop.ui.kit.painting import box, icon_in, painting, rule
from p2kp_desktop.ui.kit.words import Style, Words, plain
from p2kp_desktop.ui.look.lettering import Type, measured, metrics
from p2kp_desktop.ui.look.measures import (
    ANSWER_COLUMN,
    FIELD_IN_ROW,
    ICON_SMALL,
    NUMBER_COLUMN,
    QUESTION_ROW,
    RADIUS_ROW,
    SECTION_HEAD,
    SPACE_8,
    SPACE_12,
    tall,
)
from p2kp_desktop.ui.look.tokens import Token

_FIELD_LEAST = 44  # width of a field in a row
_ROOM = 11  # above and below wrapped text together, beyond the air in its lines


class State(Enum):
    """How a folded question stands."""

    ANSWERED = "answered"
    COMPUTED = "computed"
    WAITING = "waiting"
    SKIPPED = "skipped"
    ERROR = "error"
    UNUSUAL = "unusual"


@dataclass(frozen=True)
class FoldedQuestion:
    """What a folded question shows.

    `letters` are the keycaps of the answer: those chosen, or all of them while it waits. `field` is what stands in
    the box of a typed answer, None when there is no box. `answer` is the text after them: the option's words, a
    unit, a computed value, or why it is skipped.
    """

    number: str
    text: str
    state: State
    letters: tuple[str, ...] = ()
    field: str | None = None
    answer: str = ""


_FIELD_LINES = {
    State.ERROR: (Token.ERR, 2),
    State.UNUSUAL: (Token.WARN_LINE, 2),
    State.WAITING: (Token.LINE, 1),
    State.SKIPPED: (Token.LINE, 1),
}
_STATE_ICONS = {State.COMPUTED: "calculator", State.SKIPPED: "skip-forward"}
_ANSWER_TONES = {State.COMPUTED: Token.TEXT2, State.WAITING: Token.TEXT3, State.SKIPPED: Token.TEXT3}


@measured
def number_column() -> int:
    """Return the width of the column of numbers, wide enough for 88b."""
    return max(NUMBER_COLUMN, ceil(metrics(bold=True).horizontalAdvance("88b")))


def question_height(question: FoldedQuestion, width: float, answer_width: float = ANSWER_COLUMN) -> int:
    """Return the height in logical pixels of a folded question in a column this wide."""
    text, answer = _laid_out(question, width, answer_width)
    return ceil(max(QUESTION_ROW, text.height + _ROOM, answer.height + _ROOM, cap_side(in_row=True) + SPACE_8))


def paint_question(
    painter: QPainter, rect: QRectF, question: FoldedQuestion, answer_width: float = ANSWER_COLUMN
) -> None:
    """Paint a folded question into `rect`, with a line below."""
    skipped = question.state is State.SKIPPED
    text, answer = _laid_out(question, rect.width(), answer_width)
    number = Words(question.number, Style(bold=not skipped, tone=Token.TEXT3 if skipped else Token.TEXT))
    column = number_column()
    first = QRectF(rect.x(), rect.y() + (rect.height() - text.height) / 2, column, text.height / text.lines)
    number.draw_in(painter, first, Qt.AlignmentFlag.AlignRight)
    text.draw(painter, rect.x() + column + SPACE_12, rect.y() + (rect.height() - text.height) / 2)
    _paint_answer(painter, rect.adjusted(rect.width() - answer_width, 0, 0, 0), question, answer)
    rule(painter, rect)


def _laid_out(question: FoldedQuestion, width: float, answer_width: float) -> tuple[Words, Words]:
    skipped = question.state is State.SKIPPED
    text_width = width - number_column() - SPACE_12 * 2 - answer_width
    text = Words(question.text, Style(tone=Token.TEXT3 if skipped else Token.TEXT2), text_width)
    tone = _ANSWER_TONES.get(question.state, Token.TEXT)
    return text, Words(question.answer, Style(tone=tone), answer_width - _before_answer(question))


def _before_answer(question: FoldedQuestion) -> float:
    """Return the width of what stands before the answer's words."""
    if question.state in _STATE_ICONS:
        return ICON_SMALL + SPACE_8
    caps = len(question.letters) * (cap_side(in_row=True) + SPACE_8)
    field = 0 if question.field is None else _field_width(question.field) + SPACE_8
    return caps + field


def _field_width(text: str) -> float:
    return max(_FIELD_LEAST, ceil(metrics(bold=True).horizontalAdvance(text)) + 2 * SPACE_8)


def _paint_answer(painter: QPainter, rect: QRectF, question: FoldedQuestion, answer: Words) -> None:
    if question.state in _STATE_ICONS:
        icon_in(painter, _STATE_ICONS[question.state], rect, ICON_SMALL, _ANSWER_TONES[question.state])
    else:
        _paint_keycaps(painter, rect, question)
        _paint_field(painter, rect, question)
    answer.draw_in(painter, rect.adjusted(_before_answer(question), 0, 0, 0))


def _paint_keycaps(painter: QPainter, rect: QRectF, question: FoldedQuestion) -> None:
    side = cap_side(in_row=True)
    state = Cap.WAITING if question.state is State.WAITING else Cap.CHOSEN
    for place, letter in enumerate(question.letters):
        x = rect.x() + place * (side + SPACE_8)
        draw_keycap(painter, QRectF(x, round(rect.center().y() - side / 2), side, side), letter, state)


def _paint_field(painter: QPainter, rect: QRectF, question: FoldedQuestion) -> None:
    if question.field is None:
        return
    line, width = _FIELD_LINES.get(question.state, (Token.LINE2, 1))
    height = tall(FIELD_IN_ROW, metrics(bold=True))
    x = rect.x() + len(question.letters) * (cap_side(in_row=True) + SPACE_8)
    around = QRectF(x, round(rect.center().y() - height / 2), _field_width(question.field), height)
    box(painter, around, fill=Token.PANEL, line=line, width=width, radius=RADIUS_ROW)
    inner = around.adjusted(SPACE_8, 0, -SPACE_8, 0)
    Words(question.field, Style(bold=True)).draw_in(painter, inner, Qt.AlignmentFlag.AlignRight)


class QuestionRow(QWidget):
    """A folded question as a row of the form; a click asks to open it."""

    opened = Signal()

    def __init__(self, question: FoldedQuestion, answer_width: int = ANSWER_COLUMN) -> None:
        super().__init__()
        self._question, self._answer_width = question, answer_width
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_question(question)

    def show_question(self, question: FoldedQuestion) -> None:
        """Show another state of the question."""
        self._question = question
        self.setAccessibleName(f"{question.number} {plain(question.text)}")
        self.setAccessibleDescription(" ".join([*question.letters, question.field or "", plain(question.answer)]))
        self.updateGeometry()
        self.update()

    def show_answer_width(self, width: int) -> None:
        """Give the answer column another width in logical pixels."""
        self._answer_width = width
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = max(self.width(), self.minimumSizeHint().width())
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(number_column() + SPACE_12 * 2 + self._answer_width + 2 * NUMBER_COLUMN, QUESTION_ROW)

    @override
    def heightForWidth(self, width: int) -> int:
        return question_height(self._question, width, self._answer_width)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.opened.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            if self.underMouse():
                box(painter, self.rect().toRectF(), fill=Token.SUNKEN)
            paint_question(painter, self.rect().toRectF(), self._question, self._answer_width)


class SectionHead(QWidget):
    """The head of a section of the form: its code and its name over a strong line."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__()
        self._code, self._name = code, name
        self.setAccessibleName(f"{code} {name}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        name = metrics(Type.CAPTION, bold=True).horizontalAdvance(self._name)
        height = tall(SECTION_HEAD, metrics(Type.CAPTION, bold=True), room=SPACE_8)
        return QSize(number_column() + SPACE_8 + ceil(name), height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        style = Style(Type.CAPTION, bold=True, tone=Token.TEXT2)
        rect = self.rect().toRectF()
        column = number_column()
        with painting(self) as painter:
            code = QRectF(0, 0, column, rect.height())
            Words(self._code, style).draw_in(painter, code, Qt.AlignmentFlag.AlignRight)
            Words(self._name, style).draw_in(painter, rect.adjusted(column + SPACE_8, 0, 0, 0))
            rule(painter, rect, Token.LINE2)
