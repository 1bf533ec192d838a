"""The focus goes back to where it was, where that still stands."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from p2kp_desktop.ui.kit.focus import give_back


def test_the_focus_goes_back_only_to_what_still_stands(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    row, one, other = QHBoxLayout(page), QPushButton("a"), QPushButton("b")
    row.addWidget(one)
    row.addWidget(other)
    page.show()
    other.setFocus()
    assert give_back(one)
    assert page.focusWidget() is one
    other.hide()
    assert not give_back(other)
    other.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not give_back(other)  # a page was made anew under the card that had the focus
    assert not give_back(None)
    assert page.focusWidget() is one
