"""Kebutuhan: what RTs lack, how much of it is funded; A takes needs from the scores."""

from typing import Any

from typing_extensions import override

from p2kp_desktop.actions import acting, collaborating, needs, outlook, proposing
from p2kp_desktop.actions.naming import Subject
from p2kp_desktop.actions.needs import NeedLine
from p2kp_desktop.actions.outlook import Outlook
from p2kp_desktop.actions.proposing import Taken
from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.forms.collaboration import Commitment, Need
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import region, region_name
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.collecting.cells import Cell
from p2kp_desktop.ui.collecting.line_list import LineList
from p2kp_desktop.ui.collecting.listtable import Column
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.tablecells import Content, Verdict
from p2kp_desktop.ui.place import Scope

from .listing import ListPage, Told
from .words import about, criterion_name, funding, money, need_name


class NeedsPage(ListPage):
    """The needs of the area, those without money first."""

    kinds = (Need.key,)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list: LineList[NeedLine] = LineList(_columns(), _cell, _ORDERS, say("Kebutuhan"))
        self.about = Told(say("Kebutuhan ini"))
        self._act = ""
        self.command(say("Ambil dari nilai"), "A", self.take, icon="calculator")
        self.command(say("Komitmen"), "K", self._commit, icon="handshake")
        self.command(say("Kegiatan"), "G", self._work, icon="flag")
        self.command(say("Kebutuhan"), "N", lambda: self.begin_new(Need.key), icon="plus", primary=True)
        self.undo = self.offer(say("Batalkan pengambilan dari nilai"), "Ctrl+Z", self._take_back)
        self.undo.setEnabled(False)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.about)
        self.finish_layout()
        self.list.opened.connect(lambda line: self.open_record(Need.key, line.id, line.region))
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._look())

    @override
    def main_list(self) -> LineList[Any]:
        return self.list

    @override
    def subject(self) -> Subject | None:
        line = self.list.current()
        return Subject(Need.key, line.id, need_name(line)) if line else None

    @override
    def refresh(self) -> None:
        area = self.scope.area
        self.list.table.keep_out(["region"] if region(area).is_village else [])
        self.desk.ask(self, lambda workspace: needs.lines(workspace, area), self._show)

    def _show(self, found: list[NeedLine]) -> None:
        self.list.show_lines(found, say("Belum ada kebutuhan. Tekan A untuk mengambilnya dari nilai, atau N."))
        self.go_to_wish(self.list, [each.id for each in self.list.model.lines])
        count = {state: sum(each.standing == state for each in found)
                 for state in (needs.UNFUNDED, needs.PARTLY, needs.FUNDED)}
        self.intro.say(say(
            "**{unfunded}** belum didanai · {partly} sebagian · {funded} didanai. Kurang **{lack}**.",
            lack=money(sum(each.lack or 0 for each in found)), **count,
        ))
        self._look()

    def _look(self) -> None:
        line, period = self.list.current(), self.scope.period
        self.about.setVisible(line is not None)
        self.about.say(about(line) if line else ())
        if line is not None:
            self.desk.ask(self, lambda workspace: outlook.outlook(workspace, line.region, line.rt, period),
                          lambda found: self._foresee(line, found))

    def _foresee(self, line: NeedLine, found: Outlook | None) -> None:
        """Tell how the RT of the need in focus comes below the levels."""
        if self.list.current() == line:
            self.about.say((*about(line), *(found.words if found else ())))

    def take(self) -> None:
        """Record what the scores ask for and is not recorded."""
        scope = self.scope
        self.do(lambda workspace: _take(workspace, scope), self._taken)

    def _taken(self, result: tuple[Taken, str]) -> None:
        taken, act = result
        self._act = act if taken.new else ""
        self.undo.setEnabled(bool(self._act))
        words = say("{new} kebutuhan baru dari nilai {period}, {recorded} sudah tercatat.",
                    new=taken.new, recorded=taken.recorded, period=self.scope.period)
        if taken.dismissed:
            words += " " + say("{count} pernah dibuang dan tidak diambil lagi.", count=taken.dismissed)
        if self._act:
            words += " " + say("Ketik biayanya (Enter). Ctrl+Z membatalkan semuanya.")
        self.tell(words)

    def _take_back(self) -> None:
        act, self._act = self._act, ""
        self.undo.setEnabled(False)
        self.do(lambda workspace: acting.take_back(workspace, act),
                lambda back: self.tell(say("{count} kebutuhan dibatalkan.", count=back.records)))

    def _commit(self) -> None:
        line = self.list.current()
        if line is not None:
            self.begin_from(Commitment.key, lambda workspace: collaborating.begin_commitment(workspace, need=line.id))

    def _work(self) -> None:
        line, period = self.list.current(), self.scope.period
        if line is not None:
            self.begin_from(
                Activity.key, lambda workspace: collaborating.begin_activity(workspace, line.id, period), line.region)


def _take(workspace: Workspace, scope: Scope) -> tuple[Taken, str]:
    taken = proposing.take(workspace, scope.area, scope.period)
    act = acting.last(workspace)
    return taken, act.id if act is not None else ""


def _columns() -> tuple[Column, ...]:
    return (
        Column("rt", say("RT"), Content.NAME, "014/005", order="rt"),
        Column("region", say("Kelurahan"), sample="Tiga-Empat Ulu", order="region", drop=2),
        Column("criterion", say("Kriteria"), sample="2b Kualitas permukaan jalan", order="criterion", stretches=True),
        Column("volume", say("Volume"), Content.NUMBER, "1.000,5 Meter", order="volume"),
        Column("cost", say("Biaya"), Content.NUMBER, "Rp1.000.000.000", order="cost"),
        Column("firm", say("Sudah ada"), Content.NUMBER, "Rp1.000.000.000", order="firm", drop=1),
        Column("standing", say("Dana"), Content.VERDICT, "Dana ganda", order="standing"),
        Column("met", say("Terpenuhi"), Content.VERDICT, "terpenuhi", drop=3),
    )


def _cell(line: NeedLine, key: str) -> Cell:
    if key == "standing":
        return funding(line)
    if key == "met":
        return Cell(say("ya"), Verdict.FIT) if line.is_met else Cell("")
    return Cell({
        "rt": line.rt, "region": region_name(line.region) if line.region else "",
        "criterion": criterion_name(line.criterion), "volume": line.amount_of_work, "cost": money(line.cost),
        "firm": money(line.firm),
    }[key])


_ORDERS = {
    "rt": lambda line: (line.rt, line.criterion), "region": lambda line: (line.region, line.rt),
    "criterion": lambda line: (line.criterion, line.rt), "volume": lambda line: float(line.volume or 0),
    "cost": lambda line: line.cost or 0, "firm": lambda line: line.firm, "standing": lambda line: line.standing,
}
