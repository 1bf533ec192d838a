"""Every indicator of 100-0-100, stated once: its rule, what is good, what it is a share of, which questions decide.

Those of the programme follow its questionnaires; beside them stand those of BPS and the SDGs, by what a household's
water or latrine is called on their ladders (ladders.py), and plain counts of answers (occupations, land letters, who
the people are). A household that did not answer stays among those that a share is of, and is counted as open; one
that was not asked is not among them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema import Several, written

from . import ladders, sums
from .profile import ALL, APART, ASKED, OPEN, YES, Group, Marks, Profile, summed
from .scoring import PLACES
from .sums import Sums

Quantity = int | Fraction


class Family(Enum):
    """Whose rule an indicator follows."""

    PROGRAMME = "programme"
    LADDER = "ladder"
    STATISTIC = "statistic"


@dataclass(frozen=True)
class Figure:
    """How much of something is so; `open` of the rest is not answered. Of households also their KK."""

    good: Quantity
    of: Quantity
    open: Quantity = 0
    kk_good: int | None = None
    kk_of: int | None = None

    @property
    def percent(self) -> Decimal | None:
        """Return the share in per cent, None of nothing."""
        return _percent(self.good, self.of)

    @property
    def kk_percent(self) -> Decimal | None:
        """Return the share of the KK in per cent."""
        return None if self.kk_good is None or self.kk_of is None else _percent(self.kk_good, self.kk_of)


def _percent(good: Quantity, of: Quantity) -> Decimal | None:
    return written.rounded_percent(Fraction(good) * 100 / Fraction(of), PLACES) if of else None


@dataclass(frozen=True)
class Area:
    """What the indicators of an area and period are counted from: its households, and the sums of its RTs."""

    profile: Profile
    sums: Sums


Counts = Callable[[Area, Mapping[str, Marks], Group], Figure | None]


@dataclass(frozen=True)
class Indicator:
    """One indicator: what it is called, the rule in words, the printed numbers of the questions, and how it is counted.

    `unit` is what it is a share of. `wants` is 1 where more is better, -1 where less is, 0 where it only describes.
    """

    key: str
    name: str
    rule: str
    numbers: tuple[str, ...]
    family: Family
    unit: str
    count: Counts = field(repr=False)
    wants: int = 1
    topic: str = ""  # what several of them are the answers to

    @property
    def named(self) -> str:
        """Return its name in words, with its topic."""
        return f"{say(self.topic)}: {say(self.name)}" if self.topic else say(self.name)


def _of_households(trait: str, good: str, unknown: str = OPEN, apart: str = APART) -> Counts:
    """Count the households whose trait has a mark among the good ones."""

    def count(_area: Area, marks: Mapping[str, Marks], _group: Group) -> Figure | None:
        found = marks.get(trait)
        if found is None:
            return None
        whole = {mark: weight for mark, weight in found.items() if mark not in apart}
        (many, kk), (all_, all_kk) = summed(whole, good), summed(whole)
        return Figure(many, all_, summed(whole, unknown)[0], kk, all_kk)

    return count


def _of_all(figure: Callable[[Area], Figure]) -> Counts:
    """Count what is not told by household: of all, and of no group."""
    return lambda area, _marks, group: None if group.needs else figure(area)


def _members(name: str) -> Counts:
    return _of_all(lambda area: Figure(area.sums.number(name), sum(map(area.sums.number, sums.BY_SEX))))


def _part_of_slum(slum: str, whole: str, unsure: str) -> Counts:
    """Count RTs or KK: of recaps too, which know no households."""
    return _of_all(lambda area: Figure(*map(area.sums.number, (slum, whole, unsure))))


def _slum_ha(area: Area) -> Figure:
    slum, whole, unsure = map(area.sums.get, (sums.SLUM_HECTARES, sums.HECTARES, sums.UNSURE_HECTARES))
    return Figure(slum, whole, unsure)


def _in_rts(question: Several, letter: str) -> Counts:
    """Count the RTs with something in them, of those with an area survey."""
    return _of_all(lambda area: Figure(
        area.sums.has(question, letter), area.sums.number(sums.SURVEYS), area.sums.unsaid(question)))


_HOMES, _PEOPLE, _FAMILIES, _RTS, _HECTARES = "rumah tangga", "jiwa", "KK", "RT", "ha"


def _programme(key: str, name: str, rule: str, numbers: tuple[str, ...], trait: str) -> Indicator:
    return Indicator(key, name, rule, numbers, Family.PROGRAMME, _HOMES, _of_households(trait, YES))


def _ladder(
    key: str, name: str, rule: str, numbers: tuple[str, ...], count: Counts, wants: int = 1
) -> Indicator:
    return Indicator(key, name, rule, numbers, Family.LADDER, _HOMES, count, wants)


_WATER, _SANITATION = ("12",), ("15", "16", "17")
_UNTOLD = OPEN + ladders.UNTOLD  # sanitation: the rung is not told
_PROGRAMME = (
    _programme("water_safe", "Akses air minum aman (3a)",
               "Ledeng, air hujan, atau sumur dan mata air terlindung paling dekat 10 m dari penampungan tinja.",
               ("12", "13"), "water"),
    _programme("water_enough", "Kecukupan air minum (3b)", "Tercukupi sepanjang tahun.", ("14",), "enough"),
    _programme("toilet", "Akses jamban (5a)", "Jamban sendiri atau bersama paling banyak 5 KK.", ("15",), "toilet"),
    _programme("sanitation_technical", "Sanitasi teknis (5b)", "Leher angsa dan septictank atau IPAL.", ("16", "17"),
               "technical"),
    _programme("waste_collected", "Sampah terangkut (6b)", "Diangkut paling sedikit 2 kali seminggu.", ("19",),
               "collected"),
    _programme("house_regular", "Bangunan teratur (1a)",
               "Akses ke jalan, menghadap jalan dan air, di luar sempadan dan daerah berbahaya.",
               ("1", "2", "3", "4", "5"), "regular"),
    _programme("house_sound", "Atap, dinding, lantai baik (1c)", "Tidak bocor, tidak rusak, bukan tanah.",
               ("9", "10", "11"), "sound"),
    _programme("house_roomy", "Luas lantai cukup", "Paling sedikit 7,2 m² per jiwa.", ("6", "8"), "roomy"),
    Indicator("slum_ha", "Luas kumuh", "Luas RT yang nilainya mencapai tingkat kumuh terendah.", (), Family.PROGRAMME,
              _HECTARES, _of_all(_slum_ha), -1),
    Indicator("slum_rts", "Jumlah RT kumuh", "Nilai RT mencapai tingkat kumuh terendah.", (), Family.PROGRAMME, _RTS,
              _part_of_slum(sums.SLUM_RTS, sums.RTS, sums.UNSURE_RTS), -1),
    Indicator("slum_households", "Jumlah KK di RT kumuh", "Keluarga di RT yang mencapai tingkat kumuh terendah.", (),
              Family.PROGRAMME, _FAMILIES, _part_of_slum(sums.SLUM_KK, sums.KK, sums.UNSURE_KK), -1),
)
_LADDERS = (
    _ladder("water_bps", "Air minum layak (BPS)",
            "Ledeng, air hujan, sumur bor, sumur atau mata air terlindung. Air kemasan atau isi ulang belum pasti: "
            "layak bila air mandinya layak, dan itu tidak ditanyakan. Layak dasar, terbatas (lebih dari 30 menit) dan "
            "aman tidak dapat dibedakan dari jawaban.",
            _WATER, _of_households("water_rung", ladders.LAYAK, OPEN + ladders.REFILLED)),
    _ladder("water_piped", "Air minum perpipaan", "Ledeng, dengan meteran atau tanpa.", _WATER,
            _of_households(Household.water_source.key, "ab")),
    _ladder("water_refill", "Air kemasan atau isi ulang (BPS: belum pasti)",
            "Menurut BPS layak bila sumber air mandi layak; menurut program tidak aman.", _WATER,
            _of_households("water_rung", ladders.REFILLED), 0),
    _ladder("water_unprotected", "Air minum tidak layak (BPS)", "Sumur atau mata air tak terlindung, tangki, gerobak.",
            _WATER, _of_households("water_rung", ladders.UNPROTECTED), -1),
    _ladder("water_surface", "Air permukaan (BPS: akses tidak tersedia)", "Sungai, danau, kolam.", _WATER,
            _of_households("water_rung", ladders.SURFACE), -1),
    _ladder("sanitation_bps", "Sanitasi layak (BPS)",
            "Jamban sendiri atau bersama dengan leher angsa dan septictank atau IPAL. Sendiri dan bersama tidak "
            "dibedakan (15 = a); aman (disedot dan diolah) tidak ditanyakan.", _SANITATION,
            _of_households("sanitation_rung", ladders.LAYAK)),
    _ladder("sanitation_unfit", "Sanitasi belum layak (BPS)", "Septictank tanpa leher angsa, atau jamban umum.",
            _SANITATION, _of_households("sanitation_rung", ladders.UNFIT, _UNTOLD), -1),
    _ladder("sanitation_no_tank", "Jamban tanpa septictank (BPS: BABS tertutup atau belum layak)",
            "Jamban tanpa septictank; ke mana tinjanya mengalir tidak ditanyakan.", _SANITATION,
            _of_households("sanitation_rung", ladders.NO_TANK, _UNTOLD), -1),
    _ladder("open_defecation", "Buang air besar di tempat terbuka (BPS)", "Tidak di jamban.", ("15",),
            _of_households("sanitation_rung", ladders.IN_THE_OPEN), -1),
    _ladder("decent_housing", "Rumah layak huni (BPS/SDG 11.1)",
            "Atap, dinding dan lantai baik, 7,2 m² per jiwa, air minum layak dan sanitasi layak (BPS).",
            ("6", "9", "10", "11", "12", "15", "16", "17"), _of_households("decent", YES)),
)
_PEOPLES = (
    Indicator("mbr", "Rumah tangga MBR", "Berpenghasilan rendah menurut isian umum.", (), Family.STATISTIC, _HOMES,
              _of_households("mbr", "a"), 0),
    Indicator("head_female", "Kepala rumah tangga perempuan", "Jenis kelamin kepala, bila disebut.", (),
              Family.STATISTIC, _HOMES, _of_households("sex", "b"), 0),
    Indicator("homes_disabled", "Rumah tangga dengan anggota difabel", "Paling sedikit satu anggota difabel.", (),
              Family.STATISTIC, _HOMES, _of_households("disabled", YES), 0),
    Indicator("members_disabled", "Anggota difabel", "Jumlah difabel dari L+P.", (), Family.STATISTIC, _PEOPLE,
              _members("disabled"), 0),
    Indicator("members_female", "Anggota perempuan", "Jumlah perempuan dari L+P.", (), Family.STATISTIC, _PEOPLE,
              _members("female"), 0),
)
_OF_RTS = tuple(zip(("Fasilitas kesehatan di RT", "Sekolah di RT"), sums.FACILITIES, strict=True))


def _answers() -> Iterator[Indicator]:
    """Yield an indicator for each answer of the questions that are only counted."""
    for topic, question, apart in ASKED:
        for option in question.options:
            if option.letter not in apart:
                yield Indicator(
                    f"{question.key}:{option.code}", option.label, question.label, (question.number or "",),
                    Family.STATISTIC, _HOMES,
                    _of_households(question.key, option.letter, apart=APART + apart), 0, topic,
                )
    for topic, several in _OF_RTS:
        for option in several.options:
            yield Indicator(f"{several.key}:{option.code}", option.label, several.label, (several.number or "",),
                            Family.STATISTIC, _RTS, _in_rts(several, option.letter), 0, topic)


INDICATORS: tuple[Indicator, ...] = (*_PROGRAMME, *_LADDERS, *_PEOPLES, *_answers())
BY_KEY: Mapping[str, Indicator] = {each.key: each for each in INDICATORS}


def figures(area: Area, groups: Iterable[Group] = (ALL,)) -> Mapping[tuple[str, str], Figure]:
    """Return every indicator of an area by its key and the key of the group; one that a group has not is left out."""
    found: dict[tuple[str, str], Figure] = {}
    for group in groups:
        marks = area.profile.marks(group)
        for each in INDICATORS:
            figure = each.count(area, marks, group)
            if figure is not None:
                found[each.key, group.key] = figure
    return found
