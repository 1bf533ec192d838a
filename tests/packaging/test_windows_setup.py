"""The folder, the setup's script and its limits, on a small folder; nothing is fetched and NSIS is not called."""

import re
import sys
import zipfile
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest

from p2kp_desktop.exchange import sealed_files
from p2kp_desktop.screen import APPLICATION
from package import main
from steps import ROOT, Stopped
from windows import folder, sizes
from windows.nsis import SCRIPT, listing

TEXT = SCRIPT.read_text(encoding="utf-8")


@pytest.fixture
def inputs(tmp_path) -> tuple[Path, list[Path], Path]:
    """CPython's folder, one wheel and a checkout, as small as they can be."""
    python = tmp_path / "python"
    python.mkdir()
    for name in ("python.exe", "pythonw.exe", "LICENSE.txt", "_ssl.pyd", "python313._pth"):
        (python / name).write_bytes(name.encode())
    with zipfile.ZipFile(python / "python313.zip", "w") as archive:
        archive.writestr("os.pyc", b"\xf3\r\r\n" + bytes(12))
    wheel = tmp_path / "utm-0.9.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in ("utm/__init__.py", "utm/tests/test_utm.py", "utm-0.9.0.dist-info/METADATA",
                     "utm-0.9.0.dist-info/licenses/LICENSE", "utm-0.9.0.data/scripts/utm-converter",
                     "utm-0.9.0.data/purelib/more.py"):
            archive.writestr(name, "x = 1\n")
    checkout = tmp_path / "checkout"
    for name in (
        "p2kp_desktop/__main__.py", "p2kp_desktop/__pycache__/__main__.pyc", "resources/criteria.toml", "LICENSE",
        "resources/fonts/OFL.txt", "resources/icons/LICENSE-lucide.txt", "packaging/windows/p2kp.ico",
        "packaging/windows/licences/LGPL-3.0.txt", "packaging/windows/licences/GPL-3.0.txt",
    ):
        assert (ROOT / name).exists() or "__pycache__" in name
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text(name, encoding="utf-8")
    return python, [wheel], checkout


@pytest.fixture
def program(tmp_path, inputs) -> Path:
    made = tmp_path / "made" / "program"
    folder.lay_out(made, *inputs)
    return made


def names(program: Path) -> set[str]:
    return {path.relative_to(program).as_posix() for path in folder.files(program)}


def test_the_folder_has_python_the_program_its_resources_and_the_wheel(program):
    assert {
        "python/pythonw.exe", "lib/p2kp_desktop/__main__.py", "lib/p2kp_desktop/resources/criteria.toml",
        "lib/utm/__init__.py", "lib/more.py", "p2kp.cmd",
        "p2kp-desktop.cmd", "p2kp.ico",
    } <= names(program)
    assert not {name for name in names(program) if "tests/" in name or "__pycache__" in name or "_ssl" in name}


def test_python_looks_in_lib_and_nowhere_else(program):
    assert (program / "python" / "python313._pth").read_bytes() == b"python313.zip\r\n.\r\n..\\lib\r\n"


def test_every_licence_lies_in_one_folder(program):
    licences = {name for name in names(program) if name.startswith("Lisensi/")}
    assert {"Lisensi/utm-0.9.0/LICENSE", "Lisensi/CPython/LICENSE.txt", "Lisensi/PySide6/LGPL-3.0.txt",
            "Lisensi/Noto/OFL.txt", "Lisensi/Lucide/LICENSE.txt", "Lisensi/p2kp-desktop/LICENSE.txt"} <= licences


def test_what_an_earlier_build_left_is_gone(program, inputs):
    (program / "lib" / "old.py").touch()
    folder.lay_out(program, *inputs)
    assert "lib/old.py" not in names(program)


def test_the_same_input_gives_the_same_sums_and_every_file_one_time(program, inputs):
    first = folder.seal(program, 1_700_000_000)
    assert {path.stat().st_mtime for path in folder.files(program)} == {1_700_000_000}
    folder.lay_out(program, *inputs)
    assert folder.seal(program, 1_700_000_000) == first
    (program / "p2kp.cmd").write_bytes(b"")
    assert folder.seal(program, 1_700_000_000) != first


def test_bytecode_of_another_python_is_refused(program):
    with zipfile.ZipFile(program / "python" / "python313.zip", "w") as archive:
        archive.writestr("os.pyc", b"????" + bytes(12))
    assert folder.magic(program / "python" / "python313.zip") == b"????"
    assert len(MAGIC_NUMBER) == 4
    with pytest.raises(Stopped, match="other bytecode"):
        folder.compile_to_bytecode(program, sys.executable)


def test_the_setup_carries_every_file_and_says_first_where_each_goes(program):
    place, written = "", set()
    for line in listing(program).splitlines():
        command, what = re.fullmatch(r'(SetOutPath|File) "(.+)"', line).groups()
        if command == "SetOutPath":
            place = what.replace("$INSTDIR\\program.new", "").strip("\\").replace("\\", "/")
        else:
            name = Path(what).relative_to(program).as_posix()
            assert name == f"{place}/{Path(what).name}".lstrip("/")
            written.add(name)
    assert written == names(program)


def test_the_script_includes_the_files_and_writes_beside_the_program_that_is_there():
    assert '!include "${FILES}"' in TEXT
    assert TEXT.index('!include "${FILES}"') < TEXT.index('Rename "$INSTDIR\\program" "$INSTDIR\\program.old"')
    assert "RequestExecutionLevel user" in TEXT
    assert "HKLM" not in TEXT


def test_shortcuts_and_the_file_type_have_the_identity_that_the_program_takes():
    assert f'!define IDENTITY "{APPLICATION}"' in TEXT
    shortcuts = re.findall(r'CreateShortcut "(.+?)"', TEXT)
    assert shortcuts
    assert re.findall(r'!insertmacro Identify "(.+?)" "\${IDENTITY}"', TEXT) == shortcuts
    assert '"AppUserModelID" "${IDENTITY}"' in TEXT


def test_every_sentence_of_the_setup_is_said_in_both_languages_and_every_one_is_used():
    said = re.findall(r'!insertmacro Say (\w+) "([^"]+)"(?: \\\n +| )"([^"]+)"', TEXT)
    assert len(said) == TEXT.count("!insertmacro Say ")
    assert all(indonesian != english for _, indonesian, english in said)
    assert {name for name, _, _ in said} == set(re.findall(r"\$\((\w+)\)", TEXT))


def test_removing_takes_the_programs_own_folders_only():
    removal = TEXT[TEXT.index('Section "Uninstall"'):]
    assert set(re.findall(r'RMDir(?: /r)? "([^"]+)"', removal)) == {
        "$INSTDIR\\program", "$INSTDIR\\program.old", "$INSTDIR\\program.new", "$INSTDIR",
    }
    assert 'RMDir "$INSTDIR"' in removal  # goes only when it is empty
    assert "$(DATA_KEPT)" in removal


def test_a_file_belongs_to_its_package_in_the_table(program):
    assert {part.name: part.files for part in sizes.parts(program)}["utm"] == 1
    of = {
        "lib/rapidfuzz.libs/msvcp140.dll": "rapidfuzz", "lib/shapefile.pyc": "shapefile",
        "lib/_cffi_backend.cp313-win_amd64.pyd": "cffi", "lib/utm-0.9.0.dist-info/METADATA": "Lisensi",
        "python/python.exe": "python", "p2kp.ico": "",
    }
    assert {name: sizes.part_of(Path(name)) for name in of} == of


def test_growth_is_a_fault_and_a_goal_that_is_not_reached_is_said_with_what_could_go():
    heavy, light = [sizes.Part("typst", 200_000_000, 1, 1)], [sizes.Part("typst", 170_000_000, 1, 1)]
    setup = round(sizes.SETUP_REACHED * 1e6)
    assert [fault.split(";")[0] for fault in sizes.over(heavy, 2 * setup)] == [
        "The folder has 200.0 MB", f"The setup has {2 * setup / 1e6:.1f} MB",
    ]
    assert sizes.over(light, round(setup * 1.019)) == []
    assert sizes.short_of_goal(light, setup) == ""
    said = sizes.short_of_goal(light, 46_000_000)
    assert "The folder" not in said
    assert "The setup has 46.0 MB; the goal of 45 is not reached" in said
    assert "typst 0.13 for 0.14" in said
    assert sizes.short_of_goal(light, None) == ""
    assert "Setup: not made." in sizes.told(heavy, None)


def test_both_goals_are_reached_and_what_could_go_stands_with_its_price():
    assert all(what and price for _, _, what, price in sizes.COULD_GO)
    assert sizes.FOLDER_REACHED <= sizes.FOLDER_GOAL
    assert sizes.SETUP_REACHED <= sizes.SETUP_GOAL


@pytest.mark.parametrize("words", [[], ["macos"], ["windows", "--fast"], ["check", "--folder"]])
def test_a_package_that_is_not_made_is_wrong_use(capsys, words):
    assert main(words) == 2
    assert "package windows" in capsys.readouterr().err




def test_workspaces_and_sealed_bundles_open_with_a_double_click_and_no_type_stays_behind():
    made = re.findall(r'insertmacro TypeOfFile "([^"]+)" "([^"]+)"', TEXT)
    assert [ending for ending, _word in made] == [".p2kp", sealed_files.ENDING]
    assert re.findall(r'insertmacro NoTypeOfFile "([^"]+)" "([^"]+)"', TEXT) == made
