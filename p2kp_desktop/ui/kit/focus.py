"""The focus ring around buttons, tiles and cards: 2 px accent, 1 px outside, whatever brought the focus."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPushButton, QWidget
from shiboken6 import isValid
from typing_extensions import override

from p2kp_desktop.ui.kit.painting import painting, ring
from p2kp_desktop.ui.look.measures import LINE, LINE_STRONG, RADIUS_BUTTON

OUTSIDE = LINE + LINE_STRONG  # pixels the ring needs around the widget
RADIUS = "ring_radius"


def ring_outside(widget: QWidget, radius: int = RADIUS_BUTTON) -> None:
    """Ask for the ring around this widget, which has corners of this radius; push buttons get it unasked."""
    widget.setProperty(RADIUS, radius)


def holds_focus(widget: QWidget) -> bool:
    """Say whether the keyboard is on this widget or in it, or will be as soon as its window is in front again.

    What is shown anew asks this and not hasFocus: a dialog or another program may stand in front when figures arrive.
    """
    focused: QWidget | None = widget.window().focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))


def focus_into(place: QWidget) -> None:
    """Put the focus on the first thing of a place that takes it, unless it is in there already."""
    focused = QApplication.focusWidget()
    if focused is not None and place.isAncestorOf(focused):
        return
    for widget in place.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            widget.setFocus()
            return


def give_back(before: QWidget | None) -> bool:
    """Give the focus back to what had it; say whether it could be: a page may have been made anew meanwhile."""
    stands = before is not None and isValid(before) and before.isVisible()
    if stands and before is not None:
        before.setFocus(Qt.FocusReason.PopupFocusReason)
    return stands


def follow(app: QApplication) -> None:
    """Let the ring follow the focus through the whole program."""
    if app.findChild(_Follower) is None:
        _Follower(app)


class _Follower(QObject):
    """Puts a ring around what has the focus now and takes away the one before."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: _Ring | None = None
        app.focusChanged.connect(self._move)

    def _move(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.leave()
        self._ring = _ring_around(now)


def _ring_around(widget: QWidget | None) -> "_Ring | None":
    if widget is None or widget.parentWidget() is None:
        return None
    radius = widget.property(RADIUS)
    if radius is None and isinstance(widget, QPushButton):
        radius = RADIUS_BUTTON
    return None if radius is None else _Ring(widget, int(radius))


def _up_to_host(widget: QWidget) -> list[QWidget]:
    """Return the widget and what it lies in, up to what scrolls as a whole or is the window; that comes last."""
    chain = [widget]
    while (around := chain[-1].parentWidget()) is not None:
        chain.append(around)
        viewport = around.parentWidget()
        if around.isWindow() or (viewport is not None and isinstance(viewport.parentWidget(), QAbstractScrollArea)):
            break
    return chain


class _Ring(QWidget):
    """The ring itself; it moves, grows and disappears with the focused widget."""

    def __init__(self, widget: QWidget, radius: int) -> None:
        *self._moving, self._host = _up_to_host(widget)
        super().__init__(self._host)
        self._widget, self._radius = widget, radius + OUTSIDE
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        for part in self._moving:
            part.installEventFilter(self)
        self._surround(visible=widget.isVisible())

    def leave(self) -> None:
        """Disappear for good."""
        for part in self._moving:
            if isValid(part):
                part.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def _surround(self, *, visible: bool) -> None:
        corner = self._widget.mapTo(self._host, QPoint(0, 0))
        self.setGeometry(QRect(corner, self._widget.size()).adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE))
        self.raise_()
        self.setVisible(visible)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isValid(self._widget):
            return False
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self._surround(visible=self._widget.isVisible())
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            ring(painter, self.rect().toRectF(), self._radius)
