"""Pengaturan: the office's letterhead is typed, kept when the hand rests, and seen as it will print."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from p2kp_desktop.printing.pages import offices
from p2kp_desktop.ui.shell.office_card import OfficeCard
from tests.ui.windows import AREAS, Running


@pytest.fixture
def running(qtbot, make_workspace):
    made = Running(qtbot, make_workspace().name)
    made.press(",", modifier=Qt.KeyboardModifier.ControlModifier)
    made.until_quiet()
    yield made
    made.close()


@pytest.fixture
def card(running):
    return running.frame.findChild(OfficeCard)


def office_of(card):
    return offices.office(card.desk.workspace)


def test_what_is_typed_is_kept_and_shown_on_the_sample(running, card, qtbot):
    blank = card.sample.pixmap().toImage()
    with qtbot.waitSignal(card.kept):
        QTest.keyClicks(card.lines, "KELURAHAN LIMA ILIR")
    with qtbot.waitSignal(card.kept):
        for field, words in zip(card.signatories[0], ("Lurah", "Drs. Suparman", "1970"), strict=True):
            QTest.keyClicks(field, words)
    running.until_quiet()
    office = office_of(card)
    assert office.lines == ("KELURAHAN LIMA ILIR",)
    assert office.signatories == (offices.Signatory("Lurah", "Drs. Suparman", "1970"),)
    assert card.told.text() == "Tersimpan."
    assert card.sample.pixmap().toImage() != blank


def test_leaving_the_place_keeps_what_was_typed_a_moment_ago(running, card):
    QTest.keyClicks(card.town, "Palembang")
    running.press(Qt.Key.Key_1, modifier=Qt.KeyboardModifier.ControlModifier)
    running.until_quiet()
    assert office_of(card).town == "Palembang"


def test_what_paper_cannot_say_is_told_and_the_former_stays(running, card, qtbot):
    offices.keep(card.desk.workspace, offices.Office(numbering="{no}/A"))
    card.enter()
    running.until_quiet()
    with qtbot.waitSignal(card.refused):
        card.numbering.setFocus()
        card.numbering.selectAll()
        QTest.keyClicks(card.numbering, "KEL")
    assert "harus memuat {no}" in card.told.text()
    assert office_of(card).numbering == "{no}/A"


def test_a_logo_is_taken_or_refused_in_words(running, card, qtbot, tmp_path):
    good, bad = tmp_path / "logo.png", tmp_path / "logo.gif"
    out = io.BytesIO()
    Image.new("RGB", (50, 50), "red").save(out, format="PNG")
    good.write_bytes(out.getvalue())
    bad.write_bytes(b"GIF89a")
    with qtbot.waitSignal(card.kept):
        card.take_logo(good)
    assert office_of(card).logo.startswith(b"\x89PNG")
    with qtbot.waitSignal(card.refused):
        card.take_logo(bad)
    assert "bukan gambar PNG atau JPEG" in card.told.text()
    with qtbot.waitSignal(card.refused):
        card.take_logo(tmp_path / "tidak-ada.png")
    assert office_of(card).logo.startswith(b"\x89PNG")
    running.until_quiet()
    with qtbot.waitSignal(card.kept):
        QTest.mouseClick(card.without, Qt.MouseButton.LeftButton)
    assert office_of(card).logo == b""


@pytest.mark.parametrize("area", AREAS)
def test_nothing_is_cut_on_either_screen(running, card, area):
    running.resize(*area)
    running.until_quiet()
    for field in (card.town, *card.signatories[0], card.choose):
        assert field.width() >= field.minimumSizeHint().width()
        assert card.rect().contains(field.mapTo(card, field.rect().bottomRight()))
