"""Files that somebody opens with the program: they are looked at in the workspace that is open, and nothing else."""

import shutil

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop.actions.bundles import sending
from p2kp_desktop.actions.common import originals, soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.exchange import update_file
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import slots
from p2kp_desktop.ui.shell import brought
from p2kp_desktop.ui.shell.first_start import FirstStart
from p2kp_desktop.ui.transfer.intake import Phase
from tests.enrolled import enrol_all
from tests.protected import LEAST, PASSWORD, a_protected, forgotten
from tests.ui.windows import Running

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def start(qtbot):
    """Give a function that starts the program on a workspace, "" for none, with files that were named."""
    running = []

    def begin(location="", *files):
        made = Running(qtbot, opening=files, location=location)
        running.append(made)
        return made

    yield begin
    for each in running:
        each.close()


@pytest.fixture
def line(make_workspace, tmp_path):
    """Give a city's file, and the sealed bundle of a team that is enrolled there, its name cut short by a chat."""
    province, city = make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",))
    team = make_workspace("Tim")
    recording.record(team, Household, {"rt": "1/1", "head_name": "Herlina"})
    enrol_all(province, city, team)
    (tmp_path / "stik").mkdir()
    return city, shutil.move(sending.send(team, tmp_path / "stik").path, tmp_path / "stik" / "dari tim.SEGEL")


def seen(running):
    """Give what Terima has at hand once it is at rest there."""
    place = running.window.place
    running.until(lambda: place.receiving.intake.phase is Phase.REHEARSED)
    return [file.path.name for file in place.receiving.files]


def test_words_are_told_apart_by_their_ending(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert brought.named([]) == brought.Named("", ())
    assert brought.named(["kota.p2kp"]) == brought.Named("kota.p2kp", ())
    assert brought.named(["postgresql://kantor/kota"]).workspace == "postgresql://kantor/kota"
    both = brought.named(["a.SEGEL", "kota.p2kp", "b c.xlsx"])
    assert both == brought.Named("kota.p2kp", (str(tmp_path / "a.SEGEL"), str(tmp_path / "b c.xlsx")))


def test_whatever_is_received_is_known_by_its_ending():
    assert set(brought.ENDINGS) == {*originals.KINDS, update_file.SUFFIX}


def test_a_sealed_bundle_is_rehearsed_as_soon_as_the_workspace_is_open(start, line):
    city, bundle = line
    before = soundness.digest(city)
    running = start(city.name, bundle)
    assert seen(running) == ["dari tim.SEGEL"]
    assert running.window.here.place == "transfer"
    assert running.window.place.receiving.intake.changes == 1
    assert soundness.digest(city) == before
    running.go("home")
    running.press(Qt.Key.Key_Left, modifier=ALT)
    running.until_quiet()
    assert running.window.here.files == ()
    assert seen(running) == ["dari tim.SEGEL"]


def test_a_file_that_is_gone_is_told_in_words(start, line, tmp_path):
    running = start(line[0].name, tmp_path / "hilang.segel")
    page = running.window.place.receiving
    running.until(lambda: page.intake.phase is Phase.LISTED)
    assert [file.trouble.code for file in page.files] == ["B01"]


def test_files_that_come_one_after_the_other_are_all_at_hand(start, line, tmp_path):
    city, bundle = line
    running = start(city.name, bundle)
    for name in ("dua.segel", "tiga.segel"):  # while the first is read
        shutil.copy(bundle, tmp_path / name)
        running.program._come_to_the_front([str(tmp_path / name)])
    running.until(lambda: len(running.window.place.receiving.files) == 3)
    assert seen(running) == ["dari tim.SEGEL", "dua.segel", "tiga.segel"]


def test_what_comes_while_files_are_applied_waits_until_that_was_seen(start, line, tmp_path):
    city, bundle = line
    running = start(city.name, bundle)
    seen(running)
    intake = running.window.place.receiving.intake
    intake.apply()
    other = shutil.copy(bundle, tmp_path / "dua.segel")
    running.program._come_to_the_front([str(other)])
    running.until(lambda: intake.phase is Phase.DONE)
    running.until_quiet()
    assert intake.phase is Phase.DONE
    running.press(Qt.Key.Key_Escape)
    assert seen(running) == ["dua.segel"]


def test_behind_the_lock_nothing_is_looked_at_until_the_password_is_typed(start, tmp_path, monkeypatch, make_workspace):
    monkeypatch.setattr(slots, "measured", lambda: LEAST)
    team = make_workspace("Tono")
    recording.record(team, Household, {"rt": "1/1", "head_name": "Herlina"})
    bundle = sending.send(team, tmp_path).path
    made, protection = a_protected(tmp_path / "Siti.p2kp")
    made.close()
    running = start(tmp_path / "Siti.p2kp")
    running.go("home")
    running.program.lock.lock()
    running.program._come_to_the_front([str(bundle)])
    running.until_quiet()
    assert running.window.here.place == "home"
    running.press(PASSWORD, ENTER)
    running.until(lambda: running.window.here.place == "transfer")
    assert seen(running) == [bundle.name]
    forgotten(protection)


def test_without_a_workspace_the_first_start_says_that_it_waits(start, tmp_path, make_workspace):
    team = make_workspace("Tono")
    bundle = sending.send(team, tmp_path).path
    running = start("", bundle)
    assert isinstance(running.page, FirstStart)
    assert bundle.name in running.page._waiting.title
    running.page.folder = tmp_path / "P2KP"
    running.page.name.setFocus()
    running.press("Rina Marlina", ENTER, "1", ENTER, "lima ulu", ENTER, ENTER)
    running.until_open()
    running.until(lambda: running.window.here.place == "transfer")
    assert seen(running) == [bundle.name]


def test_nothing_else_is_taken_from_whoever_rings(start, line):
    running = start(line[0].name)
    running.program._come_to_the_front(["C:\\x.exe", "/etc/passwd", "lain.p2kp", ""])
    running.until_quiet()
    assert running.window.here.place == "home"
