"""The RTs before and after receiving: households, safe water, slum score."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.scores.rt_standings import RtMovement
from p2kp_desktop.language import say
from p2kp_desktop.reports import transfer
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8

LEAST_TABLE = 40  # height of a table that shares a small page


class Totals(QWidget):
    """A row for every RT that stands elsewhere now, and the sum below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.list: TableList[RtMovement] = TableList(desk, transfer.movements())
        self.list.table.setMinimumHeight(LEAST_TABLE)
        self._sum = Label("", NOTE, wraps=True)
        down((self.list, 1), self._sum, into=self, gap=SPACE_8)

    def show_movements(self, movements: Sequence[RtMovement], period: str) -> None:
        """Show the RTs that changed."""
        self.list.show_table(transfer.movements(movements), Scope(period=period))
        before = sum(each.before.households for each in movements if each.before)
        after = sum(each.after.households for each in movements if each.after)
        if not movements:
            self._sum.say(say("Tidak ada RT yang berubah pada periode {period}.", period=period))
            return
        self._sum.say(say(
            "{count} RT berubah pada periode {period}: {before} menjadi {after} rumah.",
            count=len(movements), period=period, before=written.number(before), after=written.number(after),
        ))
