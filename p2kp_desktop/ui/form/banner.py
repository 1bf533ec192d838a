"""The line above the questions that says how the record stands in the review, with its reason written inline."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.form.asides import Banner
from p2kp_desktop.ui.form.threads import RemarkField
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.labels import Label, mark
from p2kp_desktop.ui.kit.layouts import across
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import BUTTON, ICON_SMALL, SPACE_4, SPACE_8, SPACE_12, SPACE_20, tall
from p2kp_desktop.ui.look.tokens import Token

KEYS_OPEN, KEYS_GIVE_BACK = ("Ctrl", "B"), ("Ctrl", "Shift", "C")


class BannerLine(QWidget):
    """Icon, words, what may be done with its keys; for opening a verified record a field for the reason."""

    opened = Signal(str)  # the reason why a verified record is changed
    closed = Signal()
    open_wanted = Signal()
    return_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._banner: Banner | None = None
        self._objection = ""
        self._said = Label("", Style(Type.CAPTION), wraps=True)
        self.reason = RemarkField()
        self.reason.setFixedHeight(tall(BUTTON, metrics(bold=True), room=SPACE_12))
        self.reason.setAccessibleName(say("Alasan mengubah"))
        self.reason.setPlaceholderText(say("Mengapa diubah? Alasan wajib diisi."))
        self.reason.said.connect(self.take)
        self.reason.stepped.connect(lambda _by: self.closed.emit())
        self.reason.textEdited.connect(lambda _text: self.object_to(""))
        self.reason.undo_wanted.connect(self.reason.undo)
        self.reason.redo_wanted.connect(self.reason.redo)
        self.reason.hide()
        row = across(
            (self._said, 2), (self.reason, 3), into=self, gap=SPACE_12,
            margins=(SPACE_20 + ICON_SMALL + SPACE_8, SPACE_4, SPACE_12, SPACE_4),
        )
        self._open = self._button(row, say("Buka untuk diubah…"), KEYS_OPEN)
        self._open.clicked.connect(self.open_wanted)
        self._take = self._button(row, say("Buka"), ("Enter",))
        self._take.clicked.connect(self.take)
        self._return = self._button(row, say("Kembalikan dengan catatan…"), KEYS_GIVE_BACK)
        self._return.clicked.connect(self.return_wanted)
        self.returns, self.unlocking = self._return, (self._open, self._take)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @staticmethod
    def _button(row: QHBoxLayout, words: str, keys: tuple[str, ...]) -> Button:
        button = Button(words, keys=keys)
        button.setFocusPolicy(button.focusPolicy().NoFocus)  # its keys work from everywhere in the form
        row.addWidget(button)
        return button

    @property
    def is_asking(self) -> bool:
        """Say whether the field for the reason is open."""
        return not self.reason.isHidden()

    def show_banner(self, banner: Banner | None, *, small: bool) -> None:
        """Show what is said of a record; None hides the line."""
        if banner != self._banner:
            self._banner, self._objection = banner, ""
            self.reason.hide()
        self.setVisible(banner is not None)
        if banner is None:
            return
        self._show_buttons(banner)
        self._return.setVisible(banner.returns)
        self._return.say(say("Kembalikan…") if small else say("Kembalikan dengan catatan…"))
        self._say()
        self.update()

    def _show_buttons(self, banner: Banner) -> None:
        self._open.setVisible(banner.unlocks and not self.is_asking)
        self._take.setVisible(banner.unlocks and self.is_asking)

    def _say(self) -> None:
        if self._banner is not None:
            words = say("**Terkunci.** Alasan:") if self.is_asking else self._banner.words
            self._said.colour(Token.ERR if self._objection else self._banner.status.value[1])
            self._said.say(self._objection or words)
            self.setAccessibleName(self._objection or words.replace("**", ""))

    def object_to(self, words: str) -> None:
        """Say what stands in the way; "" takes it back."""
        if words != self._objection:
            self._objection = words
            mark(self.reason, "status", "err" if words and self.is_asking else "")
            self._say()
            self.update()

    def ask(self) -> None:
        """Open the field for the reason."""
        self.object_to("")
        self.reason.show()
        self._show_field()
        self.reason.setFocus()

    def _show_field(self) -> None:
        if self._banner is not None:
            self._show_buttons(self._banner)
        self._say()

    def close_field(self) -> bool:
        """Close the field; say whether it was open."""
        asking = self.is_asking
        self.reason.hide()
        self.object_to("")
        self._show_field()
        return asking

    def take(self) -> None:
        """Take the reason; without one say that it is missing."""
        reason = self.reason.text().strip()
        if not reason:
            self.object_to(say("Alasan belum diisi."))
            return
        self.reason.clear()
        self.close_field()
        self.opened.emit(reason)

    def wanted_height(self, width: int) -> int:
        """Return the height in logical pixels that it takes in this width."""
        layout = self.layout()
        return 0 if self.isHidden() or layout is None else layout.totalHeightForWidth(width)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._banner is None:
            return
        icon, tone, ground = self._banner.status.value
        if self._objection:
            icon, tone, ground = "circle-alert", Token.ERR, Token.ERR_BG
        with painting(self) as painter:
            box(painter, self.rect().toRectF(), fill=ground)
            draw_icon(painter, icon, SPACE_20, (self.height() - ICON_SMALL) / 2, ICON_SMALL, tone)
