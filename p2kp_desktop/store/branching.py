"""The branches of forked nodes in a workspace: which there are, and giving everything their names (schema/branches).

Records, history, knowledge, the ways back of imports and acts, and the notes of a workspace all name nodes. When
another copy of a node turns up they are read anew, once, in the transaction in which it came.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import sqlalchemy as sa

from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import branches
from p2kp_desktop.schema.branches import Branch, Path, Reader, Row, Tree
from p2kp_desktop.schema.causality import Dot, Vector, Version
from p2kp_desktop.schema.history import HistoryRow

from . import facts, history, lineage, node, records, spans, summaries, undoing
from .tables import RECORDS, acquaintances, knowledge, other_records, undo_history
from .tables import history as rows_table

BRANCHES = "branches"  # the note: {node: {branch: [parent, first count]}}


def shapes(connection: sa.Connection) -> dict[str, Tree]:
    """Return the forked nodes with their branches, without their saves."""
    noted = json.loads(facts.everything(connection).get(BRANCHES, "{}"))
    return {
        each: {name: Branch(str(parent), int(first), {}) for name, (parent, first) in tree.items()}
        for each, tree in noted.items()
    }


def written(trees: Mapping[str, Tree]) -> dict[str, dict[str, list[str | int]]]:
    """Return the shape of trees as JSON values, for a note or a manifest."""
    return {
        each: {name: [branch.parent, branch.first] for name, branch in tree.items()} for each, tree in trees.items()
    }


def tree(connection: sa.Connection, origin: str) -> Tree:
    """Return the branches of a node with all saves known of them."""
    shape = shapes(connection).get(origin) or {origin: Branch("", 1, {})}
    return {
        name: Branch(branch.parent, branch.first, branches.line(_rows(connection, name)))
        for name, branch in shape.items()
    }


def _rows(connection: sa.Connection, name: str) -> Iterator[Row]:
    here = rows_table.c
    chosen = sa.select(here.tick, here.place, here.number, here.hash, here.previous).where(here.node == name)
    for row in connection.execute(chosen):
        yield Row(*row)


def lacks(connection: sa.Connection, name: str, place: str, mark: str, *, whole: bool) -> bool:
    """Say whether a chain is here, or is `whole` in any case, but not the save in it whose hash begins so."""
    here = rows_table.c
    found = sa.func.sum(sa.case((sa.func.substr(here.hash, 1, branches.SHORT) == mark, 1), else_=0))
    chosen = sa.select(sa.func.count(), found).where(here.node == name, here.place == place)
    count, same = connection.execute(chosen).one()
    return (whole or bool(count)) and not same


def stem(connection: sa.Connection, first: HistoryRow) -> HistoryRow | None:
    """Return the row that the chain of a branch, which begins with this row, goes on from; None for other chains."""
    dot = first.save.dot
    if branches.MARK not in dot.node:
        return None
    shape = shapes(connection).get(branches.origin(dot.node), {})
    stretches = branches.path(shape, dot.node)[:-1] if dot.node in shape else ()
    here = rows_table.c
    for each in reversed(stretches):
        chosen = sa.select(rows_table).where(here.node == each.node, here.place == first.place, here.tick <= each.last)
        found = connection.execute(chosen.order_by(here.tick.desc()).limit(1)).first()
        if found is not None:
            return history.row_of(found)
    return None


def ends_left_out(
    connection: sa.Connection, places: Iterable[str], since: Mapping[str, Vector]
) -> dict[str, dict[str, str]]:
    """Return, by place and node, the last save of every chain that a bundle leaves out whole, in short.

    Its receiver has it: so it can tell whose line the node is that the bundle speaks of.
    """
    if not since:
        return {}
    here, wanted = rows_table.c, frozenset(places)
    heads = sa.select(here.node, here.place, sa.func.max(here.tick).label("tick")).group_by(here.node, here.place)
    found: dict[str, dict[str, str]] = {}
    for name, place, tick in connection.execute(heads).all():
        if place in wanted and since.get(place, {}).get(name, 0) >= tick:
            (seal,) = connection.execute(sa.select(here.hash).where(here.node == name, here.tick == tick)).one()
            found.setdefault(place, {})[name] = seal[: branches.SHORT]
    return found


def plant(connection: sa.Connection, origin: str, old: Tree, new: Tree) -> dict[Dot, Dot]:
    """Give everything here the names of the branches as they are known now; return the saves renamed.

    `old` are the branches as they were named until now, with all saves that are kept here.
    """
    if {name: branch.rows.keys() for name, branch in old.items()} == {n: b.rows.keys() for n, b in new.items()}:
        return {}
    moved = _move_rows(connection, old, new)
    _note(connection, origin, new)
    paths = branches.ways(old, new)
    if paths:
        _rename(connection, origin, Reader.between(old, new), paths, _of_others(origin, paths, new))
    return moved


def _move_rows(connection: sa.Connection, old: Tree, new: Tree) -> dict[Dot, Dot]:
    place = {seal: name for name, branch in new.items() for seal in branch.rows}
    moved = {
        Dot(name, row.tick): Dot(place[row.hash], row.tick)
        for name, branch in old.items() for row in branch.rows.values() if place.get(row.hash, name) != name
    }
    here = rows_table.c
    if moved:
        connection.execute(
            rows_table.update().where(here.node == sa.bindparam("old"), here.tick == sa.bindparam("at"))
            .values(node=sa.bindparam("new")),
            [{"old": before.node, "at": before.tick, "new": after.node} for before, after in moved.items()],
        )
        _move_ways_back(connection, moved)
    return moved


def _move_ways_back(connection: sa.Connection, moved: Mapping[Dot, Dot]) -> None:
    there = undo_history.c
    for name in {dot.node for dot in moved}:
        held = connection.execute(sa.select(undo_history).where(there.node == name)).mappings().all()
        for row in held:
            after = moved.get(Dot(name, row["tick"]))
            if after is not None:
                same = (there.transfer == row["transfer"]) & (there.node == name) & (there.tick == row["tick"])
                connection.execute(undo_history.update().where(same).values(node=after.node))


def _note(connection: sa.Connection, origin: str, new: Tree) -> None:
    kept = {each: tree for each, tree in shapes(connection).items() if each != origin}
    if len(new) > 1:
        kept[origin] = new
    facts.note(connection, BRANCHES, json.dumps(written(kept)))
    lineage.forget_fork(connection, origin)


def _of_others(origin: str, paths: Mapping[str, Path], new: Tree) -> dict[str, Path]:
    """Return the same for what others are known to have: of a node that forked just now as far as all have the same."""
    return {
        name: branches.up_to_fork(name, new) if name == origin and len(new) > 1 else way for name, way in paths.items()
    }


def _rename(
    connection: sa.Connection, origin: str, reader: Reader, paths: Mapping[str, Path], of_others: Mapping[str, Path]
) -> None:
    _rename_knowledge(connection, paths, of_others)
    spans.forget_of(connection, paths)
    _rename_acquaintances(connection, paths)
    _rename_notes(connection, origin, paths)
    seals: dict[str, str] = {}
    for form in records.kept_forms(connection):
        _rename_records(connection, form, origin, reader, seals)
    for form in connection.scalars(sa.select(other_records.c.form).distinct()).all():
        _rename_records(connection, form, origin, reader, seals)
    undoing.reread(connection, origin, lambda version: reader.version(version)[0], seals)


def _rename_records(
    connection: sa.Connection, form: str, origin: str, reader: Reader, seals: dict[str, str]
) -> None:
    """Read the records of a form anew that name the node; note the seal of each before and after."""
    table = RECORDS.get(form, other_records)
    named = sa.or_(table.c.state.contains(origin, autoescape=True), table.c.extra.contains(origin, autoescape=True))
    chosen = sa.select(table.c.id, table.c.seal).where(named)
    if form not in RECORDS:
        chosen = chosen.where(table.c.form == form)
    before = {row.id: row.seal for row in connection.execute(chosen)}
    ids = list(before)
    for at in range(0, len(ids), records.AT_ONCE):
        found = records.read(connection, form, ids[at : at + records.AT_ONCE])
        read = {ident: reader.version(version)[0] for ident, version in found.items()}
        changed = {ident: version for ident, version in read.items() if version != found[ident]}
        records.write(connection, changed.values())
        after = records.seals(connection, form, list(changed))
        seals |= {before[ident]: after[ident] for ident in changed}
        if form == Household.key:
            summaries.forget(connection, {_place(each) for ident in changed for each in (found[ident], read[ident])})


def _place(version: Version) -> summaries.Place:
    values = version.values()
    return str(values.get("region")), str(values.get("rt")), str(values.get("period"))


def _rename_knowledge(
    connection: sa.Connection, paths: Mapping[str, Path], of_others: Mapping[str, Path]
) -> None:
    here = knowledge.c
    mine = here.node.in_(list(paths))
    held: dict[tuple[str, str], dict[str, int]] = {}
    for row in connection.execute(sa.select(knowledge).where(mine)):
        held.setdefault((row.holder, row.place), {})[row.node] = row.tick
    connection.execute(knowledge.delete().where(mine))
    for (holder, place), edits in held.items():
        read = branches.vector_read(edits, (of_others if holder else paths).get)
        facts.learn(connection, place, read, holder=holder)


def _rename_acquaintances(connection: sa.Connection, paths: Mapping[str, Path]) -> None:
    """Call a copy that was met after its branch."""
    for name, way in paths.items():
        now = way[-1].node if way else name
        if now == name:
            continue
        taken = connection.execute(sa.select(acquaintances.c.node).where(acquaintances.c.node == now)).first()
        held = {} if taken else facts.known_edits(connection, name)
        its = acquaintances.c.node == name
        connection.execute(
            acquaintances.delete().where(its) if taken else acquaintances.update().where(its).values(node=now)
        )
        connection.execute(knowledge.delete().where(knowledge.c.holder == name))
        for place, edits in held.items():
            facts.learn(connection, place, edits, holder=now)


def _rename_notes(connection: sa.Connection, origin: str, paths: Mapping[str, Path]) -> None:
    """Read anew what the notes of the workspace say of its own nodes, and the vectors that some of them hold."""
    noted = facts.everything(connection)
    retired = lineage.retired(connection)
    for key in (node.NODE, node.DOUBTED):
        if way := paths.get(noted.get(key, "")):
            facts.note(connection, key, way[-1].node)
    for key in (node.OWN, node.FORMER):
        names = [now for name in noted.get(key, "").split() for now in _now(name, paths, retired)]
        if key in noted:
            facts.note(connection, key, " ".join(dict.fromkeys(names)))
    for name, text in noted.items():
        if name not in (BRANCHES, node.NODE, node.DOUBTED, node.OWN, node.FORMER) and f'"{origin}' in text:
            read = branches.held_read(text, lambda vector: branches.vector_read(vector, paths.get))
            facts.note(connection, name, str(read))


def _now(name: str, paths: Mapping[str, Path], retired: Vector) -> Sequence[str]:
    """Return the names that a node of one's own has now: its branches as far as saves were made here."""
    way = paths.get(name)
    if way is None:
        return [name]
    return [each.node for each in way if retired.get(name, branches.FOR_EVER) >= each.first] or [name]
