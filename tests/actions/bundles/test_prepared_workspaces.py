"""One workspace is prepared and copied to the laptops of several teams, each of which goes on as itself."""

import shutil

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import backups, soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.store import open_workspace
from tests.acquainted import meet, told_by


def test_workspaces_that_were_copied_before_their_first_save_take_what_each_other_saved(
    make_workspace, monkeypatch, tmp_path
):
    def be_on(laptop):
        monkeypatch.setenv("P2KP_HOME", str(tmp_path / f"home-{laptop}"))
        monkeypatch.setattr("uuid.getnode", lambda: laptop << 8)

    be_on(1)
    prepared = make_workspace("Ali")
    shutil.copy(backups.back_up(prepared), tmp_path / "salinan.p2kp")
    other = open_workspace(tmp_path / "salinan.p2kp")
    sent, told = {}, []
    for laptop, workspace in ((1, prepared), (2, other)):
        be_on(laptop)
        recording.record(workspace, Household, {"id": f"h{laptop}", "head_name": "Warga"}, reason="x")
        sent[laptop] = sending.send(workspace, tmp_path, to="facilitator", full=True).path
        told.append(told_by(workspace))
    for laptop, workspace in ((1, prepared), (2, other)):
        be_on(laptop)
        meet(workspace, told)
        received = receiving.receive(workspace, sent[3 - laptop])
        assert (received.quarantined, received.counts["new"]) == (0, 1)
    assert soundness.digest(prepared) == soundness.digest(other)
    assert soundness.check(other) == soundness.check(prepared) == []
    other.close()
