"""The ladders of BPS and the SDGs for water, sanitation and housing, as far as the answers of a questionnaire tell.

Sanitation: BABS terbuka is 15 = c. Of a latrine without septic tank (17 = b) nobody asks where it leads to: BABS
tertutup and belum layak are one rung here. Layak is an own or shared latrine with swan-neck and septic tank; 15 = a
says both, so layak sendiri and layak bersama are one. Aman (desludged, treated) is not asked.
Water: surface water is tidak tersedia. Layak terbatas and layak dasar differ by the minutes it takes to fetch it, aman
by place, hours and a test: neither is asked. Refill and bottled water (12 = g) is layak where the water for bathing is;
question 12 takes one source for drinking, bathing and washing, so that this is open.
Sources: the definitions of the SDG indicators 6.1.1 and 6.2.1 of BPS and Bappenas (2019 and later: the distance of a
well to a pit counts no longer); housing: layak water and sanitation, 7.2 m² a person, roof, wall and floor.
"""

from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.conditions import DEFAULT_RULES, Answers

from . import census
from .census import FIT_LATRINE, NO_LATRINE, REFILL, SOUND, improved_sanitation, improved_water
from .deciding import Standing, every, standing

OPEN = "?"  # an answer that is missing decides

LAYAK, UNFIT, NO_TANK, IN_THE_OPEN, UNTOLD = "L", "B", "T", "O", "N"
SURFACE, UNPROTECTED, REFILLED = "J", "H", "G"

_SURFACE = Household.water_source.is_("j")
_TANK = FIT_LATRINE[1]


def sanitation(asked: Answers) -> str:
    """Return the rung of a household; UNTOLD where it is not layak for sure and an answer lacks to say which."""
    layak = improved_sanitation(asked)
    if layak is None:
        return OPEN
    if layak:
        return LAYAK
    if NO_LATRINE.holds(asked):
        return IN_THE_OPEN
    tank = standing(_TANK, asked)
    return UNTOLD if tank is None else UNFIT if tank else NO_TANK


def water(asked: Answers) -> str:
    """Return the rung of a household by its main source."""
    if REFILL.holds(asked):
        return REFILLED
    layak = improved_water(asked)
    if layak is None:
        return OPEN
    return LAYAK if layak else SURFACE if _SURFACE.holds(asked) else UNPROTECTED


def decent(asked: Answers, rules: str = DEFAULT_RULES) -> Standing:
    """Say whether a house is rumah layak huni: sound, 7.2 m² a person, layak water and sanitation."""
    return _both(fit_but_for_room(asked), roomy(asked, rules))


def fit_but_for_room(asked: Answers) -> Standing:
    """Say whether a house is sound, with layak water and sanitation."""
    return _both(_both(every(SOUND, asked), improved_water(asked)), improved_sanitation(asked))


def _both(first: Standing, second: Standing) -> Standing:
    return False if False in (first, second) else None if None in (first, second) else True


def roomy(asked: Answers, rules: str = DEFAULT_RULES) -> Standing:
    """Say whether there is floor enough for each person."""
    area = Household.area_per_person.value(asked)
    return None if area is None else area >= census.floor_area_per_person(rules)
