"""The folder for other distributions: its own Python, lib, launchers, install.sh for one user; packed as tar.xz."""

import io
import lzma
import shutil
import subprocess
import tarfile
from pathlib import Path

from linux.deb import COMMANDS
from linux.sharing import filled, levelled, share, write
from p2kp_desktop import __version__
from steps import Stopped

NAME = f"P2KP-Desktop-{__version__}-Linux"
INTERPRETER = "python/bin/python3.13"
_LIB = '__file__.rsplit("/", 3)[0] + "/lib"'  # from python/start/NAME


def lay_out(folder: Path, program: Path, built: Path, glibc: str, moment: int) -> None:
    """Lay out the folder, in place of any: lib and licences, what was built, what starts it, what a desktop is told."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(program, folder)
    for part in ("python", "lib", "Lisensi"):
        shutil.copytree(built / part, folder / part, dirs_exist_ok=True)
    for name, module in COMMANDS.items():
        write(folder / "python" / "start" / name, filled("start.txt", python="python3.13", lib=_LIB, module=module))
        write(folder / name, filled("launcher.sh", name=name), runs=True)
    write(folder / "install.sh", filled("install.sh", glibc=glibc), runs=True)
    share(folder / "share", moment)
    (folder / INTERPRETER).chmod(0o755)
    _compile(folder)
    levelled(folder, moment)


def pack(folder: Path, package: Path, moment: int) -> None:
    """Pack the folder; the same files give the same bytes."""
    with lzma.open(package, "wb", preset=6) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
        for path in [folder, *sorted(folder.rglob("*"))]:
            entry = archive.gettarinfo(str(path), str(Path(NAME) / path.relative_to(folder)))
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime = moment
            archive.addfile(entry, io.BytesIO(path.read_bytes()) if path.is_file() else None)


def _compile(folder: Path) -> None:
    """Write the bytecode of the standard library with the interpreter that ships.

    -B: what it loads itself it would write first, bound to the times of this machine, and compileall would leave it so.
    """
    done = subprocess.run(
        [folder / INTERPRETER, "-BIS", "-m", "compileall", "-qf", "--invalidation-mode", "unchecked-hash", "lib"],
        cwd=folder / "python", env={"PYTHONHASHSEED": "0"}, check=False,
    )
    if done.returncode != 0:
        raise Stopped("The Python that ships cannot compile its own library; the reason stands above.")
