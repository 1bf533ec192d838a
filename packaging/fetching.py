"""Fetch what a package is made of: wheels by the lock's digests, for a machine other than this one."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from steps import ROOT, Stopped, run
from windows.bill import metadata, wheel_name
from windows.pins import Pin

Asking = Callable[[str], Sequence[str]]  # what a package asks for, by its name


def wheels(pins: Sequence[Pin], into: Path, flags: Sequence[str], shipped: Callable[[Asking], set[str]]) -> list[Path]:
    """The wheels of these pins, held against the lock; raises Stopped where one asks for what is not there."""
    folder, lines = into / "wheels", into / "wheels.txt"
    lines.write_text("".join(f"{pin.line()}\n" for pin in pins), encoding="utf-8")
    download(lines, folder, *flags)
    by_digest = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in folder.glob("*.whl")}
    chosen = [by_digest[digest] for pin in pins for digest in pin.digests if digest in by_digest]
    said = {wheel_name(path): _requirements(path) for path in chosen}
    unmet = shipped(said.__getitem__) ^ {pin.name for pin in pins}
    if len(chosen) != len(pins) or unmet:
        raise Stopped(f"The wheels do not fit the lock: {', '.join(sorted(unmet)) or 'one is lacking or twice there'}.")
    return chosen


def download(lines: Path, into: Path, *options: str) -> None:
    """Let pip bring the packages that these lines name with their digests; raises Stopped on failure."""
    command: list[str | Path] = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--require-hashes", "--requirement", lines, "--dest", into, *options,
    ]
    if run(command) != 0:
        raise Stopped("pip could not fetch the packages; its reason stands above. Then run this again.")


def time_of_release() -> int:
    """The time that every file gets."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    told = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.strip()
    if not told:
        raise Stopped("This is no checkout of git. Set SOURCE_DATE_EPOCH to the time of the release.")
    return int(told)


def _requirements(wheel: Path) -> list[str]:
    return [line.removeprefix("Requires-Dist: ") for line in metadata(wheel).splitlines()
            if line.startswith("Requires-Dist: ")]
