"""The page of a table at hand: how it comes in above, then rows, columns, warnings and likely duplicates in tabs."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from p2kp_desktop.actions.importing.import_preview import Preview
from p2kp_desktop.forms import Household
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.finder import Finder
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, clear, down
from p2kp_desktop.ui.kit.messages import ErrorCard, fault_of
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_16

from .choices import Choices
from .columns_pane import NONE, ColumnsPane, offer
from .remarks import DoublesPane, WarningsPane
from .rows_pane import RowsPane
from .session import Phase, Session

ROWS, COLUMNS, WARNINGS, DOUBLES = range(4)
_FINDER = 840  # pixels: questions are long


class LookingPage(QWidget):
    """One preview at a time: the official workbook has two, one for each form; a file one for each sheet alike."""

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: object = None  # the source whose rows are in sight
        self.place = 0  # of the preview in sight
        self.choices = Choices(session)
        self.parts, self.tabs = _tab_bar(say("Bagian")), _tab_bar(say("Gladi impor"))
        self.rows, self.columns = RowsPane(desk, session), ColumnsPane(desk)
        self.warnings, self.doubles = WarningsPane(), DoublesPane(desk, session)
        self.finder = Finder(self)
        self._asked = 0
        self.refused: ErrorCard | None = None  # why nothing comes in as the table is read now
        self._stack, self._faults = QStackedWidget(), QVBoxLayout()
        self._waiting = Label(say("Membaca…"), SECONDARY)
        self._lay_out()
        self.tabs.currentChanged.connect(self._turn)
        self.parts.currentChanged.connect(self._change_part)
        for pane in (self.rows, self.columns):
            pane.gives.connect(self.ask_question)
        self.columns.guesses.connect(self._guess)
        self.finder.chosen.connect(self._give)

    def _lay_out(self) -> None:
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for pane in (self.rows, self.columns, self.warnings, self.doubles, self._waiting):
            self._stack.addWidget(pane)
        for _ in range(4):
            self.tabs.addTab("")
        bars = across(self.tabs, Stretch(), self.parts, gap=SPACE_16)
        down(self.choices, self._faults, bars, (self._stack, 1), into=self, gap=SPACE_8)

    def preview(self) -> Preview | None:
        """Return the preview in sight."""
        found = self._session.previews
        return found[min(self.place, len(found) - 1)] if found else None

    def show_session(self) -> None:
        """Show where the import stands."""
        session = self._session
        self.choices.show_session()
        clear(self._faults)
        self.refused = None
        if session.trouble is not None:
            self._faults.addWidget(ErrorCard(fault_of(session.trouble)))
        elif session.refusal is not None:
            self.refused = ErrorCard(fault_of(session.refusal), say("Impor tanpa kolom itu"))
            self.refused.pressed.connect(session.leave_columns)
            self._faults.addWidget(self.refused)
        self._name_parts()
        preview = self.preview()
        anew = self._shown is not session.source
        self.tabs.setEnabled(preview is not None)
        if preview is None:
            self._waiting.say("" if session.phase is Phase.FAILED else say("Membaca…"))
            self._stack.setCurrentWidget(self._waiting)
            return
        if anew:
            self._shown, self.place = session.source, 0
            is_known = preview.plan.matched.columns and not session.refusal
            self.tabs.setCurrentIndex(ROWS if is_known else COLUMNS)
        self._show(preview, anew=anew)

    def _show(self, preview: Preview, *, anew: bool) -> None:
        self.rows.show_preview(preview, anew=anew)
        self.columns.show_preview(preview)
        self.warnings.show_warnings(preview.plan.warnings)
        self.doubles.show_preview(preview)
        answered = sum(bool(head.key) for head in preview.heads)
        warnings, alike = len(preview.plan.warnings), len(preview.plan.doubles)
        for tab, words in enumerate((
            say("Baris ({count})", count=len(preview.lines)),
            say("Kolom ({count} dari {of})", count=answered, of=len(preview.heads)),
            say("Peringatan ({count})", count=warnings), say("Mungkin sama ({count})", count=alike),
        )):
            self.tabs.setTabText(tab, words)
        self.tabs.setTabVisible(DOUBLES, preview.form is Household)
        self._turn(self.tabs.currentIndex())

    def _name_parts(self) -> None:
        """Name the forms of a workbook that holds several, or its sheets."""
        found = self._session.previews
        forms = len({each.form for each in found})
        self.parts.blockSignals(True)
        while self.parts.count() > len(found):
            self.parts.removeTab(self.parts.count() - 1)
        for place, each in enumerate(found):
            if place == self.parts.count():
                self.parts.addTab("")
            self.parts.setTabText(place, say(each.form.title) if forms > 1 else each.plan.matched.sheet)
        self.parts.blockSignals(False)
        self.parts.setVisible(len(found) > 1)

    def _change_part(self, place: int) -> None:
        self.place = max(place, 0)
        preview = self.preview()
        if preview is not None:
            self._show(preview, anew=True)

    def _turn(self, place: int) -> None:
        if self.preview() is not None:
            self._stack.setCurrentIndex(place)

    def step(self, by: int) -> None:
        """Go to the next tab, or the one before."""
        shown = [place for place in range(self.tabs.count()) if self.tabs.isTabVisible(place)]
        here = shown.index(self.tabs.currentIndex())
        self.tabs.setCurrentIndex(shown[(here + by) % len(shown)])
        self.begin()

    def begin(self) -> None:
        """Put the focus where work goes on."""
        session = self._session
        if session.phase is Phase.FAILED:
            self.choices.rt.setFocus(Qt.FocusReason.TabFocusReason)
        elif session.must_say_drain:
            self.choices.drain.choice.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            tables = {COLUMNS: self.columns.list.table, WARNINGS: self.warnings.area, DOUBLES: self.doubles.list.table}
            tables.get(self.tabs.currentIndex(), self.rows.grid).setFocus(Qt.FocusReason.TabFocusReason)

    def next_error(self, step: int) -> None:
        """Go to the next cell that cannot be read."""
        if self.preview() is not None and self._session.previews[self.place].plan.errors:
            self.tabs.setCurrentIndex(ROWS)
            self.rows.next_error(step)

    # Columns

    def ask_question(self, place: int) -> None:
        """Offer the questions for a column."""
        preview = self.preview()
        if preview is None or preview.table is None or not 0 <= place < len(preview.heads):
            return
        self._asked = place
        view = self.columns.list.table if self.tabs.currentIndex() == COLUMNS else self.rows.grid
        corner = view.mapToGlobal(QPoint(view.width() // 4, 0))  # over the table, for it needs the height
        self.finder.offer(offer(preview, preview.heads[place]), corner)
        self.finder.open_below(corner, _FINDER)

    def _give(self, key: object) -> None:
        preview = self.preview()
        self.begin()
        if preview is not None:
            head = preview.heads[self._asked]
            wanted = None if key == NONE else str(key)
            if (wanted or "") != head.key:
                self._session.correct(preview, head.column, wanted)

    def _guess(self) -> None:
        preview = self.preview()
        if preview is not None:
            self._session.guess_again(preview)


def _tab_bar(name: str) -> QTabBar:
    bar = QTabBar()
    bar.setExpanding(False)
    bar.setDrawBase(False)
    bar.setAccessibleName(name)
    return bar


