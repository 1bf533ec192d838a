"""Buku SK: each kawasan with its class and priority, and below it its ledger from the first decree on."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.collaboration import decrees
from p2kp_desktop.actions.collaboration.decrees import KawasanLine
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.actions.scores.sk_annex import AnnexLine
from p2kp_desktop.forms import Kawasan
from p2kp_desktop.forms.kawasan import Decree
from p2kp_desktop.language import say
from p2kp_desktop.reports import decrees as reports
from p2kp_desktop.reports.decrees import LedgerRow
from p2kp_desktop.schema import written
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.messages import Emptiness
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP
from p2kp_desktop.ui.place import COLLECTING, Destination

from .listing import FORM, ListPage, Told


class DecreesPage(ListPage):
    """L goes to the ledger, K adds a later decree, J goes to where the first thing that lacks is answered."""

    kinds = (Kawasan.key, Decree.key)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, Emptiness(
            say("Belum ada kawasan kumuh"),
            say("Buku SK menghitung luas dari SK pertama sampai yang tersisa. Kawasan ada di kelurahannya."),
            say("Kawasan"), ("N",),
        ))
        self.list: TableList[KawasanLine] = TableList(desk, reports.kawasan_class())
        self.rows: TableList[LedgerRow] = TableList(desk, reports.sk_ledger())
        self.about = Told(say("Kawasan ini"))
        self.command(say("Lengkapi"), "J", self.complete, icon="pencil-line", needs=self.has_line)
        self.command(say("SK berikutnya"), "K", self._decree, icon="scroll-text", needs=self.has_line)
        self.command(say("Kawasan"), "N", self.start, icon="plus", primary=True)
        self.offer(say("Ke buku SK"), "L", self._into, needs=self.has_line)
        left = QVBoxLayout()
        left.setSpacing(CARD_GAP)
        left.addWidget(self.list, 2)
        left.addWidget(self.rows, 3)
        self.lay_out_beside(left, self.about)
        self.finish_layout()
        self.list.opened.connect(lambda line: self.open_record(Kawasan.key, line.id, line.region))
        self.rows.opened.connect(self._open_row)
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._look())

    @override
    def main_list(self) -> TableList[Any]:
        return self.list

    @override
    def start(self) -> None:
        self.begin_new(Kawasan.key)

    @override
    def subject(self) -> Subject | None:
        row, line = self.rows.current(), self.list.current()
        if self.rows.table.hasFocus():
            return Subject(Decree.key, row.record, row.what) if row and row.form == Decree.key else None
        return Subject(Kawasan.key, line.id, line.name) if line else None

    @override
    def refresh(self) -> None:
        area, period = self.scope.area, self.scope.period
        self.desk.ask(self, lambda workspace: decrees.lines(workspace, area, period), self._show)

    def _show(self, found: list[KawasanLine]) -> None:
        self.show_whether_empty(not found)
        self.list.show_table(reports.kawasan_class(found), self.scope)
        self.go_to_line(self.list, {
            each.id: [version.id for version in each.ledger.versions[1:]] for each in self.list.model.lines
        })
        self.intro.say(_summary(found))
        self._look()

    def _look(self) -> None:
        line = self.list.current()
        self.show_below(self.rows, reports.sk_ledger(reports.rows_of(line) if line else ()), lambda each: each.record)
        self.about.say(_about(line) if line else ())

    def _into(self) -> None:
        self.rows.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_row(self, row: LedgerRow) -> None:
        if row.record:
            self.open_record(row.form, row.record, row.kawasan.region)

    def _decree(self) -> None:
        line = self.list.current()
        if line is not None:
            scope = replace(self.scope, area=line.region or self.scope.area, rt=None)
            self.wants.emit(Destination(FORM, scope, form=Decree.key, parent=line.id))

    def complete(self) -> None:
        """Go to the place where the first thing that lacks is answered."""
        line = self.list.current()
        if line is None:
            return
        if not line.lacking:
            self.tell(say("Semua yang menentukan kelas kawasan ini sudah terjawab."))
            return
        first = line.lacking[0]
        scope = replace(self.scope, area=line.region or self.scope.area, rt=None)
        if first.record:
            self.wants.emit(Destination(FORM, scope, first.form, first.record, first.question))
        else:
            self.wants.emit(Destination(COLLECTING, scope, tab="places"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.rows.table.hasFocus():
            self.begin()
        else:
            super().keyPressEvent(event)


def _summary(found: list[KawasanLine]) -> str:
    """Return how many kawasan there are, and their hectares at start, reduced and left."""
    start = sum((each.ledger.start or Fraction() for each in found), Fraction())
    left = sum((each.ledger.left or Fraction() for each in found), Fraction())
    open_ = sum(bool(reports.lacks(each)) for each in found)
    return " · ".join(filter(None, (
        say("**{count}** kawasan", count=len(found)), say("awal {start}", start=written.hectares(start)),
        say("tersisa **{left}**", left=written.hectares(left)),
        say("{count} belum lengkap", count=open_) if open_ else "",
    )))


def _about(line: KawasanLine) -> tuple[str, ...]:
    """Return how a kawasan is classed, each step with what it follows from."""
    said = [f"**{line.name}**"]
    if line.annex is None:
        said.append(say("SK-nya sudah dicabut."))
    else:
        said += _classed(line, line.annex)
    if line.authority:
        said.append(say("**Kewenangan:** {who} (tersisa {left})", who=reports.authority_words(line.authority),
                        left=written.hectares(line.ledger.left or Fraction())))
    lacking = reports.lacks(line)
    if lacking:
        said.append(f"**{lacking[:1].upper()}{lacking[1:]}.** " + say("J membuka tempat menjawabnya."))
    return tuple(said)


def _classed(line: KawasanLine, annex: AnnexLine) -> Iterator[str]:
    assessed, found = annex.assessed, reports.considered(line)
    if assessed is None:
        yield say("**Tingkat:** {level}", level=say("belum dinilai"))
    else:
        level = say(assessed.regulation.level(assessed.score.total).name)
        yield say("**Tingkat:** {level}", level=f"{level} ({assessed.score.total})")
        items = "; ".join(f"{say(each.name)}: {found.values.get(each.code, say('belum'))}"
                          for each in assessed.regulation.considerations)
        yield say("**Pertimbangan lain:** {items}", items=items) + (
            f" → **{reports.band_words(found.code)}** ({found.total})" if found.code else "")
    land, plan = (_yes_no(each) or say("belum") for each in annex.land)
    yield say("**Legalitas:** {items}", items=say("status lahan jelas: {land}; sesuai tata ruang: {plan}",
                                                   land=land, plan=plan)) + (
        f" → **{reports.legal_words(annex.legal)}**" if annex.legal is not None else "")
    if line.slum_class and line.handling:
        yield say("**Kelas {code}**, prioritas {priority}, pola {handling}", code=line.slum_class.code,
                  priority=line.slum_class.priority, handling=say(line.handling.name))
    elif assessed is not None and not assessed.regulation.is_slum(assessed.score.total):
        yield say("Tidak kumuh: tidak berkelas.")


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else say("Ya") if answer else say("Tidak")
