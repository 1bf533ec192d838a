"""Pihak: who takes part and in which role, and at the right what the one in focus has committed."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.collaboration import commitments, partners, platform
from p2kp_desktop.actions.collaboration.commitments import Promise
from p2kp_desktop.actions.collaboration.partners import Partner
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.collaboration import Commitment, Stakeholder
from p2kp_desktop.language import say
from p2kp_desktop.reports import collaboration
from p2kp_desktop.schema import written
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.focus import holds_focus
from p2kp_desktop.ui.kit.messages import Emptiness
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP

from .listing import ListPage, Told


class PeoplePage(ListPage):
    """N begins a partner, or a commitment while those are in focus; L goes to the commitments."""

    kinds = (Stakeholder.key, Commitment.key)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Emptiness(
            say("Belum ada pihak"),
            say("Pihak adalah lembaga, perusahaan, bank, kampus, atau kelompok yang ikut menangani permukiman."),
            say("Pihak"), ("N",),
        ))
        self.list: TableList[Partner] = TableList(desk, collaboration.partners())
        self.promises: TableList[Promise] = TableList(desk, collaboration.commitments())
        self.about = Told(say("Pihak ini"))
        self.command(say("Lihat komitmen"), "L", self._into, icon="scroll-text", needs=self.has_line, deed=None)
        self.command(say("Komitmen"), "K", self._commit, icon="handshake")
        self.command(say("Pihak"), "N", self._new, icon="plus", primary=True)
        both = QHBoxLayout()
        both.setSpacing(CARD_GAP)
        both.addWidget(self.list, 5)
        both.addWidget(self.promises, 6)
        self.inside.addLayout(both, 1)
        self.inside.addWidget(self.about)
        self.finish_layout()
        self.list.opened.connect(self._open)
        self.promises.opened.connect(lambda promise: self.open_record(Commitment.key, promise.id))
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._look())
        self.promises.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())

    @override
    def main_list(self) -> TableList[Any]:
        return self.list

    @override
    def subject(self) -> Subject | None:
        promise, line = self.promises.current(), self.list.current()
        if self.promises.table.hasFocus() and promise is not None:
            return Subject(Commitment.key, promise.id, promise.who)
        return Subject(Stakeholder.key, line.id, line.name) if line and line.id else None

    @override
    def refresh(self) -> None:
        area = self.scope.area
        self.desk.ask(self, lambda workspace: partners.partners(workspace, area), self._show)

    def _show(self, found: list[Partner]) -> None:
        self.show_whether_empty(not found)
        self.list.show_table(collaboration.partners(found), self.scope)
        lines = self.list.model.lines
        with_wish = next((row for row, each in enumerate(lines)
                          if self.wish and self.wish in [promise.id for promise in each.promises]), None)
        if with_wish is not None:
            self.list.table.show_row(with_wish)
        self.go_to_wish(self.list, [each.id for each in lines])
        firm, offered = sum(each.firm for each in found), sum(each.offered for each in found)
        self.intro.say(" · ".join(filter(None, (
            say("**{count}** pihak", count=sum(bool(each.id) for each in found)),
            say("disepakati {firm}", firm=written.money(firm)) if firm else "",
            say("ditawarkan {offered}", offered=written.money(offered)) if offered else "",
        ))))
        self._look()

    def _look(self) -> None:
        line = self.list.current()
        had_focus = holds_focus(self.promises.table)
        self.promises.show_table(collaboration.commitments(line.promises if line else ()), self.scope)
        self.go_to_wish(self.promises, [each.id for each in self.promises.model.lines])
        if had_focus and not self.promises.model.lines:
            self.begin()
        self._tell()

    def _tell(self) -> None:
        """Tell of the partner in focus, and of the commitment in the row beside it."""
        line, promise = self.list.current(), self.promises.current()
        said = _about(line) if line else ()
        if promise is not None:
            said = (*said, *commitments.told(promise))
        self.about.say(said)

    @override
    def start(self) -> None:
        self.begin_new(Stakeholder.key)

    def _open(self, line: Partner) -> None:
        if line.id:
            self.open_record(Stakeholder.key, line.id)
        else:
            self._into()

    def _into(self) -> None:
        if self.promises.model.lines:
            self.promises.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _new(self) -> None:
        if self.promises.table.hasFocus():
            self._commit()
        else:
            self.begin_new(Stakeholder.key)

    def _commit(self) -> None:
        line = self.list.current()
        giver, area = line.id if line else "", self.scope.area
        self.begin_from(
            Commitment.key, lambda workspace: platform.begin_commitment(workspace, area, stakeholder=giver))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.promises.table.hasFocus():
            self.begin()
        else:
            super().keyPressEvent(event)


def _about(line: Partner) -> tuple[str, ...]:
    if not line.id:
        return (say("Komitmen yang pihaknya belum tercatat sebagai pemangku kepentingan."),)
    roles = "; ".join(say(role) for role in line.roles) or say("belum disebut")
    return (
        say("**{element}**, peran: {roles}", element=say(line.element) or say("Unsur belum disebut"), roles=roles),
        say("**Narahubung:** {contact}", contact=line.contact) if line.contact else "",
        say("**Dapat memberi:** {offers}", offers=line.offers) if line.offers else "",
    )
