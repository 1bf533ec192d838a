"""Menunggu keputusan under the fingers: what waits is compared, taken in with a reason, or left."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.bundles import quarantine, receiving, sending
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.actions.trust.protection import DELETES, VERIFIED_HERE, why_words
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import held, open_workspace, views
from tests.examples import a_record
from tests.ui.hands import press, settle
from tests.ui.transferring import SIZES, opening

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
RETURN = Qt.Key.Key_Return
COMPLETE = {key: value for key, value in a_record(Household, nik=None).answers.items() if value is not None}


@pytest.fixture
def city(make_workspace, tmp_path):
    """Give a district's workspace where what a stranger changed in two verified houses waits."""
    made = make_workspace("Kota", "district", ("16.71",))
    for name in ("Herlina", "Rustam"):
        recording.record(made, Household, {**COMPLETE, "id": name, "head_name": name})
    verification.verify(made, ids=["Herlina", "Rustam"])
    stranger = make_workspace("Orang Lain", "province", ("16",))
    receiving.receive(stranger, sending.send(made, tmp_path, to="facilitator").path)
    for name in ("Herlina", "Rustam"):
        recording.record(stranger, Household, {"id": name, "head_name": f"{name} Palsu"}, reason="x")
    assert receiving.receive(made, sending.send(stranger, tmp_path, to="district").path).quarantined == 2
    return made


@pytest.fixture
def open_place(qtbot, qapp):
    with opening(qtbot, qapp) as open_it:
        yield open_it


def names(workspace):
    with workspace.asking() as connection:
        return {record.answers["head_name"] for record in views.found(connection, Household)}


@pytest.mark.parametrize("size", SIZES)
def test_a_record_that_waits_is_taken_in_with_a_reason_and_another_is_left(qtbot, open_place, city, size):
    place = open_place(city, "waiting", size)
    qtbot.waitUntil(lambda: len(place.waiting.list.shows.lines) == 2)
    assert place.tabs.tabText(4) == "Menunggu keputusan (2)"
    assert {(each.change.before, each.change.after) for each in place.waiting.list.shows.lines} == {
        ("Herlina", "Herlina Palsu"), ("Rustam", "Rustam Palsu")}
    assert ". Tanda pengirim: " in place.waiting._why.text()
    of = place.waiting.current.subject.id
    assert place.waiting._change.text() == f"Nama Kepala Rumah Tangga: {of} → {of} Palsu"
    taken = place.waiting.current.subject.id
    press(qtbot, place, RETURN, modifier=CTRL)
    assert QApplication.focusWidget() is place.waiting.reason
    qtbot.keyClicks(place.waiting.reason, "ditelepon")
    with qtbot.waitSignal(place.desk.changed):
        press(qtbot, place, RETURN, modifier=CTRL)
    settle(qtbot, place.desk)
    other = next(name for name in ("Herlina", "Rustam") if name != taken)
    assert names(city) == {f"{taken} Palsu", other}
    qtbot.waitUntil(lambda: len(place.waiting.list.shows.lines) == 1)
    place.waiting.reason.setFocus()
    qtbot.keyClicks(place.waiting.reason, "tidak benar")
    with qtbot.waitSignal(place.desk.changed):
        press(qtbot, place, Qt.Key.Key_Backspace, modifier=CTRL | SHIFT)
    settle(qtbot, place.desk)
    assert names(city) == {f"{taken} Palsu", other}
    assert quarantine.waiting(city) == []
    qtbot.waitUntil(lambda: place.tabs.tabText(4) == "Menunggu keputusan")


def offered(place):
    return {each.text() for each in place.waiting.actions() if each.isVisible()}


def test_all_of_a_sender_come_in_at_once(qtbot, open_place, city):
    place = open_place(city, "waiting")
    qtbot.waitUntil(lambda: len(place.waiting.list.shows.lines) == 2)
    assert "Terima semua dari pengirim ini" in offered(place)
    place.waiting.reason.setFocus()
    qtbot.keyClicks(place.waiting.reason, "kantor provinsi")
    with qtbot.waitSignal(place.desk.changed):
        press(qtbot, place, RETURN, modifier=CTRL | SHIFT)
    settle(qtbot, place.desk)
    assert names(city) == {"Herlina Palsu", "Rustam Palsu"}
    qtbot.waitUntil(lambda: not offered(place))  # where nothing waits, no key is shown for it


def test_a_later_bundle_tells_its_own_reason_of_a_record_that_waits_already(qtbot, open_place, city, tmp_path):
    place = open_place(city, "waiting")
    qtbot.waitUntil(lambda: len(place.waiting.list.shows.lines) == 2)
    assert place.waiting.current.subject.id == "Herlina"
    with open_workspace(tmp_path / "Orang Lain.p2kp") as stranger:
        recording.record(stranger, Household, {"id": "Herlina", "head_name": "Herlina Lain"}, reason="x")
        later = receiving.receive(city, sending.send(stranger, tmp_path, to="district").path)
    with city.changing() as connection:
        (last,) = (each for each in held.waiting(connection)
                   if (each.transfer, each.version.id) == (later.transfer, "Herlina"))
        held.hold(connection, [replace(last, why=DELETES)])
    place.waiting.refresh()
    settle(qtbot, place.desk)
    assert [(each.subject.id, each.change.after) for each in place.waiting.list.shows.lines] == [
        ("Herlina", "Herlina Lain"), ("Rustam", "Rustam Palsu")]
    assert place.waiting.current.subject.id == "Herlina"
    assert f"karena {why_words(DELETES)}; {why_words(VERIFIED_HERE)}." in place.waiting._why.text()
    assert place.tabs.tabText(4) == "Menunggu keputusan (2)"
    assert quarantine.apply(city, ["Herlina"], reason="ditelepon") == 1
    assert [each.subject.id for each in quarantine.waiting(city)] == ["Rustam"]
