"""The list of an RT in the window: printed by a key, gone through line by line, undone."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.importing import resident_lists
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.residents import residents
from p2kp_desktop.forms import Resident
from p2kp_desktop.forms.resident import SURVEYED
from p2kp_desktop.ui.place import Destination, Scope
from tests.ui.windows import Running


@pytest.fixture
def running(qtbot, tmp_path):
    path = tmp_path / "lima-ilir.p2kp"
    with workspaces.init(path, role="facilitator", name="Rina", regions=[demo_journey.KELURAHAN]) as made:
        lines = [residents.ResidentLine(str(number), name) for number, name in enumerate(("Siti", "Budi"), start=1)]
        resident_lists.put_list(made, demo_journey.KELURAHAN, "001/005", "2026", lines, origin="daftar")
    program = Running(qtbot, path)
    yield program
    program.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_ctrl_p_writes_the_missing_houses_of_the_rt_to_be_printed(running, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("p2kp_desktop.ui.collecting.place.QDesktopServices.openUrl", opened.append)
    running.window.go(Destination("collecting", Scope(demo_journey.KELURAHAN, "001/005", "2026")))
    running.until_quiet()
    running.press("p", modifier=Qt.KeyboardModifier.ControlModifier)
    (dialog,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog) and each.isVisible())
    target = tmp_path / "daftar.xlsx"
    field = dialog.findChild(QLineEdit)
    field.selectAll()
    running.qtbot.keyClicks(field, str(target))
    running.qtbot.keyClick(field, Qt.Key.Key_Return)
    running.until_quiet()
    sheet = openpyxl.load_workbook(target)["001-005"]
    assert [sheet.cell(row, 3).value for row in (6, 7, 8)] == ["Siti", "Budi", None]
    assert [url.toLocalFile() for url in opened] == [str(target)]


def test_a_line_is_recorded_and_the_next_one_waits_a_key_away(running):
    program, control = running, Qt.KeyboardModifier.ControlModifier

    def step(*keys, **how):
        program.press(*keys, **how)
        program.until_quiet()

    workspace, here = program.window.desk.workspace, (demo_journey.KELURAHAN, "001/005", "2026")
    program.window.go(Destination("collecting", Scope(*here)))
    program.until_quiet()
    step("w")
    step(Qt.Key.Key_Return)
    assert program.window.place.keying.record.answers["head_name"] == "Siti"
    step("s", modifier=control)
    step(Qt.Key.Key_Return, modifier=control)
    sheet = program.window.place.rt.residents
    assert sheet.table.hasFocus()
    assert sheet.list.current()[Resident.head_name] == "Budi"
    assert [line[Resident.outcome] for line in residents.lines(workspace, *here)] == [SURVEYED, None]
    step("2")
    assert residents.lines(workspace, *here, missing=True) == []
    step("z", modifier=control)
    assert [line[Resident.outcome] for line in residents.lines(workspace, *here)] == [SURVEYED, None]
    step("w")
    step(Qt.Key.Key_Delete)
    program.qtbot.keyClicks(QApplication.focusWidget(), "salah")
    step(Qt.Key.Key_Return)
    assert residents.by_rt(workspace, here[0], "2026")[0].missing == 2
    assert program.window.place.rt._recorded.text().replace("\N{NO-BREAK SPACE}", " ").endswith("2 belum")
