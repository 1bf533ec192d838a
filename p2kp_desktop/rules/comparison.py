"""What changed from one period to another: only what was assessed in both is compared, the rest is named."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from p2kp_desktop.language import say
from p2kp_desktop.schema import written

from .assessment import RtAssessment
from .regulation import Criterion
from .scoring import CriterionScore
from .sums import HOUSEHOLDS, LAND, SLUM_HECTARES, SLUM_RTS, Amounts, Sums, added, counts, has_land
from .targets import Hundreds, of_sums

Place = tuple[str, str]  # region (kelurahan), RT label


@dataclass(frozen=True)
class Matched:
    """The RTs that one figure is known of in both periods, and those of which it is known only before or only now.

    `before_ha` and `now_ha` are the slum hectares of those compared, `new_ha` and `gone_ha` of the others.
    """

    compared: tuple[Place, ...] = ()
    new: tuple[Place, ...] = ()
    gone: tuple[Place, ...] = ()
    before_ha: Fraction = Fraction()
    now_ha: Fraction = Fraction()
    new_ha: Fraction = Fraction()
    gone_ha: Fraction = Fraction()

    @property
    def same(self) -> bool:
        """Say whether the figure is known of the same RTs in both periods."""
        return bool(self.compared) and not self.new and not self.gone

    @property
    def slum_ha(self) -> Fraction:
        """Return by how much the slum hectares grew in the RTs compared; below 0 they shrank."""
        return self.now_ha - self.before_ha


@dataclass(frozen=True)
class Comparison:
    """How an area moved from a period to the next: the slum in `land`, the shares of households in `homes`.

    `before` and `now` are the figures of the RTs of `homes` that are compared.
    """

    land: Matched
    homes: Matched
    before: Hundreds
    now: Hundreds

    def grown(self, share: Callable[[Hundreds], Fraction | None]) -> tuple[Fraction, Fraction] | None:
        """Return a share before and now over the RTs compared, None where there are none."""
        then, now = share(self.before), share(self.now)
        return None if then is None or now is None else (then, now)


def earlier(period: str, known: Iterable[str]) -> str:
    """Return the newest of the known periods of the same kind before this one; "" for none, or one that is no year."""
    year, _mark, kind = period.partition("-")
    years = [each.partition("-") for each in known if each.partition("-")[2] == kind]
    before = [int(each) for each, _, _ in years if each.isdigit() and year.isdigit() and int(each) < int(year)]
    return f"{max(before)}{'-' if kind else ''}{kind}" if before else ""


def compare(before: Iterable[RtAssessment], now: Iterable[RtAssessment]) -> Comparison:
    """Compare two periods RT by RT."""
    then, here = ({place: counts(rt) for place, rt in _by_place(some).items()} for some in (before, now))
    homes = _matched(then, here, HOUSEHOLDS)
    return Comparison(
        _matched(then, here, LAND), homes,
        *(of_sums(Sums(added(some[place] for place in homes.compared))) for some in (then, here)),
    )


def land(before: Mapping[Place, Amounts], now: Mapping[Place, Amounts]) -> Matched:
    """Compare the slum of two periods by what their RTs add to an area."""
    return _matched(before, now, LAND)


def moved(before: Mapping[Place, Amounts], now: Mapping[Place, Amounts]) -> list[Place]:
    """Return the RTs that `slum_moves` tells of, by what they add to an area."""
    then, here = ({place for place, rt in some.items() if LAND in rt and SLUM_RTS in rt} for some in (before, now))
    return sorted(then ^ here)


ENTERED, LEFT, NEW, GONE = "entered", "left", "new", "gone"


@dataclass(frozen=True)
class CriterionMove:
    """A criterion of an RT whose score changed; a code is "" where the edition of that period has no such criterion."""

    name: str
    code_before: str
    before: CriterionScore
    code: str
    now: CriterionScore

    @property
    def gained(self) -> int:
        """Return how many points it has more than before."""
        return (self.now.score or 0) - (self.before.score or 0)

    @property
    def words(self) -> str:
        """Return for instance 2b 55,00 % (skor 3) → 0,00 % (skor 0)."""
        return f"{self.code or self.code_before} {_told(self.before)} → {_told(self.now)}"


@dataclass(frozen=True)
class SlumMove:
    """An RT that is slum in one of two periods only; `before` or `now` is None where it was not assessed then."""

    place: Place
    before: RtAssessment | None
    now: RtAssessment | None

    @property
    def kind(self) -> str:
        """Return ENTERED or LEFT, or NEW and GONE where it was assessed once only: that is no change of the RT."""
        if self.before is None or self.now is None:
            return GONE if self.now is None else NEW
        return ENTERED if self.now.is_slum else LEFT

    @property
    def rules_changed(self) -> bool:
        """Say whether the periods score by other editions or count by other methods: that too changes a total."""
        if self.before is None or self.now is None:
            return False
        return (self.before.regulation.code, self.before.method) != (self.now.regulation.code, self.now.method)

    @property
    def criteria(self) -> tuple[CriterionMove, ...]:
        """Return the criteria that made it so, those that moved it most first; their points add up to the change."""
        if self.before is None or self.now is None:
            return ()
        then, here = _by_option(self.before), _by_option(self.now)
        moved = [_criterion_move(then.get(option), here.get(option)) for option in dict.fromkeys((*then, *here))]
        sign = 1 if self.kind == ENTERED else -1
        return tuple(sorted((each for each in moved if each.gained), key=lambda each: -sign * each.gained))


Scored = tuple[Criterion, CriterionScore]


def _by_option(rt: RtAssessment) -> Mapping[str, Scored]:
    """Return the criteria by their name in the forms: the numbers of editions differ."""
    return {each.option: (each, rt.score.criteria[each.code]) for each in rt.regulation.criteria}


def _criterion_move(before: Scored | None, now: Scored | None) -> CriterionMove:
    nothing = CriterionScore(None, None)
    (old, then), (new, here) = before or (None, nothing), now or (None, nothing)
    known = new or old
    return CriterionMove(known.name if known else "", old.code if old else "", then, new.code if new else "", here)


def _told(score: CriterionScore) -> str:
    if score.percent is None or score.score is None:
        return "–"
    return say("{percent} % (skor {score})", percent=written.number(score.percent), score=score.score)


def slum_moves(before: Iterable[RtAssessment], now: Iterable[RtAssessment]) -> tuple[SlumMove, ...]:
    """Return the RTs that are slum in one of two periods only, of those whose slum hectares are known; by place."""
    then, here = ({place: rt for place, rt in _by_place(some).items() if has_land(rt)} for some in (before, now))
    moves = (SlumMove(place, then.get(place), here.get(place)) for place in sorted({*then, *here}))
    return tuple(each for each in moves if _is_slum(each.before) != _is_slum(each.now))


def _is_slum(rt: RtAssessment | None) -> bool:
    return rt is not None and rt.is_slum


def _by_place(rts: Iterable[RtAssessment]) -> Mapping[Place, RtAssessment]:
    return {(rt.region, rt.rt): rt for rt in rts}


def _matched(before: Mapping[Place, Amounts], now: Mapping[Place, Amounts], known: str) -> Matched:
    then, here = ({place for place, rt in some.items() if known in rt} for some in (before, now))
    both, new, gone = sorted(then & here), sorted(here - then), sorted(then - here)
    return Matched(
        tuple(both), tuple(new), tuple(gone), _slum(before, both), _slum(now, both), _slum(now, new),
        _slum(before, gone),
    )


def _slum(rts: Mapping[Place, Amounts], places: Iterable[Place]) -> Fraction:
    return Fraction(sum(rts[place].get(SLUM_HECTARES, 0) for place in places))
