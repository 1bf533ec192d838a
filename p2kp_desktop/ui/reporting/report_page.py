"""One report as a table, with how sure its figures are; Enter leads from a line to what it is of, Esc back."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.tables import reports_kept
from p2kp_desktop.language import say
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import is_wide, region_name, regions
from p2kp_desktop.schema.table import Column, Table
from p2kp_desktop.schema.table_words import source_lines, value_words, words
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.focus import holds_focus
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.letters import Letters
from p2kp_desktop.ui.kit.search import SearchField, begin_search
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.lists.pane import Makes
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import PAGE_SIDE, PAGE_TOP, SPACE_12, SPACE_16
from p2kp_desktop.ui.place import COLLECTING, FORM, REPORTING, Destination, Scope, why

MOST = 2000  # lines that stand in the window; files hold all
SEARCH_WIDTH = 260
COPIED = "message"  # the column whose words Enter copies: what is written to somebody
NAME = "report:"  # before the name of a report, and perhaps : and what is sought in it, in the tab of a destination


@dataclass(frozen=True)
class Asked:
    """A report by name, of which scope, of all periods where it has lines of several, and what is sought in it.

    `participants`: only lines of regions that take part in the programme.
    """

    name: str
    scope: Scope
    every: bool = True
    sought: str = ""
    participants: bool = False

    @property
    def of(self) -> Scope:
        """Return the scope that the report is asked for."""
        takes_all = self.every and catalogue.reports()[self.name].put(()).every_period
        return replace(self.scope, period="") if takes_all else self.scope

    def made(self, workspace: Workspace) -> Table[Any]:
        """Return the report."""
        return catalogue.make(workspace, self.name, self.of, participants=self.participants)


def _made(workspace: Workspace, asked: Asked) -> tuple[Table[Any], int]:
    """Return the report with as many lines as the window shows, and how many there are."""
    table = asked.made(workspace)
    number = len(table.lines)
    return replace(table, lines=list(table.lines[:MOST])) if number > MOST else table, number


class _ReportList(TableList[Any]):
    """Copies and saves the whole report, of which the window may show the first lines only."""

    def __init__(self, desk: Desk, table: Table[Any], asked: Asked, number: int) -> None:
        super().__init__(desk, table)
        self._asked, self._number, self._keys = asked, number, [column.key for column in table.in_sight]

    def takes(self, asked: Asked, table: Table[Any]) -> bool:
        """Say whether it can show this table: of the same report, in the same columns."""
        return asked.name == self._asked.name and self._keys == [column.key for column in table.in_sight]

    def show_report(self, asked: Asked, table: Table[Any], number: int) -> None:
        """Show the lines of a report that has so many; the current line stays so where it is still there."""
        self._asked, self._number = asked, number
        self.show_table(table, asked.of)

    @override
    def _holds(self, line: object) -> bool:
        """Say whether some cell holds what is sought, or every word of it begins a word of some cell."""
        if not self._text or super()._holds(line):
            return True
        said = " ".join(words(column, line) for column in self.shows.in_sight).lower().split()
        return all(any(word.startswith(each) for word in said) for each in self._text.lower().split())

    @override
    def makes(self, *, full: bool = False) -> Makes:
        if self._number == len(self.model.lines) or self.selected_lines() or self._text:
            return super().makes(full=full)
        asked = self._asked
        return lambda workspace, _report: asked.made(workspace)


class ReportPage(Page):
    """Shows one report at a time."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.asked: Asked | None = None
        self._above: list[Asked] = []  # whence Enter led into a narrower area
        self.list: _ReportList | None = None
        self.title, self.count = Label("", PAGE_TITLE, wraps=True), Label("", SECONDARY)
        self.source = Label("", NOTE, wraps=True)
        self.notes = Label("", NOTE, wraps=True)
        self.search = SearchField(say("Cari di laporan ini"), ("Ctrl", "F"), width=SEARCH_WIDTH)
        self.periods = Button("", icon="calendar", keys=("P",))
        self.back = Button(say("Kembali"), icon="corner-up-left", keys=("Esc",))
        head = QHBoxLayout()
        head.setSpacing(SPACE_12)
        for widget, stretch in ((self.title, 1), (self.count, 0), (self.periods, 0), (self.search, 0), (self.back, 0)):
            head.addWidget(widget, stretch)
        self.column.setContentsMargins(PAGE_SIDE, PAGE_TOP, PAGE_SIDE, SPACE_16)
        self.column.addLayout(head)
        self.column.addWidget(self.source)
        self.column.addWidget(self.notes)
        self.column.addWidget(self.told)
        self.periods.clicked.connect(self._turn_periods)
        self.back.clicked.connect(self.leave)
        self.search.textChanged.connect(self._seek)
        self.search.returnPressed.connect(self.begin)
        self.offer(say("Cari di laporan ini"), "Ctrl+F", self._search, say("cari"), rare=True)
        self.offer(say("Kembali ke laporan lain"), "Esc", self.leave, say("kembali"))
        self._turning = self.offer(say("Semua periode, atau hanya periode ini"), "P", self._turn_periods,
                                   say("periode"), rare=True)
        self._narrowing = self.offer(say("Hanya peserta program, atau semua wilayah"), "T", self._narrow,
                                     say("peserta"), rare=True)

    def open(self, asked: Asked) -> None:
        """Show a report, and remember that it was opened; one that is shown already is only asked for anew."""
        if self.list is not None and asked == self.asked:
            self.refresh()
            self.begin()
            return
        self.asked, self._above = asked, []
        self._put_list(catalogue.reports()[asked.name].put(()), asked, 0)
        self.search.setText(asked.sought)
        self.source.say("")  # what stood there told of the report before
        self.notes.hide()
        self.told.hide()
        self.desk.change(self, lambda workspace: reports_kept.note_opened(workspace, asked.name), None,
                         self.refused, touches=())
        self.refresh()
        self.begin()

    def _put_list(self, table: Table[Any], asked: Asked, number: int) -> None:
        had_focus = self.list is not None and holds_focus(self.list.table)
        if self.list is not None:
            self.column.removeWidget(self.list)
            self.list.hide()
            self.list.deleteLater()
        self.list = _ReportList(self.desk, table, asked, number)
        self.column.insertWidget(self.column.indexOf(self.notes), self.list, 1)
        self.list.opened.connect(self._follow)
        Letters(self.list.table, self).sought.connect(self._search)
        if had_focus:
            self.begin()

    @override
    def refresh(self) -> None:
        asked = self.asked
        if asked is None:
            return
        self.title.say(catalogue.reports()[asked.name].put(()).title)
        of_every = catalogue.reports()[asked.name].put(()).every_period
        self.periods.setVisible(of_every)
        self._turning.setVisible(of_every)
        self._narrowing.setVisible(catalogue.tells_regions(catalogue.reports()[asked.name].put(())))
        self.periods.say(say("Hanya {period}", period=asked.scope.period) if asked.every else say("Semua periode"))
        self.count.say(say("sedang dihitung"))
        self.desk.ask(self, lambda workspace: _made(workspace, asked),
                      lambda found: self._show(asked, *found), self.refused)

    def _show(self, asked: Asked, table: Table[Any], number: int) -> None:
        if asked != self.asked:
            return
        if self.list is None or not self.list.takes(asked, table):
            self._put_list(table, asked, number)
        if self.list is not None:
            self.list.show_report(asked, table, number)
        self._seek(self.search.text())
        self.source.say("\n".join(source_lines(table.source)) if table.source else "")
        first = say("Layar menunjukkan {count} baris pertama; Ctrl+E menyimpan semuanya.", count=written.number(MOST))
        chosen = [say("**Disaring:** {filters}.", filters="; ".join(table.narrowed))] if table.narrowed else []
        copies = any(column.key == COPIED for column in table.columns) and bool(table.lines)
        told = (*chosen, *((first,) if number > MOST else ()), *_sums(table), *table.notes,
                *((say("Enter menyalin pengingat untuk baris itu."),) if copies else ()))
        self.notes.say(" ".join(told))
        self.notes.setVisible(bool(told))
        self.count.say(say("{count} baris", count=written.number(number)))

    def _seek(self, text: str) -> None:
        if self.list is not None:
            self.list.search(text)

    def _search(self, typed: str = "") -> None:
        begin_search(self.search, typed)

    def leave(self) -> None:
        """Go back to the wider area whence Enter led here, else to where all reports are."""
        if not self._above:
            self.closed.emit()
            return
        *above, before = self._above
        self.wants.emit(Destination(REPORTING, before.scope, tab=f"{NAME}{before.name}:{before.sought}"))
        self._above = above

    def _turn_periods(self) -> None:
        if self.asked is not None:
            self.asked = replace(self.asked, every=not self.asked.every)
            self.refresh()

    def _narrow(self) -> None:
        if self.asked is not None:
            self.told.hide()
            self.asked = replace(self.asked, participants=not self.asked.participants)
            self.refresh()

    @override
    def refused(self, error: Exception) -> None:
        """Tell a known fault; what cannot be narrowed to participants is shown whole again."""
        if self.asked is not None and self.asked.participants:
            self._narrow()
        super().refused(error)

    @override
    def begin(self) -> None:
        if self.list is not None:
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, line: object) -> None:
        """Go from a line to why it scores so, or to what it is of; or copy what it says."""
        if self.asked is None or self.list is None:
            return
        message = _value(self.list.shows, lambda column: column.key == COPIED, line)
        if message:
            QGuiApplication.clipboard().setText(message)
            self.tell(say("Pengingat disalin; tempel di WhatsApp atau surel dengan Ctrl+V."))
            return
        subject = self.list.shows.scored(line) if self.list.shows.scored is not None else None
        if subject is not None and (subject.scope.rt or subject.kawasan or subject.criterion):
            within = replace(subject.scope, period=subject.scope.period or self.asked.scope.period)
            self.wants.emit(why(replace(subject, scope=within if within.area else self.asked.scope)))
            return
        record = self.list.shows.record(line) if self.list.shows.record is not None else None
        if record is not None:
            self.wants.emit(Destination(FORM, self.asked.scope, *record))
            return
        code = _value(self.list.shows, lambda column: column.key == "region", line)
        rt = _value(self.list.shows, lambda column: column.key == "rt", line)
        scope, here = self.asked.scope, regions()
        if code in here and rt:
            self.wants.emit(Destination(COLLECTING, Scope(code, rt, scope.period)))
        elif code in here and code != scope.area:
            above = [*self._above, self.asked]
            self.wants.emit(Destination(REPORTING, Scope(code, None, scope.period), tab=f"{NAME}{self.asked.name}"))
            self._above = above
        elif is_wide(scope.area):
            self.tell(say("Baris ini tentang {area} seluruhnya.", area=region_name(scope.area)))


def _value(table: Table[Any], wanted: Any, line: object) -> str:
    """Return the words of a line in the first column that is wanted; "" where there is none."""
    column: Column[Any] | None = next((each for each in table.columns if wanted(each)), None)
    return str(column.of(line) or "") if column is not None else ""


def _sums(table: Table[Any]) -> tuple[str, ...]:
    """Return the sums of a report in words."""
    told = [f"{table.column(key).title} {value_words(table.column(key).kind, value)} {table.column(key).unit}".strip()
            for key, value in table.sums.items() if value is not None]
    return (say("**Jumlah:** {sums}.", sums=" · ".join(told)),) if told else ()
