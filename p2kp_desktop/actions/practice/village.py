"""The practice village: a kelurahan in the middle of its work, made by the same actions as real data.

One RT is verified but for three records returned with comments; one is being keyed, with every kind of
problem, a draft, likely doubles, a conflict and houses that are missing; one has a recap only; of one the data come
with a file. Last year stands beside it for comparison, with its official result; this year's was frozen before the
last houses came. The community has its institutions, agreements, meetings and helpers, decrees about its slum,
targets and prices. What others hand over lies in a folder of files.
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
from p2kp_desktop.actions.review import stamps
from p2kp_desktop.forms import Household, Period, RtRecap, RtSurvey
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.schema import Answer, Form, new_id
from p2kp_desktop.store import Workspace

from . import village_before, village_community, village_files
from .village_sample import KELURAHAN, SAMPLE, Given, households, recap, script, survey


def build(workspace: Workspace, folder: Path) -> None:
    """Fill a new practice workspace, and put the files that others hand over into a folder."""
    year = environment.this_year()
    _record(workspace, Period, [{"year": each, "rules": "2018", "method": "workbook"} for each in (year - 1, year)])
    _record(workspace, form_named("rt"), script()["rts"])
    dice = random.Random(100_0_100)
    now = {rt: households(dice, rt, count, year, weights) for rt, count, weights in _censuses()}
    before = _last_year(workspace, now, year - 1)
    areas = [survey(place, rt, year) | script()["improved"].get(rt, {}) for place, rt in enumerate(now)]
    _record(workspace, RtSurvey, areas)
    _record(workspace, RtRecap, [recap(script()["rts"][2]["rt"], year)])
    village_community.build_community(workspace)
    houses = {rt: village_before.surveyed_again(some, before[rt]) for rt, some in now.items()}
    ids = _surveyed(workspace, houses, year)
    with bench() as place:
        village_files.exchange(workspace, ids, place, folder)
    head = script()["rts"][0]
    stamps.stamp_acknowledged(workspace, KELURAHAN, head["rt"], str(year), name=head["head_name"],
                              date=environment.today().isoformat())
    _begun(workspace, dice, year)
    saves.refresh_summaries(workspace)


def _censuses() -> list[tuple[str, int, int]]:
    """Return the RTs that are surveyed house by house, how many houses, and by which weights they are thrown."""
    return [(script()[which]["rt"], script()[which]["households"], weights)
            for which, weights in (("verified", 1), ("keyed", 0))]


def _last_year(workspace: Workspace, now: Mapping[str, list[Given]], year: int) -> dict[str, list[str]]:
    """Record the village as it was a year before, and what was official then; return the ids of its houses by RT."""
    _record(workspace, RtSurvey, village_before.areas(year))
    _record(workspace, RtRecap, village_before.recaps(year))
    ids = {rt: _record(workspace, Household, village_before.houses(some, rt, year)) for rt, some in now.items()}
    village_before.freeze(workspace, "earlier", year)
    return ids


def _surveyed(workspace: Workspace, houses: Mapping[str, list[Given]], year: int) -> dict[str, list[str]]:
    """Record the houses of this year; between them an official result, since when some came and one was corrected."""
    verified, keyed = houses.values()
    keyed = _keyed(keyed)
    told = script()["editions"]
    corrected, first = told["corrected"], told["houses"]
    keyed[corrected["house"] - 1] |= corrected["before"]
    done = [_record(workspace, Household, some) for some in (verified, keyed[:first])]
    village_before.freeze(workspace, "now", year)
    ids = dict(zip(houses, (done[0], done[1] + _record(workspace, Household, keyed[first:])), strict=True))
    changed = {"id": done[1][corrected["house"] - 1], **corrected["answers"]}
    recording.record(workspace, Household, changed, origin=SAMPLE, reason=corrected["reason"])
    _listed(workspace, keyed, str(year))
    return ids


def _record(workspace: Workspace, form: type[Form], given: Sequence[Mapping[str, Any]]) -> list[str]:
    """Record them in one transaction; return their ids. Raises what recording refuses: the script is wrong then."""
    ended = recording.record_all(workspace, form, list(enumerate(given)), origin=SAMPLE)
    for _, refusal in ended.refused:
        raise refusal
    return [each.id for each in ended.recorded]


def _keyed(houses: Sequence[Given]) -> list[Given]:
    """Return the RT being keyed: complete households, and those with something to put right."""
    found = [dict(each) for each in houses]
    for each in script()["incomplete"]:
        found[each["house"] - 1] = {k: v for k, v in found[each["house"] - 1].items() if k not in each["drop"]}
    for kind in ("impossible", "unusual", "explained"):
        for each in script()[kind]:
            found[each["house"] - 1] |= each["answers"]
    for each in (*script()["conflicts"], script()["arriving"]):
        found[each["house"] - 1] |= {each["question"]: each["before"]}
    for each in script()["doubles"]:
        found[each["of"] - 1] |= each["answers"]
        twin = {key: value for key, value in found[each["of"] - 1].items() if key not in ("id", "identity")}
        found.append(twin | each["twin"])
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
