"""By which keys the saves of each node are signed, and who said so.

A workspace says it of its own nodes (`ITSELF`); of a node that only others told of, the first word stands (`OTHERS`)
until its workspace speaks itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from p2kp_desktop.schema.branches import MARK, origin
from p2kp_desktop.schema.save_signing import holds

from .records import upsert
from .tables import acquaintances, history, signers

AT_ONCE = 500

ITSELF, OTHERS = "itself", "others"
_TAKEN_BACK = "-"  # in the place of an import that said so and was taken back, where others said the same


@dataclass(frozen=True)
class Signer:
    """A key by which the saves of a node are signed; `transfer` is the import that said so, «» for what is ours."""

    node: str
    key: str
    said: str = ITSELF
    transfer: str = ""


def note(connection: sa.Connection, found: Iterable[Signer]) -> None:
    """Note by which keys nodes sign; what was noted before stands."""
    wanted = {(each.node, each.key): each for each in found}
    here = signers.c
    for each in wanted.values():
        same = (here.node == each.node) & (here.key == each.key)
        before = connection.scalar(sa.select(here.said).where(same))
        if before is None or (before == OTHERS and each.said == ITSELF):
            upsert(connection, signers, ("node", "key"), [vars(each)])


def keys_of(connection: sa.Connection, node: str) -> tuple[frozenset[str], bool]:
    """Return the keys that sign the saves of a node, and whether its workspace said so itself.

    One that was met before saves were signed signs them with the key of its bundles.
    """
    return _keys(connection, signers.c.node == node, acquaintances.c.node == node).get(node, (frozenset(), False))


def everybody(connection: sa.Connection) -> dict[str, frozenset[str]]:
    """Return the keys that sign the saves of each node, of all that are known."""
    return {name: keys for name, (keys, _by_itself) in _keys(connection, sa.true(), sa.true()).items()}


def _keys(
    connection: sa.Connection, noted: sa.ColumnElement[bool], met: sa.ColumnElement[bool]
) -> dict[str, tuple[frozenset[str], bool]]:
    said = defaultdict[str, dict[str, set[str]]](lambda: defaultdict(set))
    for row in connection.execute(sa.select(signers.c.node, signers.c.key, signers.c.said).where(noted)):
        said[row.node][row.said].add(row.key)
    for node, key in connection.execute(sa.select(acquaintances.c.node, acquaintances.c.key).where(met)):
        if key:
            said[node][ITSELF].add(key)
    return {name: (frozenset(each[ITSELF] or each[OTHERS]), bool(each[ITSELF])) for name, each in said.items()}


def places(connection: sa.Connection, node: str) -> frozenset[str]:
    """Return the places of the saves of a node that are signed."""
    chosen = sa.select(history.c.place).where(_is_of(node), history.c.mark != "").distinct()
    return frozenset(connection.scalars(chosen))


def forget(connection: sa.Connection, transfer: str) -> None:
    """Forget what an import said that is taken back, but for keys that sign saves which are still here.

    Those came with others, which said the same, and are forgotten with the last of these saves.
    """
    said = signers.c.transfer.in_([transfer, _TAKEN_BACK])
    for row in connection.execute(sa.select(signers.c.node, signers.c.key).where(said)).all():
        its = (signers.c.node == row.node) & (signers.c.key == row.key)
        connection.execute(
            signers.update().where(its).values(transfer=_TAKEN_BACK) if _signs(connection, row.node, row.key)
            else signers.delete().where(its)
        )


def _signs(connection: sa.Connection, node: str, key: str) -> bool:
    """Say whether a save of a node that is here is signed with a key."""
    chosen = sa.select(history.c.hash, history.c.mark).where(_is_of(node), history.c.mark != "")
    return any(holds(key, row.hash, row.mark) for row in connection.execute(chosen))


def told(connection: sa.Connection, places: Sequence[str], ids: Collection[str]) -> dict[str, list[str]]:
    """Return the keys of the nodes that made saves in these places or of these records, for a bundle with them."""
    here, wanted = history.c, sorted(ids)
    of_records = (here.record.in_(wanted[at : at + AT_ONCE]) for at in range(0, len(wanted), AT_ONCE))
    parts = [here.place.in_(places), *of_records]
    there = {origin(name) for each in parts for name in connection.scalars(sa.select(here.node).where(each).distinct())}
    found = {name: sorted(keys_of(connection, name)[0]) for name in sorted(there)}
    return {name: keys for name, keys in found.items() if keys}


def first_signed(connection: sa.Connection, node: str) -> int | None:
    """Return the count of the first save of a node, known here, that is signed; None where none is."""
    chosen = sa.select(sa.func.min(history.c.tick)).where(_is_of(node), history.c.mark != "")
    found: int | None = connection.scalar(chosen)
    return found


def overrule(connection: sa.Connection, node: str, keys: Collection[str]) -> None:
    """Believe the keys that a workspace itself signs with, not what others said of it before: false marks go."""
    connection.execute(
        signers.delete().where(signers.c.node == node, signers.c.said == OTHERS, signers.c.key.not_in(list(keys)))
    )
    here = history.c
    chosen = sa.select(here.node, here.tick, here.hash, here.mark).where(_is_of(node), here.mark != "")
    for row in connection.execute(chosen).all():
        if not any(holds(key, row.hash, row.mark) for key in keys):
            same = (here.node == row.node) & (here.tick == row.tick)
            connection.execute(history.update().where(same).values(mark=""))


def unsigned(connection: sa.Connection, own: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """Return node, count and hash of own saves before the first signed one: of earlier releases."""
    here, found = history.c, []
    for name, last in own.items():
        first = first_signed(connection, origin(name))
        chosen = sa.select(here.node, here.tick, here.hash).where(
            here.node == name, here.tick <= last, sa.func.coalesce(here.mark, "") == "",
            *([here.tick < first] if first is not None else []),
        )
        found += [(row.node, row.tick, row.hash) for row in connection.execute(chosen)]
    return found


def mark(connection: sa.Connection, marks: Mapping[tuple[str, int], str]) -> None:
    """Note the signatures of saves."""
    if marks:
        here = history.c
        connection.execute(
            history.update().where(here.node == sa.bindparam("its"), here.tick == sa.bindparam("at"))
            .values(mark=sa.bindparam("given")),
            [{"its": node, "at": tick, "given": given} for (node, tick), given in marks.items()],
        )


def _is_of(node: str) -> sa.ColumnElement[bool]:
    """Choose the saves of a node and of its branches."""
    here = history.c.node
    return (here == node) | ((here > f"{node}{MARK}") & (here < f"{node}{chr(ord(MARK) + 1)}"))
