"""The breadcrumb as values: its parts for a scope, and what may be chosen at each."""

from dataclasses import dataclass, replace

from p2kp_desktop.actions.home import window_edge
from p2kp_desktop.actions.scores import area_periods
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import lies_in, parents, region, region_name, rt_words
from p2kp_desktop.ui.kit.found_list import Entry
from p2kp_desktop.ui.place import Scope

RT, PERIOD = "rt", "period"

# What is asked for below a region: inside the province kabupaten/kota, and so on; by the dots in its code.
_BELOW = {0: "kabupaten/kota", 1: "kecamatan", 2: "kelurahan"}


@dataclass(frozen=True)
class Crumb:
    """One part: its words, and what it chooses: a region inside `inside`, an RT, or a period."""

    text: str
    chooses: str
    inside: str = ""


def crumbs(scope: Scope, codes: tuple[str, ...]) -> tuple[Crumb, ...]:
    """Return the parts for a scope in a workspace of these regions, from the widest."""
    highest = min(*(code.count(".") for code in codes), 1, scope.area.count("."))
    shown = [place for place in parents(scope.area) if place.code.count(".") >= highest]
    parts = [Crumb(place.name, "region", _above(place.code)) for place in shown]
    if region(scope.area).is_village:
        parts.append(Crumb(rt_words(scope.rt) if scope.rt else say("Semua RT"), RT))
    else:
        parts.append(Crumb(_all_below(scope.area), "region", scope.area))
    return (*parts, Crumb(scope.period, PERIOD))


def _above(code: str) -> str:
    return code.rpartition(".")[0]


def _all_below(code: str) -> str:
    levels = {0: say("Semua kabupaten/kota"), 1: say("Semua kecamatan"), 2: say("Semua kelurahan")}
    return levels[code.count(".")]


def region_entries(inside: str, scope: Scope, codes: tuple[str, ...]) -> tuple[Entry, ...]:
    """Return the regions to choose from inside one, first the whole of it where the workspace reaches that far."""
    if not inside:
        return (Entry(region_name(scope.area), value=replace(scope, area=scope.area, rt=None)),)
    widest = window_edge.first_area(codes)
    whole = [Entry(_all_below(inside), region_name(inside), _at(scope, inside))] if lies_in(inside, widest) else []
    below = area_periods.inside(inside, codes)
    return (*whole, *(Entry(place.name, region_name(inside), _at(scope, place.code)) for place in below))


def _at(scope: Scope, area: str) -> Scope:
    return Scope(area, None, scope.period)


def rt_entries(found: list[str], scope: Scope) -> tuple[Entry, ...]:
    """Return the RTs to choose from, first all of them."""
    every = Entry(say("Semua RT"), region_name(scope.area), scope.at(None))
    return (every, *(Entry(rt_words(label), region_name(scope.area), scope.at(label)) for label in found))


def period_entries(found: list[str], scope: Scope) -> tuple[Entry, ...]:
    """Return the periods to choose from."""
    return tuple(Entry(period, value=replace(scope, period=period)) for period in found)


def place_of(code: str) -> str:
    """Return the regions a region lies in, from the nearest: Seberang Ulu Satu, Kota Palembang."""
    above = [place.name for place in parents(code)][1:-1]
    return ", ".join(reversed(above))
