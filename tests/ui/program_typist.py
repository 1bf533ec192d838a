"""The real program under the hands of a script that is killed at any moment; it says what must be on disk by then.

Run as: python program_typist.py. Each line of its input, «WORKSPACE SEED LINES SECONDS», makes one process of its own
that opens the window on the workspace, takes up the draft if there is one, and types households and area surveys. A
process that was imported once is forked, for a start in a third of a second, and killed with SIGKILL so many seconds
after it said so many lines, wherever it is then.

Lines of output are JSON: {"back": …} what the form opened with, {"typing": question}, {"kept": …} the draft is on
disk, {"saved": …} the record is; {"killed": exit} ends the session. The line in progress at the kill may be torn.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.importing import import_plan
from p2kp_desktop.actions.practice import demo_journey, village_sample
from p2kp_desktop.forms import FORMS, Household, RtSurvey
from p2kp_desktop.schema import Choice, Several
from p2kp_desktop.store import views
from p2kp_desktop.ui import window
from p2kp_desktop.ui.collecting import place as collecting
from p2kp_desktop.ui.form.place import FormPlace
from p2kp_desktop.ui.guide import place as guided
from p2kp_desktop.ui.home import place as home
from p2kp_desktop.ui.place import Destination, Scope
from tests.ui.windows import Running

WARM = (collecting, demo_journey, guided, home, import_plan, window, FORMS)  # imported before the fork
KELURAHAN, PERIOD, CENSUS = "16.71.01.1001", "2026", "014/005"
CTRL = Qt.KeyboardModifier.ControlModifier
EACH = 3  # households between two area surveys


class Waiting:
    """What the tests' helper needs of pytest-qt."""

    def waitUntil(self, settled, timeout):  # noqa: N802  the name it has there
        end = time.monotonic() + timeout / 1000
        while not settled():
            QApplication.processEvents()
            if time.monotonic() > end:
                raise TimeoutError


class Session:
    """One start of the program, and what is typed into it until it dies."""

    def __init__(self, location, seed, told):
        self.dice = random.Random(seed)
        self.told = told
        self.application = QApplication([])
        self.running = Running(Waiting(), location, guide="closed")
        self.drafted = bool(home_card(self.running))

    @property
    def place(self):
        return self.running.frame.findChild(FormPlace)

    def tell(self, **said):
        os.write(1, f"{json.dumps(said)}\n".encode())  # at once, whatever Python buffers
        os.write(self.told, b".")

    def settle(self):
        desk = self.running.window.desk
        while desk.tasks:
            QApplication.processEvents()
        QApplication.processEvents()

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        target = QApplication.focusWidget() or self.running.frame
        if isinstance(key, str):
            QTest.keyClicks(target, key, modifier)
        else:
            QTest.keyClick(target, key, modifier)

    def begin(self):
        """Take up the draft as the first page offers it, else begin a household."""
        if self.drafted:
            self.press(Qt.Key.Key_Return)
            self.settle()
        else:
            self.open("household", CENSUS)
        keying = self.place.keying
        self.tell(back=keying.record.id if self.drafted else "", answers=keying.draft(), question=self.focus)

    def open(self, form, rt):
        self.running.window.go(Destination("form", Scope(KELURAHAN, rt, PERIOD), form=form))
        self.settle()

    @property
    def focus(self):
        return self.place.hands.session.focus

    def key_record(self):
        """Type from the question in focus to the last one, and save."""
        record, form, given = self.place.keying.record.id, self.place.keying.form, self.answers()
        while True:
            key = self.focus
            self.tell(typing=key, record=record)
            self.key_answer(form.question(key), given.get(key))
            self.settle()
            keying = self.place.keying  # what it is after this field
            self.tell(kept=record, form=form.key, answers=keying.draft(), question=self.focus)
            if self.focus == key:
                break
        self.tell(typing="", record=record)
        self.press(Qt.Key.Key_Return, CTRL)
        self.settle()
        kept = {key: value for key, value in keying.saved().record.answers.items() if value is not None}
        self.tell(saved=record, form=form.key, answers=kept)

    def answers(self):
        if self.place.keying.form is RtSurvey:
            return village_sample.survey(self.dice.randrange(2), CENSUS, int(PERIOD))
        weights = village_sample.volumes()
        number = self.dice.randrange(1, 200)
        return demo_journey.household(self.dice, weights, weights["weights"][0], CENSUS, number)

    def key_answer(self, question, value):
        if value is None or question is None:
            self.press(Qt.Key.Key_Return)
        elif isinstance(question, Choice):
            self.press(question.options.letter(question.read(value)))
        elif isinstance(question, Several):
            self.press("".join(question.options.letter(code) for code in question.read(value).split(",")))
            self.press(Qt.Key.Key_Return)
        else:
            self.press("/".join(reversed(str(value).split("-"))) if question.kind == "date" else str(value))
            self.press(Qt.Key.Key_Return)

    def type_on(self):
        """Type until the end comes."""
        while True:
            self.key_record()
            with self.running.window.desk.workspace.asking() as connection:
                households, surveys = (sum(1 for _ in views.found(connection, form)) for form in (Household, RtSurvey))
            if households > EACH * surveys:
                self.open("rt_survey", f"{surveys + 20:03d}/005")
            elif self.place.keying is None or self.place.keying.form is not Household:
                self.open("household", CENSUS)


def home_card(running):
    """Return the card that goes on with the draft, if the first page shows one."""
    from p2kp_desktop.ui.kit.card import DraftCard

    card = running.frame.findChild(DraftCard)
    return card if card is not None and card.isVisible() and "Lanjutkan" in card.accessibleName() else None


def main():
    for line in sys.stdin:
        location, seed, lines, seconds = line.rsplit(maxsplit=3)
        heard, told = os.pipe()
        child = os.fork()
        if not child:
            work(location, int(seed), told)
        os.close(told)
        if all(os.read(heard, 1) for _ in range(int(lines))):
            time.sleep(float(seconds))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(heard)
        os.write(1, f"\n{json.dumps({'killed': os.waitstatus_to_exitcode(status)})}\n".encode())


def work(location, seed, told):
    """Type until killed; what goes wrong before is told."""
    try:
        session = Session(location, seed, told)
        session.begin()
        session.type_on()
    except BaseException as error:
        print(json.dumps({"broken": repr(error)}), flush=True)
    os._exit(1)


if __name__ == "__main__":
    main()
