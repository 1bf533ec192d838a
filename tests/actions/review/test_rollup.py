"""The review of RTs and kelurahan, computed from their records."""

import hypothesis.strategies as st
import pytest
import sqlalchemy as sa
from hypothesis import given

from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.actions.review import rollup, verification
from p2kp_desktop.actions.review.rollup import Counts
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.kawasan import Kawasan
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.schema import STATUS
from p2kp_desktop.schema.review import seen
from p2kp_desktop.store import facts, migrations, records
from p2kp_desktop.store.tables import REVIEW
from tests.conftest import KELURAHAN

OTHER = "16.71.01.1002"
PERIOD = "2026"
numbers = st.integers(0, 3)


@pytest.fixture
def office(make_workspace):
    return make_workspace("Kota", role="district", regions=("16.71",))


def stand(workspace, ident, status, *, form=Household, **address):
    """Save a record that stands so, without asking whether it may."""
    place = {"region": KELURAHAN, "rt": "001/001", "period": PERIOD, **address}
    with editing(workspace) as edits:
        if status in (verification.VERIFIED, verification.CHANGED):
            version = edits.save(form.key, ident, place, origin="x")
            kept = seen(version)
            edits.save(form.key, ident, {STATUS: verification.VERIFIED, "seen.x": kept}, origin="x")
            if status == verification.CHANGED:
                edits.save(form.key, ident, {"rt": place["rt"]}, origin="x")
        else:
            edits.save(form.key, ident, {**place, STATUS: status or None}, origin="x")


@given(numbers, numbers, numbers, numbers, numbers)
def test_all_together_are_verified_only_when_every_one_is(draft, ready, returned, verified, changed):
    counts = Counts(draft, ready, returned, verified, changed)
    assert (counts.status == verification.VERIFIED) == (verified > 0 and counts.total == verified)
    assert counts.todo("district") == counts.todo("province") == ready + changed
    assert counts.todo("facilitator") == returned
    if counts.status == verification.READY:
        assert (draft, returned, changed) == (0, 0, 0)


def test_households_and_forms_of_an_rt_are_counted_by_standing(office):
    standings = ("", verification.READY, verification.RETURNED, verification.VERIFIED, verification.CHANGED)
    for number, status in enumerate(standings):
        stand(office, f"h{number}", status)
    stand(office, "recap", verification.VERIFIED, form=RtRecap)
    stand(office, "elsewhere", "", region=OTHER)
    stand(office, "then", "", period="2025")
    (rt,) = rollup.rts(office, KELURAHAN, PERIOD)
    assert (rt.region, rt.rt, rt.status) == (KELURAHAN, "001/001", verification.RETURNED)
    assert rt.households == Counts(1, 1, 1, 1, 1)
    assert rt.records == Counts(1, 1, 1, 2, 1)
    assert [each.region for each in rollup.rts(office, "16.71", PERIOD)] == [KELURAHAN, OTHER]


def test_a_deleted_record_counts_nowhere(office):
    stand(office, "h", verification.READY)
    recording.delete(office, Household, "h", reason="x")
    assert rollup.rts(office, "16.71", PERIOD) == ()


def test_a_kelurahan_is_verified_only_when_every_rt_and_every_other_record_is(office):
    stand(office, "h", verification.VERIFIED)
    stand(office, "i", verification.VERIFIED, rt="002/001")
    stand(office, "k", "", form=Kawasan, rt=None, period=None)
    (village,) = rollup.villages(office, "16.71", PERIOD)
    assert (village.status, village.verified_rts, len(village.rts)) == ("", 2, 2)
    stand(office, "k", verification.VERIFIED, form=Kawasan, rt=None, period=None)
    (village,) = rollup.villages(office, "16.71", PERIOD)
    assert village.status == verification.VERIFIED
    stand(office, "i", verification.CHANGED, rt="002/001")
    (village,) = rollup.villages(office, "16.71", PERIOD)
    assert (village.status, village.verified_rts, village.todo("district")) == (verification.CHANGED, 1, 1)


def test_a_status_of_a_newer_release_counts_as_draft(office):
    stand(office, "h", "disahkan")
    (rt,) = rollup.rts(office, KELURAHAN, PERIOD)
    assert (rt.records.draft, rt.status) == (1, "")


def test_the_records_that_wait_for_someone_are_found_by_place(office):
    stand(office, "b", verification.READY, rt="002/001")
    stand(office, "a", verification.CHANGED)
    stand(office, "c", verification.RETURNED)
    stand(office, "d", "")
    assert [line.id for line in rollup.waiting(office, "16.71", PERIOD, "district")] == ["a", "b"]
    assert [line.id for line in rollup.waiting(office, "16.71", PERIOD, "facilitator")] == ["c"]
    assert [line.id for line in rollup.standing_so(office, "16.71", PERIOD, "")] == ["d"]


def test_a_workspace_of_an_older_release_learns_how_its_records_stand(office):
    for ident, status in (
        ("h", verification.CHANGED),
        ("i", verification.VERIFIED),
        ("j", verification.READY),
        ("k", ""),
    ):
        stand(office, ident, status)
    before = rollup.rts(office, KELURAHAN, PERIOD)
    with office.changing() as connection:
        connection.exec_driver_sql(f'ALTER TABLE household DROP COLUMN "{REVIEW}"')
        connection.execute(facts.meta.update().where(facts.meta.c.key == "shape").values(value="older"))
    assert migrations.bring_up_to_date(office) == [f"household.{REVIEW}"]
    assert rollup.rts(office, KELURAHAN, PERIOD) == before
    assert soundness.check(office) == []


def test_a_review_status_changed_behind_the_programs_back_is_damage(office):
    stand(office, "h", verification.CHANGED)
    assert soundness.check(office) == []
    with office.changing() as connection:
        connection.execute(sa.update(records.RECORDS["household"]).values({REVIEW: verification.VERIFIED}))
    assert any("h" in problem for problem in soundness.check(office))
