"""A chart in the window: every bar, part and row of it is a button."""

from math import ceil

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.schema.chart import Chart, Point
from p2kp_desktop.ui.kit import charts
from p2kp_desktop.ui.kit.charts import Laid
from p2kp_desktop.ui.kit.focus import holds_focus, ring_outside
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.pressable import Pressable, reach_with_tab, step_to
from p2kp_desktop.ui.look.measures import RADIUS_ROW
from p2kp_desktop.ui.look.tokens import Token

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class PointButton(Pressable):
    """The room of one bar, part or row: what is below it is painted by the chart."""

    def __init__(self, point: Point, parent: QWidget) -> None:
        super().__init__(point.words, parent)
        self.point = point
        self.setToolTip(point.words)
        ring_outside(self, RADIUS_ROW)
        if point.way is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.lit and self.point.way is not None:
            with painting(self) as painter:
                box(painter, self.rect().toRectF(), line=Token.ACCENT_LINE, radius=RADIUS_ROW)


class ChartView(QWidget):
    """Tab enters a chart at one of its points, the arrow keys go to the others, Enter or a click opens one."""

    opened = Signal(object)  # Point

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._buttons: list[Pressable] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_chart(chart)

    def show_chart(self, chart: Chart) -> None:
        """Show other figures; the focus stays at its place."""
        focused = next((place for place, each in enumerate(self._buttons) if holds_focus(each)), -1)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self.chart = chart
        self.setAccessibleName(chart.title)
        self._buttons = [self._button(point) for _spot, point in self._laid(max(self.width(), 1)).spots]
        if self._buttons:
            reach_with_tab(self._buttons, None)
        self._place()
        if focused >= 0:
            step_to(self._buttons, min(focused, len(self._buttons) - 1))

    def _button(self, point: Point) -> Pressable:
        button = PointButton(point, self)
        button.clicked.connect(lambda: self.opened.emit(point))
        button.show()
        return button

    @property
    def buttons(self) -> list[Pressable]:
        """Return the buttons of its points."""
        return self._buttons

    def _laid(self, width: int) -> Laid:
        return charts.laid(self.chart, width)

    def _place(self) -> None:
        for button, (spot, _point) in zip(self._buttons, self._laid(self.width()).spots, strict=True):
            button.setGeometry(QRect(round(spot.x()), round(spot.y()), ceil(spot.width()), ceil(spot.height())))
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self.update()

    @override
    def heightForWidth(self, width: int) -> int:
        return charts.height_of(self.chart, width)

    @override
    def sizeHint(self) -> QSize:
        width = max(self.width(), self.minimumSizeHint().width())
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(ceil(charts.least_width(self.chart)), 20)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._laid(self.width()).paint(painter)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if isinstance(focused, PointButton) and event.key() in _STEPS:
            step_to(self._buttons, self._buttons.index(focused) + _STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
