"""What is done in a bare system with an installed package, and what is timed: words for its shell, and their judges."""

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from steps import Stopped

HOME = "/home/warga"
OWN, SHOWN = "lima-ilir.p2kp", "demo/fasilitator.p2kp"
HOUSEHOLD = '{"rt": "RT 14-RW 05", "head_name": "Siti", "water_source": "a"}'
# Loaded only when something is asked for: each must find what it is linked to.
_MODULES = ("typst, p2kp_desktop.exchange.pdf_pages, pypdf, zxingcpp, PIL.Image, rapidfuzz.fuzz, shapefile, "
            "python_calamine")

# Starts the window as the program does, tells when it was painted and when its first place shows what it asked for.
START = """
import sys, time
sys.path[:0] = [path for path in sys.argv[1].split(":") if path]
from PySide6.QtWidgets import QApplication
from p2kp_desktop import app
program = app.Program(QApplication(["p2kp-desktop"]))
painted = []
program.start(sys.argv[2])
program.frame.painted.connect(lambda: painted.append(time.time()))
while not (painted and program.window and program.window.about and not program.window.desk.tasks):
    program.app.processEvents()
    time.sleep(0.001)
from resource import RUSAGE_SELF, getrusage
print(painted[0] - float(sys.argv[3]), time.time() - float(sys.argv[3]), getrusage(RUSAGE_SELF).ru_maxrss)
program.frame.close()
"""
_TIMES = 3
_PATIENCE = 180  # seconds for a window on a machine that does much else
HEADING = f"{'seconds':20} install   cold: painted usable   warm: painted usable   MB"


@dataclass(frozen=True)
class Row:
    """What one package took: seconds, and megabytes of memory."""

    name: str
    install: float
    cold: tuple[float, float]
    warm: tuple[float, float]
    memory: float

    def __str__(self) -> str:
        return (f"{self.name:20} {self.install:7.1f} {self.cold[0]:15.2f} {self.cold[1]:6.2f} "
                f"{self.warm[0]:15.2f} {self.warm[1]:6.2f} {self.memory:6.0f}")


def words(command: str) -> str:
    """Record a household, send it, receive it elsewhere, print it and the RTs; the digests of both come last.

    The demonstration before it scores three RTs and solves what is cheapest for them.
    """
    return f"""set -e; cd; p2kp={command}/p2kp
$p2kp --version
$p2kp demo demo | tail -n 2
$p2kp init {OWN} --role facilitator --name 'Tim 3' --region 16.71.06.1005
echo '{HOUSEHOLD}' | $p2kp records {OWN} put household >saved.json
mkdir stick; $p2kp send {OWN} stick
$p2kp init kota.p2kp --role district --name Kota --region 16.71
$p2kp receive kota.p2kp stick
$p2kp print blank:household blank.pdf --workspace {OWN}
$p2kp report rt kota.p2kp rt.xlsx; $p2kp report rt kota.p2kp rt.pdf
head -c 5 blank.pdf rt.pdf; ls -l stick *.pdf *.xlsx
$p2kp digest {OWN}; $p2kp digest kota.p2kp"""


def judge(said: str) -> None:
    """Hold what was sent against what was received; raises Stopped where they differ."""
    sent, received = said.split()[-2:]
    if sent != received or len(sent) != 64:
        raise Stopped(f"What was received is not what was sent: {sent} and {received}.")


# What the desktop makes of a workspace and of a sealed bundle: their types, and which entry of the menu opens them.
TYPE = f"""cd; export XDG_DATA_HOME=$HOME/.local/share
gio info -a standard::content-type {OWN} | grep content-type; gio mime application/x-p2kp
echo 'P2KP segel 1' >dari-wa; gio info -a standard::content-type dari-wa | grep content-type
gio mime application/x-p2kp-segel
desktop-file-validate $(ls /usr/share/applications/p2kp-desktop.desktop \
    .local/share/applications/p2kp-desktop.desktop 2>/dev/null)"""


def loads(python: str, library: str) -> str:
    """Load what is loaded only when it is asked for."""
    code = f'import sys; sys.path.insert(0, "{library}"); import {_MODULES}; print("All libraries load.")'
    return f"{python} -IS -c '{code}'"


def left(command: str) -> str:
    """Make sure that the program is gone and the data are not."""
    return f"cd; set -e; test ! -e {command}/p2kp; test -s {OWN}; ls -d '.local/share/P2KP Desktop' {OWN} kota.p2kp"


def timed(name: str, python: Sequence[str], path: str, workspace: str, install: float) -> Row:
    """Start the window on a workspace with no page of any file in memory, then some times more; the middle of those."""
    command = [*python, "-c", START, path, workspace]
    subprocess.run(["sync"], check=True)
    Path("/proc/sys/vm/drop_caches").write_text("3", encoding="ascii")
    cold = _once(command)
    warm = sorted(_once(command) for _ in range(_TIMES))[_TIMES // 2]
    return Row(name, install, cold[:2], warm[:2], warm[2] / 1000)


def _once(command: Sequence[str]) -> tuple[float, float, float]:
    try:
        ran = subprocess.run(
            [*command, str(time.time())], capture_output=True, text=True, check=False, timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired as fault:
        raise Stopped(f"The window was not there after {_PATIENCE} seconds.") from fault
    if ran.returncode != 0:
        raise Stopped(f"The window did not start:\n{ran.stderr[-3000:]}")
    painted, usable, memory = (float(word) for word in ran.stdout.split()[-3:])
    return painted, usable, memory

