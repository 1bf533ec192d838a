"""What Semua data asks, step by step, with a list that typing narrows or the strip under the table."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.recording import bulk, record_names, trash
from p2kp_desktop.actions.recording.trash import Deletion
from p2kp_desktop.actions.tables import columns_kept, form_table
from p2kp_desktop.actions.tables.form_table import (
    EMPTY,
    FILLED,
    REGION,
    STANDING,
    BulkPlan,
    Column,
    Filter,
    Handle,
    RecordLine,
)
from p2kp_desktop.actions.tables.form_table import Offer as Record
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Form, Reference, Unreadable, written
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk, Task
from p2kp_desktop.ui.kit.finder import Finder, Offer
from p2kp_desktop.ui.kit.found_list import Entry
from p2kp_desktop.ui.lists.paged_list import PagedList
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_12

from . import picking, saying
from .strip import Strip
from .view import Shown

WIDTH = 620  # of a list of questions, in logical pixels
DRAFTS = "drafts"  # what the desk says when a draft was kept or dropped
_LINES = 5  # records shown before many are changed


class Talk(QObject):
    """Holds the list and the strip; one question is open at a time."""

    shows = Signal(object)  # View
    chose_form = Signal(object, bool)  # type[Form], and whether what is in the trash is meant
    chose_columns = Signal(object)  # the keys of those to show

    def __init__(
        self, desk: Desk, shown: Shown, place: QWidget, head: QWidget, listed: PagedList[Handle, RecordLine]
    ) -> None:
        super().__init__(place)
        self._desk, self._shown = desk, shown
        self._place, self._head, self._list = place, head, listed
        self.finder, self.strip = Finder(place), Strip()
        self._chosen: Callable[[object], None] | None = None
        self._given: Callable[[str], None] | None = None
        self._task: Task | None = None
        self.finder.chosen.connect(self._take_choice)
        self.finder.closed.connect(self._focus)
        self.strip.given.connect(self._take_words)
        self.strip.left.connect(self.stop)

    # One step

    def _offer(self, asks: str, entries: tuple[Entry, ...], then: Callable[[object], None], current: int = 0) -> None:
        self.strip.hide()
        self._chosen = then
        head, finder = self._head, self.finder
        finder.offer(Offer(asks, entries, current), head.mapToGlobal(QPoint(0, head.height() + SPACE_4)), WIDTH)
        lowest = self._place.height() - finder.height() - SPACE_12
        finder.move(finder.x(), max(SPACE_12, min(finder.y(), lowest)))

    def _take_choice(self, value: object) -> None:
        then, self._chosen = self._chosen, None
        self._focus()
        if then is not None:
            QTimer.singleShot(0, self, lambda: then(value))  # the list has closed by then

    def _ask(self, what: str, yes: str, then: Callable[[str], None], hint: str = "") -> None:
        self._given = then
        self.strip.ask(what, yes, hint=hint)

    def _take_words(self, words: str) -> None:
        if self._given is not None:
            self._given(words)

    def stop(self) -> None:
        """Close whatever is open, stop what is being done, and go back to the rows."""
        if self._task is not None:
            self._task.cancel()
        self._given = self._task = None
        self.strip.hide()
        self._focus()

    def tell(self, what: str) -> None:
        """Tell what was done; Esc closes it, and the rows keep the focus."""
        self._given = None
        self.strip.tell(what)
        self._focus()

    def _focus(self) -> None:
        self._list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What to show

    def choose_form(self) -> None:
        """Let a form be chosen."""
        entries = picking.forms()
        current = next(n for n, entry in enumerate(entries) if entry.value is self._shown.view.form)
        deleted = self._shown.view.deleted
        self._offer(say("Formulir mana?"), entries,
                    lambda form: self.chose_form.emit(form, deleted), current)

    def sort(self) -> None:
        """Let a column to sort by be chosen; the same again turns the order round."""
        entries = picking.sortable(self._shown.view.form)
        keys = [entry.value.key for entry in entries if isinstance(entry.value, Column)]
        order = self._shown.view.order.key
        current = keys.index(order) if order in keys else 0
        self._offer(say("Urutkan menurut apa?"), entries, lambda column: self._sort(column), current)

    def _sort(self, column: object) -> None:
        if isinstance(column, Column):
            self.shows.emit(self._shown.view.sorted_by(column.key))

    def choose_columns(self, current: int = 0) -> None:
        """Let columns be shown and hidden, one after another; Esc ends it."""
        entries = picking.choosable(self._shown.view.form, self._shown.view.columns)
        self._offer(say("Enter menampilkan atau menyembunyikan kolom, Esc selesai"), entries, self._turn, current)

    def _turn(self, column: object) -> None:
        if not isinstance(column, Column):
            return
        form, shown = self._shown.view.form, self._shown.view.columns
        if column.key not in shown:
            shown = columns_kept.with_column(form, shown, column.key)
        elif len(shown) > 1:
            shown = tuple(key for key in shown if key != column.key)
        self.chose_columns.emit(shown)
        self.choose_columns([each.key for each in form_table.columns(form)].index(column.key))

    # Filters

    def filter(self) -> None:
        """Let a condition be built: a column, what about it, and an answer."""
        self._offer(say("Saring menurut apa?"), picking.filterable(self._shown.view.form), self._filter_by)

    def _filter_by(self, column: object) -> None:
        if not isinstance(column, Column):
            return
        if column.key == STANDING:
            self._offer(column.title, picking.standings(), self._filter_standing)
        else:
            self._offer(column.title, picking.conditions(column), lambda how: self._filter_how(column, str(how)))

    def _filter_standing(self, standing: object) -> None:
        self.shows.emit(replace(self._shown.view, standing=str(standing)))

    def _filter_how(self, column: Column, how: str) -> None:
        answers = picking.answers(column)
        if how in (EMPTY, FILLED):
            self._add_condition(column, how, "")
        elif column.key == REGION or isinstance(column.question, Reference):
            self._offer_records(
                column, form_table.answered, lambda one: self._add_condition(column, how, one.text, one.name)
            )
        elif answers:
            self._offer(column.title, answers, lambda code: self._add_condition(column, how, str(code)))
        else:
            words = next(entry.name for entry in picking.conditions(column) if entry.value == how)
            self._ask(f"**{column.title}** {words}", say("Saring"),
                      lambda typed: self._add_condition(column, how, typed))

    def _offer_records(
        self, column: Column, known: Callable[[Workspace, type[Form], str], list[Record]],
        then: Callable[[Record], None], *, empty: bool = False,
    ) -> None:
        """Let a record be chosen by its title; with `empty` also none."""
        form = self._shown.view.form

        def offer(found: list[Record]) -> None:
            entries = picking.records(found, empty=empty)
            self._offer(column.title, entries, lambda one: then(one) if isinstance(one, Record) else None)

        self._desk.ask(self, lambda workspace: known(workspace, form, column.key), offer)

    def _add_condition(self, column: Column, how: str, typed: str, called: str = "") -> None:
        view = self._shown.view
        try:
            if not typed and how not in (EMPTY, FILLED):
                raise Unreadable(say("Belum diisi."))
            condition = form_table.condition(view.form, column.key, how, typed, called)
        except Unreadable as error:
            self.strip.complain(str(error))
            return
        self.stop()
        self.shows.emit(replace(view, conditions=(*view.conditions, condition)))

    # Many records

    def change_many(self) -> None:
        """Let an answer be given to the selected records, shown before it is done."""
        if self._list.chosen_keys() and not self._shown.view.deleted:
            self._offer(say("Jawaban mana yang diubah?"), picking.editable(self._shown.view.form), self._change)

    def _change(self, column: object) -> None:
        if not isinstance(column, Column):
            return
        answers = picking.answers(column, empty=True)
        if isinstance(column.question, Reference):
            self._offer_records(column, form_table.answerable, lambda one: self._plan(column, one.text), empty=True)
        elif answers:
            self._offer(column.title, answers, lambda code: self._plan(column, str(code)))
        else:
            count = written.number(len(self._list.chosen_keys()))
            self._ask(say("**{question}** untuk {count} catatan menjadi", question=column.title, count=count),
                      say("Lihat dulu"), lambda typed: self._plan(column, typed), say("kosong = dikosongkan"))

    def _plan(self, column: Column, typed: str) -> None:
        form, some = self._shown.view.form, self._list.chosen_keys()

        def plan(workspace: Workspace) -> BulkPlan:
            return form_table.preview(workspace, form, form_table.ids(workspace, form, some), column.key, typed)

        self._desk.ask(self, plan, self._show_plan, self._objected)

    def _objected(self, error: Exception) -> None:
        self._task = None
        if isinstance(error, Unreadable) and self.strip.isVisible():
            self.strip.complain(str(error))
        elif isinstance(error, Trouble | Unreadable):
            self.tell(f"{error.what} {error.remedy}" if isinstance(error, Trouble) else str(error))
        else:
            self._desk.failed.emit(error)

    def _show_plan(self, plan: BulkPlan) -> None:
        yes = say("Ubah {count} catatan", count=written.number(len(plan.changes))) if plan.changes else ""
        self._given = lambda _words: self._carry_out(plan)
        self.strip.confirm(saying.plan(plan), yes, saying.plan_lines(plan, _LINES))

    def _carry_out(self, plan: BulkPlan) -> None:
        self.strip.confirm(say("Sedang mengubah; cadangan dibuat dulu …"), "", ())
        self._given = None
        self._task = self._desk.work(
            self, lambda workspace, report: form_table.carry_out(workspace, plan, report),
            lambda done: self._done(bulk.changed_words(done)), self._objected, touches=[plan.form.key],
        )

    def put_away(self) -> None:
        """Ask why the selected records go into the trash."""
        some = self._list.chosen_keys()
        if self._shown.view.deleted:
            self.ask_back()
        elif some:
            what = say("Pindahkan **{name}** ke tempat sampah? Jawabannya tetap disimpan.", name=self._named(some))
            self._ask(what, say("Ke tempat sampah"), self._put_away, say("Alasan, misalnya terdata dua kali"))

    def _named(self, some: Sequence[int | str]) -> str:
        """Return the record that is chosen by its name and place, several by their number."""
        line = self._list.model.line(self._list.table.chosen_rows()[0]) if len(some) == 1 else None
        if line is None:
            return say("{count} catatan", count=written.number(len(some)))
        return record_names.subject(line.record.form.key, line.record.id, line.record.answers).words

    def _put_away(self, reason: str) -> None:
        if not reason:
            self.strip.complain(say("Alasan wajib diisi"))
            return
        form, some = self._shown.view.form, self._list.chosen_keys()
        self._given = None
        self._task = self._desk.work(
            self,
            lambda workspace, report: form_table.put_away(
                workspace, form, form_table.ids(workspace, form, some), reason=reason, report=report
            ),
            lambda done: self._done(bulk.gone_words(done)), self._not_put_away, touches=[form.key, DRAFTS],
        )

    def _not_put_away(self, error: Exception) -> None:
        """Say why they stay, beside the reason that was typed."""
        if isinstance(error, Trouble) and self.strip.isVisible():
            self._task, self._given = None, self._put_away
            self.strip.complain(f"{error.what} {error.safe} {error.remedy}")
        else:
            self._objected(error)

    def _done(self, words: str) -> None:
        self._task = None
        self.tell(words)

    # The trash

    def look_into_trash(self) -> None:
        """Show what was deleted, of the form of which most was."""
        scope = self._shown.scope
        wanted = Filter(scope.area, scope.period, deleted=True)

        def show(counts: dict[str, int]) -> None:
            form = max(counts, key=lambda key: counts[key], default=self._shown.view.form.key)
            self.chose_form.emit(form_table.form_named(form), True)

        self._desk.ask(self, lambda workspace: trash.counts(workspace, wanted), show)

    def ask_back(self) -> None:
        """Say who deleted the selected records, when and why, and ask whether they shall come back."""
        form, some = self._shown.view.form, self._list.chosen_keys()
        if some:
            self._desk.ask(
                self,
                lambda workspace: trash.deletions(workspace, form, form_table.ids(workspace, form, some[:_LINES])),
                lambda found: self._show_deletions(found, len(some)),
            )

    def _show_deletions(self, found: list[Deletion], number: int) -> None:
        self._given = lambda _words: self._bring_back()
        self.strip.confirm(say("Kembalikan **{count}** catatan dari tempat sampah?", count=written.number(number)),
                           say("Kembalikan"), saying.deletions(found, number))

    def _bring_back(self) -> None:
        form, some = self._shown.view.form, self._list.chosen_keys()
        self._given = None
        self._task = self._desk.work(
            self,
            lambda workspace, report: bulk.bring_back(
                workspace, form, form_table.ids(workspace, form, some), report=report
            ),
            lambda done: self._done(bulk.back_words(done)), self._objected, touches=[form.key],
        )
