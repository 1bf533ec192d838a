"""Bundles through real files, case by case; tests/laws shows the laws over random histories."""

import itertools

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.store import history, records
from tests.examples import a_record

KELURAHAN = "16.71.01.1001"


def test_the_history_travels_whole_and_its_chains_hold(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    for count in (1, 2, 3):
        recording.record(here, Household, {"id": "h", "rt": "1/1", "kk_count": count})
    receiving.receive(there, sending.send(here, tmp_path).path)
    with here.asking() as mine, there.asking() as theirs:
        assert list(history.chains(theirs)) == list(history.chains(mine))
    assert soundness.check(there) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_form_travels_through_a_real_file(make_workspace, tmp_path, form):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    answers = {key: value for key, value in a_record(form).answers.items() if value is not None}
    with editing(here) as edits:
        edits.save(form.key, "one", answers, origin="test")
    received = receiving.receive(there, sending.send(here, tmp_path).path)
    assert (received.counts["new"], received.notes) == (1, ())
    assert soundness.digest(there) == soundness.digest(here)


def test_unknown_forms_questions_and_options_pass_through_an_older_release_unchanged(make_workspace, tmp_path):
    newer, older, province = make_workspace("newer"), make_workspace("older"), make_workspace("province", "province")
    with editing(newer) as edits:
        place = {"region": KELURAHAN, "rt": "001/001", "period": "2031"}
        edits.save("household", "h", {**place, "roof": "genteng_surya", "solar_panel": "ya", "panels": 4}, origin="x")
        edits.save("flood_survey", "f", {**place, "depth_cm": 30, "note": "=A1"}, origin="x")
        edits.save("flood_survey", "f", {"depth_cm": 40}, origin="x")
    before = soundness.digest(newer)
    assert receiving.receive(older, sending.send(newer, tmp_path).path).counts["new"] == 2
    assert receiving.receive(province, sending.send(older, tmp_path).path).counts["new"] == 2
    assert soundness.digest(older) == soundness.digest(province) == before
    assert soundness.check(province) == []
    with province.asking() as connection:
        assert records.read(connection, "flood_survey", ["f"])["f"].values()["depth_cm"] == 40


def test_a_bundle_without_names_carries_none_and_erases_none(make_workspace, tmp_path):
    here, province = make_workspace("a"), make_workspace("p", role="province")
    for name in ("Sukarman bin Roni", "Sukarman bin Abdul Roni"):
        recording.record(here, Household, {"id": "h", "rt": "1/1", "head_name": name, "nik": "1671010101800001"})
    redacted = sending.send(here, tmp_path, to="province", withhold=True).path
    assert receiving.receive(province, redacted).counts["new"] == 1
    with province.asking() as connection:
        assert "head_name" not in records.read(connection, "household", ["h"])["h"].values()
    recording.record(province, Household, {"id": "h", "kk_count": 2})
    back = sending.send(province, tmp_path, to="district").path
    receiving.receive(here, back)
    with here.asking() as connection:
        values = records.read(connection, "household", ["h"])["h"].values()
    assert (values["head_name"], values["kk_count"]) == ("Sukarman bin Abdul Roni", 2)
    receiving.receive(province, sending.send(here, tmp_path).path)
    assert soundness.digest(province) == soundness.digest(here)
    assert soundness.check(province) == []


def test_a_gap_between_bundles_is_named_and_knowledge_stays(make_workspace, tmp_path, monkeypatch):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    recording.record(here, Household, {"id": "h", "rt": "1/1"})
    original = sending._manifest

    def later(*given):
        manifest = original(*given)
        return type(manifest)(**{**vars(manifest), "since": {KELURAHAN: {manifest.node: 99}}})

    monkeypatch.setattr(sending, "_manifest", later)
    received = receiving.receive(there, sending.send(here, tmp_path).path)
    assert received.counts["new"] == 1
    assert any("belum diterima" in note for note in received.notes)


def test_a_moved_household_reaches_its_old_kelurahan_too(make_workspace, tmp_path):
    other = "16.71.01.1002"
    here, old = make_workspace("a", regions=(KELURAHAN, other)), make_workspace("b", regions=(KELURAHAN,))
    recording.record(here, Household, {"id": "h", "rt": "1/1", "region": KELURAHAN})
    recording.record(here, Household, {"id": "h", "region": other})
    receiving.receive(old, sending.send(here, tmp_path, areas=[KELURAHAN]).path)
    with old.asking() as connection:
        assert records.read(connection, "household", ["h"])["h"].values()["region"] == other


def test_what_cannot_be_read_is_refused_before_anything_is_saved(workspace):
    for unreadable in ({"rt": "1/1", "kk_count": "x"}, {"rt": "1/1", "lantai": 3}):
        with pytest.raises(Unreadable):
            recording.record(workspace, Household, unreadable)
    assert soundness.digest(workspace) == soundness.digest(workspace)
    with workspace.asking() as connection:
        assert list(itertools.chain(*history.chains(connection))) == []
