"""Jalan termurah: what is asked, the answer with its proof, the RTs at the left and the works of one at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.collaboration import needs
from p2kp_desktop.actions.collaboration.needs import TakenNeeds
from p2kp_desktop.actions.scores import cheapest_works
from p2kp_desktop.actions.scores.cheapest_works import WorksFound, WorksWanted
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports import works
from p2kp_desktop.reports.works import WayLine, WorkLine
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk, Report, Task
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.labels import NOTE, SECONDARY, Label
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.lists.work import Work as Progress
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_4, SPACE_16
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import COLLABORATION, Destination, Scope

from .asked import Asked

_RTS, _WORKS = 3, 4  # shares of the width


class WaysPage(Page):
    """Enter goes from an RT to its works, A makes needs of all works, U to what is asked, Esc stops or leads back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: WorksFound | None = None
        self._task: Task | None = None
        self._shown = Scope("", None, "")
        self.asked = Asked()
        self.answer, self.proof = Label("", SECONDARY, wraps=True), Label("", NOTE, wraps=True)
        self.rts: TableList[WayLine] = TableList(desk, works.ways())
        self.works: TableList[WorkLine] = TableList(desk, works.works())
        self.progress = Progress()
        self.take_button = Button(say("Jadikan kebutuhan"), Kind.PRIMARY, icon="list-checks", keys=("A",))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        told = QVBoxLayout()
        told.setSpacing(SPACE_4)
        told.addWidget(self.answer)
        told.addWidget(self.proof)
        told.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(SPACE_16)
        head.addLayout(told, 1)
        head.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignTop)
        lists = QHBoxLayout()
        lists.setSpacing(CARD_GAP)
        lists.addWidget(self.rts, _RTS)
        lists.addWidget(self.works, _WORKS)
        self.column.addWidget(self.asked)
        self.column.addLayout(head)
        self.column.addLayout(lists, 1)
        self.column.addWidget(self.progress)
        self.column.addWidget(self.told)

    def _connect(self) -> None:
        self.asked.asks.connect(self._search)
        self.asked.refused.connect(self._complain)
        self.progress.panel.cancelled.connect(self.stop)
        self.take_button.clicked.connect(lambda _checked=False: self.take())
        self.rts.opened.connect(lambda _line: self.works.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.rts.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._look())
        self.offer(say("Jadikan kebutuhan"), "A", self.take, say("jadikan kebutuhan"), deed=Deed.CHANGE)
        self.desk.rights.guard(Deed.CHANGE, self.take_button)
        offer(self, [
            Command(say("Ubah yang ditanyakan"), ("U",), self._change, say("ubah"), leads=True),
            Command(say("Ke kebutuhan"), ("K",), self._go_to_needs, say("kebutuhan"), leads=True),
            Command(say("Hentikan atau kembali"), ("Esc",), self._leave, say("kembali"), rare=True, leads=True),
        ])

    @override
    def refresh(self) -> None:
        area = self.scope.area
        self.desk.ask(self, lambda workspace: cheapest_works.kawasan_of(workspace, area), self.asked.show_kawasan)
        if self.scope != self._shown:
            self._show(None)
        self.asked.ask()

    @override
    def begin(self) -> None:
        self.rts.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self, wanted: WorksWanted) -> None:
        """Search off the window's thread; what is in sight stays until there is another answer."""
        self.stop()
        scope = self.scope

        def solve(workspace: Workspace, report: Report) -> WorksFound:
            return cheapest_works.solve(workspace, wanted, area=scope.area, rt=scope.rt, period=scope.period,
                                        report=report)

        self.told.hide()
        self.progress.begin(say("Mencari jalan termurah …"))
        task = self._task = self.desk.read(self, solve, lambda found: self._take_in(scope, found), self._refuse)
        task.progressed.connect(self.progress.show_done)
        task.ended.connect(lambda: self._end(task))

    def _end(self, task: Task) -> None:
        if task is self._task:
            self._task = None
            self.progress.hide()

    def stop(self) -> bool:
        """Stop the search that is under way, and say whether there was one; nothing in sight is lost."""
        task, self._task = self._task, None
        if task is None:
            return False
        task.cancel()
        self.progress.hide()
        self.tell(say("Dihentikan. Yang tampak adalah jawaban sebelumnya; tidak ada yang berubah."))
        return True

    def _take_in(self, scope: Scope, found: WorksFound) -> None:
        if scope == self.scope:
            self._show(found)

    def _refuse(self, error: Exception) -> None:
        self._show(None)
        if isinstance(error, Trouble):
            self._complain(f"{say(error.what)} {say(error.remedy)} ({error.code})")
        else:
            self.desk.failed.emit(error)

    def _complain(self, words: str) -> None:
        self.answer.colour(Token.ERR)
        self.answer.say(words)

    def _show(self, found: WorksFound | None) -> None:
        self.found, self._shown = found, self.scope
        answer, proof = ("", "") if found is None else cheapest_works.two_paragraphs(found)
        self.answer.colour(Token.TEXT)
        self.answer.say(answer)
        self.proof.say(proof)
        self.rts.show_table(works.ways(works.of_ways(found)), self.scope)
        self.take_button.setEnabled(bool(found and found.works))
        self._look()

    def _look(self) -> None:
        line = self.rts.current()
        mine = [each for each in works.of_works(self.found) if line is not None
                and (each.work.region, each.work.rt) == (line.way.rt.region, line.way.rt.rt)]
        self.works.show_table(works.works(mine), self.scope)

    def take(self) -> None:
        """Make needs of all works that are shown."""
        found, scope = self.found, self.scope
        if found is not None and found.works:
            self.do(lambda workspace: needs.take_works(workspace, scope.area, found.works, scope.period), self._taken)

    def _taken(self, taken: TakenNeeds) -> None:
        words = say("{new} kebutuhan baru, {recorded} sudah tercatat.", new=taken.new, recorded=taken.recorded)
        if taken.dismissed:
            words += " " + say("{count} pernah dibuang dan tidak diambil lagi.", count=taken.dismissed)
        if taken.new:
            words += " " + say("K menunjukkannya; Ctrl+Z membatalkan semuanya.")
        self.tell(words)

    def _go_to_needs(self) -> None:
        self.wants.emit(Destination(COLLABORATION, self.scope, tab="needs"))

    def _change(self) -> None:
        self.asked.below.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.asked.below.selectAll()

    def _leave(self) -> None:
        if not self.stop():
            self.begin()
