"""Copies that still hold what was erased: backups and received files made before, which cannot be edited."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from p2kp_desktop.exchange import foreign
from p2kp_desktop.exchange.bundle import MACHINE, Manifest
from p2kp_desktop.exchange.front import read_front
from p2kp_desktop.exchange.package import LIMITS
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.causality import covers
from p2kp_desktop.store import Workspace, erasures
from p2kp_desktop.store.erasures import Erasure
from p2kp_desktop.store.opening import is_server

from . import backups, originals

BACKUP, ORIGINAL, UNUSED = "backup", "original", "unused"


@dataclass(frozen=True)
class Remain:
    """A file that may hold what was erased: a backup or received file made before, unused pages of the workspace."""

    path: Path
    kind: str


@dataclass(frozen=True)
class Cleared:
    """What was deleted, what could not be, and the backup that was made first (None for one on a server)."""

    deleted: tuple[Path, ...]
    left: tuple[Path, ...]
    backup: Path | None


def remains(workspace: Workspace) -> list[Remain]:
    """Return the backups and received files that may still hold what was erased; files gone elsewhere are unknown."""
    with workspace.asking() as connection:
        erased, lingers = erasures.known(connection), erasures.lingers(connection)
    if not erased:
        return []
    found = [Remain(Path(workspace.name), UNUSED)] if lingers else []
    found += [Remain(path, BACKUP) for path in _backups(workspace) if erasures.may_hold(path, erased)]
    folder = originals.folder_of(workspace)
    return found + [Remain(path, ORIGINAL) for path in sorted(folder.glob("*.xlsx")) if _may_hold(path, erased)]


def clear_remains(workspace: Workspace) -> Cleared:
    """Write the workspace file anew, back it up, and delete the copies that may hold what was erased.

    Raises Trouble when the backup fails; then nothing is deleted.
    """
    named = remains(workspace)
    erasures.compact(workspace)  # first, since a backup copies unused pages too
    fresh = None if is_server(workspace.name) else backups.back_up(workspace)
    deleted, left = [], []
    for each in (each for each in named if each.kind != UNUSED):
        try:
            each.path.unlink(missing_ok=True)
            deleted.append(each.path)
        except OSError:
            left.append(each.path)
    return Cleared(tuple(deleted), tuple(left), fresh)


def _backups(workspace: Workspace) -> Iterator[Path]:
    """Yield the backups here and in the second folder, those made before an upgrade, and files set aside."""
    if is_server(workspace.name):
        return
    place = Path(workspace.name)
    yield from (each.path for each in backups.listed(place, backups.second_folder(workspace)))
    for kind in ("sebelum", "rusak"):
        yield from sorted(place.parent.glob(f"{place.stem}-{kind}-*{place.suffix}"))


def _may_hold(path: Path, erased: Sequence[Erasure]) -> bool:
    """Say whether a bundle was written without knowing of an erasure in its area, or cannot be read."""
    try:
        inspected = foreign.inspect(path)
        with foreign.opened(path, inspected, LIMITS) as book:
            manifest = read_front(path.name, book.rows(MACHINE)).manifest
    except Trouble:
        return True
    return any(_lacks(manifest, each) for each in erased)


def _lacks(manifest: Manifest, erasure: Erasure) -> bool:
    places = [place for place in erasure.places or {""} if place in manifest.includes]
    return any(not covers(manifest.includes[place], erasure.dot) for place in places)
