"""Parts that the pages of Kirim & Terima share: the bar at the foot, a numbered choice, two halves, a calm page."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.kit.labels import PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Space, Stretch, across, down
from p2kp_desktop.ui.kit.option import Option, OptionRow
from p2kp_desktop.ui.kit.painting import box, icon_in, painting
from p2kp_desktop.ui.kit.pressable import Pressable, reach_with_tab, step_to
from p2kp_desktop.ui.kit.rights import Rights
from p2kp_desktop.ui.kit.tabs import Tabs
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

_HALVES = 1060  # below this width two halves become two tabs
_CALM = 48


def action(owner: QWidget, words: str, *keys: str) -> QAction:
    """Return an action of a page, which the menu of the window shows with its key while the page is open."""
    made = QAction(words, owner)
    made.setShortcuts([QKeySequence(key) for key in keys])
    everywhere = all("+" in key or key.startswith("F") for key in keys)  # nobody types these into a field
    made.setShortcutContext(
        Qt.ShortcutContext.WindowShortcut if everywhere else Qt.ShortcutContext.WidgetWithChildrenShortcut
    )
    owner.addAction(made)
    return made


def ways_in(owner: QWidget, rights: Rights, deed: Deed, ways: Iterable[tuple[str, str, Callable[[], object]]]) -> None:
    """Make the actions, with words and keys, by which files come in, for those who may do this with them."""
    for words, keys, act in ways:
        made = action(owner, words, keys)
        made.triggered.connect(lambda _checked=False, act=act: act())
        rights.guard(deed, made)


class ActionBar(QWidget):
    """The bar at the foot of a page: what to know before pressing at the left, buttons at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.note = Label("", SECONDARY, wraps=True)
        self.row = across((self.note, 1), into=self, gap=SPACE_8, margins=(PAGE_SIDE, SPACE_8))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            box(painter, rect, fill=Token.PANEL)
            box(painter, rect.adjusted(0, 0, 0, 1 - rect.height()), fill=Token.LINE)


class Numbered(QWidget):
    """A few ways, one of them chosen: digits and Enter choose, arrow keys move."""

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._rows: list[Pressable] = []
        self._column = down(into=self)
        self.setAccessibleName(name)

    def show_ways(self, ways: Sequence[tuple[str, str]], current: int) -> None:
        """Show these ways, each a text and a hint."""
        inside = self.window().focusWidget()  # also while a dialog is above
        focused = inside is self or self.isAncestorOf(inside)
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(place, *way) for place, way in enumerate(ways)]
        self.choose(current)
        if focused and self._rows:
            self._rows[max(current, 0)].setFocus()

    def _row(self, place: int, text: str, hint: str) -> Pressable:
        row = OptionRow(Option(str(place + 1), text, hint))
        row.chosen.connect(lambda _letter: self._take(place))
        self._column.addWidget(row)
        row.show()  # now, so that it can take the focus
        return row

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus to the way that is chosen."""
        chosen = [row for row in self._rows if row.isChecked()] or self._rows
        if chosen:
            chosen[0].setFocus(event.reason())

    def choose(self, place: int) -> None:
        """Show which way is chosen; -1 for none."""
        for number, row in enumerate(self._rows):
            row.setChecked(number == place)
        if self._rows:
            reach_with_tab(self._rows, self._rows[max(place, 0)])

    def _take(self, place: int) -> None:
        self.choose(place)
        self.chosen.emit(place)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        here = next((place for place, row in enumerate(self._rows) if row.hasFocus()), -1)
        if event.key() in steps and here >= 0:
            step_to(self._rows, here + steps[Qt.Key(event.key())])
        elif event.text().isdigit() and 0 < int(event.text()) <= len(self._rows):
            self._take(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)


class Halves(QWidget):
    """Two parts side by side; where there is no room for both, two tabs."""

    def __init__(self, first: QWidget, second: QWidget, *, shares: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self._parts = (first, second)
        self.tabs = Tabs("", ("", ""), number="", steps=("Ctrl+Tab", "Ctrl+Shift+Tab"))
        row = across(gap=CARD_GAP)
        for part, share in zip(self._parts, shares, strict=True):
            row.addWidget(part, share)
        down(self.tabs, (row, 1), into=self, gap=SPACE_8)
        self.tabs.currentChanged.connect(lambda _place: self._fit())
        self._fit()

    def name(self, first: str, second: str) -> None:
        """Show the words of the two tabs."""
        self.tabs.setTabText(0, first)
        self.tabs.setTabText(1, second)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < _HALVES
        self.tabs.setVisible(narrow)
        for place, part in enumerate(self._parts):
            part.setVisible(not narrow or place == self.tabs.currentIndex())


class Calm(QWidget):
    """A page on which nothing waits: a green sign, a title, one sentence."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        middle = Qt.AlignmentFlag.AlignHCenter
        column = down(Stretch(), (_Sign(), 0, middle), Space(SPACE_12), into=self, gap=SPACE_8, margins=None)
        for text, style in ((title, PAGE_TITLE), (sentence, SECONDARY)):
            label = Label(text, style, wraps=True)
            label.setAlignment(middle)
            column.addWidget(label)
        column.addStretch(1)


class _Sign(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_CALM, _CALM)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            icon_in(painter, "circle-check", self.rect().toRectF(), _CALM, Token.OK)
