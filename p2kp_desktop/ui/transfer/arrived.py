"""The files and, once they are received, the equation of the one in use, the RTs, and what to know."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from p2kp_desktop.actions.arriving import Outcome, Recognised, together
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.equation import Equation, EquationBar
from p2kp_desktop.ui.kit.table import TableCard
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12

from .entries import EntryList
from .files import entry, entry_of_all, trouble_of
from .findings import Findings, error_card
from .parts import Halves, clear
from .totals import Totals

IN_SIGHT, IN_SIGHT_SMALL = 3, 2
_SMALL = 440  # height below which fewer rows are in sight
_ROW, _FAULT = 52, 150  # about the heights of a row and of an error below the list


class Arrived(QWidget):
    """A list of files above; below it what belongs to the row in use."""

    settle = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._files: list[Recognised] = []
        self._outcomes: dict[Path, Outcome] = {}
        self._done = False
        self.list = EntryList(say("Berkas yang diterima"))
        self.list.moved.connect(lambda _place: self._show_current())
        self.equation = EquationBar(_equation(Counter()))
        self._sheet = Card()
        self._sheet.body.setContentsMargins(SPACE_8, SPACE_8, SPACE_8, SPACE_8)
        self._sheet.body.addWidget(self.equation)
        self._fault = QVBoxLayout()
        self.totals, self.findings = Totals(), Findings()
        self.findings.settle.connect(self.settle)
        self.halves = Halves(self.totals, self.findings)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_12)
        column.addWidget(TableCard(self.list))
        column.addWidget(self._sheet)
        column.addLayout(self._fault)
        column.addWidget(self.halves, 1)
        column.addStretch()
        self._column = column

    def show_files(self, files: Sequence[Recognised], outcomes: Sequence[Outcome], *, done: bool) -> None:
        """Show files to be received, or those received with what became of them."""
        self._files, self._done = list(files), done
        self._outcomes = {outcome.file.path: outcome for outcome in outcomes}
        rows = [entry(file, self._outcomes.get(file.path)) for file in files]
        if self._has_all():
            refused = sum(trouble_of(file, self._outcomes.get(file.path)) is not None for file in files)
            rows.insert(0, entry_of_all(len(files), refused))
        few = IN_SIGHT if self.height() >= _SMALL else IN_SIGHT_SMALL
        most = few if done else max((self.height() - _FAULT) // _ROW, few)
        self.list.show_rows(rows, most=most, at=None if done and not self._has_all() else 0)
        self._show_current()

    def _has_all(self) -> bool:
        return self._done and len(self._files) > 1

    def _chosen(self) -> list[Recognised]:
        """Return the files that the row in use stands for."""
        place = self.list.place - self._has_all()
        return self._files if place < 0 else self._files[place : place + 1]

    def _show_current(self) -> None:
        chosen = [(file, self._outcomes.get(file.path)) for file in self._chosen()]
        clear(self._fault)
        only = trouble_of(*chosen[0]) if len(chosen) == 1 else None
        if only is not None:
            self._fault.addWidget(error_card(only))
        self._sheet.setVisible(self._done and only is None)
        self.equation.show_equation(_equation(together(outcome for _, outcome in chosen if outcome)))
        whole = self._done and only is None
        self.halves.setVisible(whole)
        self._column.setStretch(self._column.count() - 1, 0 if whole else 1)
        ended = [outcome or Outcome(file, trouble=file.trouble) for file, outcome in chosen]
        count = self.findings.show_outcomes(ended if whole else [])
        self.halves.name(say("Per RT"), say("Perlu diketahui ({count})", count=count))


def _equation(counts: Counter[str]) -> Equation:
    names = ("new", "updated", "identical", "older", "conflict", "rejected")
    return Equation(sum(counts[name] for name in names), *(counts[name] for name in names))
