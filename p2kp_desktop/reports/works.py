"""The cheapest works that bring RTs out of slum, the RTs that they free, and the unit prices that this goes by."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2kp_desktop.actions.scores import cheapest_works
from p2kp_desktop.actions.scores.cheapest_works import WorksFound, WorksWanted
from p2kp_desktop.forms.criteria import Criterion, criteria
from p2kp_desktop.forms.elements import CRITERIA
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules.cheapest import RtWay, Work
from p2kp_desktop.rules.prices import UnitPrice
from p2kp_desktop.rules.scoring import half_up
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import concerns, region_name
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Subject, Table
from p2kp_desktop.store import Workspace

from .registry import Group, reports_of

report = reports_of(Group.MONEY)


@dataclass(frozen=True)
class WorkLine:
    """One work, and the answer that it is part of."""

    work: Work
    found: WorksFound


@dataclass(frozen=True)
class WayLine:
    """One RT to be worked on, and the answer that it is part of."""

    way: RtWay
    found: WorksFound


def of_works(found: WorksFound | None) -> list[WorkLine]:
    """Return the works of an answer as lines."""
    return [] if found is None else [WorkLine(each, found) for each in found.works]


def of_ways(found: WorksFound | None) -> list[WayLine]:
    """Return the RTs of an answer as lines."""
    return [] if found is None else [WayLine(each, found) for each in found.ways]


def _found(workspace: Workspace, asked: Scope) -> WorksFound | None:
    try:
        return cheapest_works.solve(workspace, WorksWanted(), area=asked.area, rt=asked.rt, period=asked.period)
    except Trouble:  # nothing can be assessed there: the list says so
        return None


def _told(lines: Sequence[WorkLine] | Sequence[WayLine]) -> tuple[str, ...]:
    """Return the answer in sentences; a list of nothing has none."""
    return tuple(each.replace("**", "") for each in cheapest_works.words(lines[0].found)) if lines else ()


def _rupiah(amount: Fraction | None) -> int | None:
    return None if amount is None else int(half_up(amount))


def _known(works: Iterable[Work]) -> int | None:
    """Return the cost of works as far as it is estimated, None where none is."""
    costs = [each.cost for each in works if each.cost is not None]
    return _rupiah(sum(costs, Fraction())) if costs else None


_NOTHING = "Tidak ada yang perlu dikerjakan di sini, atau belum ada data yang dapat dinilai."


@report(lambda workspace, asked: of_works(_found(workspace, asked)))
def works(lines: Sequence[WorkLine] = ()) -> Table[WorkLine]:
    """Return the cheapest works that bring the RTs of an area out of slum, proved."""
    return Table(
        "works", say("Pekerjaan termurah agar tidak kumuh"), (
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.work.region, varies=True,
                   gives_way=3, sample="n" * 16),
            Column("rt", say("RT"), Kind.RT, lambda line: line.work.rt, varies=True, sample="RT 000 / RW 00"),
            Column("code", say("No"), Kind.IDENTITY, lambda line: line.work.criterion.code, sample="0a"),
            Column("criterion", say("Kriteria"), Kind.NAME, lambda line: say(line.work.criterion.name),
                   sample="n" * 22, stretches=True, wraps=True),
            Column("volume", say("Volume"), Kind.DECIMAL, lambda line: line.work.volume,
                   shown=lambda line: cheapest_works.volume_words(line.work), sample="1.000,00 unit"),
            Column("unit", say("Satuan"), Kind.SMALL, lambda line: line.work.criterion.unit, is_aside=True),
            Column("before", say("Skor"), Kind.WHOLE, lambda line: line.work.before, sample="5 → 3",
                   shown=lambda line: f"{line.work.before} → {line.work.after}"),
            Column("after", say("Skor sesudahnya"), Kind.WHOLE, lambda line: line.work.after, is_aside=True),
            Column("price", say("Harga satuan"), Kind.MONEY, lambda line: _rupiah(_price(line)), gives_way=1,
                   sample="Rp100.000.000"),
            Column("cost", say("Biaya"), Kind.MONEY, lambda line: _rupiah(line.work.cost),
                   shown=lambda line: cheapest_works.estimated(line.work.cost), sample="Rp10.000.000.000"),
            Column("kind", say("Jenis pekerjaan"), Kind.TEXT, lambda line: _of_price(line, "work"), is_aside=True),
            Column("source", say("Sumber harga"), Kind.TEXT, lambda line: _of_price(line, "source"), is_aside=True),
            Column("year", say("Tahun harga"), Kind.WHOLE,
                   lambda line: line.work.price.year if line.work.price else None, is_aside=True,
                   shown=lambda line: _of_price(line, "year")),
        ),
        lines, sums={"cost": _known(line.work for line in lines)},
        notes=_told(lines), known_by=lambda line: (line.work.region, line.work.rt, line.work.criterion.code),
        empty=say(_NOTHING), explains=lambda line: _basis(line.work),
    )


def _price(line: WorkLine) -> Fraction | None:
    return line.work.price.amount if line.work.price else None


def _of_price(line: WorkLine, name: str) -> str:
    return str(getattr(line.work.price, name)) if line.work.price else ""


def _basis(work: Work) -> str:
    """Say by which price a work is estimated, and how much of its volume is extra."""
    extra = work.volume - work.needed
    more = say("{volume} di antaranya cadangan.", volume=written.decimal(extra, 4)) if extra else ""
    if work.price is None:
        return " ".join(part for part in (say("Harga satuannya belum tercatat."), more) if part)
    told = " · ".join(part for part in (work.price.work, work.price.source, str(work.price.year)) if part)
    return " ".join(part for part in (say("Harga: {price}.", price=told), more) if part)


def _cost(line: WayLine) -> tuple[str, str]:
    """Return the cost of the works of an RT in words, and the words below it for those that nobody estimated."""
    told, plus, lacking = cheapest_works.cost_words(line.way.cost, line.way.unpriced).partition(" + ")
    return told, f"+ {lacking}" if plus else ""


@report(lambda workspace, asked: of_ways(_found(workspace, asked)))
def ways(lines: Sequence[WayLine] = ()) -> Table[WayLine]:
    """Return the RTs that the cheapest works bring out of slum: totals, hectares, cost."""
    return Table(
        "ways", say("RT yang dapat keluar dari kumuh"), (
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.way.rt.region, varies=True,
                   below="rt"),
            Column("rt", say("RT"), Kind.RT, lambda line: line.way.rt.rt, sample="RT 000 / RW 00"),
            Column("total", say("Nilai"), Kind.WHOLE, lambda line: line.way.rt.score.total, sample="80 → 15",
                   shown=lambda line: f"{line.way.rt.score.total} → {line.way.after.score.total}"),
            Column("after", say("Nilai sesudahnya"), Kind.WHOLE, lambda line: line.way.after.score.total,
                   is_aside=True),
            Column("hectares", say("Luas"), Kind.DECIMAL, lambda line: line.way.rt.area_ha, unit="Ha",
                   shown=lambda line: written.hectares(line.way.rt.area_ha), sample="100,00 ha", gives_way=1),
            Column("works", say("Pekerjaan"), Kind.WHOLE, lambda line: len(line.way.works), is_aside=True),
            Column("unpriced", say("Belum ditaksir"), Kind.WHOLE, lambda line: line.way.unpriced, is_aside=True),
            Column("cost", say("Biaya"), Kind.MONEY, lambda line: _rupiah(line.way.cost), sample="Rp10.000.000.000",
                   shown=lambda line: _cost(line)[0], remark=lambda line: _cost(line)[1], stretches=True),
            Column("proved", say("Terbukti"), Kind.TEXT, lambda _line: say("ya"), is_aside=True),
        ),
        lines, sums={
            "hectares": sum((line.way.rt.area_ha for line in lines), Fraction()),
            "cost": _known(work for line in lines for work in line.way.works),
        },
        notes=_told(lines), known_by=lambda line: (line.way.rt.region, line.way.rt.rt), empty=say(_NOTHING),
        scored=lambda line: Subject(Scope(line.way.rt.region, line.way.rt.rt)),
    )


def criterion_words(criterion: Criterion) -> str:
    """Return the name of a criterion in the lists of the forms, without its number."""
    return say(CRITERIA.show(criterion.option)).partition(" ")[2]


@dataclass(frozen=True)
class PriceLine:
    """A unit price, or a criterion that has none."""

    criterion: Criterion
    price: UnitPrice | None


@report(lambda workspace, asked: prices_of(workspace, asked.area))
def prices(lines: Sequence[PriceLine] = ()) -> Table[PriceLine]:
    """Return the unit prices by criterion, by which the cheapest works are estimated; a criterion without one too."""
    return Table(
        "prices", say("Harga satuan"), (
            Column("code", say("No"), Kind.IDENTITY, lambda line: line.criterion.number, sample="2016-4c"),
            Column("criterion", say("Kriteria"), Kind.NAME,
                   lambda line: Mark(line.criterion.option, criterion_words(line.criterion)), sample="n" * 18,
                   stretches=True, wraps=True),
            Column("kind", say("Jenis pekerjaan"), Kind.TEXT, lambda line: line.price.work if line.price else "",
                   sample="n" * 12, varies=True, gives_way=3, wraps=True),
            Column("unit", say("Satuan"), Kind.SMALL, lambda line: line.criterion.unit, sample="unit"),
            Column("price", say("Harga satuan"), Kind.MONEY,
                   lambda line: _rupiah(line.price.amount) if line.price else None, sample="Rp1.000.000.000",
                   shown=lambda line: cheapest_works.estimated(line.price.amount if line.price else None)),
            Column("year", say("Tahun"), Kind.WHOLE, lambda line: line.price.year if line.price else None,
                   shown=lambda line: str(line.price.year) if line.price else "", sample="2026"),
            Column("source", say("Sumber"), Kind.TEXT, lambda line: line.price.source if line.price else "",
                   sample="n" * 16, wraps=True, gives_way=2),
            Column("region", say("Berlaku di"), Kind.REGION, lambda line: line.price.region if line.price else "",
                   shown=lambda line: region_name(line.price.region) if line.price else "", sample="n" * 14,
                   gives_way=1),
        ),
        lines, known_by=lambda line: line.price.id if line.price else line.criterion.option,
    )


def prices_of(workspace: Workspace, area: str) -> list[PriceLine]:
    """Return the prices that hold in an area, or in a part of it, by criterion; one line for a criterion without."""
    known = cheapest_works.price_list(workspace).prices
    return list(_by_criterion([each for each in known if concerns(each.region, area)]))


def _by_criterion(known: Sequence[UnitPrice]) -> Iterator[PriceLine]:
    for criterion in criteria():
        own = sorted((each for each in known if each.option == criterion.option),
                     key=lambda each: (each.work.casefold(), -each.year, each.region))
        yield from (PriceLine(criterion, each) for each in own or (None,))
