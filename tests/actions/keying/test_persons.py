"""Several people work on one laptop: a PIN guards whose name an edit bears, never the data."""

import pytest

from p2kp_desktop.actions.keying import persons
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import history
from p2kp_desktop.store import persons as kept


def savers(workspace, record):
    with workspace.asking() as connection:
        return [row.save.person for row in history.of_record(connection, record)]


def test_whoever_made_the_workspace_is_listed_without_a_pin_and_stays_in_the_list(workspace):
    assert [(each.name, each.has_pin, each.is_current) for each in persons.listed(workspace)] == [("Siti", False, True)]
    persons.add(workspace, "Budi", "1234")
    persons.change_to(workspace, "Budi", "1234")
    assert [(each.name, each.is_current) for each in persons.listed(workspace)] == [("Budi", True), ("Siti", False)]
    assert persons.change_to(workspace, "Siti", "") == "Siti"


def test_what_is_saved_bears_the_name_of_whoever_works_at_that_moment(workspace):
    record = recording.record(workspace, Household, {"rt": "1/5", "head_name": "Aminah"}).id
    persons.add(workspace, "Budi", "1234")
    persons.change_to(workspace, "Budi", "1234")
    recording.record(workspace, Household, {"id": record, "kk_count": 2})
    assert savers(workspace, record) == ["Siti", "Budi"]


def test_a_wrong_pin_changes_nothing(workspace):
    persons.add(workspace, "Budi", "1234")
    with pytest.raises(Trouble, match="tidak cocok"):
        persons.change_to(workspace, "Budi", "4321")
    assert [each.name for each in persons.listed(workspace) if each.is_current] == ["Siti"]


def test_the_pin_is_kept_as_a_salted_hash_only(workspace):
    persons.add(workspace, "Budi", "123456")
    persons.add(workspace, "Cici", "123456")
    with workspace.asking() as connection:
        pins = [each.pin for each in kept.entered(connection).values() if each.pin]
    assert len(set(pins)) == 2
    assert not any("123456" in pin for pin in pins)


@pytest.mark.parametrize("pin", ["", "123", "12a4", "1234567890123", "١٢٣٤"])
def test_what_is_no_pin_is_refused(workspace, pin):
    with pytest.raises(Trouble, match="PIN"):
        persons.add(workspace, "Budi", pin)


@pytest.mark.parametrize(("name", "said"), [("  ", "Nama"), ("budi", "sudah terdaftar"), ("SITI", "sudah terdaftar")])
def test_a_name_is_entered_once_however_it_is_written(workspace, name, said):
    persons.add(workspace, "Budi", "1234")
    with pytest.raises(Trouble, match=said):
        persons.add(workspace, name, "1234")


def test_one_changes_the_own_pin_with_the_old_one(workspace):
    persons.add(workspace, "Budi", "1234")
    with pytest.raises(Trouble, match="tidak cocok"):
        persons.change_pin(workspace, "Budi", "0000", "5678")
    persons.change_pin(workspace, "Budi", "1234", "5678")
    assert persons.change_to(workspace, "Budi", "5678") == "Budi"


def test_a_forgotten_pin_is_reset_by_an_officer_with_a_pin_and_nobody_else(workspace):
    persons.add(workspace, "Budi", "1234")
    persons.add(workspace, "Cici", "1111")
    for by, pin in (("Cici", "1111"), ("Siti", "")):
        with pytest.raises(Trouble, match="petugas kantor"):
            persons.reset_pin(workspace, "Budi", "5678", by=by, by_pin=pin)
    persons.change_pin(workspace, "Siti", "", "2222")
    with pytest.raises(Trouble, match="tidak cocok"):
        persons.reset_pin(workspace, "Budi", "5678", by="Siti", by_pin="9999")
    persons.reset_pin(workspace, "Budi", "5678", by="Siti", by_pin="2222")
    assert persons.change_to(workspace, "Budi", "5678") == "Budi"
    assert "tidak pernah terkunci" in persons.forgotten()


def test_somebody_who_left_is_taken_off_the_list_and_may_come_back(workspace):
    persons.change_pin(workspace, "Siti", "", "2222")
    persons.add(workspace, "Budi", "1234")
    persons.set_active(workspace, "Budi", False, by="Siti", by_pin="2222")
    with pytest.raises(Trouble, match="tidak terdaftar"):
        persons.change_to(workspace, "Budi", "1234")
    with pytest.raises(Trouble, match="sedang bekerja"):
        persons.set_active(workspace, "Siti", False, by="Siti", by_pin="2222")
    persons.add(workspace, "budi", "7777")
    assert persons.change_to(workspace, "Budi", "7777") == "Budi"


def test_in_clear_the_office_changes_a_role_in_one_step_and_the_pin_stays(workspace):
    persons.add(workspace, "Budi", "1234")
    assert persons.set_role(workspace, "Budi", "viewer") == []
    assert {each.name: each.role for each in persons.listed(workspace)} == {"Budi": "viewer", "Siti": "office"}
    persons.change_to(workspace, "Budi", "1234")
    with pytest.raises(Trouble, match="pelihat"):
        persons.set_role(workspace, "Siti", "viewer")
