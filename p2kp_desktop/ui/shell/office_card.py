"""Kantor dan kop surat: what is printed of the office, with the head of a letter as it will look.

Everything holds at once, as the other settings do: what is typed is kept as soon as the hand rests, or the place is
left. What paper could not say is told beside the fields, and what was kept before stays.
"""

from dataclasses import asdict, replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing import making
from p2kp_desktop.printing.pages import offices
from p2kp_desktop.printing.pages.offices import Office
from p2kp_desktop.printing.pages.paper import SHEETS
from p2kp_desktop.printing.pages.viewing import Pages
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.controls import Choice
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import CARD_TITLE, NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.preview import image_of
from p2kp_desktop.ui.look.lettering import metrics
from p2kp_desktop.ui.look.measures import CARD_GAP, CARD_SIDE, CARD_TOP, SPACE_8, SPACE_12, SPACE_20
from p2kp_desktop.ui.look.tokens import Token

_REST = 600  # milliseconds without a key, after which what stands there is kept
_ROWS = 3  # of signatories, and of lines of the letterhead in sight
_WIDE = 420  # pixels of the sample
_TOP = 0.3  # of a page that the sample shows
_INCH = 25.4


class OfficeCard(QFrame):
    """The fields of an office, and the head of its letters; `kept` says that what stands there is kept."""

    kept = Signal()
    refused = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("frame", "card")
        self.lines = QPlainTextEdit()
        self.town, self.numbering, self.first = QLineEdit(), QLineEdit(), QLineEdit()
        self.paper = Choice()
        self.signatories = [[QLineEdit() for _part in range(3)] for _row in range(_ROWS)]
        self.choose = Button(say("Pilih logo (PNG atau JPEG)"), icon="plus")
        self.without = Button(say("Hapus logo"))
        self.told, self.sample = Label("", NOTE, wraps=True), QLabel()
        self._office, self._shows = Office(), False
        self._later = QTimer(self, singleShot=True, interval=_REST)
        self._later.timeout.connect(self.keep)
        self._lay_out()
        self._connect()
        desk.rights.guard(Deed.RULE, self)

    def _lay_out(self) -> None:
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(round(metrics().lineSpacing() * (_ROWS + 1)) + SPACE_20)
        self.numbering.setPlaceholderText("{no}/KEL/{bulan}/{tahun}")
        for sheet in SHEETS.values():
            self.paper.addItem(sheet.title, sheet.name)
        self.sample.setFrameShape(QFrame.Shape.Box)
        self.sample.setAccessibleName(say("Contoh kop surat"))
        top, below = _grid(), _grid()
        self.first.setFixedWidth(round(metrics().horizontalAdvance("00000")) + 2 * SPACE_20)
        rows = ((say("Kop surat"), self.lines), (say("Kota surat"), self.town), (say("Nomor surat"), self.numbering),
                (say("Nomor mulai dari"), self.first), (say("Kertas"), self.paper))
        for row, (words, field) in enumerate(rows):
            field.setAccessibleName(words)
            top.addWidget(_named(words), row, 0, Qt.AlignmentFlag.AlignTop)
            top.addWidget(field, row, 1)
        below.addWidget(_named(say("Penanda tangan")), 0, 0, Qt.AlignmentFlag.AlignTop)
        below.addLayout(self._signing(), 0, 1)
        below.addWidget(_named(say("Logo")), 1, 0)
        below.addWidget(self._logo(), 1, 1)
        beside = down((self.sample, 0, Qt.AlignmentFlag.AlignTop), Stretch())
        down(
            Label(say("Kantor dan kop surat"), CARD_TITLE),
            Label(say("Dicetak pada surat dan laporan. Hanya di laptop ini; tidak ikut terkirim."), NOTE, wraps=True),
            across((top, 1), beside, gap=CARD_GAP), below, self.told,
            into=self, gap=SPACE_8, margins=(CARD_SIDE, CARD_TOP),
        )

    def _signing(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(SPACE_8)
        names = (say("Jabatan"), say("Nama"), say("NIP"))
        for row, parts in enumerate(self.signatories, 1):
            for column, (field, name) in enumerate(zip(parts, names, strict=True)):
                field.setPlaceholderText(name)
                field.setAccessibleName(say("{part} penanda tangan {number}", part=name, number=row))
                field.setMaxLength(offices.LONGEST)
                grid.addWidget(field, row, column)
        for column, share in enumerate((3, 4, 3)):
            grid.setColumnStretch(column, share)
        return grid

    def _logo(self) -> QWidget:
        both = QWidget()
        row = Flow(both)
        row.addWidget(self.choose)
        row.addWidget(self.without)
        return both

    def _connect(self) -> None:
        self.lines.textChanged.connect(self._touch)
        for field in (self.town, self.numbering, self.first, *(each for row in self.signatories for each in row)):
            field.textEdited.connect(self._touch)
        self.paper.activated.connect(self.keep)
        self.choose.clicked.connect(self._pick)
        self.without.clicked.connect(lambda: self._keep_logo(b""))

    # What is shown

    def enter(self) -> None:
        """Ask for what is kept, and show it."""
        self.desk.ask(self, offices.office, self.show_office)

    def show_office(self, office: Office) -> None:
        """Show what is kept of the office."""
        self._office, self._shows = office, True
        self.lines.setPlainText("\n".join(office.lines))
        self.town.setText(office.town)
        self.numbering.setText(office.numbering)
        self.first.setText(str(office.first))
        self.paper.setCurrentIndex(self.paper.findData(office.sheet.name))
        for place, row in enumerate(self.signatories):
            parts = [*asdict(office.signatories[place]).values()] if place < len(office.signatories) else [""] * 3
            for field, text in zip(row, parts, strict=True):
                field.setText(text)
                field.setCursorPosition(0)
        self._shows = False
        self._tell("")
        self._show_sample()

    def _show_sample(self) -> None:
        office, ratio = self._office, self.devicePixelRatioF()
        self.without.setVisible(bool(office.logo))
        self.desk.ask(self, lambda _workspace: sample(office, ratio), self._show_picture)

    def _show_picture(self, picture: bytes) -> None:
        image = image_of(picture)
        shown = QPixmap.fromImage(image.copy(0, 0, image.width(), round(image.height() * _TOP)))
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self.sample.setPixmap(shown)

    def _tell(self, words: str, tone: Token = Token.TEXT2) -> None:
        self.told.colour(tone)
        self.told.say(words)

    # What is kept

    def _touch(self) -> None:
        if not self._shows:
            self._later.start()

    def keep(self) -> None:
        """Keep what stands in the fields, if paper can say it."""
        self._later.stop()
        told = {
            "lines": self.lines.toPlainText().splitlines(), "town": self.town.text(),
            "numbering": self.numbering.text(), "first": self.first.text() or 1, "paper": self.paper.currentData(),
            "signatories": [
                dict(zip(("role", "name", "nip"), (field.text() for field in row), strict=True))
                for row in self.signatories
            ] + [asdict(each) for each in self._office.signatories[_ROWS:]],
        }
        try:
            made = offices.changed(self._office, told)
        except Trouble as trouble:
            self._refuse(trouble)
            return
        self._keep(made)

    def _keep(self, made: Office) -> None:
        if made == self._office:
            self._tell("")
            self.kept.emit()
            return
        self._office = made

        def kept(_nothing: None) -> None:
            self._tell(say("Tersimpan."), Token.OK)
            self._show_sample()
            self.kept.emit()

        def keep(workspace: Workspace) -> None:
            offices.keep(workspace, made)

        self.desk.change(self, keep, kept, touches=())

    def _refuse(self, trouble: Trouble) -> None:
        self._tell(f"{trouble.what} {trouble.safe}", Token.ERR)
        self.refused.emit()

    def _pick(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, say("Pilih logo"), "", say("Gambar (*.png *.jpg *.jpeg)"))
        if path:
            self.take_logo(Path(path))

    def take_logo(self, path: Path) -> None:
        """Take a picture as the logo, off the window's thread; say why where it is none."""
        def then(logo: bytes) -> None:
            self._keep_logo(logo)

        def failed(fault: Exception) -> None:
            if isinstance(fault, Trouble):
                self._refuse(fault)
            else:
                self._tell(say("«{name}» tidak dapat dibaca.", name=path.name), Token.ERR)
                self.refused.emit()

        self.desk.ask(self, lambda _workspace: offices.logo_of(path.read_bytes()), then, failed)

    def _keep_logo(self, logo: bytes) -> None:
        self._keep(replace(self._office, logo=logo))

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        if self._later.isActive():
            self.keep()
        super().hideEvent(event)


def _grid() -> QGridLayout:
    made = QGridLayout()
    made.setHorizontalSpacing(SPACE_12)
    made.setVerticalSpacing(SPACE_8)
    made.setColumnStretch(1, 1)
    return made


def _named(words: str) -> Label:
    """Return the name of a field; all are as wide as the longest, so that fields of both grids stand in line."""
    label = Label(words, SECONDARY)
    label.setMinimumWidth(round(metrics().horizontalAdvance(say("Penanda tangan"))) + SPACE_8)
    return label


def sample(office: Office, ratio: float) -> bytes:
    """Return the first page of a letter of an office as a picture, for a screen with so many dots a pixel."""
    return Pages(making.sample(office)).picture(0, _WIDE * ratio / office.sheet.width * _INCH)
