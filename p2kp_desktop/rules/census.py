"""Counting the household questionnaires of one RT: what is good in each, and sums that add up over RTs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache
from operator import attrgetter

from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.conditions import DEFAULT_RULES, Answers, Condition

from .deciding import Standing, any_of, every, standing
from .regulation import available, regulation

REGULAR = (
    Household.road_access.is_("a"),
    Household.faces_road.is_("a"),
    Household.faces_water.is_("a", "b"),
    Household.on_setback.is_("a", "b"),
    Household.in_hazard_zone.is_("a"),
)
SOUND = (Household.roof.is_("a"), Household.wall.is_("a"), Household.floor.is_("a"))
IMPROVED_WATER, REFILL = Household.water_source.is_("a", "b", "c", "d", "e", "f"), Household.water_source.is_("g")
SAFE_BY_ITSELF = Household.water_source.is_("a", "b", "f")
SAFE_FROM_PITS = (Household.water_source.is_("c", "d", "e"), Household.pit_distance.is_("a"))
ENOUGH_WATER = Household.water_sufficiency.is_("a")
LATRINE, NO_LATRINE = Household.defecation.is_("a"), Household.defecation.is_("c")
FIT_LATRINE = (Household.closet.is_("a"), Household.faeces.is_("a"))  # both are asked unless 15 = c
COLLECTED = Household.waste_collection.is_("a")
IS_MBR, IS_NOT_MBR = Household.mbr.is_("a"), Household.mbr.is_("b")
HAS_PERMIT, HAS_LAND_LETTER = Household.building_permit.is_("a"), Household.land_letter.is_("a")

SCORED = (
    *(
        Household.road_access,
        Household.faces_road,
        Household.faces_water,
        Household.on_setback,
        Household.in_hazard_zone,
        Household.roof,
        Household.wall,
        Household.floor,
    ),
    *(
        Household.water_source,
        Household.pit_distance,
        Household.water_sufficiency,
        Household.defecation,
        Household.closet,
        Household.faeces,
    ),
    *(Household.waste_disposal, Household.waste_collection),
)
OF_THE_BUILDING = (
    *(
        Household.road_access,
        Household.faces_road,
        Household.faces_water,
        Household.on_setback,
        Household.in_hazard_zone,
    ),
    *(
        Household.floor_length,
        Household.floor_width,
        Household.floors,
        Household.occupants,
        Household.roof,
        Household.wall,
        Household.floor,
    ),
)

_FIGURES = frozenset(each.key for each in (
    *SCORED, *OF_THE_BUILDING, Household.kk_count, Household.mbr, Household.members_male, Household.members_female,
    Household.members_disabled, Household.building_permit, Household.land_letter,
)) - {Household.occupants.key}  # the answers that enter a figure


@dataclass(frozen=True)
class Verdict:
    """What is good in one questionnaire (SKOR A.1–A.5); an unanswered question counts as not good."""

    regular: bool  # A.1 keteraturan bangunan
    sound: bool  # A.2 atap, dinding, lantai
    roomy: bool  # A.2 luas lantai per jiwa
    safe_water: bool  # A.3 akses
    enough_water: bool  # A.3 kecukupan
    latrine: bool  # A.4 akses
    fit_latrine: bool  # A.4 teknis
    collected: bool  # A.5 pengangkutan sampah


def verdict(record: Record) -> Verdict:
    """Judge one household by the rules of its period; answers not asked for or that cannot be do not count."""
    return _verdict(record.counted_answers(), record.rules)


def _verdict(asked: Answers, rules: str) -> Verdict:
    area = Household.area_per_person.value(asked)
    return Verdict(
        regular=_hold(REGULAR, asked),
        sound=_hold(SOUND, asked),
        roomy=area is not None and area >= floor_area_per_person(rules),
        safe_water=SAFE_BY_ITSELF.holds(asked) or _hold(SAFE_FROM_PITS, asked),
        enough_water=ENOUGH_WATER.holds(asked),
        latrine=LATRINE.holds(asked),
        fit_latrine=_hold(FIT_LATRINE, asked),
        collected=COLLECTED.holds(asked),
    )


@cache
def floor_area_per_person(rules: str) -> Fraction:
    """Return m² per person; a rule set of a newer release is counted like the present one."""
    known = rules if rules in available() else DEFAULT_RULES
    return Fraction(regulation(known).census.floor_area_per_person)


def _hold(conditions: Iterable[Condition], answers: Answers) -> bool:
    return all(condition.holds(answers) for condition in conditions)


@dataclass(frozen=True)
class Tally:
    """Sums over questionnaires. Plain names count questionnaires, _kk their KK, _buildings buildings.

    A building fails if any of its questionnaires fails; without a number it is a building of its own. Those _open fail
    only because an answer is missing; `impossible` counts the answers that cannot be and therefore count as missing.
    `unimproved` is not layak on the ladder of BPS: of water, the households with refill water are open there.
    """

    households: int = 0
    buildings: int = 0
    kk: int = 0
    male: int = 0
    female: int = 0
    disabled: int = 0
    mbr: int = 0
    non_mbr: int = 0
    irregular: int = 0
    irregular_buildings: int = 0
    substandard: int = 0
    substandard_buildings: int = 0
    small: int = 0
    substandard_or_small: int = 0
    substandard_or_small_buildings: int = 0
    unsafe_water: int = 0
    unsafe_water_kk: int = 0
    short_water: int = 0
    short_water_kk: int = 0
    no_latrine: int = 0
    no_latrine_kk: int = 0
    unfit_latrine: int = 0
    unfit_latrine_kk: int = 0
    uncollected: int = 0
    uncollected_kk: int = 0
    unsafe_water_open: int = 0
    short_water_open: int = 0
    no_latrine_open: int = 0
    unfit_latrine_open: int = 0
    unimproved_water: int = 0
    unimproved_water_open: int = 0
    refill_water: int = 0
    unimproved_sanitation: int = 0
    unimproved_sanitation_open: int = 0
    with_permit: int = 0
    with_land_letter: int = 0
    without_kk_count: int = 0
    incomplete: int = 0
    differing_buildings: int = 0
    impossible: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return the sums over both."""
        return Tally(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in FIELDS})


FIELDS = fields(Tally)


def add_up(tallies: Iterable[Tally]) -> Tally:
    """Return the sums over several RTs: 20,000 of a province too."""
    every = tuple(tallies)
    return Tally(**{each.name: sum(map(attrgetter(each.name), every)) for each in FIELDS})


def tally(records: Iterable[Record]) -> Tally:
    """Count household records; buildings are told apart by RT and building number."""
    counts: dict[str, int] = defaultdict(int)
    buildings: dict[tuple[object, ...], list[tuple[Answers, Verdict]]] = defaultdict(list)
    for record in records:
        asked = record.counted_answers()
        judged = _verdict(asked, record.rules)
        _count_household(counts, asked, judged)
        counts["impossible"] += sum(
            asked[key] is None and record.answers.get(key) is not None for key in _FIGURES & asked.keys()
        )
        buildings[_building(record)].append((asked, judged))
    for questionnaires in buildings.values():
        _count_building(counts, questionnaires)
    return Tally(**counts)


def _building(record: Record) -> tuple[object, ...]:
    number = record.answers.get(Household.building.key)
    if number is None:
        return ("alone", record.id)
    return ("numbered", *(record.answers.get(key) for key in ("region", "rt", "period")), str(number).casefold())


def _count_household(counts: dict[str, int], asked: Answers, judged: Verdict) -> None:
    kk = _number(asked, Household.kk_count.key)
    counts["households"] += 1
    counts["kk"] += kk
    counts["without_kk_count"] += asked.get(Household.kk_count.key) is None
    counts["incomplete"] += any(asked[each.key] is None for each in SCORED if each.key in asked)
    counts["male"] += _number(asked, Household.members_male.key)
    counts["female"] += _number(asked, Household.members_female.key)
    counts["disabled"] += _number(asked, Household.members_disabled.key)
    counts["mbr"] += IS_MBR.holds(asked)
    counts["non_mbr"] += IS_NOT_MBR.holds(asked)
    counts["with_permit"] += HAS_PERMIT.holds(asked)
    counts["with_land_letter"] += HAS_LAND_LETTER.holds(asked)
    for name, fails in _failures_of_buildings(judged).items():
        counts[name] += fails
    counts["small"] += not judged.roomy
    for name, fails in _failures_of_households(judged).items():
        counts[name] += fails
        counts[f"{name}_kk"] += kk * fails
        if name in _DECIDED:
            counts[f"{name}_open"] += fails and _DECIDED[name](asked) is None
    counts["refill_water"] += REFILL.holds(asked)
    for name, decide in _LADDERS.items():
        layak = decide(asked)
        counts[name] += layak is not True
        counts[f"{name}_open"] += layak is None


def safe_water(asked: Answers) -> Standing:
    """Say whether the water is safe, or may still turn out either way."""
    return any_of((standing(SAFE_BY_ITSELF, asked), every(SAFE_FROM_PITS, asked)))


def improved_water(asked: Answers) -> Standing:
    """Say whether the water is layak to BPS; refill and bottled water is open: the bathing source decides."""
    return None if REFILL.holds(asked) else standing(IMPROVED_WATER, asked)


def improved_sanitation(asked: Answers) -> Standing:
    """Say whether the sanitation is layak to BPS: an own or shared latrine, swan-neck, septic tank or sewer."""
    return every((LATRINE, *FIT_LATRINE), asked)


_LADDERS: Mapping[str, Callable[[Answers], Standing]] = {
    "unimproved_water": improved_water, "unimproved_sanitation": improved_sanitation,
}
# By what each share of households is decided: to tell those who are not served from those who have not said
_DECIDED: Mapping[str, Callable[[Answers], Standing]] = {
    "unsafe_water": safe_water,
    "short_water": lambda asked: every((ENOUGH_WATER,), asked),
    "no_latrine": lambda asked: every((LATRINE,), asked),
    "unfit_latrine": lambda asked: every(FIT_LATRINE, asked),
}


def _number(answers: Answers, key: str) -> int:
    value = answers.get(key)
    return value if isinstance(value, int) else 0


def _failures_of_buildings(judged: Verdict) -> Mapping[str, bool]:
    return {
        "irregular": not judged.regular,
        "substandard": not judged.sound,
        "substandard_or_small": not (judged.sound and judged.roomy),
    }


def _failures_of_households(judged: Verdict) -> Mapping[str, bool]:
    return {
        "unsafe_water": not judged.safe_water,
        "short_water": not judged.enough_water,
        "no_latrine": not judged.latrine,
        "unfit_latrine": not judged.fit_latrine,
        "uncollected": not judged.collected,
    }


def _count_building(counts: dict[str, int], questionnaires: list[tuple[Answers, Verdict]]) -> None:
    counts["buildings"] += 1
    for name in ("irregular", "substandard", "substandard_or_small"):
        counts[f"{name}_buildings"] += any(_failures_of_buildings(judged)[name] for _, judged in questionnaires)
    if len(questionnaires) > 1:
        counts["differing_buildings"] += any(
            len({asked.get(each.key) for asked, _ in questionnaires} - {None}) > 1 for each in OF_THE_BUILDING
        )
