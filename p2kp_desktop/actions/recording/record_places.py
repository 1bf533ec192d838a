"""In which places a record of a form may stand in a workspace, and in which it stands when nobody says so."""

from collections.abc import Sequence
from functools import lru_cache

from p2kp_desktop.language import say
from p2kp_desktop.schema import Form
from p2kp_desktop.schema.names import named, villages
from p2kp_desktop.schema.places import (
    CITY,
    PROVINCE,
    Region,
    city_of,
    concerns,
    dotted,
    home_of,
    lies_in,
    region,
    regions,
)


def sites(form: type[Form], areas: Sequence[str]) -> tuple[Region, ...]:
    """Return the kelurahan of a workspace of these areas, or its kabupaten/kota; above several the province too."""
    return _sites(form, tuple(areas))  # type: ignore[arg-type]  # a class is hashable


@lru_cache(maxsize=64)
def _sites(form: type[Form], areas: tuple[str, ...]) -> tuple[Region, ...]:
    known = regions().values()
    if form.place != "city":
        return tuple(each for each in known if each.is_village and any(lies_in(each.code, area) for area in areas))
    cities = [each for each in known if each.level == CITY and any(concerns(each.code, area) for area in areas)]
    above = [region(home_of(each.code for each in cities))] if len(cities) > 1 else []
    return (*above, *cities)


def site_of(form: type[Form], code: str) -> str | None:
    """Return where a record of a form stands that is of this region; None where a wider one does not tell."""
    if form.place == "city":
        return city_of(code) if "." in code else None
    found = regions().get(code)
    return (code or None) if found is None or found.is_village else None


def usual_site(form: type[Form], areas: Sequence[str]) -> str:
    """Return where a record of a form stands that names no place: the one city of all areas, the only kelurahan, ""."""
    if form.place == "city":
        return home_of(areas)
    return areas[0] if len(areas) == 1 and region(areas[0]).is_village else ""


def sites_named(form: type[Form], text: str, areas: Sequence[str]) -> list[Region]:
    """Return the places that a text names among those where a record of a form may stand."""
    if form.place == "city":
        return named(text.partition("(")[0], sites(form, areas))
    return villages(text, areas)


@lru_cache(maxsize=4096)  # a table says the same few names in thousands of rows
def sites_meant(form: type[Form], text: str, areas: tuple[str, ...]) -> tuple[Region, ...]:
    """Return the places that a code, with or without its points, or a name means where a record may stand."""
    code = dotted(text)
    meant = site_of(form, code) if code in regions() else None
    if meant:
        return tuple(each for each in sites(form, areas) if each.code == meant)
    return tuple(sites_named(form, text, areas))


def place_elsewhere(form: type[Form], text: str) -> Region | None:
    """Return a place of South Sumatra that a code or a name means, in whatever workspace; None for none."""
    return next(iter(sites_meant(form, text, (PROVINCE,))), None)  # type: ignore[arg-type]


def words_for_site(form: type[Form]) -> str:
    """Return what the place of a form is called."""
    return say("Kabupaten/kota") if form.place == "city" else say("Kelurahan/desa")
