"""Why an RT has its score: its criteria at the left, the answers behind the one in focus at the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from p2kp_desktop.actions.scores import explanations
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports import scores
from p2kp_desktop.reports.scores import CauseLine, CriterionLine
from p2kp_desktop.rules.explanation import Explanation
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_4
from p2kp_desktop.ui.place import Scope

_CRITERIA, _CAUSES = 4, 3  # shares of the width


class ScorePage(QWidget):
    """Enter goes from a criterion to its answers, and from an answer to its record at that question; Esc goes back."""

    opens = Signal(str, str, str)  # form, record, question
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._scope = desk, Scope()
        self.title = Label("", SECONDARY, wraps=True)
        self.criteria: TableList[CriterionLine] = TableList(desk, scores.criteria())
        self.causes: TableList[CauseLine] = TableList(desk, scores.causes())
        lists = QHBoxLayout()
        lists.setSpacing(CARD_GAP)
        lists.addWidget(self.criteria, _CRITERIA)
        lists.addWidget(self.causes, _CAUSES)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        column.addWidget(self.title)
        column.addLayout(lists, 1)
        self.criteria.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_causes())
        self.criteria.opened.connect(lambda _line: self.causes.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.causes.opened.connect(
            lambda line: self.opens.emit(line.cause.form, line.cause.id, line.cause.question)
        )
        offer(self, [Command(say("Kembali"), ("Esc",), self._go_back, say("kembali"), leads=True)])

    def show_scope(self, scope: Scope) -> None:
        """Show why the RT of a scope has its score."""
        if scope != self._scope:
            self._show([])
        self._scope = scope
        self.refresh()

    def refresh(self) -> None:
        """Ask again for what is shown."""
        scope = self._scope
        self._desk.ask(
            self, lambda workspace: explanations.explanations(
                workspace, area=scope.area, rt=scope.rt, period=scope.period
            ),
            lambda told: self._show(told) if scope == self._scope else None, self._refused,
        )

    def _show(self, told: list[Explanation]) -> None:
        self.title.say(f"**{told[0].title}**" if told else "")
        self.criteria.show_table(scores.criteria(scores.of_criteria(told)), self._scope)
        self._show_causes()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Trouble):  # nothing can be scored here: the lists say so
            self._show([])
        else:
            self._desk.failed.emit(error)

    def _show_causes(self) -> None:
        line = self.criteria.current()
        found = [] if line is None else [
            CauseLine(line.region, line.rt, line.told.criterion.code, cause) for cause in line.told.causes
        ]
        self.causes.show_table(scores.causes(found), self._scope)

    def focus(self) -> None:
        """Put the focus on the criteria."""
        self.criteria.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_back(self) -> None:
        if self.causes.table.hasFocus():
            self.focus()
        else:
            self.closed.emit()
