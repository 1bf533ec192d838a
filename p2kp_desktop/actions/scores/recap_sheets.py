"""What the two official recap sheets say of each RT, and of the RTs of a kelurahan or larger area taken together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules import logbook, slum_sheet
from p2kp_desktop.rules.assessment import AreaAssessment, RtAssessment, assess_area
from p2kp_desktop.rules.logbook import Amounts
from p2kp_desktop.rules.scoring import contribution
from p2kp_desktop.rules.slum_sheet import SheetMeans
from p2kp_desktop.schema.places import home_of
from p2kp_desktop.store import Workspace, views

from . import slum_scores

_SIXTEEN = "2018"  # the edition whose 16 criteria the sheet has


@dataclass(frozen=True)
class Recapped:
    """RTs that stand on one sheet: an RT by its label, or several of a region taken together (`rt` is "")."""

    region: str
    rt: str
    rts: tuple[RtAssessment, ...]
    amounts: tuple[Amounts, ...] = ()
    before: Fraction | None = None  # the sectoral mean of the period before, of the same RTs

    @property
    def together(self) -> AreaAssessment:
        """Return the score of all of them."""
        return assess_area(self.rts, self.rts[0].regulation, self.rts[0].method)

    @property
    def means(self) -> SheetMeans:
        """Return the means as the sheet counts them."""
        return _means(self.rts)

    @property
    def contribution(self) -> Fraction | None:
        """Return how much of the sectoral mean of the period before was removed; None where there was none."""
        now = self.means.sectoral
        return None if self.before is None or now is None else contribution(self.before, now)

    @property
    def open(self) -> tuple[str, ...]:
        """Return why the figures may still change."""
        if self.rt:
            return self.rts[0].open
        number = sum(bool(each.open) for each in self.rts)
        return (say("{number} dari {all} RT bernilai sementara.", number=number, all=len(self.rts)),) if number else ()


def _means(rts: Sequence[RtAssessment]) -> SheetMeans:
    area = assess_area(rts, rts[0].regulation, rts[0].method)
    return slum_sheet.means(area.regulation, area.shares, area.score)


def logbooks(workspace: Workspace, area: str, rt: str | None, period: str) -> list[Recapped]:
    """Return the counts of the logbook: all together, each kelurahan, its RTs; an RT alone where it is but one.

    Raises Unreadable for a region that is none.
    """
    scored = _scored(workspace, area, rt, period)
    where = views.Where(area=area, rt=rt, period=period)
    with workspace.asking() as connection:
        surveys = {(str(each.answers.get("region")), str(each.answers.get("rt"))): each
                   for each in views.found(connection, RtSurvey, where)}
        counted = logbook.statistics(views.found(connection, Household, where))
    return [
        Recapped(region, label, some, tuple(
            logbook.amounts(each, surveys.get((each.region, each.rt)), counted.get((each.region, each.rt), {}))
            for each in some))
        for region, label, some in _taken_together(scored)
    ]


def slums(workspace: Workspace, area: str, rt: str | None, period: str) -> list[Recapped]:
    """Return the same with the mean of the period before; raise Trouble where a period has more than 16 criteria."""
    scored = _scored(workspace, area, rt, period)
    if any(each.regulation.code != _SIXTEEN for each in scored):
        raise Trouble(
            say("Lembar resmi ini memuat 16 kriteria; periode {period} dinilai dengan yang lain.", period=period),
            remedy=say("Pakai laporan criteria, atau pilih periode yang dinilai menurut Permen PUPR 14/2018."),
            code="Q06",
        )
    earlier = {(each.region, each.rt): each for each in _before(workspace, area, rt, period)}
    return [
        Recapped(region, label, some, before=_earlier_mean([
            earlier[each.region, each.rt] for each in some if (each.region, each.rt) in earlier], some))
        for region, label, some in _taken_together(scored)
    ]


def _earlier_mean(before: Sequence[RtAssessment], now: Sequence[RtAssessment]) -> Fraction | None:
    """Return the mean before, where every RT was assessed then by the same rules."""
    same = len(before) == len(now) and {each.regulation.code for each in before} == {_SIXTEEN}
    return _means(before).sectoral if same else None


def _scored(workspace: Workspace, area: str, rt: str | None, period: str) -> list[RtAssessment]:
    found = slum_scores.assessments(workspace, area=area, period=period)
    return [each for each in found if rt in (None, each.rt)]


def _before(workspace: Workspace, area: str, rt: str | None, period: str) -> list[RtAssessment]:
    """Return the RTs as they were in the newest period before this one that has any."""
    with workspace.asking() as connection:
        known = {str(each["period"]) for form in (Household, RtRecap, RtSurvey)
                 for each in views.picked(connection, form, ("period",), views.Where(area=area, rt=rt))}
    for earlier in sorted((each for each in known if each < period), reverse=True):
        if found := _scored(workspace, area, rt, earlier):
            return found
    return []


def _taken_together(scored: Sequence[RtAssessment]) -> Iterator[tuple[str, str, tuple[RtAssessment, ...]]]:
    """Yield all RTs together where they are of several kelurahan, then each kelurahan with its RTs."""
    villages = [(region, tuple(some)) for region, some in groupby(scored, key=lambda each: each.region)]
    if len(villages) > 1:
        yield _home(region for region, _some in villages), "", tuple(scored)
    for region, some in villages:
        if len(some) > 1:
            yield region, "", some
        yield from ((region, each.rt, (each,)) for each in some)


def _home(codes: Iterable[str]) -> str:
    """Return the smallest region that all of these lie in."""
    places = list(codes)
    district = {each.rpartition(".")[0] for each in places}
    return district.pop() if len(district) == 1 else home_of(places)
