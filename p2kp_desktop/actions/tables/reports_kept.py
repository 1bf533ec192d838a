"""Which reports a person opened last, and which are marked: kept with the workspace, sent to nobody."""

import json
from dataclasses import dataclass

from p2kp_desktop.store import Workspace, facts

_KEPT = "reports"  # the note of a workspace
MOST = 6  # reports that are remembered as opened


@dataclass(frozen=True)
class Kept:
    """The names of the reports opened last, the newest first, and of those marked."""

    opened: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()


def kept(workspace: Workspace) -> Kept:
    """Return which reports were opened and marked."""
    with workspace.asking() as connection:
        noted = json.loads(facts.everything(connection).get(_KEPT, "{}"))
    return Kept(tuple(noted.get("opened", ())), tuple(noted.get("marked", ())))


def note_opened(workspace: Workspace, name: str) -> Kept:
    """Remember that a report was opened now; return what is kept."""
    before = kept(workspace)
    opened = (name, *(each for each in before.opened if each != name))[:MOST]
    return _keep(workspace, Kept(opened, before.marked))


def turn_mark(workspace: Workspace, name: str) -> Kept:
    """Mark a report, or take its mark away; return what is kept."""
    before = kept(workspace)
    without = tuple(each for each in before.marked if each != name)
    return _keep(workspace, Kept(before.opened, without if name in before.marked else (*before.marked, name)))


def _keep(workspace: Workspace, now: Kept) -> Kept:
    with workspace.changing() as connection:
        facts.note(connection, _KEPT, json.dumps({"opened": now.opened, "marked": now.marked}))
    return now
