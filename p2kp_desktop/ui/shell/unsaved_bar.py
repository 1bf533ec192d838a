"""The bar that stays above every place while something typed is in memory only, and asks before that is thrown away."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy
from typing_extensions import override

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.painting import draw_icon, painting
from p2kp_desktop.ui.kit.words import BODY, Style
from p2kp_desktop.ui.look.measures import ICON, SPACE_8, SPACE_12, SPACE_16
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.unsaved import AGAIN, Sheet

_NAMED = 3  # so many are named, the rest is counted


class UnsavedBar(QFrame):
    """Names what is not on disk; its buttons lead back to it, try again, and after a question throw it away."""

    opened = Signal()
    tried = Signal()
    stayed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setProperty("status", "err")
        self.title, self.text = Label("", Style(bold=True), wraps=True), Label("", BODY, wraps=True)
        self.go_back, self.try_again = Button(say("Buka isiannya")), Button(say("Coba sekarang"))
        self.stay, self.throw_away = Button(say("Jangan tutup"), keys=("Esc",)), Button("", Kind.DANGER)
        self._names: list[str] = []
        self._then: Callable[[], object] | None = None
        self._lay_out()
        self.go_back.clicked.connect(self.opened)
        self.try_again.clicked.connect(self.tried)
        self.stay.clicked.connect(self.end_asking)
        self.throw_away.clicked.connect(self._go_on)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.hide()

    def _lay_out(self) -> None:
        column = down(self.title, self.text)
        across(
            (column, 1), (self.go_back, 0, Qt.AlignmentFlag.AlignTop), (self.try_again, 0, Qt.AlignmentFlag.AlignTop),
            (self.stay, 0, Qt.AlignmentFlag.AlignTop), (self.throw_away, 0, Qt.AlignmentFlag.AlignTop), into=self,
            gap=SPACE_12, margins=(SPACE_16 + ICON + SPACE_12, SPACE_8, SPACE_16 - 2, SPACE_8),
        )

    def show_unsaved(self, sheets: list[Sheet], trouble: Exception | None) -> None:
        """Say what is in memory only and why; without anything disappear."""
        self._names = [sheet.name for sheet in sheets]
        if not sheets or (trouble is None and self._then is None):
            self._then = None
            self.hide()
            return
        what, remedy, code = _told(trouble)
        again = say("Program mencoba lagi sendiri tiap {seconds} detik.", seconds=AGAIN // 1000)
        self.text.say(" ".join(filter(None, (what, remedy, again, code and say("Kode {code}", code=code)))))
        self._show()

    def ask(self, sheets: list[Sheet], trouble: Exception | None, then: Callable[[], object]) -> None:
        """Ask whether what is in memory only is thrown away, as `then` would do."""
        self._then = then
        self.show_unsaved(sheets, trouble)
        self.stay.setFocus(Qt.FocusReason.OtherFocusReason)

    def end_asking(self) -> None:
        """Let everything be as it was before the question."""
        self._then = None
        self._show()
        self.stayed.emit()

    def _show(self) -> None:
        asks, count = self._then is not None, written.number(len(self._names))
        names = ", ".join(self._names[-_NAMED:])
        if asks:
            self.title.say(say("{count} isian belum ada di disk dan hilang jika ditutup: {names}.", count=count,
                               names=names))
        else:
            self.title.say(say("{count} isian belum ada di disk, hanya di layar: {names}. Jangan tutup program ini.",
                               count=count, names=names))
        self.throw_away.say(say("Buang {count} isian dan tutup", count=count))
        self.setAccessibleName(f"{self.title.text()} {self.text.text()}")
        for button, shown in ((self.go_back, not asks), (self.try_again, True), (self.stay, asks),
                              (self.throw_away, asks)):
            button.setVisible(shown)
        self.show()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._then is not None:
            self.end_asking()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with painting(self) as painter:
            draw_icon(painter, "circle-alert", SPACE_16 - 2, SPACE_8 + 1, ICON + 2, Token.ERR)


def _told(trouble: Exception | None) -> tuple[str, str, str]:
    """Return the words on what happened and on what to do, and the code of the trouble."""
    if isinstance(trouble, Trouble):
        return say(trouble.what), say(trouble.remedy), trouble.code
    return ("", "", "") if trouble is None else (str(trouble) or trouble.__class__.__name__, "", "F03")
