"""The practice village: a kelurahan in the middle of its work, made by the same actions as real data.

One RT is verified but for three records returned with comments; one is being keyed, with every kind of
problem, a draft, likely doubles, a conflict and houses that are missing; one has a recap only. Last year
stands beside it for comparison. The community has its institutions, agreements, meetings and helpers. What others
hand over lies in a folder of files.
"""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from p2kp_desktop import environment
from p2kp_desktop.actions.common.bench import bench
from p2kp_desktop.actions.importing import resident_lists
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording, saves
from p2kp_desktop.actions.residents import residents
from p2kp_desktop.actions.residents.residents import ResidentLine
from p2kp_desktop.forms import Household, Kawasan, Period, RtRecap, RtSurvey
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.schema import Answer, Form, new_id
from p2kp_desktop.store import Workspace

from . import village_community, village_files
from .village_sample import KELURAHAN, SAMPLE, Given, households, script, survey, volumes


def build(workspace: Workspace, folder: Path) -> None:
    """Fill a new practice workspace, and put the files that others hand over into a folder."""
    year = environment.this_year()
    dice = random.Random(100_0_100)
    _record(workspace, Period, [{"year": each, "rules": "2018", "method": "workbook"} for each in (year - 1, year)])
    _record(workspace, form_named("rt"), script()["rts"])
    before = _last_year(workspace, dice, year - 1)
    verified = _census(dice, script()["verified"], year)
    for given, earlier in zip(verified, before, strict=False):
        given["identity"] = earlier
    keyed = _keyed(dice, year)
    rts = (script()["verified"]["rt"], script()["keyed"]["rt"])
    _record(workspace, RtSurvey, [survey(place, rt, year) for place, rt in enumerate(rts)])
    _record(workspace, RtRecap, [_recap(year)])
    _record(workspace, Kawasan, [script()["kawasan"]])
    village_community.build_community(workspace)
    ids = {
        script()["verified"]["rt"]: _record(workspace, Household, verified),
        script()["keyed"]["rt"]: _record(workspace, Household, keyed),
    }
    _listed(workspace, keyed, str(year))
    with bench() as place:
        village_files.exchange(workspace, ids, place, folder)
    _begun(workspace, dice, year)
    saves.refresh_summaries(workspace)


def _record(workspace: Workspace, form: type[Form], given: Sequence[Mapping[str, Any]]) -> list[str]:
    """Record them in one transaction; return their ids. Raises what recording refuses: the script is wrong then."""
    ended = recording.record_all(workspace, form, list(enumerate(given)), origin=SAMPLE)
    for _, refusal in ended.refused:
        raise refusal
    return [each.id for each in ended.recorded]


def _census(dice: random.Random, wanted: Mapping[str, Any], year: int) -> list[Given]:
    return households(dice, wanted["rt"], wanted["households"], year, 1)


def _last_year(workspace: Workspace, dice: random.Random, year: int) -> list[str]:
    """Record the RT that is verified now as it was a year before; return the ids of its households."""
    rt = script()["verified"]["rt"]
    _record(workspace, RtSurvey, [survey(0, rt, year) | script()["survey_last_year"]])
    return _record(workspace, Household, households(dice, rt, script()["verified"]["households"] - 2, year))


def _recap(year: int) -> Given:
    address = {"rt": script()["rts"][2]["rt"], "period": str(year), "date": f"{year}-10-04", "official": "ya"}
    return {**address, "source": volumes()["recap_source"], **volumes()["recap"]}


def _keyed(dice: random.Random, year: int) -> list[Given]:
    """Return the RT being keyed: complete households, and those with something to put right."""
    wanted = script()["keyed"]
    found = households(dice, wanted["rt"], wanted["households"], year)
    for each in script()["incomplete"]:
        found[each["house"] - 1] = {k: v for k, v in found[each["house"] - 1].items() if k not in each["drop"]}
    for kind in ("impossible", "unusual", "explained"):
        for each in script()[kind]:
            found[each["house"] - 1] |= each["answers"]
    for each in (*script()["conflicts"], script()["arriving"]):
        found[each["house"] - 1] |= {each["question"]: each["before"]}
    for each in script()["doubles"]:
        found[each["of"] - 1] |= each["answers"]
        found.append(found[each["of"] - 1] | each["twin"])
    return found


def _listed(workspace: Workspace, keyed: Sequence[Given], period: str) -> None:
    """Put the head's list of residents: those recorded, and houses that nobody has keyed."""
    missing = script()["missing"]
    visited = keyed[: script()["keyed"]["households"]]
    names = [ResidentLine(str(each["building"]), each["head_name"]) for each in visited]
    lines = [*names, *(ResidentLine(each["number"], each["name"]) for each in missing)]
    rt = script()["keyed"]["rt"]
    resident_lists.put_list(workspace, KELURAHAN, rt, period, lines, origin=SAMPLE)
    there = residents.lines(workspace, KELURAHAN, rt, period)
    for line, each in zip(there[-len(missing):], missing, strict=True):
        if each["outcome"]:
            residents.decide(workspace, line.id, each["outcome"], note=each["note"])


def _begun(workspace: Workspace, dice: random.Random, year: int) -> None:
    """Leave a household half typed, as somebody does who is called away."""
    wanted = script()["draft"]
    given = households(dice, script()["keyed"]["rt"], wanted["house"], year)[-1]
    typed: dict[str, Answer] = {"region": KELURAHAN, "rt": given["rt"], "period": given["period"]}
    for question in Household.questions:
        if question.key == wanted["until"]:
            break
        if question.key in given:
            typed[question.key] = question.read(given[question.key])
    keyed_drafts.keep(workspace, Household, new_id(), typed, wanted["until"])
