"""The foot of Pendataan: one of a question, the progress of work, what came of it, or the bar of what is selected."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from p2kp_desktop.actions.review.review_acts import Attended
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.lists.asking import Asking
from p2kp_desktop.ui.lists.work import Work

from .bulk_bar import BulkBar
from .outcome import Outcome


class Foot(QWidget):
    """Shows one thing at a time; what was selected comes back when the others are gone."""

    ended = Signal()  # nothing is asked or told any more
    lists = Signal(bool)  # whether it lists what could not be taken on, which takes room

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.bar, self.asking, self.outcome, self.work = BulkBar(), Asking(), Outcome(desk), Work()
        self._selected = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.asking, self.work, self.outcome, self.bar):
            column.addWidget(part)
        self.asking.left.connect(self.close_all)
        self.outcome.closed.connect(self.close_all)
        self.hide()

    def show_selected(self, number: int) -> None:
        """Show how many rows are selected, when nothing else is shown."""
        self._selected = number
        self._arrange()

    def show_work(self, words: str) -> None:
        """Show that something is under way."""
        self.asking.hide()
        self.outcome.hide()
        self.work.begin(words)
        self._arrange()

    def show_outcome(self, attended: Attended, done: str, hindered: str) -> None:
        """Show what came of it, with the focus on what could not be taken on."""
        self.work.hide()
        self.outcome.show_attended(attended, done, hindered)
        self._arrange()
        if attended.hindered:
            self.outcome.lines.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, words: str) -> None:
        """Say what was done in one sentence."""
        self.work.hide()
        self.outcome.tell(words)
        self._arrange()

    def arrange_asking(self) -> None:
        """Make room for the question that is asked."""
        self.outcome.hide()
        self._arrange()

    def close_all(self) -> None:
        """Close what is asked and told; work goes on."""
        self.asking.hide()
        self.outcome.hide()
        self._arrange()
        self.ended.emit()

    @property
    def is_open(self) -> bool:
        """Say whether something is asked or told, which Esc closes."""
        return not self.asking.isHidden() or not self.outcome.isHidden()

    def _arrange(self) -> None:
        others = any(not part.isHidden() for part in (self.asking, self.work, self.outcome))
        self.bar.show_count(0 if others else self._selected)
        self.setVisible(others or bool(self._selected))
        self.lists.emit(not self.outcome.isHidden() and not self.outcome.lines.isHidden())
