"""A program as it lies in its folder on a laptop, and updates for it, small or whole; the key is the tests' own."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import update
from p2kp_desktop.exchange import update_file
from p2kp_desktop.exchange.update_file import Content, Manifest
from p2kp_desktop.versions import Installation
from steps import ROOT

PRIVATE, PUBLIC = update_file.new_key()
KEYS = f"{PUBLIC} tests\n"

# What a small program says and does: which version runs, and that its window stands.
_APP = '''"""The window of a small program."""

import os
import sys

from p2kp_desktop import __version__
from p2kp_desktop.versions import HERE


def main():
    if {fails!r} == "breaks":
        raise SystemExit(70)
    if {fails!r} == "crashes":
        os.kill(os.getpid(), 11)
    if {fails!r} == "rang":
        return 0
    deaths = os.environ.get("P2KP_DIES_AT", "")
    if deaths:
        left = iter(range(int(deaths), -1, -1))
        sys.addaudithook(lambda event, given: os._exit(9) if counts(event, given) and not next(left) else None)
    HERE.begun()
    print(__version__, HERE.running, *sys.argv[1:], flush=True)
    return 0


def counts(event, given):
    return event in ("open", "os.rename", "os.remove") and "p2kp_updates" in str(given)
'''
_SMALL = ("__init__.py", "__main__.py", "versions.py", "screen.py", "language.py")


def sources(version, *, fails="", whole=False):
    """Return the files of a version: a small program, or all of this checkout."""
    files = dict(update.files_of(ROOT)) if whole else {
        f"p2kp_desktop/{name}": (ROOT / "p2kp_desktop" / name).read_bytes() for name in _SMALL}
    if not whole:
        files["p2kp_desktop/screen.py"] = b'"""No library is needed."""\n\n\ndef objection():\n    return ""\n'
        files["p2kp_desktop/app.py"] = _APP.format(fails=fails).encode()
        files["p2kp_desktop/resources/update_keys.txt"] = KEYS.encode()
    own = files["p2kp_desktop/__init__.py"].decode()
    begin = own.index('__version__ = "')
    end = own.index("\n", begin)
    files["p2kp_desktop/__init__.py"] = f'{own[:begin]}__version__ = "{version}"{own[end:]}'.encode()
    files["p2kp_desktop/resources/update_keys.txt"] = KEYS.encode()
    return files


def manifest_of(files, version, **told):
    import hashlib

    contents = {name: Content(len(each), hashlib.sha256(each).hexdigest()) for name, each in files.items()}
    usual = {"news": "- Baru.", "store": 4, "bundle": 1, "python": ("3.11", "3.14"), "needs": {}, "imports": (),
             "files": contents}
    return Manifest(version=version, **(usual | told))


def update_of(folder, version, *, fails="", whole=False, private=PRIVATE, change=None, **told):
    """Write an update of a version into a folder and return it."""
    files = sources(version, fails=fails, whole=whole)
    files = change(files) if change else files
    written = manifest_of(files, version, **told).written()
    path = folder / f"P2KP-{version}.p2kpupdate"
    update.pack(path, files, written, update_file.signed(private, written))
    return path


class ProgramFolder:
    """Python beside lib, as the setup lays them out; `whole` has all of the program, else a small one."""

    def __init__(self, root, version="0.9.0", *, whole=False):
        self.root = root
        bin_, site = root / "python" / "bin", root / "python" / "lib" / _python() / "site-packages"
        for folder in (bin_, site, root / "lib"):
            folder.mkdir(parents=True)
        self.python = bin_ / "python3"
        self.python.symlink_to(os.path.realpath(sys.executable))
        home = Path(os.path.realpath(sys.executable)).parent
        (root / "python" / "pyvenv.cfg").write_text(f"home = {home}\ninclude-system-site-packages = false\n",
                                                    encoding="utf-8")
        found = [root / "lib", *(Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib"))]
        (site / "p2kp.pth").write_text("".join(f"{each}\n" for each in dict.fromkeys(found)), encoding="utf-8")
        if whole:
            shutil.copytree(ROOT / "p2kp_desktop", root / "lib" / "p2kp_desktop", copy_function=shutil.copy2)
            shutil.copytree(ROOT / "resources", root / "lib" / "p2kp_desktop" / "resources")
            (root / "lib" / "p2kp_desktop" / "resources" / "update_keys.txt").write_text(KEYS, encoding="utf-8")
        else:
            for name, content in sources(version).items():
                path = root / "lib" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

    @property
    def here(self):
        return Installation(self.root / "lib" / "p2kp_desktop")

    @property
    def shelf(self):
        return self.root / "lib" / "p2kp_updates"

    def run(self, *words, module="p2kp_desktop", check=True, **settings):
        """Run the program or its command, and return what it printed."""
        told = subprocess.run(
            [self.python, "-m", module, *map(str, words)], cwd=self.root, capture_output=True, text=True, check=False,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **settings}, timeout=120,
        )
        if check:
            assert told.returncode == 0, told.stdout + told.stderr
        return told.stdout.strip()


def _python():
    return f"python{sys.version_info.major}.{sys.version_info.minor}"
