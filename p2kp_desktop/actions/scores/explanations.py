"""The explanation of the slum scores of a workspace: of an RT down to its answers, of an area down to its RTs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules import assessment, explanation, house_part
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.causes import Sources
from p2kp_desktop.rules.explanation import Contributions, Explanation, Reach
from p2kp_desktop.rules.house_part import HousePart
from p2kp_desktop.rules.sums import Amounts, Sums, added, amounts
from p2kp_desktop.schema import Form, Record
from p2kp_desktop.schema.places import lies_in, region_name, rt_words
from p2kp_desktop.schema.table import Scope, Subject
from p2kp_desktop.store import Connection, Workspace, completeness, views
from p2kp_desktop.store.facts import facts

from . import area_sums, kawasan_members, slum_scores
from .slum_scores import RtPlace

MOST = 300  # RTs of an area that a window lists for a criterion: those that add most


@dataclass(frozen=True)
class Told:
    """What is explained, its explanation, of a house what it adds to the score, of an area the RTs that add most."""

    subject: Subject
    explanation: Explanation
    house: HousePart | None = None
    adding: Mapping[str, Contributions] = field(default_factory=dict)  # by code of the criterion


def explain(workspace: Workspace, subject: Subject, *, method: str | None = None) -> Told:
    """Return why an RT, an area or a kawasan has its score, and of a house its part in that of its RT.

    Of an RT with the answers behind every criterion; of an area from its sums alone. Raises Unreadable for an
    unknown region or rule set, Trouble where there are no data.
    """
    scope = subject.scope
    if scope.rt is not None:
        rt, made_of = _of_rt(workspace, scope, method)
        part = house_part.house_part(rt, made_of.households, subject.house) if subject.house else None
        return Told(subject, explanation.explain(rt, made_of), part)
    whole = _of_area(workspace, subject, method)
    return Told(subject, whole, adding={
        each.criterion.code: whole.contributions(each.criterion.code, MOST) for each in whole.criteria
    })


def explanations(
    workspace: Workspace, *, area: str | None = None, rt: str | None = None, period: str | None = None,
    method: str | None = None, down_to_answers: bool = True,
) -> list[Explanation]:
    """Return why each RT of an area (one of them with `rt`) has its score, in order of region and label.

    Raises Unreadable for an unknown region or rule set, Trouble where there are no data.
    """
    scored = slum_scores.assessments(workspace, area=area, period=period, method=method)
    wanted = _some([each for each in scored if rt in (None, each.rt)])
    if not down_to_answers:
        return [explanation.explain(each) for each in wanted]
    with workspace.asking() as connection:
        chosen = period or facts(connection).period
        return [explanation.explain(each, _sources(connection, each, chosen)) for each in wanted]


def house_parts(workspace: Workspace, scope: Scope) -> list[tuple[RtAssessment, HousePart]]:
    """Return every house with its part in the score of its RT; raise Unreadable for an unknown region."""
    scored = slum_scores.assessments(workspace, area=scope.area, period=scope.period)
    found = []
    with workspace.asking() as connection:
        for rt in (each for each in scored if scope.rt in (None, each.rt)):
            houses = _sources(connection, rt, scope.period, every_house=True).households
            parts = (house_part.house_part(rt, houses, each.id) for each in houses)
            found += [(rt, part) for part in parts if part is not None]
    return found


def _some(scored: list[RtAssessment]) -> list[RtAssessment]:
    if not scored:
        raise _nothing()
    return scored


def _nothing() -> Trouble:
    return Trouble(say("Belum ada data yang dapat dinilai di sini."),
                   remedy=say("Periksa wilayah, RT, dan periodenya."), code="Q05")


def _of_rt(workspace: Workspace, scope: Scope, method: str | None) -> tuple[RtAssessment, Sources]:
    scored = slum_scores.assessments(workspace, area=scope.area, period=scope.period or None, method=method)
    (rt, *_others) = _some([each for each in scored if each.rt == scope.rt])
    with workspace.asking() as connection:
        period = scope.period or facts(connection).period
        return rt, _sources(connection, rt, period, every_house=True)


def _sources(connection: Connection, rt: RtAssessment, period: str, *, every_house: bool = False) -> Sources:
    """Return the records an RT was assessed from; its houses where they count, or all the same."""
    where = views.Where(area=rt.region, rt=rt.rt, period=period)
    houses = views.found(connection, Household, where) if every_house or rt.source == "census" else ()
    return Sources(tuple(houses), _one(connection, RtSurvey, where), _one(connection, RtRecap, where))


def _one(connection: Connection, form: type[Form], where: views.Where) -> Record | None:
    return next(iter(views.found(connection, form, where)), None)


def _of_area(workspace: Workspace, subject: Subject, method: str | None) -> Explanation:
    """Explain an area by the sums that are kept, or by those of a method that is not its own."""
    area_sums.refresh(workspace)
    with workspace.asking() as connection:
        period = subject.scope.period or facts(connection).period
        terms = slum_scores.terms_of(connection, period, method=method)
        own = terms.method == slum_scores.terms_of(connection, period).method
        if subject.kawasan:
            members = kawasan_members.of(connection, subject.kawasan)
            name, known, area = members.name, set(members.rts), None
            areas: tuple[str | None, ...] = tuple(sorted({region for region, _rt in known}))
        else:
            area = subject.scope.area or None
            name, areas = region_name(area or "") or say("Semua wilayah di sini"), (area,)
            known = known_places(connection, area, period)
        parts: dict[RtPlace, Amounts] = {}
        for each in areas:
            parts |= area_sums.of_rts(connection, each, period) if own else _by(connection, each, period, method)
        if subject.kawasan:
            parts = {place: rt for place, rt in parts.items() if place in known}
        if not parts:
            raise _nothing()
        whole = area_sums.of(connection, area, None, period) if area and own else Sums(added(parts.values()))
    return explanation.explain_sums(name, parts, whole, terms.regulation, terms.method,
                                    unassessed=len(known - parts.keys()))


def _by(connection: Connection, area: str | None, period: str, method: str | None) -> dict[RtPlace, Amounts]:
    """Return the amounts of the RTs of an area by a counting method."""
    scored = slum_scores.assessed(connection, area=area, period=period, method=method)
    return {(each.region, each.rt): amounts(each, {}) for each in scored}


def known_places(connection: Connection, area: str | None, period: str) -> set[RtPlace]:
    """Return the RTs that have a record or a list of residents."""
    recorded = {(str(each["region"]), str(each["rt"]))
                for each in views.picked(connection, Rt, ("region", "rt"), views.Where(area=area))}
    listed = {place for place in completeness.outcomes(connection, area, period) if place[1]}
    return {place for place in recorded | listed if area is None or lies_in(place[0], area)}


# As scripts read it


def to_json(told: Explanation, period: str, area: str = "") -> dict[str, object]:
    """Return an explanation as `p2kp explain` prints it; `area` is the region of one that is of several RTs."""
    rt, result = told.rt, told.score
    found: dict[str, object] = {
        "region": rt.region if rt else area, "rt": rt.rt if rt else None, "period": period,
        "rules": told.regulation.code, "method": told.method,
        "source": rt.source if rt else "+".join(_sources_of(told)), "total": result.total, "level": result.level,
        "provisional": result.provisional, "range": [told.lowest, told.highest], "reasons": list(told.reasons),
        **assessment.means_to_json(result), "criteria": [_criterion(told, each) for each in told.criteria],
    }
    return found if rt else {**found, "name": told.name, "rts": len(told.parts)}


def _sources_of(told: Explanation) -> list[str]:
    """Return the sources that the RTs of an area were scored from."""
    census, recap = told.sources
    return [name for name, number in (("census", census), ("recap", recap)) if number]


def _criterion(told: Explanation, each: explanation.Explained) -> Mapping[str, object]:
    made_by: Iterable[Mapping[str, object]] = (
        {"form": cause.form, "id": cause.id, "question": cause.question, "value": cause.value}
        for cause in each.causes
    ) if told.rt else (
        {"region": one.region, "rt": one.rt, "volume": _number(one.share.volume) if one.share else None,
         "of": _number(one.share.of) if one.share else None, "percent": _number(one.percent), "score": one.score}
        for one in told.contributions(each.criterion.code).most
    )
    return {
        "code": each.criterion.code, "label": say(each.criterion.name), "unit": each.criterion.unit,
        "volume": _number(each.share.volume) if each.share else None,
        "of": _number(each.share.of) if each.share else None,
        "percent": _number(each.percent), "score": each.score,
        "next": _reach(each.higher), "lower": _reach(each.lower), "from": list(made_by),
    }


def _reach(reach: Reach | None) -> Mapping[str, object] | None:
    return None if reach is None else {"score": reach.score, "volume": _number(reach.volume)}


def _number(exact: Decimal | Fraction | None) -> int | float | None:
    if exact is None:
        return None
    return int(exact) if exact == int(exact) else float(exact)


NAMED = 3  # RTs that the sentences of an area name for each criterion


def lines(told: Explanation) -> list[str]:
    """Return an explanation in sentences: the total, why it may change, and each criterion."""
    found = [told.title, *(f"  {reason}" for reason in told.reasons)]
    for aspect in told.regulation.aspects:
        found.append(f"{aspect.code} {say(aspect.name)}")
        for each in told.of_aspect(aspect):
            found.append(f"  {each.criterion.code} {say(each.criterion.name)}: {each.words}")
            found += [f"    {aside}" for aside in each.asides]
            if told.rt is None:
                found += [f"    {words}" for words in map(contribution_words, told.contributions(
                    each.criterion.code, NAMED).most)]
    return found


def contribution_words(one: explanation.Contribution) -> str:
    """Return the part of an RT in a criterion of an area, in words: RT 014 / RW 05, Lima Ilir: 5 dari 10."""
    place = f"{rt_words(one.rt)}, {region_name(one.region)}"
    if one.share is None:
        return say("{place}: belum diketahui", place=place)
    return say("{place}: {volume} dari {all}", place=place, volume=explanation.amount(one.share.volume),
               all=explanation.amount(one.share.of))
