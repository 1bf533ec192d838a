"""A community from an empty bowl to a full one, with keys alone, and all of it travels to the province and back.

One facilitator's window: institutions, a shared agreement from its draft through three meetings to its legalisation,
changed once, compared, monitored, a violation and its sanction; a need found from a score, a commitment, an activity
to 100 %, and the score after. Then the city receives and verifies, again with keys.
"""

import pytest
from PySide6.QtCore import Qt

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.collaboration import works
from p2kp_desktop.actions.common import soundness, workspaces
from p2kp_desktop.store import open_workspace
from p2kp_desktop.ui.place import BOWL, Destination, Scope
from tests.conftest import KELURAHAN
from tests.examples import RT
from tests.records import RECAP
from tests.ui.bowl_journey import INSTITUTIONS, ready, record_of_part

from . import agreement_journey, need_journey
from .windows import Running, key_in, press

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT = Modifier.ControlModifier, Modifier.ShiftModifier


@pytest.fixture
def start(qtbot, tmp_path):
    """Give a function that starts the program on a workspace; whoever starts it closes it."""

    def begin(name):
        return Running(qtbot, tmp_path / f"{name}.p2kp", guide="closed")

    offices = (("tim", "facilitator", KELURAHAN), ("kota", "district", "16.71"), ("prov", "province", "16"))
    for name, role, area in offices:
        workspaces.init(tmp_path / f"{name}.p2kp", role=role, name=name, regions=[area]).close()
    return begin


def go(running, place, **more):
    scope = Scope(KELURAHAN, more.pop("rt", None), more.pop("period", running.window.scope.period))
    running.window.go(Destination(place, scope, **more))
    running.until_quiet()


def key_recap(running, period, **more):
    """Key the recap of the RT in Pendataan, as a person does."""
    go(running, "collecting", rt=RT, period=period)
    press(running, "r")
    key_in(running, {**RECAP, **more})
    running.window.scope = Scope(KELURAHAN, None, str(running.window.about.period))


def hand_over(giver, taker, folder, to):
    """Send from one workspace and receive in another."""
    with open_workspace(giver) as one, open_workspace(taker) as other:
        received = receiving.receive(other, sending.send(one, folder, to=to).path)
        assert (received.error, received.counts["rejected"], received.notes) == (None, 0, ())


def test_a_community_gets_ready_agrees_builds_and_is_seen_by_the_province(start, tmp_path, monkeypatch):
    monkeypatch.setattr(need_journey, "recap", key_recap)
    running = start("tim")
    fill_the_bowl(running)
    agreement_journey.go(running)
    agreement_journey.from_draft_to_force(running)
    key_recap(running, running.window.scope.period)
    need_journey.go(running, "needs")
    need_journey.from_score_to_score(running)
    keep_up_what_was_built(running)
    go(running, BOWL)
    assert {"bkm", "notary", "upl", "tipp", "volunteers", "rplp", "rules", "kpp", "forum"} == {*ready(running)}
    running.close()
    verify_at_the_city(start, tmp_path)
    running = start("tim")
    go(running, BOWL)
    assert len(ready(running)) == 10
    assert running.window.place.village.next.text() == "Mangkuk ini penuh: siap menerima program."
    running.close()


def fill_the_bowl(running):
    go(running, BOWL)
    for part, given in INSTITUTIONS:
        record_of_part(running, part, given)
    go(running, "meetings")
    press(running, "n")
    key_in(running, {"kind": "forum", "name": "Rapat triwulan", "level": "kelurahan", "date": "3/11/2026"}, leave=False)


def keep_up_what_was_built(running):
    (work,) = works.works(running.window.desk.workspace, KELURAHAN)
    go(running, BOWL)
    record_of_part(running, "kpp", {
        "name": "KPP Jalan", "asset": work.name, "rt_label": RT, "active": "aktif",
    })


def verify_at_the_city(start, folder):
    """The city receives, verifies the kelurahan with keys, and sends on and back; everything is equal everywhere."""
    tim, city, province = (folder / f"{name}.p2kp" for name in ("tim", "kota", "prov"))
    hand_over(tim, city, folder, "district")
    running = start("kota")
    go(running, "collecting")
    press(running, "v", modifier=SHIFT)
    press(running, Key.Key_Return)
    running.close()
    hand_over(city, province, folder, "province")
    hand_over(city, tim, folder, "facilitator")
    digests = set()
    for path in (tim, city, province):
        with open_workspace(path) as workspace:
            assert soundness.check(workspace) == []
            digests.add(soundness.digest(workspace))
    assert len(digests) == 1
