"""What came back, in one line: who has these records since when, and what they say of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles.acknowledgements import Acknowledgement
from p2kp_desktop.actions.common.office_words import role_words, when
from p2kp_desktop.actions.home.overview import Tasks
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.link import IconLine, Link
from p2kp_desktop.ui.look.measures import SPACE_12
from p2kp_desktop.ui.look.tokens import Token

RETURNED, LOG = "returned", "log"  # where the two links lead
_DOT = " · "


@dataclass(frozen=True)
class Heard:
    """The parts of the line in words: who received, how much of it, what was returned, the rest; "" for nothing."""

    received: str = ""
    share: str = ""
    returned: str = ""
    rest: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Return all of it."""
        return " · ".join(part for part in (self.received, self.share, self.returned, *self.rest) if part)


def heard(offices: Sequence[Acknowledgement], tasks: Tasks) -> Heard:
    """Return the line on the receipts of other offices and the records returned, in its parts."""
    returned, rest = 0, []
    if tasks.reviews and tasks.comments:
        rest.append(say("{number} catatan terbuka", number=written.number(tasks.comments)))
    if tasks.reviews:
        returned = tasks.returned.records
    waits = say("{number} dikembalikan, menunggu perbaikan", number=written.number(returned)) if returned else ""
    if not offices:
        return Heard(returned=waits, rest=tuple(rest))
    first = offices[0]
    if first.returned and not waits:
        waits = say("{number} dikembalikan", number=written.number(first.returned))
    if first.verified:
        rest.append(say("{number} terverifikasi", number=written.number(first.verified)))
    if first.changed:
        rest.append(say("{number} berubah sesudah itu", number=written.number(first.changed)))
    if len(offices) > 1:
        rest.append(say("dan {number} kantor lain", number=len(offices) - 1))
    return Heard(
        say("Diterima {office} {date}", office=role_words(first.role),
            date=written.short_day(first.date, year=environment.this_year())),
        say("{has} dari {mine} catatan", has=written.number(first.has), mine=written.number(first.mine))
        if first.mine else "",
        waits, tuple(rest),
    )


def explained(offices: Sequence[Acknowledgement]) -> str:
    """Return a line for each office with its name, the person there and when its paper arrived here."""
    return "\n".join(
        say("{name} ({person}): dibuat {date}, sampai di sini {arrived}", name=each.name, person=each.person,
            date=when(each.date), arrived=when(each.arrived) if each.arrived else "–")
        for each in offices
    )


class HeardLine(QWidget):
    """The line under the cards, with two links in it. Hidden while there is nothing to say."""

    opened = Signal(str)  # RETURNED or LOG

    def __init__(self) -> None:
        super().__init__()
        self.icon = IconLine("file-check", "", NOTE)
        self.received, self.returned = Link(""), Link("")
        self._share, self._rest = Label("", NOTE), Label("", NOTE)
        self.received.clicked.connect(lambda: self.opened.emit(LOG))
        self.returned.clicked.connect(lambda: self.opened.emit(RETURNED))
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_12, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.icon, self.received, self._share, self.returned, self._rest):
            row.addWidget(part)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_heard(self, offices: Sequence[Acknowledgement], tasks: Tasks) -> None:
        """Show what is known now."""
        found = heard(offices, tasks)
        for link, words in ((self.received, found.received), (self.returned, found.returned)):
            link.say(words)
            link.setVisible(bool(words))
        share = (f"{_DOT}{found.share}" if found.share else "") + (_DOT if found.returned else "")
        self._share.say(share.strip() if found.received else "")
        rest = _DOT.join(found.rest)
        self._rest.say(f"{_DOT}{rest}".strip() if rest and (found.received or found.returned) else rest)
        self.icon.show_icon("file-check" if offices else "corner-up-left", Token.OK if offices else Token.TEXT2)
        self.setAccessibleName(found.sentence)
        self.setToolTip(explained(offices))
        self.setVisible(bool(found.sentence))
