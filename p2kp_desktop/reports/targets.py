"""Targets against what an area has come to, their milestones, and those that are offered."""

from collections.abc import Sequence
from fractions import Fraction

from p2kp_desktop.actions.collaboration import targets as community_targets
from p2kp_desktop.actions.collaboration.targets import OfferedTarget, Step, TargetLine
from p2kp_desktop.language import say
from p2kp_desktop.rules.target_path import AHEAD, BEHIND, ON_PATH
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Column, Kind, Mark, Table

from .marks import ASKED, FIT, LATE, OPEN, some
from .registry import Group, reports_of

report = reports_of(Group.FIGURES)

_SIGNS = {BEHIND: LATE, AHEAD: FIT, ON_PATH: FIT}


def value(line: TargetLine, number: Fraction | None) -> str:
    """Return a value of a target in its unit, "" for none."""
    if number is None:
        return ""
    return f"{written.decimal(number, 2)} {'ha' if line.in_hectares else '%'}"


def _sign(line: TargetLine) -> str:
    return _SIGNS.get(line.standing, OPEN)


def _mark(line: TargetLine) -> Mark:
    if line.words:
        return Mark(line.standing, line.words)
    return Mark("unknown", say("belum ada data") if line.path and line.expected is not None else say("belum ada jalur"))


def _at(number: Fraction | None, year: int | None, line: TargetLine) -> str:
    return f"{value(line, number)} ({year})" if number is not None and year else value(line, number)


@report(lambda workspace, asked: community_targets.lines(workspace, asked.area, asked.period))
def targets(lines: Sequence[TargetLine] = ()) -> Table[TargetLine]:
    """Return the targets of an area, each against its path in the period; the furthest behind first."""
    return Table(
        "targets", say("Sasaran"), (
            Column("indicator", say("Indikator"), Kind.NAME, lambda line: Mark(line.indicator, line.name),
                   sample="n" * 18, stretches=True, wraps=True, by=lambda line: line.name),
            Column("area", say("Wilayah"), Kind.TEXT, lambda line: line.area, sample="n" * 14, gives_way=2,
                   shown=community_targets.place_words, wraps=True, varies=True),
            Column("measured", say("Diukur di"), Kind.REGION, lambda line: line.measured, is_aside=True),
            Column("unit", say("Satuan"), Kind.SMALL, lambda line: "ha" if line.in_hectares else "%", is_aside=True),
            Column("baseline", say("Nilai awal"), Kind.DECIMAL, lambda line: line.baseline, sample="100,00 % (2013)",
                   shown=lambda line: _at(line.baseline, line.baseline_year, line), gives_way=1),
            Column("baseline_year", say("Tahun awal"), Kind.WHOLE, lambda line: line.baseline_year, is_aside=True,
                   shown=lambda line: str(line.baseline_year or "")),
            Column("baseline_source", say("Sumber nilai awal"), Kind.TEXT, lambda line: line.baseline_source,
                   is_aside=True),
            Column("end_value", say("Sasaran akhir"), Kind.DECIMAL, lambda line: line.end_value,
                   shown=lambda line: _at(line.end_value, line.end_year, line), sample="100 % (2019)"),
            Column("end_year", say("Tahun akhir"), Kind.WHOLE, lambda line: line.end_year, is_aside=True,
                   shown=lambda line: str(line.end_year or "")),
            Column("expected", say("Jalur"), Kind.DECIMAL, lambda line: line.expected, gives_way=3,
                   shown=lambda line: value(line, line.expected), sample="100,00 %"),
            Column("actual", say("Capaian"), Kind.DECIMAL, lambda line: line.actual,
                   shown=lambda line: value(line, line.actual), sample="100,00 %"),
            Column("off", say("Selisih"), Kind.DECIMAL, lambda line: line.off, is_aside=True),
            Column("mark", say("Terhadap jalur"), Kind.VERDICT, _mark, icon=_sign,
                   sample=say("tertinggal {by} dari jalur {year}", by=say("{number} titik", number="00,0"), year=2019),
                   wraps=True, by=lambda line: line.off),
            Column("decree", say("Dasar"), Kind.TEXT, lambda line: line.decree, is_aside=True),
            Column("source", say("Dibaca di"), Kind.TEXT, lambda line: line.source, is_aside=True),
            Column("decisions", say("Keputusan"), Kind.WHOLE, lambda line: line.decisions, is_aside=True),
            Column("activities", say("Kegiatan"), Kind.WHOLE, lambda line: line.activities, is_aside=True),
        ),
        lines, known_by=lambda line: line.id, record=lambda line: ("target", line.id),
        empty=say("Belum ada sasaran. N mencatatnya, A memakai contoh."),
    )


@report(lambda workspace, asked: [
    step for line in community_targets.lines(workspace, asked.area, asked.period) for step in line.steps])
def milestones(lines: Sequence[Step] = ()) -> Table[Step]:
    """Return the milestones of targets."""
    return Table(
        "milestones", say("Tonggak"), (
            Column("year", say("Tahun"), Kind.WHOLE, lambda step: some(step.year or 0), is_fixed=True, sample="2026",
                   shown=lambda step: str(step.year or "")),
            Column("value", say("Nilai"), Kind.DECIMAL, lambda step: step.value, is_fixed=True, sample="100,00",
                   shown=lambda step: "" if step.value is None else written.decimal(step.value, 2)),
            Column("note", say("Keterangan"), Kind.TEXT, lambda step: step.note, is_fixed=True, sample="n" * 30,
                   stretches=True, wraps=True),
        ),
        lines, known_by=lambda step: step.id, every_period=True,
        empty=say("Jalurnya lurus dari nilai awal ke nilai akhir. T mencatat tonggak di antaranya."),
    )


@report(lambda workspace, asked: community_targets.offered(workspace, asked.area))
def offered_targets(lines: Sequence[OfferedTarget] = ()) -> Table[OfferedTarget]:
    """Return the targets that ship with their source and are not recorded for an area."""
    return Table(
        "offered_targets", say("Contoh sasaran dengan sumbernya"), (
            Column("indicator", say("Contoh"), Kind.NAME, lambda line: Mark(line.indicator, line.name),
                   sample="n" * 20, wraps=True, is_fixed=True),
            Column("end_value", say("Sasaran akhir"), Kind.DECIMAL, lambda line: line.end_value, is_fixed=True,
                   shown=lambda line: f"{written.decimal(line.end_value, 2)} % ({line.end_year})",
                   sample="100 % (2019)"),
            Column("end_year", say("Tahun akhir"), Kind.WHOLE, lambda line: line.end_year, is_aside=True,
                   shown=lambda line: str(line.end_year)),
            Column("decree", say("Dasar"), Kind.TEXT, lambda line: line.decree, is_aside=True),
            Column("source", say("Sumber"), Kind.TEXT, lambda line: line.source, sample="n" * 24, stretches=True,
                   wraps=True, is_fixed=True),
            Column("sure", say("Pasti?"), Kind.VERDICT, _sure, icon=lambda line: ASKED if _doubtful(line) else FIT,
                   sample=say("ada sumbernya"), gives_way=1, is_fixed=True),
        ),
        lines, known_by=lambda line: line.id, every_period=True,
        empty=say("Semua contoh sudah tercatat."),
    )


def _doubtful(line: OfferedTarget) -> bool:
    return "(?)" in line.source + line.baseline_source


def _sure(line: OfferedTarget) -> Mark:
    return Mark("doubtful", say("belum pasti")) if _doubtful(line) else Mark("sure", say("ada sumbernya"))
