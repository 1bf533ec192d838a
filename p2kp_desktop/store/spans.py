"""Saves that came before what precedes them: remembered by the import that brought them, until that comes too."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from p2kp_desktop.schema.causality import Vector
from p2kp_desktop.schema.knowing import Span

from .tables import spans, transfers


def remember(connection: sa.Connection, transfer: str, place: str, found: Iterable[Span]) -> None:
    """Remember what an import brought of a place."""
    rows = [{"transfer": transfer, "place": place, **span._asdict()} for span in found]
    if rows:
        connection.execute(spans.insert(), rows)


def of_place(connection: sa.Connection, place: str) -> list[Span]:
    """Return the spans of saves remembered of a place, which came before what precedes them."""
    chosen = sa.select(spans.c.node, spans.c.since, spans.c.tick).where(spans.c.place == place)
    return [Span(*row) for row in connection.execute(chosen)]


def of_transfers(connection: sa.Connection, ids: Iterable[str]) -> list[tuple[str, Span]]:
    """Return the spans of saves that these imports brought before what precedes them, each with its place."""
    chosen = sa.select(spans.c.place, spans.c.node, spans.c.since, spans.c.tick)
    rows = connection.execute(chosen.where(spans.c.transfer.in_(list(ids))))
    return [(place, Span(*span)) for place, *span in rows]


def forget_since(connection: sa.Connection, step: int) -> None:
    """Forget what the import of this step brought, and those after it: they were told by what was here meanwhile."""
    later = sa.select(transfers.c.id).where(transfers.c.step >= step)
    connection.execute(spans.delete().where(spans.c.transfer.in_(later)))


def forget_counted(connection: sa.Connection, known: Mapping[str, Vector]) -> None:
    """Forget what is known anyway, whichever import may still be taken back."""
    if connection.scalar(sa.select(spans.c.tick).limit(1)) is None:
        return
    for place, edits in known.items():
        for node, tick in edits.items():
            mine = (spans.c.place == place) & (spans.c.node == node)
            connection.execute(spans.delete().where(mine, spans.c.tick <= tick))


def forget_of(connection: sa.Connection, nodes: Iterable[str]) -> None:
    """Forget what was remembered of nodes whose saves are called otherwise now: to know less is always safe."""
    connection.execute(spans.delete().where(spans.c.node.in_(list(nodes))))
