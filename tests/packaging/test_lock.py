import re
import tomllib

import pytest

from installation import LOCK, PROJECT
from lock import portable
from steps import Stopped

PIN = f"xlsxwriter==3.3.1 \\\n    --hash=sha256:{'0' * 64}\n"


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("line", [
    "--index-url https://packages.example/simple",
    "--find-links /srv/wheels",
    "torch==2.13.0+cpu \\",
    "xlsxwriter @ file:///srv/wheels/xlsxwriter-3.3.1-py3-none-any.whl",
    "-e /home/somebody/p2kp",
])
def test_a_line_that_holds_on_one_machine_only_is_refused(line):
    with pytest.raises(Stopped, match=re.escape(line)):
        portable(f"{PIN}{line}\n")


def test_pins_with_digests_pass_unchanged():
    assert portable(PIN) == PIN


def test_the_lock_in_the_repository_is_portable():
    text = LOCK.read_text(encoding="utf-8")
    assert portable(text) == text


def test_the_lock_pins_every_package_that_the_project_names():
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    named = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *(name for group in project["project"]["optional-dependencies"].values() for name in group),
    ]
    pinned = set(re.findall(r"^([a-z0-9-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    assert {normal(re.split(r"[\[=<>~! ]", name)[0]) for name in named} - pinned == set()
