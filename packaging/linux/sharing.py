"""What a desktop is told of the program: entry in the menu, icons, type of file, description, pages of the manual.

The same files lie below /usr/share of the .deb and in the folder, whose install.sh copies them for one user.
"""

import gzip
import io
import os
from datetime import UTC, datetime
from pathlib import Path

from PIL.IcoImagePlugin import IcoImageFile

from p2kp_desktop import __version__

HERE = Path(__file__).resolve().parent / "share"
_ICON = HERE.parent.parent / "windows" / "p2kp.ico"
_SIZES = (16, 24, 32, 48, 64, 128, 256)  # of the freedesktop icon theme; p2kp.ico has each
_PLACES = {
    "p2kp-desktop.desktop": "applications/p2kp-desktop.desktop",
    "p2kp-desktop.xml": "mime/packages/p2kp-desktop.xml",
    "p2kp-desktop.svg": "icons/hicolor/scalable/apps/p2kp-desktop.svg",
    "id.p2kp.desktop.metainfo.xml": "metainfo/id.p2kp.desktop.metainfo.xml",
}
_PAGES = {"p2kp.1": ("man/man1/p2kp.1.gz", "man/man1/p2kp-desktop.1.gz"),
          "p2kp.id.1": ("man/id/man1/p2kp.1.gz", "man/id/man1/p2kp-desktop.1.gz")}


def share(into: Path, moment: int) -> None:
    """Write everything for a desktop below a folder «share»."""
    for name, place in _PLACES.items():
        write(into / place, filled(name, day=day(moment)))
    for name, places in _PAGES.items():
        for place in places:
            write(into / place, packed(filled(name, day=day(moment))))
    for size in _SIZES:
        write(into / f"icons/hicolor/{size}x{size}/apps/p2kp-desktop.png", _picture(size))


def filled(file: str, /, **words: str) -> str:
    """A file of the folder share with its words filled in."""
    text = (HERE / file).read_text(encoding="utf-8")
    for word, value in {"version": __version__, **words}.items():
        text = text.replace(f"@{word.upper()}@", value)
    return text


def write(path: Path, content: bytes | str, *, runs: bool = False) -> None:
    """Write a file with the folders above it; one that runs may be run by everybody."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    path.chmod(0o755 if runs else 0o644)


def packed(text: str) -> bytes:
    """A text as gzip, without its time."""
    return gzip.compress(text.encode(), mtime=0)


def day(moment: int) -> str:
    """The day of a moment, as 2026-12-01."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")


def levelled(folder: Path, moment: int) -> None:
    """Give everything below a folder the same time and, whatever umask there is, the same rights."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def _picture(size: int) -> bytes:
    out = io.BytesIO()
    with IcoImageFile(_ICON) as icon:
        icon.ico.getimage((size, size)).save(out, "png")
    return out.getvalue()
