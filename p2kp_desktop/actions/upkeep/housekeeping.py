"""What is put in order when a workspace is opened.

A process that is killed, or a laptop whose battery is empty, leaves half a copy behind: of a backup, of an attachment,
of a bundle that was to be locked. What lies in the folders of the program is taken away at its next start, what lies
on a stick when the next bundle is put there.
"""

import glob
import tempfile
from contextlib import suppress
from pathlib import Path

from p2kp_desktop import access, environment
from p2kp_desktop.actions.common import backups, originals
from p2kp_desktop.actions.recording import attachments
from p2kp_desktop.actions.trust import seals
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.workspace import is_server

_BEFORE_BENCHES = ("p2kp-kirim-*", "p2kp-terima-*", "p2kp-selamat-*", "p2kp-latihan-*")  # releases up to 0.4.0


def put_in_order(workspace: Workspace) -> None:
    """Take away what killed processes left of this workspace, hold back foreign files, close both to other users.

    Raises nothing: what a disk refuses stays as it is until the next time.
    """
    environment.sweep_benches()
    for pattern in _BEFORE_BENCHES:
        environment.take_away_left(Path(tempfile.gettempdir()).glob(pattern))
    environment.take_away_left(environment.half_made(environment.home()))
    environment.take_away_left(half_made(workspace))
    with suppress(OSError):
        attachments.hold_back(workspace)
    with suppress(Trouble):
        environment.take_away_left(attachments.unrecorded(workspace))
    if is_server(workspace.name):
        return
    seals.keep_office_slot(workspace)
    file = Path(workspace.name)
    named, stem = glob.escape(file.name), glob.escape(file.stem)
    beside = [path for each in (f"{named}[-.]*", f"{stem}-*{file.suffix}") for path in file.parent.glob(each)]
    for path in (file, *beside, *_folders(workspace)):
        access.close(path)


def half_made(workspace: Workspace) -> list[Path]:
    """Return the half-made files of broken-off copies, wherever copies of a workspace are made, and no other's."""
    second = backups.second_folder(workspace)
    found = [environment.half_made(folder) for folder in (*_folders(workspace), *([second] if second else []))]
    if not is_server(workspace.name):
        file = Path(workspace.name)
        names = f"{glob.escape(file.name)}.*", glob.escape(file.name), f"{glob.escape(file.stem)}-sebelum-*"
        found += [environment.half_made(file.parent, name) for name in names]
    return [path for each in found for path in each]


def _folders(workspace: Workspace) -> list[Path]:
    """Return the folders of a workspace."""
    mine = [originals.folder_of(workspace), attachments.folder_of(workspace)]
    return mine if is_server(workspace.name) else [backups.folder_of(Path(workspace.name)), *mine]
