"""Why a score is what it is: total, aspects and criteria at the left, what made the one in focus at the right."""

from collections.abc import Set
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.scores import explanations
from p2kp_desktop.actions.scores.explanations import MOST, Told
from p2kp_desktop.forms import Kawasan
from p2kp_desktop.forms.places import SCORES
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports import scores
from p2kp_desktop.reports.scores import CauseLine, ContributionLine, HouseLine, PartLine
from p2kp_desktop.rules import sums
from p2kp_desktop.rules.explanation import Explanation
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import parents
from p2kp_desktop.schema.table import Subject, Table
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.chip import Chip, slum_look
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, PAGE_TOP, SPACE_4, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.scales import Slum
from p2kp_desktop.ui.place import COLLECTING, EDITIONS, FORM, WAYS, Destination, Paper, Place, Scope, explained_at, why

from .figure import FigureCard, slum_level

Line = TypeVar("Line")
_PARTS, _BEHIND = 9, 10  # shares of the width


class ExplainingPlace(Place):
    """Enter goes deeper: criterion, RT or answer, record at its question; Esc goes back up, and to who asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._subject: Subject | None = None
        self._told: Told | None = None
        self._above: list[Subject] = []  # whence the user came deeper, the topmost first
        self._deeper = False
        self.title, self.level = Label("", PAGE_TITLE, wraps=True), Chip(slum_look(Slum.NONE, ""))
        self.basis, self.doubts = Label("", SECONDARY, wraps=True), Label("", NOTE, wraps=True)
        self.parts: TableList[PartLine] = TableList(desk, scores.explanation())
        self.shares: TableList[HouseLine] = TableList(desk, scores.contributions())
        self.figure = FigureCard()
        self.causes: TableList[CauseLine] = TableList(desk, scores.causes())
        self.rts: TableList[ContributionLine] = TableList(desk, scores.rt_contributions())
        self._left, self._behind = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()
        offer(self, [
            Command(say("Kembali"), ("Esc",), self._go_back, say("kembali"), leads=True),
            Command(say("Wilayah di atasnya"), ("Backspace",), self._go_up, say("wilayah di atasnya"), leads=True),
            Command(say("Edisi resmi"), ("E",), self._show_editions, say("edisi resmi"), leads=True),
            Command(say("Jalan termurah"), ("M",), self._seek, say("jalan termurah"), leads=True),
        ])

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE_12)
        head.addWidget(self.title, 1)
        head.addWidget(self.level, 0, Qt.AlignmentFlag.AlignVCenter)
        self._left.addWidget(self.parts)
        self._left.addWidget(self.shares)
        self._behind.addWidget(self.causes)
        self._behind.addWidget(self.rts)
        behind = QVBoxLayout()
        behind.setSpacing(SPACE_8)
        behind.addWidget(self.figure)
        behind.addWidget(self._behind, 1)
        lists = QHBoxLayout()
        lists.setSpacing(CARD_GAP)
        lists.addWidget(self._left, _PARTS)
        lists.addLayout(behind, _BEHIND)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_SIDE, PAGE_TOP, PAGE_SIDE, SPACE_12)
        column.setSpacing(SPACE_4)
        column.addLayout(head)
        column.addWidget(self.basis)
        column.addWidget(self.doubts)
        column.addLayout(lists, 1)

    def _connect(self) -> None:
        for each in (self.parts, self.shares):
            each.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_behind())
        self.parts.opened.connect(lambda _line: self._in_use().table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.shares.opened.connect(lambda line: self._go_deeper(Subject(Scope(line.region, line.rt),
                                                                        criterion=line.share.criterion.code)))
        self.rts.opened.connect(lambda line: self._go_deeper(Subject(Scope(line.one.region, line.one.rt),
                                                                     criterion=line.code)))
        self.causes.opened.connect(self._open_cause)

    # What is shown

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the explanation of an area, an RT, a kawasan or a house; coming back to it, as it was left."""
        super().enter(destination, scope)
        subject, before = explained_at(destination, scope), self._subject
        if before is not None and replace(subject, criterion="") != replace(before, criterion=""):
            self._above = [*self._above, before] if self._deeper else []
            self._show(None, waiting=True)
        self._deeper, self._subject = False, subject
        self._left.setCurrentWidget(self.shares if subject.house else self.parts)
        self.refresh()
        self._focus_left()

    @override
    def on_paper(self) -> Paper:
        return Paper(what="rt_sheet" if self._subject is not None and self._subject.scope.rt else "recap")

    def _focus_left(self) -> None:
        of_house = self._subject is not None and self._subject.house
        (self.shares if of_house else self.parts).table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask again for what is shown."""
        subject = self._subject
        if subject is not None:
            self.desk.ask(
                self, lambda workspace: explanations.explain(workspace, subject),
                lambda told: self._show(told) if subject == self._subject else None, self._refused,
            )

    @property
    @override
    def concerns(self) -> Set[str]:
        return {SCORES}

    @override
    def catch_up(self, touched: frozenset[str]) -> None:
        self.refresh()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Trouble):
            self.desk.failed.emit(error)
            return
        self._show(None)  # nothing can be scored here: the lists say so
        self.title.say(say("Belum ada nilai yang dapat dijelaskan"))
        self.title.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # Esc goes back from here too

    def _show(self, told: Told | None, *, waiting: bool = False) -> None:
        """Show an explanation; without one why there is none, or nothing yet."""
        fresh = self._told is None
        self._told = told
        subject = self._subject or Subject(Scope())
        whole = told.explanation if told else None
        self._show_head(told)
        rt, part = whole.rt if whole else None, told.house if told else None
        lines = scores.of_house(rt.region, rt.rt, part) if rt and part else []
        parts, shares = scores.explanation(scores.of_parts(whole) if whole else []), scores.contributions(lines)
        self.parts.show_table(_on_its_way(parts) if waiting else parts, subject.scope)
        self.shares.show_table(_on_its_way(shares) if waiting else shares, subject.scope)
        if fresh and whole is not None:
            codes = [line.code for line in self.parts.model.lines]
            self.parts.table.show_row(codes.index(subject.criterion) if subject.criterion in codes else 0)
        self._show_behind()

    def _show_head(self, told: Told | None) -> None:
        whole = told.explanation if told else None
        self.level.setVisible(whole is not None)
        for label in (self.title, self.basis, self.doubts):
            label.setVisible(whole is not None)
        if told is None or whole is None:
            self.title.say(say("Sedang dihitung."))
            self.title.show()
            return
        level = whole.regulation.level(whole.score.total)
        self.level.show_look(slum_look(slum_level(level.code), say(level.name)))
        name = told.house.named if told.house else ""
        self.title.say(say("Andil {house} pada nilai {rt}", house=name, rt=whole.name) if name else
                       say("Mengapa {name} bernilai {total}?", name=whole.name, total=whole.score.total))
        self.basis.say(basis(whole))
        words = doubts(whole)
        self.doubts.say(words)
        self.doubts.setVisible(bool(words))

    def _show_behind(self) -> None:
        """Show what is behind the line in focus: answers of an RT or of one house, RTs of an area."""
        told = self._told
        if told is None:
            self.figure.show_line(None)
            self.causes.show_table(_on_its_way(scores.causes()))
            self.rts.show_table(_on_its_way(scores.rt_contributions()))
            return
        if self._left.currentWidget() is self.shares:
            self._show_house(told)
            return
        line, whole, scope = self.parts.current(), told.explanation, told.subject.scope
        self.figure.show_line(line)
        parts = line.parts if line else ()
        self._behind.setCurrentWidget(self.causes if whole.rt else self.rts)
        if whole.rt is not None:
            rt = whole.rt
            self.causes.show_table(scores.causes([
                CauseLine(rt.region, rt.rt, each.criterion.code, cause) for each in parts for cause in each.causes
            ]), scope)
        else:
            adding = [told.adding[each.criterion.code] for each in parts]
            several = MOST // max(len(adding), 1)
            lines = [one for each in adding for one in scores.of_contributions(each)[:several]]
            self.rts.show_table(scores.rt_contributions(lines).out_of(sum(each.out_of for each in adding)), scope)

    def _show_house(self, told: Told) -> None:
        line = self.shares.current()
        self.figure.show_house(line)
        self._behind.setCurrentWidget(self.causes)
        its = told.explanation.criterion(line.share.criterion.code) if line is not None else None
        self.causes.show_table(scores.causes([
            CauseLine(line.region, line.rt, line.share.criterion.code, cause)
            for cause in its.causes if cause.id == line.part.id
        ] if line is not None and its is not None else []), told.subject.scope)

    # Where to go

    def _in_use(self) -> TableList[CauseLine] | TableList[ContributionLine]:
        return self.causes if self._behind.currentWidget() is self.causes else self.rts

    def _open_cause(self, line: CauseLine) -> None:
        """Open the record behind a figure at the question that made it."""
        if self._subject is not None:
            scope = replace(self._subject.scope, area=line.region, rt=line.rt)
            self.wants.emit(Destination(FORM, scope, line.cause.form, line.cause.id, line.cause.question))

    def _go_deeper(self, subject: Subject) -> None:
        if self._subject is not None:
            self._deeper, self._subject = True, replace(self._subject, criterion=self._criterion())
            self.wants.emit(why(replace(subject, scope=replace(subject.scope, period=self._subject.scope.period))))

    def _go_up(self) -> None:
        """Explain the area around: of an RT its kelurahan, of that the kecamatan, up to the province."""
        if self._subject is None:
            return
        scope, wider = self._subject.scope, ""
        if scope.rt is None and not self._subject.kawasan:
            around = [place.code for place in parents(scope.area) if place.code != scope.area]
            wider = max(around, key=len, default="")
        else:
            wider = scope.area
        if wider:
            self.wants.emit(why(Subject(Scope(wider, None, scope.period), criterion=self._criterion())))

    def _seek(self) -> None:
        """Go to the cheapest way out of slum for the RT, the kawasan or the area that is explained."""
        subject = self._subject
        if subject is not None:
            form = Kawasan.key if subject.kawasan else ""
            self.wants.emit(Destination(WAYS, subject.scope, form, subject.kawasan))

    def _show_editions(self) -> None:
        if self._subject is not None:
            self.wants.emit(Destination(EDITIONS, self._subject.scope.at(None)))

    def _criterion(self) -> str:
        line = self.parts.current()
        return line.told.criterion.code if line is not None and line.told is not None else ""

    def _go_back(self) -> None:
        """Go from the right to the left, then up whence one came deeper, then to where one asked."""
        if self._in_use().table.hasFocus():
            self._focus_left()
        elif self._above:
            above, self._above = self._above[-1], self._above[:-1]
            left = self._above
            self.wants.emit(why(above))
            self._above = left
        else:
            scope = self._subject.scope if self._subject else Scope()
            self.returns.emit(Destination(COLLECTING, scope))


def _on_its_way(table: Table[Line]) -> Table[Line]:
    """Return a table that says nothing of being empty."""
    return replace(table, empty="")


def basis(told: Explanation) -> str:
    """Return by which rule a score was made, in which way it was counted, from what, and how much of it there is."""
    ways = {"workbook": say("cara buku kerja resmi"), "units": say("cara per bangunan dan KK")}
    parts = [told.regulation.title, ways.get(told.method, told.method)]
    rt = told.rt
    if rt is not None:
        whole = rt.coverage.buildings_in_area_survey
        homes = say("sensus {number} rumah", number=written.number(rt.tally.households))
        if whole:
            homes = say("sensus {done} dari {all} bangunan", done=written.number(rt.tally.buildings),
                        all=written.number(whole))
        parts.append(say("rekap RT") if rt.source == "recap" else homes)
    elif told.whole is not None:
        census, recap = told.sources
        parts.append(say("{number} RT: {census} sensus, {recap} rekap", number=written.number(len(told.parts)),
                         census=written.number(census), recap=written.number(recap)))
        parts.append(say("{number} rumah didata", number=written.number(told.whole.number(sums.HOUSEHOLDS))))
        parts.append(say("{number} RT kumuh, {area}", number=written.number(told.whole.number(sums.SLUM_RTS)),
                         area=written.hectares(told.whole.get(sums.SLUM_HECTARES))))
    return " · ".join(parts)


def doubts(told: Explanation) -> str:
    """Return why a score is provisional, what it could become, and what other ways to count give."""
    sentences = []
    if told.score.provisional:
        reasons = "; ".join(reason.rstrip(".") for reason in told.open) or say("sebagian kriteria belum diketahui")
        sentences.append(say("**Sementara, dapat menjadi {between}:** {why}.", between=told.between, why=reasons)
                         if told.lowest != told.highest else say("**Sementara:** {why}.", why=reasons))
    return " ".join([*sentences, *told.asides])


