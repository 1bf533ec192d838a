"""The agreements of an area, the indicator of the period, and what is to be done about them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from p2kp_desktop.actions.community import agreement_steps
from p2kp_desktop.actions.community.agreement_indicator import Indicator, totals
from p2kp_desktop.actions.community.agreement_todos import Todo
from p2kp_desktop.actions.community.agreements import Line
from p2kp_desktop.language import say
from p2kp_desktop.rules.agreements import STAGES
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.entries import EntriesCard
from p2kp_desktop.ui.kit.labels import PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.lists.cells import Cell
from p2kp_desktop.ui.lists.line_list import LineList
from p2kp_desktop.ui.lists.table import Column
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_8

from . import viewing
from .indicator_list import indicator_list

_TODOS = 5


AGREEMENTS, VILLAGES = range(2)


class ListPage(QWidget):
    """Enter opens an agreement, N begins one; of a wider area Ctrl+PgDn shows the indicator of its kelurahan."""

    opened = Signal(str, str)  # agreement, its kelurahan
    narrows = Signal(str)  # to a kelurahan
    begins = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.told = Label("", SECONDARY, wraps=True)
        self.lines: LineList[Line] = LineList(_columns(), _cell, _ORDERS, say("Aturan Bersama"))
        self.villages = indicator_list()
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
        new = Button(say("Aturan baru"), Kind.PRIMARY, icon="plus", keys=("N",))
        new.clicked.connect(self.begins)
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
        head.addWidget(new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(CARD_GAP)
        column.addLayout(head)
        column.addWidget(self.tabs)
        column.addWidget(self._lists, 1)
        column.addWidget(self.todos)

    def show_lines(
        self, lines: Sequence[Line], indicators: Sequence[Indicator], todos: Sequence[Todo], *, wide: bool
    ) -> None:
        """Show other agreements; `wide` says whether the area is more than a kelurahan."""
        self.tabs.setVisible(wide)
        if not wide:
            self.tabs.setCurrentIndex(AGREEMENTS)
        self.villages.show_lines(indicators, say("Belum ada kelurahan yang didata di sini."))
        self._found = todos[:_TODOS]
        self.lines.table.keep_out(() if len({line.region for line in lines}) > 1 else ("region",))
        self.lines.show_lines(lines, say("Belum ada aturan bersama di sini. N memulai yang pertama."))
        self.told.say(_indicated(indicators))
        self.told.setVisible(any(each.count for each in indicators))
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
            region = next((line.region for line in self.lines.model.lines if line.id == todo.agreement), "")
            self.opened.emit(todo.agreement, region)

    def begin(self, record: str = "") -> None:
        """Put the focus on the list, on this agreement when it is named."""
        rows = [line.id for line in self.lines.model.lines]
        if record in rows:
            self.lines.table.show_row(rows.index(record))
        self._table().setFocus(Qt.FocusReason.OtherFocusReason)


def _indicated(indicators: Sequence[Indicator]) -> str:
    return say("Indikator periode ini, dalam kelurahan: {exists} mempunyai aturan · {agreed} disepakati · {legalised} "
               "disahkan · {in_force} berlaku · {monitored} dipantau", **totals(indicators))


def _columns() -> tuple[Column, ...]:
    return (
        Column("number", say("Nomor"), Content.IDENTITY, sample="AB-003 ", order="number"),
        Column("name", say("Judul"), Content.NAME, sample="n" * 22, order="name", stretches=True),
        Column("region", say("Kelurahan"), sample="n" * 16, order="region", drop=4),
        Column("stage", say("Status"), sample=say("Uji publik") + "    ", order="stage"),
        Column("version", say("Versi"), Content.NUMBER, sample="99", order="version", drop=2),
        Column("clauses", say("Pasal"), Content.NUMBER, sample="99", drop=1),
        Column("signed", say("Tanda tangan"), sample=say("{signed} dari {count}", signed=99, count=99), drop=5),
        Column("violations", say("Pelanggaran terbuka"), Content.NUMBER, sample="99", order="violations", drop=3),
        Column("due", say("Ditinjau sebelum"), Content.DATE, sample="30 Nov 2026 ", order="due"),
    )


def _cell(line: Line, key: str) -> Cell:
    if key == "stage":
        return Cell(agreement_steps.stage_words(line.stage))
    if key == "signed":
        return Cell(say("{signed} dari {count}", signed=line.signed, count=line.signatories)
                    if line.signatories else "–")
    return Cell({
        "number": line.number, "name": line.name, "region": region_name(line.region) if line.region else "",
        "version": str(line.version or ""), "clauses": str(line.clauses),
        "violations": str(line.violations or ""), "due": written.short_day(line.review_due),
    }[key])


_ORDERS: dict[str, Callable[[Line], object]] = {
    "number": lambda each: each.number, "name": lambda each: each.name.casefold(),
    "region": lambda each: each.region, "stage": lambda each: STAGES.index(each.stage),
    "version": lambda each: each.version, "violations": lambda each: -each.violations,
    "due": lambda each: each.review_due or "9999",
}
