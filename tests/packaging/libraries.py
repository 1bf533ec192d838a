"""Libraries of Windows and of Linux that have a head and nothing else, for the tests of what packages carry."""

import hashlib
import struct

SECTION, RAW = 0x1000, 0x400
NEEDED, STRINGS, SONAME, RUNPATH, VERSIONS, VERSION_COUNT = 1, 5, 14, 29, 0x6FFFFFFE, 0x6FFFFFFF


def a_library(*at_once: str, delayed: tuple[str, ...] = ()) -> bytes:
    """A library of Windows that has a head and its tables of imports, and nothing else."""
    body = bytearray(0x1000)
    places: list[int] = []
    at = 0x800
    for name in (*at_once, *delayed):
        body[at:at + len(name) + 1] = name.encode() + b"\0"
        places.append(SECTION + at)
        at += len(name) + 1
    for number, place in enumerate(places[:len(at_once)]):
        struct.pack_into("<I", body, 20 * number + 12, place)
    for number, place in enumerate(places[len(at_once):]):
        struct.pack_into("<I", body, 0x400 + 32 * number + 4, place)
    optional = bytearray(240)
    struct.pack_into("<H", optional, 0, 0x20B)
    struct.pack_into("<I", optional, 108, 16)
    struct.pack_into("<I", optional, 112 + 8, SECTION)
    struct.pack_into("<I", optional, 112 + 8 * 13, SECTION + 0x400)
    section = struct.pack("<8sIIII16x", b".rdata", len(body), SECTION, len(body), RAW)
    head = b"MZ" + bytes(0x3A) + struct.pack("<I", 0x40) + b"PE\0\0"
    head += struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, len(optional), 0) + bytes(optional) + section
    return head.ljust(RAW, b"\0") + bytes(body)


def signed(image: bytes) -> bytes:
    """The file with a signature at its end: its digest without checksum, the place of the signature, and signature."""
    optional = struct.unpack_from("<I", image, 0x3C)[0] + 24
    entry = optional + 112 + 8 * 4
    digest = hashlib.sha256(image[:optional + 64] + image[optional + 68:entry] + image[entry + 8:]).digest()
    signature = b"PKCS" + digest + b"end."
    return image[:entry] + struct.pack("<II", len(image), len(signature)) + image[entry + 8:] + signature


def a_library_of_linux(*needed: str, soname: str = "", path: str = "", versions: tuple[str, ...] = ()) -> bytes:
    """A library of Linux that needs others; its one segment lies in memory 0x1000 above its place in the file."""
    strings, places = b"\0", {}
    for word in (*needed, soname, path, *versions):
        places[word] = len(strings)
        strings += word.encode() + b"\0"
    begin = 0x200
    asked = struct.pack("<HHIII", 1, len(versions), places[needed[0]] if needed else 0, 16, 0) if versions else b""
    for number, version in enumerate(versions):
        asked += struct.pack("<IHHII", 0, 0, 0, places[version], 16 if number + 1 < len(versions) else 0)
    table = begin + len(strings)
    tags = [(NEEDED, places[name]) for name in needed]
    tags += [(SONAME, places[soname])] * bool(soname) + [(RUNPATH, places[path])] * bool(path)
    tags += [(VERSIONS, 0x1000 + table), (VERSION_COUNT, 1)] * bool(versions)
    tags += [(STRINGS, 0x1000 + begin), (0, 0)]
    dynamic = b"".join(struct.pack("<qQ", *tag) for tag in tags)
    end = table + len(asked)
    image = b"\x7fELF\x02\x01\x01".ljust(32, b"\0") + struct.pack("<QQIHHHHHH", 64, 0, 0, 64, 56, 2, 0, 0, 0)
    image += struct.pack("<IIQQQQQQ", 1, 4, 0, 0x1000, 0, end + len(dynamic), end + len(dynamic), 0x1000)
    image += struct.pack("<IIQQQQQQ", 2, 4, end, 0x1000 + end, 0, len(dynamic), len(dynamic), 8)
    return image.ljust(begin, b"\0") + strings + asked + dynamic
