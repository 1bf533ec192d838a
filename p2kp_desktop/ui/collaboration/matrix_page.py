"""Matriks: needs against the nine kinds of funding, and for the need in focus its money and the offers that fit."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from p2kp_desktop.actions.collaboration import platform
from p2kp_desktop.actions.collaboration.platform import Matrix, MatrixRow
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.collaboration import Commitment, Stakeholder
from p2kp_desktop.forms.elements import SOURCES
from p2kp_desktop.language import say
from p2kp_desktop.reports import funding
from p2kp_desktop.reports.funding import Money, source_name
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.focus import holds_focus
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.messages import Emptiness
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.place import COLLABORATION, Destination

from .listing import ListPage


class MatrixPage(ListPage):
    """Enter goes from a need to its money; there Enter opens the record and P gives an offer to the need."""

    kinds = (Commitment.key,)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Emptiness(
            say("Belum ada kebutuhan yang dapat didanai"),
            say("Matriks menyandingkan kebutuhan dengan sembilan sumber dana. **N** mencatat komitmen lebih dahulu."),
            say("Ke kebutuhan"), ("Ctrl", "PgUp"), "arrow-right",
        ))
        self.year: int | None = None
        self._years: tuple[int, ...] = ()
        self.list: TableList[MatrixRow] = TableList(desk, funding.funding())
        self.money: TableList[Money] = TableList(desk, funding.money())
        self.totals = Label("", NOTE, wraps=True)
        self.turn = self.command(say("Semua tahun"), "T", self.next_year, icon="calendar", deed=None)
        self.command(say("Pakai tawaran"), "P", self.use, icon="handshake", needs=self.has_line)
        self.command(say("Komitmen"), "N", self._commit, icon="plus", primary=True)
        self.inside.addWidget(self.list, 3)
        self.inside.addWidget(self.totals)
        self.inside.addWidget(self.money, 2)
        self.finish_layout()
        self.list.opened.connect(lambda _row: self._into())
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._look())
        self.money.opened.connect(self._open)

    @override
    def main_list(self) -> TableList[Any]:
        return self.list

    @override
    def subject(self) -> Subject | None:
        line = self.money.current() if self.money.table.hasFocus() else None
        return Subject(line.form, line.id, line.who) if line and line.form == Commitment.key else None

    @override
    def refresh(self) -> None:
        area, year = self.scope.area, self.year
        self.desk.ask(self, lambda workspace: platform.matrix(workspace, area, year), self._show)

    def _show(self, found: Matrix) -> None:
        self._years = found.years
        self.turn.say(say("Tahun {year}", year=found.year) if found.year else say("Semua tahun"))
        self.show_whether_empty(not found.rows)
        self._show_rows(found)
        doubled = sum(row.need.doubled > 0 for row in found.rows)
        perhaps = sum(row.need.may_be_doubled for row in found.rows)
        warning = f" · {say('**{count} dengan dana ganda**', count=doubled)}" if doubled else ""
        warning += f" · {say('**{count} mungkin ganda**', count=perhaps)}" if perhaps else ""
        self.intro.say(say("Biaya {cost} · sudah ada {total} · kurang **{lack}**", cost=written.money(found.cost),
                           total=written.money(found.total), lack=written.money(found.lack)) + warning)
        firm = {source_name(code): found.firm[code] for code in SOURCES.codes if found.firm[code]}
        sums = [f"{source} **{written.money(amount)}**" for source, amount in firm.items()]
        legend = say("Di tabel dalam rupiah; dalam kurung: baru ditawarkan; ?: belum ditaksir.")
        self.totals.say(" · ".join([*sums, legend]))
        self._look()

    def _show_rows(self, found: Matrix) -> None:
        """Show the needs; what is saved says the year that the money is of."""
        table = funding.funding(found.rows, named=not region(self.scope.area).is_village)
        period = str(found.year) if found.year else self.scope.period
        self.list.show_table(replace(table, every_period=found.year is None), replace(self.scope, period=period))

    def _look(self) -> None:
        row = self.list.current()
        had_focus = holds_focus(self.money.table)
        lines = funding.money_for(row) if row else []
        self.money.show_table(funding.money(lines), self.scope)
        self.go_to_wish(self.money, [each.id for each in self.money.model.lines])
        if had_focus and not lines:
            self.begin()

    @override
    def start(self) -> None:
        self.wants.emit(Destination(COLLABORATION, self.scope, tab="needs"))

    def _into(self) -> None:
        if self.money.model.lines:
            self.money.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._commit()

    def next_year(self) -> None:
        """Show the next year that has money, after the last one all years."""
        turns = (None, *self._years)
        place = turns.index(self.year) + 1 if self.year in turns else 0
        self.year = turns[place % len(turns)]
        self.refresh()

    def use(self) -> None:
        """Give the offer in focus, or the first that fits, to the need."""
        row, line = self.list.current(), self.money.current()
        offer = line if line and line.fits else next((each for each in self.money.model.lines if each.fits), None)
        if row is None or offer is None:
            return
        need, area = row.need.id, self.scope.area
        if offer.form == Stakeholder.key:
            self.begin_from(Commitment.key, lambda workspace: platform.begin_commitment(
                workspace, area, need=need, stakeholder=offer.id, year=self.year))
            return
        self.do(lambda workspace: platform.use(workspace, offer.id, need),
                lambda _nothing: self.tell(say("Komitmen {who} sekarang menjawab kebutuhan ini.", who=offer.who)))

    def _commit(self) -> None:
        row, year = self.list.current(), self.year
        need, area = row.need.id if row else "", self.scope.area
        self.begin_from(
            Commitment.key, lambda workspace: platform.begin_commitment(workspace, area, need=need, year=year))

    def _open(self, line: Money) -> None:
        self.open_record(line.form, line.id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.money.table.hasFocus():
            self.begin()
        else:
            super().keyPressEvent(event)
