"""The explanation of the slum scores of a workspace, from the total down to the answers."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules import assessment, explanation
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.explanation import Explanation, Reach
from p2kp_desktop.schema import Form, Record
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.facts import facts

from . import slum_scores


def explanations(
    workspace: Workspace, *, area: str | None = None, rt: str | None = None, period: str | None = None,
    method: str | None = None,
) -> list[Explanation]:
    """Return why each RT of an area (one of them with `rt`) has its score, in order of region and label.

    Raises Unreadable for an unknown region or rule set, Trouble where there are no data.
    """
    scored = slum_scores.assessments(workspace, area=area, period=period, method=method)
    wanted = [each for each in scored if rt in (None, each.rt)]
    if not wanted:
        raise Trouble(say("Belum ada data yang dapat dinilai di sini."),
                      remedy=say("Periksa wilayah, RT, dan periodenya."), code="Q05")
    with workspace.asking() as connection:
        chosen = period or facts(connection).period
        return [_explained(connection, each, chosen) for each in wanted]


def _explained(connection: Connection, rt: RtAssessment, period: str) -> Explanation:
    where = views.Where(area=rt.region, rt=rt.rt, period=period)
    survey, recap = _one(connection, RtSurvey, where), _one(connection, RtRecap, where)
    households = views.found(connection, Household, where) if rt.source == "census" else ()
    return explanation.explain(rt, households=households, survey=survey, recap=recap)


def _one(connection: Connection, form: type[Form], where: views.Where) -> Record | None:
    return next(iter(views.found(connection, form, where)), None)


def to_json(told: Explanation, period: str) -> dict[str, object]:
    """Return an explanation as `p2kp explain` prints it."""
    rt, result = told.rt, told.rt.score
    return {
        "region": rt.region, "rt": rt.rt, "period": period, "rules": rt.regulation.code, "method": rt.method,
        "source": rt.source, "total": result.total, "level": result.level, "provisional": result.provisional,
        "range": [told.lowest, told.highest], "reasons": list(rt.reasons), **assessment.means_to_json(result),
        "criteria": [
            {
                "code": each.criterion.code, "label": say(each.criterion.name), "unit": each.criterion.unit,
                "volume": _number(each.share.volume) if each.share else None,
                "of": _number(each.share.of) if each.share else None,
                "percent": _number(each.percent), "score": each.score,
                "next": _reach(each.higher), "lower": _reach(each.lower),
                "from": [
                    {"form": cause.form, "id": cause.id, "question": cause.question, "value": cause.value}
                    for cause in each.causes
                ],
            }
            for each in told.criteria
        ],
    }


def _reach(reach: Reach | None) -> Mapping[str, object] | None:
    return None if reach is None else {"score": reach.score, "volume": _number(reach.volume)}


def _number(exact: Decimal | Fraction | None) -> int | float | None:
    if exact is None:
        return None
    return int(exact) if exact == int(exact) else float(exact)


def lines(told: Explanation) -> list[str]:
    """Return an explanation in sentences: the total, why it may change, and each criterion."""
    rt, found = told.rt, [told.title, *(f"  {reason}" for reason in told.rt.reasons)]
    for aspect in rt.regulation.aspects:
        found.append(f"{aspect.code} {say(aspect.name)}")
        codes = {each.code for each in aspect.criteria}
        found.extend(
            f"  {each.criterion.code} {say(each.criterion.name)}: {each.words}"
            for each in told.criteria if each.criterion.code in codes
        )
    return found
