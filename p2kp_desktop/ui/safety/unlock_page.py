"""The page before a workspace that is behind a password: the password opens it, or the words of the recovery sheet."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QFileDialog, QLineEdit, QWidget
from typing_extensions import override

from p2kp_desktop.actions.common import passwords
from p2kp_desktop.actions.protection import office_slot, recovery_words
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import NOTE, Label, mark
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.link import Link
from p2kp_desktop.ui.kit.messages import fault_of
from p2kp_desktop.ui.kit.new_password import NewPassword, password_field
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12

from .sheets import Sheet

_COLUMNS = 4


class UnlockPage(Sheet):
    """Enter in the password's field opens; nothing that is typed wrong deletes anything."""

    opens = Signal(str)  # the password
    recovers = Signal(str, str)  # the recovery words, and the password that holds from now on
    wants_other = Signal()
    wants_first_start = Signal()

    def __init__(self, file: Path, *, locked: bool = False, last: str = "") -> None:
        """A `locked` window has it open behind the page, and leads to no other file; `last` worked in it."""
        self._usual = say("Ruang kerja ini terlindungi kata sandi.")
        if locked:
            who = say("Yang terakhir bekerja: {person}.", person=last) if last else ""
            self._usual = " ".join(filter(None, (say("Layar terkunci."), who, say("Yang diketik tidak hilang."))))
        super().__init__(file.stem, self._usual)
        self.file = file
        self.field = password_field(say("Kata sandi"))
        self.open = Button(say("Buka"), Kind.PRIMARY, icon="lock", keys=("Enter",))
        self.forgot = Link(say("Lupa kata sandi: pakai kata pemulihan"))
        self.by_office = Link(say("Buka dengan kunci kantor"))
        self.offices, self.hand_over = office_slot.offices(file), Button(say("Simpan berkas kunci ke…"))
        self.words = WordFields()
        self.new = NewPassword(say("Kata sandi baru, yang berlaku mulai sekarang."), passwords.weakness,
                               passwords.offered)
        self.recover = Button(say("Buka dengan kata pemulihan"), Kind.PRIMARY)
        self._busy = False
        self._rescue = QWidget()
        self._of_office = QWidget()
        self._how = Label(say(
            "{office} dapat membukakannya. Kirim berkas kunci ruang kerja ini ke kantor lewat WhatsApp atau flashdisk: "
            "isinya tersegel, orang lain tidak dapat membacanya. Kantor lalu membacakan dua belas kata lewat telepon.",
            office=", ".join(self.offices)), NOTE, wraps=True)
        down(self._how, across(self.hand_over, Stretch()), into=self._of_office, gap=SPACE_8)
        down(self._of_office,
             Label(say("Ketik dua belas kata pemulihan, urut; empat huruf pertama tiap kata cukup."), NOTE,
                   wraps=True),
             self.words, self.new, across(self.recover, Stretch()), into=self._rescue, gap=SPACE_12)
        self.card.addLayout(across((self.field, 1), self.open, gap=SPACE_12))
        self.card.addWidget(self.forgot, 0, Qt.AlignmentFlag.AlignLeft)
        self.card.addWidget(self.by_office, 0, Qt.AlignmentFlag.AlignLeft)
        self.by_office.setVisible(bool(self.offices))
        self.card.addWidget(self._rescue)
        others = self._others(file)
        self.card.addWidget(others)
        others.setVisible(not locked)
        self._rescue.hide()
        self._connect()
        self._judge()

    def _others(self, file: Path) -> QWidget:
        ways = QWidget()
        row = Flow(ways)
        self.other, self.fresh = Link(say("Buka berkas lain")), Link(say("Mulai dengan ruang kerja baru"))
        row.addWidget(self.other)
        row.addWidget(self.fresh)
        below = QWidget()
        down(ways, Label(str(file), NOTE, wraps=True), into=below, gap=SPACE_8)
        return below

    def _connect(self) -> None:
        self.field.returnPressed.connect(self._open)
        self.field.textChanged.connect(self._judge)
        self.open.clicked.connect(self._open)
        self.forgot.clicked.connect(self._show_rescue)
        self.by_office.clicked.connect(self._show_office)
        self.hand_over.clicked.connect(self._hand_over)
        self.words.changed.connect(self._judge)
        self.words.completed.connect(self.new.first.setFocus)
        self.new.changed.connect(self._judge)
        self.new.confirmed.connect(self._recover)
        self.recover.clicked.connect(self._recover)
        self.other.clicked.connect(self.wants_other)
        self.fresh.clicked.connect(self.wants_first_start)

    def _show_rescue(self) -> None:
        self._rescue.show()
        self._of_office.hide()
        self.forgot.hide()
        self.by_office.setVisible(bool(self.offices))
        self.words.fields[0].setFocus()

    def _show_office(self) -> None:
        self._show_rescue()
        self._of_office.show()
        self.by_office.hide()
        self.forgot.show()

    def _hand_over(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, say("Simpan berkas kunci ke…"), str(Path.home()))
        if folder:
            self.save_key_to(Path(folder))

    def save_key_to(self, folder: Path) -> None:
        """Put the key file into a folder, from where it goes to the office."""
        try:
            path = office_slot.hand_over(self.file, folder)
        except Trouble as trouble:
            self.show_fault(fault_of(trouble))
            return
        self._how.say(say("Tersimpan di {path}. Kirim ke {office}, lalu tunggu telepon kantor.", path=path,
                          office=", ".join(self.offices)))

    def _judge(self) -> None:
        self.open.setEnabled(not self._busy and not passwords.objection(self.field.text()))
        self.recover.setEnabled(not self._busy and self.words.are_complete() and not self.new.problem())

    def _open(self) -> None:
        if self.open.isEnabled():
            self.show_busy(busy=True)
            self.opens.emit(self.field.text())

    def _recover(self) -> None:
        if self.recover.isEnabled():
            self.show_busy(busy=True)
            self.recovers.emit(self.words.typed(), self.new.first.text())

    @override
    def show_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.told.say(say("Membuka…") if busy else self._usual)
        self._judge()
        if not busy and not self._rescue.isVisible():
            self.field.setFocus()
            self.field.selectAll()


class WordFields(QWidget):
    """Twelve numbered fields; each completes its word, and a word that is told leads on to the next."""

    changed = Signal()
    completed = Signal()  # the last word stands

    def __init__(self) -> None:
        super().__init__()
        self.fields = [self._field(place) for place in range(1, recovery_words.COUNT + 1)]
        rows = []
        for first in range(0, recovery_words.COUNT, _COLUMNS):
            row = across(gap=SPACE_8)
            for field in self.fields[first : first + _COLUMNS]:
                row.addWidget(field, 1)
            rows.append(row)
        down(*rows, into=self, gap=SPACE_8)

    def _field(self, place: int) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(f"{place}.")
        field.setAccessibleName(say("Kata ke-{place}", place=place))
        completer = QCompleter(list(recovery_words.all_words()), field)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        field.setCompleter(completer)
        field.textEdited.connect(lambda text: self._take(place - 1, text))
        field.returnPressed.connect(lambda: self._go_on(place - 1))
        return field

    def _take(self, place: int, text: str) -> None:
        """Take one word, or all of them at once: pasted, or from a reader of codes; a space leads to the next."""
        words = recovery_words.parts(text)
        if len(words) > 1:
            for field, word in zip(self.fields[place:], words, strict=False):
                field.setText(self._whole(word))
            self._go_on(min(place + len(words), len(self.fields)) - 1)
        elif words and text.endswith(" "):
            self.fields[place].setText(self._whole(words[0]))
            self._go_on(place)
        self._judge()

    def _whole(self, word: str) -> str:
        found = recovery_words.completions(word) if recovery_words.is_word(word) else []
        return found[0] if found else word

    def _go_on(self, place: int) -> None:
        field = self.fields[place]
        field.setText(self._whole(field.text().strip()))
        if place + 1 < len(self.fields):
            self.fields[place + 1].setFocus()
        else:
            self.completed.emit()
        self._judge()

    def _judge(self) -> None:
        """Mark each field that somebody left with what is no word of the list."""
        for field in self.fields:
            typed = field.text().strip()
            wrong = bool(typed) and not field.hasFocus() and not recovery_words.is_word(typed.casefold())
            mark(field, "status", "err" if wrong else "")
        self.changed.emit()

    def are_complete(self) -> bool:
        """Say whether a word stands in each field."""
        return all(field.text().strip() for field in self.fields)

    def typed(self) -> str:
        """Return the words as typed."""
        return " ".join(field.text().strip() for field in self.fields)
