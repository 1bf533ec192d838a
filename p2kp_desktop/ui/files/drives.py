"""Where files can be saved on this machine: sticks and disks that are plugged in, and the documents."""

from pathlib import Path

from PySide6.QtCore import QStorageInfo

from p2kp_desktop import disks, environment
from p2kp_desktop.language import say


def removable() -> list[tuple[str, Path]]:
    """Return name and folder of every stick, card and plugged in disk that can be written now."""
    ready = [volume for volume in QStorageInfo.mountedVolumes() if volume.isReady() and not volume.isReadOnly()]
    roots = [(volume.name(), Path(volume.rootPath())) for volume in ready]
    return [(named(label, root), root) for label, root in roots if disks.is_plugged_in(root)]


def named(label: str, root: Path) -> str:
    """Name a drive as people do: by its label and its letter, where it has them."""
    name = " ".join(part for part in (label.strip(), f"({root.drive})" if root.drive else "") if part) or root.name
    return say("Flashdisk {name}", name=name) if disks.is_stick(root) else say("Disk luar {name}", name=name)


def name_of(path: Path) -> str:
    """Return the name of the removable drive that a file lies on; the name of its folder where it lies on none."""
    on = [name or str(root) for name, root in removable() if path.is_relative_to(root)]
    return on[0] if on else path.parent.name


def documents() -> Path | None:
    """Return the folder of the user's documents, where there is one."""
    folder = environment.documents()
    return folder if folder.is_dir() else None
