"""One agreement: its stages, its clauses by aspect, and beside or behind them all that keeps it alive."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.community import agreement_steps, agreement_todos
from p2kp_desktop.actions.community.agreements import WholeAgreement, whole_number
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.scrolling import scrolling
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_8

from . import viewing
from .clause_sheet import ClauseSheet
from .side_column import SideColumn
from .stages import StageLine

NARROW = 1080  # of the page: below it the cards have a tab of their own
_SIDE = 306
_BAR = 12  # of the scroll bar
CLAUSES, CARDS = range(2)


class SheetPage(QWidget):
    """Shows an agreement; what is done with it is said to the place. Ctrl+PgDn goes to the cards and back."""

    compares = Signal()
    renews = Signal()
    advances = Signal()
    adds = Signal()
    starts_from_examples = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.agreement = ""  # the one that is open, "" in the list; `whole` follows once it is read
        self.whole: WholeAgreement | None = None
        self.title, self.below = Label("", PAGE_TITLE, wraps=True), Label("", SECONDARY, wraps=True)
        self.compare = Button(say("Bandingkan"), icon="git-compare", keys=("B",))
        self.renew = Button(say("Versi baru"), icon="copy", keys=("V",))
        self.advance = Button(say("Status"), Kind.PRIMARY, icon="arrow-right", keys=("S",))
        self.stages, self.sheet, self.side = StageLine(), ClauseSheet(), SideColumn()
        self.tabs, self.count = QTabBar(), Label("", NOTE)
        self._narrow = False
        self._lay_out()
        for button, signal in ((self.compare, self.compares), (self.renew, self.renews), (self.advance, self.advances)):
            button.clicked.connect(signal)
        self.sheet.moved.connect(self._bring_into_sight)
        self.tabs.currentChanged.connect(lambda _place: self._show_parts())
        for keys in ("Ctrl+PgDown", "Ctrl+PgUp"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.turn)

    def _lay_out(self) -> None:
        content = QWidget()
        self.card = QFrame()
        self.card.setProperty("frame", "card")
        down(self.sheet, Stretch(), into=self.card, gap=None, margins=(1, 1))
        across(
            (self.card, 1, Qt.AlignmentFlag.AlignTop), (self.side, 0, Qt.AlignmentFlag.AlignTop), into=content,
            gap=CARD_GAP,
        )
        self.area = scrolling(content)
        down(self._head(), self.stages, self._bar(), (self.area, 1), into=self, gap=SPACE_8)

    def _head(self) -> QVBoxLayout:
        row, column = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(SPACE_8)
        row.addWidget(self.title, 1)
        for button in (self.compare, self.renew, self.advance):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.below)
        return column

    def _bar(self) -> QHBoxLayout:
        """Return the row that always stands above the clauses: the tabs of a narrow page, the ways to more clauses."""
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(say("Bagian aturan"))
        for _part in (CLAUSES, CARDS):
            self.tabs.addTab("")
        self.tabs.hide()
        add = Button(say("Tambah pasal"), Kind.LINK, icon="plus", keys=("N",))
        examples = Button(say("Contoh pasal"), Kind.LINK, icon="copy", keys=("C",))
        add.clicked.connect(self.adds)
        examples.clicked.connect(self.starts_from_examples)
        self.changing = (self.renew, self.advance, add, examples, *self.side.adding)  # what not everybody may do
        return across(self.tabs, self.count, Stretch(), add, examples, gap=SPACE_8)

    def show_whole(self, whole: WholeAgreement) -> None:
        """Show an agreement."""
        self.whole = whole
        title, below = viewing.heading(whole)
        self.title.say(title)
        self.below.say(below)
        self.stages.show_steps(viewing.steps(whole))
        self.sheet.show_groups(viewing.groups(whole))
        numbers = [whole_number(clause, "clause_number") for clause in whole.parts.clauses]
        self.count.say(say("{count} pasal, nomor berikutnya {number}", count=len(numbers), number=max(numbers) + 1)
                       if numbers else say("Belum ada pasal"))
        waiting = len(agreement_todos.of_agreement(whole))
        for tab, words, count in ((CLAUSES, say("Pasal"), len(numbers)),
                                  (CARDS, say("Tanda tangan, rembug, tindak lanjut"), waiting)):
            self.tabs.setTabText(tab, f"{words} {count}" if count else words)
        self.compare.setVisible(whole.comparison is not None)
        if whole.comparison is not None:
            self.compare.say(say("Bandingkan dengan {old}", old=whole.comparison.old))
        following = agreement_steps.following(whole.stage)
        self.advance.setVisible(following != whole.stage)
        self.advance.say(viewing.step_words(whole.stage, following))
        self.side.show_whole(whole)

    def begin(self, record: str = "") -> None:
        """Put the focus on the clauses, on this one when it is named."""
        self.tabs.setCurrentIndex(CLAUSES)
        self.area.verticalScrollBar().setValue(0)
        self.sheet.show_current(record or self.sheet.current)
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, record: str) -> None:
        """Put the focus on a clause, or on the line of a card that tells of the record."""
        line = next((each for each in self.side.lines() if each.entry.record == record), None)
        if line is None:
            self.begin(record)
            return
        self.tabs.setCurrentIndex(CARDS)
        line.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(line)

    def turn(self) -> None:
        """Go from the clauses to the first line of the cards, and back."""
        focused = QApplication.focusWidget()
        here = focused is not None and self.side.isAncestorOf(focused)
        if here or (self._narrow and self.tabs.currentIndex() == CARDS):
            self.begin(self.sheet.current)
            return
        self.tabs.setCurrentIndex(CARDS)
        first = next(iter(self.side.reachable()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(first)

    def _bring_into_sight(self, spot: QRect) -> None:
        content = self.area.widget()
        top = self.sheet.mapTo(content, spot.topLeft()).y()
        bar = self.area.verticalScrollBar()
        room = self.area.viewport().height()
        if top < bar.value():
            bar.setValue(top if top > spot.height() + _BAR * 6 else 0)
        elif top + spot.height() > bar.value() + room:
            bar.setValue(top + spot.height() - room + _BAR)

    def _show_parts(self) -> None:
        """Show clauses and cards, on a narrow page those of the tab."""
        both = not self._narrow
        self.card.setVisible(both or self.tabs.currentIndex() == CLAUSES)
        self.side.setVisible(both or self.tabs.currentIndex() == CARDS)
        self.tabs.setVisible(not both)
        self.count.setVisible(both)
        self.side.spread(1 if both else 3)
        self.side.setMinimumWidth(_SIDE if both else 0)
        self.side.setMaximumWidth(_SIDE if both else 16777215)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self._show_parts()
