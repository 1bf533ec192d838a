"""Cells of one file that were edited in an office suite: taken over with a reason, or turned down."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from p2kp_desktop.actions.bundles.receipt_outcome import EditedOutside
from p2kp_desktop.language import say
from p2kp_desktop.reports import transfer
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import BODY, NOTE, Label, mark
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.ui.look.tokens import Token

from .changes import Answers

_IN_SIGHT = 3


class OutsideCard(Card):
    """The cells one below the other, and what becomes of them."""

    decided = Signal(object, str)  # the file, the reason; "" turns the cells down

    def __init__(
        self, desk: Desk, path: Path, cells: Sequence[EditedOutside], accepted: str, *, open_: bool
    ) -> None:
        super().__init__()
        self._path = path
        title = say("{count} sel disunting di Excel", count=len(cells))
        self.body.addWidget(IconLine("table-2", title, Style(bold=True), icon_tone=Token.WARN))
        self.body.addWidget(Label(path.name, NOTE, wraps=True))
        table = transfer.edited_cells(cells)
        self.answers: Answers[EditedOutside] = Answers(desk, table, transfer.edited)
        self.answers.show_table(table, most=_IN_SIGHT)
        self.body.addWidget(self.answers)
        self._fate = Label(_fate(accepted, open_=open_), BODY, wraps=True)
        self.body.addWidget(self._fate)
        self.reason = QLineEdit(accepted)
        self._wish = down(gap=SPACE_8)
        self.body.addLayout(self._wish)
        if open_:
            self._ask(accepted)

    def _ask(self, accepted: str) -> None:
        self.reason.setAccessibleName(say("Alasan"))
        self.reason.setPlaceholderText(say("alasan, bila diambil: bagaimana Anda tahu isinya benar"))
        self.reason.textChanged.connect(lambda _text: mark(self.reason, "status", ""))
        self.reason.returnPressed.connect(self._take)
        label = Label(say("Alasan"), BODY)
        label.setBuddy(self.reason)
        row = across(label, (self.reason, 1), gap=SPACE_8)
        self.take = Button(say("Ambil sebagai suntingan saya"))
        self.take.clicked.connect(self._take)
        self.refuse = Button(say("Tolak"))
        self.refuse.clicked.connect(lambda: self.decided.emit(self._path, ""))
        self.refuse.setEnabled(bool(accepted))
        buttons = Flow(gap=SPACE_8)
        buttons.addWidget(self.take)
        buttons.addWidget(self.refuse)
        self._wish.addLayout(row)
        self._wish.addLayout(buttons)

    def _take(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.decided.emit(self._path, reason)
            return
        self._fate.say(say("Alasan belum diisi. Tanpa alasan, isi sel tidak diambil."))
        mark(self.reason, "status", "err")
        self.reason.setFocus()


def _fate(accepted: str, *, open_: bool) -> str:
    if accepted:
        return say("**Diambil sebagai suntingan Anda:** {reason}", reason=accepted)
    if open_:
        return say("Terhitung ditolak sampai Anda memutuskan.")
    return say("Tidak diambil. Nilai aslinya masih datang dengan berkas yang tidak disunting.")
