"""Kegiatan: activities with their progress, and for the one in focus its reports and what it does to the score."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from p2kp_desktop.actions import improving, outlook, works
from p2kp_desktop.actions.improving import Effect
from p2kp_desktop.actions.naming import Subject
from p2kp_desktop.actions.needs import rupiah
from p2kp_desktop.actions.outlook import Outlook
from p2kp_desktop.actions.works import Step, Work
from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.language import say
from p2kp_desktop.schema.values import show_date, show_number
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.collecting.cells import Cell
from p2kp_desktop.ui.collecting.line_list import LineList
from p2kp_desktop.ui.collecting.listtable import Column
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.look.measures import CARD_GAP
from p2kp_desktop.ui.place import Destination

from .listing import FORM, ListPage, Told
from .words import short_source


class WorksPage(ListPage):
    """L goes to the reports of the activity in focus, P begins one; Enter opens what is in focus."""

    kinds = (Activity.key, Progress.key)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list: LineList[Work] = LineList(_columns(), _cell, _ORDERS, say("Kegiatan"))
        self.steps: LineList[Step] = LineList(_step_columns(), _step_cell, {}, say("Laporan kemajuan"))
        self.effect = Told(say("Pengaruh pada nilai"))
        self.parent_wish = ""
        self._said: tuple[str, ...] = ()  # of the effect
        self.command(say("Lihat laporan"), "L", self._into, icon="history")
        self.command(say("Kemajuan"), "P", self._report, icon="flag")
        self.command(say("Kegiatan"), "N", lambda: self.begin_new(Activity.key), icon="plus", primary=True)
        below = QHBoxLayout()
        below.setSpacing(CARD_GAP)
        below.addWidget(self.steps, 6)
        below.addWidget(self.effect, 5)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(below, 1)
        self.finish_layout()
        self.list.opened.connect(lambda line: self.open_record(Activity.key, line.id, line.region))
        self.steps.opened.connect(lambda step: self.open_record(Progress.key, step.id, self._region()))
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._look())
        self.steps.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())

    @override
    def main_list(self) -> LineList[Any]:
        return self.list

    @override
    def subject(self) -> Subject | None:
        step, line = self.steps.current(), self.list.current()
        if self.steps.table.hasFocus() and step is not None:
            return Subject(Progress.key, step.id, show_date(step.date))
        return Subject(Activity.key, line.id, line.name) if line else None

    @override
    def refresh(self) -> None:
        area = self.scope.area
        self.desk.ask(self, lambda workspace: works.works(workspace, area), self._show)

    def _show(self, found: list[Work]) -> None:
        self.list.show_lines(found, say("Belum ada kegiatan. G di tab Kebutuhan memulainya dari kebutuhannya."))
        ids = [each.id for each in self.list.model.lines]
        if self.parent_wish in ids:
            self.list.table.show_row(ids.index(self.parent_wish))
            self.parent_wish = ""
        self.go_to_wish(self.list, ids)
        finished = sum(each.is_finished for each in found)
        self.intro.say(say(
            "**{count}** kegiatan senilai {amount}, {finished} selesai; dibayarkan {paid}.", count=len(found),
            amount=rupiah(sum(each.amount for each in found)), finished=finished,
            paid=rupiah(sum(each.paid for each in found)),
        ))
        self._look()

    def _look(self) -> None:
        line = self.list.current()
        had_focus = self.steps.table.hasFocus()
        empty = say("Belum ada laporan. P mencatat kemajuan.") if line else ""
        self.steps.show_lines(line.steps if line else (), empty)
        self.go_to_wish(self.steps, [each.id for each in self.steps.model.lines])
        if had_focus and not self.steps.model.lines:
            self.begin()
        if line is None:
            self._said = ()
            self._tell()
            return
        period = self.scope.period
        self.desk.ask(self, lambda workspace: _foreseen(workspace, line.id, period),
                      lambda found: self._show_effect(line.id, *found))

    def _show_effect(self, activity: str, effect: Effect | None, ahead: Outlook | None) -> None:
        line = self.list.current()
        if line is None or line.id != activity:
            return
        unsaid = say("Kegiatan ini belum menyebut kriteria atau kebutuhan yang dijawabnya.")
        self._said = (*(effect.words if effect else (unsaid,)), *(ahead.words if ahead else ()))
        self._tell()

    def _tell(self) -> None:
        """Tell the effect, and of the report in focus what its row has no room for."""
        step = self.steps.current()
        told = (works.told(step),) if step is not None and step.note else ()
        self.effect.say((*self._said, *told))

    def _region(self) -> str:
        line = self.list.current()
        return line.region if line else ""

    def _into(self) -> None:
        if self.steps.model.lines:
            self.steps.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._report()

    def _report(self) -> None:
        line = self.list.current()
        if line is not None:
            scope = replace(self.scope, area=line.region or self.scope.area, rt=None)
            self.wants.emit(Destination(FORM, scope, form=Progress.key, parent=line.id))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.steps.table.hasFocus():
            self.begin()
        else:
            super().keyPressEvent(event)


def _foreseen(workspace: Workspace, activity: str, period: str) -> tuple[Effect | None, Outlook | None]:
    """Return what an activity does to its RT, and how that RT comes below the levels."""
    effect = improving.effect(workspace, activity)
    ahead = outlook.outlook(workspace, effect.region, effect.rt, period) if effect and effect.rt else None
    return effect, ahead


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", say("Kegiatan"), Content.NAME, "n" * 18, order="name", stretches=True),
        Column("where", say("Lokasi"), sample="RT 014/005", order="where", drop=2),
        Column("year", say("Tahun"), sample="2026", order="year"),
        Column("source", say("Sumber"), sample="APBN PUPR", drop=1),
        Column("amount", say("Nilai"), Content.NUMBER, "Rp1.000.000.000", order="amount"),
        Column("physical", say("Fisik"), Content.SHARE, "100 %", order="physical"),
        Column("financial", say("Keuangan"), Content.SHARE, "100 %"),
        Column("instalments", say("Termin"), Content.DATE, "60, 30, 10 %", drop=3),
    )


def _cell(line: Work, key: str) -> Cell:
    if key in ("physical", "financial"):
        percent = line.physical if key == "physical" else line.financial
        return Cell(f"{show_number(percent)} %", float(percent) / 100)
    terms = ", ".join(each.removeprefix("p") for each in line.instalments)
    return Cell({
        "name": line.name, "where": line.where, "year": line.period,
        "source": short_source(line.source) if line.source else "", "amount": rupiah(line.amount),
        "instalments": f"{terms} %" if terms else say("belum"),
    }[key])


_ORDERS = {
    "name": lambda line: line.name, "where": lambda line: line.where, "year": lambda line: line.period,
    "amount": lambda line: line.amount, "physical": lambda line: line.physical,
}


def _step_columns() -> tuple[Column, ...]:
    return (
        Column("date", say("Laporan"), Content.DATE, "30 September 2026", stretches=True),
        Column("physical", say("Fisik"), Content.NUMBER, "100 %"),
        Column("financial", say("Keuangan"), Content.NUMBER, "100 %"),
        Column("instalment", say("Termin"), Content.DATE, "Termin 60 %", drop=2),
        Column("paid", say("Dibayarkan"), Content.NUMBER, "Rp100.000.000"),
        Column("photo", say("Foto"), Content.DATE, "tidak", drop=1),
    )


def _step_cell(step: Step, key: str) -> Cell:
    instalment = say(Progress.instalment.show(step.instalment)) if step.instalment else ""
    return Cell({
        "date": show_date(step.date), "physical": f"{show_number(step.physical)} %",
        "financial": f"{show_number(step.financial)} %", "instalment": instalment,
        "paid": rupiah(step.paid) if step.paid else "", "photo": say("ada") if step.photo else "",
    }[key])
