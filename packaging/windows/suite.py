"""The tests under the Windows Python: the folder of the package, pytest beside it, the checkout for the program.

The shipped Python takes its paths from python313._pth alone, and so do the processes that tests start with it: a copy
of the folder gets one that names the checkout as wine shows it.
"""

import shutil
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from steps import ROOT, announce
from windows import standard_library
from windows.folder import unpack_all
from windows.laptop import Laptop

TOOLS = ("pytest", "pytest-qt", "hypothesis", "segno", "babel", "pypdfium2", "python-docx")
TRIMMED = ("pyside6_essentials", "pillow", "pypdf")  # tests need more of them than ships: of the others all, of Qt this
QT = frozenset({"PySide6/QtTest.pyd", "PySide6/Qt6Test.dll", "PySide6/plugins/platforms/qoffscreen.dll"})


def shown(place: Path) -> str:
    """What wine calls a file of this machine."""
    return "Z:" + str(place).replace("/", "\\")


# Set inside: wine drops these of the machine it runs on. Few examples and much patience: a laptop in wine is slow. The
# offscreen plugin has no fonts on Windows, and warns of it, unless it is told where some are.
_SETTINGS = {
    "QT_QPA_PLATFORM": "offscreen", "QT_QPA_FONTDIR": shown(ROOT / "resources" / "fonts"), "P2KP_EXAMPLES": "8",
    "P2KP_PATIENCE": "300", "PYTHONDONTWRITEBYTECODE": "1",
}

_SILENCE = 1800  # seconds after which one test tells where it hangs; here some take five minutes and hang nowhere


def lay_out(program: Path, python: Path, tools: Iterable[Path], disk: Path) -> None:
    """Put a Python for tests on C:, with the packages of the program, the tools, and what tests need of the trimmed.

    The standard library comes whole from `python`: pytest takes parts of it that do not ship.
    """
    place = disk / "tests"
    shutil.copytree(program, place)
    shutil.rmtree(place / "lib" / "p2kp_desktop")
    shutil.copy(python / standard_library.NAME, place / "python")
    for wheel in tools:
        unpack_all(wheel, place / "lib", QT if wheel.name.startswith("pyside6") else frozenset())
    paths = ["python313.zip", ".", "..\\lib", shown(ROOT), shown(ROOT / "packaging")]
    (place / "python" / "python313._pth").write_text("".join(f"{path}\r\n" for path in paths), encoding="utf-8")


def asked(name: str) -> list[str]:
    """The lines that a package asks for; one that only Windows needs is not installed here, and asks for none."""
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []


def test(laptop: Laptop, arguments: Sequence[str]) -> int:
    """Run pytest; its words come as they are said, its exit code at the end."""
    begin = laptop.disk / "begin.py"
    begin.write_text(_BEGIN.format(settings=_SETTINGS, root=shown(ROOT), arguments=list(arguments) or ["tests"],
                                   silence=_SILENCE), encoding="utf-8")
    announce("Under the Windows Python; what needs PostgreSQL or another system is skipped ...")
    return laptop.follow(laptop.disk / "tests" / "python" / "python.exe", laptop.path(begin))


_BEGIN = """
import os, sys, tempfile
os.environ.update({settings!r})
os.chdir({root!r})
import pytest
sys.exit(pytest.main(["-p", "no:cacheprovider", "-o", "faulthandler_timeout={silence}", *{arguments!r}]))
"""
