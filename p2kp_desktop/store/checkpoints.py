"""How far the events of other workspaces reached when their bundles came, and how far others know those noted here."""

from dataclasses import dataclass

import sqlalchemy as sa

from .tables import checkpoints

THEIRS, OURS = "theirs", "ours"


@dataclass(frozen=True)
class Checkpoint:
    """Number and hash of the last event that a bundle told of; `standing` is how that went on from the one before."""

    transfer: str
    of: str  # THEIRS, or OURS: how far its sender says that it knows those of this workspace
    node: str
    key: str
    number: int
    hash: str
    serial: int
    standing: str
    time: str


def keep(connection: sa.Connection, found: Checkpoint) -> None:
    """Keep what a bundle told, with the import that brought it."""
    last = connection.scalar(sa.select(sa.func.max(checkpoints.c.step))) or 0
    connection.execute(checkpoints.insert().values({**vars(found), "step": last + 1}))


def of_node(connection: sa.Connection, node: str, of: str = THEIRS) -> list[Checkpoint]:
    """Return the checkpoints that the bundles of a node told, the last that came first."""
    return _found(connection, checkpoints.c.node == node, checkpoints.c.of == of)


def of_key(connection: sa.Connection, key: str) -> list[Checkpoint]:
    """Return the checkpoints of the bundles that a key signed, the last that came first."""
    return _found(connection, checkpoints.c.key == key, checkpoints.c.of == THEIRS)


def newest(connection: sa.Connection, of: str = THEIRS) -> dict[str, Checkpoint]:
    """Return by node what its last bundle told."""
    found: dict[str, Checkpoint] = {}
    for each in _found(connection, checkpoints.c.of == of):
        found.setdefault(each.node, each)
    return found


def forget(connection: sa.Connection, transfer: str) -> None:
    """Forget what an import told that is taken back."""
    connection.execute(checkpoints.delete().where(checkpoints.c.transfer == transfer))


def _found(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Checkpoint]:
    names = [column for column in checkpoints.columns if column.name != "step"]
    rows = connection.execute(sa.select(*names).where(*where).order_by(checkpoints.c.step.desc())).mappings()
    return [Checkpoint(**row) for row in rows]
