"""Whole pages made of the kit, to hold beside the design's pictures: python -m tests.ui.gallery_scenes OUTDIR."""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from p2kp_desktop.ui.kit.bowl import Bowl
from p2kp_desktop.ui.kit.breadcrumb import Breadcrumb
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Card, DraftCard, Todo, TodoCard
from p2kp_desktop.ui.kit.cells import ProgressCells
from p2kp_desktop.ui.kit.coverage import CoverageBar, FilterBar
from p2kp_desktop.ui.kit.equation import Equation, EquationBar
from p2kp_desktop.ui.kit.labels import PAGE_TITLE, SECONDARY, Label, surface
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.note import Note, Weight
from p2kp_desktop.ui.kit.option import Option, OptionRow
from p2kp_desktop.ui.kit.question import QuestionRow, SectionHead
from p2kp_desktop.ui.kit.ring import Ring, RingLegend
from p2kp_desktop.ui.kit.search import SearchField
from p2kp_desktop.ui.kit.sections import SectionRail
from p2kp_desktop.ui.kit.statusline import StatusLine
from p2kp_desktop.ui.kit.table import Table, TableCard
from p2kp_desktop.ui.kit.tile import RtGrid, TileFacts
from p2kp_desktop.ui.kit.words import BODY, Style
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, PAGE_TOP
from p2kp_desktop.ui.look.tokens import Scheme, Token
from tests.ui.gallery import DRAFT, QUESTIONS, RINGS, RISK, SECTIONS, SHARES, TODO, TRAIL, cells, dressed, parts, rail
from tests.ui.gallery_tables import household_table, ranking_table


def frame(page: QWidget, *, folded: bool = False) -> QWidget:
    """Return the whole window around a page."""
    window = QWidget()
    surface(window, Token.WINDOW)
    across = _box(QHBoxLayout(window))
    across.addWidget(rail(folded=folded))
    column = _box(QVBoxLayout())
    across.addLayout(column, 1)
    top = QWidget()
    surface(top, Token.PANEL)
    row = QHBoxLayout(top)
    row.setContentsMargins(16, 6, PAGE_SIDE, 6)
    row.addWidget(Breadcrumb(TRAIL), 1)
    row.addWidget(SearchField("Cari rumah, RT, aturan", ("Ctrl", "K")))
    column.addWidget(top)
    column.addWidget(page, 1)
    whole = QWidget()
    outer = _box(QVBoxLayout(whole))
    outer.addWidget(window, 1)
    outer.addWidget(StatusLine(RISK))
    return whole


def _box(layout: QBoxLayout, gap: int = 0, side: int = 0, top: int = 0) -> QBoxLayout:
    layout.setContentsMargins(side, top, side, top)
    layout.setSpacing(gap)
    return layout


def home() -> QWidget:
    page = QWidget()
    column = _box(QVBoxLayout(page), CARD_GAP, PAGE_SIDE, PAGE_TOP)
    todo = _box(QHBoxLayout(), CARD_GAP)
    todo.addWidget(DraftCard(DRAFT), 468)
    todo.addWidget(TodoCard(TODO), 201)
    todo.addWidget(TodoCard(Todo("git-compare", Token.CONF, 2, "Konflik", "perlu dipilih")), 201)
    todo.addWidget(TodoCard(Todo("circle-dashed", Token.TEXT2, 412, "Belum didata", "di 18 RT")), 201)
    column.addLayout(todo)
    below = _box(QHBoxLayout(), CARD_GAP)
    column.addLayout(below, 1)
    below.addWidget(_bowl_card(), 468)
    right = _box(QVBoxLayout(), CARD_GAP)
    below.addLayout(right, 626)
    rings = Card("100 · 0 · 100")
    rings.body.setContentsMargins(16, 12, 16, 8)
    rings.body.setSpacing(4)
    rings.head.addWidget(RingLegend("tahun 2021", "sasaran 2022"))
    row = _box(QHBoxLayout())
    for facts in RINGS:
        row.addWidget(Ring(facts))
    rings.body.addLayout(row)
    right.addWidget(rings)
    grid = Card("Kelengkapan 38 RT")
    grid.body.setContentsMargins(13, 12, 13, 5)
    grid.body.setSpacing(4)
    tiles = tuple(TileFacts(f"{rt:03}", (100, 100, 82, 55, 0, 30)[rt * 7 % 6], f"RT {rt:03}") for rt in range(1, 39))
    grid.body.addWidget(RtGrid(tiles, "014"))
    grid.body.addStretch(1)
    right.addWidget(grid, 1)
    return page


def _bowl_card() -> Card:
    card = Card("Mangkuk Masyarakat")
    card.head.addWidget(Label("**7 dari 10** bagian siap"))
    card.body.addWidget(Bowl(parts(7), "Mangkuk Masyarakat: 7 dari 10 bagian siap"), 1)
    for text, ready in (("Masa bakti BKM berlaku", True), ("**Aturan bersama disahkan**", False)):
        row = QHBoxLayout()
        icon, tone = ("circle-check", Token.OK) if ready else ("circle", Token.TEXT3)
        row.addWidget(IconLine(icon, text, BODY, icon_tone=tone))
        row.addStretch(1)
        row.addWidget(Label("menunggu SK Lurah", Style(tone=Token.WARN)))
        card.body.addLayout(row)
    return card


def listing() -> QWidget:
    page = QWidget()
    column = _box(QVBoxLayout(page), CARD_GAP, PAGE_SIDE, PAGE_TOP)
    head = QHBoxLayout()
    names = _box(QVBoxLayout())
    names.addWidget(Label("RT 014 / RW 05", PAGE_TITLE))
    names.addWidget(Label("Ketua RT M. Ali Hanafiah · Format B lengkap", SECONDARY))
    head.addLayout(names)
    head.addSpacing(24)
    bar = _box(QVBoxLayout(), 4)
    bar.addWidget(Label("**38 dari 46 rumah** terdata (82,6 %)"))
    bar.addWidget(CoverageBar(SHARES))
    head.addLayout(bar, 1)
    head.addSpacing(24)
    head.addWidget(Button("Cetak formulir", icon="printer"))
    head.addWidget(Button("Rumah baru", Kind.PRIMARY, icon="plus", keys=("Ctrl", "N")))
    column.addLayout(head)
    column.addWidget(FilterBar("Semua", SHARES))
    column.addWidget(TableCard(household_table()), 1)
    column.addWidget(_equation())
    return page


def _equation() -> Card:
    card = Card()
    card.body.addWidget(EquationBar(Equation(312, 214, 58, 31, 4, 3, 0)))
    return card


def form() -> QWidget:
    page = QWidget()
    across = _box(QHBoxLayout(page))
    side = QWidget()
    surface(side, Token.WINDOW)
    sections = _box(QVBoxLayout(side))
    sections.addWidget(SectionRail(SECTIONS, 3))
    side.setFixedWidth(216)
    across.addWidget(side)
    sheet = QWidget()
    surface(sheet, Token.PANEL)
    column = _box(QVBoxLayout(sheet), 0, PAGE_SIDE, PAGE_TOP)
    column.addWidget(ProgressCells(cells(), 13, "12 terjawab"))
    column.addWidget(QuestionRow(QUESTIONS[4]))
    column.addWidget(Note(Weight.HARD, "Penghuni bangunan 6 jiwa, padahal anggota rumah tangga 8 jiwa."))
    for question in QUESTIONS[:4]:
        column.addWidget(QuestionRow(question))
    column.addWidget(SectionHead("A.3", "Akses air minum"))
    column.addWidget(QuestionRow(QUESTIONS[5]))
    column.addWidget(Note(Weight.SOFT, "36 dari 37 rumah lain di RT ini memakai sumur bor."))
    for letter, text, hint in (("a", "Ya, sepanjang tahun", ""), ("b", "Hanya pada bulan tertentu", "saat kemarau")):
        column.addWidget(OptionRow(Option(letter, text, hint)))
    column.addWidget(QuestionRow(QUESTIONS[-1]))
    column.addStretch(1)
    across.addWidget(sheet, 1)
    return page


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in Scheme:
        dressed(scheme)
        for name, page in (("beranda", home), ("daftar", listing), ("formulir", form), ("peringkat", ranking_table)):
            for width, height in ((1366, 698), (1093, 544)):
                window = frame(page(), folded=width < 1200 or page is form)
                window.resize(width, height)
                window.show()
                _use(window)
                QApplication.processEvents()
                window.grab().save(str(folder / f"halaman-{name}-{width}-{scheme.value}.png"))
                window.close()


def _use(window: QWidget) -> None:
    """Put the focus where a person would have it, and select a few rows."""
    table = window.findChild(Table)
    if table is None:
        return
    window.activateWindow()
    table.setFocus()
    for row in (1, 2):
        rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        table.selectionModel().select(table.model().index(row, 0), rows)
    table.selectionModel().setCurrentIndex(table.model().index(2, 1), QItemSelectionModel.SelectionFlag.NoUpdate)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
