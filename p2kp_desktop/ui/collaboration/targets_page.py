"""Sasaran: each target against its path, with its milestones; A shows those that ship, to be taken over."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.collaboration import targets
from p2kp_desktop.actions.collaboration.targets import OfferedTarget, Step, TargetLine
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms.target import Milestone, Target
from p2kp_desktop.language import say
from p2kp_desktop.reports import targets as reports
from p2kp_desktop.rules.target_path import AHEAD, BEHIND, ON_PATH
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.messages import Emptiness
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP
from p2kp_desktop.ui.place import Destination

from .listing import FORM, ListPage, Told


class TargetsPage(ListPage):
    """T adds a milestone to the target in focus, L goes to them; A shows what is offered, Enter there begins one."""

    kinds = (Target.key, Milestone.key)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Emptiness(
            say("Belum ada sasaran"),
            say("Sasaran adalah nilai yang hendak dicapai suatu wilayah sampai suatu tahun. **N** mencatat sendiri."),
            say("Pakai contoh"), ("A",), "flag",
        ))
        self.list: TableList[TargetLine] = TableList(desk, reports.targets())
        self.steps: TableList[Step] = TableList(desk, reports.milestones())
        self.offers: TableList[OfferedTarget] = TableList(desk, reports.offered_targets())
        self.about = Told(say("Sasaran ini"))
        self.command(say("Contoh"), "A", self.show_offers, icon="file-check", deed=Deed.RULE)
        self.command(say("Tonggak"), "T", self._add_step, icon="flag", needs=self.has_line, deed=Deed.RULE)
        self.command(say("Sasaran"), "N", lambda: self.begin_new(Target.key), icon="plus", primary=True,
                     deed=Deed.RULE)
        self.offer(say("Ke tonggak"), "L", self._into, needs=self.has_line)
        left = QVBoxLayout()
        left.setSpacing(CARD_GAP)
        for each, share in ((self.list, 3), (self.steps, 2), (self.offers, 4)):
            left.addWidget(each, share)
        self.offers.hide()
        self.lay_out_beside(left, self.about)
        self.finish_layout()
        self.list.opened.connect(lambda line: self.open_record(Target.key, line.id))
        self.steps.opened.connect(lambda step: self.open_record(Milestone.key, step.id))
        self.offers.opened.connect(self._take)
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._look())
        self.offers.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())

    @override
    def main_list(self) -> TableList[Any]:
        return self.list

    @override
    def subject(self) -> Subject | None:
        step, line = self.steps.current(), self.list.current()
        if self.steps.table.hasFocus() and step is not None:
            return Subject(Milestone.key, step.id, str(step.year or ""))
        return Subject(Target.key, line.id, line.name) if line and self.list.table.hasFocus() else None

    @override
    def refresh(self) -> None:
        self.desk.ask(self, self._asked, lambda found: self._show(*found))

    def _asked(self, workspace: Workspace) -> tuple[list[TargetLine], list[OfferedTarget]]:
        area, period = self.scope.area, self.scope.period
        return targets.lines(workspace, area, period), targets.offered(workspace, area)

    def _show(self, found: list[TargetLine], offered: list[OfferedTarget]) -> None:
        self.show_whether_empty(not found and self.offers.isHidden())
        self.list.show_table(reports.targets(found), self.scope)
        self.offers.show_table(reports.offered_targets(offered), self.scope)
        self.go_to_line(self.list, {
            each.id: [step.id for step in each.steps] for each in self.list.model.lines
        })
        self.intro.say(_summary(found))
        self._look()

    def _look(self) -> None:
        line = self.list.current()
        self.show_below(self.steps, reports.milestones(line.steps if line else ()), lambda each: each.id)
        self._tell()

    def _tell(self) -> None:
        """Tell of the target in focus, or of what is offered while that is shown."""
        line, offer = self.list.current(), self.offers.current()
        if not self.offers.isHidden():
            self.about.say(_of_offer(offer) if offer else ())
        else:
            self.about.say(_about(line) if line else ())

    @override
    def start(self) -> None:
        self.show_offers()

    def show_offers(self) -> None:
        """Show what is offered in place of the targets and milestones, or those again."""
        shown = self.offers.isHidden()
        self.whole.show()
        self.empty.hide()
        self.offers.setVisible(shown)
        self.list.setVisible(not shown)
        self.steps.setVisible(not shown)
        (self.offers if shown else self.list).table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _take(self, offer: OfferedTarget) -> None:
        area = self.scope.area
        self.show_offers()
        self.begin_from(Target.key, lambda workspace: targets.begin(workspace, offer, area))

    def _add_step(self) -> None:
        line = self.list.current()
        if line is not None:
            scope = replace(self.scope, area=line.region or self.scope.area, rt=None)
            self.wants.emit(Destination(FORM, scope, form=Milestone.key, parent=line.id))

    def _into(self) -> None:
        if self.steps.model.lines:
            self.steps.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.desk.rights.may(Deed.RULE):
            self._add_step()

    @override
    def begin(self) -> None:
        if not self.offers.isHidden():
            self.offers.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().begin()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.offers.isHidden():
            self.show_offers()
            self.refresh()
        elif event.key() == Qt.Key.Key_Escape and self.steps.table.hasFocus():
            super().begin()
        else:
            super().keyPressEvent(event)


def _summary(found: list[TargetLine]) -> str:
    """Return how many targets are behind their path, on it or ahead of it."""
    counted = ((BEHIND, say("tertinggal")), (ON_PATH, say("tepat di jalur")), (AHEAD, say("di depan jalur")),
               ("", say("belum dapat dibandingkan")))
    numbers = [(sum(each.standing == state for each in found), word) for state, word in counted]
    return " · ".join(f"**{number}** {word}" for number, word in numbers if number)


def _about(line: TargetLine) -> tuple[str, ...]:
    """Return a target in sentences: from where to where, how it stands, by which decree, what serves it."""
    start = reports.value(line, line.baseline)
    said = [f"**{line.name}** · {targets.place_words(line)}"]
    if start:
        said.append(say("**Nilai awal:** {value} · {source}", value=f"{start} ({line.baseline_year or '?'})",
                        source=line.baseline_source or say("sumber belum disebut")))
    said.append(say("**Sasaran:** {value} pada {year}", value=reports.value(line, line.end_value),
                    year=line.end_year or "?"))
    if line.expected is not None:
        said.append(say("**Jalur {year}:** {value}", year=line.year or "", value=reports.value(line, line.expected)))
    actual = reports.value(line, line.actual) or say("belum ada data")
    said.append(say("**Capaian {year}:** {value}", year=line.year or "", value=actual)
                + (f" · **{line.words}**" if line.words else ""))
    said.append(say("**Dasar:** {decree}", decree=line.decree) if line.decree else "")
    said.append(say("**Dibaca di:** {source}", source=line.source) if line.source else "")
    served = [(line.decisions, say("keputusan")), (line.activities, say("kegiatan"))]
    serving = " · ".join(f"{number} {word}" for number, word in served if number)
    said.append(say("**Dilayani oleh:** {what}", what=serving) if serving else "")
    return tuple(said)


def _of_offer(offer: OfferedTarget) -> tuple[str, ...]:
    start = f"{written.decimal(offer.baseline, 2)} % ({offer.baseline_year})" if offer.baseline is not None else ""
    return (
        f"**{offer.name}** · {offer.decree}",
        say("**Nilai awal:** {value} · {source}", value=start, source=offer.baseline_source) if start else "",
        say("Enter membukanya sebagai isian; belum tercatat sebelum Anda menyimpannya."),
    )
