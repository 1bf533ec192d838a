"""Kebutuhan: what RTs lack, how much of it is funded; A takes needs from the scores."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.collaboration import needs, platform, work_effects
from p2kp_desktop.actions.collaboration.needs import NeedLine, Sum, TakenNeeds
from p2kp_desktop.actions.collaboration.work_effects import Outlook
from p2kp_desktop.actions.recording import named_acts
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.forms.collaboration import Commitment, Need
from p2kp_desktop.forms.elements import criterion_number
from p2kp_desktop.language import say
from p2kp_desktop.reports import funding
from p2kp_desktop.reports.funding import criterion_name, estimated, short_source, source_name
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.messages import Emptiness
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.place import WAYS, Destination, Scope

from .listing import ListPage, Told


class NeedsPage(ListPage):
    """The needs of the area, those without money first."""

    kinds = (Need.key,)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Emptiness(
            say("Belum ada kebutuhan"),
            say("Kebutuhan diambil dari kriteria yang nilainya buruk. **N** mencatat kebutuhan yang lain."),
            say("Ambil dari nilai"), ("A",), "calculator",
        ))
        self.list: TableList[NeedLine] = TableList(desk, funding.needs())
        self.about, self.ahead = Told(say("Kebutuhan ini")), Told(say("Agar RT ini tidak kumuh"))
        self._act = ""
        self.command(say("Ambil dari nilai"), "A", self.take, icon="calculator")
        self.command(say("Komitmen"), "K", self._commit, icon="handshake", needs=self.has_line)
        self.command(say("Kegiatan"), "G", self._work, icon="flag", needs=self.has_line)
        self.command(say("Kebutuhan"), "N", lambda: self.begin_new(Need.key), icon="plus", primary=True)
        self.offer(say("Jalan termurah RT ini"), "M", self._seek, say("jalan termurah"))
        self.undo = self.offer(say("Batalkan pengambilan dari nilai"), "Ctrl+Z", self._take_back, deed=Deed.CHANGE)
        self.undo.setEnabled(False)
        left = QVBoxLayout()
        left.addWidget(self.list)
        self.lay_out_beside(left, self.about, self.ahead)
        self.finish_layout()
        self.list.opened.connect(lambda line: self.open_record(Need.key, line.id, line.region))
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._look())

    @override
    def main_list(self) -> TableList[Any]:
        return self.list

    @override
    def subject(self) -> Subject | None:
        line = self.list.current()
        return Subject(Need.key, line.id, _name(line)) if line else None

    @override
    def refresh(self) -> None:
        area = self.scope.area
        self.desk.ask(self, lambda workspace: needs.lines(workspace, area), self._show)

    def _show(self, found: list[NeedLine]) -> None:
        self.show_whether_empty(not found)
        self.list.show_table(funding.needs(found), self.scope)
        self.go_to_wish(self.list, [each.id for each in self.list.model.lines])
        self.intro.say(_summary(found))
        self._look()

    def _look(self) -> None:
        line, period = self.list.current(), self.scope.period
        self.about.say(_about(line) if line else ())
        if line is None:
            self.ahead.say(())
        else:
            self.desk.ask(self, lambda workspace: work_effects.outlook(workspace, line.region, line.rt, period),
                          lambda found: self._foresee(line, found))

    def _foresee(self, line: NeedLine, found: Outlook | None) -> None:
        """Tell how the RT of the need in focus comes below the levels."""
        if self.list.current() == line:
            self.ahead.say(found.words if found else ())

    @override
    def start(self) -> None:
        self.take()

    def take(self) -> None:
        """Record what the scores ask for and is not recorded."""
        scope = self.scope
        self.do(lambda workspace: _take(workspace, scope), self._taken)

    def _taken(self, result: tuple[TakenNeeds, str]) -> None:
        taken, act = result
        self._act = act if taken.new else ""
        self.undo.setEnabled(bool(self._act))
        words = say("{new} kebutuhan baru dari nilai {period}, {recorded} sudah tercatat.",
                    new=taken.new, recorded=taken.recorded, period=self.scope.period)
        if not (taken.new or taken.recorded or taken.dismissed):
            words = say("Tidak ada kriteria bernilai pada {period}: semuanya baik, atau belum ada survei dan rekap RT.",
                        period=self.scope.period)
        if taken.dismissed:
            words += " " + say("{count} pernah dibuang dan tidak diambil lagi.", count=taken.dismissed)
        if self._act:
            words += " " + say("Ketik biayanya (Enter). Ctrl+Z membatalkan semuanya.")
        self.tell(words)

    def _take_back(self) -> None:
        act, self._act = self._act, ""
        self.undo.setEnabled(False)
        self.do(lambda workspace: named_acts.take_back(workspace, act),
                lambda back: self.tell(say("{count} kebutuhan dibatalkan.", count=back.records)))

    def _seek(self) -> None:
        """Go to the cheapest way out of slum for the RT of the need in focus, or for all."""
        line = self.list.current()
        scope = Scope(line.region, line.rt, self.scope.period) if line else self.scope
        self.wants.emit(Destination(WAYS, scope))

    def _commit(self) -> None:
        line = self.list.current()
        if line is not None:
            self.begin_from(
                Commitment.key,
                lambda workspace: platform.begin_commitment(workspace, line.region, need=line.id))

    def _work(self) -> None:
        line, period = self.list.current(), self.scope.period
        if line is not None:
            self.begin_from(
                Activity.key, lambda workspace: platform.begin_activity(workspace, line.id, period), line.region)


def _summary(found: list[NeedLine]) -> str:
    """Return how many needs are funded how far, and what all of them lack."""
    counted = (
        (needs.UNFUNDED, say("belum didanai")), (needs.PARTLY, say("sebagian")), (needs.FUNDED, say("didanai")),
    )
    count = {state: sum(each.standing == state for each in found) for state, _word in counted}
    told = " · ".join(f"**{count[state]}** {word}" for state, word in counted if count[state])
    known = [each.lack for each in found if each.lack is not None]
    lack = say("Kurang **{lack}**.", lack=estimated(sum(known))) if known else say("Biayanya belum ditaksir.")
    return f"{told}. {lack}"


def _take(workspace: Workspace, scope: Scope) -> tuple[TakenNeeds, str]:
    taken = needs.take_proposals(workspace, scope.area, scope.period)
    act = named_acts.last(workspace)
    return taken, act.id if act is not None else ""


def _name(need: NeedLine) -> str:
    """Return a need in a few words: RT, criterion, what."""
    return " · ".join(part for part in (need.rt, f"{criterion_number(need.criterion)} {need.what}".strip()) if part)


def _about(need: NeedLine) -> tuple[str, ...]:
    """Return in sentences what a need lacks and what is promised."""
    promised = " · ".join(_of_sum(each) for each in need.sums) or say("belum ada")
    said = [
        f"**{criterion_name(need.criterion)}** · {need.what}, {need.amount_of_work}",
        say("Biaya {cost} · kurang {lack} · dana: {sums}", cost=estimated(need.cost), lack=estimated(need.lack),
            sums=promised),
    ]
    if need.plan:
        said.append(say("**Menurut:** {plan}", plan=need.plan))
    if need.doubled:
        said.append(say("**Dana ganda:** dana yang pasti melebihi biayanya sebesar {amount}.",
                        amount=written.money(need.doubled)))
    if need.may_be_doubled:
        said.append(say("**Mungkin ganda:** lebih dari satu dana yang pasti, dan biayanya belum ditaksir."))
    if need.is_met:
        said.append(say("**Terpenuhi:** pekerjaan yang selesai mencakup seluruh volumenya."))
    return tuple(said)


def _of_sum(each: Sum) -> str:
    """Return one sum in words."""
    source = short_source(each.source) if each.source else source_name("")
    told = f"{source} {each.year or ''} {written.money(each.amount)}"
    return told if each.firm else say("{sum} (tawaran)", sum=told)
