"""From the score of an RT with keys to its criteria, to the answers behind one, to the record at its question."""

from PySide6.QtCore import Qt

from p2kp_desktop.forms import RtSurvey
from p2kp_desktop.ui.place import Destination, Scope
from tests.conftest import KELURAHAN
from tests.records import YEAR, save
from tests.ui.collecting_steps import enter
from tests.ui.hands import press

RT = Scope(KELURAHAN, "014/005", YEAR)
Key = Qt.Key


def criterion(place):
    return place.rt.scores.criteria.current().told.criterion.code


def test_j_leads_from_the_score_to_the_question_that_made_it(qtbot, workspace, collecting):
    bad = save(workspace, building="1", water_source="c", pit_distance="b")
    save(workspace, building="2", water_source="a")
    survey = save(workspace, RtSurvey, buildings=10, new_road_m="85")
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, Key.Key_J)
    scores = collecting.rt.scores
    assert "sementara; dapat menjadi" in scores.title.text()
    assert [line.told.criterion.code for line in scores.criteria.model.lines][:3] == ["1a", "1b", "1c"]
    while criterion(collecting) != "3a":
        press(qtbot, collecting, Key.Key_Down)
    assert [(line.cause.id, line.cause.question) for line in scores.causes.model.lines] == [
        (bad, "water_source"), (bad, "pit_distance")
    ]
    assert scores.criteria.note.text().startswith("3a: 1 dari 2")
    press(qtbot, collecting, Key.Key_Return, Key.Key_Down, Key.Key_Return)
    assert collecting.heard[-1] == Destination("form", RT, "household", bad, "pit_distance")
    press(qtbot, collecting, Key.Key_Escape)
    while criterion(collecting) != "2a":
        press(qtbot, collecting, Key.Key_Up)
    press(qtbot, collecting, Key.Key_Return, Key.Key_Return)
    assert collecting.heard[-1] == Destination("form", RT, "rt_survey", survey, "new_road_m")


def test_esc_goes_back_to_the_houses_with_the_keyboard(qtbot, workspace, collecting):
    save(workspace, building="1")
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, Key.Key_J, Key.Key_Escape)
    assert collecting.rt.shows_households
    assert collecting.rt.households.table.hasFocus()
    assert collecting.rt.cards[0].isVisible()
    assert collecting.rt.stamps.isVisible()
    press(qtbot, collecting, Key.Key_J, Key.Key_J)
    assert collecting.rt.shows_households


def test_an_rt_without_data_says_so(qtbot, collecting):
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, Key.Key_J)
    assert collecting.rt.shows_scores
    assert "Belum ada data" in collecting.rt.scores.criteria.nothing.text()


def test_what_is_saved_meanwhile_is_explained_anew(qtbot, workspace, collecting):
    save(workspace, building="1", water_source="a")
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, Key.Key_J)
    before = collecting.rt.scores.title.text()
    for number in range(3):
        save(workspace, building=str(number + 2), water_source="g", roof="b", wall="b")
    collecting.catch_up(frozenset({"household"}))
    press(qtbot, collecting, Key.Key_Down)
    assert collecting.rt.scores.title.text() != before
