"""What adds up over RTs: hectares and RTs by level, bad volumes, households that are served, records by status.

The sums of an area are those of its RTs added up, so that a province is read as quickly as a kelurahan. A criterion of
an area is scored from such sums (its bad metres of all its metres), as the regulation says, never from the mean of
the scores of its RTs. Everything is exact.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.schema import Record, Several

from .assessment import RtAssessment
from .certainty import cases
from .regulation import Regulation
from .scoring import Share, Shares, points

Amount = int | Fraction
Amounts = Mapping[str, Amount]

MEANING = "2"  # to be counted up when an amount comes to mean something else: what is kept is then added up anew

RTS, PROVISIONAL, LACKING, UNBOUNDED = "rts", "provisional", "lacking", "unbounded"
OF_CENSUS, WITHOUT_CENSUS, WITHOUT_SURVEY = "of_census", "without_census", "without_survey"
DISPUTED, IMPOSSIBLE, INCOMPLETE, DIFFERING = "disputed", "impossible", "incomplete", "differing"
OTHER_METHOD, OTHER_SOURCE = "other_method", "other_source"  # RTs that the other way gives another level
BY_METHOD, BY_SOURCE = "by_method", "by_source"  # RTs that there is another way for
HOUSEHOLDS, HECTARES, KK = "households", "ha", "kk"
SLUM_HECTARES, SLUM_RTS, SLUM_KK = "slum_ha", "slum_rts", "slum_kk"
UNSURE_HECTARES, UNSURE_RTS, UNSURE_KK = "unsure_ha", "unsure_rts", "unsure_kk"  # not slum as yet, and provisional
LAND = "land"  # RTs of which it is known how much of them is slum
MEMBERS = (*(BY_SEX := ("male", "female")), "disabled")
WATER, ENOUGH_WATER, LATRINE, FIT_LATRINE = SERVED = ("water", "enough_water", "latrine", "fit_latrine")
IMPROVED_WATER, IMPROVED_SANITATION = "bps_water", "bps_sanitation"  # layak to BPS
REFILL = "refill"
BUILDINGS, BUILDINGS_SAID, BUILDINGS_UNSAID = "buildings", "buildings_said", "buildings_unsaid"
SURVEYS = "surveys"
FACILITIES: tuple[Several, ...] = (RtSurvey.health_facilities, RtSurvey.schools)
_FAILING = {
    WATER: "unsafe_water", ENOUGH_WATER: "short_water", LATRINE: "no_latrine", FIT_LATRINE: "unfit_latrine",
    IMPROVED_WATER: "unimproved_water", IMPROVED_SANITATION: "unimproved_sanitation",
}
_OPEN, _UNKNOWN, _HAS, _UNSAID = "open ", "unknown ", "has ", "unsaid "
_LEVEL, _LEVEL_HA, _VOLUME, _OF, _STANDING = "level ", "ha ", "volume ", "of ", "standing "
# The shares of an area in another case are its own, and for each RT that has such a case the difference.
BEST, WORST, METHOD, SOURCE = "best ", "worst ", "method ", "source "


def counts(rt: RtAssessment) -> dict[str, Amount]:
    """Return the amounts that an RT adds to the figures of its area: what is counted, and how sure it is."""
    tally, is_slum, said = rt.tally, rt.is_slum, rt.coverage.buildings_in_area_survey
    kk, unsure = rt.figures.get("kk") or 0, rt.score.provisional and not is_slum
    found: dict[str, Amount] = {
        RTS: 1, PROVISIONAL: rt.score.provisional, HECTARES: rt.area_ha, KK: kk, LAND: has_land(rt),
        OF_CENSUS: rt.source == "census", WITHOUT_CENSUS: not tally.households,
        WITHOUT_SURVEY: rt.source == "census" and not rt.coverage.area_survey, DISPUTED: rt.disputed,
        IMPOSSIBLE: tally.impossible, INCOMPLETE: tally.incomplete, DIFFERING: tally.differing_buildings,
        OTHER_METHOD: _is_of_another_level(rt, rt.by_other_method),
        OTHER_SOURCE: _is_of_another_level(rt, rt.by_other_source),
        HOUSEHOLDS: tally.households, REFILL: tally.refill_water,
        BUILDINGS: tally.buildings, BUILDINGS_SAID: said or 0, BUILDINGS_UNSAID: not said,
        **{name: getattr(tally, name) for name in MEMBERS},
    }
    if is_slum:
        found |= {SLUM_RTS: 1, SLUM_HECTARES: rt.area_ha, SLUM_KK: kk}
    if unsure:
        found |= {UNSURE_RTS: 1, UNSURE_HECTARES: rt.area_ha, UNSURE_KK: kk}
    for name, failing in _FAILING.items():
        found[name] = tally.households - getattr(tally, failing)
        found[f"{_OPEN}{name}"] = getattr(tally, f"{failing}_open")
    if tally.households:
        lacking = rt.coverage.lacking
        found |= {UNBOUNDED: 1} if lacking is None else {LACKING: lacking}
    if rt.survey is not None:
        found |= _facilities(rt.survey)
    return {name: _plain(amount) for name, amount in found.items() if amount}


def has_land(rt: RtAssessment) -> bool:
    """Say whether it is known how much of an RT is slum: its area, and the criteria that decide it.

    A criterion that is unknown can only add to the total: what is slum without it is slum with it.
    """
    scored = rt.is_slum or all(each.score is not None for each in rt.score.criteria.values())
    return scored and rt.figures.get("luas_ha") is not None


def _is_of_another_level(rt: RtAssessment, other: RtAssessment | None) -> bool:
    return other is not None and other.score.level != rt.score.level


def _facilities(survey: Record) -> dict[str, Amount]:
    """Return the facilities of an RT, as its area survey says."""
    said = survey.counted_answers()
    found: dict[str, Amount] = {SURVEYS: 1}
    for question in FACILITIES:
        found[f"{_UNSAID}{question.key}"] = said.get(question.key) is None
        for option in question.options:
            found[f"{_HAS}{question.key}={option.letter}"] = question.is_(option.letter).holds(said)
    return found


def amounts(rt: RtAssessment, standings: Mapping[str, int]) -> dict[str, Amount]:
    """Return all that an RT adds to its area; `standings` counts households by review status, "" for a draft."""
    found = counts(rt) | volumes(rt) | {f"{_LEVEL}{rt.score.level}": 1, f"{_LEVEL_HA}{rt.score.level}": rt.area_ha}
    for name, case in zip((BEST, WORST), cases(rt), strict=False):  # there are two, or none
        found |= _apart(name, rt.shares, case)
    for name, mark, other in ((METHOD, BY_METHOD, rt.by_other_method), (SOURCE, BY_SOURCE, rt.by_other_source)):
        if other is not None:
            found[mark] = 1
            found |= _apart(name, rt.shares, other.shares)
    found |= {f"{_STANDING}{standing}": number for standing, number in standings.items()}
    return {name: _plain(amount) for name, amount in found.items() if amount}


def volumes(rt: RtAssessment) -> dict[str, Amount]:
    """Return the amounts that an RT adds to the criteria of its area."""
    found: dict[str, Amount] = {RTS: 1}
    for code, share in rt.shares.items():
        if share is None:
            found[f"{_UNKNOWN}{code}"] = 1
        else:
            found |= {f"{_VOLUME}{code}": share.volume, f"{_OF}{code}": share.of}
    return {name: _plain(amount) for name, amount in found.items() if amount}


def _apart(case: str, own: Shares, other: Shares) -> Iterator[tuple[str, Amount]]:
    """Yield by how much volume and denominator are others in a case."""
    nothing = Share(Fraction(), Fraction())
    for code in {*own, *other}:
        here, there = own.get(code) or nothing, other.get(code) or nothing
        yield f"{case}{_VOLUME}{code}", there.volume - here.volume
        yield f"{case}{_OF}{code}", there.of - here.of


def _plain(amount: Amount) -> Amount:
    return int(amount) if amount.denominator == 1 else amount


def added(parts: Iterable[Amounts]) -> dict[str, Amount]:
    """Return the sums of several amounts."""
    sums: dict[str, Amount] = {}
    for part in parts:
        for name, amount in part.items():
            sums[name] = sums.get(name, 0) + amount
    return {name: amount for name, amount in sums.items() if amount}


def adds(rt: Amounts, code: str) -> bool:
    """Say whether an RT adds something to a criterion of its area, or nobody knows what."""
    return f"{_VOLUME}{code}" in rt or f"{_UNKNOWN}{code}" in rt


def gravity(rt: Amounts, code: str) -> tuple[bool, Amount]:
    """Return by what RTs that add to a criterion are sorted: those that add most first, unknown ones last."""
    return f"{_UNKNOWN}{code}" in rt, -rt.get(f"{_VOLUME}{code}", 0)


@dataclass(frozen=True)
class Sums:
    """The sums of an area."""

    amounts: Amounts

    def get(self, name: str) -> Fraction:
        """Return one sum, 0 where nothing added to it."""
        return Fraction(self.amounts.get(name, 0))

    def number(self, name: str) -> int:
        """Return a sum of things that are counted."""
        return int(self.amounts.get(name, 0))

    def level(self, code: str) -> tuple[int, Fraction]:
        """Return how many RTs have a level, and their hectares."""
        return self.number(f"{_LEVEL}{code}"), self.get(f"{_LEVEL_HA}{code}")

    def standing(self, standing: str) -> int:
        """Return how many households have a review status, "" for a draft."""
        return self.number(f"{_STANDING}{standing}")

    def share(self, name: str) -> Fraction | None:
        """Return the share of households, 0 to 1, that have something; None without households."""
        return self.get(name) / self.get(HOUSEHOLDS) if self.get(HOUSEHOLDS) else None

    @property
    def slum_share(self) -> Fraction | None:
        """Return the share of the assessed hectares that is slum, 0 to 1; None while no area is known."""
        return self.get(SLUM_HECTARES) / self.get(HECTARES) if self.get(HECTARES) else None

    @property
    def all_said(self) -> bool:
        """Say whether the area survey of every RT says how many buildings it has."""
        return bool(self.number(RTS)) and not self.number(BUILDINGS_UNSAID)

    def open(self, name: str) -> int:
        """Return how many households have not said whether they have something."""
        return self.number(f"{_OPEN}{name}")

    def has(self, question: Several, letter: str) -> int:
        """Return how many RTs have something, of those with an area survey."""
        return self.number(f"{_HAS}{question.key}={letter}")

    def unsaid(self, question: Several) -> int:
        """Return how many area surveys leave a question open."""
        return self.number(f"{_UNSAID}{question.key}")

    def unknown(self, code: str) -> int:
        """Return in how many RTs a criterion is not known."""
        return self.number(f"{_UNKNOWN}{code}")

    def shares(self, rules: Regulation) -> dict[str, Share]:
        """Return volume and denominator by criterion, of those that are known in an RT."""
        found = {each.code: self.share_of(each.code) for each in rules.criteria}
        return {code: share for code, share in found.items() if share is not None}

    def share_of(self, code: str) -> Share | None:
        """Return volume and denominator of a criterion, None where no RT knows it."""
        if self.unknown(code) >= self.number(RTS):
            return None
        return Share(self.get(f"{_VOLUME}{code}"), self.get(f"{_OF}{code}"))

    def in_case(self, case: str, rules: Regulation) -> Shares:
        """Return the same in the best or worst case, by the other method or the other source."""
        return {
            each.code: Share(
                self.get(f"{_VOLUME}{each.code}") + self.get(f"{case}{_VOLUME}{each.code}"),
                self.get(f"{_OF}{each.code}") + self.get(f"{case}{_OF}{each.code}"),
            )
            for each in rules.criteria
        }

    def total(self, rules: Regulation) -> int:
        """Return the score of the area as one: its sums scored again."""
        here, rts = self.amounts, self.amounts.get(RTS, 0)
        named = [_named(each.code) for each in rules.criteria]
        return sum([
            points(rules, here.get(volume, 0), here.get(of, 0)) for unknown, volume, of in named
            if here.get(unknown, 0) < rts
        ])


@cache
def _named(code: str) -> tuple[str, str, str]:
    return f"{_UNKNOWN}{code}", f"{_VOLUME}{code}", f"{_OF}{code}"
