"""The seven indicators of slum, 1 buildings to 7 fire: of each kelurahan how much of each is bad, and in which RTs.

They are the aspects of the regulation, by its official means. The eighth of which the programme speaks, public open
space, is asked in no questionnaire of 100-0-100, so that nothing can be told of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.language import say
from p2kp_desktop.rules.assessment import AreaAssessment, RtAssessment, assess_area
from p2kp_desktop.rules.regulation import Aspect, Criterion
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Column, Kind, Scope, Subject, Table
from p2kp_desktop.store import Workspace

from .registry import Group, reports_of

report = reports_of(Group.FIGURES)


@dataclass(frozen=True)
class IndicatorOfArea:
    """One of the seven indicators of a kelurahan, or of one RT; `bad` are its RTs where a criterion of it scores."""

    region: str
    rt: str | None
    aspect: Aspect
    area: AreaAssessment
    bad: tuple[RtAssessment, ...]

    @property
    def percent(self) -> Decimal | None:
        """Return its official mean, None while unknown."""
        return self.area.score.official.aspects[self.aspect.code]

    @property
    def points(self) -> int | None:
        """Return how many points its criteria give, None while none is known."""
        known = [score for each in self.aspect.criteria
                 if (score := self.area.score.criteria[each.code].score) is not None]
        return sum(known) if known else None

    @property
    def worst(self) -> Criterion | None:
        """Return the criterion of which most is bad, None where nothing is."""
        known = [(percent, each) for each in self.aspect.criteria if (percent := self._percent(each))]
        return max(known, key=lambda one: one[0])[1] if known else None

    def _percent(self, criterion: Criterion) -> Decimal | None:
        return self.area.score.criteria[criterion.code].percent


def _indicators_of(workspace: Workspace, asked: Scope) -> list[IndicatorOfArea]:
    villages: dict[str, list[RtAssessment]] = {}
    for each in slum_scores.assessments(workspace, area=asked.area, period=asked.period):
        if asked.rt in (None, each.rt):
            villages.setdefault(each.region, []).append(each)
    return [line for region, rts in sorted(villages.items()) for line in _of_village(region, asked.rt, rts)]


def _of_village(region: str, rt: str | None, rts: Sequence[RtAssessment]) -> Iterator[IndicatorOfArea]:
    area = assess_area(rts, rts[0].regulation, rts[0].method)
    for aspect in area.regulation.aspects:
        codes = [each.code for each in aspect.criteria]
        yield IndicatorOfArea(region, rt, aspect, area, tuple(
            each for each in rts if any(each.score.criteria[code].score for code in codes)))


def _worst(line: IndicatorOfArea) -> str:
    return f"{line.worst.code} {say(line.worst.name)}" if line.worst else ""


@report(_indicators_of)
def slum_indicators(lines: Sequence[IndicatorOfArea] = ()) -> Table[IndicatorOfArea]:
    """Return the seven indicators of slum for each kelurahan of an area, or for one RT."""
    return Table(
        "slum_indicators", say("Tujuh indikator kekumuhan"), (
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.region, sample="n" * 16),
            Column("rt", say("RT"), Kind.RT, lambda line: line.rt, varies=True, sample="RT 000 / RW 00"),
            Column("code", say("No"), Kind.IDENTITY, lambda line: line.aspect.code, sample="0"),
            Column("indicator", say("Indikator"), Kind.NAME, lambda line: say(line.aspect.name), sample="n" * 22,
                   stretches=True),
            Column("percent", say("Persen"), Kind.DECIMAL, lambda line: line.percent, unit="%", sample="100,00",
                   shown=lambda line: say("belum") if line.percent is None else written.number(line.percent)),
            Column("points", say("Nilai"), Kind.WHOLE, lambda line: line.points, sample="00"),
            Column("rts", say("RT bermasalah"), Kind.WHOLE, lambda line: len(line.bad), sample="000 dari 000",
                   shown=lambda line: say("{count} dari {all}", count=len(line.bad), all=line.area.rts)),
            Column("hectares", say("Luasnya"), Kind.DECIMAL, unit="ha", sample="000,00 ha",
                   of=lambda line: sum((each.area_ha for each in line.bad), Fraction()),
                   shown=lambda line: written.hectares(sum((each.area_ha for each in line.bad), Fraction()))),
            Column("worst", say("Kriteria terburuk"), Kind.TEXT, _worst, sample="n" * 20, wraps=True, gives_way=1),
        ),
        lines, empty=say("Belum ada data yang dapat dinilai di sini."),
        known_by=lambda line: (line.region, line.rt, line.aspect.code),
        scored=lambda line: Subject(Scope(line.region, line.rt)),
        notes=(say("Indikator kedelapan, ruang terbuka publik, tidak ditanyakan di kuesioner 100-0-100."),
               *((say("Nilai {count} RT masih sementara.", count=written.number(unsure)),)
                 if (unsure := _unsure(lines)) else ())) if lines else (),
    )


def _unsure(lines: Sequence[IndicatorOfArea]) -> int:
    """Return how many RTs have a score that may still change."""
    return sum({line.region: line.area.provisional_rts for line in lines}.values())
