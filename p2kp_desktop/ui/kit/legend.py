"""A line of keys along the bottom and what they do: as many as there is room for."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.ui.kit.keycap import draw_hints, hints_width
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type, measured
from p2kp_desktop.ui.look.measures import KEY_LEGEND, SPACE_8, SPACE_12, SPACE_20
from p2kp_desktop.ui.look.tokens import Token

_SMALL = 24

Key = tuple[tuple[str, ...], str]


class KeyLegend(QWidget):
    """Keys with their words, the first ones first; the last `kept` of them stay when there is no room for all."""

    def __init__(self) -> None:
        super().__init__()
        self._small, self._keys, self._kept = False, list[Key](), 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_small(self, small: bool) -> None:
        """Show it for a small window or a large one."""
        if small != self._small:
            self._small = small
            self.updateGeometry()
            self.update()

    def show_keys(self, keys: list[Key], kept: int = 0) -> None:
        """Show these keys."""
        self._keys, self._kept = keys, kept
        self.setAccessibleName("; ".join(f"{' '.join(hints)} {word}" for hints, word in keys))
        self.update()

    def in_sight(self) -> list[Key]:
        """Return the keys that the window has room for."""
        return self.fitting(self._keys, self._kept)

    def fitting(self, keys: list[Key], kept: int = 0) -> list[Key]:
        """Return the keys without the last ones for which there is no room, the `kept` ones at the end aside."""
        ahead, behind = keys[: len(keys) - kept], keys[len(keys) - kept :]
        while ahead and not self.fits(ahead + behind):
            ahead = ahead[:-1]
        return ahead + behind

    def fits(self, keys: list[Key]) -> bool:
        """Say whether there is room for all of these."""
        gap = self._gap()
        return self._margin() + sum(_width(key) + gap for key in keys) - gap <= self.width() - SPACE_8

    def _gap(self) -> int:
        return SPACE_12 if self._small else SPACE_20

    def _margin(self) -> int:
        return SPACE_12 + 2 if self._small else SPACE_20

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, _SMALL if self._small else KEY_LEGEND)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            box(painter, rect, fill=Token.SUNKEN)
            box(painter, QRectF(0, 0, rect.width(), 1), fill=Token.LINE)
            x = float(self._margin())
            for keys, word in self.in_sight():
                draw_hints(painter, rect.adjusted(x, 0, 0, 0), keys)
                _said(word).draw_in(painter, rect.adjusted(x + hints_width(keys) + SPACE_8, 0, 0, 0))
                x += _width((keys, word)) + self._gap()


def _said(word: str) -> Words:
    return Words(word, Style(Type.CAPTION, tone=Token.TEXT2))


@measured
def _width(key: Key) -> float:
    return hints_width(key[0]) + SPACE_8 + _said(key[1]).width
