"""100-0-100: safe water for all, no slum, sanitation for all; each figure with its base and how sure it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.language import say
from p2kp_desktop.schema import written

from . import sums
from .assessment import RtAssessment
from .scoring import PLACES, half_up
from .sums import Sums

A_HANDFUL = 30  # fewer households, or KK, reach no target: an RT has about 50


@dataclass(frozen=True)
class Served:
    """How many of the surveyed households have something; `open` of the others have not said yet.

    As in the official recap those who have not said are not served.
    """

    good: int = 0
    of: int = 0
    open: int = 0

    @property
    def percent(self) -> Fraction | None:
        """Return the share in per cent, None without households."""
        return Fraction(100 * self.good, self.of) if self.of else None

    @property
    def answered(self) -> int:
        """Return how many households have said whether they are served."""
        return self.of - self.open


@dataclass(frozen=True)
class Base:
    """What the figures of an area are made of, and what lacks.

    `rts` counts all that are known of, `unassessed` those of them without any data. Of `lacking` buildings it is known
    that they are not surveyed, of `unbounded` RTs nobody said how many there are.
    """

    households: int = 0
    rts: int = 0
    unassessed: int = 0
    without_census: int = 0
    without_survey: int = 0
    lacking: int = 0
    unbounded: int = 0
    provisional: int = 0
    disputed: int = 0  # answers behind the figures that are in conflict
    impossible: int = 0  # answers that cannot be, and count as missing
    kk: int = 0  # families, those of recaps too
    incomplete: int = 0  # questionnaires with a blank that counts as not good
    differing: int = 0  # buildings whose questionnaires contradict each other
    other_method: int = 0  # RTs that the other counting method gives another level
    other_source: int = 0  # RTs that the census, or the recap beside it, gives another level
    unverified: int = 0  # records that no office verified

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return in words why the figures may still change."""
        return tuple(dict.fromkeys((*self.of_homes, *self.of_land)))

    @property
    def of_homes(self) -> tuple[str, ...]:
        """Return in words why the shares of households may still change."""
        told = (
            (self.lacking, say("{number} rumah belum didata", number=written.number(self.lacking))),
            (self.unassessed, self._without_data()),
            (self.without_census, say("{number} RT tanpa sensus rumah tangga",
                                      number=written.number(self.without_census))),
            (self.unbounded, say("jumlah rumah di {number} RT belum diketahui", number=written.number(self.unbounded))),
            (self.incomplete, say("{number} kuesioner belum lengkap, yang kosong dihitung tidak baik",
                                  number=written.number(self.incomplete))),
            (self.impossible, say("{number} jawaban tidak mungkin dihitung belum terjawab",
                                  number=written.number(self.impossible))),
            (self.disputed, say("{number} jawaban dalam konflik", number=written.number(self.disputed))),
        )
        return tuple(words for number, words in told if number)

    @property
    def of_land(self) -> tuple[str, ...]:
        """Return in words why the slum hectares may still change."""
        told = (
            (self.unassessed, self._without_data()),
            (self.without_survey, say("{number} RT tanpa survei lingkungan",
                                      number=written.number(self.without_survey))),
            (self.differing, say("{number} bangunan dengan jawaban yang berbeda antarkuesioner",
                                 number=written.number(self.differing))),
            (self.provisional, say("nilai {number} dari {all} RT sementara", number=written.number(self.provisional),
                                   all=written.number(self.rts))),
        )
        return tuple(words for number, words in told if number)

    @property
    def beside(self) -> tuple[str, ...]:
        """Return in words what else is to be known of the figures: they hold, and somebody may doubt them."""
        told = (
            (self.other_method, say("cara hitung lain memberi tingkat lain di {number} RT",
                                    number=written.number(self.other_method))),
            (self.other_source, say("sensus dan rekap berbeda tingkat di {number} RT",
                                    number=written.number(self.other_source))),
            (self.unverified, say("{number} catatan belum diverifikasi", number=written.number(self.unverified))),
        )
        return tuple(words for number, words in told if number)

    def _without_data(self) -> str:
        return say("{number} RT belum ada data", number=written.number(self.unassessed))


@dataclass(frozen=True)
class Hundreds:
    """The three targets of one area; shares are of surveyed households, `base` says what stands behind them."""

    water: Served  # A.3 akses (3a)
    enough_water: Served  # A.3 kecukupan (3b)
    latrine: Served  # A.4 akses (5a)
    fit_latrine: Served  # A.4 teknis (5b)
    slum_rts: int
    slum_ha: Fraction
    decree_ha: Fraction | None  # luas menurut SK
    slum_of_decree: Decimal | None  # percent of the decree's hectares that are still slum
    base: Base = Base()
    bps_water: Served = Served()  # layak to BPS; refill water is open
    bps_sanitation: Served = Served()  # layak to BPS
    refill: int = 0  # households with refill or bottled water

    @property
    def strictest_water(self) -> Served:
        """Return the lowest of the shares of water: programme's access, sufficiency, and BPS."""
        return _lowest(self.water, self.enough_water, self.bps_water)

    @property
    def strictest_sanitation(self) -> Served:
        """Return the lowest of the shares of sanitation: programme's access, technical, and BPS."""
        return _lowest(self.latrine, self.fit_latrine, self.bps_sanitation)

    @property
    def households(self) -> int:
        """Return how many households were surveyed."""
        return self.base.households


def _lowest(*shares: Served) -> Served:
    return min(shares, key=lambda each: each.good)


def hundreds(
    rts: Iterable[RtAssessment], *, decree_ha: Fraction | None = None, unassessed: int = 0, unverified: int = 0
) -> Hundreds:
    """Return how far an area is on the way to 100-0-100.

    `decree_ha` is the area of its decree in ha, `unassessed` counts the RTs that are known of and have no data,
    `unverified` the records of the area that no office verified.
    """
    return of_sums(Sums(sums.added(map(sums.counts, rts))), decree_ha=decree_ha, unassessed=unassessed,
                   unverified=unverified)


def of_sums(
    known: Sums, *, decree_ha: Fraction | None = None, unassessed: int = 0, unverified: int = 0
) -> Hundreds:
    """Return the same from the sums of an area."""
    slum_ha = known.get(sums.SLUM_HECTARES)
    return Hundreds(
        water=_served(known, sums.WATER),
        enough_water=_served(known, sums.ENOUGH_WATER),
        latrine=_served(known, sums.LATRINE),
        fit_latrine=_served(known, sums.FIT_LATRINE),
        slum_rts=known.number(sums.SLUM_RTS),
        slum_ha=slum_ha,
        decree_ha=decree_ha,
        slum_of_decree=half_up(slum_ha / decree_ha * 100, PLACES) if decree_ha else None,
        base=_base(known, unassessed, unverified),
        bps_water=_served(known, sums.IMPROVED_WATER),
        bps_sanitation=_served(known, sums.IMPROVED_SANITATION),
        refill=known.number(sums.REFILL),
    )


def _served(known: Sums, name: str) -> Served:
    return Served(known.number(name), known.number(sums.HOUSEHOLDS), known.open(name))


def _base(known: Sums, unassessed: int, unverified: int) -> Base:
    return Base(
        households=known.number(sums.HOUSEHOLDS),
        rts=known.number(sums.RTS) + unassessed,
        unassessed=unassessed,
        without_census=known.number(sums.WITHOUT_CENSUS),
        without_survey=known.number(sums.WITHOUT_SURVEY),
        lacking=known.number(sums.LACKING),
        unbounded=known.number(sums.UNBOUNDED),
        provisional=known.number(sums.PROVISIONAL),
        disputed=known.number(sums.DISPUTED),
        impossible=known.number(sums.IMPOSSIBLE),
        kk=known.number(sums.KK),
        incomplete=known.number(sums.INCOMPLETE),
        differing=known.number(sums.DIFFERING),
        other_method=known.number(sums.OTHER_METHOD),
        other_source=known.number(sums.OTHER_SOURCE),
        unverified=unverified,
    )
