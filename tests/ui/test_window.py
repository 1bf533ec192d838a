import gc
import os
import subprocess
import sys
import textwrap
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from p2kp_desktop.actions.home import waiting_counts
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import Form, Text
from p2kp_desktop.ui.files import drives
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.pressable import Pressable
from p2kp_desktop.ui.kit.rail import Place, Rail
from p2kp_desktop.ui.look.lettering import metrics
from p2kp_desktop.ui.look.measures import ICON
from p2kp_desktop.ui.place import TRANSFER, Destination, Scope
from p2kp_desktop.ui.shell import crash, searching
from p2kp_desktop.ui.shell.first_start import FirstStart
from p2kp_desktop.ui.shell.help import HelpCard
from p2kp_desktop.ui.shell.places import BY_KEY, FORM, IN_RAIL, SPOTS
from tests import villages

from .windows import Running

Modifier = Qt.KeyboardModifier
CTRL, ALT, SHIFT = Modifier.ControlModifier, Modifier.AltModifier, Modifier.ShiftModifier
RT = demo_journey.RTS[1]


@pytest.fixture(scope="module")
def sample(sample_file, tmp_path_factory):
    """A workspace with the sample's households; tests copy it."""
    return villages.copied(sample_file, tmp_path_factory.mktemp("sample"))


@pytest.fixture
def running(qtbot, sample, tmp_path):
    """The program at Beranda of the sample."""
    path = tmp_path / "contoh.p2kp"
    path.write_bytes(sample.read_bytes())
    made = Running(qtbot, path)
    yield made
    made.close()


def lines_of(widget):
    return [label.text() for label in widget.findChildren(Label)]


def test_the_frame_is_painted_before_sqlalchemy_is_imported(tmp_path, sample):
    script = textwrap.dedent("""
        import sys
        from PySide6.QtWidgets import QApplication
        from p2kp_desktop import app
        program = app.Program(QApplication([]))
        program.start(sys.argv[1])
        seen = []
        program.frame.painted.connect(lambda: seen.append("sqlalchemy" in sys.modules))
        while not seen or program.window is None or program.window.about is None:
            program.app.processEvents()
        assert seen == [False], seen
        assert "sqlalchemy" in sys.modules
        assert not {"openpyxl", "xlsxwriter", "python_calamine", "lokal"} & set(sys.modules)
        program.frame.close()
    """)
    answer = subprocess.run(
        [sys.executable, "-c", script, str(sample)], capture_output=True, text=True, check=False, timeout=60,
        env=os.environ | {"P2KP_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert answer.returncode == 0, answer.stderr


KEYS = {  # fingers know them: a place that is added or moved changes none of the others
    "home": "1", "collecting": "2", "bowl": "3", "agreements": "4", "collaboration": "5", "meetings": "6",
    "transfer": "7", "printing": "P", "quality": "8", "reporting": "9", "settings": ",",
}


@pytest.mark.parametrize(("place", "key"), [*list(KEYS.items())[1:], ("home", "1")])
def test_every_place_of_the_rail_is_a_key_away(running, place, key):
    running.press(key, modifier=CTRL)
    running.until_quiet()
    assert running.window.here.place == place
    focused = QApplication.focusWidget()
    assert focused is not None
    assert running.window.place.isAncestorOf(focused)


def test_a_place_may_have_no_key_and_no_two_have_the_same():
    assert {spot.key: spot.keys.removeprefix("Ctrl+") for spot in IN_RAIL if spot.keys} == KEYS
    keys = [spot.keys for spot in SPOTS if spot.keys]
    assert sorted(keys) == sorted(set(keys))


def test_every_key_of_a_place_leads_there_and_nothing_else_has_it(running):
    keys = [each.toString() for action in running.window.menus.everywhere() for each in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))
    assert {spot.keys for spot in SPOTS if spot.keys} <= set(keys)


def test_alt_and_arrow_left_leads_back(running):
    running.go("collecting")
    running.press(KEYS["transfer"], modifier=CTRL)
    running.press(Qt.Key.Key_Left, modifier=ALT)
    running.until_quiet()
    assert running.window.here.place == "collecting"


@pytest.mark.parametrize("typed", ["002", "2/5", "rt02 rw05"])
def test_the_breadcrumb_switches_the_rt_by_typing(running, typed):
    running.press("l", modifier=CTRL)
    running.until_quiet()
    running.press(typed, Qt.Key.Key_Return)
    running.until_quiet()
    assert running.window.scope.rt == RT
    assert running.window.board.top.breadcrumb.accessibleName().endswith("RT 002 / RW 05 › 2026")


def test_escape_closes_the_list_and_gives_the_focus_back(running):
    before = QApplication.focusWidget()
    running.press("l", modifier=CTRL)
    running.until_quiet()
    assert QApplication.focusWidget() is not before
    running.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
    assert running.window.scope.rt is None


def test_a_place_whose_icon_is_not_shipped_is_refused_before_it_is_painted():
    with pytest.raises(ValueError, match="wells: there is no icon «droplet»"):
        Place("wells", "droplet", "Sumur")


def test_the_search_leads_to_an_rt(running):
    running.press("k", modifier=CTRL)
    running.press("rt 002")
    running.until_quiet()
    running.press(Qt.Key.Key_Return)
    running.until_quiet()
    assert (running.window.here.place, running.window.scope.rt) == ("collecting", RT)
    assert running.window.board.top.search.text() == ""


def test_what_is_called_as_typed_stands_first_whatever_other_names_hold_its_words(running, monkeypatch):
    class Prayer(Form, key="prayer", title="Rumah Ibadah", place="region"):
        """Of a form whose name holds the words of another."""

        name = Text("Nama")

    monkeypatch.setattr(searching, "FORMS", (*searching.FORMS, Prayer))
    running.press("k", modifier=CTRL)
    running.press("Rumah baru")
    running.until_quiet()
    assert [each.name for each in running.window.search.card.found.model().entries][:2] == [
        "Rumah baru", "Rumah Ibadah baru"
    ]


@pytest.mark.parametrize("typed", ["", "rt 002"])
def test_escape_ends_the_search_and_gives_the_focus_back(running, typed):
    before = QApplication.focusWidget()
    running.press("k", modifier=CTRL)
    running.press(typed)
    running.until_quiet()
    running.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
    assert running.window.board.top.search.text() == ""
    assert not running.window.search.card.isVisible()


def test_the_search_finds_pages_too(running):
    running.press("k", modifier=CTRL)
    running.press("pengat")
    running.until_quiet()
    running.press(Qt.Key.Key_Return)
    assert running.window.here.place == "settings"


@pytest.mark.parametrize(("typed", "place"), [("siapa yang diam?", "reporting"), ("edisi resmi", "editions")])
def test_the_search_finds_reports_and_the_places_without_a_key(running, typed, place):
    running.press("k", modifier=CTRL)
    running.press(typed)
    running.until_quiet()
    running.press(Qt.Key.Key_Return)
    running.until_quiet()
    assert running.window.here.place == place


def test_the_search_finds_a_kelurahan_and_not_the_keys_that_sound_like_it(running):
    running.press("k", modifier=CTRL)
    running.press("lima")
    running.until_quiet()
    first = running.window.search.card.found._entries.entries[0]
    assert "Lima Ilir" in f"{first.name} {first.detail}"


def test_the_search_names_a_place_once_with_its_key(running):
    running.press("k", modifier=CTRL)
    running.press("mangkuk")
    running.until_quiet()
    entries = running.window.search.card.found._entries.entries
    assert [(each.name, each.detail) for each in entries if each.name == "Mangkuk Masyarakat"] == [
        ("Mangkuk Masyarakat", "Ctrl+3")]
    running.press(Qt.Key.Key_Return)
    running.until_quiet()
    assert running.window.here.place == "bowl"


def test_the_status_line_follows_every_save(running):
    workspace = running.window.desk.workspace
    copies = running.window.board.status.findChildren(type(running.window.board.status._copies))
    assert any("99 rumah" in line.accessibleName() for line in copies)
    running.window.desk.change(
        running.window, lambda _: recording.record(workspace, Household, {"rt": RT, "head_name": "Siti"}),
        touches=[Household.key],
    )
    running.qtbot.waitUntil(lambda: any("100 rumah" in line.accessibleName() for line in copies), timeout=60_000)


def test_kirim_salinan_leads_to_sending(running):
    running.press("k", modifier=CTRL | SHIFT)
    assert (running.window.here.place, running.window.here.tab) == ("transfer", "send")


def test_after_a_folder_is_chosen_the_focus_is_still_in_kirim_and_ctrl_enter_sends_into_it(running, tmp_path):
    other = tmp_path / "lain"
    other.mkdir()
    running.go("transfer")
    running.press("1", modifier=ALT)
    running.until_quiet()
    choices = running.window.place.sending.choices
    running.press(str(len(choices.targets) + 1))
    dialog = running.frame.findChild(QFileDialog)
    running.qtbot.waitUntil(dialog.isVisible)
    dialog.findChild(QLineEdit).setText(str(other))
    with running.qtbot.waitSignal(dialog.finished):
        QTest.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    running.until_quiet()
    assert choices.folder == other
    assert choices.folders.isAncestorOf(running.frame.focusWidget())
    running.frame.activateWindow()
    running.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    running.press(Qt.Key.Key_Return, modifier=CTRL)
    running.until_quiet()
    assert len(list(other.glob("*.xlsx"))) == 1


def test_ctrl_enter_sends_from_the_search_field_too(running, tmp_path, monkeypatch):
    monkeypatch.setattr(drives, "documents", lambda: tmp_path)
    running.go("transfer")
    running.press("1", modifier=ALT)
    running.until_quiet()
    running.press("k", modifier=CTRL)
    running.press(Qt.Key.Key_Return, modifier=CTRL)
    running.until_quiet()
    place = running.window.place
    assert place.sending.result.isVisible()


def test_a_known_fault_is_told_in_four_lines_inside_the_window(running):
    running.window.desk.failed.emit(Trouble("Disk penuh.", remedy="Kosongkan ruang disk.", code="R10"))
    card = running.window.board.fault
    assert lines_of(card) == [
        "Disk penuh.", "Data Anda aman: tidak ada yang berubah.", "Kosongkan ruang disk.", "Kode R10",
    ]
    assert QApplication.activeModalWidget() is None
    running.press("x", modifier=CTRL | SHIFT)
    assert running.window.board.fault is None


def a_bug(secret):
    try:
        {}[secret]
    except KeyError as error:
        return error


def test_a_bug_opens_a_window_whose_report_names_nobody(running):
    running.window.desk.failed.emit(a_bug("Sukarman bin Abdul Roni"))
    window = running.program.watch.window
    assert "KeyError" in window.report
    assert "a_bug" in window.report
    assert "Sukarman" not in window.report
    assert "/" not in window.report.split("\n", 4)[4]
    assert "Data Anda aman" in " ".join(lines_of(window))
    assert window.width() <= 760
    assert window.height() <= 500
    window.copy()
    assert QApplication.clipboard().text() == window.report
    window.accept()


def test_the_same_bug_has_the_same_code_and_another_has_another():
    assert crash.code(a_bug("a")) == crash.code(a_bug("b"))
    assert crash.code(a_bug("a")) != crash.code(ValueError())


def test_a_workspace_that_cannot_be_opened_is_explained_and_another_can_be_made(qtbot, tmp_path):
    path = tmp_path / "catatan.p2kp"
    path.write_text("bukan ruang kerja", encoding="utf-8")
    made = Running(qtbot)
    made.program.open(str(path))
    made.until(lambda: isinstance(made.page, FirstStart) and "R04" in " ".join(lines_of(made.page)))
    made.close()


def test_another_workspace_gets_a_board_of_its_own(running, sample):
    before = running.window.board
    running.window.wants_workspace.emit(str(sample))
    running.until_open()
    assert running.window.board is not before
    assert running.window.desk.workspace.name == str(sample)


def test_of_a_workspace_that_was_left_nothing_stays_in_memory(running, sample):
    """Else each one of an evening would: its window, and all that was asked of it."""
    desk, scope = running.window.desk, Scope(demo_journey.KELURAHAN, RT, str(running.window.about.period))
    for spot in SPOTS:
        running.window.go(Destination(spot.key, scope, "household" if spot.key == FORM else ""))
        running.until_quiet()
    left = [weakref.ref(each) for each in (desk, desk.workspace, running.window, running.window.place)]
    del desk
    running.window.wants_workspace.emit(str(sample))
    running.until_open()
    gc.collect()
    assert [each() for each in left] == [None] * len(left)


def test_another_language_shows_the_same_workspace_in_its_words(running):
    location = running.window.desk.workspace.name
    running.press(",", modifier=CTRL)
    running.until_quiet()
    running.window.place.language.setFocus()
    running.press(Qt.Key.Key_End)
    running.until_open()
    rail = running.frame.findChild(Rail)
    assert running.window.desk.workspace.name == location
    assert "Home" in [item.accessibleName() for item in rail.findChildren(Pressable)]
    running.press(",", modifier=CTRL)
    running.until_quiet()
    running.window.place.language.setFocus()
    running.press(Qt.Key.Key_Home)
    running.until_open()


def test_the_practice_village_is_striped_and_says_latihan(qtbot, village_file, tmp_path):
    made = Running(qtbot, villages.copied(village_file, tmp_path))
    assert made.window.board.top.practice.isVisible()
    assert made.window.board.practice
    made.close()


def test_the_rail_folds_in_the_form_and_in_a_narrow_window(running):
    rail = running.frame.findChild(Rail)
    assert rail.width() >= 220
    running.resize(1093, 544)
    assert rail.width() <= 56
    running.resize(1366, 698)
    running.window.board.show_in_form(in_form=True)
    assert rail.width() == 56


def test_no_two_actions_of_the_window_share_a_key(running):
    for place in BY_KEY:
        running.window.go(Destination(place))
        running.until_quiet()
        actions = [*running.window.board.actions(), *running.window.menus.of_place()]
        able = [action for action in actions if action.isEnabled() and action.isVisible()]
        keys = [one.toString() for action in able for one in action.shortcuts() if one.toString()]
        assert sorted(keys) == sorted(set(keys)), (place, keys)
        assert all(action.text() for action in running.window.board.actions())


def test_ctrl_o_chooses_files_where_files_are_received_and_another_workspace_elsewhere(running, monkeypatch):
    asked = []
    monkeypatch.setattr("p2kp_desktop.ui.window.ask_workspace", lambda *_words: asked.append("workspace") or "")
    monkeypatch.setattr("p2kp_desktop.ui.transfer.receiving.choose_files", lambda *_words: asked.append("files"))
    running.window.go(Destination(TRANSFER, tab="receive"))
    running.until_quiet()
    running.press("o", modifier=CTRL)
    running.press("1", modifier=CTRL)
    running.until_quiet()
    running.press("o", modifier=CTRL)
    assert asked == ["files", "workspace"]


def test_help_explains_the_place_and_lists_its_keys(running):
    running.press(Qt.Key.Key_F1)
    card = running.frame.findChild(HelpCard)
    assert card.isVisible()
    assert any("100-0-100" in line for line in lines_of(card))
    top = card._area.verticalScrollBar().value()
    running.press(Qt.Key.Key_PageDown)
    assert card._area.verticalScrollBar().value() > top
    running.press(Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_a_look_chosen_in_the_settings_holds_at_once_and_is_kept(running):
    running.press(",", modifier=CTRL)
    running.until_quiet()
    place = running.window.place
    place.look.setFocus()
    running.press(Qt.Key.Key_End)
    assert running.program.settings.look == "dark"
    assert QApplication.instance().property("scheme_worn") == "dark"
    running.press(Qt.Key.Key_Home)
    running.press(Qt.Key.Key_Down)
    assert QApplication.instance().property("scheme_worn") == "light"


def waiting(running):
    return {key: item.place.waiting for key, item in running.window.board.rail._items.items()}


def test_the_rail_counts_what_waits_before_any_place_was_visited(running):
    workspace, scope = running.window.desk.workspace, running.window.scope
    where = waiting_counts.Where(scope.area, scope.period)
    counted = {key: waiting_counts.count(workspace, key, where) for key in waiting_counts.PLACES}
    assert counted["bowl"]
    assert {key: waiting(running)[key] for key in waiting_counts.PLACES} == counted
    before = counted["collecting"]
    running.window.desk.change(
        running.window, lambda _: recording.record(workspace, Household, {"rt": RT, "head_name": "Siti"}),
        touches=[Household.key],
    )
    running.qtbot.waitUntil(lambda: waiting(running)["collecting"] == before + 1, timeout=60_000)


def test_a_count_keeps_its_distance_from_the_name_of_the_place(running):
    rail = running.window.board.rail
    rail.show_waiting("bowl", 1204)
    running.until_quiet()
    item = rail._items["bowl"]
    assert item.width() >= item.sizeHint().width()
    name = metrics(bold=True).horizontalAdvance(item.place.name)
    assert item.sizeHint().width() - name - item._count().width >= 10 + ICON + 10 + 8


def test_enter_waits_for_the_answer_to_what_is_typed(running):
    running.press("k", modifier=CTRL)
    running.press("p")
    running.until_quiet()
    running.press("engaturan", Qt.Key.Key_Return)
    running.until_quiet()
    assert running.window.here.place == "settings"
    assert running.window.board.top.search.text() == ""


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_menu_opened_with_the_mouse_gives_the_focus_back(running):
    running.go("collecting")
    before = QApplication.focusWidget()
    QTest.mouseClick(running.window.board.top.menu, Qt.MouseButton.LeftButton)
    shown = QApplication.activePopupWidget()
    assert shown is not None
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    running.until_quiet()
    assert QApplication.focusWidget() is before


@pytest.mark.parametrize("part", [0, -1])
def test_a_list_of_the_breadcrumb_opened_with_the_mouse_gives_the_focus_back(running, part):
    running.go("collecting")
    before = QApplication.focusWidget()
    QTest.mouseClick(running.window.board.top.breadcrumb._crumbs[part], Qt.MouseButton.LeftButton)
    running.until_quiet()
    assert QApplication.focusWidget() is running.window._finder.field
    running.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
