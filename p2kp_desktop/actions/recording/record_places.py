"""In which places a record of a form may stand, in which it stands when nobody says so, and its address as it is read.

The parts of an address are read as people and scripts give them: where, in which RT and period, beside what.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from p2kp_desktop.language import say
from p2kp_desktop.schema import Form, Unreadable
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
    normal_rt,
    region,
    regions,
)
from p2kp_desktop.schema.values import tidy


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
    """Return the label for the place of a form."""
    return say("Kabupaten/kota") if form.place == "city" else say("Kelurahan/desa")


LONGEST_ID = 200


def read_part(form: type[Form], key: str, text: str) -> str:
    """Return one part of the address of a record of a form as it is kept; raise Unreadable."""
    return (_of_place(form) if key == "region" else _READERS[key])(text)


def _of_place(form: type[Form]) -> Callable[[str], str]:
    """Return the function that reads where a record stands: what hangs on any record stands wherever that one does."""
    if form.place == "city":
        return _city
    return _anywhere if form.parent is not None and not form.parent.to else _village


def _city(code: str) -> str:
    """Return the kabupaten/kota that was named, or in which the region that was named lies; the province for itself."""
    return city_of(region(code).code)


def _anywhere(code: str) -> str:
    return region(code).code


def _village(code: str) -> str:
    found = region(code)
    if not found.is_village:
        raise Unreadable(say("{name} ({code}) bukan kelurahan atau desa.", name=found.name, code=code))
    return found.code


def _period(text: str) -> str:
    if not re.fullmatch(r"\d{4}(-\w+)?", text):
        raise Unreadable(say("«{value}» bukan periode. Tulis tahunnya, misalnya 2026.", value=text))
    return text


def read_id(text: str) -> str:
    """Return the id of a record; raise Unreadable for what cannot be one."""
    if text != tidy(text) or "\n" in text or not 0 < len(text) <= LONGEST_ID:
        raise Unreadable(say("«{value}» bukan nomor catatan.", value=text[:LONGEST_ID]))
    return text


_READERS: dict[str, Callable[[str], str]] = {
    "rt": normal_rt, "period": _period, "parent": read_id, "identity": read_id,
}
