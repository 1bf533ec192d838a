"""The setup: which files it carries, in which order, and how NSIS is called."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from steps import Stopped, announce
from windows.folder import files

SCRIPT = Path(__file__).resolve().parent / "setup.nsi"
BITS_64 = "amd64-unicode"  # a stub for wine without its 32-bit part


def require() -> None:
    """Make sure that NSIS is there; raises Stopped with the command to run."""
    if shutil.which("makensis") is None:
        raise Stopped("The setup is made by NSIS. Run once: apt-get install nsis  (or ask for the folder: --folder)")


def make_setup(
    program: Path, setup: Path, version: str, moment: int, stub: str | None, signing: Sequence[str] = (),
) -> None:
    """Pack the folder into one setup; raises Stopped where NSIS cannot, which has said why."""
    names = setup.with_name("files.nsh")
    names.write_text(listing(program), encoding="utf-8-sig")
    announce("Packing the setup; some minutes ...")
    done = subprocess.run(
        ["makensis", "-V2", "-INPUTCHARSET", "UTF8", f"-DOUT={setup}", f"-DFILES={names}", f"-DVERSION={version}",
         f"-DICON={program / 'p2kp.ico'}", f"-DKILOBYTES={sum(path.stat().st_size for path in files(program)) // 1024}",
         *([f"-DSTUB={stub}"] if stub else []), *signing, SCRIPT],
        env=os.environ | {"SOURCE_DATE_EPOCH": str(moment)}, check=False,
    )
    if done.returncode != 0:
        raise Stopped("NSIS could not make the setup; its reason stands above.")


def listing(program: Path) -> str:
    """One line of NSIS for each file, and one for each folder, in an order that no disk decides.

    Files of one kind stand together, for what is alike packs better; where each goes is said before it.
    """
    lines: list[str] = []
    place = None
    for path in sorted(files(program), key=lambda path: (path.suffix, path)):
        folder = str(path.relative_to(program).parent).replace("/", "\\")
        if folder != place:
            place = folder
            lines.append(f'SetOutPath "$INSTDIR\\program.new{"" if folder == "." else chr(92) + folder}"')
        lines.append(f'File "{path}"')
    return "\n".join(lines) + "\n"
