"""SIGKILL at any moment of a keyed session: nothing acknowledged is lost, and the draft comes back where it was."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from p2kp_desktop.actions.common import soundness, workspaces
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.store import copies, open_workspace, views
from tests.conftest import DEEP, KELURAHAN

KILLS = 200 if DEEP else 6
LINES = 120  # said by a session before its end, two for each field
LONGEST = 0.04  # seconds from there to the end, for it to come at any moment

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the sessions are forked")


@pytest.fixture
def typist():
    """Give the process that forks the sessions."""
    script = Path(__file__).with_name("program_typist.py")
    with subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as forks:
        yield forks
        forks.stdin.close()


def session(typist, location, seed, dice):
    """Let one session be typed and killed; return what it said, without a last line that the kill tore."""
    typist.stdin.write(f"{location} {seed} {dice.randint(1, LINES)} {dice.uniform(0, LONGEST):.3f}\n")
    typist.stdin.flush()
    lines = []
    for line in typist.stdout:
        lines.append(line.strip())
        if lines[-1].startswith('{"killed"'):
            break
    *said, end = filter(None, lines)
    assert json.loads(end) == {"killed": -9}, said[-3:]
    return [json.loads(each) for each in said if each is not said[-1] or whole(each)]


def whole(line):
    """Tell whether a line was not torn by the kill."""
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


class Promised:
    """What sessions were told is on disk, and what the next one has to open with."""

    def __init__(self):
        self.saved = {}  # answers of saved records by form and id
        self.draft = None  # id, form, answers, question of the draft acknowledged last
        self.typing = ""  # the field in progress when the session ended
        self.record = ""  # and its record

    def hear(self, said):
        for each in said:
            if "typing" in each:
                self.typing, self.record = each["typing"], each["record"]
            elif "kept" in each:
                self.draft = (each["kept"], each["form"], each["answers"], each["question"])
                self.typing = ""
            elif "saved" in each:
                self.saved[each["form"], each["saved"]] = each["answers"]
                self.draft = None

    def hold(self, workspace):
        """Assert that all of it is on disk; return the draft that is."""
        with workspace.asking() as connection:
            there = {
                (form, record.id): record.answers
                for form in ("household", "rt_survey") for record in views.found(connection, form_named(form))
            }
        for key, answers in self.saved.items():
            assert answers.items() <= there[key].items()
        drafts = keyed_drafts.waiting(workspace)
        assert len(drafts) <= 1
        kept = drafts[0] if drafts else None
        if self.draft is not None:
            ident, form, answers, question = self.draft
            if (form, ident) in there:  # saved, and killed before anybody heard of it
                assert {key: value for key, value in answers.items() if value is not None}.items() <= (
                    there[form, ident].items()
                )
            elif answers:
                assert kept is not None
                assert kept.id == ident
                differing = {key for key in {*answers, *kept.answers} if answers.get(key) != kept.answers.get(key)}
                assert {key.removeprefix("typed.") for key in differing} <= {self.typing}
                assert kept.question == question or self.typing
        return kept


def test_nothing_acknowledged_is_lost_however_often_the_program_is_killed(tmp_path, typist):
    location = tmp_path / "kill.p2kp"
    workspaces.init(location, role="facilitator", name="Siti", regions=[KELURAHAN]).close()
    dice, promised, kept, resumed = random.Random(os.environ.get("P2KP_SEED", "30")), Promised(), None, 0
    for number in range(KILLS):
        said = session(typist, location, number, dice)
        back = said[0]
        if kept is not None:
            assert (back["back"], back["answers"], back["question"]) == (kept.id, kept.answers, kept.question)
            resumed += 1
        else:
            assert back["back"] == ""
        promised.hear(said)
        copies.must_be_sound(location)
        with open_workspace(location) as workspace:
            assert soundness.check(workspace) == []
            kept = promised.hold(workspace)
        promised.draft = (kept.id, kept.form, kept.answers, kept.question) if kept else None
    assert resumed > KILLS // 2
    assert {form for form, _ in promised.saved} == {"household", "rt_survey"}
    print(f"{KILLS} kills, {resumed} drafts taken up again, {len(promised.saved)} records saved")
