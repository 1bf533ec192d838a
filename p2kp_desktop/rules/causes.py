"""The answers behind a figure: of the houses those by which they count, of an area survey or a recap its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import say
from p2kp_desktop.schema import Answer, Question, Record
from p2kp_desktop.schema.conditions import Answers, Condition

from . import census
from .assessment import RtAssessment
from .regulation import Criterion


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
class Sources:
    """The records an RT was assessed from."""

    households: tuple[Record, ...] = ()
    survey: Record | None = None
    recap: Record | None = None


# What a house lacks, by the volume it counts in: the conditions that must all hold.
_OF_HOUSES: Mapping[str, tuple[Condition, ...]] = {
    "irregular_buildings": census.REGULAR,
    "substandard_buildings": census.SOUND,
    "short_water_kk": (census.ENOUGH_WATER,),
    "no_latrine_kk": (census.LATRINE,),
    "unfit_latrine_kk": census.FIT_LATRINE,
    "uncollected_kk": (census.COLLECTED,),
}
OF_A_HOUSE = frozenset({*_OF_HOUSES, "unsafe_water_kk"})  # the volumes that houses make one by one
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


def causes(rt: RtAssessment, criterion: Criterion, made_of: Sources) -> Iterator[Cause]:
    """Yield the answers that a criterion's volume was made of, those of the houses only where they are not good."""
    recap, survey = made_of.recap, made_of.survey
    if rt.source == "recap" and recap is not None and recap.answers.get(criterion.volume) is not None:
        yield _cause(recap, criterion.volume)
        return
    for record in made_of.households if rt.tally.households else ():
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
