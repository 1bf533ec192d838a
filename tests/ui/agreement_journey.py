"""An agreement from its draft to what is in force, changed once, with a violation and its sanction."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from p2kp_desktop.forms.agreement import Violation
from p2kp_desktop.ui.agreements.place import AgreementsPlace
from p2kp_desktop.ui.form.place import FormPlace
from p2kp_desktop.ui.place import Destination, Scope
from tests.ui.windows import press

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


Key = Qt.Key


KELURAHAN = "16.71.01.1001"


def go(running, **more):
    running.window.go(Destination("agreements", Scope(KELURAHAN, None, "2026"), **more))
    running.until_quiet()


def place(running) -> AgreementsPlace:
    shown = running.window.place
    assert isinstance(shown, AgreementsPlace)
    return shown


def fill(running, **answers):
    """Key answers into the form that is open, question by question, and save it."""
    form = running.window.place
    assert isinstance(form, FormPlace)
    left = dict(answers)
    for _step in range(60):
        if not left:
            break
        focus = form.hands.session.focus
        if focus in left:
            running.press(left.pop(focus))
        if form.hands.session.focus == focus:  # the letter of an answer goes on by itself
            running.press(Key.Key_Tab)
    assert not left, left
    press(running, Key.Key_Return, modifier=CTRL)


def add(running, key, **answers):
    press(running, key)
    fill(running, **answers)


def whole(running):
    shown = place(running).sheet.whole
    assert shown is not None
    return shown


def back_at_agreement(running):
    """Go back to the agreement, where a form belongs to another place."""
    while not isinstance(running.window.place, AgreementsPlace):
        press(running, Key.Key_Left, modifier=ALT)


def advance(running, *typed):
    press(running, "s")
    for text in typed:
        running.press(Key.Key_A, modifier=CTRL)
        running.press(text, Key.Key_Return)
    running.until_quiet()


def from_draft_to_force(running):
    press(running, "n")
    fill(running, number="AB-03", name="Tepian Musi", rts="012, 013", stage="a", drafted="12072026", version="1",
         men="35", women="29", mbr="41")
    page = place(running)
    press(running, Key.Key_Return) if not page.agreement else None
    assert page.sheet.title.text() == "Tepian Musi"
    add(running, "n", clause_number="4", aspect="d", factual="Parit tersumbat.", ideal="Parit bersih.",
        rule="Tidak membuang sampah.", sanction="Denda Rp25.000.", monitor="RT")
    assert [row.number for row in page.sheet.sheet.rows] == ["4"]
    press(running, "c")
    press(running, Key.Key_Space, Key.Key_Down, Key.Key_Space, Key.Key_Return)
    assert [row.number for row in page.sheet.sheet.rows] == ["5", "6", "4"]
    for kind, date in (("g", "01082026"), ("f", "15082026"), ("g", "04092026")):
        add(running, "r", kind=kind, name=f"Pertemuan {date}", level="b", date=date)
        back_at_agreement(running)
    assert len(whole(running).meetings) == 3
    advance(running, "15/8/2026")
    advance(running, "4 sep 2026")
    add(running, "t", capacity="a", name="Hasan", signed="04092026")
    assert whole(running).stage == "disepakati"
    assert [entry.words for entry in (line.entry for line in page.sheet.side.signatures.lines)] == ["Ketua TIPP"]
    advance(running, "10/9/2026", "SK Lurah 5/2026")
    answers = whole(running).record.answers
    assert (answers["stage"], answers["legalised"], answers["legal_basis"]) == (
        "disahkan", "2026-09-10", "SK Lurah 5/2026")
    advance(running, "1/10/2026", "1/10/2027")
    assert [step.dot.value for step in page.sheet.stages.steps] == ["done"] * 5 + ["next"]
    change_once(running)
    violate(running)


def change_once(running):
    page = place(running)
    press(running, "v")
    press(running, Key.Key_Return)
    assert (whole(running).stage, whole(running).versions) == ("draf", (1,))
    page.sheet.begin(next(row.record for row in page.sheet.sheet.rows if row.number == "4"))
    press(running, Key.Key_Return)
    form = running.window.place
    while form.hands.session.focus != "sanction":
        press(running, Key.Key_Tab)
    running.press(Key.Key_A, modifier=CTRL)
    press(running, "Denda Rp50.000.")
    press(running, Key.Key_Return, modifier=CTRL)
    assert [row.number for row in page.sheet.sheet.rows if row.changed] == ["4"]
    press(running, "b")
    assert page.compare.title.text() == "Versi 2 dibandingkan dengan versi 1"
    assert "Tidak berubah: pasal 5, 6." in page.compare.same.text()
    assert any("Rp25.000" in label.text() and "Rp50.000" in label.text() for label in page.compare.findChildren(QLabel))
    press(running, Key.Key_Escape)


def violate(running):
    page = place(running)
    add(running, "p", date="20102026", kept="b")
    add(running, "l", clause_number="4", date="02112026", what="Sampah di parit.", handled="a")
    found = [line.entry.words for line in page.sheet.side.todos.lines]
    assert "Pelanggaran pasal 4, 2 November 2026: sanksi belum ada" in found
    line = next(each for each in page.sheet.side.monitoring.lines if each.entry.form == Violation.key)
    line.setFocus()
    press(running, Key.Key_Return)
    fill(running, sanctions="d", sanction_date="05112026", handled="c")
    assert not [each for each in page.sheet.side.todos.lines if each.entry.form == Violation.key]
    assert "Denda ke kas KPP" in " ".join(each.entry.words for each in page.sheet.side.monitoring.lines)
