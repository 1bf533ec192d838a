"""Backups: verified copies of a workspace, thinned with age, a second one on another disk, and the way back."""

import datetime
import glob
import json
import logging
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from p2kp_desktop import access, disks, environment, settings
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import (
    Workspace,
    copies,
    enciphering,
    erasures,
    facts,
    files,
    key_files,
    lagging,
    marks,
    node,
    open_workspace,
    pages,
    rights,
)
from p2kp_desktop.store.marks import Holdings as Holdings
from p2kp_desktop.store.migrations import NEWER
from p2kp_desktop.store.opening import only_looks
from p2kp_desktop.store.workspace import is_server

from . import events, practice_mark
from .delivery import deliver

log = logging.getLogger(__name__)

KEPT = {"hour": 24, "day": 14, "week": 8}  # how many of the newest hours, days and weeks keep their last backup

FRESH = datetime.timedelta(hours=1)  # before the newest backup: nothing so young is thinned out
MOST_FRESH = 24  # of those: a laptop that forgets the time begins each day in the same hour

DAMAGE = ("R04", "R14", "R15", "R16", "C03")  # the codes of what a file says that cannot be read

DAMAGED, TOO_NEW = "rusak", "versi-baru"  # in the names of workspaces that were set aside
ASIDE = (DAMAGED, TOO_NEW)

_STAMP = "%Y-%m-%d-%H%M%S"
_NAMED = re.compile(r"-(\d{4}-\d{2}-\d{2}-\d{6})(?:-\d+)?$")
_one_at_a_time = threading.Lock()


def folder_of(workspace_file: Path) -> Path:
    """Return the folder that holds a workspace's backups."""
    return workspace_file.with_name(f"Cadangan {workspace_file.stem}")


def back_up(workspace: Workspace) -> Path:
    """Make a backup beside the workspace, check it, thin the older ones; return it. Raises Trouble."""
    source = Path(workspace.name)
    folder = folder_of(source)
    erasures.compact_if_due(workspace)  # a copy would hold its unused pages too
    with _one_at_a_time:
        with pages.told(folder):
            access.make_folder(folder)
        target = _free(folder, source)
        copies.copy(workspace, target)
        key_files.accompany(source, folder)
        _thin(folder, source)
    return target


def by_hand(workspace: Workspace) -> Path:
    """Make one because whoever works here says so; raise Trouble where they may not."""
    workspace.must(Deed.BACK_UP)
    return back_up(workspace)


def _free(folder: Path, source: Path) -> Path:
    moment = _stamp()
    target = folder / f"{source.stem}-{moment}{source.suffix}"
    number = 2
    while target.exists():
        target = folder / f"{source.stem}-{moment}-{number}{source.suffix}"
        number += 1
    return target


def _thin(folder: Path, source: Path) -> None:
    """Take away what is too many; one that cannot be taken away now waits for the next time."""
    for old in superfluous(_made_in(folder, source)):
        try:
            old.unlink(missing_ok=True)
        except OSError:
            log.warning("an old backup could not be taken away")


def if_changed(workspace: Workspace) -> Path | None:
    """Make a backup unless there is one that holds the same; return it. Raises Trouble.

    «The same» is judged by the mark that both files give of themselves (store/marks.py), so that a backup that
    was deleted or damaged meanwhile is made anew. A workspace that was put back to one of its backups has it there.
    """
    if is_server(workspace.name):
        return None
    now, mark = marks.age(workspace), marks.mark(workspace)
    held = (marks.content(path) for path in made(Path(workspace.name)) if marks.age_of(path) == now)
    return None if any(each and each.mark == mark for each in held) else back_up(workspace)


@dataclass(frozen=True)
class KeptBackup:
    """What keeping came to: the new backup (None: nothing changed) and why the second folder lacks it, if so."""

    backup: Path | None
    trouble: Trouble | None


def keep(workspace: Workspace) -> KeptBackup:
    """Back up what changed, here and in the second folder of the settings; raise Trouble when not even here.

    Of a workspace that can be looked at only, none is made: nothing changes in it, and nothing can be put beside it.
    """
    if only_looks(workspace.name):
        return KeptBackup(None, None)
    made_now = if_changed(workspace)
    try:
        second(workspace)
    except Trouble as trouble:
        return KeptBackup(made_now, trouble)
    return KeptBackup(made_now, None)


def second(workspace: Workspace) -> Path | None:
    """Copy the newest backup into the second folder, when that is present; return it. Raises Trouble.

    On another disk it counts as a copy of what it holds, which the workspace notes.
    """
    folder = second_folder(workspace)
    newest = next(iter(made(Path(workspace.name))), None)
    if folder is None or newest is None:
        return None
    with pages.told(folder):
        access.make_folder(folder)
    target = folder / newest.name
    if not _is_there(target, newest):
        deliver(newest, folder, newest.name)
        key_files.accompany(Path(workspace.name), folder)
        _thin(folder, Path(workspace.name))
    _note(workspace, target, newest)
    return target


def _is_there(target: Path, newest: Path) -> bool:
    return target.is_file() and target.stat().st_size == newest.stat().st_size


def second_folder(workspace: Workspace) -> Path | None:
    """Return this workspace's folder below the second one of the settings; None when that is not present now."""
    chosen = settings.load().second_backups
    if not chosen or not Path(chosen).is_dir() or is_server(workspace.name):
        return None
    with workspace.asking() as connection:
        first = node.own_nodes(connection)[0]
    return Path(chosen) / f"Cadangan {Path(workspace.name).stem} {first[:6]}"


def second_folder_of(workspace_file: Path) -> Path | None:
    """Return the folder of a workspace that cannot be asked for its name; None where several have its file's."""
    chosen = settings.load().second_backups
    found = list(Path(chosen).glob(f"Cadangan {workspace_file.stem} *")) if chosen else []
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class Elsewhere:
    """The backup on another disk: where, when (ISO 8601), and which saves of each node are in it."""

    file: str
    time: str
    edits: dict[str, int]


def elsewhere(workspace: Workspace) -> Elsewhere | None:
    """Return the newest backup known to lie on another disk; None as soon as that disk is seen without it."""
    with workspace.asking() as connection:
        noted = facts.everything(connection).get(node.COPY, "")
    if not noted:
        return None
    found = Elsewhere(**json.loads(noted))
    path = Path(found.file)
    return None if path.parent.parent.is_dir() and not path.is_file() else found


def _note(workspace: Workspace, target: Path, newest: Path) -> None:
    """Note what the backup on another disk holds."""
    known = elsewhere(workspace)
    if (known is not None and known.file == str(target)) or not disks.apart(Path(workspace.name).parent, target.parent):
        return
    held = marks.content(newest)
    if held is not None:
        moment = moment_of(newest)
        note = Elsewhere(str(target), moment.isoformat() if moment else environment.now(), held.edits)
        with workspace.changing() as connection:
            facts.note(connection, node.COPY, json.dumps(vars(note)))


def made(workspace_file: Path) -> list[Path]:
    """Return the backups of a workspace, the newest by what they contain first."""
    return _made_in(folder_of(workspace_file), workspace_file)


def _made_in(folder: Path, workspace_file: Path) -> list[Path]:
    found = folder.glob(f"{glob.escape(workspace_file.stem)}-*{workspace_file.suffix}")
    return sorted((path for path in found if moment_of(path)), key=_order, reverse=True)


def _order(backup: Path) -> tuple[marks.Age, str, int, str]:
    """Return the key by which backups are sorted: how far they had come, and of equal ones what the clock said.

    The clock alone decides nothing: in one session it may have been years off. Names of one second are numbered.
    """
    return marks.age_of(backup), _NAMED.sub(r"-\1", backup.stem), len(backup.stem), backup.stem


def moment_of(backup: Path) -> datetime.datetime | None:
    """Return when a backup was made, by its name and so by the clock of then."""
    found = _NAMED.search(backup.stem)
    try:
        return datetime.datetime.strptime(found.group(1), _STAMP) if found else None
    except ValueError:  # digits that are no moment: somebody named it so
        return None


@dataclass(frozen=True)
class Backup:
    """A backup to choose from; `holdings` is None when it cannot be read."""

    path: Path
    made: datetime.datetime
    size: int  # bytes
    holdings: Holdings | None
    second: bool  # in the second folder


def listed(workspace_file: Path, beside: Path | None = None) -> tuple[Backup, ...]:
    """Return the backups of a workspace, those before upgrades and in its second folder too, the newest first.

    The newest is the one that had come furthest, whatever the clock said.
    """
    upgrades = workspace_file.parent.glob(f"{glob.escape(workspace_file.stem)}-sebelum-*{workspace_file.suffix}")
    here = [(path, False) for path in (*made(workspace_file), *upgrades)]
    there = [(path, True) for path in _made_in(beside, workspace_file)] if beside and beside.is_dir() else []
    found = [_described(path, is_second=is_second) for path, is_second in here + there]
    listed = sorted((each for each in found if each), key=lambda each: (*_order(each.path), not each.second))
    return tuple(reversed(listed))


def _described(path: Path, *, is_second: bool) -> Backup | None:
    if not path.is_file():
        return None
    moment = moment_of(path) or datetime.datetime.fromtimestamp(path.stat().st_mtime).astimezone().replace(tzinfo=None)
    held = marks.content(path)
    return Backup(path, moment, path.stat().st_size, held.holdings if held else None, is_second)


def superfluous(backups: Iterable[Path]) -> list[Path]:
    """Return those of the backups, the newest first, that may go.

    The newest ones of one hour stay, and the newest of each hour, day or week that is kept. An hour that a clock
    showed twice counts once; that it showed years ahead, or back, takes nothing from those of today.
    """
    dated = [(moment, path) for path in backups if (moment := moment_of(path))]
    fresh = takewhile(lambda one: abs(dated[0][0] - one[0]) < FRESH, dated[:MOST_FRESH])
    kept = {path for _moment, path in fresh}
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
    Trouble for a backup that is not sound, and where practice would take the place of real data or the other way
    round; then nothing has changed. What was behind a password stays so: a backup in clear comes behind the same one.
    """
    source, place = Path(backup), Path(target)
    if not source.is_file():
        raise Trouble(
            say("Cadangan {source} tidak ditemukan.", source=source), remedy="Periksa nama dan foldernya.", code="C04"
        )
    for file in (source, place):
        rights.must_in(file, Deed.RESTORE)
    copies.must_be_sound(source)
    practice_mark.refuse_restoring(source, place)
    lock = None if files.is_enciphered(source) else files.lock_with(key_files.meant_salt(place), place)
    part = copies.fetch(source, place)
    try:
        if lock is not None:
            part = enciphering.in_its_place(lock, part)
        key_files.come_along(source, place)
        saved = _saved_first(place) if place.exists() else None
        copies.put_in_place(part, place)
    finally:
        copies.discard(part)
    with open_workspace(place) as restored:
        lagging.note_put_back(restored)
        with restored.changing() as connection:
            events.note_return(connection, events.RESTORED, file=source.name)
    return saved


def _saved_first(place: Path) -> Path:
    """Back up what stands in the place; what is damaged, or of a newer program, is set aside under another name."""
    try:
        with open_workspace(place) as current:
            return back_up(current)
    except Trouble as trouble:
        if trouble.code not in (*DAMAGE, NEWER) and not key_files.has_lost_its_head(place):
            raise  # not backed up for want of room, say: then it stays where it is
        why = TOO_NEW if trouble.code == NEWER else DAMAGED
    copies.must_be_free(place)
    return aside(place, why)


def aside(place: Path, why: str = DAMAGED) -> Path:
    """Set a workspace that cannot be opened aside under a name that says why; return it."""
    return copies.set_aside(place, place.with_name(f"{place.stem}-{why}-{_stamp()}{place.suffix}"))


def _stamp() -> str:
    return environment.moment().strftime(_STAMP)
