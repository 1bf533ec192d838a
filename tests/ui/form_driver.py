"""Opens the form view on a workspace as the main window does, and sends keys to it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.form.place import FormPlace
from p2kp_desktop.ui.kit import focus
from p2kp_desktop.ui.look import theme
from p2kp_desktop.ui.look.tokens import Scheme
from p2kp_desktop.ui.place import Destination, Scope
from tests.ui.hands import wait_until

LARGE, SMALL = (1310, 624), (1045, 474)  # what the window leaves for the place in both work areas

NAMED = {
    "Enter": Qt.Key.Key_Return, "Tab": Qt.Key.Key_Tab, "Esc": Qt.Key.Key_Escape, "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down, "PgDown": Qt.Key.Key_PageDown, "PgUp": Qt.Key.Key_PageUp, "Space": Qt.Key.Key_Space,
    **{f"F{number}": Qt.Key(Qt.Key.Key_F1 + number - 1) for number in range(1, 13)},
}  # fmt: skip
HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier, "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}  # fmt: skip


def dress(scheme: Scheme = Scheme.LIGHT) -> None:
    app = QApplication.instance()
    theme.apply(app, scheme)
    focus.follow(app)


class Driver:
    """A form place in a window of its own."""

    kind = FormPlace

    def __init__(self, workspace, size=LARGE):
        dress()
        self.desk = Desk(workspace)
        self.place = self.kind(self.desk)
        self.went = []
        self.hints = []
        self.failures = []
        self.desk.hinted.connect(self.hints.append)
        for told in (self.desk.failed, self.desk.unanswered):
            told.connect(self.failures.append)
        self.place.wants.connect(self.went.append)
        self.place.returns.connect(self.went.append)
        self.place.resize(*size)
        self.place.show()
        self.place.activateWindow()

    def enter(self, form="", record="", *, scope, question="", draft=False):
        self.place.enter(Destination("form", form=form, record=record, question=question, draft=draft), scope)
        self.settle()

    def settle(self):
        """Wait until nothing is under way."""
        wait_until(lambda: not self.desk.tasks)
        QApplication.processEvents()

    def press(self, *keys):
        """Press keys by name («Ctrl+Enter», «F8») wherever the focus is."""
        for key in keys:
            *held, name = key.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for each in held:
                modifiers |= HELD[each]
            target = QApplication.focusWidget() or self.place
            QTest.keyClick(target, NAMED.get(name) or Qt.Key(ord(name.upper())), modifiers)

    def type(self, text):
        """Type letters and digits wherever the focus is."""
        QTest.keyClicks(QApplication.focusWidget() or self.place, text)

    @property
    def focus(self):
        return self.place.hands.session.focus

    @property
    def keying(self):
        return self.place.keying

    def close(self):
        self.place.may_leave()
        self.settle()
        self.place.close()
        self.place.deleteLater()


def scope(area="16.71.01.1001", rt="014/005", period="2022"):
    return Scope(area, rt, period)
