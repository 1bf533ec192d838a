"""What the kit paints has the shape, the size and the words of the design."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QStandardItemModel
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from p2kp_desktop.ui.kit import vessel, words
from p2kp_desktop.ui.kit.bowl import draw_bowl
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.chip import Chip, Status
from p2kp_desktop.ui.kit.coverage import CoverageBar, Share
from p2kp_desktop.ui.kit.equation import Equation, EquationBar
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.keycap import Keycap
from p2kp_desktop.ui.kit.labels import Label, mark
from p2kp_desktop.ui.kit.note import Note, Weight
from p2kp_desktop.ui.kit.question import FoldedQuestion, QuestionRow, State, question_height
from p2kp_desktop.ui.kit.ring import Ring, RingFacts
from p2kp_desktop.ui.kit.search import SearchField
from p2kp_desktop.ui.kit.table import Table, TableHead
from p2kp_desktop.ui.kit.tablecells import EDGE, Content, kind_of, lines_of
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look import measures
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.scales import Slum, completeness
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Scheme, Token
from tests.ui.gallery import QUESTIONS, RINGS, dressed, rail
from tests.ui.gallery_tables import household_table, ranking_table

# Foot at the left, tip and foot at the right of some of the ten shoots of the design's drawing.
SHOOTS = {
    1: ((37.1, 104.9), (31.9, 72.1), (47.6, 108.0)),
    5: ((129.2, 115.6), (141.8, 82.4), (157.3, 116.0)),
    8: ((226.7, 113.8), (244.9, 79.0), (249.1, 111.7)),
    10: ((272.4, 108.0), (288.1, 72.1), (282.9, 104.9)),
}


@pytest.fixture(autouse=True)
def _dressed(qapp: object) -> object:
    dressed(Scheme.LIGHT)
    return qapp


@pytest.mark.parametrize("place", SHOOTS)
def test_a_shoot_stands_where_the_design_drew_it(place: int) -> None:
    path = vessel.shoots(10)[place - 1]
    corners = [path.elementAt(0), path.elementAt(3), path.elementAt(6)]

    for drawn, wanted in zip(corners, SHOOTS[place], strict=True):
        assert (drawn.x, drawn.y) == pytest.approx(wanted, abs=0.15)


@pytest.mark.parametrize("count", [1, 3, 10, 12, 20])
def test_any_number_of_shoots_stand_beside_each_other_inside_the_bowl(count: int) -> None:
    shoots = vessel.shoots(count)

    assert len(shoots) == count
    assert all(not one.intersects(next_one) for one, next_one in pairwise(shoots))
    assert all(vessel.body().boundingRect().adjusted(-1, 0, 1, 0).contains(shoot.boundingRect()) for shoot in shoots)


def _area(path: QPainterPath) -> float:
    """Return the area of a path in square units, by counting points."""
    return sum(path.contains(QRectF(x, y, 1, 1).center()) for x in range(320) for y in range(216))


def test_each_part_that_is_ready_adds_water() -> None:
    heights = [vessel.surface(tenths / 10).center().y() for tenths in range(11)]
    areas = [_area(vessel.water(tenths / 10)) for tenths in (2, 4, 6, 8)]

    assert heights == sorted(heights, reverse=True)
    assert areas == sorted(areas)


def test_the_bowl_fills_its_frame_without_leaving_it() -> None:
    image = QImage(400, 216, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_bowl(painter, QRectF(40, 0, 320, 216), [True] * 7 + [False] * 3)
    painter.end()

    inked = [(x, y) for x in range(400) for y in range(216) if image.pixelColor(x, y) != QColor("white")]
    assert min(x for x, _y in inked) in range(57, 61)
    assert max(x for x, _y in inked) in range(339, 343)
    assert image.pixelColor(200, 150) == colour(Token.BOWL_WATER)


def test_marked_words_are_bold_and_the_marks_are_not_written() -> None:
    marked, plain = Words("Tersimpan **14.32** oleh"), Words("Tersimpan 14.32 oleh")

    assert marked.text == plain.text
    assert marked.width > plain.width


def test_words_wrap_and_are_never_cut() -> None:
    words = Words("Apakah kebutuhan air minum terpenuhi?", Style(), 120)

    assert words.lines >= 3
    assert words.width <= 120


def test_the_same_words_are_laid_out_once_for_their_height_and_to_be_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    layout = words.QTextLayout
    monkeypatch.setattr(words, "QTextLayout", lambda text, letters: made.append(text) or layout(text, letters))
    text = "Kata yang belum pernah ditulis di tempat lain."
    narrow, again, in_red = Words(text, Style(), 90), Words(text, Style(), 90), Words(text, Style(tone=Token.WARN), 90)
    assert narrow.lines == again.lines == in_red.lines > 1
    assert Words(text, Style(bold=True), 90).height >= narrow.height
    assert made == [text, text]  # in both weights


def test_the_head_of_a_table_is_as_high_without_asking_titles(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(TableHead, "sectionSizeFromContents", lambda _self, place: asked.append(place) or QSize(9, 9))
    table = Table()
    qtbot.addWidget(table)
    table.setModel(QStandardItemModel(3, 60))
    table.show()
    assert table.horizontalHeader().height() == table.horizontalHeader().sizeHint().height() > 9
    assert asked == []


def test_a_label_shows_what_looks_like_html_as_it_is() -> None:
    assert Label("<b>Umar</b>").textFormat() == Qt.TextFormat.PlainText
    assert "&lt;b&gt;" in Label("<b>Umar</b> **tebal**").text()


@pytest.mark.parametrize(
    ("percent", "fill"),
    [
        (0, Token.SHARE_0),
        (0.4, Token.SHARE_1),
        (49.9, Token.SHARE_1),
        (50, Token.SHARE_50),
        (79.9, Token.SHARE_50),
        (80, Token.SHARE_80),
        (99.9, Token.SHARE_80),
        (100, Token.SHARE_100),
    ],
)
def test_an_rt_is_coloured_by_how_complete_it_is(percent: float, fill: Token) -> None:
    assert completeness(percent).fill is fill


def test_the_slum_levels_differ_without_colour() -> None:
    patterns = [(level.value.pattern, level.value.line is not None, level.value.figure) for level in Slum]

    assert len(set(patterns)) == 4


def test_only_what_a_person_must_act_on_is_a_filled_chip_in_a_table() -> None:
    assert [status for status in Status if status.needs_a_person] == [Status.RETURNED, Status.CONFLICT]


def test_every_status_has_its_own_icon_and_word() -> None:
    looks = [status.look for status in Status]

    assert len({look.icon for look in looks}) == len({look.word for look in looks}) == len(looks)


def test_the_equation_says_all_seven_terms_even_those_that_are_zero() -> None:
    bar = EquationBar(Equation(1218, 1218, 0, 0, 0, 0, 0))

    assert bar.accessibleName() == (
        "1.218 dibaca = 1.218 baru + 0 diperbarui + 0 sudah ada + 0 lebih lama + 0 konflik + 0 ditolak"
    )


def test_the_equation_tells_what_waits_for_a_person_apart_from_what_was_refused() -> None:
    said = EquationBar(Equation(6, 0, 1, 0, 0, 0, 1, 4)).accessibleName()

    assert said.endswith("0 konflik + 4 menunggu keputusan + 1 ditolak")


def test_heights_are_those_of_the_design(qtbot: QtBot) -> None:
    primary, field, search = Button("Simpan", Kind.PRIMARY), SearchField("Cari"), rail()
    for widget in (primary, field, search):
        qtbot.addWidget(widget)

    assert primary.sizeHint().height() == measures.BUTTON
    assert Button("Isi rumah pertama", tall_one=True).sizeHint().height() == measures.BUTTON_FIRST_RUN
    assert field.sizeHint().height() == measures.FIELD
    assert Keycap("a").sizeHint().width() == measures.KEYCAP
    assert Keycap("a", in_row=True).sizeHint().width() == measures.KEYCAP_IN_ROW
    assert Chip(Status.DRAFT.look).sizeHint().height() == measures.CHIP
    assert [question_height(question, 720) for question in QUESTIONS[:8]] == [measures.QUESTION_ROW] * 8
    assert search.sizeHint().width() == measures.RAIL


def test_the_rows_and_the_head_of_a_table_have_the_heights_of_the_design(qtbot: QtBot) -> None:
    one, two = household_table(), ranking_table()
    for table in (one, two):
        qtbot.addWidget(table)

    assert one.rowHeight(0) == measures.TABLE_ROW
    assert two.rowHeight(0) == measures.TABLE_ROW_TWO_LINES
    assert one.horizontalHeader().height() == measures.TABLE_HEAD
    assert isinstance(one.horizontalHeader(), TableHead)


def test_a_button_of_qt_has_the_same_height_as_one_of_the_kit(qtbot: QtBot) -> None:
    button = QPushButton("Batal")
    qtbot.addWidget(button)
    button.ensurePolished()

    assert button.sizeHint().height() == measures.BUTTON


def test_a_note_is_as_high_as_the_design_says_with_and_without_a_field(qtbot: QtBot) -> None:
    for weight in Weight:
        note = Note(weight, "36 dari 37 rumah.")
        qtbot.addWidget(note)
        note.resize(500, 30)
        assert note.heightForWidth(500) <= measures.NOTE
        assert note.minimumHeight() == measures.NOTE


def test_a_long_question_takes_the_height_it_needs() -> None:
    long = FoldedQuestion("17b", "Apakah rumah tangga membuang air limbah ke saluran?" * 3, State.WAITING, ("a", "b"))

    assert question_height(long, 600) > 2 * measures.QUESTION_ROW


def test_the_answer_column_can_be_narrowed(qtbot: QtBot) -> None:
    row = QuestionRow(QUESTIONS[-1])
    qtbot.addWidget(row)
    before = row.heightForWidth(640)

    row.show_answer_width(196)

    assert row.heightForWidth(640) >= before


def test_a_ring_grows_only_when_its_figure_needs_it() -> None:
    usual = {Ring(facts).sizeHint().height() for facts in RINGS}
    longest = Ring(RingFacts("Luas kumuh", "dari 1.204 RT", "123.456.789,00 ha", 0.5))

    assert len(usual) == 1
    assert longest.sizeHint().height() > usual.pop() - 40


def test_a_ring_without_data_has_no_arc_and_still_says_its_name() -> None:
    ring = Ring(RingFacts("Luas kumuh", "belum ada SK", "–", None))

    assert ring.accessibleName() == "Luas kumuh, –, belum ada SK"


def test_a_part_of_the_bar_with_one_house_in_it_can_be_seen(qtbot: QtBot) -> None:
    shares = (Share("a", "Diverifikasi", 9999, Token.SHARE_100), Share("b", "Konflik", 1, Token.CONF))
    bar = CoverageBar(shares)
    qtbot.addWidget(bar)
    bar.resize(300, 12)
    picture = bar.grab().toImage()

    assert sum(picture.pixelColor(x, 6) == colour(Token.CONF) for x in range(300)) >= 4


def test_a_row_of_widgets_breaks_when_it_is_too_long(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(holder)
    for _place in range(6):
        flow.addWidget(Button("Belum didata"))

    assert flow.heightForWidth(2000) == measures.BUTTON
    assert flow.heightForWidth(300) > 2 * measures.BUTTON
    flow.setGeometry(QRect(0, 0, 300, 200))
    assert all(flow.itemAt(place).geometry().right() < 300 for place in range(flow.count()))


def test_a_state_shown_by_the_sheet_changes_the_look_at_once(qtbot: QtBot) -> None:
    field = SearchField("Cari")
    qtbot.addWidget(field)
    field.show()
    field.clearFocus()
    before = field.grab().toImage()

    mark(field, "status", "err")

    assert field.grab().toImage() != before


def test_a_cell_without_a_kind_is_text(qtbot: QtBot) -> None:
    table = household_table()
    qtbot.addWidget(table)

    assert kind_of(table.model().index(0, 2)) is Content.NAME
    assert kind_of(table.model().index(99, 99)) is Content.TEXT


def test_no_type_of_the_kit_is_smaller_than_a_caption(qtbot: QtBot) -> None:
    table = Table()
    qtbot.addWidget(table)

    assert min(size.value for size in Type) == Type.CAPTION.value


def test_a_verdict_takes_as_many_lines_as_its_words_with_the_sign_before_them() -> None:
    words = "tertinggal 31,5 titik dari jalur 2024"
    letters = metrics(Type.CAPTION).horizontalAdvance(words)

    assert lines_of(words, Content.DATE, letters + 2 * EDGE + 1) == 1
    assert lines_of(words, Content.VERDICT, letters + 2 * EDGE + 1) == 2
