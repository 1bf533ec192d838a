"""Likely duplicates: how alike two households of one period are, and why one would think so.

Names are compared after titles, marks and doubled letters are taken away: only for comparing, the answer
stays as it was written. What makes a pair likely is a judgement of this program, not a regulation.

A likely duplicate is a judgement with reasons, never an error. Only a verification waits until somebody said which it
is: what an office vouches for is counted once.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process

# Titles and forms of address on questionnaires; the Palembang ones (kiagus, masagus, raden …) are part of the
# name, but written now whole, now short, now not at all.
TITLES = frozenset({
    *("h", "hj", "haji", "hajah", "k", "kh", "ny", "nyonya", "tn", "tuan", "bpk", "bapak", "pak", "ibu", "bu", "sdr"),
    *("sdri", "alm", "almh", "almarhum", "almarhumah", "prof", "dr", "drs", "dra", "ir", "st", "sh", "se", "sp"),
    *("spd", "sag", "skm", "mm", "msi", "mpd"),
})
PALEMBANG = {
    "kiagus": "kgs", "kemas": "kms", "masagus": "mgs", "masayu": "msy", "nyimas": "nyi", "nym": "nyi", "raden": "r",
    "rd": "r", "muhammad": "m", "muhamad": "m", "mohammad": "m", "mohamad": "m", "moh": "m", "mhd": "m", "muh": "m",
    "md": "m", "abd": "abdul", "st": "siti",
}
ALIKE = 88  # percent from which two names of one RT are taken for one
VERY_ALIKE = 95  # percent from which nothing else needs to agree
SPELT_OLD = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("ch", "k"), ("y", "i"), ("v", "f"), ("z", "s"))


def comparable(name: str) -> str:
    """Return a name as it is compared: «H. Mgs. Ismail, S.Pd» and «MASAGUS ISMAIL» are both «ismail mgs»."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z]+", re.sub(r"\b([a-z])\.(?=[a-z]{1,3}\b)", r"\1", plain))
    kept = [PALEMBANG.get(word, word) for word in words if word not in TITLES or word in PALEMBANG]
    return " ".join(sorted(_as_heard(word) for word in kept or words))


def _as_heard(word: str) -> str:
    for written, heard in SPELT_OLD:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", word)


@dataclass(frozen=True, slots=True)
class House:
    """What of a household is compared; `name` as it was written, `number` the building in the RT, «» for none."""

    id: str
    name: str
    number: str = ""
    nik: str = ""
    members: int | None = None
    region: str = ""
    rt: str = ""
    card: str = ""  # the number of the family card

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return NIK and number of the family card, where there are."""
        return tuple(filter(None, (self.nik, self.card)))


@dataclass(frozen=True)
class Likeness:
    """Two households that may be one: the likeness of their names in percent, and the reasons in words."""

    one: House
    other: House
    percent: int
    reasons: tuple[str, ...]


class Comparing:
    """Compares households; each name is made comparable once."""

    def __init__(self) -> None:
        self._names: dict[str, _Name] = {}

    def of(self, one: House, other: House) -> Likeness | None:
        """Return why the two may be one household, or None where nothing says so."""
        percent = self.percent(one, other)
        reasons = tuple(_reasons(one, other, percent))
        return Likeness(one, other, percent, reasons) if reasons else None

    def percent(self, one: House, other: House) -> int:
        """Return how alike the names are, 0 to 100; names that are numbered apart, Siti 1 and Siti 2, are not."""
        mine, its = self._name(one), self._name(other)
        return round(fuzz.ratio(mine.words, its.words)) if mine.figures == its.figures else 0

    def among(self, houses: Sequence[House]) -> Iterator[Likeness]:
        """Yield the likely pairs among the households of one RT."""
        before: dict[str, tuple[list[str], list[int]]] = {}  # by the figures in the names: the names, and whose
        numbered: dict[str, list[int]] = {}
        for place, house in enumerate(houses):
            name = self._name(house)
            names, places = before.setdefault(name.figures, ([], []))
            alike = process.extract(name.words, names, scorer=fuzz.ratio, score_cutoff=ALIKE - 1, limit=None)
            others = {places[at] for _, _, at in alike}
            others.update(at for number in house.numbers for at in numbered.get(number, ()))
            yield from filter(None, (self.of(houses[at], house) for at in sorted(others)))
            names.append(name.words)
            places.append(place)
            for number in house.numbers:
                numbered.setdefault(number, []).append(place)

    def between(self, some: Sequence[House], others: Sequence[House]) -> Iterator[tuple[House, House, int]]:
        """Yield every two of which the names are alike, with how much in percent; the nameless are like nobody."""
        known: dict[str, tuple[list[str], list[House]]] = {}  # by the figures in the names
        for house in (each for each in others if each.name):
            names, houses = known.setdefault(self._name(house).figures, ([], []))
            names.append(self._name(house).words)
            houses.append(house)
        for one in (each for each in some if each.name):
            names, houses = known.get(self._name(one).figures, ([], []))
            mine = self._name(one).words
            for _, percent, at in process.extract(mine, names, scorer=fuzz.ratio, score_cutoff=ALIKE - 0.5, limit=None):
                yield one, houses[at], round(percent)

    def _name(self, house: House) -> "_Name":
        if house.name not in self._names:
            self._names[house.name] = _Name(comparable(house.name), " ".join(re.findall(r"\d+", house.name)))
        return self._names[house.name]


class _Name(NamedTuple):
    """A name as it is compared: its words in one order, and the figures in it."""

    words: str
    figures: str


def _reasons(one: House, other: House, percent: int) -> Iterator[str]:
    same_nik = bool(one.nik) and one.nik == other.nik
    if same_nik:
        yield "NIK sama"
    apart = bool(one.nik and other.nik) and not same_nik
    same_card = bool(one.card) and one.card == other.card and percent >= ALIKE and not apart
    if same_card:
        yield "Nomor KK sama"
    if (one.region, one.rt) != (other.region, other.rt) or not one.name or not other.name:
        return
    same_number = bool(one.number) and one.number.casefold() == other.number.casefold()
    same_members = one.members is not None and one.members == other.members
    differ = apart and one.number and other.number and not same_number
    named = percent >= VERY_ALIKE and not differ
    if not (same_nik or same_card or named or (percent >= ALIKE and (same_number or same_members) and not differ)):
        return
    if percent >= ALIKE:
        yield "nama sama" if percent == 100 else f"nama mirip {percent} %"
    if same_number:
        yield "nomor bangunan sama"
    if same_members:
        yield "jumlah anggota sama"
