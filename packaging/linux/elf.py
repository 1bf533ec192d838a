"""What a library or program of Linux says in its own head: what it needs, how it is called, how old glibc may be.

Read here, so that the check asks no tool of the machine and holds for the files of another one.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_LOAD, _DYNAMIC = 1, 2  # kinds of segments
_NEEDED, _STRINGS, _SONAME, _RPATH, _RUNPATH, _VERSIONS, _VERSION_COUNT = 1, 5, 14, 15, 29, 0x6FFFFFFE, 0x6FFFFFFF


@dataclass(frozen=True)
class Head:
    """The names of the libraries needed, its own, the folders it names, and the versions it asks of each library."""

    needed: tuple[str, ...] = ()
    soname: str = ""
    paths: tuple[str, ...] = ()  # DT_RPATH or DT_RUNPATH, as written
    versions: tuple[str, ...] = ()  # such as GLIBC_2.28


def is_elf(image: bytes) -> bool:
    """Whether these bytes begin a library or program of 64 bits."""
    return image[:5] == b"\x7fELF\x02"


def head(image: bytes) -> Head:
    """What the file says; one that is linked to nothing says nothing. Raises ValueError for what is no ELF."""
    if not is_elf(image):
        raise ValueError("not a library or program of Linux of 64 bits")
    segments = list(_segments(image))
    tags = [tag for kind, place, _, size in segments if kind == _DYNAMIC for tag in _tags(image, place, size)]
    values = dict(reversed(tags))  # the first of each
    if _STRINGS not in values:
        return Head()
    strings = _offset(segments, values[_STRINGS])

    def text(at: int) -> str:
        return image[strings + at:image.index(b"\0", strings + at)].decode()

    paths = [text(value) for tag, value in tags if tag in {_RPATH, _RUNPATH}]
    asked: list[str] = []
    if _VERSIONS in values:
        asked = [text(at) for at in _versions(image, _offset(segments, values[_VERSIONS]), values[_VERSION_COUNT])]
    return Head(
        needed=tuple(text(value) for tag, value in tags if tag == _NEEDED),
        soname=text(values[_SONAME]) if _SONAME in values else "",
        paths=tuple(path for joined in paths for path in joined.split(":")),
        versions=tuple(dict.fromkeys(asked)),
    )


def _segments(image: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Kind, place in the file, address in memory and size of each segment."""
    table, = struct.unpack_from("<Q", image, 32)
    length, count = struct.unpack_from("<HH", image, 54)
    for at in range(table, table + length * count, length):
        kind, _, place, address, _, size = struct.unpack_from("<IIQQQQ", image, at)
        yield kind, place, address, size


def _tags(image: bytes, place: int, size: int) -> Iterator[tuple[int, int]]:
    for at in range(place, place + size, 16):
        tag, value = struct.unpack_from("<qQ", image, at)
        if not tag:
            return
        yield tag, value


def _versions(image: bytes, at: int, count: int) -> Iterator[int]:
    """Where the name of each version stands that is asked of another library."""
    for _ in range(count):
        entries, _, first, following = struct.unpack_from("<HIII", image, at + 2)
        entry = at + first
        for _ in range(entries):
            name, step = struct.unpack_from("<II", image, entry + 8)
            yield name
            entry += step
        at += following


def _offset(segments: list[tuple[int, int, int, int]], address: int) -> int:
    """Where in the file lies what is at this address in memory."""
    for kind, place, start, size in segments:
        if kind == _LOAD and start <= address < start + size:
            return address - start + place
    raise ValueError("an address outside every segment")
