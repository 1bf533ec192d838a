"""The two recap sheets of the official RT workbook: a row per line of the sheet, and the sheet itself as a workbook."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import groupby

from p2kp_desktop.actions.importing import official_workbook
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.actions.scores import recap_sheets
from p2kp_desktop.actions.scores.recap_sheets import Recapped
from p2kp_desktop.exchange.official.recap import LOGBOOK, SLUM, headings
from p2kp_desktop.language import say
from p2kp_desktop.rules.logbook import FIGURES
from p2kp_desktop.rules.scoring import PLACES, half_up
from p2kp_desktop.rules.slum_sheet import exact
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region_name, rt_words
from p2kp_desktop.schema.table import Column, Filled, Kind, Mark, OfficialSheet, Scope, Subject, Table, Value
from p2kp_desktop.schema.table_words import value_words

from .marks import joined
from .registry import Group, reports_of

report = reports_of(Group.FIGURES)

_COVER = ("province", "regency", "district", "village", "rt")
_PERCENT = "persentase"
_UNPRINTED = {32: _PERCENT, 51: "meter", 52: _PERCENT}  # units that the sheet forgets
_KINDS = {_PERCENT: Kind.SHARE, **dict.fromkeys(("Ha", "ha", "meter", "Unit/Ha", "jiwa/Ha"), Kind.DECIMAL)}
_STATISTICS = 83  # the first row whose unit holds for the rows below it, until another is printed
_DENOMINATORS = {3: "luas_ha", 5: "bangunan", 6: "penduduk", 7: "kk"}
_CRITERIA = (14, 15, 16, 18, 19, 21, 22, 24, 25, 26, 28, 29, 31, 32, 34, 35)  # rows, in the order of the 16
_MEANS = {17: "1", 20: "2", 23: "3", 27: "4", 30: "5", 33: "6", 36: "7"}


@dataclass(frozen=True)
class SheetLine:
    """A line of an official sheet: of what place, its row, what is printed there, and what is filled in by column."""

    region: str
    rt: str
    row: int
    part: str
    text: str
    unit: str = ""
    source: str = ""
    cells: Mapping[str, Filled] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def value(self, *columns: str) -> Value:
        """Return the value of the first of these columns that has one."""
        found = (self.cells[each].value for each in columns if each in self.cells)
        return next((each for each in found if each is not None), None)

    def words(self, *columns: str) -> str:
        """Return the same in words."""
        found = (self.cells[each] for each in columns if each in self.cells)
        return next((_words(each) for each in found if each.value is not None), "")


def _words(filled: Filled) -> str:
    if filled.kind is Kind.SHARE and isinstance(filled.value, Fraction):
        return f"{written.number(half_up(filled.value * 100, PLACES))} %"
    return value_words(filled.kind, filled.value)


def _heads(of: Recapped) -> list[str]:
    """Return the place of a sheet as the cover of the workbook writes it: in capitals, RT014-RW005."""
    said = official_workbook.cover(PlaceOfRows(of.region, of.rt), "")
    if not of.rt:
        said["rt"] = f"{len(of.rts)} RT"
    return [said.get(key, "").upper() for key in _COVER]


def _filled(kind: Kind, value: Fraction | None) -> Filled:
    whole = kind is not Kind.SHARE and value is not None and value.denominator == 1
    return Filled(kind, int(value) if whole and value is not None else value)


def of_logbook(found: Sequence[Recapped]) -> list[SheetLine]:
    """Return the lines of the logbook of each place."""
    return [line for of in found for line in _logbook(of)]


def _logbook(of: Recapped) -> Iterator[SheetLine]:
    printed, line = headings(LOGBOOK), SheetLine(of.region, of.rt, 0, "", "", notes=of.open)
    for row, said in enumerate(_heads(of), start=2):
        yield replace(line, row=row, text=printed[f"B{row}"], cells={"D": Filled(Kind.TEXT, said or None)})
    part = source = unit = ""
    for row, figure in sorted(FIGURES.items()):
        text = printed.get(f"C{row}", printed.get(f"B{row}", ""))
        part, source = printed.get(f"B{row}", part) if f"C{row}" in printed else "", printed.get(f"F{row}", source)
        unit = printed.get(f"E{row}") or _UNPRINTED.get(row, unit if row >= _STATISTICS else "")
        yield replace(line, row=row, part=part, text=text, unit=unit, source=source,
                      cells={"D": _filled(_KINDS.get(unit, Kind.WHOLE), figure.over(of.amounts))})


def of_slums(found: Sequence[Recapped]) -> list[SheetLine]:
    """Return the lines of the slum sheet of each place: what it is of, criteria, means, total."""
    return [line for of in found for line in _slum(of)]


def _slum(of: Recapped) -> Iterator[SheetLine]:
    printed, area, means = headings(SLUM), of.together, of.means
    line = SheetLine(of.region, of.rt, 0, "", "", notes=of.open)
    households = Fraction(area.tally.households) if area.tally.households else None
    for row, said in enumerate(_heads(of), start=3):
        value = area.figures.get(_DENOMINATORS[row]) if row in _DENOMINATORS else households
        yield replace(line, row=row, text=printed[f"C{row}"], unit=printed[f"F{row}"],
                      cells={"B": Filled(Kind.TEXT, said or None), "E": _filled(Kind.DECIMAL, value)})
    rows = dict(zip(_CRITERIA, area.regulation.criteria, strict=True))
    part = ""
    for row in sorted({*rows, *_MEANS}):
        part = printed.get(f"A{row}", part)
        if row in _MEANS:
            yield replace(line, row=row, part=part, text=part,
                          cells={"E": Filled(Kind.SHARE, means.aspects[_MEANS[row]])})
            continue
        share = area.shares[rows[row].code]
        yield replace(line, row=row, part=part, text=printed[f"B{row}"], unit=printed[f"D{row}"], cells={
            "C": _filled(Kind.DECIMAL, share.volume if share else None), "E": Filled(Kind.SHARE, exact(share)),
            "F": Filled(Kind.WHOLE, area.score.criteria[rows[row].code].score)})
    level = area.regulation.level(area.score.total)
    ends = {
        "D37": Filled(Kind.WHOLE, area.score.total),
        "D39": Filled(Kind.TEXT, Mark(level.code, level.name.upper())),
        "E41": Filled(Kind.SHARE, means.sectoral), "E42": Filled(Kind.SHARE, of.contribution),
    }
    for cell, filled in ends.items():
        yield replace(line, row=int(cell[1:]), text=printed[cell], cells={"F": filled})


def _sheets(of: str) -> Callable[[Sequence[SheetLine]], list[OfficialSheet]]:
    """Return the function that makes a sheet of each place; a single one is called as the official one."""
    def put(lines: Sequence[SheetLine]) -> list[OfficialSheet]:
        places = [(place, list(some)) for place, some in groupby(lines, key=lambda each: (each.region, each.rt))]
        return [
            OfficialSheet(
                of, of if len(places) == 1 else _name(region, rt), notes=_doubts(some),
                cells={f"{column}{line.row}": each for line in some for column, each in line.cells.items()})
            for (region, rt), some in places
        ]

    return put


def _name(region: str, rt: str) -> str:
    return official_workbook.cover(PlaceOfRows(region, rt), "")["rt"] if rt else region_name(region)


def _doubts(lines: Sequence[SheetLine]) -> tuple[str, ...]:
    return tuple(say("Sementara: {why}", why=" ".join(each.notes)) for each in lines[:1] if each.notes)


def _place() -> tuple[Column[SheetLine], ...]:
    return (
        Column("region", say("Wilayah"), Kind.REGION, lambda line: line.region, varies=True, sample="n" * 16),
        Column("rt", say("RT"), Kind.RT, lambda line: line.rt or None, varies=True, sample="RT 000 / RW 00",
               shown=lambda line: rt_words(line.rt) if line.rt else say("semua RT")),
        Column("row", say("Baris"), Kind.WHOLE, lambda line: line.row, sample="000", gives_way=2),
    )


def _known(line: SheetLine) -> tuple[str, str, int]:
    return line.region, line.rt, line.row


@report(lambda workspace, asked: of_logbook(
    recap_sheets.logbooks(workspace, asked.area, asked.rt, asked.period)))
def logbook(lines: Sequence[SheetLine] = ()) -> Table[SheetLine]:
    """Return the official sheet «C. Rekap data RT (logbook SIM)» line by line, all RTs together before each of them."""
    return Table(
        "rt_logbook", say("Rekap data RT (logbook SIM)"), (
            *_place(),
            Column("part", say("Kriteria"), Kind.TEXT, lambda line: line.part, sample="n" * 20, gives_way=1),
            Column("line", say("Indikator"), Kind.NAME, lambda line: line.text, sample="n" * 30, stretches=True,
                   wraps=True),
            Column("value", say("Nilai"), Kind.DECIMAL, lambda line: line.value("D"), is_fixed=True,
                   shown=lambda line: line.words("D"), sample="00.000,00"),
            Column("unit", say("Satuan"), Kind.SMALL, lambda line: line.unit, sample="unit rumah tangga"),
            Column("source", say("Sumber data"), Kind.SMALL, lambda line: line.source, sample="A.6.3", gives_way=3),
        ),
        lines, known_by=_known, sheets=_sheets(LOGBOOK), empty=say("Belum ada data yang dapat dinilai di sini."),
    )


@report(lambda workspace, asked: of_slums(recap_sheets.slums(workspace, asked.area, asked.rt, asked.period)))
def slum(lines: Sequence[SheetLine] = ()) -> Table[SheetLine]:
    """Return the official sheet «Kekumuhan Awal_RT» line by line, all RTs together before each of them."""
    return Table(
        "rt_slum", say("Perhitungan tingkat kekumuhan RT"), (
            *_place(),
            Column("part", say("Aspek"), Kind.TEXT, lambda line: line.part, sample="n" * 20, gives_way=1),
            Column("line", say("Kriteria"), Kind.NAME, lambda line: line.text, sample="n" * 30, stretches=True,
                   wraps=True),
            Column("volume", say("Volume"), Kind.DECIMAL, lambda line: line.value("C", *_measure(line)),
                   shown=lambda line: line.words("C", *_measure(line)), sample="00.000,00"),
            Column("unit", say("Satuan"), Kind.SMALL, lambda line: line.unit, sample="Meter"),
            Column("percent", say("Persen"), Kind.SHARE, _percent, sample="100,00 %",
                   shown=lambda line: _words(Filled(Kind.SHARE, _percent(line)))),
            Column("score", say("Nilai"), Kind.WHOLE, _score, sample="00"),
            Column("level", say("Tingkat"), Kind.TEXT, _level, sample="KUMUH SEDANG"),
        ),
        lines, known_by=_known, sheets=_sheets(SLUM), empty=say("Belum ada data yang dapat dinilai di sini."),
        explains=lambda line: joined((line.text, " ".join(line.notes))) if line.notes else "",
        scored=lambda line: Subject(Scope(line.region, line.rt or None)),
    )


def _of_kind(line: SheetLine, column: str, *kinds: Kind) -> Value:
    found = line.cells.get(column)
    return found.value if found and found.kind in kinds else None


def _measure(line: SheetLine) -> tuple[str, ...]:
    """Return the column of the denominators, which stand where others have their percent."""
    return ("E",) if _of_kind(line, "E", Kind.DECIMAL) is not None else ()


def _percent(line: SheetLine) -> Value:
    percent = _of_kind(line, "E", Kind.SHARE)
    return _of_kind(line, "F", Kind.SHARE) if percent is None else percent


def _score(line: SheetLine) -> Value:
    return _of_kind(line, "F", Kind.WHOLE)


def _level(line: SheetLine) -> Value:
    return _of_kind(line, "F", Kind.TEXT)
