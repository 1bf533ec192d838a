"""The equation of a received bundle: read = new + updated + there already + older + conflict + waiting + rejected."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.painting import icon_in, painting
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import ICON_TEXT, SPACE_4, SPACE_8, SPACE_16, SPACE_20
from p2kp_desktop.ui.look.tokens import Token


@dataclass(frozen=True)
class Equation:
    """How many records were read, and what became of them."""

    read: int
    new: int
    updated: int
    there_already: int
    older: int
    conflict: int
    rejected: int
    held: int = 0  # of those that were neither taken in nor refused: they wait for a person


@dataclass(frozen=True)
class _Term:
    figure: Words
    word: Words
    icon: str
    tone: Token
    word_tone: Token

    @property
    def width(self) -> float:
        return max(self.figure.width, ICON_TEXT + SPACE_8 - 2 + self.word.width)


def _terms(equation: Equation) -> list[_Term]:
    held = [_term(equation.held, say("menunggu keputusan"), "circle-dashed", Token.WARN)] if equation.held else []
    return [
        _term(equation.read, say("dibaca"), "file-spreadsheet", Token.TEXT),
        _term(equation.new, say("baru"), "plus", Token.ACCENT_TEXT),
        _term(equation.updated, say("diperbarui"), "pencil-line", Token.ACCENT_TEXT),
        _term(equation.there_already, say("sudah ada"), "equal", Token.TEXT),
        _term(equation.older, say("lebih lama"), "history", Token.TEXT),
        _term(equation.conflict, say("konflik"), "git-compare", Token.CONF),
        *held,
        _term(equation.rejected, say("ditolak"), "ban", Token.WARN),
    ]


def _term(number: int, word: str, icon: str, tone: Token) -> _Term:
    tone = tone if number else Token.TEXT3
    word_tone = Token.TEXT2 if tone is Token.TEXT else tone
    figure = Words(written.number(number), Style(Type.FIGURE, bold=True, tone=tone))
    return _Term(figure, Words(word, Style(Type.CAPTION, tone=word_tone)), icon, tone, word_tone)


class EquationBar(QWidget):
    """All terms, those that are zero in grey; what waits for a person only where anything does."""

    def __init__(self, equation: Equation) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_equation(equation)

    def show_equation(self, equation: Equation) -> None:
        """Show other figures."""
        self._equation = equation
        first, *others = (f"{term.figure.text} {term.word.text}" for term in _terms(equation))
        self.setAccessibleName(f"{first} = {' + '.join(others)}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        terms = _terms(self._equation)
        signs = (len(terms) - 1) * SPACE_20
        gaps = (2 * len(terms) - 1) * SPACE_8
        width = sum(term.width for term in terms) + signs + gaps + 2 * SPACE_16
        return QSize(ceil(width), ceil(terms[0].figure.height + terms[0].word.height + SPACE_8))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        terms = _terms(self._equation)
        signs = len(terms) - 1
        used = sum(term.width for term in terms) + signs * SPACE_20 + 2 * SPACE_16
        gap = (self.width() - used) / (2 * signs)
        x = float(SPACE_16)
        with painting(self) as painter:
            for place, term in enumerate(terms):
                if place:
                    sign = Words("=" if place == 1 else "+", Style(Type.PAGE, tone=Token.TEXT3))
                    sign.draw_in(painter, QRectF(x + gap, 0, SPACE_20, self.height()), Qt.AlignmentFlag.AlignHCenter)
                    x += 2 * gap + SPACE_20
                self._paint_term(painter, term, x)
                x += term.width

    def _paint_term(self, painter: QPainter, term: _Term, x: float) -> None:
        top = (self.height() - term.figure.height - term.word.height) / 2
        column = QRectF(x, top, term.width, term.figure.height)
        term.figure.draw_in(painter, column, Qt.AlignmentFlag.AlignHCenter)
        below = QRectF(x, column.bottom(), term.width, term.word.height)
        spare = term.width - ICON_TEXT - SPACE_4 - 2 - term.word.width
        icon_in(painter, term.icon, below.adjusted(spare / 2, 0, 0, 0), ICON_TEXT, term.word_tone)
        term.word.draw_in(painter, below.adjusted(spare / 2 + ICON_TEXT + SPACE_4 + 2, 0, 0, 0))
