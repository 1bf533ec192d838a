"""The page of the recovery words: shown once a workspace gets a password, and again to whoever has it."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout
from typing_extensions import override

from p2kp_desktop.actions.protection.password import Protection
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing import recovery_sheet, writing
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.controls import CheckBox
from p2kp_desktop.ui.kit.labels import CARD_TITLE, NOTE, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across
from p2kp_desktop.ui.kit.messages import fault_of
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12, SPACE_20

from .sheets import Sheet

_COLUMNS = 3


class RecoveryPage(Sheet):
    """Save or write down the words, say so, go on."""

    goes_on = Signal()

    def __init__(self, file: Path, person: str, protection: Protection) -> None:
        super().__init__(say("Lembar pemulihan"), say(
            "Dua belas kata ini membuka {name} bila kata sandinya terlupa. Tanpa kata sandi dan tanpa kata-kata ini, "
            "datanya tidak dapat dibuka siapa pun, juga oleh pembuat program.", name=file.name,
        ))
        self.file, self.person, self._words = file, person, protection.words
        self.save = Button(say("Simpan sebagai PDF untuk dicetak"), icon="printer")
        self.kept = CheckBox(say("Kata-kata ini sudah saya cetak atau tulis di kertas"))
        self.go = Button(say("Lanjutkan"), Kind.PRIMARY, keys=("Enter",))
        self._told = Label(say("Simpan kertasnya di lemari terkunci di kantor, bukan di tas laptop."), NOTE, wraps=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_20)
        grid.setVerticalSpacing(SPACE_8)
        for place, word in enumerate(self._words):
            grid.addWidget(Label(f"{place + 1}. {word}", CARD_TITLE), place // _COLUMNS, place % _COLUMNS)
        self.card.addLayout(grid)
        self.card.addLayout(across(self.save, Stretch(), gap=SPACE_12))
        self.card.addWidget(self._told)
        self.card.addWidget(self.kept, 0, Qt.AlignmentFlag.AlignLeft)
        self.card.addLayout(across(self.go, Stretch(), gap=SPACE_12))
        self.save.clicked.connect(self._ask)
        self.kept.toggled.connect(self._take_word)
        self.go.clicked.connect(self._go)
        self.go.setEnabled(False)

    def _ask(self) -> None:
        name = str(Path.home() / f"{say('Lembar pemulihan {name}', name=self.file.stem)}.pdf")
        path, _ = QFileDialog.getSaveFileName(self, say("Simpan lembar pemulihan"), name, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the sheet as a PDF, and open it to be printed."""
        try:
            writing.save(recovery_sheet.recovery_sheet(self.file, self.person, self._words), path)
        except Trouble as trouble:
            self.show_fault(fault_of(trouble))
            return
        self._told.say(say("Tersimpan di {path}. Cetak, lalu hapus berkasnya: siapa pun yang membacanya dapat membuka "
                           "data.", path=path))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _take_word(self, kept: bool) -> None:
        """Let it go on once somebody says that the words are on paper; Enter does it then."""
        self.go.setEnabled(kept)
        if kept:
            self.go.setFocus()

    def _go(self) -> None:
        self.show_busy(busy=True)
        self.goes_on.emit()

    @override
    def show_busy(self, *, busy: bool) -> None:
        self.go.setEnabled(self.kept.isChecked() and not busy)
