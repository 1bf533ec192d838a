"""The households of the period before that are left in an RT: Enter takes one up again, saving leads to the next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.keying.period_before import BeforeLine, LeftBefore
from p2kp_desktop.language import say
from p2kp_desktop.reports.residents import left_before
from p2kp_desktop.schema import written
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8


class AgainSheet(QWidget):
    """The list with what Enter does above it; nothing is saved before somebody confirmed it in the form."""

    begins = Signal(str)  # the household of the period before
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.list: TableList[BeforeLine] = TableList(desk, left_before())
        self.table = self.list.table
        self._told = Label("", SECONDARY, wraps=True)
        down(self._told, (self.list, 1), into=self, gap=SPACE_8)
        self.list.opened.connect(lambda line: self.begins.emit(line.id))
        offer(self, [Command(say("Kembali ke daftar rumah"), ("Esc",), self.closed.emit, say("daftar rumah"))])

    def show_left(self, found: LeftBefore) -> None:
        """Show the households that are left."""
        self._told.say(say("**{count} rumah** dari periode lalu belum didata lagi di sini. Enter membuka satu: jawaban "
                           "lamanya ditawarkan, dan tersimpan hanya yang dikonfirmasi. Sesudah disimpan, rumah "
                           "berikutnya langsung terbuka.", count=written.number(len(found.lines))))
        self.list.show_table(left_before(found.lines))

    def focus(self) -> None:
        """Put the focus on the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
