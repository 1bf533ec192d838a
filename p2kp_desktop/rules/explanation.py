"""Why an RT or an area has its slum score: from the total to the criteria, their volumes, and what made them.

A criterion says how far it is from the next score, both ways: the smallest volume that reaches the next higher score
and the largest that reaches the next lower one. A score of a part of the houses says what it could still become: with
every building that nobody surveyed all good, and all bad. An area is explained by the sums over its RTs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from heapq import nsmallest

from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import rt_words

from . import sums
from .assessment import RtAssessment
from .causes import Cause, Sources, causes
from .certainty import span
from .criteria import step_of
from .regulation import Aspect, Criterion, Regulation
from .scoring import Score, Share, Shares, score, volume_at
from .sums import Amounts, Sums, added, adds, amounts, gravity, volumes
from .targets import of_sums

Place = tuple[str, str]  # region (kelurahan), RT label


@dataclass(frozen=True)
class Reach:
    """A volume from which on, or up to which, a criterion has another score."""

    score: int
    volume: Fraction


@dataclass(frozen=True)
class Explained:
    """One criterion: what is bad, of how much, what that scores, what would change it, and where it is from.

    All but the criterion are None or empty while its volume or denominator is unknown. `asides` say what other ways to
    count give, `unknown` in how many RTs of an area it is not known.
    """

    criterion: Criterion
    share: Share | None
    percent: Decimal | None
    score: int | None
    higher: Reach | None = None
    lower: Reach | None = None
    causes: tuple[Cause, ...] = ()
    asides: tuple[str, ...] = ()
    unknown: int = 0

    @property
    def words(self) -> str:
        """Return it in a sentence: 2 dari 10 unit = 20,00 %, skor 0; mulai 3 unit (1 lagi) skornya 1."""
        return "; ".join((self.figure, *self.distances))

    @property
    def figure(self) -> str:
        """Return the volume, of how much, and what that scores, in words."""
        if self.share is None or self.percent is None:
            return say("belum diketahui")
        return say("{volume} dari {all} {unit} = {percent} %, skor {score}", volume=amount(self.share.volume),
                   all=amount(self.share.of), unit=self.criterion.unit, percent=written.number(self.percent),
                   score=self.score)

    @property
    def distances(self) -> tuple[str, ...]:
        """Return how far the next scores are, in words, the higher first."""
        told = []
        if self.share is not None and self.higher is not None:
            told.append(say("mulai {volume} {unit} ({more} lagi) skornya {score}", volume=amount(self.higher.volume),
                            unit=self.criterion.unit, score=self.higher.score,
                            more=amount(self.higher.volume - self.share.volume)))
        if self.share is not None and self.lower is not None:
            told.append(say("paling banyak {volume} {unit} ({less} kurang) skornya {score}",
                            volume=amount(self.lower.volume), unit=self.criterion.unit, score=self.lower.score,
                            less=amount(self.share.volume - self.lower.volume)))
        return tuple(told)


def amount(number: Fraction) -> str:
    """Return a volume in words, with the four decimals that 1 m² of a hectare takes."""
    return written.decimal(number, 4)


@dataclass(frozen=True)
class Contribution:
    """What one RT adds to a criterion of an area; `part` of the volume of the area is its own, 0 to 1."""

    region: str
    rt: str
    share: Share | None
    percent: Decimal | None
    score: int | None
    part: Fraction


@dataclass(frozen=True)
class Contributions:
    """What RTs add to a criterion of an area: those that add most, `out_of` how many that add something."""

    code: str
    out_of: int
    most: tuple[Contribution, ...]


@dataclass(frozen=True)
class Explanation:
    """A score with all that makes it; `lowest` and `highest` are the totals it could still become.

    Of an RT its assessment, of an area what its RTs add by place, and the sums of it in `whole`. `open` says why the
    score may still change, `asides` what other ways to count give.
    """

    name: str
    regulation: Regulation
    method: str
    score: Score
    criteria: tuple[Explained, ...]
    lowest: int
    highest: int
    parts: Mapping[Place, Amounts] = field(default_factory=dict, repr=False)
    rt: RtAssessment | None = None
    whole: Sums | None = None
    open: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return for instance RT 014 / RW 05: 21 (Kumuh ringan), sementara; dapat menjadi 16 sampai 30."""
        name = f"{self.name}: {self.standing}"
        if not self.score.provisional:
            return name
        return say("{score}, sementara; dapat menjadi {between}", score=name, between=self.between)

    @property
    def between(self) -> str:
        """Return the totals it could still become, in words."""
        return say("{lowest} sampai {highest}", lowest=self.lowest, highest=self.highest)

    @property
    def standing(self) -> str:
        """Return total and level in words: 43 (Kumuh sedang)."""
        return f"{self.score.total} ({say(self.regulation.level(self.score.total).name)})"

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return everything that speaks against taking the score as it stands, the weightiest first."""
        return (*self.open, *self.asides)

    @property
    def sources(self) -> tuple[int, int]:
        """Return how many RTs of an area were scored from the census, and how many from their recap."""
        census = self.whole.number(sums.OF_CENSUS) if self.whole is not None else 0
        return census, len(self.parts) - census

    def criterion(self, code: str) -> Explained | None:
        """Return one of its criteria, None for a code that its regulation does not have."""
        return next((each for each in self.criteria if each.criterion.code == code), None)

    def of_aspect(self, aspect: Aspect) -> tuple[Explained, ...]:
        """Return the criteria of an aspect."""
        codes = {each.code for each in aspect.criteria}
        return tuple(each for each in self.criteria if each.criterion.code in codes)

    def contributions(self, code: str, most: int | None = None) -> Contributions:
        """Return the RTs that add to a criterion, the most first, unknown ones last; `most` cuts it."""
        whole = self.criterion(code)
        total = whole.share.volume if whole is not None and whole.share is not None else Fraction()
        adding = [(place, rt) for place, rt in self.parts.items() if whole is not None and adds(rt, code)]
        first = nsmallest(len(adding) if most is None else most, adding,
                          key=lambda each: (*gravity(each[1], code), *each[0]))
        told = (_contribution(self.regulation, place, rt, code, total) for place, rt in first)
        return Contributions(code, len(adding), tuple(told))


def _contribution(rules: Regulation, place: Place, rt: Amounts, code: str, total: Fraction) -> Contribution:
    share = Sums(rt).share_of(code)
    if share is None:
        return Contribution(*place, None, None, None, Fraction())
    percent = share.percent()
    return Contribution(*place, share, percent, rules.score(percent), share.volume / total if total else Fraction())


def explain(rt: RtAssessment, made_of: Sources | None = None) -> Explanation:
    """Return the explanation of an RT; with the records it was made of also the answers behind its criteria."""
    beside = [each for each in (rt.by_other_method, rt.by_other_source) if each is not None]
    criteria = tuple(
        _explained(rt.regulation, each, rt.shares.get(each.code), rt.score, tuple(_beside(rt, beside, each)),
                   tuple(causes(rt, each, made_of)) if made_of is not None else ())
        for each in rt.regulation.criteria
    )
    lowest, highest = span(rt)
    return Explanation(
        rt_words(rt.rt), rt.regulation, rt.method, rt.score, criteria, lowest, highest,
        {(rt.region, rt.rt): volumes(rt)}, rt=rt, open=rt.open, asides=rt.asides,
    )


def explain_area(
    name: str, rts: Iterable[RtAssessment], rules: Regulation, method: str, *, unassessed: int = 0
) -> Explanation:
    """Return the explanation of several RTs taken together; `unassessed` more are known of and have no data."""
    parts = {(rt.region, rt.rt): amounts(rt, {}) for rt in rts}
    return explain_sums(name, parts, Sums(added(parts.values())), rules, method, unassessed=unassessed)


def explain_sums(
    name: str, parts: Mapping[Place, Amounts], whole: Sums, rules: Regulation, method: str, *, unassessed: int = 0
) -> Explanation:
    """Return the same from what the RTs add, and the sums of it."""
    shares = whole.shares(rules)
    scored = score(rules, shares, method)
    lowest, highest = _span(rules, whole, scored.total)
    open_ = scored.provisional or unassessed > 0 or whole.number(sums.PROVISIONAL) > 0
    return Explanation(
        name, rules, method, replace(scored, provisional=open_), tuple(
            replace(_explained(rules, each, shares.get(each.code), scored), unknown=whole.unknown(each.code))
            for each in rules.criteria
        ),
        lowest, highest, parts, whole=whole, open=of_sums(whole, unassessed=unassessed).base.reasons,
        asides=tuple(_area_asides(whole, rules, method, scored.total)),
    )


def _span(rules: Regulation, whole: Sums, total: int) -> tuple[int, int]:
    """Return the lowest and the highest total with the buildings that nobody surveyed all good, and all bad."""
    totals = [total, *(_total(rules, whole.in_case(case, rules)) for case in (sums.BEST, sums.WORST))]
    return min(totals), max(totals)


def _total(rules: Regulation, shares: Shares) -> int:
    return sum(rules.score(share.percent()) for share in shares.values() if share is not None)


def _area_asides(whole: Sums, rules: Regulation, method: str, total: int) -> Iterator[str]:
    """Yield what the other way to count and the other source give, where the total differs."""
    if whole.number(sums.BY_METHOD):
        other = _total(rules, whole.in_case(sums.METHOD, rules))
        if other != total:
            told = _standing(rules, other)
            yield (say("Menurut cara per bangunan dan KK: {standing}.", standing=told) if method == "workbook"
                   else say("Menurut cara buku kerja resmi: {standing}.", standing=told))
    several = whole.number(sums.BY_SOURCE)
    if several:
        other = _total(rules, whole.in_case(sums.SOURCE, rules))
        if other != total:
            yield say("Dengan sumber yang lain (sensus atau rekap) di {number} RT: {standing}.", number=several,
                      standing=_standing(rules, other))


def _standing(rules: Regulation, total: int) -> str:
    return f"{total} ({say(rules.level(total).name)})"


def _beside(rt: RtAssessment, others: Iterable[RtAssessment], criterion: Criterion) -> Iterator[str]:
    """Yield what other ways to count give for a criterion, where they give something else."""
    for other in others:
        share, scored = other.shares.get(criterion.code), other.score.criteria[criterion.code]
        if share is None or share == rt.shares.get(criterion.code):
            continue
        told = Explained(criterion, share, scored.percent, scored.score).figure
        if other.source != rt.source:
            yield say("Menurut sensus: {figure}.", figure=told) if other.source == "census" else say(
                "Menurut rekap: {figure}.", figure=told)
        else:
            yield say("Menurut cara buku kerja resmi: {figure}.", figure=told) if other.method == "workbook" else say(
                "Menurut cara per bangunan dan KK: {figure}.", figure=told)


def _explained(
    rules: Regulation, criterion: Criterion, share: Share | None, score: Score, asides: tuple[str, ...] = (),
    made_by: tuple[Cause, ...] = (),
) -> Explained:
    scored = score.criteria[criterion.code]
    if share is None or scored.score is None:
        return Explained(criterion, share, scored.percent, scored.score)
    higher, lower = reaches(rules, criterion, share)
    return Explained(criterion, share, scored.percent, scored.score, higher, lower, made_by, asides)


def reaches(rules: Regulation, criterion: Criterion, share: Share) -> tuple[Reach | None, Reach | None]:
    """Return the smallest volume with the next higher score, and the largest with the next lower one.

    Volumes go in steps of the unit: whole buildings and KK, centimetres, square metres. None where there is no such
    score, or the denominator does not allow it.
    """
    if not share.of:
        return None, None
    now = rules.score(share.percent())
    bands = sorted({band.score: band.at_least for band in rules.bands}.items())
    above = [(score, least) for score, least in bands if score > now]
    step = step_of(criterion)
    higher = None
    if above:
        volume = _least(share.of, above[0][1], step)
        higher = Reach(_scored(rules, volume, share.of), volume) if volume <= share.of else None
    own = dict(bands).get(now)
    if own is None or not now:
        return higher, None
    volume = _least(share.of, own, step) - step
    return higher, Reach(_scored(rules, volume, share.of), volume) if volume >= 0 else None


def _scored(rules: Regulation, volume: Fraction, of: Fraction) -> int:
    return rules.score(Share(volume, of).percent())


def _least(of: Fraction, percent: Decimal, step: Fraction) -> Fraction:
    """Return the smallest volume whose percent, half up to two decimals, reaches this one."""
    steps = -(-volume_at(of, percent) // step)
    return max(Fraction(), steps * step)
