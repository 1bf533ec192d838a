"""The list of an RT in the window: printed by a key, gone through line by line, undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.importing import resident_lists
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.residents import residents
from p2kp_desktop.forms import Resident
from p2kp_desktop.forms.resident import SURVEYED
from p2kp_desktop.ui.place import Destination, Scope
from tests.pdfs import of_preview
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


def test_ctrl_p_prints_the_list_of_the_rt_with_who_was_not_visited(running):
    running.window.go(Destination("collecting", Scope(demo_journey.KELURAHAN, "001/005", "2026"), tab="residents"))
    running.until_quiet()
    running.press("p", modifier=Qt.KeyboardModifier.ControlModifier)
    running.until(lambda: running.window.place.preview.count > 0)
    words = of_preview(running.window.place.preview).text(0)
    assert "S•••" in words  # nobody is named on paper unless somebody says why
    assert "B•••" in words


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
