"""Needs of the RTs against the money there is: what is sure, what is offered, what would fit, what lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from p2kp_desktop.actions.collaboration import needs as community_needs
from p2kp_desktop.actions.collaboration import platform
from p2kp_desktop.actions.collaboration.needs import NeedLine
from p2kp_desktop.actions.collaboration.platform import MatrixRow
from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.forms.elements import CRITERIA, SOURCES
from p2kp_desktop.language import say, say_many
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import parents
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Table

from .marks import ASKED, FIT, OPEN, UNFIT, joined, some
from .registry import Group, reports_of

report = reports_of(Group.MONEY)

_SOURCES = {option.code: option.label for option in SOURCES.all}
_CRITERIA = {option.code: option.label for option in CRITERIA.all}


def source_name(code: str) -> str:
    """Return a source of funds in words."""
    return say(_SOURCES.get(code, code)) if code else say("sumber belum disebut")


def short_source(code: str) -> str:
    """Return a source in a word or two, for the head of a column."""
    return {
        "apbn_pupr": say("APBN PUPR"), "apbn_lain": say("APBN lain"), "apbd_provinsi": say("Provinsi"),
        "apbd_kota": say("Kab/Kota"), "dak": say("DAK"), "hibah": say("Hibah"), "non_pemerintah": say("CSR"),
        "masyarakat": say("Swadaya"), "lainnya": say("Lainnya"),
    }[code]


def criterion_name(code: str) -> str:
    """Return a criterion with its number."""
    return say(_CRITERIA.get(code, code)) if code else ""


def village(code: str) -> str:
    """Return a kelurahan with its kecamatan, for names of kelurahan repeat in the province."""
    names = [place.name for place in parents(code)]
    return ", ".join(reversed(names[-2:])) if code else ""


def estimated(amount: int | None) -> str:
    """Return an amount, or words for one that nobody typed."""
    return say("belum ditaksir") if amount is None else written.money(amount)


def year_of(asked: Scope) -> int | None:
    """Return the year of the period asked for, None where none is."""
    return int(asked.period[:4]) if asked.period[:4].isdigit() else None


def funding_of(need: NeedLine) -> Mark:
    """Return how a need is funded."""
    if need.doubled:
        return Mark("doubled", say("Dana ganda"))
    if need.may_be_doubled:
        return Mark("may_be_doubled", say("Mungkin ganda"))
    if need.is_met:
        return Mark("met", say("Terpenuhi"))
    words = {community_needs.FUNDED: say("Didanai"), community_needs.PARTLY: say("Sebagian")}
    return Mark(need.standing, words.get(need.standing, say("Belum")))


_SIGNS = {"doubled": UNFIT, "may_be_doubled": ASKED, "met": FIT, community_needs.FUNDED: FIT}


def _sign(need: NeedLine) -> str:
    return _SIGNS.get(funding_of(need).code, OPEN)


def _notes(found: Iterable[NeedLine]) -> tuple[str, ...]:
    """Say of how many needs the sums know no cost."""
    unknown = sum(each.cost is None for each in found)
    return (say("{count} kebutuhan belum ditaksir biayanya dan tidak ikut dijumlahkan.", count=unknown),
            ) if unknown else ()


@report(lambda workspace, asked: [line for line in community_needs.lines(workspace, asked.area)
                                  if asked.rt in (None, line.rt)])
def needs(lines: Sequence[NeedLine] = ()) -> Table[NeedLine]:
    """Return the table of needs of the RTs of an area, with how far each is funded."""
    return Table(
        "needs", say_many("Kebutuhan"), (
            Column("rt", say("RT"), Kind.RT, lambda line: line.rt, shown=lambda line: line.rt, sample="014/005",
                   by=lambda line: (line.rt, line.criterion)),
            Column("region", say("Kelurahan"), Kind.REGION, lambda line: line.region, varies=True, wraps=True,
                   shown=lambda line: village(line.region), sample="Tiga-Empat Ulu, Ilir",
                   by=lambda line: (line.region, line.rt)),
            Column("criterion", say("Kriteria"), Kind.TEXT,
                   lambda line: Mark(line.criterion, criterion_name(line.criterion)), sample="2b Permukaan",
                   stretches=True, wraps=True, by=lambda line: (line.criterion, line.rt)),
            Column("what", say("Yang dibutuhkan"), Kind.TEXT, lambda line: line.what, is_aside=True),
            Column("volume", say("Volume"), Kind.DECIMAL, _volume, shown=lambda line: line.amount_of_work,
                   sample="1.000,5 Meter", gives_way=2, by=lambda line: float(line.volume or 0)),
            Column("unit", say("Satuan"), Kind.TEXT, _unit, is_aside=True),
            Column("year", say("Direncanakan tahun"), Kind.WHOLE, lambda line: line.year, is_aside=True,
                   shown=lambda line: str(line.year or "")),
            Column("cost", say("Biaya"), Kind.MONEY, lambda line: line.cost, shown=lambda line: estimated(line.cost),
                   sample="Rp1.000.000.000", by=lambda line: line.cost or 0),
            Column("firm", say("Sudah ada"), Kind.MONEY, lambda line: line.firm, sample="Rp1.000.000.000",
                   gives_way=1),
            Column("offered", say("Ditawarkan"), Kind.MONEY, lambda line: line.offered, is_aside=True),
            Column("lack", say("Kurang"), Kind.MONEY, lambda line: line.lack, is_aside=True),
            Column("standing", say("Dana"), Kind.VERDICT, funding_of, icon=_sign, sample=say("Mungkin ganda"),
                   by=lambda line: line.standing),
        ),
        lines, sums=_needed(lines), notes=_notes(lines), known_by=lambda line: line.id,
        record=lambda line: ("need", line.id),
    )


def _volume(line: NeedLine) -> Decimal | None:
    return Decimal(line.volume) if line.volume else None


def _unit(line: NeedLine) -> str:
    return say(Need.unit_name.show(line.unit)) if line.unit else ""


def _needed(lines: Sequence[NeedLine]) -> dict[str, int]:
    return {
        "cost": sum(each.cost or 0 for each in lines), "firm": sum(each.firm for each in lines),
        "offered": sum(each.offered for each in lines), "lack": sum(each.lack or 0 for each in lines),
    }


@report(lambda workspace, asked: [row for row in platform.matrix(workspace, asked.area, year_of(asked)).rows
                                  if asked.rt in (None, row.need.rt)])
def funding(rows: Sequence[MatrixRow] = (), *, named: bool = False) -> Table[MatrixRow]:
    """Return needs against the nine kinds of funding; a need is `named` with its kelurahan in a wider area."""
    amount = "1.000.000.000"
    found = [row.need for row in rows]
    return Table(
        "funding", say("Kebutuhan dan sumber dana"), (
            Column("region", say("Kelurahan"), Kind.REGION, lambda row: row.need.region, is_aside=True,
                   shown=lambda row: village(row.need.region)),
            Column("need", say_many("Kebutuhan"), Kind.NAME, lambda row: _need(row, named=named), is_fixed=True,
                   sample="014/005 · 1c Persyaratan teknis", stretches=True, wraps=True),
            Column("cost", say("Biaya"), Kind.MONEY, lambda row: row.need.cost, sample=amount, gives_way=1,
                   shown=lambda row: _or_unknown(row.need.cost), is_fixed=True),
            *(_source_column(code, len(SOURCES.codes) - place) for place, code in enumerate(SOURCES.codes)),
            Column("offered", say("Ditawarkan"), Kind.MONEY, lambda row: some(sum(row.offered.values())),
                   is_aside=True),
            Column("lack", say("Kurang"), Kind.MONEY, lambda row: row.need.lack, sample=amount, is_fixed=True,
                   shown=lambda row: _or_unknown(row.need.lack)),
            Column("standing", say("Dana"), Kind.VERDICT, lambda row: funding_of(row.need), is_fixed=True,
                   icon=lambda row: _sign(row.need), sample=say("Mungkin ganda")),
        ),
        rows, notes=_notes(found), every_period=True, known_by=lambda row: row.need.id,
        sums={
            **{code: sum(row.firm.get(code, 0) for row in rows) for code in SOURCES.codes},
            "cost": _needed(found)["cost"], "lack": _needed(found)["lack"],
            "offered": sum(sum(row.offered.values()) for row in rows),
        },
    )


def _need(row: MatrixRow, *, named: bool) -> str:
    where = village(row.need.region) if named else ""
    return joined((where, row.need.rt, criterion_name(row.need.criterion)))


def _or_unknown(amount: int | None) -> str:
    return "?" if amount is None else written.number(amount)


def _source_column(code: str, gives_way: int) -> Column[MatrixRow]:
    """Return the column of a source: what is sure of it, what is only offered in parentheses."""
    def shown(row: MatrixRow) -> str:
        firm, offered = row.firm.get(code, 0), row.offered.get(code, 0)
        return written.number(firm) if firm else f"({written.number(offered)})" if offered else ""

    return Column(code, short_source(code), Kind.MONEY, lambda row: some(row.firm.get(code, 0)), shown=shown,
                  sample="(100.000.000)", gives_way=gives_way, varies=True, is_fixed=True)


@dataclass(frozen=True)
class Money:
    """A sum that is promised to a need, or an offer that would fit (`fits` says so); `state` says which and why."""

    form: str
    id: str
    who: str
    source: str
    year: int
    amount: int | None
    state: str
    fits: bool


def money_for(row: MatrixRow) -> list[Money]:
    """Return the money promised to a need, then the offers that would fit."""
    promised = [
        Money(each.form, each.id, each.who, each.source, each.year, each.amount,
              say("kegiatan") if each.form == Activity.key else say("disepakati") if each.firm else say("tawaran"),
              False)
        for each in row.need.sums
    ]
    fitting = [
        Money(fit.offer.form, fit.offer.id, fit.offer.who, fit.offer.source, fit.offer.year, fit.offer.amount,
              say("cocok: {why}", why=fit.why), True)
        for fit in row.fits
    ]
    return promised + fitting


def money(lines: Sequence[Money] = ()) -> Table[Money]:
    """Return the money for one need, and the offers that fit it."""
    return Table(
        "money", say("Dana dan tawaran"), (
            Column("who", say("Pihak atau kegiatan"), Kind.NAME, lambda line: line.who, sample="n" * 18,
                   stretches=True, wraps=True, is_fixed=True),
            Column("state", say("Keadaan"), Kind.SMALL, lambda line: line.state, is_fixed=True,
                   sample="cocok: menjawab kriteria 2b"),
            Column("year", say("Tahun"), Kind.WHOLE, lambda line: some(line.year), sample="2026", is_fixed=True,
                   shown=lambda line: str(line.year or "")),
            Column("source", say("Sumber dana"), Kind.TEXT, is_fixed=True, gives_way=1,
                   of=lambda line: Mark(line.source, source_name(line.source)) if line.source else None,
                   sample="APBN kementerian/lembaga lain"),
            Column("amount", say("Jumlah dana"), Kind.MONEY, lambda line: line.amount, sample="Rp1.000.000.000",
                   is_fixed=True),
        ),
        lines, empty=say("Belum ada dana, dan belum ada tawaran yang cocok. N mencatat komitmen."),
        known_by=lambda line: line.id,
    )
