"""No file of anybody takes more than 500 MB and 20 seconds, ends the program, or is refused without a sentence."""

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DEEP

from . import hostile, opening_apart

FILES = 1_200 if DEEP else 8  # spoilt by dice, beside those that somebody built

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process of its own for each file is forked")


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asli")
    with pytest.MonkeyPatch.context() as patches:
        patches.setenv("P2KP_HOME", str(tmp_path_factory.mktemp("home")))
        yield folder, hostile.seeds(folder)


@pytest.fixture(scope="module")
def opener(tmp_path_factory):
    """Give what opens a file of a kind in a process of its own, and tells how that ended."""
    settings = {**os.environ, "P2KP_HOME": str(tmp_path_factory.mktemp("rumah"))}
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.exchange.opening_apart"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, cwd=root, env=settings,
    ) as process:
        def opened(kind, path):
            process.stdin.write(json.dumps([kind, str(path)]) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield opened
        process.stdin.close()


def put(folder, source, name, content):
    folder.mkdir()
    hostile.beside(folder, source)
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_file_as_it_was_written_opens_within_the_limits(sound, opener, tmp_path):
    """Otherwise nothing of what follows would be told by a file that is refused."""
    source, seeds = sound
    for number, (name, (kind, content)) in enumerate(seeds.items()):
        said, _seconds, _memory = opener(kind, put(tmp_path / str(number), source, name, content))
        assert said == ("refused K23" if kind == "key" else "opened"), (name, said)


def test_what_is_beyond_the_limits_is_told_of_the_very_file(sound, opener, tmp_path):
    """The limits hold: of a file that takes them, and of that one only."""
    source, seeds = sound
    kind, content = seeds["foto.png"]
    said, _seconds, _memory = opener("harm", put(tmp_path / "a", source, "foto.png", content))
    assert "KeyError" in said
    assert opener(kind, tmp_path / "a" / "foto.png")[0] == "opened"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_hostile_file_goes_beyond_its_limits_or_ends_the_program(sound, opener, tmp_path):
    source, seeds = sound
    built = hostile.made_to_harm(seeds, all_of_them=DEEP)
    files = itertools.chain(built, (hostile.spoilt(number, seeds) for number in range(FILES)))
    bad, dearest = [], (0.0, 0, "")
    for number, (kind, name, content) in enumerate(files):
        path = put(tmp_path / str(number), source, name, content)
        said, seconds, memory = opener(kind, path)
        dearest = max(dearest, (seconds, memory, f"{number} {name}"))
        if said == "opened" or said.startswith("refused "):
            path.unlink()
        else:
            bad.append(f"{number} {kind} {path}: {said}")
        assert seconds <= opening_apart.SECONDS + 1, (number, name, seconds)
    print(number + 1, "files; the dearest", dearest)
    assert not bad, "\n".join([f"{len(bad)} of {number + 1}", *bad[:20]])
