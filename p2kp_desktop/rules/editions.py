"""Official results as values: what an RT had when it was frozen, how that is written down, and what differs since."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from .assessment import RtAssessment
from .regulation import Criterion, Regulation
from .scoring import Share, Shares

Place = tuple[str, str]  # region (kelurahan), RT label
Marks = Mapping[str, str]  # by the end of a record's id: a fingerprint of the answers that decide a score
_ID, _MARK = 12, 8  # letters of an id, and of a fingerprint: enough to tell the records of one RT apart


@dataclass(frozen=True)
class RtResult:
    """One RT as it was scored, and the fingerprints of the records behind it."""

    region: str
    rt: str
    source: str
    total: int
    level: str
    hectares: Fraction | None
    shares: Shares = field(hash=False)
    marks: Marks = field(default_factory=dict, hash=False)

    @property
    def place(self) -> Place:
        """Return where it is."""
        return self.region, self.rt


def result(rt: RtAssessment, marks: Marks) -> RtResult:
    """Return the result of an RT as it stands."""
    shares = {each.code: rt.shares.get(each.code) for each in rt.regulation.criteria}
    return RtResult(rt.region, rt.rt, rt.source, rt.score.total, rt.score.level, rt.figures.get("luas_ha"), shares,
                    marks)


def ending(record: str) -> str:
    """Return the part of a record's id that tells it from the others of its RT."""
    return record.replace("-", "")[-_ID:]


def fingerprint(answers: Mapping[str, object]) -> str:
    """Return a fingerprint of the answers of a record that decide a score."""
    given = sorted((key, str(value)) for key, value in answers.items() if value is not None)
    return hashlib.sha256(json.dumps(given, ensure_ascii=False).encode()).hexdigest()[:_MARK]


# Written down


def content(each: RtResult) -> str:
    """Return hectares, volumes and fingerprints of an RT in one line, always the same for the same RT."""
    shares = {code: None if share is None else [str(share.volume), str(share.of)]
              for code, share in sorted(each.shares.items())}
    return json.dumps({"ha": None if each.hectares is None else str(each.hectares), "shares": shares,
                       "marks": dict(sorted(each.marks.items()))}, ensure_ascii=False, separators=(",", ":"))


def read(region: str, rt: str, source: str, total: int, level: str, text: str) -> RtResult:
    """Return a frozen RT from its answers; raise ValueError where they are none."""
    try:
        told = json.loads(text)
        shares = {code: None if share is None else Share(Fraction(share[0]), Fraction(share[1]))
                  for code, share in told["shares"].items()}
        hectares = None if told["ha"] is None else Fraction(told["ha"])
        return RtResult(region, rt, source, total, level, hectares, shares, dict(told["marks"]))
    except (KeyError, TypeError, AttributeError, IndexError, ZeroDivisionError) as error:
        raise ValueError(str(error)) from error


def digest(head: Mapping[str, object], results: Iterable[RtResult]) -> str:
    """Return the fingerprint of a whole edition: of what is said of it, and of every RT in it."""
    parts = sorted([*each.place, each.source, str(each.total), each.level, content(each)] for each in results)
    told = sorted((key, str(value)) for key, value in head.items())
    return hashlib.sha256(json.dumps([told, parts], ensure_ascii=False).encode()).hexdigest()


# What differs


@dataclass(frozen=True)
class Difference:
    """One criterion of an RT, or with None its total, official and live; None beside it where the RT is not there."""

    place: Place
    criterion: Criterion | None
    official: RtResult | None
    live: RtResult | None

    def share(self, which: RtResult | None) -> Share | None:
        """Return the volume of one side."""
        return None if which is None or self.criterion is None else which.shares.get(self.criterion.code)


def differences(
    official: Iterable[RtResult], live: Iterable[RtResult], rules: Regulation
) -> Iterator[Difference]:
    """Yield every RT whose total, level, source or presence differs, and under it every criterion whose volume does."""
    then, now = {each.place: each for each in official}, {each.place: each for each in live}
    for place in sorted({*then, *now}):
        was, here = then.get(place), now.get(place)
        parts = [Difference(place, each, was, here) for each in rules.criteria
                 if was is None or here is None or was.shares.get(each.code) != here.shares.get(each.code)]
        if was is None or here is None:
            yield Difference(place, None, was, here)
        elif parts or (was.total, was.level, was.source) != (here.total, here.level, here.source):
            yield Difference(place, None, was, here)
            yield from parts


@dataclass(frozen=True)
class Altered:
    """Which records behind an RT are new, gone or other ones since it was frozen: by the ends of their ids."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]


def altered(official: RtResult | None, live: RtResult | None) -> Altered:
    """Return which records behind an RT are other ones since it was frozen."""
    then, now = official.marks if official else {}, live.marks if live else {}
    return Altered(tuple(sorted({*now} - {*then})), tuple(sorted({*then} - {*now})),
                   tuple(sorted(each for each in {*then} & {*now} if then[each] != now[each])))
