"""The bill of materials (CycloneDX): every package and library that ships, its version, licence and digest."""

import hashlib
import re
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from windows.pins import EMBEDDED_PYTHON, Pin
from windows.python_zip import version as version_of

# Libraries that are linked into a package's own: which package, in which file, and how that says its version.
_INSIDE = (
    ("sqlcipher3", "SQLite", "sqlcipher3/_sqlite3", re.compile(rb"(?<![\d.])(3\.\d\d\.\d+)(?![\d.])"), "blessing"),
    ("sqlcipher3", "OpenSSL", "sqlcipher3/_sqlite3", re.compile(rb"OpenSSL (\d\.\d+\.\d+) "), "Apache-2.0"),
    ("cryptography", "OpenSSL", "cryptography/hazmat/bindings/_rust", re.compile(rb"OpenSSL (\d\.\d+\.\d+) "),
     "Apache-2.0"),
)
# What a package that names no licence in its metadata comes under, by its licence file and those of what it holds.
_UNSAID = {"sqlcipher3": "Zlib AND BSD-3-Clause AND Apache-2.0"}  # itself, SQLCipher, OpenSSL
Component = dict[str, Any]


def bill(version: str, pins: Iterable[Pin], wheels: Iterable[Path], python: Path, moment: int) -> dict[str, Any]:
    """The whole bill of the Windows package; the same input gives the same bill, its number too."""
    interpreter = _component("platform", "CPython", version_of(python) or EMBEDDED_PYTHON, "PSF-2.0")
    return written(version, [interpreter, *of_wheels(pins, wheels)], moment)


def of_wheels(pins: Iterable[Pin], wheels: Iterable[Path]) -> list[Component]:
    """The lines of the packages of the lock, in their order, each followed by what is linked into it."""
    by_name = {wheel_name(wheel): wheel for wheel in wheels}
    return [line for pin in pins
            for line in (_of_wheel(pin, by_name[pin.name]), *_linked_into(pin.name, by_name[pin.name]))]


def written(version: str, components: list[Component], moment: int) -> dict[str, Any]:
    """A bill as JSON has it, of what ships with this version of the program."""
    known = repr((version, components)).encode()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, hashlib.sha256(known).hexdigest()).urn,
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": _component("application", "p2kp-desktop", version, "MIT"),
        },
        "components": components,
    }


def wheel_name(wheel: Path) -> str:
    """The name of a wheel's package as the lock writes it."""
    return re.sub(r"[-_.]+", "-", wheel.name.split("-")[0]).lower()


def metadata(wheel: Path) -> str:
    """What a wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        return archive.read(name).decode("utf-8")


def licence(text: str) -> str:
    """The licence that a package's metadata names, in the newest of the three ways that there are; "" for none."""
    head = HeaderParser().parsestr(text)
    classified = [line.split(" :: ")[-1] for line in head.get_all("Classifier", []) if line.startswith("License ::")]
    written = (head["License"] or "").strip()
    short = written if written and "\n" not in written and len(written) < 80 else ""  # some write the whole text there
    return head["License-Expression"] or short or " OR ".join(classified)


def _of_wheel(pin: Pin, wheel: Path) -> Component:
    component = _component("library", pin.name, pin.version, licence(metadata(wheel)) or _UNSAID.get(pin.name, ""))
    return component | {
        "purl": f"pkg:pypi/{pin.name}@{pin.version}",
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(wheel.read_bytes()).hexdigest()}],
    }


def _linked_into(package: str, wheel: Path) -> Iterator[Component]:
    for inside, name, begins, pattern, terms in _INSIDE:
        if inside == package:
            with zipfile.ZipFile(wheel) as archive:
                file = next(file for file in archive.namelist() if file.startswith(begins))
                found = pattern.search(archive.read(file))
            version = found.group(1).decode() if found else "unknown"
            yield _component("library", f"{name} ({package})", version, terms)


def _component(kind: str, name: str, version: str, terms: str) -> Component:
    licences: Component = {"licenses": [{"license": {"name": terms}}]} if terms else {}
    return {"type": kind, "name": name, "version": version} | licences
