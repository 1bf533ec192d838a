"""Two columns of answers beside what was asked; where they differ they are bold, and a mark says so."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

from p2kp_desktop.actions.quality.pair_view import PairAnswers
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.words import BODY, CAPTION, Style
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_12
from p2kp_desktop.ui.look.tokens import Token


class SideBySide(QScrollArea):
    """Shows lines under the headings of the two sides."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.texts: list[tuple[str, str, str]] = []

    def show_lines(self, heads: tuple[str, str], lines: Sequence[PairAnswers], above: str) -> None:
        """Show other lines, with a sentence above them."""
        page = QWidget()
        page.setProperty("surface", "none")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, SPACE_12, 0)
        grid.setHorizontalSpacing(SPACE_12)
        grid.setVerticalSpacing(SPACE_4)
        for column, share in enumerate((3, 5, 5)):
            grid.setColumnStretch(column, share)
        self.texts = [(line.asked, line.left, line.right) for line in lines]
        grid.addWidget(_wrapping(above, SECONDARY), 0, 0, 1, 3)
        for column, words in enumerate(heads, start=1):
            grid.addWidget(_wrapping(words, Style(bold=True, tone=Token.ACCENT_TEXT)), 1, column)
        for row, line in enumerate(lines, start=2):
            grid.addWidget(_wrapping(f"≠ {line.asked}" if line.differs else line.asked, CAPTION), row, 0)
            style = Style(bold=True) if line.differs else BODY
            grid.addWidget(_wrapping(line.left, style), row, 1)
            grid.addWidget(_wrapping(line.right, style), row, 2)
        grid.setRowStretch(len(lines) + 2, 1)
        self.setWidget(page)

    def show_nothing(self) -> None:
        """Show no pair."""
        self.texts = []
        self.setWidget(Label(say("Pilih satu baris di kiri."), SECONDARY))


def _wrapping(words: str, style: Style) -> Label:
    label = Label(words, style, wraps=True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    label.setMinimumWidth(0)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
