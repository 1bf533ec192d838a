"""The send page by keys alone: receivers, areas, names, password, receipts, progress, what stands in the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from p2kp_desktop.actions.bundles import outbox, pace, receiving, sending
from p2kp_desktop.actions.bundles.outbox import Contents
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.exchange import locking, sealed_files
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import views
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files import drives
from p2kp_desktop.ui.kit import focus
from p2kp_desktop.ui.kit.messages import ErrorCard
from p2kp_desktop.ui.look import theme
from p2kp_desktop.ui.look.tokens import Scheme
from p2kp_desktop.ui.place import Scope
from p2kp_desktop.ui.transfer.contents import summary
from p2kp_desktop.ui.transfer.sending import SendPage
from tests.enrolled import enrol_all
from tests.ui.hands import press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

KELURAHAN, OTHER = "16.71.01.1001", "16.71.01.1002"
HERLINA = {"rt": "14/5", "head_name": "Herlina", "kk_count": 1}
TAB, SPACE, RETURN, ESCAPE = Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def open_page(qtbot, qapp, monkeypatch, stick):
    """Give a function that opens the page on a workspace; the only drive is the stick of the test."""
    theme.apply(qapp, Scheme.LIGHT)
    focus.follow(qapp)
    monkeypatch.setattr(drives, "removable", lambda: [("BIRU", stick)])
    monkeypatch.setattr(drives, "documents", lambda: None)
    desks, pages = [], []

    def open_it(workspace, size=(1146, 580), area=""):
        desk = Desk(workspace)
        desks.append(desk)
        page = SendPage(desk)
        pages.append(page)  # several are open at once
        page.desk = desk
        qtbot.addWidget(page)
        page.resize(*size)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.enter(Scope(area, None, "2026"))
        page.refresh()
        settle(qtbot, page.desk)
        page.begin()
        return page

    yield open_it
    for desk in desks:
        desk.finish()


def tab_to(qtbot, widget):
    """Reach a widget with Tab alone."""
    for _ in range(25):
        if QApplication.focusWidget() is widget:
            return
        qtbot.keyClick(QApplication.focusWidget(), TAB)
    raise AssertionError("Tab does not reach it")


def test_four_words_are_offered_in_sight_and_a_weak_password_is_refused_with_advice(qtbot, open_page, workspace):
    page = open_page(workspace)
    part = page.choices.password
    part.wanted.setChecked(True)
    for field in (part.first, part.again):
        field.setText("siti")
    assert "mudah ditebak" in part.problem()
    part.offer.setFocus()
    qtbot.keyClick(part.offer, Qt.Key.Key_Return)
    assert part.problem() == ""
    assert len(part.password.split()) == 5
    assert part.first.echoMode() == QLineEdit.EchoMode.Normal


def test_the_password_is_typed_twice_and_opens_the_file(qtbot, open_page, workspace, make_workspace, stick):
    recording.record(workspace, Household, HERLINA)
    page = open_page(workspace)
    part = page.choices.password
    tab_to(qtbot, part.wanted)
    press(qtbot, page, SPACE)
    assert QApplication.focusWidget() is part.first
    assert not page.button.isEnabled()
    qtbot.keyClicks(QApplication.focusWidget(), "durian 7")
    tab_to(qtbot, part.again)
    qtbot.keyClicks(QApplication.focusWidget(), "durian 8")
    press(qtbot, page, RETURN, modifier=CTRL)
    assert list(stick.iterdir()) == []
    assert "belum sama" in page.bar.note.text()
    assert part.again.property("status") == "err"
    qtbot.keyClick(part.again, Qt.Key.Key_Backspace)
    qtbot.keyClicks(part.again, "7")
    assert part.first.echoMode() == QLineEdit.EchoMode.Password
    tab_to(qtbot, part.shown)
    press(qtbot, page, SPACE)
    assert part.first.echoMode() == QLineEdit.EchoMode.Normal
    press(qtbot, page, RETURN, modifier=CTRL)
    (bundle,) = stick.iterdir()
    assert locking.is_locked(bundle)
    assert part.first.text() == part.again.text() == ""
    assert "aman dicabut" in page.result.safe.accessibleName()
    city = make_workspace("Kota", "district", ("16.71",))
    assert receiving.receive(city, bundle, password="durian 7").counts["new"] == 1


def test_a_stick_that_holds_the_workspace_itself_is_not_told_as_safe_to_pull(qtbot, open_page, stick):
    with workspaces.init(stick / "kerja.p2kp", role="facilitator", name="Siti", regions=[KELURAHAN]) as workspace:
        recording.record(workspace, Household, HERLINA)
        page = open_page(workspace)
        press(qtbot, page, RETURN, modifier=CTRL)
        assert page.result.safe.accessibleName() == "Tersalin utuh dan sudah dibaca ulang."


def test_names_stay_out_on_the_way_to_the_province_and_in_on_the_way_back(qtbot, open_page, make_workspace, stick):
    city = make_workspace("Kota", "district", ("16.71",))
    recording.record(city, Household, HERLINA | {"region": KELURAHAN})
    page = open_page(city)
    assert page.choices.order.to == "province"
    assert page.choices.nameless.isChecked()
    tab_to(qtbot, page.choices.offices._rows[0])
    press(qtbot, page, "2")
    assert page.choices.order.to == "facilitator"
    assert not page.choices.nameless.isChecked()
    press(qtbot, page, "1")
    assert page.choices.nameless.isChecked()
    press(qtbot, page, RETURN, modifier=CTRL)
    (bundle,) = stick.iterdir()
    province = make_workspace("Sumsel", "province", ("16",))
    receiving.receive(province, bundle)
    with province.asking() as connection:
        (household,) = views.found(connection, Household)
    assert (household.answers["kk_count"], household.answers.get("head_name")) == (1, None)
    assert "tanpa nama dan NIK" in page.result._steps.text()


def acknowledged(workspace, city, folder):
    receiving.receive(city, sending.send(workspace, folder).path)
    receiving.receive(workspace, sending.send(city, folder, to="facilitator").path)


def test_a_bundle_holds_the_kelurahan_in_sight_until_somebody_wants_all(qtbot, open_page, make_workspace):
    city = make_workspace("Kota", "district", ("16.71",))
    for region in (KELURAHAN, OTHER):
        recording.record(city, Household, HERLINA | {"region": region})
    page = open_page(city, area=OTHER)
    assert (page.choices.order.area, page.button.text()) == (OTHER, "Kirim 1 catatan")
    tab_to(qtbot, page.choices.areas)
    press(qtbot, page, Qt.Key.Key_Home)
    assert (page.choices.order.area, page.button.text()) == ("", "Kirim 2 catatan")
    page.enter(Scope(OTHER, "014/005", "2026"))
    press(qtbot, page, Qt.Key.Key_F5)
    assert page.choices.order.area == ""


def test_a_kelurahan_without_records_is_in_sight_too_and_a_facilitator_sends_all(open_page, make_workspace):
    city = make_workspace("Kota", "district", ("16.71",))
    recording.record(city, Household, HERLINA | {"region": KELURAHAN})
    page = open_page(city, area=OTHER)
    assert page.choices.order.area == OTHER
    assert page.choices.areas.isVisible()
    assert not page.button.isEnabled()
    team = make_workspace("Tim", "facilitator", (KELURAHAN, OTHER))
    assert open_page(team, area=OTHER).choices.order.area == ""


def test_the_facilitator_comes_first_while_a_returned_record_has_not_reached_one(
    open_page, workspace, make_workspace, tmp_path
):
    city = make_workspace("Kota", "district", ("16.71",))
    record = recording.record(workspace, Household, HERLINA).id
    receiving.receive(city, sending.send(workspace, tmp_path).path)
    assert open_page(city).choices.order.to == "province"
    verification.give_back(city, record, comment="Foto buram")
    assert open_page(city).choices.order.to == "facilitator"
    receiving.receive(workspace, sending.send(city, tmp_path, to="facilitator").path)
    receiving.receive(city, sending.send(workspace, tmp_path).path)
    assert open_page(city).choices.order.to == "province"


def test_ctrl_enter_without_anything_to_send_marks_the_sentence_that_says_why(qtbot, open_page, workspace):
    page = open_page(workspace)
    press(qtbot, page, RETURN, modifier=CTRL)
    assert page.bar.note.property("tone") == "WARN"
    assert "Belum ada catatan" in page.bar.note.text()


def test_what_was_acknowledged_is_left_out_unless_all_is_wanted(
    qtbot, open_page, workspace, make_workspace, stick, tmp_path
):
    city = make_workspace("Kota", "district", ("16.71",))
    recording.record(workspace, Household, HERLINA)
    acknowledged(workspace, city, tmp_path)
    page = open_page(workspace)
    assert "sudah ada tanda terimanya" in page.bar.note.text()
    assert not page.button.isEnabled()
    tab_to(qtbot, page.choices.full)
    press(qtbot, page, SPACE)
    assert page.button.text() == "Kirim 1 catatan"
    press(qtbot, page, SPACE)
    recording.record(workspace, Household, HERLINA | {"rt": "15/5"})
    press(qtbot, page, Qt.Key.Key_F5)
    assert "1</b> dari 2 catatan" in page.inside._summary.text()
    assert [row.going for row in page.inside.list.model.lines] == [0, 1]
    press(qtbot, page, RETURN, modifier=CTRL)
    assert len(list(stick.iterdir())) == 1


def test_a_receipt_alone_can_be_sent_back_to_one_team(qtbot, open_page, workspace, make_workspace, stick, tmp_path):
    city = make_workspace("Kota", "district", ("16.71",))
    recording.record(workspace, Household, HERLINA)
    receiving.receive(city, sending.send(workspace, tmp_path).path)
    page = open_page(city)
    tab_to(qtbot, page.choices.offices._rows[0])
    press(qtbot, page, "2")
    tab_to(qtbot, page.choices.areas)
    press(qtbot, page, Qt.Key.Key_Down)
    assert page.choices.order.office
    assert page.button.text() == "Kirim tanda terima"
    press(qtbot, page, RETURN, modifier=CTRL)
    (bundle,) = stick.iterdir()
    assert receiving.receive(workspace, bundle).error is None
    assert outbox.contents(workspace, outbox.Order("district")).total == 0


def test_escape_stops_the_writing_and_leaves_nothing(qtbot, open_page, workspace, stick, monkeypatch):
    monkeypatch.setattr(pace, "_OFTEN", 0.0)
    for number in range(30):
        recording.record(workspace, Household, HERLINA | {"rt": f"{number + 1}/5"})
    page = open_page(workspace)
    qtbot.keyClick(QApplication.focusWidget(), RETURN, CTRL)
    assert page.progress.isVisible()
    qtbot.keyClick(QApplication.focusWidget() or page, ESCAPE)
    settle(qtbot, page.desk)
    qtbot.waitUntil(lambda: not page.progress.isVisible())
    assert list(stick.iterdir()) == []
    assert outbox.log(workspace) == []
    assert "dibatalkan" in page.bar.note.text()
    press(qtbot, page, RETURN, modifier=CTRL)
    assert len(list(stick.iterdir())) == 1


def test_too_little_room_is_told_before_and_a_stick_that_is_gone_after(qtbot, open_page, workspace, stick, monkeypatch):
    recording.record(workspace, Household, HERLINA)
    monkeypatch.setattr(outbox, "free_room", lambda _folder: 20_000)
    page = open_page(workspace)
    assert "tidak cukup" in page.bar.note.text()
    stick.rmdir()
    press(qtbot, page, RETURN, modifier=CTRL)
    qtbot.waitUntil(lambda: any(card.isVisible() for card in page.findChildren(ErrorCard)), timeout=60_000)
    (card,) = [card for card in page.findChildren(ErrorCard) if card.isVisible()]
    assert card.accessibleName().endswith("tidak ada.")


@pytest.mark.parametrize("size", [(1146, 580), (1037, 430)])
def test_the_page_is_whole_in_both_work_areas(qtbot, open_page, make_workspace, size):
    city = make_workspace("Kota", "district", ("16.71",))
    for region in (KELURAHAN, OTHER):
        recording.record(city, Household, HERLINA | {"region": region})
    page = open_page(city, size)
    tab_to(qtbot, page.choices.password.wanted)
    press(qtbot, page, SPACE)
    assert page.minimumSizeHint().width() <= size[0]
    assert page.minimumSizeHint().height() <= size[1]
    view = page.choices.view
    assert view.widget().minimumSizeHint().width() <= view.viewport().width()
    part = page.choices.password

    def in_sight(widget):
        return view.viewport().rect().contains(widget.mapTo(view.viewport(), widget.rect().bottomRight()))

    qtbot.waitUntil(lambda: in_sight(part.first) and in_sight(part.again) and in_sight(part._meaning))


def test_what_was_saved_here_of_another_kelurahan_goes_along_and_what_stays_is_said(open_page, workspace):
    recording.record(workspace, Household, HERLINA)
    recording.record(workspace, Household, HERLINA | {"region": OTHER, "rt": "15/5"})
    page = open_page(workspace)
    assert page.button.text() == "Kirim 2 catatan"
    words = [label.text() for label in page.inside.findChildren(QLabel)]
    assert any("Termasuk 1 catatan di luar wilayah yang disunting di laptop ini." in text for text in words)
    assert page.inside.list.model.rowCount() == 2


def test_for_an_enrolled_office_it_is_sealed_and_in_clear_says_what_it_tells(
    qtbot, open_page, make_workspace, stick
):
    province, city = make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",))
    team = make_workspace()
    recording.record(team, Household, HERLINA)
    page = open_page(team)
    assert not page.choices.sealed.isVisible()
    enrol_all(province, city, team)

    page.refresh()
    settle(qtbot, page.desk)
    assert page.choices.sealed.isVisible()
    assert page.choices._sealed_for.text() == "Hanya Kota yang dapat membukanya."
    assert "disegel untuk Kota" in page.bar.note.text()

    tab_to(qtbot, page.choices.sealed)
    press(qtbot, page, SPACE)
    assert "membaca nama dan NIK pada 1 catatan" in page.bar.note.text()
    press(qtbot, page, SPACE)
    press(qtbot, page, RETURN, modifier=CTRL)
    settle(qtbot, page.desk)
    [sent] = stick.glob("P2KP_*")
    assert sealed_files.receivers(sent) == ("Kota", "Siti")
    assert "tersegel" in page.result._steps.text()


def test_many_kinds_of_records_are_summed_up_and_few_are_all_named():
    forms = tuple((f"Jenis {number}", number) for number in range(1, 13))
    told = summary(Contents(rts=(), forms=forms, deleted=0, whole=78), most=7)
    assert "**7** Jenis 7 · **50** catatan lain dari 5 jenis" in told
    assert "Jenis 8" not in told
    assert "lain" not in summary(Contents(rts=(), forms=forms[:8], deleted=0, whole=36), most=7)
