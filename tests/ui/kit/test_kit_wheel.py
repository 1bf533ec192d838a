"""The wheel scrolls a page and never chooses: what is chosen holds at once, and nobody would notice."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from p2kp_desktop.ui.kit.controls import Choice


def test_the_wheel_over_a_choice_is_left_to_the_page(qtbot):
    choice = Choice()
    choice.addItems(["10 menit", "30 menit", "tidak"])
    qtbot.addWidget(choice)
    at = QPointF(choice.rect().center())
    turned = QWheelEvent(at, at, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
                         Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(choice, turned)
    assert not turned.isAccepted()
    assert choice.currentIndex() == 0
    assert choice.focusPolicy() is Qt.FocusPolicy.StrongFocus
