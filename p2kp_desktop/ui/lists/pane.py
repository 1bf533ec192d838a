"""What every list of the window can do, with the same keys: copied as cells, saved as a file, sorted, selected."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from p2kp_desktop.actions.recording.record_names import masked
from p2kp_desktop.exchange.table_block import Block
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports import saving
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.table import Table
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk, Report, Task
from p2kp_desktop.ui.files.choosing import choose_target
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.labels import NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.table import TableCard
from p2kp_desktop.ui.look.measures import SPACE_4
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import Paper

from .table import ListTable
from .work import Work

Line = TypeVar("Line")
Makes = Callable[[Workspace, Report], Table[Any]]
_FIGURES = 8  # more of them make words an identity number
SAVED_AS = (".xlsx", ".csv", ".pdf")


class ListPane(QWidget, Generic[Line]):
    """A table, or why it is empty; `opened` is what Enter means, when somebody listens.

    Ctrl+C copies the selected lines, or all; Ctrl+E saves them. Below stands what is to be known of the current line,
    or how that ended. Who derives from it says what is chosen.
    """

    opened = Signal(object)
    selected = Signal(int)  # so many rows are selected

    def __init__(self, desk: Desk, table: ListTable) -> None:
        super().__init__()
        self._desk, self.table = desk, table
        table.opener = self
        self._saving: Task | None = None
        self.nothing, self.note, self.work = Label("", SECONDARY, wraps=True), Label("", NOTE, wraps=True), Work()
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(TableCard(self.table))
        self._stack.addWidget(self.nothing)
        down((self._stack, 1), self.note, self.work, into=self, gap=SPACE_4)
        self.work.panel.cancelled.connect(self._stop)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit(self.table.selected))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self.explain())
        offer(self.table, self.commands(), desk.rights)

    def commands(self) -> list[Command]:
        """Return the commands that work while the focus is in the rows."""
        copied = say("Salin baris terpilih, atau semuanya")
        saved = say("Simpan daftar sebagai Excel, CSV, atau PDF")
        found = [
            Command(copied, ("Ctrl+C",), self.copy, say("salin"), rare=True, leads=True, deed=Deed.EXPORT),
            Command(saved, ("Ctrl+E",), self.save_as, say("simpan daftar"), rare=True, leads=True,
                    deed=Deed.EXPORT),
            Command(say("Urutkan menurut kolom berikutnya"), ("Ctrl+Right",), lambda: self.table.next_order(1),
                    say("urutan"), rare=True, leads=True),
            Command(say("Urutkan menurut kolom sebelumnya"), ("Ctrl+Left",), lambda: self.table.next_order(-1),
                    say("urutan sebelumnya"), rare=True, leads=True),
        ]
        if self.table.selects:
            found.append(Command(say("Pilih semua baris"), ("Ctrl+A",), self.table.selectAll, say("semua baris"),
                                 rare=True, leads=True))
        return found

    def makes(self, *, full: bool = False) -> Makes:
        """Return the function that makes a table of the selected lines, or of all; identity numbers full or masked."""
        raise NotImplementedError

    def file_name(self) -> str:
        """Return the name of a file of this list, without its ending."""
        raise NotImplementedError

    def endings(self) -> tuple[str, ...]:
        """Return the kinds of file that the list can be saved as, the usual one first."""
        return SAVED_AS

    def on_paper(self) -> Paper:
        """Return the list as it is shown, to be printed."""
        return Paper(title=self.file_name(), makes=self.makes())

    def explain(self) -> None:
        """Say below what is to be known of the current line: nothing, unless who derives from it knows more."""
        self.note.hide()

    def show_emptiness(self, *, empty: bool, why: str) -> None:
        """Show why there is no line, or the lines; without a reason they are only on their way."""
        self.nothing.say(why)
        self._stack.setCurrentIndex(1 if empty and why else 0)

    def copy(self, *, full: bool = False) -> None:
        """Put the lines chosen onto the clipboard, as text and as cells."""
        make = self.makes(full=full)
        self._desk.read(self, lambda workspace, report: saving.copied(workspace, make(workspace, report)),
                        self._put_down, self.refused)

    def _put_down(self, block: Block) -> None:
        content = QMimeData()
        content.setText(block.text)
        content.setHtml(block.html)
        QGuiApplication.clipboard().setMimeData(content)
        self.tell(say("{count} baris disalin. Tempel di Excel dengan Ctrl+V.", count=block.rows))

    def save_as(self) -> None:
        """Ask where the lines chosen are saved, then save them; the name's ending says as what."""
        make = self.makes()
        choose_target(self.window(), f"{self.file_name()}.xlsx", lambda path: self.save(make, path),
                      self.endings())

    def save(self, make: Makes, path: Path) -> None:
        """Save a table as a file with where its figures come from, off the GUI thread."""
        self._stop()
        self.work.begin(say("Menyimpan daftar …"))
        self._saving = self._desk.make(
            self, lambda workspace, report: _saved(workspace, make(workspace, report), path),
            lambda count: self.tell(say("**{count} baris** disimpan di {path}.", count=written.number(count),
                                        path=path)),
            self.refused,
        )
        self._saving.progressed.connect(self.work.show_done)
        self._saving.ended.connect(self.work.hide)

    def _stop(self) -> None:
        if self._saving is not None:
            self._saving.cancel()
        self._saving = None

    def tell(self, told: str) -> None:
        """Say below the list how something ended."""
        self.note.colour(Token.TEXT2)
        self.note.say(told)
        self.note.show()

    def refused(self, error: Exception) -> None:
        """Tell a known fault; anything else is a bug."""
        if not isinstance(error, Trouble):
            self._desk.failed.emit(error)
            return
        self.tell(f"{say(error.what)} {say(error.safe)} {say(error.remedy)} ({error.code})")
        self.note.colour(Token.ERR)


def _saved(workspace: Workspace, table: Table[Any], path: Path) -> int:
    from p2kp_desktop.printing import writing  # all that can be printed: not before something is saved

    return writing.save_list(workspace, table, path)


def listed_paper(
    title: str, makes: Makes, record: Callable[[Line], tuple[str, str]] | None, lines: Sequence[Line | None]
) -> Paper:
    """Return a list to be printed, with the records of some lines where all are at hand and of one form."""
    found = [record(line) for line in lines if line is not None] if record is not None else []
    forms = {form for form, _id in found}
    if len(found) < len(lines) or len(forms) != 1:
        return Paper(title=title, makes=makes)
    return Paper(forms.pop(), tuple(each for _form, each in found), title, makes)


def sought(text: str) -> tuple[str, ...]:
    """Return the remark of a file whose lines were searched, with the words; of an identity number only the ends."""
    words = " ".join(text.split())
    private = sum(letter.isdigit() for letter in words) > _FIGURES
    return (say("mengandung «{words}»", words=masked(words) if private else words),) if words else ()


def file_name(title: str, area: str = "", rt: str | None = None, period: str = "") -> str:
    """Return the name of a file of a table: Daftar RT Lima Ilir 2026."""
    parts = (title, f"RT {rt}" if rt else "", region_name(area), period)
    return "".join("-" if letter in '<>:"/\\|?*' else letter for letter in " ".join(filter(None, parts)))
