"""The community of the practice village: institutions, agreements, meetings, needs, decrees, targets, prices."""

import datetime
import json
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

from p2kp_desktop import environment
from p2kp_desktop.actions.collaboration import programme, targets
from p2kp_desktop.actions.community import agreement_steps, decided
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.target import Target
from p2kp_desktop.store import Workspace

from .village_sample import KELURAHAN, SAMPLE, Given

_DAYS = re.compile(r"hari ([+-]\d+)")  # so many days from the one on which the village is made
_YEAR = re.compile(r"\{year([+-]\d+)?\}")


def build_community(workspace: Workspace) -> None:
    """Record and do what stands in resources/practice/community.json, one after another as people did."""
    ids: dict[str, str] = {}
    for is_act, some in groupby(_script(), key=lambda each: "act" in each):
        if is_act:
            for each in some:
                _ACTS[each["act"]](workspace, ids.get(each["on"], each["on"]))
        else:
            _record_together(workspace, some, ids)


def _record_together(workspace: Workspace, some: Iterable[Mapping[str, Any]], ids: dict[str, str]) -> None:
    """Record some in one transaction, and keep the ids of those that have a name."""
    with editing(workspace) as edits:
        for each in some:
            form = form_named(each["form"])
            given = meant(each["answers"], ids)
            if "again" in each:
                given["id"] = ids[each["again"]]
            elif "of" in each:
                given["parent"] = ids[each["of"]]
            elif form.place != "city":
                given["region"] = KELURAHAN
            recorded = recording.record_within(edits, form, given, origin=SAMPLE)
            if "as" in each:
                ids[each["as"]] = recorded.id


def _take_target(workspace: Workspace, offer: str) -> None:
    """Take a target over as it is offered."""
    wanted = next(each for each in targets.offered(workspace, KELURAHAN) if each.id == offer)
    record = targets.begin(workspace, wanted, KELURAHAN)
    opened = keyed_drafts.open_draft(workspace, record)
    assert opened is not None
    keyed_drafts.save(workspace, Target, record, opened.keying.given(), is_new=True)


_ACTS: Mapping[str, Callable[[Workspace, str], object]] = {
    "participants": lambda workspace, _on: programme.take_offered(workspace, KELURAHAN),
    "offered_target": _take_target,
    "version": agreement_steps.begin_version,
    "tasks": decided.give_tasks,
}


def _script() -> list[dict[str, Any]]:
    text = (environment.resources() / "practice" / "community.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["records"]
    return found


def meant(answers: Given, ids: Mapping[str, str]) -> Given:
    """Return answers as they are given today: days and years are told from now on, other records by their names."""
    return {key: _meant(value, ids) for key, value in answers.items()}


def _meant(value: object, ids: Mapping[str, str]) -> object:
    if not isinstance(value, str):
        return value
    if value.startswith("@"):
        return ids[value.removeprefix("@")]
    if days := _DAYS.fullmatch(value):
        return (environment.today() + datetime.timedelta(days=int(days[1]))).isoformat()
    return _YEAR.sub(lambda found: str(environment.this_year() + int(found[1] or 0)), value)
