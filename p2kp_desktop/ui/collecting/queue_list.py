"""The queue: records of every form that wait for this office, those handed in first; Enter opens the one in focus."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from p2kp_desktop.actions.review import review_queue
from p2kp_desktop.actions.review.review_queue import PendingRecord, Queue
from p2kp_desktop.actions.tables.household_pages import CHANGED, READY, RETURNED
from p2kp_desktop.language import say
from p2kp_desktop.reports import review
from p2kp_desktop.schema import written
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.coverage import FilterBar, Ground, Share
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import Scope


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
        self.lines: TableList[PendingRecord] = TableList(desk, review.waiting())
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
        self.lines.selected.connect(self.selected)

    def show_scope(self, scope: Scope, standing: str | None = None) -> None:
        """Show what waits in an area; with a standing only that, "" is all."""
        if standing is not None or scope != self._scope:
            self._standing = standing or ""
        self._scope = scope
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
        self.lines.show_table(replace(review.waiting(queue.lines, left), empty=nothing), scope)
        self.counted.emit(queue)

    def search(self, text: str) -> None:
        """Show only the records in which some cell holds this text."""
        self.lines.search(text)

    def current(self) -> PendingRecord | None:
        """Return the record in focus."""
        return self.lines.current()

    def chosen(self) -> tuple[PendingRecord, ...]:
        """Return the records selected, else the one in focus."""
        current = self.current()
        return self.lines.selected_lines() or ((current,) if current else ())


def _shares(counts: Mapping[str, int]) -> tuple[Share, ...]:
    return (
        Share(READY, say("Siap diperiksa"), counts.get(READY, 0), Token.SHARE_80),
        Share(CHANGED, say("Berubah sesudah diverifikasi"), counts.get(CHANGED, 0), Token.WARN),
        Share(RETURNED, say("Dikembalikan"), counts.get(RETURNED, 0), Token.WARN_LINE, Ground.SOLID),
    )
