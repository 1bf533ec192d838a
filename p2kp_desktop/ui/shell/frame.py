"""The window's frame: it holds one page at a time, and tells when it was painted for the first time."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget
from typing_extensions import override

from p2kp_desktop.ui.look import icons
from p2kp_desktop.ui.look.tokens import Token

TITLE = "P2KP Desktop"
SMALLEST = QSize(1000, 500)
USUAL = QSize(1366, 698)


class Frame(QMainWindow):
    """The one window of the program."""

    painted = Signal()  # once, after the first paint
    closes = Signal()  # nobody sees it any more, and it does not come back

    def __init__(self) -> None:
        super().__init__()
        self.may_close: Callable[[], bool] = lambda: True  # whether nothing is lost when the window closes
        self.setWindowTitle(TITLE)
        self.setWindowIcon(icons.icon("bowl", Token.ACCENT, 32))
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self.was_painted = False
        self._cover: QWidget | None = None

    def show_page(self, page: QWidget) -> None:
        """Show another page in place of the one before."""
        self.setWindowTitle(TITLE)
        self.setCentralWidget(page)

    def cover(self, page: QWidget) -> None:
        """Show a page over the whole inside, which is neither seen nor reached by any key until it is uncovered."""
        self.uncover()
        self._cover = page
        inside = self.centralWidget()
        if inside is not None:
            inside.hide()
        page.setParent(self)
        page.setGeometry(self.rect())
        page.show()
        page.raise_()

    def uncover(self) -> None:
        """Show the inside again, the focus where it was."""
        if self._cover is None:
            return
        self._cover.hide()
        self._cover.deleteLater()
        self._cover = None
        inside = self.centralWidget()
        if inside is not None:
            before = inside.focusWidget()
            inside.show()
            if before is not None:
                before.setFocus()

    def open_fitting(self) -> None:
        """Appear: filling a small screen, in the usual size on a large one."""
        room = QGuiApplication.primaryScreen().availableSize()
        if room.width() <= USUAL.width() or room.height() <= USUAL.height():
            self.resize(USUAL.boundedTo(room))  # what is left when it is no longer maximised
            self.showMaximized()
        else:
            self.show()

    def come_to_the_front(self) -> None:
        """Be seen, also where the window was put away or lies below others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.was_painted:
            self.was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cover is not None:
            self._cover.setGeometry(self.rect())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.hide()  # at once, whatever is still to be written
        self.closes.emit()
        super().closeEvent(event)
