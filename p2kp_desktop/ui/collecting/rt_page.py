"""One RT: how much of it is recorded, its review, its survey, recap and own record as cards, its households."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from p2kp_desktop.actions.keying.period_before import LeftBefore
from p2kp_desktop.actions.recording import binder
from p2kp_desktop.actions.recording.binder import Sheet
from p2kp_desktop.actions.scores import progress
from p2kp_desktop.actions.scores.progress import RtLine
from p2kp_desktop.actions.tables import household_pages
from p2kp_desktop.actions.tables.household_pages import WAITING
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.reports.areas import doubts, recorded, score_words
from p2kp_desktop.reports.residents import OPEN
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import rt_words
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.coverage import CoverageBar
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.messages import Emptiness, EmptyState, WayIn
from p2kp_desktop.ui.lists.table import ListTable
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_12, SPACE_20
from p2kp_desktop.ui.place import RESIDENTS, Scope

from .again_sheet import AgainSheet
from .household_list import FILTERS, HouseholdList, missing, shares
from .resident_lines import TOGETHER, coverage_words
from .resident_sheet import ResidentSheet
from .sheet_card import SheetCard
from .stamps import Stamps

BAR_WIDTH = 400


class RtPage(QWidget):
    """The households of an RT, or its list of residents, with its review and its forms above."""

    opens = Signal(str, str)  # form, record: "" begins a new one
    begins_draft = Signal(str, str)
    begins_household = Signal(str)  # the draft of one on the list of residents
    turned = Signal()  # to the households or to the list of residents

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._scope = desk, Scope("", None, "")
        self._line: RtLine | None = None
        self._counts: dict[str, int] = {}
        self.households, self.residents = HouseholdList(desk, with_rt=False), ResidentSheet(desk)
        self.again = AgainSheet(desk)
        self.stamps = Stamps()
        self.listing = Button(say("Daftar warga"), icon="list-checks", keys=("W",))
        self.new = Button(say("Rumah baru"), Kind.PRIMARY, icon="plus", keys=("Ctrl", "N"))
        self.cards = [SheetCard(Sheet(form.key, form.title, "", binder.MISSING)) for form in binder.OF_AN_RT]
        self._title, self._caption = Label("", PAGE_TITLE), Label("", SECONDARY, wraps=True)
        self._recorded, self._bar = Label("", NOTE, wraps=True), CoverageBar(())
        self._doubts = Label("", NOTE, wraps=True)
        self._stack = QStackedWidget()
        self.empty = _empty()
        self._lay_out()
        desk.rights.guard(Deed.CHANGE, self.new, self.empty.action, self.stamps.link)
        self.new.clicked.connect(lambda: self.opens.emit(Household.key, ""))
        self.empty.pressed.connect(lambda: self.opens.emit(Household.key, ""))
        self.empty.way_chosen.connect(lambda _way: self.show_residents())
        self.listing.clicked.connect(lambda: self.show_residents())
        self._stack.currentChanged.connect(lambda _page: self.turned.emit())
        self.households.counts.connect(self._show_counts)
        self.households.missing_chosen.connect(lambda: self.show_residents(OPEN))
        for sheet in (self.residents, self.again):
            sheet.closed.connect(self.show_households)
        self.residents.previews.connect(self._make_room)
        self.residents.begins.connect(self.begins_household)
        self.residents.opens.connect(lambda household: self.opens.emit(Household.key, household))

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._caption)
        bar = QVBoxLayout()
        bar.setSpacing(SPACE_4)
        bar.addStretch(1)
        bar.addWidget(self._recorded)
        bar.addWidget(self._bar)
        bar.addStretch(1)
        self._recorded.setMaximumWidth(BAR_WIDTH)
        self._bar.setMaximumWidth(BAR_WIDTH)
        head = QHBoxLayout()
        head.setSpacing(SPACE_20)
        head.addLayout(names, 3)
        head.addLayout(bar, 2)
        head.addWidget(self.listing, 0, Qt.AlignmentFlag.AlignRight)
        head.addWidget(self.new, 0, Qt.AlignmentFlag.AlignRight)
        sheets = QHBoxLayout()
        sheets.setSpacing(SPACE_12)
        for card in self.cards:
            sheets.addWidget(card, 1)
            card.clicked.connect(lambda _checked=False, card=card: self._open_sheet(card.sheet))
        nothing = Card()
        nothing.body.addWidget(self.empty)
        nothing.setMinimumHeight(1)  # it is shown only where nothing else takes its room
        for page in (self.households, nothing, self.residents, self.again):
            self._stack.addWidget(page)
        self._nothing = nothing
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_12)
        column.addLayout(head)
        column.addWidget(self._doubts)
        column.addWidget(self.stamps)
        column.addLayout(sheets)
        column.addWidget(self._stack, 1)

    def show_scope(self, scope: Scope, tab: str = "") -> None:
        """Show an RT; with "households:problem" or "returned" only the households that stand so."""
        if scope != self._scope:
            self._line, self._counts = None, {}
            self._show_doubts()
            self._title.say(rt_words(scope.rt or ""))
            self._caption.say("")
            self._recorded.say("")
            self._bar.show_shares(())
            self.stamps.show_review(None)
            self.households.show_missing(0)
            for card, form in zip(self.cards, binder.OF_AN_RT, strict=True):
                card.show_sheet(Sheet(form.key, form.title, "", binder.MISSING))
            self.residents.hide_pasting()
            self._make_room(False)
            self._stack.setCurrentWidget(self.households)
        self._scope = scope
        _list, mark, standing = tab.partition(":")
        if mark or tab in FILTERS or tab == WAITING:
            self._stack.setCurrentWidget(self.households)
            self.households.show_place(scope.area, scope.rt, scope.period, standing if mark else _FILTER.get(tab, tab))
        self.refresh()
        if tab == RESIDENTS:
            self.show_residents()

    def refresh(self) -> None:
        """Ask again for everything shown."""
        scope = self._scope
        self.households.show_place(scope.area, scope.rt, scope.period)
        self._desk.ask(self, lambda workspace: _asked(workspace, scope), lambda found: self._show(scope, *found))
        if self.shows_residents:
            self.residents.refresh()

    @property
    def head_name(self) -> str:
        """Return the name of the head of the RT, "" while it is not recorded."""
        return self._line.head if self._line else ""

    @property
    def shows_residents(self) -> bool:
        """Say whether the list of residents is shown in place of the households."""
        return self._stack.currentWidget() is self.residents

    @property
    def shows_households(self) -> bool:
        """Say whether the households are shown, or that there are none."""
        return not (self.shows_residents or self.shows_again)

    @property
    def shows_again(self) -> bool:
        """Say whether the households left of the period before are shown in place of the households."""
        return self._stack.currentWidget() is self.again

    def show_again(self, found: LeftBefore) -> None:
        """Show the households of the period before that are left."""
        self.again.show_left(found)
        self._stack.setCurrentWidget(self.again)
        self.listing.hide()
        self.again.focus()

    def show_residents(self, outcome: str | None = None) -> None:
        """Show the list of residents; with an outcome only the lines that ended so."""
        self._stack.setCurrentWidget(self.residents)
        self._make_room(False)
        self.listing.hide()
        self.residents.show_scope(self._scope, outcome)
        self.residents.focus()

    def show_households(self) -> None:
        """Go back to the households."""
        self.residents.hide_pasting()
        self._make_room(False)
        self._choose_page()
        self.table().setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_room(self, previewed: bool) -> None:
        for card in self.cards:
            card.setVisible(not previewed)

    def table(self) -> ListTable:
        """Return the table in use."""
        return (self.residents if self.shows_residents else self.again if self.shows_again else self.households).table

    def _choose_page(self) -> None:
        any_there = bool(sum(self._counts.values()))
        self._stack.setCurrentWidget(self.households if any_there else self._nothing)
        self.listing.setVisible(any_there)

    def _show(self, scope: Scope, line: RtLine | None, sheets: list[Sheet]) -> None:
        if scope != self._scope:
            return
        self._line = line
        self._show_bar()
        self._show_doubts()
        self.stamps.show_review(line.review if line else None)
        self.households.show_missing(line.listed.missing if line and line.listed else 0)
        for card, sheet in zip(self.cards, sheets, strict=True):
            card.show_sheet(sheet)
            card.setEnabled(bool(sheet.record) or self._desk.rights.may(Deed.CHANGE))
        if line is None:
            self._caption.say(say("Belum ada rumah terdata"))
            return
        parts = [say("Ketua RT {name}", name=line.head) if line.head else ""]
        parts.append(score_words(line))
        words = " · ".join(part for part in parts if part)
        self._caption.say(words[:1].upper() + words[1:])

    def _show_doubts(self) -> None:
        words = doubts(self._line) if self._line else ""
        self._doubts.say(words)
        self._doubts.setVisible(bool(words) and not self._is_crowded)

    _is_crowded = False

    def make_room(self, crowded: bool) -> None:
        """Leave out why the score is provisional while the foot lists what could not be done."""
        self._is_crowded = crowded
        self._show_doubts()

    def _show_counts(self, counts: dict[str, int]) -> None:
        self._counts = counts
        if self.shows_households:
            self._choose_page()
        self.new.setVisible(bool(sum(counts.values())))
        self._show_bar()

    def _show_bar(self) -> None:
        line, counts = self._line, self._counts
        listed = line.listed if line and line.listed and line.listed.listed else None
        lacking = max(line.of - line.buildings, 0) if line and line.of is not None else 0
        self._bar.show_shares((*shares(counts), missing(listed.missing if listed else lacking)))
        there = bool(sum(counts.values())) or listed is not None
        self._bar.setVisible(there)
        self._recorded.setVisible(there)
        words = say("**{number} rumah** terdata", number=written.number(sum(counts.values())))
        if listed is not None:
            words = coverage_words(listed)
        elif line is not None and line.of is not None and line.percent is not None:
            houses = say("{number} rumah", number=written.number(sum(counts.values()))).replace(" ", TOGETHER)
            words = f"**{recorded(line)}** ({written.percent(line.percent)}), {houses}"
        self._recorded.say(words)

    def _open_sheet(self, sheet: Sheet) -> None:
        if sheet.standing == household_pages.DRAFT:
            self.begins_draft.emit(sheet.form, sheet.record)
        else:
            self.opens.emit(sheet.form, sheet.record)


_FILTER = {WAITING: household_pages.READY}  # what waits in an RT are its households that are ready


def _asked(workspace: Workspace, scope: Scope) -> tuple[RtLine | None, list[Sheet]]:
    rt = scope.rt or ""
    lines = progress.rts(workspace, scope.area, scope.period)
    line = next((each for each in lines if each.rt == rt), None)
    return line, binder.of_rt(workspace, scope.area, rt, scope.period)


def _empty() -> EmptyState:
    return EmptyState(Emptiness(
        say("Mulai dari tumpukan kertas Anda"),
        say("Ambil formulir paling atas, lalu tekan **Ctrl N**. Pertanyaan di layar berurutan sama dengan kertas."),
        say("Isi rumah pertama"), ("Ctrl", "N"),
    ), (WayIn(
        "list-checks", say("Tempel daftar warga"),
        say("Salin nama dari Excel ketua RT. Rumah yang belum didata langsung terlihat. Tekan W."),
    ),))
