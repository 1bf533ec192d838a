"""From Excel with keys alone: a workbook, a pasted block, the official workbook; looked at, taken in, taken back."""

import re

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from p2kp_desktop.actions.common import backups, workspaces
from p2kp_desktop.actions.importing import column_matchings
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household, RtSurvey
from p2kp_desktop.store import views
from p2kp_desktop.ui.importing.looking import COLUMNS, DOUBLES, ROWS, WARNINGS
from p2kp_desktop.ui.importing.place import ImportPlace
from p2kp_desktop.ui.importing.session import Phase
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.messages import WayCard
from tests import office
from tests.official_workbook import SITI, filled
from tests.ui.windows import AREAS, Running, press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
KELURAHAN = "16.71.01.1001"
HEADINGS = ["No", "Nama Kepala Rumah Tangga", "NIK", "RT/RW", "Banyaknya keluarga", "9", "12"]
ROWS_OF = [
    [1, "Siti Aminah", "1671064507800003", "14/5", 1, "a", "c"], [2, "Budi", None, "14/5", 2, "z", "a"],
    [3, "Herlina", None, "14/5", 1, "b", "a"], [4, "Yusuf", None, "14/5", 1, "a", "q"],
    [5, "Hj. Rahmawati", None, "14/5", 1, "a", "a"],
]


@pytest.fixture
def running(qtbot, tmp_path):
    path = tmp_path / "lorok.p2kp"
    with workspaces.init(path, role="facilitator", name="Rina Marlina", regions=[KELURAHAN]) as made:
        recording.record(made, Household, {"head_name": "Herlina", "rt": "14/5", "kk_count": 2})
        recording.record(made, Household, {"head_name": "Rahmawati", "rt": "14/5"})
    opened = Running(qtbot, path)
    opened.press(Key.Key_2, modifier=CTRL)
    opened.until_quiet()
    yield opened
    opened.close()


@pytest.fixture
def book(tmp_path):
    made = Workbook()
    for row in (HEADINGS, *ROWS_OF):
        made.active.append(row)
    path = tmp_path / "rumah.xlsx"
    made.save(path)
    return path


def place(running) -> ImportPlace:
    shown = running.window.place
    assert isinstance(shown, ImportPlace)
    return shown


def copy(text="", path=None):
    copied = QMimeData()
    if path:
        copied.setUrls([QUrl.fromLocalFile(str(path))])
    else:
        copied.setText(text)
    QApplication.clipboard().setMimeData(copied)


def open_it(running, path):
    """Copy the file as in a file manager, go to the import, paste it."""
    copy(path=path)
    press(running, Key.Key_I, modifier=CTRL)
    press(running, Key.Key_V, modifier=CTRL)
    return place(running)


def outcomes(shown, which=0):
    return [line.outcome for line in shown.session.previews[which].lines]


def tab_to(running, widget):
    for _ in range(60):
        if QApplication.focusWidget() is widget:
            return
        running.press(Key.Key_Tab)
    raise AssertionError(f"Tab never reached {widget}")


def households(running, form=Household):
    with running.window.desk.workspace.asking() as connection:
        return {str(each.answers.get("head_name")): each.answers for each in views.found(connection, form)}


def way(shown, words):
    """Return the card of another way that begins with these words."""
    return next(card for card in shown.empty.findChildren(WayCard) if card.accessibleName().startswith(words))


def save_dialog(running, path):
    """Type a path into the open dialog and take it."""
    running.until_quiet()
    (dialog,) = (each for each in running.frame.findChildren(QFileDialog) if each.isVisible())
    field = dialog.findChild(QLineEdit)
    field.setFocus()
    field.selectAll()
    press(running, str(path), Key.Key_Return)
    with running.qtbot.waitActive(running.frame):
        running.frame.activateWindow()


def test_a_workbook_is_looked_at_taken_in_and_taken_back(running, book, tmp_path):
    shown = open_it(running, book)
    assert shown.session.phase is Phase.READY
    assert shown.session.wanted.form is Household
    assert outcomes(shown) == ["new", "rejected", "updated", "rejected", "new"]
    assert len(households(running)) == 2
    assert "Belum ada yang berubah" in shown.foot.note.text()
    assert shown.looking.rows.grid.hasFocus()

    press(running, Key.Key_F8)
    assert re.search(r"bukan pilihan.* \(X22\)$", shown.looking.rows.sentence.text())
    assert shown.looking.rows.current().row.place.row == 3
    press(running, Key.Key_F8)
    assert shown.looking.rows.current().row.place.row == 5
    press(running, Key.Key_F8, modifier=SHIFT)
    press(running, Key.Key_Down)
    assert shown.looking.rows.current().outcome == "updated"

    press(running, Key.Key_Return, modifier=CTRL)
    assert shown.session.phase is Phase.DONE
    assert set(households(running)) == {"Herlina", "Rahmawati", "Siti Aminah", "Hj. Rahmawati"}
    assert backups.made(tmp_path / "lorok.p2kp")
    assert "**" not in shown.ended.counts.text()
    done = shown.session.written.imported
    assert done.rows == done.new + done.updated + done.identical + done.skipped + done.rejected == 5

    press(running, Key.Key_S, modifier=CTRL)
    save_dialog(running, tmp_path / "catatan.xlsx")
    running.qtbot.waitUntil((tmp_path / "catatan.xlsx").exists)
    running.until_quiet()
    assert "Tersimpan" in shown.ended.told.text()
    assert load_workbook(tmp_path / "catatan.xlsx").sheetnames[0] == "Kesalahan"

    press(running, Key.Key_Backspace, modifier=CTRL)
    assert shown.session.phase is Phase.TAKEN_BACK
    assert set(households(running)) == {"Herlina", "Rahmawati"}
    assert households(running)["Herlina"]["kk_count"] == 2
    assert shown.ended.open.hasFocus()
    press(running, Key.Key_Return)
    assert (running.window.here.place, running.window.scope.rt) == ("collecting", "014/005")


def test_a_column_is_given_to_a_question_by_keys_and_the_layout_is_known_the_next_time(running, book):
    shown = open_it(running, book)
    assert all(head.key != "kk_count" for head in shown.session.previews[0].heads)
    press(running, Key.Key_PageDown, modifier=CTRL)
    assert shown.looking.tabs.currentIndex() == COLUMNS
    press(running, *[Key.Key_Down] * 4)
    press(running, Key.Key_Return)
    assert shown.looking.finder.isVisible()
    press(running, "jumlah kepala keluarga")
    press(running, Key.Key_Return)
    assert shown.session.previews[0].heads[4].key == "kk_count"
    assert next(iter(column_matchings.kept_matchings(running.window.desk.workspace).values()))[4] == "kk_count"
    press(running, Key.Key_Return)
    press(running, Key.Key_Home, Key.Key_Up, Key.Key_PageUp, Key.Key_PageUp, Key.Key_PageUp, Key.Key_PageUp,
          Key.Key_PageUp, Key.Key_PageUp, Key.Key_PageUp)
    press(running, Key.Key_Return)
    assert shown.session.previews[0].heads[4].key == ""
    press(running, Key.Key_Return)
    press(running, "jumlah kepala keluarga")
    press(running, Key.Key_Return)
    press(running, Key.Key_Escape)
    assert shown.session.phase is Phase.EMPTY
    press(running, Key.Key_V, modifier=CTRL)
    assert shown.session.previews[0].heads[4].key == "kk_count"
    assert "diingat" in shown.looking.columns._about.text()


def test_a_row_is_skipped_and_another_is_no_duplicate_and_both_are_remembered(running, book):
    shown = open_it(running, book)
    press(running, Key.Key_Delete)
    assert outcomes(shown)[0] == "skipped"
    shown.looking.tabs.setCurrentIndex(WARNINGS)
    press(running, Key.Key_PageDown, modifier=CTRL)
    assert shown.looking.tabs.currentIndex() == DOUBLES
    (pair,) = shown.looking.doubles.list.model.lines
    assert (pair.likeness.one.name, pair.likeness.other.name, pair.decision) == ("Hj. Rahmawati", "Rahmawati", "")
    press(running, "b")
    assert shown.looking.doubles.list.model.lines[0].decision == "apart"
    press(running, Key.Key_Return, modifier=CTRL)
    done = shown.session.written.imported
    assert (done.new, done.skipped, done.rejected) == (1, 1, 2)
    assert any(key.startswith("distinct.") for each in households(running).values() for key in each)
    again = open_it(running, book)
    assert [each for each in again.session.previews[0].plan.doubles if each.one.name == "Hj. Rahmawati"] == []


def test_a_block_is_pasted_anywhere_in_pendataan_and_without_headings_by_hand(running):
    copy("Nama Kepala Rumah Tangga\tJumlah Kepala Keluarga (KK)\nSiti\t1\nBudi\tdua\n")
    press(running, Key.Key_V, modifier=CTRL | SHIFT)
    shown = place(running)
    assert outcomes(shown) == ["new", "rejected"]
    tab_to(running, shown.looking.choices.rt)
    press(running, "14/5", Key.Key_Return)
    assert shown.looking.choices.rt.hasFocus()
    assert shown.session.previews[0].plan.rows[0].given["rt"] == "014/005"
    tab_to(running, shown.looking.choices.period)
    press(running, Key.Key_A, modifier=CTRL)
    press(running, "kapan saja", Key.Key_Return)
    assert "bukan periode" in shown.looking.choices._objection.text()
    press(running, Key.Key_A, modifier=CTRL)
    press(running, "2025", Key.Key_Return)
    assert shown.session.previews[0].plan.rows[0].given["period"] == "2025"
    copy("Siti\t1\nBudi\t2\n")
    press(running, Key.Key_V, modifier=CTRL | SHIFT)
    assert shown.looking.tabs.currentIndex() == COLUMNS
    assert not shown.foot.button.isEnabled()
    assert len(households(running)) == 2
    press(running, Key.Key_Return)
    press(running, "nama kepala rumah")
    press(running, Key.Key_Return)
    assert outcomes(shown) == ["new", "new"]


def test_the_official_workbook_asks_what_its_drain_column_means_before_it_comes_in(running, tmp_path):
    shown = open_it(running, filled(tmp_path / "rt.xlsx", SITI, {**SITI, "D": "BUDI", "E": None, "F": 7}))
    assert [outcomes(shown, which) for which in (0, 1)] == [["new", "rejected"], ["new"]]
    drain = shown.looking.choices.drain.choice
    assert drain.hasFocus()
    shown.looking.rows.grid.setFocus()
    press(running, Key.Key_Return, modifier=CTRL)
    assert drain.hasFocus()
    assert shown.session.phase is Phase.READY
    press(running, Key.Key_Down, Key.Key_Down)
    assert shown.session.wanted.answers == {"b28": "tercampur"}
    press(running, Key.Key_Return, modifier=CTRL)
    assert shown.session.phase is Phase.DONE
    (survey,) = households(running, RtSurvey).values()
    assert survey["sewage_separate"] == "tidak"
    assert "SITI AMINAH" in households(running)


def test_a_cover_without_an_rt_is_asked_for_it_on_the_page(running, tmp_path):
    shown = open_it(running, filled(tmp_path / "rt.xlsx", SITI, cover={}))
    assert (shown.session.phase, shown.session.trouble.code) == (Phase.FAILED, "I05")
    assert shown.looking.choices.rt.hasFocus()
    press(running, "1/2", Key.Key_Return)
    assert shown.session.phase is Phase.READY
    assert shown.session.previews[0].lines[0].row.given["rt"] == "001/002"


def test_what_is_no_table_is_refused_in_words_and_esc_goes_back_to_pendataan(running, tmp_path):
    path = tmp_path / "foto.xlsx"
    path.write_bytes(b"JPEG")
    shown = open_it(running, path)
    assert (shown.session.phase, shown.session.trouble.code) == (Phase.EMPTY, "B04")
    press(running, Key.Key_Escape)
    assert shown.session.trouble is None
    press(running, Key.Key_Escape)
    assert running.window.here.place == "collecting"


def test_a_change_of_the_data_meanwhile_is_planned_again(running, book):
    shown = open_it(running, book)
    running.window.desk.change(running.window, lambda workspace: recording.record(
        workspace, Household, {"head_name": "Siti Aminah", "rt": "14/5"}), touches=["household"])
    running.until_quiet()
    assert outcomes(shown)[0] == "updated"


def test_a_template_and_an_rt_in_the_official_layout_are_saved(running, tmp_path):
    press(running, Key.Key_I, modifier=CTRL)
    shown = place(running)
    tab_to(running, way(shown, "Templat"))
    press(running, Key.Key_Return)
    press(running, "rumah tangga", Key.Key_Return)
    save_dialog(running, tmp_path / "templat.xlsx")
    running.qtbot.waitUntil((tmp_path / "templat.xlsx").exists)
    running.until_quiet()
    assert "Templat tersimpan" in shown.out.told.text()
    assert load_workbook(tmp_path / "templat.xlsx").worksheets[1]["A1"].value == "p2kp:household"
    tab_to(running, way(shown, "Tulis"))
    press(running, Key.Key_Return)
    press(running, Key.Key_Return)
    folder = tmp_path / "resmi"
    folder.mkdir()
    save_dialog(running, folder)
    running.qtbot.waitUntil(lambda: list(folder.iterdir()) != [])
    running.until_quiet()
    assert "RT014-RW005" in shown.out.told.text()


def test_thousands_of_cells_scroll_and_nothing_is_cut(running):
    names = [f"Kolom {number}" for number in range(55)]
    rows = [["Nama Kepala Rumah Tangga", "RT/RW", *names]]
    rows += [[f"Warga {number}", "14/5", *["isi"] * 55] for number in range(2000)]
    copy("\n".join("\t".join(row) for row in rows))
    press(running, Key.Key_V, modifier=CTRL | SHIFT)
    shown = place(running)
    grid = shown.looking.rows.grid
    for area in AREAS:
        running.resize(*area)
        running.until_quiet()
        assert grid.viewport().height() >= 4 * grid.rowHeight(0)
        for part in (shown.foot.button, shown.looking.choices, shown.looking.tabs):
            assert part.width() >= part.minimumSizeHint().width()
            assert part.mapTo(shown, part.rect().bottomRight()).y() <= shown.height()
    shown.looking.tabs.setCurrentIndex(ROWS)
    grid.setFocus()
    press(running, Key.Key_End, modifier=CTRL)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1999, 56)
    press(running, Key.Key_PageUp, Key.Key_Home)
    assert grid.currentIndex().column() == 0


def test_a_file_of_which_no_row_can_be_read_can_be_copied_with_remarks_before_anything_comes_in(running, tmp_path):
    made = Workbook()
    for row in (["Nama", "RT/RW", "9"], ["Siti", "14/5", "z"]):
        made.active.append(row)
    made.save(tmp_path / "rumah.xlsx")
    shown = open_it(running, tmp_path / "rumah.xlsx")
    assert (outcomes(shown), shown.foot.copy.isVisible()) == (["rejected"], True)
    running.press(Key.Key_S, modifier=CTRL)
    save_dialog(running, tmp_path / "salinan.xlsx")
    assert load_workbook(tmp_path / "salinan.xlsx")["Kesalahan"]["B2"].value == "C2"
    assert str(tmp_path / "salinan.xlsx") in shown.foot.note.text()


def test_sheets_alike_are_looked_at_one_by_one_and_come_in_together(running, tmp_path):
    made = Workbook()
    for title, name in (("RT 14", "Siti"), ("RT 15", "Budi")):
        sheet = made.create_sheet(title)
        for row in (["Nama", "Jumlah Kepala", "9"], [name, 2, "a"], [f"{name} lagi", 1, "b"]):
            sheet.append(row)
    made.remove(made.worksheets[0])
    made.save(tmp_path / "rumah.xlsx")
    shown = open_it(running, tmp_path / "rumah.xlsx")
    parts = shown.looking.parts
    assert [parts.tabText(place) for place in range(parts.count())] == ["RT 14", "RT 15"]
    assert shown.looking.choices.sheet.width() >= shown.looking.choices.sheet.sizeHint().width()
    shown.looking.ask_question(1)
    press(running, "kepala keluarga", Key.Key_Return)
    assert [each.plan.rows[0].given.get("kk_count") for each in shown.session.previews] == [2, 2]
    parts.setFocus()
    press(running, Key.Key_Right)
    shown.looking.rows.grid.setFocus()
    press(running, Key.Key_Delete)
    assert [outcomes(shown, which) for which in (0, 1)] == [["new", "new"], ["skipped", "new"]]
    press(running, Key.Key_Return, modifier=CTRL)
    assert {"Siti", "Siti lagi", "Budi lagi"} <= set(households(running))
    assert "Budi" not in households(running)


def test_a_table_of_calc_is_looked_at_copied_with_remarks_and_taken_in(running, tmp_path):
    cells = [["Nama KK", "RT/RW", "L", "9"], ["Siti", "14/5", "2", "a"], ["Budi", "14/5", "2", "z"]]
    shown = open_it(running, office.ods(tmp_path / "calc.ods", "".join(office.row(*each) for each in cells)))
    assert (shown.session.phase, outcomes(shown)) == (Phase.READY, ["new", "rejected"])
    press(running, Key.Key_S, modifier=CTRL)
    save_dialog(running, tmp_path / "catatan.xlsx")
    assert "Salinan selalu .xlsx, yang juga dibuka LibreOffice" in shown.foot.note.text()
    assert load_workbook(tmp_path / "catatan.xlsx")["Kesalahan"]["G2"].value == "X22"
    press(running, Key.Key_Return, modifier=CTRL)
    assert shown.session.phase is Phase.DONE
    assert "Siti" in households(running)


def a_table(path, *rows, sheet="Sheet1"):
    made = Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def test_a_table_of_unknown_columns_stops_until_somebody_says_how_it_is_meant(running, tmp_path):
    headings = ["Nama KK", "RT/RW", *(f"grup_{at}/butir_{at}x" for at in range(9))]
    shown = open_it(running, a_table(tmp_path / "asing.xlsx", headings, ["Siti", "14/5", *range(9)]))
    assert (shown.session.phase, shown.looking.tabs.currentIndex()) == (Phase.READY, COLUMNS)
    assert "2 dari 11 terbaca" in shown.looking.refused.accessibleName()
    assert not shown.foot.button.isEnabled()
    press(running, Key.Key_Return, modifier=CTRL)
    assert (shown.session.phase, len(households(running))) == (Phase.READY, 2)
    tab_to(running, shown.looking.refused.findChild(Button))
    press(running, Key.Key_Space)
    assert (shown.session.refusal, shown.looking.refused) == (None, None)
    press(running, Key.Key_Return, modifier=CTRL)
    assert shown.session.phase is Phase.DONE
    assert "Siti" in households(running)


def test_a_sheet_whose_name_and_title_contradict_each_other_asks_for_its_rt(running, tmp_path):
    rows = [["RT 05 RW 03"], ["No", "Nama KK", "L", "P"], [1, "Siti", 1, 2]]
    shown = open_it(running, a_table(tmp_path / "a.xlsx", *rows, sheet="DATA RT 02"))
    assert (shown.session.phase, shown.session.trouble.code) == (Phase.FAILED, "I12")
    assert shown.looking.choices.rt.hasFocus()
    press(running, "5/3", Key.Key_Return)
    assert (shown.session.phase, outcomes(shown)) == (Phase.READY, ["new"])
    press(running, Key.Key_Return, modifier=CTRL)
    assert households(running)["Siti"]["rt"] == "005/003"


def test_pasting_while_nothing_was_ever_copied_breaks_nothing(running, monkeypatch):
    with monkeypatch.context() as bare:
        bare.setattr(QGuiApplication, "clipboard", lambda: type("Bare", (), {"mimeData": lambda _self: None})())
        press(running, Key.Key_V, modifier=CTRL | SHIFT)
    assert place(running).session.previews == []
