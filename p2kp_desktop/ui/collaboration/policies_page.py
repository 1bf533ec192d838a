"""Kebijakan: the register of decrees, plans and regulations, and who takes part in the programme by them."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from p2kp_desktop.actions.collaboration import partners, programme
from p2kp_desktop.actions.collaboration.partners import PolicyLine
from p2kp_desktop.actions.collaboration.programme import Participant
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.policy import Policy
from p2kp_desktop.forms.programme import Participation
from p2kp_desktop.language import say
from p2kp_desktop.reports import collaboration
from p2kp_desktop.reports.programme import programme as programme_list
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.messages import Emptiness
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8

from .listing import ListPage, Told

_SOME_ROWS = 140  # pixels of the register that are in sight in the smallest window


class PoliciesPage(ListPage):
    """The policies by kind, the newest first; below them the participants, L goes there, U takes over the proposal."""

    kinds = (Policy.key, Participation.key)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Emptiness(
            say("Belum ada kebijakan"),
            say("Catat SK kumuh, RP2KPKP, perda, RTRW, penyediaan lahan, dan sasaran yang berlaku. **P** mencatat "
                "peserta program, **U** mengambil usulannya."),
            say("Kebijakan"), ("N",),
        ))
        self.list: TableList[PolicyLine] = TableList(desk, collaboration.policies())
        self.about = Told(say("Kebijakan ini"))
        self.members: TableList[Participant] = TableList(desk, programme_list())
        self.command(say("Ambil usulan peserta"), "U", self.take_offered, icon="file-check")
        self.command(say("Peserta"), "P", lambda: self.begin_new(Participation.key), icon="plus")
        self.command(say("Kebijakan"), "N", lambda: self.begin_new(Policy.key), icon="plus", primary=True,
                     deed=Deed.RULE)
        self.offer(say("Ke peserta program"), "L", self._into, needs=self.has_lines)
        members = Label(say("**Peserta program**, dasar untuk menyebut siapa yang belum mengirim"), NOTE, wraps=True)
        self.list.setMinimumHeight(_SOME_ROWS)
        self.lay_out_beside(down((self.list, 3), members, (self.members, 2), gap=SPACE_8), self.about)
        self.finish_layout()
        self.list.opened.connect(lambda line: self.open_record(Policy.key, line.id))
        self.members.opened.connect(self._open_member)
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._look())

    @override
    def main_list(self) -> TableList[Any]:
        return self.list

    @override
    def subject(self) -> Subject | None:
        line, member = self.list.current(), self.members.current()
        if self.members.table.hasFocus() and member is not None:
            return Subject(Participation.key, member.id, member.name) if member.id else None
        return Subject(Policy.key, line.id, line.name) if line else None

    @override
    def refresh(self) -> None:
        area = self.scope.area

        def asked(workspace: Workspace) -> tuple[list[PolicyLine], list[Participant]]:
            proposed = programme.offered(workspace, area)
            return partners.policies(workspace, area), [*programme.participants(workspace, area), *proposed]

        self.desk.ask(self, asked, lambda found: self._show(*found))

    def _show(self, found: list[PolicyLine], members: list[Participant]) -> None:
        self.show_whether_empty(not found and not any(each.id for each in members))
        self.members.show_table(programme_list(members), self.scope)
        self.go_to_wish(self.members, [each.id for each in self.members.model.lines])
        self.list.show_table(collaboration.policies(found), self.scope)
        self.go_to_wish(self.list, [each.id for each in self.list.model.lines])
        self.intro.say(say("**{count}** kebijakan tercatat", count=len(found)))
        self._look()

    def _look(self) -> None:
        line = self.list.current()
        if line is None:
            self.about.say(())
            return
        target = say("**Sasaran:** {target}", target=line.target) if line.target else ""
        self.about.say((f"**{line.name}** {line.number}", target, line.file))

    @override
    def start(self) -> None:
        self.begin_new(Policy.key)

    def _into(self) -> None:
        if self.members.model.lines:
            self.members.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_member(self, member: Participant) -> None:
        if member.id:
            self.open_record(Participation.key, member.id)
        else:
            self.tell(say("Ini baru usulan: {source}. U mencatat semua usulan sebagai belum pasti.",
                          source=member.source))

    def take_offered(self) -> None:
        """Record those who are proposed, as not confirmed."""
        area = self.scope.area
        self.do(lambda workspace: programme.take_offered(workspace, area), self._taken)

    def _taken(self, count: int) -> None:
        self.tell(say("Usulan dicatat sebagai belum pasti (?); Enter membuka satu untuk memastikannya.") if count else
                  say("Semua usulan sudah tercatat."))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.members.table.hasFocus():
            self.begin()
        else:
            super().keyPressEvent(event)
