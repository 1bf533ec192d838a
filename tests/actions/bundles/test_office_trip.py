"""A bundle that the program made, opened and saved in LibreOffice on its way, is still the same bundle."""

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.actions.review import handing_in, verification
from p2kp_desktop.forms.household import Household
from tests.examples import a_record, unlike
from tests.office_suite import saved_again

COMPLETE = {key: value for key, value in a_record(Household).answers.items() if value is not None}


def test_a_return_bundle_saved_again_in_an_office_suite_brings_everything_and_then_nothing(make_workspace, tmp_path):
    team, office = make_workspace("Tim 3"), make_workspace("Dinas", role="district")
    for record in ("h1", "h2", "h3"):
        recording.record(team, Household, {**COMPLETE, **unlike(), "id": record})
    handing_in.submit(team)
    receiving.receive(office, sending.send(team, tmp_path).path)
    recording.record(team, Household, {"id": "h3", "kk_count": 2})
    recording.record(office, Household, {"id": "h3", "kk_count": 3})
    receiving.receive(office, sending.send(team, tmp_path).path)
    verification.verify(office, ids=["h1"])
    verification.give_back(office, "h2", comment="Periksa lagi:\n= atapnya.", about="roof")
    assert conflicts.count(office) == 1

    back = sending.send(office, tmp_path, to="facilitator", full=True).path
    saved = saved_again(back)
    assert saved.read_bytes() != back.read_bytes()
    received = receiving.receive(team, saved)
    assert (received.error, received.edited, received.edited_outside, received.notes) == (None, (), 0, ())
    assert received.counts["new"] + received.counts["updated"] + received.counts["conflict"] > 3
    assert received.sender.fingerprint
    assert soundness.digest(team) == soundness.digest(office)

    again = receiving.receive(team, back)
    assert again.read == again.counts["identical"]
    assert again.notes == ()
