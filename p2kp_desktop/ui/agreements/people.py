"""Who took part in an agreement: its own totals, and the lists of its meetings by stakeholder element."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from p2kp_desktop.actions.community.agreements import WholeAgreement, whole_number
from p2kp_desktop.actions.community.turnout import Turnout
from p2kp_desktop.forms.elements import ELEMENTS
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, Label
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_12


class People(QWidget):
    """Participants, women and MBR side by side; below them what the attendance of the meetings adds up to."""

    def __init__(self) -> None:
        super().__init__()
        self._figures = [Label("", PAGE_TITLE) for _place in range(3)]
        self.came = Label("", NOTE, wraps=True)
        row = QHBoxLayout()
        row.setSpacing(SPACE_12)
        for figure, word in zip(self._figures, (say("peserta"), say("perempuan"), say("MBR")), strict=True):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(figure)
            column.addWidget(Label(word, NOTE))
            row.addLayout(column, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(SPACE_4)
        around.addLayout(row)
        around.addWidget(self.came)

    def show_people(self, whole: WholeAgreement) -> None:
        """Show how many took part; a dash where nobody said."""
        men, women, mbr = (whole_number(whole.record, key) for key in ("men", "women", "mbr"))
        for figure, count in zip(self._figures, (men + women, women, mbr), strict=True):
            figure.say(written.number(count) if count else "–")
        self.came.say(attendance(whole))
        self.came.setVisible(bool(whole.came))


def attendance(whole: WholeAgreement) -> str:
    """Return how many came to the meetings, together and by element."""
    every = sum((head for _element, head in whole.came), Turnout())
    total = say("Daftar hadir rembug: **{people}** orang ({women} perempuan, {mbr} MBR).",
                people=written.number(every.people), women=written.number(every.women), mbr=written.number(every.mbr))
    parts = (f"{_element(element)} {written.number(head.people)}" for element, head in whole.came)
    return f"{total} {' · '.join(parts)}"


def _element(code: str) -> str:
    return say(ELEMENTS.show(code)) if code else say("Unsur tidak disebut")
