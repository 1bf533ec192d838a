"""Small pictures of attached photos; they are read scaled down, so that a large one takes no room in memory."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from p2kp_desktop.ui.kit.flow import Flow

_SIDE = 72
_MOST = 6


class Thumbnails(QWidget):
    """Shows the first few files that are pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.labels = [QLabel() for _place in range(_MOST)]
        flow = Flow(self)
        for label in self.labels:
            flow.addWidget(label)
        self.hide()

    def show_files(self, files: Sequence[Path]) -> None:
        """Show other files; what is no picture is left out."""
        shown = [(path, picture) for path in files[:_MOST] if (picture := _small(path)) is not None]
        for place, label in enumerate(self.labels):
            label.setVisible(place < len(shown))
            if place < len(shown):
                label.setPixmap(shown[place][1])
                label.setAccessibleName(shown[place][0].name)
        self.setVisible(bool(shown))


def _small(path: Path) -> QPixmap | None:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if not reader.canRead() or not size.isValid():
        return None
    reader.setScaledSize(size.scaled(QSize(_SIDE, _SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else QPixmap.fromImage(image)
