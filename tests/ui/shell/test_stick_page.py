"""Started from a stick the program asks once where data lie, and writes nothing anywhere before."""

import platformdirs
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop import app, environment, portable, settings
from p2kp_desktop.ui.files import drives
from p2kp_desktop.ui.shell.first_start import FirstStart
from p2kp_desktop.ui.shell.stick_page import StickPage
from tests.carried import stick as stick
from tests.ui.windows import Running

ENTER = Qt.Key.Key_Return


@pytest.fixture
def laptop(tmp_path, monkeypatch, stick):
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_args, **_given: str(tmp_path / "laptop"))
    monkeypatch.setattr(platformdirs, "user_documents_dir", lambda: str(tmp_path / "dokumen"))
    monkeypatch.setattr(drives, "removable", lambda: [("FLASH", stick.root)])
    return tmp_path / "laptop"


class FromStick(Running):
    """The program as it starts where nothing was kept yet."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.program = app.Program(QApplication.instance())
        self.program.start("")
        self.frame = self.program.frame
        self.frame.showNormal()
        self.until(lambda: self.frame.isActiveWindow())


def test_enter_keeps_data_on_the_laptop_and_it_is_not_asked_again(qtbot, laptop, stick):
    made = FromStick(qtbot)
    assert isinstance(made.page, StickPage)
    assert not laptop.exists()
    made.press(ENTER)
    assert isinstance(made.page, FirstStart)
    assert not (stick.place / "portable.ini").exists()
    assert environment.home() == laptop
    made.close()
    made = FromStick(qtbot)
    assert isinstance(made.page, FirstStart)
    made.close()


def test_data_go_to_the_stick_when_somebody_says_so_and_nothing_to_the_laptop(qtbot, laptop, stick):
    made = FromStick(qtbot)
    made.press(Qt.Key.Key_Tab, ENTER)
    assert isinstance(made.page, FirstStart)
    assert made.page.folder == stick.place / "Data P2KP" / "Dokumen" / "P2KP"
    made.page.name.setFocus()
    made.press("Rina Marlina", ENTER, "1", ENTER, "lima ulu", ENTER, ENTER)
    made.until_open()
    assert settings.load().workspace.startswith(str(stick.place))
    made.close()
    assert not laptop.exists()
    made = FromStick(qtbot)
    made.until_open()
    made.close()


@pytest.mark.usefixtures("laptop")
def test_a_stick_that_cannot_be_written_leaves_the_other_door(qtbot, monkeypatch):
    def refuses():
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(portable, "begin", refuses)
    made = FromStick(qtbot)
    made.press(Qt.Key.Key_Tab, ENTER)
    assert isinstance(made.page, StickPage)
    assert made.page.laptop.hasFocus()
    made.press(ENTER)
    assert isinstance(made.page, FirstStart)
    made.close()
