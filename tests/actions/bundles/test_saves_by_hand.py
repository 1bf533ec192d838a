"""What somebody wrote into a workspace by hand, `check` finds, or the next office."""

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import import_undo
from p2kp_desktop.actions.common import by_hand as told
from p2kp_desktop.actions.common import events, soundness
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.actions.trust.protection import FALSE, why_words
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import STATUS
from p2kp_desktop.schema.review import VERIFIED
from p2kp_desktop.store import audit, facts, history, open_workspace, records, transfers, trusted
from p2kp_desktop.store.tables import RECORDS
from p2kp_desktop.store.tables import history as rows_table
from p2kp_desktop.store.tables import trusted as trusted_table
from tests import forger
from tests.signed_offices import Offices, cut_off, keep, key_of, node_of, rows_of, without_signatures

OLD = Path(__file__).parents[2] / "data" / "old"


@pytest.fixture
def offices(make_workspace, tmp_path):
    return Offices(make_workspace, tmp_path)


def test_check_finds_what_was_written_into_the_history_by_hand(offices):
    with offices.team.changing() as connection:
        (row, *_others) = [row for chain in history.chains(connection) for row in chain][-1:]
        false = replace(row, save=row.save._replace(person="Orang Lain")).sealed()
        connection.execute(rows_table.update().where(rows_table.c.hash == row.hash)
                           .values(person="Orang Lain", hash=false.hash))
    assert any("Tanda tangan" in each for each in soundness.check(offices.team))
    with offices.team.changing() as connection:
        connection.execute(rows_table.update().where(rows_table.c.hash == false.hash).values(mark=""))
    assert any("tanpa tanda tangan" in each for each in soundness.check(offices.team))


def by_hand(workspace, ident, change):
    """Write a record anew as somebody would with a tool for databases, its seal included."""
    with workspace.changing() as connection:
        (version,) = records.read(connection, Household.key, [ident]).values()
        records.write(connection, [change(version)])


def another_name(version):
    told = frozenset(side._replace(value="Palsu") for side in version.answers["head_name"])
    return replace(version, answers={**version.answers, "head_name": told})


def test_check_finds_an_answer_that_was_changed_by_hand(offices):
    keep(offices.team, "h1", "Benar")
    by_hand(offices.team, "h1", another_name)
    assert soundness.check(offices.team) == ["Catatan household h1 berubah di luar program."]


def test_a_first_answer_that_was_changed_by_hand_is_found_here_and_at_the_next_office(offices):
    by_hand(offices.team, "h2", another_name)
    assert any("h2 berubah di luar program" in each for each in soundness.check(offices.team))
    received = offices.receive(offices.city, offices.send(offices.team, full=True))
    assert (received.quarantined, received.held[0].why) == (1, why_words(FALSE))


@pytest.mark.parametrize("given", [{"role": "province"}, {"person": "Gubernur"}, {"time": "2020-01-01T00:00:00+07:00"}])
def test_check_finds_that_somebody_else_is_said_to_have_saved(offices, given):
    keep(offices.team, "h1", "Benar")
    by_hand(offices.team, "h1", lambda version: replace(version, answers={
        **version.answers, "head_name": frozenset(
            side._replace(save=side.save._replace(**given)) for side in version.answers["head_name"]
        ),
    }))
    assert soundness.check(offices.team) == ["Catatan household h1 berubah di luar program."]


@pytest.mark.parametrize("given", [{"role": "province"}, {"person": "Gubernur"}, {"time": "2020-01-01T00:00:00+07:00"}])
def test_check_finds_that_somebody_else_is_said_to_have_given_a_side_of_a_conflict_opened_again(offices, given):
    keep(offices.city, "h1", "Dari kota")
    offices.receive(offices.team, offices.send(offices.city, to="facilitator", full=True))
    with editing(offices.team) as edits:
        recording.keep_within(edits, Household, {"id": "h1", "head_name": "Dari tim"}, began={"head_name": "Warga"},
                              origin="typed", reason="x")
    with offices.team.asking() as connection:
        (version,) = records.read(connection, Household.key, ["h1"]).values()
    assert {side.save.role for side in version.answers["head_name"]} == {"district", "facilitator"}
    assert soundness.check(offices.team) == []
    by_hand(offices.team, "h1", lambda version: replace(version, answers={
        **version.answers, "head_name": frozenset(
            side._replace(save=side.save._replace(**given)) if side.value == "Dari tim" else side
            for side in version.answers["head_name"]
        ),
    }))
    assert soundness.check(offices.team) == ["Catatan household h1 berubah di luar program."]


@pytest.mark.parametrize("whose", ["team", "city"])
def test_check_finds_a_correction_that_was_taken_back_by_hand(offices, whose):
    keep(getattr(offices, whose), "h1", "Lama")
    offices.receive(offices.city, offices.send(offices.team))
    offices.receive(offices.team, offices.send(offices.city, to="facilitator", full=True))
    with offices.team.asking() as connection:
        (old,) = records.read(connection, Household.key, ["h1"]).values()
    keep(offices.team, "h1", "Benar")
    assert soundness.check(offices.team) == []
    by_hand(offices.team, "h1", lambda version: replace(version, answers={
        **version.answers, "head_name": old.answers["head_name"],
    }))
    assert soundness.check(offices.team) == ["Catatan household h1 berubah di luar program."]


def test_check_finds_a_verification_that_was_written_by_hand(offices):
    keep(offices.city, "h2", "Dari kota")
    offices.receive(offices.team, offices.send(offices.city, to="facilitator", full=True))
    beyond = forger.save(node_of(offices.city), 9, role="district")
    by_hand(offices.team, "h1", lambda version: forger.answered(version, beyond, {STATUS: VERIFIED}))
    assert any("tidak ada riwayatnya" in each for each in soundness.check(offices.team))


def test_check_finds_what_was_deleted_by_hand(offices):
    with offices.team.changing() as connection:
        connection.execute(RECORDS["household"].delete().where(RECORDS["household"].c.id == "h1"))
    assert any("hilang dari berkas" in each for each in soundness.check(offices.team))
    with offices.team.changing() as connection:
        connection.execute(rows_table.delete().where(rows_table.c.record == "h1"))
    assert any("Riwayat hilang" in each for each in soundness.check(offices.team))


def test_a_history_that_was_written_anew_is_found_here_or_at_the_next_office(offices):
    rows, previous = [], ""
    for row in rows_of(offices.team):
        rows.append(replace(row, save=row.save._replace(person="Lain"), previous=previous).sealed())
        previous = rows[-1].hash
    with offices.team.changing() as connection:
        history.forget(connection, [row.save.dot for row in rows])
        history.put(connection, rows)
    assert any("Tanda tangan" in each for each in soundness.check(offices.team))
    without_signatures(offices.team)  # who takes these away too has the program sign the false ones itself
    received = offices.receive(offices.city, offices.send(offices.team, full=True))
    assert any("dipakai di 2 salinan" in note for note in received.notes)


def test_check_finds_a_key_and_a_role_that_were_written_by_hand(offices):
    assert soundness.check(offices.team) == []
    with offices.team.changing() as connection:
        trusted.accept(connection, [trusted.Accepted("x", "province", "", person="Tim", reason="x", time="2099")])
    assert [each for each in soundness.check(offices.team) if "dipercaya" in each]
    with offices.team.changing() as connection:
        connection.execute(trusted_table.delete().where(trusted_table.c.key == "x"))
        trusted.accept(connection, [trusted.Accepted("x", "province", "", transfer="tidak ada", time="2099")])
    assert [each for each in soundness.check(offices.team) if "dipercaya" in each]
    with offices.team.changing() as connection:
        connection.execute(trusted_table.delete().where(trusted_table.c.key == "x"))
        facts.note(connection, "role", "district")
    assert [each for each in soundness.check(offices.team) if "Peran" in each]


def test_a_row_as_an_upgrade_writes_it_is_found_where_the_office_sent_nothing_before(offices):
    offices.receive(offices.team, offices.send(offices.city, to="facilitator"))
    with offices.team.changing() as connection:
        (city,) = {each.key for each in trusted.accepted(connection, "district")}
    for key, role in (("x", "district"), (city, "district"), (city, "province")):  # the city came after the upgrade
        with offices.team.changing() as connection:
            trusted.accept(connection, [trusted.Accepted(key, role, "16.71.99")])
        assert [each for each in soundness.check(offices.team) if "dipercaya" in each], (key, role)
        with offices.team.changing() as connection:
            connection.execute(trusted_table.delete().where(trusted_table.c.region == "16.71.99"))
    assert soundness.check(offices.team) == []


@pytest.mark.parametrize("whose", ["a stranger", "the city"])
def test_check_finds_a_key_that_a_person_is_said_to_have_accepted_before_there_were_events(offices, whose):
    """The city did send something, but nothing before the events begin here: it was accepted by no older release."""
    offices.receive(offices.team, offices.send(offices.city, to="facilitator"))
    key = key_of(offices.city) if whose == "the city" else "x"
    with offices.team.changing() as connection:
        trusted.accept(connection, [trusted.Accepted(key, "province", "", person="Tim", reason="x", time="2020")])
    assert [each for each in soundness.check(offices.team) if "dipercaya" in each]


def test_check_says_nothing_of_a_key_that_a_person_accepted_before_there_were_events(tmp_path, monkeypatch):
    """Release 0.9.0 let people accept whoever had sent something, and noted no events."""
    monkeypatch.setattr(environment, "now", lambda: "2026-12-02T08:00:00+00:00")
    old = shutil.copy(OLD / "0.9.0" / "workspace.p2kp", tmp_path / "lama.p2kp")
    with closing(open_workspace(old)) as workspace:
        with workspace.changing() as connection:
            mate = next(line.result["sender"]["key"] for line in transfers.log(connection) if line.direction == "in")
            trusted.accept(connection, [trusted.Accepted(
                mate, "facilitator", "", person="Tim Lama", reason="x", time="2026-12-01T14:46:00+00:00",
            )])
        assert soundness.check(workspace) == []
        with workspace.changing() as connection:
            events.note(connection, events.PRINTED)
        assert soundness.check(workspace) == []


def test_check_finds_that_the_last_record_of_another_office_was_taken_out_with_its_saves(offices, make_workspace):
    keep(offices.team, "h3")
    bundle = offices.send(offices.team)
    offices.receive(offices.city, bundle)
    assert soundness.check(offices.city) == []
    cut_off(offices.city, "h3")
    (lost,) = soundness.check(offices.city)
    assert "1 simpanan yang pernah ada di berkas ini hilang (Tiga-puluh-lima Ilir)" in lost
    other = make_workspace("Tim Lain", regions=("16.71.01.1002",))
    keep(other, "h4")
    offices.receive(offices.city, offices.send(other))
    assert soundness.check(offices.city) == [lost]
    offices.receive(offices.city, bundle)
    assert soundness.check(offices.city) == []


def test_what_came_with_an_earlier_release_counts_from_the_next_bundle_on(tmp_path):
    """That release noted no receipts; the first one here tells of all saves that are in the file."""
    old = shutil.copy(OLD / "0.9.0" / "workspace.p2kp", tmp_path / "lama.p2kp")
    with closing(open_workspace(old)) as workspace:
        with workspace.changing() as connection:
            told.note(connection, events.RECEIVED, told.ends(connection))
        (last, *_others) = reversed(rows_of(workspace))
        assert soundness.check(workspace) == []
        cut_off(workspace, last.record)
        with workspace.asking() as connection:
            counted, _others = events.proven(connection)
            assert [each for each in told.faults(connection, counted) if "pernah ada di berkas ini" in each]


def test_check_takes_no_import_that_was_taken_back_for_a_loss(offices):
    keep(offices.team, "h3")
    came = offices.receive(offices.city, offices.send(offices.team))
    import_undo.undo(offices.city, came.transfer)
    assert soundness.check(offices.city) == []
    with offices.city.asking() as connection:
        assert told.ends(connection) == told._known(audit.noted(connection))
