"""What every target needs: where the checkout is, how a command runs, how a target stops with a sentence."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Stopped(Exception):
    """A target cannot go on; the text says what is missing and what to do."""


def run(command: Sequence[str | Path], *, settings: Mapping[str, str] | None = None) -> int:
    """Run a command in the checkout, environment variables in settings added, and return its exit code."""
    return subprocess.run(command, cwd=ROOT, env=os.environ | (settings or {}), check=False).returncode


def announce(sentence: str) -> None:
    """Tell the person who waits what happens now, before the command it is about prints anything."""
    print(sentence, flush=True)
