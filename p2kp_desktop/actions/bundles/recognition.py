"""What files are before they are received: whose bundle each is, told by what lies inside and never by its name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from p2kp_desktop.actions.common import originals, practice_mark
from p2kp_desktop.actions.common.long_work import Report, Steps
from p2kp_desktop.actions.common.office_words import role_words, when
from p2kp_desktop.exchange import faults, foreign, locking, package, signing
from p2kp_desktop.exchange.bundle import MACHINE, Manifest
from p2kp_desktop.exchange.front import read_front
from p2kp_desktop.exchange.package import LIMITS
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.store import Workspace, transfers

from . import receiving, senders
from .receipt_outcome import Sender

DEPTH = 3  # how many folders below the chosen one are looked into


@dataclass(frozen=True)
class Recognised:
    """What a file is before it is received: whose bundle, or the trouble with it.

    `locked` says that it is behind a password; while the right one is not given there is trouble and no
    manifest. `same_as` names an earlier file of the list that holds the same bundle.
    """

    path: Path
    trouble: Trouble | None = None
    manifest: Manifest | None = None
    before: str = ""  # when it was received already
    own: bool = False  # written here
    locked: bool = False
    sha256: str = ""
    same_as: str = ""
    signer: Sender | None = None

    @property
    def needs_password(self) -> bool:
        """Say whether the file waits for its password."""
        return self.locked and self.manifest is None

    @property
    def sender(self) -> str:
        """Return who sent it, in which role, and when."""
        if self.manifest is None:
            return ""
        return f"{self.manifest.person}, {role_words(self.manifest.role)} · {when(self.manifest.time)}"

    @property
    def area(self) -> str:
        """Return the regions in words."""
        return ", ".join(region_name(code) for code in self.manifest.regions) if self.manifest else ""


def bundles_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files among these paths and the workbooks in the folders among them, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = _workbooks(path, DEPTH) if path.is_dir() else [path]
        found.update(dict.fromkeys(each for each in inside if not each.name.startswith(("~$", "."))))
    return list(found)


def _workbooks(folder: Path, depth: int) -> Iterator[Path]:
    """Yield the workbooks of a folder and of those in it, but for hidden ones and what is kept here already."""
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return
    yield from (path for path in inside if path.suffix.lower() == ".xlsx" and path.is_file())
    for path in inside if depth else ():
        if path.is_dir() and not path.is_symlink() and not path.name.startswith((".", "Berkas masuk", "Cadangan ")):
            yield from _workbooks(path, depth - 1)


def recognise(workspace: Workspace, path: Path, password: str = "") -> Recognised:
    """Look at a file without receiving it; what is wrong with it is told in the answer."""
    known = Recognised(path)
    try:
        package.must_be_a_file(path)
        known = replace(known, sha256=_hash(path), locked=locking.is_locked(path))
        with receiving.unlocked(path, password) as readable, workspace.asking() as connection:
            inspected = foreign.inspect(readable)
            with foreign.opened(readable, inspected, LIMITS) as book:
                front = read_front(path.name, book.rows(MACHINE))
            manifest = front.manifest
            practice_mark.refuse_mixing(connection, manifest)
            key = signing.signer(front.seal, front.signature, path.name)
            signer = senders.sender(connection, manifest, key)
            lines = [line for line in transfers.log(connection) if line.bundle == manifest.bundle]
    except Trouble as trouble:
        return replace(known, trouble=trouble)
    came = [line for line in lines if line.direction == "in" and "undone" not in line.result]
    return replace(
        known, manifest=manifest, before=when(came[0].time) if came else "",
        own=any(line.direction == "out" for line in lines), signer=signer,
    )


def recognise_all(
    workspace: Workspace,
    paths: Sequence[Path],
    passwords: Mapping[Path, str] | None = None,
    report: Report | None = None,
) -> list[Recognised]:
    """Look at many files, those in folders among them, and name those that hold the same bundle."""
    files = bundles_in(paths)
    steps = Steps(report, len(files))
    found: list[Recognised] = []
    for path in files:
        found.append(recognise(workspace, path, (passwords or {}).get(path, "")))
        steps.at_least(len(found))
    return doubles_named(found)


def doubles_named(files: Sequence[Recognised]) -> list[Recognised]:
    """Return the files, each that holds the bundle of an earlier one naming it."""
    first: dict[str, str] = {}
    named = []
    for file in files:
        bundle = file.manifest.bundle if file.manifest else file.sha256
        named.append(replace(file, same_as=first.get(bundle, "")))
        if bundle:
            first.setdefault(bundle, file.path.name)
    return named


def _hash(path: Path) -> str:
    try:
        return originals.hash_of(path)
    except OSError as error:
        raise faults.unreadable(path.name) from error
