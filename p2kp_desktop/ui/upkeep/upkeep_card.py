"""What the cards of this place share: a line of fields by name, and asking the desk so that refusals stay here."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_20

from .sure import Sure

T = TypeVar("T")

EVERYTHING = frozenset(form.key for form in FORMS)


class UpkeepCard(Card):
    """One card: what it is for, its fields, and at its foot the reason and the question."""

    def __init__(self, desk: Desk, title: str, about: str, sure: Sure, deed: Deed) -> None:
        super().__init__(title)
        self.desk, self.sure, self.deed = desk, sure, deed
        desk.rights.guard(deed, sure)
        self.about = Label(about, SECONDARY, wraps=True)
        self.body.addWidget(self.about)
        self.fields = QGridLayout()
        self.fields.setHorizontalSpacing(SPACE_20)
        self.fields.setVerticalSpacing(SPACE_8)
        self.fields.setColumnStretch(1, 1)
        self.body.addLayout(self.fields)

    def add_field(self, name: str, field: QWidget) -> Label:
        """Add a field with its name before it; return the name, to be hidden with it."""
        row = self.fields.rowCount()
        label = Label(name, SECONDARY)
        field.setAccessibleName(name)
        self.fields.addWidget(label, row, 0)
        self.fields.addWidget(field, row, 1)
        self.desk.rights.guard(self.deed, field)
        return label

    def look(self, question: Callable[[Workspace], T], then: Callable[[T], object]) -> None:
        """Ask without changing anything that is kept; refusals are told at the foot."""
        self.desk.change(self, question, then, self.refused, touches=())

    def do(self, action: Callable[[Workspace], T], then: Callable[[T], object]) -> None:
        """Change; refusals are told at the foot."""
        self.desk.change(self, action, then, self.refused, touches=EVERYTHING)

    def refused(self, error: Exception) -> None:
        """Tell a known fault at the foot; anything else is a bug."""
        if isinstance(error, Trouble):
            self.sure.tell_trouble(error)
        else:
            self.desk.failed.emit(error)


def in_order(before: QWidget, widgets: Sequence[QWidget]) -> None:
    """Let Tab reach widgets that were made later one after another, from the one before them."""
    for first, second in pairwise([before, *widgets]):
        QWidget.setTabOrder(first, second)


def typed(field: QLineEdit) -> str:
    """Return the text that was typed in a field, without spaces around it."""
    return field.text().strip()
