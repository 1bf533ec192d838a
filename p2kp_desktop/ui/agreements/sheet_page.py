"""One agreement: its stages, its clauses by aspect, and beside them all that keeps it alive."""


from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions import agreement_steps
from p2kp_desktop.actions.agreements import Whole, whole_number
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.scrolling import scrolling
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_4, SPACE_8, SPACE_12, SPACE_16

from . import viewing
from .clause_sheet import ClauseSheet
from .side_column import SideColumn
from .stages import StageLine

NARROW = 1080  # of the page: below it the cards go under the clauses
_SIDE = 306
_BAR = 12  # of the scroll bar


class SheetPage(QWidget):
    """Shows an agreement; what is done with it is said to the place."""

    compares = Signal()
    advances = Signal()
    adds = Signal()
    starts_from_examples = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.whole: Whole | None = None
        self.title, self.below = Label("", PAGE_TITLE, wraps=True), Label("", SECONDARY, wraps=True)
        self.compare = Button(say("Bandingkan"), icon="git-compare", keys=("B",))
        self.advance = Button(say("Status"), Kind.PRIMARY, icon="arrow-right", keys=("S",))
        self.stages, self.sheet, self.side = StageLine(), ClauseSheet(), SideColumn()
        self.foot, self.count = QWidget(), Label("", NOTE)
        self._narrow = False
        self._lay_out()
        self.compare.clicked.connect(self.compares)
        self.advance.clicked.connect(self.advances)
        self.sheet.moved.connect(self._bring_into_sight)

    def _lay_out(self) -> None:
        left = QWidget()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(CARD_GAP)
        self._left.addWidget(self._card())
        self._left.addStretch(1)
        self.area = scrolling(left)
        beside = QWidget()
        self._beside = QVBoxLayout(beside)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.addWidget(self.side)
        self.right = scrolling(beside)
        self.right.setFixedWidth(_SIDE)
        column = QVBoxLayout()
        column.setSpacing(CARD_GAP)
        column.addLayout(self._head())
        column.addWidget(self.stages)
        column.addWidget(self.area, 1)
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(CARD_GAP)
        around.addLayout(column, 1)
        around.addWidget(self.right)

    def _head(self) -> QHBoxLayout:
        row, titles = QHBoxLayout(), QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.title)
        titles.addWidget(self.below)
        row.setSpacing(SPACE_8)
        row.addLayout(titles, 1)
        row.addWidget(self.compare)
        row.addWidget(self.advance)
        return row

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("frame", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.sheet)
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(SPACE_12, SPACE_4, SPACE_16, SPACE_4)
        add = Button(say("Tambah pasal"), Kind.LINK, icon="plus", keys=("N",))
        examples = Button(say("Contoh pasal"), Kind.LINK, icon="copy", keys=("C",))
        add.clicked.connect(self.adds)
        examples.clicked.connect(self.starts_from_examples)
        for part in (add, examples):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.count)
        inside.addWidget(self.foot)
        return card

    def show_whole(self, whole: Whole) -> None:
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
        self.compare.setVisible(whole.comparison is not None)
        if whole.comparison is not None:
            self.compare.say(say("Bandingkan dengan {old}", old=whole.comparison.old))
        following = agreement_steps.following(whole.stage)
        self.advance.setVisible(following != whole.stage)
        self.advance.say(say("Nyatakan {stage}", stage=agreement_steps.stage_words(following)))
        self.side.show_whole(whole)

    def begin(self, record: str = "") -> None:
        """Put the focus on the clauses, on this one when it is named."""
        self.sheet.show_current(record)
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_into_sight(self, spot: QRect) -> None:
        content = self.area.widget()
        top = self.sheet.mapTo(content, spot.topLeft()).y()
        bar = self.area.verticalScrollBar()
        room = self.area.viewport().height()
        if top < bar.value():
            bar.setValue(top if top > spot.height() + _BAR * 6 else 0)
        elif top + spot.height() > bar.value() + room:
            bar.setValue(top + spot.height() - room + _BAR)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.side.spread(3 if narrow else 1)
            if narrow:
                self._left.insertWidget(1, self.side)
            else:
                self._beside.addWidget(self.side)
            self.right.setVisible(not narrow)
