"""The history of one answer, in the right column while it is open."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.actions.keying.answer_history import AnswerStep
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.keycap import draw_hints, hints_width
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.words import BODY, CAPTION, Style, Words
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.ui.look.tokens import Token


class Past(QWidget):
    """Who gave this answer when, before and after, the latest first."""

    def __init__(self) -> None:
        super().__init__()
        self._number = ""
        self._steps: tuple[AnswerStep, ...] = ()

    def show_steps(self, number: str, steps: Sequence[AnswerStep]) -> None:
        """Show the changes of the answer to the question with this number."""
        self._number, self._steps = number, tuple(steps)
        self.setAccessibleName("; ".join(f"{written.moment(s.time)} {s.person}: {_words(s)}" for s in steps))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        line = QRectF(0, 0, self.width(), 20)
        with painting(self) as painter:
            Words(say("Riwayat {number}", number=self._number), Style(bold=True)).draw_in(painter, line)
            close = Words(say("tutup"), CAPTION)
            left = self.width() - close.width
            close.draw_in(painter, line.adjusted(left, 0, 0, 0))
            draw_hints(painter, line.adjusted(left - SPACE_8 - hints_width(("Esc",)), 0, 0, 0), ("Esc",))
            top = 30.0
            if not self._steps:
                Words(say("Jawaban ini belum pernah disimpan."), CAPTION, self.width()).draw(painter, 0, top)
            for step in self._steps:
                for text, style in ((_words(step), BODY), (f"{step.person} · {written.moment(step.time)}", CAPTION),
                                    (step.reason, CAPTION)):
                    if text:
                        said = Words(text, style, self.width())
                        said.draw(painter, 0, top)
                        top += said.height
                box(painter, QRectF(0, top + 5, self.width(), 1), fill=Token.LINE)
                top += 12


def _words(step: AnswerStep) -> str:
    after = f"**{say(step.after)}**"
    return f"{say(step.before)} → {after}" if step.before else after
