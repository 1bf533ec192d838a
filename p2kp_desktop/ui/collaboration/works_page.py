"""Kegiatan: activities with their reports, and of the one in focus all else, its photos, what it does to the score."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.collaboration import work_effects, works
from p2kp_desktop.actions.collaboration.work_effects import Outlook, WorkEffect
from p2kp_desktop.actions.collaboration.works import ProgressStep, Work
from p2kp_desktop.actions.recording.attachments import stage_of
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.activity import Activity, ActivitySite, Progress
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.language import say
from p2kp_desktop.reports import collaboration
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.attachments.attaching import Attaching
from p2kp_desktop.ui.attachments.card import AttachmentsCard
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.messages import Emptiness
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP
from p2kp_desktop.ui.place import Destination

from .listing import FORM, ListPage, Told


class WorksPage(ListPage):
    """L goes to the reports of the activity in focus, P begins one, F attaches photos; Enter opens what is in focus."""

    kinds = (Activity.key, Progress.key, ActivitySite.key, Attachment.key)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Emptiness(
            say("Belum ada kegiatan"),
            say("Kegiatan dimulai dari kebutuhannya (**G** di tab Kebutuhan), atau dicatat sendiri."),
            say("Kegiatan"), ("N",),
        ))
        self.list: TableList[Work] = TableList(desk, collaboration.activities())
        self.steps: TableList[ProgressStep] = TableList(desk, collaboration.activity_reports())
        self.about, self.effect = Told(say("Kegiatan ini")), Told(say("Pengaruh pada nilai"))
        self.ahead, self.files = Told(say("Agar RT ini tidak kumuh")), AttachmentsCard()
        self.attaching = Attaching(desk, self.files, self)
        self.command(say("Lihat laporan"), "L", self._into, icon="history", needs=self.has_line, deed=None)
        self.command(say("Kemajuan"), "P", self._report, icon="flag", needs=self.has_line)
        self.offer(say("Lokasi (RT) dan volumenya"), "R", self._site, say("lokasi"), needs=self.has_line,
                   deed=Deed.CHANGE)
        self.command(say("Kegiatan"), "N", lambda: self.begin_new(Activity.key), icon="plus", primary=True)
        self.offer(say("Lampirkan foto atau pindaian"), "F", self.photograph, say("lampirkan"), needs=self.has_line,
                   deed=Deed.CHANGE)
        self.offer(say("Ke lampiran"), "B", self.files.give_focus, needs=self.has_line)
        left = QVBoxLayout()
        left.setSpacing(CARD_GAP)
        left.addWidget(self.list, 3)
        left.addWidget(self.steps, 2)
        self.lay_out_beside(left, self.about, self.files, self.effect, self.ahead)
        self.finish_layout()
        self._connect()

    def _connect(self) -> None:
        self.list.opened.connect(lambda line: self.open_record(Activity.key, line.id, line.region))
        self.steps.opened.connect(lambda step: self.open_record(Progress.key, step.id, self._region()))
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._look())
        self.steps.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())
        self.attaching.told.connect(self.tell)
        self.attaching.wants.connect(self.wants)

    @override
    def main_list(self) -> TableList[Any]:
        return self.list

    @override
    def start(self) -> None:
        self.begin_new(Activity.key)

    @override
    def subject(self) -> Subject | None:
        step, line = self.steps.current(), self.list.current()
        if self.steps.table.hasFocus() and step is not None:
            return Subject(Progress.key, step.id, written.day(step.date))
        return Subject(Activity.key, line.id, line.name) if line else None

    @override
    def refresh(self) -> None:
        area = self.scope.area
        self.desk.ask(self, lambda workspace: works.works(workspace, area), self._show)

    def _show(self, found: list[Work]) -> None:
        self.show_whether_empty(not found)
        self.list.show_table(collaboration.activities(found), self.scope)
        self.go_to_line(self.list, {
            each.id: [step.id for step in each.steps] for each in self.list.model.lines
        })
        self.intro.say(_summary(found))
        self._look()

    def _look(self) -> None:
        line, period = self.list.current(), self.scope.period
        self.show_below(self.steps, collaboration.activity_reports(line.steps if line else ()), lambda each: each.id)
        self._tell()
        if line is not None:
            self.desk.ask(self, lambda workspace: _foreseen(workspace, line.id, period),
                          lambda found: self._show_effect(line.id, *found))
            self._show_files(line.id, line)

    def _show_files(self, record: str, line: Work, stage: str = "") -> None:
        """Show the files of an activity and its reports; a new one belongs to this record."""
        all_of_it = (line.id, *(each.id for each in line.steps))
        self.attaching.show((record, *(each for each in all_of_it if each != record)), self.scope.at(None),
                            empty=say("F melampirkan foto atau pindaian."), stage=stage)

    def _show_effect(self, activity: str, effects: Sequence[WorkEffect], ahead: Outlook | None) -> None:
        line = self.list.current()
        if line is not None and line.id == activity:
            unsaid = say("Kegiatan ini belum menyebut kriteria atau kebutuhan yang dijawabnya.")
            self.effect.say([words for each in effects for words in each.words] or (unsaid,))
            self.ahead.say(ahead.words if ahead else ())

    def _tell(self) -> None:
        """Tell of the activity in focus, and of its report in focus what the row has no room for."""
        line, step = self.list.current(), self.steps.current()
        self.files.setVisible(line is not None)
        if line is None:
            for card in (self.about, self.effect, self.ahead):
                card.say(())
            return
        said = [f"**{line.name}**", *line.about]
        if line.overpaid:
            said.append(say("**Dibayarkan melebihi nilainya** sebesar {amount}.", amount=written.money(line.overpaid)))
        if step is not None and (step.note or step.odd):
            said += [works.told(step), *(say(message) for _question, message in step.odd)]
        self.about.say(said)

    def _region(self) -> str:
        line = self.list.current()
        return line.region if line else ""

    def _into(self) -> None:
        if self.steps.model.lines:
            self.steps.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.desk.rights.may(Deed.CHANGE):
            self._report()

    def _report(self) -> None:
        self._begin_below(Progress.key)

    def _site(self) -> None:
        self._begin_below(ActivitySite.key)

    def _begin_below(self, form: str) -> None:
        line = self.list.current()
        if line is not None:
            scope = replace(self.scope, area=line.region or self.scope.area, rt=None)
            self.wants.emit(Destination(FORM, scope, form=form, parent=line.id))

    def photograph(self) -> None:
        """Attach files to the report in focus, else to the activity; the work in them is as far as it says."""
        line, step = self.list.current(), self.steps.current() if self.steps.table.hasFocus() else None
        if line is not None:
            record, physical = (step.id, step.physical) if step else (line.id, line.physical)
            self._show_files(record, line, stage_of(physical))
            self.attaching.ask()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        inside = self.steps.table.hasFocus() or self.files.line_in_focus() is not None
        if event.key() == Qt.Key.Key_Escape and inside:
            self.begin()
        else:
            super().keyPressEvent(event)


def _summary(found: list[Work]) -> str:
    """Return how many activities there are, their money, and how far they are, as far as there is anything to say."""
    finished, paid = sum(each.is_finished for each in found), sum(each.paid for each in found)
    amount = written.money(sum(each.amount for each in found))
    return " · ".join(filter(None, (
        say("**{count}** kegiatan senilai {amount}", count=len(found), amount=amount),
        say("{finished} selesai", finished=finished) if finished else "",
        say("dibayarkan {paid}", paid=written.money(paid)) if paid else "",
    )))


def _foreseen(workspace: Workspace, activity: str, period: str) -> tuple[Sequence[WorkEffect], Outlook | None]:
    """Return the effect of an activity on each of its RTs, and the outlook on how the first comes below the levels."""
    effects = work_effects.effects(workspace, activity)
    first = next((each for each in effects if each.rt), None)
    return effects, work_effects.outlook(workspace, first.region, first.rt, period) if first else None
