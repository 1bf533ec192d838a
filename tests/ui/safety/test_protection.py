"""A workspace behind a password, in the window: made, opened, recovered, converted, changed."""


import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea

from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.protection import password, recovery_words
from p2kp_desktop.actions.upkeep import housekeeping
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import files, keyring, slots
from p2kp_desktop.ui.kit.messages import ErrorCard
from p2kp_desktop.ui.safety.protect_page import ProtectPage
from p2kp_desktop.ui.safety.recovery_page import RecoveryPage
from p2kp_desktop.ui.safety.unlock_page import UnlockPage, WordFields
from tests.enrolled import enrol_all
from tests.protected import LEAST, PASSWORD, a_protected, forgotten, holding
from tests.records import save
from tests.ui.windows import AREAS, Running

ENTER = Qt.Key.Key_Return


@pytest.fixture(autouse=True)
def little_effort(monkeypatch):
    monkeypatch.setattr(slots, "measured", lambda: LEAST)


@pytest.fixture
def running(qtbot):
    made = []

    def start(location="", **chosen):
        program = Running(qtbot, **chosen)
        if location:
            program.program.open(str(location))
        made.append(program)
        return program

    yield start
    for each in made:
        each.close()


def until(running, page):
    running.until(lambda: isinstance(running.page, page))
    return running.page


def words_of(page):
    return " ".join(page._words)


def keep_and_go_on(page):
    page.kept.setChecked(True)
    page.go.click()


def in_sight(widget):
    """Say whether a widget lies wholly in what is shown of its page."""
    area = widget.parentWidget()
    while not isinstance(area, QScrollArea):
        area = area.parentWidget()
    view = area.viewport()
    return view.rect().contains(widget.rect().translated(widget.mapTo(area, QPoint()) - view.pos()))


def test_a_first_start_asks_for_a_password_shows_the_words_and_enciphers_from_the_first_byte(running, tmp_path):
    program = running()
    program.page.folder = tmp_path / "P2KP"
    program.press("Rina Marlina", ENTER, "1", ENTER, "lima ulu", ENTER, ENTER)
    until(program, ProtectPage)
    program.press(PASSWORD, ENTER, PASSWORD, ENTER)
    page = until(program, RecoveryPage)
    assert not page.go.isEnabled()
    words = words_of(page)
    keep_and_go_on(page)
    program.until_open()
    [file] = (tmp_path / "P2KP").glob("*.p2kp")
    assert files.is_enciphered(file)
    assert holding(tmp_path, "CREATE TABLE") == []
    keyring.forget(files.salt_of(file))
    password.unlock_with_words(file, words)


def test_going_on_without_a_password_says_what_it_means_and_is_not_asked_again(running, tmp_path):
    program = running()
    program.page.folder = tmp_path / "P2KP"
    program.press("Rina Marlina", ENTER, "1", ENTER, "lima ulu", ENTER, ENTER)
    until(program, ProtectPage).skip.click()
    program.until_open()
    [file] = (tmp_path / "P2KP").glob("*.p2kp")
    assert not files.is_enciphered(file)
    program.go("home")
    assert program.window.place.bare.isVisible()
    program.program.open(str(file))
    program.until(lambda: program.window is not None and program.window.about is not None)


def test_a_protected_one_opens_by_its_password_and_a_wrong_one_is_told(running, tmp_path):
    made, protection = a_protected(tmp_path / "Siti.p2kp")
    made.close()
    forgotten(protection)
    program = running(tmp_path / "Siti.p2kp")
    page = until(program, UnlockPage)
    program.press("bukan ini 77", ENTER)
    program.until(lambda: page._faults.count() == 1)
    assert page.field.hasFocus()
    program.press(PASSWORD, ENTER)
    program.until_open()
    assert program.window.about.person == "Siti"
    program.go("home")
    assert not program.window.place.bare.isVisible()


def test_a_forgotten_password_is_replaced_by_the_words(running, tmp_path):
    file = tmp_path / "Siti.p2kp"
    made, protection = a_protected(file)
    made.close()
    forgotten(protection)
    program = running(file)
    page = until(program, UnlockPage)
    page.forgot.click()
    for word in protection.words:
        program.press(word[:4], ENTER)
    program.press("sandi baru 2026", ENTER, "sandi baru 2026", ENTER)
    program.until_open()
    forgotten(protection)
    assert password.unlock(file, "sandi baru 2026") == "Siti"


def test_the_office_reads_out_the_words_that_open_the_laptop_of_a_team(running, make_workspace, tmp_path):
    province, city = make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",))
    file = tmp_path / "Tim.p2kp"
    team, protection = a_protected(file, "Tim")
    with team:
        enrol_all(province, city, team)
        housekeeping.put_in_order(team)
    forgotten(protection)
    city.close()

    program = running(file)
    page = until(program, UnlockPage)
    page.by_office.click()
    assert "Kota dapat membukakannya" in page._how.text()
    page.save_key_to(tmp_path / "stik")
    assert "Tim.p2kp.kunci" in page._how.text()

    office = running(city.name)
    office.until_open()
    office.go("settings")
    card = office.window.place.opening
    office.until(card.isVisible)
    card.take(tmp_path / "stik" / "Tim.p2kp.kunci")
    office.until(lambda: bool(card.words.text()))
    for each in recovery_words.numbered(protection.words):
        assert each in card.words.text()
    assert "Milik: Tim" in card.told.text()
    office.go("home")
    assert card.words.text() == ""

    again = running(file)
    page = until(again, UnlockPage)
    page.by_office.click()
    for word in protection.words:
        again.press(word[:4], ENTER)
    again.press("sandi baru 2026", ENTER, "sandi baru 2026", ENTER)
    again.until_open()
    again.go("settings")
    again.until(lambda: "Kota dengan kunci kantornya" in again.window.place.protection.told.text())
    assert not again.window.place.opening.isVisible()


def test_words_are_completed_taken_all_at_once_and_judged(qtbot):
    fields = WordFields()
    qtbot.addWidget(fields)
    words = recovery_words.of_secret(bytes(range(16)))
    fields.fields[0].setText("")
    fields.fields[0].insert(" ".join(words))
    fields.fields[0].textEdited.emit(" ".join(words))
    assert fields.are_complete()
    assert recovery_words.secret_of(fields.typed()) == bytes(range(16))


def test_an_old_one_is_offered_a_password_and_converted_with_its_backups(running, make_workspace, tmp_path):
    workspace = make_workspace()
    save(workspace, head_name="Ratnawulan Kusumo")
    backups.back_up(workspace)
    workspace.close()
    file = tmp_path / "Siti.p2kp"
    program = running(file)
    program.until_open()
    program.go("settings")
    program.window.place.protection.protect.click()
    until(program, ProtectPage)
    program.press(PASSWORD, ENTER, PASSWORD, ENTER)
    keep_and_go_on(until(program, RecoveryPage))
    program.until_open()
    assert files.is_enciphered(file)
    program.window.keeping._begin()
    program.until_quiet()
    assert holding(tmp_path, "Ratnawulan") == []


def test_later_leaves_it_as_it_is_and_settings_offer_it_again(running, make_workspace, tmp_path):
    make_workspace().close()
    file = tmp_path / "Siti.p2kp"
    program = running(file)
    program.until_open()
    assert program.page.notice is None  # it would push every page down
    program.go("home")
    program.window.place.bare.link.click()
    program.until_quiet()
    card = program.window.place.protection
    assert card.protect.isVisible()
    assert not card.change.isVisible()
    card.protect.click()
    until(program, ProtectPage).skip.click()
    program.until_open()
    assert not files.is_enciphered(file)


def test_the_password_is_changed_and_the_sheet_written_again_in_the_settings(running, tmp_path, qtbot):
    file = tmp_path / "Siti.p2kp"
    made, protection = a_protected(file)
    made.close()
    program = running(file)
    program.until_open()
    program.go("settings")
    card = program.window.place.protection
    program.resize(*AREAS[1])
    card.change.click()
    program.until(lambda: in_sight(card.now))
    program.press("bukan ini", ENTER, "sandi baru 2026", ENTER, "sandi baru 2026", ENTER)
    program.until(lambda: card.findChild(ErrorCard) is not None and in_sight(card.findChild(ErrorCard)))
    card.now.selectAll()
    card.now.setFocus()
    program.press(PASSWORD, ENTER, ENTER, ENTER)
    program.until_quiet()
    assert card.done.text() == "Kata sandi sudah diganti."
    assert card.change.hasFocus()
    program.until(lambda: in_sight(card.done))
    forgotten(protection)
    assert password.unlock(file, "sandi baru 2026") == "Siti"
    card.sheet.click()
    program.press("sandi baru 2026")
    card.save_to(tmp_path / "lembar.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "lembar.pdf").exists(), timeout=20_000)
    program.until_quiet()
    assert "lembar.pdf" in card.done.text()
    assert card.sheet.hasFocus()
    assert (tmp_path / "lembar.pdf").read_bytes().startswith(b"%PDF")


def test_other_recovery_words_are_given_in_the_settings_and_the_former_open_it_no_more(running, tmp_path):
    file = tmp_path / "Siti.p2kp"
    made, protection = a_protected(file)
    save(made, head_name="Ani")
    made.close()
    program = running(file)
    program.until_open()
    program.go("settings")
    program.window.place.protection.words.click()
    program.press(PASSWORD, ENTER)
    page = until(program, RecoveryPage)
    fresh = words_of(page)
    keep_and_go_on(page)
    program.until_open()
    assert fresh != " ".join(protection.words)
    with pytest.raises(Trouble, match="bukan milik"):
        password.unlock_with_words(file, " ".join(protection.words))
    password.unlock_with_words(file, fresh)
