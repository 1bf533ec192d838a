"""The head of the form: which record this is, how far it is, whether it is on disk, and the one primary button."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.ui.form.viewing import Standing
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.cells import ProgressCells
from p2kp_desktop.ui.kit.chip import chip_size, draw_chip
from p2kp_desktop.ui.kit.painting import draw_icon, painting, rule
from p2kp_desktop.ui.kit.words import CAPTION, Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import FORM_HEAD, FORM_HEAD_SMALL, ICON_SMALL, SPACE_8, SPACE_12, SPACE_20, SPACE_28
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token

_CELLS, _TITLE_PERCENT = 14, 27


@dataclass(frozen=True)
class Disk:
    """Whether what is typed is on disk: icon, colour, the words, and fewer words for where those do not fit."""

    icon: str
    tone: Token
    words: str
    brief: str = ""


class Head(QWidget):
    """Title and sub line at the left, progress in the middle, the button at the right."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._standing = Standing("", "", (), None, "")
        self._disk: Disk | None = None
        self._small = False
        self._laid_out: tuple[tuple[str, str, int], tuple[Words, Words]] | None = None
        self._button: Button | None = None
        self._button_words = ""
        self._cells = ProgressCells((), None)
        self._cells.setParent(self)

    def show_button(self, words: str, keys: tuple[str, ...]) -> None:
        """Show what the primary button does, and its keys; without words there is none."""
        if words == self._button_words:
            return
        if self._button is not None:
            self._button.hide()
            self._button.deleteLater()
            self._button = None
        self._button_words = words
        if words:
            self._button = self._made(words, keys)
        self._arrange()

    def _made(self, words: str, keys: tuple[str, ...]) -> Button:
        button = Button(words, Kind.PRIMARY, keys=keys)
        button.setFocusPolicy(button.focusPolicy().NoFocus)  # its keys work from everywhere in the form
        button.setParent(self)
        button.clicked.connect(self.pressed)
        button.show()
        return button

    def show_standing(self, standing: Standing, *, small: bool) -> None:
        """Show the record's title and how far it is."""
        self._standing, self._small = standing, small
        self._cells.show_cells(standing.cells, standing.here, standing.counts.replace("**", ""))
        self.setAccessibleName(", ".join([standing.title, standing.sub, *(chip.word for chip in standing.chips)]))
        self.setToolTip(standing.sub)
        self._arrange()
        self.update()

    def show_disk(self, disk: Disk | None) -> None:
        """Show whether what is typed is on disk."""
        if disk != self._disk:
            self._disk = disk
            self.setAccessibleDescription(disk.words if disk else "")
            self.update(self._below_cells().toAlignedRect())

    def _title(self) -> tuple[Words, Words]:
        """Return the words at the left as they fit; laid out once for each title and width."""
        room = self.width() * _TITLE_PERCENT // 100
        wanted = self._standing.title, self._standing.sub, room
        if self._laid_out is None or self._laid_out[0] != wanted:
            self._laid_out = wanted, self._lay_out(room)
        return self._laid_out[1]

    def _lay_out(self, room: int) -> tuple[Words, Words]:
        title = Words(self._standing.title, Style(Type.TITLE, bold=True), room)
        if title.lines > 1:
            title = Words(self._standing.title, Style(bold=True), room)
        sub = metrics(Type.CAPTION).elidedText(self._standing.sub, Qt.TextElideMode.ElideRight, room)
        return title, Words(sub, CAPTION)

    def _margin(self) -> int:
        return SPACE_12 + 2 if self._small else SPACE_20

    def _middle(self) -> QRectF:
        """Return the part between title and button."""
        title, sub = self._title()
        left = self._margin() + max(title.width, sub.width) + (SPACE_20 if self._small else SPACE_28)
        right = self.width() - self._margin() - (self._button.sizeHint().width() if self._button else 0) - SPACE_20
        return QRectF(ceil(left), 0, max(right - ceil(left), 0), self.height())

    def _arrange(self) -> None:
        if self._button is not None:
            size = self._button.sizeHint()
            left = self.width() - self._margin() - size.width()
            self._button.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())
        middle = self._middle()
        top = self.height() // 2 - 12 - _CELLS // 2
        width = min(int(middle.width()), self._cells.sizeHint().width() + 2 * SPACE_28)
        self._cells.setGeometry(int(middle.x()), top, width, _CELLS)

    @override
    def sizeHint(self) -> QSize:
        return QSize(800, FORM_HEAD_SMALL if self._small else FORM_HEAD)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        title, sub = self._title()
        with painting(self) as painter:
            painter.fillRect(rect, colour(Token.PANEL))
            rule(painter, rect)
            height = title.height + (sub.height if title.lines == 1 else 0)
            top = (rect.height() - height) / 2
            title.draw(painter, self._margin(), top)
            if title.lines == 1:
                sub.draw(painter, self._margin(), top + title.height)
            self._paint_below_cells(painter)

    def _below_cells(self) -> QRectF:
        middle = self._middle()
        return QRectF(middle.x(), self.height() / 2 - 1, middle.width(), 20)

    def _paint_below_cells(self, painter: QPainter) -> None:
        style = Style(Type.CAPTION, tone=Token.TEXT2)
        line = self._below_cells()
        counts = Words(self._standing.counts, style)
        counts.draw_in(painter, line)
        used = counts.width
        for chip in self._standing.chips:
            used += SPACE_12
            draw_chip(painter, line.adjusted(used, 0, 0, 0), chip)
            used += chip_size(chip).width()
        if self._disk is None:
            return
        room = line.width() - used - SPACE_20 - ICON_SMALL - SPACE_8
        said = Words(self._disk.words, style)
        if said.width > room and self._disk.brief:
            said = Words(self._disk.brief, style)
        fits = said.width <= room
        left = line.right() - (said.width if fits else 0)
        at = line.center().y() - ICON_SMALL / 2
        draw_icon(painter, self._disk.icon, left - ICON_SMALL - SPACE_8, at, ICON_SMALL, self._disk.tone)
        if fits:
            said.draw_in(painter, line.adjusted(left - line.x(), 0, 0, 0))
