"""CPython for the folder: built once from pinned sources inside an old Debian, so that old systems can run it.

No prebuilt CPython is to be had from a registry of packages, and Debian's own asks for the glibc of its release. What
is built depends only on what stands here and in python.sh, and is kept until that changes.
"""

import hashlib
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from linux import chroot
from linux.closure import OF_THE_SCREEN
from linux.pins import PYTHON
from steps import Stopped, announce
from windows.bill import Component

SUITE = "bullseye"  # the oldest Debian that is still to be had: glibc 2.31
RECIPE = Path(__file__).with_name("python.sh")
SOURCES = "sources"
_KEYS = Path("/usr/share/keyrings")
_TOOLS = ("gcc", "make", "libc6-dev", "libffi-dev", "zlib1g-dev", "pkg-config", "xz-utils")
# Libraries of the old Debian that lie beside the interpreter: by the path of the file there, their package.
_BESIDE = {"libffi.so.7": "libffi7"}
_QT = Path("lib/PySide6/Qt/lib")  # where Qt looks first


@dataclass(frozen=True)
class Source:
    """A source package of Debian: its version there, the file that is built, its digest, its terms."""

    name: str
    package: str
    debian: str
    file: str
    digest: str
    terms: str
    licence: str  # its file with the terms

    @property
    def version(self) -> str:
        """The version as its makers count."""
        return self.debian.split("-")[0]


CPYTHON = Source(
    "CPython", "python3.13", f"{PYTHON}-2+deb13u5", f"python3.13_{PYTHON}.orig.tar.xz",
    "93e583f243454e6e9e4588ca2c2662206ad961659863277afcdb96801647d640", "PSF-2.0", "cpython/LICENSE",
)
ALL = (CPYTHON,)


def built(build: Path) -> Path:
    """The folder with what was built: python, lib (Qt's helpers), licences, bill.json. Raises Stopped on failure."""
    recipe = hashlib.sha256(RECIPE.read_bytes() + repr((ALL, SUITE, _TOOLS, _BESIDE, OF_THE_SCREEN)).encode())
    done = build / f"cpython-{recipe.hexdigest()[:12]}"
    if not (done / "bill.json").exists():
        system = chroot.make(build / f"debian-{SUITE}", SUITE, [*_TOOLS, *OF_THE_SCREEN])
        fetch(build / SOURCES)
        announce(f"Building CPython {PYTHON} in it; this takes some minutes ...")
        _build(system, build / SOURCES)
        _take(system, done)
    return done


def fetch(into: Path) -> None:
    """Bring the sources, held against their digests; a file laid there by hand is as good. Raises Stopped."""
    into.mkdir(parents=True, exist_ok=True)
    state = into / "apt"
    (state / "lists" / "partial").mkdir(parents=True, exist_ok=True)
    keys = next(iter(sorted(_KEYS.glob("debian-archive-keyring.*"))), None)
    signed = f"[signed-by={keys}] " if keys else ""
    (state / "sources.list").write_text(f"deb-src {signed}{chroot.mirror()} trixie main\n", encoding="utf-8")
    options = ["-qq", "-o", f"Dir::Etc::sourcelist={state / 'sources.list'}", "-o", "Dir::Etc::sourceparts=-",
               "-o", f"Dir::State::lists={state / 'lists'}"]
    if any(not _is_right(into / source.file, source) for source in ALL):
        subprocess.run(["apt-get", *options, "update"], check=False)
    for source in ALL:
        if not _is_right(into / source.file, source):
            command = ["apt-get", *options, "source", "--download-only", f"{source.package}={source.debian}"]
            subprocess.run(command, cwd=into, check=False)
        if not _is_right(into / source.file, source):
            raise Stopped(f"{source.file} could not be fetched (Debian may have a newer one). Lay it into {into}: "
                          f"sha256 {source.digest}. Or name the newer one in packaging/linux/python.py.")


def components(built_in: Path) -> list[Component]:
    """The lines of the bill for what was built and what lies beside it."""
    found: list[Component] = json.loads((built_in / "bill.json").read_text(encoding="utf-8"))
    return found


def _is_right(path: Path, source: Source) -> bool:
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == source.digest


def _build(system: Path, sources: Path) -> None:
    place = system / "build"
    shutil.rmtree(place, ignore_errors=True)
    (place / "sources").mkdir(parents=True)
    for source in ALL:
        shutil.copy(sources / source.file, place / "sources" / source.file)
    shutil.copy(RECIPE, place / RECIPE.name)
    chroot.run(system, ["sh", f"/build/{RECIPE.name}"], {
        "PYTHON": CPYTHON.file, "SOURCE_DATE_EPOCH": "1748995200",
    })


def _take(system: Path, done: Path) -> None:
    """Copy what is needed out of the old Debian; what is done last says that all of it is there."""
    shutil.rmtree(done, ignore_errors=True)
    made = system / "build" / "python" / "usr"
    (done / "python" / "bin").mkdir(parents=True)
    shutil.copy(made / "bin" / "python3.13", done / "python" / "bin" / "python3.13")
    shutil.copytree(made / "lib" / "python3.13", done / "python" / "lib" / "python3.13", ignore=_left_behind)
    bill: list[Component] = [
        {"type": "platform" if source is CPYTHON else "library", "name": source.name, "version": source.version,
         "licenses": [{"license": {"name": source.terms}}],
         "hashes": [{"alg": "SHA-256", "content": source.digest}]}
        for source in ALL
    ]
    screen = {file: package for package, file in OF_THE_SCREEN.items()}
    for place, libraries in ((done / "python" / "lib", _BESIDE), (done / _QT, screen)):
        for file, package in libraries.items():
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy((system / "usr/lib/x86_64-linux-gnu" / file).resolve(), place / file)
            _put(done / "Lisensi" / package / "copyright", system / "usr/share/doc" / package / "copyright")
            version = chroot.run(system, ["dpkg-query", "-W", "-f", "${Version}", package])
            place_of_origin = {"purl": f"pkg:deb/debian/{package}@{version}"}
            bill.append({"type": "library", "name": package, "version": version} | place_of_origin)
    for source in ALL:
        _put(done / "Lisensi" / source.name / "LICENSE.txt", system / "build" / source.licence)
    (done / "bill.json").write_text(json.dumps(bill, indent=1), encoding="utf-8")


def _put(target: Path, source: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


# Of the standard library, by name: other people's tests, other windows, tools for building.
_LEFT = {"__pycache__", "__phello__", "config-3.13-x86_64-linux-gnu", "ensurepip", "idlelib", "lib2to3", "pydoc_data",
         "test", "tkinter", "turtle.py", "turtledemo", "venv", "site-packages", "LICENSE.txt"}


def _left_behind(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name in _LEFT or name.startswith(("_test", "xxlimited", "_ctypes_test"))}
