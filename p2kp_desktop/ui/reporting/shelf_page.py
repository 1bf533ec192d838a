"""The list of reports: what planners ask first, then all by group; typing searches, Enter opens, F marks."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.tables import reports_kept
from p2kp_desktop.actions.tables.reports_kept import Kept
from p2kp_desktop.language import say
from p2kp_desktop.reports import shelf
from p2kp_desktop.reports.shelf import Shelved
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.letters import Letters
from p2kp_desktop.ui.kit.search import SearchField, begin_search
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import PAGE_TOP, SPACE_12

SEARCH_WIDTH = 300


def _shelved(workspace: Workspace) -> list[Shelved]:
    return shelf.shelved(reports_kept.kept(workspace))


class ShelfPage(Page):
    """`opened` names a report; the digits that ask the questions belong to the place around."""

    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list: TableList[Shelved] = TableList(desk, shelf.shelf())
        self.search = SearchField(say("Cari laporan"), ("Ctrl", "F"), width=SEARCH_WIDTH)
        head = QHBoxLayout()
        head.setSpacing(SPACE_12)
        head.addWidget(Label(say("Angka di depan sebuah pertanyaan langsung menjawabnya. Ketik untuk mencari."),
                             SECONDARY, wraps=True), 1)
        head.addWidget(self.search)
        self.column.setContentsMargins(self.column.contentsMargins().left(), 0, self.column.contentsMargins().right(),
                                       PAGE_TOP)
        self.column.addLayout(head)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.told)
        self.list.opened.connect(lambda line: self.opened.emit(line.name))
        self.search.textChanged.connect(self.list.search)
        self.search.returnPressed.connect(self._open_first)
        Letters(self.list.table, self).sought.connect(self._search)
        self.offer(say("Cari laporan"), "Ctrl+F", self._search, say("cari"), rare=True)
        self.offer(say("Tandai laporan ini, atau lepas tandanya"), "F", self._mark, say("tandai"))

    @override
    def refresh(self) -> None:
        self.desk.ask(self, _shelved, lambda found: self.list.show_table(shelf.shelf(found)))

    @override
    def begin(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self, typed: str = "") -> None:
        begin_search(self.search, typed)

    def _open_first(self) -> None:
        """Go on from the search to what it found; the only report found is meant."""
        if len(self.list.model.lines) == 1:
            self.opened.emit(self.list.model.lines[0].name)
        else:
            self.begin()

    def _mark(self) -> None:
        line = self.list.current()
        if line is not None and line.name != shelf.ONE_PAGE:
            name = line.name
            self.desk.change(self, lambda workspace: reports_kept.turn_mark(workspace, name), self._tell_mark,
                             self.refused, touches=())

    def _tell_mark(self, kept: Kept) -> None:
        count = len(kept.marked)
        self.tell(say("{count} laporan ditandai; yang ditandai berdiri di atas.", count=count) if count
                  else say("Tidak ada laporan yang ditandai."))
        self.refresh()
