"""The printable list of houses not visited yet, from the list of an RT by a key."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from p2kp_desktop.actions import demonstrating, enlisting, residents, workspaces
from p2kp_desktop.ui.place import Destination, Scope

from .windows import Running


@pytest.fixture
def running(qtbot, tmp_path):
    path = tmp_path / "lima-ilir.p2kp"
    with workspaces.init(path, role="facilitator", name="Rina", regions=[demonstrating.KELURAHAN]) as made:
        lines = [residents.Line(str(number), name) for number, name in enumerate(("Siti", "Budi"), start=1)]
        enlisting.put_list(made, demonstrating.KELURAHAN, "001/005", "2026", lines, origin="daftar")
    program = Running(qtbot, path)
    yield program
    program.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_ctrl_p_writes_the_missing_houses_of_the_rt_to_be_printed(running, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("p2kp_desktop.ui.collecting.visit_list.QDesktopServices.openUrl", opened.append)
    running.window.go(Destination("collecting", Scope(demonstrating.KELURAHAN, "001/005", "2026")))
    running.until_quiet()
    running.press("p", modifier=Qt.KeyboardModifier.ControlModifier)
    (dialog,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog) and each.isVisible())
    target = tmp_path / "daftar.xlsx"
    field = dialog.findChild(QLineEdit)
    field.selectAll()
    running.qtbot.keyClicks(field, str(target))
    running.qtbot.keyClick(field, Qt.Key.Key_Return)
    running.until_quiet()
    assert [row[2].value for row in openpyxl.load_workbook(target)["001-005"].iter_rows(min_row=6)] == ["Siti", "Budi"]
    assert [url.toLocalFile() for url in opened] == [str(target)]
