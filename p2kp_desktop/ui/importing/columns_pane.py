"""Which column is which question: every column of the table, and Enter to give it to another one or to none."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.importing.import_preview import ColumnHead, Preview
from p2kp_desktop.actions.importing.read_table import label_of
from p2kp_desktop.exchange.columns import BY_HAND, BY_KEY
from p2kp_desktop.exchange.headings import answerable
from p2kp_desktop.language import say
from p2kp_desktop.reports import importing
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.finder import Offer
from p2kp_desktop.ui.kit.found_list import Entry
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12

NONE = "-"  # the value of «not read» in the list of questions


class ColumnsPane(QWidget):
    """A list of columns; what is chosen here is known again the next time the same headings come."""

    gives = Signal(int)  # the place of a column among the heads
    guesses = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._preview: Preview | None = None
        self.list: TableList[ColumnHead] = TableList(desk, importing.columns())
        self._about = Label("", SECONDARY, wraps=True)
        self.give = Button(say("Ganti pertanyaannya…"), keys=("Enter",))
        self.guess = Button(say("Tebakan program"), icon="history")
        row = across(
            (self._about, 1), (self.give, 0, Qt.AlignmentFlag.AlignTop), (self.guess, 0, Qt.AlignmentFlag.AlignTop),
            gap=SPACE_8,
        )
        down((self.list, 1), row, into=self, gap=SPACE_12)
        self.list.opened.connect(self._open)
        self.give.clicked.connect(lambda: self._open(self.list.current()))
        self.guess.clicked.connect(self.guesses)

    def show_preview(self, preview: Preview) -> None:
        """Show the columns of a preview."""
        self._preview = preview
        row = self.list.table.currentIndex().row()
        self.list.show_table(importing.columns(preview))
        self.list.table.show_row(max(0, min(row, len(preview.heads) - 1)))
        by, is_table = preview.plan.matched.by, preview.table is not None
        told = {
            BY_KEY: say("Templat P2KP: kolomnya dikenal dari kunci tersembunyi."),
            BY_HAND: say("Dicocokkan dengan tangan. Susunan judul ini diingat untuk berkas berikutnya."),
        }
        words = told.get(by, say("Dicocokkan dari judulnya. Ubah yang salah; susunan judul ini lalu diingat."))
        self._about.say(words if is_table else say("Buku kerja RT resmi: tempat setiap jawaban sudah tetap."))
        self.give.setVisible(is_table)
        self.guess.setVisible(is_table and by == BY_HAND)

    def _open(self, head: ColumnHead | None) -> None:
        if head is not None and self._preview is not None:
            self.gives.emit(self._preview.heads.index(head))


def offer(preview: Preview, head: ColumnHead) -> Offer:
    """Return the questions that a column can be given to, the one in force current, «not read» first."""
    taken = {each.key: each for each in preview.heads if each.key and each != head}
    entries = [Entry(say("Tidak dibaca"), "", NONE, "ban")]
    for key in answerable(preview.form):
        by = taken.get(key)
        detail = say("kini kolom {letter}", letter=by.letter) if by else ""
        entries.append(Entry(label_of(preview.form, key), detail, key))
    current = next((at for at, entry in enumerate(entries) if entry.value == head.key), 0)
    return Offer(say("Kolom {letter}: ketik pertanyaannya", letter=head.letter), tuple(entries), current)
