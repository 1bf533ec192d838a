"""An edition is frozen, compared and followed down to a record with keys only."""

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household
from p2kp_desktop.schema.table import Subject
from p2kp_desktop.ui.editions.place import EditionsPlace
from p2kp_desktop.ui.place import Destination, Scope, why
from tests.conftest import KELURAHAN
from tests.records import YEAR, save
from tests.ui.collecting_steps import enter
from tests.ui.hands import arrive, press, set_up, settle

AREA, RT = Scope(KELURAHAN, None, YEAR), Scope(KELURAHAN, "014/005", YEAR)
Key = Qt.Key


@pytest.fixture
def frozen(qtbot, desk):
    """Give the place of the editions as it stands in the small window."""
    with set_up(qtbot, EditionsPlace(desk)) as place:
        yield place


def test_b_freezes_with_a_basis_and_enter_leads_to_the_record_that_differs(qtbot, workspace, frozen):
    house = save(workspace, building="1", water_source="a")
    save(workspace, building="2", water_source="a")
    arrive(qtbot, frozen, Destination("editions", AREA))
    assert "Tekan B" in frozen.editions.nothing.text()
    press(qtbot, frozen, Key.Key_B)
    press(qtbot, frozen, "BA 12/2026", Key.Key_Return)
    settle(qtbot, frozen.desk)
    (line,) = frozen.editions.model.lines
    assert (line.basis, line.differing) == ("BA 12/2026", 0)
    assert "Tidak ada yang berbeda" in frozen.differences.nothing.text()
    recording.record(workspace, Household, {"id": house, "water_source": "g"})
    frozen.catch_up(frozenset({"scores"}))
    settle(qtbot, frozen.desk)
    press(qtbot, frozen, Key.Key_Return, Key.Key_Down)
    assert frozen.differences.current().told.criterion.code == "3a"
    press(qtbot, frozen, Key.Key_J)
    assert frozen.heard[-1] == why(Subject(RT, criterion="3a"))
    press(qtbot, frozen, Key.Key_Return, Key.Key_Return)
    assert frozen.heard[-1] == Destination("form", RT, "household", house, "water_source")
    press(qtbot, frozen, Key.Key_Escape, Key.Key_Escape, Key.Key_Escape)
    assert frozen.heard[-1] == Destination("collecting", AREA)


def test_esc_leaves_the_question_and_nothing_is_frozen(qtbot, workspace, frozen):
    save(workspace)
    arrive(qtbot, frozen, Destination("editions", AREA))
    press(qtbot, frozen, Key.Key_B)
    press(qtbot, frozen, Key.Key_Escape)
    assert not frozen.asking.isVisible()
    assert frozen.editions.model.lines == ()


def test_e_leads_there_from_pendataan(qtbot, workspace, collecting):
    save(workspace)
    enter(qtbot, collecting, AREA)
    press(qtbot, collecting, Key.Key_E)
    assert collecting.heard[-1] == Destination("editions", AREA)
