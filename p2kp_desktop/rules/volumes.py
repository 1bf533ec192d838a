"""From a census with an area survey, or from a recap, to volumes and denominators by the keys of rt_recap."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.conditions import Answers
from p2kp_desktop.schema.expressions import Expression

from .census import Tally, tally
from .regulation import Criterion, Regulation
from .scoring import Share, Shares, half_up

Figures = Mapping[str, Fraction | None]  # None = unknown

FLOOD_EVENT = (
    RtSurvey.flood_height.is_("c"),
    RtSurvey.flood_duration.is_("b"),
    RtSurvey.flood_frequency.is_("b"),
)
WASTE_FACILITY = (RtSurvey.waste_site.is_("a"), RtSurvey.waste_vehicle.is_("a"))
WASTE_SOUND = RtSurvey.waste_sound.is_("a")
FIRE_WORKS = (RtSurvey.fire_protection.is_("b"), RtSurvey.fire_road.is_("a"))
FIRE_EQUIPMENT = RtSurvey.fire_protection.is_("a", "c")


def of_census(
    tally: Tally,
    survey: Record | None,
    *,
    regulation: Regulation,
    method: str,
    density_limit: Decimal,
    kk: Fraction | None = None,
) -> Figures:
    """Return all figures of one RT; `density_limit` in buildings per ha, `kk` counts where nobody was asked.

    Without an area survey its figures are None, without questionnaires those of the households. Answers that cannot be
    count as unanswered.
    """
    asked = _under(regulation, survey).counted().asked_answers() if survey else None
    figures: dict[str, Fraction | None] = {"penduduk": None, "bangunan": None, "kk": kk}
    if tally.households:
        figures |= METHODS[method](tally, regulation.census.floor_area_counts_in_1c)
        figures |= {"kk": Fraction(tally.kk), "penduduk": Fraction(tally.male + tally.female)}
    elif asked:
        figures["bangunan"] = RtSurvey.buildings.value(asked)
    if asked:
        figures |= _land(asked, Fraction(density_limit))
        figures |= _lengths(asked)
        figures |= _all_or_nothing(asked, figures["bangunan"], figures["kk"])
    return figures


def of_recap(recap: Record, *, regulation: Regulation) -> Figures:
    """Return the figures of a recap, as they stand: published volumes that cannot be are scored by the rule too."""
    asked = _under(regulation, recap).asked_answers()
    names = {each.volume for each in regulation.criteria} | {*regulation.denominators, RtRecap.penduduk.key}
    plain = {name: asked.get(name) for name in names}
    return {name: None if value is None else Fraction(value) for name, value in plain.items()}


def _under(regulation: Regulation, record: Record) -> Record:
    """Return the record as that edition asks; the same one where it does already, with what is known of it."""
    return record if record.rules == regulation.code else replace(record, rules=regulation.code)


def shares(regulation: Regulation, figures: Figures) -> Shares:
    """Return volume and denominator of every criterion; None where one of them is unknown."""
    found: dict[str, Share | None] = {}
    for criterion in regulation.criteria:
        volume, of = figures.get(criterion.volume), figures.get(criterion.denominator)
        found[criterion.code] = None if volume is None or of is None else Share(volume, of)
    return found


def uncounted(regulation: Regulation) -> tuple[Criterion, ...]:
    """Return the criteria whose volume neither questionnaires nor an area survey give: only recaps do."""
    return tuple(each for each in regulation.criteria if each.volume not in _counted())


@cache
def _counted() -> frozenset[str]:
    nothing: Answers = {}
    return frozenset((
        *_by_units(tally(()), floor_area_counts=False), *_land(nothing, Fraction()), *_lengths(nothing),
        *_all_or_nothing(nothing, None, None),
    ))


def _by_workbook(tally: Tally, floor_area_counts: bool) -> dict[str, Fraction | None]:
    """Count as the official workbook: a questionnaire is one unit, and KK follow the share of questionnaires."""

    def kk(failing: int) -> Fraction:
        return Fraction(failing * tally.kk, tally.households)

    return {
        "bangunan": Fraction(tally.households),
        "irregular_buildings": Fraction(tally.irregular),
        "substandard_buildings": Fraction(tally.substandard_or_small if floor_area_counts else tally.substandard),
        "unsafe_water_kk": Fraction(half_up(kk(tally.unsafe_water))),
        "short_water_kk": Fraction(half_up(kk(tally.short_water))),
        "no_latrine_kk": _whole(kk(tally.no_latrine)),
        "unfit_latrine_kk": _whole(kk(tally.unfit_latrine)),
        "uncollected_kk": _whole(kk(tally.uncollected)),
    }


def _whole(number: Fraction) -> Fraction:
    return Fraction(number.numerator // number.denominator)


def _by_units(tally: Tally, floor_area_counts: bool) -> dict[str, Fraction | None]:
    """Count buildings once, and the KK of the households that fail."""
    substandard = tally.substandard_or_small_buildings if floor_area_counts else tally.substandard_buildings
    return {
        "bangunan": Fraction(tally.buildings),
        "irregular_buildings": Fraction(tally.irregular_buildings),
        "substandard_buildings": Fraction(substandard),
        "unsafe_water_kk": Fraction(tally.unsafe_water_kk),
        "short_water_kk": Fraction(tally.short_water_kk),
        "no_latrine_kk": Fraction(tally.no_latrine_kk),
        "unfit_latrine_kk": Fraction(tally.unfit_latrine_kk),
        "uncollected_kk": Fraction(tally.uncollected_kk),
    }


METHODS: Mapping[str, Callable[[Tally, bool], dict[str, Fraction | None]]] = {
    "workbook": _by_workbook,
    "units": _by_units,
}


def _land(asked: Answers, density_limit: Fraction) -> dict[str, Fraction | None]:
    """Return the verified area, all of it as dense or none (1b), and the flooded part (4a), in ha."""
    settlement, buildings = RtSurvey.settlement_ha.value(asked), RtSurvey.buildings.value(asked)
    verified = RtSurvey.verified_area_ha.value(asked)
    area = settlement if verified is None else verified
    dense = None
    if area is not None and settlement is not None and buildings is not None:
        dense = area if buildings > density_limit * settlement else Fraction()
    event = all(condition.holds(asked) for condition in FLOOD_EVENT)
    flooded = _length(asked, RtSurvey.flood_ha) if event else Fraction()
    return {"luas_ha": area, "dense_ha": dense, "flooded_ha": flooded}


def _lengths(asked: Answers) -> dict[str, Fraction | None]:
    """Return roads and drains in m; an empty length counts 0, as in the workbook."""
    road, drain = _length(asked, RtSurvey.road_m), _length(asked, RtSurvey.drain_m)
    new_road, new_drain = _length(asked, RtSurvey.new_road_m), _length(asked, RtSurvey.new_drain_m)
    connection = _length(asked, RtSurvey.connection_m)
    good_road = sum(
        _length(asked, part)
        for part in (
            RtSurvey.wide_paved_good_m,
            RtSurvey.wide_earth_good_m,
            RtSurvey.narrow_paved_good_m,
            RtSurvey.narrow_earth_good_m,
        )
    )
    return {
        "jalan_ideal_m": road + new_road,
        "missing_road_m": new_road,
        "damaged_road_m": max(Fraction(), road - good_road),
        "drainase_ideal_m": drain + new_drain + connection,
        "missing_drain_m": new_drain,
        "damaged_drain_m": max(Fraction(), drain - _length(asked, RtSurvey.sound_drain_m)),
        "unconnected_drain_m": connection,
        "dirty_drain_m": max(Fraction(), drain - _length(asked, RtSurvey.clean_drain_m)),
    }


def _length(asked: Answers, question: Expression) -> Fraction:
    return question.value(asked) or Fraction()


def _all_or_nothing(asked: Answers, buildings: Fraction | None, kk: Fraction | None) -> dict[str, Fraction | None]:
    """Return how many KK lack waste facilities or sound ones, and buildings fire protection: all of the RT or none."""
    waste = all(condition.holds(asked) for condition in WASTE_FACILITY)
    works = any(condition.holds(asked) for condition in FIRE_WORKS)
    return {
        "waste_facility_kk": Fraction() if waste else kk,
        "worn_waste_facility_kk": Fraction() if WASTE_SOUND.holds(asked) else kk,
        "fire_works_buildings": Fraction() if works else buildings,
        "fire_equipment_buildings": Fraction() if FIRE_EQUIPMENT.holds(asked) else buildings,
    }


# What a census knows of a whole RT alone: all of it, or nothing.
ALL_OR_NOTHING = frozenset({"dense_ha", *_all_or_nothing({}, None, None)})
