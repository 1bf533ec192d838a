"""Why an RT has its slum score: from the total to the criteria, their volumes, and the answers that made them.

A criterion says how far it is from the next score, both ways: the smallest volume that reaches the next higher score
and the largest that reaches the next lower one. A score of a part of the houses says what it could still become: with
every building that nobody surveyed all good, and all bad.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import say
from p2kp_desktop.schema import Answer, Question, Record, written
from p2kp_desktop.schema.conditions import Answers, Condition
from p2kp_desktop.schema.places import rt_words

from . import census
from .assessment import RtAssessment
from .certainty import span
from .criteria import step_of
from .regulation import Criterion, Regulation
from .scoring import Share, volume_at


@dataclass(frozen=True)
class Reach:
    """A volume from which on, or up to which, a criterion has another score."""

    score: int
    volume: Fraction


@dataclass(frozen=True)
class Cause:
    """An answer behind a figure: record, question and plain answer (None where it is missing), and each in words."""

    form: str
    id: str
    question: str
    value: Answer
    named: str = ""  # what the record is called
    asked: str = ""  # the question with its number
    shown: str = ""  # the answer


@dataclass(frozen=True)
class Explained:
    """One criterion of an RT: what is bad, of how much, what that scores, what would change it, and where it is from.

    All but the criterion are None or empty while its volume or denominator is unknown.
    """

    criterion: Criterion
    share: Share | None
    percent: Decimal | None
    score: int | None
    higher: Reach | None = None
    lower: Reach | None = None
    causes: tuple[Cause, ...] = ()

    @property
    def words(self) -> str:
        """Return it in a sentence: 2 dari 10 unit = 20,00 %, skor 0; mulai 3 menjadi 1."""
        if self.share is None or self.percent is None:
            return say("belum diketahui")
        parts = [say("{volume} dari {all} {unit} = {percent} %, skor {score}", volume=_amount(self.share.volume),
                     all=_amount(self.share.of), unit=self.criterion.unit, percent=written.number(self.percent),
                     score=self.score)]
        if self.higher is not None:
            parts.append(say("mulai {volume} menjadi {score}", volume=_amount(self.higher.volume),
                             score=self.higher.score))
        if self.lower is not None:
            parts.append(say("paling banyak {volume} menjadi {score}", volume=_amount(self.lower.volume),
                             score=self.lower.score))
        return "; ".join(parts)


def _amount(number: Fraction) -> str:
    return written.decimal(number, 4)


@dataclass(frozen=True)
class Explanation:
    """The score of an RT with all that makes it; `lowest` and `highest` are the totals it could still become."""

    rt: RtAssessment
    criteria: tuple[Explained, ...]
    lowest: int
    highest: int

    @property
    def title(self) -> str:
        """Return for instance RT 014 / RW 05: 21 (Kumuh ringan), sementara 16–30."""
        name = f"{rt_words(self.rt.rt)}: {self.rt.standing}"
        if not self.rt.score.provisional:
            return name
        between = say("{lowest} sampai {highest}", lowest=self.lowest, highest=self.highest)
        return say("{score}, sementara; dapat menjadi {between}", score=name, between=between)


def explain(
    rt: RtAssessment, *, households: Iterable[Record] = (), survey: Record | None = None, recap: Record | None = None,
) -> Explanation:
    """Return the explanation of an assessment from the records it was made of."""
    kept = tuple(households)
    criteria = tuple(
        _explained(rt, each, tuple(_causes(rt, each, kept, survey, recap))) for each in rt.regulation.criteria
    )
    return Explanation(rt, criteria, *span(rt))


def _explained(rt: RtAssessment, criterion: Criterion, causes: tuple[Cause, ...]) -> Explained:
    share, scored = rt.shares.get(criterion.code), rt.score.criteria[criterion.code]
    if share is None or scored.score is None:
        return Explained(criterion, share, scored.percent, scored.score)
    higher, lower = reaches(rt.regulation, criterion, share)
    return Explained(criterion, share, scored.percent, scored.score, higher, lower, causes)


def reaches(rules: Regulation, criterion: Criterion, share: Share) -> tuple[Reach | None, Reach | None]:
    """Return the smallest volume with the next higher score, and the largest with the next lower one.

    Volumes go in steps of the unit: whole buildings and KK, centimetres, square metres. None where there is no such
    score, or the denominator does not allow it.
    """
    if not share.of:
        return None, None
    now = rules.score(share.percent())
    bands = sorted({band.score: band.at_least for band in rules.bands}.items())
    above = [(score, least) for score, least in bands if score > now]
    step = step_of(criterion)
    higher = None
    if above:
        volume = _least(share.of, above[0][1], step)
        higher = Reach(_scored(rules, volume, share.of), volume) if volume <= share.of else None
    own = dict(bands).get(now)
    if own is None or not now:
        return higher, None
    volume = _least(share.of, own, step) - step
    return higher, Reach(_scored(rules, volume, share.of), volume) if volume >= 0 else None


def _scored(rules: Regulation, volume: Fraction, of: Fraction) -> int:
    return rules.score(Share(volume, of).percent())


def _least(of: Fraction, percent: Decimal, step: Fraction) -> Fraction:
    """Return the smallest volume whose percent, half up to two decimals, reaches this one."""
    steps = -(-volume_at(of, percent) // step)
    return max(Fraction(), steps * step)


# What a house lacks, by the volume it counts in: the conditions that must all hold.
_OF_HOUSES: Mapping[str, tuple[Condition, ...]] = {
    "irregular_buildings": census.REGULAR,
    "substandard_buildings": census.SOUND,
    "short_water_kk": (census.ENOUGH_WATER,),
    "no_latrine_kk": (census.LATRINE,),
    "unfit_latrine_kk": census.FIT_LATRINE,
    "uncollected_kk": (census.COLLECTED,),
}
# The answers of the area survey that a volume is counted from.
_OF_SURVEY: Mapping[str, tuple[Question[Any], ...]] = {
    "dense_ha": (RtSurvey.settlement_ha, RtSurvey.buildings),
    "missing_road_m": (RtSurvey.new_road_m,),
    "damaged_road_m": (RtSurvey.road_m, RtSurvey.wide_paved_good_m, RtSurvey.wide_earth_good_m,
                       RtSurvey.narrow_paved_good_m, RtSurvey.narrow_earth_good_m),
    "flooded_ha": (RtSurvey.flood_ha, RtSurvey.flood_height, RtSurvey.flood_duration, RtSurvey.flood_frequency),
    "missing_drain_m": (RtSurvey.new_drain_m,),
    "damaged_drain_m": (RtSurvey.drain_m, RtSurvey.sound_drain_m),
    "unconnected_drain_m": (RtSurvey.connection_m,),
    "dirty_drain_m": (RtSurvey.drain_m, RtSurvey.clean_drain_m),
    "waste_facility_kk": (RtSurvey.waste_site, RtSurvey.waste_vehicle),
    "worn_waste_facility_kk": (RtSurvey.waste_sound,),
    "fire_works_buildings": (RtSurvey.fire_protection, RtSurvey.fire_road),
    "fire_equipment_buildings": (RtSurvey.fire_protection,),
}


def _causes(
    rt: RtAssessment, criterion: Criterion, households: tuple[Record, ...], survey: Record | None, recap: Record | None
) -> Iterator[Cause]:
    """Yield the answers that a criterion's volume was made of, those of the houses only where they are not good."""
    if rt.source == "recap" and recap is not None and recap.answers.get(criterion.volume) is not None:
        yield _cause(recap, criterion.volume)
        return
    for record in households if rt.tally.households else ():
        for key in lacking(criterion.volume, record, floor_area=rt.regulation.census.floor_area_counts_in_1c):
            yield _cause(record, key)
    if survey is not None:
        for question in _OF_SURVEY.get(criterion.volume, ()):
            yield _cause(survey, question.key)


def _cause(record: Record, key: str) -> Cause:
    question = record.form.question(key)
    label = f"{question.number or ''} {say(question.label)}".strip() if question else key
    shown = say(record.show(question)) if question and record.show(question) else ""
    return Cause(record.form.key, record.id, key, record.answers.get(key), record.form.called(record.answers, say),
                 label, shown)


def lacking(volume: str, record: Record, *, floor_area: bool = False) -> Iterator[str]:
    """Yield the keys of the answers by which a house counts in a volume; none where it does not count.

    With `floor_area` a house counts as substandard also by its square metres per person.
    """
    asked = record.counted_answers()
    if volume == "unsafe_water_kk":
        yield from _unsafe_water(asked)
    for condition in _OF_HOUSES.get(volume, ()):
        if not condition.holds(asked):
            yield from _decided_by(condition, asked)
    if volume == "substandard_buildings" and floor_area and not census.verdict(record).roomy:
        yield from (each.key for each in (Household.floor_length, Household.floor_width, Household.occupants)
                    if each.key in asked)


def _decided_by(condition: Condition, asked: Answers) -> Iterator[str]:
    """Yield the questions that decide a condition; where one is not asked, those because of which it is not."""
    for question in condition.leans_on():
        if question.key in asked:
            yield question.key
        else:
            yield from (each.key for each in question.when.leans_on() if each.key in asked)


def _unsafe_water(asked: Answers) -> Iterator[str]:
    if census.safe_water(asked):
        return
    yield Household.water_source.key
    if census.SAFE_FROM_PITS[0].holds(asked):
        yield Household.pit_distance.key
