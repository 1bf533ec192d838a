"""Names of regions as people write and say them: «32 ILIR», «Kel. Lima Ilir», «Sebrang Ulu 1», «ILIR TIMUR II»."""

import re
from collections.abc import Iterable
from functools import cache

from .numerals import figures
from .places import Region, lies_in, parents, regions

# What a name may begin with that tells its level, and is not always written.
_LEVELS = frozenset({
    *("kel", "kelurahan", "desa", "ds", "kec", "kecamatan", "kab", "kabupaten", "kota", "prov", "propinsi"),
    "provinsi",
})
_SHORT = {
    "sei": "sungai", "tj": "tanjung", "tg": "tanjung", "tl": "talang", "lb": "lubuk", "ma": "muara", "bt": "batu",
    "pd": "padang", "sp": "simpang", "oku": "ogan komering ulu", "oki": "ogan komering ilir", "muba": "musi banyuasin",
    "mura": "musi rawas", "muratara": "musi rawas utara", "pali": "penukal abab lematang ilir", "plg": "palembang",
}
_SPELT = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("e", ""))  # «seberang» is heard and written «sebrang»


@cache
def in_figures(text: str) -> str:
    """Return a name with its numbers in figures and its short words in full: «3-4 Ulu» and «Tiga Empat Ulu» are one."""
    words = re.findall(r"[^\W\d_]+|\d+", text.casefold())
    return " ".join(figures(" ".join(_SHORT.get(word, word) for word in words).split()))


@cache
def heard(text: str) -> str:
    """Return a name as it sounds, for comparing only: in figures, without the e that is often swallowed."""
    sound = in_figures(text)
    for written, said in _SPELT:
        sound = sound.replace(written, said)
    return re.sub(r"([a-z])\1+", r"\1", sound)


def is_called(place: Region, text: str) -> bool:
    """Say whether a text names this region, in one of the spellings of its name or by its code."""
    return bool(named(text, (place,)))


def named(text: str, among: Iterable[Region]) -> list[Region]:
    """Return the regions that a text names: by code, else as it is written, else as it is heard; none for «»."""
    places = list(among)
    coded = [place for place in places if place.code == text.strip()]
    for spelling in (in_figures, heard):
        typed = {spelling(part) for part in (text, bare(text))} - {""}
        found = [place for place in places if typed & {spelling(place.name), spelling(bare(place.name))}]
        if coded or found:
            return coded or found
    return []


@cache
def bare(text: str) -> str:
    """Return a name without the word for its level: «KELURAHAN 5 ILIR» is 5 ILIR; a name of that word alone stays."""
    words = text.replace(".", " ").split()
    while len(words) > 1 and words[0].casefold() in _LEVELS:
        words = words[1:]
    return " ".join(words)


def villages(text: str, areas: Iterable[str], *, above: str = "") -> list[Region]:
    """Return the kelurahan and desa of these areas that a text names; `above` may name their kecamatan.

    A code in brackets after the name, as workbooks show it, goes before the name; other words there are no part of it.
    """
    inside = list(areas)
    here = [place for place in regions().values() if place.is_village and any(lies_in(place.code, a) for a in inside)]
    name, _, beside = text.partition("(")
    found = named(beside.strip(" )"), here) if beside[:1].isdigit() else named(name, here)
    return [place for place in found if not above.strip() or is_called(list(parents(place.code))[-2], above)]


def fit(typed: str, name: str, beside: str = "") -> int | None:
    """Return how well a part of a name that was typed fits a name, 0 the best; None where it does not.

    Each word typed must stand in the name or in what is shown beside it, as it is written or as it is heard.
    """
    written = _fit(typed.casefold(), name.casefold(), beside.casefold())
    spoken = heard(bare(typed))
    said = _fit(spoken, heard(name), heard(beside)) if spoken else None
    return min((rank for rank in (written, said) if rank is not None), default=None)


def _fit(typed: str, name: str, beside: str) -> int | None:
    words, whole = typed.split(), name.replace("-", " ").split()
    if not all(word in name or word in beside for word in words):
        return None
    ways = (
        name.startswith(" ".join(words)),
        all(word in whole for word in words),
        all(any(each.startswith(word) for each in whole) for word in words),
        all(word in name for word in words),
    )
    return next((rank for rank, holds in enumerate(ways) if holds), len(ways))
