"""Where the list of the head of an RT is pasted or typed, and shown line by line before anything is kept."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout
from typing_extensions import override

from p2kp_desktop.actions.importing import resident_lists
from p2kp_desktop.actions.importing.resident_lists import NAME, NUMBER, TAKEN, TWIN, Examined, Pasted
from p2kp_desktop.actions.residents import residents
from p2kp_desktop.language import say
from p2kp_desktop.reports import residents as reports
from p2kp_desktop.schema import written
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.lettering import metrics
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12, SPACE_16
from p2kp_desktop.ui.place import Scope

from . import pasted_lines as told

ROWS = 4


class Pasting(QFrame):
    """A box for the list, then its lines with what each would do; Ctrl Enter goes on, Esc leaves it."""

    given = Signal(object)  # tuple[Line, ...]
    left = Signal()
    previews = Signal(bool)  # the lines take the room of the list, or give it back

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._scope = desk, Scope("", None, "")
        self._pasted, self._asked = Pasted(()), False
        self.setProperty("frame", "card")
        self.setProperty("status", "soft")
        self.text = _Box()
        self.text.setFixedHeight(round(metrics().height() * ROWS + 2 * SPACE_8))
        self.names, self.numbers = Button("", keys=("F6",)), Button("", keys=("F7",))
        self.back = Button(say("Ubah teks"), keys=("F2",))
        self.list: TableList[Examined] = TableList(desk, reports.pasted())
        self.table = self.list.table
        self._read = Label("", NOTE, wraps=True)
        self.yes = Button("", Kind.PRIMARY, keys=("Ctrl", "Enter"))
        self.no = Button(say("Batal"), keys=("Esc",))
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        means = QHBoxLayout()
        foot = QHBoxLayout()
        for row, parts in ((means, (self.names, self.numbers, self.back)), (foot, (self._read, self.yes, self.no))):
            row.setSpacing(SPACE_12)
            for part in parts:
                row.addWidget(part)
        means.insertStretch(2, 1)
        foot.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_16, SPACE_12, SPACE_12, SPACE_8)
        column.setSpacing(SPACE_8)
        column.addWidget(self.text)
        column.addLayout(means)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.text.textChanged.connect(self._tell_text)
        self.text.pasted.connect(self._look)
        self.list.selected.connect(lambda _number: self._tell_lines())
        self.list.opened.connect(lambda _line: self._go_on())
        for button, command in (
            (self.yes, Command(say("Lanjutkan"), ("Ctrl+Return", "Ctrl+Enter"), self._go_on)),
            (self.no, Command(say("Batal"), ("Esc",), self.left.emit)),
            (self.names, Command(say("Kolom berikutnya untuk nama"), ("F6",), lambda: self._turn(NAME),
                                 say("kolom nama"))),
            (self.numbers, Command(say("Kolom berikutnya untuk nomor rumah"), ("F7",), lambda: self._turn(NUMBER),
                                   say("kolom nomor"))),
            (self.back, Command(say("Ubah teks daftar"), ("F2",), self._edit, say("ubah teks"))),
        ):
            (action,) = offer(self, [command])
            button.clicked.connect(action.trigger)

    @property
    def previewed(self) -> bool:
        """Say whether the lines are shown, not the box."""
        return not self.list.isHidden()

    def begin(self, scope: Scope, text: str = "") -> None:
        """Show the box for the list of an RT; a text is shown line by line at once."""
        self._scope = scope
        self.text.setPlainText(text)
        self._edit()
        if text.strip():
            self._look()

    def _edit(self) -> None:
        self._arrange(lines=False)
        self._tell_text()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self, *, lines: bool) -> None:
        self.text.setVisible(not lines)
        for part in (self.names, self.numbers, self.back, self.list):
            part.setVisible(lines)
        self.show()
        self.previews.emit(lines)

    # The lines

    def _look(self) -> None:
        self._examine(resident_lists.read_pasted(self.text.toPlainText()))

    def _turn(self, key: str) -> None:
        if self.previewed:
            self._examine(self._pasted.turned(key))

    def _examine(self, found: Pasted) -> None:
        """Say of each line what it would do; off the GUI thread, for a list may be long."""
        scope, rt, self._pasted = self._scope, self._scope.rt or "", found

        def examined(workspace: Workspace) -> list[Examined]:
            there = residents.lines(workspace, scope.area, rt, scope.period)
            return resident_lists.examine(found, there, rt)

        self._desk.ask(self, examined, lambda lines: self._show(found, lines))

    def _show(self, found: Pasted, lines: Sequence[Examined]) -> None:
        if found is not self._pasted or self.isHidden():
            return
        if not lines:
            self._read.say(say("Tidak ada nama yang terbaca di teks ini. Tulis satu warga per baris, misalnya: 12 Siti "
                               "Aminah. Belum ada yang ditambahkan."))
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._arrange(lines=True)
        self._asked = False
        self.names.say(say("Nama: kolom {column}", column=found.called(NAME)))
        number = found.called(NUMBER)
        self.numbers.say(say("Nomor rumah: kolom {column}", column=number) if number else say("Nomor rumah: tidak ada"))
        self.list.show_table(reports.pasted(lines))
        self.table.select_rows(row for row, line in enumerate(lines) if line.standing in TAKEN)
        self._tell_lines()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> list[Examined]:
        return list(self.list.selected_lines())

    # What is said below, and going on

    def _tell_text(self) -> None:
        self.yes.say(say("Lihat dulu"))
        self.yes.setEnabled(bool(self.text.toPlainText().strip()))
        self._read.say(say("Belum ada yang ditambahkan sebelum Anda melihatnya baris demi baris."))

    def _tell_lines(self) -> None:
        chosen = self._chosen()
        self.yes.say(say("Tambahkan {number} baris", number=written.number(len(chosen))))
        self.yes.setEnabled(bool(chosen))
        self._read.say(told.summary(self.list.model.lines, chosen))

    def _go_on(self) -> None:
        """Look at the lines, then ask about those that stand there twice, then give them."""
        if not self.yes.isEnabled():
            return
        if not self.previewed:
            self._look()
            return
        chosen = self._chosen()
        twins = [row for row in self.table.selected_rows() if self.list.model.lines[row].standing == TWIN]
        if twins and not self._asked:
            self._asked = True
            self.table.show_row(twins[0])
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._read.say(told.asks_about(len(twins)))
            return
        self.given.emit(tuple(each.line for each in chosen))


class _Box(QPlainTextEdit):
    """A box for text; a list of several lines that is pasted into it is looked at without another key."""

    pasted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("Daftar warga"))
        self.setTabChangesFocus(False)
        self.setPlaceholderText(
            say("Tempel daftar dari Excel di sini, atau ketik satu nama per baris: nomor rumah, Tab, nama.")
        )

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        super().insertFromMimeData(source)
        if len(source.text().strip().splitlines()) > 1:
            self.pasted.emit()
