"""The dashboard on one sheet of paper, A4 across: the same charts as in the window, readable without colour."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QMarginsF, QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from p2kp_desktop.language import say
from p2kp_desktop.schema.chart import Chart
from p2kp_desktop.schema.table import Source
from p2kp_desktop.schema.table_words import source_lines
from p2kp_desktop.ui.kit import charts
from p2kp_desktop.ui.kit.labels import CAPTION, CARD_TITLE, PAGE_TITLE
from p2kp_desktop.ui.kit.painting import box
from p2kp_desktop.ui.kit.words import Words
from p2kp_desktop.ui.look import theme
from p2kp_desktop.ui.look.measures import CARD_GAP, RADIUS_CARD, SPACE_4, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Scheme, Token

DPI = 96  # so that a logical pixel of the window is one of the page
_MARGIN = 10  # millimetres
_WIDTH = 1180.0  # logical pixels across the page, which is painted smaller


def rendered(source: Source, columns: Sequence[Sequence[Chart]]) -> bytes:
    """Return the charts as a PDF of one page."""
    kept = QBuffer()
    kept.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(kept)
    writer.setResolution(DPI)
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, margins,
                                     QPageLayout.Unit.Millimeter))
    writer.setTitle(say("Dasbor {place}", place=source.place))
    with theme.painted_in(Scheme.LIGHT):
        painter = QPainter(writer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint(painter, QRectF(0, 0, writer.width(), writer.height()), source, columns)
        painter.end()
    return bytes(kept.data().data())


def _paint(painter: QPainter, page: QRectF, source: Source, columns: Sequence[Sequence[Chart]]) -> None:
    head = _head(source)
    top = sum(words.height for words in head) + SPACE_12
    wide = (_WIDTH - CARD_GAP) / 2
    high = top + max(sum(_height(chart, wide) + CARD_GAP for chart in some) for some in columns)
    scale = min(page.width() / _WIDTH, page.height() / high)
    painter.translate((page.width() - _WIDTH * scale) / 2, 0)
    painter.scale(scale, scale)
    y = 0.0
    for words in head:
        words.draw(painter, 0, y)
        y += words.height
    for place, some in enumerate(columns):
        below = top
        for chart in some:
            _paint_card(painter, QRectF(place * (wide + CARD_GAP), below, wide, _height(chart, wide)), chart)
            below += _height(chart, wide) + CARD_GAP


def _head(source: Source) -> list[Words]:
    title = say("Dasbor {place}, {period}", place=source.place, period=source.period)
    practice = say("LATIHAN, bukan data sebenarnya") if source.practice else ""
    return [Words(" · ".join(part for part in (practice, title) if part), PAGE_TITLE, _WIDTH),
            *(Words(line, CAPTION, _WIDTH) for line in source_lines(source))]


def _parts(chart: Chart, width: float) -> tuple[Words, Words, Words, float]:
    inner = width - 2 * SPACE_12
    title = Words(chart.title, CARD_TITLE, inner)
    note = Words(" ".join(chart.notes) if not chart.is_empty else chart.empty, CAPTION, inner)
    return title, Words(chart.told, CAPTION, inner), note, 0 if chart.is_empty else charts.height_of(chart, inner)


def _height(chart: Chart, width: float) -> float:
    title, _told, note, high = _parts(chart, width)
    return title.height + high + (note.height + SPACE_4 if note.text else 0) + 2 * SPACE_8 + SPACE_8


def _paint_card(painter: QPainter, rect: QRectF, chart: Chart) -> None:
    box(painter, rect, fill=Token.PANEL, line=Token.LINE2, radius=RADIUS_CARD)
    title, told, note, high = _parts(chart, rect.width())
    x, y = rect.x() + SPACE_12, rect.y() + SPACE_8
    title.draw(painter, x, y)
    told.draw_in(painter, QRectF(x, y, rect.width() - 2 * SPACE_12, title.height), Qt.AlignmentFlag.AlignRight)
    y += title.height + SPACE_8
    if not chart.is_empty:
        painter.save()
        painter.translate(x, y)
        charts.laid(chart, rect.width() - 2 * SPACE_12).paint(painter)
        painter.restore()
        y += high + SPACE_4
    note.draw(painter, x, y)
