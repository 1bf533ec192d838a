"""The head of Mangkuk Masyarakat: what is shown, of which area, and what can be done here."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from p2kp_desktop.language import say
from p2kp_desktop.schema.places import city_of, region_name
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.labels import PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.ui.place import Scope


def of_year(scope: Scope) -> str:
    """Return of what area and year a bowl is."""
    return say("{area}, tahun {period}", area=region_name(scope.area), period=scope.period)


def of_rules(scope: Scope) -> str:
    """Return of what kabupaten/kota the rules are: of all its kelurahan, whatever the year."""
    return say("{area}: untuk semua kelurahan, setiap tahun", area=region_name(city_of(scope.area)))


class Head(QWidget):
    """Title and area at the left; at the right the buttons of the page in use."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.caption = Label("", PAGE_TITLE), Label("", SECONDARY)
        self.new = Button(say("Catatan baru"), icon="plus", keys=("N",))
        self.copy = Button(say("Salin gambar"), icon="copy", keys=("Ctrl", "C"))
        self.all = Button(say("Semua catatan"), icon="list-checks", keys=("S",))
        self.rules = Button(say("Aturan kesiapan"), icon="settings", keys=("A",))
        self.back = Button(say("Ke mangkuk"), keys=("Esc",))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.caption)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_8)
        row.addLayout(words, 1)
        for button in (self.new, self.copy, self.all, self.rules, self.back):
            row.addWidget(button)

    def show_page(self, words: str, caption: str, *, at_home: bool, lists: bool, one_bowl: bool) -> None:
        """Name the page: the bowl itself (at home), or one that lists records; one bowl can be copied."""
        self.title.say(words)
        self.caption.say(caption)
        self.copy.setVisible(one_bowl)
        self.all.setVisible(at_home)
        self.rules.setVisible(at_home)
        self.back.setVisible(not at_home)
        self.new.setVisible(lists)
