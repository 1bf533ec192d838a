"""A table whose rows grow comes to rest at every height, whether or not it needs its scroll bar."""

from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.collaboration import targets
from p2kp_desktop.reports.targets import offered_targets
from p2kp_desktop.ui.lists import looks
from p2kp_desktop.ui.lists.table import ListTable
from p2kp_desktop.ui.lists.table_list import TableModel


class Counting(ListTable):
    """Counts how often it is laid out, and stops one that never ends."""

    laid_out = 0

    def _fit(self):
        self.laid_out += 1
        assert self.laid_out < 20, "it never comes to rest"
        super()._fit()


def test_a_table_comes_to_rest_at_every_height(qtbot):
    table = offered_targets(targets.shipped()[3:])
    columns = looks.in_window(table.in_sight)
    model = TableModel(columns)
    shown = Counting(model, columns, table.title)
    qtbot.addWidget(shown)
    model.show_lines(table.lines)
    shown.show()
    for width in range(676, 700, 4):
        for height in range(250, 480, 16):
            shown.laid_out = 0
            shown.resize(width, height)
            QApplication.processEvents()
