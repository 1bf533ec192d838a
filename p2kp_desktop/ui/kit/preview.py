"""A PDF looked at: one page as large as there is room for, or as wide, with the keys that turn pages."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.exchange.pdf_scans import ForeignPages
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing.pages.viewing import Pages
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.look.measures import RADIUS_CHECK, SPACE_4, SPACE_8
from p2kp_desktop.ui.look.tokens import Token

_MM_PER_INCH = 25.4
_PAUSE = 100  # milliseconds
_NARROWEST, _LOWEST = 200, 130  # pixels: a page, and beside it in the smallest window options, progress, buttons


def image_of(png: bytes) -> QImage:
    """Return a page as Qt paints it: nothing shines through it."""
    return QImage.fromData(png).convertToFormat(QImage.Format.Format_RGB32)


class _Sheet(QWidget):
    """The picture of a page on the ground of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def show_image(self, image: QImage) -> None:
        """Show another picture, in device pixels."""
        self.image = image
        self.setFixedHeight(max(1, round(image.height() / image.devicePixelRatio())))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        wide = self.image.width() / self.image.devicePixelRatio()
        left = max(0.0, (self.width() - wide) / 2)
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(round(left), 0, self.image)
            edge = self.rect().toRectF().adjusted(left, 0, -left, 0)
            box(painter, edge, line=Token.LINE2, radius=RADIUS_CHECK)


class Preview(QWidget):
    """Shows one page at a time; `show_pdf` gives it another document, the page in sight stays where it can."""

    def __init__(self, called: str = "") -> None:
        super().__init__()
        self._pages: Pages | ForeignPages | None = None
        self.page, self.is_wide = 0, False
        self.whole = 1
        self._sheet = _Sheet()
        self.area = QScrollArea()
        self.area.setWidget(self._sheet)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setAccessibleName(called or say("Pratayang cetak"))
        self.told = Label("", NOTE)
        self.told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        down((self.area, 1), self.told, into=self, gap=SPACE_4)
        self.setMinimumSize(QSize(_NARROWEST, _LOWEST))
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._render)

    @property
    def count(self) -> int:
        """Return how many pages there are."""
        return 0 if self._pages is None else len(self._pages)

    def show_pdf(self, pdf: bytes, whole: int = 1) -> None:
        """Show a document of ours, the first of a `whole` number of them; nothing for an empty one."""
        self.whole = whole
        self._show(Pages(pdf) if pdf else None)

    def show_foreign(self, pdf: bytes, name: str) -> None:
        """Show a PDF that was made elsewhere, and has this name; raise Trouble for one that cannot be read."""
        self.whole = 1
        self._show(ForeignPages(pdf, name))

    def _show(self, pages: Pages | ForeignPages | None) -> None:
        self._pages = pages
        self.page = min(self.page, max(0, self.count - 1))
        self._render()

    def turn(self, by: int) -> None:
        """Turn so many pages on, or back; stay where there is none."""
        self.show_page(self.page + by)

    def show_page(self, number: int) -> None:
        """Show a page, from 0; the first or the last one for one beyond."""
        self.page = min(max(0, number), max(0, self.count - 1))
        self.area.verticalScrollBar().setValue(0)
        self._render()

    def enlarge(self) -> None:
        """Show the page as wide as there is room for, or whole again."""
        self.is_wide = not self.is_wide
        self._render()

    def _render(self) -> None:
        self._soon.stop()
        if self._pages is None or not self.count:
            self._sheet.show_image(QImage())
            self.told.say("")
            return
        width, height = self._pages.size(self.page)
        ratio = self.devicePixelRatioF()
        try:
            image = image_of(self._pages.picture(self.page, self._scale() * ratio * _MM_PER_INCH))
        except Trouble as trouble:  # of this page of a foreign file; others may be sound
            self._sheet.show_image(QImage())
            self.told.say(say(trouble.what))
            return
        image.setDevicePixelRatio(ratio)
        self._sheet.show_image(image)
        told = [say("Halaman {page} dari {pages}", page=written.number(self.page + 1),
                    pages=written.number(self.count))]
        if self.whole > 1:
            told.append(say("yang pertama dari {whole}", whole=written.number(self.whole)))
        self.told.say(" · ".join([*told, f"{round(width)} × {round(height)} mm"]))

    def _scale(self) -> float:
        """Return how many pixels of the window a millimetre of the page in sight has."""
        assert self._pages is not None
        width, height = self._pages.size(self.page)
        room = self.area.viewport().size()
        wide = (room.width() - SPACE_8) / width
        return max(wide if self.is_wide else min(wide, (room.height() - 2) / height), 0.1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stretch the page while an edge is dragged; draw it anew once the dragging pauses."""
        super().resizeEvent(event)
        image = self._sheet.image
        if self._pages is None or image.isNull():
            self._render()
            return
        stretched = QImage(image)
        stretched.setDevicePixelRatio(image.width() / (self._pages.size(self.page)[0] * self._scale()))
        self._sheet.show_image(stretched)
        self._soon.start()
