"""The bowls of many kelurahan: which part lacks where, and the ranking with what each lacks next."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.community.readiness import VillageBowl
from p2kp_desktop.language import say
from p2kp_desktop.reports.bowl import Ranked, bowl_ranking, ranked
from p2kp_desktop.rules.bowl import Part
from p2kp_desktop.rules.readiness import counted
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.bowl import Bowl
from p2kp_desktop.ui.kit.bowl import Part as Shoot
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.lists.part_lines import PartLines, sentence
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_8
from p2kp_desktop.ui.place import Scope


class AreaPage(QWidget):
    """The area's bowl and its parts at the left, the ranking at the right."""

    opened = Signal(str)  # the key of a part
    goes = Signal(str)  # the code of a kelurahan

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._parts: tuple[Part, ...] = ()
        self.count, self.unranked = Label("", SECONDARY, wraps=True), Label("", NOTE, wraps=True)
        self.bowl = Bowl((), say("Mangkuk Masyarakat"))
        self.lines = PartLines(told=False, spacing=0)
        self.ranking: TableList[Ranked] = TableList(desk, bowl_ranking())
        card = Card()
        for widget, stretch in ((self.count, 0), (self.bowl, 1), (self.lines, 0)):
            card.body.addWidget(widget, stretch)
        across((card, 1), (down((self.ranking, 1), self.unranked, gap=SPACE_8), 2), into=self, gap=CARD_GAP)
        self.bowl.part_opened.connect(lambda place: self.opened.emit(self._parts[place].key))
        self.lines.opened.connect(self.opened)
        self.ranking.opened.connect(lambda line: self.goes.emit(line[1].region))

    def show_standings(
        self, found: Sequence[VillageBowl], parts: tuple[Part, ...], unranked: int, scope: Scope
    ) -> None:
        """Show the kelurahan of an area, the fullest bowl first, their parts together, how many have no record."""
        self._parts = counted(parts)
        full = sum(not each.missing for each in found)
        self.count.say(say("**{full} dari {all}** kelurahan mangkuknya penuh", full=full, all=len(found)))
        self.bowl.show_parts(tuple(Shoot(part.ready, sentence(part)) for part in self._parts))
        self.lines.show_parts(self._parts)
        whole = unranked + len(found)
        self.unranked.say(say("**{count} dari {all}** kelurahan belum mempunyai catatan, jadi belum diperingkat.",
                              count=unranked, all=whole))
        self.unranked.setVisible(unranked > 0)
        self.ranking.show_table(bowl_ranking(ranked(found)), scope)
