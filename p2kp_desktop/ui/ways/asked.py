"""What is asked for: which total to lie below, with which margin, within which budget, in which kawasan."""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from p2kp_desktop.actions.scores.cheapest_works import WorksWanted
from p2kp_desktop.language import say
from p2kp_desktop.schema import Unreadable, values
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.controls import Choice
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import NOTE, Label, mark
from p2kp_desktop.ui.look.lettering import metrics
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_16

T = TypeVar("T")

_WORTH = {"ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "milyar": 10**9, "m": 10**9}
_SAID = re.compile(r"(?:rp\.?)?\s*([\d.,]+)\s*([a-z]*)\.?", re.IGNORECASE)


def rupiah_of(text: str) -> int | None:
    """Return a budget as people write one, 500 juta or Rp1,5 miliar, None for nothing; raise Unreadable."""
    bare = values.tidy(text)
    if not bare:
        return None
    found = _SAID.fullmatch(bare)
    worth = _WORTH.get(found[2].casefold()) if found and found[2] else 1
    if found is None or worth is None:
        raise Unreadable(say("«{value}» bukan anggaran. Tulis misalnya 500 juta.", value=bare))
    return values.read_whole(found[1]) if worth == 1 else values.whole(values.read_decimal(found[1]) * worth, bare)


def _whole(text: str) -> int:
    number = values.read_whole(text)
    if number < 0:
        raise Unreadable(say("Paling sedikit {least}.", least=0))
    return number


def _share(text: str) -> Fraction:
    number = Fraction(values.read_decimal(text))
    if number < 0:
        raise Unreadable(say("Paling sedikit {least}.", least=0))
    return number


class Asked(QWidget):
    """Enter in a field asks; what cannot be read is marked, and said."""

    asks = Signal(object)  # WorksWanted
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.wish = ""  # the kawasan to be chosen as soon as it is offered
        self._row = Flow(self, gap=SPACE_8)
        self.below = self._field(say("Di bawah nilai"), "16", "000")
        self.points = self._field(say("Cadangan poin"), "0", "000")
        self.extra = self._field(say("Volume lebih %"), "0", "000")
        self.budget = self._field(say("Anggaran"), say("tanpa batas, atau 500 juta"), "Rp000.000.000.000.000")
        self.kawasan = Choice()
        self.kawasan.setAccessibleName(say("Kawasan"))
        self._row.addWidget(self.kawasan)
        self.search = Button(say("Hitung"), Kind.PLAIN, icon="calculator", keys=("Enter",))
        self._row.addWidget(self.search)
        self.show_kawasan(())
        self.search.clicked.connect(lambda _checked=False: self.ask())
        self.kawasan.activated.connect(lambda _row: self.ask())

    def _field(self, name: str, example: str, widest: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(example)
        needed = max(metrics().horizontalAdvance(text) for text in (widest, example))
        field.setFixedWidth(round(needed) + 2 * SPACE_16)
        field.returnPressed.connect(self.ask)
        field.textEdited.connect(lambda _text: mark(field, "status", ""))
        both = QWidget()  # the name never stands on another line than its field
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, SPACE_8, 0)
        row.setSpacing(SPACE_8)
        row.addWidget(Label(name, NOTE))
        row.addWidget(field)
        self._row.addWidget(both)
        return field

    def show_kawasan(self, found: Sequence[tuple[str, str]]) -> None:
        """Offer the kawasan of the area; where there is none there is nothing to choose."""
        before, wished = self.kawasan.currentData(), self.wish
        self.kawasan.clear()
        self.kawasan.addItem(say("Semua RT"), "")
        for ident, name in found:
            self.kawasan.addItem(name, ident)
        self.kawasan.setCurrentIndex(max(0, self.kawasan.findData(wished or before)))
        self.kawasan.setVisible(bool(found))
        self.wish = ""
        if wished and wished != before:
            self.ask()

    def ask(self) -> None:
        """Ask for what stands in the fields, unless something there cannot be read."""
        wanted = self.wanted()
        if wanted is not None:
            self.asks.emit(wanted)

    def wanted(self) -> WorksWanted | None:
        """Return the question in the fields, None where one cannot be read, which is said."""
        try:
            return WorksWanted(
                self._read(self.below, _whole), self._read(self.points, _whole) or 0,
                self._read(self.extra, _share) or Fraction(), self._read(self.budget, rupiah_of),
                self.kawasan.currentData() or "",
            )
        except Unreadable:
            return None

    def _read(self, field: QLineEdit, read: Callable[[str], T]) -> T | None:
        if not field.text().strip():
            return None
        try:
            return read(field.text())
        except Unreadable as error:
            mark(field, "status", "err")
            self.refused.emit(f"{field.accessibleName()}: {error}")
            raise
