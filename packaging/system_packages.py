"""What the operating system must bring: Python's own venv, and the shared libraries that Qt loads.

On Debian and its relatives root gets them installed; everybody else gets the command to run.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec

from p2kp_desktop.screen import QT_OFFSCREEN, Library, lacking
from steps import Stopped, announce


def require_libraries(libraries: Sequence[Library]) -> None:
    """Make sure the loader finds these libraries; raise Stopped with the command to run if it cannot."""
    missing = lacking(libraries)
    if missing:
        names = ", ".join(library.soname for library in missing)
        _install([library.packages for library in missing], reason=f"Qt needs {names}.")


def require_venv() -> None:
    """Make sure this Python can make a virtual environment with pip; raise Stopped if it cannot."""
    if _has_venv():
        return
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    reason = f"{python} in {sys.base_prefix} lacks venv and pip."
    if sys.base_prefix != "/usr":
        raise Stopped(f"{reason} Use a Python that has them.")
    _install([(f"{python}-venv", "python3-venv")], reason=reason)
    if not _has_venv():
        raise Stopped(f"{reason} The system's package did not bring them.")


def _has_venv() -> bool:
    return find_spec("venv") is not None and find_spec("ensurepip") is not None


def _install(wanted: Sequence[tuple[str, ...]], *, reason: str) -> None:
    """Install one package for each tuple of possible names."""
    if shutil.which("apt-get") is None:
        debian = " ".join(names[0] for names in wanted)
        raise Stopped(f"{reason} Install it with this system's package manager (in Debian: {debian}).")
    if os.geteuid() != 0:
        later = [library.packages for library in lacking(QT_OFFSCREEN)]  # so that an administrator is asked once
        packages = " ".join(_known_name(names) for names in dict.fromkeys([*wanted, *later]))
        raise Stopped(f"{reason} Run once: sudo apt-get update && sudo apt-get install -y {packages}")
    announce(f"{reason} Installing the system's packages for it ...")
    _apt_get("update")  # when one source of several is down, what is wanted may still be had
    installed = _apt_get("install", "-y", "--no-install-recommends", *map(_known_name, wanted))
    if installed.returncode != 0:
        raise Stopped(f"{reason} {shlex.join(installed.args)} failed:\n{installed.stdout}")


def _apt_get(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["apt-get", "-qq", *arguments], env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )


def _known_name(names: tuple[str, ...]) -> str:
    """The first of the names that this release of the system has."""
    for name in names:
        shown = subprocess.run(["apt-cache", "show", name], capture_output=True, text=True, check=False)
        if shown.returncode == 0 and f"Package: {name}\n" in shown.stdout:
            return name
    return names[0]
