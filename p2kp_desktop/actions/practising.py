"""The practice village (desa latihan): a workspace whose data never mix with real data."""

from p2kp_desktop.exchange.bundle import Manifest
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import Connection, Workspace
from p2kp_desktop.store.facts import everything, note

_PRACTICE = "practice"


def mark(workspace: Workspace) -> None:
    """Make this workspace a practice village for good: whatever it sends is marked LATIHAN."""
    with workspace.changing() as connection:
        note(connection, _PRACTICE, "1")


def is_practice(connection: Connection) -> bool:
    """Say whether this workspace is a practice village."""
    return _PRACTICE in everything(connection)


def refuse_mixing(connection: Connection, manifest: Manifest) -> None:
    """Raise Trouble where practice meets real data, in either direction."""
    here = is_practice(connection)
    if manifest.practice and not here:
        raise Trouble(
            "Berkas ini berasal dari desa latihan, bukan data sebenarnya.",
            remedy="Minta berkas dari ruang kerja yang asli kepada pengirimnya.", code="T40",
        )
    if here and not manifest.practice:
        raise Trouble(
            "Berkas ini berisi data sebenarnya, sedangkan yang terbuka adalah desa latihan.",
            remedy="Buka ruang kerja yang asli lewat Pengaturan, lalu terima berkasnya di sana.", code="T41",
        )
