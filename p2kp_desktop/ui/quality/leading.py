"""A list whose lines lead down to records: Enter lists them, Enter again opens one, Esc goes back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from p2kp_desktop.actions.quality.rule_breaks import Breaker
from p2kp_desktop.language import say
from p2kp_desktop.reports import quality
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.ui.place import Destination


class Leading(Page):
    """Lays its own list and that of the records one behind the other; `answer` is what is said of each record."""

    def __init__(self, desk: Desk, answer: str) -> None:
        super().__init__(desk)
        self._answer = answer
        self.records: TableList[Breaker] = TableList(desk, quality.records_behind((), answer))
        self.led = Label("", SECONDARY, wraps=True)
        self.lists = QStackedWidget()
        self.records.opened.connect(self._open)

    def put(self, first: QWidget) -> None:
        """Put what leads down before the records."""
        below = QWidget()
        down(self.led, (self.records, 1), into=below, gap=SPACE_8)
        self.lists.addWidget(first)
        self.lists.addWidget(below)
        self.column.addWidget(self.lists, 1)

    @property
    def leads(self) -> bool:
        """Say whether records are in sight."""
        return self.lists.currentIndex() == 1

    def show_records(self, words: str, found: Sequence[Breaker]) -> None:
        """Show the records behind a line, told in words above them."""
        self.led.say(f"{words} {say('Enter membuka, Esc kembali.')}")
        self.records.show_table(quality.records_behind(found, self._answer), self.scope)
        self.lists.setCurrentIndex(1)
        self.records.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        """Go back to the line."""
        self.lists.setCurrentIndex(0)
        self.begin()

    def _open(self, record: Breaker) -> None:
        if record.id:
            scope = self.scope.at(record.rt or None)
            self.wants.emit(Destination("form", scope, record.form, record.id, record.question))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.leads:
            self.back()
        else:
            super().keyPressEvent(event)
