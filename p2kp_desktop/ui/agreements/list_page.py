"""The agreements of an area, the indicator of the period, and what is to be done about them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from p2kp_desktop.actions import agreement_steps
from p2kp_desktop.actions.agreement_indicator import Indicator
from p2kp_desktop.actions.agreement_todos import Todo
from p2kp_desktop.actions.agreements import Line
from p2kp_desktop.language import say
from p2kp_desktop.rules.agreements import STAGES
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.ui.collecting.cells import Cell
from p2kp_desktop.ui.collecting.line_list import LineList
from p2kp_desktop.ui.collecting.listtable import Column
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.entries import EntriesCard
from p2kp_desktop.ui.kit.labels import PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_8

from . import viewing
from .words import short_date

_TODOS = 5


class ListPage(QWidget):
    """Enter opens an agreement, N begins one."""

    opened = Signal(str, str)  # agreement, its kelurahan
    begins = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.told = Label("", SECONDARY, wraps=True)
        self.lines: LineList[Line] = LineList(_columns(), _cell, _ORDERS, say("Aturan Bersama"))
        self.todos = EntriesCard(say("Tindak lanjut"))
        self._found: Sequence[Todo] = ()
        new = Button(say("Aturan baru"), Kind.PRIMARY, icon="plus", keys=("N",))
        new.clicked.connect(self.begins)
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
        column.addWidget(self.lines, 1)
        column.addWidget(self.todos)
        self.lines.opened.connect(lambda line: self.opened.emit(line.id, line.region))
        self.todos.opened.connect(self._open_todo)

    def show_lines(self, lines: Sequence[Line], indicators: Sequence[Indicator], todos: Sequence[Todo]) -> None:
        """Show other agreements."""
        self._found = todos[:_TODOS]
        self.lines.table.keep_out(() if len({line.region for line in lines}) > 1 else ("region",))
        self.lines.show_lines(lines, say("Belum ada aturan bersama di sini. N memulai yang pertama."))
        self.told.say(_indicated(indicators))
        self.told.setVisible(bool(indicators))
        more = say("{count} hal", count=len(todos)) if len(todos) > _TODOS else ""
        self.todos.show_entries(viewing.todos(self._found, named=True), right=more)
        self.todos.setVisible(bool(todos))

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
        self.lines.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _indicated(indicators: Sequence[Indicator]) -> str:
    if not indicators:
        return ""
    counts = {name: sum(getattr(each, name) for each in indicators)
              for name in ("exists", "agreed", "legalised", "monitored")}
    return say("Indikator periode ini, dalam kelurahan: {exists} mempunyai aturan · {agreed} disepakati · {legalised} "
               "disahkan · {monitored} dipantau", **counts)


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
        "violations": str(line.violations or ""), "due": short_date(line.review_due) if line.review_due else "",
    }[key])


_ORDERS: dict[str, Callable[[Line], object]] = {
    "number": lambda each: each.number, "name": lambda each: each.name.casefold(),
    "region": lambda each: each.region, "stage": lambda each: STAGES.index(each.stage),
    "version": lambda each: each.version, "violations": lambda each: -each.violations,
    "due": lambda each: each.review_due or "9999",
}
