"""Example clauses to start from: Space selects some, Enter puts them into the agreement."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.actions.community import agreement_steps
from p2kp_desktop.actions.community.agreement_steps import Example
from p2kp_desktop.language import say
from p2kp_desktop.reports.agreements import agreement_library
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_8
from p2kp_desktop.ui.place import Scope


class LibraryPage(QWidget):
    """The library by aspect; below the list the whole text of the current example."""

    chosen = Signal(object)  # tuple of Example
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.list: TableList[Example] = TableList(desk, agreement_library())
        self._whole = Label("", NOTE, wraps=True)
        self.insert = Button(say("Masukkan"), Kind.PRIMARY, icon="plus", keys=("Enter",))
        back = Button(say("Kembali"), keys=("Esc",))
        back.clicked.connect(self.left)
        self.insert.clicked.connect(self._choose)
        head = across((Label(say("Contoh pasal untuk memulai"), PAGE_TITLE), 1), self.insert, back, gap=SPACE_8)
        hint = say("Spasi memilih beberapa, Enter memasukkan. Kata dan angkanya disesuaikan warga dalam rembug.")
        down(head, Label(hint, NOTE, wraps=True), (self.list, 1), self._whole, into=self, gap=CARD_GAP)
        self.list.opened.connect(lambda _line: self._choose())
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())

    def begin(self, scope: Scope) -> None:
        """Show the library with nothing selected."""
        if not self.list.model.lines:
            self.list.show_table(agreement_library(agreement_steps.library()), scope)
        self.list.table.clearSelection()
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _tell(self) -> None:
        example = self.list.current()
        if example is not None:
            self._whole.say(say(
                "**Faktual** {factual} **Ideal** {ideal} **Aturan** {rule}", factual=example.factual,
                ideal=example.ideal, rule=example.rule))

    def _choose(self) -> None:
        lines = self.list.model.lines
        rows = self.list.table.selected_rows() or [self.list.table.currentIndex().row()]
        self.chosen.emit(tuple(lines[row] for row in rows if 0 <= row < len(lines)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
