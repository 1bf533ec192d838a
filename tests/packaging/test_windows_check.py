"""What the trial under wine looks at, on a small folder; wine itself is not called."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from installation import LOCK
from steps import ROOT
from windows import check, suite
from windows.folder import SUMS
from windows.laptop import Laptop, Screen
from windows.pins import for_the_laptop, reached, shipped

PAPER = json.loads((ROOT / "tests" / "data" / "questionnaires.json").read_text(encoding="utf-8"))["questionnaires"][0]


@pytest.fixture
def trial(tmp_path) -> check.Trial:
    """A laptop on which exactly what was made is installed."""
    made = tmp_path / "made"
    trial = check.Trial(Laptop(tmp_path / "laptop", ":7"), Screen(":7"), tmp_path / "setup.exe", made, tmp_path)
    (trial.laptop.disk / "users" / "Public").mkdir(parents=True)
    (trial.laptop.disk / "users" / "siti" / "Documents").mkdir(parents=True)
    for folder in (made, trial.place / "program"):
        (folder / "lib").mkdir(parents=True)
        (folder / "lib" / "a.py").write_bytes(b"x = 1")
        (folder / SUMS).write_text(f"{hashlib.sha256(b'x = 1').hexdigest()}  lib/a.py\n", encoding="utf-8")
    return trial


def test_the_laptop_has_one_user_and_keeps_this_machines_settings_out(trial, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    settings = Laptop(trial.folder, ":9").settings
    assert trial.laptop.user.name == "siti"
    assert trial.laptop.path(trial.data / "tim.p2kp") == r"C:\users\siti\Documents\P2KP\tim.p2kp"
    assert "QT_QPA_PLATFORM" not in settings
    assert (settings["DISPLAY"], settings["HOME"]) == (":9", str(trial.folder / "home"))


def test_the_household_that_is_keyed_is_the_first_questionnaire():
    typed = [each.removesuffix("|") for each in check.HOUSEHOLD]
    assert [each for each in typed[1:] if each] == [
        PAPER["answers"][key] for key in sorted(PAPER["answers"], key=_asked().index)
    ]


def _asked() -> list[str]:
    from p2kp_desktop.forms.household import Household

    return [question.key for question in Household.questions]


def test_what_is_installed_as_it_was_made_is_content(trial):
    check.unlike(trial)


@pytest.mark.parametrize(("name", "content"), [("lib/a.py", b"x = 2"), ("lib/old.py", b"")])
def test_a_file_that_changed_or_stayed_from_an_older_release_is_named(trial, name, content):
    (trial.place / "program" / name).write_bytes(content)
    with pytest.raises(check.Wrong, match=Path(name).name):
        check.unlike(trial)


def test_the_data_of_a_user_are_told_by_their_digests(trial):
    (trial.laptop.user / "Documents" / "tim.p2kp").write_bytes(b"data")
    before = check.kept(trial)
    (trial.laptop.user / "Documents" / "tim.p2kp").write_bytes(b"other")
    assert len(before) == 1
    assert check.kept(trial) != before


def test_a_step_that_went_wrong_is_told_and_the_others_are_tried(trial, monkeypatch, capsys):
    def holds(_trial: check.Trial) -> str:
        """The second step is tried too."""
        return "and holds"

    def breaks(_trial: check.Trial) -> str:
        """The first step."""
        raise check.Wrong("found nothing")

    monkeypatch.setattr(Laptop, "end", lambda _self: None)
    monkeypatch.setattr(check, "STEPS", (breaks, holds))
    monkeypatch.setattr(check, "refuses_32_bits", holds)
    assert check.tried(trial, with_32_bits=False) == ["The first step. found nothing"]
    said = capsys.readouterr().out
    assert said.count("ok     The second step is tried too. and holds") == 1
    assert f"untried  {check.WITHOUT_32_BITS}" in said
    check.tried(trial, with_32_bits=True)
    said = capsys.readouterr().out
    assert said.count("ok     The second step is tried too. and holds") == 2
    assert check.WITHOUT_32_BITS not in said


def test_each_step_is_a_sentence_and_what_is_untried_is_said():
    assert all((step.__doc__ or "").splitlines()[0].endswith(".") for step in check.STEPS)
    assert any("need a laptop" in sentence for sentence in check.UNTRIED)


def test_what_does_not_come_is_given_up_with_its_name():
    with pytest.raises(check.Wrong, match="the ship came in"):
        check.until("the ship came in", lambda: False, seconds=0)


def test_the_table_stands_wine_beside_linux(trial):
    trial.setup.write_bytes(bytes(1000))
    one = {"painted_s": 1.0, "usable_s": 3.0, "processor_s": 2.0, "memory_mb": 300.0}
    trial.figures |= {"install_s": 8.0, "wine": [one, one | {"painted_s": 0.5}], "linux": [one]}
    told = check.table(trial)
    assert "installed in 8.0 s" in told
    assert "painted_s, best              0.5     1.0" in told


def test_the_python_of_the_tests_finds_this_checkout_in_place_of_the_program(tmp_path):
    program, disk = tmp_path / "program", tmp_path / "drive_c"
    for name in ("python/python313._pth", "lib/p2kp_desktop/__init__.py", "lib/utm/__init__.pyc"):
        (program / name).parent.mkdir(parents=True, exist_ok=True)
        (program / name).touch()
    disk.mkdir()
    (python := tmp_path / "python").mkdir()
    (python / "python313.zip").write_bytes(b"whole")
    tool = tmp_path / "pytest-9.0-py3-none-any.whl"
    with zipfile.ZipFile(tool, "w") as archive:
        for name in ("pytest/__init__.py", "pytest-9.0.dist-info/entry_points.txt", "pytest-9.0.data/scripts/pytest"):
            archive.writestr(name, "")
    suite.lay_out(program, python, [tool], disk)
    assert (disk / "tests" / "python" / "python313.zip").read_bytes() == b"whole"
    made = disk / "tests"
    paths = (made / "python" / "python313._pth").read_text(encoding="utf-8").splitlines()
    assert paths[-2:] == [suite.shown(ROOT), suite.shown(ROOT / "packaging")]
    assert suite.shown(Path("/work/p2kp")) == r"Z:\work\p2kp"
    assert sorted(path.name for path in (made / "lib").iterdir()) == ["pytest", "pytest-9.0.dist-info", "utm"]


def test_every_tool_of_the_tests_stands_in_the_lock():
    names = reached(suite.TOOLS, suite.asked) - shipped(suite.asked)
    assert {"pytest", "pluggy", "colorama"} <= names
    assert {pin.name for pin in for_the_laptop(LOCK.read_text(encoding="utf-8"), names)} == names
