"""The .deb: the library in /opt/p2kp on the system's Python 3.13, its commands, what the desktop is told.

Nothing runs when it is installed or removed: the bytecode ships, and the desktop's own packages see to icons, types of
files and the menu. So nothing can fail there, and nothing of the user's is touched.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from linux.closure import OF_A_PRINTER, OF_THE_SCREEN, OF_THE_SYSTEM
from linux.sharing import filled, levelled, packed, share, write
from p2kp_desktop import __version__
from steps import ROOT, Stopped
from windows.folder import files

NAME = "p2kp-desktop"
MAKER = "P2KP Desktop contributors <p2kp-desktop@users.noreply.invalid>"
HOME = "opt/p2kp"
COMMANDS = {"p2kp": "p2kp_desktop.cli", "p2kp-desktop": "p2kp_desktop.__main__"}
_OF_PYTHON = ("python3 (>= 3.13)", "python3 (<< 3.14)")
_DOC = f"usr/share/doc/{NAME}"


def file_name() -> str:
    """How the package is called."""
    return f"{NAME}_{__version__}_amd64.deb"


def lay_out(root: Path, program: Path, moment: int) -> None:
    """Lay out the files as they lie in a system, in place of any, from the folder with lib and the licences."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(program, root / HOME)
    share(root / "usr" / "share", moment)
    for name, module in COMMANDS.items():
        text = filled("start.txt", python="/usr/bin/python3", lib=f'"/{HOME}/lib"', module=module)
        write(root / "usr" / "bin" / name, text, runs=True)
    terms = "".join(f" {line}\n" if line else " .\n" for line in _after_title(ROOT / "LICENSE"))
    write(root / _DOC / "copyright", filled("copyright", mit=terms.rstrip("\n")))
    write(root / _DOC / "changelog.gz", packed(_changes(moment)))
    write(root / "usr" / "share" / "lintian" / "overrides" / NAME, filled("lintian-overrides"))
    write(root / "DEBIAN" / "control", control(root))
    sums = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root).as_posix()}\n"
            for path in files(root) if "DEBIAN" not in path.relative_to(root).parts[:1]]
    write(root / "DEBIAN" / "md5sums", "".join(sums))
    levelled(root, moment)


def control(root: Path) -> str:
    """What the package says of itself: what it needs, and what it is for."""
    weight = sum(-(-path.stat().st_size // 1024) for path in files(root))
    fields = {
        "Package": NAME,
        "Version": __version__,
        "Architecture": "amd64",
        "Maintainer": MAKER,
        "Installed-Size": str(weight),
        "Depends": ", ".join([*_OF_PYTHON, *_any_name(OF_THE_SYSTEM | OF_THE_SCREEN)]),
        "Recommends": ", ".join([*_any_name(OF_A_PRINTER), "shared-mime-info", "xdg-utils"]),
        "Section": "misc",
        "Priority": "optional",
        "Description": "settlement survey (100-0-100) without a network\n"
                       " Records households and neighbourhoods as the official questionnaires of Indonesia's\n"
                       " slum upgrading ask, scores them, and carries everything from facilitator to district to\n"
                       " province as Excel files on a USB stick. The window speaks Indonesian and English.\n"
                       " .\n"
                       " Removing the package keeps workspaces, backups and settings.",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def pack(root: Path, package: Path, moment: int) -> None:
    """Make the package of what was laid out; the same files give the same bytes. Raises Stopped on failure."""
    if shutil.which("dpkg-deb") is None:
        raise Stopped("dpkg-deb is lacking. It is part of Debian and its relatives; make the .deb there.")
    # One thread: with several the blocks are cut differently.
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--threads-max=1", "--build", str(root), str(package)]
    made = subprocess.run(
        command, env=os.environ | {"SOURCE_DATE_EPOCH": str(moment)}, capture_output=True, text=True, check=False,
    )
    if made.returncode != 0:
        raise Stopped(f"dpkg-deb could not make the package:\n{made.stderr}")


def _any_name(packages: Mapping[str, str]) -> list[str]:
    """Each package by its name in Debian 13, or by the one it had before names said «64 bits of time»."""
    return [f"{name} | {name.removesuffix('t64')}" if name.endswith("t64") else name for name in packages]


def _after_title(licence: Path) -> list[str]:
    return licence.read_text(encoding="utf-8").strip().splitlines()


def _changes(moment: int) -> str:
    when = format_datetime(datetime.fromtimestamp(moment, UTC))
    return (f"{NAME} ({__version__}) trixie; urgency=medium\n\n  * Its news stand in the program, under Bantuan.\n\n"
            f" -- {MAKER}  {when}\n")
