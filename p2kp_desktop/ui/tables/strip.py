"""The strip under the table: it asks for one thing, shows what would change, or tells what was done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import NOTE, Label, mark
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.lists.strip import AROUND, AskStrip
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

FIELD_WIDTH = 280


class Strip(AskStrip):
    """A sentence, perhaps a field, lines below, and two buttons: Enter and Esc."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._what, self._lines = Label("", wraps=True), Label("", NOTE, wraps=True)
        self._wrong = Label("", Style(Type.CAPTION, tone=Token.ERR), wraps=True)
        self.field = QLineEdit()
        self.field.setMaximumWidth(FIELD_WIDTH)
        self.yes = Button("", Kind.PRIMARY, keys=("Enter",))
        row = across((self._what, 1), (self.field, 1), self.yes, self.no, gap=SPACE_12)
        down(row, self._wrong, self._lines, into=self, gap=SPACE_4, margins=AROUND)
        self.yes.clicked.connect(self.give)
        self.field.textEdited.connect(lambda _text: self.complain(""))

    @property
    def lines(self) -> str:
        """Return the text of the lines below the question."""
        return self._lines.text()

    def ask(self, what: str, yes: str, *, hint: str = "") -> None:
        """Ask for words."""
        self._show(what, yes, ())
        self.field.clear()
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(what)
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self, what: str, yes: str, lines: Sequence[str]) -> None:
        """Show what would happen, and ask whether it shall; «» for `yes` when there is nothing to do."""
        self._show(what, yes, lines)
        self.field.hide()
        button: QWidget = self.yes if yes else self.no
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, what: str) -> None:
        """Tell something; Esc closes it, and nothing here takes the focus."""
        self._show(what, "", ())
        self.no.say(say("Tutup"))
        self.field.hide()

    def _show(self, what: str, yes: str, lines: Sequence[str]) -> None:
        self.complain("")
        self._what.say(what)
        self.yes.say(yes)
        self.yes.setVisible(bool(yes))
        self.no.say(say("Batal"))
        self._lines.say("\n".join(lines))
        self._lines.setVisible(bool(lines))
        self.show()

    def complain(self, why: str) -> None:
        """Say why what was typed will not do."""
        self._wrong.say(why)
        self._wrong.setVisible(bool(why))
        mark(self.field, "status", "err" if why else "")

    @override
    def give(self) -> None:
        self.given.emit(self.field.text().strip() if self.field.isVisible() else "")
