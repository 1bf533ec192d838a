"""What of it, how many, on which paper, with names or without: asked beside the preview, never in front of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.printing.choices import PrintChoice
from p2kp_desktop.printing.pages.paper import A4, SHEETS, Sheet
from p2kp_desktop.printing.pages.registry import Needs
from p2kp_desktop.schema.places import rt_words
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.kit.controls import CheckBox, Choice
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import Label, mark
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.rights import Rights
from p2kp_desktop.ui.look.measures import SPACE_8

MOST = 5000  # blank forms at once
_REASON, _COUNT = 260, 70  # pixels


class Options(QWidget):
    """`changed` tells that another preview is due, `entered` that Enter was pressed in a field."""

    changed = Signal()
    entered = Signal()

    def __init__(self, rights: Rights) -> None:
        super().__init__()
        self._rights = rights
        self.sheet, self.rt, self.record = Choice(), Choice(), Choice()
        self.count, self.first, self.reason = QLineEdit("1"), QLineEdit("1"), QLineEdit()
        self.names = CheckBox(say("Nama dan NIK lengkap"))
        self.history = CheckBox(say("Dengan riwayat"))
        self.residents = CheckBox(say("Satu untuk setiap warga yang belum didata"))
        self.two_up = CheckBox(say("Dua sisi di satu lembar"))
        self._of, self._tells_names = "", False  # the name of the print that these are of, and whether it has names
        self._lay_out()
        rights.changed.connect(self._offer_names)
        for choice in (self.sheet, self.rt, self.record):
            choice.activated.connect(lambda _place: self.changed.emit())
        for check in (self.names, self.history, self.residents, self.two_up):
            check.toggled.connect(lambda _on: self.changed.emit())
        for field in (self.count, self.first):
            field.textEdited.connect(lambda _text: self.changed.emit())
        for field in (self.count, self.first, self.reason):
            field.returnPressed.connect(self.entered)
        self.names.toggled.connect(self._ask_reason)
        self.residents.toggled.connect(lambda _on: self._offer_names())
        self.reason.textEdited.connect(lambda _text: mark(self.reason, "status", ""))

    def _lay_out(self) -> None:
        for sheet in SHEETS.values():
            self.sheet.addItem(f"{sheet.title} ({sheet.width} × {sheet.height} mm)", sheet)
        for field in (self.count, self.first):
            field.setValidator(QIntValidator(1, MOST, field))
            field.setFixedWidth(_COUNT)
        self.first.setAccessibleName(say("Mulai nomor formulir"))
        self.count.setAccessibleName(say("Berapa lembar formulir"))
        self.sheet.setAccessibleName(say("Kertas"))
        self.rt.setAccessibleName(say("RT"))
        self.record.setAccessibleName(say("Catatan"))
        self.reason.setPlaceholderText(say("untuk apa? (tercatat)"))
        self.reason.setAccessibleName(say("Alasan mencetak nama dan NIK lengkap"))
        self.reason.setFixedWidth(_REASON)
        self._of_blank = (Label(say("Formulir")), self.count, Label(say("mulai nomor")), self.first)
        first, second = Flow(gap=SPACE_8), Flow(gap=SPACE_8)
        above: tuple[QWidget, ...] = (self.record, self.rt, *self._of_blank, self.sheet)
        below: tuple[QWidget, ...] = (self.names, self.reason, self.history, self.residents, self.two_up)
        for row, widgets in ((first, above), (second, below)):
            for widget in widgets:
                row.addWidget(widget)
        down(first, second, into=self, gap=SPACE_8)
        self.reason.hide()

    def _ask_reason(self, wanted: bool) -> None:
        self.reason.setVisible(wanted)
        if wanted:
            self.reason.setFocus()

    def offer(self, choice: PrintChoice, *, has_records: bool, rt: str | None) -> None:
        """Ask what a choice needs; what it does not is out of sight, and nothing asked of another print stays."""
        if choice.name != self._of:
            self.forget()
            self._of = choice.name
        of_records = choice.needs is Needs.RECORD
        self.record.setVisible(of_records and bool(choice.forms) and not has_records)
        self.rt.setVisible(choice.needs in (Needs.RT, Needs.FORM) and rt is None and self.rt.count() > 1)
        for widget in (*self._of_blank, self.two_up):
            widget.setVisible(choice.needs is Needs.FORM)
        self.residents.setVisible(choice.name.endswith(f":{Household.key}"))
        self._tells_names = choice.needs in (Needs.RECORD, Needs.RT, Needs.REPORT)
        self._offer_names()
        self.history.setVisible(of_records)

    def _offer_names(self) -> None:
        """Offer names where some are printed, to who may print them; those of the residents' list stand on blanks."""
        of_residents = not self.residents.isHidden() and self.residents.isChecked()
        self.names.setVisible(self._rights.may(Deed.PRINT_NAMES) and (self._tells_names or of_residents))
        for widget in self._of_blank:  # the list says how many
            widget.setEnabled(not of_residents)
        self.reason.setVisible(not self.names.isHidden() and self.names.isChecked())

    def forget(self) -> None:
        """Ask anew: names are shown in what they were asked for, with that reason, and in nothing else."""
        self._of = ""
        for check in (self.names, self.history, self.residents, self.two_up):
            check.setChecked(False)
        for field, text in ((self.reason, ""), (self.count, "1"), (self.first, "1")):
            field.setText(text)

    def show_rts(self, rts: Sequence[str]) -> None:
        """Offer these RTs, and all of them together."""
        before = self.rt.currentData()
        self.rt.clear()
        self.rt.addItem(say("Semua RT"), None)
        for each in rts:
            self.rt.addItem(rt_words(each), each)
        self.rt.setCurrentIndex(max(0, self.rt.findData(before)))
        self.rt.updateGeometry()  # as wide as what it offers now

    def show_records(self, records: Sequence[tuple[str, str]]) -> None:
        """Offer these records, by their ids and names."""
        before = self.record.currentData()
        self.record.clear()
        for record, name in records:
            self.record.addItem(name, record)
        self.record.setCurrentIndex(max(0, self.record.findData(before)))
        self.record.updateGeometry()

    def show_sheet(self, sheet: Sheet) -> None:
        """Choose the paper of the office."""
        self.sheet.setCurrentIndex(list(SHEETS.values()).index(sheet))

    @property
    def chosen_sheet(self) -> Sheet:
        """Return the paper that is chosen."""
        found = self.sheet.currentData()
        return found if isinstance(found, Sheet) else A4

    @property
    def numbers(self) -> tuple[int, int]:
        """Return how many blank forms are wanted, and the number of the first."""
        count, first = (min(MOST, max(1, int(field.text() or 1))) for field in (self.count, self.first))
        return count, first

    def lacks_reason(self) -> bool:
        """Say whether names are wanted and nobody says what for; the field shows it then."""
        lacking = not self.names.isHidden() and self.names.isChecked() and not self.reason.text().strip()
        mark(self.reason, "status", "err" if lacking else "")
        if lacking:
            self.reason.setFocus()
        return lacking
