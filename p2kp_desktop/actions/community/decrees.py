"""The SK ledger of the kawasan of an area, and how each is classed: what it is, what it lacks, where to answer that."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.forms import Kawasan, RtSurvey
from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.forms.kawasan import Decree
from p2kp_desktop.rules import slum_class
from p2kp_desktop.rules.assessment import RtAssessment, assess_area
from p2kp_desktop.rules.decree_ledger import Ledger, Reduction, Rts, Version, ledger
from p2kp_desktop.rules.funds import by_source
from p2kp_desktop.rules.regulation import Regulation
from p2kp_desktop.rules.slum_class import NO, YES, Classified
from p2kp_desktop.schema import Choice, Record, RtList
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

from .needs import FINISHED, latest_physical, year_of

FIRST = "pertama"


@dataclass(frozen=True)
class Lacking:
    """Something that lacks, by its code, and the record at whose question it is answered ("" where none is begun)."""

    code: str
    form: str
    record: str
    question: str
    number: int = 1  # of records that lack it


@dataclass(frozen=True)
class KawasanLine:
    """One kawasan: its ledger, its class by the rules of the period, and what lacks for both.

    `assessed` of its RTs have data, `slum_ha` are the hectares of those that are slum now. `unsaid` counts finished
    activities that do not say what they reduced.
    """

    id: str
    region: str
    name: str
    ledger: Ledger
    classified: Classified
    authority: str | None
    total: int | None
    provisional: bool
    assessed: int
    slum_ha: Fraction
    density: str | None
    considered: Mapping[str, str | None]
    legality: Mapping[str, str | None]
    lacking: tuple[Lacking, ...]
    unsaid: int
    regulation: Regulation


def lines(workspace: Workspace, area: str, period: str) -> list[KawasanLine]:
    """Return the kawasan of an area by name, judged by the assessments of a period; raise Unreadable."""
    assessed = {(each.region, each.rt): each for each in slum_scores.assessments(workspace, period=period)}
    with workspace.asking() as connection:
        around = _Around(
            assessed, slum_scores.terms_of(connection, period).regulation,
            {_place(each): each for each in views.counted(connection, RtSurvey, Where(period=period))},
            _by_kawasan(connection, Decree, "parent"), _by_kawasan(connection, Activity, Activity.kawasan.key),
            latest_physical(connection),
        )
        found = [_line(each, around) for each in views.counted(connection, Kawasan, Where(area=area))]
    return sorted(found, key=lambda each: (each.name.casefold(), each.id))


@dataclass(frozen=True)
class _Around:
    assessed: Mapping[tuple[str, str], RtAssessment]
    regulation: Regulation
    surveys: Mapping[tuple[str, str], Record]
    decrees: Mapping[str, Sequence[Record]]
    works: Mapping[str, Sequence[Record]]
    physical: Mapping[str, Fraction]


def _place(record: Record) -> tuple[str, str]:
    return str(record.answers.get("region") or ""), str(record.answers.get("rt") or "")


def _by_kawasan(
    connection: Connection, form: type[Decree] | type[Activity], key: str
) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for each in views.counted(connection, form):
        found.setdefault(str(each.answers.get(key) or ""), []).append(each)
    return found


def _line(kawasan: Record, around: _Around) -> KawasanLine:
    works = around.works.get(kawasan.id, ())
    finished = [each for each in works if around.physical.get(each.id, Fraction()) >= FINISHED]
    kept = ledger(_versions(kawasan, around.decrees.get(kawasan.id, ())), _reductions(finished))
    members = [around.assessed[place] for place in sorted(kept.rts) if place in around.assessed]
    surveys = [around.surveys[place] for place in sorted(kept.rts) if place in around.surveys]
    together = assess_area(members, around.regulation, members[0].method) if members else None
    people = together.figures.get("penduduk") if together else None
    density = slum_class.density_class(around.regulation, people, _land(members, around.surveys))
    considered = {"strategic": _answer(kawasan, Kawasan.strategic, surveys, RtSurvey.strategic), "potential":
                  _answer(kawasan, Kawasan.potential, surveys, RtSurvey.potential), slum_class.DENSITY: density}
    legality = {"land": _said(kawasan, Kawasan.land_clear), "spatial_plan": _said(kawasan, Kawasan.plan_fits),
                "building_permit": _said(kawasan, Kawasan.permitted)}
    total = together.score.total if together else None
    found = slum_class.classify(around.regulation, total=total, considered=considered, legality=legality)
    unassessed = len(kept.rts) - len(members)
    return KawasanLine(
        kawasan.id, str(kawasan.answers.get("region") or ""), kawasan.show(Kawasan.name), kept, found,
        slum_class.authority(kept.left), total, bool(together and (together.score.provisional or unassessed)),
        len(members), together.slum_ha if together else Fraction(), density, considered, legality,
        tuple(_lacking(kawasan, found, kept.rts, around)),
        sum(each[Activity.reduced_ha] is None for each in finished), around.regulation,
    )


def rts_of(record: Record, question: RtList) -> Rts:
    """Return the RTs that a list names, each with its kelurahan."""
    home, said = str(record.answers.get("region") or ""), str(record.understood(question) or "")
    labels = (label.strip().rpartition(":") for label in said.split(",") if label.strip())
    return frozenset((region.strip() or home, rt.strip()) for region, _mark, rt in labels)


def _versions(kawasan: Record, later: Iterable[Record]) -> list[Version]:
    first = Version(
        kawasan.id, Kawasan.key, FIRST, kawasan.show(Kawasan.sk_number), str(kawasan.understood(Kawasan.sk_date) or ""),
        _exact(kawasan[Kawasan.sk_ha]), rts_of(kawasan, Kawasan.rts))
    return [first, *(
        Version(
            each.id, Decree.key, str(each.understood(Decree.kind) or ""), each.show(Decree.number),
            str(each.understood(Decree.date) or ""), _exact(each[Decree.hectares]),
            rts_of(each, Decree.rts) if each.understood(Decree.rts) else None,
            str(each.understood(Decree.entry) or ""), str(each.understood(Decree.exit) or ""),
            each.show(Decree.change_note))
        for each in later)]


def _exact(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _reductions(finished: Iterable[Record]) -> list[Reduction]:
    return [
        Reduction(each.id, each.show(Activity.name), year_of(each), Fraction(each[Activity.reduced_ha] or 0),
                  tuple(source for source in by_source(each) if source))
        for each in finished if each[Activity.reduced_ha]
    ]


def _land(members: Iterable[RtAssessment], surveys: Mapping[tuple[str, str], Record]) -> Fraction | None:
    """Return the area of RTs in ha: that of question B.1, where nobody answered it what was assessed."""
    whole = Fraction()
    for each in members:
        survey = surveys.get((each.region, each.rt))
        whole += Fraction((survey[RtSurvey.area_ha] if survey else None) or each.area_ha)
    return whole or None


def _said(record: Record, question: Choice) -> str | None:
    answer = record.understood(question)
    return None if answer is None else str(answer)


def _answer(kawasan: Record, own: Choice, surveys: Iterable[Record], asked: Choice) -> str | None:
    """Return what the kawasan says itself, else yes where one of its RTs does, else no where all that are asked do."""
    said = _said(kawasan, own)
    if said is not None:
        return said
    answers = Counter(_said(each, asked) for each in surveys)
    del answers[None]
    return YES if answers[YES] else NO if answers[NO] else None


_OWN = {"land": Kawasan.land_clear, "spatial_plan": Kawasan.plan_fits, "building_permit": Kawasan.permitted,
        "strategic": Kawasan.strategic, "potential": Kawasan.potential}


def _lacking(kawasan: Record, found: Classified, rts: Rts, around: _Around) -> Iterable[Lacking]:
    """Yield what lacks with the place where it is answered: at the kawasan, or in the data of its RTs."""
    without = [place for place in sorted(rts) if place not in around.assessed]
    if not rts:
        yield Lacking("rts", Kawasan.key, kawasan.id, Kawasan.rts.key)
    elif without:
        yield Lacking("rt_data", RtSurvey.key, "", "", len(without))
    for code in found.lacking:
        if code in _OWN:
            yield Lacking(code, Kawasan.key, kawasan.id, _OWN[code].key)
        elif code == slum_class.DENSITY:
            yield Lacking(code, RtSurvey.key, "", RtSurvey.area_ha.key)
    if kawasan.understood(Kawasan.sk_number) is None:
        yield Lacking("sk_number", Kawasan.key, kawasan.id, Kawasan.sk_number.key)
    if kawasan.understood(Kawasan.sk_ha) is None:
        yield Lacking("sk_ha", Kawasan.key, kawasan.id, Kawasan.sk_ha.key)
