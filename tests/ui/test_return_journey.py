"""The way back in the real window, by keys alone: a clerk receives, settles and returns; the facilitator finds it."""

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.actions.review import handing_in, rollup
from p2kp_desktop.forms import Household
from p2kp_desktop.ui.files import drives
from p2kp_desktop.ui.form.place import FormPlace
from p2kp_desktop.ui.transfer.place import TransferPlace
from tests.conftest import KELURAHAN
from tests.examples import a_record, unlike

from .windows import Running

CTRL = Qt.KeyboardModifier.ControlModifier
RETURN, DOWN, SPACE, PAGE_DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_PageDown
TAB, ESCAPE, PAGE_UP = Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_PageUp
PERIOD = "2026"


def put(workspace, name, **answers):
    whole = a_record(Household).answers
    given = {question.key: whole.get(question.key) for question in Household.stored()}
    return recording.record(
        workspace, Household, {**given, **unlike(name), "rt": "14/5", "period": PERIOD, **answers}
    ).id


@pytest.fixture
def three_bundles(make_workspace, tmp_path):
    """Give three teams' bundles, two of which answer one question of one household differently."""
    made = [make_workspace(name) for name in ("Rina", "Budi", "Citra")]
    rina, budi, citra = made
    first, _ = put(rina, "Herlina", building="1"), put(rina, "Ismail", building="2")
    handing_in.submit(rina, area=KELURAHAN, period=PERIOD)
    receiving.receive(budi, sending.send(rina, tmp_path).path)
    recording.record(budi, Household, {"id": first, "water_source": "c", "pit_distance": "a"})
    recording.record(rina, Household, {"id": first, "water_source": "b"})
    put(citra, "Junaidi", rt="15/5")
    handing_in.submit(citra, area=KELURAHAN, period=PERIOD)
    bundles = []
    for workspace in made:
        folder = tmp_path / f"stick-{len(bundles)}"
        folder.mkdir()
        bundles.append(sending.send(workspace, folder).path)
        workspace.close()
    make_workspace("Kota", "district", ("16.71",)).close()
    return bundles


def paste(running, *paths):
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    QApplication.clipboard().setMimeData(copied)
    running.press("v", modifier=CTRL)
    running.until_quiet()


def step(running, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    running.press(*keys, modifier=modifier)
    running.until_quiet()


def receive(running, *paths):
    """Go to Terima, paste files, see the rehearsal, apply it."""
    running.go("transfer")
    step(running, PAGE_DOWN, modifier=CTRL)
    paste(running, *paths)
    step(running, RETURN, modifier=CTRL)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.usefixtures("no_mouse")
def test_what_a_clerk_settles_and_returns_is_found_by_the_facilitator(qtbot, three_bundles, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(drives, "removable", lambda: [("BIRU", stick)])
    monkeypatch.setattr(drives, "documents", lambda: None)

    kota = Running(qtbot, tmp_path / "Kota.p2kp")
    receive(kota, *three_bundles)
    transfer = kota.frame.findChild(TransferPlace)
    assert transfer.receiving.arrived.equation._equation.conflict == 1
    assert conflicts.count(kota.window.desk.workspace) == 1

    step(kota, PAGE_DOWN, modifier=CTRL)
    step(kota, "2")
    kota.press("meteran difoto 12 Oktober")
    step(kota, RETURN, modifier=CTRL)
    assert conflicts.count(kota.window.desk.workspace) == 0

    return_two(kota)
    assert len(rollup.standing_so(kota.window.desk.workspace, KELURAHAN, PERIOD, "dikembalikan")) == 2
    kota.go("transfer")
    step(kota, PAGE_UP, modifier=CTRL)
    step(kota, PAGE_UP, modifier=CTRL)
    send_back(qtbot, kota, stick)
    kota.close()

    rina = Running(qtbot, tmp_path / "Rina.p2kp")
    receive(rina, *stick.glob("*.xlsx"))
    rina.go("home")
    found = rollup.waiting(rina.window.desk.workspace, KELURAHAN, PERIOD, "facilitator")
    assert len(found) == 2
    seen = open_returned(rina)
    assert seen == {line.id for line in found}
    rina.close()


def return_two(kota):
    """Open what waits in Pendataan, and return the first two with a comment; the form goes on by itself."""
    kota.go("collecting")
    step(kota, RETURN)
    for _ in range(2):
        step(kota, "c", modifier=CTRL | Qt.KeyboardModifier.ShiftModifier)
        kota.press("ukur lagi lantainya")
        step(kota, RETURN, modifier=CTRL)


def tab_until(running, is_it):
    """Press Tab until the widget in focus is the one wanted."""
    for _ in range(60):
        if is_it(QApplication.focusWidget()):
            return
        step(running, TAB)
    raise AssertionError("Tab does not reach it")


def send_back(qtbot, kota, stick):
    """Choose the facilitator as the receiver, and send to the stick."""
    page = kota.frame.findChild(TransferPlace).sending
    tab_until(kota, lambda widget: widget in page.choices.offices._rows)
    step(kota, "2")
    assert page.choices.order.to == "facilitator"
    step(kota, RETURN, modifier=CTRL)
    qtbot.waitUntil(lambda: list(stick.glob("*.xlsx")) != [], timeout=60_000)
    kota.until_quiet()


def open_returned(rina):
    """Follow Beranda's card to the returned households and open each; return their ids."""
    tab_until(rina, lambda widget: "Dikembalikan" in (widget.accessibleName() if widget else ""))
    step(rina, RETURN)
    seen = set()
    for _ in range(2):
        step(rina, RETURN)
        form = rina.frame.findChild(FormPlace)
        assert "ukur lagi" in form.sheet.banner.accessibleName()
        seen.add(form.keying.record.id)
        step(rina, ESCAPE)
        step(rina, DOWN)
    return seen
