"""Pictures in a folder, small ones and as a camera keeps them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.photos import exif, told


def a_picture(folder, name="foto.png", size=(640, 320), colour=Qt.GlobalColor.darkGreen):
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(colour)
    file = folder / name
    assert image.save(str(file))
    return file


def a_photo(folder, name="foto.jpg"):
    """Return a picture as a camera keeps it: what it tells of itself stands before it."""
    file = folder / name
    file.write_bytes(told(a_picture(folder, f"tanpa {name}").read_bytes(), exif()))
    return file
