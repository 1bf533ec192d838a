"""Copies that still hold what was erased, which cannot be edited: backups, files received and sent, photos, half files.

Each is named; those that lie within reach are deleted on request.
"""

import glob
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.actions.common import backups, originals
from p2kp_desktop.actions.recording import attachments
from p2kp_desktop.actions.trust import seals
from p2kp_desktop.exchange import foreign
from p2kp_desktop.exchange.bundle import MACHINE, Manifest
from p2kp_desktop.exchange.front import read_front
from p2kp_desktop.exchange.package import LIMITS
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.causality import covers
from p2kp_desktop.schema.places import concerns
from p2kp_desktop.store import Workspace, erasures, transfers
from p2kp_desktop.store.erasures import Erasure
from p2kp_desktop.store.transfers import Transfer
from p2kp_desktop.store.workspace import is_server

from . import housekeeping

BACKUP, ORIGINAL, SENT, PHOTO, HALF, UNUSED = "backup", "original", "sent", "photo", "half", "unused"
TOLD = "erasures_told"  # in the log's line of a file sent: the erasures for which it was named, being out of reach


@dataclass(frozen=True)
class Remain:
    """A file that may hold what was erased: a backup or bundle made before, an erased photo, a copy half made.

    UNUSED are pages of the workspace itself. `there` is False for a file sent that is not where it was put: it can
    only be named, by its line in the log.
    """

    path: Path
    kind: str
    there: bool = True
    line: str = ""


@dataclass(frozen=True)
class Cleared:
    """What was deleted, what could not be, what was out of reach; the backup made first (None for one on a server)."""

    deleted: tuple[Path, ...]
    left: tuple[Path, ...]
    backup: Path | None
    away: tuple[Path, ...] = ()


def remains(workspace: Workspace) -> list[Remain]:
    """Return the files that may still hold erased data; copies of which nothing was noted here are unknown."""
    with workspace.asking() as connection:
        erased, lingers = erasures.known(connection), erasures.lingers(connection)
        out = [line for line in transfers.log(connection) if line.direction == "out"]
        kept = attachments.kept_files(connection)
    if not erased:
        return []
    found = [Remain(Path(workspace.name), UNUSED)] if lingers else []
    found += [Remain(path, BACKUP) for path in _backups(workspace) if erasures.may_hold(path, erased)]
    found += [Remain(path, ORIGINAL) for path in originals.kept(workspace)
              if _original_may_hold(workspace, path, erased)]
    found += [each for line in out if line.is_sent and (each := _sent(workspace, line, erased))]
    beside = [attachments.folder_beside(place) for line in out if (place := _place(line))]
    if any(each.form == Attachment.key for each in erased):
        photos = (
            path for folder in (attachments.folder_of(workspace), *beside) for path in attachments.files_in(folder)
        )
        found += [Remain(path, PHOTO) for path in photos if attachments.content_of(path) not in kept]
    return [*found, *(Remain(path, HALF) for path in _half_made(workspace, out, beside))]


def clear_remains(workspace: Workspace) -> Cleared:
    """Write the workspace file anew, back it up, and delete the copies within reach that may hold what was erased.

    Raises Trouble when the file cannot be written anew or the backup fails; then nothing is deleted.
    """
    named = remains(workspace)
    erasures.compact_file(workspace)  # first, since a backup copies unused pages too
    fresh = None if is_server(workspace.name) else backups.back_up(workspace)
    deleted, left = [], []
    for each in (each for each in named if each.kind != UNUSED and each.there):
        try:
            each.path.unlink(missing_ok=True)
            deleted.append(each.path)
        except OSError:
            left.append(each.path)
    _note_told(workspace, [each for each in named if each.line])
    return Cleared(tuple(deleted), tuple(left), fresh, tuple(each.path for each in named if not each.there))


def _note_told(workspace: Workspace, sent: Sequence[Remain]) -> None:
    """Note that files sent were named, so that those out of reach are not named for ever for the same erasures."""
    if not sent:
        return
    with workspace.changing() as connection:
        told = sorted(_named(each) for each in erasures.known(connection))
        for each in sent:
            line = transfers.line(connection, each.line)
            if line is not None:
                transfers.amend(connection, line.id, {**line.result, TOLD: told})


def _named(erasure: Erasure) -> str:
    return f"{erasure.dot.node}:{erasure.dot.tick}"


def _backups(workspace: Workspace) -> Iterator[Path]:
    """Yield the backups here and in the second folder, those made before an upgrade, and files set aside."""
    if is_server(workspace.name):
        return
    place = Path(workspace.name)
    yield from (each.path for each in backups.listed(place, backups.second_folder(workspace)))
    for why in backups.ASIDE:
        yield from sorted(place.parent.glob(f"{glob.escape(place.stem)}-{why}-*{place.suffix}"))


def _place(line: Transfer) -> Path | None:
    """Return where a file sent was put; None where an older release did not note it."""
    folder = line.result.get(transfers.FOLDER)
    return Path(str(folder)) / line.file if folder else None


def _sent(workspace: Workspace, line: Transfer, erased: Iterable[Erasure]) -> Remain | None:
    """Return a file sent that may hold what was erased since; None for one without names, or sent after."""
    told, place = line.result.get(TOLD), _place(line)
    lacking = [each for each in erased if _lacks_sent(line, each)]
    if line.result.get("withheld") or not lacking:
        return None
    with suppress(OSError):
        if place and place.is_file() and originals.hash_of(place) == line.sha256:
            return Remain(place, SENT, line=line.id) if _may_hold(workspace, place, lacking) else None
    unsaid = [each for each in lacking if not (isinstance(told, list) and _named(each) in told)]
    return Remain(place or Path(line.file), SENT, there=False, line=line.id) if unsaid else None


def _lacks_sent(line: Transfer, erasure: Erasure) -> bool:
    areas, edits = line.result.get("areas"), line.result.get("edits")
    if not isinstance(areas, list) or not isinstance(edits, dict):
        return True  # of a release that did not note them
    concerned = any(concerns(place, area) for place in erasure.places or {""} for area in areas)
    return concerned and not covers(edits, erasure.dot)


def _half_made(workspace: Workspace, out: Iterable[Transfer], beside: Iterable[Path]) -> list[Path]:
    """Return the half-made files that broken-off copies left, wherever copies are made; nobody else's half files."""
    sent = {place.with_name(f"{place.name}.part") for line in out if (place := _place(line))}
    beside_them = (path for folder in beside for path in environment.half_made(folder))
    return sorted(path for path in {*housekeeping.half_made(workspace), *sent, *beside_them} if path.is_file())


def _original_may_hold(workspace: Workspace, path: Path, erased: Sequence[Erasure]) -> bool:
    try:
        with originals.opened(path) as file:
            return _may_hold(workspace, file, erased)
    except (OSError, Trouble):
        return True


def _may_hold(workspace: Workspace, path: Path, erased: Sequence[Erasure]) -> bool:
    """Say whether a bundle was written without knowing of an erasure in its area, or cannot be read."""
    try:
        with seals.opened(path, seals.of_workspace(workspace)) as readable:
            inspected = foreign.inspect(readable)
            with foreign.opened(readable, inspected, LIMITS) as book:
                manifest = read_front(path.name, book.rows(MACHINE)).manifest
    except Trouble:
        return True
    return any(_lacks(manifest, each) for each in erased)


def _lacks(manifest: Manifest, erasure: Erasure) -> bool:
    places = [place for place in erasure.places or {""} if place in manifest.includes]
    return any(not covers(manifest.includes[place], erasure.dot) for place in places)
