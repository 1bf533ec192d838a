"""The main job in the real window, by keys alone: keyed, sent, received at the district, scored alike."""

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.scores import slum_scores
from p2kp_desktop.forms import Household, Rt, RtSurvey
from p2kp_desktop.schema import Choice, Several
from p2kp_desktop.store import open_workspace
from p2kp_desktop.ui.files import drives
from p2kp_desktop.ui.form.place import FormPlace
from p2kp_desktop.ui.transfer.place import TransferPlace
from tests.examples import a_record

from .windows import Running

CTRL = Qt.KeyboardModifier.ControlModifier
RETURN, TAB, ESCAPE, PAGE_DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_PageDown


def key_record(running, record):
    """Key every question that is asked, in order, as somebody with the paper does."""
    place, seen = running.frame.findChild(FormPlace), set()
    while (key := place.hands.session.focus) not in seen:
        seen.add(key)
        question, plain = record.form.question(key), record.answers.get(key)
        if plain is None:
            running.press(RETURN)
        elif isinstance(question, Choice):
            running.press(question.options.letter(plain))
        elif isinstance(question, Several):
            running.press("".join(question.options.letter(code) for code in plain.split(",")), RETURN)
        else:
            text = "/".join(reversed(plain.split("-"))) if question.kind == "date" else question.show(plain)
            running.press(text, TAB)
    running.until_quiet()


def key_and_send(qtbot, path, stick):
    """Open Pendataan's only RT, key a household and its area survey, and send them to the stick."""
    rina = Running(qtbot, path)
    rina.go("collecting")
    rina.press(RETURN)  # the only RT
    rina.until_quiet()
    rina.press("n", modifier=CTRL)
    rina.until_quiet()
    key_record(rina, a_record(Household))
    rina.press(RETURN, modifier=CTRL)
    rina.until_quiet()
    rina.press(ESCAPE)
    rina.until_quiet()
    rina.press("l")
    rina.until_quiet()
    key_record(rina, a_record(RtSurvey))
    rina.press(RETURN, modifier=CTRL)
    rina.until_quiet()
    rina.go("transfer")
    rina.press("1")
    rina.press(RETURN, modifier=CTRL)
    qtbot.waitUntil(lambda: list(stick.glob("*.xlsx")) != [], timeout=60_000)
    rina.until_quiet()
    rina.close()


def received_terms(qtbot, path, stick):
    """Receive what lies on the stick, and return the equation that the screen shows."""
    kota = Running(qtbot, path)
    kota.go("transfer")
    kota.press(PAGE_DOWN, modifier=CTRL)
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(path)) for path in stick.glob("*.xlsx")])
    QApplication.clipboard().setMimeData(copied)
    kota.press("v", modifier=CTRL)
    kota.until_quiet()
    place = kota.frame.findChild(TransferPlace)
    kota.press(RETURN, modifier=CTRL)
    kota.until_quiet()
    equation = place.receiving.arrived.equation._equation
    kota.close()
    return equation.read, equation.new


@pytest.mark.usefixtures("no_mouse")
def test_a_household_and_an_area_survey_go_from_the_keyboard_to_the_district(
    qtbot, make_workspace, tmp_path, monkeypatch
):
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(drives, "removable", lambda: [("BIRU", stick)])
    monkeypatch.setattr(drives, "documents", lambda: None)
    with make_workspace("Rina") as made:
        recording.record(made, Rt, {"rt": "14/5"})
    make_workspace("Kota", "district", ("16.71",)).close()

    key_and_send(qtbot, tmp_path / "Rina.p2kp", stick)
    assert received_terms(qtbot, tmp_path / "Kota.p2kp", stick) == (3, 3)
    scores = []
    for name in ("Rina", "Kota"):
        with open_workspace(tmp_path / f"{name}.p2kp") as workspace:
            scores.append(slum_scores.score_workspace(workspace, area="16.71.01.1001"))
    assert scores[0] == scores[1]
    (row,) = scores[0]["rows"]
    assert (row["rt"], row["source"], row["provisional"]) == ("014/005", "census", True)  # one of sixty buildings
