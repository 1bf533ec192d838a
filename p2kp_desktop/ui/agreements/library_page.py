"""Example clauses to start from: Space selects some, Enter puts them into the agreement."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.community import agreement_steps
from p2kp_desktop.actions.community.agreement_steps import Example
from p2kp_desktop.forms.elements import ASPECTS
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, Label
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.lists.cells import Cell
from p2kp_desktop.ui.lists.line_list import LineList
from p2kp_desktop.ui.lists.table import Column
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_8


class LibraryPage(QWidget):
    """The library by aspect; below the list the whole text of the current example."""

    chosen = Signal(object)  # tuple of Example
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.list: LineList[Example] = LineList(_columns(), _cell, _ORDERS, say("Contoh pasal"))
        self._whole = Label("", NOTE, wraps=True)
        self.insert = Button(say("Masukkan"), Kind.PRIMARY, icon="plus", keys=("Enter",))
        back = Button(say("Kembali"), keys=("Esc",))
        back.clicked.connect(self.left)
        self.insert.clicked.connect(self._choose)
        head = QHBoxLayout()
        head.setSpacing(SPACE_8)
        head.addWidget(Label(say("Contoh pasal untuk memulai"), PAGE_TITLE), 1)
        head.addWidget(self.insert)
        head.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(CARD_GAP)
        column.addLayout(head)
        hint = say("Spasi memilih beberapa, Enter memasukkan. Kata dan angkanya disesuaikan warga dalam rembug.")
        column.addWidget(Label(hint, NOTE, wraps=True))
        column.addWidget(self.list, 1)
        column.addWidget(self._whole)
        self.list.opened.connect(lambda _line: self._choose())
        self.list.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())

    def begin(self) -> None:
        """Show the library with nothing selected."""
        if not self.list.model.lines:
            self.list.show_lines(agreement_steps.library(), "")
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


def _columns() -> tuple[Column, ...]:
    return (
        Column("check", "", Content.CHECK),
        Column("aspect", say("Aspek"), sample="n" * 20, order="aspect"),
        Column("subject", say("Kegiatan yang diatur"), Content.NAME, sample="n" * 26, order="subject"),
        Column("rule", say("Aturan"), sample="n" * 30, stretches=True),
    )


def _cell(example: Example, key: str) -> Cell:
    if key == "check":
        return Cell()
    return Cell(say(ASPECTS.show(example.aspect)) if key == "aspect" else str(getattr(example, key)))


_ORDERS: dict[str, Callable[[Example], object]] = {
    "aspect": lambda each: ASPECTS.codes.index(each.aspect), "subject": lambda each: each.subject.casefold(),
}
