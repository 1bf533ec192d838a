"""The classes of a map with their bounds and how many places each has, in rows below it."""

from math import ceil

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.area_map import AreaMap, Band
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.layouts import clear
from p2kp_desktop.ui.kit.map_view import draw_band
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.words import CAPTION, Words
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8
from p2kp_desktop.ui.look.tokens import Token

_WIDE, _HIGH = 20, 14


class MapLegend(QWidget):
    """Numbers the classes, so that they can be spoken of."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self, gap=SPACE_8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_map(self, shown: AreaMap) -> None:
        """Show the classes of a map."""
        clear(self._flow)
        told = [
            (f"{number + 1} · {band.title} ({written.number(many)})", band)
            for number, (band, many) in enumerate(zip(shown.bands, shown.counted(), strict=True))
        ]
        entries: list[tuple[str, Band | None]] = [*told]
        if any(not each.sure for each in shown.places):
            entries.append((say("* sementara"), None))
        for words, band in entries:
            entry = _Entry(words, band)
            self._flow.addWidget(entry)
            entry.show()
        self.setAccessibleName(", ".join(words for words, _band in entries))
        self.updateGeometry()


class _Entry(QWidget):
    """A swatch and its words; without a class the broken border of what may still change."""

    def __init__(self, words: str, band: Band | None) -> None:
        super().__init__()
        self._words, self._band = Words(words, CAPTION), band
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        wide = self._words.width + (_WIDE + SPACE_4 if self._band is not None else 0)
        return QSize(ceil(wide) + 1, max(ceil(self._words.height), _HIGH + 2))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        left = 0.0
        with painting(self) as painter:
            if self._band is not None:
                swatch = QRectF(0, (rect.height() - _HIGH) / 2, _WIDE, _HIGH)
                box(painter, swatch, fill=Token.PANEL)
                draw_band(painter, swatch, self._band)
                left = _WIDE + SPACE_4
            self._words.draw_in(painter, rect.adjusted(left, 0, 0, 0))
