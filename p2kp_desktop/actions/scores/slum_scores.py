"""The slum scores of a table of volumes, and of the RTs of a workspace."""

from pathlib import Path

from p2kp_desktop.exchange import score_csv
from p2kp_desktop.forms.period import Period
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules import assessment
from p2kp_desktop.rules.assessment import RtAssessment, Terms
from p2kp_desktop.rules.census import Tally
from p2kp_desktop.rules.coverage import DECIDING, NO_ROLL, Roll
from p2kp_desktop.schema import Form, Record
from p2kp_desktop.schema.places import region
from p2kp_desktop.store import Connection, Workspace, completeness, disputes, summaries, views
from p2kp_desktop.store.facts import facts

RtPlace = tuple[str, str]  # region (kelurahan), RT label


def assessments(
    workspace: Workspace, *, area: str | None = None, period: str | None = None, method: str | None = None
) -> list[RtAssessment]:
    """Return the assessment of every RT with data, in order of region and label.

    `area` is a region of any level (default: everything here), `period` a year (default: the current one),
    `method` replaces the period's. Summaries that are missing are made first. Raises Unreadable for an
    unknown region or rule set.
    """
    if area is not None:
        region(area)
    with workspace.changing() as connection:
        summaries.refresh(connection)
    with workspace.asking() as connection:
        return assessed(connection, area=area, period=period, method=method)


def assessed(
    connection: Connection, *, area: str | None = None, period: str | None = None, method: str | None = None,
    rt: str | None = None,
) -> list[RtAssessment]:
    """Return the same as `assessments` from summaries that are up to date, also inside a transaction, or of one RT."""
    chosen = period or facts(connection).period
    terms = terms_of(connection, chosen, method=method)
    tallies = summaries.known(connection, area=area, period=chosen)
    surveys = _by_rt(connection, RtSurvey, area, chosen, rt)
    recaps = _by_rt(connection, RtRecap, area, chosen, rt)
    counted = {(place[0], place[1]): tally for place, tally in tallies.items() if rt in (None, place[1])}
    open_ = disputes.open_by_rt(connection, DECIDING, chosen)
    rolls = _rolls(connection, area, chosen)
    return [
        assessment.assess(
            *place, terms=terms, tally=counted.get(place, Tally()), survey=surveys.get(place), recap=recaps.get(place),
            disputes={form: numbers[place] for form, numbers in open_.items()}, roll=rolls.get(place, NO_ROLL),
        )
        for place in sorted({*counted, *surveys, *recaps})
    ]


def terms_of(connection: Connection, period: str, *, method: str | None = None) -> Terms:
    """Return the rules, the counting method and the density limit of a period; `method` replaces the period's."""
    return assessment.terms(_period(connection, period), method=method)


def _rolls(connection: Connection, area: str | None, period: str) -> dict[RtPlace, Roll]:
    """Return the lists of residents by RT."""
    ended = completeness.outcomes(connection, area, period)
    return {place: Roll(outcomes.total(), outcomes[""]) for place, outcomes in ended.items() if place[1]}


def _period(connection: Connection, key: str) -> Record | None:
    return next((record for record in views.found(connection, Period) if views.period_key(record) == key), None)


def _by_rt(
    connection: Connection, form: type[Form], area: str | None, period: str, rt: str | None
) -> dict[RtPlace, Record]:
    found = views.found(connection, form, views.Where(area=area, period=period, rt=rt))
    return {(str(record.answers.get("region")), str(record.answers.get("rt"))): record for record in found}


def score_workspace(
    workspace: Workspace, *, area: str | None = None, period: str | None = None, method: str | None = None
) -> dict[str, object]:
    """Return the scores of a workspace as `p2kp score --workspace` prints them."""
    rows = assessments(workspace, area=area, period=period, method=method)
    with workspace.asking() as connection:
        chosen = period or facts(connection).period
        terms = terms_of(connection, chosen, method=method)
    warnings = [f"{row.region} {row.rt}: {warning}" for row in rows for warning in row.score.warnings]
    return {
        "rules": terms.regulation.code, "period": chosen, "method": terms.method,
        "rows": [assessment.to_json(row) for row in rows], "warnings": warnings,
    }


def score_table(path: Path, rules: str) -> tuple[dict[str, object], list[str]]:
    """Return the scores of a CSV file of volumes, and what could not be read, line by line; raise Trouble."""
    if not path.is_file():
        raise Trouble(
            say("Berkas {path} tidak ditemukan.", path=path), remedy="Periksa nama dan foldernya.", code="S01"
        )
    return score_csv.score_file(path, rules)
