"""What slum settlements are scored by: each criterion as resources/criteria.toml states it, for forms and rules."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from p2kp_desktop import environment
from p2kp_desktop.schema import ALWAYS, AtMost, Check, Condition, Either, Measure, Options, Question, UnderRules
from p2kp_desktop.schema.conditions import DEFAULT_RULES
from p2kp_desktop.schema.quantities import Number

FILE = "criteria.toml"
UNITS: Mapping[str, str] = {"unit": "unit", "m": "meter", "Ha": "ha", "KK": "kk"}  # of a criterion → elements.UNITS


@dataclass(frozen=True)
class Criterion:
    """One criterion (kriteria), under whatever number an edition scores it; the fields are explained in the file."""

    option: str
    numbers: Mapping[str, str]
    name: str
    short: str
    unit: str
    volume: str
    denominator: str
    work: str
    kinds: tuple[str, ...]

    @property
    def number(self) -> str:
        """Return its number in the forms: 2b, or 2016-4c for what the usual edition does not score."""
        usual = self.numbers.get(DEFAULT_RULES)
        return usual or "{}-{}".format(*next(iter(self.numbers.items())))

    @property
    def unit_name(self) -> str:
        """Return its unit as an option of the forms."""
        return UNITS[self.unit]


def read(text: str) -> tuple[Criterion, ...]:
    """Read criteria from TOML; raise ValueError, which names what is wrong with which of them."""
    found = []
    for entry in tomllib.loads(text)["criterion"]:
        try:
            each = Criterion(**{**entry, "kinds": tuple(entry["kinds"])})
        except (TypeError, KeyError) as error:
            raise ValueError(f"{FILE}, {entry.get('option')}: {error}") from error
        if each.unit not in UNITS or not each.numbers:
            raise ValueError(f"{FILE}, {each.option}: unit is one of {', '.join(UNITS)}, and an edition numbers it")
        if {f"c{number[:1]}" for number in each.numbers.values()} != {each.option[:2]}:
            raise ValueError(f"{FILE}, {each.option}: it is of one aspect, whose figure its option has after the c")
        found.append(each)
    for field in ("option", "volume", "number"):
        if len({getattr(each, field) for each in found}) < len(found):
            raise ValueError(f"{FILE}: two criteria have the same {field}")
    return tuple(found)


@cache
def criteria() -> tuple[Criterion, ...]:
    """Return every criterion, in the order of the lists."""
    return read((environment.resources() / FILE).read_text(encoding="utf-8"))


def options() -> Options:
    """Return the criteria as the answers of a list, each with its number before it."""
    return Options(**{each.option: f"{each.number} {each.short}" for each in criteria()})


def by_kind(kinds: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return by kind of work the criteria that it usually answers; kinds that propose none are left out."""
    for each in criteria():
        if strange := set(each.kinds) - set(kinds):
            raise ValueError(f"{FILE}, {each.option}: no work is of the kind {', '.join(sorted(strange))}")
    found = {kind: tuple(each.option for each in criteria() if kind in each.kinds) for kind in kinds}
    return {kind: some for kind, some in found.items() if some}


def asked_of_a_recap(written: Mapping[str, Any]) -> dict[str, Question[Any] | Check]:
    """Return the volumes, each with its limit, that the class of the recap does not write itself, by their names."""
    made: dict[str, Question[Any] | Check] = {}
    for each in criteria():
        of = written.get(each.denominator)
        if not isinstance(of, Number):
            raise TypeError(f"{FILE}, {each.option}: the recap has no denominator «{each.denominator}»")
        if each.volume not in written:
            volume = Measure(each.name, unit=each.unit, number=each.number, when=_where_scored(each))
            made |= {each.volume: volume, f"{each.volume}_limit": AtMost(volume, of)}
    return made


def _where_scored(criterion: Criterion) -> Condition:
    """Return that the edition of the period scores a criterion."""
    if set(criterion.numbers) == {edition for each in criteria() for edition in each.numbers}:
        return ALWAYS
    editions = tuple(UnderRules(edition) for edition in criterion.numbers)
    return editions[0] if len(editions) == 1 else Either(editions)
