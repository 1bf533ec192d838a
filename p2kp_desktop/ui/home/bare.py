"""A line that reminds of a workspace without a password, and leads to where it gets one; nothing else says it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.labels import NOTE
from p2kp_desktop.ui.kit.link import IconLine, Link
from p2kp_desktop.ui.look.measures import SPACE_12
from p2kp_desktop.ui.look.tokens import Token


class BareLine(QWidget):
    """Shown while the workspace lies in clear."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.icon = IconLine("lock", "", NOTE, icon_tone=Token.WARN)
        self.link = Link(say("Data di laptop ini belum terlindungi sandi"))
        self.link.setToolTip(say(
            "Siapa pun yang memegang laptop, berkas ini, atau cadangannya dapat membaca nama dan NIK. Dengan sandi, "
            "ruang kerja dan cadangannya disandikan; isinya tidak berubah."))
        self.link.clicked.connect(self.opened)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_12, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.icon)
        row.addWidget(self.link)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.link.accessibleName())
        self.hide()
