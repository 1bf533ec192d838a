"""Saves that this laptop counted and a file lacks: its log was lost or cut, or it was copied before they were in it.

SQLite opens such a file without a word, as it was some saves ago. Only the registry of nodes knows better.
"""

from dataclasses import dataclass

from . import facts, node
from .history import last_tick
from .workspace import Workspace, is_server


@dataclass(frozen=True)
class Lag:
    """How many saves of a node after its count `reached` a file lacks; when the last was counted (ISO 8601).

    `original` is the file that has them, where this one is its copy; "" where they are lost from this one.
    `went_on` says that the file was edited without them since.
    """

    node: str
    reached: int
    saves: int
    until: str
    original: str = ""
    went_on: bool = False


def lag(workspace: Workspace) -> Lag | None:
    """Return how many of its own saves a file lacks, and from which count on.

    None where nothing is missing, or was put back on purpose.
    """
    if is_server(workspace.name):
        return None
    with workspace.asking() as connection:
        own, present = node.own_nodes(connection), facts.everything(connection)[node.NODE]
    counted = {each: node.counted(each) for each in own}  # before the file is asked: somebody may be saving
    with workspace.asking() as connection:
        reached = {each: last_tick(connection, each) for each in own}
    found = (_lag(workspace, present, each, counted[each], reached[each]) for each in reversed(own))
    return next((each for each in found if each), None)


def _lag(workspace: Workspace, present: str, name: str, counted: node.Counted | None, reached: int) -> Lag | None:
    if counted is None or reached >= counted.last:
        return None
    original = node.other_file(counted.file, workspace.name)
    if original and name != present:
        return None  # a copy that counts by itself since; what its original did later is not its own
    if not original and counted.put_back == reached:
        return None
    return Lag(name, reached, counted.last - reached, counted.time, original, went_on=name != present)


def note_put_back(workspace: Workspace) -> None:
    """Note that a file ends where it does because an earlier state was put in its place on purpose."""
    with workspace.asking() as connection:
        for name in node.own_nodes(connection):
            node.note_put_back(name, last_tick(connection, name))
