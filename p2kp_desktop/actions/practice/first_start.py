"""The first start: three answers become a workspace, a real one or the practice village."""

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from p2kp_desktop import held_files
from p2kp_desktop.actions.common import practice_mark, workspaces
from p2kp_desktop.actions.protection import password
from p2kp_desktop.actions.protection.password import Keys
from p2kp_desktop.actions.trust import enrolling
from p2kp_desktop.environment import VILLAGE
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.places import region
from p2kp_desktop.store import Workspace, copies, is_taken, open_workspace

from . import village
from .village_sample import KELURAHAN


@dataclass(frozen=True)
class Answers:
    """Who works, as what ("facilitator", "district" or "province"), and where (codes of regions).

    `enrols` asks the office above for enrolment, or makes a province the root of it.
    """

    name: str
    role: str
    regions: tuple[str, ...]
    enrols: bool = False


def file_for(answers: Answers, folder: Path) -> Path:
    """Return the file that the workspace of these answers would have in a folder."""
    return _free(folder, region(answers.regions[0]).name)


def begin(answers: Answers, folder: Path, protection: Keys | None = None) -> Workspace:
    """Make the workspace of these answers in a folder, which is made if need be; raise Trouble.

    With a protection it is behind a password from its first byte.
    """
    path = file_for(answers, make_folder(folder))
    if protection is not None:
        password.put_up(path, protection)
    workspace = workspaces.init(path, role=answers.role, name=answers.name, regions=answers.regions,
                                lock=protection.lock if protection else None)
    if answers.enrols:
        _enrol(workspace, answers.role)
    return workspace


def _enrol(workspace: Workspace, role: str) -> None:
    try:
        if role == "province":
            enrolling.make_root(workspace)
        else:
            enrolling.request(workspace)
    except BaseException:
        workspace.close()
        raise


def begin_practice(name: str, folder: Path) -> Workspace:
    """Make the practice village with its sample data in a folder, which is made if need be; raise Trouble."""
    return _village(name, _free(make_folder(folder), VILLAGE))


def village_in(folder: Path) -> Path | None:
    """Return the practice village that stands in a folder already, the first one made."""
    path = folder / f"{VILLAGE}.p2kp"
    return path if path.is_file() and is_taken(path) else None


def practise_again(name: str, file: Path) -> Workspace:
    """Make the practice village in a file anew: what was done in it is gone.

    Raises Trouble, and touches nothing, when it is open anywhere, or holds anything but a practice village.
    """
    with open_workspace(file) as workspace, workspace.asking() as connection:
        if not practice_mark.is_practice(connection):
            raise Trouble(
                "Ini bukan desa latihan, jadi tidak dibuat ulang.", safe="Data Anda aman: tidak ada yang diubah.",
                remedy="Buka desa latihan dahulu.", code="R19",
            )
    copies.must_be_free(file)
    for path in (*_beside(file), file):
        held_files.patiently(partial(path.unlink, missing_ok=True), path)
    shutil.rmtree(files_of(file), ignore_errors=True)
    return _village(name, file)


def files_of(file: Path) -> Path:
    """Return the folder with what others hand over in a practice village."""
    return file.with_name(f"{file.stem} - berkas")


def _beside(file: Path) -> list[Path]:
    return [file.with_name(f"{file.name}{ending}") for ending in ("-wal", "-shm")]


def _village(name: str, path: Path) -> Workspace:
    workspace = workspaces.init(path, role="facilitator", name=name, regions=[KELURAHAN])
    try:
        practice_mark.mark(workspace)
        village.build(workspace, files_of(path))
    except BaseException:
        workspace.close()
        for each in (*_beside(path), path):
            each.unlink(missing_ok=True)
        raise
    return workspace


def make_folder(folder: Path) -> Path:
    """Make the folder of a workspace if need be, and return it; raise Trouble."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Trouble(
            say("Folder {folder} tidak dapat dibuat.", folder=folder), safe="Belum ada data yang ditulis.",
            remedy="Pilih folder lain yang dapat ditulis.", code="R29",
        ) from fault
    return folder


def _free(folder: Path, stem: str) -> Path:
    """Return a name in the folder that nothing has yet."""
    return next(path for path in _numbered(folder, stem) if not is_taken(path))


def _numbered(folder: Path, stem: str) -> Iterator[Path]:
    yield folder / f"{stem}.p2kp"
    yield from (folder / f"{stem} {number}.p2kp" for number in itertools.count(2))
