"""A conflict over whether a record lives is settled and that is taken back: whoever receives it takes it as it is."""

from datetime import UTC, datetime, timedelta
from itertools import count

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import conflicts, named_acts, recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import ALIVE
from tests.enrolled import enrol_all


def test_a_decision_over_a_deleted_record_that_was_taken_back_waits_nowhere(make_workspace, tmp_path, monkeypatch):
    """That it lives was said by a save that tells of something else, and so does not name it."""
    seconds = count()
    start = datetime(2026, 12, 2, 8, tzinfo=UTC)
    monkeypatch.setattr(environment, "now", lambda: (start + timedelta(seconds=next(seconds))).isoformat())
    province, city = make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",))
    team, other = make_workspace("Tim"), make_workspace("Tetangga")
    enrol_all(province, city, team, other)

    def carry(giver, taker, to):
        received = receiving.receive(taker, sending.send(giver, tmp_path, to=to, full=True, in_clear=True).path)
        assert (received.error, received.quarantined) == (None, 0)

    recording.record(team, Household, {"id": "h1", "head_name": "Sutarman", "kk_count": 1})
    carry(team, city, "district")
    recording.delete(city, Household, "h1", reason="dobel")
    recording.record(team, Household, {"id": "h1", "kk_count": 2}, reason="dibetulkan")
    carry(city, team, "facilitator")
    conflicts.settle(team, Household.key, "h1", ALIVE, 1, reason="ditanyakan")
    named_acts.take_back(team, named_acts.last(team).id, reason="keliru")
    assert [each.question for each in conflicts.open_conflicts(team)] == [ALIVE]
    carry(team, other, "facilitator")
    carry(team, city, "district")
    assert soundness.digest(team) == soundness.digest(other) == soundness.digest(city)
    assert soundness.check(city) == []
