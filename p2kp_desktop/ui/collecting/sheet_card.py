"""A form that exists once (area survey, recap, the RT itself) as a card that opens it."""

from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from p2kp_desktop.actions.recording.binder import MISSING, Sheet
from p2kp_desktop.language import say
from p2kp_desktop.reports.areas import sheet_remark
from p2kp_desktop.ui.kit.chip import Status, chip_size, draw_chip
from p2kp_desktop.ui.kit.focus import ring_outside
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.pressable import Pressable
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import RADIUS_CARD, SPACE_4, SPACE_8, SPACE_12, SPACE_16, TABLE_ROW_TWO_LINES
from p2kp_desktop.ui.look.tokens import Token


class SheetCard(Pressable):
    """Says how the form stands; the whole card opens it, or begins it."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__("")
        ring_outside(self, RADIUS_CARD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_sheet(sheet)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show how the form stands now."""
        self.sheet = sheet
        self._title = Words(say(sheet.title), Style(bold=True))
        word = say("Isi") if sheet.standing == MISSING else say("Buka")
        self._way = Words(word, Style(Type.CAPTION, bold=True, tone=Token.ACCENT_TEXT))
        self._look = Status[sheet.standing.upper()].look
        self._remark = Words(sheet_remark(sheet), Style(Type.CAPTION, tone=Token.TEXT3))
        parts = (word, self._title.text, self._state(), sheet_remark(sheet))
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.updateGeometry()
        self.update()

    def _state(self) -> str:
        return say("Belum diisi") if self.sheet.standing == MISSING else self._look.word

    @override
    def sizeHint(self) -> QSize:
        state = Words(self._state(), Style(Type.CAPTION))
        below = chip_size(self._look, filled=False).width() - Words(self._look.word, Style(Type.CAPTION)).width
        second = below + state.width + SPACE_8 + self._remark.width
        width = SPACE_16 + max(self._title.width, second) + SPACE_12 + self._way.width + SPACE_16
        height = self._title.height + chip_size(self._look, filled=False).height() + SPACE_8
        return QSize(ceil(width), ceil(max(TABLE_ROW_TWO_LINES, height)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        look = self._look if self.sheet.standing != MISSING else type(self._look)(
            self._look.icon, self._state(), self._look.tone, self._look.fill
        )
        size = chip_size(look, filled=False)
        with painting(self) as painter:
            box(painter, rect, fill=Token.SUNKEN if self.lit else Token.PANEL, line=Token.LINE, radius=RADIUS_CARD)
            top = (rect.height() - self._title.height - size.height()) / 2
            self._title.draw(painter, SPACE_16, top)
            line = QRectF(SPACE_16, top + self._title.height, rect.width(), size.height())
            draw_chip(painter, line, look, filled=False)
            self._remark.draw_in(painter, line.adjusted(size.width() + SPACE_8, 0, 0, 0))
            inner = rect.adjusted(0, 0, -SPACE_16, 0)
            if self.isEnabled():
                self._way.draw_in(painter, inner.adjusted(SPACE_4, 0, 0, 0), Qt.AlignmentFlag.AlignRight)
