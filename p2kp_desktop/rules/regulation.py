"""A regulation as data: criteria, bands, levels, limits, classes, each with its source."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from p2kp_desktop import environment
from p2kp_desktop.forms import criteria as criteria_stated
from p2kp_desktop.forms.criteria import criteria
from p2kp_desktop.language import say
from p2kp_desktop.schema import Unreadable


@dataclass(frozen=True)
class Criterion:
    """One criterion (kriteria) as an edition numbers it: a volume in a unit over a denominator.

    Both are named as in the form rt_recap; `option` is its code in the lists of the forms.
    """

    code: str
    option: str
    name: str
    unit: str
    volume: str
    denominator: str


@dataclass(frozen=True)
class Aspect:
    """One of the seven aspects (aspek) that group the criteria."""

    code: str
    name: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Band:
    """From this percent on a criterion has this score (nilai)."""

    at_least: Decimal
    score: int


@dataclass(frozen=True)
class Level:
    """From this total on a settlement has this level (tingkat kekumuhan)."""

    at_least: int
    code: str
    name: str


@dataclass(frozen=True)
class Census:
    """What the counting of questionnaires needs: m² per person, and whether criterion 1c counts it."""

    floor_area_per_person: Decimal
    floor_area_counts_in_1c: bool


@dataclass(frozen=True)
class Consideration:
    """One item of the other considerations (pertimbangan lain) with the value of each answer."""

    code: str
    name: str
    values: Mapping[str, int] = field(hash=False)


@dataclass(frozen=True)
class Threshold:
    """A class that starts at a number, or above it."""

    number: int
    code: str


@dataclass(frozen=True)
class LegalItem:
    """One item of land legality (legalitas lahan), answered + or −."""

    code: str
    name: str


@dataclass(frozen=True)
class SlumClass:
    """One of the 18 classes A1…C6 with its priority of handling (prioritas penanganan)."""

    code: str
    level: str
    consideration: str
    legal: bool
    priority: int


@dataclass(frozen=True)
class Handling:
    """The way a settlement is handled (pola penanganan) by level and legality."""

    level: str
    legal: bool
    code: str
    name: str


@dataclass(frozen=True)
class Regulation:
    """One edition of the rules by which slum settlements are scored."""

    code: str
    title: str
    sources: Mapping[str, str] = field(hash=False)
    aspects: tuple[Aspect, ...]
    bands: tuple[Band, ...]
    levels: tuple[Level, ...]
    census: Census
    density: Mapping[str, Decimal] = field(hash=False)
    cities: Mapping[str, str] = field(hash=False)
    considerations: tuple[Consideration, ...]
    population_density: tuple[Threshold, ...]
    consideration_bands: tuple[Threshold, ...]
    legality: tuple[LegalItem, ...]
    classes: tuple[SlumClass, ...]
    handling: tuple[Handling, ...]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Return the criteria of all aspects in printed order."""
        return tuple(criterion for aspect in self.aspects for criterion in aspect.criteria)

    @property
    def denominators(self) -> tuple[str, ...]:
        """Return the names of the denominators, each once."""
        return tuple(dict.fromkeys(criterion.denominator for criterion in self.criteria))

    @property
    def highest_total(self) -> int:
        """Return the total where every criterion has the highest score."""
        return self.bands[0].score * len(self.criteria)

    @cached_property
    def doubled_bounds(self) -> tuple[tuple[int, int], ...]:
        """Return the bands in two hundredths of a per cent, each with its score, the highest first."""
        return tuple((int(200 * band.at_least), band.score) for band in self.bands)

    def score(self, percent: Decimal) -> int:
        """Return the score of a percent that is rounded to two decimals."""
        return next((band.score for band in self.bands if percent >= band.at_least), 0)

    def level(self, total: int) -> Level:
        """Return the level of a total."""
        return next((level for level in self.levels if total >= level.at_least), self.levels[-1])

    def is_slum(self, total: int) -> bool:
        """Say whether a total reaches the lowest slum level."""
        return total >= self.levels[-2].at_least

    def density_limit(self, region: str) -> Decimal:
        """Return the buildings per hectare above which a settlement in this region is dense.

        A kabupaten/kota that the regulation does not class has the lowest limit.
        """
        city = self.cities.get(".".join(region.split(".")[:2]))
        return self.density[city] if city else min(self.density.values())


def parse(text: str) -> Regulation:
    """Read a regulation from TOML; raise ValueError or KeyError where it is not one."""
    content = tomllib.loads(text, parse_float=Decimal)
    census = content["census"]
    return Regulation(
        code=content["code"],
        title=content["title"],
        sources=content["sources"],
        aspects=_aspects(content["code"], content["aspects"]),
        bands=tuple(Band(Decimal(entry["from"]), entry["score"]) for entry in _falling(content["bands"])),
        levels=tuple(Level(entry["from"], entry["code"], entry["name"]) for entry in _falling(content["levels"])),
        census=Census(Decimal(census["floor_area_per_person"]), census["floor_area_counts_in_1c"]),
        density={city: Decimal(limit) for city, limit in content["density"].items()},
        cities=content["cities"],
        considerations=tuple(Consideration(**entry) for entry in content["considerations"]),
        population_density=tuple(Threshold(e["over"], e["code"]) for e in _falling(content["population_density"])),
        consideration_bands=tuple(Threshold(e["from"], e["code"]) for e in _falling(content["consideration_bands"])),
        legality=tuple(LegalItem(**entry) for entry in content["legality"]),
        classes=tuple(SlumClass(**entry) for entry in content["classes"]),
        handling=tuple(Handling(**entry) for entry in content["handling"]),
    )


def _falling(entries: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return entries from the highest limit down, wherever each stands in the file: the first that is met counts."""
    return sorted(entries, key=lambda entry: Decimal(entry["from"] if "from" in entry else entry["over"]), reverse=True)


def _aspects(edition: str, entries: Sequence[Mapping[str, str]]) -> tuple[Aspect, ...]:
    """Return the aspects of an edition, each with the criteria whose number begins with its own, in order."""
    scored = sorted((each.numbers[edition], each) for each in criteria() if edition in each.numbers)
    aspects = {entry["code"]: entry["name"] for entry in entries}
    if strange := [number for number, _ in scored if number[:-1] not in aspects]:
        raise ValueError(f"Edition {edition} has no aspect for {', '.join(strange)}")
    return tuple(
        Aspect(code, name, tuple(_criterion(*each) for each in scored if each[0][:-1] == code))
        for code, name in aspects.items()
    )


def _criterion(number: str, stated: criteria_stated.Criterion) -> Criterion:
    return Criterion(number, stated.option, stated.name, stated.unit, stated.volume, stated.denominator)


@cache
def regulation(code: str) -> Regulation:
    """Return the regulation with this code, 2018 or 2016; raise Unreadable."""
    path = environment.resources() / "regulations" / f"{code}.toml"
    if code not in available():
        raise Unreadable(
            say("Aturan «{code}» tidak dikenal. Yang ada: {names}.", code=code, names=", ".join(available()))
        )
    return parse(path.read_text(encoding="utf-8"))


@cache
def available() -> tuple[str, ...]:
    """Return the codes of the regulations that are shipped, the newest first."""
    folder = environment.resources() / "regulations"
    return tuple(sorted((path.stem for path in folder.glob("*.toml")), reverse=True))
