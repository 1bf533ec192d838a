"""An import step by step, without a screen: read, plan, look, write, take back; each can be stopped."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from p2kp_desktop.actions.bundles import pace
from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.importing import column_matchings, import_plan, layouts
from p2kp_desktop.actions.importing.import_plan import Imported, Plan
from p2kp_desktop.actions.importing.import_preview import Preview
from p2kp_desktop.actions.importing.layouts import TableSource, WantedLayout
from p2kp_desktop.actions.recording import named_acts
from p2kp_desktop.actions.recording.named_acts import TakenBack
from p2kp_desktop.forms import FORMS, Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.acts import Act
from p2kp_desktop.ui.desk import Desk, Report, Task

TOUCHED = frozenset({*(form.key for form in FORMS)})


class Phase(Enum):
    """Where the import stands; FAILED: read, but it cannot be planned as it is wanted."""

    EMPTY = "empty"
    READING = "reading"
    PLANNING = "planning"
    READY = "ready"
    FAILED = "failed"
    WRITING = "writing"
    DONE = "done"
    TAKEN_BACK = "taken back"


BUSY = frozenset({Phase.READING, Phase.PLANNING, Phase.WRITING})


@dataclass(frozen=True)
class Written:
    """How the import ended, and the act by which it is taken back; None when nothing changed."""

    imported: Imported
    act: Act | None


class Session(QObject):
    """The table at hand and how far it is; nothing is written before `write`."""

    moved = Signal()  # another phase, another plan
    progressed = Signal(float, str)  # share of 0 to 1, how long it still takes

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        self._started = 0.0
        self._forget()
        desk.changed.connect(self._reconsider)

    def _forget(self) -> None:
        self.phase = Phase.EMPTY
        self.source: TableSource | None = None
        self.wanted = self._planned_for = WantedLayout(Household)
        self.previews: list[Preview] = []
        self._plans: list[Plan] = []
        self._skipped: dict[str, set[int]] = {}
        self._apart: dict[str, dict[int, set[str]]] = {}
        self.trouble: Trouble | None = None
        self.written: Written | None = None
        self.taken: TakenBack | None = None

    @property
    def busy(self) -> bool:
        """Say whether work is under way."""
        return self.phase in BUSY

    @property
    def to_write(self) -> int:
        """Return how many rows would be recorded."""
        return 0 if self.refusal else sum(each.to_write for each in self.previews)

    @property
    def refusal(self) -> Trouble | None:
        """Return why nothing of the table comes in as it is read now; a person may say how it is meant."""
        return next((each.plan.refusal for each in self.previews if each.plan.refusal), None)

    @property
    def must_say_drain(self) -> bool:
        """Say whether a person has to say first which question about the drain was answered."""
        return self.source is not None and self.source.asks_about_drain and "b28" not in self.wanted.answers

    @property
    def can_be_annotated(self) -> bool:
        """Say whether there is a file with cells that keep their rows out."""
        source = self.source
        return source is not None and source.path is not None and any(each.plan.objections() for each in self.previews)

    # Reading and planning

    def open_file(self, path: Path, wanted: WantedLayout) -> None:
        """Read a workbook, guess its form, plan."""
        self._read(lambda report: layouts.of_file(path, report), wanted)

    def open_text(self, text: str, wanted: WantedLayout) -> None:
        """The same with what was copied from an office suite."""
        self._read(lambda _report: layouts.of_text(text), wanted)

    def _read(self, make: Callable[[Report], TableSource], wanted: WantedLayout) -> None:
        if self.busy:
            return
        self._forget()
        self.wanted = wanted
        self._begin(Phase.READING)

        def read(workspace: Workspace, report: Report) -> tuple[TableSource, WantedLayout, list[Plan] | Trouble]:
            source = make(report)
            report(0, 1)
            form = layouts.guess(workspace, source) or wanted.form
            address = layouts.address_of(workspace, source, form, wanted.address)
            chosen = replace(wanted, form=form, address=address)
            try:
                return source, chosen, layouts.plans_of(workspace, source, chosen, report)
            except Trouble as trouble:
                return source, chosen, trouble

        self._work(read, self._have_read)

    def _have_read(self, found: tuple[TableSource, WantedLayout, list[Plan] | Trouble]) -> None:
        self.source, self.wanted, plans = found
        if isinstance(plans, Trouble):
            self._fail(plans)
        else:
            self._planned(plans)

    def want(self, wanted: WantedLayout) -> None:
        """Plan the source at hand in another way; what is being planned is dropped."""
        if self.source is None or self.phase is Phase.WRITING:
            return
        if wanted.form is not self.wanted.form or wanted.sheet != self.wanted.sheet:
            asked = {key: answer for key, answer in wanted.answers.items() if key != layouts.COLUMNS}
            wanted = replace(wanted, matched=None, answers=asked)
            self._skipped, self._apart = {}, {}
        self.wanted = wanted
        self.plan()

    def plan(self) -> None:
        """Plan anew."""
        source, wanted = self.source, self.wanted
        if source is None:
            return
        if self._task is not None:
            self._task.cancel()
        self._begin(Phase.PLANNING)
        self._work(lambda workspace, report: layouts.plans_of(workspace, source, wanted, report), self._planned)

    def _planned(self, plans: list[Plan]) -> None:
        self._plans, self._planned_for = plans, self.wanted
        self._decide()
        self._move(Phase.READY)

    def _decide(self) -> None:
        tables = self.source.tables if self.source and not self.source.official else ()
        self.previews = []
        for each in self._plans:
            part = Preview(each).part
            decided = import_plan.decided(each, self._skipped.get(part, ()), self._apart.get(part, {}))
            self.previews.append(Preview(decided, tables))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, Trouble):
            self._move(Phase.EMPTY if self.source is None else Phase.FAILED)
            self._desk.failed.emit(error)
            return
        self.trouble, self.previews, self._plans = error, [], []
        self._move(Phase.EMPTY if self.source is None else Phase.FAILED)

    def _reconsider(self, touched: frozenset[str]) -> None:
        """Plan again when the data here changed after the plan."""
        if self.phase is Phase.READY and touched & TOUCHED:
            self.plan()

    # What a person decides

    def skip(self, part: str, row: int, *, skipped: bool) -> None:
        """Leave a row of a part out, or take it after all."""
        rows = self._skipped.setdefault(part, set())
        (rows.add if skipped else rows.discard)(row)
        self._decide()
        self.moved.emit()

    def tell_apart(self, part: str, row: int, other: str, *, apart: bool) -> None:
        """Say that a row is not this household, or take that back; it is recorded together with the row."""
        others = self._apart.setdefault(part, {}).setdefault(row, set())
        (others.add if apart else others.discard)(other)
        self._decide()
        self.moved.emit()

    def correct(self, preview: Preview, column: int, key: str | None) -> None:
        """Give a column to another question, or to none; the layout is kept for the next time."""
        matched = preview.plan.matched.corrected(column, key)
        self._desk.change(self, lambda workspace: column_matchings.keep_matching(workspace, matched), touches=())
        self.want(replace(self.wanted, matched=None if matched.headings else matched))  # kept: for all sheets alike

    def leave_columns(self) -> None:
        """Take the table in without the columns that are not known: a person does not need them."""
        self.want(replace(self.wanted, answers={**self.wanted.answers, layouts.COLUMNS: layouts.IGNORED}))

    def guess_again(self, preview: Preview) -> None:
        """Go back to what the headings say, and forget what was kept for them."""
        matched = preview.plan.matched
        self._desk.change(self, lambda workspace: column_matchings.forget_matching(workspace, matched), touches=())
        self.want(replace(self.wanted, matched=None))

    # Writing

    def write(self) -> None:
        """Make a backup, then record everything as one act."""
        plans = [each.plan for each in self.previews]
        if self.phase is not Phase.READY or not self.to_write:
            return
        self._begin(Phase.WRITING)
        self._work(lambda workspace, report: _write(workspace, plans, report), self._have_written, touches=TOUCHED)

    def _have_written(self, written: Written) -> None:
        self.written = written
        self._move(Phase.DONE)

    def take_back(self) -> None:
        """Take the import back as one act."""
        act = self.written.act if self.written else None
        if self.phase is Phase.DONE and act is not None:
            self._begin(Phase.WRITING)
            self._work(lambda workspace, _report: named_acts.take_back(workspace, act.id), self._have_taken,
                       touches=TOUCHED, back=Phase.DONE)

    def _have_taken(self, taken: TakenBack) -> None:
        self.taken = taken
        self._move(Phase.TAKEN_BACK)

    # Under way

    def stop(self) -> None:
        """Stop what is under way; nothing of it remains."""
        if self._task is not None:
            self._task.cancel()

    def clear(self) -> None:
        """Let go of the table."""
        if not self.busy:
            self._forget()
            self.moved.emit()

    def _work(
        self, action: Callable[[Workspace, Report], Any], then: Callable[[Any], None], *,
        touches: frozenset[str] = frozenset(), back: Phase = Phase.READY,
    ) -> None:
        def current(go_on: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda result: self._at_end(task, lambda: go_on(result))

        def failed(error: Exception) -> None:
            if self.phase is Phase.WRITING:
                self._move(back)
                self._desk.failed.emit(error)
            else:
                self._fail(error)

        task = self._desk.work(self, action, current(then), current(failed), touches=touches)
        task.progressed.connect(lambda done, total: self._tell(done, total))
        task.ended.connect(lambda: self._at_end(task, lambda: self._stopped(back)))
        self._task = task

    def _at_end(self, task: Task, go_on: Callable[[], None]) -> None:
        """Go on, unless other work was begun meanwhile, or the window was closed."""
        if isValid(self) and self._task is task:
            self._task = None
            go_on()

    def _stopped(self, back: Phase) -> None:
        """Come to rest after work that was cancelled: it changed nothing."""
        if self.phase is not Phase.WRITING and not self._plans:
            self._forget()
        else:
            self.wanted = self._planned_for
            self.phase = back
        self.moved.emit()

    def _begin(self, phase: Phase) -> None:
        self.trouble = None
        self._started = monotonic()
        self._move(phase)

    def _move(self, phase: Phase) -> None:
        self.phase = phase
        self.moved.emit()

    def _tell(self, done: int, total: int) -> None:
        self.progressed.emit(done / max(total, 1), pace.left_words(done, total, monotonic() - self._started))


def _write(workspace: Workspace, plans: list[Plan], report: Report) -> Written:
    backups.if_changed(workspace)
    before = named_acts.last(workspace)
    imported = import_plan.carry_out(workspace, plans, report=report)
    act = named_acts.last(workspace)
    return Written(imported, act if act != before else None)
