"""A house surveyed again in the form: what stood then is told at its question, = confirms it, changes are told."""

import pytest

from p2kp_desktop.actions.keying import period_before
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household
from p2kp_desktop.store import views
from tests.conftest import KELURAHAN
from tests.records import YEAR
from tests.ui.form_driver import SMALL, Driver, scope

THEN = str(int(YEAR) - 1)


@pytest.fixture
def driver(workspace, qapp):
    assert qapp
    made = Driver(workspace, SMALL)
    yield made
    made.close()


def banner(driver):
    return driver.place.sheet.banner.accessibleName()


def test_what_stood_then_is_offered_confirmed_with_one_key_and_what_changed_is_told(driver, workspace):
    house = recording.record(workspace, Household, {
        "region": KELURAHAN, "rt": "014/005", "period": THEN, "head_name": "Siti", "building": "7", "kk_count": 2,
        "mbr": "mbr", "roof": "a", "floor": "a"}).id
    again = period_before.begin(workspace, house)
    driver.enter("household", again.id, scope=scope(), question="kk_count", draft=True)
    box = driver.place.sheet.column.focused
    assert (driver.focus, box.offered) == ("kk_count", f"Pada {THEN}: 2. Tekan = bila masih begitu.")
    assert banner(driver).startswith(f"Dari {THEN}, belum dikonfirmasi (4): Jumlah Kepala Keluarga (KK)")
    driver.type("=")
    driver.press("Enter")
    assert (driver.focus, driver.keying.record.answers["kk_count"]) == ("mbr", 2)
    driver.type("=")
    assert (driver.focus, driver.keying.record.answers["mbr"]) == ("members_male", "mbr")
    assert box.offered == ""  # nothing stood there then
    driver.place.hands.go("roof")
    driver.type("b")
    assert banner(driver).startswith(f"Dari {THEN}, belum dikonfirmasi (1): ")
    driver.press("Ctrl+S")
    driver.settle()
    with workspace.asking() as connection:
        saved = next(views.found(connection, Household, views.Where(id=again.id)))
    assert (saved.answers["kk_count"], saved.answers["mbr"], saved.answers.get("floor")) == (2, "mbr", None)
    driver.enter("household", again.id, scope=scope())
    assert f"Yang berubah sejak {THEN}: " in banner(driver)


def test_the_next_house_of_the_period_before_follows_the_one_that_is_saved(driver, workspace):
    houses = [recording.record(workspace, Household, {
        "region": KELURAHAN, "rt": "014/005", "period": THEN, "head_name": name, "building": number}).id
        for name, number in (("Siti", "7"), ("Budi", "8"))]
    again = period_before.begin(workspace, houses[0])
    driver.enter("household", again.id, scope=scope(), draft=True)
    driver.press("Ctrl+Enter")
    driver.settle()
    assert driver.keying.record.answers["head_name"] == "Budi"
    assert driver.keying.earlier.period == THEN
    driver.press("Ctrl+Enter")
    driver.settle()
    assert driver.went[-1].place == "collecting"
    assert not period_before.left(workspace, KELURAHAN, "014/005").lines
