"""Figures of those who key here, by day or over all days; Enter lists the records of a line, Ctrl+C copies cells."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.actions.quality import operators
from p2kp_desktop.actions.quality.operators import Figures
from p2kp_desktop.language import say
from p2kp_desktop.reports import quality
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.controls import Choice
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12

from .leading import Leading

DAYS, ALL = "days", "all"


class OperatorsPage(Leading):
    """One list; bars compare the lines in sight with the fastest of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, say("Cara diketik"))
        self.span = Choice()
        self.span.setAccessibleName(say("Rentang"))
        self.span.addItem(say("Per hari"), DAYS)
        self.span.addItem(say("Semua hari"), ALL)
        self.list: TableList[Figures] = TableList(desk, quality.figures_of_operators())
        copy = Button(say("Salin sebagai sel"), icon="copy", keys=("Ctrl", "C"))
        intro = Label(say(
            "Dihitung saat mengetik di formulir, hanya di laptop ini dan tidak pernah ikut terkirim. "
            "Jeda di atas 30 menit tidak dihitung sebagai kerja. Enter menunjukkan catatannya."
        ), SECONDARY, wraps=True)
        head = across((intro, 1), self.span, copy, gap=SPACE_12)
        first = QWidget()
        down(head, (self.list, 1), into=first, gap=SPACE_8)
        self.put(first)
        self.list.opened.connect(self._list_records)
        copy.clicked.connect(lambda: self.list.copy())
        desk.rights.guard(Deed.EXPORT, copy)
        self.span.activated.connect(lambda _row: self.refresh())

    @override
    def refresh(self) -> None:
        figures = operators.totals if self.span.currentData() == ALL else operators.figures
        where = self.where
        self.desk.ask(self, lambda workspace: figures(workspace, where), self._show)

    @override
    def begin(self) -> None:
        (self.records if self.leads else self.list).table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: list[Figures]) -> None:
        self.list.show_table(quality.figures_of_operators(found), self.scope)

    def _list_records(self, line: Figures) -> None:
        """List the records that a line counts."""
        told = say("**{person}**, {day}: {records} catatan.", person=line.person, day=quality.day_words(line),
                   records=written.number(line.records))
        where = self.where
        self.desk.ask(self, lambda workspace: operators.records_of(workspace, line, where),
                      lambda found: self.show_records(told, found))
