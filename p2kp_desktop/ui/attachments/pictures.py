"""Small pictures of attached photos, read scaled down by whoever has time, never by the thread of the window."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from p2kp_desktop.exchange import bare_pictures, pdf_scans, scans
from p2kp_desktop.exchange.scans import Kind
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import sealed
from p2kp_desktop.ui.kit.flow import Flow

_SIDE = 72
_MOST = 6
_PIXELS = 24_000_000  # of a picture that is read whole before it is scaled: 96 MB


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
    """Return a file scaled down; None for what is no picture, damaged, or too large to be read."""
    try:
        kind = scans.kind_in(sealed.head(path, scans.HEAD))
        return _scaled(sealed.content(path), kind, side) if kind in bare_pictures.READ else None
    except (OSError, Trouble):
        return None


def _scaled(content: bytes, kind: Kind, side: int) -> QImage | None:
    """Scale a picture down as the camera was held; a JPEG while it is read. Raises Trouble."""
    from PIL import ImageOps

    with bare_pictures.opened(io.BytesIO(content), "") as picture:
        if kind is not scans.JPEG and picture.width * picture.height > _PIXELS:
            return None
        picture.draft("RGB", (side, side))
        seen = ImageOps.contain(ImageOps.exif_transpose(picture), (side, side)).convert("RGBA")
    image = QImage(seen.tobytes(), seen.width, seen.height, seen.width * 4, QImage.Format.Format_RGBA8888)
    return image.copy()  # it lives longer than its bytes


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
