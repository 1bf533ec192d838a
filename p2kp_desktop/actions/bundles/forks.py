"""Two workspaces under one sign: found when their bundles meet, named, and told apart from then on.

It happens when a whole machine is copied or put back to an earlier day, the registry of nodes included: then
nothing tells the file that its counts are being used elsewhere. The sign is the node; people never see it. What
each copy saved gets a name of its own (schema/branches.py), and merges as the saves of any two laptops do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

from p2kp_desktop import environment
from p2kp_desktop.actions.common.office_words import role_words, when
from p2kp_desktop.exchange.bundle import ELSEWHERE, Manifest
from p2kp_desktop.language import say
from p2kp_desktop.schema import branches
from p2kp_desktop.schema.branches import Branch, Line, Row, Tree
from p2kp_desktop.schema.causality import Dot, Save, Vector, covers, join
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.naming_copies import Reading, Told
from p2kp_desktop.store import Connection, Workspace, branching, facts, history, lineage, node, transfers
from p2kp_desktop.store.held import Held
from p2kp_desktop.store.history import Kept

LAPTOP = "laptop"  # what a manifest says of the machine: a short sign that tells it from others
BRANCHES = "branches"  # in a manifest: the forked nodes with their branches, as its sender knows them
LEFT_OUT = "left_out"  # in a manifest: by place and node the last save of chains that were left out


def freeze(connection: Connection) -> dict[str, int]:
    """Note how far this workspace counted under the nodes it uses no more; return the edits that are its own."""
    present = facts.facts(connection).node
    for mine in node.own_nodes(connection):
        if mine != present:
            lineage.retire(connection, mine)
    return lineage.own_edits(connection)


SIGNS = (lineage.RETIRED, lineage.FORKS, node.DOUBTED)


def signs(connection: Connection) -> dict[str, str]:
    """Return the notes of this workspace's own nodes: which it uses no more, and which others were seen to use."""
    noted = facts.everything(connection)
    return {name: noted[name] for name in SIGNS if name in noted}


def put_signs_back(connection: Connection, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Put back what was noted of them before an import that is taken back, unless more was noted since."""
    if signs(connection) != after:
        return
    for name in SIGNS:
        if name in before:
            facts.note(connection, name, before[name])
        else:
            facts.forget(connection, name)


def reading(connection: Connection, manifest: Manifest) -> Reading:
    """Return how a bundle is read, as far as its manifest tells."""
    def saves(dots: Sequence[Dot]) -> list[Save]:
        return [row.save for row in history.by_dots(connection, dots)]

    known = partial(branching.tree, connection)
    left = _left(manifest.more.get(LEFT_OUT))
    ends: dict[str, list[str]] = {}
    for name, mark in (end for place in left.values() for end in place.items()):
        ends.setdefault(name, []).append(mark)
    read = Reading(Told(_given(manifest.more.get(BRANCHES)), ends), branching.shapes(connection), known, saves)
    read.doubt(_strange(connection, manifest, left), facts.facts(connection).node)
    return read


def _strange(connection: Connection, manifest: Manifest, left: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield the nodes of which a bundle left out a save because it is known here, and it is not here."""
    known, own, present = facts.known_edits(connection), lineage.own_edits(connection), facts.facts(connection).node
    for place, ends in left.items():
        here, assumed = join(known.get(place, {}), own), manifest.since.get(place, {})
        for name, mark in ends.items():
            expected = name == present or covers(here, Dot(name, assumed.get(name, 0)))
            if expected and branching.lacks(connection, name, place, mark, whole=name == present):
                yield name


def as_meant(manifest: Manifest, reading: Reading) -> Manifest:
    """Return a manifest as it is meant; where nothing tells what its sender assumes, it assumes too much."""
    since = {place: reading.assumed(edits) for place, edits in manifest.since.items()}
    includes = {place: reading.vector(edits) for place, edits in manifest.includes.items()}
    elsewhere = {place: reading.vector(edits) for place, edits in manifest.elsewhere().items()}
    more = {**manifest.more, **({ELSEWHERE: elsewhere} if elsewhere else {})}
    return replace(manifest, node=reading.node(manifest.node), since=since, includes=includes, more=more)


def objection(reading: Reading) -> list[str]:
    """Say that something was held back, if so."""
    return [say(
        "{count} catatan memuat simpanan dari ruang kerja yang dipakai di dua salinan, dan berkas ini tidak menyebut "
        "salinan yang mana. Yang jelas sudah diambil, sisanya menunggu; tidak ada yang ditimpa. Minta paket lengkap "
        "dari pengirim.", count=reading.lacking,
    )] if reading.lacking else []


def _given(content: object) -> dict[str, Tree]:
    """Return the branches that a sender knows; nothing where that is damaged."""
    try:
        return {
            str(origin): {str(name): Branch(str(parent), int(first), {}) for name, (parent, first) in tree.items()}
            for origin, tree in dict(content or {}).items()  # type: ignore[call-overload]
        }
    except (TypeError, ValueError, AttributeError):
        return {}


def _left(content: object) -> dict[str, dict[str, str]]:
    try:
        return {
            str(place): {str(name): str(mark) for name, mark in dict(ends).items()}
            for place, ends in dict(content or {}).items()  # type: ignore[call-overload]
        }
    except (TypeError, ValueError):
        return {}


def tell_copies_apart(connection: Connection, manifest: Manifest, kept: Kept, own: Vector) -> tuple[Reading, list[str]]:
    """Tell the copies of a workspace apart where a bundle shows that there are several.

    Returns how the bundle is read, and in words which copies turned up for the first time. The rows of history that
    waited for it are kept now; `kept` names all saves afterwards as they are called here.
    """
    read = reading(connection, manifest)
    forked = branching.shapes(connection)
    names = {name for name, _here in kept.seen} | {*kept.apart}
    touched = {branches.origin(name) for name in names if branches.MARK in name or name in kept.apart or name in forked}
    told: list[str] = []
    for origin in sorted(touched):
        old = branching.tree(connection, origin)
        lines = _lines(read, kept, old, sorted(name for name in names if branches.origin(name) == origin))
        came = {dot.tick for dot in kept.new if dot.node == origin}
        new = branches.regrown(old, lines, came)
        if len(new) > 1:
            _give_up(connection, origin, own)
        moved = branching.plant(connection, origin, old, new)
        _keep(connection, kept, [*lines], new, moved)
        read.follow(origin, new, lines)
        if len(branches.leaves(new)) > len(branches.leaves(old)):
            told += _told(connection, new)
    return read, told


def _lines(read: Reading, kept: Kept, old: Tree, labels: Sequence[str]) -> dict[str, Line]:
    """Return the saves that a bundle shows under each name, with those that it says were left out."""
    there = {Dot(name, row.tick): row for name, branch in old.items() for row in branch.rows.values()}
    lines = {
        label: branches.line([
            *(there[Dot(here, tick)] for (name, here), ticks in kept.seen.items() if name == label for tick in ticks),
            *(_row(row) for row in kept.apart.get(label, ())),
        ])
        for label in labels
    }
    return read.completed(old, lines)


def readings(connection: Connection, some: Iterable[Held]) -> dict[str, Reading]:
    """Return how records that wait are read by now, by the bundle that brought them: its saves tell which copy it is.

    They wait under the names that were known when they came; another copy may have turned up since.
    """
    brought: dict[str, list[HistoryRow]] = {}
    for each in some:
        brought.setdefault(each.transfer, []).extend(each.saves)
    known, forked = cache(partial(branching.tree, connection)), branching.shapes(connection)
    return {transfer: _by_saves(connection, rows, forked, known) for transfer, rows in brought.items()}


def _by_saves(
    connection: Connection, rows: Sequence[HistoryRow], forked: Iterable[str], known: Callable[[str], Tree]
) -> Reading:
    here = {row.save.dot: row.hash for row in history.by_dots(connection, [row.save.dot for row in rows])}
    parted = {branches.origin(row.save.dot.node) for row in rows if here.get(row.save.dot, row.hash) != row.hash}
    read = Reading(Told(), forked, known, lambda dots: [row.save for row in history.by_dots(connection, dots)])
    for origin in {*forked, *parted}:
        own: dict[str, list[Row]] = {}
        for row in rows:
            if branches.origin(row.save.dot.node) == origin:
                own.setdefault(row.save.dot.node, []).append(_row(row))
        tree = known(origin)
        lines = {name: branch.rows for name, branch in tree.items() if branches.MARK in name and branch.rows}
        lines |= {name: branches.line(some) for name, some in own.items()}
        read.follow(origin, branches.regrown(tree, lines) if own else tree, lines)
    return read


def _row(row: HistoryRow) -> Row:
    return Row(row.save.dot.tick, row.place, row.number, row.hash, row.previous)


def _keep(
    connection: Connection, kept: Kept, labels: Iterable[str], new: Tree, moved: Mapping[Dot, Dot]
) -> None:
    """Keep the rows that waited under the names of their branches, and name the others so in what was kept.

    A row that stands twice in a bundle is one, whatever it is called there.
    """
    kept.new[:] = [moved.get(dot, dot) for dot in kept.new]
    there = {*kept.new}
    place = {seal: name for name, branch in new.items() for seal in branch.rows}
    waiting = {row.hash: row for label in labels for row in kept.apart.get(label, ())}
    called = (
        replace(row, save=row.save._replace(dot=Dot(place[row.hash], row.save.dot.tick))) for row in waiting.values()
    )
    named = [row for row in called if row.save.dot not in there]
    history.put_apart(connection, named)
    kept.new.extend(row.save.dot for row in named)
    for dot in list(kept.completed):
        kept.completed[moved.get(dot, dot)] = kept.completed.pop(dot)


def _give_up(connection: Connection, origin: str, own: Vector) -> None:
    """Let this workspace take a new sign before its next edit where the forked one is its own."""
    present = facts.facts(connection).node
    if branches.origin(present) == origin:
        lineage.retire(connection, present, own.get(present, 0))
        node.doubt(connection)


def regrow(connection: Connection) -> None:
    """Tell copies apart no more of which nothing is left here: an import was taken back."""
    for origin in branching.shapes(connection):
        old = branching.tree(connection, origin)
        branching.plant(connection, origin, old, branches.regrown(old, {}))


def own_edits(connection: Connection, before: Vector) -> dict[str, int]:
    """Return the edits that are this workspace's own as they are called now, after a bundle that may hold others.

    `before` are those before it came.
    """
    found, present = lineage.own_edits(connection), facts.facts(connection).node
    if present not in lineage.retired(connection):
        found[present] = before.get(present, 0)
    return {name: tick for name, tick in found.items() if tick}


def statement(connection: Connection, places: Iterable[str], since: Mapping[str, Vector]) -> dict[str, object]:
    """Return the part of a manifest by which the receiver of a bundle can tell copies of one workspace apart."""
    shapes, ends = branching.shapes(connection), branching.ends_left_out(connection, places, since)
    return {
        **({BRANCHES: branching.written(shapes)} if shapes else {}), **({LEFT_OUT: ends} if ends else {}),
    }


def copies(workspace: Workspace) -> list[str]:
    """Say which workspaces went on in several copies, since when and whose."""
    with workspace.asking() as connection:
        told = [
            sentence for origin in branching.shapes(connection)
            for sentence in _told(connection, branching.tree(connection, origin))
        ]
        return [*told, *_noted_before(connection)]


def _told(connection: Connection, tree: Tree) -> Iterator[str]:
    """Say, for every count from which a node went on in several ways, whose copies they are."""
    for parent in tree:
        begins = [
            Dot(name, min(row.tick for row in branch.rows.values()))
            for name, branch in tree.items() if branch.parent == parent and branch.rows
        ]
        rows = sorted(history.by_dots(connection, begins), key=lambda row: (row.save.time, row.save.dot))
        signed = [row for row in rows if row.mark]
        if len(rows) > 1 and len(signed) == 1:
            yield _told_beside(signed[0], [row for row in rows if not row.mark])
        elif len(rows) > 1:
            first = min(rows, key=lambda row: row.save.dot.tick)
            yield say(
                "Ruang kerja «{workspace}» dipakai di {count} salinan sejak simpanan ke-{tick}: {copies}. Simpanan "
                "semua salinan digabung dan tidak ada yang ditimpa; jawaban yang berbeda menjadi konflik, putuskan "
                "di sana. Teruskan hanya dengan satu laptop.",
                workspace=first.save.workspace, count=len(rows), tick=first.save.dot.tick,
                copies="; ".join(map(_whose, rows)),
            )


def _told_beside(signed: HistoryRow, others: Sequence[HistoryRow]) -> str:
    """Say that saves under a workspace's sign are here which it did not sign: those are no copy of it."""
    return say(
        "Di sini ada simpanan atas nama ruang kerja «{workspace}» tanpa tanda tangannya: {others}. Simpanan itu "
        "dipisahkan dari yang ditandatangani; jawaban yang berbeda menjadi konflik. Tanyakan kepada {person} apakah "
        "itu memang simpanannya.",
        workspace=signed.save.workspace, others="; ".join(map(_whose, others)), person=signed.save.person,
    )


def _noted_before(connection: Connection) -> Iterator[str]:
    """Say the same of a workspace of which an earlier release only noted it, as far as that is known."""
    for name, tick in lineage.forks(connection).items():
        for row in history.by_dots(connection, [Dot(name, tick)]):
            yield say(
                "Ruang kerja «{workspace}» dipakai di lebih dari satu salinan sejak simpanan ke-{tick}; di sini baru "
                "ada {copies}. Terima lagi paket lengkap dari salinan yang lain: isinya akan digabung.",
                workspace=row.save.workspace, tick=tick, copies=_whose(row),
            )


def doubts(
    connection: Connection, manifest: Manifest, kept: Kept, own: Vector, *, elsewhere: bool = False
) -> list[str]:
    """See to it that this workspace counts under a new sign where others use its own; say so where it lacks edits.

    `own` are the edits made here before the bundle came; `elsewhere` says that its sender has others.
    """
    present = facts.facts(connection).node
    beyond = _beyond(manifest, kept.new, present, own.get(present, 0))
    named = {name for edits in manifest.includes.values() for name in edits}
    copied = elsewhere or any(branches.origin(name) == branches.origin(present) and name != present for name in named)
    if not beyond and not (copied and lineage.counting(connection)):
        return []
    lineage.retire(connection, present, own.get(present, 0))
    node.doubt(connection)
    return [_lost_past(connection, manifest, own.get(present, 0), beyond)] if beyond else []


def _beyond(manifest: Manifest, came: Sequence[Dot], present: str, last: int) -> int:
    """Return the highest count of this workspace's present node that others have and it does not; 0 for none."""
    counts = [dot.tick for dot in came if dot.node == present]
    counts += [edits.get(present, 0) for edits in manifest.includes.values()]
    return max((tick for tick in counts if tick > last), default=0)


def _whose(row: HistoryRow) -> str:
    save = row.save
    return f"{save.person} ({save.workspace}, {role_words(save.role)}), {when(save.time)}"


def _lost_past(connection: Connection, manifest: Manifest, last: int, beyond: int) -> str:
    """Say that others have edits under this workspace's own sign, and by whom the bundle was sent."""
    said = say(
        "Berkas ini memuat simpanan ke-{first} sampai ke-{last} bertanda ruang kerja ini yang tidak ada di sini.",
        first=last + 1, last=beyond,
    )
    if manifest.node in node.own_nodes(connection) and not _sent_here(connection, manifest.bundle):
        said += " " + say(
            "Pengirimnya ruang kerja lain dengan tanda yang sama: {sender}.", sender=_sender(manifest)
        )
    return said + " " + say(
        "Itu terjadi bila ruang kerja dipulihkan dari cadangan atau disalin ke laptop lain. Tidak ada yang hilang; "
        "mulai suntingan berikutnya ruang kerja ini memakai tanda baru."
    )


def _sent_here(connection: Connection, bundle: str) -> bool:
    return any(line.direction == "out" and line.bundle == bundle for line in transfers.log(connection))


def _sender(manifest: Manifest) -> str:
    laptop = manifest.more.get(LAPTOP)
    here = environment.machine()
    where = ""
    if isinstance(laptop, str) and laptop and here:
        where = say(", laptop ini juga") if laptop == here else say(", laptop lain ({sign})", sign=laptop[:4])
    return f"{manifest.person} ({manifest.workspace}), {when(manifest.time)}{where}"


def about_this_machine() -> Mapping[str, str]:
    """Return the part of a manifest that tells of the machine it was written on."""
    sign = environment.machine()
    return {LAPTOP: sign} if sign else {}
