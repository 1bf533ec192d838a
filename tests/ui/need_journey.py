"""A need from a score: funded, built, and scored again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.collaboration import needs, works
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.ui.collaboration.place import CollaborationPlace
from p2kp_desktop.ui.place import Destination, Scope
from tests.conftest import KELURAHAN
from tests.examples import RT
from tests.records import RECAP
from tests.ui.windows import press

Key = Qt.Key


CTRL = Qt.KeyboardModifier.ControlModifier


def workspace(running):
    return running.window.desk.workspace


def recap(running, period, **more):
    recording.record(workspace(running), RtRecap, {"region": KELURAHAN, "rt": RT, "period": period, **RECAP, **more})


def go(running, tab=""):
    running.window.go(Destination("collaboration", Scope(KELURAHAN, None, running.window.scope.period), tab=tab))
    running.until_quiet()


def place(running) -> CollaborationPlace:
    shown = running.window.place
    assert isinstance(shown, CollaborationPlace)
    return shown


def fill(running, **answers):
    """Go to questions of the form by name, key an answer to each, save, and go back to the list."""
    form = running.window.place
    for key, answer in answers.items():
        form.hands.go(key)
        QApplication.processEvents()
        running.press(answer, Key.Key_Return)
    running.until_quiet()
    press(running, Key.Key_S, modifier=CTRL)
    press(running, Key.Key_Escape)


def from_score_to_score(running):
    press(running, "a")
    page = place(running).needs
    assert [line.criterion for line in page.list.model.lines] == ["c2b", "c4b"]
    assert "2 kebutuhan baru" in page.told.text()
    press(running, Key.Key_Return)
    fill(running, cost="100000000")
    assert page.list.current().cost == 100_000_000
    press(running, "k")
    fill(running, who="Dinas PUPR", year="2026", source="d", amount="100000000", reached="b")
    assert [line.standing for line in needs.lines(workspace(running), KELURAHAN)] == [needs.UNFUNDED, needs.FUNDED]
    go(running, "needs")
    row = [line.criterion for line in page.list.model.lines].index("c2b")
    page.list.table.show_row(row)
    press(running, "g")
    press(running, Key.Key_S, modifier=CTRL)
    press(running, Key.Key_Escape)
    shown = place(running).works
    assert shown.isVisible()
    press(running, "p")
    fill(running, date="1/11/2026", physical="100", financial="90", instalment="a", paid="60000000", note="rapi")
    (work,) = works.works(workspace(running), KELURAHAN)
    assert (work.physical, work.paid, work.source) == (100, 60_000_000, "apbd_kota")
    assert "menunggu survei atau rekap" in shown.effect.text()
    assert "Termin 60 % · Rp60.000.000 · rapi" in shown.about.text()
    recap(running, str(int(running.window.scope.period[:4]) + 1), damaged_road_m=0)
    go(running, "works")
    assert "turun 5" in shown.effect.text()
    assert next(line for line in needs.lines(workspace(running), KELURAHAN) if line.criterion == "c2b").is_met
