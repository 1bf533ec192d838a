"""Try both packages in bare systems: python3 packaging/make.py package check linux (as root; makes them first).

In a bare Debian 13 the .deb is installed; in a bare Debian 11, which is the oldest that the folder is for, the folder
by its install.sh, by a user without rights. In each, a household is recorded and sent, another workspace receives it,
forms and reports are printed, a budget solved, the window is opened on a screen and photographed into build/linux,
starts are timed, and after the uninstaller the data are still there. Then the window that a developer has is timed.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from installation import script
from linux import chroot, deb, folder, journey
from linux.closure import OF_THE_SYSTEM
from steps import ROOT, Stopped, announce

BUILD = ROOT / "build" / "linux"
# Of a desktop: types of files, menus, and a user's own command that asks for a file's type.
_OF_A_DESKTOP = ("shared-mime-info", "desktop-file-utils", "libglib2.0-bin", "hicolor-icon-theme")
_TOOLS = ("Xvfb", "xdotool", "import")
_SCREEN = (1366, 698)  # of a laptop, without the bar of its desktop
_SECONDS = 90  # that a window may take to appear on a busy machine
_WITHOUT_A_TIME = ("-strip", "-define", "png:exclude-chunk=date,time,tIME")
_STILL = 6  # seconds without a change in it


@dataclass(frozen=True)
class System:
    """A bare system, what is installed in it how, and what starts the program there."""

    name: str
    suite: str
    packages: tuple[str, ...]
    package: Path
    install: str
    remove: str
    command: str  # how the folder with p2kp is called
    python: str  # the interpreter
    library: str  # where the program's own libraries lie


_FOLDER = f"{journey.HOME}/.local/opt/p2kp-desktop"
DEBIAN_13 = System(
    "Debian 13, .deb", "trixie", _OF_A_DESKTOP, BUILD / deb.file_name(),
    "apt-get -qq update && apt-get -qq install -y --no-install-recommends"
    f" /root/{deb.file_name()}",
    "apt-get -qq remove -y p2kp-desktop", "/usr/bin", "/usr/bin/python3", f"/{deb.HOME}/lib",
)
DEBIAN_11 = System(
    "Debian 11, folder", "bullseye",
    (*_OF_A_DESKTOP, "xz-utils", *(name.removesuffix("t64") for name in OF_THE_SYSTEM)),
    BUILD / f"{folder.NAME}.tar.xz",
    f"su warga -c 'cd ~ && tar xf /root/{folder.NAME}.tar.xz && {folder.NAME}/install.sh && rm -r {folder.NAME}'",
    f"su warga -c '{_FOLDER}/install.sh --remove'", f"{journey.HOME}/.local/bin",
    f"{_FOLDER}/{folder.INTERPRETER}", f"{_FOLDER}/lib",
)


def check() -> int:
    """Try each package in its system; 1 with the reason where something does not work."""
    chroot.require()
    lacking = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if lacking:
        raise Stopped(f"{', '.join(lacking)} lacking: apt-get install -y xvfb xdotool imagemagick")
    rows = [tried(system) for system in (DEBIAN_13, DEBIAN_11)]
    rows.append(developers())
    announce("\n".join([journey.HEADING, *(str(row) for row in rows)]))
    return 0


def tried(system: System) -> journey.Row:
    """One package from its installation to its end."""
    place = chroot.make(BUILD / f"bare-{system.suite}", system.suite, system.packages)
    _anew(place)
    announce(f"== {system.name}")
    shutil.copy(system.package, place / "root" / system.package.name)
    (place / "root").chmod(0o755)
    begun = time.monotonic()
    announce(chroot.run(place, ["sh", "-c", system.install])[-400:].strip())
    installed = time.monotonic() - begun
    said = chroot.run(place, ["su", "warga", "-c", journey.words(system.command)])
    announce(said.strip())
    journey.judge(said)
    for more in (journey.TYPE, journey.loads(system.python, system.library)):
        announce(chroot.run(place, ["su", "warga", "-c", more]).strip())
    with screen(place) as display:
        python = [*_as_warga(place, display), system.python, "-IS"]
        row = journey.timed(system.name, python, system.library, f"{journey.HOME}/{journey.SHOWN}", installed)
        photograph(place, system, display)
    announce(chroot.run(place, ["sh", "-c", system.remove])[-400:].strip())
    announce(chroot.run(place, ["su", "warga", "-c", journey.left(system.command)]).strip())
    return row


def developers() -> journey.Row:
    """The window as .venv starts it, beside the packages."""
    workspace = BUILD / f"bare-{DEBIAN_13.suite}" / journey.HOME.lstrip("/") / journey.SHOWN
    with tempfile.TemporaryDirectory() as home, screen(None) as display:
        python = ["env", f"DISPLAY={display}", f"P2KP_HOME={home}", str(script("python"))]
        return journey.timed(".venv", python, "", shutil.copy(workspace, home), 0.0)


@contextmanager
def screen(place: Path | None) -> Iterator[str]:
    """A screen of its own, which a system in a folder sees too; its name."""
    width, height = _SCREEN
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-ac", "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    assert server.stdout is not None
    display = f":{server.stdout.readline().strip()}"
    try:
        with _sockets(place) if place else nullcontext():
            yield display
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _sockets(place: Path) -> Iterator[None]:
    """Lend this machine's screens to a system in a folder, and take them back whatever `is_mount` says of a loan."""
    lent = place / "tmp" / ".X11-unix"
    lent.mkdir(exist_ok=True)
    subprocess.run(["mount", "--bind", "/tmp/.X11-unix", lent], check=True)
    try:
        with chroot.mounted(place):
            yield
    finally:
        subprocess.run(["umount", "--lazy", lent], check=True)


def photograph(place: Path, system: System, display: str) -> None:
    """Open the window on the workspace as a double click does, and take a picture of it."""
    command = [*_as_warga(place, display), f"{system.command}/p2kp-desktop", f"{journey.HOME}/{journey.SHOWN}"]
    window = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    picture = BUILD / f"window-{system.suite}.png"
    sees = {"DISPLAY": display, "PATH": "/usr/bin:/bin"}
    try:
        found = subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--name", "P2KP Desktop"], env=sees, timeout=_SECONDS,
            capture_output=True, text=True, check=True,
        ).stdout.split()
        announce(subprocess.run(["xprop", "-id", found[0], "WM_CLASS"], env=sees, capture_output=True, text=True,
                                check=False).stdout.strip() if shutil.which("xprop") else "")
        _take(picture, sees)
    except subprocess.SubprocessError as fault:
        window.terminate()
        raise Stopped(f"{system.name}: no window. {window.communicate()[1].decode()}") from fault
    window.terminate()
    complaints = window.communicate()[1].decode().strip()
    announce(f"{picture}\n{complaints}".strip())


def _take(picture: Path, sees: Mapping[str, str]) -> None:
    """Take pictures until two, some seconds apart, are the same: nothing outside says that all figures are there."""
    before, until = b"", time.monotonic() + _SECONDS
    while time.monotonic() < until:
        time.sleep(_STILL)
        subprocess.run(["import", "-window", "root", *_WITHOUT_A_TIME, picture], env=sees, check=True)
        if picture.read_bytes() == before:
            return
        before = picture.read_bytes()


def _as_warga(place: Path, display: str) -> list[str]:
    return ["chroot", "--userspec=warga", str(place), "env", "-i", f"HOME={journey.HOME}", "PATH=/usr/bin:/bin",
            "LANG=C.UTF-8", f"DISPLAY={display}"]


def _anew(place: Path) -> None:
    """Give the system its user without anything of an earlier trial."""
    chroot.run(place, ["sh", "-c", "userdel -rf warga 2>/dev/null; useradd -m -s /bin/sh warga; rm -rf /tmp/*"])


if __name__ == "__main__":
    sys.exit(check())
