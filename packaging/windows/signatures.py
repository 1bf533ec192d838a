"""Whose signature a Windows program carries, and whether the file still is what was signed.

The digest that Authenticode signs covers the file without its checksum and without the signature itself. It is computed
here and looked for in the signature: that shows that nothing was changed since; whether the signer is trusted is for
Windows to say.
"""

import hashlib
import struct
from pathlib import Path

from windows.closure import binaries

_CERTIFICATES = 4  # which table of the head: the signature, the only one that names a place in the file
_DIGESTS = ("sha256", "sha1", "sha384", "sha512")


def changed(folder: Path) -> list[str]:
    """The signed files of a folder that are not what was signed."""
    return [path.relative_to(folder).as_posix() for path in binaries(folder) if unchanged(path.read_bytes()) is False]


def unsigned(folder: Path) -> list[str]:
    """The programs and libraries of a folder that nobody signed."""
    return [path.relative_to(folder).as_posix() for path in binaries(folder) if unchanged(path.read_bytes()) is None]


def unchanged(image: bytes) -> bool | None:
    """Whether a file of 64 bits is what was signed; None where it carries no signature."""
    optional = struct.unpack_from("<I", image, 0x3C)[0] + 24
    checksum, entry = optional + 64, optional + 112 + 8 * _CERTIFICATES
    begin, size = struct.unpack_from("<II", image, entry)
    if not size:
        return None
    signed = image[:checksum] + image[checksum + 4:entry] + image[entry + 8:begin] + image[begin + size:]
    signature = image[begin:begin + size]
    return any(hashlib.new(name, signed).digest() in signature for name in _DIGESTS)
