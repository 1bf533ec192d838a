import csv
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Table, standing
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.tablecells import REMARK, VALUE, Verdict
from p2kp_desktop.ui.lists import looks
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look import theme
from p2kp_desktop.ui.look.tokens import Scheme
from tests.pdfs import Pages

AREA = "16.71.01.1001"


def houses(lines=()):
    return Table("houses", "Daftar rumah", (
        Column("rt", "RT", Kind.RT, lambda line: line[0], varies=True),
        Column("name", "Nama", Kind.NAME, lambda line: line[1], stretches=True),
        Column("members", "Jiwa", Kind.WHOLE, lambda line: line[2]),
        Column("standing", "Status", Kind.STATUS, lambda line: standing(line[3], "3 kosong"),
               marks=(standing("incomplete", "00 kosong"),)),
        Column("fit", "Layak", Kind.VERDICT, lambda _line: Mark("unfit", "Tidak"), is_aside=False),
        Column("why", "Mengapa", Kind.TEXT, lambda _line: "panjang", is_aside=True),
    ), lines, empty="Belum ada.", known_by=lambda line: line[1], explains=lambda line: f"Rumah {line[1]}")


LINES = (("014/005", "Siti", 4, "incomplete"), ("014/005", "Budi", None, "complete"),
         ("015/005", "ahmad", 12, "complete"))


@pytest.fixture
def listed(qtbot, workspace):
    desk = Desk(workspace)
    table_list = TableList(desk, houses())
    qtbot.addWidget(table_list)
    table_list.resize(900, 300)
    table_list.show()
    yield table_list
    desk.finish()


def names(listed):
    return [line[1] for line in listed.model.lines]


def test_lines_are_sorted_by_any_column_those_without_a_value_first(listed):
    listed.show_table(houses(LINES))
    listed.table.sorted_by.emit("name", False)
    assert names(listed) == ["ahmad", "Budi", "Siti"]
    listed.table.sorted_by.emit("members", False)
    assert names(listed) == ["Budi", "Siti", "ahmad"]
    listed.table.sorted_by.emit("members", True)
    assert names(listed) == ["ahmad", "Siti", "Budi"]


def test_the_current_line_stays_current_when_it_is_asked_for_anew(listed):
    listed.show_table(houses(LINES))
    listed.table.show_row(1)
    listed.show_table(houses(LINES[1:]))
    assert listed.current()[1] == "Budi"
    assert listed.note.text() == "Rumah Budi"


def test_a_column_that_says_the_same_in_every_line_is_left_out(listed):
    listed.show_table(houses(LINES[:2]))
    assert listed.table.isColumnHidden(0)
    listed.show_table(houses(LINES))
    assert not listed.table.isColumnHidden(0)


def test_words_are_searched_in_what_is_seen(listed):
    listed.show_table(houses(LINES))
    listed.search("RT 015")
    assert names(listed) == ["ahmad"]
    listed.search("panjang")
    assert names(listed) == []


def test_cells_say_a_mark_by_its_icon_and_its_remark(listed):
    listed.show_table(houses(LINES))
    status, fit = listed.model.index(0, 3), listed.model.index(0, 4)
    assert (status.data(VALUE), status.data(REMARK), status.data()) == (Status.INCOMPLETE, "3 kosong", "")
    assert (fit.data(VALUE), fit.data()) == (Verdict.UNFIT, "Tidak")
    assert status.data(Qt.ItemDataRole.AccessibleTextRole) == "Status: Belum lengkap (3 kosong)"


def test_ctrl_c_copies_all_or_the_selected_lines(listed, qtbot):
    listed.show_table(houses(LINES))
    listed.table.setFocus()
    qtbot.keyClick(listed.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "3 baris" in listed.note.text())
    assert len(QGuiApplication.clipboard().text().splitlines()) == 4
    listed.table.select_rows([2])
    qtbot.keyClick(listed.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "1 baris" in listed.note.text())
    assert QGuiApplication.clipboard().text().splitlines()[1:] == [
        "RT 015 / RW 05\tahmad\t12\tLengkap (3 kosong)\tTidak\tpanjang"
    ]


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".pdf"])
def test_ctrl_e_saves_what_is_shown_in_its_order(listed, qtbot, tmp_path, monkeypatch, ending):
    path = tmp_path / f"daftar{ending}"
    asked = []
    monkeypatch.setattr("p2kp_desktop.ui.lists.pane.choose_target",
                        lambda _parent, name, then, _endings: (asked.append(name), then(path)))
    listed.show_table(houses(LINES), Scope(AREA, None, "2026"))
    listed.search("RT 014")
    listed.table.sorted_by.emit("name", False)
    listed.table.setFocus()
    qtbot.keyClick(listed.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: "2 baris" in listed.note.text())
    assert asked[0].endswith(" 2026.xlsx")
    if ending == ".csv":
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
        assert [row[1] for row in rows[1:3]] == ["Budi", "Siti"]
        assert "Siti" in rows[-3][0]  # whose workspace it is
        assert rows[-1] == ["Disaring: mengandung «RT 014»."]
    elif ending == ".pdf":
        pages = Pages(path.read_bytes())
        said = pages.text(0)
        assert said.index("Budi") < said.index("Siti")
        assert "ahmad" not in said
        assert "Disaring: mengandung «RT 014»." in said
        assert "Hanya 2 dari 3 baris daftar ini." in said
    else:
        values = [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]
        assert [row[1] for row in values[-3:-1]] == ["Budi", "Siti"]
        assert any(row[0] == "Disaring: mengandung «RT 014»." for row in values)
        assert values[-1][0] == "Hanya 2 dari 3 baris daftar ini."


def test_a_file_that_cannot_be_written_is_told_below_the_list(listed, qtbot, tmp_path):
    listed.show_table(houses(LINES), Scope(AREA, None, "2026"))
    listed.save(listed.makes(), tmp_path / "tidak ada" / "daftar.xlsx")
    qtbot.waitUntil(lambda: "(B16)" in listed.note.text())


def sums(lines=()):
    return Table("sums", "Dana", (
        Column("region", "Kelurahan", Kind.REGION, lambda line: line[0], varies=True),
        Column("grant", "Hibah", Kind.MONEY, lambda line: line[1], varies=True),
        Column("due", "Tenggat", Kind.DATE, lambda line: line[2], icon=lambda line: "late" if line[2] else "open"),
    ), lines)


@pytest.mark.parametrize(("area", "lines", "hidden"), [
    (AREA, [(AREA, 5, "")], [True, False]),
    ("16.71", [(AREA, None, "")], [False, True]),
    (AREA, [("16.71", None, ""), ("", None, "")], [False, True]),
])
def test_a_region_is_left_out_where_it_is_the_one_looked_at_and_a_number_where_there_is_none(
    qtbot, workspace, area, lines, hidden
):
    desk = Desk(workspace)
    listed = TableList(desk, sums())
    qtbot.addWidget(listed)
    listed.resize(900, 300)
    listed.show_table(sums(lines), Scope(area, None, "2026"))
    assert [listed.table.isColumnHidden(place) for place in range(2)] == hidden
    desk.finish()


def test_a_day_may_have_a_sign_before_it(qtbot, workspace):
    desk = Desk(workspace)
    listed = TableList(desk, sums())
    qtbot.addWidget(listed)
    listed.show_table(sums([(AREA, 5, "2026-10-04"), (AREA, 5, "")]))
    cells = [listed.model.index(row, 2) for row in range(2)]
    assert [(cell.data(), cell.data(VALUE)) for cell in cells] == [("4 Okt 2026", Verdict.LATE), ("", Verdict.OPEN)]
    desk.finish()


def promised(lines=()):
    return Table("promised", "Janji", (
        Column("who", "Pihak", Kind.NAME, lambda line: line[0]),
        Column("amount", "Jumlah", Kind.MONEY, lambda line: line[1]),
    ), lines, known_by=lambda line: line[0], sums={"amount": sum(line[1] for line in lines)},
        notes=("1 tanpa jumlah.",) if any(not line[1] for line in lines) else (), put=promised)


def test_what_is_put_out_of_some_lines_is_summed_up_anew(qtbot, workspace):
    desk = Desk(workspace)
    listed = TableList(desk, promised())
    qtbot.addWidget(listed)
    listed.show_table(promised([("Bank", 5), ("Dinas", 7), ("Warga", 0)]), Scope(AREA, None, "2026"))
    assert (listed.chosen().sums, listed.chosen().notes) == ({"amount": 12}, ("1 tanpa jumlah.",))
    listed.search("dinas")
    assert listed.chosen().sums == {"amount": 7}
    assert listed.chosen().notes == ("Hanya 1 dari 3 baris daftar ini.",)
    listed.search("")
    listed.table.select_rows([0, 2])
    assert listed.chosen().sums == {"amount": 5}
    assert listed.chosen().notes == ("1 tanpa jumlah.", "Hanya 2 dari 3 baris daftar ini.")
    desk.finish()


def files(lines=(), *, sizes=True):
    columns = (
        Column("name", "Berkas", Kind.NAME, lambda line: line[0], sample="n" * 40, stretches=True),
        Column("person", "Orang", Kind.TEXT, lambda line: line[1], below="name"),
        Column("notes", "Hal", Kind.WHOLE, lambda _line: 3, below="name", quiet=True),
        Column("size", "Ukuran", Kind.WHOLE, lambda line: line[2], bar=lambda line: line[2] / 10),
    )
    return Table("files", "Berkas", columns if sizes else columns[:-1], lines, known_by=lambda line: line[0],
                 filed=lambda line: (line[0], "•••", line[2]))


FILES = (("a.xlsx", "Siti", 5), ("b.xlsx", "Budi", 10))


@pytest.fixture
def filed(qtbot, workspace):
    desk = Desk(workspace)
    table_list = TableList(desk, files())
    qtbot.addWidget(table_list)
    table_list.resize(900, 300)
    table_list.show()
    yield table_list
    desk.finish()


def test_a_column_below_another_is_told_in_its_cell_and_stands_alone_in_a_file(filed):
    filed.show_table(files(FILES))
    assert filed.model.headerData(0, Qt.Orientation.Horizontal) == "Berkas, orang"
    cell = filed.model.index(1, 0)
    assert (cell.data(), cell.data(REMARK)) == ("b.xlsx", "Budi · 3")
    assert [column.key for column in filed.chosen().written] == ["name", "person", "notes", "size"]
    filed.search("budi")
    assert len(filed.model.lines) == 1


def test_a_bar_compares_and_the_number_stays_a_number(filed):
    filed.show_table(files(FILES))
    assert (filed.model.index(0, 1).data(), filed.model.index(0, 1).data(VALUE)) == ("5", 0.5)


def test_what_may_not_leave_the_window_is_in_no_copy(filed, qtbot):
    filed.show_table(files(FILES))
    filed.table.setFocus()
    qtbot.keyClick(filed.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "2 baris" in filed.note.text())
    assert "Siti" not in QGuiApplication.clipboard().text()
    assert "a.xlsx\t•••\t3\t5" in QGuiApplication.clipboard().text()


def test_columns_may_be_lacking_for_a_while(filed):
    filed.show_table(files(FILES))
    filed.table.sorted_by.emit("size", True)
    filed.show_table(files(FILES, sizes=False))
    assert filed.table.isColumnHidden(1)
    assert len(filed.model.lines) == 2
    filed.show_table(files(FILES))
    assert not filed.table.isColumnHidden(1)


def test_what_has_no_room_is_narrower_and_enter_is_told_only_where_it_does_something(filed):
    filed.show_table(files(FILES))
    filed.resize(330, 300)
    assert sum(filed.table.columnWidth(place) for place in range(2)) <= filed.table.viewport().width()
    assert not filed.table.opens
    filed.opened.connect(lambda _line: None)
    assert filed.table.opens


@pytest.mark.usefixtures("qtbot")
def test_an_rt_is_read_whole_in_a_column_that_names_no_sample():
    theme.apply(QApplication.instance(), Scheme.LIGHT)
    column = Column("rt", "RT", Kind.RT, lambda line: line)
    assert looks.width(column) == looks.width(replace(column, sample="RT 000 / RW 00"))


def gates(lines, *, marks):
    return Table("rts", "Daftar RT", (
        Column("name", "Nama", Kind.NAME, lambda line: line[0], sample="RT 000 / RW 00", stretches=True),
        Column("total", "Nilai", Kind.WHOLE, lambda line: line[1], sample="00 (00–00)", gives_way=1),
        Column("review", "Pemeriksaan", Kind.STATUS, lambda _line: standing("returned", "3") if marks else None,
               gives_way=2, marks=(standing("returned", "000"),)),
        Column("level", "Tingkat", Kind.SMALL, lambda _line: "ringan", sample="Kumuh ringan, sementara"),
    ), lines)


def test_where_room_is_short_a_column_that_says_nothing_goes_before_one_that_does(qtbot, listed):
    shown = TableList(listed._desk, gates((), marks=False))
    qtbot.addWidget(shown)
    room = sum(map(looks.width, shown.table.columns))
    shown.resize(room - looks.width(shown.table.columns[2]), 200)
    shown.show()
    shown.show_table(gates((("RT 001", 14), ("RT 002", 21)), marks=False))
    assert [shown.table.isColumnHidden(place) for place in range(4)] == [False, False, True, False]
    shown.resize(room - 20, 200)
    shown.show_table(gates((("RT 001", 14), ("RT 002", 21)), marks=True))
    assert not any(map(shown.table.isColumnHidden, range(4)))  # what they say is shorter than it could be
    shown.resize(room + 20, 200)
    shown.show_table(gates((("RT 001", 14),), marks=False))
    assert not any(map(shown.table.isColumnHidden, range(4)))
