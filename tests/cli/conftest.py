"""The p2kp command, in this process or, to be killed, in one of its own."""

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from p2kp_desktop import cli

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    def json(self):
        return json.loads(self.out)

    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def p2kp(capsys, monkeypatch, tmp_path):
    """Give a function that runs a command on lines of standard input, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*words, lines=()):
        text = "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        code = cli.main([str(word) for word in words])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


def start(*words, folder):
    """Start a command in a process of its own; its standard input and output are pipes."""
    return subprocess.Popen(
        [sys.executable, "-m", "p2kp_desktop.cli", *map(str, words)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=1,
    )


def init(p2kp, name, role="facilitator", region="16.71.01.1001"):
    """Make a workspace file NAME.p2kp and return its name."""
    assert p2kp("init", f"{name}.p2kp", "--role", role, "--name", name, "--region", region).code == 0
    return f"{name}.p2kp"
