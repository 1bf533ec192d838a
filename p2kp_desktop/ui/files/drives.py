"""Where files can be saved on this machine: sticks and cards that are plugged in, and the documents."""

import sys
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from p2kp_desktop import environment

_MOUNTS = ("/media/", "/run/media/", "/Volumes/")
_REMOVABLE = 2  # DRIVE_REMOVABLE of GetDriveType


def removable() -> list[tuple[str, Path]]:
    """Return name and folder of every removable drive that can be written now."""
    ready = [volume for volume in QStorageInfo.mountedVolumes() if volume.isReady() and not volume.isReadOnly()]
    return [
        (volume.displayName(), Path(volume.rootPath())) for volume in ready if _is_removable(volume.rootPath())
    ]


def _is_removable(root: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\")) == _REMOVABLE)
    return root.startswith(_MOUNTS)


def name_of(path: Path) -> str:
    """Return the name of the removable drive that a file lies on; the name of its folder where it lies on none."""
    on = [name or str(root) for name, root in removable() if path.is_relative_to(root)]
    return on[0] if on else path.parent.name


def documents() -> Path | None:
    """Return the folder of the user's documents, where there is one."""
    folder = environment.documents()
    return folder if folder.is_dir() else None
