"""The laws of sync.md through real files: few random histories of real workspaces (the many are in memory)."""

import itertools
import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from p2kp_desktop.actions import checking, conflicts, receiving, recording, sending, workspaces
from p2kp_desktop.actions.editing import editing
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.store import history, records
from tests.conftest import DEEP
from tests.examples import a_record

KELURAHAN = "16.71.01.1001"
ROLES = ("facilitator", "facilitator", "district")
RECORDS = ("r1", "r2")

changed = st.fixed_dictionaries(
    {},
    optional={
        "head_name": st.sampled_from(["Siti", "=1+1", "_x0041_", "Ali\nBaba", None]),
        "kk_count": st.integers(1, 4),
        "roof": st.sampled_from(["a", "b", None]),
        "floor_length": st.sampled_from(["7.5", "0.1", "123456.789012345"]),
        "rt": st.sampled_from(["1/1", "2/1"]),
    },
)
where = st.integers(0, len(ROLES) - 1)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), where, st.sampled_from(RECORDS), changed),
        st.tuples(st.just("delete"), where, st.sampled_from(RECORDS)),
        st.tuples(st.just("send"), where, st.sampled_from(["province", "district", "facilitator"]), st.booleans()),
        st.tuples(st.just("receive"), where, st.integers(0, 9)),
    ),
    max_size=14,
)


class Offices:
    """Some workspaces in a folder, and the bundles that they sent."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.all = [
            workspaces.init(self.folder / f"{n}.p2kp", role=role, name=f"kantor {n}", regions=[KELURAHAN])
            for n, role in enumerate(ROLES)
        ]
        self.bundles = []
        self.saved = set()

    def edit(self, at, record, given):
        given = {"rt": "1/1", **given} if not self.version(at, record).vector else given
        recording.record(self.all[at], Household, {"id": record, **given})
        self.saved |= {(record, key, value) for key, value in self.version(at, record).values().items()}

    def delete(self, at, record):
        if self.version(at, record).values().get("alive"):
            recording.delete(self.all[at], Household, record, reason="dobel")

    def send(self, at, to="province", withhold=False, full=False):
        self.bundles.append(sending.send(self.all[at], self.folder, to=to, withhold=withhold, full=full).path)

    def receive(self, at, number):
        if self.bundles:
            self.take(at, self.bundles[number % len(self.bundles)])

    def take(self, at, bundle):
        received = receiving.receive(self.all[at], bundle)
        assert received.error is None
        assert received.counts["rejected"] == 0
        return received

    def version(self, at, record) -> Version:
        with self.all[at].asking() as connection:
            return records.read(connection, "household", [record]).get(record) or Version("household", record)

    def run(self, steps):
        for name, *rest in steps:
            getattr(self, name)(*rest)
        return self

    def close(self):
        for workspace in self.all:
            workspace.close()


def open_conflicts(workspace):
    return {(c.id, c.question, frozenset(s.value for s in c.sides)) for c in conflicts.open_conflicts(workspace)}


@settings(max_examples=300 if DEEP else 20)
@given(steps, st.randoms(use_true_random=False))
def test_all_orders_of_all_bundles_end_alike_and_nothing_is_lost(steps, random):
    with tempfile.TemporaryDirectory() as folder:
        offices = Offices(folder).run(steps)
        for at in range(len(ROLES)):
            offices.send(at, full=True)
        for at in range(len(ROLES)):
            order = offices.bundles + offices.bundles[-3:]
            random.shuffle(order)
            for bundle in order:
                offices.take(at, bundle)
            for bundle in random.sample(offices.bundles, k=min(2, len(offices.bundles))):
                again = offices.take(at, bundle)
                assert again.read == again.counts["identical"] + again.counts["older"]
        assert len({checking.digest(workspace) for workspace in offices.all}) == 1
        assert open_conflicts(offices.all[0]) == open_conflicts(offices.all[1]) == open_conflicts(offices.all[2])
        for at, workspace in enumerate(offices.all):
            assert checking.check(workspace) == []
            assert offices.saved <= known_values(offices, at)
        offices.close()


def known_values(offices, at):
    """Return every value that a workspace shows, keeps as a side, or has in its history."""
    found = set()
    for record in RECORDS:
        for key, siblings in offices.version(at, record).answers.items():
            found |= {(record, key, sibling.value) for sibling in siblings}
        with offices.all[at].asking() as connection:
            for row in history.of_record(connection, record):
                for key, change in row.changes.items():
                    before = change.before if isinstance(change.before, list) else [change.before]
                    found |= {(record, key, value) for value in (*before, change.after)}
    return found


def test_the_history_travels_whole_and_its_chains_hold(make_workspace, tmp_path):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    for count in (1, 2, 3):
        recording.record(here, Household, {"id": "h", "rt": "1/1", "kk_count": count})
    receiving.receive(there, sending.send(here, tmp_path).path)
    with here.asking() as mine, there.asking() as theirs:
        assert list(history.chains(theirs)) == list(history.chains(mine))
    assert checking.check(there) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_form_travels_through_a_real_file(make_workspace, tmp_path, form):
    here, there = make_workspace("a"), make_workspace("b", role="district")
    answers = {key: value for key, value in a_record(form).answers.items() if value is not None}
    with editing(here) as edits:
        edits.save(form.key, "one", answers, origin="test")
    received = receiving.receive(there, sending.send(here, tmp_path).path)
    assert (received.counts["new"], received.notes) == (1, ())
    assert checking.digest(there) == checking.digest(here)


def test_unknown_forms_questions_and_options_pass_through_an_older_release_unchanged(make_workspace, tmp_path):
    newer, older, province = make_workspace("newer"), make_workspace("older"), make_workspace("province", "province")
    with editing(newer) as edits:
        place = {"region": KELURAHAN, "rt": "001/001", "period": "2031"}
        edits.save("household", "h", {**place, "roof": "genteng_surya", "solar_panel": "ya", "panels": 4}, origin="x")
        edits.save("flood_survey", "f", {**place, "depth_cm": 30, "note": "=A1"}, origin="x")
        edits.save("flood_survey", "f", {"depth_cm": 40}, origin="x")
    before = checking.digest(newer)
    assert receiving.receive(older, sending.send(newer, tmp_path).path).counts["new"] == 2
    assert receiving.receive(province, sending.send(older, tmp_path).path).counts["new"] == 2
    assert checking.digest(older) == checking.digest(province) == before
    assert checking.check(province) == []
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
    assert checking.digest(province) == checking.digest(here)
    assert checking.check(province) == []


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
    assert checking.digest(workspace) == checking.digest(workspace)
    with workspace.asking() as connection:
        assert list(itertools.chain(*history.chains(connection))) == []
