"""The community of the practice village: institutions, agreements, meetings, needs and who answers them."""

import datetime
import json
import re
from collections.abc import Mapping
from typing import Any

from p2kp_desktop import environment
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.store import Workspace

from .village_sample import KELURAHAN, SAMPLE

_DAYS = re.compile(r"hari ([+-]\d+)")  # so many days from the one on which the village is made
_YEAR = re.compile(r"\{year([+-]\d+)?\}")


def build_community(workspace: Workspace) -> None:
    """Record what stands in resources/practice/community.json, one after another as people did."""
    ids: dict[str, str] = {}
    with editing(workspace) as edits:
        for each in _script():
            form = form_named(each["form"])
            given = {key: _meant(value, ids) for key, value in each["answers"].items()}
            if "of" in each:
                given["parent"] = ids[each["of"]]
            elif form.place != "city":
                given["region"] = KELURAHAN
            recorded = recording.record_within(edits, form, given, origin=SAMPLE)
            if "as" in each:
                ids[each["as"]] = recorded.id


def _script() -> list[dict[str, Any]]:
    text = (environment.resources() / "practice" / "community.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["records"]
    return found


def _meant(value: object, ids: Mapping[str, str]) -> object:
    if not isinstance(value, str):
        return value
    if value.startswith("@"):
        return ids[value.removeprefix("@")]
    if days := _DAYS.fullmatch(value):
        return (environment.today() + datetime.timedelta(days=int(days[1]))).isoformat()
    return _YEAR.sub(lambda found: str(environment.this_year() + int(found[1] or 0)), value)
