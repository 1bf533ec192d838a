"""The place Foto as a person uses it: dropped photos, keys, one act and its undo."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.photos.photo_matches import Certainty
from p2kp_desktop.actions.recording import attachments, named_acts, recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.printed_code import PrintedCode, short_code
from p2kp_desktop.store import views
from p2kp_desktop.store.views import Where
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit import focus
from p2kp_desktop.ui.look import theme
from p2kp_desktop.ui.look.tokens import Scheme
from p2kp_desktop.ui.photos.place import PhotosPlace
from p2kp_desktop.ui.photos.session import Phase
from p2kp_desktop.ui.place import Destination, Scope
from tests import sheets
from tests.conftest import KELURAHAN
from tests.ui.hands import press, settle

PLACE = {"region": KELURAHAN, "rt": "014/005", "period": "2026"}
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def houses(workspace):
    return [recording.record(workspace, Household, {**PLACE, "head_name": name, "form_number": number}).id
            for number, name in enumerate(("Ani Suryani", "Budi Santoso"), 1)]


@pytest.fixture
def card(tmp_path):
    """Give a folder: the sheet of the first house and its photo, a sheet that cannot be read and a photo after it."""
    folder = tmp_path / "DCIM"
    code = PrintedCode.of_blank("household", *PLACE.values(), 1)
    pictures = (sheets.photographed(sheets.a_sheet(code.text, mm=14), 1), sheets.a_house(1),
                sheets.photographed(sheets.a_sheet(code.text, mm=4), 2), sheets.a_house(2))
    for number, picture in enumerate(pictures, 1):
        sheets.save(picture, folder / f"IMG_{number}.jpg", taken=f"2026:09:01 08:0{number}:00")
    return folder


@pytest.fixture
def place(qtbot, qapp, workspace):
    theme.apply(qapp, Scheme.LIGHT)
    focus.follow(qapp)
    desk = Desk(workspace)
    made = PhotosPlace(desk)
    qtbot.addWidget(made)
    made.resize(1146, 624)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.enter(Destination("photos"), Scope(KELURAHAN, None, "2026"))
    yield made
    desk.finish()


def drop(qtbot, place, *paths):
    given = QMimeData()
    given.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, given, Qt.MouseButton.LeftButton,
                               Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: place.session.phase is Phase.SHOWN, timeout=60_000)
    settle(qtbot, place.desk)


def shown(place):
    return [(each.read.file.name, each.certainty.value) for each in place.list.model.lines]


def act(qtbot, place, *keys):
    for key in keys:
        press(qtbot, place, key)
        settle(qtbot, place.desk)


@pytest.mark.usefixtures("houses")
def test_dropped_photos_show_their_records_the_open_ones_first(qtbot, place, card):
    drop(qtbot, place, card)
    assert shown(place) == [
        ("IMG_3.jpg", "open"), ("IMG_4.jpg", "open"), ("IMG_2.jpg", "before"), ("IMG_1.jpg", "code")]
    assert place.intro.text().startswith("<b>2 foto</b> menunggu") or "2 foto" in place.intro.text()
    qtbot.waitUntil(lambda: not place.beside.picture.pixmap().isNull())
    assert place.beside.record.text() == "Catatannya belum jelas"


def test_a_person_points_at_the_record_by_its_code_and_what_follows_comes_along(qtbot, place, card, houses):
    drop(qtbot, place, card)
    act(qtbot, place, Qt.Key.Key_Return)
    assert place.beside.field.hasFocus()
    for letter in short_code(houses[1]):
        press(qtbot, place, letter)
    settle(qtbot, place.desk)
    qtbot.waitUntil(place.beside.list.isVisible)
    act(qtbot, place, Qt.Key.Key_Return)
    assert dict(shown(place)) == {"IMG_1.jpg": "code", "IMG_2.jpg": "before", "IMG_3.jpg": "pointed",
                                  "IMG_4.jpg": "before"}
    assert place.list.table.hasFocus()


def test_space_leaves_one_out_and_ctrl_enter_files_the_rest_in_one_act(qtbot, place, card, houses, workspace):
    drop(qtbot, place, card)
    act(qtbot, place, *[Qt.Key.Key_Down] * 3, Qt.Key.Key_Space)
    assert Certainty.LEFT in [each.certainty for each in place.session.found]
    assert place.places.isVisible()
    place.places.click()
    press(qtbot, place, Qt.Key.Key_Return, modifier=CTRL)
    qtbot.waitUntil(lambda: place.session.phase is Phase.DONE, timeout=30_000)
    assert "1 foto" in place.told.text()
    assert [each.file for each in attachments.attached(workspace, *houses)] == ["IMG_2.jpg"]
    with workspace.asking() as connection:
        house = next(views.found(connection, Household, Where(id=houses[0])))
    assert house[Household.latitude] is not None
    act_done = named_acts.last(workspace)
    assert act_done is not None
    named_acts.take_back(workspace, act_done.id)
    assert attachments.attached(workspace, *houses) == []


@pytest.mark.usefixtures("houses")
def test_reading_is_stopped_and_nothing_is_at_hand(qtbot, place, card):
    place.look_at([card])
    assert place.session.busy
    assert place.foot.progress.isVisible()
    place.give_up()
    qtbot.waitUntil(lambda: place.session.phase is Phase.EMPTY, timeout=30_000)
    assert QApplication.focusWidget() is not None


@pytest.mark.usefixtures("houses")
def test_esc_lets_go_of_the_photos(qtbot, place, card):
    drop(qtbot, place, card)
    act(qtbot, place, Qt.Key.Key_Escape)
    assert place.session.phase is Phase.EMPTY
    assert place.session.found == []
