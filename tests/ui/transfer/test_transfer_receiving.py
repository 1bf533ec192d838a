"""Terima under the fingers: read, rehearse, apply, take back; keys only, real files, real workspaces."""

from threading import Event

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import views
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.messages import ErrorCard
from p2kp_desktop.ui.place import Destination
from p2kp_desktop.ui.transfer import log
from p2kp_desktop.ui.transfer.intake import Phase
from tests.ui.hands import NONE, press, settle
from tests.ui.transferring import HERLINA, SCOPE, SIZES, opening, paste_files

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

DOWN, RETURN, ESCAPE, TAB = Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
BACKSPACE = Qt.Key.Key_Backspace
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_place(qtbot, qapp):
    """Give a function that opens Terima, or another tab, on a workspace."""
    with opening(qtbot, qapp) as open_it:
        yield lambda workspace, tab="receive", size=SIZES[0]: open_it(workspace, tab, size)


def tab_to(qtbot, place, wanted):
    """Press Tab until the widget has the focus."""
    for _ in range(60):
        if QApplication.focusWidget() is wanted:
            return
        press(qtbot, place, TAB)
    raise AssertionError(wanted)


def terms(place):
    equation = place.receiving.arrived.equation._equation
    return equation.read, equation.new, equation.there_already, equation.conflict, equation.rejected


def rows(place):
    return place.receiving.arrived.list.entries.rows


def phase(place):
    return place.receiving.intake.phase


def told(place):
    """Return what the error cards in sight say happened."""
    return [card.accessibleName() for card in place.findChildren(ErrorCard) if card.isVisible()]


def a_household(workspace, **answers):
    return recording.record(workspace, Household, {**HERLINA, **answers}).id


def renamed(path, name):
    return path.rename(path.with_name(name))


def edited_in_a_spreadsheet(path, key, row, text):
    """Save the bundle with another text in the cell of this question."""
    book = openpyxl.load_workbook(path)
    (sheet,) = (each for each in book.worksheets if each.cell(1, 1).value == "p2kp:household")
    column = next(cell.column for cell in sheet[1] if str(cell.value) == key)
    sheet.cell(row, column).value = text
    book.save(path)
    return path


@pytest.fixture
def inbox(make_workspace, tmp_path):
    """A district with one household, and a folder: its conflict, the same file again, one cut off, a new one."""
    siti, tono = make_workspace("Siti"), make_workspace("Tono")
    district = make_workspace("Kota", "district", ("16.71",))
    record = a_household(siti)
    folder = tmp_path / "kiriman"
    folder.mkdir()
    first = sending.send(siti, tmp_path, to="district").path
    for receiver in (tono, district):
        assert receiving.receive(receiver, first).trouble is None
    recording.record(district, Household, {"id": record, "roof": "a"})
    recording.record(siti, Household, {"id": record, "roof": "b", "kk_count": 2})
    a_household(siti, head_name="Rahmat")
    bundle = renamed(sending.send(siti, folder, to="district").path, "B.xlsx")
    (folder / "B (1).xlsx").write_bytes(bundle.read_bytes())
    (folder / "C terpotong.xlsx").write_bytes(bundle.read_bytes()[:9000])
    a_household(tono, head_name="Yusuf")
    renamed(sending.send(tono, folder, to="district").path, "D.xlsx")
    return district, folder


def test_files_are_rehearsed_applied_and_taken_back(qtbot, open_place, inbox):
    district, folder = inbox
    before = soundness.digest(district)
    place = open_place(district)
    paste_files(qtbot, place, folder)
    assert phase(place) is Phase.REHEARSED
    assert soundness.digest(district) == before
    assert [row.title for row in rows(place)[1:]] == ["B (1).xlsx", "B.xlsx", "C terpotong.xlsx", "D.xlsx"]
    assert rows(place)[2].remark == "isi sama dengan B (1).xlsx"
    assert rows(place)[3].mark.words == "Ditolak"
    assert "belum dikenal" in rows(place)[4].remark
    read, new, already, conflict, rejected = terms(place)
    assert (new, conflict, rejected) == (2, 1, 0)
    assert already == 1
    clashes = place.receiving.arrived.findings.clashes
    assert "Herlina" in clashes.accessibleName()
    lines = place.receiving.arrived.changes.answers.list.model.lines
    assert [change.after for change in lines if change.question == "kk_count"] == [2]

    press(qtbot, place, RETURN, modifier=CTRL)
    assert phase(place) is Phase.DONE
    assert terms(place) == (read, new, already, conflict, rejected)
    assert place.receiving.intake.ended.backup.exists()
    assert conflicts.count(district) == 1
    with district.asking() as connection:
        assert views.count(connection, Household) == 3

    press(qtbot, place, BACKSPACE, modifier=CTRL)
    assert soundness.digest(district) != before
    press(qtbot, place, RETURN)
    assert phase(place) is Phase.LISTED
    assert soundness.digest(district) == before
    press(qtbot, place, RETURN, modifier=CTRL)
    assert phase(place) is Phase.REHEARSED


@pytest.mark.parametrize("corrects", ["district", "facilitator"])
def test_the_rehearsal_says_which_answer_holds_until_somebody_settles(
    qtbot, open_place, make_workspace, tmp_path, corrects
):
    siti, city = make_workspace("Siti"), make_workspace("Kota", "district", ("16.71",))
    record = a_household(siti, electricity="c")
    receiving.receive(city, sending.send(siti, tmp_path, to="district").path)
    recording.record(city, Household, {"id": record, "electricity": "b"})
    recording.record(siti, Household, {"id": record, "electricity": "d"})
    receiver, sender, to = {
        "district": (city, siti, "district"), "facilitator": (siti, city, "facilitator"),
    }[corrects]
    place = open_place(receiver)
    paste_files(qtbot, place, sending.send(sender, tmp_path, to=to).path)
    told = [label.text() for label in place.receiving.arrived.findings.clashes.findChildren(Label)]
    before = [text for text in told if "Dipakai sampai diputuskan" in text]
    assert len(before) == 1
    announced = told[told.index(before[0]) - 1]
    press(qtbot, place, RETURN, modifier=CTRL)
    with receiver.asking() as connection:
        (kept,) = views.found(connection, Household)
    assert announced == kept.show(Household.electricity) != ""
    assert kept.answers["electricity"] == "w900"  # the reviewer's, wherever it is received


def test_f8_leads_to_the_conflict_and_enter_to_where_it_is_settled(qtbot, open_place, inbox):
    district, folder = inbox
    place = open_place(district)
    paste_files(qtbot, place, folder)
    press(qtbot, place, RETURN, modifier=CTRL)
    press(qtbot, place, Qt.Key.Key_F8)
    assert QApplication.focusWidget() is place.receiving.arrived.findings.clashes.button
    press(qtbot, place, RETURN)
    assert place.settling.isVisible()
    assert conflicts.count(district) == 1


def test_escape_leaves_everything_as_it_was(qtbot, open_place, inbox):
    district, folder = inbox
    before = soundness.digest(district)
    place = open_place(district)
    paste_files(qtbot, place, folder)
    press(qtbot, place, ESCAPE)
    assert (phase(place), place.receiving.files) == (Phase.EMPTY, [])
    assert soundness.digest(district) == before


def test_reading_stops_with_escape(qtbot, open_place, inbox):
    district, folder = inbox
    place = open_place(district)
    intake = place.receiving.intake

    def stop():
        if len(intake.files) == 2:
            intake.moved.disconnect(stop)
            qtbot.keyClick(QApplication.focusWidget() or place, ESCAPE)

    intake.moved.connect(stop)
    paste_files(qtbot, place, folder)
    assert (phase(place), len(place.receiving.files)) == (Phase.LISTED, 2)
    press(qtbot, place, RETURN, modifier=CTRL)
    assert phase(place) is Phase.REHEARSED


@pytest.mark.parametrize("applies", [False, True])
def test_the_rehearsal_and_applying_stop_with_escape(qtbot, open_place, inbox, applies):
    district, folder = inbox
    before = soundness.digest(district)
    place = open_place(district)
    gate = Event()
    if applies:
        paste_files(qtbot, place, folder)
    place.desk.change(place, lambda _workspace: gate.wait(20), touches=())
    if applies:
        qtbot.keyClick(QApplication.focusWidget(), RETURN, CTRL)
    else:
        place.receiving.look_at([folder])
    qtbot.waitUntil(lambda: phase(place) is (Phase.APPLYING if applies else Phase.REHEARSING), timeout=60_000)
    qtbot.keyClick(QApplication.focusWidget() or place, ESCAPE)
    gate.set()
    settle(qtbot, place.desk)
    assert phase(place) is (Phase.DONE if applies else Phase.LISTED)
    assert soundness.digest(district) == before
    if not applies:
        press(qtbot, place, RETURN, modifier=CTRL)
        assert phase(place) is Phase.REHEARSED


def test_a_locked_file_asks_for_its_password_in_the_page(qtbot, open_place, make_workspace, tmp_path):
    siti, district = make_workspace("Siti"), make_workspace("Kota", "district", ("16.71",))
    a_household(siti)
    locked = sending.send(siti, tmp_path, to="district", password="sungai").path
    place = open_place(district)
    paste_files(qtbot, place, locked)
    for word in ("musi", "sungai"):
        assert phase(place) is Phase.LISTED
        (card,) = place.receiving.arrived.findings.locked
        assert QApplication.focusWidget() is card.field
        assert card.field.property("status") == ("" if word == "musi" else "err")
        qtbot.keyClicks(card.field, word)
        press(qtbot, place, RETURN)
    assert phase(place) is Phase.REHEARSED
    assert terms(place)[:2] == (1, 1)
    press(qtbot, place, RETURN, modifier=CTRL)
    with district.asking() as connection:
        assert views.count(connection, Household) == 1


@pytest.mark.parametrize("reason", ["dikonfirmasi lewat telepon", ""])
def test_a_cell_edited_in_a_spreadsheet_is_taken_only_with_a_reason(
    qtbot, open_place, make_workspace, tmp_path, reason
):
    siti, district = make_workspace("Siti"), make_workspace("Kota", "district", ("16.71",))
    a_household(siti)
    bundle = edited_in_a_spreadsheet(sending.send(siti, tmp_path, to="district").path, "head_name", 4, "Herlina S.")
    place = open_place(district)
    paste_files(qtbot, place, bundle)
    (card,) = place.receiving.arrived.findings.outside
    tab_to(qtbot, place, card.reason)
    qtbot.keyClicks(card.reason, reason)
    press(qtbot, place, RETURN)
    assert place.receiving.intake.accepted == ({bundle: reason} if reason else {})
    press(qtbot, place, RETURN, modifier=CTRL)
    with district.asking() as connection:
        (house,) = views.found(connection, Household)
    assert house.answers.get("head_name") == ("Herlina S." if reason else None)


def test_what_stands_in_the_way_of_taking_back_is_told(qtbot, open_place, inbox):
    district, folder = inbox
    place = open_place(district)
    paste_files(qtbot, place, folder)
    press(qtbot, place, RETURN, modifier=CTRL)
    with district.asking() as connection:
        house = next(house.id for house in views.found(connection, Household) if "Yusuf" in house.answers.values())
    recording.record(district, Household, {"id": house, "kk_count": 3})
    after = soundness.digest(district)
    press(qtbot, place, BACKSPACE, modifier=CTRL)
    press(qtbot, place, RETURN)
    assert any("Yusuf" in sentence for sentence in told(place)), (told(place), phase(place))
    assert phase(place) is Phase.DONE
    assert soundness.digest(district) == after


def test_an_import_is_taken_back_and_its_file_saved_from_the_log(
    qtbot, open_place, inbox, tmp_path, monkeypatch
):
    district, folder = inbox
    before = soundness.digest(district)
    place = open_place(district)
    paste_files(qtbot, place, folder / "B.xlsx")
    press(qtbot, place, RETURN, modifier=CTRL)
    place.enter(Destination("transfer", tab="log"), SCOPE)
    settle(qtbot, place.desk)
    line = place.log.line
    assert (line.file, line.undone) == ("B.xlsx", False)
    assert "Siti" in line.sender
    target = tmp_path / "asli.xlsx"
    monkeypatch.setattr(log, "choose_target", lambda _parent, _name, then: then(target))
    press(qtbot, place, "s", modifier=CTRL)
    assert target.read_bytes() == (folder / "B.xlsx").read_bytes()
    press(qtbot, place, BACKSPACE, modifier=CTRL)
    press(qtbot, place, ESCAPE)
    assert soundness.digest(district) != before
    press(qtbot, place, BACKSPACE, modifier=CTRL)
    press(qtbot, place, RETURN)
    assert soundness.digest(district) == before
    assert place.log.line.undone


def test_a_return_bundle_says_what_came_back_and_leads_there(qtbot, open_place, make_workspace, tmp_path):
    siti, district = make_workspace("Siti"), make_workspace("Kota", "district", ("16.71",))
    record = a_household(siti)
    receiving.receive(district, sending.send(siti, tmp_path, to="district").path)
    verification.give_back(district, record, comment="Periksa atap.", about="roof")
    back = sending.send(district, tmp_path, to="facilitator").path
    place = open_place(siti)
    paste_files(qtbot, place, back)
    press(qtbot, place, RETURN, modifier=CTRL)
    button = place.receiving.arrived.findings.returned
    tab_to(qtbot, place, button)
    with qtbot.waitSignal(place.wants) as wanted:
        press(qtbot, place, Qt.Key.Key_Space)
    assert wanted.args == [Destination("collecting", tab="returned")]


def test_a_change_made_here_meanwhile_is_rehearsed_anew(qtbot, open_place, inbox):
    district, folder = inbox
    place = open_place(district)
    paste_files(qtbot, place, folder / "D.xlsx")
    first = place.receiving.intake.ended
    place.desk.changed.emit(frozenset({"household"}))
    settle(qtbot, place.desk)
    assert phase(place) is Phase.REHEARSED
    assert place.receiving.intake.ended is not first


def test_the_dialog_that_saves_speaks_our_words(qtbot, open_place, inbox):
    district, folder = inbox
    place = open_place(district)
    paste_files(qtbot, place, folder / "D.xlsx")
    press(qtbot, place, RETURN, modifier=CTRL)
    place.enter(Destination("transfer", tab="log"), SCOPE)
    settle(qtbot, place.desk)
    press(qtbot, place, "s", modifier=CTRL)
    (dialog,) = place.findChildren(QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.labelText(QFileDialog.DialogLabel.Accept) == "Simpan"
    assert dialog.findChild(QLineEdit).text() == "D.xlsx"
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, ESCAPE)


@pytest.mark.parametrize("size", SIZES)
def test_every_step_fits_the_work_area(qtbot, open_place, inbox, size):
    district, folder = inbox
    place = open_place(district, size=size)
    arrived = place.receiving.arrived
    paste_files(qtbot, place, folder)
    for modifier, *keys in (NONE,), (NONE, DOWN), (NONE, DOWN, DOWN), (CTRL, RETURN), (NONE, DOWN), (CTRL, BACKSPACE):
        press(qtbot, place, *keys, modifier=modifier)
        for tab in range(3):
            arrived.panes.bring(tab)
            needed = place.minimumSizeHint()
            assert (needed.width() <= size[0], needed.height() <= size[1]) == (True, True), (keys, tab, needed)
