"""How the cells of a table are painted; the model says by KIND what a cell holds."""

from enum import Enum
from math import ceil
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QToolTip
from typing_extensions import override

from p2kp_desktop.ui.kit.chip import Status, chip_size, draw_chip
from p2kp_desktop.ui.kit.controls import CHECK, draw_check
from p2kp_desktop.ui.kit.note import Weight
from p2kp_desktop.ui.kit.painting import box, icon_in, painting_of, rule
from p2kp_desktop.ui.kit.words import BODY, Style, Words, write
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import ICON_TEXT, LINE_STRONG, SPACE_8, TABLE_ROW, TABLE_ROW_TWO_LINES, tall
from p2kp_desktop.ui.look.tokens import Token

Index = QModelIndex | QPersistentModelIndex

KIND: Final = Qt.ItemDataRole.UserRole + 40  # a Content; without one the cell is TEXT
VALUE: Final = Qt.ItemDataRole.UserRole + 41  # a Status, a Verdict or a share of 0 to 1, as the kind asks
REMARK: Final = Qt.ItemDataRole.UserRole + 42  # words after a status, or below a name
PROBLEM: Final = Qt.ItemDataRole.UserRole + 43  # a Weight: the cell has a note of this weight

EDGE: Final = 10  # between text and the side of its cell


class Content(Enum):
    """What a cell holds."""

    TEXT = "text"
    NAME = "name"
    IDENTITY = "identity"
    NUMBER = "number"
    DATE = "date"
    STATUS = "status"
    VERDICT = "verdict"
    SHARE = "share"
    LINK = "link"
    CHECK = "check"


_SMALL = Style(Type.CAPTION, tone=Token.TEXT2)
_STYLES = {
    Content.NAME: Style(bold=True),
    Content.IDENTITY: Style(tone=Token.TEXT2),
    Content.DATE: _SMALL,
    Content.STATUS: _SMALL,
    Content.VERDICT: _SMALL,
    Content.SHARE: _SMALL,
    Content.LINK: Style(bold=True, tone=Token.ACCENT_TEXT),
}


class Verdict(Enum):
    """Layak, tidak, not known yet, what a reviewer asks, or what is late: icon, its colour, the colour of the word."""

    FIT = "check", Token.OK, Token.TEXT2
    UNFIT = "x", Token.ERR, Token.ERR
    OPEN = "", Token.TEXT3, Token.TEXT3
    ASKED = "message-square-text", Token.WARN, Token.TEXT2
    LATE = "flag", Token.WARN, Token.WARN


class TableDelegate(QStyledItemDelegate):
    """Paints every cell of every table; rows are selected, lit or current as a whole."""

    marks_current = False  # whether the current row shows without the focus too

    def __init__(self, table: QTableView, *, two_lines: bool = False) -> None:
        super().__init__(table)
        self._table, self._two_lines = table, two_lines
        self.lit_row = -1

    def row_height(self) -> int:
        """Return the height of a row in logical pixels."""
        if self._two_lines:
            both = metrics(bold=True).height() + metrics(Type.CAPTION).height()
            return ceil(max(TABLE_ROW_TWO_LINES, both + SPACE_8))
        return tall(TABLE_ROW, metrics(bold=True), room=SPACE_8)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(ceil(_width(index)) + 2 * EDGE, self.row_height())

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        with painting_of(painter):
            painter.setClipRect(rect)
            is_current = index.row() == self._table.currentIndex().row()
            is_marked = selected or (is_current and self.marks_current)
            box(painter, rect, fill=self._ground(index, selected=is_marked))
            inner = rect.adjusted(EDGE, 0, -EDGE, -1)
            problem = index.data(PROBLEM)
            if isinstance(problem, Weight):
                icon, tone, _ground = problem.value
                icon_in(painter, icon, inner.adjusted(inner.width() - ICON_TEXT, 0, 0, 0), ICON_TEXT, tone)
                inner.adjust(0, 0, -ICON_TEXT - SPACE_8, 0)
            self._paint_content(painter, inner, index, selected=selected)
            rule(painter, rect)
            if is_current and self._table.hasFocus():
                self._paint_ring(painter, rect, index.column())

    @override
    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tell the whole text of a cell whose column is too narrow for it; a tip of the model goes first."""
        told = index.data(Qt.ItemDataRole.ToolTipRole)
        narrow = _width(index) + 2 * EDGE > self._table.columnWidth(index.column())
        if told is None and narrow and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), f"{_text(index)} {_remark(index)}".strip(), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _ground(self, index: Index, *, selected: bool) -> Token:
        problem = index.data(PROBLEM)
        if isinstance(problem, Weight):
            return problem.value[2]
        if selected:
            return Token.ACCENT_SOFT
        return Token.SUNKEN if index.row() == self.lit_row else Token.PANEL

    def _paint_ring(self, painter: QPainter, rect: QRectF, column: int) -> None:
        """Paint this cell's part of the ring around the whole row."""
        header = self._table.horizontalHeader()
        shown = [place for place in range(header.count()) if not header.isSectionHidden(place)]
        first = min(shown, key=header.visualIndex)
        last = max(shown, key=header.visualIndex)
        thick = LINE_STRONG
        box(painter, QRectF(rect.x(), rect.y(), rect.width(), thick), fill=Token.ACCENT)
        box(painter, QRectF(rect.x(), rect.bottom() - thick, rect.width(), thick), fill=Token.ACCENT)
        if column == first:
            box(painter, QRectF(rect.x(), rect.y(), thick, rect.height()), fill=Token.ACCENT)
        if column == last:
            box(painter, QRectF(rect.right() - thick, rect.y(), thick, rect.height()), fill=Token.ACCENT)

    def _paint_content(self, painter: QPainter, rect: QRectF, index: Index, *, selected: bool) -> None:
        content = kind_of(index)
        value = index.data(VALUE)
        if content is Content.CHECK:
            draw_check(painter, rect.x(), rect.center().y() - CHECK / 2, checked=selected)
        elif content is Content.STATUS and isinstance(value, Status):
            _paint_status(painter, rect, value, _remark(index))
        elif content is Content.VERDICT and isinstance(value, Verdict):
            _paint_verdict(painter, rect, value, _text(index))
        elif content is Content.SHARE and isinstance(value, float):
            _paint_share(painter, rect, value, _text(index))
        else:
            _paint_text(painter, rect, content, index)


def kind_of(index: Index) -> Content:
    """Return the kind of content that a cell holds."""
    kind = index.data(KIND)
    return kind if isinstance(kind, Content) else Content.TEXT


def _text(index: Index) -> str:
    text = index.data(Qt.ItemDataRole.DisplayRole)
    return "" if text is None else str(text)


def _remark(index: Index) -> str:
    remark = index.data(REMARK)
    return "" if remark is None else str(remark)


_SHARE_BAR = 44


def _width(index: Index) -> float:
    """Return the width a cell needs for what it holds and the sign of its problem."""
    return _content_width(index) + (ICON_TEXT + SPACE_8 if isinstance(index.data(PROBLEM), Weight) else 0)


def _content_width(index: Index) -> float:
    content, value = kind_of(index), index.data(VALUE)
    remark = metrics(Type.CAPTION).horizontalAdvance(_remark(index))
    if content is Content.CHECK:
        return CHECK
    if content is Content.STATUS and isinstance(value, Status):
        return chip_size(value.look, filled=value.needs_a_person).width() + (SPACE_8 + remark if remark else 0)
    style = _STYLES.get(content, BODY)
    text = metrics(style.size, bold=style.bold).horizontalAdvance(_text(index))
    if content is Content.VERDICT:
        return ICON_TEXT + SPACE_8 + text
    return _SHARE_BAR + SPACE_8 + text if content is Content.SHARE else max(text, remark)


def _paint_text(painter: QPainter, rect: QRectF, content: Content, index: Index) -> None:
    align = Qt.AlignmentFlag.AlignRight if content is Content.NUMBER else Qt.AlignmentFlag.AlignLeft
    style, remark = _STYLES.get(content, BODY), _remark(index)
    if remark:
        line = metrics(_SMALL.size).height()
        write(painter, rect.adjusted(0, 0, 0, -line), _fitted(_text(index), style, rect), style, align)
        write(painter, rect.adjusted(0, line, 0, 0), _fitted(remark, _SMALL, rect), _SMALL, align)
    else:
        _paint_whole(painter, rect, _text(index), style, align)


def _paint_whole(
    painter: QPainter, rect: QRectF, text: str, style: Style, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> None:
    """Write a text in as many lines as it takes; in one that ends in … where they have no room."""
    letters = metrics(style.size, bold=style.bold)
    is_wide = letters.horizontalAdvance(text) > rect.width() and rect.height() >= 2 * letters.height()
    whole = Words(text, style, rect.width()) if is_wide else None
    if whole is not None and whole.height <= rect.height():
        whole.draw_in(painter, rect, align)
    else:
        write(painter, rect, _fitted(text, style, rect), style, align)


def lines_of(text: str, content: Content, width: float) -> int:
    """Return how many lines a text takes in a column of this width."""
    sign = ICON_TEXT + SPACE_8 if content is Content.VERDICT else 0
    return Words(text, _STYLES.get(content, BODY), width - 2 * EDGE - sign).lines


def _fitted(text: str, style: Style, rect: QRectF) -> str:
    """Return the text, with … at its end where the room is too narrow for all of it."""
    letters = metrics(style.size, bold=style.bold)
    if letters.horizontalAdvance(text) <= rect.width() + EDGE:
        return text
    return letters.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())


def _paint_status(painter: QPainter, rect: QRectF, status: Status, remark: str) -> None:
    filled = status.needs_a_person
    draw_chip(painter, rect, status.look, filled=filled)
    if remark:
        after = chip_size(status.look, filled=filled).width() + SPACE_8
        write(painter, rect.adjusted(after, 0, 0, 0), remark, _SMALL)


def _paint_verdict(painter: QPainter, rect: QRectF, verdict: Verdict, text: str) -> None:
    icon, icon_tone, tone = verdict.value
    if icon:
        icon_in(painter, icon, rect, ICON_TEXT + 2, icon_tone)
    left = ICON_TEXT + SPACE_8 if icon else 0
    _paint_whole(painter, rect.adjusted(left, 0, 0, 0), text, Style(Type.CAPTION, tone=tone))


def _paint_share(painter: QPainter, rect: QRectF, share: float, text: str) -> None:
    track = QRectF(rect.x(), rect.center().y() - 3, _SHARE_BAR, 6)
    box(painter, track, fill=Token.NEUTRAL_BG, radius=3)
    filled = max(min(share, 1.0) * _SHARE_BAR, 6.0 if share > 0 else 0.0)
    if filled:
        box(painter, QRectF(track.x(), track.y(), filled, 6), fill=Token.ACCENT, radius=3)
    write(painter, rect.adjusted(_SHARE_BAR + SPACE_8, 0, 0, 0), text, _SMALL)
