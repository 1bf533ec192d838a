"""One command per target: python3 packaging/make.py TARGET; it first sees to everything the target needs."""

import sys
from pathlib import Path

if not (3, 11) <= sys.version_info < (3, 14):
    sys.exit(f"P2KP Desktop needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}.")

sys.path.insert(1, str(Path(__file__).resolve().parent.parent))  # for p2kp_desktop.screen

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ceilings import too_long
from installation import require_installation, script
from lock import lock
from p2kp_desktop.screen import QT_OFFSCREEN, QT_SCREEN, Library, has_screen
from steps import ROOT, Stopped, announce, run
from system_packages import require_libraries

SIDE_BY_SIDE = ["-n", "auto", "--maxprocesses", "4"]
MEMORY = Path("/dev/shm")  # a disk in memory, on Linux
ROOMY = 4 * 2**30  # bytes free there for the files of the tests


def start(arguments: Sequence[str]) -> int:
    """Start the window; a workspace may follow."""
    if not has_screen():
        raise Stopped("There is no screen here. Start it in a desktop session, or look at: make.py shots")
    return run([script("python"), "-m", "p2kp_desktop", *arguments])


def demo(arguments: Sequence[str]) -> int:
    """Run the journey on sample data; where there is a screen, leave its facilitator's window open."""
    folder = Path(arguments[0]) if arguments else Path(tempfile.mkdtemp(prefix="p2kp-demo-"))
    code = run([script("p2kp"), "demo", folder])
    if code == 0 and has_screen():
        require_libraries(QT_SCREEN)
        announce("The window opens on the facilitator's workspace.")
        subprocess.Popen(
            [script("python"), "-m", "p2kp_desktop", (folder / "fasilitator.p2kp").resolve()], cwd=ROOT,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )
    return code


def shots(arguments: Sequence[str]) -> int:
    """Photograph every screen and dialog, or, after «kertas», everything that is printed; words narrow the choice."""
    settings = {"QT_QPA_PLATFORM": "offscreen"}
    of_paper = arguments[:1] == ["kertas"]
    file = ROOT / "packaging" / ("shots_paper.py" if of_paper else "shots.py")
    return run([script("python"), file, *arguments[of_paper:]], settings=settings)


def language(arguments: Sequence[str]) -> int:
    """Collect every text into the English catalogue and compile it; 1 while a text has no English."""
    return run([script("python"), ROOT / "packaging" / "catalogue.py", *arguments])


def keep(arguments: Sequence[str]) -> int:
    """Keep a workspace and a bundle of this release among the tests; done once, when it is given out."""
    home = tempfile.mkdtemp(prefix="p2kp-keep-")
    settings = {"P2KP_HOME": home, "PYTHONPATH": str(ROOT)}
    return run([script("python"), ROOT / "packaging" / "keep.py", *arguments], settings=settings)


def test(arguments: Sequence[str]) -> int:
    """Run pytest without a screen, on two or more cores side by side; `--deep` looks longer, others go to pytest."""
    settings = {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    settings["PYTHONDONTWRITEBYTECODE"] = ""  # where it is set, hundreds of processes compile the program each anew
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOMY:
        settings["TMPDIR"] = str(MEMORY)  # thousands of workspaces are synchronised to their disk
    if "--deep" in arguments:
        settings["P2KP_DEEP"] = "1"
    passed_on = [argument for argument in arguments if argument != "--deep"]
    side_by_side = [] if any(argument.startswith("-n") for argument in passed_on) else SIDE_BY_SIDE
    return run([script("python"), "-m", "pytest", *side_by_side, *passed_on], settings=settings)


def check(_arguments: Sequence[str]) -> int:
    """Run every check that needs no test, whatever the first ones say; 0 if all are content."""
    codes = [
        _checked("ruff", "check", "."),
        _checked("mypy"),
        _checked("lint-imports", "--no-logo"),
        _within_ceilings(),
        _without_known_weaknesses(),
    ]
    return 1 if any(codes) else 0


def bench(arguments: Sequence[str]) -> int:
    """Measure the program on the reference loads."""
    return run([script("python"), ROOT / "packaging" / "bench.py", *arguments])


def walk(arguments: Sequence[str]) -> int:
    """Print through which modules one letter goes, from its key to the disk and the painted screen."""
    return run([script("python"), ROOT / "packaging" / "walk.py", *arguments])


def package(arguments: Sequence[str]) -> int:
    """Make what people without Python are given, in build/windows: `windows`; `check` installs and uses it."""
    return run([script("python"), ROOT / "packaging" / "package.py", *arguments], settings={"PYTHONPATH": str(ROOT)})


def windows_test(arguments: Sequence[str]) -> int:
    """Run the tests, or those named, under the Windows Python in wine."""
    return package(["windows-test", *arguments])


@dataclass(frozen=True)
class Target:
    """What a target does in a few words, the function that does it, and what must be there before."""

    summary: str
    act: Callable[[Sequence[str]], int]
    libraries: tuple[Library, ...] = ()
    in_venv: bool = True


TARGETS = {
    "run": Target("the window; a workspace may follow", start, QT_SCREEN),
    "demo": Target("the journey on sample data; a folder may follow", demo),
    "test": Target("all tests; --deep looks longer, other arguments go to pytest", test, QT_OFFSCREEN),
    "check": Target("ruff, mypy, import contracts, ceilings, known weaknesses; no tests", check),
    "bench": Target("measure the program on the reference loads", bench),
    "walk": Target("the rooms one letter on question 12 goes through; --met lists them", walk, QT_OFFSCREEN),
    "shots": Target("every screen and dialog, or «kertas»: every print, as a picture in build/shots; words narrow it",
                    shots, QT_OFFSCREEN),
    "language": Target("collect and compile the English catalogue", language),
    "keep": Target("write this release's workspace and bundle for the tests of later ones", keep),
    "package": Target("windows, linux: what is given out; check [linux]: try it in wine, in bare systems", package),
    "windows-test": Target("the tests under the Windows Python in wine; folders may follow", windows_test),
    "lock": Target("write packaging/locked.txt anew; --upgrade for the newest versions", lock, in_venv=False),
}


def main(arguments: Sequence[str]) -> int:
    """Bring what the target needs, then run it; the exit code is the target's, or 2 for wrong use."""
    if arguments[-1:] in (["--help"], ["-h"]):
        print(TARGETS[arguments[0]].act.__doc__ if arguments[0] in TARGETS else _usage())
        return 0
    if not arguments or arguments[0] not in TARGETS:
        print(_usage(), file=sys.stderr)
        return 2
    target = TARGETS[arguments[0]]
    try:
        require_libraries(target.libraries)
        if target.in_venv:
            require_installation()
        return target.act(arguments[1:])
    except Stopped as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _usage() -> str:
    rows = [f"  {name:14}{target.summary}" for name, target in TARGETS.items()]
    return "\n".join(["python3 packaging/make.py TARGET [ARGUMENT ...]", "", *rows])


def _checked(tool: str, *arguments: str) -> int:
    announce(f"== {tool}")
    return run([script(tool), *arguments])


def _within_ceilings() -> int:
    announce("== ceilings")
    sentences = too_long(ROOT)
    announce("\n".join(sentences) or "Every module and function is within its ceiling.")
    return 1 if sentences else 0


def _without_known_weaknesses() -> int:
    announce("== advisories")
    return run([script("python"), ROOT / "packaging" / "advisories.py"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
