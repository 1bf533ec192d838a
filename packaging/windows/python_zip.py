"""A newer CPython, brought by hand: P2KP_PYTHON_ZIP names python.org's embeddable zip, P2KP_PYTHON_SHA256 its digest.

The pinned package carries CPython of one day, with the SQLite and OpenSSL of that day; faults found since are mended in
python.org's own zip (python-3.13.x-embed-amd64.zip), which no registry of packages has. Its digest is to come from
another place than the zip: python.org's page of the release, or whoever signs for it. A zip without a digest is not
taken. The bytecode, the signatures and the libraries of what was brought are judged as those of the pinned one are.
"""

import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from steps import Stopped

ZIP, DIGEST = "P2KP_PYTHON_ZIP", "P2KP_PYTHON_SHA256"
_NEEDED = ("python.exe", "pythonw.exe", "python313.dll", "python313.zip", "LICENSE.txt", "vcruntime140.dll")
_VERSION = re.compile(rb"(?<![\d.])(3\.13\.\d+)\0")


def brought(settings: Mapping[str, str] = os.environ) -> Path | None:
    """The zip that was brought, None for none; raises Stopped for one without its digest, or with another."""
    if not settings.get(ZIP):
        return None
    path, digest = Path(settings[ZIP]), settings.get(DIGEST, "").strip().lower()
    if not path.is_file():
        raise Stopped(f"{path} is named by {ZIP}, and is not there.")
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise Stopped(f"{path.name} is taken with its digest only: set {DIGEST} to the SHA-256 that its makers tell.")
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise Stopped(f"{path.name} is not the file with the digest {digest}. Nothing of it was used.")
    return path


def unpack(path: Path, into: Path) -> Path:
    """Unpack it into a folder, in place of any; raises Stopped for what is not CPython 3.13 for 64-bit Windows."""
    shutil.rmtree(into, ignore_errors=True)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        lacking = [name for name in _NEEDED if name not in names]
        if lacking or any(len(PurePosixPath(name).parts) != 1 for name in names):
            raise Stopped(f"{path.name} is no embeddable CPython 3.13: {', '.join(lacking) or 'it has folders'}.")
        into.mkdir(parents=True)
        for name in names:
            (into / PurePosixPath(name).name).write_bytes(archive.read(name))
    if not version(into):
        raise Stopped(f"{path.name} does not say which CPython 3.13 it is. Nothing of it was used.")
    return into


def version(python: Path) -> str:
    """Which CPython lies in a folder, by its own library; "" where that does not say."""
    library = python / "python313.dll"
    found = _VERSION.search(library.read_bytes()) if library.exists() else None
    return found.group(1).decode() if found else ""
