"""Brings what was just shown into sight: a part that opens below the fold of a page looks as if nothing happened."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the page a widget is on to the widget, once the page is as long as it became."""
    QTimer.singleShot(0, widget, lambda: _show_in_area(widget))


def _show_in_area(widget: QWidget) -> None:
    area = widget.parentWidget() if isValid(widget) else None
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if isinstance(area, QScrollArea):
        area.ensureWidgetVisible(widget)
