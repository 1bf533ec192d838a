"""Which edits are this workspace's own, and which nodes two workspaces used at once.

A workspace that was copied or restored goes on under a new node. Of the earlier ones it has what it had at
that moment: what others add under them later arrives like anybody's edits. A node whose counts were used
twice is forked: where its branches are known (store/branching.py), each is a node like others; where an earlier
release only noted it, no count of it from the first such one on says who has what.
"""

import json
from collections.abc import Mapping

import sqlalchemy as sa

from p2kp_desktop.schema.causality import Vector

from . import facts, history, node

RETIRED, FORKS = "retired_nodes", "forked_nodes"


def own_edits(connection: sa.Connection) -> dict[str, int]:
    """Return the edits made in this workspace, under its present node and those before it."""
    noted = facts.everything(connection)
    retired = _counts(noted.get(RETIRED, ""))
    found = {mine: retired.get(mine, history.last_tick(connection, mine)) for mine in node.own_nodes(connection)}
    return {mine: tick for mine, tick in capped(found, forks(connection)).items() if tick}


def counting(connection: sa.Connection) -> str:
    """Return the node under which this workspace goes on counting; "" while it waits for a new one."""
    noted = facts.everything(connection)
    present = noted[node.NODE]
    return "" if present in _counts(noted.get(RETIRED, "")) else present


def retire(connection: sa.Connection, mine: str, tick: int | None = None) -> None:
    """Note how far this workspace had counted under a node that it uses no more; the first note stands.

    Left out, the count is that of its last save known here.
    """
    counts = _counts(facts.everything(connection).get(RETIRED, ""))
    if mine not in counts:
        counts[mine] = history.last_tick(connection, mine) if tick is None else tick
        facts.note(connection, RETIRED, json.dumps(counts))


def retired(connection: sa.Connection) -> dict[str, int]:
    """Return how far this workspace had counted under the nodes that it uses no more."""
    return _counts(facts.everything(connection).get(RETIRED, ""))


def disown(connection: sa.Connection, mine: str) -> None:
    """Forget that saves under a node were made here: all of them were taken back, and nobody has them."""
    noted = facts.everything(connection)
    facts.note(connection, node.OWN, " ".join(name for name in noted[node.OWN].split() if name != mine))
    counts = _counts(noted.get(RETIRED, ""))
    if counts.pop(mine, None) is not None:
        facts.note(connection, RETIRED, json.dumps(counts))


def forks(connection: sa.Connection) -> dict[str, int]:
    """Return the forked nodes whose branches are not known, with the first count that was used twice.

    An earlier release noted them without keeping what the other copy saved; it comes with that copy's next file.
    """
    return _counts(facts.everything(connection).get(FORKS, ""))


def forget_fork(connection: sa.Connection, node: str) -> None:
    """Forget that a node is forked: its branches tell now what was saved where."""
    known = forks(connection)
    if known.pop(node, None) is not None:
        facts.note(connection, FORKS, json.dumps(known))


def capped(edits: Vector, forked: Mapping[str, int]) -> dict[str, int]:
    """Return the edits without those counts that two workspaces used."""
    cut = {name: min(tick, forked.get(name, tick + 1) - 1) for name, tick in edits.items()}
    return {name: tick for name, tick in cut.items() if tick > 0}


def _counts(text: str) -> dict[str, int]:
    return {str(name): int(tick) for name, tick in json.loads(text).items()} if text else {}
