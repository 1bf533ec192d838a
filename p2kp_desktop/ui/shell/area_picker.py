"""Which area: found by typing, its kecamatan always beside it, since names repeat."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.schema.places import Region, parents, region_name, regions
from p2kp_desktop.ui.kit.finder import Driver, matching
from p2kp_desktop.ui.kit.found_list import Entry, FoundList
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.kit.search import SearchField
from p2kp_desktop.ui.look.measures import SPACE_8

ROWS = 4
PROVINCE = "16"


def areas(role: str) -> list[Region]:
    """Return the regions a person of this role works for: villages, kabupaten/kota, or the province."""
    levels = {"facilitator": ("kelurahan", "desa"), "district": ("kabupaten_kota",), "province": ("provinsi",)}
    return [place for place in regions().values() if place.level in levels[role]]


def where(place: Region) -> str:
    """Return the names of the regions above a region, from the nearest: Seberang Ulu Satu, Kota Palembang."""
    return ", ".join(above.name for above in reversed(list(parents(place.code))[:-1]) if above.code != PROVINCE)


class AreaPicker(QWidget):
    """A field and a list; Enter or Space checks what is current. A facilitator may work in several kelurahan."""

    picked = Signal()
    completed = Signal()  # Enter in the empty field after something was picked: on to what comes next

    def __init__(self) -> None:
        super().__init__()
        self._rows = ROWS
        self._role, self._chosen = "", dict[str, str]()
        self._entries: list[Entry] = []
        self._offered: list[Entry] = []
        self.field = SearchField(say("Ketik nama kelurahan atau desa"), width=0)
        self.field.setProperty("fit", "tall")
        self.found = FoundList()
        self._card = QFrame()
        self._card.setProperty("frame", "card")
        self._words = Label("", NOTE, wraps=True)
        self._driver = Driver(self.field, self.found)
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self.found.chosen.connect(self._toggle)
        down(self.found, into=self._card, margins=(1, 1))
        down(self.field, self._card, self._words, into=self, gap=SPACE_8)

    def offer(self, role: str) -> None:
        """Offer the regions of a role; what was chosen for another is forgotten."""
        if role == self._role:
            return
        self._rows = ROWS
        self._role, self._chosen = role, {}
        self._entries = [Entry(place.name, where(place), place.code, checked=False) for place in areas(role)]
        asks = say("Ketik nama kelurahan atau desa") if role == "facilitator" else say("Ketik nama kabupaten atau kota")
        self.field.setPlaceholderText(asks)
        self.field.setAccessibleName(asks)
        self.field.clear()
        if len(self._entries) == 1:
            self._chosen = {str(self._entries[0].value): self._entries[0].name}
        self._narrow("")

    def show_rows(self, rows: int) -> None:
        """Show so many rows of the list at once."""
        if rows != self._rows:
            self._rows = rows
            self._narrow(self.field.text())

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the regions chosen, in the order of choosing."""
        return tuple(self._chosen)

    def _narrow(self, typed: str) -> None:
        """Offer what matches; only what was typed, or the arrow keys, make a line current for Enter."""
        begun = typed.strip() or len(self._entries) <= ROWS
        self._offered = matching(self._entries, typed) if begun else self._first()
        self._show(current=0 if typed.strip() else -1)

    def _show(self, current: int) -> None:
        rows = [replace(entry, checked=entry.value in self._chosen) for entry in self._offered]
        self.found.list_entries(rows, current)
        shown = max(1, min(len(rows), ROWS))
        self.found.setFixedHeight(self.found.height_of(min(shown, self._rows)) - 2)
        self._card.setVisible(bool(rows))
        self._say_chosen(nothing=not rows)

    def _first(self) -> list[Entry]:
        """Return the entries that stand in the list before anything was typed: those chosen, then the others."""
        chosen = [entry for entry in self._entries if entry.value in self._chosen]
        return [*chosen, *(entry for entry in self._entries if entry.value not in self._chosen)]

    def _say_chosen(self, *, nothing: bool) -> None:
        names = ", ".join(self._chosen.values())
        if nothing:
            self._words.say(say("Tidak ada wilayah bernama itu di Sumatera Selatan. Coba sebagian namanya saja."))
        elif not self._chosen:
            self._words.say(say("Belum ada yang dipilih. Ketik, lalu tekan Enter pada nama yang benar."))
        elif self._role == "facilitator":
            self._words.say(say("{number} kelurahan dipilih: {names}", number=len(self._chosen), names=names))
        else:
            self._words.say(say("Dipilih: {names}", names=names))

    def _toggle(self, code: object) -> None:
        key = str(code)
        if key in self._chosen:
            del self._chosen[key]
        elif self._role == "facilitator":
            self._chosen[key] = region_name(key)
        else:
            self._chosen = {key: region_name(key)}
        self._show(self.found.current)
        self.found.scroll_to_current()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.picked.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter and Space before the list does: the second Enter goes on instead of taking the choice back."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        empty = not self.field.text()
        if event.key() in ENTER and empty and self._chosen:
            self.completed.emit()
            return True
        if event.key() in ENTER or (event.key() == Qt.Key.Key_Space and empty):
            self.found.choose()
            self.field.clear()
            return True
        return False
