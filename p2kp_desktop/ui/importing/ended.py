"""How the import ended: counts that add up, the way back, the copy with remarks, the list of households."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.importing.import_plan import Imported
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import BODY, CARD_TITLE, SECONDARY, Label, rule
from p2kp_desktop.ui.kit.layouts import Stretch, clear, down
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.scrolling import scrolling
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

from .session import Phase, Session

_MOST = 40  # sentences of one kind that are listed


class EndedPage(QWidget):
    """Says what came in, and what can be done about it."""

    undoes = Signal()
    annotates = Signal()
    opens = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = IconLine("circle-check", "", CARD_TITLE, icon_tone=Token.OK)
        self.counts, self.safe = Label("", BODY, wraps=True), Label("", SECONDARY, wraps=True)
        self.open = Button(say("Buka daftar rumah"), Kind.PRIMARY, keys=("Ctrl", "Enter"))
        self.annotate = Button(say("Simpan salinan dengan catatan…"), icon="file-spreadsheet", keys=("Ctrl", "S"))
        self.more = Button(say("Impor yang lain"), keys=("Ctrl", "O"))
        self.undo = Button(say("Batalkan impor ini"), Kind.DANGER, icon="history", keys=("Ctrl", "Backspace"))
        self.told = Label("", SECONDARY, wraps=True)
        self._list = down(gap=SPACE_4)
        self._lay_out()
        self.open.clicked.connect(self.opens)
        self.annotate.clicked.connect(self.annotates)
        self.more.clicked.connect(self.again)
        self.undo.clicked.connect(self.undoes)

    def _lay_out(self) -> None:
        card = Card()
        card.body.setSpacing(SPACE_12)
        buttons = QWidget()
        flow = Flow(buttons, gap=SPACE_8)
        for button in (self.open, self.annotate, self.more, self.undo):
            flow.addWidget(button)
        for widget in (self.title, self.counts, self.safe, buttons, self.told, rule()):
            card.body.addWidget(widget)
        card.body.addLayout(self._list)
        content = QWidget()
        down(card, Stretch(), into=content, gap=None)
        down(scrolling(content), into=self)

    def show_session(self, session: Session) -> None:
        """Show how the import at hand ended."""
        entered = session.written
        if entered is None:
            return
        done, taken = entered.imported, session.taken
        back = session.phase is Phase.TAKEN_BACK
        changed = done.new + done.updated
        if back and taken is not None:
            self.title.say(say("Impor dibatalkan: {count} catatan kembali seperti sebelumnya",
                               count=written.number(taken.records)))
        else:
            self.title.say(say("{count} baris masuk", count=written.number(changed)))
        self.counts.say(_counts(done))
        self.safe.say(say("Berkas aslinya tidak diubah dan dapat diimpor lagi.") if back else
                      say("Cadangan dibuat lebih dulu. Semuanya satu tindakan: dibatalkan sekaligus bila perlu."))
        self.undo.setVisible(not back and entered.act is not None)
        self.annotate.setVisible(session.can_be_annotated)
        self.told.hide()
        left = tuple(f"{each.title} · {each.place}" for each in taken.left) if taken else ()
        self._fill(left if back else (*_errors(session), *done.warnings), left=back)

    def _fill(self, sentences: tuple[str, ...], *, left: bool) -> None:
        clear(self._list)
        if left and sentences:
            self._list.addWidget(Label(say("Tetap seperti sekarang, karena sudah disunting orang setelah impor:"),
                                       Style(bold=True), wraps=True))
        for words in sentences[:_MOST]:
            self._list.addWidget(Label(words, SECONDARY, wraps=True))
        if len(sentences) > _MOST:
            self._list.addWidget(Label(say("dan {count} lainnya", count=len(sentences) - _MOST), SECONDARY))
        if not sentences and not left:
            self._list.addWidget(Label(say("Semua baris terbaca; tidak ada peringatan."), SECONDARY))

    def tell_saved(self, words: str) -> None:
        """Say that the copy with remarks was written."""
        self.told.say(words)
        self.told.show()

    def begin(self) -> None:
        """Put the focus where work goes on."""
        self.open.setFocus(Qt.FocusReason.TabFocusReason)


def _counts(done: Imported) -> str:
    """Return the equation in words; it always adds up."""
    parts = [
        (done.new, say("baru")), (done.updated, say("diperbarui")), (done.identical, say("sama")),
        (done.skipped, say("dilewati")), (done.rejected, say("ditolak")),
    ]
    shown = " + ".join(f"**{written.number(number)}** {word}" for number, word in parts)
    return say("**{rows}** baris dibaca = {parts}", rows=written.number(done.rows), parts=shown)


def _errors(session: Session) -> tuple[str, ...]:
    return tuple(error.words for each in session.previews for error in each.plan.objections())

