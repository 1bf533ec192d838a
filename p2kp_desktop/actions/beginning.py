"""The first start: three answers become a workspace, a real one or the practice village."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.places import region
from p2kp_desktop.store import Workspace

from . import demonstrating, practising, workspaces


@dataclass(frozen=True)
class Answers:
    """Who works, as what ("facilitator", "district" or "province"), and where (codes of regions)."""

    name: str
    role: str
    regions: tuple[str, ...]


def begin(answers: Answers, folder: Path) -> Workspace:
    """Make the workspace of these answers in a folder, which is made if need be; raise Trouble."""
    path = _free(_folder(folder), region(answers.regions[0]).name)
    return workspaces.init(path, role=answers.role, name=answers.name, regions=answers.regions)


def begin_practice(name: str, folder: Path) -> Workspace:
    """Make the practice village with its sample data in a folder, which is made if need be; raise Trouble."""
    path = _free(_folder(folder), "Desa latihan")
    workspace = workspaces.init(path, role="facilitator", name=name, regions=[demonstrating.KELURAHAN])
    try:
        practising.mark(workspace)
        demonstrating.fill(workspace)
    except BaseException:
        workspace.close()
        raise
    return workspace


def _folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Trouble(
            f"Folder {folder} tidak dapat dibuat.", safe="Belum ada data yang ditulis.",
            remedy="Pilih folder lain yang dapat ditulis.", code="R18",
        ) from fault
    return folder


def _free(folder: Path, stem: str) -> Path:
    """Return a name in the folder that nothing has yet."""
    return next(path for path in _numbered(folder, stem) if not path.exists())


def _numbered(folder: Path, stem: str) -> Iterator[Path]:
    yield folder / f"{stem}.p2kp"
    yield from (folder / f"{stem} {number}.p2kp" for number in itertools.count(2))
