"""The line of keys at the foot of every place: what works there, as much as fits, hidden for good with Ctrl+F1."""

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop import settings
from p2kp_desktop.ui.shell.places import IN_RAIL
from tests import villages
from tests.ui.windows import AREAS, Running

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def running(qtbot, sample_file, tmp_path):
    """The program at Beranda of the sample."""
    running = Running(qtbot, villages.copied(sample_file, tmp_path))
    yield running
    running.close()


def shown(running):
    running.until_quiet()
    return {"+".join(keys): word for keys, word in running.window.board.legend.in_sight()}


def test_the_list_of_rts_and_that_of_houses_name_their_own_keys(running):
    running.go("collecting")
    in_area = shown(running)
    assert (in_area["Enter"], in_area["B"]) == ("buka", "baru")
    assert "L" not in in_area  # of one RT only
    running.press(Qt.Key.Key_Return)
    in_rt = shown(running)
    assert (in_rt["L"], in_rt["Spasi"]) == ("lingkungan", "pilih")
    assert "B" not in in_rt
    running.press("f", modifier=CTRL)
    in_search = shown(running)
    assert not {"L", "Shift+S", "Del", "Backspace"} & in_search.keys()  # there they write and delete


@pytest.mark.parametrize("area", AREAS)
def test_every_place_has_a_line_that_is_never_cut_and_leads_to_all_keys(running, area):
    running.resize(*area)
    for spot in IN_RAIL:
        if not spot.at_foot:
            running.go(spot.key)
        line = running.window.board.legend
        assert line.isVisible(), spot.key
        assert shown(running)["F1"] == "semua tombol"
        assert line.fits(line.in_sight())


def test_one_key_hides_the_line_in_every_place_and_in_the_form_for_good(running):
    running.go("collecting")
    running.press((Qt.Key.Key_F1), modifier=CTRL)
    assert not running.window.board.legend.isVisible()
    assert settings.load().key_legend is False
    running.press("n", modifier=CTRL)
    running.until_quiet()
    form = running.window.place
    assert not form.sheet.legend.isVisible()
    running.press(Qt.Key.Key_F1, modifier=CTRL)
    running.until_quiet()
    assert settings.load().key_legend is True
    assert form.sheet.legend.isVisible() or form.guide.isVisible()
    assert not running.window.board.legend.isVisible()
    running.go("quality")
    assert running.window.board.legend.isVisible()


def test_what_is_undone_stands_in_the_line(running):
    running.go("collecting")
    running.press(Qt.Key.Key_Return)
    running.until_quiet()
    assert "Ctrl+Z" not in shown(running)
    running.press(Qt.Key.Key_Delete)
    running.until_quiet()
    running.press("salah catat")
    running.press(Qt.Key.Key_Return)
    assert shown(running)["Ctrl+Z"] == "urungkan"


def test_a_key_that_begins_to_work_is_named_at_once(running):
    running.go("transfer")
    running.press(Qt.Key.Key_2, modifier=Qt.KeyboardModifier.AltModifier)
    receiving = running.window.place.receiving
    assert "Ctrl+Enter" not in shown(running)
    receiving._going.setText("Terapkan 11 perubahan")
    receiving._going.setEnabled(True)
    assert shown(running)["Ctrl+Enter"] == "terapkan 11 perubahan"


def test_while_a_strip_asks_no_letter_of_the_place_around_it_is_named(running):
    running.go("collecting")
    running.press(Qt.Key.Key_Return)
    running.until_quiet()
    assert "S" in shown(running)
    running.press(Qt.Key.Key_Delete)
    assert not {"N", "S", "L"} & {*shown(running)}
    running.press(Qt.Key.Key_Escape)
    assert "S" in shown(running)


def test_an_empty_page_of_kolaborasi_names_no_key_that_needs_a_line(running):
    running.go("collaboration")
    place, seen = running.window.place, []
    for number, page in enumerate(place.pages):
        place.tabs.setCurrentIndex(number)
        running.until_quiet()
        named = {"+".join(keys) for keys, _word in running.window.board.legend._keys}
        if page.has_lines():
            assert "Del" in named, page
            continue
        seen.append(type(page).__name__)
        acting = {"K"} if seen[-1] == "PeoplePage" else set()  # a commitment may begin without a giver
        assert not named & {"Del", "J", "K", "L", "G", "F", "B", "R"} - acting, page
        assert "N" in named, page
    assert {"PromisesPage", "DecreesPage"} <= {*seen}
