"""Daftar warga of an RT: who lives there by the list of its head, which houses are recorded, which are missing."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from p2kp_desktop.actions.importing import resident_lists
from p2kp_desktop.actions.importing.resident_lists import Put
from p2kp_desktop.actions.keying import household_of_line
from p2kp_desktop.actions.residents import residents
from p2kp_desktop.actions.residents.residents import Completeness, ResidentLine
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.language import say
from p2kp_desktop.reports import residents as reports
from p2kp_desktop.schema import Record, written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.coverage import FilterBar
from p2kp_desktop.ui.lists.asking import Asking, Wish
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12
from p2kp_desktop.ui.place import Scope

from . import resident_lines as told
from .pasting import Pasting

DRAFTS = "drafts"
PASTED = "daftar warga ditempel"


class ResidentSheet(QWidget):
    """Digits say how the line in focus ended; Enter records its house, or opens the one recorded."""

    begins = Signal(str)  # the draft of a household
    opens = Signal(str)  # a household
    closed = Signal()
    said = Signal(str)  # what was done, in a sentence
    previews = Signal(bool)  # lines are looked at before they are kept, and need all the room there is

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._scope = desk, Scope("", None, "")
        self._all: list[Record] = []
        self._outcome = ""
        self._row = -1  # where the focus goes when the lines come again
        self._begun = ""  # the line whose household is being recorded; once it is, the focus goes to the next one
        self.filters = FilterBar(say("Semua"), told.shares(_nothing()), hides_none=True)
        self.list: TableList[Record] = TableList(desk, reports.listed())
        self.table = self.list.table
        self.paste = Button(say("Tempel daftar"), icon="copy", keys=("Ctrl", "V"))
        self.back = Button(say("Daftar rumah"), icon="house", keys=("W",))
        self.pasting, self.asking = Pasting(desk), Asking()
        self._noted = ""  # the line whose note is being typed
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_12)
        top.addWidget(self.filters, 100)
        top.addStretch(1)  # the buttons keep their width where there is nothing to filter
        top.addWidget(self.paste, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8 + 2)
        column.addLayout(top)
        column.addWidget(self.pasting, 1)
        column.addWidget(self.list, 1)
        column.addWidget(self.asking)

    def _connect(self) -> None:
        self.filters.chosen.connect(self._filter)
        self.list.opened.connect(self._open)
        self._desk.rights.guard(Deed.CHANGE, self.paste)
        self.paste.clicked.connect(self.begin_pasting)
        self.back.clicked.connect(self.closed)
        self.pasting.given.connect(self._put)
        self.pasting.left.connect(self._end_pasting)
        self.pasting.previews.connect(self._make_room)
        self.asking.given.connect(lambda texts: self._note_down(*texts))
        self.asking.left.connect(self._leave_note)
        offer(self, [Command(say("Tempel daftar warga"), ("Ctrl+V",), self.begin_pasting, say("tempel daftar"),
                             deed=Deed.CHANGE)], self._desk.rights)
        offer(self.list, self._commands(), self._desk.rights)  # while pasting, the same keys are those of the text

    def _commands(self) -> list[Command]:
        ends = [
            Command(say("Hasil kunjungan: {word}", word=word), (digit,), partial(self.decide, code), word,
                    deed=Deed.CHANGE)
            for (digit, word), code in zip(_digits(), reports.ends(), strict=True)
        ]
        return [
            *ends, Command(say("Keterangan baris ini"), ("F2",), self.note, say("keterangan"),
                           deed=Deed.CHANGE),
            Command(say("Baris berikutnya yang belum"), ("F8",), lambda: self.to_unvisited(1), say("yang belum")),
            Command(say("Baris sebelumnya yang belum"), ("Shift+F8",), lambda: self.to_unvisited(-1), rare=True),
        ]

    def show_scope(self, scope: Scope, outcome: str | None = None) -> None:
        """Show the list of an RT; with an outcome only the lines that ended so."""
        if scope != self._scope:
            self._outcome, self._begun, self._all = "", "", []
            self.hide_pasting()
        if outcome is not None:
            self._outcome = outcome
        self._scope = scope
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        scope = self._scope
        self._desk.ask(
            self, lambda workspace: residents.lines(workspace, scope.area, scope.rt, scope.period),
            lambda lines: self._show(scope, lines),
        )

    def _show(self, scope: Scope, lines: list[Record]) -> None:
        if scope != self._scope:
            return
        is_first, self._all = not self._all, lines
        self._show_filters()
        self._narrow()
        begun = next((line for line in lines if line.id == self._begun), None)
        if is_first or (begun is not None and reports.ended(begun) != reports.OPEN):
            self.to_unvisited(1, self._begun)
            self._begun = ""
        if not lines and self.isVisible() and not self.pasting.isVisible():
            self.pasting.begin(scope)

    def _show_filters(self) -> None:
        states = [reports.ended(line) for line in self._all]
        counts = {key: states.count(key) for key in reports.ends()}
        found = Completeness("", "", len(states), *(counts[key] for key in list(counts)[:-1]))
        self.filters.show_shares(told.shares(found), self._outcome)
        self._make_room(self.pasting.isVisible() and self.pasting.previewed)

    def _make_room(self, previewed: bool) -> None:
        """Give the room of the list to the lines that are looked at before they are kept."""
        self.filters.setVisible(bool(self._all) and not previewed)
        for always in (self.list, self.paste, self.back):
            always.setVisible(not previewed)
        self.previews.emit(previewed)

    def hide_pasting(self) -> None:
        """Leave the list that was being pasted, and the note that was being typed."""
        self.pasting.hide()
        self.asking.hide()
        self._make_room(False)

    def _narrow(self) -> None:
        lines = [line for line in self._all if self._outcome in ("", reports.ended(line))]
        nothing = say("Tidak ada baris dengan hasil ini.") if self._all else say("Daftar warga RT ini belum ada.")
        scope = self._scope
        self.list.show_table(replace(reports.listed(lines), empty=nothing), scope)
        if self._row >= 0 and lines:
            self.table.show_row(min(self._row, len(lines) - 1))
        self._row = -1

    def _filter(self, outcome: str) -> None:
        self._outcome = outcome
        self._narrow()

    def focus(self) -> None:
        """Put the focus on the lines, or into the box while there are none."""
        if self.pasting.isVisible():
            shown = self.pasting.table if self.pasting.previewed else self.pasting.text
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is done with a line

    def decide(self, code: str) -> None:
        """Say how the line in focus ended, and go on to the next."""
        line = self.list.current()
        if line is None or self.pasting.isVisible():
            return
        here = self.table.currentIndex().row()
        self._row = here if self._outcome else here + 1
        outcome = None if code == reports.OPEN else code
        kept = str(line.answers.get(Resident.household.key) or "")
        self._desk.change(
            self, lambda workspace: residents.decide(workspace, line.id, outcome, household=kept),
            touches=[Resident.key],
        )

    def note(self) -> None:
        """Ask for the note of the line in focus, with the one that stands to be typed on."""
        line = self.list.current()
        if line is not None:
            self._noted = line.id
            wish = Wish(say("Keterangan"), say("misalnya rumah dikunci, pemilik di Jakarta"), line[Resident.note] or "",
                        needed=False)
            name = line[Resident.head_name] or line[Resident.house_number] or say("(tanpa nama)")
            self.asking.ask(say("Keterangan **{name}**", name=name), say("Simpan"), (wish,))

    def _note_down(self, text: str) -> None:
        """Put the note on disk; until it is there its text stays in the field."""
        line = self._noted
        self._desk.change(self, lambda workspace: residents.note_down(workspace, line, text),
                          lambda _noted: self._leave_note(), touches=[Resident.key])

    def _leave_note(self) -> None:
        self.asking.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, line: Record) -> None:
        household = str(line.answers.get(Resident.household.key) or "")
        if household and reports.ended(line) != reports.OPEN:
            self.opens.emit(household)
            return
        self._begun = line.id
        self._desk.change(
            self, lambda workspace: household_of_line.begin(workspace, line.id), self.begins.emit, touches=[DRAFTS]
        )

    def to_unvisited(self, step: int, after: str | None = None) -> None:
        """Go to the next line (or the one before) that nobody visited, from the one in focus or from `after`."""
        current = self.list.current()
        here = after if after is not None else current.id if current else ""
        ids = [line.id for line in self._all]
        start = ids.index(here) if here in ids else -1 if step > 0 else 0
        order = [self._all[(start + step * far) % len(ids)] for far in range(1, len(ids) + 1)]
        goal = next((line for line in order if reports.ended(line) == reports.OPEN), None)
        if goal in self.list.model.lines:
            self.table.show_row(self.list.model.lines.index(goal))

    # The list as a whole

    def begin_pasting(self) -> None:
        """Show the box with what lies on the clipboard; nothing is kept before it is read over."""
        self.asking.hide()
        self.pasting.begin(self._scope, QApplication.clipboard().text())

    def _end_pasting(self) -> None:
        self.hide_pasting()
        if self._all:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.closed.emit()

    def _put(self, lines: tuple[ResidentLine, ...]) -> None:
        scope = self._scope

        def put(workspace: Workspace) -> Put:
            return resident_lists.put_list(workspace, scope.area, scope.rt or "", scope.period, lines, origin=PASTED)

        self._desk.change(self, put, self._told_put, touches=[Resident.key])

    def _told_put(self, put: Put) -> None:
        self.hide_pasting()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        parts = [say("**{number} baris** ditambahkan", number=written.number(len(put.new)))]
        if put.known:
            parts.append(say("{number} sudah ada", number=written.number(put.known)))
        if put.matched:
            parts.append(say("{number} cocok dengan rumah yang sudah didata", number=written.number(put.matched)))
        self.said.emit(", ".join(parts) + ".")


def _digits() -> tuple[tuple[str, str], ...]:
    words = reports.ends()
    return tuple((str(place % len(words)), word) for place, word in enumerate(words.values(), start=1))


def _nothing() -> Completeness:
    return Completeness("", "", 0, 0, 0, 0, 0)
