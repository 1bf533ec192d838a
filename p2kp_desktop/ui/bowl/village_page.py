"""The bowl of one kelurahan: large, with its parts in words beside it and its history below it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from p2kp_desktop.actions.community.readiness import VillageBowl
from p2kp_desktop.language import say
from p2kp_desktop.reports.bowl import part_title
from p2kp_desktop.rules.bowl import Part
from p2kp_desktop.ui.kit.bowl import Bowl
from p2kp_desktop.ui.kit.bowl import Part as Shoot
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import NOTE, PAGE_TITLE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across
from p2kp_desktop.ui.lists.part_lines import PartLines, sentence
from p2kp_desktop.ui.look.measures import CARD_GAP, CARD_SIDE, CARD_TOP, SPACE_8

from .past_bowls import PastBowls

_PICTURE, _LIST = 11, 10  # shares of the width


class VillagePage(QWidget):
    """The picture at the left, the list at the right; both lead to the records of a part.

    Where whole sentences have no room each part takes one line, and the one in focus is told below the list.
    """

    opened = Signal(str)  # the key of a part
    period_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[Part, ...] = ()
        self._low = False
        self.count, self.next = Label("", PAGE_TITLE), Label("", SECONDARY, wraps=True)
        self.left_out = Label("", NOTE, wraps=True)
        self.bowl = Bowl((), say("Mangkuk Masyarakat"))
        self.past = PastBowls()
        self.lines = PartLines(told=True, spacing=0)
        self.told = Label("", NOTE, wraps=True)
        self._lay_out()
        self.bowl.part_opened.connect(lambda place: self.opened.emit(self._parts[place].key))
        self.lines.opened.connect(self.opened)
        self.lines.reached.connect(self._tell)
        self.past.opened.connect(self.period_wanted)

    def _lay_out(self) -> None:
        picture, listed = Card(), Card()
        self.count.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.next.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for widget, stretch in ((self.count, 0), (self.bowl, 1), (self.next, 0), (self.past, 0)):
            picture.body.addWidget(widget, stretch)
        listed.body.addWidget(self.lines)
        listed.body.addStretch(1)
        listed.body.addWidget(self.told)
        listed.body.addWidget(self.left_out)
        across((picture, _PICTURE), (listed, _LIST), into=self, gap=CARD_GAP)

    def show_standing(self, now: VillageBowl, past: Sequence[VillageBowl]) -> None:
        """Show the bowl of a period, and those of the periods there are."""
        self._parts = now.counted
        self.count.say(say("{ready} dari {all} bagian siap", ready=now.ready, all=len(now.counted)))
        self.next.say(_next(now))
        self.bowl.show_parts(tuple(Shoot(part.ready, sentence(part)) for part in self._parts))
        self.lines.show_parts(self._parts)
        self.past.show_bowls(past, now.period)
        off = [part_title(part.key) for part in now.parts if not part.counts]
        self.left_out.say(say("Tidak dihitung di kabupaten/kota ini: {parts}.", parts=", ".join(off)) if off else "")
        self.left_out.setVisible(bool(off))
        self._fit()

    def _tell(self, key: str) -> None:
        part = next((each for each in self._parts if each.key == key), None)
        self.told.say(f"**{part_title(key)}.** {part.says}" if part is not None else "")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Tell the parts as fully as there is room for."""
        around = 2 * CARD_TOP + (self.left_out.sizeHint().height() + 2 * SPACE_8 if self.left_out.text() else SPACE_8)
        room = (self.width() - CARD_GAP) * _LIST // (_LIST + _PICTURE) - 2 * CARD_SIDE
        self._low = self.height() - around < self.lines.height_told(room)
        self.lines.tell(told=not self._low)
        self.told.setVisible(self._low)
        self._show_past()

    def _show_past(self) -> None:
        """Show the bowls of other periods where there are any and room for them."""
        self.past.setVisible(len(self.past.bowls) > 1 and not self._low)


def _next(now: VillageBowl) -> str:
    """Return in words what is missing next."""
    if not now.missing:
        return say("Mangkuk ini penuh: siap menerima program.")
    return say("Yang kurang berikutnya: **{part}**", part=part_title(now.missing[0].key))
