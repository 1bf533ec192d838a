"""One RT: how much of it is recorded, its survey, recap and own record as cards, its households."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from p2kp_desktop.actions import binder, browsing, progress
from p2kp_desktop.actions.binder import Sheet
from p2kp_desktop.actions.progress import RtLine
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.coverage import CoverageBar, Ground, Share
from p2kp_desktop.ui.kit.equation import grouped
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.messages import Emptiness, EmptyState
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_12, SPACE_20
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import Scope

from .area_lines import level, percent, recorded, rt_name
from .household_list import HouseholdList, shares
from .sheet_card import SheetCard

BAR_WIDTH = 400


class RtPage(QWidget):
    """The households of an RT with its forms above."""

    opens = Signal(str, str)  # form, record: "" begins a new one
    begins_draft = Signal(str, str)
    told = Signal(object)  # counts of households by standing

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._scope = desk, Scope("", None, "")
        self._line: RtLine | None = None
        self._counts: dict[str, int] = {}
        self.households = HouseholdList(desk, with_rt=False)
        self.new = Button(say("Rumah baru"), Kind.PRIMARY, icon="plus", keys=("Ctrl", "N"))
        self.cards = [SheetCard(Sheet(form.key, form.title, "", binder.MISSING)) for form in binder.OF_AN_RT]
        self._title, self._caption = Label("", PAGE_TITLE), Label("", SECONDARY)
        self._recorded, self._bar = Label("", NOTE), CoverageBar(())
        self._stack = QStackedWidget()
        self.empty = _empty()
        self._lay_out()
        self.new.clicked.connect(lambda: self.opens.emit(Household.key, ""))
        self.empty.pressed.connect(lambda: self.opens.emit(Household.key, ""))
        self.households.counts.connect(self._show_counts)

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
        self._bar.setMaximumWidth(BAR_WIDTH)
        head = QHBoxLayout()
        head.setSpacing(SPACE_20)
        head.addLayout(names)
        head.addLayout(bar, 1)
        head.addWidget(self.new, 0, Qt.AlignmentFlag.AlignRight)
        sheets = QHBoxLayout()
        sheets.setSpacing(SPACE_12)
        for card in self.cards:
            sheets.addWidget(card, 1)
            card.clicked.connect(lambda _checked=False, card=card: self._open_sheet(card.sheet))
        nothing = Card()
        nothing.body.addWidget(self.empty)
        nothing.setMinimumHeight(1)  # it is shown only where nothing else takes its room
        self._stack.addWidget(self.households)
        self._stack.addWidget(nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_12)
        column.addLayout(head)
        column.addLayout(sheets)
        column.addWidget(self._stack, 1)

    def show_scope(self, scope: Scope, tab: str = "") -> None:
        """Show an RT; with "households:problem" only the households that stand so."""
        if scope != self._scope:
            self._line, self._counts = None, {}
            self._title.say(rt_name(scope.rt or ""))
            self._caption.say("")
            self._recorded.say("")
            self._bar.show_shares(())
            for card, form in zip(self.cards, binder.OF_AN_RT, strict=True):
                card.show_sheet(Sheet(form.key, form.title, "", binder.MISSING))
        self._scope = scope
        _list, mark, standing = tab.partition(":")
        if mark:
            self.households.show_place(scope.area, scope.rt, scope.period, standing)
        self.refresh()

    def refresh(self) -> None:
        """Ask again for everything shown."""
        scope = self._scope
        self.households.show_place(scope.area, scope.rt, scope.period)
        self._desk.ask(self, lambda workspace: _asked(workspace, scope), lambda found: self._show(scope, *found))

    def _show(self, scope: Scope, line: RtLine | None, sheets: list[Sheet]) -> None:
        if scope != self._scope:
            return
        self._line = line
        self._show_bar()
        for card, sheet in zip(self.cards, sheets, strict=True):
            card.show_sheet(sheet)
        if line is None:
            self._caption.say(say("Belum ada rumah terdata"))
            return
        parts = [say("Ketua RT {name}", name=line.head) if line.head else ""]
        if line.total is not None:
            how = level(line.total, line.level, provisional=line.provisional)
            parts.append(say("nilai {score}: {level}", score=line.total, level=how))
        self._caption.say(" · ".join(part for part in parts if part))

    def _show_counts(self, counts: dict[str, int]) -> None:
        households = sum(counts.values())
        self._stack.setCurrentIndex(0 if households else 1)
        self.new.setVisible(bool(households))
        self._bar.setVisible(bool(households))
        self._recorded.setVisible(bool(households))
        self._counts = counts
        self._show_bar()
        self.told.emit(counts)

    def _show_bar(self) -> None:
        line, counts = self._line, self._counts
        missing = max(line.of - line.buildings, 0) if line and line.of is not None else 0
        lacking = Share("missing", say("Belum didata"), missing, Token.LINE2, Ground.OUTLINED)
        self._bar.show_shares((*shares(counts), lacking))
        words = say("**{number} rumah** terdata", number=grouped(sum(counts.values())))
        if line is not None and line.of is not None and line.percent is not None:
            houses = say("{number} rumah", number=grouped(sum(counts.values())))
            words = f"**{recorded(line)}** ({percent(line.percent)}), {houses}"
        self._recorded.say(words)

    def _open_sheet(self, sheet: Sheet) -> None:
        if sheet.standing == browsing.DRAFT:
            self.begins_draft.emit(sheet.form, sheet.record)
        else:
            self.opens.emit(sheet.form, sheet.record)


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
    ))
