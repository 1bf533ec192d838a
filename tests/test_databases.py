"""A process has one SQLite: SQLCipher's, or Python's own where that is lacking."""

import subprocess
import sys
import textwrap

import pytest

from p2kp_desktop import databases
from tests.conftest import KELURAHAN

MENDED = (3, 51, 3)  # before it a log that is emptied while another connection writes can damage the file


def told(code, folder):
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code), str(folder / "a.p2kp"), KELURAHAN],
                          capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_it_is_one_in_which_the_fault_of_the_log_is_mended():
    assert databases.ENCIPHERS
    assert databases.library.sqlite_version_info >= MENDED


def test_a_workspace_in_clear_is_made_opened_and_backed_up_by_it_alone(tmp_path):
    assert told("""
        import sys
        from p2kp_desktop.actions.common import backups, workspaces
        with workspaces.init(sys.argv[1], role="facilitator", name="Siti", regions=[sys.argv[2]]) as made:
            backups.back_up(made)
        from p2kp_desktop.exchange.boundaries import geopackage
        print(sorted({"sqlite3", "_sqlite3"} & {*sys.modules}))
    """, tmp_path) == ["[]"]
    assert (tmp_path / "a.p2kp").read_bytes().startswith(b"SQLite format 3")


def test_without_sqlcipher_a_workspace_in_clear_is_kept_by_python_s_own(tmp_path):
    pytest.importorskip("sqlite3", reason="the Python of the Windows package has none: SQLCipher ships")
    assert told("""
        import sys
        sys.modules["sqlcipher3"] = None
        from p2kp_desktop import databases
        from p2kp_desktop.actions.common import workspaces
        from p2kp_desktop.store import open_workspace, pages
        from pathlib import Path
        workspaces.init(sys.argv[1], role="facilitator", name="Siti", regions=[sys.argv[2]]).close()
        with open_workspace(sys.argv[1]) as again:
            print(again.engine.dialect.dbapi.__name__, databases.ENCIPHERS, pages.is_sound(Path(sys.argv[1])))
    """, tmp_path) == ["sqlite3", "False", "True"]
