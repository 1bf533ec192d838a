"""Backups: verified copies of a workspace, thinned with age, and the way back."""

import datetime
import re
from collections.abc import Iterable
from pathlib import Path

from p2kp_desktop.language import Trouble
from p2kp_desktop.store import Workspace, copies, open_workspace

KEPT = {"hour": 24, "day": 14, "week": 8}  # how many of the newest hours, days and weeks keep their last backup

FRESH = datetime.timedelta(hours=1)  # before the newest backup: nothing so young is thinned out

_STAMP = "%Y-%m-%d-%H%M%S"
_NAMED = re.compile(r"-(\d{4}-\d{2}-\d{2}-\d{6})(?:-\d+)?$")


def folder_of(workspace_file: Path) -> Path:
    """Return the folder that holds a workspace's backups."""
    return workspace_file.with_name(f"Cadangan {workspace_file.stem}")


def back_up(workspace: Workspace) -> Path:
    """Make a backup beside the workspace, check it, thin the older ones; return it. Raises Trouble."""
    source = Path(workspace.name)
    folder = folder_of(source)
    folder.mkdir(exist_ok=True)
    moment = datetime.datetime.now().astimezone().strftime(_STAMP)
    target = folder / f"{source.stem}-{moment}{source.suffix}"
    number = 2
    while target.exists():
        target = folder / f"{source.stem}-{moment}-{number}{source.suffix}"
        number += 1
    copies.copy(workspace, target)
    for old in superfluous(folder.glob(f"{source.stem}-*{source.suffix}")):
        old.unlink(missing_ok=True)
    return target


def made(workspace_file: Path) -> list[Path]:
    """Return the backups of a workspace, the newest first."""
    found = folder_of(workspace_file).glob(f"{workspace_file.stem}-*{workspace_file.suffix}")
    return sorted((path for path in found if moment_of(path)), key=lambda path: path.name, reverse=True)


def moment_of(backup: Path) -> datetime.datetime | None:
    """Return when a backup was made, by its name."""
    found = _NAMED.search(backup.stem)
    return datetime.datetime.strptime(found.group(1), _STAMP) if found else None


def superfluous(backups: Iterable[Path]) -> list[Path]:
    """Return the backups that are neither of the newest one's hour nor the last of a kept hour, day or week."""
    dated = sorted(((moment, path) for path in backups if (moment := moment_of(path))), reverse=True)
    kept = {path for moment, path in dated if dated[0][0] - moment < FRESH}
    for unit, number in KEPT.items():
        slots: dict[str, Path] = {}
        for moment, path in dated:
            slots.setdefault(_slot(unit, moment), path)
        kept |= set(list(slots.values())[:number])
    return [path for _, path in dated if path not in kept]


def _slot(unit: str, moment: datetime.datetime) -> str:
    return moment.strftime({"hour": "%Y-%m-%d-%H", "day": "%Y-%m-%d", "week": "%G-%V"}[unit])


def restore(backup: str | Path, target: str | Path) -> Path | None:
    """Put a backup in the place of a workspace; what stood there is backed up first and returned.

    The restored workspace gets a new node before its first edit, so that no count is used twice. Raises
    Trouble for a backup that is not sound; then nothing has changed.
    """
    source, place = Path(backup), Path(target)
    if not source.is_file():
        raise Trouble(f"Cadangan {source} tidak ditemukan.", remedy="Periksa nama dan foldernya.", code="C04")
    copies.must_be_sound(source)
    part = copies.fetch(source, place)
    saved = _saved_first(place) if place.exists() else None
    copies.put_in_place(part, place)
    with open_workspace(place):
        return saved


def _saved_first(place: Path) -> Path:
    """Back up what stands in the place; one too damaged to be backed up is set aside under another name."""
    try:
        with open_workspace(place) as current:
            return back_up(current)
    except Trouble:
        aside = place.with_name(f"{place.stem}-rusak-{datetime.datetime.now().astimezone().strftime(_STAMP)}")
        return place.rename(aside.with_suffix(place.suffix))
