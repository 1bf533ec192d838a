"""A program whose folder lies on a stick, for tests in this process; the stick may turn up under another name."""

import sys
from pathlib import Path

import pytest

from p2kp_desktop import portable
from p2kp_desktop.versions import Installation


class Stick:
    """A folder that stands for a stick, with a program in it."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch):
        self.monkeypatch = monkeypatch
        python = root / "P2KP" / "program" / "python" / "python.exe"
        package = root / "P2KP" / "program" / "lib" / "p2kp_desktop"
        for folder in (python.parent, package):
            folder.mkdir(parents=True)
        python.touch()
        monkeypatch.delenv("P2KP_HOME")
        self.plug_in(root)

    def plug_in(self, root: Path):
        """Let the stick lie in a folder that was renamed, as under another letter."""
        self.root, self.place = root, root / "P2KP"
        self.monkeypatch.setattr(sys, "executable", str(self.place / "program" / "python" / "python.exe"))
        self.monkeypatch.setattr(portable, "HERE", Installation(self.place / "program" / "lib" / "p2kp_desktop"))
        self.forget()

    @staticmethod
    def forget():
        portable.place.cache_clear()
        portable.data.cache_clear()


@pytest.fixture
def stick(tmp_path, monkeypatch):
    yield Stick(tmp_path / "E", monkeypatch)
    monkeypatch.undo()
    Stick.forget()
