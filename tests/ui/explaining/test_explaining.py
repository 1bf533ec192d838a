"""From any score with keys to its criteria, to the RT or answer behind one, to the record at its question, and back."""

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop.forms import Kawasan, RtRecap, RtSurvey
from p2kp_desktop.schema.table import Subject
from p2kp_desktop.ui.explaining.place import ExplainingPlace
from p2kp_desktop.ui.place import Destination, Scope, why
from tests.conftest import KELURAHAN
from tests.records import YEAR, save
from tests.ui.collecting_steps import enter
from tests.ui.hands import arrive, press, set_up

AREA, RT = Scope(KELURAHAN, None, YEAR), Scope(KELURAHAN, "014/005", YEAR)
Key = Qt.Key


@pytest.fixture
def explaining(qtbot, desk):
    """Give the explanation of scores as it stands in the small window."""
    with set_up(qtbot, ExplainingPlace(desk)) as place:
        yield place


def ask(qtbot, place, subject):
    arrive(qtbot, place, why(subject))


def go_to(qtbot, place, code):
    """Bring the focus onto a criterion with the arrow keys."""
    codes = [line.code for line in place.parts.model.lines]
    while (here := place.parts.current().code) != code:
        press(qtbot, place, Key.Key_Down if codes.index(here) < codes.index(code) else Key.Key_Up)


def test_from_the_total_of_an_rt_to_the_question_that_made_it(qtbot, workspace, explaining):
    bad = save(workspace, building="1", water_source="c", pit_distance="b")
    save(workspace, building="2", water_source="a")
    survey = save(workspace, RtSurvey, buildings=10, new_road_m="85")
    ask(qtbot, explaining, Subject(RT))
    assert explaining.title.text().startswith("Mengapa RT 014 / RW 05 bernilai ")
    assert "14/PRT/M/2018" in explaining.basis.text()
    assert "sensus 2 dari 10 bangunan" in explaining.basis.text()
    assert "dapat menjadi" in explaining.doubts.text()
    assert [line.code for line in explaining.parts.model.lines][:4] == ["", "1", "1a", "1b"]
    assert "Bila bangunan yang belum didata" in explaining.figure.told.text()
    go_to(qtbot, explaining, "3")
    assert "Rata-rata resmi" in explaining.figure.told.text()
    go_to(qtbot, explaining, "3a")
    assert explaining.figure.formula.text() == "<b>1 dari 2 KK = 50,00 %, skor 1</b>"
    assert "Mulai 2 KK (1 lagi) skornya 5" in explaining.figure.told.text()
    assert [(line.cause.id, line.cause.question) for line in explaining.causes.model.lines] == [
        (bad, "water_source"), (bad, "pit_distance")]
    press(qtbot, explaining, Key.Key_Return, Key.Key_Down, Key.Key_Return)
    assert explaining.heard[-1] == Destination("form", RT, "household", bad, "pit_distance")
    press(qtbot, explaining, Key.Key_Escape)
    go_to(qtbot, explaining, "2a")
    press(qtbot, explaining, Key.Key_Return, Key.Key_Return)
    assert explaining.heard[-1] == Destination("form", RT, "rt_survey", survey, "new_road_m")


def test_m_leads_to_the_cheapest_way_for_what_is_explained(qtbot, workspace, explaining):
    save(workspace, building="1", water_source="c", pit_distance="b")
    ask(qtbot, explaining, Subject(RT))
    press(qtbot, explaining, "m")
    assert explaining.heard[-1] == Destination("ways", RT)


def test_from_an_area_to_its_rt_and_back_to_where_one_was(qtbot, workspace, explaining):
    for rt, number in (("014/005", 3), ("015/005", 1)):
        for each in range(number):
            save(workspace, rt=rt, building=str(each), water_source="g")
    ask(qtbot, explaining, Subject(AREA))
    assert "2 RT: 2 sensus, 0 rekap" in explaining.basis.text()
    go_to(qtbot, explaining, "3a")
    assert [(line.one.rt, line.one.share.volume) for line in explaining.rts.model.lines] == [
        ("014/005", 3), ("015/005", 1)]
    press(qtbot, explaining, Key.Key_Return, Key.Key_Return)
    deeper = explaining.heard[-1]
    assert deeper == why(Subject(RT, criterion="3a"))
    arrive(qtbot, explaining, deeper)
    assert explaining.parts.current().code == "3a"
    assert len(explaining.causes.model.lines) == 3
    press(qtbot, explaining, Key.Key_Escape)
    assert explaining.heard[-1] == why(Subject(AREA, criterion="3a"))
    arrive(qtbot, explaining, explaining.heard[-1])
    assert explaining.parts.current().code == "3a"
    left = []
    explaining.returns.connect(left.append)
    press(qtbot, explaining, Key.Key_Escape)
    assert len(left) == 1


def test_backspace_goes_up_to_the_area_around(qtbot, workspace, explaining):
    save(workspace, building="1")
    ask(qtbot, explaining, Subject(RT))
    for wider in (KELURAHAN, KELURAHAN.rpartition(".")[0]):
        press(qtbot, explaining, Key.Key_Backspace)
        assert explaining.heard[-1].scope == Scope(wider, None, YEAR)
        arrive(qtbot, explaining, explaining.heard[-1])
        assert "bernilai" in explaining.title.text()


def test_a_kawasan_is_explained_by_the_rts_of_its_decree(qtbot, workspace, explaining):
    for rt in ("014/005", "015/005", "016/005"):
        save(workspace, rt=rt, building="1", water_source="g")
    kawasan = save(workspace, Kawasan, name="Tepi Sungai", rts="014/005, 016/005, 099/005", period=None, rt=None)
    ask(qtbot, explaining, Subject(AREA, kawasan=kawasan, criterion="3a"))
    assert explaining.title.text().startswith("Mengapa Tepi Sungai")
    assert [line.one.rt for line in explaining.rts.model.lines] == ["014/005", "016/005"]
    assert "1 RT belum ada data" in explaining.doubts.text()


def test_what_a_house_adds_leads_to_its_rt(qtbot, workspace, explaining):
    bad = save(workspace, building="1", head_name="Aminah", water_source="g")
    for number in range(2, 6):
        save(workspace, building=str(number), water_source="a")
    ask(qtbot, explaining, Subject(RT, house=bad))
    assert explaining.title.text() == "Andil Aminah pada nilai RT 014 / RW 05"
    assert "3a 20,00 % → 0,00 %" in explaining.figure.formula.text()
    codes = [line.share.criterion.code for line in explaining.shares.model.lines]
    press(qtbot, explaining, *[Key.Key_Down] * codes.index("3a"))
    assert [line.cause.question for line in explaining.causes.model.lines] == ["water_source"]
    press(qtbot, explaining, Key.Key_Return)
    assert explaining.heard[-1] == why(Subject(RT, criterion="3a"))


def test_where_nothing_can_be_scored_it_says_so_and_esc_goes_back(qtbot, explaining):
    ask(qtbot, explaining, Subject(RT))
    assert explaining.title.text() == "Belum ada nilai yang dapat dijelaskan"
    assert "Belum ada data" in explaining.parts.nothing.text()
    left = []
    explaining.returns.connect(left.append)
    press(qtbot, explaining, Key.Key_Escape)
    assert len(left) == 1


def test_what_is_saved_meanwhile_is_explained_anew(qtbot, workspace, explaining):
    save(workspace, building="1", water_source="a")
    ask(qtbot, explaining, Subject(RT))
    go_to(qtbot, explaining, "3a")
    before = explaining.figure.formula.text()
    for number in range(3):
        save(workspace, building=str(number + 2), water_source="g", roof="b", wall="b")
    explaining.catch_up(frozenset({"scores"}))
    press(qtbot, explaining, Key.Key_Shift)
    assert explaining.parts.current().code == "3a"
    assert explaining.figure.formula.text() != before


@pytest.mark.parametrize("scope", [RT, AREA])
def test_one_key_leads_there_from_the_lists(qtbot, workspace, collecting, scope):
    save(workspace, building="1")
    save(workspace, RtRecap, rt="015/005", bangunan=10)
    enter(qtbot, collecting, scope)
    press(qtbot, collecting, Key.Key_J)
    assert collecting.heard[-1] == why(Subject(RT))
    press(qtbot, collecting, Key.Key_J, modifier=Qt.KeyboardModifier.ControlModifier)
    assert collecting.heard[-1] == why(Subject(RT))


def test_shift_j_explains_the_area_and_a_the_house(qtbot, workspace, collecting):
    house = save(workspace, building="1")
    enter(qtbot, collecting, AREA)
    press(qtbot, collecting, Key.Key_J, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert collecting.heard[-1] == why(Subject(AREA))
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, Key.Key_A)
    assert collecting.heard[-1] == why(Subject(RT, house=house))
