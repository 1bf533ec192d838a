"""Pendataan with keys only: RT list, household list, search, filters, new, trash, the forms of an RT."""


import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import named_acts, recording
from p2kp_desktop.actions.tables import household_pages
from p2kp_desktop.forms import Household, Kawasan, Rt, RtRecap, RtSurvey
from p2kp_desktop.language import Trouble
from p2kp_desktop.reports import households
from p2kp_desktop.store import views
from p2kp_desktop.ui.lists.paged_model import PAGE, PagedModel
from p2kp_desktop.ui.place import Destination, Scope
from tests.conftest import KELURAHAN
from tests.records import YEAR, save
from tests.ui.collecting_steps import enter
from tests.ui.hands import press, settle

HERE = Scope(KELURAHAN, None, YEAR)
RT = Scope(KELURAHAN, "014/005", YEAR)


def refused(*_given, **_named):
    raise Trouble("Disk penuh.", remedy="Kosongkan disk.", code="R10")


def shown(place):
    table = place.table()
    names = [place for place, column in enumerate(table.columns) if column.key in ("name", "rt")][-1]
    return [table.model().index(row, names).data() for row in range(table.model().rowCount())]


def test_enter_opens_the_rt_in_focus(qtbot, workspace, collecting):
    save(workspace, rt="1/5")
    save(workspace, rt="2/5")
    enter(qtbot, collecting, HERE)
    assert shown(collecting) == ["RT 001 / RW 05", "RT 002 / RW 05"]
    press(qtbot, collecting, Qt.Key.Key_Down)
    press(qtbot, collecting, Qt.Key.Key_Return)
    assert collecting.heard == [Destination("collecting", Scope(KELURAHAN, "002/005", YEAR))]


def test_enter_opens_the_household_in_focus_and_its_draft_where_it_was_left(qtbot, workspace, collecting):
    first = save(workspace, building="1")
    second = save(workspace, building="2")
    keyed_drafts.keep(workspace, Household, second, {"roof": "b"}, "roof")
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, Qt.Key.Key_Return)
    press(qtbot, collecting, Qt.Key.Key_Down)
    press(qtbot, collecting, Qt.Key.Key_Enter)
    assert collecting.heard == [
        Destination("form", RT, "household", first), Destination("form", RT, "household", second, draft=True)
    ]


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier])
def test_n_begins_a_household_in_the_rt_in_focus(qtbot, workspace, collecting, modifier):
    save(workspace)
    enter(qtbot, collecting, HERE)
    press(qtbot, collecting, Qt.Key.Key_N, modifier=modifier)
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, Qt.Key.Key_N, modifier=modifier)
    assert collecting.heard == [Destination("form", RT, "household")] * 2


def test_typing_searches_and_down_leads_to_the_rows(qtbot, workspace, collecting):
    save(workspace, head_name="Siti Aminah")
    nana = save(workspace, head_name="Nana")
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, Qt.Key.Key_F, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "nan")
    settle(qtbot, collecting.desk)
    assert shown(collecting) == ["Nana"]
    press(qtbot, collecting, Qt.Key.Key_Down)
    press(qtbot, collecting, Qt.Key.Key_Return)
    assert collecting.heard[-1].record == nana
    press(qtbot, collecting, Qt.Key.Key_F, modifier=Qt.KeyboardModifier.ControlModifier)
    press(qtbot, collecting, Qt.Key.Key_Escape)
    assert len(shown(collecting)) == 2


@pytest.mark.parametrize("where", [HERE, RT])
def test_esc_ends_a_search_that_found_nothing_and_the_rows_have_the_keyboard(qtbot, workspace, collecting, where):
    recording.record(workspace, Household, {"rt": "014/005", "head_name": "Siti", "period": YEAR})
    enter(qtbot, collecting, where)
    before = shown(collecting)
    for letter in "zulkifli":
        qtbot.keyClicks(QApplication.focusWidget(), letter)
    settle(qtbot, collecting.desk)
    press(qtbot, collecting, Qt.Key.Key_Return)
    assert shown(collecting) == []
    press(qtbot, collecting, Qt.Key.Key_Escape)
    press(qtbot, collecting, Qt.Key.Key_Escape)
    assert shown(collecting) == before
    press(qtbot, collecting, Qt.Key.Key_Return)
    assert collecting.heard  # what is in focus was opened


def test_a_very_long_list_is_searched_in_the_database(qtbot, workspace, collecting, monkeypatch):
    monkeypatch.setattr(household_pages, "AT_HAND", 1)
    save(workspace, head_name="Siti Aminah")
    save(workspace, head_name="Nana")
    enter(qtbot, collecting, RT)
    collecting.rt.households.begin_search()
    qtbot.keyClicks(QApplication.focusWidget(), "nan")
    settle(qtbot, collecting.desk)
    assert shown(collecting) == ["Nana"]
    press(qtbot, collecting, Qt.Key.Key_Escape)
    assert len(shown(collecting)) == 2


def test_filters_are_chosen_with_keys(qtbot, workspace, collecting):
    save(workspace, head_name="Lengkap")
    save(workspace, head_name="Kurang", roof=None)
    enter(qtbot, collecting, RT)
    first = collecting.rt.households.filters.findChildren(type(collecting.rt.households.filters._buttons[0]))[0]
    first.setFocus()
    press(qtbot, collecting, Qt.Key.Key_Right)
    press(qtbot, collecting, Qt.Key.Key_Right)
    press(qtbot, collecting, Qt.Key.Key_Space)
    assert shown(collecting) == ["Kurang"]


def test_the_rt_in_focus_stays_so_when_its_figures_change(qtbot, workspace, collecting):
    for rt in ("13/5", "14/5", "15/5"):
        save(workspace, rt=rt)
    enter(qtbot, collecting, HERE)
    press(qtbot, collecting, Qt.Key.Key_Down)
    save(workspace, head_name="Baru", rt="14/5")
    collecting.desk.changed.emit(frozenset({"household"}))
    settle(qtbot, collecting.desk)
    assert collecting.area.rts.current().rt == "014/005"
    enter(qtbot, collecting, RT)
    save(workspace, head_name="Lagi", rt="14/5")
    enter(qtbot, collecting, HERE)
    assert collecting.area.rts.current().rt == "014/005"


def test_beranda_can_lead_to_one_filter(qtbot, workspace, collecting):
    save(workspace, head_name="Lengkap")
    save(workspace, head_name="Kurang", roof=None)
    enter(qtbot, collecting, HERE, tab="households:incomplete")
    assert shown(collecting) == ["Kurang"]


def test_del_asks_why_and_puts_the_household_into_the_trash(qtbot, workspace, collecting):
    save(workspace, head_name="Siti", building="1")
    save(workspace, head_name="Budi", building="2")
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, Qt.Key.Key_Delete)
    assert collecting.removal.isVisible()
    press(qtbot, collecting, Qt.Key.Key_Return)
    assert collecting.removal.isVisible()  # a reason is required
    qtbot.keyClicks(QApplication.focusWidget(), "dua kali")
    press(qtbot, collecting, Qt.Key.Key_Return)
    assert not collecting.removal.isVisible()
    assert shown(collecting) == ["Budi"]
    assert collecting.table().hasFocus()
    with workspace.asking() as connection:
        assert views.count(connection, Household, views.Where(deleted=True)) == 1


def test_a_removal_that_fails_asks_again_with_the_reason_that_was_typed(qtbot, workspace, collecting, monkeypatch):
    for number, name in enumerate(("Ani", "Budi"), start=1):
        save(workspace, head_name=name, building=str(number))
    enter(qtbot, collecting, RT)
    failures = []
    collecting.desk.failed.connect(failures.append)
    press(qtbot, collecting, Qt.Key.Key_Delete)
    qtbot.keyClicks(QApplication.focusWidget(), "dua kali")
    with monkeypatch.context() as broken:
        broken.setattr(recording, "delete", refused)
        press(qtbot, collecting, Qt.Key.Key_Return)
        settle(qtbot, collecting.desk)
    assert [each.code for each in failures] == ["R10"]
    assert (collecting.removal.reason.text(), collecting.removal.reason.hasFocus()) == ("dua kali", True)
    assert not collecting.foot.isVisible()
    press(qtbot, collecting, Qt.Key.Key_Return)
    settle(qtbot, collecting.desk)
    assert shown(collecting) == ["Budi"]
    assert not collecting.removal.isVisible()


def test_the_row_after_one_that_was_put_away_is_the_next_to_work_on(qtbot, workspace, collecting):
    for number, name in enumerate(("Ani", "Budi", "Cici", "Dodi"), start=1):
        save(workspace, head_name=name, building=str(number))
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, Qt.Key.Key_Down)
    press(qtbot, collecting, Qt.Key.Key_Delete)
    qtbot.keyClicks(QApplication.focusWidget(), "dua kali")
    press(qtbot, collecting, Qt.Key.Key_Return)
    assert shown(collecting) == ["Ani", "Cici", "Dodi"]
    assert collecting.table().currentIndex().row() == 1
    enter(qtbot, collecting, RT.at("001/001"))
    enter(qtbot, collecting, RT)
    assert collecting.table().currentIndex().row() == 0


def test_del_puts_all_selected_households_away_and_their_drafts_as_one_act(qtbot, workspace, collecting):
    ani, *_ = (save(workspace, head_name=name, building=name) for name in ("Ani", "Budi", "Cici"))
    keyed_drafts.keep(workspace, Household, ani, {"roof": "b"}, "roof")
    address = {"region": KELURAHAN, "rt": "014/005", "period": YEAR}
    keyed_drafts.keep(workspace, Household, "new", {**address, "head_name": "Baru"}, "roof")
    enter(qtbot, collecting, RT)
    assert shown(collecting) == ["Baru", "Ani", "Budi", "Cici"]
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        press(qtbot, collecting, key)
    assert collecting.foot.bar.isVisible()
    assert collecting.foot.bar.remove.isVisible()
    press(qtbot, collecting, Qt.Key.Key_Delete)
    assert collecting.removal.isVisible()
    assert not collecting.foot.isVisible()
    press(qtbot, collecting, Qt.Key.Key_Escape)
    assert collecting.foot.bar.isVisible()
    press(qtbot, collecting, Qt.Key.Key_Delete)
    qtbot.keyClicks(QApplication.focusWidget(), "salah RT")
    press(qtbot, collecting, Qt.Key.Key_Return)
    assert shown(collecting) == ["Cici"]
    assert keyed_drafts.waiting(workspace) == []
    assert "3 catatan ke tempat sampah. Ctrl+Z membatalkannya." in collecting.foot.outcome.accessibleName()
    named_acts.take_back(workspace, named_acts.last(workspace).id)
    collecting.desk.changed.emit(frozenset({"household"}))
    settle(qtbot, collecting.desk)
    assert shown(collecting) == ["Baru", "Ani", "Budi", "Cici"]
    assert {each.id: each.answers["roof"] for each in keyed_drafts.waiting(workspace) if each.id == ani} == {ani: "b"}


def test_esc_leaves_the_household_where_it_is(qtbot, workspace, collecting):
    save(workspace)
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, Qt.Key.Key_Delete)
    press(qtbot, collecting, Qt.Key.Key_Escape)
    assert not collecting.removal.isVisible()
    assert len(shown(collecting)) == 1
    assert collecting.table().hasFocus()


def test_a_draft_never_saved_is_thrown_away_without_a_reason(qtbot, workspace, collecting):
    address = {"region": KELURAHAN, "rt": "014/005", "period": YEAR}
    keyed_drafts.keep(workspace, Household, "new", {**address, "head_name": "Sukarman"}, "roof")
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, Qt.Key.Key_Delete)
    press(qtbot, collecting, Qt.Key.Key_Return)
    assert keyed_drafts.waiting(workspace) == []


def test_an_rt_without_households_says_what_to_do_first(qtbot, collecting):
    enter(qtbot, collecting, RT)
    assert collecting.rt.empty.isVisible()
    assert not collecting.rt.new.isVisible()
    press(qtbot, collecting, Qt.Key.Key_N, modifier=Qt.KeyboardModifier.ControlModifier)
    assert collecting.heard == [Destination("form", RT, "household")]


def test_survey_recap_and_rt_open_with_a_letter(qtbot, workspace, collecting):
    survey = save(workspace, RtSurvey, rt="14/5")
    save(workspace)
    enter(qtbot, collecting, RT)
    for key in (Qt.Key.Key_L, Qt.Key.Key_R, Qt.Key.Key_T):
        press(qtbot, collecting, key)
    assert collecting.heard == [
        Destination("form", RT, "rt_survey", survey), Destination("form", RT, "rt_recap"), Destination("form", RT, "rt")
    ]
    press(qtbot, collecting, Qt.Key.Key_Backspace)
    assert collecting.heard[-1] == Destination("collecting", HERE)


def test_kawasan_have_a_list_and_a_way_to_begin_one(qtbot, workspace, collecting):
    kawasan = save(workspace, Kawasan)
    enter(qtbot, collecting, HERE, tab="kawasan")
    press(qtbot, collecting, Qt.Key.Key_Return)
    press(qtbot, collecting, Qt.Key.Key_B)
    assert collecting.heard == [Destination("form", HERE, "kawasan", kawasan), Destination("form", HERE, "kawasan")]


def test_rows_are_sorted_with_keys(qtbot, workspace, collecting):
    save(workspace, head_name="Budi", building="2")
    save(workspace, head_name="Siti", building="1")
    enter(qtbot, collecting, RT)
    assert shown(collecting) == ["Siti", "Budi"]
    for _ in range(2):
        press(qtbot, collecting, Qt.Key.Key_Right, modifier=Qt.KeyboardModifier.ControlModifier)
    assert shown(collecting) == ["Budi", "Siti"]


def test_a_change_elsewhere_is_shown_and_the_row_in_focus_stays(qtbot, workspace, collecting):
    save(workspace, head_name="Budi", building="2")
    enter(qtbot, collecting, RT)
    given = {"region": KELURAHAN, "rt": "14/5", "period": YEAR, "building": "1", "head_name": "Ani"}
    collecting.desk.change(
        collecting, lambda workspace: recording.record(workspace, Household, given), touches=["household"]
    )
    settle(qtbot, collecting.desk)
    assert shown(collecting) == ["Ani", "Budi"]
    assert collecting.table().currentIndex().row() == 1


def test_every_action_of_the_place_has_a_name_and_a_key(collecting):
    for action in collecting.actions():
        assert action.text()
        assert action.shortcuts()


def test_the_status_is_never_dropped_however_narrow(qtbot, workspace, collecting):
    save(workspace)
    for width in (1366 - 220, 1093 - 48, 780):
        collecting.resize(width, 474)
        enter(qtbot, collecting, RT)
        table = collecting.table()
        kept = [column.key for place, column in enumerate(table.columns) if not table.isColumnHidden(place)]
        assert "standing" in kept
        assert sum(table.columnWidth(place) for place in range(len(table.columns))) <= table.viewport().width()
    assert not {"saved", "nik", "kk", "members"} & set(kept)


@pytest.mark.parametrize("scope", [HERE, RT])
def test_the_place_is_complete_in_the_small_work_area(qtbot, workspace, collecting, scope):
    save(workspace)
    enter(qtbot, collecting, scope)
    press(qtbot, collecting, Qt.Key.Key_Delete)
    assert collecting.minimumSizeHint().width() <= 1045
    assert collecting.minimumSizeHint().height() <= 474


def test_the_model_of_households_keeps_the_rules_of_models(qtbot, qtmodeltester, workspace, desk):
    for number in range(PAGE + 3):
        save(workspace, building=str(number))
    with workspace.asking() as connection:
        ids = [record.id for record in views.found(connection, Household)]
    model = PagedModel(desk, households.LONG, ids)
    assert model.line(PAGE) is None
    with qtbot.waitSignal(model.filled):
        pass
    assert model.line(PAGE).building == str(PAGE)
    qtmodeltester.check(model)
    settle(qtbot, desk)


def test_the_models_of_rts_kawasan_and_periods_keep_the_rules_of_models(qtbot, qtmodeltester, workspace, collecting):
    save(workspace)
    save(workspace, RtRecap, rt="2/5")
    save(workspace, Rt, rt="3/5", rt_number=3)
    save(workspace, Kawasan)
    enter(qtbot, collecting, HERE)
    for lines in (collecting.area.rts, collecting.area.kawasan):
        assert lines.model.rowCount()
        qtmodeltester.check(lines.model)


def test_a_wider_area_lists_its_kelurahan(qtbot, workspace, collecting):
    save(workspace)
    scope = Scope("16.71", None, YEAR)
    enter(qtbot, collecting, scope)
    assert collecting.area.villages.model.rowCount() == 1
    for key in (Qt.Key.Key_N, Qt.Key.Key_B):  # a household's form asks where it stands, an RT stands in a kelurahan
        press(qtbot, collecting, key)
    press(qtbot, collecting, Qt.Key.Key_Return)
    assert collecting.heard == [Destination("form", scope, "household"), Destination("collecting", HERE)]
    assert not collecting.area.new.isVisible()


def eight_of_sixty_four(workspace):
    for _ in range(8):
        save(workspace, rt="14/5", water_source="a", defecation="a", closet="b", faeces="b")
    save(workspace, RtSurvey, rt="14/5", buildings=64)


def test_a_score_of_eight_houses_in_sixty_four_says_so_where_it_stands(qtbot, workspace, collecting):
    eight_of_sixty_four(workspace)
    enter(qtbot, collecting, HERE)
    page = collecting.area
    level = next(place for place, each in enumerate(page.rts.model.columns) if each.key == "level")
    assert page.rts.model.index(0, level).data() == "Tidak kumuh, sementara"
    why = ("Sementara: Baru 8 dari 64 bangunan di survei lingkungan (3) yang didata. "
           "Dapat menjadi Tidak kumuh sampai Kumuh ringan (2–37).")
    assert page.rts.note.accessibleName() == f"RT 014 / RW 05 · {why}"
    enter(qtbot, collecting, RT)
    rt_page = collecting.rt
    assert "sensus 8 rumah): Tidak kumuh, sementara" in rt_page._caption.accessibleName()
    assert (rt_page._doubts.accessibleName(), rt_page._doubts.isVisible()) == (why, True)


def test_a_house_with_a_latrine_that_is_not_fit_is_not_layak(qtbot, workspace, collecting):
    eight_of_sixty_four(workspace)
    enter(qtbot, collecting, RT)
    model = collecting.rt.households.model
    latrine = next(place for place, each in enumerate(model.columns) if each.key == "latrine")
    settle(qtbot, collecting.desk)
    assert model.index(0, latrine).data() == "Akses saja"


def test_del_on_an_rt_says_why_it_stays(qtbot, workspace, collecting):
    save(workspace, head_name="Siti")
    recording.record(workspace, Rt, {"region": KELURAHAN, "rt": "099/009"})
    hints = []
    collecting.desk.hinted.connect(hints.append)
    enter(qtbot, collecting, HERE, tab="places")
    press(qtbot, collecting, Qt.Key.Key_Delete)
    press(qtbot, collecting, Qt.Key.Key_Down)
    press(qtbot, collecting, Qt.Key.Key_Delete)
    assert hints == ["RT 014 / RW 05 tidak dibuang: 1 rumah ada di dalamnya.",
                     "RT 099 / RW 09 bukan satu catatan: isinya dibuang satu per satu di Semua data (Ctrl Shift D)."]
    assert not collecting.removal.isVisible()


def test_del_says_where_nothing_can_be_put_away(qtbot, workspace, collecting):
    save(workspace, head_name="Siti")
    hints = []
    collecting.desk.hinted.connect(hints.append)
    enter(qtbot, collecting, Scope("16.71", None, YEAR), tab="places")
    press(qtbot, collecting, Qt.Key.Key_Delete)
    assert hints == ["Di daftar ini tidak ada yang dapat dibuang."]
