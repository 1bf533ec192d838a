"""Draw p2kp.ico anew from the bowl of resources/icons; done once, when the sign changes, on a machine with Qt.

.venv/bin/python packaging/windows/icon.py
"""

import os
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).resolve().parent
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
GROUND, SIGN = "#0B5B69", "white"


def draw() -> None:
    """Write p2kp.ico: the bowl on a rounded ground, in every size that Windows asks for."""
    bowl = (HERE.parent.parent / "resources" / "icons" / "bowl.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(bowl.replace("currentColor", SIGN).encode())
    pictures = [_picture(renderer, size) for size in SIZES]
    pictures[-1].save(HERE / "p2kp.ico", sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])


def _picture(renderer: QSvgRenderer, size: int) -> Image.Image:
    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(GROUND))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.2, size * 0.2)
    inset = size * 0.16
    renderer.render(painter, QRectF(inset, inset, size - 2 * inset, size - 2 * inset))
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(image.constBits()))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    draw()
