"""F12: another person takes over; a small card over the window asks for the name and the PIN or password."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QWidget
from typing_extensions import override

from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.home.window_edge import About
from p2kp_desktop.actions.keying import persons
from p2kp_desktop.actions.keying.persons import Colleague, Team
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.roles import KEYER, OFFICE, ROLES, VIEWER, Deed, may, role_words
from p2kp_desktop.store import Workspace, rights
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.finder import MOST_ROWS, Driver, matching
from p2kp_desktop.ui.kit.focus import focus_into, give_back
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
SECRET = ("old", "own", "by_pin", "pin", "again")  # what is typed there is hidden


@dataclass(frozen=True)
class Sheet:
    """Some fields by key and name, and what is done with them: it returns who works from now on, «» for no change."""

    title: str
    fields: tuple[tuple[str, str], ...]
    carry_out: Callable[[Workspace, Answers], str]
    note: str = ""
    done: str = ""  # what is said then, where nobody takes over


def taking_over(person: Colleague) -> Sheet:
    """Ask for the PIN, or password, of whoever takes over."""
    def take_over(workspace: Workspace, given: Answers) -> str:
        return persons.change_to(workspace, person.name, given["pin"])

    words = say("Kata sandi") if person.has_password else say("PIN")
    return Sheet(person.name, (("pin", words),), take_over, persons.forgotten(behind_password=person.has_password))


def adding(team: Team, role: str, name: str = "") -> Sheet:
    """Ask for a new person, or for the password of one who had none; they take over at once."""
    def add(workspace: Workspace, given: Answers) -> str:
        _agree(given)
        added = persons.add(workspace, name or given["name"], given["pin"], role=role, by_password=given.get("own", ""))
        return persons.change_to(workspace, added.name, given["pin"])

    who = () if name else (("name", say("Nama lengkap")),)
    title = say("Kata sandi untuk {person}", person=name) if name else _of_role(role)
    return Sheet(title, (*who, *_own(team), *_twice(team)), add, " ".join((
        _WHAT[role](), say("Sesudah ini petugas baru langsung bekerja."))))


_WHAT = {
    KEYER: lambda: say("Pengetik mengisi, mengirim, dan menerima."),
    VIEWER: lambda: say("Pelihat hanya melihat; nama dan NIK disamarkan."),
    OFFICE: lambda: say("Petugas kantor boleh semuanya, juga mengatur petugas."),
}


def _of_role(role: str) -> str:
    return {KEYER: say("Tambah pengetik"), VIEWER: say("Tambah pelihat"), OFFICE: say("Tambah petugas kantor")}[role]


def changing(team: Team) -> Sheet:
    """Ask whoever works now for another PIN or password."""
    person = team.current

    def change(workspace: Workspace, given: Answers) -> str:
        _agree(given)
        persons.change_pin(workspace, person.name, given.get("old", ""), given["pin"])
        return ""

    words = say("Kata sandi sekarang") if team.is_protected else say("PIN sekarang")
    old = (("old", words),) if person.has_pin or team.is_protected else ()
    title = (say("Ganti kata sandi {person}", person=person.name) if team.is_protected
             else say("Ganti PIN {person}", person=person.name))
    return Sheet(title, (*old, *_twice(team)), change, done=_changed(team))


def resetting(team: Team) -> Sheet:
    """Ask an officer to give somebody another PIN or password."""
    def reset(workspace: Workspace, given: Answers) -> str:
        _agree(given)
        persons.reset_pin(workspace, given["name"], given["pin"], by=given["by"], by_pin=given["by_pin"])
        return ""

    fields = (("name", say("Siapa yang lupa")), *_officer(team), *_twice(team))
    title = say("Lupa kata sandi") if team.is_protected else say("Lupa PIN")
    return Sheet(title, fields, reset, persons.forgotten(behind_password=team.is_protected), _changed(team))


def moving(team: Team) -> Sheet:
    """Ask in which role somebody works from now on; behind a password with a new one of theirs."""
    words = {role_words(role): role for role in ROLES}

    def move(workspace: Workspace, given: Answers) -> str:
        role = begun(words, given["role"])
        if not role:
            raise Trouble(say("Peran «{role}» tidak ada.", role=given["role"]),
                          remedy=say("Ketik salah satu: {roles}.", roles=", ".join(words)), code="G14")
        if team.is_protected:
            _agree(given)
        name = begun((each.name for each in team.people), given["name"]) or given["name"]
        left = persons.set_role(workspace, name, words[role], secret=given.get("pin", ""),
                                by_password=given.get("own", ""))
        _told_left(say("{person} sudah berganti peran", person=name), left)
        return ""

    fields = [("name", say("Siapa yang berganti peran")), ("role", " / ".join(words))]
    fields += [*_own(team), *_twice(team)] if team.is_protected else []
    meaning = say("Perannya terikat pada kata sandinya, jadi ia memilih kata sandi baru.") if team.is_protected else ""
    return Sheet(say("Ubah peran"), tuple(fields), move, meaning, say("Perannya diubah."))


def begun(words: Iterable[str], typed: str) -> str:
    """Return the one of these words that begins as typed; «» where that is not clear."""
    sought = " ".join(typed.casefold().split())
    found = [each for each in words if sought and each.casefold().startswith(sought)]
    return found[0] if len(found) == 1 else ""


def _own(team: Team) -> tuple[tuple[str, str], ...]:
    return (("own", say("Kata sandi Anda ({person})", person=team.current.name)),) if team.is_protected else ()


def removing(team: Team) -> Sheet:
    """Ask an officer to take somebody off."""
    def remove(workspace: Workspace, given: Answers) -> str:
        left = persons.set_active(workspace, given["name"], False, by=given["by"], by_pin=given["by_pin"])
        _told_left(say("{person} sudah dikeluarkan", person=given["name"]), left)
        return ""

    fields = (("name", say("Siapa yang dikeluarkan")), *_officer(team))
    meaning = persons.what_removing_means() if team.is_protected else ""
    return Sheet(say("Keluarkan petugas"), fields, remove, meaning, say("Petugas itu dikeluarkan."))


def _told_left(done: str, left: Sequence[Path]) -> None:
    """Raise what was done where some key files could not be written anew."""
    if left:
        raise Trouble(
            say("{done}, tetapi berkas kunci ini tidak dapat ditulis: {files}.", done=done,
                files=", ".join(map(str, left))), safe="",
            remedy=say("Hapus berkas itu, atau buat kata pemulihan baru di Pengaturan."), code="G12")


def _changed(team: Team) -> str:
    return say("Kata sandi diganti.") if team.is_protected else say("PIN diganti.")


def _officer(team: Team) -> tuple[tuple[str, str], ...]:
    words = say("Kata sandi petugas kantor") if team.is_protected else say("PIN petugas kantor")
    return ("by", say("Nama petugas kantor")), ("by_pin", words)


def _twice(team: Team) -> tuple[tuple[str, str], ...]:
    if team.is_protected:
        return ("pin", say("Kata sandi baru")), ("again", say("Kata sandi baru sekali lagi"))
    words = say("PIN baru ({least} sampai {most} angka)", least=persons.SHORTEST, most=persons.LONGEST)
    return ("pin", words), ("again", say("PIN baru sekali lagi"))


def _agree(given: Answers) -> None:
    if given["pin"] != given["again"]:
        raise Trouble(say("Keduanya tidak sama."), remedy=say("Ketik lagi keduanya."), code="G09")


WIDTH = 470
_LEAST_ROWS = 3
NOT_NOW = "F04"
PERSON = "person"  # what changing who works here, or as what, touches


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
        self._team: Team | None = None
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
        self._seat.desk.ask(self, persons.team, self._offer)

    def _offer(self, team: Team) -> None:
        self._entries = [
            Entry(each.name, _about(each, team), each, icon="users") for each in team.people if each.active
        ]
        here = team.current
        refusal = None if may(here.role, Deed.PERSONS) else rights.refusal(here.name, here.role, Deed.PERSONS)
        self._entries += [
            Entry(f"{_of_role(role)}…", say("hanya kantor") if refusal else "", refusal or adding(team, role), "plus")
            for role in (KEYER, VIEWER, OFFICE)
        ]
        self._entries += [
            Entry(say("Ganti kata sandi saya…") if team.is_protected else say("Ganti PIN saya…"), "", changing(team),
                  icon="lock"),
            Entry(say("Lupa kata sandi…") if team.is_protected else say("Lupa PIN…"), "", resetting(team),
                  icon="circle-alert"),
            Entry(say("Ubah peran…"), say("hanya kantor") if refusal else "", refusal or moving(team), icon="users"),
            Entry(say("Keluarkan petugas…"), "", removing(team), icon="circle-alert"),
        ]
        self._team = team
        self._choose()

    def _choose(self) -> None:
        """Show the names."""
        self._sheet = None
        self._empty()
        self.title.say(say("Ganti petugas"))
        self.field.clear()
        self.field.show()
        self.told.hide()
        self.note.say(say("Isian yang sedang diketik tetap menjadi draf petugas sebelumnya, sampai disimpan atas nama "
                          "yang menyimpan.")
                      if self._team is not None and self._team.is_protected
                      else say("PIN menjaga atas nama siapa isian disimpan, bukan kerahasiaan data."))
        self._narrow("")
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _narrow(self, typed: str) -> None:
        if self._sheet is not None:
            return
        shown = matching(self._entries, typed)
        others = [place for place, entry in enumerate(shown)
                  if not (isinstance(entry.value, Colleague) and entry.value.is_current)]
        self.found.list_entries(shown, others[0] if others and not typed else 0)
        self.found.setVisible(bool(shown))
        self._fit(min(len(shown), MOST_ROWS))

    def _fit(self, rows: int) -> None:
        """Open with as many rows as leave the whole card in sight; those that do not fit are scrolled to."""
        self.found.setFixedHeight(self.found.height_of(rows))
        self._open()
        if rows > _LEAST_ROWS and self.geometry().bottom() > self._seat.board.height() - SPACE_8:
            self._fit(rows - 1)

    def _take(self, value: object) -> None:
        if isinstance(value, Sheet):
            self._ask(value)
        elif isinstance(value, Trouble):
            self._refused(value)
        elif isinstance(value, Colleague) and self._team is not None and self._team.is_protected:
            self._ask(taking_over(value) if value.has_password else adding(self._team, value.role, value.name))
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
        self._seat.desk.change(self, action, self._done, self._refused, touches={PERSON})

    def _done(self, name: str) -> None:
        if name:
            self.close_it()
        else:
            self._seat.desk.ask(self, persons.team, self._tell_changed)

    def _tell_changed(self, team: Team) -> None:
        words = self._sheet.done if self._sheet is not None else ""
        self._offer(team)
        self._tell(words, Token.OK)

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
        if not give_back(self._before) and self._seat.place is not None:
            focus_into(self._seat.place)

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
        say("Petugas belum dapat diganti: masih ada yang ditulis ke disk."),
        safe=say("Semuanya tetap seperti di layar."),
        remedy=say("Tunggu sampai selesai, lalu ganti petugas."), code=NOT_NOW,
    )


class Shift(QObject):
    """Makes the card when it is first asked for; tells who works now wherever that came about."""

    failed = Signal(object)  # an Exception: nobody can take over now
    sees_otherwise = Signal()  # whoever works now may read names that were masked, or may not read those that were not

    def __init__(self, seat: Seat, keeps_all: Callable[[], bool]) -> None:
        super().__init__(seat)
        self._seat, self._keeps_all = seat, keeps_all
        self._was_veiled = seat.desk.workspace.is_veiled
        self.card: ShiftCard | None = None
        seat.desk.changed.connect(lambda touched: self.follow() if PERSON in touched else None)

    def begin(self) -> None:
        """Open the card."""
        if self._seat.about is None:
            return
        if self.card is None:
            self.card = ShiftCard(self._seat, self._keeps_all)
            self.card.failed.connect(self.failed)
        self.card.begin()

    def follow(self) -> None:
        """Show who works now: another person took over, here or at the lock."""
        if self._seat.desk.workspace.is_veiled != self._was_veiled:
            self._was_veiled = self._seat.desk.workspace.is_veiled
            self.sees_otherwise.emit()
            return
        self._seat.desk.ask(self._seat, window_edge.about, self.show)

    def show(self, about: About) -> None:
        """Show who works here, and what they may do."""
        self._seat.about = about
        self._seat.desk.rights.become(about.person, about.person_role)
        self._seat.board.rail.show_person(edge.person(about))


def _about(each: Colleague, team: Team) -> str:
    words = say("sekarang") if each.is_current else ""
    guard = say("belum punya kata sandi") if team.is_protected else say("tanpa PIN")
    is_guarded = each.has_password if team.is_protected else each.has_pin
    return " · ".join(filter(None, (role_words(each.role), words, "" if is_guarded else guard)))
