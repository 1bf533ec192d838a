"""What to know and decide before a table comes in: warnings, and rows that may be here already."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.importing import read_table
from p2kp_desktop.actions.importing.import_preview import Preview, row_of
from p2kp_desktop.language import say
from p2kp_desktop.reports import importing
from p2kp_desktop.reports.importing import APART, SKIPPED, Pair
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files.parts import action
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across, clear, down
from p2kp_desktop.ui.kit.scrolling import scrolling
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12

from .session import Session

_MOST = 60  # warnings that are listed; the rest is counted


class WarningsPane(QWidget):
    """Every warning as a note; it keeps no row out."""

    def __init__(self) -> None:
        super().__init__()
        content = QWidget()
        self._column = down(into=content, gap=SPACE_8)
        column = down(into=self, gap=None)
        self.area = scrolling(content)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the arrow keys scroll
        column.addWidget(self.area)

    def show_warnings(self, warnings: tuple[str, ...]) -> None:
        """Show these warnings."""
        clear(self._column)
        for words in warnings[:_MOST]:
            self._column.addWidget(_warning(words))
        if len(warnings) > _MOST:
            self._column.addWidget(Label(say("dan {count} lainnya", count=len(warnings) - _MOST), SECONDARY))
        if not warnings:
            self._column.addWidget(Label(say("Tidak ada peringatan."), SECONDARY))
        self._column.addStretch(1)


def _warning(words: str) -> QWidget:
    card = Card()
    card.setProperty("status", "unusual")
    card.body.addWidget(Label(words, wraps=True))
    return card


class DoublesPane(QWidget):
    """B says that the two are not one, Delete skips the row; the same key takes the decision back."""

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._session = session
        self._preview: Preview | None = None
        self.list: TableList[Pair] = TableList(desk, importing.pairs())
        self.apart = Button(say("Bukan duplikat"), keys=("B",))
        self.skip = Button(say("Lewati baris ini"), keys=("Del",))
        about = Label(say("Yang belum diputuskan masuk sebagai rumah baru. «Bukan duplikat» diingat dan ikut "
                          "terkirim."), SECONDARY, wraps=True)
        down((self.list, 1), across((about, 1), self.apart, self.skip, gap=SPACE_8), into=self, gap=SPACE_12)
        self.apart.clicked.connect(self._tell_apart)
        self.skip.clicked.connect(self._skip)
        action(self, say("Bukan duplikat"), "B").triggered.connect(self._tell_apart)
        action(self, say("Lewati baris ini"), "Del").triggered.connect(self._skip)

    def show_preview(self, preview: Preview) -> None:
        """Show the likely duplicates of a preview."""
        self._preview = preview
        row = self.list.table.currentIndex().row()
        lines = {line.row.place.row: line for line in preview.lines}
        pairs = []
        for likeness in preview.plan.doubles:
            line = lines[row_of(likeness)]
            apart = likeness.other.id in line.row.apart
            decision = SKIPPED if line.outcome == read_table.SKIPPED else APART if apart else ""
            pairs.append(Pair(likeness, row_of(likeness), decision))
        self.list.show_table(importing.pairs(pairs))
        self.list.table.show_row(max(0, min(row, len(pairs) - 1)))
        for button in (self.apart, self.skip):
            button.setEnabled(bool(pairs))

    def _tell_apart(self) -> None:
        pair = self.list.current()
        if pair is not None and self._preview is not None and pair.decision != SKIPPED:
            self._session.tell_apart(self._preview.part, pair.row, pair.likeness.other.id, apart=not pair.decision)

    def _skip(self) -> None:
        pair = self.list.current()
        if pair is not None and self._preview is not None:
            self._session.skip(self._preview.part, pair.row, skipped=pair.decision != SKIPPED)
