"""The file that brings another version of the program: a ZIP with its modules, and a manifest that the office signed.

    manifest.json   version, what is new, what it needs of the program's folder, size and digest of every file
    signature       «ed25519 PUBLIC SIGNATURE» over the manifest, in base64
    p2kp_desktop/…  the files, sources only: bytecode is made where they are taken

Nothing is believed before the signature of a known key stands over it, and then only what the manifest says: a file
that it does not name, names otherwise or in another size refuses the whole. Names are such as every disk can hold.
"""

import base64
import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from p2kp_desktop import versions
from p2kp_desktop.language import Trouble, say

SUFFIX = ".p2kpupdate"
MANIFEST, SIGNATURE, PACKAGE = "manifest.json", "signature", "p2kp_desktop"
FORMAT = 1
METHOD = "ed25519"
_SPEECH = b"P2KP Desktop update 1\n"  # before what is signed: the key signs nothing else by mistake

MOST_PACKED, MOST_FILES, MOST_UNPACKED = 32 << 20, 6_000, 128 << 20
_MOST_TEXT = 2 << 20  # bytes of the manifest
_LIST = 1 << 20  # bytes of the list of files at the end of the ZIP
_END = 22  # bytes of the record that ends a ZIP without a comment
_PIECE = 1 << 18
_PART = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_. -]{0,80}[A-Za-z0-9_])?", re.ASCII)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_BROKEN = (OSError, EOFError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error)


@dataclass(frozen=True)
class Content:
    """One file of the update: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an update says of itself.

    `needs` names the versions of other packages, any of which will do; `imports` the modules of them that must be
    there, for what a setup leaves out has the right version too. `store` and `bundle` are the numbers of the formats
    that it writes, `python` the versions (from, below) that it runs under.
    """

    version: str
    news: str
    store: int
    bundle: int
    python: tuple[str, str]
    needs: Mapping[str, tuple[str, ...]]
    imports: tuple[str, ...]
    files: Mapping[str, Content]

    @property
    def size(self) -> int:
        """Return how many bytes the files have together."""
        return sum(each.size for each in self.files.values())

    def written(self) -> bytes:
        """Return the text that is signed: the same for the same content."""
        return (json.dumps({"format": FORMAT, **asdict(self)}, indent=1, sort_keys=True, ensure_ascii=True)
                + "\n").encode()


def signed(private: bytes, manifest: bytes) -> bytes:
    """Return the signature of a manifest, with the public key that it is checked by."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(private)
    told = (METHOD, _text(key.public_key().public_bytes_raw()), _text(key.sign(_SPEECH + manifest)))
    return (" ".join(told) + "\n").encode()


def new_key() -> tuple[bytes, str]:
    """Return a fresh private key and the public one that belongs to it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate().private_bytes_raw()
    return private, public_of(private)


def public_of(private: bytes) -> str:
    """Return the public key of a private one. Raises ValueError for what is no key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return _text(Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


def read(path: Path, keys: Sequence[str]) -> Manifest:
    """Return the manifest of an update; raise Trouble for a file that is none, or that none of the keys signed."""
    with _opened(path) as package:
        return _checked(path.name, package, keys)


def unpack(path: Path, keys: Sequence[str], target: Path) -> Iterator[Path]:
    """Write the files of an update below a new folder one by one, yielding each; raise Trouble where one is not whole.

    What stands there after a fault, or when nobody asks on, is not to be used. Raises OSError for the disk.
    """
    with _opened(path) as package:
        manifest = _checked(path.name, package, keys)
        for name, content in sorted(manifest.files.items()):
            whole = _piece(path.name, package, name, content.size)
            if hashlib.sha256(whole).hexdigest() != content.sha256:
                raise damaged(path.name)
            file = target.joinpath(*PurePosixPath(name).parts)
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as there:  # never through a link, never over another file
                there.write(whole)
                there.flush()
                os.fsync(there.fileno())
            yield file


class _opened:  # noqa: N801  (used as a function)
    """A ZIP of no more files than an update has; its list is measured before anything of it is read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> zipfile.ZipFile:
        name = self._path.name
        try:
            if not self._path.is_file():
                raise gone(name)
            if self._path.stat().st_size > MOST_PACKED or not _has_small_list(self._path):
                raise damaged(name)
            self._package = zipfile.ZipFile(self._path)
        except OSError as error:
            raise gone(name) from error
        except _BROKEN as error:
            raise damaged(name) from error
        return self._package

    def __exit__(self, *_: object) -> None:
        self._package.close()


def _has_small_list(path: Path) -> bool:
    """Say whether the ZIP ends as an update does: no comment, nothing for files beyond 4 GB, and a list that is small.

    zipfile reads the whole list when it opens a file, and a list of a million names takes half a gigabyte.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - _END - 20, 0))
        tail = file.read()
    end = tail[-_END:]
    listed, length = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    is_plain = end[:4] == b"PK\5\6" and end[-2:] == b"\0\0" and tail[:4] != b"PK\6\7"
    return is_plain and listed <= MOST_FILES and length <= _LIST


def _checked(name: str, package: zipfile.ZipFile, keys: Sequence[str]) -> Manifest:
    """Return the manifest once its signature holds and the list of files is the one it names; raise Trouble else."""
    try:
        parts = package.infolist()
        sizes = {part.filename: part.file_size for part in parts}
        is_usual = all(part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts)
        if len(sizes) != len(parts) or not is_usual or sizes.get(MANIFEST, _MOST_TEXT + 1) > _MOST_TEXT:
            raise damaged(name)
        written = _piece(name, package, MANIFEST, sizes[MANIFEST])
        mark = _piece(name, package, SIGNATURE, min(sizes[SIGNATURE], 1000))
        _must_be_signed(name, written, mark, keys)
        told = json.loads(written)
    except _BROKEN as error:
        raise damaged(name) from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise newer(name) if isinstance(told, dict) else damaged(name)
    try:
        manifest = _manifest(told)
    except (*_BROKEN, TypeError, AttributeError) as error:
        raise damaged(name) from error
    named = {each: content.size for each, content in manifest.files.items()}
    if {each: size for each, size in sizes.items() if each not in (MANIFEST, SIGNATURE)} != named:
        raise damaged(name)
    return manifest


def _must_be_signed(name: str, written: bytes, mark: bytes, keys: Sequence[str]) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    method, public, signature = mark.decode("ascii").split()
    if method != METHOD or public not in keys:
        raise stranger(name)
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), _SPEECH + written)
    except InvalidSignature as error:
        raise altered(name) from error


def _manifest(told: Mapping[str, Any]) -> Manifest:
    """Return the manifest of a signed text; raise ValueError where it cannot be one."""
    files = {str(name): Content(int(each["size"]), str(each["sha256"])) for name, each in told["files"].items()}
    low, high = told["python"]
    manifest = Manifest(
        str(told["version"]), str(told["news"]), int(told["store"]), int(told["bundle"]), (str(low), str(high)),
        {str(name): tuple(map(str, each)) for name, each in told["needs"].items()}, tuple(map(str, told["imports"])),
        files,
    )
    is_sound = (
        versions.is_version(manifest.version) and len(files) <= MOST_FILES and manifest.size <= MOST_UNPACKED
        and all(may_be_written(name) for name in files) and len({name.casefold() for name in files}) == len(files)
        and {f"{PACKAGE}/__init__.py", f"{PACKAGE}/__main__.py"} <= files.keys()
    )
    if not is_sound:
        raise ValueError("no update")
    return manifest


def may_be_written(name: str) -> bool:
    """Say whether a file of an update may be called so: below the package, and as every disk can hold it."""
    parts = name.split("/")
    return len(parts) > 1 and parts[0] == PACKAGE and all(
        _PART.fullmatch(part) and not _DEVICES.fullmatch(part) for part in parts
    )


def _piece(name: str, package: zipfile.ZipFile, part: str, size: int) -> bytes:
    """Return a part of a package; raise Trouble where it is more or less than it should be."""
    try:
        with package.open(part) as file:
            whole = file.read(size + 1)
    except _BROKEN as error:
        raise damaged(name) from error
    if len(whole) != size:
        raise damaged(name)
    return whole


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def gone(name: str) -> Trouble:
    """The file cannot be read where it lay."""
    return Trouble(
        say("Berkas pembaruan «{name}» tidak ada atau tidak dapat dibaca.", name=name), safe=say(_UNTOUCHED),
        remedy=say("Periksa apakah flashdisk masih terpasang, lalu pilih lagi."), code="U01",
    )


def damaged(name: str) -> Trouble:
    """The file is cut off, or is no update at all."""
    return Trouble(
        say("Berkas pembaruan «{name}» rusak, terpotong, atau bukan pembaruan P2KP Desktop.", name=name),
        safe=say(_UNTOUCHED), remedy=say("Salin sekali lagi berkas aslinya ke flashdisk, lalu pilih lagi."), code="U02",
    )


def altered(name: str) -> Trouble:
    """The signature does not hold over the manifest."""
    return Trouble(
        say("Tanda tangan pada «{name}» tidak cocok: berkas ini diubah sesudah dibuat.", name=name),
        safe=say(_UNTOUCHED), remedy=say("Jangan dipakai. Minta berkas aslinya dari kantor yang membagikan program."),
        code="U03",
    )


def stranger(name: str) -> Trouble:
    """No key that this program knows signed it."""
    return Trouble(
        say("«{name}» tidak ditandatangani oleh kantor yang membuat program ini.", name=name), safe=say(_UNTOUCHED),
        remedy=say("Jangan dipakai. Minta berkas aslinya dari kantor yang membagikan program."), code="U04",
    )


def newer(name: str) -> Trouble:
    """An update whose own format this program does not know yet."""
    return Trouble(
        say("«{name}» dibuat untuk program yang lebih baru daripada ini.", name=name), safe=say(_UNTOUCHED),
        remedy=say("Pasang berkas pemasangan lengkapnya."), code="U05",
    )


_UNTOUCHED = "Program dan data Anda tidak disentuh."
