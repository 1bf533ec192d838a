"""Is this workspace whole, and what is its digest."""

from p2kp_desktop.store import Workspace
from p2kp_desktop.store import checking as store_checking


def check(workspace: Workspace) -> list[str]:
    """Return what is damaged in file, records, history or summaries, in words; empty when whole."""
    with workspace.asking() as connection:
        return list(store_checking.problems(connection))


def digest(workspace: Workspace) -> str:
    """Return the SHA-256 over the logical content, hexadecimal; equal on two laptops that hold the same."""
    with workspace.asking() as connection:
        return store_checking.digest(connection)
