"""The bowls of earlier periods, small, beside one another: how the readiness of a kelurahan grew."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.actions.community.readiness import VillageBowl
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit import vessel
from p2kp_desktop.ui.kit.bowl import draw_bowl
from p2kp_desktop.ui.kit.layouts import Stretch, across
from p2kp_desktop.ui.kit.painting import box, painting, ring
from p2kp_desktop.ui.kit.pressable import Pressable, reach_with_tab, step_to
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import RADIUS_BUTTON, SPACE_4, SPACE_8
from p2kp_desktop.ui.look.tokens import Token

WIDE = 76  # the drawing of a past bowl
MOST = 5  # so many periods at once, the newest


class PastBowl(Pressable):
    """The bowl of one period; it opens the period."""

    def __init__(self, standing: VillageBowl, *, current: bool) -> None:
        super().__init__("")
        self.standing, self._current = standing, current
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._words = say("{ready} dari {all}", ready=standing.ready, all=len(standing.counted))
        self.setAccessibleName(say("Periode {period}: {words} bagian siap", period=standing.period, words=self._words))

    def _texts(self) -> tuple[Words, Words]:
        tone = Token.ACCENT_TEXT if self._current else Token.TEXT
        return (
            Words(self.standing.period, Style(Type.CAPTION, bold=True, tone=tone)),
            Words(self._words, Style(Type.CAPTION, tone=Token.TEXT2)),
        )

    @override
    def sizeHint(self) -> QSize:
        period, count = self._texts()
        high = WIDE * vessel.SIZE.height() / vessel.SIZE.width()
        return QSize(round(max(WIDE, period.width, count.width)) + 2 * SPACE_8,
                     round(high + period.height + count.height) + 2 * SPACE_4)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        period, count = self._texts()
        high = rect.height() - period.height - count.height - 2 * SPACE_4
        with painting(self) as painter:
            if self._current or self.lit:
                box(painter, rect, fill=Token.ACCENT_SOFT if self._current else Token.SUNKEN, radius=RADIUS_BUTTON)
            frame = QRectF((rect.width() - WIDE) / 2, SPACE_4, WIDE, high)
            draw_bowl(painter, frame, [part.ready for part in self.standing.counted])
            for words, y in ((period, SPACE_4 + high), (count, SPACE_4 + high + period.height)):
                words.draw(painter, (rect.width() - words.width) / 2, y)
            if self.hasFocus():
                ring(painter, rect, RADIUS_BUTTON)


class PastBowls(QWidget):
    """One bowl for each period; ← and → move between them, Enter opens one."""

    opened = Signal(str)  # a period

    def __init__(self) -> None:
        super().__init__()
        self.bowls: list[PastBowl] = []
        self._row = across(Stretch(), Stretch(), into=self, gap=SPACE_4)

    def show_bowls(self, past: Sequence[VillageBowl], current: str) -> None:
        """Show the newest periods, the oldest of them first."""
        for bowl in self.bowls:
            bowl.hide()
            bowl.deleteLater()
        self.bowls = [PastBowl(each, current=each.period == current) for each in past[-MOST:]]
        for place, bowl in enumerate(self.bowls, start=1):
            self._row.insertWidget(place, bowl)
            bowl.clicked.connect(lambda _checked=False, period=bowl.standing.period: self.opened.emit(period))
        if self.bowls:
            reach_with_tab([*self.bowls], self.bowls[-1])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        focused = self.focusWidget()
        if isinstance(focused, PastBowl) and focused in self.bowls and event.key() in steps:
            step_to([*self.bowls], self.bowls.index(focused) + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
