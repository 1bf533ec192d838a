"""The README names what there is, and nothing else: commands, targets, places, settings, keys, files."""

import re
from dataclasses import fields

import pytest

from make import TARGETS
from p2kp_desktop.cli import COMMANDS
from p2kp_desktop.settings import Settings
from p2kp_desktop.ui.shell.places import SPOTS
from steps import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
HELP = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "resources" / "help").glob("*.md"))]
TICKED = set(re.findall(r"`([^`\n]+)`", README))
KEYS = re.compile(r"\b(?:Ctrl\+(?:Shift\+)?(?:[A-Z]|F\d|Enter|PgUp|PgDn|Tab|Left|Right)\b|Shift\+[A-Z]\b|F\d\d?\b)")


def test_it_is_a_door():
    assert len(README.splitlines()) <= 150
    assert max(map(len, README.splitlines())) <= 120


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_named(command):
    assert command in TICKED


def test_every_command_named_exists():
    told = README[README.index("Reading and writing records:") : README.index("## The house")]
    assert set(re.findall(r"`([^`\n]+)`", told)) == set(COMMANDS)
    run = set(re.findall(r"\.venv/bin/p2kp (\w+)", README))
    assert run <= {name.split()[0] for name in COMMANDS}


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_is_named(target):
    assert target in TICKED or f"make.py {target}" in README


def test_every_target_named_exists():
    assert set(re.findall(r"make\.py (\w+)", README)) <= set(TARGETS)


@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: spot.key)
def test_every_place_is_named_with_its_folder(spot):
    told = " ".join(README.split())
    assert f"({spot.name()})" in told
    assert spot.module.split(".")[0] in TICKED


def test_every_setting_is_named():
    assert {each.name for each in fields(Settings)} <= TICKED


def test_every_file_and_folder_named_exists():
    named = {each for each in TICKED if re.fullmatch(r"[\w./]+(?:\.py|\.toml|\.po|\.md|/)", each)}
    places = [ROOT, ROOT / "p2kp_desktop", ROOT / "resources", ROOT / "packaging", ROOT / "p2kp_desktop" / "ui"]
    assert [each for each in named if not any((place / each).exists() for place in places)] == []


def test_every_table_of_the_code_named_exists():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "p2kp_desktop").rglob("*.py"))
    named = {each for each in TICKED if re.fullmatch(r"_?[A-Z][A-Z_]{3,}", each)}
    assert {"_IN_ORDER", "CROSSED", "ASKED"} <= named
    assert [each for each in named if not re.search(rf"^ *{each}\b.* = ", code, re.MULTILINE)] == []


def test_every_key_named_exists():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "p2kp_desktop" / "ui").rglob("*.py"))
    known = set(re.findall(r"\"((?:Ctrl\+|Shift\+|Alt\+)*[A-Za-z0-9]+)\"", code))
    same = {"Ctrl+Enter": "Ctrl+Return", "Ctrl+PgDn": "Ctrl+PgDown"}
    named = {key for text in (README, *HELP) for key in KEYS.findall(text)}
    assert [key for key in sorted(named) if key not in known and same.get(key) not in known] == []


def test_the_one_test_that_it_names_is_there():
    file, word = re.search(r"pytest (tests/\S+) -k (\w+)", README).groups()
    assert re.search(rf"^def test_\w*{word}", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
