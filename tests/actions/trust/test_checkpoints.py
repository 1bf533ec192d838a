"""The events of a sender, as its office sees them from bundle to bundle: a chain that breaks is said and kept."""

import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from p2kp_desktop.actions.bundles import import_undo, receiving, senders, sending
from p2kp_desktop.actions.common import backups, events, soundness
from p2kp_desktop.actions.trust import checkpoints
from p2kp_desktop.exchange import signing
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import audit, facts, node, open_workspace, own_keys
from p2kp_desktop.store import checkpoints as kept
from tests import forger
from tests.sql_tool import edited


class Offices:
    """A team and its city; what happens at the team is told to the city by each bundle."""

    def __init__(self, make_workspace, folder):
        self.folder, self.team = folder, make_workspace("Tim")
        self.city = make_workspace("Kota", "district", ("16.71",))
        self.happens(3)

    def happens(self, times=1):
        for _time in range(times):
            events.note_in(self.team, events.EXPORTED, list="household", names=True)

    def sends(self, **how):
        return sending.send(self.team, self.folder, **how).path

    def receives(self, path, at=None):
        received = receiving.receive(at or self.city, path)
        assert received.error is None
        return received

    def told(self, path=None):
        return [each for each in self.receives(path or self.sends()).notes if "kejadian" in each]

    def listed(self):
        return {row["node"]: row["events"] for row in rows(self.city, "senders")}

    def reopened(self, workspace):
        self.team = workspace
        return self


def rows(workspace, name):
    table = catalogue.make(workspace, name, Scope())
    return [{column.key: getattr(column.of(line), "code", column.of(line)) for column in table.columns}
            for line in table.lines]


def node_of(workspace):
    with workspace.asking() as connection:
        return facts.facts(connection).node


@pytest.fixture
def offices(make_workspace, tmp_path):
    return Offices(make_workspace, tmp_path)


def test_the_cover_and_the_signed_manifest_name_the_last_event(offices):
    with offices.team.asking() as connection:
        head = audit.head(connection)
    path = offices.sends()
    book = openpyxl.load_workbook(path)
    cover = [cell for row in book["Sampul"].iter_rows(values_only=True) for cell in row if cell]
    assert cover[cover.index("Catatan kejadian") + 1] == f"nomor 3, sidik {head.hash[:12]}"
    said = json.loads(next(row[2] for row in book["p2kp"].iter_rows(values_only=True) if row[1] == "audit"))
    assert (said["number"], said["hash"], said["since"], len(said["digests"])) == (3, head.hash, 0, 128)


def test_a_chain_that_goes_on_is_not_remarked_upon(offices):
    assert offices.told() == []
    offices.happens(2)
    assert offices.told() == []
    assert offices.listed() == {node_of(offices.team): checkpoints.GOES_ON}


def test_bundles_that_come_in_another_order_are_of_one_chain(offices):
    first = offices.sends()
    offices.happens()
    second = offices.sends()
    offices.happens()
    assert [offices.told(each) for each in (offices.sends(), first, second, first)] == [[]] * 4
    assert soundness.check(offices.city) == []


def rewritten(workspace, *, keep):
    """Write the events of a workspace anew with its own key: those after some are other ones, as many as there were."""
    with workspace.asking() as connection:
        found, key = audit.noted(connection), own_keys.signing(connection)
    statements, previous = [], ""
    for each in found:
        person = each.person if each.number <= keep else "Orang Lain"
        what = json.dumps(each.what, sort_keys=True)
        own = audit.next_hash(previous, audit.digest_of(each.number, each.time, person, each.act, what))
        statements.append(
            f"UPDATE audit SET person = '{person}', what = '{what}', previous = '{previous}', hash = '{own}', "
            f"signature = '{signing.signed(key, events._MEANT + own)[1]}' WHERE number = {each.number}")
        previous = own
    return edited(workspace, *statements)


def without_registry(home):
    for path in (home / "nodes").glob("*.json"):
        entry = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({key: value for key, value in entry.items() if key != "events"}), "utf-8")


def test_a_history_written_anew_is_seen_one_level_up_even_where_the_laptop_knows_nothing(offices, home):
    offices.told()
    before = node_of(offices.team)
    with rewritten(offices.team, keep=1) as again:
        without_registry(home)
        offices.reopened(again)
        assert soundness.check(again) == []  # with the key, and the registry gone, nobody sees it there
        (said,) = offices.told()
        assert "Catatan kejadian Tim ditulis ulang" in said
        assert node_of(again) == before
        offices.happens()
        assert offices.told() == []  # said once
        assert offices.listed() == {before: checkpoints.REWRITTEN}  # and kept


def test_a_chain_cut_short_is_seen_one_level_up(offices, home):
    offices.told()
    with edited(offices.team, "DELETE FROM audit WHERE number > 1") as again:
        without_registry(home)
        (said,) = offices.reopened(again).told()
        assert "ditulis ulang" in said


def test_a_backup_put_back_is_told_from_a_rewritten_history(offices):
    backup = backups.back_up(offices.team)
    offices.happens(2)
    offices.told()
    before = node_of(offices.team)
    offices.team.close()
    backups.restore(backup, offices.team.name)
    with open_workspace(offices.team.name) as again:
        (said,) = offices.reopened(again).told()
        assert "kembali ke keadaan lama" in said
        assert node_of(again) != before
        assert offices.listed()[node_of(again)] == checkpoints.PUT_BACK
        offices.happens()
        assert offices.told() == []


def test_a_workspace_that_gets_a_new_node_goes_on_with_its_chain(offices):
    offices.told()
    with offices.team.changing() as connection:
        node.doubt(connection)
    assert offices.told() == []
    assert offices.listed()[node_of(offices.team)] == checkpoints.GOES_ON


def test_taking_a_receipt_back_takes_back_what_it_told(offices):
    offices.told()
    offices.happens()
    received = offices.receives(offices.sends())
    import_undo.undo(offices.city, received.transfer)
    with offices.city.asking() as connection:
        assert [each.number for each in kept.of_node(connection, node_of(offices.team))] == [3]
    assert offices.told() == []


def test_a_return_bundle_says_what_was_seen_so_that_less_needs_to_be_told(offices):
    offices.told()
    back = sending.send(offices.city, offices.folder, to="facilitator").path
    offices.receives(back, at=offices.team)
    offices.happens()
    with offices.team.asking() as connection:
        said = checkpoints.statement(connection, "district")["audit"]
    assert said["since"] == 3
    assert offices.told() == []


def test_more_events_than_a_bundle_tells_of_cannot_be_compared_and_that_is_said(offices, monkeypatch):
    monkeypatch.setattr(checkpoints, "MOST", 5)
    offices.told()
    offices.happens(9)
    (said,) = offices.told()
    assert "belum dapat dibandingkan" in said


def test_a_bundle_that_no_longer_says_anything_is_remarked_upon(offices, monkeypatch):
    offices.told()
    monkeypatch.setattr(checkpoints, "statement", lambda _connection, _to: {})
    (said,) = offices.told()
    assert "tidak lagi menyebut" in said


@pytest.mark.parametrize("said", [
    None, [], {}, {"number": 3}, {"number": -1, "hash": "x"}, {"number": True, "since": 0},
    {"number": 2, "since": 0, "hash": "a" * 64, "base": "", "digests": "!!"},
    {"number": 2, "since": 0, "hash": "a" * 64, "base": "", "digests": "QUJD"},
    {"number": 1, "since": 0, "hash": "a" * 64, "base": "", "digests": "QUJDREVGR0hBQkNERUZHSEFCQ0RFRkdIQUJDREVGR0g="},
    {"number": 1 << 70, "since": 0, "hash": "a" * 64, "base": "", "digests": ""}, {"seen": {"x": [1]}},
    {"number": 1, "since": 0, "hash": None, "base": 7, "digests": 9, "seen": [1]},
])
def test_what_cannot_be_is_passed_over(offices, monkeypatch, said):
    monkeypatch.setattr(checkpoints, "statement", lambda _connection, _to: {"audit": said})
    assert offices.told() == []


@pytest.mark.parametrize("number", [10**30, -(10**30), 1 << 63])
def test_counts_that_no_database_holds_are_passed_over(offices, number):
    with offices.city.asking() as connection:
        here = facts.facts(connection).node
    with offices.team.asking() as connection:
        key = own_keys.signing(connection)
    loot = forger.loot(offices.sends())
    told = {"audit": {"seen": {here: [number, "a" * 64]}}, "serial": number}
    loot.manifest, loot.key = replace(loot.manifest, more={**loot.manifest.more, **told}), key
    assert offices.receives(loot.write(offices.folder / "angka.xlsx")).error is None


def test_nobody_else_can_make_a_chain_look_broken(offices, make_workspace):
    offices.told()
    stranger = make_workspace("Lain")
    with offices.team.asking() as connection:
        noted = facts.everything(connection)
    with stranger.changing() as connection:
        facts.note(connection, "node", noted["node"])
    events.note_in(stranger, events.EXPORTED, list="x")
    forged = sending.send(stranger, offices.folder).path
    assert not [each for each in offices.receives(forged).notes if "kejadian" in each]
    offices.happens()
    assert offices.told() == []


def test_a_receipt_that_is_only_rehearsed_keeps_nothing(offices):
    path = offices.sends()
    receiving.receive(offices.city, path, rehearse=True)
    assert senders.known_senders(offices.city, "") == []
    with offices.city.asking() as connection:
        assert kept.newest(connection) == {}
    assert Path(path).is_file()
