"""Make the file that brings this version by a stick: python3 packaging/make.py package update.

build/update/P2KP-VERSION.p2kpupdate holds the program only; what it needs of other packages is stamped from the lock.
It is signed with the office's key, which never lies in the repository: P2KP_UPDATE_KEY names its file. `package key
FILE` makes a pair, the private key to FILE, the public one to resources/update_keys.txt, which is committed and so
comes into every setup and package built from then on. An update can be taken by programs whose list has the key.
"""

import ast
import base64
import hashlib
import os
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import requires
from importlib.util import find_spec
from pathlib import Path

from installation import LOCK, PROJECT
from p2kp_desktop.exchange import update_file
from p2kp_desktop.exchange.bundle import FORMAT
from p2kp_desktop.exchange.update_file import Content, Manifest
from p2kp_desktop.store import migrations
from steps import ROOT, Stopped, announce
from windows.pins import pins, shipped

KEY = "P2KP_UPDATE_KEY"
KEYS = "resources/update_keys.txt"
BUILD = ROOT / "build" / "update"
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file: the same input gives the same bytes
_MODE = 0o100644 << 16


def update(checkout: Path = ROOT, build: Path = BUILD) -> Path:
    """Write the update of a checkout, signed, and return it; raises Stopped where there is no key to sign with."""
    private = _private()
    public = update_file.public_of(private)
    if public not in (checkout / KEYS).read_text(encoding="utf-8"):
        raise Stopped(f"{KEYS} does not name the key of {KEY}: no program could take this update. Add: {public}")
    files = dict(files_of(checkout))
    manifest = described(files)
    build.mkdir(parents=True, exist_ok=True)
    path = build / f"P2KP-{manifest.version}{update_file.SUFFIX}"
    pack(path, files, manifest.written(), update_file.signed(private, manifest.written()))
    size = path.stat().st_size / 1e6
    announce(f"{path}\n{size:.1f} MB, {len(files)} files, {manifest.size / 1e6:.1f} MB unpacked\n"
             f"SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return path


def key(file: Path, checkout: Path = ROOT) -> int:
    """Make a pair of keys: the private one to a new file, the public one to the list of the checkout."""
    if file.resolve().is_relative_to(checkout.resolve()):
        raise Stopped("The private key must not lie in the checkout. Name a file elsewhere, on a stick under lock.")
    private, public = update_file.new_key()
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as there:
            there.write(base64.b64encode(private).decode() + "\n")
    except FileExistsError:
        raise Stopped(f"{file} is there already, and a key is not written over.") from None
    with (checkout / KEYS).open("a", encoding="utf-8", newline="\n") as listed:
        listed.write(f"{public} \n")
    announce(f"The private key is in {file}: keep it, and a copy of it, where nobody else comes to.\n"
             f"{KEYS} now lists {public}: write whose it is behind it, and commit it.")
    return 0


def pack(path: Path, files: Mapping[str, bytes], manifest: bytes, signature: bytes) -> None:
    """Write a ZIP whose bytes depend on nothing but what is in it."""
    parts = [(update_file.MANIFEST, manifest), (update_file.SIGNATURE, signature), *sorted(files.items())]
    part = path.with_name(f"{path.name}.part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, content in parts:
            told = zipfile.ZipInfo(name, _MOMENT)
            told.create_system, told.external_attr = 3, _MODE
            told.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(told, content, compresslevel=9)
    part.replace(path)


def described(files: Mapping[str, bytes]) -> Manifest:
    """Return the manifest of files: version and news by what they say, needs by the lock and by what they import."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    low, high = re.fullmatch(r">=([\d.]+),<([\d.]+)", project["requires-python"]).groups()  # type: ignore[union-attr]
    version = re.search(r'^__version__ = "(.+)"', files["p2kp_desktop/__init__.py"].decode(), re.MULTILINE)
    assert version is not None
    named, locked = shipped(lambda name: requires(name) or []), pins(LOCK.read_text(encoding="utf-8"))
    needs = {name: tuple(sorted({pin.version for pin in locked if pin.name == name})) for name in sorted(named)}
    sources = [content for name, content in files.items() if name.endswith(".py")]
    news = news_of(files["p2kp_desktop/resources/help/baru.md"].decode(), version[1])
    return Manifest(
        version[1], news, migrations.NUMBER, FORMAT, (low, high), needs, tuple(sorted(_imports(sources))),
        {name: Content(len(content), hashlib.sha256(content).hexdigest()) for name, content in files.items()},
    )


def news_of(text: str, version: str) -> str:
    """Return the words of «Yang baru» about a version; raises Stopped where it says nothing."""
    found = re.search(rf"^## {re.escape(version)}\n(.+?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise Stopped(f"resources/help/baru.md says nothing of {version}.")
    return found[1].strip()


def files_of(checkout: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the program as they lie in a folder that was installed, resources inside the package."""
    for source, place in (("p2kp_desktop", "p2kp_desktop"), ("resources", "p2kp_desktop/resources")):
        for path in sorted((checkout / source).rglob("*")):
            name = f"{place}/{path.relative_to(checkout / source).as_posix()}"
            if path.is_file() and "__pycache__" not in path.parts:
                if not update_file.may_be_written(name):
                    raise Stopped(f"{name}: not every disk can hold a file of this name.")
                yield name, path.read_bytes()


def _imports(sources: Iterable[bytes]) -> set[str]:
    """Return the modules of other packages that are imported anywhere, as far as they are installed here."""
    found: set[str] = set()
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                found.add(node.module)
    own = {*sys.stdlib_module_names, "p2kp_desktop"}
    return {name for name in found if name.partition(".")[0] not in own and find_spec(name.partition(".")[0])}


def _private() -> bytes:
    file = os.environ.get(KEY, "")
    if not file:
        raise Stopped(f"{KEY} must name the file with the office's private key, which is not in the repository. "
                      "Once: packaging/make.py package key FILE")
    try:
        private = base64.b64decode(Path(file).read_text(encoding="ascii"), validate=False)
        update_file.public_of(private)
    except (OSError, ValueError) as fault:
        raise Stopped(f"{file} is no key: {fault}") from fault
    return private
