"""The page that asks for the password of a workspace: of a new one, or of one that lies in clear until now."""

from PySide6.QtCore import Qt, Signal
from typing_extensions import override

from p2kp_desktop.actions.common import passwords
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.link import Link
from p2kp_desktop.ui.kit.new_password import NewPassword
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_12

from .sheets import Sheet


class ProtectPage(Sheet):
    """Type it twice, Enter goes on; going on without one says what that means."""

    protects = Signal(str)  # the password
    skips = Signal()

    def __init__(self, *, is_new: bool, name: str) -> None:
        super().__init__(
            say("Sandi untuk {name}", name=name),
            say("Bila laptop atau cadangan hilang, nama dan NIK dalam ruang kerja tidak terbaca tanpa sandi ini.")
            if is_new else
            say("Ruang kerja ini belum terlindungi: siapa pun yang memegang laptop atau cadangannya dapat membaca nama "
                "dan NIK. Dengan sandi, berkas ini dan cadangannya disandikan sekarang; cadangan dibuat dulu, dan "
                "isinya dibandingkan baris demi baris."),
        )
        self._usual = self.told.text()
        self.new = NewPassword(
            say("Sandi ini diminta setiap kali program dibuka. Bila lupa, lembar pemulihan membukanya; lembar itu "
                "ditunjukkan sesudah ini. Tidak ikut disandikan: apa yang Anda ekspor, cetak, atau kirim tanpa "
                "segel."), passwords.weakness, passwords.offered,
        )
        self.go = Button(say("Lindungi dan lanjutkan"), Kind.PRIMARY, icon="shield-check", keys=("Enter",))
        self.skip = Link(say("Tanpa sandi") if is_new else say("Nanti saja"))
        self._busy = False
        meaning = Label(say("Tanpa sandi, siapa pun yang memegang berkas ini dapat membacanya. Bisa diberi sandi kapan "
                            "saja di Pengaturan."), NOTE, wraps=True)
        self.card.addWidget(self.new)
        self.card.addLayout(across(self.go, Stretch(), gap=SPACE_12))
        self.card.addLayout(down((self.skip, 0, Qt.AlignmentFlag.AlignLeft), meaning, gap=SPACE_4))
        self.new.changed.connect(self._judge)
        self.new.confirmed.connect(self._go)
        self.go.clicked.connect(self._go)
        self.skip.clicked.connect(self._skip)
        self._judge()

    def _judge(self) -> None:
        self.go.setEnabled(not self._busy and not self.new.problem())
        self.skip.setEnabled(not self._busy)

    def _go(self) -> None:
        if self.go.isEnabled():
            self.show_busy(busy=True)
            self.protects.emit(self.new.first.text())

    def _skip(self) -> None:
        self.show_busy(busy=True)
        self.skips.emit()

    @override
    def show_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.told.say(say("Menyiapkan ruang kerja…") if busy else self._usual)
        self._judge()

    def show_done(self, done: int, total: int) -> None:
        """Show how far the file is enciphered."""
        self.told.say(say("Menyandikan: {done} dari {total} bagian.", done=done, total=total))
