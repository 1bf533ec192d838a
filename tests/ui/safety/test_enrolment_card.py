"""Pengaturan › Pendaftaran: asked, approved by six words, taken, revoked, with the mouse and the keys."""

import io

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.bundles.acknowledgements import Inbox
from p2kp_desktop.actions.trust import enrolling, enrolment, members
from p2kp_desktop.ui.home import todo
from p2kp_desktop.ui.kit.messages import ErrorCard
from p2kp_desktop.ui.safety.enrolment_card import EnrolmentCard
from tests.certified_elsewhere import OfficesApart
from tests.enrolled import enrol_all, root_words, words_of
from tests.ui.windows import AREAS, Running


class Card:
    """The card of a workspace in the window."""

    def __init__(self, qtbot, workspace):
        self.running = Running(qtbot, workspace.name)
        self.running.press(",", modifier=Qt.KeyboardModifier.ControlModifier)
        self.running.until_quiet()
        self.card = self.running.frame.findChild(EnrolmentCard)

    def click(self, button):
        assert button.isEnabled()
        assert not button.isHidden()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.running.until_quiet()

    def button(self, words):
        return next(each for each in self.card.findChildren(QPushButton) if words in each.text())

    def faults(self):
        return self.card.findChildren(ErrorCard)


@pytest.fixture
def opened(qtbot):
    made = []

    def start(workspace):
        made.append(Card(qtbot, workspace))
        return made[-1]

    yield start
    for each in made:
        each.running.close()


@pytest.fixture
def offices(make_workspace):
    return (make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",)),
            make_workspace("Tim"))


def read(pixmap):
    """Return what a telephone reads in a picture."""
    kept = QBuffer()
    kept.open(QBuffer.OpenModeFlag.WriteOnly)
    pixmap.save(kept, "PNG")
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(bytes(kept.data().data()))))
    return found.text


def own(workspace):
    return members.own(workspace)


def test_a_team_asks_shows_its_line_and_takes_the_answer_that_it_pasted(opened, offices):
    province, city, team = offices
    enrol_all(province, city)
    shown = opened(team)
    card = shown.card
    assert "belum dikenal" in card.told.text()
    assert not card.begin.isVisible()
    shown.click(card.ask)
    assert enrolling.is_request(card.line.text())
    assert read(card.picture.pixmap()) == card.line.text()
    shown.click(card.copy)
    assert QGuiApplication.clipboard().text() == card.line.text()
    enrolling.receive_request(city, card.line.text())
    answer = enrolling.approve(city, words_of(team))
    QTest.keyClicks(card.pasted, answer)
    QTest.keyClicks(card.heard, "bukan kata kata yang sama")
    shown.click(card.take)
    assert len(shown.faults()) == 1
    assert own(team).state == members.WAITING
    card.heard.clear()
    QTest.keyClicks(card.heard, root_words(city))
    QTest.keyClick(card.heard, Qt.Key.Key_Return)
    shown.running.until_quiet()
    assert own(team).state == members.ENROLLED
    assert "Terdaftar oleh Kota" in card.told.text()
    assert shown.faults() == []
    assert not card.ask.isVisible()


def test_an_office_approves_who_asked_in_a_bundle_with_one_press_and_revokes_with_a_reason(opened, offices, tmp_path):
    province, city, team = offices
    enrol_all(province, city)
    enrolling.request(team)
    receiving.receive(city, sending.send(team, tmp_path).path)
    shown = opened(city)
    card = shown.card
    shown.click(shown.button("Enam katanya sama"))
    assert [each.state for each in members.members(city) if each.name == "Tim"] == [members.ENROLLED]
    assert card.line.text().startswith(enrolling.ANSWERING)
    assert read(card.picture.pixmap()) == card.line.text()
    assert "Tim" in card.who.currentText()
    assert not card.revoke.isEnabled()
    QTest.keyClicks(card.reason, "laptop dicuri")
    shown.click(card.revoke)
    assert [each.reason for each in members.members(city) if each.name == "Tim"] == ["laptop dicuri"]
    assert not card.revoke.isVisible()


def test_a_province_becomes_the_root_and_the_answer_of_a_bundle_is_taken_by_one_press(opened, offices, tmp_path):
    province, city, _team = offices
    shown = opened(province)
    shown.click(shown.card.begin)
    assert own(province).state == members.ROOT
    assert root_words(province) in shown.card.done.text()
    enrolling.receive_request(province, enrolling.request(city))
    enrolling.approve(province, words_of(city))
    receiving.receive(city, sending.send(province, tmp_path, to="district").path)
    below = opened(city)
    assert root_words(province) in below.card.told.text()
    below.click(below.card.same)
    assert own(city).state == members.ENROLLED


def test_a_request_is_refused_with_one_press(opened, offices):
    province, city, team = offices
    enrol_all(province, city)
    enrolling.receive_request(city, enrolling.request(team))
    shown = opened(city)
    shown.click(shown.button("Tolak"))
    assert members.WAITING not in {each.state for each in members.members(city)}


def test_whose_node_is_known_by_another_key_is_named_and_confirmed_with_one_press(opened, make_workspace, tmp_path):
    offices = OfficesApart(make_workspace, tmp_path)
    offices.carry(offices.team, offices.province)
    offices.certify()
    offices.carry(offices.city, offices.province)
    shown = opened(offices.province)
    assert "Laptop Lain" in {shown.card.who.itemText(at).split(" · ")[0] for at in range(shown.card.who.count())}
    assert [each for each in shown.card.findChildren(QLabel) if "sebagai Tim Jauh" in each.text()]
    shown.click(shown.button("Laptop yang sama"))
    assert "Terima lagi" in shown.card.done.text()
    assert enrolment.CONTESTED not in {each.state for each in members.members(offices.province)}


@pytest.mark.parametrize("area", AREAS)
def test_the_card_fits_the_window(opened, offices, area):
    province, city, team = offices
    enrol_all(province, city)
    enrolling.receive_request(city, enrolling.request(team))
    shown = opened(city)
    shown.running.resize(*area)
    shown.running.until_quiet()
    assert shown.card.width() <= shown.running.frame.width()


def test_beranda_of_an_office_says_how_many_ask():
    assert todo.inbox_words(Inbox(asking=3)).where.startswith("3 tim minta didaftarkan")
    assert "didaftarkan" not in todo.inbox_words(Inbox()).where
