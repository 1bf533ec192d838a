"""The agreements of an area, the indicator of the period, and what is to be done about them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from p2kp_desktop.actions.community.agreement_todos import Todo
from p2kp_desktop.actions.community.agreements import AgreementLine, Indicator, indicator_totals
from p2kp_desktop.language import say
from p2kp_desktop.reports.agreements import agreements, indicators
from p2kp_desktop.schema.places import region
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.entries import EntriesCard
from p2kp_desktop.ui.kit.labels import PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_8
from p2kp_desktop.ui.place import Scope

from . import viewing

_TODOS = 5


AGREEMENTS, VILLAGES = range(2)


class ListPage(QWidget):
    """Enter opens an agreement, N begins one; of a wider area Ctrl+PgDn shows the indicator of its kelurahan."""

    opened = Signal(str, str)  # agreement, its kelurahan
    narrows = Signal(str)  # to a kelurahan
    begins = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.told = Label("", SECONDARY, wraps=True)
        self.lines: TableList[AgreementLine] = TableList(desk, agreements())
        self.villages: TableList[Indicator] = TableList(desk, indicators())
        self.tabs, self._lists = QTabBar(), QStackedWidget()
        self.todos = EntriesCard(say("Tindak lanjut"))
        self._found: Sequence[Todo] = ()
        self._lay_out()
        self.lines.opened.connect(lambda line: self.opened.emit(line.id, line.region))
        self.villages.opened.connect(lambda each: self.narrows.emit(each.region))
        self.todos.opened.connect(self._open_todo)
        self.tabs.currentChanged.connect(self._turn)
        for keys in ("Ctrl+PgDown", "Ctrl+PgUp"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._step)

    def _lay_out(self) -> None:
        self.new = Button(say("Aturan baru"), Kind.PRIMARY, icon="plus", keys=("N",))
        self.new.clicked.connect(self.begins)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(say("Aturan Bersama"))
        for words, shown in ((say("Aturan"), self.lines), (say("Per kelurahan"), self.villages)):
            self.tabs.addTab(words)
            self._lists.addWidget(shown)
        head, titles = QHBoxLayout(), QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(Label(say("Aturan Bersama"), PAGE_TITLE))
        titles.addWidget(self.told)
        head.setSpacing(SPACE_8)
        head.addLayout(titles, 1)
        head.addWidget(self.new)
        down(head, self.tabs, (self._lists, 1), self.todos, into=self, gap=CARD_GAP)

    def show_lines(
        self, lines: Sequence[AgreementLine], found: Sequence[Indicator], todos: Sequence[Todo], scope: Scope
    ) -> None:
        """Show the agreements of an area."""
        wide = not region(scope.area).is_village
        self.tabs.setVisible(wide)
        if not wide:
            self.tabs.setCurrentIndex(AGREEMENTS)
        self.villages.show_table(indicators(found), scope)
        self._found = todos[:_TODOS]
        self.lines.show_table(agreements(lines), scope)
        self.told.say(_indicated(found))
        self.told.setVisible(any(each.count for each in found))
        more = say("{count} hal", count=len(todos)) if len(todos) > _TODOS else ""
        self.todos.show_entries(viewing.todos(self._found, named=True), right=more)
        self._show_todos()

    def _show_todos(self) -> None:
        self.todos.setVisible(bool(self._found) and self.tabs.currentIndex() == AGREEMENTS)

    def _step(self) -> None:
        if self.tabs.isVisible():
            self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())

    def _turn(self, place: int) -> None:
        self._lists.setCurrentIndex(place)
        self._show_todos()
        if self.isVisible():
            self._table().setFocus(Qt.FocusReason.OtherFocusReason)

    def _table(self) -> QWidget:
        return (self.lines, self.villages)[self.tabs.currentIndex()].table

    def _open_todo(self, form: str, record: str) -> None:
        """Open the agreement that a line is about."""
        todo = next((each for each in self._found if (each.form, each.record) == (form, record)), None)
        if todo is not None:
            area = next((line.region for line in self.lines.model.lines if line.id == todo.agreement), "")
            self.opened.emit(todo.agreement, area)

    def begin(self, record: str = "") -> None:
        """Put the focus on the list, on this agreement when it is named."""
        rows = [line.id for line in self.lines.model.lines]
        if record in rows:
            self.lines.table.show_row(rows.index(record))
        self._table().setFocus(Qt.FocusReason.OtherFocusReason)


def _indicated(found: Sequence[Indicator]) -> str:
    return say("Indikator periode ini, dalam kelurahan: {exists} mempunyai aturan · {agreed} disepakati · {legalised} "
               "disahkan · {in_force} berlaku · {monitored} dipantau", **indicator_totals(found))
