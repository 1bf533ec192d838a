"""Two workspaces under one sign: found when their bundles meet, named, and kept from overwriting each other.

It happens when a whole machine is copied or put back to an earlier day, the registry of nodes included: then
nothing tells the file that its counts are being used elsewhere. The sign is the node; people never see it.
"""

from collections.abc import Mapping, Sequence

from p2kp_desktop import environment
from p2kp_desktop.exchange.bundle import Manifest
from p2kp_desktop.language import say
from p2kp_desktop.schema.causality import Dot, Vector
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.store import Connection, facts, lineage, node, transfers
from p2kp_desktop.store.history import Kept

from .wording import role_words, when

LAPTOP = "laptop"  # what a manifest says of the machine: a short sign that tells it from others


def freeze(connection: Connection) -> dict[str, int]:
    """Note how far this workspace counted under the nodes it uses no more; return the edits that are its own."""
    present = facts.facts(connection).node
    for mine in node.own_nodes(connection):
        if mine != present:
            lineage.retire(connection, mine)
    return lineage.own_edits(connection)


def contradictions(connection: Connection, kept: Kept) -> list[str]:
    """Say in words which counts two workspaces used, and remember them."""
    by_node = _by_node(kept.strange)
    lineage.note_forks(connection, {name: rows[0][1].save.dot.tick for name, rows in by_node.items()})
    return [_contradiction(rows) for rows in by_node.values()]


def doubts(connection: Connection, manifest: Manifest, kept: Kept, own: Vector) -> list[str]:
    """See to it that this workspace counts under a new sign where others use its own; say so where it lacks edits.

    `own` are the edits made here before the bundle came.
    """
    present = facts.facts(connection).node
    beyond = _beyond(manifest, kept.new, present, own.get(present, 0))
    if not beyond and present not in _by_node(kept.strange):
        return []
    lineage.retire(connection, present, own.get(present, 0))
    node.doubt(connection)
    return [_lost_past(connection, manifest, own.get(present, 0), beyond)] if beyond else []


def _by_node(strange: Sequence[tuple[HistoryRow, HistoryRow]]) -> dict[str, list[tuple[HistoryRow, HistoryRow]]]:
    """Return the contradictions of each node, the first count first."""
    found: dict[str, list[tuple[HistoryRow, HistoryRow]]] = {}
    for pair in sorted(strange, key=lambda pair: pair[1].save.dot):
        found.setdefault(pair[1].save.dot.node, []).append(pair)
    return found


def _beyond(manifest: Manifest, came: Sequence[Dot], present: str, last: int) -> int:
    """Return the highest count of this workspace's present node that others have and it does not; 0 for none."""
    counts = [dot.tick for dot in came if dot.node == present]
    counts += [edits.get(present, 0) for edits in manifest.includes.values()]
    return max((tick for tick in counts if tick > last), default=0)


def _contradiction(rows: Sequence[tuple[HistoryRow, HistoryRow]]) -> str:
    here, there = rows[0]
    return say(
        "Riwayat yang bertentangan: {count} simpanan mulai simpanan ke-{tick} {workspace}. Di sini: {here}. Dalam "
        "berkas ini: {there}. Dua laptop memakai salinan ruang kerja yang sama. Yang ada di sini tidak ditimpa; "
        "bandingkan rumah yang disebut ditolak, dan teruskan hanya dengan satu laptop.",
        count=len(rows), tick=there.save.dot.tick, workspace=there.save.workspace, here=_whose(here),
        there=_whose(there),
    )


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
    """Return what a manifest says of the machine it was written on."""
    sign = environment.machine()
    return {LAPTOP: sign} if sign else {}
