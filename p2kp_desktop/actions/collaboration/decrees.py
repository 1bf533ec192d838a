"""The SK ledger of the kawasan of an area, how each is classed, what lacks for that, and where to answer it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from p2kp_desktop.actions.scores import sk_annex
from p2kp_desktop.actions.scores.sk_annex import AnnexLine
from p2kp_desktop.forms import Kawasan, RtSurvey
from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.rules import slum_class
from p2kp_desktop.rules.decree_ledger import Ledger, Reduction, ledger
from p2kp_desktop.rules.finished import FINISHED
from p2kp_desktop.rules.funds import by_source
from p2kp_desktop.rules.regulation import Handling, SlumClass
from p2kp_desktop.schema import Question, Record
from p2kp_desktop.store import Workspace, decreed, views

from .needs import latest_physical, year_of


@dataclass(frozen=True)
class LackingAnswer:
    """Something that lacks, by its code, and the record at whose question it is answered ("" where none is begun)."""

    code: str
    form: str
    record: str
    question: str
    number: int = 1  # of records that lack it


@dataclass(frozen=True)
class KawasanLine:
    """One kawasan: its ledger, and its place in the annex by the assessments of the period, with what both lack.

    `annex` is None once its decree was revoked. `unsaid` counts finished activities that do not say what they reduced.
    """

    id: str
    region: str
    name: str
    ledger: Ledger
    annex: AnnexLine | None
    lacking: tuple[LackingAnswer, ...]
    unsaid: int

    @property
    def total(self) -> int | None:
        """Return the total of its scores, None while nobody assessed it."""
        return self.annex.assessed.score.total if self.annex and self.annex.assessed else None

    @property
    def provisional(self) -> bool:
        """Say whether its total may still change."""
        found = self.annex
        return bool(found and found.assessed and (
            found.assessed.score.provisional or found.rts_assessed < len(found.places)))

    @property
    def slum_ha(self) -> Fraction:
        """Return the hectares of its RTs that are slum by their scores."""
        return self.annex.assessed.slum_ha if self.annex and self.annex.assessed else Fraction()

    @property
    def slum_class(self) -> SlumClass | None:
        """Return its class with the priority."""
        return self.annex.slum_class if self.annex else None

    @property
    def handling(self) -> Handling | None:
        """Return how it is handled; what is no slum is not."""
        return self.annex.handling if self.annex and self.slum_class else None

    @property
    def authority(self) -> str:
        """Return who is in charge of what is left, "" while nobody knows how much that is."""
        return "" if self.ledger.left is None else slum_class.authority(self.ledger.left)


def lines(workspace: Workspace, area: str, period: str) -> list[KawasanLine]:
    """Return the kawasan of an area by name, judged by the assessments of a period; raise Unreadable."""
    annexed = {each.id: each for each in sk_annex.annex(workspace, area, period)}
    with workspace.asking() as connection:
        works: dict[str, list[Record]] = {}
        for work in views.counted(connection, Activity):
            works.setdefault(str(work.answers.get(Activity.kawasan.key) or ""), []).append(work)
        physical = latest_physical(connection)
        kawasan = decreed.kawasan(connection, area)
    found = []
    for each, known in ((one.record, one.decrees) for one in kawasan):
        finished = [work for work in works.get(each.id, ()) if physical.get(work.id, Fraction()) >= FINISHED]
        kept = ledger(known.versions, _reductions(finished))
        line = annexed.get(each.id)
        found.append(KawasanLine(
            each.id, str(each.answers.get("region") or ""), each.show(Kawasan.name), kept, line,
            tuple(_lacking(each.id, line)) if line else (),
            sum(work[Activity.reduced_ha] is None for work in finished)))
    return sorted(found, key=lambda each: (each.name.casefold(), each.id))


def _reductions(finished: Iterable[Record]) -> list[Reduction]:
    return [
        Reduction(each.id, each.show(Activity.name), year_of(each), Fraction(each[Activity.reduced_ha] or 0),
                  tuple(source for source in by_source(each) if source))
        for each in finished if each[Activity.reduced_ha]
    ]


_OF_KAWASAN: Mapping[str, Question[Any]] = {
    "rts": Kawasan.rts, "land": Kawasan.land_clear, "spatial_plan": Kawasan.plan_fits,
    slum_class.STRATEGIC: Kawasan.strategic, slum_class.POTENTIAL: Kawasan.potential,
    "sk_number": Kawasan.sk_number, "sk_ha": Kawasan.sk_ha,
}


def _lacking(kawasan: str, found: AnnexLine) -> Iterator[LackingAnswer]:
    """Yield what lacks with the place where it is answered: at the kawasan, or in the data of its RTs."""
    lacks = {
        "rts": not found.places, "rt_data": found.rts_assessed < len(found.places),
        **{code: found.considered is None or code in found.considered.lacking
           for code in (slum_class.STRATEGIC, slum_class.POTENTIAL, slum_class.DENSITY)},
        "land": found.legal is None and found.land[0] is None,
        "spatial_plan": found.legal is None and found.land[1] is None,
        "sk_number": not found.number, "sk_ha": found.hectares is None,
    }
    for code in (code for code, is_so in lacks.items() if is_so):
        if code in _OF_KAWASAN:
            yield LackingAnswer(code, Kawasan.key, kawasan, _OF_KAWASAN[code].key)
        else:
            yield LackingAnswer(code, RtSurvey.key, "", RtSurvey.area_ha.key, len(found.places) - found.rts_assessed)
