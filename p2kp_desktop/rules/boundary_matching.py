"""Which place each feature of a file of boundaries is: by the ministry's code, else by its name and those around it.

Field names differ from office to office; what they mean is told by a table here, and a field with codes is believed
only where the names beside it agree: the statistics office numbers kelurahan otherwise, and some of its codes are codes
of other places to the ministry. Nothing is guessed: a name that fits two places, or almost fits one, is left to a
person, with the likely places.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import fuzz, process

from p2kp_desktop.schema.area_map import Spot
from p2kp_desktop.schema.places import dotted, lies_in, parents, region, region_name, regions, rt_with_rw, rt_words
from p2kp_desktop.schema.values import Unreadable

Values = Mapping[str, str]  # of a feature, by the names of its fields

CODE, NAME, HAND = "code", "name", "hand"
CITY, DISTRICT, VILLAGE = DEPTHS = (2, 3, 4)  # parts of a code
_NAMED_IN: Mapping[int, frozenset[str]] = {  # fields with the name of a place of that depth, without signs
    CITY: frozenset({"wadmkk", "kabupaten", "kab", "kota", "kabkota", "kabupatenkota", "nmkab", "namakab", "nmkabkota",
                     "namakabupaten", "namakota", "namakabkota", "name2", "adm2en", "adm2name", "regency", "city"}),
    DISTRICT: frozenset({"wadmkc", "kecamatan", "kec", "nmkec", "namakec", "namakecamatan", "name3", "adm3en",
                         "adm3name", "district", "subdistrict"}),
    VILLAGE: frozenset({"wadmkd", "desa", "kelurahan", "kel", "nmkel", "nmdesa", "namakel", "namadesa", "desakel",
                        "keldesa", "desakelurahan", "kelurahandesa", "namakelurahan", "namadesakelurahan",
                        "namakelurahandesa", "namadesakel", "nmkeldesa", "nmdesakel", "name4", "adm4en", "adm4name",
                        "village"}),
}
_RT = frozenset({"rt", "nort", "namart", "nomorrt", "rtrw", "nmrt"})
_RW = frozenset({"rw", "norw", "nomorrw", "namarw"})
_ANY_NAME = ("namobj", "nama", "name", "namaobjek", "namaobj", "label", "title", "judul")
_CODED = re.compile(r"16(?:\.?\d\d){0,2}(?:\.?[12]\d{3})?")
_PREFIXES = {
    CITY: re.compile(r"^(?:kabupaten|kab|kota(?: administrasi)?)[ .]+"),
    DISTRICT: re.compile(r"^(?:kecamatan|kec)[ .]+"),
    VILLAGE: re.compile(r"^(?:kelurahan|kel|desa|ds|des)[ .]+"),
}
_IS_RT = re.compile(r"\bR\.?\s?T\b", re.IGNORECASE)
_ALIKE = 70  # per cent from which two names may be one, written otherwise
_LIKELY, _CANDIDATES = 60, 3
_FEWEST = 3  # names by which a field of codes is judged
_WORTH = {word: number for number, word in enumerate(
    ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"), 1)}
_ROMAN = {word: number for number, word in enumerate(
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"), 1)}


@dataclass(frozen=True)
class Matched:
    """A feature by its number in the file, what the file calls it, the place it is (None where nobody knows), how.

    `likely` are the places that it may be, the likeliest first.
    """

    number: int
    label: str
    spot: Spot | None = None
    how: str = ""
    likely: tuple[Spot, ...] = ()


def matched(features: Sequence[Values], home: str = "") -> list[Matched]:
    """Return for each feature which place it is; `home` is the kelurahan of RTs of which the file does not say it."""
    untrue = _untrue_codes(features)
    return [_match(number, values, untrue, home) for number, values in enumerate(features)]


def assigned(several: Sequence[Matched], number: int, spot: Spot | None) -> list[Matched]:
    """Return the same where a person said which place a feature is, or that it is none."""
    return [replace(each, spot=spot, how=HAND if spot else "") if each.number == number else each for each in several]


def spot_name(spot: Spot) -> str:
    """Return a place with the kecamatan and kabupaten/kota that tell it from those called alike."""
    names = [place.name for place in parents(spot.region) if place.code.count(".")][::-1]
    return ", ".join(([rt_words(spot.rt)] if spot.rt else []) + (names or [region_name(spot.region)]))


def _match(number: int, values: Values, untrue: frozenset[str], home: str) -> Matched:
    label = _label(values)
    rt = _rt_of(values)
    code = max((_code(value) for name, value in values.items() if name not in untrue), key=len, default="")
    if code and _depth(code) >= (VILLAGE if rt is not None else max(_names(values), default=0)):
        return Matched(number, label, Spot(code, rt or ""), CODE)
    named, likely = _by_name(values, code, of_rt=rt is not None)
    if rt is not None and not named and not _names(values).get(VILLAGE) and home:
        named = home
    if named and (rt is None or _depth(named) == VILLAGE):
        return Matched(number, label, Spot(named, rt or ""), NAME)
    return Matched(number, label, None, "", tuple(Spot(each, rt or "") for each in likely))


def _depth(code: str) -> int:
    return code.count(".") + 1


def _field(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _code(value: str) -> str:
    """Return the code that a value is, with its points; "" for another value."""
    plain = value.strip().removesuffix(".0")
    if not _CODED.fullmatch(plain):
        return ""
    digits = plain.replace(".", "")
    parts = [digits[:2], digits[2:4], digits[4:6], digits[6:]]
    found = dotted(digits) if len(digits) == 10 else ".".join(filter(None, parts))
    return found if found in regions() else ""


def _untrue_codes(features: Sequence[Values]) -> frozenset[str]:
    """Return the fields whose numbers are no codes of the ministry, whatever they look like."""
    names = {name for values in features for name in values}
    return frozenset(name for name in names if "bps" in _field(name) or _contradicted(name, features))


def _contradicted(name: str, features: Sequence[Values]) -> bool:
    agree = disagree = 0
    for values in features:
        code = _code(values.get(name, ""))
        said = _names(values).get(_depth(code)) if code else None
        if said:
            alike = _agree(plain_name(said, _depth(code)), plain_name(region_name(code), _depth(code)))
            agree, disagree = agree + alike, disagree + (not alike)
    return agree + disagree >= _FEWEST and disagree > agree


def _agree(one: str, other: str) -> bool:
    """Say whether two plain names may be one, written otherwise: the numbers in them are the same."""
    return re.findall(r"<\d+>", one) == re.findall(r"<\d+>", other) and fuzz.ratio(one, other) >= _ALIKE


def _names(values: Values) -> dict[int, str]:
    """Return the names of places that a feature says, by depth."""
    found: dict[int, str] = {}
    for name, value in values.items():
        for depth, fields in _NAMED_IN.items():
            if _field(name) in fields and re.search("[A-Za-z]", value):
                found.setdefault(depth, value)
    return found


def _any_name(values: Values) -> str:
    plain = {_field(name): value for name, value in values.items()}
    return next((plain[name] for name in _ANY_NAME if name in plain), "")


def _label(values: Values) -> str:
    """Return the name by which a person knows a feature in its file."""
    names = _names(values)
    rt = next((value for name, value in values.items() if _field(name) in _RT), "")
    said = [f"RT {rt}" if rt and rt[0].isdigit() else rt, *(names[depth] for depth in sorted(names, reverse=True))]
    return ", ".join(filter(None, said)) or _any_name(values) or ", ".join([*values.values()][:3]) or "–"


def _rt_of(values: Values) -> str | None:
    """Return the RT that a feature is, None where it is none."""
    plain = {_field(name): value for name, value in values.items()}
    said = next((plain[name] for name in _RT if name in plain), "")
    if not said and _IS_RT.search(_any_name(values)):
        said = _any_name(values)
    if not said or not re.search(r"\d", said):
        return None
    try:
        return rt_with_rw(said, next((plain[name] for name in _RW if name in plain), ""))
    except Unreadable:
        return None


def plain_name(name: str, depth: int = VILLAGE) -> str:
    """Return a name as names are compared: «Kel. 36 ILIR» and «Tiga-puluh-enam Ilir» are one, «3-4 Ulu» is another."""
    words = re.findall(r"[a-z]+|\d+", _PREFIXES.get(depth, _PREFIXES[VILLAGE]).sub("", name.strip().casefold()))
    parts: list[str] = []
    numbers: list[int] = []
    for word in words:
        if word == "belas" and numbers:
            numbers[-1] += 10
        elif word == "puluh" and numbers:
            numbers[-1] *= 10
        elif (worth := _worth(word)) is not None:
            if numbers and numbers[-1] >= 20 and numbers[-1] % 10 == 0 and worth < 10 and word in _WORTH:
                numbers[-1] += worth
            else:
                numbers.append(worth)
        else:
            parts += [f"<{number}>" for number in numbers] + [word]
            numbers = []
    return "".join(parts + [f"<{number}>" for number in numbers])


def _worth(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return _WORTH.get(word, _ROMAN.get(word))


@cache
def _called(depth: int) -> Mapping[str, tuple[str, ...]]:
    """Return the codes of the places of a depth by their plain names."""
    found: dict[str, list[str]] = {}
    for code, place in regions().items():
        if _depth(code) == depth:
            found.setdefault(plain_name(place.name, depth), []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def _by_name(values: Values, within: str, *, of_rt: bool) -> tuple[str, list[str]]:
    """Return the one place that the names of a feature mean, and else those they may; `within` is known by code."""
    names = _names(values)
    anything = _any_name(values)
    if VILLAGE not in names and anything and not of_rt:
        names = {**names, _free(names, anything): anything}
    above = [within] if within else []
    likely: list[str] = []
    for depth in DEPTHS:
        if depth not in names:
            continue
        exact = [code for code in _called(depth).get(plain_name(names[depth], depth), ()) if _in_any(code, above)]
        likely = exact or _alike(names[depth], depth, above)
        if not exact and depth == max(names):
            return "", likely[:_CANDIDATES]
        above = exact or likely or above
    return (above[0], []) if names and len(above) == 1 else ("", likely[:_CANDIDATES])


def _free(names: Mapping[int, str], name: str) -> int:
    """Return of which depth a name is that no field says it of: as it begins, or just below the names known."""
    told = next((depth for depth, prefix in _PREFIXES.items() if prefix.search(name.strip().casefold())), 0)
    if told and not (told == CITY and CITY in names):
        return told
    if names:
        return min(max(names) + 1, VILLAGE)
    return next((depth for depth in (VILLAGE, DISTRICT, CITY) if plain_name(name, depth) in _called(depth)), VILLAGE)


def _in_any(code: str, above: Iterable[str]) -> bool:
    around = [*above]
    return not around or any(lies_in(code, each) for each in around)


def _alike(name: str, depth: int, above: Sequence[str]) -> list[str]:
    """Return the places that are called almost so, the likeliest first."""
    there = {code: plain for plain, codes in _called(depth).items() for code in codes if _in_any(code, above)}
    found = process.extract(plain_name(name, depth), there, scorer=fuzz.ratio, limit=_CANDIDATES, score_cutoff=_LIKELY)
    return [code for _plain, _score, code in found]


def offered(text: str, home: str = "", most: int = 12) -> list[Spot]:
    """Return the places that a person may mean by a text: a code, a name, the RT of a kelurahan; raise Unreadable."""
    code = _code(text)
    if code:
        return [Spot(region(code).code)]
    if home and _IS_RT.search(text):
        return [Spot(home, rt_with_rw(text, ""))]
    sought = text.strip().casefold()
    begins = [code for code, place in regions().items() if place.name.casefold().startswith(sought)]
    holds = [code for code, place in regions().items() if sought in place.name.casefold() and code not in begins]
    return [Spot(each) for each in [*begins, *holds][:most]]
