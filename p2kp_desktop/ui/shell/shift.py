"""F12: another person takes over; a small card over the window asks for the name and the PIN."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QWidget
from typing_extensions import override

from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.home.window_edge import About
from p2kp_desktop.actions.keying import persons
from p2kp_desktop.actions.keying.persons import Colleague
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.finder import MOST_ROWS, Driver, matching
from p2kp_desktop.ui.kit.found_list import Entry, FoundList
from p2kp_desktop.ui.kit.labels import CARD_TITLE, NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.search import SearchField
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12, SPACE_16
from p2kp_desktop.ui.look.tokens import Token

from . import edge
from .seat import Seat

Answers = dict[str, str]
SECRET = ("old", "by_pin", "pin", "again")  # what is typed there is hidden


@dataclass(frozen=True)
class Sheet:
    """Some fields by key and name, and what is done with them: it returns who works from now on, «» for no change."""

    title: str
    fields: tuple[tuple[str, str], ...]
    carry_out: Callable[[Workspace, Answers], str]
    note: str = ""


def taking_over(person: Colleague) -> Sheet:
    """Ask for the PIN of whoever takes over."""
    def take_over(workspace: Workspace, given: Answers) -> str:
        return persons.change_to(workspace, person.name, given["pin"])

    return Sheet(person.name, (("pin", say("PIN")),), take_over, persons.forgotten())


def adding() -> Sheet:
    """Ask for a new person, who takes over at once."""
    def add(workspace: Workspace, given: Answers) -> str:
        _agree(given)
        added = persons.add(workspace, given["name"], given["pin"])
        return persons.change_to(workspace, added.name, given["pin"])

    return Sheet(say("Tambah petugas"), (("name", say("Nama lengkap")), *_twice()), add,
                 say("Sesudah ini petugas baru langsung bekerja."))


def changing(person: Colleague) -> Sheet:
    """Ask whoever works now for another PIN."""
    def change(workspace: Workspace, given: Answers) -> str:
        _agree(given)
        persons.change_pin(workspace, person.name, given.get("old", ""), given["pin"])
        return ""

    old = (("old", say("PIN sekarang")),) if person.has_pin else ()
    return Sheet(say("Ganti PIN {person}", person=person.name), (*old, *_twice()), change)


def resetting() -> Sheet:
    """Ask an officer to give somebody another PIN."""
    def reset(workspace: Workspace, given: Answers) -> str:
        _agree(given)
        persons.reset_pin(workspace, given["name"], given["pin"], by=given["by"], by_pin=given["by_pin"])
        return ""

    fields = (("name", say("Siapa yang lupa")), ("by", say("Nama petugas kantor")),
              ("by_pin", say("PIN petugas kantor")), *_twice())
    return Sheet(say("Lupa PIN"), fields, reset, persons.forgotten())


def _twice() -> tuple[tuple[str, str], ...]:
    words = say("PIN baru ({least} sampai {most} angka)", least=persons.SHORTEST, most=persons.LONGEST)
    return ("pin", words), ("again", say("PIN baru sekali lagi"))


def _agree(given: Answers) -> None:
    if given["pin"] != given["again"]:
        raise Trouble(say("Kedua PIN tidak sama."), remedy=say("Ketik lagi keduanya."), code="G09")


WIDTH = 400
NOT_NOW = "F04"

class ShiftCard(QFrame):
    """First a name, typed ahead; then the PIN. Enter goes on, Esc goes back and at last closes the card.

    `keeps_all` puts on disk what is being typed, under the name of before, and says whether all of it is there.
    """

    failed = Signal(object)  # an Exception: nobody can take over now

    def __init__(self, seat: Seat, keeps_all: Callable[[], bool]) -> None:
        super().__init__(seat.board)
        self._seat, self._keeps_all = seat, keeps_all
        self._before: QWidget | None = None
        self._entries: list[Entry] = []
        self._sheet: Sheet | None = None
        self.setProperty("frame", "card")
        self.title = Label(say("Ganti petugas"), CARD_TITLE)
        self.field = SearchField(say("Ketik nama petugas"), width=0)
        self.found = FoundList()
        self.fields: dict[str, QLineEdit] = {}
        self.told = Label("", SECONDARY, wraps=True)
        self.note = Label("", NOTE, wraps=True)
        self._driver = Driver(self.field, self.found)
        self._lay_out()
        self.field.textChanged.connect(self._narrow)
        self.found.chosen.connect(self._take)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
        self.hide()

    def _lay_out(self) -> None:
        self._filled = down(gap=SPACE_8)
        self.go_on = Button(say("Lanjut"), Kind.PRIMARY, keys=("Enter",))
        self.go_on.clicked.connect(self._go_on)
        self.leave = Button(say("Tutup"), keys=("Esc",))
        self.leave.clicked.connect(self.back)
        row = across(Stretch(), self.go_on, self.leave, gap=SPACE_8)
        down(
            self.title, self.field, self.found, self._filled, self.told, self.note, row, into=self, gap=SPACE_8,
            margins=(SPACE_16, SPACE_12),
        )

    def begin(self) -> None:
        """Open with everybody in sight; what is being typed in a form is kept under the name of before."""
        if not self._keeps_all():
            self.failed.emit(_not_now())
            return
        self._before = QApplication.focusWidget()
        self._seat.desk.ask(self, persons.listed, self._offer)

    def _offer(self, people: list[Colleague]) -> None:
        current = next(each for each in people if each.is_current)
        self._entries = [Entry(each.name, _about(each), each, icon="users") for each in people if each.active]
        self._entries += [
            Entry(say("Tambah petugas…"), "", adding(), icon="plus"),
            Entry(say("Ganti PIN saya…"), "", changing(current), icon="lock"),
            Entry(say("Lupa PIN…"), "", resetting(), icon="circle-alert"),
        ]
        self._choose()

    def _choose(self) -> None:
        """Show the names."""
        self._sheet = None
        self._empty()
        self.title.say(say("Ganti petugas"))
        self.field.clear()
        self.field.show()
        self._narrow("")
        self.told.hide()
        self.note.say(say("PIN menjaga atas nama siapa isian disimpan, bukan kerahasiaan data."))
        self._open()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _narrow(self, typed: str) -> None:
        if self._sheet is not None:
            return
        shown = matching(self._entries, typed)
        others = [place for place, entry in enumerate(shown)
                  if not (isinstance(entry.value, Colleague) and entry.value.is_current)]
        self.found.list_entries(shown, others[0] if others and not typed else 0)
        self.found.setFixedHeight(self.found.height_of(min(len(shown), MOST_ROWS)))
        self.found.setVisible(bool(shown))
        self._open()

    def _take(self, value: object) -> None:
        if isinstance(value, Sheet):
            self._ask(value)
        elif isinstance(value, Colleague) and value.has_pin:
            self._ask(taking_over(value))
        elif isinstance(value, Colleague):
            self._carry_out(lambda workspace: persons.change_to(workspace, value.name, ""))

    def _ask(self, sheet: Sheet) -> None:
        """Show the fields of a sheet."""
        self._sheet = sheet
        self._empty()
        self.field.hide()
        self.found.hide()
        self.title.say(sheet.title)
        self.told.hide()
        self.note.say(sheet.note)
        for key, name in sheet.fields:
            field = QLineEdit()
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            if key in SECRET:
                field.setEchoMode(QLineEdit.EchoMode.Password)
            self._filled.addWidget(field)
            field.show()  # at once, or the card is measured without it
            self.fields[key] = field
        self._open()
        next(iter(self.fields.values())).setFocus(Qt.FocusReason.PopupFocusReason)

    def _empty(self) -> None:
        for field in self.fields.values():
            self._filled.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields = {}

    def _open(self) -> None:
        board = self._seat.board
        self.setFixedWidth(min(WIDTH, board.width() - 2 * SPACE_12))
        self.note.setVisible(bool(self.note.text()))
        self.go_on.setVisible(self._sheet is not None)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            height = layout.heightForWidth(self.width())
            self.resize(self.width(), max(height, layout.sizeHint().height()))
        corner = board.top.mapTo(board, QPoint(0, board.top.height()))
        self.move((board.width() - self.width()) // 2, corner.y() + SPACE_12)
        self.show()
        self.raise_()

    def _go_on(self) -> None:
        """Go to the next field; from the last one carry the sheet out."""
        sheet, fields = self._sheet, list(self.fields.values())
        here = next((place for place, field in enumerate(fields) if field.hasFocus()), len(fields) - 1)
        if here + 1 < len(fields):
            fields[here + 1].setFocus(Qt.FocusReason.TabFocusReason)
        elif sheet is not None:
            given = {key: field.text() for key, field in self.fields.items()}
            self._carry_out(lambda workspace: sheet.carry_out(workspace, given))

    def _carry_out(self, action: Callable[[Workspace], str]) -> None:
        self._seat.desk.change(self, action, self._done, self._refused, touches={"person"})

    def _done(self, name: str) -> None:
        if name:
            self.close_it()
            self._seat.desk.ask(self._seat, window_edge.about, self._show_person)
        else:
            self._seat.desk.ask(self, persons.listed, self._tell_changed)

    def _show_person(self, about: About) -> None:
        self._seat.about = about
        self._seat.board.rail.show_person(edge.person(about))

    def _tell_changed(self, people: list[Colleague]) -> None:
        self._offer(people)
        self._tell(say("PIN diganti."), Token.OK)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Trouble):
            self.close_it()
            self.failed.emit(error)
            return
        if self._sheet is None:
            self._choose()
        self._tell(f"{say(error.what)} {say(error.remedy)} ({error.code})", Token.ERR)
        for key, field in self.fields.items():
            if key in SECRET:
                field.clear()
        wanted = next((field for field in self.fields.values() if not field.text()), None)
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, words: str, tone: Token) -> None:
        self.told.colour(tone)
        self.told.say(words)
        self.told.show()
        self._open()

    def back(self) -> None:
        """Go back to the names; from there close the card."""
        if self._sheet is not None:
            self._choose()
        else:
            self.close_it()

    def close_it(self) -> None:
        """Disappear; the focus goes back to where it was."""
        self._empty()
        self._sheet = None
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Close when the focus goes elsewhere in the window."""
        if self.isVisible() and new is not None and new is not self and not self.isAncestorOf(new):
            self._empty()
            self._sheet = None
            self.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        elif event.key() in ENTER and self._sheet is not None and not self.leave.hasFocus():
            self._go_on()
        else:
            super().keyPressEvent(event)


def _not_now() -> Trouble:
    """Return why nobody takes over: what is not on disk would get there under another name."""
    return Trouble(
        say("Petugas belum dapat diganti: ada isian yang belum ada di disk."), safe=say("Isiannya tetap ada di layar."),
        remedy=say("Tunggu sampai isian itu ada di disk, lalu ganti petugas."), code=NOT_NOW,
    )


class Shift(QObject):
    """Makes the card when it is first asked for."""

    failed = Signal(object)  # an Exception: nobody can take over now

    def __init__(self, seat: Seat, keeps_all: Callable[[], bool]) -> None:
        super().__init__(seat)
        self._seat, self._keeps_all = seat, keeps_all
        self.card: ShiftCard | None = None

    def begin(self) -> None:
        """Open the card."""
        if self._seat.about is None:
            return
        if self.card is None:
            self.card = ShiftCard(self._seat, self._keeps_all)
            self.card.failed.connect(self.failed)
        self.card.begin()


def _about(each: Colleague) -> str:
    words = say("sedang bekerja") if each.is_current else ""
    return " · ".join(filter(None, (words, "" if each.has_pin else say("tanpa PIN"))))
