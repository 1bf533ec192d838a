"""The file that was made: its name, where it lies, what to do with it."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from p2kp_desktop.actions.bundles.outbox import Order
from p2kp_desktop.actions.bundles.sending import Sent
from p2kp_desktop.actions.common.office_words import role_words
from p2kp_desktop.actions.recording.attachments import folder_beside
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import BODY, CARD_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

_NAMED = 5  # attachments named in one line


class SentCard(QWidget):
    """Says that the bundle is complete and how it reaches the other office."""

    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._path = Path()
        card = Card()
        card.body.setSpacing(SPACE_12)
        self.title = IconLine("circle-check", "", CARD_TITLE, icon_tone=Token.OK)
        self.file = Label("", Style(bold=True), wraps=True)
        self._folder = Label("", SECONDARY, wraps=True)
        self._steps = Label("", BODY, wraps=True)
        self.safe = IconLine("shield-check", "", Style(tone=Token.OK))
        for widget in (self.title, self.file, self._folder, self.safe, self._steps):
            card.body.addWidget(widget)
        card.body.addLayout(self._buttons())
        down(card, Stretch(), into=self, gap=None)

    def _buttons(self) -> QHBoxLayout:
        self.open_folder = Button(say("Buka folder"), Kind.PRIMARY)
        self.open_folder.clicked.connect(self._open)
        self.copy = Button(say("Salin nama"), icon="copy")
        self.copy.clicked.connect(self._copy)
        back = Button(say("Kirim yang lain"))
        back.clicked.connect(self.again)
        return across(self.open_folder, self.copy, back, Stretch(), gap=SPACE_8)

    def show_sent(
        self, sent: Sent, order: Order, *, on_stick: bool, in_use: bool = False, beside: str = ""
    ) -> None:
        """Show a bundle that was written as ordered; `in_use` says that the workspace itself lies on that stick.

        `beside` tells of what else was to go into the folder.
        """
        self._path = sent.path
        office = role_words(order.to)
        done = say("Paket selesai: {count} catatan", count=written.number(sent.records))
        self.title.say(done if sent.records else say("Tanda terima selesai"))
        self.file.say(sent.path.name)
        self._folder.say(say("di {folder}", folder=sent.path.parent))
        self.safe.say(
            say("Tersalin utuh dan sudah dibaca ulang: flashdisk aman dicabut.") if on_stick and not in_use
            else say("Tersalin utuh dan sudah dibaca ulang.")
        )
        self._steps.say("\n".join(_steps(sent, order, office, on_stick=on_stick, beside=beside)))
        self.copy.say(say("Salin nama"))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._path.name)
        self.copy.say(say("Nama tersalin"))


def _steps(sent: Sent, order: Order, office: str, *, on_stick: bool, beside: str = "") -> list[str]:
    """Return the steps to take with the file of a bundle, numbered."""
    ways = say("Serahkan berkas ini ke {office}: dengan flashdisk, WhatsApp, atau surel.", office=office)
    found = [
        say("Serahkan flashdisk ini ke {office}.", office=office) if on_stick else ways,
        say("Penerima membuka P2KP Desktop, tab Terima, lalu memilih berkas ini."),
        say("Nama berkas boleh diganti, isinya jangan. Menerima dua kali tidak menggandakan data."),
    ]
    if beside:
        found.append(beside)
    if sent.attached:
        found.append(say("Sertakan juga folder «{folder}» di sebelahnya: {count} lampiran.",
                         folder=folder_beside(sent.path).name, count=sent.attached))
        found += filter(None, [sent.openness()])
    if sent.unattached:
        found.append(say("Tidak ikut: lampiran {names}.", names=", ".join(sent.unattached[:_NAMED])))
    if sent.sealed_for:
        found.append(say("Berkas ini tersegel: hanya {offices}, dan ruang kerja ini, yang dapat membukanya.",
                         offices=", ".join(sent.sealed_for)))
    if sent.locked:
        found.append(say("Sampaikan kata sandinya lewat telepon, jangan bersama berkasnya."))
    if order.withhold:
        found.append(say("Paket ini tanpa nama dan NIK, jadi belum menjadi salinan lengkap data Anda."))
    return [f"{number}.  {text}" for number, text in enumerate(found, start=1)]
