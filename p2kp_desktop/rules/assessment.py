"""The slum assessment of one RT, and of an area made of RTs, as values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Literal

from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.period import Period
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.language import say
from p2kp_desktop.schema import Record, Unreadable
from p2kp_desktop.schema.conditions import DEFAULT_RULES

from . import volumes
from .census import Tally, add_up
from .coverage import NO_ROLL, Coverage, Roll, coverage
from .regulation import Regulation, regulation
from .scoring import Score, Share, Shares, score
from .volumes import Figures

Source = Literal["census", "recap"]
DEFAULT_METHOD = "workbook"
OTHER_METHOD = {"workbook": "units", "units": "workbook"}
DENOMINATORS = tuple(question.key for question in RtRecap.questions if question.section is RtRecap.denominators)


@dataclass(frozen=True)
class Terms:
    """What a period lays down: rule set, counting method, and its own density limit if it has one."""

    regulation: Regulation
    method: str = DEFAULT_METHOD
    density_limit: Decimal | None = None

    def limit(self, region: str) -> Decimal:
        """Return the density limit in buildings per ha: the period's, else that of the region's city class."""
        return self.regulation.density_limit(region) if self.density_limit is None else self.density_limit


def terms(period: Record | None, *, method: str | None = None) -> Terms:
    """Return the terms of a period, or the defaults; `method` overrides the period's. Raises Unreadable."""
    if period is None:
        return Terms(regulation(DEFAULT_RULES), method or DEFAULT_METHOD)
    rules = period[Period.rules]
    chosen = method or period[Period.method]
    if chosen is not None and chosen not in volumes.METHODS:
        raise Unreadable(
            say(
                "Cara menghitung «{chosen}» tidak dikenal. Yang ada: {names}.",
                chosen=chosen,
                names=", ".join(volumes.METHODS),
            )
        )
    return Terms(regulation(rules or DEFAULT_RULES), chosen or DEFAULT_METHOD, period[Period.density_limit])


_METHODS: Mapping[str, Callable[[str], str]] = {
    "workbook": lambda standing: say("Menurut cara buku kerja resmi: {standing}.", standing=standing),
    "units": lambda standing: say("Menurut cara per bangunan dan KK: {standing}.", standing=standing),
}
_SOURCES: Mapping[str, Callable[[str], str]] = {
    "census": lambda standing: say("Menurut sensus: {standing}.", standing=standing),
    "recap": lambda standing: say("Menurut rekap: {standing}.", standing=standing),
}


@dataclass(frozen=True)
class RtAssessment:
    """One RT scored from one source by one method, and beside it what the others give where they differ."""

    region: str
    rt: str
    regulation: Regulation
    source: Source
    method: str
    figures: Figures
    shares: Shares
    score: Score
    tally: Tally
    coverage: Coverage
    by_other_method: "RtAssessment | None" = None
    by_other_source: "RtAssessment | None" = None
    disputed: int = 0  # answers behind the score that are in conflict
    open: tuple[str, ...] = ()  # why the score may still change, in words: it is provisional
    survey: Record | None = field(default=None, compare=False, repr=False)  # of a recap's RT too
    again: "Callable[[Tally], Shares] | None" = field(default=None, compare=False, repr=False)  # with other households

    @property
    def asides(self) -> tuple[str, ...]:
        """Return the standings by the other way to count and by the other source, in words, where the total differs."""
        found = []
        if self.by_other_method is not None and self.by_other_method.score.total != self.score.total:
            found.append(_METHODS[self.by_other_method.method](self.by_other_method.standing))
        if self.by_other_source is not None and self.by_other_source.score.total != self.score.total:
            found.append(_SOURCES[self.by_other_source.source](self.by_other_source.standing))
        return tuple(found)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return everything that speaks against taking the score as it stands, the weightiest first."""
        return (*self.open, *self.asides)

    @property
    def standing(self) -> str:
        """Return total and level in words: 43 (Kumuh sedang)."""
        return f"{self.score.total} ({say(self.regulation.level(self.score.total).name)})"

    @property
    def area_ha(self) -> Fraction:
        """Return the verified area, 0 while unknown."""
        return self.figures.get("luas_ha") or Fraction()

    @property
    def is_slum(self) -> bool:
        """Say whether the total reaches the lowest slum level."""
        return self.regulation.is_slum(self.score.total)


def assess(
    region: str, rt: str, *, terms: Terms, tally: Tally, survey: Record | None, recap: Record | None,
    disputes: Mapping[str, int] | None = None, roll: Roll = NO_ROLL,
) -> RtAssessment:
    """Assess one RT: from its recap where that is official or nobody was surveyed, else from the census.

    `disputes` counts by form the answers in conflict that decide a score, `roll` is the list of residents; a score that
    may still change is provisional, and `open` says why.
    """
    found = coverage(tally, survey, recap, roll)

    def made(source: Source, method: str, figures: Figures) -> RtAssessment:
        parts = volumes.shares(terms.regulation, figures)
        aside = Household.key if source == "recap" else RtRecap.key
        disputed = sum(number for form, number in (disputes or {}).items() if form != aside)
        plain = score(terms.regulation, parts, method)
        why = tuple(_open(source, found, plain, disputed, terms.regulation))
        result = replace(
            plain, provisional=bool(why), warnings=(*plain.warnings, *([_in_conflict(disputed)] if disputed else []))
        )
        return RtAssessment(
            region, rt, terms.regulation, source, method, figures, parts, result, tally, found, disputed=disputed,
            open=why, survey=survey,
            again=partial(_recounted, survey, terms, method, region) if source == "census" else None,
        )

    def counted(method: str) -> RtAssessment:
        return made("census", method, _census(tally, survey, None, terms, method, region))

    census = counted(terms.method)
    if tally.households and _methods_differ(tally, terms.regulation):
        census = replace(census, by_other_method=counted(OTHER_METHOD[terms.method]))
    if recap is None:
        return census
    if not tally.households:
        return made("recap", terms.method, _filled(tally, survey, recap, terms, region))
    typed = made("recap", terms.method, volumes.of_recap(recap, regulation=terms.regulation))
    if RtRecap.official.is_("a").holds(recap.answers):
        return replace(typed, by_other_source=census)
    return replace(census, by_other_source=typed)


def _open(source: Source, found: Coverage, result: Score, disputed: int, rules: Regulation) -> Iterator[str]:
    """Yield why a score may still change."""
    for note in found.of_census if source == "census" else found.of_recap:
        if note.opens:
            yield note.words
    beyond = [each.code for each in volumes.uncounted(rules)] if source == "census" else []
    if beyond:
        yield say("Kriteria {codes} tidak dapat dihitung dari sensus; hanya rekap RT yang memuatnya.",
                  codes=", ".join(beyond))
    unknown = [code for code, each in result.criteria.items() if each.score is None and code not in beyond]
    if unknown and (source == "recap" or (found.area_survey and found.households)):
        yield say("Kriteria {codes} belum dapat dinilai.", codes=", ".join(unknown))
    if disputed:
        yield say("{number} jawaban yang dinilai masih dalam konflik.", number=disputed)


def _in_conflict(disputed: int) -> str:
    return say("{number} jawaban yang dinilai masih dalam konflik; nilai sementara.", number=disputed)


def _methods_differ(tally: Tally, rules: Regulation) -> bool:
    first, second = (count(tally, rules.census.floor_area_counts_in_1c) for count in volumes.METHODS.values())
    return first != second


def _census(
    tally: Tally, survey: Record | None, kk: Fraction | None, terms: Terms, method: str, region: str
) -> Figures:
    return volumes.of_census(
        tally, survey, regulation=terms.regulation, method=method, density_limit=terms.limit(region), kk=kk
    )


def _recounted(survey: Record | None, terms: Terms, method: str, region: str, tally: Tally) -> Shares:
    """Return the shares of an RT with another tally of its questionnaires."""
    return volumes.shares(terms.regulation, _census(tally, survey, None, terms, method, region))


def _filled(tally: Tally, survey: Record | None, recap: Record, terms: Terms, region: str) -> Figures:
    """Return the figures of the recap, and those of the area survey where the recap is empty."""
    typed = volumes.of_recap(recap, regulation=terms.regulation)
    surveyed = _census(tally, survey, typed.get("kk"), terms, terms.method, region)
    return {**surveyed, **{name: value for name, value in typed.items() if value is not None}}


@dataclass(frozen=True)
class AreaAssessment:
    """Several RTs scored as one: volumes and denominators summed, then scored again."""

    regulation: Regulation
    figures: Figures
    shares: Shares
    score: Score
    tally: Tally
    rts: int
    slum_rts: int
    slum_ha: Fraction
    provisional_rts: int


def assess_area(rts: Iterable[RtAssessment], rules: Regulation, method: str = DEFAULT_METHOD) -> AreaAssessment:
    """Sum the RTs of a kawasan, kelurahan or larger area and score the sums.

    A criterion that some RTs lack is scored over the others, and the result is provisional.
    """
    members = tuple(rts)
    parts = {each.code: _summed(rt.shares.get(each.code) for rt in members) for each in rules.criteria}
    result = score(rules, parts, method)
    unknown = sum(rt.score.provisional for rt in members)
    slums = [rt for rt in members if rt.is_slum]
    return AreaAssessment(
        regulation=rules,
        figures=_sums(rt.figures for rt in members),
        shares=parts,
        score=replace(result, provisional=result.provisional or unknown > 0),
        tally=add_up(rt.tally for rt in members),
        rts=len(members),
        slum_rts=len(slums),
        slum_ha=sum((rt.area_ha for rt in slums), Fraction()),
        provisional_rts=unknown,
    )


def _summed(shares: Iterable[Share | None]) -> Share | None:
    known = [share for share in shares if share is not None]
    if not known:
        return None
    return Share(sum((each.volume for each in known), Fraction()), sum((each.of for each in known), Fraction()))


def _sums(all_figures: Iterable[Figures]) -> Figures:
    sums: dict[str, Fraction | None] = {}
    for figures in all_figures:
        for name, value in figures.items():
            before = sums.get(name)
            sums[name] = before if value is None else value + (before or Fraction())
    return sums


def score_to_json(result: Score) -> dict[str, object]:
    """Return criteria, aspects, total and level as `p2kp score` prints them."""
    return {
        "criteria": {
            code: {"percent": _number(each.percent), "score": each.score} for code, each in result.criteria.items()
        },
        "aspects": {code: _number(mean) for code, mean in result.aspects.items()},
        "total": result.total,
        "level": result.level,
    }


def to_json(rt: RtAssessment) -> dict[str, object]:
    """Return one RT as `p2kp score --workspace` prints it."""
    found: dict[str, object] = {
        "region": rt.region,
        "rt": rt.rt,
        "source": rt.source,
        "method": rt.method,
        **score_to_json(rt.score),
        "sectoral": _number(rt.score.sectoral),
        "means": means_to_json(rt.score),
        "provisional": rt.score.provisional,
        "reasons": list(rt.reasons),
        **_figures_to_json(rt.regulation, rt.figures),
        "coverage": rt.coverage.to_json(),
        "warnings": list(rt.score.warnings),
    }
    for name, beside in (("by_other_method", rt.by_other_method), ("by_other_source", rt.by_other_source)):
        if beside is not None:
            found[name] = _beside(beside)
    return found


def means_to_json(result: Score) -> Mapping[str, object]:
    """Return the means of the official sheet, and beside them the plain ones, whichever count."""
    official, plain = result.official, result.plain
    return {
        "aspects": {
            code: {"official": _number(mean), "mean": _number(plain.aspects[code])}
            for code, mean in official.aspects.items()
        },
        "sectoral": {"official": _number(official.sectoral), "mean": _number(plain.sectoral)},
    }


def _beside(rt: RtAssessment) -> Mapping[str, object]:
    return {
        "source": rt.source,
        "method": rt.method,
        **score_to_json(rt.score),
        "provisional": rt.score.provisional,
        **_figures_to_json(rt.regulation, rt.figures),
    }


def _figures_to_json(rules: Regulation, figures: Figures) -> dict[str, object]:
    denominators = [key for key in DENOMINATORS if key in figures]
    return {
        "volumes": {each.code: _number(figures.get(each.volume)) for each in rules.criteria},
        "denominators": {key: _number(figures[key]) for key in denominators},
    }


def _number(exact: Decimal | Fraction | None) -> int | float | None:
    if exact is None:
        return None
    return float(exact) if isinstance(exact, Decimal) or exact.denominator != 1 else int(exact)
