"""How a command starts: it loads itself and no other."""

import os
import subprocess
import sys

import pytest

from p2kp_desktop import cli

from .conftest import ROOT, init

OTHERS = ("p2kp_desktop.printing.catalogue", "p2kp_desktop.reports.catalogue", "p2kp_desktop.cli.boundaries", "lokal")


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_runs_a_function_that_says_what_it_does(command):
    assert cli.function(cli.COMMANDS[command][0]).__doc__


def test_a_command_loads_no_other(p2kp, tmp_path):
    file = init(p2kp, "siti")
    code = ("import sys; from p2kp_desktop import cli; "
            f"cli.main(['digest', '{file}']); print({{*{OTHERS}}} & {{*sys.modules}})")
    told = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True,
                          env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert told.stdout.splitlines()[-1] == "set()"
