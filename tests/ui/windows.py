"""A running program for tests: the real frame, the real core, keys only."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from p2kp_desktop import app, settings
from p2kp_desktop.schema import Choice, Several
from p2kp_desktop.settings import Settings
from p2kp_desktop.ui.safety.protect_page import ProtectPage
from p2kp_desktop.ui.shell.places import BY_KEY
from tests.ui.hands import wait_until

AREAS = ((1366, 698), (1093, 544))
LOOKS = 7  # how often all that waits is carried out: what is laid out may ask for more


class Running:
    """The program under a test's hands."""

    def __init__(self, qtbot, location="", opening=(), **chosen):
        """Start on a workspace, with files that were named behind the program's name."""
        settings.save(Settings(**chosen))
        self.qtbot = qtbot
        self.program = app.Program(QApplication.instance())
        self.program.brought.add([str(file) for file in opening])
        self.program.start(str(location))
        self.frame = self.program.frame
        self.frame.showNormal()
        self.resize(*AREAS[0])
        if location:
            self.until_open()

    @property
    def window(self):
        return self.program.window

    @property
    def page(self):
        return self.frame.centralWidget()

    def until_open(self):
        """Wait for the workspace; whoever is asked for a password on the way goes on without one."""
        self.until(lambda: self._goes_on_without_a_password() or (
            self.window is not None and self.window.about is not None))
        self.until_quiet()

    def _goes_on_without_a_password(self):
        if isinstance(self.page, ProtectPage) and self.page.skip.isEnabled():
            self.page.skip.click()

    def until_quiet(self):
        """Wait until no task is under way, nor begins while all that waits in line is carried out and laid out."""
        looks = 0
        while looks < LOOKS:
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            looks += 1
            if self._is_at_work():
                self.until(lambda: not self._is_at_work())
                looks = 0

    def _is_at_work(self):
        return self.window is not None and (self.window.desk.tasks or self.window.about is None)

    def until(self, settled):
        """Wait for a condition."""
        wait_until(settled)

    def resize(self, width, height):
        self.frame.resize(width, height)
        QApplication.processEvents()

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        """Press keys one after another, a text letter by letter, each where the focus is then."""
        pressed = [each for key in keys for each in (key if isinstance(key, str) else (key,))]
        for key in pressed:
            target = QApplication.focusWidget() or self.frame
            if isinstance(key, str):
                QTest.keyClicks(target, key, modifier)
            else:
                QTest.keyClick(target, key, modifier)
            QApplication.processEvents()

    def go(self, place):
        """Go to a place of the rail by its key."""
        self.press(BY_KEY[place].keys.removeprefix("Ctrl+"), modifier=Qt.KeyboardModifier.ControlModifier)
        self.until_quiet()

    def close(self):
        self.until_quiet()
        self.frame.close()
        self.program.deleteLater()
        self.frame.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def press(running, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    """Press keys one after another, and wait each time for what it sets going."""
    for key in keys:
        running.press(key, modifier=modifier)
        running.until_quiet()


def key_in(running, given, *, leave=True):
    """Type a record question by question as it is asked, save it and go back to its list."""
    place = running.window.place
    while True:
        asked = place.hands.session.focus
        question, value = place.keying.form.question(asked), given.get(asked)
        if value is None or question is None:
            press(running, Qt.Key.Key_Return)
        elif isinstance(question, Choice):
            press(running, question.options.letter(value))
        elif isinstance(question, Several):
            press(running, "".join(question.options.letter(code) for code in value.split(",")), Qt.Key.Key_Return)
        else:
            press(running, str(value), Qt.Key.Key_Return)
        if place.hands.session.focus == asked:
            break
    missing = {key for key in given if place.keying.record.answers.get(key) is None}
    assert not missing, missing
    press(running, Qt.Key.Key_S, modifier=Qt.KeyboardModifier.ControlModifier)
    if leave:
        press(running, Qt.Key.Key_Escape)
