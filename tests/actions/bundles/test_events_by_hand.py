"""Who writes an event into the file with an SQL tool hides nothing: only what this workspace signed counts."""

import json
from pathlib import Path

import pytest

from p2kp_desktop.actions.common import by_hand, events, soundness
from p2kp_desktop.actions.upkeep import salvage
from p2kp_desktop.exchange import signing
from p2kp_desktop.store import audit, facts, open_workspace, trusted
from p2kp_desktop.store.tables import audit as audit_table
from tests.signed_offices import Offices, keep
from tests.sql_tool import edited

from .test_saves_by_hand import cut_off

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
