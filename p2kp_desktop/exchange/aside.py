"""What becomes of a file that stands where a report is to be written: no file of a person is lost.

One that the program wrote there, and nobody touched since, gives way: an office writes the same report every night.
Any other is kept beside it under a name of its own. Which files the program wrote it knows by their SHA-256.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from p2kp_desktop import environment, file_names, held_files

from .writing import told

_MOST, _FIGURES = 10_000, 64  # fingerprints that are remembered, figures of one


@contextmanager
def kept(path: Path) -> Iterator[Path | None]:
    """Give where the file that stands there is kept from now on, None where there is none or it gives way.

    What is written meanwhile is remembered as the program's; where writing it fails, the file is back in its place.
    Raises Trouble where the disk refuses.
    """
    beside = None
    file_names.must_fit(path.absolute())
    with told(path):
        if path.exists() and _fingerprint(path) not in _known():
            beside = _free(path)
            held_files.put(path, beside)
    try:
        yield beside
    except BaseException:
        if beside is not None and not path.exists():
            held_files.put(beside, path)
        raise
    _remember(_fingerprint(path))


def _free(path: Path) -> Path:
    names = (f"{path.stem} (sebelumnya{'' if number == 1 else f' {number}'}){path.suffix}" for number in count(1))
    return next(each for each in map(path.with_name, names) if not each.exists())


def _fingerprint(path: Path) -> str:
    with held_files.opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _list() -> Path:
    return environment.home() / "laporan-ditulis.txt"


def _known() -> list[str]:
    try:
        return [line for line in _list().read_text("ascii").splitlines() if len(line) == _FIGURES]
    except (FileNotFoundError, UnicodeDecodeError):
        return []


def _remember(fingerprint: str) -> None:
    known = _known()
    _list().parent.mkdir(parents=True, exist_ok=True)
    _list().write_text("\n".join([*known[1 - _MOST:], fingerprint]) + "\n", "ascii")
