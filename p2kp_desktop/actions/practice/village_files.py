"""What others hand over in the practice village: the office's return bundle, another team's bundle, workbooks.

The office and the other team are practice workspaces of their own for as long as this takes.
"""

import random
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import practice_mark, workspaces
from p2kp_desktop.actions.importing import official_workbook
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.exchange.template import write_template
from p2kp_desktop.forms import Household, Rt, RtSurvey
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.store import Workspace

from . import village_community
from .village_sample import CITY, KELURAHAN, SAMPLE, households, script, survey

Ids = Mapping[str, Sequence[str]]  # of the households of an RT, in the order of their numbers
TEMPLATE_ROWS = 60


def exchange(workspace: Workspace, ids: Ids, bench: Path, folder: Path) -> None:
    """Let the office return what it was sent and another team bring a conflict; leave files to be received."""
    folder.mkdir(parents=True, exist_ok=True)
    with _practice(bench / "kantor.p2kp", "district", script()["office"], CITY) as office:
        receiving.receive(office, sending.send(workspace, bench).path)
        _review(office, ids)
        receiving.receive(workspace, sending.send(office, bench, to="facilitator").path)
    team_name = script()["team"]
    with _practice(bench / "tim.p2kp", "facilitator", team_name, KELURAHAN) as team:
        receiving.receive(team, sending.send(workspace, bench, to="facilitator", full=True).path)
        _disagree(workspace, team, ids, script()["conflicts"])
        receiving.receive(workspace, sending.send(team, bench, to="facilitator").path)
        _disagree(workspace, team, ids, [script()["arriving"]])
        _record_rt(team, script()["team_rt"])
        sent = sending.send(team, bench, to="facilitator").path
        shutil.move(sent, folder / f"{practice_mark.STAMP} dari {team_name}.xlsx")  # perhaps to another disk
        _workbooks(team, folder)


def _practice(path: Path, role: str, name: str, area: str) -> Workspace:
    made = workspaces.init(path, role=role, name=name, regions=[area])
    practice_mark.mark(made)
    return made


def _review(office: Workspace, ids: Ids) -> None:
    """Return some records with comments, verify the others of the RT where they are clean; record what offices do."""
    wanted = script()["verified"]
    mine = ids[wanted["rt"]]
    for each in script()["returned"]:
        verification.give_back(office, mine[each["house"] - 1], comment=each["comment"], about=each["about"])
    period = str(environment.this_year())
    verification.verify(office, area=KELURAHAN, rt=wanted["rt"], period=period)
    for each in script()["of_office"]:
        recording.record(office, form_named(each["form"]), village_community.meant(each["answers"], {}), origin=SAMPLE)


def _disagree(here: Workspace, there: Workspace, ids: Ids, answers: Sequence[Mapping[str, Any]]) -> None:
    """Let both sides change the same answers, neither knowing of the other."""
    for side, workspace in (("here", here), ("there", there)):
        for each in answers:
            given = {"id": ids[each["rt"]][each["house"] - 1], each["question"]: each[side]}
            recording.record(workspace, Household, given, origin=SAMPLE)


def _record_rt(workspace: Workspace, wanted: Mapping[str, Any]) -> None:
    """Record an RT by census with its surroundings."""
    year, rt = environment.this_year(), wanted["rt"]
    surroundings = survey(1, rt, year)
    recording.record(workspace, Rt, {"rt": rt}, origin=SAMPLE)
    recording.record(workspace, RtSurvey, surroundings, origin=SAMPLE)
    thrown = households(random.Random(rt), rt, wanted["households"], year)
    recording.record_all(workspace, Household, list(enumerate(thrown)), origin=SAMPLE)


def _workbooks(team: Workspace, folder: Path) -> None:
    """Leave an official workbook and a filled template, each with an RT that the village does not have."""
    year = environment.this_year()
    wanted = script()["workbook_rt"]
    _record_rt(team, wanted)
    official_workbook.write_back(team, PlaceOfRows(KELURAHAN, wanted["rt"], str(year)), folder)
    wanted = script()["template_rt"]
    thrown = households(random.Random(wanted["rt"]), wanted["rt"], wanted["households"], year)
    rows = [{"region": KELURAHAN, **each} for each in thrown]
    name = f"{practice_mark.STAMP} templat rumah tangga terisi.xlsx"
    write_template(folder / name, Household, rows=TEMPLATE_ROWS, filled=rows, practice=True)
