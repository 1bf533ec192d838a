"""What the official sheet «C. Rekap data RT (logbook SIM)» counts of an RT: what is good; a score, what is bad.

Source: the headings of the ministry's baseline workbook for 16 parameters, and its formulas as far as they are known:
households are questionnaires, lengths as typed, shares of the ideal length, nothing rounded. Where an RT has a recap in
place of a census, only what its volumes say is known.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.schema import Choice, Record
from p2kp_desktop.schema.conditions import Answers
from p2kp_desktop.schema.expressions import Expression

from .assessment import RtAssessment
from .census import Tally

Amounts = Mapping[str, Fraction | None]  # of one RT; None = unknown
Place = tuple[str, str]  # region (kelurahan), RT label

STATISTICS = (Household.livelihood, Household.electricity, Household.health_facility, Household.school_place)
_LENGTHS: Mapping[str, Expression] = {
    "road": RtSurvey.road_m, "wide": RtSurvey.wide_m, "wide_paved": RtSurvey.wide_paved_m,
    "wide_paved_good": RtSurvey.wide_paved_good_m, "wide_earth_good": RtSurvey.wide_earth_good_m,
    "narrow_paved_good": RtSurvey.narrow_paved_good_m, "narrow_earth_good": RtSurvey.narrow_earth_good_m,
    "wide_drained": RtSurvey.wide_drained_m, "narrow_drained": RtSurvey.narrow_drained_m, "drain": RtSurvey.drain_m,
    "clean_drain": RtSurvey.clean_drain_m, "sound_drain": RtSurvey.sound_drain_m,
}
_GOOD_ROAD = ("wide_paved_good", "wide_earth_good", "narrow_paved_good", "narrow_earth_good")


@dataclass(frozen=True)
class Figure:
    """What one cell holds: an amount, or a part `of` another amount; a `density` is no share."""

    amount: str
    of: str = ""
    density: bool = False

    @property
    def is_share(self) -> bool:
        """Say whether it is a part of a whole, 0 to 1."""
        return bool(self.of) and not self.density

    def over(self, rts: Sequence[Amounts]) -> Fraction | None:
        """Return it of all these RTs together; None where no RT has it, the share of nothing is 0."""
        parts = [(rt.get(self.amount), rt.get(self.of) if self.of else Fraction(1)) for rt in rts]
        known = [(part, whole) for part, whole in parts if part is not None and whole is not None]
        if not known:
            return None
        amount = sum((part for part, _whole in known), Fraction())
        if not self.of:
            return amount
        whole = sum((whole for _part, whole in known), Fraction())
        return amount / whole if whole else None if self.density else Fraction()


def _both(row: int, amount: str, of: str) -> dict[int, Figure]:
    """Return an amount, and below it its share."""
    return {row: Figure(amount), row + 1: Figure(amount, of)}


def _options(row: int, question: str) -> dict[int, Figure]:
    codes = next(each for each in STATISTICS if each.key == question).options.codes
    return {row + place: Figure(f"{question}.{code}") for place, code in enumerate(codes)}


# By the row of the sheet
FIGURES: Mapping[int, Figure] = {
    **{row: Figure(amount) for row, amount in enumerate(
        ("households", "kk", "mbr", "non_mbr", "male", "female", "people"), start=7)},
    **_both(18, "regular", "units"), 20: Figure("settlement"), 21: Figure("buildings"),
    22: Figure("buildings", "settlement", density=True), 23: Figure("dense"), **_both(24, "roomy", "households"),
    **_both(26, "sound", "units"), 28: Figure("road"), 29: Figure("wide"), 30: Figure("wide_paved"),
    **_both(31, "new_road", "ideal_road"), 33: Figure("ideal_road"), 34: Figure("road", "ideal_road"),
    **{row: Figure(amount) for row, amount in enumerate((*_GOOD_ROAD, "wide_drained", "narrow_drained"), start=35)},
    **_both(41, "good_road", "ideal_road"), **_both(43, "dry", "land"), 45: Figure("drain"),
    **_both(46, "new_drain", "ideal_drain"), **_both(48, "connection", "ideal_drain"), 50: Figure("ideal_drain"),
    **_both(51, "clean_drain", "ideal_drain"), **_both(53, "sound_drain", "ideal_drain"),
    **_both(55, "safe_water", "households"), **_both(57, "enough_water", "households"),
    **_both(59, "latrine", "households"), **_both(61, "fit_latrine", "households"), 63: Figure("separate", "rts"),
    **_both(64, "waste_facility", "kk"), **_both(66, "collected", "households"), **_both(68, "sound_waste", "kk"),
    **_both(70, "fire_works", "units"), **_both(72, "fire_equipment", "units"), **_both(76, "permit", "households"),
    **_both(78, "land_letter", "households"), 80: Figure("people", "area", density=True), 81: Figure("people"),
    82: Figure("area"), **_options(83, "livelihood"), **_options(90, "electricity"),
    **_options(95, "health_facility"), **_options(101, "school_place"), 106: Figure("strategic"),
    107: Figure("not_strategic"), 108: Figure("potential"), 109: Figure("no_potential"),
}


def statistics(households: Iterable[Record]) -> Mapping[Place, Counter[str]]:
    """Return of every RT how many households gave each answer of A.6 that the sheet counts."""
    found: dict[Place, Counter[str]] = defaultdict(Counter)
    for record in households:
        asked = record.counted_answers()
        place = (str(record.answers.get("region")), str(record.answers.get("rt")))
        found[place].update(f"{each.key}.{asked[each.key]}" for each in STATISTICS if asked.get(each.key) is not None)
    return found


def amounts(rt: RtAssessment, survey: Record | None, counted: Mapping[str, int]) -> Amounts:
    """Return the counts of the sheet for an RT, `counted` being its statistics."""
    asked = survey.counted().asked_answers() if survey else None
    found: dict[str, Fraction | None] = {**_by_volumes(rt), **(_land(asked) if asked is not None else {})}
    if rt.source == "census":
        found |= _lengths(asked) if asked is not None else {}
        found |= _of_households(rt.tally, counted) if rt.tally.households else {}
        if asked is not None:  # the sheet measures the flood by the settlement, whatever area is verified
            found |= {"land": found["settlement"], "dry": _less(found["settlement"], rt.figures.get("flooded_ha"))}
    return found


def _less(whole: Fraction | None, part: Fraction | None) -> Fraction | None:
    return None if whole is None or part is None else whole - part


def _by_volumes(rt: RtAssessment) -> Amounts:
    """Return the counts that follow from the volumes of a score: the good part of a whole is the part not bad."""
    have = rt.figures.get

    def rest(whole: str, *bad: str) -> Fraction | None:
        amounts = [have(each) for each in (whole, *bad)]
        known = [each for each in amounts if each is not None]
        return known[0] - sum(known[1:], Fraction()) if len(known) == len(amounts) else None

    connection = have("unconnected_drain_m") or Fraction()
    drains = ("drainase_ideal_m", "missing_drain_m", *(["unconnected_drain_m"] if connection else []))
    return {
        "kk": have("kk"), "people": have("penduduk"), "units": have("bangunan"), "land": have("luas_ha"),
        "regular": rest("bangunan", "irregular_buildings"), "sound": rest("bangunan", "substandard_buildings"),
        "dense": have("dense_ha"), "ideal_road": have("jalan_ideal_m"), "new_road": have("missing_road_m"),
        "road": rest("jalan_ideal_m", "missing_road_m"),
        "good_road": rest("jalan_ideal_m", "missing_road_m", "damaged_road_m"), "dry": rest("luas_ha", "flooded_ha"),
        "ideal_drain": have("drainase_ideal_m"), "new_drain": have("missing_drain_m"), "connection": connection,
        "drain": rest(*drains), "sound_drain": rest(*drains, "damaged_drain_m"),
        "waste_facility": rest("kk", "waste_facility_kk"), "sound_waste": rest("kk", "worn_waste_facility_kk"),
        "fire_works": rest("bangunan", "fire_works_buildings"),
        "fire_equipment": rest("bangunan", "fire_equipment_buildings"),
    }


def _land(asked: Answers) -> Amounts:
    """Return areas and what is of the whole RT: yes is 1, no 0, unanswered unknown."""
    found = {
        "area": RtSurvey.area_ha.value(asked), "settlement": RtSurvey.settlement_ha.value(asked),
        "buildings": RtSurvey.buildings.value(asked), "rts": Fraction(1),
        "separate": _is(asked, RtSurvey.sewage_separate, "a"),
    }
    for name, question in (("strategic", RtSurvey.strategic), ("potential", RtSurvey.potential)):
        found |= {name: _is(asked, question, "a"), _OTHERS[name]: _is(asked, question, "b")}
    return found


_OTHERS = {"strategic": "not_strategic", "potential": "no_potential"}


def _is(asked: Answers, question: Choice, letter: str) -> Fraction | None:
    return None if asked.get(question.key) is None else Fraction(question.is_(letter).holds(asked))


def _lengths(asked: Answers) -> Amounts:
    """Return roads and drains in m as typed, an empty one as 0, and the dry part of the settlement in ha."""
    found = {name: question.value(asked) or Fraction() for name, question in _LENGTHS.items()}
    return {**found, "good_road": sum((found[each] for each in _GOOD_ROAD), Fraction())}


def _of_households(tally: Tally, counted: Mapping[str, int]) -> Amounts:
    whole = tally.households
    found = {
        "households": whole, "mbr": tally.mbr, "non_mbr": tally.non_mbr, "male": tally.male, "female": tally.female,
        "roomy": whole - tally.small, "safe_water": whole - tally.unsafe_water,
        "enough_water": whole - tally.short_water, "latrine": whole - tally.no_latrine,
        "fit_latrine": whole - tally.unfit_latrine, "collected": whole - tally.uncollected,
        "permit": tally.with_permit, "land_letter": tally.with_land_letter,
        **{f"{each.key}.{code}": counted.get(f"{each.key}.{code}", 0)
           for each in STATISTICS for code in each.options.codes},
    }
    return {name: Fraction(number) for name, number in found.items()}
