"""Kebijakan: the register of decrees, plans, regulations and targets."""

from typing import Any

from typing_extensions import override

from p2kp_desktop.actions.community import partners
from p2kp_desktop.actions.community.partners import PolicyLine, since
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.policy import Policy
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.messages import Emptiness
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.lists.cells import Cell
from p2kp_desktop.ui.lists.line_list import LineList
from p2kp_desktop.ui.lists.table import Column

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
        self.list: LineList[PolicyLine] = LineList(_columns(), _cell, _ORDERS, say("Kebijakan"))
        self.about = Told(say("Kebijakan ini"))
        self.command(say("Kebijakan"), "N", lambda: self.begin_new(Policy.key), icon="plus", primary=True)
        self.inside.addWidget(self.list, 1)
        self.inside.addWidget(self.about)
        self.finish_layout()
        self.list.opened.connect(lambda line: self.open_record(Policy.key, line.id))
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._look())

    @override
    def main_list(self) -> LineList[Any]:
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
        self.list.show_lines(found, "")
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


def _columns() -> tuple[Column, ...]:
    return (
        Column("kind", say("Jenis"), sample="Sasaran dan target", order="kind"),
        Column("name", say("Judul"), Content.NAME, "n" * 16, order="name", stretches=True, wraps=True),
        Column("number", say("Nomor"), Content.IDENTITY, "000/KPTS/2014", drop=2),
        Column("date", say("Tanggal"), Content.DATE, "30 September 2026", order="date"),
        Column("area", say("Wilayah"), sample="Kota Palembang", order="area", drop=1),
        Column("hectares", say("Luas (Ha)"), Content.NUMBER, "1.042,5"),
    )


def _cell(line: PolicyLine, key: str) -> Cell:
    return Cell({
        "kind": say(line.kind), "name": line.name, "number": line.number, "date": since(line), "area": line.area,
        "hectares": line.hectares,
    }[key])


_ORDERS = {
    "kind": lambda line: line.kind, "name": lambda line: line.name, "date": lambda line: line.date,
    "area": lambda line: line.area,
}
