"""Laptops that are copied."""

import shutil

import pytest

from p2kp_desktop.actions.common import backups
from p2kp_desktop.store import open_workspace


@pytest.fixture
def machines(tmp_path, monkeypatch):
    """Give a function that works as if on another machine, with a registry of its own or a copy of one.

    Nothing tells a copy from its original, as with some virtual machines, unless `told_apart`.
    """
    cards = {}  # what tells each machine from others

    def use(name, copied_from=None, *, told_apart=False):
        home = tmp_path / f"home-{name}"
        if copied_from is not None:
            shutil.copytree(tmp_path / f"home-{copied_from}", home)
            for entry in (home / "nodes").iterdir():  # a clone lies where its original lies, on a disk of its own
                entry.write_text(entry.read_text(encoding="utf-8").replace("Ali.p2kp", "klon.p2kp"), encoding="utf-8")
        home.mkdir(exist_ok=True)
        monkeypatch.setenv("P2KP_HOME", str(home))
        card = cards.setdefault(name, name if told_apart or copied_from is None else cards[copied_from])
        monkeypatch.setattr("uuid.getnode", lambda: sum(card.encode()) << 8)

    return use


@pytest.fixture
def places(tmp_path):
    """Give a function that opens a copy of a workspace under another name, and closes it at the end."""
    opened = []

    def copy(workspace, name):
        target = tmp_path / f"{name}.p2kp"
        backup = backups.back_up(workspace)
        shutil.copy(backup, target)
        opened.append(open_workspace(target))
        return opened[-1]

    yield copy
    for workspace in opened:
        workspace.close()
