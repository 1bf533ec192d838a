"""Which recorded needs and activities bring an RT below the levels of the regulation, at what cost."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.forms.elements import criterion_number
from p2kp_desktop.language import say
from p2kp_desktop.rules import improvement, whatif
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.improvement import Volumes
from p2kp_desktop.rules.regulation import Regulation
from p2kp_desktop.rules.whatif import Remedy, Way
from p2kp_desktop.schema import Record, written
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

from . import needs
from .needs import FINISHED, NeedLine
from .work_effects import Standing, assessed_periods, assessment, place_of


@dataclass(frozen=True)
class Target:
    """A level that is better than that of now, and the ways to it, the cheapest first."""

    level: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Outlook:
    """How an RT stands once what was finished since its assessment counts, and the levels within reach.

    `names` are the works by id; `lowest` is how it would stand with everything done.
    """

    region: str
    rt: str
    now: Standing
    lowest: Standing
    targets: tuple[Target, ...]
    names: Mapping[str, str]

    @property
    def words(self) -> tuple[str, ...]:
        """Return the outlook in sentences: each way to a better level is one."""
        if not self.targets:
            return say("**RT {rt} tidak kumuh:** jumlah {now}, periode {period}.", rt=self.rt, now=self.now.total,
                       period=self.now.period), *self.now.doubts
        head = say("**RT {rt}** sekarang {now}, periode {period}.", rt=self.rt, now=self.now.words,
                   period=self.now.period)
        if not any(each.ways for each in self.targets):
            return (head, *self.now.doubts,
                    say("Semua kebutuhan dan kegiatan yang tercatat bersama hanya sampai {lowest}.",
                        lowest=self.lowest.words))
        return head, *self.now.doubts, *(told for each in self.targets for told in self._told(each))

    def _told(self, target: Target) -> Iterator[str]:
        if not target.ways:
            yield say("**{level}:** belum terjangkau; semuanya bersama sampai {lowest}.", level=say(target.level),
                      lowest=self.lowest.words)
        for place, way in enumerate(target.ways):
            what = self._way(way)
            yield (say("atau {way}", way=what) if place else
                   say("**{level}**, paling murah {way}", level=say(target.level), way=what))

    def _way(self, way: Way) -> str:
        unknown = say("{count} belum ditaksir", count=way.unknown) if way.unknown else ""
        known = written.money(way.cost) if way.cost or not unknown else ""
        cost = " + ".join(part for part in (known, unknown) if part)
        return say("**{cost}** (jumlah {total}): {works}", cost=cost, total=way.total,
                   works="; ".join(self.names[each] for each in way.remedies))


def outlook(workspace: Workspace, region: str, rt: str, period: str) -> Outlook | None:
    """Return the outlook of an RT by its last assessment up to a period; None where it was not assessed."""
    with workspace.asking() as connection:
        periods = [each for each in assessed_periods(connection, region, rt) if each <= period]
        known = _known(connection, region, rt)
    found = assessment(workspace, region, rt, periods[-1]) if periods else None
    if found is None:
        return None
    since = [each for each in known.finished if str(each.answers.get("period") or "") >= periods[-1]]
    now = improvement.relieved(found, known.together(since, found.regulation))
    remedies = [
        *(Remedy(each.id, each[Activity.amount], known.together([each], now.regulation)) for each in known.under_way),
        *(known.rest(line, now.regulation) for line in known.lines if not line.is_met),
    ]
    names = {each.id: each.show(Activity.name) for each in known.under_way}
    names |= {each.id: f"{criterion_number(each.criterion)} {each.what}" for each in known.lines}
    least = whatif.lowest(now, remedies)
    return Outlook(region, rt, _standing(now, periods[-1], now.score.total), _standing(now, periods[-1], least),
                   tuple(_targets(now, remedies)), names)


@dataclass(frozen=True)
class _Known:
    """The needs of an RT, and the activities that improve it."""

    lines: Sequence[NeedLine]
    needs: Mapping[str, Record]
    finished: Sequence[Record]
    under_way: Sequence[Record]

    def together(self, works: Iterable[Record], rules: Regulation) -> Volumes:
        """Return what activities put right."""
        return improvement.together(
            improvement.volumes_of(each, self.needs.get(needed(each)), rules) for each in works)

    def rest(self, line: NeedLine, rules: Regulation) -> Remedy:
        """Return what of a need no activity does, and what of its cost none spends."""
        own = [each for each in (*self.finished, *self.under_way) if needed(each) == line.id]
        spent = sum(each[Activity.amount] or 0 for each in own)
        done = self.together(own, rules).get(line.criterion, Fraction())
        wanted = improvement.volume_of_need(self.needs[line.id], rules).get(line.criterion, Fraction())
        return Remedy(line.id, line.cost - spent if line.cost is not None and line.cost > spent else None,
                      {line.criterion: max(Fraction(), wanted - done)})


def _known(connection: Connection, region: str, rt: str) -> _Known:
    wanted = {each.id: each for each in views.counted(connection, Need, Where(area=region))}
    works = [each for each in views.counted(connection, Activity)
             if place_of(each, wanted.get(needed(each))) == (region, rt)]
    physical = needs.latest_physical(connection)
    done = {each.id for each in works if physical.get(each.id, Fraction()) >= FINISHED}
    return _Known(
        [line for line in needs.lines_within(connection, region) if line.rt == rt], wanted,
        [each for each in works if each.id in done], [each for each in works if each.id not in done])


def needed(activity: Record) -> str:
    """Return the id of the need that an activity answers, "" without one."""
    return str(activity.answers.get(Activity.need.key) or "")


def _targets(rt: RtAssessment, remedies: list[Remedy]) -> Iterator[Target]:
    """Yield the levels below that of now; for the last one, where the slum ends, more than the cheapest way."""
    levels = rt.regulation.levels
    for worse, better in pairwise(levels):
        if rt.score.total >= worse.at_least:
            most = 3 if better is levels[-1] else 1
            yield Target(better.name, whatif.ways(rt, remedies, below=worse.at_least, most=most))


def _standing(rt: RtAssessment, period: str, total: int) -> Standing:
    return Standing(period, total, rt.regulation.level(total).name, rt.open)
