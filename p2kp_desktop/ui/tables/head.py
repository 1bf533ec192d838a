"""The top of Semua data: which form, how many records, the search, and the conditions in force as buttons."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.search import SearchField
from p2kp_desktop.ui.look.lettering import metrics
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12

SEARCH_WIDTH = 250
BEGINS, CHANGES, BRINGS_BACK, TURNS = "N", "G", "Enter", "T"  # commands of the data, of the trash, or of both
LONGEST = 340  # pixels of a condition on its button


class Head(QWidget):
    """Form, count, search; below them what can be done and what is filtered by."""

    dropped = Signal(int)  # the place of a condition that is not wanted any more

    def __init__(self, commands: Sequence[tuple[str, str, str, Callable[[], None]]]) -> None:
        super().__init__()
        self.form = Button("", icon="table-2", keys=("F",))
        self.count = Label("", NOTE)
        self.search = SearchField(say("Cari nama, nomor, NIK, catatan"), ("Ctrl", "F"), width=SEARCH_WIDTH)
        self._title = Label("", PAGE_TITLE)
        top = across(self._title, self.form, (self.count, 1), self.search, gap=SPACE_12)
        below = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        below.setSizePolicy(policy)
        self._flow = Flow(below)
        self._conditions: list[Button] = []
        self.buttons: dict[str, Button] = {}  # by their key
        for words, icon, key, act in commands:
            self.buttons[key] = button = Button(words, icon=icon, keys=(key,))
            button.clicked.connect(act)
            self._flow.addWidget(button)
        down(top, below, into=self, gap=SPACE_8)

    def show_form(self, title: str, begins: str, *, deleted: bool) -> None:
        """Show which form the table is of, what begins a record, and whether it is what lies in the trash."""
        self.form.say(title)
        self.buttons[BEGINS].say(begins)
        self.buttons[BEGINS].setVisible(bool(begins))
        self._title.say(say("Tempat sampah") if deleted else say("Semua data"))
        self.buttons[CHANGES].setVisible(not deleted)
        self.buttons[BRINGS_BACK].setVisible(deleted)
        self.buttons[TURNS].say(say("Kembali ke data") if deleted else say("Tempat sampah"))

    def show_count(self, shown: int, selected: int) -> None:
        """Show how many records there are, and how many of them are selected."""
        words = say("{count} catatan", count=written.number(shown))
        if selected:
            words += " · " + say("{count} dipilih", count=written.number(selected))
        self.count.say(words)

    def show_conditions(self, sentences: Sequence[str]) -> None:
        """Show what is filtered by; pressing a button takes its condition away."""
        for button in self._conditions:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._conditions = []
        for place, sentence in enumerate(sentences):
            short = metrics().elidedText(sentence, Qt.TextElideMode.ElideMiddle, LONGEST)
            button = Button(short, icon="x")
            button.setToolTip(sentence)
            button.setAccessibleName(say("Lepas saringan: {condition}", condition=sentence))
            button.clicked.connect(lambda _checked=False, place=place: self.dropped.emit(place))
            self._flow.addWidget(button)
            button.show()
            self._conditions.append(button)
        self.updateGeometry()
