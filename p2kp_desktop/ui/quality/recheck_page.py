"""Keying again: draw some of an operator's households, key them blind, decide every difference."""

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Signal
from typing_extensions import override

from p2kp_desktop.actions.quality import keying_differences, operators, second_keying
from p2kp_desktop.actions.quality.keying_differences import FIRST, SECOND, Difference, Errors
from p2kp_desktop.actions.quality.second_keying import Lot, Operator
from p2kp_desktop.language import say
from p2kp_desktop.reports import quality
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.views import Where
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.controls import Choice
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_8

from .reason import Reason

State = tuple[list[Operator], list[Lot], list[Errors]]
PERCENTS, USUAL = (2, 5, 10, 20, 50, 100), 10


class RecheckPage(Page):
    """At the left what was drawn, at the right the differences of the one chosen; Enter keys it again."""

    keys_again = Signal(str)  # a drawn record

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.who, self.percent = Choice(), Choice()
        self.draw = Button(say("Undi"), icon="circle-dot")
        self.lots: TableList[Lot] = TableList(desk, quality.rechecks())
        self.found: TableList[Difference] = TableList(desk, quality.recheck_differences())
        self.figures = Label("", SECONDARY, wraps=True)
        self.reason = Reason()
        self._awaited = ""  # the record that was just keyed again
        self._begins = False  # the focus goes to the list as soon as there is one
        self._lay_out()
        self.draw.clicked.connect(self._draw)
        self.lots.opened.connect(self._key_again)
        self.lots.table.selectionModel().currentChanged.connect(self._turn)
        self.reason.left.connect(lambda: self.found.table.setFocus(Qt.FocusReason.OtherFocusReason))
        offer(self.found, [
            Command(say("Ketikan pertama benar"), ("1",), lambda: self._decide(FIRST), deed=Deed.CHANGE),
            Command(say("Ketikan kedua benar"), ("2",), lambda: self._decide(SECOND), deed=Deed.CHANGE),
        ], desk.rights)
        desk.rights.guard(Deed.CHANGE, self.draw)

    def _lay_out(self) -> None:
        for each in PERCENTS:
            self.percent.addItem(f"{each} %", each)
        self.percent.setCurrentIndex(PERCENTS.index(USUAL))
        self.who.setAccessibleName(say("Petugas"))
        self.percent.setAccessibleName(say("Persen yang diundi"))
        head = across(
            Label(say("Undi dari"), SECONDARY), self.who, self.percent, self.draw, (self.figures, 1), gap=SPACE_8,
        )
        row = across((self.lots, 5), (self.found, 6), gap=CARD_GAP)
        self.column.addLayout(head)
        self.column.addLayout(row, 1)
        self.column.addWidget(self.reason)
        self.column.addWidget(self.told)

    @override
    def refresh(self) -> None:
        where = self.where
        self.desk.ask(self, lambda workspace: _state(workspace, where), self._show)

    @override
    def begin(self) -> None:
        self._begins = True
        (self.lots.table if self.lots.model.lines else self.who).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, state: State) -> None:
        people, lots, errors = state
        chosen = self.who.currentData()
        self.who.clear()
        for each in people:
            self.who.addItem(say("{person} ({count} rumah)", person=each.name, count=each.records), each.name)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))
        self.who.updateGeometry()
        self.draw.setEnabled(bool(people))
        self.found.setVisible(bool(lots))
        self.figures.say(" · ".join(_told(each) for each in errors))
        self.lots.show_table(quality.rechecks(lots), self.scope)
        records = [lot.record for lot in self.lots.model.lines]
        if self._awaited in records:
            self.lots.table.show_row(records.index(self._awaited))
            self._awaited = ""
        if self._begins and self.who.hasFocus():
            self.begin()
        self._begins = False
        self._look()

    def look_at(self, record: str) -> None:
        """Make a drawn record the current one when the list is shown next."""
        self._awaited = record

    def _draw(self) -> None:
        person, percent = str(self.who.currentData()), int(self.percent.currentData())
        where = self.where
        self.do(lambda workspace: second_keying.draw(workspace, person, percent, where=where), self._drawn)

    def _drawn(self, ids: list[str]) -> None:
        self.tell(say("{count} rumah diundi. Enter mengetik ulang dari kertasnya, sebaiknya oleh orang lain.",
                      count=len(ids)))
        self.lots.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._look()

    def _look(self) -> None:
        lot = self.lots.current()
        if lot is None or lot.differences is None:
            self._show_found([], say("Belum diketik ulang: Enter memulai.") if lot else "")
            return
        self.desk.ask(self, lambda workspace: second_keying.differences(workspace, lot.record), self._show_differences)

    def _show_differences(self, found: list[Difference]) -> None:
        lot = self.lots.current()
        if lot is not None and all(each.record == lot.record for each in found):
            self._show_found(quality.of_lot(lot, found), say("Tidak ada perbedaan."))

    def _show_found(self, found: list[Difference], empty: str) -> None:
        self.found.show_table(replace(quality.recheck_differences(found), empty=empty), self.scope)

    def _key_again(self, lot: Lot) -> None:
        if lot.differences is None:
            self.keys_again.emit(lot.record)
        else:
            self.found.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self, right: str) -> None:
        found = self.found.current()
        if found is None or found.decided:
            return
        if right == FIRST:
            self._settle(found, FIRST, "")
            return
        self.reason.ask(
            say("Jawaban kedua menggantikan yang pertama: {wording} **{first}** → **{second}**", wording=found.wording,
                first=found.first, second=found.second),
            say("di kertas tertulis {answer}", answer=found.second), lambda reason: self._settle(found, SECOND, reason),
        )

    def _settle(self, found: Difference, right: str, reason: str) -> None:
        self.do(
            lambda workspace: second_keying.decide(workspace, found.record, found.question, right, reason=reason),
            lambda _nothing: self.found.table.setFocus(Qt.FocusReason.OtherFocusReason),
            self._ask_again if reason else self.refused,
        )

    def _ask_again(self, error: Exception) -> None:
        self.refused(error)
        self.reason.ask_again()


def _state(workspace: Workspace, where: Where) -> State:
    return (
        second_keying.operators(workspace, where),
        second_keying.lots(workspace, where),
        keying_differences.errors(workspace, where),
    )


def _told(errors: Errors) -> str:
    told = say(
        "**{person}**: {rate} kesalahan per 1.000 ketukan ({wrong} di {records} rumah)", person=errors.operator,
        rate=operators.one_place(errors.per_thousand), wrong=errors.wrong, records=errors.records,
    )
    return told + (say(", {count} belum diputuskan", count=errors.open) if errors.open else "")
