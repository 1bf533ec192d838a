"""Small pictures of attached photos, read scaled down by whoever has time, never by the thread of the window."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from p2kp_desktop.exchange import pdf_scans, scans
from p2kp_desktop.exchange.scans import Kind
from p2kp_desktop.store import sealed
from p2kp_desktop.ui.kit.flow import Flow

_SIDE = 72
_MOST = 6
_READERS = {scans.JPEG: b"jpeg", scans.PNG: b"png", scans.WEBP: b"webp", scans.TIFF: b"tiff"}
_SCALES_WHILE_READING = {scans.JPEG}
_PIXELS = 24_000_000  # of a picture that is read whole before it is scaled: 96 MB
_PIXELS_SCALED = 200_000_000


@dataclass(frozen=True)
class Picture:
    """A small picture of a file."""

    name: str
    image: QImage


def small_pictures(files: Sequence[Path], side: int = _SIDE) -> list[Picture]:
    """Return small pictures of the first few files; what is no picture, or too large to be read, has none.

    `side` is the longer one, in logical pixels. May take tenths of a second: not for the thread of the window.
    """
    found = ((path, _small(path, side)) for path in files[:_MOST])
    return [Picture(sealed.inside(path).name, image) for path, image in found if image is not None]


def scanned_page(file: Path, number: int, side: int) -> Picture:
    """Return a page, from 1, of a scanned PDF, so many pixels on its longer side. Raises Trouble."""
    page = pdf_scans.picture(file, number, side)
    image = QImage(page.tobytes(), page.width, page.height, page.width, QImage.Format.Format_Grayscale8)
    return Picture(file.name, image.copy())  # it lives longer than its bytes


def _small(path: Path, side: int) -> QImage | None:
    """Return a file scaled down; only by the reader of the kind its bytes are, so that no other reader meets it."""
    content = QBuffer()
    try:
        kind = scans.kind_in(sealed.head(path, scans.HEAD))
        if kind not in _READERS:
            return None
        content.setData(sealed.content(path))
    except OSError:
        return None
    content.open(QIODevice.OpenModeFlag.ReadOnly)
    return _scaled(content, kind, side)


def _scaled(content: QBuffer, kind: Kind, side: int) -> QImage | None:
    """Read a picture of a kind scaled down; the reader is gone before what it reads."""
    reader = QImageReader(content, _READERS[kind])
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    size = reader.size()
    most = _PIXELS_SCALED if kind in _SCALES_WHILE_READING else _PIXELS
    if not size.isValid() or size.width() * size.height() > most:
        return None
    reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


class Thumbnails(QWidget):
    """Shows a few small pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.labels = [QLabel() for _place in range(_MOST)]
        flow = Flow(self)
        for label in self.labels:
            flow.addWidget(label)
        self.hide()

    def show_pictures(self, pictures: Sequence[Picture]) -> None:
        """Show other pictures, the first few of them."""
        shown = pictures[:_MOST]
        for place, label in enumerate(self.labels):
            label.setVisible(place < len(shown))
            if place < len(shown):
                label.setPixmap(QPixmap.fromImage(shown[place].image))
                label.setAccessibleName(shown[place].name)
        self.setVisible(bool(shown))
