"""The installation in .venv: made once, and anew when Python, the lock or the checkout's place changes.

A stamp written last says for what .venv was made; without it, or with another, .venv counts as unfinished.
"""

import hashlib
import json
import os
import shutil
import sys
import tomllib
from pathlib import Path

import system_packages
from steps import ROOT, Stopped, announce, run

VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "locked.txt"
PROJECT = ROOT / "pyproject.toml"
STAMP = VENV / "made-for.json"


def script(name: str, venv: Path = VENV) -> Path:
    """The path of a command inside a virtual environment, whether it is there yet or not."""
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def require_installation() -> None:
    """Make .venv unless it already is what this checkout and this Python need; raises Stopped on failure."""
    purpose = made_for()
    if script("python").exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == purpose:
        return
    announce("Making .venv: 750 MB on disk; the first time this fetches a third of that ...")
    make_venv(VENV)
    pip_install(VENV, "--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK))
    pip_install(VENV, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(purpose, encoding="utf-8")


def make_venv(venv: Path) -> None:
    """Make an empty virtual environment with pip for the running Python, in place of what was there."""
    system_packages.require_venv()
    try:
        (venv / STAMP.name).unlink(missing_ok=True)
        if venv.exists():
            shutil.rmtree(venv)
    except OSError as fault:
        raise Stopped(f"{venv} must be made anew and cannot be removed: {fault}") from fault
    if run([_base_python(), "-m", "venv", venv]) != 0:
        raise Stopped(f"{_base_python()} could not make {venv}.")


def made_for() -> str:
    """What .venv depends on: this Python, the checkout's place, the lock, how the project is installed."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    installed = [project["build-system"], project["project"], project["tool"]["hatch"]]
    return json.dumps({
        "python": f"{sys.version} at {sys.base_prefix}",
        "checkout": str(ROOT),
        "lock": hashlib.sha256(LOCK.read_bytes()).hexdigest(),
        "project": hashlib.sha256(json.dumps(installed).encode()).hexdigest(),
    }, indent=2)


def pip_install(venv: Path, *arguments: str) -> None:
    """Install into a virtual environment, as this machine's pip is configured; raises Stopped on failure."""
    options = ["--disable-pip-version-check", *([] if sys.stdout.isatty() else ["--quiet"])]
    if run([script("python", venv), "-m", "pip", "install", *options, *arguments]) != 0:
        raise Stopped("pip could not install the packages; its reason stands above. Then run this again.")


def _base_python() -> str:
    """The interpreter outside any virtual environment, since .venv's own is about to be replaced."""
    base: str = getattr(sys, "_base_executable", sys.executable)
    return base
