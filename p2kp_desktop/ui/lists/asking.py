"""The strip that asks for a comment, a reason, a name and a date, or only once more; under the list, never over it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import Label, mark
from p2kp_desktop.ui.kit.layouts import across
from p2kp_desktop.ui.look.measures import SPACE_12

from .strip import AROUND, AskStrip

MOST = 2  # fields


@dataclass(frozen=True)
class Wish:
    """A field: its name, what could stand in it, what stands in it now, how wide it is, whether it must be filled."""

    name: str
    example: str
    value: str = ""
    width: int = 0
    needed: bool = True


class Asking(AskStrip):
    """Asks; Enter goes to the next field and then does it, Esc leaves everything as it is."""

    given = Signal(object)  # tuple of texts, one for each field

    def __init__(self) -> None:
        super().__init__("soft")
        self._what = Label("", wraps=True)
        self.fields = [QLineEdit() for _place in range(MOST)]
        self._wishes: Sequence[Wish] = ()
        self.yes = Button("", Kind.PRIMARY, keys=("Enter",))
        row = across((self._what, 2), into=self, gap=SPACE_12, margins=AROUND)
        for field in self.fields:
            field.textEdited.connect(lambda _text, field=field: mark(field, "status", ""))
            row.addWidget(field, 3)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.yes.clicked.connect(self._give)

    def ask(self, what: str, yes: str, wishes: Sequence[Wish] = ()) -> None:
        """Ask; without wishes only whether it is meant."""
        self._wishes = wishes
        self._what.say(what)
        self.yes.say(yes)
        for place, field in enumerate(self.fields):
            field.setVisible(place < len(wishes))
            if place < len(wishes):
                self._show_wish(field, wishes[place])
        self.show()
        asked = [field for field, wish in zip(self.fields, wishes, strict=False) if not wish.value]
        first = next(iter(asked or self.fields[: len(wishes)]), self.yes)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _show_wish(field: QLineEdit, wish: Wish) -> None:
        field.setText(wish.value)
        field.setPlaceholderText(wish.example)
        field.setAccessibleName(wish.name)
        field.setMaximumWidth(wish.width or 16_777_215)
        mark(field, "status", "")

    def refuse(self, place: int, message: str) -> None:
        """Say why what was given cannot be taken; what was typed stays."""
        self._what.say(message)
        mark(self.fields[place], "status", "err")
        self.fields[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        texts = tuple(field.text().strip() for field in self.fields[: len(self._wishes)])
        for place, text in enumerate(texts):
            if not text and self._wishes[place].needed:
                mark(self.fields[place], "status", "err")
                self.fields[place].setPlaceholderText(say("{field} wajib diisi", field=self._wishes[place].name))
                self.fields[place].setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.given.emit(texts)

    @override
    def give(self) -> None:
        """Go on to the next field, and give from the last one."""
        shown = self.fields[: len(self._wishes)]
        here = next((place for place, field in enumerate(shown) if field.hasFocus()), len(shown))
        if here + 1 < len(shown):
            shown[here + 1].setFocus(Qt.FocusReason.TabFocusReason)
            shown[here + 1].selectAll()
        else:
            self._give()
