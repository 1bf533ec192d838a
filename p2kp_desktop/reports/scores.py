"""The criteria of RTs with their volumes, scores and distances, and the answers behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2kp_desktop.actions.scores import explanations
from p2kp_desktop.language import say
from p2kp_desktop.rules.explanation import Cause, Explained, Explanation, Reach
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Column, Kind, Scope, Table
from p2kp_desktop.store import Workspace

from .registry import Group, reports_of

report = reports_of(Group.FIGURES)


@dataclass(frozen=True)
class CriterionLine:
    """One criterion of one RT."""

    region: str
    rt: str
    told: Explained

    @property
    def volume(self) -> Fraction | None:
        """Return how much of the RT is bad, in the unit of the criterion."""
        return self.told.share.volume if self.told.share else None

    @property
    def of(self) -> Fraction | None:
        """Return of how much that is."""
        return self.told.share.of if self.told.share else None


@dataclass(frozen=True)
class CauseLine:
    """One answer behind a criterion of an RT."""

    region: str
    rt: str
    code: str
    cause: Cause


def of_criteria(told: Sequence[Explanation]) -> list[CriterionLine]:
    """Return the criteria of some RTs as lines, in printed order."""
    return [CriterionLine(each.rt.region, each.rt.rt, one) for each in told for one in each.criteria]


def of_causes(told: Sequence[Explanation]) -> list[CauseLine]:
    """Return the answers behind all criteria of some RTs as lines."""
    return [CauseLine(line.region, line.rt, line.told.criterion.code, cause)
            for line in of_criteria(told) for cause in line.told.causes]


def _told(workspace: Workspace, asked: Scope) -> list[Explanation]:
    return explanations.explanations(workspace, area=asked.area, rt=asked.rt, period=asked.period)


def _place() -> tuple[Column[CriterionLine], ...]:
    return (
        Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.region, varies=True, gives_way=3,
               sample="n" * 16),
        Column("rt", say("RT"), Kind.RT, lambda line: line.rt, varies=True, sample="RT 000 / RW 00"),
    )


@report(lambda workspace, asked: of_criteria(_told(workspace, asked)))
def criteria(lines: Sequence[CriterionLine] = ()) -> Table[CriterionLine]:
    """Return the criteria of RTs: what is bad, of how much, what it scores, what would change the score."""
    return Table(
        "criteria", say("Nilai per kriteria"), (
            *_place(),
            Column("code", say("No"), Kind.IDENTITY, lambda line: line.told.criterion.code, sample="0a"),
            Column("criterion", say("Kriteria"), Kind.NAME, lambda line: say(line.told.criterion.name),
                   sample="n" * 26, stretches=True, wraps=True),
            Column("volume", say("Tidak baik"), Kind.DECIMAL, lambda line: line.volume,
                   sample="0.000,00"),
            Column("of", say("Dari"), Kind.DECIMAL, lambda line: line.of,
                   sample="00.000,00"),
            Column("unit", say("Satuan"), Kind.SMALL, lambda line: line.told.criterion.unit, sample="unit",
                   gives_way=3),
            Column("percent", say("Persen"), Kind.DECIMAL, lambda line: line.told.percent, unit="%",
                   shown=lambda line: "" if line.told.percent is None else written.number(line.told.percent),
                   sample="100,00"),
            Column("score", say("Skor"), Kind.WHOLE, lambda line: line.told.score, sample="0"),
            Column("higher", say("Naik mulai"), Kind.DECIMAL, lambda line: _volume(line.told.higher),
                   shown=lambda line: _reach(line.told.higher), sample="00.000,00 → 0", gives_way=1),
            Column("lower", say("Turun sampai"), Kind.DECIMAL, lambda line: _volume(line.told.lower),
                   shown=lambda line: _reach(line.told.lower), sample="00.000,00 → 0", gives_way=2),
        ),
        lines, known_by=lambda line: (line.region, line.rt, line.told.criterion.code),
        empty=say("Belum ada data yang dapat dinilai di sini."),
        explains=lambda line: f"{line.told.criterion.code}: {line.told.words}.",
    )


def _volume(reach: Reach | None) -> Fraction | None:
    return None if reach is None else reach.volume


def _reach(reach: Reach | None) -> str:
    return "" if reach is None else f"{written.decimal(reach.volume, 4)} → {reach.score}"


@report(lambda workspace, asked: of_causes(_told(workspace, asked)))
def causes(lines: Sequence[CauseLine] = ()) -> Table[CauseLine]:
    """Return the answers that made the volumes of RTs: of the houses those that are not good."""
    return Table(
        "causes", say("Jawaban di balik nilai"), (
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.region, varies=True, gives_way=3,
                   sample="n" * 16),
            Column("rt", say("RT"), Kind.RT, lambda line: line.rt, varies=True, sample="RT 000 / RW 00"),
            Column("code", say("Kriteria"), Kind.IDENTITY, lambda line: line.code, varies=True, sample="0a "),
            Column("named", say("Catatan"), Kind.NAME, lambda line: line.cause.named, sample="n" * 14),
            Column("question", say("Pertanyaan"), Kind.TEXT, lambda line: line.cause.asked, sample="n" * 20,
                   stretches=True, wraps=True),
            Column("answer", say("Jawaban"), Kind.TEXT, lambda line: line.cause.shown or say("belum dijawab"),
                   sample="n" * 16),
        ),
        lines, known_by=lambda line: (line.code, line.cause.id, line.cause.question),
        empty=say("Tidak ada jawaban yang membuat kriteria ini buruk."),
    )
