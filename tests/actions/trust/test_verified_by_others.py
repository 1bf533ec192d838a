"""What an enrolled office verified no team deletes or erases without a person, wherever that arrives, in any order."""

from datetime import timedelta

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import import_undo, quarantine, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import person_erasure, verification
from p2kp_desktop.actions.trust import enrolling, standing
from p2kp_desktop.actions.trust.protection import TAKES_VERIFIED, why_words
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import ALIVE
from p2kp_desktop.store import held, history, records, transfers
from tests.enrolled import enrol_all, key_of, words_of
from tests.laws.files import COMPLETE

WAITS = [why_words(TAKES_VERIFIED)]


class Line:
    """A province, its city and two teams, all enrolled; the city verified a house, and its team knows that."""

    def __init__(self, make, folder):
        self.folder = folder
        self.province, self.city = make("Provinsi", "province", ("16",)), make("Kota", "district", ("16.71",))
        self.team, self.other = make("Tim"), make("Tim Lain")
        enrol_all(self.province, self.city, self.team, self.other)
        recording.record(self.team, Household, {**COMPLETE, "id": "h", "rt": "1/1", "head_name": "Sutarman"})
        assert self.hand(self.team, self.city) == []
        assert verification.verify(self.city, ids=["h"]).verified
        assert self.hand(self.city, self.team) == []

    def hand(self, giver, taker):
        to = {self.city: "district", self.province: "province"}.get(taker, "facilitator")
        received = receiving.receive(taker, sending.send(giver, self.folder, to=to, full=True, in_clear=True).path)
        assert received.error is None
        return [each.why for each in received.held]

    def take_away(self, deed, workspace):
        if deed == "delete":
            recording.delete(workspace, Household, "h", reason="dobel")
        else:
            person_erasure.erase(workspace, Household, "h", reason="diminta warga")

    def all_have_the_same(self):
        every = (self.province, self.city, self.team, self.other)
        assert len({soundness.digest(each) for each in every}) == 1
        assert [problem for each in every for problem in soundness.check(each)] == []
        assert [one for each in every for one in quarantine.waiting(each)] == []


@pytest.fixture
def line(make_workspace, tmp_path):
    return Line(make_workspace, tmp_path)


def stands(workspace):
    with workspace.asking() as connection:
        values = records.read(connection, Household.key, ["h"])["h"].values()
    return values[ALIVE], values["head_name"]


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
@pytest.mark.parametrize("deed", ["delete", "erase"])
def test_what_a_city_verified_waits_at_the_province_and_at_the_city(line, deed, known):
    if known:
        assert line.hand(line.city, line.province) == []
    line.take_away(deed, line.team)
    assert line.hand(line.team, line.province) == WAITS
    assert line.hand(line.team, line.city) == WAITS
    assert line.hand(line.team, line.other) == WAITS
    assert stands(line.city) == (1, "Sutarman")
    quarantine.apply(line.city, ["h"], reason="ditanyakan")
    for taker in (line.province, line.team, line.other):
        assert line.hand(line.city, taker) == []
    assert stands(line.province) == ((0, "Sutarman") if deed == "delete" else (1, None))
    line.all_have_the_same()


@pytest.mark.parametrize("deed", ["delete", "erase"])
def test_what_a_city_deletes_or_erases_itself_a_team_may_bring(line, deed):
    assert line.hand(line.city, line.province) == []
    line.take_away(deed, line.city)
    assert line.hand(line.city, line.team) == []
    for taker in (line.province, line.other):
        assert line.hand(line.team, taker) == []
    line.all_have_the_same()


def test_a_change_before_it_does_not_help(line):
    assert line.hand(line.city, line.province) == []
    recording.record(line.team, Household, {"id": "h", "head_name": "Palsu"}, reason="dibetulkan")
    assert line.hand(line.team, line.province) == []
    line.take_away("delete", line.team)
    assert line.hand(line.team, line.province) == WAITS


def test_what_was_opened_again_a_team_may_delete(line):
    verification.reopen(line.team, "h", reason="dobel")
    line.take_away("delete", line.team)
    assert line.hand(line.team, line.city) == []
    assert stands(line.city) == (0, "Sutarman")


def test_opening_it_again_in_the_same_bundle_lets_nobody_erase_it(line):
    verification.reopen(line.team, "h", reason="diminta warga")
    line.take_away("erase", line.team)
    assert line.hand(line.team, line.city) == WAITS
    assert stands(line.city) == (1, "Sutarman")


def test_a_deletion_that_did_not_see_the_verification_is_a_conflict(line):
    recording.record(line.other, Household, {**COMPLETE, "id": "x", "rt": "1/1", "head_name": "Herlina"})
    for taker in (line.team, line.city):
        assert line.hand(line.other, taker) == []
    assert verification.verify(line.city, ids=["x"]).verified
    recording.delete(line.other, Household, "x", reason="dobel")
    assert line.hand(line.other, line.city) == []
    with line.city.asking() as connection:
        assert ALIVE in records.read(connection, Household.key, ["x"])["x"].conflicts()


def test_what_two_teams_bring_of_one_erasure_is_taken_in_one_after_the_other(line):
    """That the first one is taken in takes nothing out of the second, in which it is erased as well."""
    line.take_away("erase", line.team)
    assert line.hand(line.team, line.other) == WAITS
    quarantine.apply(line.other, ["h"], reason="ditanyakan")
    assert line.hand(line.other, line.city) == WAITS
    recording.record(line.team, Household, {"id": "h", "kk_count": 2}, reason="dibetulkan")
    assert line.hand(line.team, line.city) == WAITS
    senders = {each.sender.workspace: each.sender for each in quarantine.waiting(line.city)}
    for name in ("Tim Lain", "Tim"):
        quarantine.apply(line.city, ["h"], reason="ditanyakan", whose=quarantine.of(senders[name]))
    for taker in (line.province, line.team, line.other):
        assert line.hand(line.city, taker) == []
    line.all_have_the_same()


def test_a_name_that_an_erasure_here_did_not_see_waits_on(line):
    recording.record(line.team, Household, {"id": "h", "head_name": "Herlina"}, reason="dibetulkan")
    line.take_away("delete", line.team)
    assert line.hand(line.team, line.city) == WAITS
    line.take_away("erase", line.city)
    quarantine.apply(line.city, ["h"], reason="ditanyakan")
    with line.city.asking() as connection:
        (house,) = records.read(connection, Household.key, ["h"]).values()
    assert {each.value for each in house.answers["head_name"]} == {None, "Herlina"}
    assert line.hand(line.city, line.team) == []
    assert soundness.digest(line.city) == soundness.digest(line.team)


def test_what_no_office_verified_a_team_deletes_and_erases_as_it_did(line):
    assert line.hand(line.city, line.other) == []
    for record in ("d", "e"):
        recording.record(line.team, Household, {**COMPLETE, "id": record, "rt": "2/1", "head_name": "Rusdi"})
    assert line.hand(line.team, line.city) == []
    recording.delete(line.team, Household, "d", reason="dobel")
    person_erasure.erase(line.team, Household, "e", reason="diminta warga")
    assert line.hand(line.team, line.city) == []


def erases(line, taker, ident="h"):
    """Let the team erase a record, and return why that waits elsewhere."""
    person_erasure.erase(line.team, Household, ident, reason="diminta warga")
    return line.hand(line.team, taker)


def test_opening_it_again_in_an_earlier_bundle_lets_nobody_erase_it(line):
    verification.reopen(line.team, "h", reason="diminta warga")
    assert line.hand(line.team, line.city) == []
    assert erases(line, line.city) == WAITS
    assert stands(line.city) == (1, "Sutarman")


def test_what_waits_at_the_city_waits_at_an_office_that_never_heard_of_the_record(line):
    verification.reopen(line.team, "h", reason="diminta warga")
    assert erases(line, line.province) == WAITS
    assert line.hand(line.province, line.city) == []
    assert stands(line.city) == (1, "Sutarman")


def test_what_an_office_took_in_without_hearing_of_the_verification_waits_where_that_was_made(line):
    recording.record(line.team, Household, {**COMPLETE, "id": "x", "rt": "2/1", "head_name": "Herlina"})
    assert line.hand(line.team, line.city) == line.hand(line.team, line.province) == []
    assert verification.verify(line.city, ids=["x"]).verified
    assert erases(line, line.province, "x") == []
    assert line.hand(line.province, line.city) == WAITS
    with line.city.asking() as connection:
        assert records.read(connection, Household.key, ["x"])["x"].values()["head_name"] == "Herlina"


def test_what_belongs_to_a_verified_record_waits_with_it(line):
    for who, ident in ((line.city, "k1"), (line.team, "k2")):
        recording.record(who, Comment, {"id": ident, "parent": "h", "text": "tentang Sutarman"})
        assert line.hand(line.team, line.city) == line.hand(line.city, line.team) == []
    assert erases(line, line.city) == WAITS * 3
    with line.city.asking() as connection:
        found = records.read(connection, Comment.key, ["k1", "k2"]).values()
        assert [each.values()["text"] for each in found] == ["tentang Sutarman"] * 2


def test_a_team_that_a_person_once_accepted_waits_as_well(line):
    standing.accept(line.city, key_of(line.team), "facilitator", reason="ditelepon")
    assert erases(line, line.city) == WAITS


def test_what_an_office_verified_stays_so_when_its_certificate_has_run_out(line, monkeypatch):
    assert line.hand(line.city, line.province) == []
    later = environment.moment() + timedelta(days=800)
    monkeypatch.setattr(environment, "moment", lambda: later)
    line.take_away("delete", line.team)
    assert line.hand(line.team, line.province) == line.hand(line.team, line.city) == WAITS
    assert erases(line, line.province) == line.hand(line.team, line.city) == WAITS


def test_what_was_erased_here_does_not_stand_in_what_waits_later(line):
    assert line.hand(line.team, line.city) == []
    line.take_away("erase", line.city)
    assert line.hand(line.city, line.province) == []
    enrolling.revoke(line.city, words_of(line.team), reason="dicuri")
    recording.record(line.team, Household, {"id": "h", "kk_count": 3}, reason="dibetulkan")
    assert line.hand(line.team, line.city) != []
    with line.city.asking() as connection:
        (waits,) = held.waiting(connection)
    assert "Sutarman" not in str(waits)


def decided(workspace):
    """Take in the erasure that waits, and return the line of the log of that."""
    quarantine.apply(workspace, ["h"], reason="ditanyakan")
    assert stands(workspace) == (1, None)
    with workspace.asking() as connection:
        return next(each.id for each in transfers.log(connection) if each.is_decision)


def test_an_erasure_that_a_person_took_in_can_be_taken_back_for_some_days(line, monkeypatch):
    """As the screen says before; then nothing is left of what was erased."""
    assert erases(line, line.city) == WAITS
    import_undo.undo(line.city, decided(line.city))
    assert stands(line.city) == (1, "Sutarman")
    assert soundness.check(line.city) == []
    taken = decided(line.city)
    later = environment.moment() + timedelta(days=8)
    monkeypatch.setattr(environment, "moment", lambda: later)
    person_erasure.forget_due_in(line.city)
    with pytest.raises(Trouble):
        import_undo.undo(line.city, taken)
    with line.city.asking() as connection:
        assert "Sutarman" not in str(history.of_record(connection, "h"))
    assert soundness.check(line.city) == []
