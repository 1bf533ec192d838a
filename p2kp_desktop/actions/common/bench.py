"""Folders for files that are needed for a moment: of `environment.bench`, what the disk refuses told in words."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.exchange import faults


@contextmanager
def bench() -> Iterator[Path]:
    """Give a folder for files that are gone afterwards, even after a kill; raises Trouble where there is no room."""
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(environment.bench())
        except OSError as error:
            raise faults.no_bench(error) from error
        yield folder
