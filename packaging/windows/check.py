"""Try the setup as a person would, under wine: install, key a household, send it, update, break off, uninstall.

Each step prints its sentence or what went wrong; pictures of the window lie in build/windows/check/pictures, and are
to be looked at. What wine cannot show stands in `UNTRIED`.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from p2kp_desktop import __version__
from steps import ROOT, announce
from windows.folder import SUMS, files
from windows.laptop import Laptop, Screen

KELURAHAN, DISTRICT = "16.71.06.1005", "16.71"
# The first questionnaire of tests/data/questionnaires.json, in the order in which the form asks: «|» is Enter, a
# letter alone picks an option.
HOUSEHOLD = (
    "14/5|", "4/10/26|", "Siti Aminah|", "1671025508790003|", "|", "1|", "1|", "a", "2|", "3|", "0|", "|",
    "Rina Marlina|", *"aaaaa", "8|", "6,5|", "1|", "5|", *"aaaaaaaaabfbcaaabaa", "|", "|", "|",
)
TITLE = "P2KP"
WITHOUT_32_BITS = (
    "the setup for laptops, and 32-bit Windows refused in words: need wine32, the part of wine that has 32 bits"
)
UNTRIED = (
    "cold start on a disk with a scanner of viruses, SmartScreen, the taskbar, a printer: need a laptop",
)
_CLOSED, _TOO_OLD = 5, 3  # exit codes of setup.nsi
_PARTWAY = 300  # files that a setup has written when its power goes
_TRIES = 3


class Wrong(Exception):
    """A step did not go as it should; the text says what was found."""


@dataclass
class Trial:
    """What all steps share: laptop and screen, the setup and the folder it was made of, figures."""

    laptop: Laptop
    screen: Screen
    setup: Path
    made: Path
    folder: Path
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> Path:
        """Where the setup puts the program."""
        return self.laptop.local / "Programs" / "P2KP Desktop"

    @property
    def python(self) -> Path:
        """The Python that was installed."""
        return self.place / "program" / "python" / "python.exe"

    @property
    def data(self) -> Path:
        """Where this user keeps workspaces."""
        return self.laptop.user / "Documents" / "P2KP"

    def p2kp(self, *words: str, told: str = "") -> str:
        """Run a command of the installed program; what it printed."""
        done = self.laptop.run(self.python, "-m", "p2kp_desktop.cli", *words, told=told)
        expect(done.returncode == 0, f"p2kp {words[0]} gave {done.returncode}: {done.stderr[-500:]}")
        return done.stdout

    def install(self) -> int:
        """Run the setup without questions; its exit code."""
        return self.laptop.run(self.setup, "/S").returncode

    def photograph(self, name: str) -> None:
        """Keep a picture of the screen once it is still."""
        self.screen.still()
        self.screen.photograph(self.folder / "pictures" / f"{name}.png")


def expect(holds: bool, otherwise: str) -> None:
    """Raise Wrong with what was found where something does not hold."""
    if not holds:
        raise Wrong(otherwise)


_TYPES = {".p2kp": "P2KP.RuangKerja", ".segel": "P2KP.PaketTersegel"}


def installs(trial: Trial) -> str:
    """Installed without questions for one user: every file as it was made, start menu, file type, Apps."""
    began = time.monotonic()
    code = trial.install()
    trial.figures["install_s"] = round(time.monotonic() - began, 1)
    expect(code == 0, f"the setup gave {code}")
    unlike(trial)
    for link in ("Desktop", "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"):
        expect((trial.laptop.user / link / "P2KP Desktop.lnk").exists(), f"no link in {link}")
    for ending, kind in _TYPES.items():
        told = said_by_registry(trial, ending).stdout
        expect(kind in told, f"{ending} is of the type: {told.strip()[-200:]}")
        told = said_by_registry(trial, rf"{kind}\shell\open\command").stdout
        expect('pythonw.exe" -m p2kp_desktop "%1"' in told, f"a double click on {ending} runs: {told.strip()[-200:]}")
    return f"in {trial.figures['install_s']} s, {len(files(trial.place))} files"


def said_by_registry(trial: Trial, key: str) -> "subprocess.CompletedProcess[str]":
    """Ask for a key among the types of files."""
    return trial.laptop.run(Path("reg"), "query", rf"HKCU\Software\Classes\{key}")


def unlike(trial: Trial) -> None:
    """Raise Wrong where the installed program is not, to the byte, what was made."""
    there = trial.place / "program"
    listed = (trial.made / SUMS).read_text(encoding="utf-8").splitlines()
    wrong = [
        name for digest, name in (line.split("  ", 1) for line in listed)
        if not (there / name).is_file() or hashlib.sha256((there / name).read_bytes()).hexdigest() != digest
    ]
    extra = {path.relative_to(there) for path in files(there)} - {path.relative_to(trial.made) for path in
                                                                files(trial.made)}
    expect(not wrong and not extra, f"missing or changed: {wrong[:5]}; more than was made: {sorted(extra)[:5]}")


def speaks(trial: Trial) -> str:
    """The command line answers through its launcher, and makes a workspace."""
    launcher = trial.laptop.path(trial.place / "program" / "p2kp.cmd")
    told = trial.laptop.run(Path("cmd"), "/c", launcher, "--version").stdout
    expect(__version__ in told, f"p2kp.cmd --version says {told!r}")
    trial.data.mkdir(parents=True)
    trial.p2kp("init", trial.laptop.path(trial.data / "tim.p2kp"), "--role", "facilitator", "--name", "Tim",
               "--region", KELURAHAN)
    return told.strip()


def greets(trial: Trial) -> str:
    """The first start of a user shows its three questions."""
    trial.laptop.start(trial.python.with_name("pythonw.exe"), "-m", "p2kp_desktop")
    trial.screen.window(TITLE)
    trial.photograph("1-mulai")
    trial.laptop.end()
    return "looked at in 1-mulai.png"


def keys(trial: Trial) -> str:
    """A household is keyed by keys in the real window, saved, and sent: a bundle lies in Documents."""
    trial.laptop.start(trial.python.with_name("pythonw.exe"), "-m", "p2kp_desktop",
                       trial.laptop.path(trial.data / "tim.p2kp"))
    trial.screen.focus(trial.screen.window(TITLE))
    until("the workspace opened", lambda: trial.screen.dark(_PERSON) in _WORDS)
    trial.photograph("2-beranda")
    trial.screen.press("ctrl+n")
    trial.screen.still(2)
    for typed in HOUSEHOLD:
        if typed[:-1]:
            trial.screen.type(typed[:-1])
        trial.screen.press("Return" if typed.endswith("|") else typed[-1])
    trial.photograph("3-rumah")
    turned(trial, "ctrl+Return")
    until("the household is in the file", lambda: recorded(trial) == 1)
    trial.photograph("4-tersimpan")
    turned(trial, "ctrl+7")
    trial.photograph("5-kirim")
    trial.screen.press("ctrl+Return")
    until("a bundle was written", lambda: bool(bundles(trial)))
    trial.photograph("6-terkirim")
    return bundles(trial)[0].name


def prints(trial: Trial) -> str:
    """A page is looked at before it is printed; a scan of it finds its household, a letter is written for Word."""
    turned(trial, "ctrl+p")
    trial.screen.still(2)
    trial.photograph("7-cetak")
    own = trial.laptop.path(trial.data / "cetak.p2kp")  # what tim.p2kp holds was sent already
    trial.p2kp("init", own, "--role", "facilitator", "--name", "Cetak", "--region", KELURAHAN)
    trial.p2kp("records", own, "put", "household", told=json.dumps(_HOUSE))
    house = json.loads(trial.p2kp("records", own, "get", "household").splitlines()[0])["id"]
    scan, letter = trial.data / "pindaian.pdf", trial.data / "notulen.docx"
    trial.p2kp("print", "record", trial.laptop.path(scan), "--workspace", own, "--record", house)
    told = json.loads(trial.p2kp("photos", own, trial.laptop.path(scan), "--rehearse", "--json"))
    found = [(each["certainty"], each["id"]) for each in told["photos"]]
    expect(bool(found) and set(found) == {("code", house)}, f"the pages of the scan told {found}")
    trial.p2kp("records", own, "put", "meeting", told=json.dumps(_MEETING))
    meeting = json.loads(trial.p2kp("records", own, "get", "meeting").splitlines()[0])["id"]
    trial.p2kp("print", "minutes", trial.laptop.path(letter), "--workspace", own, "--record", meeting)
    expect(letter.read_bytes()[:2] == b"PK", "the letter is no .docx")
    return f"{len(found)} pages found their household; looked at in 7-cetak.png"


_HOUSE = {"rt": "014/005", "head_name": "Siti Aminah", "water_source": "a"}
_MEETING = {"region": KELURAHAN, "kind": "rembug", "name": "Rembug", "date": "2026-10-04", "location": "Balai RT"}


def turned(trial: Trial, key: str) -> None:
    """Press a key and wait until it has shown another page, however busy the machine is."""
    before = trial.screen.pixels()
    trial.screen.press(key)
    until(f"another page came after {key}", lambda: trial.screen.shows_another(before))


def recorded(trial: Trial) -> int:
    """How many households the file holds, asked by a command of its own beside the open window."""
    told = trial.p2kp("records", trial.laptop.path(trial.data / "tim.p2kp"), "get", "household")
    return len(told.splitlines())


_PERSON = "170x40+55+620"  # where the name of the person stands as soon as a workspace is open
_WORDS = range(50, 3000)  # dark pixels; before anything is painted all are


def bundles(trial: Trial) -> list[Path]:
    """The bundles in the user's Documents."""
    return sorted((trial.laptop.user / "Documents").glob("P2KP_*.xlsx"))


def until(what: str, holds: Callable[[], bool], seconds: float = 240) -> None:
    """Wait for something; raise Wrong where it does not come."""
    end = time.monotonic() + seconds
    while not holds():
        expect(time.monotonic() < end, f"within {seconds:.0f} seconds not: {what}")
        time.sleep(0.2)


def is_noticed(trial: Trial) -> str:
    """A setup that finds the program open changes nothing."""
    code = trial.install()
    expect(code == _CLOSED, f"the setup gave {code} beside a running program, not {_CLOSED}")
    unlike(trial)
    trial.laptop.end()
    return f"exit code {code}, nothing changed"


def agrees(trial: Trial) -> str:
    """The bundle gives the same digest and scores here and on Linux."""
    expect(len(bundles(trial)) == 1, f"{len(bundles(trial))} bundles in Documents")
    bundle = bundles(trial)[0]
    here, there = trial.folder / "kota.p2kp", trial.data / "kota.p2kp"
    shutil.copyfile(bundle, trial.folder / bundle.name)
    found: list[list[str]] = []
    for p2kp, name, sent in (
        (trial.p2kp, trial.laptop.path(there), trial.laptop.path(bundle)),
        (_on_linux(trial), str(here), str(trial.folder / bundle.name)),
    ):
        p2kp("init", name, "--role", "district", "--name", "Kota", "--region", DISTRICT)
        p2kp("receive", name, sent)
        scored = json.loads(p2kp("score", "--workspace", name))
        found.append([p2kp("digest", name).strip(), json.dumps(scored, sort_keys=True)])
    expect(found[0] == found[1], f"they differ: {found}")
    sent_digest = trial.p2kp("digest", trial.laptop.path(trial.data / "tim.p2kp")).strip()
    expect(sent_digest == found[0][0], "the sender's digest is another")
    return f"digest {found[0][0][:16]}… on both, {len(json.loads(found[0][1])['rows'])} RT scored alike"


def _on_linux(trial: Trial) -> Callable[..., str]:
    def p2kp(*words: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "p2kp_desktop.cli", *words], check=True, capture_output=True, text=True, cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "P2KP_HOME": str(trial.folder / "linux")},
        ).stdout

    return p2kp


def updates(trial: Trial) -> str:
    """The setup run over it again puts the same program there and leaves the data alone."""
    before = kept(trial)
    expect(trial.install() == 0, "the setup over the program failed")
    unlike(trial)
    expect(kept(trial) == before, "the data are not what they were")
    left = [name for name in ("program.old", "program.new") if (trial.place / name).exists()]
    expect(not left, f"left behind: {left}")
    return f"{len(before)} files of data untouched"


def survives(trial: Trial) -> str:
    """A setup whose power goes while it writes, or between its two renames, leaves the old program or is mended."""
    trial.laptop.start(trial.setup, "/S")
    new = trial.place / "program.new"
    until("the setup wrote some files", lambda: sum(1 for _ in new.rglob("*")) >= _PARTWAY)
    trial.laptop.end()
    written = sum(1 for _ in new.rglob("*"))
    unlike(trial)
    expect(__version__ in trial.p2kp("--version"), "the old program does not start")
    (trial.place / "program").rename(trial.place / "program.old")
    expect(trial.install() == 0, "the setup after a broken one failed")
    unlike(trial)
    expect(not new.exists() and not (trial.place / "program.old").exists(), "something is left behind")
    return f"cut off after {written} files: the old program starts; then mended by the setup"


def refuses(trial: Trial) -> str:
    """A Windows that is too old is refused."""
    trial.laptop.run(Path("winecfg"), "/v", "win81")
    code = trial.install()
    trial.laptop.run(Path("winecfg"), "/v", "win10")
    expect(code == _TOO_OLD, f"the setup gave {code} on Windows 8.1, not {_TOO_OLD}")
    unlike(trial)
    return f"exit code {code}, nothing changed"


def refuses_32_bits(trial: Trial) -> str:
    """A Windows of 32 bits is refused in words."""
    old = Laptop(trial.folder / "32-bit", trial.screen.display, of_32_bits=True)
    old.make()
    try:
        code = old.run(trial.setup, "/S").returncode
        expect(code == _TOO_OLD, f"the setup gave {code} on a Windows of 32 bits, not {_TOO_OLD}")
        expect(not (old.local / "Programs").exists(), "something was installed")
        old.start(trial.setup)
        trial.screen.window(TITLE)
        trial.photograph("7-32-bit")
    finally:
        old.end()
    return f"exit code {code}, nothing installed; the sentence looked at in 7-32-bit.png"


def measures(trial: Trial) -> str:
    """How quick it starts, here and on Linux."""
    shutil.copyfile(Path(__file__).with_name("starting.py"), trial.laptop.disk / "starting.py")
    shutil.copyfile(trial.data / "tim.p2kp", trial.folder / "tim.p2kp")
    here = {"PATH": "/usr/bin:/bin", "P2KP_HOME": str(trial.folder / "linux"), "DISPLAY": trial.screen.display,
            "PYTHONPATH": str(ROOT)}
    wine: list[str | Path] = ["wine", trial.python, "C:\\starting.py", trial.laptop.path(trial.data / "tim.p2kp")]
    linux: list[str | Path] = [sys.executable, Path(__file__).with_name("starting.py"), trial.folder / "tim.p2kp"]
    for name, command, settings in (("wine", wine, trial.laptop.settings), ("linux", linux, here)):
        trial.figures[name] = [_started(command, settings) for _ in range(_TRIES)]
    return "see the table"


def _started(command: Sequence[str | Path], settings: Mapping[str, str]) -> dict[str, float]:
    done = subprocess.run(
        [*command, str(time.time())], env=settings, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )
    expect(done.returncode == 0, f"{command[0]} could not measure: {done.stderr[-500:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def leaves(trial: Trial) -> str:
    """Uninstalled: program, links and keys are gone, every file of data is there."""
    before = kept(trial)
    done = trial.laptop.run(trial.place / "Copot P2KP Desktop.exe", "/S")  # copies itself elsewhere and returns at once
    expect(done.returncode == 0, f"the uninstaller gave {done.returncode}")
    until("the program's folder is gone", lambda: not trial.place.exists())
    left = [key for pair in _TYPES.items() for key in pair if said_by_registry(trial, key).returncode == 0]
    expect(not left, f"the file types are still there: {left}")
    expect(kept(trial) == before, "the data are not what they were")
    return f"{len(before)} files of data untouched"


def kept(trial: Trial) -> dict[str, str]:
    """Every file of a user's data with its digest."""
    places = (trial.laptop.user / "Documents", trial.laptop.local / "P2KP Desktop")
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for place in places for path in files(place)}


STEPS: tuple[Callable[[Trial], str], ...] = (
    installs, speaks, greets, keys, prints, is_noticed, agrees, updates, survives, refuses, measures, leaves,
)


def tried(trial: Trial, *, with_32_bits: bool) -> list[str]:
    """Go through all steps; a sentence for each that went wrong. What follows one that did is tried all the same."""
    faults = []
    for step in (*STEPS, refuses_32_bits) if with_32_bits else STEPS:
        sentence = (step.__doc__ or "").splitlines()[0]
        try:
            announce(f"ok     {sentence} {step(trial)}")
        except (Wrong, OSError, subprocess.SubprocessError) as reason:
            faults.append(f"{sentence} {reason}")
            announce(f"FAULT  {faults[-1]}")
            trial.laptop.end()
    for sentence in UNTRIED if with_32_bits else (WITHOUT_32_BITS, *UNTRIED):
        announce(f"untried  {sentence}")
    return faults


def table(trial: Trial) -> str:
    """The figures, wine beside Linux; the first start of three is the coldest that a shared machine can give."""
    sizes = [path.stat().st_size for path in files(trial.made)]
    rows = [
        f"setup {trial.setup.stat().st_size / 1e6:.1f} MB, folder {sum(sizes) / 1e6:.1f} MB, {len(sizes)} files,"
        f" installed in {trial.figures.get('install_s')} s",
        f"{'':24}{'wine':>8}{'Linux':>8}",
    ]
    for name in ("painted_s", "usable_s", "processor_s", "memory_mb"):
        for when, choose in (("first", lambda found: found[0]), ("best", min)):
            figures = [choose([each[name] for each in trial.figures.get(system, [])] or [float("nan")])
                       for system in ("wine", "linux")]
            rows.append(f"{name + ', ' + when:24}{figures[0]:>8}{figures[1]:>8}")
    return "\n".join(rows)
