"""What leaves the window, and that it was opened, is noted once."""

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop.actions.common import events
from p2kp_desktop.ui import rescuing
from p2kp_desktop.ui.collecting.household_list import HouseholdList
from tests.conftest import KELURAHAN
from tests.records import YEAR, save
from tests.ui.hands import settle


def noted(workspace):
    return [(each.act, each.what.get("list"), each.what.get("lines"), each.what.get("names"))
            for each in reversed(events.all_of_them(workspace))]


@pytest.fixture
def houses(qtbot, workspace, desk):
    for number in range(3):
        save(workspace, head_name=f"Warga {number}", building=str(number))
    listed = HouseholdList(desk, with_rt=False)
    listed.show_place(KELURAHAN, None, YEAR)
    qtbot.addWidget(listed)
    listed.show()
    settle(qtbot, desk)
    return listed.list


def test_a_list_with_names_that_is_copied_or_saved_is_noted_once(qtbot, workspace, desk, houses, tmp_path):
    houses.table.setFocus()
    qtbot.keyClick(houses.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, desk)
    assert noted(workspace) == [(events.COPIED, "houses", 3, True)]
    houses.save(houses.makes(), tmp_path / "daftar.csv")
    settle(qtbot, desk)
    assert noted(workspace)[1:] == [(events.EXPORTED, "houses", 3, True)]
    houses.save(houses.makes(), tmp_path / "daftar.pdf")
    settle(qtbot, desk)
    assert [each[0] for each in noted(workspace)[2:]] == [events.PRINTED]


def test_a_file_that_cannot_be_written_is_noted_as_not_done(qtbot, workspace, desk, houses, tmp_path):
    houses.save(houses.makes(), tmp_path / "tiada" / "daftar.csv")
    settle(qtbot, desk)
    assert [each[0] for each in noted(workspace)] == [events.EXPORTED, events.FAILED]


def test_opening_a_workspace_in_the_window_is_noted(workspace):
    workspace.close()
    with rescuing.opened(workspace.name) as again:
        assert [each.act for each in events.all_of_them(again)] == [events.OPENED]
