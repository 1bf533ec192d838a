"""The practice village (desa latihan): a workspace whose data never mix with real data."""

from pathlib import Path

from p2kp_desktop.exchange import stamp
from p2kp_desktop.exchange.bundle import Manifest
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import Connection, Workspace, marks
from p2kp_desktop.store.facts import everything, note

_PRACTICE = "practice"
STAMP = stamp.PRACTICE  # on covers, and before the names of files


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
        raise _not_real()
    if here and not manifest.practice:
        raise Trouble(
            "Berkas ini berisi data sebenarnya, sedangkan yang terbuka adalah desa latihan.",
            remedy="Buka ruang kerja yang asli lewat Pengaturan, lalu terima berkasnya di sana.", code="T41",
        )


def refuse_stamped(workspace: Workspace, path: Path | None) -> None:
    """Raise Trouble for a workbook of the practice village in a real workspace; None is the clipboard.

    A workbook without a stamp says nothing of where it comes from, so the village takes it.
    """
    if path is None or not stamp.is_practice(path):
        return
    with workspace.asking() as connection:
        if not is_practice(connection):
            raise _not_real()


def refuse_restoring(backup: Path, place: Path) -> None:
    """Raise Trouble where a practice village would take the place of real data, or the other way round.

    A file too damaged to say what it is may be replaced by any backup: it is set aside.
    """
    there = marks.noted(place, _PRACTICE) if place.exists() else None
    here = marks.noted(backup, _PRACTICE)
    if there is None or here is None or bool(there) == bool(here):
        return
    raise Trouble(
        "Cadangan ini milik desa latihan, sedangkan di tempatnya ada data sebenarnya." if here else
        "Cadangan ini memuat data sebenarnya, sedangkan di tempatnya ada desa latihan.",
        safe="Tidak ada yang diubah.", remedy="Pilih cadangan dari ruang kerja yang sama.", code="T42",
    )


def _not_real() -> Trouble:
    return Trouble(
        "Berkas ini berasal dari desa latihan, bukan data sebenarnya.",
        remedy="Minta berkas dari ruang kerja yang asli kepada pengirimnya.", code="T40",
    )
