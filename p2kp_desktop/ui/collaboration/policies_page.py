"""Kebijakan: the register of decrees, plans, regulations and targets."""

from typing import Any

from typing_extensions import override

from p2kp_desktop.actions.community import partners
from p2kp_desktop.actions.community.partners import PolicyLine
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.policy import Policy
from p2kp_desktop.language import say
from p2kp_desktop.reports import collaboration
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.messages import Emptiness
from p2kp_desktop.ui.lists.table_list import TableList

from .listing import ListPage, Told


class PoliciesPage(ListPage):
    """The policies by kind, the newest first."""

    kinds = (Policy.key,)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Emptiness(
            say("Belum ada kebijakan"),
            say("Catat SK kumuh, RP2KPKP, perda, RTRW, penyediaan lahan, dan sasaran yang berlaku."),
            say("Kebijakan"), ("N",),
        ))
        self.list: TableList[PolicyLine] = TableList(desk, collaboration.policies())
        self.about = Told(say("Kebijakan ini"))
        self.command(say("Kebijakan"), "N", lambda: self.begin_new(Policy.key), icon="plus", primary=True)
        self.inside.addWidget(self.list, 1)
        self.inside.addWidget(self.about)
        self.finish_layout()
        self.list.opened.connect(lambda line: self.open_record(Policy.key, line.id))
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._look())

    @override
    def main_list(self) -> TableList[Any]:
        return self.list

    @override
    def subject(self) -> Subject | None:
        line = self.list.current()
        return Subject(Policy.key, line.id, line.name) if line else None

    @override
    def refresh(self) -> None:
        area = self.scope.area
        self.desk.ask(self, lambda workspace: partners.policies(workspace, area), self._show)

    def _show(self, found: list[PolicyLine]) -> None:
        self.show_whether_empty(not found)
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
