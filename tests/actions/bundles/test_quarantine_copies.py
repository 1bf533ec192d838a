"""What waits when a laptop was copied: taken in, it destroys nothing, whichever copy's bundle came first."""

import pytest

from p2kp_desktop.actions.bundles import import_undo, quarantine, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import person_erasure, verification
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import ALIVE
from p2kp_desktop.store import history, records, transfers
from tests.enrolled import enrol_all
from tests.laws.files import COMPLETE


class Copied:
    """A city and a team whose laptop was copied after the city verified a household of it."""

    def __init__(self, make_workspace, machines, places, folder):
        machines("a")
        self.folder = folder
        province = make_workspace("Provinsi", "province", ("16",))
        self.city = make_workspace("Kota", "district", ("16.71",))
        self.team = make_workspace("Ali")
        enrol_all(province, self.city, self.team)
        recording.record(self.team, Household, {**COMPLETE, "id": "h", "rt": "1/1", "head_name": "Sutarman"})
        self.hand(self.team)
        verification.verify(self.city, ids=["h"])
        given = sending.send(self.city, folder, to="facilitator", full=True, in_clear=True)
        assert receiving.receive(self.team, given.path).error is None
        machines("b", copied_from="a")
        self.copy = places(self.team, "klon")
        recording.record(self.copy, Household, {"id": "h", "head_name": "Rahasia"}, reason="salah dengar")
        recording.delete(self.copy, Household, "h", reason="dobel")
        machines("a")

    def go_on(self, ids, **answers):
        for ident in ids:
            recording.record(self.team, Household, {"id": ident, "rt": "1/1", "head_name": ident, **answers},
                             reason="dikoreksi")

    def hand(self, giver):
        given = sending.send(giver, self.folder, to="district", full=True, in_clear=True)
        received = receiving.receive(self.city, given.path)
        assert received.error is None
        return [each.subject.id for each in received.held]

    def version(self):
        with self.city.asking() as connection:
            return records.read(connection, Household.key, ["h"])["h"]

    def given(self, key):
        return {sibling.value for sibling in self.version().answers.get(key, ())}

    def found(self, words):
        """Return the tables of the city's file in which words can be read."""
        with self.city.asking() as connection:
            tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
            return [
                name for name in tables
                if any(words in repr(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'))
            ]


@pytest.fixture
def copied(make_workspace, machines, places, tmp_path):
    return Copied(make_workspace, machines, places, tmp_path)


@pytest.mark.parametrize("is_copy_first", [True, False])
def test_what_a_copy_changed_is_taken_in_whole(copied, is_copy_first):
    copied.go_on(["n1", "n2", "n3"])
    for giver in (copied.copy, copied.team) if is_copy_first else (copied.team, copied.copy):
        copied.hand(giver)
    before = copied.version()
    quarantine.apply(copied.city, ["h"], reason="ditanyakan")
    assert copied.version().answers.keys() == before.answers.keys()
    assert (copied.given(ALIVE), copied.given("head_name")) == ({0}, {"Rahasia"})
    assert soundness.check(copied.city) == []
    with copied.city.asking() as connection:
        assert len(history.of_record(connection, "h")) == 4
        line = transfers.log(connection)[0]
    import_undo.undo(copied.city, line.id)
    assert copied.version() == before


def test_what_the_other_copy_changed_meanwhile_stands_beside_it(copied):
    assert copied.hand(copied.copy) == ["h"]
    copied.go_on(["h"], head_name="Herlina")
    copied.go_on(["h"], head_name="Herlina B")
    assert copied.hand(copied.team) == []
    (waits,) = quarantine.waiting(copied.city)
    assert waits.subject.id == "h"
    quarantine.apply(copied.city, ["h"], reason="ditanyakan")
    assert (copied.given(ALIVE), copied.given("head_name")) == ({0, 1}, {"Rahasia", "Herlina B"})
    assert soundness.check(copied.city) == []


def test_what_waits_of_both_copies_is_taken_in_at_once(copied):
    assert copied.hand(copied.copy) == ["h"]
    copied.go_on(["h"], head_name="Herlina")
    recording.delete(copied.team, Household, "h", reason="dobel")
    assert copied.hand(copied.team) == ["h"]
    before = copied.version()
    quarantine.apply(copied.city, ["h"], reason="ditanyakan")
    assert (copied.given(ALIVE), copied.given("head_name")) == ({0}, {"Rahasia", "Herlina"})
    assert soundness.check(copied.city) == []
    with copied.city.asking() as connection:
        line = transfers.log(connection)[0]
    import_undo.undo(copied.city, line.id)
    assert (copied.version(), soundness.check(copied.city)) == (before, [])


def test_what_is_erased_after_it_was_taken_in_is_nowhere_left(copied):
    copied.go_on(["n1", "n2", "n3"])
    copied.hand(copied.copy)
    copied.hand(copied.team)
    quarantine.apply(copied.city, ["h"], reason="ditanyakan")
    assert "history" in copied.found("Rahasia")
    person_erasure.erase(copied.city, Household, "h", reason="diminta")
    assert copied.found("Rahasia") == []
