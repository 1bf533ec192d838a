"""A form written in one file is a form of the whole program: begun, keyed, listed, found, exported, sent, undone.

The program reads its forms once, when it starts; so a program of its own is started whose folder of forms has one
file more, and what a person does with it is played there.
"""

import os
import subprocess
import sys
from pathlib import Path

from p2kp_desktop.actions.common import workspaces
from tests.conftest import KELURAHAN

NEW = Path(__file__).parent / "new_form"

WITH_ONE_MORE = """
import importlib.util, sys, pytest
found = importlib.util.find_spec("p2kp_desktop.forms")
found.submodule_search_locations.append({folder!r})
sys.modules[found.name] = forms = importlib.util.module_from_spec(found)
found.loader.exec_module(forms)
sys.exit(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "--basetemp", {scratch!r}, {played!r}]))
"""


def test_a_form_written_in_one_file_is_a_form_of_the_whole_program(tmp_path):
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "worship.py").write_bytes((NEW / "worship.py").read_bytes())
    program = WITH_ONE_MORE.format(
        folder=str(tmp_path / "forms"), scratch=str(tmp_path / "scratch"), played=str(NEW / "played.py")
    )
    workspaces.init(tmp_path / "lama.p2kp", role="facilitator", name="Siti", regions=[KELURAHAN]).close()
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=NEW.parents[2], capture_output=True, text=True, timeout=600,
        env=os.environ | {"OLDER": str(tmp_path / "lama.p2kp")},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
