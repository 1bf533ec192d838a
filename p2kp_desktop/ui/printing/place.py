"""Cetak: one step from anywhere. What is in front is chosen already; a page of it is looked at before it is printed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from typing_extensions import override

from p2kp_desktop.actions.scores import area_periods
from p2kp_desktop.exchange.pdf_pages import count_of
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing import choices, making, word, writing
from p2kp_desktop.printing.choices import THIS_LIST, PrintChoice
from p2kp_desktop.printing.figures import tables
from p2kp_desktop.printing.making import Made
from p2kp_desktop.printing.pages import characters, offices
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.pages.registry import Needs
from p2kp_desktop.reports import saving
from p2kp_desktop.schema import written
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk, Report, Task
from p2kp_desktop.ui.files.choosing import choose_target
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.controls import CheckBox
from p2kp_desktop.ui.kit.labels import PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.letters import Letters
from p2kp_desktop.ui.kit.preview import Preview
from p2kp_desktop.ui.kit.search import SearchField, begin_search
from p2kp_desktop.ui.lists.pane import Makes, file_name
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.lists.work import Work
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, PAGE_TOP, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import HOME, NOTHING_IN_FRONT, Destination, Paper, Place, Scope

from . import printer as printers
from .options import Options

T = TypeVar("T")

_LIST, _PAGE = 5, 7  # shares of the width
_SOON = 150  # milliseconds after the last key until the page is made anew


class _ChoiceList(TableList[PrintChoice]):
    """What can be printed; nobody copies, saves or prints this list itself."""

    @override
    def commands(self) -> list[Command]:
        return []

    @override
    def on_paper(self) -> Paper:
        place = Place.around(self)
        return NOTHING_IN_FRONT if place is None else place.on_paper()


class PrintingPlace(Place):
    """Typing searches, arrows choose, Enter prints, Ctrl+E saves; the preview shows the first of many records."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._scope, self.paper = Scope(), NOTHING_IN_FRONT
        self._looking: Task | None = None  # makes the preview
        self._doing: Task | None = None  # makes, saves or prints all of it; goes on while somebody works elsewhere
        self._saved: Path | None = None
        self._is_letter = False  # it may be saved as .docx too
        self.search = SearchField(say("Cari cetakan"), ("Ctrl", "F"), width=200)
        self.list = _ChoiceList(desk, choices.table())
        self.list.table.enters = say("cetak")
        self.list.table.mark_current()
        self.options, self.preview, self.work = Options(desk.rights), Preview(), Work()
        self.told = Label("", SECONDARY, wraps=True)
        self.print = Button(say("Cetak"), Kind.PRIMARY, icon="printer", keys=("Enter",))
        self.save = Button(say("Simpan PDF"), icon="file-check", keys=("Ctrl", "E"))
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = across((Label(say("Cetak"), PAGE_TITLE), 1), self.search, gap=SPACE_12)
        left = down(head, (self.list, 1), gap=SPACE_8)
        buttons = across((Label(""), 1), self.save, self.print, gap=SPACE_12)
        right = down(self.options, (self.preview, 1), self.work, self.told, buttons, gap=SPACE_8)
        across((left, _LIST), (right, _PAGE), into=self, gap=CARD_GAP,
               margins=(PAGE_SIDE, PAGE_TOP, PAGE_SIDE, SPACE_12))

    def _connect(self) -> None:
        self._soon.timeout.connect(self._look)
        self.options.changed.connect(self._soon.start)
        self.search.textChanged.connect(self.list.search)
        self.search.returnPressed.connect(self._focus_list)
        self.list.opened.connect(lambda _line: self.print_out())
        self.list.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._choose())
        self.print.clicked.connect(self.print_out)
        self.options.entered.connect(self.print_out)
        self.save.clicked.connect(self.save_as)
        self.work.panel.cancelled.connect(self._stop)
        Letters(self.list.table, self).sought.connect(lambda typed: begin_search(self.search, typed))
        offer(self, [
            Command(say("Cetak ke printer"), ("Ctrl+Return", "Ctrl+Enter"), self.print_out, say("cetak")),
            Command(say("Simpan sebagai PDF"), ("Ctrl+E",), self.save_as, say("simpan PDF"), leads=True),
            Command(say("Halaman berikutnya"), ("PgDown",), lambda: self.preview.turn(1), say("halaman berikutnya"),
                    rare=True, leads=True),
            Command(say("Halaman sebelumnya"), ("PgUp",), lambda: self.preview.turn(-1), rare=True, leads=True),
            Command(say("Perbesar halaman"), ("Alt+Z",), self.preview.enlarge, say("perbesar"), rare=True, leads=True),
            Command(say("Cari cetakan"), ("Ctrl+F",), lambda: begin_search(self.search, ""), say("cari"), rare=True,
                    leads=True),
            Command(say("Buka PDF yang disimpan"), ("Alt+B",), self._open_saved, say("buka PDF"), rare=True,
                    leads=True),
            Command(say("Kembali"), ("Esc",), self._leave, say("kembali"), leads=True),
        ])

    # What there is

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        super().enter(destination, scope)
        self._scope, self.paper = scope, destination.paper
        self.search.clear()
        self._tell("")
        self.options.forget()
        paper = self.paper
        offered = choices.choices(paper.form, listed=paper.title if paper.makes else "", usual=paper.what)
        self.list.show_table(choices.table(offered), scope)
        self.list.table.show_row(0)
        self.desk.ask(self, offices.office, lambda office: self.options.show_sheet(office.sheet))
        self.desk.ask(self, lambda workspace: area_periods.rts(workspace, scope.area), self.options.show_rts)
        self._focus_list()
        self._choose()

    @override
    def on_paper(self) -> Paper:
        return self.paper

    def _focus_list(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        """Ask what the current choice needs, and make its page soon."""
        choice = self.list.current()
        self._tell("")
        for button in (self.print, self.save):
            button.setEnabled(choice is not None)
        if choice is None:
            return
        self.options.offer(choice, has_records=self._has_records(choice), rt=self._scope.rt)
        if choice.needs is Needs.RECORD and choice.forms and not self._has_records(choice):
            scope, forms = self._scope, choice.forms
            self.desk.ask(self, lambda workspace: choices.records_of(workspace, forms, scope),
                          lambda found: self._offer_records(choice, found))
        else:
            self._soon.start()

    def _has_records(self, choice: PrintChoice) -> bool:
        """Say whether the records in front are those that this prints."""
        return bool(self.paper.records) and (not choice.forms or self.paper.form in choice.forms)

    def _offer_records(self, choice: PrintChoice, found: list[tuple[str, str]]) -> None:
        if choice != self.list.current():
            return  # asked for what somebody has passed on the way to another print
        self.options.show_records(found)
        if found:
            self._soon.start()
            return
        self.preview.show_pdf(b"")
        self._tell(say("Belum ada catatan untuk cetakan ini di wilayah dan periode yang dipilih."))
        for button in (self.print, self.save):
            button.setEnabled(False)

    # Making

    def _asked(self, choice: PrintChoice, *, preview: bool) -> Asked:
        """Put together what is asked; for a `preview` the first sheet is enough."""
        options = self.options
        count, first = options.numbers
        rt = self._scope.rt or (None if options.rt.isHidden() else options.rt.currentData())
        records = self.paper.records if self._has_records(choice) else ()
        if not records and not options.record.isHidden() and options.record.currentData():
            records = (options.record.currentData(),)
        return Asked(
            replace(self._scope, rt=rt), form=self.paper.form if records else "",
            records=records, count=count, first=first, preview=preview,
            sheet=options.chosen_sheet, names=_is_on(options.names), reason=options.reason.text().strip(),
            history=_is_on(options.history), residents=_is_on(options.residents), two_up=_is_on(options.two_up),
        )

    def _makes(self, *, preview: bool = False) -> Callable[[Workspace, Report], Made] | None:
        choice = self.list.current()
        if choice is None:
            return None
        asked, listed = self._asked(choice, preview=preview), self.paper.makes
        if choice.name == THIS_LIST and listed is not None:
            return lambda workspace, report: _of_list(workspace, report, listed, asked)
        return lambda workspace, report: making.make(workspace, choice.name, replace(asked, report=report))

    def _look(self) -> None:
        """Make the page that is looked at, off the window's thread; what was under way is not wanted any more."""
        make = self._makes(preview=True)
        self._look_no_more()
        if make is not None and not self.options.lacks_reason():
            self._looking = self.desk.read(self, make, self._show, self._cannot)

    def _show(self, made: Made) -> None:
        self.preview.show_pdf(made.pdf, made.document.whole)
        self._is_letter = word.is_letter(made) and made.document.whole == 1
        self.save.say(say("Simpan PDF atau Word") if self._is_letter else say("Simpan PDF"))
        if made.unprinted:
            self._tell(characters.told(made.unprinted))

    def _cannot(self, error: Exception) -> None:
        self.preview.show_pdf(b"")
        self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, Trouble):
            self.desk.failed.emit(error)
            return
        self._tell(f"{say(error.what)} {say(error.remedy)} ({error.code})", Token.ERR)

    def _tell(self, words: str, colour: Token = Token.TEXT2) -> None:
        self.told.colour(colour)
        self.told.say(words)
        self.told.setVisible(bool(words))

    def _look_no_more(self) -> None:
        self._soon.stop()
        if self._looking is not None:
            self._looking.cancel()
        self._looking = None

    def _stop(self) -> None:
        if self._doing is not None:
            self._doing.cancel()
        self._tell(say("Dihentikan. Tidak ada berkas yang disimpan; lembar yang sudah sampai di printer tetap "
                       "tercetak."))

    def _do(self, words: str, work: Callable[[Workspace, Report], T], then: Callable[[T], object]) -> None:
        """Do long work beside what is saved meanwhile, one at a time, with its progress in sight."""
        if self._doing is not None:
            self._tell(say("Tunggu cetakan sebelumnya selesai, atau hentikan dulu."))
            return
        self._tell("")
        self.work.begin(words)
        self._doing = self.desk.make(self, work, then, self._refuse)
        self._doing.progressed.connect(self.work.show_done)
        self._doing.ended.connect(self._done)

    def _done(self) -> None:
        self._doing = None
        self.work.hide()

    def _put_out(self, made: Made, words: str, put: Callable[[Report], int], told: Callable[[int], str]) -> None:
        """Note that it leaves the workspace, so that no crash forgets it; then let it, and say how many pages did.

        Stopped or refused on the way, it is noted with the pages that came out, and not at all without one.
        """
        pages, out = count_of(made.pdf), 0

        def leave(_workspace: Workspace, report: Report) -> int:
            nonlocal out

            def sent(done: int, of: int) -> None:
                nonlocal out
                out = done
                report(done, of)

            out = put(sent)
            return out

        def amend(noted: str) -> None:
            if noted and out != pages:
                self.desk.change(self, lambda workspace: making.amend(workspace, noted, out), touches=())

        def begin(noted: str) -> None:
            busy = self._doing is not None
            self._do(words, leave, lambda count: self._tell(told(count)))
            if busy or self._doing is None:
                amend(noted)
                return
            self._doing.ended.connect(lambda: amend(noted))

        def unnoted(error: Exception) -> None:
            """Print all the same from a file that takes no notes, but never names."""
            if made.asked.names:
                self._refuse(error)
            else:
                begin("")

        self._done()  # it was made to leave
        self.desk.change(self, lambda workspace: making.note(workspace, made, pages), begin, unnoted, touches=())

    # Putting out

    def save_as(self) -> None:
        """Ask where the PDF is saved, then make all of it and save it."""
        choice = self.list.current()
        if choice is None or self._lacks_reason():
            return
        name = file_name(choice.title, self._scope.area, self._scope.rt, self._scope.period)
        endings = (writing.PAPER, word.ENDING) if self._is_letter else (writing.PAPER,)
        choose_target(self.window(), f"{name}.pdf", self.save_to, endings)

    def save_to(self, path: Path) -> None:
        """Make all of it, save it, and note that it left the workspace."""
        make = self._makes()
        if make is None:
            return

        def told(count: int) -> str:
            self._saved = path
            if path.suffix.casefold() == word.ENDING:  # how many pages those are, Word decides
                return say("**Dokumen Word** disimpan di {path}. Alt+B membukanya.", path=path)
            return say("**{count} halaman** disimpan di {path}. Alt+B membukanya.", count=written.number(count),
                       path=path)

        def save(made: Made) -> None:
            def put(_report: Report) -> int:
                writing.save(made, path)
                return count_of(made.pdf)

            self._put_out(made, say("Menyiapkan PDF …"), put, told)

        self._do(say("Menyiapkan PDF …"), make, save)

    def _lacks_reason(self) -> bool:
        """Say whether a reason is lacking that names need, after telling so."""
        lacking = self.options.lacks_reason()
        if lacking:
            self._refuse(making.no_reason())
        return lacking

    def _open_saved(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

    def print_out(self) -> None:
        """Make all of it, then ask for the printer, the pages and the copies, and print."""
        make = self._makes()
        if make is None or self._lacks_reason():
            return
        try:
            printers.must_have_printer()
        except Trouble as trouble:
            self._refuse(trouble)
            return
        self._do(say("Menyiapkan cetakan …"), make, self._ask_printer)

    def _ask_printer(self, made: Made) -> None:
        printer = printers.new_printer(made.pdf, made.document.title)
        dialog = QPrintDialog(printer, self.window())
        dialog.setWindowTitle(say("Cetak"))
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer, made)
        dialog.deleteLater()

    def print_on(self, printer: QPrinter, made: Made) -> None:
        """Print what is made on the printer that was chosen, and note that it left the workspace."""
        def told(count: int) -> str:
            return say("**{count} halaman** dikirim ke printer «{name}».", count=written.number(count),
                       name=printer.printerName())

        self._put_out(made, say("Mencetak …"), lambda report: printers.put_on(printer, made.pdf, report), told)

    def _leave(self) -> None:
        if self.search.hasFocus():
            self.search.clear()
            self._focus_list()
            return
        self.returns.emit(Destination(HOME, self._scope))

    @override
    def may_leave(self) -> bool:
        self._look_no_more()
        self.preview.show_pdf(b"")
        return True


def _is_on(check: CheckBox) -> bool:
    return not check.isHidden() and check.isChecked()


def _of_list(workspace: Workspace, report: Report, listed: Makes, asked: Asked) -> Made:
    """Make a list as it is shown in the window."""
    table = listed(workspace, report)
    scope = saving.understood(workspace, table.scope)
    sourced = saving.sourced(workspace, replace(table, scope=scope))
    return making.set_out(workspace, table.name, asked, tables.of_table(sourced, asked.sheet, names=asked.names))
