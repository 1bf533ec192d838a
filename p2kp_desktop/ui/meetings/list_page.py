"""All meetings in sight: filters by kind, period and open decisions, sums, and N for a new one."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.community import meetings
from p2kp_desktop.actions.community.meetings import MeetingLine
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.meeting import KINDS, Meeting
from p2kp_desktop.language import say
from p2kp_desktop.reports.meetings import meetings as meeting_list
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.controls import CheckBox, Choice
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_12
from p2kp_desktop.ui.place import Destination

from .page import MeetingsPage


class ListPage(MeetingsPage):
    """J turns the kinds, P and T switch the other filters; Enter shows a meeting, Del throws it away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: list[MeetingLine] = []
        self._wanted = ""
        self.sums = Label("", SECONDARY, wraps=True)
        self.kinds = Choice()
        self.kinds.setAccessibleName(say("Jenis pertemuan"))
        self.now, self.waiting = CheckBox(say("Periode ini (P)")), CheckBox(say("Ada keputusan terbuka (T)"))
        self.list: TableList[MeetingLine] = TableList(desk, meeting_list())
        new = Button(say("Pertemuan baru"), Kind.PRIMARY, icon="plus", keys=("N",))
        head = QHBoxLayout()
        head.setSpacing(SPACE_12)
        for widget in (Label(say("Jenis (J)")), self.kinds, self.now, self.waiting):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(new)
        self.column.addLayout(head)
        self.column.addWidget(self.sums)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.told)
        self.column.addWidget(self.removal)
        new.clicked.connect(self.begin_meeting)
        self.kinds.currentIndexChanged.connect(lambda _row: self._arrange())
        for box in (self.now, self.waiting):
            box.toggled.connect(lambda _on: self._arrange())
        self.offer(say("Pertemuan baru"), "N", self.begin_meeting, deed=Deed.CHANGE)
        desk.rights.guard(Deed.CHANGE, new)
        self.offer(say("Jenis berikutnya"), "J", self.next_kind, say("jenis"))
        self.offer(say("Hanya periode ini, atau semua"), "P", self.now.toggle, say("periode ini"))
        self.offer(say("Hanya dengan keputusan terbuka, atau semua"), "T", self.waiting.toggle,
                   say("keputusan terbuka"))

    @override
    def refresh(self) -> None:
        area = self.scope.area
        self.desk.ask(self, lambda workspace: meetings.lines(workspace, area), self._show)

    @override
    def begin(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def subject(self) -> Subject | None:
        line = self.list.current()
        return Subject(Meeting.key, line.id, line.name or written.day(line.date)) if line else None

    def _show(self, found: list[MeetingLine]) -> None:
        self._found = found
        self._name_kinds()
        self._arrange()
        if self._wanted:
            self.choose(self._wanted)

    def _name_kinds(self) -> None:
        """List the kinds that there are, each with its number."""
        chosen = self.kinds.currentData()
        self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItem(say("Semua jenis ({count})", count=written.number(len(self._found))), "")
        for kind in KINDS.all:
            count = sum(line.kind == kind.code for line in self._found)
            if count or kind.code == chosen:
                self.kinds.addItem(f"{say(kind.label)} ({written.number(count)})", kind.code)
        self.kinds.setCurrentIndex(max(self.kinds.findData(chosen), 0))
        self.kinds.blockSignals(False)
        self.kinds.updateGeometry()

    def _arrange(self) -> None:
        kind = self.kinds.currentData()
        shown = [
            line for line in self._found
            if kind in ("", None, line.kind)
            and (line.period == self.scope.period or not self.now.isChecked())
            and (line.open or not self.waiting.isChecked())
        ]
        table = replace(meeting_list(shown), every_period=not self.now.isChecked())
        self.list.show_table(
            replace(table, empty=say("Tidak ada pertemuan seperti ini.")) if self._found else table, self.scope)
        sums = meetings.totals(shown)
        self.sums.say(say(
            "{meetings} pertemuan · {people} orang: {men} L, {women} P, {mbr} MBR · {decisions} keputusan, "
            "**{open} terbuka**, {late} lewat tenggat", meetings=written.number(sums.meetings),
            people=written.number(sums.came.people), men=written.number(sums.came.men),
            women=written.number(sums.came.women), mbr=written.number(sums.came.mbr),
            decisions=written.number(sums.decisions), open=written.number(sums.open), late=written.number(sums.late),
        ))

    def next_kind(self) -> None:
        """Show the next kind alone, after the last one all."""
        self.kinds.setCurrentIndex((self.kinds.currentIndex() + 1) % self.kinds.count())

    def choose(self, meeting: str) -> None:
        """Make a meeting the current line, now or when it is there."""
        ids = [line.id for line in self.list.model.lines]
        self._wanted = "" if meeting in ids else meeting
        if meeting in ids:
            self.list.table.show_row(ids.index(meeting))

    def begin_meeting(self) -> None:
        """Begin a new meeting: one of the kelurahan in sight, or, in a wider area, of no kelurahan."""
        self.wants.emit(Destination("form", self.scope.at(None), Meeting.key))
