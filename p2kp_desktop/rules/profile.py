"""The households of an RT counted by everything that is told of each: sums that add up over RTs, and can be crossed.

A trait is what a rule makes of a household, written as one character (yes, no, open, a letter of the answer). The
traits of a household in a row are its text, for example «ab1011…»: households with the same text are counted
together, and those with safe water among those headed by women are found by looking at two places of it. Questions
that nobody crosses are counted one by one, outside the text.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import Answer, Choice, Record
from p2kp_desktop.schema.conditions import Answers, Asked, Condition

from . import census, ladders
from .deciding import Standing, every

YES, NO, OPEN, APART = "1", "0", ladders.OPEN, "-"  # APART: the question was not asked

Weight = tuple[int, int]  # households, and their KK
Marks = Mapping[str, Weight]  # by mark
Trait = Callable[[Answers, str], str]  # the mark of a household under a rule set

NOTHING: Weight = (0, 0)


def _by(questions: Iterable[Asked], judge: Callable[[Answers], str]) -> Trait:
    """Mark what a few answers decide; each set of them is judged once, for a million households have few."""
    keys = tuple(each.key for each in questions)

    @cache
    def judged(said: tuple[Answer, ...]) -> str:
        return judge({key: answer for key, answer in zip(keys, said, strict=True) if answer != APART})

    return lambda asked, _rules: judged(tuple([asked.get(key, APART) for key in keys]))


def _all_of(conditions: tuple[Condition, ...]) -> Trait:
    """Mark whether all conditions hold now; where not, whether an answer that is missing could still make them."""

    def judge(asked: Answers) -> str:
        good = all(condition.holds(asked) for condition in conditions)
        return YES if good else _mark(every(conditions, asked))

    return _by(_leant_on(conditions), judge)


def _leant_on(conditions: Iterable[Condition]) -> list[Asked]:
    """Return the questions that decide conditions, and those that decide whether these are asked."""
    direct = [question for condition in conditions for question in condition.leans_on()]
    return list(dict.fromkeys([*direct, *(each for question in direct for each in question.when.leans_on())]))


def _mark(standing: Standing) -> str:
    return OPEN if standing is None else YES if standing else NO


def _letter(question: Choice) -> Trait:
    letters: dict[Answer, str] = {code: question.options.letter(code) for code in question.options.codes}
    key = question.key
    return lambda asked, _rules: letters.get(asked[key], OPEN) if key in asked else APART


def _disabled(asked: Answers, _rules: str) -> str:
    number = asked.get(Household.members_disabled.key)
    return _mark(number > 0 if isinstance(number, int) else None)


def _roomy(asked: Answers, rules: str) -> str:
    return _mark(ladders.roomy(asked, rules))


_WATER = _leant_on((census.SAFE_BY_ITSELF, *census.SAFE_FROM_PITS))
_SANITATION = _leant_on((census.LATRINE, *census.FIT_LATRINE))
_water_rung, _sanitation_rung = _by(_WATER, ladders.water), _by(_SANITATION, ladders.sanitation)
_fit = _by(_leant_on((*census.SOUND, *census.SAFE_FROM_PITS, census.LATRINE, *census.FIT_LATRINE)),
           lambda asked: _mark(ladders.fit_but_for_room(asked)))


def _decent(asked: Answers, rules: str) -> str:
    both = {_fit(asked, rules), _roomy(asked, rules)}
    return NO if NO in both else OPEN if OPEN in both else YES


CROSSED: Mapping[str, Trait] = {
    "sex": _letter(Household.head_sex),
    "mbr": _letter(Household.mbr),
    "disabled": _disabled,
    "regular": _all_of(census.REGULAR),
    "sound": _all_of(census.SOUND),
    "roomy": _roomy,
    "water": _by(_WATER, lambda asked: _mark(census.safe_water(asked))),
    "enough": _all_of((census.ENOUGH_WATER,)),
    "toilet": _all_of((census.LATRINE,)),
    "technical": _all_of(census.FIT_LATRINE),
    "collected": _all_of((census.COLLECTED,)),
    "water_rung": _water_rung,
    "sanitation_rung": _sanitation_rung,
    "decent": _decent,
}
# The questions whose answers are only counted: topic, question, and the letters that take a household out of it.
ASKED: tuple[tuple[str, Choice, str], ...] = (
    ("Sumber air", Household.water_source, ""),
    ("Tempat buang air besar", Household.defecation, ""),
    ("Kloset", Household.closet, ""),
    ("Pembuangan tinja", Household.faeces, ""),
    ("Pembuangan sampah", Household.waste_disposal, ""),
    ("Mata pencaharian", Household.livelihood, ""),
    ("Daya listrik", Household.electricity, ""),
    ("Fasilitas kesehatan yang dipakai", Household.health_facility, ""),
    ("Lokasi fasilitas kesehatan", Household.health_place, ""),
    ("Sekolah anggota usia wajib belajar", Household.school_place, "e"),  # of those who have such members
    ("Penguasaan bangunan", Household.building_tenure, ""),
    ("Legalitas bangunan", Household.building_permit, ""),
    ("Penguasaan lahan", Household.land_tenure, ""),
    ("Legalitas lahan", Household.land_letter, ""),
)
ALONE: Mapping[str, Trait] = {question.key: _letter(question) for _topic, question, _apart in ASKED}
_PLACES = {key: place for place, key in enumerate(CROSSED)}

_MEANING = "1"  # to be counted up when a trait comes to mean something else
VERSION = hashlib.sha256(";".join((_MEANING, *CROSSED, *ALONE)).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Group:
    """Some of the households, by the marks that their traits must have; none of them for all."""

    key: str
    name: str
    needs: Mapping[str, str] = field(default_factory=dict)

    def holds(self, pattern: str) -> bool:
        """Say whether a household with this text of marks belongs to it."""
        return all(pattern[_PLACES[trait]] in marks for trait, marks in self.needs.items())


_MEN, _WOMEN, _UNSAID, _POOR = {"sex": "a"}, {"sex": "b"}, {"sex": OPEN}, {"mbr": "a"}
ALL = Group("all", "Semua rumah tangga")
GROUPS = (
    ALL, Group("mbr", "Rumah tangga MBR", _POOR), Group("non_mbr", "Rumah tangga non-MBR", {"mbr": "b"}),
    Group("head_male", "Kepala laki-laki", _MEN), Group("head_female", "Kepala perempuan", _WOMEN),
    Group("head_unsaid", "Jenis kelamin kepala tidak disebut", _UNSAID),
    Group("mbr_head_male", "Kepala laki-laki, MBR", {**_POOR, **_MEN}),
    Group("mbr_head_female", "Kepala perempuan, MBR", {**_POOR, **_WOMEN}),
    Group("mbr_head_unsaid", "Jenis kelamin kepala tidak disebut, MBR", {**_POOR, **_UNSAID}),
    Group("disabled", "Dengan anggota difabel", {"disabled": YES}),
)


@dataclass(frozen=True)
class Profile:
    """Households by their text of crossed marks, and by «question=mark» of those counted alone."""

    crossed: Marks = field(default_factory=dict)
    alone: Marks = field(default_factory=dict)

    def marks(self, group: Group = ALL) -> Mapping[str, Marks]:
        """Return the households of a group by trait and mark; what is counted alone only of all."""
        found: dict[str, dict[str, Weight]] = {trait: {} for trait in CROSSED}
        for pattern, weight in self.crossed.items():
            if group.holds(pattern):
                for trait, mark in zip(CROSSED, pattern, strict=True):
                    _add(found[trait], mark, weight)
        if group.needs:
            return found
        for name, weight in self.alone.items():
            trait, _, mark = name.rpartition("=")
            found.setdefault(trait, {})[mark] = weight
        return found

    def to_text(self) -> str:
        """Return it as it is kept."""
        return json.dumps([self.crossed, self.alone], separators=(",", ":"), sort_keys=True)


def from_text(text: str) -> Profile:
    """Return a profile that was kept."""
    crossed, alone = json.loads(text)
    return Profile(_weights(crossed), _weights(alone))


def _weights(kept: Mapping[str, tuple[int, int]]) -> Marks:
    return {name: (households, kk) for name, (households, kk) in kept.items()}


def profile(records: Iterable[Record]) -> Profile:
    """Count household records."""
    crossed: dict[str, Weight] = {}
    alone: dict[str, Weight] = {}
    for record in records:
        asked = record.counted_answers()
        kk = asked.get(Household.kk_count.key)
        weight = (1, kk if isinstance(kk, int) else 0)
        _add(crossed, "".join(mark(asked, record.rules) for mark in CROSSED.values()), weight)
        for key, mark in ALONE.items():
            _add(alone, f"{key}={mark(asked, record.rules)}", weight)
    return Profile(crossed, alone)


def add_up(profiles: Iterable[Profile]) -> Profile:
    """Return the sums over several RTs."""
    crossed: dict[str, Weight] = {}
    alone: dict[str, Weight] = {}
    for each in profiles:
        for total, part in ((crossed, each.crossed), (alone, each.alone)):
            for name, (households, kk) in part.items():
                before = total.get(name)
                total[name] = (households, kk) if before is None else (before[0] + households, before[1] + kk)
    return Profile(crossed, alone)


def _add(total: dict[str, Weight], name: str, weight: Weight) -> None:
    households, kk = total.get(name, NOTHING)
    total[name] = households + weight[0], kk + weight[1]


def summed(marks: Marks, some: str | None = None) -> Weight:
    """Return the households with one of these marks, or with any."""
    chosen: Iterator[Weight] = (weight for mark, weight in marks.items() if some is None or mark in some)
    pairs = [*chosen]
    return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
