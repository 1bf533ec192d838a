"""A workspace that was salvaged: what says to come from the damaged file it was made of is no word of its own."""

from dataclasses import replace

from p2kp_desktop.actions.common import soundness
from p2kp_desktop.store import facts, node, receipts, signers
from tests import forger
from tests.signed_offices import Offices, key_of, node_of


def test_nobody_speaks_for_the_node_of_the_damaged_file(make_workspace, tmp_path):
    offices = Offices(make_workspace, tmp_path)
    team, its, own = offices.team, node_of(offices.team), key_of(offices.team)
    with team.changing() as connection:
        for name, value in {**node.fresh(), node.FORMER: its}.items():
            facts.note(connection, name, value)
    before, path = soundness.digest(team), offices.send(offices.city, to="facilitator", full=True)
    loot = forger.loot(path).sent_by(node=its, name="Palsu")
    offices.receive(team, loot.write(tmp_path / "pertama.xlsx"))
    last = max(loot.rows, key=lambda row: row.save.dot)
    made = forger.save(its, 9)
    loot.rows.append(forger.row(made, last, number=last.number + 1, previous=last.hash))
    loot.versions = [forger.answered(each, made, {"head_name": "Palsu"}) for each in loot.versions]
    loot.manifest = replace(loot.manifest, bundle="kedua")
    received = offices.receive(team, loot.signs().write(tmp_path / "kedua.xlsx"))
    assert received.counts["updated"] == 0
    assert soundness.digest(team) == before
    with team.asking() as connection:
        assert receipts.remembered(connection, its) is None
        assert signers.keys_of(connection, its)[0] <= {own}
