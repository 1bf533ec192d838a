"""The top row of the window: where I am, LATIHAN where it is, the search, the menu."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.breadcrumb import Breadcrumb
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.layouts import Space, across
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.practice import draw_stripes
from p2kp_desktop.ui.kit.search import SearchField
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.measures import (
    CHIP,
    PAGE_SIDE,
    RADIUS_CHIP,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    TITLE_ROW,
    TITLE_ROW_SMALL,
)
from p2kp_desktop.ui.look.tokens import Token


class TopBar(QWidget):
    """Breadcrumb at the left; search and menu at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.breadcrumb = Breadcrumb(())
        self.practice = _PracticeMark()
        self.practice.hide()
        self.search = SearchField(say("Cari rumah, RT, perintah"), ("Ctrl", "K"))
        self.menu = Button(say("Menu"), keys=("F10",))
        self.menu.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # opened with the mouse it leaves the focus where it is
        across(
            (self.breadcrumb, 1), self.practice, Space(SPACE_12 - SPACE_8), self.search, self.menu, into=self,
            gap=SPACE_8, margins=(PAGE_SIDE - 4, 0, PAGE_SIDE, 1),
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.narrow(narrow=False)

    def narrow(self, *, narrow: bool) -> None:
        """Take the height of a small window or of a usual one."""
        least = TITLE_ROW_SMALL if narrow else TITLE_ROW
        self.setFixedHeight(max(least, self.search.sizeHint().height() + SPACE_8))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            if self.practice.isVisibleTo(self):
                draw_stripes(painter, rect)
                where = self.breadcrumb.geometry().toRectF()
                where.setWidth(min(where.width(), self.breadcrumb.sizeHint().width()))
                box(painter, where.adjusted(-4, 2, 4, -2), fill=Token.PANEL, radius=RADIUS_CHIP)
            else:
                box(painter, rect, fill=Token.PANEL)
            box(painter, rect.adjusted(0, rect.height() - 1, 0, 0), fill=Token.LINE)


class _PracticeMark(QWidget):
    """The word LATIHAN on a plain ground, so that it can be read over the stripes."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Words(say("LATIHAN"), Style(bold=True, tone=Token.WARN))
        self.setAccessibleName(say("LATIHAN"))
        self.setToolTip(say("Desa latihan: tidak ada yang sungguhan di sini."))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(self._words.width) + 2 * SPACE_16, CHIP + 4)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect: QRectF = self.rect().toRectF()
        with painting(self) as painter:
            box(painter, rect, fill=Token.PANEL, line=Token.WARN_LINE, radius=RADIUS_CHIP)
            self._words.draw_in(painter, rect.adjusted(SPACE_16, 0, 0, 0))
