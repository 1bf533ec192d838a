"""Which libraries the files of a folder need: each is found, is the system's by name, and none is there for nothing."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from linux.elf import Head, head, is_elf

# What the .deb and the folder take from the system, and the packages of Debian 13 that bring it.
OF_THE_SYSTEM = {
    "libc6": "ld-linux-x86-64.so.2 libc.so.6 libdl.so.2 libm.so.6 libpthread.so.0 libresolv.so.2 librt.so.1"
             " libutil.so.1",
    "libstdc++6": "libstdc++.so.6",
    "libgcc-s1": "libgcc_s.so.1",
    "zlib1g": "libz.so.1",
    "libzstd1": "libzstd.so.1",
    "libglib2.0-0t64": "libglib-2.0.so.0 libgthread-2.0.so.0",
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libfreetype6": "libfreetype.so.6",
    "libx11-6": "libX11.so.6",
    "libx11-xcb1": "libX11-xcb.so.1",
    "libxcb1": "libxcb.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render0": "libxcb-render.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-shm0": "libxcb-shm.so.0",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
}
# Qt's helpers of the screen, which many desktops lack: the folder brings them, the .deb asks for them.
OF_THE_SCREEN = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-util1": "libxcb-util.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
# Where it is lacking there is no printer to choose, and everything else runs.
OF_A_PRINTER = {"libcups2t64": "libcups.so.2"}
_LOADED_BY_NAME = frozenset({"libhighs.so"})

Heads = Mapping[str, Head]  # by path in the folder


def heads(folder: Path) -> Heads:
    """What every library and program of a folder says in its head."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        with path.open("rb") as file:
            begins = file.read(5)
        if is_elf(begins):
            found[path.relative_to(folder).as_posix()] = head(path.read_bytes())
    return found


def missing(found: Heads, of_the_system: Mapping[str, str]) -> list[str]:
    """A sentence for each library that a file needs and that neither the folder has nor the system brings."""
    there = _names(found) | set(" ".join(of_the_system.values()).split())
    return [f"{path} needs {name}" for path, said in found.items() for name in said.needed if name not in there]


def idle(found: Heads) -> list[str]:
    """The libraries that no file of the folder needs; modules of Python and plugins are loaded by their place."""
    wanted = _needed(found.values()) | _LOADED_BY_NAME
    return [
        path for path, said in found.items()
        if "/plugins/" not in path and not {said.soname, Path(path).name} & wanted and _is_library(Path(path).name)
    ]


def unasked(found: Heads, of_the_system: Mapping[str, str]) -> list[str]:
    """The packages that are asked for and that bring nothing that a file needs."""
    wanted = _needed(found.values())
    return [package for package, brought in of_the_system.items() if not wanted & set(brought.split())]


def oldest(found: Heads, library: str = "GLIBC") -> tuple[int, ...]:
    """The version of glibc (or of GLIBCXX) below which some file does not load."""
    versions = {version for said in found.values() for version in said.versions}
    numbers = [match for version in versions if (match := re.fullmatch(rf"{library}_([\d.]+)", version))]
    return max((tuple(int(part) for part in number.group(1).split(".")) for number in numbers), default=())


def _needed(found: Iterable[Head]) -> set[str]:
    return {name for said in found for name in said.needed}


def _names(found: Heads) -> set[str]:
    return {name for path, said in found.items() for name in (Path(path).name, said.soname)}


def _is_library(name: str) -> bool:
    return name.startswith("lib") and ".so" in name
