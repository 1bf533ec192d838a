"""Konflik: every open conflict; one at a time is laid out, chosen by its digit and settled with a reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from p2kp_desktop.actions.recording import conflicts
from p2kp_desktop.actions.recording.conflicts import Heading, Weighing
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files.parts import ActionBar, Calm, action
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.scrolling import scrolling
from p2kp_desktop.ui.kit.table import TableCard
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, SPACE_8, SPACE_12

from .entries import Entry, EntryList
from .weighing import Weighed

_LIST = 280  # least width of the list
_DIGITS = 9


class ConflictPage(QWidget):
    """The list at the left, the conflict in use at the right; F8 goes on, Ctrl+Enter settles.

    The buttons have keys and never the focus, so that nothing typed in a reason presses one.
    """

    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: Weighing | None = None
        self._headings: list[Heading] = []
        self._go_on = False
        self._wanted: tuple[str, str] = ("", "")
        self.weighed = Weighed()
        self._build()
        self._offered = [
            action(self, say("Putuskan konflik ini"), "Ctrl+Return", "Ctrl+Enter"),
            action(self, say("Konflik berikutnya"), "F8"), action(self, say("Konflik sebelumnya"), "Shift+F8"),
        ]
        for offered, act in zip(self._offered, (self.settle, lambda: self.step(1), lambda: self.step(-1)), strict=True):
            offered.triggered.connect(lambda _checked=False, act=act: act())
        desk.rights.guard(Deed.SETTLE, self._offered[0], self.button)
        for digit in range(1, _DIGITS + 1):
            shortcut = QShortcut(QKeySequence(str(digit)), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda digit=digit: self.weighed.choose(digit))

    def _build(self) -> None:
        self.bar = ActionBar()
        self.before = Button(say("Sebelumnya"), keys=("Shift", "F8"))
        self.before.clicked.connect(lambda: self.step(-1))
        self.after = Button(say("Berikutnya"), keys=("F8",))
        self.after.clicked.connect(lambda: self.step(1))
        self.button = Button(say("Putuskan"), Kind.PRIMARY, icon="check", keys=("Ctrl", "Enter"))
        self.button.clicked.connect(self.settle)
        for button in (self.before, self.after, self.button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.bar.row.addWidget(button)
        self.told = Label("", SECONDARY, wraps=True)
        self.told.hide()
        calm = Calm(say("Tidak ada konflik"), say("Bila dua laptop memberi jawaban berbeda, keduanya muncul di sini "
                    "untuk diputuskan dengan alasan."))
        self._stack = QStackedWidget()
        self._stack.addWidget(calm)
        self._stack.addWidget(self._halves())
        inside = down(self.told, self._stack, gap=SPACE_8, margins=(PAGE_SIDE, 0, PAGE_SIDE, SPACE_12))
        down((inside, 1), self.bar, into=self)
        self.bar.hide()

    def _halves(self) -> QWidget:
        self.list = EntryList(say("Konflik terbuka"))
        self.list.moved.connect(self._open)
        self.list.opened.connect(lambda _place: self.weighed.focus())
        card = TableCard(self.list)
        card.setMinimumWidth(_LIST)
        halves = QWidget()
        across((card, 3), (scrolling(self.weighed), 7), into=halves, gap=CARD_GAP)
        return halves

    @property
    def heading(self) -> Heading | None:
        """Return which conflict is laid out, None where there is none."""
        return self._shown.heading if self._shown is not None else None

    def open_at(self, record: str, question: str) -> None:
        """Go to this conflict once the list is there."""
        self._wanted = record, question

    def begin(self) -> None:
        """Put the focus on the answers, as soon as they are there."""
        self._go_on = True

    def refresh(self) -> None:
        """Ask again which conflicts are open."""
        self._desk.ask(self, conflicts.headings, self._show)

    def _show(self, found: list[Heading]) -> None:
        self.counted.emit(len(found))
        self._headings = found
        names = [(heading.id, heading.question) for heading in found]
        shown = (self._shown.heading.id, self._shown.heading.question) if self._shown else ("", "")
        place = next((names.index(name) for name in (self._wanted, shown) if name in names), max(self.list.place, 0))
        self._wanted = ("", "")
        self._stack.setCurrentIndex(1 if found else 0)
        self.bar.setVisible(bool(found))
        for offered in self._offered:
            offered.setEnabled(bool(found))
        if not found:
            self._shown = None
        rows = [Entry(heading.record, _remark(heading)) for heading in found]
        self.list.show_rows(rows, at=place)
        self._open(self.list.place)

    def _open(self, place: int) -> None:
        if 0 <= place < len(self._headings):
            heading = self._headings[place]
            self._desk.ask(self, lambda workspace: conflicts.weigh(workspace, heading), self._lay_out)

    def _lay_out(self, weighing: Weighing | None) -> None:
        if weighing is None:
            return
        names = [(heading.id, heading.question) for heading in self._headings]
        name = (weighing.heading.id, weighing.heading.question)
        if name not in names or names.index(name) != self.list.place:
            return
        if weighing != self._shown:
            self._shown = weighing
            self.weighed.show_weighing(weighing, names.index(name) + 1, len(names), self._refusal())
        else:
            self.weighed.show_place(names.index(name) + 1, len(names))
        several = len(names) > 1
        self.before.setEnabled(several)
        self.after.setEnabled(several)
        for settling in (self.button, self._offered[0]):
            settling.setEnabled(not weighing.refusal)
        how = say("Tekan angka jawaban yang benar, tulis alasannya. Keputusan ikut terkirim.")
        self.bar.note.say("" if self._refusal() else how)
        if self._go_on:
            self._go_on = False
            self.weighed.focus()

    def _refusal(self) -> str:
        """Say why the conflict in use is not decided here, or not by whoever works here."""
        return self._shown.refusal if self._shown and self._shown.refusal else self._desk.rights.why(Deed.SETTLE)

    def step(self, by: int) -> None:
        """Go to the next conflict, or the one before; after the last comes the first."""
        if self._headings:
            self._go_on = True
            place = (self.list.place + by) % len(self._headings)
            self.list.go_to(place)

    def settle(self) -> None:
        """Settle the conflict in use for the answer chosen; without one, or a reason, say what is missing."""
        shown = self._shown
        if shown is None or not self.button.isEnabled():
            return
        decision = self.weighed.decision()
        if decision is None:
            return
        heading, (value, reason) = shown.heading, decision
        among = [each.value for each in shown.alternatives]
        self.button.setEnabled(False)
        self._go_on = True
        self._desk.change(
            self,
            lambda workspace: conflicts.settle(
                workspace, heading.form, heading.id, heading.question, value, reason=reason, among=among
            ),
            self._settled, self._refused, touches=[heading.form, "conflicts"],
        )

    def _settled(self, decided: str) -> None:
        self.button.setEnabled(True)
        self.told.say(say("Diputuskan: **{decided}**. Ctrl+Z membuka konfliknya lagi.", decided=decided))
        self.told.show()
        self.refresh()

    def _refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self._go_on = False
        if isinstance(error, Trouble):
            self.weighed.object_to(error)
            self.refresh()
        else:
            self._desk.failed.emit(error)


def _remark(heading: Heading) -> str:
    asked = say("pertanyaan {number}", number=heading.number) if heading.number else heading.wording
    if heading.question == "alive":
        asked = say("dihapus atau tetap?")
    return " · ".join(part for part in (heading.place.split(" · ")[0], asked) if part)
