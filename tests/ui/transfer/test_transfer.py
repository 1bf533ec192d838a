"""Kirim & Terima under the fingers: every step with keys, real files, real workspaces."""

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.store import views
from p2kp_desktop.ui.files import drives
from p2kp_desktop.ui.kit.messages import ErrorCard
from p2kp_desktop.ui.place import Destination
from tests.ui.hands import press, settle
from tests.ui.transferring import HERLINA, SCOPE, SIZES, opening, paste_files

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

KELURAHAN = "16.71.01.1001"
DOWN, UP, RETURN, TAB = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Tab
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_place(qtbot, qapp, monkeypatch):
    """Give a function that opens Kirim & Terima on a workspace; sticks are folders of the test."""
    monkeypatch.setattr(drives, "documents", lambda: None)
    with opening(qtbot, qapp) as open_it:

        def with_stick(workspace, tab, stick=None, size=SIZES[0]):
            monkeypatch.setattr(drives, "removable", lambda: [("BIRU", stick)] if stick else [])
            return open_it(workspace, tab, size)

        yield with_stick


def type_words(qtbot, words):
    qtbot.keyClicks(QApplication.focusWidget(), words)


def terms(place):
    equation = place.receiving.arrived.equation._equation
    return equation.read, equation.new, equation.there_already, equation.conflict, equation.rejected


def a_conflict(make_workspace, tmp_path, **sides):
    """Make two workspaces that gave one household different answers; return mine, having received theirs."""
    ali, budi = make_workspace("Ali"), make_workspace("Budi")
    made = recording.record(ali, Household, HERLINA)
    receiving.receive(budi, sending.send(ali, tmp_path).path)
    for key, (mine, other) in sides.items():
        recording.record(ali, Household, {"id": made.id, key: mine})
        recording.record(budi, Household, {"id": made.id, key: other})
    receiving.receive(ali, sending.send(budi, tmp_path).path)
    return ali, budi, made.id


def test_a_facilitator_sends_to_a_stick_and_the_district_receives_the_file(
    qtbot, open_place, make_workspace, tmp_path
):
    stick = tmp_path / "stick"
    stick.mkdir()
    facilitator, district = make_workspace("Siti"), make_workspace("Kota", "district", ("16.71",))
    recording.record(facilitator, Household, HERLINA)
    place = open_place(facilitator, "send", stick)
    press(qtbot, place, "1")
    press(qtbot, place, RETURN, modifier=CTRL)
    (bundle,) = stick.glob("*.xlsx")
    assert place.sending.result.file.text() == bundle.name
    press(qtbot, place, TAB)
    press(qtbot, place, Qt.Key.Key_Space)
    assert QApplication.clipboard().text() == bundle.name

    place = open_place(district, "receive")
    paste_files(qtbot, place, bundle)
    assert "Siti" in place.receiving.arrived.list.entries.rows[0].caption
    with district.asking() as connection:
        assert views.count(connection, Household) == 0
    with qtbot.waitSignal(place.desk.changed):
        press(qtbot, place, RETURN, modifier=CTRL)
    assert terms(place) == (1, 1, 0, 0, 0)
    (movement,) = place.receiving.arrived.totals.list.model.lines
    assert (movement.rt, movement.before, movement.after.households) == ("014/005", None, 1)
    with district.asking() as connection:
        assert views.count(connection, Household) == 1


def test_a_truncated_file_is_explained_and_does_not_stop_the_others(qtbot, open_place, make_workspace, tmp_path):
    folder = tmp_path / "kiriman"
    folder.mkdir()
    facilitator, district = make_workspace("Siti"), make_workspace("Kota", "district", ("16.71",))
    recording.record(facilitator, Household, HERLINA)
    good = sending.send(facilitator, folder).path
    (folder / "A terpotong.xlsx").write_bytes(good.read_bytes()[:9000])
    place = open_place(district, "receive")
    paste_files(qtbot, place, folder)
    press(qtbot, place, RETURN, modifier=CTRL)
    assert terms(place) == (1, 1, 0, 0, 0)
    press(qtbot, place, DOWN)
    qtbot.waitUntil(lambda: any(card.isVisible() for card in place.findChildren(ErrorCard)))
    (card,) = (card for card in place.findChildren(ErrorCard) if card.isVisible())
    assert "terpotong" in card.accessibleName()
    paste_files(qtbot, place, good)
    assert "sudah diterima" in place.receiving.arrived.list.entries.rows[0].remark
    press(qtbot, place, RETURN, modifier=CTRL)
    assert terms(place) == (1, 0, 1, 0, 0)


@pytest.mark.parametrize("shift", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier])
def test_ctrl_o_opens_a_dialog_in_our_words_and_escape_closes_it(qtbot, open_place, workspace, shift):
    place = open_place(workspace, "receive")
    press(qtbot, place, "o", modifier=CTRL | shift)
    (dialog,) = place.findChildren(QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.labelText(QFileDialog.DialogLabel.Reject) == "Batal"
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert place.receiving.files == []


def test_a_conflict_is_settled_by_a_digit_a_reason_and_ctrl_enter(qtbot, open_place, make_workspace, tmp_path):
    ali, _, _ = a_conflict(make_workspace, tmp_path, water_source=("d", "c"), roof=("a", "b"))
    place = open_place(ali, "conflicts")
    assert place.tabs.tabText(2) == say("Konflik ({count})", count=2)
    assert place.focusWidget() is place.settling.weighed.cards[0]
    press(qtbot, place, RETURN, modifier=CTRL)
    assert conflicts.count(ali) == 2
    press(qtbot, place, "2")
    press(qtbot, place, RETURN, modifier=CTRL)
    assert place.settling.weighed.reason.property("status") == "err"
    assert conflicts.count(ali) == 2
    type_words(qtbot, "difoto 12 Oktober")
    with qtbot.waitSignal(place.settling.counted, check_params_cb=lambda count: count == 1):
        press(qtbot, place, RETURN, modifier=CTRL)
    assert place.settling.weighed.reason.text() == ""
    assert place.focusWidget() is place.settling.weighed.cards[0]
    press(qtbot, place, "1")
    type_words(qtbot, "dilihat lagi")
    press(qtbot, place, RETURN, modifier=CTRL)
    assert conflicts.count(ali) == 0
    assert place.tabs.tabText(2) == say("Konflik")


def test_f8_goes_round_the_conflicts(qtbot, open_place, make_workspace, tmp_path):
    ali, _, _ = a_conflict(make_workspace, tmp_path, kk_count=(2, 3), roof=("a", "b"))
    place = open_place(ali, "conflicts")
    seen = []
    for _ in range(3):
        seen.append(place.settling._shown.heading.question)
        press(qtbot, place, Qt.Key.Key_F8)
    assert len(set(seen[:2])) == 2
    assert seen[2] == seen[0]


def test_a_destination_opens_its_conflict(qtbot, open_place, make_workspace, tmp_path):
    ali, _, household = a_conflict(make_workspace, tmp_path, kk_count=(2, 3), roof=("a", "b"))
    place = open_place(ali, "send")
    place.enter(Destination("transfer", record=household, question="roof"), SCOPE)
    settle(qtbot, place.desk)
    assert place.settling._shown.heading.question == "roof"


def test_the_log_says_what_was_sent_and_received(open_place, make_workspace, tmp_path):
    ali, _, _ = a_conflict(make_workspace, tmp_path, roof=("a", "b"))
    place = open_place(ali, "log")
    results = [line.result for line in place.log.list.model.lines]
    assert [line.sent for line in place.log.list.model.lines] == [False, True]
    assert "1 konflik" in results[0]
    assert results[1] == "1 catatan untuk Kabupaten/Kota"


def test_the_keys_that_turn_the_tabs_lead_into_what_they_show(qtbot, open_place, make_workspace, tmp_path):
    ali, _, _ = a_conflict(make_workspace, tmp_path, roof=("a", "b"))
    place = open_place(ali, "receive")
    press(qtbot, place, Qt.Key.Key_PageDown, modifier=CTRL)
    assert place.settling.isAncestorOf(QApplication.focusWidget())
    press(qtbot, place, Qt.Key.Key_PageDown, modifier=CTRL)
    assert QApplication.focusWidget() is place.log.list.table
    press(qtbot, place, DOWN)
    assert place.log.list.table.currentIndex().row() == 1


def test_alt_and_a_number_lead_to_a_tab_and_the_menu_names_it(qtbot, open_place, make_workspace, tmp_path):
    ali, _, _ = a_conflict(make_workspace, tmp_path, roof=("a", "b"))
    place = open_place(ali, "send")
    ways = {each.text(): each.shortcut().toString() for each in place.tabs.actions()}
    assert [(name, ways[name]) for name in ("Tab Kirim", "Tab Terima", "Tab Konflik (1)")] == [
        ("Tab Kirim", "Alt+1"), ("Tab Terima", "Alt+2"), ("Tab Konflik (1)", "Alt+3"),
    ]
    press(qtbot, place, "3", modifier=Qt.KeyboardModifier.AltModifier)
    assert place.settling.isAncestorOf(QApplication.focusWidget())
    press(qtbot, place, "4", modifier=Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is place.log.list.table


def test_every_model_keeps_qts_contract(qtbot, open_place, make_workspace, tmp_path):
    ali, _, _ = a_conflict(make_workspace, tmp_path, roof=("a", "b"))
    place = open_place(ali, "conflicts")
    models = [model for model in place.findChildren(QAbstractItemModel) if not model.parent().inherits("QComboBox")]
    kept = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal) for model in models
    ]
    for tab in ("send", "receive", "conflicts", "log"):
        place.enter(Destination("transfer", tab=tab), SCOPE)
        settle(qtbot, place.desk)
    assert len(kept) >= 5


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_or_higher_than_the_work_area(qtbot, open_place, make_workspace, tmp_path, size):
    ali, _, _ = a_conflict(make_workspace, tmp_path, roof=("a", "b"), water_source=("d", "c"))
    place = open_place(ali, "send", tmp_path, size)
    for tab in ("send", "receive", "conflicts", "log"):
        place.enter(Destination("transfer", tab=tab), SCOPE)
        settle(qtbot, place.desk)
        if tab == "receive":
            place.receiving.look_at([tmp_path])
            settle(qtbot, place.desk)
            press(qtbot, place, RETURN, modifier=CTRL)
        needed = place.minimumSizeHint()
        assert (needed.width() <= size[0], needed.height() <= size[1]) == (True, True), (tab, needed)
