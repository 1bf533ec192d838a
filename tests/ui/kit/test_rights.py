"""What somebody may not do stays grey and says why, whatever its page makes of it; who may gets it as it was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from p2kp_desktop.schema.roles import KEYER, OFFICE, VIEWER, Deed
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.rights import Rights, refused_deed

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def rights():
    return Rights()


@pytest.fixture
def page(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_an_action_that_a_role_may_not_do_is_grey_and_says_so(rights, page):
    sends, shows = offer(page, [
        Command("Kirim", ("K",), print, deed=Deed.SEND), Command("Lihat", ("L",), print),
    ], rights)
    rights.become("Tono", VIEWER)
    assert (sends.text(), sends.isEnabled(), refused_deed(sends)) == ("Kirim (tidak untuk pelihat)", False, Deed.SEND)
    assert "F12" in sends.toolTip()
    assert shows.isEnabled()
    assert shows.text() == "Lihat"
    rights.become("Siti", KEYER)
    assert (sends.text(), sends.isEnabled(), refused_deed(sends)) == ("Kirim", True, None)


def test_the_key_of_what_is_grey_says_why_and_does_what_it_is_for_once_somebody_may(rights, page, qtbot):
    done, told, focused = [], [], QPushButton("Di sini", page)
    rights.refused.connect(lambda trouble: told.append(trouble.what))
    sends, hidden = offer(page, [
        Command("Kirim", ("K", "Ctrl+K"), lambda: done.append("K"), deed=Deed.SEND),
        Command("Hapus", ("H",), lambda: done.append("H"), deed=Deed.DELETE),
    ], rights)
    hidden.setVisible(False)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    focused.setFocus()

    def press():
        for key in "KH":
            qtbot.keyClick(focused, key)
        qtbot.keyClick(focused, "K", Qt.KeyboardModifier.ControlModifier)

    for _ in range(2):
        rights.become("Tono", VIEWER)
        press()
        assert (done, told) == ([], [rights.refusal(Deed.SEND).what] * 2)
        rights.become("Siti", KEYER)
        press()
        assert done == ["K", "K"]
        assert len(told) == 2
        done.clear()
        told.clear()
    assert sends.isEnabled()


def test_what_its_page_wants_comes_back_with_who_may(rights, page):
    action, button = QAction("Bekukan", page), QPushButton("Bekukan", page)
    rights.become("Tono", KEYER)
    rights.guard(Deed.RULE, action, button)
    for control in (action, button):
        assert not control.isEnabled()
        control.setEnabled(True)
        assert not control.isEnabled()
    rights.become("Siti", OFFICE)
    assert action.isEnabled()
    assert button.isEnabled()
    assert not button.toolTip()
    button.setEnabled(False)
    rights.become("Tono", KEYER)
    rights.become("Siti", OFFICE)
    assert not button.isEnabled()


def test_a_button_that_came_later_is_grey_at_once_and_one_that_went_is_forgotten(rights, page):
    rights.become("Tono", VIEWER)
    gone, here = QPushButton("Hapus"), QPushButton("Simpan", page)
    rights.guard(Deed.DELETE, gone)
    gone.deleteLater()
    del gone
    rights.guard(Deed.CHANGE, here)
    assert "lihat" in here.toolTip()
    rights.become("Siti", OFFICE)
    assert here.isEnabled()
