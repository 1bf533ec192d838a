"""How much of an RT is surveyed: a bar of parts, and filter buttons that are its legend."""

from dataclasses import dataclass
from enum import Enum
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.focus import ring_outside
from p2kp_desktop.ui.kit.painting import box, hatched, painting
from p2kp_desktop.ui.kit.pressable import Pressable, reach_with_tab, step_to
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import FILTER, RADIUS_BUTTON, SPACE_4, SPACE_8, tall
from p2kp_desktop.ui.look.tokens import Token

_BAR = 12
_GAP = 2
_EDGE = 8


class Ground(Enum):
    """How a part of the bar is painted."""

    SOLID = "solid"
    HATCHED = "hatched"
    OUTLINED = "outlined"


@dataclass(frozen=True)
class Share:
    """A part of the bar and the filter that shows it alone."""

    key: str
    word: str
    count: int
    token: Token
    ground: Ground = Ground.SOLID


def draw_share(painter: QPainter, rect: QRectF, share: Share) -> None:
    """Paint a part of the bar, or its swatch in a button."""
    if share.ground is Ground.SOLID:
        box(painter, rect, fill=share.token, radius=2)
        return
    box(painter, rect, fill=Token.PANEL, line=share.token if share.ground is Ground.OUTLINED else None, radius=2)
    if share.ground is Ground.HATCHED:
        hatched(painter, rect, share.token)


class CoverageBar(QWidget):
    """The parts side by side in proportion; none that has anything in it is too thin to see."""

    def __init__(self, shares: tuple[Share, ...], name: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_shares(shares, name)

    def show_shares(self, shares: tuple[Share, ...], name: str = "") -> None:
        """Show other counts."""
        self._shares = tuple(share for share in shares if share.count)
        counts = ", ".join(f"{share.word} {written.number(share.count)}" for share in self._shares)
        self.setAccessibleName(name or counts)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, _BAR)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, _BAR)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        total = sum(share.count for share in self._shares)
        room = self.width() - _GAP * (len(self._shares) - 1) - _BAR / 2 * len(self._shares)
        x = 0.0
        with painting(self) as painter:
            if not total:
                box(painter, self.rect().toRectF(), fill=Token.PANEL, line=Token.LINE2, radius=2)
            for share in self._shares:
                width = _BAR / 2 + max(room, 0) * share.count / total
                draw_share(painter, QRectF(round(x), 0, round(x + width) - round(x), _BAR), share)
                x += width + _GAP


class FilterBar(QWidget):
    """Buttons with counts, one of them in force: all, or one part of the bar.

    One that `hides_none` shows only parts in which something lies, and the one in force.
    """

    chosen = Signal(str)

    def __init__(self, everything: str, shares: tuple[Share, ...], *, hides_none: bool = False) -> None:
        super().__init__()
        self._everything, self._hides_none = everything, hides_none
        self._buttons: list[Pressable] = []
        self._flow = Flow(self, gap=SPACE_4)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_shares(shares)

    def show_shares(self, shares: tuple[Share, ...], current: str = "", *, all_of_them: int | None = None) -> None:
        """Show other counts; `current` is the key in force, empty for all, which need not be the sum of the parts."""
        number = sum(share.count for share in shares) if all_of_them is None else all_of_them
        total = Share("", self._everything, number, Token.ACCENT)
        wanted = (total, *shares)
        if len(wanted) != len(self._buttons):
            for button in self._buttons:
                self._flow.removeWidget(button)
                button.deleteLater()
            self._buttons = [self._button(share) for share in wanted]
        for button, share in zip(self._buttons, wanted, strict=True):
            if isinstance(button, FilterButton):
                button.show_share(share)
                button.setChecked(share.key == current)
                button.setVisible(not (self._hides_none and share.key and not share.count and share.key != current))
        checked = [button for button in self._buttons if button.isChecked()]
        reach_with_tab(self._buttons, checked[0] if checked else None)

    def _button(self, share: Share) -> Pressable:
        button = FilterButton(share, swatch=bool(share.key))
        button.clicked.connect(lambda: self._choose(share.key))
        self._flow.addWidget(button)
        return button

    def _choose(self, key: str) -> None:
        for button in self._buttons:
            if isinstance(button, FilterButton):
                button.setChecked(button.key == key)
        self.chosen.emit(key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        focused = self.focusWidget()
        if isinstance(focused, FilterButton) and event.key() in steps:
            shown = [button for button in self._buttons if not button.isHidden()]
            step_to(shown, shown.index(focused) + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class FilterButton(Pressable):
    """A filter: its swatch in the bar, its word, its count."""

    def __init__(self, share: Share, *, swatch: bool = True) -> None:
        super().__init__("")
        self._swatch = swatch
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        ring_outside(self, RADIUS_BUTTON)
        self.show_share(share)

    @property
    def key(self) -> str:
        """The key of its part."""
        return self._share.key

    def show_share(self, share: Share) -> None:
        """Show another count."""
        self._share = share
        self.setAccessibleName(f"{share.word} {written.number(share.count)}")
        self.updateGeometry()
        self.update()

    @override
    def nextCheckState(self) -> None:
        """Leave it to the bar which filter is in force."""

    def _words(self) -> tuple[Words, Words]:
        tone = Token.ACCENT_TEXT if self.isChecked() else Token.TEXT2
        count = Style(Type.CAPTION, bold=True, tone=Token.TEXT)
        return Words(self._share.word, Style(Type.CAPTION, tone=tone)), Words(written.number(self._share.count), count)

    @override
    def sizeHint(self) -> QSize:
        word, count = self._words()
        width = 2 * _EDGE + word.width + SPACE_8 + count.width + (_BAR + _EDGE - 2 if self._swatch else 0)
        return QSize(ceil(width), tall(FILTER, metrics(Type.CAPTION), room=SPACE_8))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        word, count = self._words()
        with painting(self) as painter:
            fill = Token.ACCENT_SOFT if self.isChecked() else Token.SUNKEN if self.lit else Token.PANEL
            line = Token.ACCENT if self.isChecked() else Token.LINE
            box(painter, rect, fill=fill, line=line, radius=RADIUS_BUTTON)
            x = float(_EDGE)
            if self._swatch:
                draw_share(painter, QRectF(x, round((rect.height() - _BAR) / 2), _BAR, _BAR), self._share)
                x += _BAR + _EDGE - 2
            word.draw_in(painter, rect.adjusted(x, 0, 0, 0))
            count.draw_in(painter, rect.adjusted(0, 0, -_EDGE, 0), Qt.AlignmentFlag.AlignRight)
