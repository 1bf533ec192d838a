"""Who writes an event into the file with an SQL tool hides nothing: only what this workspace signed counts."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.common import by_hand, events, soundness
from p2kp_desktop.actions.upkeep import salvage
from p2kp_desktop.exchange import signing
from p2kp_desktop.store import audit, facts, open_workspace, transfers, trusted
from p2kp_desktop.store.tables import audit as audit_table
from tests.signed_offices import Offices, cut_off, keep, key_of
from tests.sql_tool import edited

OLD = Path(__file__).parents[2] / "data" / "old"
ANOTHERS = "tidak ditandatangani ruang kerja ini"
LOST = "1 simpanan yang pernah ada di berkas ini hilang"


@pytest.fixture
def offices(make_workspace, tmp_path):
    return Offices(make_workspace, tmp_path)


@pytest.fixture
def cut(offices):
    """Give a city from which the team's last record was taken out with its saves, and the number of its last event."""
    keep(offices.team, "h3")
    offices.receive(offices.city, offices.send(offices.team))
    cut_off(offices.city, "h3")
    (said,) = soundness.check(offices.city)
    assert LOST in said
    return offices.city


def written(workspace, act, what, signature=""):
    """Add a row as somebody does who knows how they are chained, and return its number."""
    with workspace.changing() as connection:
        last, text = audit.noted(connection)[-1], json.dumps(what, ensure_ascii=False, sort_keys=True)
        number, said = last.number + 1, (last.time, last.person, act, text)
        own = audit.next_hash(last.hash, audit.digest_of(number, *said))
        connection.execute(audit_table.insert().values(
            number=number, time=last.time, person=last.person, act=act, what=text, previous=last.hash, hash=own,
            signature=signature and signing.signed(signature, events._MEANT + own)[1],
        ))
    return number


def ends_of(workspace):
    with workspace.asking() as connection:
        return " ".join(f"{chain}={number}" for chain, number in by_hand.ends(connection).items())


@pytest.mark.parametrize("key", ["", signing.new_key()], ids=["unsigned", "signed by a stranger"])
@pytest.mark.parametrize("act", [events.UNDONE, events.RECEIVED, events.SALVAGED])
def test_an_event_that_was_written_by_hand_hides_no_loss_and_is_found(offices, cut, act, key):
    number = written(cut, act, {} if act == events.SALVAGED else {"ends": ends_of(cut)}, key)
    events.opened(cut)
    found = " ".join(soundness.check(cut))
    assert LOST in found
    assert f"1 baris catatan kejadian {ANOTHERS}, yang pertama nomor {number}." in found
    other = offices.make("Tim Lain", regions=("16.71.01.1002",))
    keep(other, "h4")
    offices.receive(cut, offices.send(other))
    assert LOST in " ".join(soundness.check(cut))


def test_an_event_that_was_written_by_hand_makes_nobody_trusted(offices):
    key = signing.public_of(signing.new_key())
    with offices.team.changing() as connection:
        events.note(connection, events.PRINTED)
        trusted.accept(connection, [trusted.Accepted(key, "province", "", person="Tim", reason="x", time="2020")])
    written(offices.team, events.TRUSTED, {"key": signing.fingerprint(key), "role": "province"})
    events.opened(offices.team)
    found = " ".join(soundness.check(offices.team))
    assert f"Kantor dengan tanda «{signing.fingerprint(key)}» dipercaya di sini" in found
    assert ANOTHERS in found


def test_an_event_whose_signature_was_taken_away_is_found(offices):
    for _time in range(3):
        events.opened(offices.team)
    with edited(offices.team, "UPDATE audit SET signature = '' WHERE number = 2") as again:
        assert "yang pertama nomor 2" in " ".join(soundness.check(again))


def test_events_of_other_laptops_stand_in_a_file_that_was_moved_and_salvaged(make_workspace, tmp_path, monkeypatch):
    team = make_workspace("Tim")
    events.opened(team)
    keep(team, "h1")
    team.close()
    for machine in ("b", "c"):
        monkeypatch.setenv("P2KP_HOME", str(tmp_path / machine))
        monkeypatch.setattr("uuid.getnode", lambda card=machine: ord(card) << 8)
        with open_workspace(team.name) as moved:
            events.opened(moved)
            assert soundness.check(moved) == []
        salvage.salvage(Path(team.name))
    with open_workspace(team.name) as salvaged:
        events.opened(salvaged)
        with salvaged.asking() as connection:
            signers = {each.signature.partition(".")[0] for each in audit.noted(connection)}
            known = facts.everything(connection)[audit.SIGNED_WITH].split()
        assert (len(signers), len(known)) == (3, 1)
        assert soundness.check(salvaged) == []


# Whom people accepted before there were events


@pytest.fixture
def older(tmp_path, request):
    """Give a workspace of an older release, and the key of an office that sent something to it."""
    old = shutil.copy(OLD / request.param / "workspace.p2kp", tmp_path / "lama.p2kp")
    with closing(open_workspace(old)) as workspace:
        with workspace.asking() as connection:
            mate = next(line.result["sender"]["key"] for line in transfers.log(connection) if line.direction == "in")
        yield workspace, mate


def accepted(workspace, key, role, time="2026-12-01T14:46:00+00:00"):
    """Accept a key as releases without events did so, and as a tool for databases does."""
    with workspace.changing() as connection:
        trusted.accept(connection, [trusted.Accepted(key, role, "", person="Tim Lama", reason="x", time=time)])


@pytest.mark.parametrize("older", ["0.9.0", "0.10.0", "0.12.0"], indirect=True)
@pytest.mark.parametrize("time", ["2027-01-03T14:46:00+07:00", "2026-12-02T14:46:00+07:00", "", "kemarin"])
def test_no_clock_decides_whether_a_key_was_accepted_before_there_were_events(older, time, monkeypatch):
    """The clock was ahead then, or of another zone; of releases in between nothing tells whom they found accepted."""
    monkeypatch.setattr(environment, "now", lambda: "2026-12-02T07:56:00+00:00")
    workspace, mate = older
    accepted(workspace, mate, "facilitator", time)
    for _time in range(2):
        assert soundness.check(workspace) == []
        events.opened(workspace)


@pytest.mark.parametrize("older", ["0.9.0", "0.10.0", "0.12.0"], indirect=True)
def test_a_key_that_was_accepted_by_hand_after_the_first_event_is_found(older):
    workspace, mate = older
    accepted(workspace, mate, "facilitator")
    events.opened(workspace)
    events.opened(workspace)
    with workspace.asking() as connection:
        (first,) = [each.what for each in audit.noted(connection) if events.ACCEPTED in each.what]
    assert first[events.ACCEPTED] == f"{signing.fingerprint(mate)} facilitator"
    accepted(workspace, mate, "province")
    assert [each for each in soundness.check(workspace) if "dipercaya" in each]


def test_the_first_event_of_a_workspace_says_that_nobody_was_accepted_before(offices):
    events.opened(offices.team)
    accepted(offices.team, key_of(offices.city), "province")
    events.opened(offices.team)
    with offices.team.asking() as connection:
        assert audit.noted(connection)[0].what[events.ACCEPTED] == events.NOBODY
    assert [each for each in soundness.check(offices.team) if "dipercaya" in each]


@pytest.mark.parametrize("older", ["0.9.0"], indirect=True)
def test_who_was_accepted_before_a_damaged_file_was_saved_stays_so_and_nobody_else(older):
    workspace, mate = older
    events.opened(workspace)
    accepted(workspace, mate, "facilitator")
    assert soundness.check(workspace)
    with workspace.changing() as connection:
        events.note_return(connection, events.SALVAGED, records=1)
    assert soundness.check(workspace) == []
    accepted(workspace, mate, "province")
    assert [each for each in soundness.check(workspace) if "dipercaya" in each]
