"""What is put in order when a workspace is opened.

A process that is killed, or a laptop whose battery is empty, leaves half a copy behind: of a backup, of an attachment,
of a bundle that was to be locked. What lies in the folders of the program is taken away at its next start, what lies
on a stick when the next bundle is put there.
"""

import tempfile
from contextlib import suppress
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.opening import is_server

from . import attaching, backups, originals

_BEFORE_BENCHES = ("p2kp-kirim-*", "p2kp-terima-*", "p2kp-selamat-*", "p2kp-latihan-*")  # releases up to 0.4.0
_PRIVATE = 0o077  # what nobody but the user may do


def put_in_order(workspace: Workspace) -> None:
    """Take away what killed processes left of this workspace, hold back foreign files, close both to other users.

    Raises nothing: what a disk refuses stays as it is until the next time.
    """
    environment.sweep_benches()
    for pattern in _BEFORE_BENCHES:
        environment.take_away_left(Path(tempfile.gettempdir()), pattern)
    environment.take_away_left(environment.home(), "*.part")
    with suppress(OSError):
        attaching.hold_back(workspace)
    if is_server(workspace.name):
        return
    file = Path(workspace.name)
    environment.take_away_left(file.parent, f"{file.name}*.part*")
    folders = (backups.folder_of(file), originals.folder_of(workspace), attaching.folder_of(workspace))
    for folder in folders:
        environment.take_away_left(folder, "*.part*")
    for path in (file, *file.parent.glob(f"{file.name}-*"), *folders):
        _close(path)


def _close(path: Path) -> None:
    """Let nobody but its user read a file or a folder; where files have no such rights, nothing happens."""
    with suppress(OSError):
        mode = path.stat().st_mode
        if mode & _PRIVATE:
            path.chmod(mode & ~_PRIVATE)
