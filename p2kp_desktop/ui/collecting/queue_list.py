"""The queue: records of every form that wait for this office, those handed in first; Enter opens the one in focus."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from p2kp_desktop.actions.review import review_queue
from p2kp_desktop.actions.review.review_queue import Pending, Queue
from p2kp_desktop.actions.tables.household_pages import CHANGED, READY, RETURNED, WAITING
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import regions, rt_words
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.coverage import FilterBar, Ground, Share
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.lists.cells import NOTHING, STATUS, Cell, asked
from p2kp_desktop.ui.lists.line_list import LineList
from p2kp_desktop.ui.lists.table import Column
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import Scope


def columns() -> tuple[Column, ...]:
    """Return the columns of the queue."""
    return (
        Column("check", "", Content.CHECK),
        Column("village", say("Kelurahan/desa"), Content.TEXT, "Tiga-puluh-enam Ilir", drop=1),
        Column("rt", say("RT"), Content.IDENTITY, "RT 000 / RW 00"),
        Column("title", say("Formulir"), Content.TEXT, "Survei Lingkungan RT"),
        Column("name", say("Rumah"), Content.NAME, "000 · Muhammad Sukarman", stretches=True),
        Column("standing", say("Status"), Content.STATUS, statuses=(
            (Status.RETURNED, ""), (Status.CHANGED, say("sesudah diverifikasi"))
        )),
        Column("comments", say("Catatan"), Content.VERDICT, "00"),
    )


def cell(line: Pending, key: str) -> Cell:
    """Return what a record that waits says in a column."""
    if key == "check":
        return NOTHING
    if key == "standing":
        chip = WAITING if line.standing == READY else line.standing
        return Cell("", STATUS[chip], say("sesudah diverifikasi") if chip == CHANGED else "")
    if key == "comments":
        return asked(line.comments)
    if key == "village":
        return Cell(_village(line.region))
    return Cell({"rt": rt_words(line.rt) if line.rt else "–", "title": line.title, "name": line.name}[key])


def _village(code: str) -> str:
    known = regions().get(code)
    return known.name if known else code


class QueueList(QWidget):
    """What waits in an area; the filters stand above where two kinds wait."""

    opened = Signal(object)  # Pending
    counted = Signal(object)  # Queue
    selected = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._scope, self._standing = desk, Scope("", None, ""), ""
        self.total = 0  # records that wait, of every standing
        self.filters = FilterBar(say("Semua"), _shares({}), hides_none=True)
        self._more = Label("", NOTE)
        self.lines: LineList[Pending] = LineList(columns(), cell, {}, say("Menunggu"))
        self.table = self.lines.table
        top = QHBoxLayout()
        top.setSpacing(SPACE_12)
        top.addWidget(self.filters, 1)
        top.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8 + 2)
        column.addLayout(top)
        column.addWidget(self.lines, 1)
        self.filters.chosen.connect(self._narrow)
        self.lines.opened.connect(self.opened)
        self.table.selectionModel().selectionChanged.connect(
            lambda _now, _before: self.selected.emit(len(self.table.selected_rows()))
        )

    def show_scope(self, scope: Scope, standing: str | None = None) -> None:
        """Show what waits in an area; with a standing only that, "" is all."""
        if standing is not None or scope != self._scope:
            self._standing = standing or ""
        self._scope = scope
        known = regions().get(scope.area)
        self.table.keep_out(("village",) if known is not None and known.is_village else ())
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        scope, standing = self._scope, self._standing
        self._desk.ask(
            self, lambda workspace: review_queue.queue(workspace, scope.area, scope.period, standing),
            lambda queue: self._show(scope, standing, queue),
        )

    def _narrow(self, standing: str) -> None:
        self._standing = standing
        self.refresh()

    def _show(self, scope: Scope, standing: str, queue: Queue) -> None:
        if (scope, standing) != (self._scope, self._standing):
            return
        self.total = queue.total
        self.filters.show_shares(_shares(queue.counts), standing)
        self.filters.setVisible(len(queue.counts) > 1 or bool(standing))
        number = sum(queue.counts.values()) if not standing else queue.counts.get(standing, 0)
        left = number - len(queue.lines)
        self._more.say(say("{number} lagi sesudah ini", number=written.number(left)) if left > 0 else "")
        nothing = say("Tidak ada yang menunggu diperiksa di sini.") if queue.reviews else say("Tidak ada yang kembali.")
        self.lines.show_lines(queue.lines, nothing)
        self.selected.emit(len(self.table.selected_rows()))
        self.counted.emit(queue)

    def search(self, text: str) -> None:
        """Show only the records in which some cell holds this text."""
        self.lines.search(text)

    def current(self) -> Pending | None:
        """Return the record in focus."""
        return self.lines.current()

    def chosen(self) -> tuple[Pending, ...]:
        """Return the records selected, else the one in focus."""
        current = self.current()
        rows = self.table.selected_rows()
        return tuple(self.lines.model.lines[row] for row in rows) or ((current,) if current else ())


def _shares(counts: Mapping[str, int]) -> tuple[Share, ...]:
    return (
        Share(READY, say("Siap diperiksa"), counts.get(READY, 0), Token.SHARE_80),
        Share(CHANGED, say("Berubah sesudah diverifikasi"), counts.get(CHANGED, 0), Token.WARN),
        Share(RETURNED, say("Dikembalikan"), counts.get(RETURNED, 0), Token.WARN_LINE, Ground.SOLID),
    )
