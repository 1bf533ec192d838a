"""Make the packages for Linux: python3 packaging/make.py package linux.

Everything lies in build/linux: the .deb, the folder as tar.xz, their sums as a file and on paper; each carries its bill
of materials. `--deb` leaves the folder out, whose Python is built as root in a bare old Debian (some minutes, once).
"""

import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.metadata import requires
from pathlib import Path

import fetching
import sums
from installation import LOCK
from linux import deb, folder, python, trim
from linux.check import check
from linux.closure import OF_A_PRINTER, OF_THE_SCREEN, OF_THE_SYSTEM, Heads, heads, idle, missing, oldest, unasked
from linux.pins import DESKTOP, FOR_THE_DESKTOP, for_the_desktop
from linux.sharing import levelled
from p2kp_desktop import __version__
from steps import ROOT, Stopped, announce
from windows import sizes
from windows.bill import Component, of_wheels, written
from windows.folder import compile_library, files, lay_out_library, seal
from windows.pins import shipped

BUILD = ROOT / "build" / "linux"
BILL = "sbom.cdx.json"
BYTECODE = "python3.13"


def main(arguments: Sequence[str]) -> int:
    """Make both packages, or only the .deb; 1 where a library is missing or idle; 2 for wrong use."""
    ways: dict[tuple[str, ...], Callable[[], int]] = {
        ("linux",): make,
        ("linux", "--deb"): partial(make, with_folder=False),
        ("check", "linux"): lambda: make() or check(),
    }
    way = ways.get(tuple(arguments))
    if way is None:
        print("packaging/make.py package linux [--deb] | check linux, or: package windows", file=sys.stderr)
        return 2
    try:
        return way()
    except Stopped as reason:
        print(reason, file=sys.stderr)
        return 1


def make(*, with_folder: bool = True) -> int:
    """Fetch, lay out, compile, seal and pack; 1 where a library is missing or idle."""
    if shutil.which(BYTECODE) is None:
        raise Stopped(f"{BYTECODE} writes the bytecode of Debian 13's Python. Install it, then run this again.")
    BUILD.mkdir(parents=True, exist_ok=True)
    moment, program = fetching.time_of_release(), BUILD / "program"
    pins = for_the_desktop(LOCK.read_text(encoding="utf-8"), lambda name: requires(name) or [])
    wheels = fetching.wheels(pins, BUILD, FOR_THE_DESKTOP, partial(shipped, machine=DESKTOP))
    shutil.rmtree(program, ignore_errors=True)
    lay_out_library(program, wheels, ROOT, trim.place)
    compile_library(program, BYTECODE)
    of_lock = of_wheels(pins, wheels)
    made, faults = make_deb(program, of_lock, moment)
    if with_folder:
        packed, more = make_folder(program, of_lock, moment)
        made, faults = made | packed, faults + more
    sums.write(BUILD, made)
    announce((BUILD / sums.FILE).read_text(encoding="utf-8"))
    announce("\n".join(faults) or "No library is missing, idle or asked for in vain.")
    return 1 if faults else 0


def make_deb(program: Path, of_lock: list[Component], moment: int) -> tuple[dict[str, str], list[str]]:
    """The .deb: its digest by name, and every fault."""
    root, package = BUILD / "deb", BUILD / deb.file_name()
    _bill(program, of_lock, moment)
    deb.lay_out(root, program, moment)
    deb.pack(root, package, moment)
    of_the_system = OF_THE_SYSTEM | OF_THE_SCREEN
    found = heads(root)
    announce(f"{package.name}: {_weight(package)}, installed {_weighs(root)}, for {_needs(found)}.")
    return _sum(package), _faults(found, of_the_system)


def make_folder(program: Path, of_lock: list[Component], moment: int) -> tuple[dict[str, str], list[str]]:
    """The folder with its own Python, packed: its digest by name, and every fault."""
    built = python.built(BUILD)
    place, package = BUILD / folder.NAME, BUILD / f"{folder.NAME}.tar.xz"
    oldest_glibc = oldest(heads(built)), oldest(heads(program))
    folder.lay_out(place, program, built, ".".join(map(str, max(oldest_glibc))), moment)
    _bill(place, [*python.components(built), *of_lock], moment)
    levelled(place, moment)
    folder.pack(place, package, moment)
    found = heads(place)
    announce(sizes.table(sizes.parts(place)))
    announce(f"{package.name}: {_weight(package)}, unpacked {_weighs(place)}, for {_needs(found)}.")
    return _sum(package), _faults(found, OF_THE_SYSTEM)


def _bill(place: Path, components: list[Component], moment: int) -> None:
    text = json.dumps(written(__version__, components, moment), indent=1, ensure_ascii=False) + "\n"
    (place / BILL).write_text(text, encoding="utf-8", newline="\n")
    seal(place, moment)


def _faults(found: Heads, of_the_system: Mapping[str, str]) -> list[str]:
    return [
        *missing(found, {**of_the_system, **OF_A_PRINTER}),
        *(f"{name}: nobody loads it" for name in idle(found)),
        *(f"{name} is asked for, and nobody needs it" for name in unasked(found, of_the_system)),
    ]


def _needs(found: Heads) -> str:
    return " and ".join(f"{library} {'.'.join(map(str, oldest(found, library)))}" for library in ("GLIBC", "GLIBCXX"))


def _sum(package: Path) -> dict[str, str]:
    return {package.name: sums.of(package)}


def _weight(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"


def _weighs(place: Path) -> str:
    found = files(place)
    return f"{sum(path.stat().st_size for path in found) / 1e6:.1f} MB in {len(found)} files"
