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
    rights.refused.connect(lambda words: told.append(words) if words else told.clear())
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
        assert (done, told) == ([], ["Pelihat tidak mengirim paket. Ganti petugas: F12."] * 2)
        rights.become("Siti", KEYER)
        press()
        assert done == ["K", "K"]
        assert told == []
        done.clear()
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


def test_what_its_page_wanted_last_counts_whoever_worked_then(rights, page, qtbot):
    around = QWidget(page)
    button = QPushButton("Simpan", around)
    qtbot.addWidget(page)
    rights.guard(Deed.CHANGE, button)
    for wanted in ([True, False], [False, True], [True, False, True], [False, True, False]):
        for lies_in_grey in (False, True):
            rights.become("Tono", VIEWER)
            around.setEnabled(not lies_in_grey)
            for wish in wanted:
                button.setEnabled(wish)
                assert not button.isEnabled()
            rights.become("Siti", OFFICE)
            around.setEnabled(True)
            assert button.isEnabled() is wanted[-1]


def test_what_stands_in_something_grey_or_moves_elsewhere_stays_refused(rights, page):
    around, button = QWidget(page), QPushButton("Simpan")
    rights.become("Tono", VIEWER)
    rights.guard(Deed.CHANGE, button)
    button.setParent(around)
    assert not button.isEnabled()
    around.setEnabled(False)
    around.setEnabled(True)
    assert not button.isEnabled()
    rights.become("Siti", OFFICE)
    assert button.isEnabled()


def test_what_takes_two_rights_takes_both(rights, page):
    button = QPushButton("Kirim", page)
    rights.guard(Deed.RULE, button)
    rights.guard(Deed.SEND, button)
    rights.become("Tono", VIEWER)
    rights.become("Budi", KEYER)
    assert not button.isEnabled()
    assert "mengubah periode" in button.toolTip()
    rights.become("Siti", OFFICE)
    assert button.isEnabled()
    assert not button.toolTip()


def test_what_its_page_says_of_a_button_is_said_again_to_who_may(rights, page):
    button = QPushButton("Kirim", page)
    rights.guard(Deed.SEND, button)
    rights.become("Tono", VIEWER)
    button.setToolTip("Colokkan flashdisk dahulu.")
    assert "tidak mengirim paket" in button.toolTip()
    rights.become("Siti", OFFICE)
    assert button.toolTip() == "Colokkan flashdisk dahulu."
