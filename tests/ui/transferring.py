"""Opens Kirim & Terima on a workspace without the window around it, and sends keys and files to it."""

from contextlib import contextmanager

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication

from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit import focus
from p2kp_desktop.ui.look import theme
from p2kp_desktop.ui.look.tokens import Scheme
from p2kp_desktop.ui.place import Destination, Scope
from p2kp_desktop.ui.transfer.place import TransferPlace
from tests.conftest import KELURAHAN
from tests.ui.hands import press, settle

SCOPE = Scope(KELURAHAN, None, "2026")
SIZES = ((1146, 624), (1037, 474))
HERLINA = {"rt": "14/5", "head_name": "Herlina", "kk_count": 1, "members_male": 2, "members_female": 1}


@contextmanager
def opening(qtbot, qapp):
    """Give a function that opens a tab of the place on a workspace."""
    theme.apply(qapp, Scheme.LIGHT)
    focus.follow(qapp)
    desks = []

    def open_it(workspace, tab, size=SIZES[0]):
        desk = Desk(workspace)
        desks.append(desk)
        place = TransferPlace(desk)
        qtbot.addWidget(place)
        place.resize(*size)
        with qtbot.waitActive(place):
            place.show()
            place.activateWindow()
        place.enter(Destination("transfer", tab=tab), SCOPE)
        settle(qtbot, place.desk)
        return place

    yield open_it
    for desk in desks:
        desk.finish()


def paste_files(qtbot, place, *paths):
    """Paste files as they are copied in a file manager."""
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    QApplication.clipboard().setMimeData(copied)
    press(qtbot, place, "v", modifier=Qt.KeyboardModifier.ControlModifier)
