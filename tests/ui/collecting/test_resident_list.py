"""Daftar warga in the RT page with keys only: pasted, gone through by digits, each line a way to its household."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.importing import resident_lists
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import named_acts, recording
from p2kp_desktop.actions.residents import residents
from p2kp_desktop.actions.residents.residents import ResidentLine
from p2kp_desktop.actions.scores import progress
from p2kp_desktop.forms import Household, Resident
from p2kp_desktop.forms.resident import EMPTY, REFUSED, SURVEYED
from p2kp_desktop.reports.areas import recorded
from p2kp_desktop.ui.place import Destination, Scope
from tests import failing
from tests.conftest import KELURAHAN
from tests.records import YEAR, save
from tests.ui.collecting_steps import enter
from tests.ui.hands import press, settle

RT = Scope(KELURAHAN, "014/005", YEAR)
HERE = (KELURAHAN, "014/005", YEAR)
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def put(workspace, *lines):
    return resident_lists.put_list(workspace, *HERE, [ResidentLine(*line) for line in lines], origin="ditempel").new


def outcomes(workspace):
    return [line[Resident.outcome] for line in residents.lines(workspace, *HERE)]


def shown(place):
    return [line[Resident.head_name] for line in place.rt.residents.list.model.lines]


def test_a_list_from_excel_is_read_over_before_it_is_kept(qtbot, workspace, collecting):
    siti = save(workspace, head_name="Siti Aminah", building="7")
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, KEY.Key_W)
    assert collecting.rt.residents.pasting.isVisible()  # there is no list yet
    press(qtbot, collecting, KEY.Key_Escape)
    assert not collecting.rt.shows_residents
    press(qtbot, collecting, KEY.Key_W)
    QApplication.clipboard().setText("No\tNama\tRumah\n1\tSiti Aminah\t7\n2\tBudi\t8\n3\tYuliana\t9\n")
    press(qtbot, collecting, KEY.Key_V, modifier=CONTROL)
    assert residents.lines(workspace, *HERE) == []
    press(qtbot, collecting, KEY.Key_Return, modifier=CONTROL)
    assert shown(collecting) == ["Siti Aminah", "Budi", "Yuliana"]
    assert [line[Resident.household] for line in residents.lines(workspace, *HERE)] == [siti, None, None]
    assert collecting.rt._recorded.accessibleName().startswith("1 dari 3 didata, 2 belum")
    assert "3 baris ditambahkan, 1 cocok" in collecting.foot.outcome.accessibleName()


def test_digits_say_how_lines_ended_and_go_on_to_the_next(qtbot, workspace, collecting):
    save(workspace)
    put(workspace, ("1", "Ani"), ("2", "Budi"), ("3", "Cici"))
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, KEY.Key_W)
    assert collecting.rt.residents.table.currentIndex().row() == 0
    for key in (KEY.Key_2, KEY.Key_3, KEY.Key_1):
        press(qtbot, collecting, key)
    assert outcomes(workspace) == [EMPTY, REFUSED, SURVEYED]
    press(qtbot, collecting, KEY.Key_0)
    assert outcomes(workspace) == [EMPTY, REFUSED, None]


def test_the_missing_are_shown_alone_and_one_leaves_the_list_when_it_ends(qtbot, workspace, collecting):
    save(workspace)
    ids = put(workspace, ("1", "Ani"), ("2", "Budi"), ("3", "Cici"))
    residents.decide(workspace, ids[0], EMPTY)
    enter(qtbot, collecting, RT)
    filters = collecting.rt.households.filters
    missing = next(button for button in filters._buttons if button.key == "missing")
    missing.setFocus()
    press(qtbot, collecting, KEY.Key_Space)
    assert shown(collecting) == ["Budi", "Cici"]
    press(qtbot, collecting, KEY.Key_4)
    assert shown(collecting) == ["Cici"]
    press(qtbot, collecting, KEY.Key_Escape)
    assert collecting.table() is collecting.rt.households.table


def test_enter_begins_the_household_with_number_and_name_and_later_opens_it(
    qtbot, workspace, collecting
):
    put(workspace, ("7a", "Siti Aminah"))
    enter(qtbot, collecting, RT, tab="residents")
    press(qtbot, collecting, KEY.Key_Return)
    (draft,) = keyed_drafts.waiting(workspace)
    assert collecting.heard == [Destination("form", RT, "household", draft.id, draft=True)]
    opened = keyed_drafts.open_draft(workspace, draft.id)
    assert opened.keying.record[Household.head_name] == "Siti Aminah"
    assert opened.keying.record[Household.building] == "7a"
    press(qtbot, collecting, KEY.Key_Return)
    assert len(keyed_drafts.waiting(workspace)) == 1  # the same draft is taken up again
    recording.record(workspace, Household, {"id": draft.id, **draft.answers})
    keyed_drafts.drop(workspace, draft.id)
    enter(qtbot, collecting, RT, tab="residents")
    assert outcomes(workspace) == [SURVEYED]
    press(qtbot, collecting, KEY.Key_Return)
    assert collecting.heard[-1] == Destination("form", RT, "household", draft.id)


def test_an_rt_without_households_offers_to_paste_the_list(qtbot, workspace, collecting):
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, KEY.Key_W)
    assert collecting.rt.residents.pasting.text.hasFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "1\tAni")
    press(qtbot, collecting, KEY.Key_Return, modifier=CONTROL)
    assert residents.lines(workspace, *HERE) == []  # it is looked at first
    press(qtbot, collecting, KEY.Key_Return, modifier=CONTROL)
    assert shown(collecting) == ["Ani"]


def paste(qtbot, place, text):
    """Lay a list on the clipboard and look at it, from the list of residents."""
    QApplication.clipboard().setText(text)
    press(qtbot, place, KEY.Key_V, modifier=CONTROL)
    return place.rt.residents.pasting


def previewed(pasting):
    return [(each.line.number, each.line.name, each.standing) for each in pasting.list.model.lines]


def test_every_line_is_seen_before_it_is_kept_and_columns_are_turned_by_keys(qtbot, workspace, collecting):
    save(workspace)
    put(workspace, ("7", "Ani"))
    enter(qtbot, collecting, RT, tab="residents")
    pasting = paste(qtbot, collecting, "7\tAni\nB2\tBudi\nB9\tCici\n")
    assert previewed(pasting) == [("7", "Ani", "known"), ("B2", "Budi", "new"), ("B9", "Cici", "new")]
    assert pasting.yes.accessibleName() == "Tambahkan 2 baris"
    press(qtbot, collecting, KEY.Key_F6)
    assert previewed(pasting)[1][:2] == ("Budi", "B2")
    press(qtbot, collecting, KEY.Key_F6)
    press(qtbot, collecting, KEY.Key_F7)
    assert previewed(pasting)[1][:2] == ("", "Budi")
    press(qtbot, collecting, KEY.Key_F7)
    press(qtbot, collecting, KEY.Key_Down)
    press(qtbot, collecting, KEY.Key_Space)  # Budi moved away
    press(qtbot, collecting, KEY.Key_Return, modifier=CONTROL)
    assert shown(collecting) == ["Ani", "Cici"]
    assert named_acts.last(workspace).name == "daftar warga, 1 baris"


def test_doubles_within_one_list_are_asked_about_and_the_same_list_adds_nothing(qtbot, workspace, collecting):
    save(workspace)
    put(workspace, ("1", "Dedi"))
    enter(qtbot, collecting, RT, tab="residents")
    text = "Nama\nAni\nBudi\nAni\n"
    pasting = paste(qtbot, collecting, text)
    assert [standing for *_, standing in previewed(pasting)] == ["new", "new", "twin"]
    press(qtbot, collecting, KEY.Key_Return, modifier=CONTROL)
    assert len(residents.lines(workspace, *HERE)) == 1
    assert pasting.table.currentIndex().row() == 2
    press(qtbot, collecting, KEY.Key_Return, modifier=CONTROL)
    assert shown(collecting) == ["Dedi", "Ani", "Budi", "Ani"]
    pasting = paste(qtbot, collecting, text)
    assert not pasting.yes.isEnabled()
    press(qtbot, collecting, KEY.Key_Return, modifier=CONTROL)
    assert len(residents.lines(workspace, *HERE)) == 4
    press(qtbot, collecting, KEY.Key_Escape)
    assert collecting.rt.residents.table.hasFocus()


def test_a_list_can_be_corrected_as_text_before_it_is_kept(qtbot, workspace, collecting):
    put(workspace, ("1", "Dedi"))
    enter(qtbot, collecting, RT, tab="residents")
    pasting = paste(qtbot, collecting, "2\tAni\n3\tBudi\n")
    press(qtbot, collecting, KEY.Key_F2)
    assert pasting.text.hasFocus()
    qtbot.keyClicks(pasting.text, "9")
    press(qtbot, collecting, KEY.Key_Return, modifier=CONTROL)
    assert previewed(pasting)[0] == ("92", "Ani", "new")


def test_f8_goes_to_the_next_line_that_nobody_visited(qtbot, workspace, collecting):
    ids = put(workspace, ("1", "Ani"), ("2", "Budi"), ("3", "Cici"), ("4", "Dedi"))
    for done in (ids[0], ids[2]):
        residents.decide(workspace, done, EMPTY)
    enter(qtbot, collecting, RT, tab="residents")
    table = collecting.rt.residents.table
    rows = [table.currentIndex().row()]
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        press(qtbot, collecting, KEY.Key_F8, modifier=modifier)
        rows.append(table.currentIndex().row())
    assert rows == [1, 3, 1, 3]


def test_f2_notes_something_on_the_line_in_focus(qtbot, workspace, collecting):
    put(workspace, ("1", "Ani"), ("2", "Budi"))
    enter(qtbot, collecting, RT, tab="residents")
    sheet = collecting.rt.residents
    press(qtbot, collecting, KEY.Key_Down)
    press(qtbot, collecting, KEY.Key_F2)
    qtbot.keyClicks(QApplication.focusWidget(), "dikunci 2x")  # no digit ends a visit here
    press(qtbot, collecting, KEY.Key_Return)
    assert sheet.table.hasFocus()
    assert sheet.list.current()[Resident.note] == "dikunci 2x"
    press(qtbot, collecting, KEY.Key_F2)
    qtbot.keyClicks(QApplication.focusWidget(), ", lalu")
    assert sheet.asking.fields[0].text() == "dikunci 2x, lalu"
    press(qtbot, collecting, KEY.Key_Escape)
    assert sheet.table.hasFocus()
    press(qtbot, collecting, KEY.Key_F2)
    press(qtbot, collecting, KEY.Key_A, modifier=CONTROL)
    press(qtbot, collecting, KEY.Key_Delete)
    press(qtbot, collecting, KEY.Key_Return)
    assert [line[Resident.note] for line in residents.lines(workspace, *HERE)] == [None, None]
    assert outcomes(workspace) == [None, None]
    assert named_acts.last(workspace).name == "Budi: keterangan"
    named_acts.take_back(workspace, named_acts.last(workspace).id)
    collecting.desk.changed.emit(frozenset({"resident"}))
    settle(qtbot, collecting.desk)
    assert sheet.list.current()[Resident.note] == "dikunci 2x"  # the line in focus stays so


def test_a_note_that_is_not_on_disk_stays_in_its_field(qtbot, workspace, collecting):
    put(workspace, ("1", "Ani"))
    enter(qtbot, collecting, RT, tab="residents")
    sheet = collecting.rt.residents
    press(qtbot, collecting, KEY.Key_F2)
    qtbot.keyClicks(QApplication.focusWidget(), "dikunci 2x")
    with failing.no_write_succeeds():
        press(qtbot, collecting, KEY.Key_Return)
        assert sheet.asking.isVisible()
        assert sheet.asking.fields[0].text() == "dikunci 2x"
    press(qtbot, collecting, KEY.Key_Return)
    assert not sheet.asking.isVisible()
    assert [line[Resident.note] for line in residents.lines(workspace, *HERE)] == ["dikunci 2x"]


def test_the_lists_of_an_area_are_told_together(qtbot, workspace, collecting):
    ids = put(workspace, ("1", "Ani"), ("2", "Budi"), ("3", "Cici"))
    residents.decide(workspace, ids[0], EMPTY)
    for area in (KELURAHAN, KELURAHAN[:5]):
        enter(qtbot, collecting, Scope(area, None, YEAR))
        words = collecting.area._caption.text().replace("\N{NO-BREAK SPACE}", " ")
        assert "daftar warga: <b>0 dari 3</b> didata, 1 kosong, 2 belum" in words


def test_lines_of_every_rt_end_where_its_kelurahan_is_looked_at(qtbot, workspace, collecting):
    put(workspace, ("1", "Ani"), ("2", "Budi"))
    save(workspace, head_name="Ani")  # not keyed in the form: a script, or a bundle that arrived
    enter(qtbot, collecting, Scope(KELURAHAN, None, YEAR))
    settle(qtbot, collecting.desk)
    assert outcomes(workspace) == [SURVEYED, None]
    assert "<b>1 dari 2</b> didata" in collecting.area._caption.text()
    recording.delete(workspace, Household, residents.lines(workspace, *HERE)[0][Resident.household], reason="salah")
    save(workspace, head_name="Budi")
    collecting.desk.changed.emit(frozenset({Household.key}))
    settle(qtbot, collecting.desk)
    assert outcomes(workspace) == [None, SURVEYED]


def test_an_rt_with_a_list_is_measured_by_it(workspace):
    save(workspace, head_name="Ani", building="1")
    put(workspace, ("1", "Ani"), ("2", "Budi"))
    (line,) = progress.rts(workspace, KELURAHAN, YEAR)
    assert (line.percent, recorded(line), line.listed.missing) == (50, "1 dari 2 didata", 1)


def test_the_list_is_complete_in_the_small_work_area(qtbot, workspace, collecting):
    save(workspace)
    put(workspace, ("1", "Ani"))
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, KEY.Key_W)
    press(qtbot, collecting, KEY.Key_F2)
    assert collecting.rt.residents.asking.isVisible()
    assert collecting.minimumSizeHint().height() <= 474
    press(qtbot, collecting, KEY.Key_Escape)
    press(qtbot, collecting, KEY.Key_V, modifier=CONTROL)
    assert collecting.minimumSizeHint().width() <= 1045
    assert collecting.minimumSizeHint().height() <= 474


def test_a_text_in_which_nobody_is_named_is_told_and_stays(qtbot, workspace, collecting):
    enter(qtbot, collecting, RT)
    press(qtbot, collecting, KEY.Key_W)
    pasting = collecting.rt.residents.pasting
    qtbot.keyClicks(pasting.text, ";;")
    press(qtbot, collecting, KEY.Key_Return, modifier=CONTROL)
    assert "Tidak ada nama yang terbaca" in pasting._read.text()
    assert pasting.text.toPlainText() == ";;"
    assert residents.lines(workspace, *HERE) == []
