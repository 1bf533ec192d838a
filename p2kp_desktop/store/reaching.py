"""Files that cannot be reached for a moment: another program holds one, its disk was pulled, or it cannot be written.

How one that is held is waited for, and told, stands in `held_files`.
"""

import os
from pathlib import Path

from p2kp_desktop.held_files import HELD as HELD
from p2kp_desktop.held_files import held as held
from p2kp_desktop.held_files import opened
from p2kp_desktop.held_files import patiently as patiently


def head(path: Path, length: int) -> bytes:
    """Return the first bytes of a file; raises Trouble where another program holds it, OSError where it is gone."""
    with opened(path) as file:
        return file.read(length)


def is_read_only(path: Path) -> bool:
    """Say whether nothing can be written where the file lies: a locked stick, a disc, a folder of somebody else."""
    return not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))


def is_readable(path: Path) -> bool:
    """Say whether every byte of a file can be read: what looks like damage may be a disk that is gone."""
    try:
        with path.open("rb") as file:
            while file.read(1 << 20):
                pass
    except OSError:
        return False
    return True
