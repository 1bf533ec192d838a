"""A window that cannot be opened says so in words, with what to do, instead of Qt's own."""

import os
import subprocess
import sys

import pytest

from p2kp_desktop import screen

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings all it needs")


def test_without_a_screen_the_program_says_so_and_ends(tmp_path):
    lonely = {name: value for name, value in os.environ.items()
              if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    ran = subprocess.run([sys.executable, "-m", "p2kp_desktop"], env=lonely | {"P2KP_HOME": str(tmp_path)},
                         capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("P2KP Desktop perlu layar")
    assert "(Kode S01)" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_missing_library_is_named_with_the_command_that_brings_it(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr(screen, "QT_SCREEN", (screen.Library("libtidakada.so.7", ("libtidakada7",)),))
    said = screen.objection()
    assert "libtidakada.so.7" in said
    assert "apt-get install -y libtidakada7" in said


def test_a_system_with_everything_is_content(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert screen.objection() == ""


@pytest.mark.parametrize("word", ["-h", "--help"])
def test_help_is_printed_and_opens_no_window(word):
    done = subprocess.run([sys.executable, "-m", "p2kp_desktop", word], capture_output=True, text=True, check=False,
                          timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "p2kp-desktop [RUANG-KERJA.p2kp]" in done.stdout
