"""What the main window is made of: rail, top row, one stack of places, status line; it knows no workspace."""

from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, Label, surface
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.legend import KeyLegend
from p2kp_desktop.ui.kit.messages import ErrorCard, Fault, NoticeCard
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.practice import draw_stripes
from p2kp_desktop.ui.kit.progress import Bar
from p2kp_desktop.ui.kit.rail import Person, Rail
from p2kp_desktop.ui.kit.statusline import StatusFacts, StatusLine
from p2kp_desktop.ui.look.measures import NARROW_WINDOW, PAGE_SIDE, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

from .frame import TITLE
from .places import HOME, rail_places
from .topbar import TopBar

_BAR = 360  # width of the bar that says how far opening is
_STRIPES = 6  # width of the striped margin of the practice village
CLOSING = ("Ctrl", "Shift", "X")
_NOBODY = Person("", "", "")
_NOTHING_YET = StatusFacts("", "", "", "", "")


class Board(QWidget):
    """The whole inside of the window; it can be painted before the workspace is open."""

    fault_closed = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rail = Rail(say("P2KP"), rail_places(), _NOBODY)
        self.top = TopBar()
        self.stack = QStackedWidget()
        self.legend = KeyLegend()
        self.status = StatusLine(_NOTHING_YET)
        self.practice = False
        self._above = QVBoxLayout()
        self._faults = QVBoxLayout()
        self._fault: ErrorCard | None = None
        self._notices = QVBoxLayout()
        self._notice: NoticeCard | None = None
        self.closed_notices: set[str] = set()  # what a person closed of those that hold on, by their title
        self._in_form = False
        surface(self, Token.WINDOW)
        self._lay_out()
        self.rail.show_current(HOME)
        self.opening = Opening()
        self.stack.addWidget(self.opening)

    def _lay_out(self) -> None:
        self._faults.setContentsMargins(0, 0, 0, 0)
        self._above.setContentsMargins(PAGE_SIDE, 0, PAGE_SIDE, 0)
        self._notices.setContentsMargins(0, 0, 0, 0)
        page = down(self.top, self._above, self._faults, self._notices, (self.stack, 1), self.legend)
        self.legend.hide()
        self._column = down((across(self.rail, (page, 1)), 1), self.status, into=self)

    def put_above(self, bar: QWidget) -> None:
        """Give a bar its place above every other, where it may be shown."""
        self._above.addWidget(bar)

    def leave_room_above(self) -> None:
        """Keep the bars above every place apart from the top row, while one is shown."""
        bars = (self._above.itemAt(place).widget() for place in range(self._above.count()))
        room = any(not bar.isHidden() for bar in bars)
        self._above.setContentsMargins(PAGE_SIDE, SPACE_8 if room else 0, PAGE_SIDE, SPACE_8 if room else 0)

    def show_practice(self, *, practice: bool) -> None:
        """Show or take away the stripes and the word LATIHAN."""
        self.practice = practice
        width = _STRIPES if practice else 0
        self._column.setContentsMargins(width, width, width, width)
        self.top.practice.setVisible(practice)
        if practice:
            self.window().setWindowTitle(f"{say('LATIHAN')} — {TITLE}")
        self.update()

    def show_in_form(self, *, in_form: bool) -> None:
        """Make room for a form: the rail folds."""
        self._in_form = in_form
        self._fold()

    def show_fault(self, fault: Fault) -> None:
        """Show what went wrong above the place, in place of an earlier fault; it waits to be closed."""
        self.close_fault()
        self._fault = ErrorCard(fault, say("Tutup pesan"), CLOSING)
        self._fault.pressed.connect(self.close_fault)
        self._faults.setContentsMargins(PAGE_SIDE, SPACE_12, PAGE_SIDE, 0)
        self._faults.addWidget(self._fault)

    def close_fault(self) -> None:
        """Take the fault away, if one is shown."""
        if self._fault is not None:
            self._faults.removeWidget(self._fault)
            self._fault.hide()
            self._fault.deleteLater()
            self._fault = None
            self._faults.setContentsMargins(0, 0, 0, 0)
            self.fault_closed.emit()

    def show_notice(self, title: str, text: str, action: str = "") -> NoticeCard:
        """Tell something once above the place, in place of an earlier notice; it waits to be closed."""
        self.close_notice()
        self._notice = NoticeCard(title, text, action, CLOSING)
        self._notice.closed.connect(self.close_notice)
        self._notices.setContentsMargins(PAGE_SIDE, SPACE_12, PAGE_SIDE, 0)
        self._notices.addWidget(self._notice)
        return self._notice

    def tell_once(self, words: Sequence[str], then: Callable[[], object] | None = None) -> None:
        """Tell what holds until the workspace is closed, unless a person closed it already; its button does `then`."""
        title = words[0]
        if title not in self.closed_notices:
            card = self.show_notice(*words)
            card.closed.connect(lambda: self.closed_notices.add(title))
            if then is not None:
                card.pressed.connect(then)

    def close_notice(self) -> None:
        """Take the notice away, if one is shown."""
        if self._notice is not None:
            self._notices.removeWidget(self._notice)
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None
            self._notices.setContentsMargins(0, 0, 0, 0)

    @property
    def notice(self) -> NoticeCard | None:
        """Return the notice that is shown, if any."""
        return self._notice

    def close_messages(self) -> None:
        """Take fault and notice away, as their buttons do: whoever put a notice up hears that it was closed."""
        self.close_fault()
        if self._notice is not None:
            self._notice.closed.emit()

    @property
    def fault(self) -> ErrorCard | None:
        """Return the fault that is shown, if any."""
        return self._fault

    def _fold(self) -> None:
        narrow = self.width() < NARROW_WINDOW
        self.rail.fold(folded=narrow or self._in_form, small=narrow)
        self.top.narrow(narrow=narrow)
        self.legend.show_small(narrow)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        self.resized.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.practice:
            with painting(self) as painter:
                draw_stripes(painter, self.rect().toRectF())
                ground = self.stack.geometry().united(self.rail.geometry()).toRectF()
                box(painter, ground, fill=Token.WINDOW)


class Opening(QWidget):
    """Says that a workspace is opened, and how far that is where an older one has to be judged anew."""

    def __init__(self) -> None:
        super().__init__()
        label = Label(say("Membuka ruang kerja…"), PAGE_TITLE)
        self._why, self._left, self._bar = Label("", wraps=True), Label("", NOTE), Bar()
        self._begun = monotonic()
        middle = Qt.AlignmentFlag.AlignCenter
        for each in (label, self._why, self._left):
            each.setAlignment(middle)
        self._bar.setFixedWidth(_BAR)
        self._more = QWidget()
        down(self._why, (self._bar, 0, middle), self._left, into=self._more, gap=SPACE_12)
        self._more.hide()
        down(Stretch(), label, self._more, Stretch(), into=self, gap=SPACE_12, margins=(PAGE_SIDE, 0))

    def show_done(self, done: int, total: int) -> None:
        """Show how many records are judged anew, of how many, and how long it still takes."""
        from p2kp_desktop.actions.bundles.pace import left_words

        if self._more.isHidden():
            self._begun = monotonic()
        self._why.say(say(
            "Berkas ini dari versi program yang lebih lama: {count} catatan diperiksa lagi, cukup sekali. Jawabannya "
            "tidak berubah.", count=written.number(total),
        ))
        self._bar.show_share(done / max(total, 1))
        self._left.say(left_words(done, total, monotonic() - self._begun))
        self._bar.setAccessibleName(self._left.text())
        self._more.show()
