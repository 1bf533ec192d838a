"""Which DLLs the files of a folder import: none may be missing, none may be there for nothing.

A Windows program names in its own head the libraries that it needs at once and those it needs at their first call
(delay-loaded); both are read here, so no tool of another system is asked.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

BINARIES = (".dll", ".pyd", ".exe")
# Part of Windows 10 since its first release; «api-ms-win-» and «ext-ms-» stand for parts of them.
OF_WINDOWS = """
    advapi32 authz bcrypt bcryptprimitives cfgmgr32 combase comctl32 comdlg32 crypt32 cryptbase d2d1 d3d11 d3d12 d3d9
    dbghelp dnsapi dwmapi dwrite dxgi gdi32 imm32 iphlpapi kernel32 mpr msvcrt ncrypt netapi32 normaliz ntdll ole32
    oleaut32 oleacc pdh powrprof propsys psapi rpcrt4 secur32 setupapi shcore shell32 shlwapi uiautomationcore ucrtbase
    user32 userenv usp10 uxtheme version winhttp winmm winspool.drv wintrust ws2_32 wtsapi32 wldap32
"""
_PE32_PLUS = 0x20B
_IMPORTS, _DELAYED = 1, 13  # which table of the head: the libraries needed at once, and at their first call


def missing(folder: Path) -> list[str]:
    """A sentence for each library that a file imports and that would not be found for it.

    That it lies somewhere in the folder is not enough: Windows looks beside the file, beside python.exe, and where a
    package has told it to.
    """
    there = {(path.parent, path.name.lower()) for path in binaries(folder)}
    return [
        f"{path.relative_to(folder).as_posix()} needs {name}"
        for path in binaries(folder) for name in imports(path.read_bytes())
        if not _of_windows(name) and not any((place, name) in there for place in _looked_in(path, folder))
    ]


def _looked_in(path: Path, folder: Path) -> list[Path]:
    """Where Windows looks for what a file imports; PySide6 and what delvewheel packed name their own folders."""
    places = [path.parent, folder / "python"]
    inside = path.relative_to(folder).parts
    if inside[0] == "lib":
        package = folder / "lib" / inside[1]
        places += [package.with_name(f"{inside[1]}.libs")]
        places += [package, package.with_name("shiboken6")] if inside[1] == "PySide6" else []
    return places


def idle(folder: Path, loaded_by_name: frozenset[str]) -> list[str]:
    """The DLLs that no file of the folder imports and that nobody loads by name; plugins are loaded by their place."""
    wanted = {name for path in binaries(folder) for name in imports(path.read_bytes())} | loaded_by_name
    return [
        path.relative_to(folder).as_posix() for path in binaries(folder)
        if path.suffix == ".dll" and path.name.lower() not in wanted and "plugins" not in path.parts
    ]


def binaries(folder: Path) -> list[Path]:
    """The programs and libraries of a folder, by path."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in BINARIES)


def imports(image: bytes) -> list[str]:
    """The libraries that a Windows program or library of 64 bits names, small letters, each once."""
    head = struct.unpack_from("<I", image, 0x3C)[0]
    if image[:2] != b"MZ" or image[head:head + 4] != b"PE\0\0":
        raise ValueError("not a program or library of Windows")
    optional = head + 24
    if struct.unpack_from("<H", image, optional)[0] != _PE32_PLUS:
        raise ValueError("a program or library of 32 bits")
    return list(dict.fromkeys([
        *_named(image, optional, _IMPORTS, entry=20, name_at=12),
        *_named(image, optional, _DELAYED, entry=32, name_at=4),
    ]))


def _named(image: bytes, optional: int, table: int, *, entry: int, name_at: int) -> Iterator[str]:
    """The names in one table of imports; an entry without a name ends it."""
    if table >= struct.unpack_from("<I", image, optional + 108)[0]:
        return
    start = struct.unpack_from("<I", image, optional + 112 + 8 * table)[0]
    if not start:
        return
    place = _offset(image, optional, start)
    while name := struct.unpack_from("<I", image, place + name_at)[0]:
        begin = _offset(image, optional, name)
        yield image[begin:image.index(b"\0", begin)].decode("ascii").lower()
        place += entry


def _offset(image: bytes, optional: int, address: int) -> int:
    """Where in the file lies what is at this address in memory."""
    count, = struct.unpack_from("<H", image, optional - 18)
    length, = struct.unpack_from("<H", image, optional - 4)
    for section in range(optional + length, optional + length + 40 * count, 40):
        size, begin, raw_size, raw = struct.unpack_from("<IIII", image, section + 8)
        if begin <= address < begin + max(size, raw_size):
            return int(address - begin + raw)
    raise ValueError("an address outside every section")


def _of_windows(name: str) -> bool:
    return name.removesuffix(".dll") in OF_WINDOWS.split() or name.startswith(("api-ms-win-", "ext-ms-"))
