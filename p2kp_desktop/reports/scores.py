"""Why scores are what they are: totals, aspects and criteria, the RTs and answers behind them, what a house adds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from p2kp_desktop.actions.scores import explanations
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules.causes import Cause
from p2kp_desktop.rules.explanation import Contribution, Contributions, Explained, Explanation, Reach, amount
from p2kp_desktop.rules.house_part import HousePart, HouseShare
from p2kp_desktop.rules.regulation import Aspect
from p2kp_desktop.rules.scoring import Share
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Subject, Table
from p2kp_desktop.store import Workspace

from .marks import FIT, UNFIT
from .registry import Group, reports_of

report = reports_of(Group.FIGURES)


@dataclass(frozen=True)
class CriterionLine:
    """One criterion of one RT."""

    region: str
    rt: str
    told: Explained

    @property
    def share(self) -> Share | None:
        """Return how much of the RT is bad, and of how much, in the unit of the criterion."""
        return self.told.share

    @property
    def percent(self) -> Decimal | None:
        """Return its percent."""
        return self.told.percent

    @property
    def score(self) -> int | None:
        """Return its score."""
        return self.told.score


@dataclass(frozen=True)
class CauseLine:
    """One answer behind a criterion of an RT."""

    region: str
    rt: str
    code: str
    cause: Cause


@dataclass(frozen=True)
class PartLine:
    """The total of an explanation, an aspect or a criterion of it: the one that is named, the others None."""

    whole: Explanation
    aspect: Aspect | None = None
    told: Explained | None = None

    @property
    def code(self) -> str:
        """Return the number of the aspect or criterion, "" of the total."""
        return self.told.criterion.code if self.told else self.aspect.code if self.aspect else ""

    @property
    def name(self) -> str:
        """Return the name of the criterion, the aspect or the whole."""
        if self.told is not None:
            return say(self.told.criterion.name)
        return say(self.aspect.name) if self.aspect else self.whole.name

    @property
    def share(self) -> Share | None:
        """Return the volume of a criterion, and of how much."""
        return self.told.share if self.told else None

    @property
    def percent(self) -> Decimal | None:
        """Return the percent of a criterion, the mean of an aspect that counts, the sectoral mean of the total."""
        if self.told is not None:
            return self.told.percent
        means = self.whole.score.main
        return means.aspects[self.aspect.code] if self.aspect else means.sectoral

    @property
    def plain(self) -> Decimal | None:
        """Return the same without the rule of the official sheet that a percent which scored 0 counts as 0."""
        if self.told is not None:
            return self.told.percent
        means = self.whole.score.plain
        return means.aspects[self.aspect.code] if self.aspect else means.sectoral

    @property
    def parts(self) -> tuple[Explained, ...]:
        """Return the criteria that it is made of."""
        if self.told is not None:
            return (self.told,)
        return self.whole.of_aspect(self.aspect) if self.aspect else self.whole.criteria

    @property
    def score(self) -> int | None:
        """Return the points; None of a criterion that is not known."""
        return self.told.score if self.told else sum(each.score or 0 for each in self.parts)

    @property
    def most(self) -> int:
        """Return the most points there could be."""
        return self.whole.regulation.bands[0].score * len(self.parts)


@dataclass(frozen=True)
class ContributionLine:
    """What an RT adds to a criterion of an area."""

    code: str
    one: Contribution

    @property
    def share(self) -> Share | None:
        """Return how much of the RT is bad, and of how much."""
        return self.one.share


@dataclass(frozen=True)
class HouseLine:
    """One criterion of an RT with a house and without it."""

    region: str
    rt: str
    part: HousePart
    share: HouseShare


class _Measured(Protocol):
    @property
    def share(self) -> Share | None:
        """Return a volume and of how much."""


def of_criteria(told: Sequence[Explanation]) -> list[CriterionLine]:
    """Return the criteria of some RTs as lines, in printed order."""
    return [CriterionLine(each.rt.region, each.rt.rt, one) for each in told if each.rt for one in each.criteria]


def of_causes(told: Sequence[Explanation]) -> list[CauseLine]:
    """Return the answers behind all criteria of some RTs as lines."""
    return [CauseLine(line.region, line.rt, line.told.criterion.code, cause)
            for line in of_criteria(told) for cause in line.told.causes]


def of_parts(told: Explanation) -> list[PartLine]:
    """Return the total, its aspects and their criteria as lines, in printed order."""
    found = [PartLine(told)]
    for aspect in told.regulation.aspects:
        found.append(PartLine(told, aspect))
        found.extend(PartLine(told, aspect, each) for each in told.of_aspect(aspect))
    return found


def of_contributions(adding: Contributions) -> list[ContributionLine]:
    """Return the parts of the RTs of an area in a criterion as lines, the largest first."""
    return [ContributionLine(adding.code, each) for each in adding.most]


def of_house(region: str, rt: str, part: HousePart) -> list[HouseLine]:
    """Return the part of a house in its RT as lines."""
    return [HouseLine(region, rt, part, each) for each in part.shares]


def _told(workspace: Workspace, asked: Scope, *, down_to_answers: bool) -> list[Explanation]:
    """Return the explanation of every RT that is asked, none while nothing can be scored there."""
    try:
        return explanations.explanations(
            workspace, area=asked.area, rt=asked.rt, period=asked.period, down_to_answers=down_to_answers
        )
    except Trouble:
        return []


def _whole(workspace: Workspace, asked: Scope) -> Explanation | None:
    """Return the explanation of what is asked, None while nothing can be scored there."""
    try:
        return explanations.explain(workspace, Subject(asked)).explanation
    except Trouble:
        return None


def _parts(workspace: Workspace, asked: Scope) -> list[PartLine]:
    told = _whole(workspace, asked)
    return of_parts(told) if told else []


def _contributions(workspace: Workspace, asked: Scope) -> list[ContributionLine]:
    told = _whole(workspace, asked)
    codes = [each.criterion.code for each in told.criteria] if told else []
    return [line for code in codes if told for line in of_contributions(told.contributions(code))]


def _houses(workspace: Workspace, asked: Scope) -> list[HouseLine]:
    return [line for rt, part in explanations.house_parts(workspace, asked)
            for line in of_house(rt.region, rt.rt, part)]


def _place() -> tuple[Column[Any], ...]:
    return (
        Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.region, varies=True, gives_way=3,
               sample="n" * 16),
        Column("rt", say("RT"), Kind.RT, lambda line: line.rt, varies=True, sample="RT 000 / RW 00"),
    )


def _volume(line: _Measured) -> Fraction | None:
    return line.share.volume if line.share else None


def _of(line: _Measured) -> Fraction | None:
    return line.share.of if line.share else None


def _percent(percent: Decimal | None) -> str:
    return "" if percent is None else written.number(percent)


def _reached(reach: Reach | None) -> Fraction | None:
    return None if reach is None else reach.volume


def _reach(reach: Reach | None) -> str:
    return "" if reach is None else f"{amount(reach.volume)} → {reach.score}"


def _measures() -> tuple[Column[Any], ...]:
    """Return the columns of a volume, its percent and score, and how far the next scores are."""
    def higher(line: Any) -> Reach | None:
        return line.told.higher if line.told else None

    def lower(line: Any) -> Reach | None:
        return line.told.lower if line.told else None

    return (
        Column("volume", say("Tidak baik"), Kind.DECIMAL, _volume, sample="0.000,00"),
        Column("of", say("Dari"), Kind.DECIMAL, _of, sample="00.000,00"),
        Column("unit", say("Satuan"), Kind.SMALL, lambda line: line.told.criterion.unit if line.told else "",
               sample="unit", gives_way=3),
        Column("percent", say("Persen"), Kind.DECIMAL, lambda line: line.percent, unit="%",
               shown=lambda line: _percent(line.percent), sample="100,00"),
        Column("score", say("Skor"), Kind.WHOLE, lambda line: line.score, sample="00"),
        Column("higher", say("Naik mulai"), Kind.DECIMAL, lambda line: _reached(higher(line)),
               shown=lambda line: _reach(higher(line)), sample="00.000,00 → 0", gives_way=1),
        Column("lower", say("Turun sampai"), Kind.DECIMAL, lambda line: _reached(lower(line)),
               shown=lambda line: _reach(lower(line)), sample="00.000,00 → 0", gives_way=2),
    )


@report(lambda workspace, asked: of_criteria(_told(workspace, asked, down_to_answers=False)))
def criteria(lines: Sequence[CriterionLine] = ()) -> Table[CriterionLine]:
    """Return the criteria of RTs: what is bad, of how much, what it scores, what would change the score."""
    return Table(
        "criteria", say("Nilai per kriteria"), (
            *_place(),
            Column("code", say("No"), Kind.IDENTITY, lambda line: line.told.criterion.code, sample="0a"),
            Column("criterion", say("Kriteria"), Kind.NAME, lambda line: say(line.told.criterion.name),
                   sample="n" * 26, stretches=True, wraps=True),
            *_measures(),
        ),
        lines, known_by=lambda line: (line.region, line.rt, line.told.criterion.code),
        empty=say("Belum ada data yang dapat dinilai di sini."),
        explains=lambda line: f"{line.told.criterion.code}: {line.told.words}.",
        scored=lambda line: Subject(Scope(line.region, line.rt), criterion=line.told.criterion.code),
    )


@report(_parts)
def explanation(lines: Sequence[PartLine] = ()) -> Table[PartLine]:
    """Return the total of an RT or area, its aspects with both means, and their criteria."""
    return Table(
        "explanation", say("Penjelasan nilai"), (
            Column("code", say("No"), Kind.IDENTITY, lambda line: line.code, sample="0a", is_fixed=True),
            Column("name", say("Aspek dan kriteria"), Kind.TEXT, lambda line: line.name, sample="n" * 14,
                   stretches=True, wraps=True, is_fixed=True, heads=lambda line: line.told is None),
            *(_IN_EXPLANATION.get(each.key, _aside)(each) for each in _measures()),
            Column("most", say("Skor tertinggi"), Kind.WHOLE, lambda line: line.most, is_aside=True),
            Column("plain", say("Rata-rata biasa"), Kind.DECIMAL, lambda line: line.plain, unit="%", is_aside=True),
            Column("words", say("Penjelasan"), Kind.TEXT, part_words, is_aside=True),
        ),
        lines, known_by=lambda line: line.code,
        empty=say("Belum ada data yang dapat dinilai di sini."),
    )


def _aside(column: Column[Any]) -> Column[Any]:
    return replace(column, is_aside=True)


# How the window shows some columns of an explanation; the others are figures for files
_IN_EXPLANATION: Mapping[str, Callable[[Column[Any]], Column[Any]]] = {
    "percent": lambda column: replace(
        column, is_fixed=True, sample="100,00 %", bar=lambda line: float(line.percent or 0) / 100,
        shown=lambda line: say("belum") if line.percent is None else f"{written.number(line.percent)} %"),
    "score": lambda column: replace(
        column, is_fixed=True, sample="00/00",
        shown=lambda line: f"{'–' if line.score is None else line.score}/{line.most}"),
}


def part_words(line: PartLine) -> str:
    """Return a line of an explanation in a sentence."""
    if line.told is not None:
        return line.told.words
    if line.aspect is None:
        return line.whole.title
    return mean_words(line)


def mean_words(line: PartLine) -> str:
    """Return how the mean of an aspect, or the sectoral mean, came about, and the plain mean where it is another."""
    means = say("belum diketahui") if line.percent is None else f"{written.number(line.percent)} %"
    plain = "" if line.plain in (None, line.percent) else say("; rata-rata biasa {mean} %", mean=_percent(line.plain))
    return say("rata-rata {mean}, skor {score} dari {most}{plain}", mean=means, score=line.score, most=line.most,
               plain=plain)


@report(_contributions)
def rt_contributions(lines: Sequence[ContributionLine] = ()) -> Table[ContributionLine]:
    """Return the RTs that make the criteria of an area: how much of each volume is theirs, the most first."""
    return Table(
        "rt_contributions", say("RT di balik nilai"), (
            Column("code", say("No"), Kind.IDENTITY, lambda line: line.code, varies=True, sample="0a "),
            Column("rt", say("RT"), Kind.RT, lambda line: line.one.rt, sample="RT 000 / RW 00",
                   stretches=True),
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.one.region, varies=True,
                   below="rt"),
            Column("volume", say("Tidak baik"), Kind.DECIMAL, _volume, sample=say("belum diketahui"),
                   shown=lambda line: amount(line.share.volume) if line.share else say("belum diketahui")),
            Column("of", say("Dari"), Kind.DECIMAL, _of, sample="00.000,00", gives_way=2,
                   shown=lambda line: amount(line.share.of) if line.share else ""),
            Column("part", say("Andil"), Kind.SHARE, lambda line: line.one.part, sample="100 %"),
            Column("percent", say("Persen"), Kind.DECIMAL, lambda line: line.one.percent, unit="%",
                   shown=lambda line: _percent(line.one.percent), sample="100,00", gives_way=4),
            Column("score", say("Skor"), Kind.WHOLE, lambda line: line.one.score, sample="0", gives_way=1),
        ),
        lines, known_by=lambda line: (line.code, line.one.region, line.one.rt),
        empty=say("Tidak ada RT yang membuat kriteria ini buruk."),
        scored=lambda line: Subject(Scope(line.one.region, line.one.rt), criterion=line.code),
    )


@report(lambda workspace, asked: of_causes(_told(workspace, asked, down_to_answers=True)))
def causes(lines: Sequence[CauseLine] = ()) -> Table[CauseLine]:
    """Return the answers that made the volumes of RTs: of the houses those that are not good."""
    return Table(
        "causes", say("Jawaban di balik nilai"), (
            *_place(),
            Column("code", say("No"), Kind.IDENTITY, lambda line: line.code, varies=True, sample="0a "),
            Column("named", say("Catatan"), Kind.NAME, lambda line: line.cause.named, sample="n" * 11, wraps=True,
                   is_private=True),
            Column("question", say("Pertanyaan"), Kind.TEXT, lambda line: line.cause.asked, sample="n" * 16,
                   stretches=True, wraps=True),
            Column("answer", say("Jawaban"), Kind.TEXT, lambda line: line.cause.shown or say("belum dijawab"),
                   sample="n" * 13, wraps=True),
        ),
        lines, known_by=lambda line: (line.code, line.cause.id, line.cause.question),
        empty=say("Tidak ada jawaban yang membuat kriteria ini buruk."),
    )


@report(_houses)
def contributions(lines: Sequence[HouseLine] = ()) -> Table[HouseLine]:
    """Return the part of each house in its RT: the criteria in which it counts, and their figures without it."""
    return Table(
        "contributions", say("Andil rumah"), (
            *_place(),
            Column("named", say("Rumah"), Kind.NAME, lambda line: line.part.named, varies=True, sample="n" * 14,
                   is_private=True),
            Column("id", say("Nomor catatan"), Kind.IDENTITY, lambda line: line.part.id, is_aside=True),
            Column("code", say("No"), Kind.IDENTITY, lambda line: line.share.criterion.code, sample="0a",
                   is_fixed=True),
            Column("criterion", say("Kriteria"), Kind.TEXT, lambda line: say(line.share.criterion.name),
                   sample="n" * 12, stretches=True, wraps=True, is_fixed=True),
            Column("counts", say("Rumah ini"), Kind.VERDICT, lambda line: counted(line.share),
                   sample=say("tidak baik"), is_fixed=True),
            Column("percent", say("RT ini"), Kind.DECIMAL, lambda line: line.share.percent, unit="%",
                   shown=lambda line: _percent(line.share.percent), sample="100,00", is_fixed=True),
            Column("without", say("Tanpanya"), Kind.DECIMAL, lambda line: line.share.percent_without, unit="%",
                   shown=lambda line: _percent(line.share.percent_without), sample="100,00", is_fixed=True),
            Column("score", say("Skor RT"), Kind.WHOLE, lambda line: line.share.score, sample="0 → 0", gives_way=1,
                   is_fixed=True, shown=lambda line: _moved(line.share)),
            Column("score_without", say("Skor tanpanya"), Kind.WHOLE, lambda line: line.share.score_without,
                   is_aside=True),
        ),
        lines, known_by=lambda line: (line.region, line.rt, line.part.id, line.share.criterion.code),
        empty=say("Rumah ini tidak dihitung: nilai RT-nya dari rekap."),
        scored=lambda line: Subject(Scope(line.region, line.rt), criterion=line.share.criterion.code),
    )


def _moved(share: HouseShare) -> str:
    """Return the score with a house and without it, once where they are the same."""
    scores = dict.fromkeys("–" if each is None else str(each) for each in (share.score, share.score_without))
    return " → ".join(scores)


def counted(share: HouseShare) -> Mark:
    """Return whether a house is not good in a criterion, and so counts in it."""
    return Mark(UNFIT, say("tidak baik")) if share.counts else Mark(FIT, say("baik"))
