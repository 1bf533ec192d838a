"""Every widget of the kit can be worked with the keyboard alone."""

from fractions import Fraction
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from p2kp_desktop.schema.chart import Chart, Point, Series, Shape
from p2kp_desktop.ui.kit.bowl import Bowl
from p2kp_desktop.ui.kit.breadcrumb import Breadcrumb
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Draft, DraftCard, Todo, TodoCard
from p2kp_desktop.ui.kit.chart_view import ChartView
from p2kp_desktop.ui.kit.coverage import FilterBar
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.messages import EmptyState, ErrorCard
from p2kp_desktop.ui.kit.note import Note, Weight
from p2kp_desktop.ui.kit.option import Option, OptionRow
from p2kp_desktop.ui.kit.progress import ProgressPanel
from p2kp_desktop.ui.kit.question import QuestionRow
from p2kp_desktop.ui.kit.search import SearchField
from p2kp_desktop.ui.kit.sections import SectionRail
from p2kp_desktop.ui.kit.statusline import StatusLine
from p2kp_desktop.ui.kit.tile import RtGrid
from p2kp_desktop.ui.look import measures
from p2kp_desktop.ui.look.tokens import Scheme, Token
from tests.ui.gallery import (
    DRAFT,
    EMPTY,
    FAULT,
    QUESTIONS,
    RISK,
    SAFE,
    SECTIONS,
    SHARES,
    TILES,
    TODO,
    TRAIL,
    WAYS,
    dressed,
    parts,
    rail,
)
from tests.ui.gallery_tables import household_table

Key = Qt.Key
W = TypeVar("W", bound=QWidget)


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> QApplication:
    dressed(Scheme.LIGHT)
    return qapp


def shown(qtbot: QtBot, widget: W) -> W:
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    return widget


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    """Press keys one after the other wherever the focus is then."""
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)


def enter(widget: QWidget) -> None:
    """Reach the widget as Tab does."""
    inside = [
        child for child in (widget, *widget.findChildren(QWidget)) if child.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    inside[0].setFocus(Qt.FocusReason.TabFocusReason)


def told(signal: SignalInstance) -> list[object]:
    heard: list[object] = []
    signal.connect(lambda *values: heard.append(values[0] if values else None))
    return heard


def test_tab_enters_the_rail_at_the_place_in_use_and_arrows_and_enter_open_another(qtbot: QtBot) -> None:
    places = shown(qtbot, rail())
    heard = told(places.place_opened)

    enter(places)
    assert QApplication.focusWidget().accessibleName() == "Pendataan · 412"
    press(qtbot, Key.Key_Down, Key.Key_Down, Key.Key_Return)
    press(qtbot, Key.Key_Up, Key.Key_Space)

    assert heard == ["rules", "bowl"]


@pytest.mark.parametrize("kind", list(Kind))
def test_enter_presses_a_button_in_focus_before_any_shortcut_around_it(qtbot: QtBot, kind: Kind) -> None:
    around = QWidget()
    column = QVBoxLayout(around)
    button = Button("Coba", kind)
    column.addWidget(button)
    stolen = QAction("Buka", around)
    stolen.setShortcut(QKeySequence("Return"))
    around.addAction(stolen)
    shown(qtbot, around)
    heard, other = told(button.clicked), told(stolen.triggered)
    button.setFocus()

    press(qtbot, Key.Key_Return, Key.Key_Enter)
    qtbot.keyClick(button, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert (len(heard), other) == (2, [])


def test_ctrl_and_enter_opens_no_place_of_the_rail(qtbot: QtBot) -> None:
    places = shown(qtbot, rail())
    heard = told(places.place_opened)
    enter(places)

    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert heard == []


def test_arrows_stop_at_both_ends_of_the_rail(qtbot: QtBot) -> None:
    places = shown(qtbot, rail())
    enter(places)

    press(qtbot, *[Key.Key_Up] * 5)
    assert QApplication.focusWidget().accessibleName() == "Beranda"

    press(qtbot, *[Key.Key_Down] * 20)
    assert QApplication.focusWidget().accessibleName() == "Pengaturan"


def test_a_folded_rail_names_its_places_in_tips(qtbot: QtBot) -> None:
    places = shown(qtbot, rail(folded=True))
    tips = [item.toolTip() for item in places.findChildren(QAbstractButton)]

    assert tips[:2] == ["Beranda", "Pendataan · 412"]
    assert places.width() == 56

    places.fold(folded=False)
    assert places.width() == measures.RAIL
    assert {item.toolTip() for item in places.findChildren(QAbstractButton)} == {""}


def test_the_rail_shows_what_waits_and_where_one_is(qtbot: QtBot) -> None:
    places = shown(qtbot, rail())

    places.show_waiting("send", 1204)
    places.show_current("send")

    marked = [item.accessibleName() for item in places.findChildren(QAbstractButton) if item.isChecked()]
    assert marked == ["Kirim & Terima · 1.204"]


def test_the_breadcrumb_opens_the_part_reached_with_the_arrows(qtbot: QtBot) -> None:
    trail = shown(qtbot, Breadcrumb(TRAIL))
    trail.resize(900, 40)
    heard = told(trail.part_opened)

    enter(trail)
    assert QApplication.focusWidget().accessibleName() == "2022"
    press(qtbot, Key.Key_Left, Key.Key_Return, Key.Key_Left, Key.Key_Down)

    assert heard == [3, 2]


def test_a_narrow_breadcrumb_leaves_out_the_widest_areas_and_says_how_many(qtbot: QtBot) -> None:
    trail = shown(qtbot, Breadcrumb(TRAIL))

    trail.resize(900, 40)
    assert trail.left_out == 0

    trail.resize(360, 40)
    assert trail.left_out == 2
    assert [crumb.accessibleName() for crumb in trail.findChildren(QAbstractButton) if crumb.isVisible()] == [
        "Tiga Empat Ulu",
        "RT 014 / RW 05",
        "2022",
    ]


def test_a_list_of_a_part_opens_below_it(qtbot: QtBot) -> None:
    trail = shown(qtbot, Breadcrumb(TRAIL))
    trail.resize(900, 40)

    assert trail.below(1).x() > trail.below(0).x()
    assert trail.below(0) == trail.mapToGlobal(QPoint(0, trail.height()))


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return, Key.Key_Enter])
def test_an_option_asks_to_be_chosen_and_waits_to_be_told_that_it_is(qtbot: QtBot, key: Qt.Key) -> None:
    row = shown(qtbot, OptionRow(Option("b", "Hanya pada bulan tertentu", "misalnya kemarau")))
    heard = told(row.chosen)
    row.setFocus()

    press(qtbot, key)

    assert heard == ["b"]
    assert not row.isChecked()
    assert row.accessibleName() == "b Hanya pada bulan tertentu"


def test_an_option_grows_when_its_words_need_more_lines(qtbot: QtBot) -> None:
    row = shown(qtbot, OptionRow(Option("b", "Hanya pada bulan tertentu", "misalnya tidak pada musim kemarau")))

    assert row.heightForWidth(480) == 32
    assert row.heightForWidth(200) > 60


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return])
def test_a_card_of_things_to_do_is_pressed_as_a_whole(qtbot: QtBot, key: Qt.Key) -> None:
    card = shown(qtbot, TodoCard(TODO))
    heard = told(card.clicked)
    card.setFocus()

    press(qtbot, key)

    assert len(heard) == 1
    assert card.accessibleName() == "6 Dikembalikan, ada catatan pemeriksa"


def test_a_card_with_nothing_to_do_says_so(qtbot: QtBot) -> None:
    card = shown(qtbot, TodoCard(Todo("git-compare", Token.CONF, 0, "Konflik", "perlu dipilih")))

    assert card.accessibleName() == "0 Konflik, tidak ada"


def test_enter_goes_on_with_the_draft(qtbot: QtBot) -> None:
    card = shown(qtbot, DraftCard(Draft(DRAFT.name, DRAFT.where, "Lanjutkan", "Enter")))
    heard = told(card.clicked)
    card.setFocus()

    press(qtbot, Key.Key_Return)

    assert len(heard) == 1


def test_tiles_are_reached_with_four_arrows(qtbot: QtBot) -> None:
    grid = shown(qtbot, RtGrid(TILES, "014"))
    grid.resize(4 * 60, 200)
    heard = told(grid.opened)

    enter(grid)
    press(qtbot, Key.Key_Down, Key.Key_Return, Key.Key_Left, Key.Key_Up, Key.Key_Return, Key.Key_Right, Key.Key_Return)

    assert heard == ["018", "007", "014"]


def test_every_shoot_of_the_bowl_is_a_link_with_its_sentence(qtbot: QtBot) -> None:
    bowl = shown(qtbot, Bowl(parts(7), "7 dari 10"))
    heard = told(bowl.part_opened)

    enter(bowl)
    press(qtbot, Key.Key_Right, Key.Key_Right, Key.Key_Return)

    assert heard == [2]
    assert QApplication.focusWidget().accessibleName() == "Bagian 3: True"

    bowl.show_parts(parts(2, 3))
    assert len([link for link in bowl.findChildren(QAbstractButton) if link.isVisible()]) >= 3


def test_filters_are_chosen_with_arrows_and_space(qtbot: QtBot) -> None:
    bar = shown(qtbot, FilterBar("Semua", SHARES))
    heard = told(bar.chosen)

    enter(bar)
    press(qtbot, Key.Key_Right, Key.Key_Space)

    assert heard == ["verified"]
    assert [button.accessibleName() for button in bar.findChildren(QAbstractButton) if button.isChecked()] == [
        "Diverifikasi 11"
    ]


def test_sections_are_opened_with_arrows_and_enter(qtbot: QtBot) -> None:
    sections = shown(qtbot, SectionRail(SECTIONS, 3))
    heard = told(sections.section_opened)

    enter(sections)
    press(qtbot, Key.Key_Up, Key.Key_Return)

    assert heard == [2]


def test_a_reason_is_told_with_enter_and_an_empty_one_is_not(qtbot: QtBot) -> None:
    note = shown(qtbot, Note(Weight.SOFT, "36 dari 37 rumah lain memakai sumur bor."))
    heard = told(note.explained)

    note.reason.setFocus()
    press(qtbot, Key.Key_Return)
    qtbot.keyClicks(note.reason, " Meteran baru ")
    press(qtbot, Key.Key_Return)

    assert heard == ["Meteran baru"]


def test_escape_empties_the_search(qtbot: QtBot) -> None:
    field = shown(qtbot, SearchField("Cari rumah", ("Ctrl", "K")))
    field.setFocus()
    qtbot.keyClicks(field, "ulu")

    press(qtbot, Key.Key_Escape)

    assert field.text() == ""


def test_a_click_opens_a_folded_question(qtbot: QtBot) -> None:
    row = shown(qtbot, QuestionRow(QUESTIONS[0]))
    heard = told(row.opened)

    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)

    assert len(heard) == 1
    assert row.accessibleName() == "9 Atap terluas"
    assert "Tidak bocor" in row.accessibleDescription()


def test_the_loss_line_can_be_acted_on_and_never_goes(qtbot: QtBot) -> None:
    line = shown(qtbot, StatusLine(RISK))
    heard = told(line.send_pressed)
    line.resize(700, 30)

    enter(line)
    press(qtbot, Key.Key_Return)

    assert len(heard) == 1
    names = {child.accessibleName() for child in line.findChildren(QWidget) if child.isVisible()}
    assert names == {
        "Tersimpan 14.32",
        "Jika laptop ini hilang sekarang, 23 rumah belum ada salinannya",
        "Kirim salinan",
    }


def test_with_every_copy_safe_there_is_nothing_to_send(qtbot: QtBot) -> None:
    line = shown(qtbot, StatusLine(SAFE))

    names = [child.accessibleName() for child in line.findChildren(QAbstractButton) if child.isVisible()]
    assert names == []


def test_long_work_is_stopped_with_the_keyboard(qtbot: QtBot) -> None:
    panel = shown(qtbot, ProgressPanel("194 dari 312", 0.6))
    heard = told(panel.cancelled)

    enter(panel)
    press(qtbot, Key.Key_Space)

    assert len(heard) == 1


def test_an_error_and_an_empty_place_can_be_acted_on(qtbot: QtBot) -> None:
    error = shown(qtbot, ErrorCard(FAULT, "Kirim lagi"))
    pressed = told(error.pressed)
    enter(error)
    press(qtbot, Key.Key_Space)

    empty = shown(qtbot, EmptyState(EMPTY, WAYS))
    begun, ways = told(empty.pressed), told(empty.way_chosen)
    enter(empty)
    press(qtbot, Key.Key_Space, Key.Key_Tab, Key.Key_Tab, Key.Key_Return)

    assert (len(pressed), len(begun), ways) == (1, 1, [1])


def test_every_button_of_the_kit_has_a_name_to_hear(qtbot: QtBot) -> None:
    for widget in (rail(), Breadcrumb(TRAIL), RtGrid(TILES), Bowl(parts(7), ""), EmptyState(EMPTY, WAYS)):
        qtbot.addWidget(widget)
        assert all(button.accessibleName() for button in widget.findChildren(QAbstractButton))


def _rings(window: QWidget) -> list[QWidget]:
    return [child for child in window.findChildren(QWidget) if type(child).__name__ == "_Ring" and child.isVisible()]


def test_the_ring_stands_around_the_focused_button_and_moves_with_it(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    first, second = Button("Simpan", Kind.PRIMARY), QPushButton("Batal")
    column.addWidget(first)
    column.addWidget(second)
    shown(qtbot, window)

    first.setFocus()
    assert [ring.geometry().adjusted(3, 3, -3, -3) for ring in _rings(window)] == [first.geometry()]

    second.setFocus()
    window.resize(400, 300)
    assert [ring.geometry().adjusted(3, 3, -3, -3) for ring in _rings(window)] == [second.geometry()]

    second.hide()
    assert len(_rings(window)) <= 1


def test_the_ring_scrolls_with_what_it_surrounds(qtbot: QtBot) -> None:
    area, inside = QScrollArea(), QWidget()
    column = QVBoxLayout(inside)
    buttons = [Button(f"Rumah {place}") for place in range(30)]
    for button in buttons:
        column.addWidget(button)
    area.setWidget(inside)
    shown(qtbot, area)
    area.resize(200, 200)

    buttons[20].setFocus()

    (ring,) = _rings(area)
    assert ring.parentWidget() is inside
    assert ring.geometry().adjusted(3, 3, -3, -3) == buttons[20].geometry()


def test_arrows_in_a_table_move_the_current_row_and_leave_the_selection(qtbot: QtBot) -> None:
    table = shown(qtbot, household_table())
    table.resize(1200, 500)
    opened = told(table.row_opened)
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 1))
    table.clearSelection()

    press(qtbot, Key.Key_Down, Key.Key_Space, Key.Key_Down, Key.Key_Down, Key.Key_Space, Key.Key_Return)

    assert [index.row() for index in table.selectionModel().selectedRows()] == [1, 3]
    assert opened == [3]

    press(qtbot, Key.Key_Space)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1]

    press(qtbot, Key.Key_Escape)
    assert table.selectionModel().selectedRows() == []


def test_a_click_selects_on_the_check_box_only(qtbot: QtBot) -> None:
    table = shown(qtbot, household_table())
    table.resize(1200, 500)

    def click(row: int, column: int) -> None:
        spot = table.visualRect(table.model().index(row, column)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    click(2, 0)
    click(4, 2)
    click(5, 0)

    assert sorted(index.row() for index in table.selectionModel().selectedRows()) == [2, 5]
    assert table.currentIndex().row() == 5


def test_figures_that_arrive_while_a_dialog_is_in_front_leave_the_keyboard_where_it_was(qtbot: QtBot) -> None:
    points = tuple(Point(str(place), Fraction(place)) for place in (1, 2, 3))
    chart = Chart("levels", "Tingkat", Shape.BARS, (Series(points),))
    view, dialog, around = ChartView(chart), QDialog(), QWidget()
    down(QPushButton("Beranda"), view, into=around)
    shown(qtbot, around)
    view.buttons[1].setFocus()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    view.show_chart(chart)
    assert around.focusWidget() is view.buttons[1]
