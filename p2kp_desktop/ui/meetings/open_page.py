"""What was decided and nobody has done yet, the one due first on top; S marks it done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.community import meetings
from p2kp_desktop.actions.community.meetings import OpenDecision
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import say
from p2kp_desktop.reports.meetings import meeting_of, open_decisions
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.labels import NOTE, SECONDARY, Label
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_12

from .page import MeetingsPage


class OpenPage(MeetingsPage):
    """Enter shows the meeting at the decision."""

    meeting_wanted = Signal(str, str)  # meeting, decision

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.intro = Label("", SECONDARY, wraps=True)
        self.list: TableList[OpenDecision] = TableList(desk, open_decisions())
        self.whole = Label("", NOTE, wraps=True)  # what the list has no room for
        done = Button(say("Tandai selesai"), icon="check", keys=("S",))
        head = QHBoxLayout()
        head.setSpacing(SPACE_12)
        head.addWidget(self.intro, 1)
        head.addWidget(done)
        self.column.addLayout(head)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.whole)
        self.column.addWidget(self.told)
        self.column.addWidget(self.removal)
        done.clicked.connect(self.mark_done)
        self.list.opened.connect(lambda each: self.meeting_wanted.emit(each.meeting, each.decision))
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._say_whole())
        self.offer(say("Tandai selesai"), "S", self.mark_done, deed=Deed.CHANGE)
        desk.rights.guard(Deed.CHANGE, done)

    @override
    def refresh(self) -> None:
        area = self.scope.area
        self.desk.ask(self, lambda workspace: meetings.open_decisions(workspace, area), self._show)

    @override
    def begin(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def subject(self) -> Subject | None:
        each = self.list.current()
        return Subject(each.form, each.decision, each.text) if each else None

    def _show(self, found: list[OpenDecision]) -> None:
        self.list.show_table(open_decisions(found), self.scope)
        late = sum(each.late for each in found)
        self.intro.say(say("**{open} keputusan terbuka**, {late} lewat tenggat. Enter menunjukkan pertemuannya.",
                           open=written.number(len(found)), late=written.number(late)))
        self._say_whole()
        self.counted.emit(len(found))

    def _say_whole(self) -> None:
        each = self.list.current()
        self.whole.say(f"**{meeting_of(each)}**: {each.text}" if each else "")
        self.whole.setVisible(each is not None)

    def mark_done(self) -> None:
        """Say that the decision in the current line was carried out today."""
        each = self.list.current()
        if each is not None:
            self.do(lambda workspace: meetings.mark(workspace, each.decision, done=True, form=form_named(each.form)),
                    lambda _nothing: self.tell(say("Selesai hari ini: {decision}", decision=each.text)))
