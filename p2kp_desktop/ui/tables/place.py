"""The place Semua data: every record of a form as a table, filtered, sorted, copied and changed with the keyboard."""

from collections.abc import Set
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from p2kp_desktop.actions.recording.record_names import new_words
from p2kp_desktop.actions.tables import form_table
from p2kp_desktop.actions.tables.form_table import STANDING, Handle, Handles, RecordLine
from p2kp_desktop.actions.tables.household_pages import DRAFT
from p2kp_desktop.forms import Comment, Household
from p2kp_desktop.language import say
from p2kp_desktop.reports import records
from p2kp_desktop.reports.records import RECORD_STANDING
from p2kp_desktop.schema import Form, table
from p2kp_desktop.schema.places import seen_from
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.letters import Letters
from p2kp_desktop.ui.kit.search import begin_search
from p2kp_desktop.ui.lists.paged_list import PagedList
from p2kp_desktop.ui.lists.pane import sought
from p2kp_desktop.ui.lists.wishes import Wishes
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, PAGE_TOP, SPACE_12
from p2kp_desktop.ui.place import Destination, Place, Scope

from . import saying
from .chosen import ChosenColumns
from .head import BEGINS, BRINGS_BACK, CHANGES, TURNS, Head
from .talking import DRAFTS, Talk
from .view import Shown, View

_Asked = tuple[View, Scope, str]  # and the record to be in focus
TRASH = "trash"  # the tab that a destination names to see what was deleted


class TablesPlace(Place):
    """Enter opens a record, N begins one, Space selects, S filters, U sorts, K columns, G changes many, T the trash."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown = Shown(View(columns=form_table.usual(Household)), Scope("", None, ""))
        self._chosen = ChosenColumns(desk, self)
        self._sought = ""  # the record to be in focus once the answer is there
        self._answered: tuple[View, Scope] | None = None
        first = records.long(Household, self.view.columns)
        self.list: PagedList[Handle, RecordLine] = PagedList(desk, first, wide=True)
        self.grid, self.model = self.list.table, self.list.model
        self._views: Wishes[_Asked, tuple[Handles, int]] = Wishes(desk, self, self._wish, _found, self._take)
        self.head = Head((
            ("", "plus", BEGINS, self.begin),
            (say("Saring"), "list-checks", "S", lambda: self.talk.filter()),
            (say("Urutkan"), "arrow-down", "U", lambda: self.talk.sort()),
            (say("Kolom"), "columns-3", "K", lambda: self.talk.choose_columns()),
            (say("Ubah banyak"), "pencil-line", CHANGES, lambda: self.talk.change_many()),
            (say("Kembalikan"), "history", BRINGS_BACK, lambda: self.talk.ask_back()),
            (say("Tempat sampah"), "trash", TURNS, self.turn_over),
        ))
        self.talk = Talk(desk, self.shown, self, self.head, self.list)
        self._lay_out()
        self._connect()
        (self._beginning,) = offer(self, [
            Command(new_words(Household), (BEGINS, "Ctrl+N"), self.begin, say("baru"), leads=True,
                    deed=Deed.CHANGE),
        ], desk.rights)
        offer(self, self._commands(), desk.rights)
        desk.rights.guard(Deed.CHANGE, self.head.buttons[BEGINS], self.head.buttons[CHANGES])
        desk.rights.guard(Deed.DELETE, self.head.buttons[BRINGS_BACK])
        (self._dropping,) = offer(self, [
            Command(say("Lepas semua saringan"), ("Shift+S",), self._drop_all, say("lepas saringan"), leads=True),
        ])

    def _lay_out(self) -> None:
        down(
            self.head, (self.list, 1), self.talk.strip, into=self, gap=CARD_GAP,
            margins=(PAGE_SIDE, PAGE_TOP, PAGE_SIDE, SPACE_12),
        )

    def _connect(self) -> None:
        self.head.form.clicked.connect(self.talk.choose_form)
        self.talk.shows.connect(self.show_view)
        self.talk.chose_form.connect(lambda form, deleted: self.show_form(form, deleted=deleted))
        self.talk.chose_columns.connect(self.show_columns)
        self.head.search.textChanged.connect(lambda text: self.show_view(replace(self.view, text=text)))
        self.head.dropped.connect(self._drop)
        self.list.opened.connect(self._open)
        Letters(self.grid, self).sought.connect(self._search)
        self.grid.sorted_by.connect(lambda key, _turned: self.sort(STANDING if key == RECORD_STANDING else key))
        self.list.selected.connect(lambda _number: self._show_count())
        self.model.modelReset.connect(self._show_count)
        self._chosen.read.connect(self._take_columns)

    def _commands(self) -> list[Command]:
        return [
            Command(say("Cari di tabel"), ("Ctrl+F",), self._search, say("cari"), rare=True, leads=True),
            Command(say("Formulir lain"), ("F",), self.talk.choose_form, say("formulir"), rare=True, leads=True),
            Command(say("Saring menurut jawaban"), ("S",), self.talk.filter, say("saring"), rare=True, leads=True),
            Command(say("Urutkan"), ("U",), self.talk.sort, rare=True, leads=True),
            Command(say("Pilih kolom"), ("K",), self.talk.choose_columns, say("kolom"), rare=True, leads=True),
            Command(say("Ubah banyak catatan"), ("G",), self.talk.change_many, say("ubah banyak"), rare=True,
                    deed=Deed.CHANGE),
            Command(say("Ke tempat sampah"), ("Del",), self.talk.put_away, say("buang"), deed=Deed.DELETE),
            Command(say("Lihat tempat sampah"), ("T",), self.turn_over, say("tempat sampah"), rare=True, leads=True),
        ]

    # What is shown

    @property
    def view(self) -> View:
        """Return the view of the records that is shown now."""
        return self.shown.view

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the form that the destination names, or the one before, in the scope; its record in focus."""
        super().enter(destination, scope)
        self.shown.scope, self._sought = scope, destination.record
        self.talk.stop()
        if destination.tab == TRASH:
            self.talk.look_into_trash()
        elif destination.form and (destination.form != self.view.form.key or self.view.deleted):
            self.show_form(form_table.form_named(destination.form))
        else:
            self.show_view(replace(self.view, deleted=False))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_over(self) -> None:
        """Show the trash of this form, or from there the records again."""
        self.show_form(self.view.form, deleted=not self.view.deleted)

    def show_form(self, form: type[Form], *, deleted: bool = False) -> None:
        """Show another form, in the columns chosen for it before; `deleted`: what of it lies in the trash."""
        self.head.search.blockSignals(True)
        self.head.search.clear()
        self.head.search.blockSignals(False)
        self.show_view(View(form, self._chosen.of(form), deleted=deleted))

    def show_columns(self, keys: tuple[str, ...]) -> None:
        """Show these columns of the form."""
        self._chosen.choose(self.view.form, keys)
        self.show_view(replace(self.view, columns=keys))

    def _take_columns(self) -> None:
        """Show the columns of the last time."""
        columns = self._chosen.of(self.view.form)
        if self.shown.scope.area and columns != self.view.columns:
            self.show_view(replace(self.view, columns=columns))
        else:
            self.shown.view = replace(self.view, columns=columns)

    def sort(self, key: str) -> None:
        """Sort by a column, the other way round if it is already."""
        self.show_view(self.view.sorted_by(key))

    def show_view(self, view: View) -> None:
        """Show other records, or the same anew; while an answer is on its way only the last wish is remembered."""
        self.shown.view = view
        begins = new_words(view.form) if view.form.by_hand and not view.deleted else ""
        self._beginning.setText(begins or self._beginning.text())
        self._beginning.setVisible(bool(begins))
        self.head.show_form(say(view.form.title), begins, deleted=view.deleted)
        self.head.show_conditions(self._sentences())
        self._dropping.setVisible(bool(view.conditions or view.standing))
        self._views.ask()

    def _wish(self) -> _Asked:
        return self.view, self.shown.scope, self._sought

    def _take(self, asked: _Asked, found: tuple[Handles, int]) -> None:
        (view, scope, _sought), (handles, row), before = asked, found, self._answered
        self._answered = view, scope
        self.list.scope = table.Scope(scope.area, scope.rt, scope.period)
        self.list.narrowed = (*saying.trashed(view), *self._sentences(), *sought(view.text))
        if before == self._answered:
            self.list.show_keys(handles, goes_on=True)
        elif before is not None and before[0].is_turned_as(view):
            same = before[0].columns == view.columns
            self.list.show_keys(handles, None if same else records.long(view.form, view.columns))
        else:
            self.list.show_anew(handles, records.long(view.form, view.columns))
        shown_by = RECORD_STANDING if view.order.key == STANDING else view.order.key
        self.grid.show_order(shown_by, descending=view.order.descending)
        if row >= 0:
            self.grid.show_row(row)
        narrowed = bool(view.conditions or view.standing)
        self.list.show_emptiness(empty=not len(handles), why=saying.nothing(view, narrowed=narrowed))
        if not self._views.busy:
            self._sought = ""

    def _sentences(self) -> list[str]:
        standing = [saying.standing(self.view.standing)] if self.view.standing else []
        return [*standing, *(form_table.sentence(self.view.form, each) for each in self.view.conditions)]

    def _drop(self, place: int) -> None:
        if self.view.standing and place == 0:
            self.show_view(replace(self.view, standing=""))
        else:
            left = list(self.view.conditions)
            del left[place - bool(self.view.standing)]
            self.show_view(replace(self.view, conditions=tuple(left)))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_all(self) -> None:
        self.show_view(replace(self.view, conditions=(), standing=""))

    def _show_count(self) -> None:
        self.head.show_count(len(self.model.keys), self.grid.selected)

    @property
    @override
    def concerns(self) -> Set[str]:
        return {self.view.form.key, DRAFTS, *(question.to for question in self.view.form.references())}

    @override
    def catch_up(self, touched: frozenset[str]) -> None:
        self.show_view(self.view)

    # What is done

    @override
    def close_told(self) -> None:
        self.talk.stop()

    def _search(self, typed: str = "") -> None:
        begin_search(self.head.search, typed)

    def begin(self) -> None:
        """Begin a record of the form in sight."""
        if self.view.form.by_hand and not self.view.deleted:
            self.wants.emit(Destination(FORM, self.shown.scope, self.view.form.key))

    def _open(self, line: RecordLine) -> None:
        if self.view.deleted:
            self.talk.ask_back()
        else:
            self.wants.emit(destination_of(self.view.form, line, self.shown.scope))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the search field ↓ and Enter lead to the rows; Esc closes the strip wherever the focus is."""
        if self.head.search.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.grid.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self.talk.strip.isVisible():
            self.talk.stop()
        else:
            super().keyPressEvent(event)


def _found(workspace: Workspace, asked: _Asked) -> tuple[Handles, int]:
    """Return the records of a view, and the place of the one that is sought, -1 for none."""
    view, scope, sought = asked
    handles = form_table.found(workspace, view.form, view.wanted(scope), view.order)
    return handles, form_table.place_of(workspace, view.form, sought, handles) if sought else -1


FORM = "form"  # the key of the place that shows forms


def destination_of(form: type[Form], line: RecordLine, scope: Scope) -> Destination:
    """Return where a record opens: a comment at the question it is about."""
    answers = line.record.answers
    where = Scope(seen_from(scope.area, str(answers.get("region") or "")), str(answers.get("rt") or "") or scope.rt,
                  str(answers.get("period") or scope.period))
    if form is Comment:
        about = str(answers.get(Comment.about.key) or "")
        return Destination(FORM, where, Household.key, str(answers.get("parent") or ""), about)
    return Destination(FORM, where, form.key, line.id, draft=line.standing == DRAFT)
