"""Komitmen: who promised what and how it stands today, the late ones first, with what was given and its proof."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.collaboration import commitments, platform
from p2kp_desktop.actions.collaboration.commitments import Given, Promise
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.forms.collaboration import Commitment, Realisation
from p2kp_desktop.language import say
from p2kp_desktop.reports import collaboration
from p2kp_desktop.rules.commitments import STATES, state_word
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.attachments.attaching import Attaching
from p2kp_desktop.ui.attachments.card import AttachmentsCard
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.messages import Emptiness
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP
from p2kp_desktop.ui.place import Destination

from .listing import FORM, ListPage, Told


class PromisesPage(ListPage):
    """L goes to what was given of the commitment in focus, R records more of it, F attaches its proof."""

    kinds = (Commitment.key, Realisation.key, Attachment.key)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Emptiness(
            say("Belum ada komitmen"),
            say("Komitmen adalah dana, barang, atau jasa yang dijanjikan suatu pihak, dengan tenggatnya."),
            say("Komitmen"), ("N",),
        ))
        self.list: TableList[Promise] = TableList(desk, collaboration.commitments())
        self.steps: TableList[Given] = TableList(desk, collaboration.realisations())
        self.about, self.files = Told(say("Komitmen ini")), AttachmentsCard()
        self.attaching = Attaching(desk, self.files, self)
        self.command(say("Lihat realisasi"), "L", self._into, icon="history", needs=self.has_line, deed=None)
        self.command(say("Realisasi"), "R", self._give, icon="check", needs=self.has_line)
        self.command(say("Komitmen"), "N", self.start, icon="plus", primary=True)
        self.offer(say("Lampirkan bukti"), "F", self.attach, say("lampirkan"), needs=self.has_line, deed=Deed.CHANGE)
        self.offer(say("Ke lampiran"), "B", self.files.give_focus, needs=self.has_line)
        left = QVBoxLayout()
        left.setSpacing(CARD_GAP)
        left.addWidget(self.list, 3)
        left.addWidget(self.steps, 2)
        self.lay_out_beside(left, self.about, self.files)
        self.finish_layout()
        self.list.opened.connect(lambda line: self.open_record(Commitment.key, line.id))
        self.steps.opened.connect(lambda step: self.open_record(Realisation.key, step.id))
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._look())
        self.attaching.told.connect(self.tell)
        self.attaching.wants.connect(self.wants)

    @override
    def main_list(self) -> TableList[Any]:
        return self.list

    @override
    def start(self) -> None:
        area = self.scope.area
        self.begin_from(Commitment.key, lambda workspace: platform.begin_commitment(workspace, area))

    @override
    def subject(self) -> Subject | None:
        step, line = self.steps.current(), self.list.current()
        if self.steps.table.hasFocus() and step is not None:
            return Subject(Realisation.key, step.id, written.day(step.date))
        return Subject(Commitment.key, line.id, line.who) if line else None

    @override
    def refresh(self) -> None:
        area = self.scope.area
        self.desk.ask(self, lambda workspace: commitments.promises(workspace, area), self._show)

    def _show(self, found: list[Promise]) -> None:
        self.show_whether_empty(not found)
        self.list.show_table(collaboration.commitments(found), self.scope)
        self.go_to_line(self.list, {
            each.id: [step.id for step in each.steps] for each in self.list.model.lines
        })
        self.intro.say(_summary(found))
        self._look()

    def _look(self) -> None:
        line = self.list.current()
        self.show_below(self.steps, collaboration.realisations(line.steps if line else ()), lambda each: each.id)
        self.about.say(commitments.told(line) if line else ())
        self.files.setVisible(line is not None)
        if line is not None:
            self._show_files(line.id, line)

    def _show_files(self, record: str, line: Promise) -> None:
        """Show the files of a commitment and its instalments; a new one belongs to this record."""
        all_of_it = (line.id, *(each.id for each in line.steps))
        self.attaching.show((record, *(each for each in all_of_it if each != record)), self.scope.at(None),
                            empty=say("F melampirkan surat, kuitansi, atau foto."))

    def _into(self) -> None:
        if self.steps.model.lines:
            self.steps.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.desk.rights.may(Deed.CHANGE):
            self._give()

    def _give(self) -> None:
        line = self.list.current()
        if line is not None:
            scope = replace(self.scope, area=line.region or self.scope.area, rt=None)
            self.wants.emit(Destination(FORM, scope, form=Realisation.key, parent=line.id))

    def attach(self) -> None:
        """Attach files to the instalment in focus, else to the commitment."""
        line, step = self.list.current(), self.steps.current() if self.steps.table.hasFocus() else None
        if line is not None:
            self._show_files(step.id if step else line.id, line)
            self.attaching.ask()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        inside = self.steps.table.hasFocus() or self.files.line_in_focus() is not None
        if event.key() == Qt.Key.Key_Escape and inside:
            self.begin()
        else:
            super().keyPressEvent(event)


def _summary(found: list[Promise]) -> str:
    """Return how many commitments stand how, and what is still to be given."""
    counted = [(sum(each.pledge.state == state for each in found), state_word(state).lower()) for state in STATES]
    told = " · ".join(f"**{number}** {word}" for number, word in counted if number)
    left = sum(each.pledge.left for each in found if each.firm)
    return f"{told} · {say('sisa {left}', left=written.money(left))}" if left else told
