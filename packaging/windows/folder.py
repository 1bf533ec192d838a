"""The folder «program» as it lies on a laptop: python beside lib, launchers, licences, checksums.

It is laid out anew each time from wheels, CPython's own folder and this checkout; every file has one time, that of the
release, and bytecode does not depend on times, so that the same input gives the same bytes.
"""

import hashlib
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from importlib.util import MAGIC_NUMBER
from pathlib import Path, PurePosixPath

from steps import Stopped
from windows import standard_library, trim

LICENCES = "Lisensi"
BYTECODE = Path(__file__).with_name("bytecode.py")
_OURS = "p2kp_desktop"
Placed = Callable[[PurePosixPath], PurePosixPath | None]
SUMS = "SHA256.txt"
# Isolated: what the laptop has of another Python (PYTHONPATH, site-packages) is not looked at.
_PATHS = "python313.zip\r\n.\r\n..\\lib\r\n"
# No program of our own starts Python: unsigned stubs are what scanners of viruses hold up. Python's own are signed.
_LAUNCHERS = {
    "p2kp.cmd": '@"%~dp0python\\python.exe" -m p2kp_desktop.cli %*\r\n',
    "p2kp-desktop.cmd": '@start "" "%~dp0python\\pythonw.exe" -m p2kp_desktop %*\r\n',
}
_LICENCE_WORDS = ("LICEN", "COPYING", "NOTICE")
# Those of the checkout; the wheels of Qt name the LGPL and do not bring its text.
_OUR_LICENCES = {
    "p2kp-desktop/LICENSE.txt": "LICENSE",
    "PySide6/LGPL-3.0.txt": "packaging/windows/licences/LGPL-3.0.txt",
    "PySide6/GPL-3.0.txt": "packaging/windows/licences/GPL-3.0.txt",
    "Noto/OFL.txt": "resources/fonts/OFL.txt",
    "Lucide/LICENSE.txt": "resources/icons/LICENSE-lucide.txt",
}


def lay_out(program: Path, python: Path, wheels: Iterable[Path], checkout: Path) -> None:
    """Make the folder from CPython's files, the wheels and a checkout, without bytecode and sums, in place of any."""
    shutil.rmtree(program, ignore_errors=True)
    for path in sorted(python.iterdir()):
        if path.name not in trim.PYTHON_LEFT_BEHIND:
            _write(program / "python" / path.name, path.read_bytes())
    library = (python / standard_library.NAME).read_bytes()
    _write(program / "python" / standard_library.NAME, standard_library.slim(library))
    _write(program / "python" / "python313._pth", _PATHS.encode())
    _write(program / LICENCES / "CPython" / "LICENSE.txt", (python / "LICENSE.txt").read_bytes())
    for name, text in _LAUNCHERS.items():
        _write(program / name, text.encode())
    _write(program / "p2kp.ico", (checkout / "packaging" / "windows" / "p2kp.ico").read_bytes())
    lay_out_library(program, wheels, checkout, trim.place)


def lay_out_library(program: Path, wheels: Iterable[Path], checkout: Path, place: Placed) -> None:
    """Add lib, from wheels and a checkout, and all licences; `place` says where a wheel's file goes, or None."""
    for wheel in sorted(wheels):
        _unpack(wheel, program, place)
    for source, target in ((_OURS, _OURS), ("resources", f"{_OURS}/resources")):
        for path in files(checkout / source):
            if "__pycache__" not in path.parts and path.suffix != ".po":  # en.mo is what is read
                _write(program / "lib" / target / path.relative_to(checkout / source), path.read_bytes())
    for name, source in _OUR_LICENCES.items():
        _write(program / LICENCES / name, (checkout / source).read_bytes())


def compile_to_bytecode(program: Path, interpreter: str) -> None:
    """Compile lib with an interpreter of the laptop's version; raises Stopped where its bytecode is another's.

    Our own sources stay beside the bytecode, for a crash report shows their lines. Of others' packages only the
    bytecode ships: a report names file and line there too, and whoever looks into it has the package.
    """
    answer = subprocess.run(
        [interpreter, "-c", "import importlib.util; print(importlib.util.MAGIC_NUMBER.hex())"],
        capture_output=True, text=True, check=False,
    )
    if answer.stdout.strip() != magic(program / "python" / "python313.zip").hex():
        raise Stopped(f"{interpreter} makes other bytecode than the Python that ships. Name one of the same version.")
    compile_library(program, interpreter)


def compile_library(program: Path, interpreter: str) -> None:
    """Write the bytecode of lib, which does not depend on times, and keep no source but our own."""
    ours = program / "lib" / _OURS
    others = [path for path in sorted((program / "lib").iterdir()) if path != ours]
    _compile(interpreter, program, "beside", [ours])
    _compile(interpreter, program, "instead", others)
    for path in others:
        for source in [path] if path.suffix == ".py" else list(path.rglob("*.py")):
            source.unlink()


def _compile(interpreter: str, program: Path, place: str, paths: Iterable[Path]) -> None:
    """Compile folders and files; bytecode names them by their path from the folder «program»."""
    names = [path.relative_to(program).as_posix() for path in paths]
    done = subprocess.run(
        [interpreter, "-IS", BYTECODE, place, *names],
        cwd=program, env=os.environ | {"PYTHONHASHSEED": "0"}, check=False,
    )
    if done.returncode != 0:
        raise Stopped("A module of the package cannot be compiled; its name stands above.")


def magic(library: Path) -> bytes:
    """The number at the head of the bytecode in a standard library that is a zip."""
    with zipfile.ZipFile(library) as archive:
        return archive.read(next(name for name in archive.namelist() if name.endswith(".pyc")))[:len(MAGIC_NUMBER)]


def seal(program: Path, moment: int) -> str:
    """Write the checksums of all files, give every file one time, and return the digest of the checksums."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(program).as_posix()}\n"
        for path in files(program) if path.name != SUMS or path.parent != program
    ]
    text = "".join(lines).encode()
    _write(program / SUMS, text)
    for path in files(program):
        os.utime(path, (moment, moment))
    return hashlib.sha256(text).hexdigest()


def files(program: Path) -> list[Path]:
    """Every file of the folder, by path: the order does not depend on the disk."""
    return sorted(path for path in program.rglob("*") if path.is_file())


def unpack_all(wheel: Path, place: Path, only: frozenset[str] = frozenset()) -> None:
    """Unpack what a wheel puts into site-packages: all of it, or only these files."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".data/" not in name]
        archive.extractall(place, [name for name in names if not only or name in only])


def _unpack(wheel: Path, program: Path, place: Placed) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(name for name in archive.namelist() if not name.endswith("/")):
            path = PurePosixPath(name)
            if path.parts[0].endswith(".data"):
                if path.parts[1] not in {"purelib", "platlib"}:
                    continue  # commands and headers
                path = PurePosixPath(*path.parts[2:])
            if _is_licence(path):
                _write(program / LICENCES / _licence_place(path), archive.read(name))
            elif target := place(path):
                _write(program / target, archive.read(name))


def _is_licence(path: PurePosixPath) -> bool:
    """The bills that some packages bring stay behind: half a megabyte each, and ours names what ships."""
    if path.as_posix() in trim.LICENCES_INSIDE:
        return True
    inside = path.parts[0].endswith(".dist-info")
    return inside and (path.name.upper().startswith(_LICENCE_WORDS) or path.parts[1] == "licenses")


def _licence_place(path: PurePosixPath) -> PurePosixPath:
    if path.as_posix() in trim.LICENCES_INSIDE:
        return PurePosixPath(path.parts[0], path.name)
    package = path.parts[0].removesuffix(".dist-info")
    return PurePosixPath(package, *(part for part in path.parts[1:] if part != "licenses"))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
