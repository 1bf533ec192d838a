"""The activities of an area summed up: by year, component and source of the money."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.collaboration.works import Work
from p2kp_desktop.forms.activity import COMPONENTS
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Column, Kind, Mark, Table

from .collaboration import works_of
from .funding import source_name
from .registry import Group, reports_of

report = reports_of(Group.MONEY)


@dataclass(frozen=True)
class Total:
    """Activities of one year and component as far as one source pays them: how many, how many stand, rupiah."""

    year: str
    component: str
    source: str
    works: frozenset[str]
    finished: int
    amount: int


def totals(works: Iterable[Work]) -> list[Total]:
    """Return the sums, the newest year first; each rupiah of an activity is in one of them."""
    by_kind: dict[tuple[str, str, str], list[tuple[Work, int]]] = defaultdict(list)
    for work in works:
        for source, amount in work.funds or ((work.source, work.amount),):
            by_kind[work.period, work.component, source].append((work, amount))
    found = [
        Total(*kind, frozenset(work.id for work, _amount in some), sum(work.is_finished for work, _amount in some),
              sum(amount for _work, amount in some))
        for kind, some in by_kind.items()
    ]
    return sorted(sorted(found, key=lambda each: (each.component, each.source)), key=lambda each: each.year,
                  reverse=True)


@report(lambda workspace, asked: totals(works_of(workspace, asked)))
def activity_totals(lines: Sequence[Total] = ()) -> Table[Total]:
    """Return the sums of the activities; one that several sources pay is in several lines, with its part in each."""
    works = frozenset().union(*(line.works for line in lines))
    return Table(
        "activity_totals", say("Kegiatan menurut tahun, komponen, dan sumber dana"), (
            Column("year", say("Tahun"), Kind.TEXT, lambda line: line.year, sample="2026-awal"),
            Column("component", say("Komponen"), Kind.TEXT, sample="L Lingkungan",
                   of=lambda line: Mark(line.component, say(COMPONENTS.show(line.component)))
                   if line.component else None),
            Column("source", say("Sumber dana"), Kind.NAME, lambda line: Mark(line.source, source_name(line.source)),
                   sample="APBN kementerian/lembaga lain", stretches=True),
            Column("works", say("Kegiatan"), Kind.WHOLE, lambda line: len(line.works), sample="000"),
            Column("finished", say("Selesai"), Kind.WHOLE, lambda line: line.finished, sample="000"),
            Column("amount", say("Jumlah dana"), Kind.MONEY, lambda line: line.amount, sample="Rp10.000.000.000"),
        ),
        lines, every_period=True, known_by=lambda line: (line.year, line.component, line.source),
        sums={"amount": sum(line.amount for line in lines)}, empty=say("Belum ada kegiatan di sini."),
        notes=(say("Seluruhnya {count} kegiatan; yang dibayar beberapa sumber ada di beberapa baris, masing-masing "
                   "dengan bagiannya.", count=written.number(len(works))),) if lines else (),
    )
