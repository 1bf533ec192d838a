"""The bowls of many kelurahan: which part lacks where, and the ranking with what each lacks next."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from p2kp_desktop.actions.community.readiness import Standing
from p2kp_desktop.forms.readiness_rule import PARTS
from p2kp_desktop.language import say
from p2kp_desktop.rules.bowl import Part
from p2kp_desktop.rules.readiness import counted
from p2kp_desktop.schema.places import parents
from p2kp_desktop.ui.kit.bowl import Bowl
from p2kp_desktop.ui.kit.bowl import Part as Shoot
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.lists.cells import Cell
from p2kp_desktop.ui.lists.line_list import LineList
from p2kp_desktop.ui.lists.part_lines import PartLines, sentence, title
from p2kp_desktop.ui.lists.table import Column
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_8


class AreaPage(QWidget):
    """The area's bowl and its parts at the left, the ranking at the right."""

    opened = Signal(str)  # the key of a part
    goes = Signal(str)  # the code of a kelurahan

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[Part, ...] = ()
        self.count, self.unranked = Label("", SECONDARY, wraps=True), Label("", NOTE, wraps=True)
        self.bowl = Bowl((), say("Mangkuk Masyarakat"))
        self.lines = PartLines(told=False, spacing=0)
        self.ranking: LineList[tuple[int, Standing]] = LineList(_columns(), _cell, _ORDERS, say("Peringkat kelurahan"))
        card = Card()
        for widget, stretch in ((self.count, 0), (self.bowl, 1), (self.lines, 0)):
            card.body.addWidget(widget, stretch)
        ranked = QVBoxLayout()
        ranked.setSpacing(SPACE_8)
        ranked.addWidget(self.ranking, 1)
        ranked.addWidget(self.unranked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(CARD_GAP)
        row.addWidget(card, 1)
        row.addLayout(ranked, 2)
        self.bowl.part_opened.connect(lambda place: self.opened.emit(self._parts[place].key))
        self.lines.opened.connect(self.opened)
        self.ranking.opened.connect(lambda line: self.goes.emit(line[1].region))

    def show_standings(self, found: Sequence[Standing], parts: tuple[Part, ...], unranked: int) -> None:
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
        ranks = _ranks(found)
        self.ranking.show_lines(list(zip(ranks, found, strict=True)), say("Belum ada data dari kelurahan mana pun."))


def _ranks(found: Sequence[Standing]) -> list[int]:
    """Return the place of each; kelurahan with as many ready parts share one."""
    first: dict[int, int] = {}
    return [first.setdefault(each.ready, place) for place, each in enumerate(found, start=1)]


def _columns() -> tuple[Column, ...]:
    longest = max(map(title, PARTS.codes), key=len)
    return (
        Column("rank", say("No."), Content.NUMBER, "000", drop=2, order="rank"),
        Column("name", say("Kelurahan"), Content.NAME, "Dua-puluh-sembilan Ilir", order="name", stretches=True),
        Column("ready", say("Bagian siap"), Content.SHARE, say("{ready} dari {all}", ready=10, all=10), order="rank"),
        Column("next", say("Yang kurang berikutnya"), Content.DATE, longest, order="next"),
        Column("above", say("Kecamatan"), sample="Seberang Ulu Satu", drop=1, order="above"),
    )


def _next(standing: Standing) -> str:
    return title(standing.missing[0].key) if standing.missing else say("lengkap")


def _above(standing: Standing) -> str:
    return next((place.name for place in list(parents(standing.region))[1:]), "")


def _cell(line: tuple[int, Standing], key: str) -> Cell:
    rank, standing = line
    if key == "ready":
        whole = len(standing.counted)
        return Cell(say("{ready} dari {all}", ready=standing.ready, all=whole), standing.ready / max(whole, 1))
    if key == "rank":
        return Cell(str(rank))
    return Cell({"name": standing.name, "next": _next(standing), "above": _above(standing)}[key])


_ORDERS = {
    "rank": lambda line: line[0], "name": lambda line: line[1].name, "next": lambda line: _next(line[1]),
    "above": lambda line: _above(line[1]),
}
